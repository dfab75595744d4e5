"""Several claims in one sentence, of different stance, day and hedge."""

from __future__ import annotations

from synthetic import days
from synthetic.markup import mark
from synthetic.telling import Telling

Lines = list[str]


def joined(t: Telling) -> Lines:
    """C and C."""
    one, two = t.deed(), t.deed()
    k, m = t.claim(one.event), t.claim(two.event)
    return [f"{one.act.clause(k)}{one.when(k)}, and {two.act.clause(m)}{two.when(m)}."]


def after(t: Telling) -> Lines:
    """After C, C."""
    one, two = t.bare(), t.deed()
    k, m = t.claim(one.event), t.claim(two.event)
    first = f"{one.act.doer} {one.act.verb(k)} {one.act.thing}"
    return [f"{t.pick('after', 'hours after', 'a day after')} {first}, {two.act.clause(m)}{two.when(m)}."]


def but_denied(t: Telling) -> Lines:
    """S said that C but denied that C."""
    who, one, two = t.speaker(0.1), t.bare(), t.bare()
    k, m = t.claim(one.event, who), t.claim(two.event, who, "denies")
    d = mark(m, "denied", no="added")
    return [
        f"{t.name(who)} said that {one.act.clause(k)} but {d} that "
        f"{two.act.doer} had {two.act.deed.done} {two.act.thing}."
    ]


def fact_and_fear(t: Telling) -> Lines:
    """S said that C and that D might do it."""
    who, one, two = t.speaker(), t.deed(), t.open()
    k = t.claim(one.event, who)
    m = t.claim(two.event, who, "supposes", condition="if nobody stops it", note="The condition is ours.")
    return [
        f"{t.name(who)} said that {one.act.perfect(k, 'had')}{one.when(k)} "
        f"and that {two.act.would(m, t.pick('might', 'could'))}."
    ]


def while_not(t: Telling) -> Lines:
    """While C, D did not do it."""
    one, two = t.bare(), t.bare()
    k, m = t.claim(one.event), t.claim(two.event, None, "denies")
    return [f"{t.pick('while', 'although')} {one.act.clause(k)}, {two.act.negated(m)}."]


def contested(t: Telling) -> Lines:
    """S said that C, which S denied: one event, two claims."""
    one, two, told = t.speaker(0.5), t.speaker(0), t.bare()
    k, m = t.claim(told.event, one), t.claim(told.event, two, "denies")
    return [f"{t.name(one)} said that {told.act.clause(k)}, which {t.name(two)} {mark(m, 'denied', no='confirmed')}."]


def two_days(t: Telling) -> Lines:
    """C on Monday; on Tuesday C."""
    one = t.deed(day=days.weekday(t.published, t.chance))
    two = t.deed(day=days.weekday(t.published, t.chance))
    k, m = t.claim(one.event), t.claim(two.event)
    return [f"{one.act.clause(k)}{one.when(k)}; {two.when(m, before='')}, {two.act.clause(m)}."]


def said_and_done(t: Telling) -> Lines:
    """S said on Tuesday that C on Sunday: two different days."""
    who = t.speaker()
    said, done = sorted((days.weekday(t.published, t.chance) for _ in range(2)), key=lambda d: d.latest, reverse=True)
    told = t.deed(day=done)
    k = t.claim(told.event, who, said=said)
    day = mark(k, said.words, **{"said": said.wrong["day"]})
    return [f"{t.name(who)} said {day} that {told.act.clause(k)}{told.when(k)}."]


def as_talks(t: Telling) -> Lines:
    """C as talks between S and S went on in T."""
    told, town, one, two = t.deed(), t.town(), t.actor("government"), t.actor("group", "union")
    talks = t.event("CONSULT", f"Talks in {town}", None, "ongoing", one, two)
    k, m = t.claim(told.event), t.claim(talks)
    went = mark(m, "went on", no="did not go on", modal="may have gone on", hedge="reportedly went on")
    return [f"{told.act.clause(k)}{told.when(k)} as talks between {t.name(one)} and {t.name(two)} {went} in {town}."]


def list_of_three(t: Telling) -> Lines:
    """D did this, did that, and did a third thing, S said."""
    who, doer = t.speaker(), t.actor("army", "group")
    told = [t.bare(doer=doer) for _ in range(3)]
    keys = [t.claim(one.event, who) for one in told]
    parts = [
        f"{mark(k, o.act.deed.past, no=f'did not {o.act.deed.base}', hedge=f'reportedly {o.act.deed.past}')} "
        f"{o.act.thing}"
        for k, o in zip(keys, told, strict=True)
    ]
    return [f"{told[0].act.doer} {parts[0]}, {parts[1]} and {parts[2]}, {t.name(who)} said."]


SCHEMES = (
    joined, after, but_denied, fact_and_fear, while_not, contested, two_days, said_and_done, as_talks, list_of_three,
)  # fmt: skip
