"""Conditions: before, after, turned round, with unless, only if, in case of; threats."""

from __future__ import annotations

from synthetic import names
from synthetic.markup import clause, mark
from synthetic.telling import Telling

Lines = list[str]


def _two(t: Telling) -> tuple[str, str, str]:
    now, then = t.chance.choice(names.FAILURES)
    return now, then, f"if {now}"


def if_before(t: Telling) -> Lines:
    """If X, D will do it, S said."""
    who, told = t.speaker(), t.open()
    now, _, condition = _two(t)
    k = t.claim(told.event, who, "supposes", condition=condition)
    return [f"{mark(k, f'if {now}, ', fact='')}{told.act.would(k, 'will')}, {t.name(who)} said."]


def if_after(t: Telling) -> Lines:
    """S said that D would do it if X."""
    who, told = t.speaker(), t.open()
    _, then, condition = _two(t)
    k = t.claim(told.event, who, "supposes", condition=condition)
    iff = t.pick("if", "in case", "as soon as", "provided that") if t.chance.random() < 0.5 else "if"
    return [
        f"{t.name(who)} said that {clause(k, told.act.would(k, t.pick('would', 'could', 'might')))}"
        f"{mark(k, f' {iff} {then}', fact='')}."
    ]


def unless(t: Telling) -> Lines:
    """Unless X, D would do it, S warned."""
    who, told = t.speaker(0.2), t.open()
    _, then, condition = _two(t)
    k = t.claim(told.event, who, "supposes", condition=condition.replace("if", "unless", 1))
    act = t.event("THREATEN", "Warning about what might follow", None, "occurred", who)
    act.about.append(told.event.id)
    a = t.claim(act)
    verb = mark(a, "warned", no="did not warn", hedge="reportedly warned", modal="may have warned")
    return [f"{mark(k, f'unless {then}, ', fact='')}{told.act.would(k)}, {t.name(who)} {verb}."]


def should(t: Telling) -> Lines:
    """Should X, D would do it."""
    who, told = t.speaker(), t.open()
    k = t.claim(told.event, who, "supposes", condition="if the talks fail")
    start = t.pick(
        "should the talks fail, ", "were the talks to fail, ", "in case of failure, ", "in the event of failure, "
    )
    return [f"{mark(k, start, fact='')}{told.act.would(k)}, {t.name(who)} said."]


def only_if(t: Telling) -> Lines:
    """D would do it only if X, S said."""
    who, told = t.speaker(), t.open()
    _, then, condition = _two(t)
    k = t.claim(told.event, who, "supposes", condition=condition)
    return [f"{told.act.would(k, t.pick('would', 'will'))}{mark(k, f' only if {then}', fact='')}, {t.name(who)} said."]


def depends(t: Telling) -> Lines:
    """Whether D does it depends on X."""
    told = t.open()
    k = t.claim(told.event, None, "supposes", condition="if the talks succeed")
    verb = t.pick("depends on the outcome of the talks", "hinges on the talks")
    return [f"whether {told.act.doer} will {told.act.deed.base} {told.act.thing} {mark(k, verb)}."]


def threatened(t: Telling) -> Lines:
    """S threatened to do it if X."""
    doer = t.actor("army", "group", "government", "union")
    told = t.open(doer=doer)
    _, then, condition = _two(t)
    act = t.event("THREATEN", "Threat that depends on others", None, "occurred", doer)
    act.about.append(told.event.id)
    a = t.claim(act)
    k = t.claim(told.event, doer, "supposes", condition=condition)
    verb = mark(a, "threatened", no="did not threaten", hedge="reportedly threatened", modal="may have threatened")
    return [f"{told.act.doer} {verb} {mark(k, told.act.to())} if {then}."]


def beside_fact(t: Telling) -> Lines:
    """C; if X, D would do it: a fact and a condition in one sentence."""
    who, fact, told = t.speaker(), t.deed(), t.open()
    _, then, condition = _two(t)
    f = t.claim(fact.event, who)
    k = t.claim(told.event, who, "supposes", condition=condition)
    return [
        f"{t.name(who)} said that {fact.act.perfect(f, 'had').replace(' if the talks failed', ' if it rained')}"
        f"{fact.when(f)} and that {told.act.would(k)}{mark(k, f' if {then}', fact='')}."
    ]


def even_if(t: Telling) -> Lines:
    """C, S said, even if nobody had noticed: a concession sets no condition."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    aside = t.pick("even if few had noticed", "as if nothing had been agreed", "if only for a few hours")
    return [f"{told.act.clause(k)}{told.when(k)}, {aside}, {t.name(who)} said."]


def asked_if(t: Telling) -> Lines:
    """Asked if C, S said so: an indirect question sets no condition."""
    who, told = t.speaker(0.1), t.bare()
    k = t.claim(told.event, who)
    d = told.act.deed
    start = t.pick("asked if it was true", "asked whether the reports were right")
    verb = mark(
        k, f"had {d.done}", no=f"had not {d.done}", modal=f"might have {d.done}", hedge=f"had reportedly {d.done}"
    )
    return [f"{start}, {t.name(who)} said that {told.act.doer} {verb} {told.act.thing}."]


SCHEMES = (if_before, if_after, unless, should, only_if, depends, threatened, beside_fact, even_if, asked_if)
