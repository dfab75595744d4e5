"""Schemes kept apart: shapes that those who write checks have not looked at while tuning them."""

from __future__ import annotations

from synthetic import days, quantities
from synthetic.markup import clause, mark
from synthetic.quantities import Quantity
from synthetic.telling import Telling

Lines = list[str]


def cleft(t: Telling) -> Lines:
    """It was D that did it, S maintained."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    was = mark(k, "it was", no="it was not", modal="it may have been", hedge="it was reportedly")
    return [
        f"{was} {told.act.doer} that {told.act.deed.past} {told.act.thing}"
        f"{told.when(k)}, {t.name(who)} {t.pick('maintained', 'insisted', 'noted')}."
    ]


def as_many_as(t: Telling) -> Lines:
    """As many as N people are thought to have been hurt."""
    told = t.bare(like=("ASSAULT",))
    k = t.claim(told.event, None, hedge="assessed")
    number = max(12, quantities.whole(t.chance))
    words = quantities.written(number, t.chance)
    wrong = quantities.written(quantities.other(number, t.chance), t.chance)
    q = Quantity(
        f"as many as {words}",
        "as-many-as-n",
        ("", "", str(number)),
        {"digit": f"as many as {wrong}", "bare": words, "swap": f"over {words}"},
    )
    hedged = mark(k, "are thought to have been", bold="were", no="were not")
    return [f"{t.number(k, q, 'injured')} people {hedged} hurt in {told.act.noun()}."]


def hardly(t: Telling) -> Lines:
    """Hardly had C when C."""
    one, two = t.bare(), t.bare()
    k, m = t.claim(one.event), t.claim(two.event)
    d = one.act.deed
    start = mark(k, "hardly had", hedge="reportedly, hardly had")
    return [f"{start} {one.act.doer} {d.done} {one.act.thing} when {two.act.clause(m)}."]


def by_no_means(t: Telling) -> Lines:
    """By no means did D do it, S told an outlet."""
    who, outlet, told = t.speaker(), t.outlet(), t.bare()
    k = t.claim(told.event, who, "denies", relayed_by=outlet)
    d = told.act.deed
    return [
        f"{mark(k, 'by no means', no='indeed')} {mark(k, 'did', no='')} {told.act.doer} "
        f"{mark(k, d.base, no=d.past)} {told.act.thing}, {t.name(who)} told {t.name(outlet)}."
    ]


def nor(t: Telling) -> Lines:
    """C. Nor did D do it."""
    one, two = t.deed(), t.bare()
    k, m = t.claim(one.event), t.claim(two.event, None, "denies")
    d = two.act.deed
    return [
        f"{one.act.clause(k)}{one.when(k)}.",
        f"{mark(m, 'nor did', no='also,')} {two.act.doer} {mark(m, d.base, no=d.past)} {two.act.thing}.",
    ]


def purportedly(t: Telling) -> Lines:
    """D purportedly did it; a supposed deed."""
    told = t.deed()
    k = t.claim(told.event, None, hedge="alleged")
    d, word = told.act.deed, t.pick("purportedly", "supposedly")
    return [
        f"{told.act.doer} {mark(k, f'{word} {d.past}', bold=d.past, no=f'did not {d.base}')} "
        f"{told.act.thing}{told.when(k)}."
    ]


def assuming(t: Telling) -> Lines:
    """Assuming that X, D would do it."""
    who, told = t.speaker(), t.open()
    k = t.claim(told.event, who, "supposes", condition="if the weather holds")
    start = t.pick(
        "assuming that the weather holds, ", "so long as the weather holds, ", "on condition that the weather holds, "
    )
    return [f"{mark(k, start, fact='')}{told.act.would(k, t.pick('would', 'will'))}, {t.name(who)} said."]


def otherwise(t: Telling) -> Lines:
    """S called on D to leave; otherwise it would do it."""
    who = t.actor("army", "government")
    told = t.open(doer=who)
    event = t.event("REQUEST", f"Call on {t.group.name} to leave", None, "occurred", who)
    a = t.claim(event)
    k = t.claim(told.event, who, "supposes", condition="if the call is not followed")
    verb = mark(a, "called on", no="did not call on", hedge="reportedly called on", modal="may have called on")
    return [
        f"{told.act.doer} {verb} {t.name(t.group)} to leave the area; otherwise it "
        f"{mark(k, f'would {told.act.deed.base}', fact=told.act.deed.past)} {told.act.thing}."
    ]


def amid_reports(t: Telling) -> Lines:
    """C amid reports that D did it."""
    one, two = t.deed(), t.bare()
    k, m = t.claim(one.event), t.claim(two.event, None, hedge="reported")
    d = two.act.deed
    return [
        f"{one.act.doer} {one.act.deed.past} {mark(k, one.act.thing)}{one.when(k)} "
        f"{mark(m, 'amid reports that', bold='after')} {two.act.doer} had {d.done} {two.act.thing}."
    ]


def far_from(t: Telling) -> Lines:
    """Far from doing it, D did something else."""
    doer = t.actor("army", "group")
    one, two = t.bare(doer=doer), t.bare(doer=doer)
    k, m = t.claim(one.event, None, "denies"), t.claim(two.event)
    return [f"{mark(k, 'far from', no='after')} {one.act.doing()}, {two.act.clause(m)}."]


def lest(t: Telling) -> Lines:
    """S called for care lest D do it."""
    who, told = t.speaker(0), t.open()
    event = t.event("REQUEST", "Call for care", None, "occurred", who)
    event.about.append(told.event.id)
    a, k = t.claim(event), t.claim(told.event, who, "supposes", condition="if no care is taken")
    verb = mark(a, "called for care", no="did not call for care", hedge="reportedly called for care")
    return [f"{t.name(who)} {verb} lest {told.act.doer} {mark(k, told.act.deed.base)} {told.act.thing}."]


def semicolons(t: Telling) -> Lines:
    """N dead, M wounded, K missing: so S summed up."""
    who, told = t.speaker(), t.deed(like=("ASSAULT",))
    k, m, w = (t.claim(told.event, who) for _ in range(3))
    a, b, c = (
        t.number(key, quantities.plain(t.chance), measure)
        for key, measure in ((k, "killed"), (m, "injured"), (w, "missing"))
    )
    return [f"{a} dead, {b} wounded, {c} missing: so {t.name(who)} summed up {told.act.noun()}{told.when(k)}."]


def headed(t: Telling) -> Lines:
    """The deed left N people dead, a toll that S did not dispute: a denial elsewhere."""
    told = t.deed(like=("ASSAULT",))
    k = t.claim(told.event)
    n = t.number(k, quantities.count(t.chance), "killed")
    left = mark(k, "left", no="did not leave", hedge="reportedly left", modal="may have left")
    return [f"{told.act.noun()} {left} {n} people dead{told.when(k)}{mark(k, '', condition=', if it took place')}."]


def participle(t: Telling) -> Lines:
    """Having done it, D did another thing."""
    doer = t.actor("army", "group")
    one, two = t.bare(doer=doer), t.deed(doer=doer)
    k, m = t.claim(one.event), t.claim(two.event)
    return [
        f"{mark(k, 'having', no='not having')} {one.act.deed.done} {one.act.thing}, {two.act.clause(m)}{two.when(m)}."
    ]


def what_called(t: Telling) -> Lines:
    """In what S called a warning, D did it."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event)
    a = t.claim(told.event, who, "assesses")
    return [
        f"In what {t.name(who)} called {mark(a, t.pick('a warning', 'a grave step', 'a sign of weakness'))}, "
        f"{told.act.clause(k)}{told.when(k)}."
    ]


