"""What may, will, should happen: supposed, expected, planned; and what is believed or said to have happened."""

from __future__ import annotations

from synthetic.days import Day
from synthetic.markup import clause, mark
from synthetic.telling import Telling

Lines = list[str]
OPEN = "The condition is ours: the text says only that it is possible."


def might(t: Telling) -> Lines:
    """D might do it, S said."""
    who, told = t.speaker(), t.open()
    k = t.claim(told.event, who, "supposes", condition="if it comes to that", note=OPEN)
    c = told.act.would(k, t.pick("might", "may", "could"))
    return (
        [f"{clause(k, c)}, {t.name(who)} said."]
        if t.chance.random() < 0.5
        else [f"{t.name(who)} said that {clause(k, c)}."]
    )


def possible(t: Telling) -> Lines:
    """It is possible that D will do it."""
    told = t.open()
    k = t.claim(told.event, None, "supposes", condition="if nothing stands in the way", note=OPEN)
    start = mark(
        k,
        t.pick("it is possible", "it is conceivable", "there is a possibility"),
        fact="it is certain",
        no="it is impossible",
    )
    return [
        f"{start} that {told.act.doer} "
        f"{mark(k, f'will {told.act.deed.base}', fact=told.act.deed.past)} {told.act.thing}."
    ]


def expected(t: Telling) -> Lines:
    """D is expected to do it."""
    told = t.deed(ahead=True)
    k = t.claim(told.event, None, "predicts")
    is_ = "are" if told.doer.plural else "is"
    d = told.act.deed
    verb = mark(
        k, f"{is_} {t.pick('expected', 'set', 'due')} to {d.base}", no=f"{is_} not expected to {d.base}", fact=d.past,
        hedge=f"{is_} reportedly expected to {d.base}",
    )  # fmt: skip
    return [
        f"{told.act.doer} {verb} {told.act.thing}{told.when(k)}"
        f"{mark(k, '', condition=', provided that the talks fail')}."
    ]


def will(t: Telling) -> Lines:
    """D will do it, S said."""
    who, told = t.speaker(), t.deed(ahead=True)
    k = t.claim(told.event, who, "predicts")
    return [f"{clause(k, told.act.will(k) + told.when(k))}, {t.name(who)} said."]


def expects(t: Telling) -> Lines:
    """S expects D to do it."""
    who, told = t.speaker(), t.deed(ahead=True)
    k = t.claim(told.event, who, "predicts")
    s = "" if who.plural else "s"
    verb = mark(k, f"expect{s}", no="do not expect" if who.plural else "does not expect", hedge=f"reportedly expect{s}")
    return [
        f"{t.name(who)} {verb} {told.act.doer} {told.act.to()}"
        f"{told.when(k)}{mark(k, '', condition=' if the talks fail')}."
    ]


def predicted(t: Telling) -> Lines:
    """S predicted that D would do it: no condition."""
    who, told = t.speaker(), t.deed(ahead=True)
    k = t.claim(told.event, who, "predicts")
    verb = mark(k, t.pick("predicted", "forecast"), no="did not predict", hedge="reportedly predicted")
    return [
        f"{t.name(who)} {verb} that {told.act.would(k)}{told.when(k)}{mark(k, '', condition=' if the talks failed')}."
    ]


def plans(t: Telling) -> Lines:
    """D plans to do it: the plan is asserted."""
    told = t.deed(ahead=True, kind="planned")
    k = t.claim(told.event)
    s = "" if told.doer.plural else "s"
    verb = t.pick(f"plan{s}", f"intend{s}")
    d = told.act.deed
    words = mark(
        k, f"{verb} to {d.base}", no=f"{'does' if s else 'do'} not {verb.removesuffix(s)} to {d.base}",
        hedge=f"reportedly {verb} to {d.base}", fact=d.past,
    )  # fmt: skip
    return [f"{told.act.doer} {words} {told.act.thing}{told.when(k)}{mark(k, '', condition=' if the talks fail')}."]


def ordered(t: Telling) -> Lines:
    """S has scheduled it: a plan by its speaker."""
    doer = t.actor("army", "government", "union")
    told = t.deed(doer=doer, ahead=True, kind="planned")
    k = t.claim(told.event, doer)
    verb = mark(
        k, t.pick("said it would", "announced that it would"), no="said it would not", hedge="reportedly said it would"
    )
    return [
        f"{told.act.doer} {verb} {told.act.deed.base} {told.act.thing}"
        f"{told.when(k)}{mark(k, '', condition=' if the talks failed')}."
    ]


def aim(t: Telling) -> Lines:
    """D did it in order to force somebody to talk: an aim is no event that happened."""
    told = t.deed()
    k = t.claim(told.event)
    goal = t.pick("in order to force the other side to talk", "so that the harvest could be brought in",
                  "to keep supplies from reaching the coast",
                  "in an attempt to win time")  # fmt: skip
    event = t.event("CONSULT", "What a deed is meant to bring", Day("", "", "", "unknown", {}), "planned")
    m = t.claim(event, note="The aim, not that it was reached.")
    return [f"{told.act.clause(k)}{told.when(k)} {mark(m, goal)}."]


def escalation(t: Telling) -> Lines:
    """Doing it would mark an escalation, S said: a judgement of what is only thought of, beside its supposal."""
    who, told = t.speaker(0.5), t.open()
    k = t.claim(told.event, who, "assesses", condition="if it is done")
    t.claim(told.event, who, "supposes", condition="if it is done", note="Presupposed by the judgement.")
    m = len(t.claims) - 1
    would = mark(k, t.pick("would", "could"), no="would not", fact="did")
    return [f"{mark(m, told.act.doing())} {would} mark a serious escalation, {t.name(who)} said."]


SCHEMES = (might, possible, expected, will, expects, predicted, plans, ordered, aim, escalation)
