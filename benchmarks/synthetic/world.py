"""Who there is: invented states with their offices, forces, groups and unions, outlets, and speakers without a name."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from synthetic import names

SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor with the noun phrases by which texts call it; the first introduces it, the last is short."""

    id: str
    name: str
    kind: str
    forms: tuple[str, ...]
    described: str
    plural: bool = False
    parent: str = ""
    parent_how: str = ""
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def has(self) -> str:
        """The auxiliary that goes with it."""
        return "have" if self.plural else "has"

    @property
    def was(self) -> str:
        """The copula that goes with it."""
        return "were" if self.plural else "was"

    @property
    def its(self) -> str:
        """The possessive that goes with it."""
        return "their" if self.plural else "its"


@dataclass(frozen=True, slots=True)
class State:
    """A country with what acts for it and where it happens."""

    name: str
    adjective: str
    actors: dict[str, Actor]
    towns: tuple[str, ...]


@dataclass(slots=True)
class World:
    """All actors by id; ids are drawn from the seed, and none twice."""

    chance: random.Random
    actors: dict[str, Actor] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)
    groups: list[Actor] = field(default_factory=list)
    unions: list[Actor] = field(default_factory=list)
    outlets: list[Actor] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def fresh(self, prefix: str) -> str:
        """An id that was not used before."""
        while (new := f"{prefix}-{''.join(self.chance.choices(SIGNS, k=6))}") in self.taken:
            pass
        self.taken.add(new)
        return new

    def add(self, name: str, kind: str, forms: tuple[str, ...], described: str = "", **more: object) -> Actor:
        """A new actor."""
        actor = Actor(self.fresh("ACT"), name, kind, forms, described or name, **more)  # type: ignore[arg-type]
        self.actors[actor.id] = actor
        return actor


def make_world(seed: int) -> World:
    """The same world for the same seed."""
    world = World(random.Random(f"world {seed}"))
    towns = list(names.TOWNS)
    world.chance.shuffle(towns)
    for at, (name, adjective) in enumerate(names.COUNTRIES):
        share = tuple(towns[at :: len(names.COUNTRIES)])
        world.states.append(State(name, adjective, _of_state(world, name, adjective), share))
    for name, short in names.GROUPS:
        world.groups.append(_named(world, name, short, "armed-group", _last_word(name)))
    for name, short in names.UNIONS:
        world.unions.append(_named(world, name, short, "organisation", "the union"))
    for name in names.OUTLETS:
        bare = name.removeprefix("the ").removeprefix("news agency ")
        world.outlets.append(world.add(bare, "media", (name,), "the outlet itself"))
    return world


def _last_word(name: str) -> str:
    return "the fighters" if name.endswith(("Brigades", "Guards")) else "the group"


def _named(world: World, name: str, short: str, kind: str, later: str) -> Actor:
    plural = name.endswith(("Brigades", "Fishermen"))
    forms = (f"the {name} ({short})", f"the {short}", later) if short else (f"the {name}", f"the {name}", later)
    return world.add(name, kind, forms, plural=plural, aliases=((short, "abbreviation"),) if short else ())


def _of_state(world: World, name: str, adjective: str) -> dict[str, Actor]:
    state = world.add(name, "state", (name,))
    made = {"state": state}

    def part(key: str, title: str, kind: str, *forms: str, plural: bool = False) -> None:
        described = f"{key} of {name}" if key.islower() else title
        known = forms[0].removeprefix("the ")  # some aliases are in the table, as of what news names often
        aliases = ((known, "alias"),) if key in ("army", "police") else ()
        made[key] = world.add(
            title, kind, forms, f"the {described}", plural=plural, parent=state.id, parent_how="part-of",
            aliases=aliases,
        )  # fmt: skip

    part(
        "government",
        f"Government of {name}",
        "government-body",
        f"the government of {name}",
        f"the {adjective} government",
        "the government",
    )
    part("army", f"Armed forces of {name}", "armed-force", f"the {adjective} army", f"{name}'s army", "the army")
    part(
        "police",
        f"Police of {name}",
        "government-body",
        f"{adjective} police",
        f"police in {name}",
        "police",
        plural=True,
    )
    part("navy", f"Navy of {name}", "armed-force", f"the {adjective} navy", f"the navy of {name}", "the navy")
    for body in world.chance.sample(names.BODIES, 3):
        short = body.split()[-1].lower()
        part(
            body, f"{body} of {name}", "government-body", f"{name}'s {body}", f"the {adjective} {body}", f"the {short}"
        )
    for office in world.chance.sample(names.OFFICES, 3):
        person = f"{world.chance.choice(names.FIRST)} {world.chance.choice(names.LAST)}"
        title = " ".join(word.capitalize() for word in office.split())
        holder = world.add(
            f"{title} of {name}", "office",
            (f"{adjective} {title} {person}", f"{title} {person}", person.split()[1]),
            f"the {office} of {name}", parent=state.id, parent_how="part-of", aliases=((person, "alias"),),
        )  # fmt: skip
        made[office] = holder
    return made
