"""Negation: of the claim itself, and in other clauses, where it does not touch the claim."""

from __future__ import annotations

from synthetic.markup import clause, mark
from synthetic.telling import Telling

Lines = list[str]


def denied_that(t: Telling) -> Lines:
    """S denied that C."""
    who, told = t.speaker(0.1), t.bare()
    k = t.claim(told.event, who, "denies")
    verb = mark(k, t.pick("denied", "has denied"), no="said", hedge="reportedly denied")
    return [
        f"{t.name(who)} {verb} that {mark(k, '', opens='')}{told.act.doer} "
        f"had {told.act.deed.done} {told.act.thing}{mark(k, '', closes='')}."
    ]


def denied_doing(t: Telling) -> Lines:
    """S denied shelling the port."""
    doer = t.actor("army", "group", "police")
    told = t.bare(doer=doer)
    k = t.claim(told.event, doer, "denies")
    verb = mark(k, t.pick("denied", "has denied"), no="admitted", hedge="reportedly denied")
    return [f"{told.act.doer} {verb} {clause(k, told.act.doing())}."]


def did_not(t: Telling) -> Lines:
    """D did not do it, S said."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who, "denies")
    return [f"{clause(k, told.act.negated(k) + told.when(k))}, {t.name(who)} said."]


def said_not(t: Telling) -> Lines:
    """S said that D had not done it."""
    who, told = t.speaker(), t.bare()
    k = t.claim(told.event, who, "denies")
    form = t.chance.choice((told.act.negated, told.act.never))
    return [f"{t.name(who)} said that {clause(k, form(k))}."]


def neither(t: Telling) -> Lines:
    """Neither D nor D did it, S said: two denials."""
    who, told, other = t.speaker(), t.bare(), t.actor("government", "navy")
    k = t.claim(told.event, who, "denies")
    twin = t.event(told.event.type, f"{told.event.title} by another one", None, "occurred", other)
    m = t.claim(twin, who, "denies")
    d = told.act.deed
    return [
        f"{mark(k, 'neither', no='both')} {told.act.doer} {mark(k, 'nor', no='and')} "
        f"{t.name(other)} {mark(m, d.past)} {told.act.thing}, {t.name(who)} said."
    ]


def elsewhere(t: Telling) -> Lines:
    """C, which was not defended: the negation is another claim."""
    told = t.deed(like=("ASSAULT", "COERCE-seize"))
    k = t.claim(told.event)
    then = t.effect(told) if t.chance.random() < 0.3 else ""
    state = t.event("STATE-capability", f"Defence of {told.act.thing}", None, "ongoing")
    m = t.claim(state, None, "denies")
    return [f"{told.act.clause(k)}{told.when(k)}{then}, although {mark(m, 'nobody was guarding it')}."]


def contrary(t: Telling) -> Lines:
    """Contrary to earlier reports, D did not do it."""
    told = t.deed()
    k = t.claim(told.event, None, "denies")
    start = t.pick("Contrary to earlier reports, ", "Despite rumours in the town, ", "As it turned out, ")
    return [f"{start}{clause(k, told.act.negated(k) + told.when(k))}."]


def not_true(t: Telling) -> Lines:
    """It is not true that C, S said."""
    who, told = t.speaker(0.1), t.bare()
    k = t.claim(told.event, who, "denies")
    start = mark(k, t.pick("it is not true", "it was not the case"), no="it is true")
    return [
        f"{start} that {mark(k, '', opens='')}{told.act.doer} {told.act.deed.past} "
        f"{told.act.thing}{mark(k, '', closes='')}, {t.name(who)} said."
    ]


def rejected_reports(t: Telling) -> Lines:
    """S dismissed reports that C."""
    who, told = t.speaker(0), t.bare()
    k = t.claim(told.event, who, "denies")
    verb = t.pick("dismissed", "rejected")
    shown = mark(k, f"{verb} reports", no="repeated reports", hedge=f"reportedly {verb} reports")
    return [
        f"{t.name(who)} {shown} that {mark(k, '', opens='')}{told.act.doer} "
        f"had {told.act.deed.done} {told.act.thing}{mark(k, '', closes='')}."
    ]


def not_only(t: Telling) -> Lines:
    """D not only did it, but also that: nothing is denied."""
    doer = t.actor("army", "group")
    one, two = t.bare(doer=doer), t.bare(doer=doer)
    k, m = t.claim(one.event), t.claim(two.event)
    return [
        f"{one.act.doer} {mark(k, 'not only')} {one.act.deed.past} "
        f"{one.act.thing} but also {two.act.deed.past} {mark(m, two.act.thing)}."
    ]


def without_warning(t: Telling) -> Lines:
    """C without warning: nothing is denied."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    how = t.pick("without warning", "without giving a reason", "for no apparent reason", "no later than at dawn")
    return [f"{told.act.clause(k)}{told.when(k)} {how}, {t.name(who)} said."]


def failed(t: Telling) -> Lines:
    """D failed to do it."""
    told = t.deed()
    k = t.claim(told.event, None, "denies")
    verb = mark(
        k, t.pick(f"failed to {told.act.deed.base}", f"refrained from {told.act.deed.doing}"), no=told.act.deed.past
    )
    return [f"{told.act.doer} {verb} {told.act.thing}{told.when(k)}."]


def contracted(t: Telling) -> Lines:
    """“They didn't do it,” S said."""
    who, told = t.speaker(), t.bare()
    k = t.claim(told.event, who, "denies")
    apostrophe = t.pick("'", "’")
    verb = mark(k, f"didn{apostrophe}t {told.act.deed.base}", no=told.act.deed.past)
    return [f"“{told.act.doer} {verb} {told.act.thing},” {t.name(who)} said."]


def lacks(t: Telling) -> Lines:
    """D has no radar left: a lack that is asserted."""
    who, doer = t.speaker(), t.actor("army", "navy", "group")
    what = t.pick("working radars", "fuel", "boats", "spare parts")
    state = t.event("STATE-capability", f"Lack of {what}", None, "ongoing", doer)
    k = t.claim(state, who, says=f"that there are no {what} left", note="The lack is what is asserted.")
    has = "have" if doer.plural else "has"
    return [f"{t.name(doer)} {mark(k, f'{has} no')} {what} left, {t.name(who)} said."]


def besides(t: Telling) -> Lines:
    """C; it was not clear why: an aside that denies nothing."""
    told = t.deed()
    k = t.claim(told.event)
    aside = t.pick("It was not immediately clear why.", "The reason was not given.",
                   "There was no immediate comment from the other side.",
                   "The report could not be independently verified.")  # fmt: skip
    return [f"{told.act.clause(k)}{told.when(k)}.", aside]


def answered(t: Telling) -> Lines:
    """Asked whether C, S said no."""
    who, told = t.speaker(0.1), t.bare()
    k = t.claim(told.event, who, "denies")
    answer = mark(k, t.pick("said no", "answered no", "replied that this was false"), no="said yes")
    d = told.act.deed
    return [f"Asked whether {told.act.doer} had {d.done} {told.act.thing}, {t.name(who)} {answer}."]


SCHEMES = (
    denied_that, denied_doing, did_not, said_not, neither, elsewhere, contrary, not_true, rejected_reports, not_only,
    without_warning, failed, contracted, lacks, besides, answered,
)  # fmt: skip
