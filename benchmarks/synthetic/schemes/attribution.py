"""Who says so: before, after, inside; by an outlet; two speakers; a pronoun."""

from __future__ import annotations

from synthetic import days
from synthetic.markup import clause, mark
from synthetic.telling import Telling

Lines = list[str]


def before(t: Telling) -> Lines:
    """S said that C."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    said = t.pick("said", "said that", "told reporters that", "confirmed that", "announced that", "stated that")
    return [f"{t.name(who)} {said} {clause(k, told.act.clause(k) + told.when(k))}."]


def after(t: Telling) -> Lines:
    """C, S said."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    said = t.pick("said", "told reporters", "confirmed", "said in a statement")
    return [f"{clause(k, told.act.clause(k) + told.when(k))}, {t.name(who)} {said}."]


def after_turned(t: Telling) -> Lines:
    """C, said S."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    return [f"{clause(k, told.act.clause(k) + told.when(k))}, said {t.name(who)}."]


def according_after(t: Telling) -> Lines:
    """C, according to S."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who, hedge="reported")
    then = t.effect(told, who, hedge="reported") if t.chance.random() < 0.4 else ""
    return [f"{clause(k, told.act.clause(k) + told.when(k))}{then}, according to {t.name(who)}."]


def according_before(t: Telling) -> Lines:
    """According to S, C."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who, hedge="reported")
    return [f"According to {t.name(who)}, {clause(k, told.act.passive(k) + told.when(k))}."]


def inside(t: Telling) -> Lines:
    """C, S said, adding that C."""
    who, one, two = t.speaker(), t.deed(), t.deed()
    k, m = t.claim(one.event, who), t.claim(two.event, who)
    return [
        f"{one.act.clause(k)}{one.when(k)}, {t.name(who)} said, adding "
        f"that {clause(m, two.act.perfect(m, 'had'))}{two.when(m)}."
    ]


def to_outlet(t: Telling) -> Lines:
    """S told an outlet that C."""
    who, outlet, told = t.speaker(0.5), t.outlet(), t.deed()
    k = t.claim(told.event, who, relayed_by=outlet)
    return [f"{t.name(who)} told {t.name(outlet)} that {clause(k, told.act.perfect(k, 'had') + told.when(k))}."]


def to_outlet_after(t: Telling) -> Lines:
    """C, S told an outlet."""
    who, outlet, told = t.speaker(0.5), t.outlet(), t.deed()
    k = t.claim(told.event, who, relayed_by=outlet)
    then = t.effect(told, who, relayed_by=outlet) if t.chance.random() < 0.5 else ""
    return [f"{told.act.clause(k)}{told.when(k)}{then}, {t.name(who)} told {t.name(outlet)}."]


def outlet_reported(t: Telling) -> Lines:
    """An outlet reported on a day that C."""
    outlet, told = t.outlet(), t.bare()
    said = days.weekday(t.published, t.chance)
    k = t.claim(told.event, outlet, relayed_by=outlet, said=said)
    then = t.effect(told, outlet, relayed_by=outlet, said=said) if t.chance.random() < 0.4 else ""
    told.event.day = _until(said)
    return [
        f"{t.name(outlet)} reported {mark(k, said.words, **said.wrong)} that {clause(k, told.act.clause(k))}{then}."
    ]


def outlet_citing(t: Telling) -> Lines:
    """An outlet reported, citing S, that C."""
    who, outlet, told = t.speaker(0.7), t.outlet(), t.deed()
    k = t.claim(told.event, who, relayed_by=outlet, hedge="reported")
    frame = t.pick(
        "{o} reported, citing {s}, that {c}", "{o}, quoting {s}, reported that {c}", "Citing {s}, {o} reported that {c}"
    )
    c = clause(k, told.act.clause(k) + told.when(k))
    return [frame.format(o=t.name(outlet), s=t.name(who), c=c) + "."]


def in_statement(t: Telling) -> Lines:
    """In a statement, S said C."""
    who, told = t.speaker(0.1), t.deed()
    k = t.claim(told.event, who)
    where = t.pick(
        "In a statement",
        "In a letter to parliament",
        "At a briefing",
        "Speaking on television",
        "In a social media post",
    )
    return [f"{where}, {t.name(who)} said {clause(k, told.act.clause(k) + told.when(k))}."]


def passive(t: Telling) -> Lines:
    """O was done by D, S said."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    return [f"{clause(k, told.act.passive(k) + told.when(k))}, {t.name(who)} said."]


