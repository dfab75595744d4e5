"""Speech acts, which are events of their own: to urge, accept, refuse, accuse, apologise, meet, speak."""

from __future__ import annotations

from synthetic import days
from synthetic.markup import mark
from synthetic.telling import Event, Telling, Told
from synthetic.world import Actor

Lines = list[str]


def _act(t: Telling, type: str, title: str, who: Actor, about: Told | None = None) -> tuple[int, Event]:
    event = t.event(type, title, days.some_day(t.published, t.chance), "occurred", who)
    if about:
        event.about.append(about.event.id)
    return t.claim(event), event


def _verb(k: int, past: str, base: str, done: str = "") -> str:
    return mark(
        k, past, no=f"did not {base}", modal=f"may have {done or past}", hedge=f"reportedly {past}",
        condition=f"would {base}",
    )  # fmt: skip


def _tail(k: int, event: Event) -> str:
    day = f" {mark(k, event.day.words, **event.day.wrong)}" if event.day.words else ""
    return f"{day}{mark(k, '', condition=' if the talks failed')}"


def urged(t: Telling) -> Lines:
    """S urged D to do it: the call occurred, what is asked for is supposed."""
    who, doer = t.speaker(0), t.actor("army", "group", "government")
    told = t.open(doer=doer)
    a, event = _act(t, "REQUEST", f"Call for {told.act.noun()}", who, told)
    k = t.claim(told.event, who, "supposes", condition="if the call is followed")
    past, base = t.chance.choice((("urged", "urge"), ("called on", "call on"), ("asked", "ask"), ("told", "tell")))
    return [f"{t.name(who)} {_verb(a, past, base)} {told.act.doer} {mark(k, told.act.to())}{_tail(a, event)}."]


def demanded(t: Telling) -> Lines:
    """S demanded that D do it."""
    who, doer = t.speaker(0), t.actor("army", "group", "government")
    told = t.open(doer=doer)
    a, event = _act(t, "REQUEST", f"Demand for {told.act.noun()}", who, told)
    k = t.claim(told.event, who, "supposes", condition="if the demand is met")
    return [
        f"{t.name(who)} {_verb(a, 'demanded', 'demand')} that {told.act.doer} "
        f"{mark(k, told.act.deed.base)} {told.act.thing}{_tail(a, event)}."
    ]


def backed(t: Telling) -> Lines:
    """S approved of the deed: the act, the attitude, and the deed itself."""
    who, told = t.speaker(0), t.bare()
    a, event = _act(t, "SUPPORT", f"Approval of {told.act.noun()}", who, told)
    k = t.claim(told.event, who, "supports")
    t.claim(told.event, note="Taken for granted by the approval.")
    past, base = t.chance.choice((("welcomed", "welcome"), ("praised", "praise"), ("backed", "back")))
    return [f"{t.name(who)} {_verb(a, past, base)} {mark(k, told.act.noun())}{mark(k + 1, '')}{_tail(a, event)}."]


def condemned(t: Telling) -> Lines:
    """S condemned the deed."""
    who, told = t.speaker(0), t.bare()
    a, event = _act(t, "ACCUSE-disapprove", f"Criticism of {told.act.noun()}", who, told)
    k = t.claim(told.event, who, "opposes")
    t.claim(told.event, note="Taken for granted by the criticism.")
    past, base = t.chance.choice(
        (("condemned", "condemn"), ("criticised", "criticise"), ("protested against", "protest against"))
    )
    return [f"{t.name(who)} {_verb(a, past, base)} {mark(k, told.act.noun())}{mark(k + 1, '')}{_tail(a, event)}."]


def refused(t: Telling) -> Lines:
    """D refused to do it: the refusal occurred."""
    doer = t.actor("army", "group", "government", "union")
    told = t.open(doer=doer)
    a, event = _act(t, "REJECT", f"Refusal of {told.act.noun()}", doer, told)
    k = t.claim(told.event, doer, "opposes")
    t.claim(told.event, doer, "supposes", condition="if it were to give way", note="What is refused.")
    past, base = t.chance.choice((("refused", "refuse"), ("declined", "decline")))
    return [f"{told.act.doer} {_verb(a, past, base)} {mark(k, told.act.to())}{mark(k + 1, '')}{_tail(a, event)}."]


def rejected(t: Telling) -> Lines:
    """D rejected a call to do it."""
    doer = t.actor("army", "group", "government")
    told = t.open(doer=doer)
    a, event = _act(t, "REJECT", f"Rejection of {told.act.noun()}", doer, told)
    k = t.claim(told.event, doer, "supposes", condition="if it were to give way", note="What is rejected.")
    past, base = t.chance.choice((("rejected", "reject"), ("turned down", "turn down")))
    what = t.pick("a call", "a proposal", "a request", "an appeal")
    return [f"{told.act.doer} {_verb(a, past, base)} {what} {mark(k, told.act.to())}{_tail(a, event)}."]


