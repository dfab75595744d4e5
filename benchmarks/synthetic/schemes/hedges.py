"""Words by which a text keeps its distance: reportedly, allegedly, is believed, in their view."""

from __future__ import annotations

from synthetic.markup import mark
from synthetic.telling import Telling

Lines = list[str]


def reportedly(t: Telling) -> Lines:
    """D reportedly did it."""
    told = t.deed()
    k = t.claim(told.event, None, hedge="reported")
    then = t.effect(told, None, hedge="reported") if t.chance.random() < 0.3 else ""
    d = told.act.deed
    return [
        f"{told.act.doer} {mark(k, f'reportedly {d.past}', bold=d.past, no=f'did not {d.base}')} "
        f"{told.act.thing}{told.when(k)}{then}."
    ]


def allegedly(t: Telling) -> Lines:
    """O was allegedly done by D."""
    told = t.deed()
    k = t.claim(told.event, None, hedge="alleged")
    was, d = ("were" if told.act.many else "was"), told.act.deed
    verb = mark(k, f"{was} allegedly {d.done}", bold=f"{was} {d.done}", no=f"{was} not {d.done}")
    return [f"{told.act.thing} {verb} by {told.act.doer}{told.when(k)}."]


def alleged(t: Telling) -> Lines:
    """Reports of the alleged shelling: an adjective."""
    told = t.bare()
    k = t.claim(told.event, None, hedge="alleged")
    act = t.event("REQUEST", f"Demand for an inquiry into {told.act.noun()}", None, "occurred", who := t.speaker(0))
    act.about.append(told.event.id)
    a = t.claim(act)
    verb = mark(a, t.pick("demanded", "called for"), no="did not demand", hedge="reportedly demanded")
    return [
        f"{t.name(who)} {verb} an inquiry into the {mark(k, 'alleged ', bold='')}{told.act.deed.noun} {told.act.thing}."
    ]


def believed(t: Telling) -> Lines:
    """D is believed to have done it."""
    told = t.deed()
    k = t.claim(told.event, None, hedge="assessed")
    is_, d = ("are" if told.doer.plural else "is"), told.act.deed
    verb = t.pick("believed", "thought", "assumed")
    return [
        f"{told.act.doer} {mark(k, f'{is_} {verb} to have {d.done}', bold=d.past, no=f'did not {d.base}')} "
        f"{told.act.thing}{told.when(k)}."
    ]


def said_to(t: Telling) -> Lines:
    """D is said to have done it."""
    told = t.deed()
    k = t.claim(told.event, None, hedge="reported")
    is_, d = ("are" if told.doer.plural else "is"), told.act.deed
    verb = t.pick("said", "reported")
    return [
        f"{told.act.doer} {mark(k, f'{is_} {verb} to have {d.done}', bold=d.past, no=f'did not {d.base}')} "
        f"{told.act.thing}{told.when(k)}."
    ]


def believes(t: Telling) -> Lines:
    """S believes that C."""
    who, told = t.speaker(), t.bare()
    k = t.claim(told.event, who, hedge="assessed")
    verb = f"believe{'' if who.plural else 's'}"
    shown = mark(k, verb, bold="said", no=f"{'do' if who.plural else 'does'} not believe")
    return [
        f"{t.name(who)} {shown} that {mark(k, '', opens='')}{told.act.doer} "
        f"{told.act.deed.past} {told.act.thing}{mark(k, '', closes='')}."
    ]


def claimed(t: Telling) -> Lines:
    """S claimed, without giving proof, that C."""
    who, told = t.speaker(0), t.deed()
    k = t.claim(told.event, who, hedge="alleged")
    verb = mark(k, t.pick("claimed", "alleged"), bold="confirmed")
    return [f"{t.name(who)} {verb} that {told.act.doer} had {told.act.deed.done} {told.act.thing}{told.when(k)}."]


def in_their_view(t: Telling) -> Lines:
    """In the eyes of S, the deed is something: an assessment of it, and the deed that it takes for granted."""
    who, told = t.speaker(0.4), t.bare()
    k = t.claim(told.event, who, "assesses", hedge="assessed")
    m = t.claim(told.event, note="Presupposed by the judgement.")
    start = t.pick("in the eyes of", "in the view of", "in the assessment of")
    return [
        f"{start} {t.name(who)}, {mark(m, told.act.noun())} "
        f"{mark(k, t.pick('was a grave mistake', 'came at the right time', 'was long overdue'))}."
    ]


def reports_said(t: Telling) -> Lines:
    """Unconfirmed reports said that C."""
    told = t.deed()
    k = t.claim(told.event, None, hedge="reported")
    start = t.pick("unconfirmed reports said that", "there were reports that", "media reports suggested that")
    d = told.act.deed
    return [f"{mark(k, start, bold='it is certain that')} {told.act.doer} had {d.done} {told.act.thing}{told.when(k)}."]


def one_of_two(t: Telling) -> Lines:
    """C, while D reportedly did it: only one of the two is hedged."""
    one, two = t.deed(), t.bare()
    k, m = t.claim(one.event), t.claim(two.event, None, hedge="reported")
    d = two.act.deed
    joint = t.pick(", while", ", and", " shortly after")
    return [
        f"{one.act.doer} {one.act.deed.past} {mark(k, one.act.thing)}{one.when(k)}{joint} "
        f"{two.act.doer} {mark(m, f'reportedly {d.past}', bold=d.past)} {two.act.thing}."
    ]


SCHEMES = (
    reportedly, allegedly, alleged, believed, said_to, believes, claimed, in_their_view, reports_said, one_of_two,
)  # fmt: skip
