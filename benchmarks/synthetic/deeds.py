"""What is told: deeds with all forms of their verbs, so that each can stand in any frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from synthetic.markup import mark


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of event. `{t}` in objects is a town, `{n}` in effects a number; `by` are the actors that do it."""

    type: str
    by: tuple[str, ...]
    base: str
    past: str
    done: str  # participle
    doing: str
    noun: str
    objects: tuple[str, ...]
    effects: tuple[tuple[str, str], ...] = ()  # clause after the main one, measure


FORCES = ("army", "group", "police")
ARMED = ("army", "group", "navy")
DEEDS = (
    Deed("ASSAULT-heavy-weapons", ARMED, "shell", "shelled", "shelled", "shelling", "shelling of",
         ("the port of {t}", "the outskirts of {t}", "a depot near {t}", "positions around {t}"),
         (("killing {n} people", "killed"), ("wounding {n} civilians", "injured"),
          ("destroying {n} houses", "houses-destroyed"))),
    Deed("ASSAULT", ARMED, "attack", "attacked", "attacked", "attacking", "attack on",
         ("a convoy outside {t}", "the airfield at {t}", "villages near {t}", "a checkpoint on the road to {t}"),
         (("killing {n} soldiers", "killed"), ("leaving {n} people wounded", "injured"),
          ("burning {n} trucks", "vehicles-destroyed"))),
    Deed("ASSAULT-drone", ("army", "group"), "strike", "struck", "struck", "striking", "drone strike on",
         ("a fuel store in {t}", "the power station of {t}", "a radio mast above {t}"),
         (("injuring {n} workers", "injured"), ("leaving {n} households without power", "households-without-power"))),
    Deed("COERCE-arrest", ("police", "army"), "detain", "detained", "detained", "detaining", "detention of",
         ("the mayor of {t}", "organisers of a march in {t}", "the editor of a newspaper in {t}"),
         (("along with {n} supporters", "arrested"), ("and took away {n} others", "arrested"))),
    Deed("COERCE-seize", FORCES, "seize", "seized", "seized", "seizing", "seizure of",
         ("a customs house in {t}", "the grain stores of {t}", "a bridge south of {t}"),
         (("together with {n} vehicles", "vehicles-seized"), ("taking {n} tonnes of wheat", "tonnes-seized"))),
    Deed("COERCE-restrict", ("police", "army", "government"), "close", "closed", "closed", "closing", "closure of",
         ("the border crossing at {t}", "the main road to {t}", "all markets in {t}"),
         (("stranding {n} travellers", "stranded"),)),
    Deed("RETREAT-withdraw", ARMED, "leave", "left", "left", "leaving", "withdrawal from",
         ("the airfield of {t}", "its camp outside {t}", "the old town of {t}"),
         (("leaving behind {n} vehicles", "vehicles-lost"),)),
    Deed("RETREAT-release", ("army", "group", "police"), "release", "released", "released", "releasing", "release of",
         ("the crew of a ferry held in {t}", "captured teachers in {t}", "the detained mayor of {t}"),
         (("along with {n} other captives", "released"),)),
    Deed("AID", ("government", "state", "union"), "send", "sent", "sent", "sending", "sending of",
         ("tents and blankets to {t}", "medical teams to {t}", "food aid to {t}"),
         (("enough for {n} families", "families-helped"), ("including {n} doctors", "doctors-sent"))),
    Deed("MOBILIZE-troops", ("army", "navy"), "move", "moved", "moved", "moving", "move of",
         ("a brigade to {t}", "artillery towards {t}", "reserves closer to {t}"),
         (("adding {n} soldiers to the garrison", "troops"), ("with {n} vehicles", "vehicles-moved"))),
    Deed("PROTEST-obstruct", ("union", "crowd"), "block", "blocked", "blocked", "blocking", "blockade of",
         ("the railway at {t}", "the harbour of {t}", "a highway near {t}"),
         (("with {n} tractors", "vehicles-moved"), ("holding up {n} trains", "trains-delayed"))),
    Deed("PROTEST-vandalize", ("crowd", "group"), "damage", "damaged", "damaged", "damaging", "damage to",
         ("the court building in {t}", "the office of a party in {t}"),
         (("smashing {n} windows", "windows-broken"),)),
    Deed("ASSAULT-destroy", ARMED, "burn", "burned", "burned", "burning", "burning of",
         ("a warehouse in {t}", "the radio mast of {t}", "fields around {t}"),
         (("destroying {n} tonnes of grain", "tonnes-destroyed"),)),
    Deed("RETREAT-access", ("government", "army", "group"),
         "admit", "admitted", "admitted", "admitting", "admission of",
         ("inspectors to the plant at {t}", "aid workers to {t}", "observers to the prison of {t}"),
         (("for {n} hours", "hours"),)),
    Deed("COERCE-deport", ("government", "police"), "expel", "expelled", "expelled", "expelling", "expulsion of",
         ("foreign reporters from {t}", "migrants from {t}", "residents of a camp near {t}"),
         (("putting {n} people on buses", "expelled"),)),
    Deed("COOPERATE", ("state", "government"), "reopen", "reopened", "reopened", "reopening", "reopening of",
         ("the railway through {t}", "the shared customs post at {t}"),
         (("for the first time in {n} months", "months-closed"),)),
    Deed("COERCE-censor", ("government", "police"), "shut", "shut", "shut", "shutting", "shutting of",
         ("a radio station in {t}", "the printing house of {t}"),
         (("putting {n} journalists out of work", "jobs-lost"),)),
    Deed("ASSAULT-explosives", ("group", "army"), "mine", "mined", "mined", "mining", "mining of",
         ("the road to {t}", "the approaches to {t}"),
         (("laying {n} charges", "charges-laid"),)),
)  # fmt: skip
APOSTROPHES = "\u02bc\u00b4"  # that are typed for the usual one
PLURALS = (  # how objects begin that are many
    "positions", "organisers", "medical", "tents", "reserves", "captured", "fields", "villages", "inspectors",
    "observers", "foreign", "migrants", "residents", "all", "aid", "the grain stores",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One deed with its doer and object, in all forms; `k` is the claim that the words carry."""

    deed: Deed
    doer: str  # as the text calls it
    plural: bool
    thing: str
    many: bool  # whether the object is a plural

    def clause(self, k: int, then: str = "", verb: str = "") -> str:
        """Shelled the port; `then` follows the object, `verb` says more forms that would be wrong."""
        return f"{self.doer} {self.verb(k)} {self.thing}{then}{_iff(k)}"

    def verb(self, k: int) -> str:
        """The verb in the past."""
        d = self.deed
        return mark(
            k, d.past, no=f"did not {d.base}", modal=f"may have {d.done}", hedge=f"reportedly {d.past}",
            condition=f"would {d.base}", undone=self._undone(), typed=f"didn{self._one_of(APOSTROPHES)}t {d.base}",
        )  # fmt: skip

    def _undone(self) -> str:
        """Words for what was not done that have no "not"."""
        d, (was, has) = self.deed, ("were", "have") if self.plural else ("was", "has")
        return self._one_of((
            f"failed to {d.base}", f"refused to {d.base}", f"{was} unable to {d.base}", f"{has} yet to {d.base}",
            f"{was} prevented from {d.doing}", f"refrained from {d.doing}", f"{was} banned from {d.doing}",
            f"called off the {d.noun}", f"cancelled the {d.noun}", f"falsely claimed to have {d.done}",
        ))  # fmt: skip

    def _one_of(self, choices: Sequence[str]) -> str:
        """Always the same for the same deed, so that the other choices of a seed stay as they are."""
        return choices[crc32(f"{self.doer} {self.deed.base} {self.thing}".encode()) % len(choices)]

    def passive(self, k: int, then: str = "") -> str:
        """Was shelled by."""
        was = "were" if self.many else "was"
        d = self.deed
        words = mark(
            k, f"{was} {d.done}", no=f"{was} not {d.done}", modal=f"may have been {d.done}",
            hedge=f"{was} reportedly {d.done}", condition=f"would be {d.done}",
            undone=f"{was} prevented from being {d.done}",
        )  # fmt: skip
        return f"{self.thing} {words} by {self.doer}{then}{_iff(k)}"

    def perfect(self, k: int, had: str = "") -> str:
        """Has shelled, had shelled; also the words of someone who speaks about it now."""
        has = had or ("have" if self.plural else "has")
        d = self.deed
        words = mark(
            k, f"{has} {d.done}", no=f"{has} not {d.done}", modal=f"might have {d.done}",
            hedge=f"{has} reportedly {d.done}", condition=f"would have {d.done}", undone=f"{has} failed to {d.base}",
        )  # fmt: skip
        return f"{self.doer} {words} {self.thing}{_iff(k)}"

    def negated(self, k: int) -> str:
        """Did not shell, has not shelled, never shelled: coded as denied."""
        d = self.deed
        return f"{self.doer} {mark(k, f'did not {d.base}', no=d.past)} {self.thing}"

    def never(self, k: int) -> str:
        """Never shelled."""
        return f"{self.doer} {mark(k, f'never {self.deed.past}', no=self.deed.past)} {self.thing}"

    def will(self, k: int, word: str = "will") -> str:
        """A forecast."""
        d = self.deed
        words = mark(k, f"{word} {d.base}", no=f"{word} not {d.base}", fact=d.past, hedge=f"{word} reportedly {d.base}")
        return f"{self.doer} {words} {self.thing}{_iff(k)}"

    def would(self, k: int, word: str = "would") -> str:
        """What depends on something; `fact` makes it something that happened."""
        d = self.deed
        return f"{self.doer} {mark(k, f'{word} {d.base}', fact=d.past, no=f'{word} not {d.base}')} {self.thing}"

    def to(self) -> str:
        """To shell the port."""
        return f"to {self.deed.base} {self.thing}"

    def doing(self) -> str:
        """Shelling the port."""
        return f"{self.deed.doing} {self.thing}"

    def noun(self) -> str:
        """The shelling of the port."""
        return f"the {self.deed.noun} {self.thing}"


def _iff(k: int) -> str:
    return mark(k, "", condition=" if the talks failed")