def accused(t: Telling) -> Lines:
    """S accused D of doing it: the act, and the deed that it asserts."""
    who, doer = t.speaker(0), t.actor("army", "group")
    told = t.bare(doer=doer)
    a, event = _act(t, "ACCUSE-allege", f"Accusation of {told.act.noun()}", who, told)
    k = t.claim(told.event, who)
    past, base = t.chance.choice((("accused", "accuse"), ("blamed", "blame")))
    of = "of" if past == "accused" else "for"
    return [f"{t.name(who)} {_verb(a, past, base)} {told.act.doer} {of} {mark(k, told.act.doing())}{_tail(a, event)}."]


def met(t: Telling) -> Lines:
    """S and S held talks in T on a day."""
    one, two, town = t.actor("government"), t.actor("group", "union"), t.town()
    event = t.event("CONSULT", f"Talks in {town}", days.some_day(t.published, t.chance), "occurred", one, two)
    event.participants = [(one.id, "partner"), (two.id, "partner")]
    a = t.claim(event)
    past, base, done = t.chance.choice(
        (("met", "meet", "met"), ("held talks", "hold talks", "held talks"), ("negotiated", "negotiate", "negotiated"))
    )
    return [f"{t.name(one)} and {t.name(two)} {_verb(a, past, base, done)} in {town}{_tail(a, event)}."]


def phoned(t: Telling) -> Lines:
    """D spoke by phone with D about something."""
    one, two = t.state.actors["government"], t.other.actors["government"]
    event = t.event(
        "CONSULT-phone", f"Call between {one.name} and {two.name}", days.weekday(t.published, t.chance), "occurred", one
    )
    event.participants = [(one.id, "partner"), (two.id, "partner")]
    who = t.speaker(0.8)
    a = t.claim(event, who)
    topic = t.pick("the harvest", "a prisoner exchange", "the closure of the border", "a possible ceasefire")
    return [
        f"{t.name(one)} {_verb(a, 'spoke', 'speak', 'spoken')} by phone with "
        f"{t.name(two)} about {topic}{_tail(a, event)}, {t.name(who)} said."
    ]


def agreed(t: Telling) -> Lines:
    """D agreed to do it: the promise occurred, what is promised is planned."""
    doer = t.actor("army", "group", "government")
    told = t.deed(doer=doer, kind="planned", day=days.Day("", "", "", "unknown", {}))
    a, event = _act(t, "AGREE", f"Promise of {told.act.noun()}", doer, told)
    k = t.claim(told.event, note="The plan, not that it was carried out.")
    past, base = t.chance.choice((("agreed", "agree"), ("promised", "promise"), ("pledged", "pledge")))
    return [f"{told.act.doer} {_verb(a, past, base)} {mark(k, told.act.to())}{_tail(a, event)}."]


def apologised(t: Telling) -> Lines:
    """D apologised for doing it."""
    doer = t.actor("army", "group", "police")
    told = t.bare(doer=doer)
    a, event = _act(t, "CONCEDE", f"Apology for {told.act.noun()}", doer, told)
    k = t.claim(told.event, doer)
    past, base = t.chance.choice((("apologised", "apologise"), ("took responsibility", "take responsibility")))
    return [f"{told.act.doer} {_verb(a, past, base)} for {mark(k, told.act.doing())}{_tail(a, event)}."]


def address(t: Telling) -> Lines:
    """S gave a speech in T."""
    who, town = t.speaker(0), t.town()
    a, event = _act(t, "STATEMENT-address", f"Speech in {town}", who)
    return [f"{t.name(who)} {_verb(a, 'gave a speech', 'give a speech', 'given a speech')} in {town}{_tail(a, event)}."]


def begged(t: Telling) -> Lines:
    """“Leave the airfield now,” S told D: a call in quotation marks."""
    who, doer = t.speaker(0), t.actor("army", "group")
    told = t.open(doer=doer)
    event = t.event("REQUEST", f"Call for {told.act.noun()}", None, "occurred", who)
    event.about.append(told.event.id)
    a = t.claim(event)
    k = t.claim(told.event, who, "supposes", condition="if the call is followed")
    words = mark(k, f"{told.act.deed.base[0].upper()}{told.act.deed.base[1:]} {told.act.thing} now")
    return [f"“{words},” {t.name(who)} {_verb(a, 'told', 'tell')} {told.act.doer}."]


SCHEMES = (
    urged, demanded, backed, condemned, refused, rejected, accused, met, phoned, agreed, apologised, address, begged,
)  # fmt: skip