def two_speakers(t: Telling) -> Lines:
    """S and S said that C: two claims."""
    one, two, told = t.speaker(0.1), t.speaker(0.5), t.deed()
    if one.id == two.id:
        two = t.speaker(1)
    k, m = t.claim(told.event, one), t.claim(told.event, two)
    both = t.pick("both said", "said", "confirmed")
    return [f"{t.name(one)} and {t.name(two)} {both} that {mark(m, '')}{clause(k, told.act.clause(k) + told.when(k))}."]


def contrast(t: Telling) -> Lines:
    """S said that C, while S said that C."""
    one, two, first, second = t.speaker(0), t.speaker(1), t.deed(), t.deed()
    k, m = t.claim(first.event, one), t.claim(second.event, two)
    joint = t.pick(", while", ";", ", whereas")
    return [
        f"{t.name(one)} said that {first.act.clause(k)}{first.when(k)}{joint} "
        f"{t.name(two)} said that {second.act.clause(m)}{second.when(m)}."
    ]


def relative(t: Telling) -> Lines:
    """S, who visited T, said that C: the visit is a claim of the text."""
    offices = [key for key, actor in t.state.actors.items() if actor.kind == "office"]
    who, told, town = t.actor(*offices, home=True), t.bare(), t.town()
    visit = t.event("CONSULT-visit", f"Visit to {town}", days.weekday(t.published, t.chance), "occurred", who)
    v, k = t.claim(visit), t.claim(told.event, who)
    seen = mark(
        v, "visited", no="did not visit", modal="may have visited", hedge="reportedly visited", condition="would visit"
    )
    day = mark(v, visit.day.words, **visit.day.wrong)
    tail = mark(v, "", condition=" if the talks failed")
    return [f"{t.name(who)}, who {seen} {town} {day}{tail}, said that {clause(k, told.act.perfect(k, 'had'))}."]


def apposition(t: Telling) -> Lines:
    """S, a veteran of something, said that C."""
    who, told = t.speaker(0), t.deed()
    k = t.claim(told.event, who)
    extra = t.pick(
        "one side in the dispute",
        "which has observers in the area",
        "long a critic of the measure",
        "not usually given to comment",
    )
    return [f"{t.name(who)}, {extra}, said {clause(k, told.act.clause(k) + told.when(k))}."]


def pronoun(t: Telling) -> Lines:
    """S spoke. They said that C."""
    who, told, town = t.speaker(0), t.deed(), t.town()
    speech = t.event("STATEMENT", f"Remarks made in {town}", days.weekday(t.published, t.chance), "occurred", who)
    s, k = t.claim(speech), t.claim(told.event, who)
    spoke = mark(
        s, "spoke", no="did not speak", modal="may have spoken", hedge="reportedly spoke", condition="would speak"
    )
    day = mark(s, speech.day.words, **speech.day.wrong)
    later = t.pick("They said that", "A statement that followed said that", "The statement added that")
    return [
        f"{t.name(who)} {spoke} to reporters in {town} {day}{mark(s, '', condition=' if the talks failed')}.",
        f"{later} {told.act.clause(k)}{told.when(k)}.",
    ]


def said_on(t: Telling) -> Lines:
    """S said on Tuesday that C."""
    who, told, said = t.speaker(), t.bare(), days.weekday(t.published, t.chance)
    k = t.claim(told.event, who, said=said)
    told.event.day = _until(said)
    return [f"{t.name(who)} said {mark(k, said.words, **said.wrong)} that {clause(k, told.act.clause(k))}."]


def plain(t: Telling) -> Lines:
    """C, in the voice of the text; the day first or last."""
    told = t.deed()
    k = t.claim(told.event)
    if told.day.words and t.chance.random() < 0.4:
        return [f"{told.when(k, before='')}, {told.act.clause(k)}."]
    then = t.effect(told) if t.chance.random() < 0.4 else ""
    return [f"{told.act.clause(k)}{told.when(k)}{then}."]


def _until(said: days.Day) -> days.Day:
    """What was said on a day happened on it or before."""
    return days.Day("", "", said.latest, "bounded", {})


SCHEMES = (
    before, after, after_turned, according_after, according_before, inside, to_outlet, to_outlet_after,
    outlet_reported, outlet_citing, in_statement, passive, two_speakers, contrast, relative, apposition, pronoun,
    said_on, plain,
)  # fmt: skip
