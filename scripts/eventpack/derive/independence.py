"""How many independent origins claims have: two that lean on one report count once.

The definition stands in the dataset's schemas, at `independent_count` of estimates and events_flat. Each claim has
a lineage: its source, all sources from which that one derives, and the outlet that relayed it. Claims are taken
from the shortest lineage to the longest, and one counts when it shares nothing with those already counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from eventpack.cells import Cells, cells_of
from eventpack.subject import Subject

Lineage = frozenset[tuple[str, str]]


class Origins:
    """The sources of a package with what they derive from."""

    def __init__(self, sources: Iterable[Cells], links: Iterable[Cells]) -> None:
        self._sources = {row.get("source_id", ""): row for row in sources}
        self._links: dict[str, set[str]] = defaultdict(set)
        for link in links:
            self._links[link.get("source_id", "")].add(link.get("derives_from", ""))
        self._ancestry: dict[str, Lineage] = {}

    @classmethod
    def of(cls, subject: Subject) -> Origins:
        """The origins that the tables sources and source_links tell."""
        return cls(cells_of(subject, "sources"), cells_of(subject, "source_links"))

    def lineage(self, claim: Cells) -> Lineage:
        """The members of a claim's lineage, each with its kind, since ids of sources and actors are apart."""
        source, outlet = claim.get("source_id", ""), claim.get("relayed_by", "")
        if source not in self._ancestry:
            self._ancestry[source] = self._walk(source)
        return self._ancestry[source] | {("actor", outlet)} if outlet else self._ancestry[source]

    def _walk(self, source: str) -> Lineage:
        found, ahead = {source}, [source]
        while ahead:
            new = self._links.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return frozenset(("source", name) for name in found)

    def date(self, claim: Cells) -> str:
        """The day that a claim speaks of or was said on, as text that compares; empty when nothing tells it."""
        if said := claim.get("as_of") or claim.get("said_latest") or claim.get("said_earliest"):
            return said
        source = self._sources.get(claim.get("source_id", ""), {})
        return source.get("published_latest") or source.get("published_earliest") or ""

    def independent(self, claims: Iterable[Cells]) -> list[Cells]:
        """The claims that count, one for each independent origin."""
        order = sorted(claims, key=lambda claim: claim.get("claim_id", ""))
        order.sort(key=self.date, reverse=True)
        order.sort(key=lambda claim: len(self.lineage(claim)))
        counted: list[Cells] = []
        seen: set[tuple[str, str]] = set()
        for claim in order:
            lineage = self.lineage(claim)
            if seen.isdisjoint(lineage):
                counted.append(claim)
                seen |= lineage
        return counted
