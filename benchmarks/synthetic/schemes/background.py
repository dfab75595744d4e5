"""Background: standing conditions, asides without a claim, sentences whose numbers and words count nothing."""

from __future__ import annotations

from synthetic import quantities
from synthetic.days import Day
from synthetic.markup import mark
from synthetic.telling import Telling

Lines = list[str]


def _state(t: Telling, type: str, title: str) -> int:
    return t.claim(t.event(type, title, None, "ongoing"))


def population(t: Telling) -> Lines:
    """T, a town of N people, lies on the coast."""
    town = t.town()
    k = _state(t, "STATE", f"Size and place of {town}")
    n = t.number(k, quantities.qualified(t.chance), "population")
    return [f"{town}, a town of {n} people, lies on the coast of {t.state.name}."]


def distance(t: Telling) -> Lines:
    """T lies about N kilometres from the border."""
    town = t.town()
    k = _state(t, "STATE", f"Distance of {town} from the border")
    q = t.chance.choice((quantities.plain, quantities.qualified))(t.chance)
    return [
        f"{town} lies {t.number(k, q, 'distance')} {t.pick('kilometres', 'miles')} from the border with {t.other.name}."
    ]


def enmity(t: Telling) -> Lines:
    """D and D have fought over T since 2019."""
    year = t.chance.randint(1996, 2021)
    event = t.event(
        "STATE-relations",
        "Enmity of long standing",
        Day(f"since {year}", f"{year}-01-01", f"{year}-12-31", "bounded", {}),
        "ongoing",
    )
    k = t.claim(event)
    have = mark(k, "have fought", no="have not fought", modal="may have fought", hedge="have reportedly fought")
    return [f"{t.name(t.actor('army'))} and {t.name(t.group)} {have} over the area {mark(k, event.day.words)}."]


def neighbours(t: Telling) -> Lines:
    """The two countries share a border."""
    k = _state(t, "STATE-relations", f"Relations of {t.state.name} with {t.other.name}")
    what = t.pick(
        "share a long border", "have no extradition treaty", "have been rivals for decades", "trade mostly in grain"
    )
    t.claims[k].says = "that no treaty on extradition is in force" if "treaty" in what else ""
    return [f"The two countries {mark(k, what)}."]


def unverified(t: Telling) -> Lines:
    """Asides that claim nothing."""
    return [t.pick(
        "The claims could not be independently verified.", "The ministry did not respond to a request for comment.",
        "No further details were given.", "It was not clear what would happen next.",
        "A spokesman was not available for comment.", "Reporters were not allowed into the area.",
    )]  # fmt: skip


def control(t: Telling) -> Lines:
    """D controls T."""
    doer, town = t.actor("group", "army"), t.town()
    k = _state(t, "STATE-control", f"Control of {town}")
    s = "" if doer.plural else "s"
    verb = mark(
        k, f"control{s}", no=f"{'does' if s else 'do'} not control", modal="may control", hedge=f"reportedly control{s}"
    )
    return [f"{t.name(doer)} {verb} {town} and the hills to the north of it."]


def bases(t: Telling) -> Lines:
    """D keeps N camps near T."""
    doer, town = t.group, t.town()
    event = t.event("STATE-presence", f"Camps near {town}", None, "ongoing", doer)
    k = t.claim(event)
    n = t.number(k, quantities.count(t.chance), "camps")
    has = "have" if doer.plural else "has"
    return [
        f"{t.name(doer)} {mark(k, has, no=f'{has} not kept', hedge=f'reportedly {has}')} "
        f"{n} camps in the mountains near {town}."
    ]


def weather(t: Telling) -> Lines:
    """A sentence of mood, coded as a standing condition."""
    town = t.town()
    k = _state(t, "STATE", f"State of {town}")
    scene = t.pick(
        "shops stayed shut",
        "the streets were quiet",
        "schools remained open",
        "ferries ran as usual",
        "the harbour lay empty",
    )
    return [f"In {town}, {mark(k, scene)}."]


def consider(t: Telling) -> Lines:
    """D has long been considered something: an assessment without a speaker."""
    event = t.event("STATE-relations", f"Strength of {t.group.name}", None, "ongoing", t.group)
    k = t.claim(event, None, "assesses", hedge="assessed")
    t.claim(event, note="That it stands against the government is taken for granted.")
    has = t.group.has
    words = mark(k, f"{has} long been {t.pick('considered', 'regarded as', 'seen as')}", bold=f"{has} long been")
    return [f"{t.name(t.group)} {words} the strongest {mark(k + 1, 'opponent of the government')}."]


SCHEMES = (population, distance, enmity, neighbours, unverified, control, bases, weather, consider)
