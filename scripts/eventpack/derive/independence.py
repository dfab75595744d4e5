"""How many independent origins claims have: two that lean on one report count once.

The definition stands in the dataset's schemas, at `independent_count` of estimates and events_flat. Each claim has
a lineage: its source, all sources from which that one derives, and the outlets that relayed what they say. Claims are
taken from the shortest lineage to the longest, and one counts when its lineage meets none of those already counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple  # a dataclass takes 0.5 ms of every validation

from eventpack.cells import Cells, cells_of
from eventpack.subject import Subject

# A source or an actor, by its id; ids of the two are apart.
Member = tuple[str, str]
Lineage = frozenset[Member]


class Weighed(NamedTuple):
    """A claim with its lineage; `leans_on` is the counted claim whose lineage it meets, none when it counts itself."""

    claim: Cells
    lineage: Lineage
    leans_on: Weighed | None

    @property
    def counts(self) -> bool:
        """Whether it is one of the independent ones."""
        return self.leans_on is None


class Origins:
    """The sources of a package with what they derive from, and the names of the outlets that published them."""

    def __init__(
        self,
        sources: Iterable[Cells],
        links: Iterable[Cells],
        actors: Iterable[Cells] = (),
        actor_names: Iterable[Cells] = (),
    ) -> None:
        self.sources: Mapping[str, Cells] = {row.get("source_id", ""): row for row in sources}
        # Per source those that it derives from, each with the kinds of the links to it.
        self.links: Mapping[str, Mapping[str, set[str]]] = _linked(links)
        self._named: dict[str, set[Member]] = defaultdict(set)
        for row in (*actors, *actor_names):
            self._named[_folded(row.get("name", ""))].add(("actor", row.get("actor_id", "")))
        self._ancestry: dict[str, Lineage] = {}

    @classmethod
    def of(cls, subject: Subject) -> Origins:
        """The origins that the tables of a subject tell."""
        return cls(*(cells_of(subject, name) for name in ("sources", "source_links", "actors", "actor_names")))

    def ancestry(self, source: str) -> Lineage:
        """A source and all that it derives from."""
        if source not in self._ancestry:
            found, ahead = {source}, [source]
            while ahead:
                new = self.links.get(ahead.pop(), {}).keys() - found
                found |= new
                ahead += new
            self._ancestry[source] = frozenset(("source", name) for name in found)
        return self._ancestry[source]

    def publishers(self, members: Iterable[Member]) -> set[Member]:
        """The outlets that published the sources among some members."""
        texts = {self.sources.get(name, {}).get("publisher", "") for kind, name in members if kind == "source"}
        return {outlet for text in texts if text for outlet in self._named.get(_folded(text), ())}

    def date(self, claim: Cells) -> str:
        """The day that a claim speaks of or was said on, as text that compares; empty when nothing tells it."""
        if said := claim.get("as_of") or claim.get("said_latest") or claim.get("said_earliest"):
            return said
        source = self.sources.get(claim.get("source_id", ""), {})
        return source.get("published_latest") or source.get("published_earliest") or ""

    def weigh(self, claims: Iterable[Cells]) -> list[Weighed]:
        """Claims in the order in which they are looked at, each with the counted one that it leans on, if any."""
        order = sorted(claims, key=lambda claim: claim.get("claim_id", ""))
        order.sort(key=self.date, reverse=True)
        relays: dict[str, set[Member]] = defaultdict(set)
        for claim in order:
            relays[claim.get("source_id", "")] |= _relay(claim)
        pairs = [(claim, self._lineage(claim, relays)) for claim in order]
        pairs.sort(key=lambda pair: len(pair[1]))
        weighed: list[Weighed] = []
        held: dict[Member, int] = {}  # the first counted claim whose lineage has a member
        published: dict[Member, int] = {}  # the first counted claim of whose lineage an outlet published a source
        for place, (claim, lineage) in enumerate(pairs):
            outlets = self.publishers(lineage)
            met = [at[member] for at in (held, published) for member in lineage if member in at]
            met += [held[outlet] for outlet in outlets if outlet in held]
            weighed.append(Weighed(claim, lineage, weighed[min(met)] if met else None))
            if not met:
                held |= dict.fromkeys(lineage, place)
                published = dict.fromkeys(outlets, place) | published
        return weighed

    def independent(self, claims: Iterable[Cells]) -> list[Cells]:
        """The claims that count, one for each independent origin."""
        return [one.claim for one in self.weigh(claims) if one.counts]

    def _lineage(self, claim: Cells, relays: Mapping[str, set[Member]]) -> Lineage:
        source = claim.get("source_id", "")
        ancestry = self.ancestry(source)
        if len(ancestry) == 1:
            return ancestry | _relay(claim)
        # A text that repeats another one may leave out from where that one has it.
        return ancestry.union(_relay(claim), *(relays.get(name, ()) for _, name in ancestry if name != source))


def _relay(claim: Cells) -> set[Member]:
    outlet = claim.get("relayed_by", "")
    return {("actor", outlet)} if outlet else set()


def _linked(links: Iterable[Cells]) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in links:
        found[link.get("source_id", "")][link.get("derives_from", "")].add(link.get("how", ""))
    return {source: dict(kinds) for source, kinds in found.items()}


def _folded(name: str) -> str:
    """A name without regard to case and spaces."""
    return " ".join(name.casefold().split())