def dashes(t: Telling) -> Lines:
    """D – so S told an outlet – did it."""
    who, outlet, told = t.speaker(), t.outlet(), t.deed()
    k = t.claim(told.event, who, relayed_by=outlet)
    d = told.act.deed
    verb = mark(k, d.past, no=f"did not {d.base}", hedge=f"reportedly {d.past}", modal=f"may have {d.done}")
    return [f"{told.act.doer} – so {t.name(who)} told {t.name(outlet)} – {verb} {told.act.thing}{told.when(k)}."]


def doubled(t: Telling) -> Lines:
    """Twice as many, a count that changes: N, then M within hours."""
    who, told = t.speaker(), t.bare(like=("ASSAULT",))
    k, m = t.claim(told.event, who, note="The earlier count."), t.claim(told.event, who)
    a, b = (t.number(key, quantities.plain(t.chance), "killed") for key in (k, m))
    return [f"{t.name(who)} first counted {a} dead in {told.act.noun()}, then {b}."]


def slated(t: Telling) -> Lines:
    """D is slated to do it next week; whether it does nobody could say."""
    told = t.deed(ahead=True, kind="planned")
    k = t.claim(told.event)
    is_ = "are" if told.doer.plural else "is"
    d = told.act.deed
    verb = mark(
        k,
        f"{is_} slated to {d.base}",
        no=f"{is_} no longer slated to {d.base}",
        hedge=f"{is_} reportedly slated to {d.base}",
        fact=d.past,
    )
    return [
        f"{told.act.doer} {verb} {told.act.thing}{told.when(k)}"
        f"{mark(k, '', condition=' on condition that the talks fail')}."
    ]


def word_from(t: Telling) -> Lines:
    """Word came from S on Tuesday that C."""
    who, told, said = t.speaker(), t.bare(), days.weekday(t.published, t.chance)
    k = t.claim(told.event, who, said=said)
    told.event.day = days.Day("", "", said.latest, "bounded", {})
    return [f"Word came from {t.name(who)} {mark(k, said.words, **said.wrong)} that {clause(k, told.act.clause(k))}."]


def anything_but(t: Telling) -> Lines:
    """Asked whether D had done it, S answered in the negative."""
    who, told = t.speaker(), t.bare()
    k = t.claim(told.event, who, "denies")
    answer = mark(k, "answered in the negative", no="answered that this was right")
    return [f"Asked whether {told.act.doer} had {told.act.deed.done} {told.act.thing}, {t.name(who)} {answer}."]


SCHEMES = (
    cleft, as_many_as, hardly, by_no_means, nor, purportedly, assuming, otherwise, amid_reports, far_from, lest,
    semicolons, headed, participle, what_called, dashes, doubled, slated, word_from, anything_but,
)  # fmt: skip
