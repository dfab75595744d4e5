"""Quotations: whole, split, over several sentences and paragraphs, and words within quotation marks."""

from __future__ import annotations

from dataclasses import replace

from synthetic import days
from synthetic.markup import clause, mark
from synthetic.telling import Telling, Told

Lines = list[str]


def _they(told: Told) -> Told:
    """The same deed, its doer called by a pronoun."""
    return replace(told, act=replace(told.act, doer="they", plural=True))


def whole(t: Telling) -> Lines:
    """“C,” S said."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    then = t.effect(told, who) if t.chance.random() < 0.4 else ""
    said = t.pick("{} said", "said {}", "{} told reporters").format(t.name(who))
    return [f"“{clause(k, told.act.clause(k) + told.when(k))}{then},” {said}."]


def first_person(t: Telling) -> Lines:
    """“We have done it,” S said."""
    doer = t.actor("army", "group", "government")
    told = t.deed(doer=doer, day=days.unsaid(t.published))
    k = t.claim(told.event, doer)
    act = replace(told.act, doer="we", plural=True)
    return [f"“{act.perfect(k)},” {t.name(doer)} said in a statement."]


def split(t: Telling) -> Lines:
    """“C,” S said. “C.”: one quotation."""
    who, one, two = t.speaker(), t.deed(), t.deed()
    k, m = t.claim(one.event, who), t.claim(two.event, who)
    return [f"“{one.act.clause(k)}{one.when(k)},” {t.name(who)} said.", f"“{two.act.perfect(m)}{two.when(m)}.”"]


def interrupted(t: Telling) -> Lines:
    """“C,” S said, “and C.”"""
    who, one, two = t.speaker(), t.deed(), t.deed()
    k, m = t.claim(one.event, who), t.claim(two.event, who)
    return [f"“{one.act.clause(k)}{one.when(k)},” said {t.name(who)}, “and {two.act.clause(m)}{two.when(m)}.”"]


def several(t: Telling) -> Lines:
    """“C. C. C,” S said."""
    who, one, two = t.speaker(), t.deed(), t.deed()
    k, m = t.claim(one.event, who), t.claim(two.event, who)
    between = t.pick(" It was a hard night for all of us.", " Everybody here saw it.", "")
    return [
        f"“{one.act.clause(k)}{one.when(k)}.{between} {_capital(two.act.clause(m))}{two.when(m)},” {t.name(who)} said."
    ]


def paragraphs(t: Telling) -> Lines:
    """A quotation that goes on in the next paragraph, closed only at its end."""
    who, one, two = t.speaker(), t.deed(), t.deed()
    k, m = t.claim(one.event, who), t.claim(two.event, who)
    return [f"“{one.act.clause(k)}{one.when(k)}.\n\n“{_capital(two.act.clause(m))}{two.when(m)},” {t.name(who)} said."]


def colon(t: Telling) -> Lines:
    """S said: “C.”"""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    said = t.pick("said", "wrote", "put it this way", "told reporters")
    return [f"{t.name(who)} {said}: “{_capital(told.act.clause(k))}{told.when(k)}.”"]


def partial(t: Telling) -> Lines:
    """S said that D did it “without the least need”."""
    who, told = t.speaker(), t.deed()
    k = t.claim(told.event, who)
    words = t.pick("“in broad daylight”", "“as anybody could see”", "“with great care”", "“for the sake of order”")
    return [f"{t.name(who)} said that {told.act.clause(k)}{told.when(k)} {words}."]


def citing(t: Telling) -> Lines:
    """“We have a chance,” S said, citing the shelling: an assessment, and what it rests on."""
    who = t.speaker(0.6)
    told = t.bare(doer=t.actor("army", "group"))
    k = t.claim(told.event, who, "assesses", hedge="assessed")
    m = t.claim(told.event, note="Presupposed in the words about the chance.")
    mood = t.pick("a rare chance now", "good reason to hope", "little time left")
    return [f"“We believe that we have {mark(k, mood)},” {t.name(who)} said, citing {mark(m, told.act.noun())}."]


def called(t: Telling) -> Lines:
    """S called the shelling “a crime”: the judgement is an event, what it is about another."""
    who, told = t.speaker(0.1), t.bare()
    act = t.event("ACCUSE-disapprove", f"Criticism of {told.act.noun()}", None, "occurred", who)
    act.about.append(told.event.id)
    a, m = t.claim(act), t.claim(told.event, note="Presupposed by the criticism.")
    verb = t.pick("called", "described")
    joint = "as " if verb == "described" else ""
    insult = t.pick("a crime", "an outrage", "shameful", "a provocation")
    base = "call" if verb == "called" else "describe"
    shown = mark(a, verb, no=f"did not {base}", hedge=f"reportedly {verb}", modal=f"may have {verb}")
    return [f"{t.name(who)} {shown} {mark(m, told.act.noun())} {joint}“{insult}”."]


def nested(t: Telling) -> Lines:
    """“They told us: ‘C’,” S said."""
    who, told = t.speaker(0.8), t.deed()
    k = t.claim(told.event, who)
    return [f"“The officers came and told us ‘{_capital(told.act.clause(k))}{told.when(k)}’,” {t.name(who)} said."]


def _capital(marked: str) -> str:
    """A capital in the middle of a paragraph, before which no mark stands."""
    return marked[:1].upper() + marked[1:]


SCHEMES = (whole, first_person, split, interrupted, several, paragraphs, colon, partial, citing, called, nested)
