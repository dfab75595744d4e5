"""What a scheme works with: it picks who does what to whom and when, and notes down the true coding of each claim."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from synthetic import quantities
from synthetic.days import Day, coming, some_day, unsaid
from synthetic.deeds import DEEDS, PLURALS, Act
from synthetic.markup import mark
from synthetic.names import THINGS, UNNAMED
from synthetic.quantities import Quantity
from synthetic.world import Actor, State, World

TRIES = 8
DOERS = {  # who of a kind does what is done by these
    "armed-force": {"army", "navy"}, "armed-group": {"group"}, "government-body": {"government", "police"},
    "organisation": {"union"}, "state": {"state", "government"}, "office": {"government"},
}  # fmt: skip
CROWDS = ("angry residents", "a crowd of students", "striking workers", "young men")


@dataclass(slots=True)
class Event:
    """An event as it will be coded; `kind` is the realis of what is asserted of it."""

    id: str
    type: str
    title: str
    day: Day
    kind: str = "occurred"
    note: str = ""
    participants: list[tuple[str, str]] = field(default_factory=list)
    about: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Claim:
    """A claim as it will be coded; `key` is that of its marks."""

    key: int
    id: str
    event: Event
    stance: str
    said_by: Actor | None = None
    relayed_by: Actor | None = None
    hedge: str = "none"
    condition: str = ""
    said: Day | None = None
    number: Quantity | None = None
    measure: str = ""
    wording: str = ""
    note: str = ""
    says: str = ""  # what the statement says when the event's title does not


@dataclass(frozen=True, slots=True)
class Told:
    """A deed that is told: its forms, its event, its doer, its day."""

    act: Act
    event: Event
    doer: Actor
    day: Day

    def when(self, k: int, before: str = " ", after: str = "") -> str:
        """The words for the day, where the text has any."""
        return f"{before}{mark(k, self.day.words, **self.day.wrong)}{after}" if self.day.words else ""


@dataclass(slots=True)
class Telling:
    """One text in the making."""

    world: World
    chance: random.Random
    published: date
    state: State
    other: State
    group: Actor
    union: Actor
    claims: list[Claim]
    said: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)  # who acts or speaks in the present scheme

    def pick(self, *of: str) -> str:
        """One of several words."""
        return self.chance.choice(of)

    def town(self) -> str:
        """A town of the country that the text is about."""
        return self.chance.choice(self.state.towns)

    def actor(self, *kinds: str, home: bool = False) -> Actor:
        """Somebody of one of these kinds, who has no part in the scheme yet when there is such a one."""
        return self._another(lambda: self._actor(kinds, home))

    def _another(self, pick: Callable[[], Actor]) -> Actor:
        chosen = pick()
        for _ in range(TRIES):
            if chosen.id not in self.busy:
                break
            chosen = pick()
        self.busy.add(chosen.id)
        return chosen

    def _actor(self, kinds: Sequence[str], home: bool) -> Actor:
        kind = self.chance.choice(kinds)
        if kind in ("group", "union"):
            return self.group if kind == "group" else self.union
        if kind == "crowd":
            words = self.chance.choice(CROWDS)
            name = f"Protesters in {self.state.name} ({self.world.fresh('X')[2:]})"
            return self.world.add(name, "collective", (words,), words,
                                  plural=not words.startswith("a "))  # fmt: skip
        state = self.state if home or self.chance.random() < 0.75 else self.other
        return state.actors[kind]

    def name(self, actor: Actor) -> str:
        """How the text calls an actor: in full at first, then mostly in short."""
        if actor.id not in self.said:
            self.said.add(actor.id)
            return actor.forms[0]
        return self.chance.choice(actor.forms[:2]) if len(actor.forms) > 1 else actor.forms[0]

    def speaker(self, unnamed: float = 0.3) -> Actor:
        """Somebody who can say something."""
        if self.chance.random() < unnamed:
            words, described, plural = self.chance.choice(UNNAMED)
            name = f"{described[0].upper()}{described[1:]} ({self.world.fresh('X')[2:]})"
            return self.world.add(name, "unnamed", (words,), described, plural=plural)
        everybody = [*self.state.actors.values(), *self.other.actors.values(), self.group, self.union]
        return self._another(lambda: self.chance.choice(everybody))

    def outlet(self) -> Actor:
        """An outlet that the text quotes."""
        return self.chance.choice(self.world.outlets)

    def deed(self, *, day: Day | None = None, doer: Actor | None = None, kind: str = "occurred", ahead: bool = False,
             like: Sequence[str] = ()) -> Told:  # fmt: skip
        """Somebody did something; an event is made of it. `ahead`: on a day to come."""
        fitting = [d for d in DEEDS if not like or d.type.startswith(tuple(like))]
        own = [d for d in fitting if doer and set(d.by) & DOERS.get(doer.kind, set())]
        deed = self.chance.choice(own or fitting)
        doer = doer or self.actor(*deed.by)
        if day is None:
            day = coming(self.published, self.chance) if ahead else some_day(self.published, self.chance)
        thing = self.chance.choice(deed.objects).format(t=self.town())
        event = self.event(deed.type, f"{deed.noun.capitalize()} {thing}", day, kind, doer)
        many = thing.startswith(PLURALS)
        return Told(Act(deed, self.name(doer), doer.plural, thing, many), event, doer, day)

    def bare(self, like: Sequence[str] = (), doer: Actor | None = None) -> Told:
        """A deed without a day of its own."""
        return self.deed(day=unsaid(self.published), like=like, doer=doer)

    def open(self, doer: Actor | None = None) -> Told:
        """A deed that is only thought of."""
        return self.deed(day=Day("", "", "", "unknown", {}), doer=doer)

    def event(self, type: str, title: str, day: Day | None = None, kind: str = "occurred", *who: Actor) -> Event:
        """An event; those who take part begin it."""
        day = day or unsaid(self.published)
        made = Event(self.world.fresh("EV"), type, title[:110], day, kind)
        made.participants = [(actor.id, "initiator") for actor in dict.fromkeys(who)]
        return made

    def claim(self, event: Event, said_by: Actor | None = None, stance: str = "asserts", **more: object) -> int:
        """A claim on an event; returns the key for its marks."""
        key = len(self.claims)
        self.claims.append(Claim(key, self.world.fresh("CL"), event, stance, said_by, **more))  # type: ignore[arg-type]
        return key

    def number(self, k: int, quantity: Quantity, measure: str, wording: str = "") -> str:
        """The words of a number that a claim carries."""
        claim = self.claims[k]
        claim.number, claim.measure, claim.wording = quantity, measure, wording or quantity.words.removesuffix(" of")
        return mark(k, quantity.words, **quantity.wrong)

    def count(self, event: Event, measure: str, said_by: Actor | None = None, **more: object) -> str:
        """A claim that counts something of an event, as the words of its number."""
        return self.number(self.claim(event, said_by, "asserts", **more), quantities.count(self.chance), measure)

    def effect(self, told: Told, said_by: Actor | None = None, **more: object) -> str:
        """What a deed brought, with a number: a clause for its end, beginning with a comma or a space."""
        clause, measure = self.chance.choice(told.act.deed.effects)
        words = clause.format(n=self.count(told.event, measure, said_by, **more))
        return f" {words}" if clause.startswith(("along", "and", "together", "for", "with ")) else f", {words}"

    def thing(self) -> str:
        """A building or the like."""
        return self.chance.choice(THINGS)
