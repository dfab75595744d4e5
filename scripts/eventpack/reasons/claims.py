"""Claims with what a reader wants to know of them, and why one is no origin of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from eventpack.cells import Cells, cells_of
from eventpack.derive.estimates import default_rules
from eventpack.derive.independence import Lineage, Member, Origins, Weighed
from eventpack.subject import Subject


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """A claim as it is shown: who says what in which source, and where.

    `passage` is where it stands in the source's text, as `1346–1446`, or why there is none.
    """

    claim_id: str
    statement: str
    stance: str
    status: str
    hedge: str
    source_id: str
    said_by: str
    attribution: str
    relayed_by: str
    passage: str


@dataclass(frozen=True, slots=True)
class OriginTold:
    """A claim among those of which independent origins are counted; what it leans on, when it is none of its own."""

    claim: ClaimTold
    counts: bool
    leans_on: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTold:
    """A source that a claim stands in or that one derives from; `derives_from` says how, one text for each link."""

    source_id: str
    title: str
    kind: str
    publisher: str
    published: str
    derives_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The sources, actors, measures and rules that claims name."""

    origins: Origins
    actors: Mapping[str, str]
    measures: Mapping[str, Cells]
    wordings: Mapping[str, Cells]
    rules: Mapping[str, str]
    defaults: Mapping[str, str]

    @classmethod
    def of(cls, subject: Subject) -> Library:
        """What a package holds of them."""
        schema = subject.package.schemas.get("estimates")
        codes = schema.field("rule").codes if schema and "rule" in schema.names else None
        return cls(
            Origins.of(subject),
            {row.get("actor_id", ""): row.get("name", "") for row in cells_of(subject, "actors")},
            {row.get("code", ""): row for row in cells_of(subject, "measures")},
            {row.get("rule_id", ""): row for row in cells_of(subject, "wording_rules")},
            {name: meaning.definition for name, meaning in (codes or {}).items()},
            default_rules(subject),
        )

    def claim(self, row: Cells) -> ClaimTold:
        """A claim, told."""
        start, end = row.get("passage_start", ""), row.get("passage_end", "")
        return ClaimTold(
            claim_id=row.get("claim_id", ""),
            statement=row.get("statement", ""),
            stance=row.get("stance", ""),
            status=row.get("status", ""),
            hedge=row.get("hedge", ""),
            source_id=row.get("source_id", ""),
            said_by=self.actor(row.get("said_by", "")),
            attribution=row.get("attribution", ""),
            relayed_by=self.actor(row.get("relayed_by", "")),
            passage=f"{start}–{end}" if start and end else row.get("no_passage", ""),
        )

    def actor(self, actor: str) -> str:
        """An actor by name and id; empty for none."""
        name = self.actors.get(actor, "")
        return f"{name} ({actor})" if name else actor

    def origin(self, weighed: Weighed) -> OriginTold:
        """A claim, with why it is no origin of its own."""
        claim, other = self.claim(weighed.claim), weighed.leans_on
        if other is None:
            return OriginTold(claim, True)
        reasons = (*self._shared(weighed, other), *self._published(weighed, other), *self._published(other, weighed))
        return OriginTold(claim, False, other.claim.get("claim_id", ""), reasons)

    def source(self, source: str) -> SourceTold:
        """A source, told."""
        row, links = self.origins.sources.get(source, {}), self.origins.links.get(source, {})
        first, last = row.get("published_earliest", ""), row.get("published_latest", "")
        published = first if first == last else f"{first or '…'} to {last or '…'}"
        derives = tuple(f"{_kinds(kinds)} {other}" for other, kinds in sorted(links.items()))
        title, kind, publisher = (row.get(name, "") for name in ("title", "kind", "publisher"))
        return SourceTold(source, title, kind, publisher, published, derives)

    def sources(self, claims: Iterable[Cells]) -> tuple[SourceTold, ...]:
        """The sources of claims, and those that they derive from."""
        names = {name for claim in claims for _, name in self.origins.ancestry(claim.get("source_id", ""))}
        return tuple(map(self.source, sorted(names)))

    def _shared(self, one: Weighed, other: Weighed) -> Iterator[str]:
        mine, its = (weighed.claim.get("source_id", "") for weighed in (one, other))
        if mine == its:
            yield f"both stand in {mine}"
            return
        for name in self._nearest(one.lineage & other.lineage):
            ways = [self._way(source, name) for source in (mine, its)]
            yield " and ".join(f"{source} {way}" for source, way in zip((mine, its), ways, strict=True) if way)
        for kind, name in sorted(one.lineage & other.lineage):
            if kind == "actor":
                yield f"both come by way of {self.actor(name)}"

    def _nearest(self, shared: Lineage) -> list[str]:
        """The shared sources that no other shared one derives from them; in a circle, all of it."""
        names = {name for kind, name in shared if kind == "source"}
        above = {name: {other for _, other in self.origins.ancestry(name)} - {name} for name in names}
        kept = {name for name in names if not any(name in above[other] and other not in above[name] for other in names)}
        return sorted(kept)

    def _published(self, one: Weighed, other: Weighed) -> Iterator[str]:
        """Outlets of one claim that published a source of the other, when they are not shared anyway."""
        outlets = {member for member in one.lineage if member[0] == "actor"} - other.lineage
        for member in sorted(other.lineage):
            for outlet in sorted(self.origins.publishers([member]) & outlets):
                yield f"{one.claim.get('claim_id', '')} comes by way of {self.actor(outlet[1])}, {_of(member, other)}"

    def _way(self, source: str, ancestor: str) -> str:
        """How one source derives from another, on the shortest way, as `quotes A, which repeats B`."""
        found: dict[str, str] = {source: ""}
        ahead = [source]
        while ahead and ancestor not in found:
            here = ahead.pop(0)
            for name, kinds in sorted(self.origins.links.get(here, {}).items()):
                if name not in found:
                    found[name] = f"{found[here]}{', which ' if found[here] else ''}{_kinds(kinds)} {name}"
                    ahead.append(name)
        return found.get(ancestor, "")


def _of(member: Member, other: Weighed) -> str:
    claim, source = other.claim.get("claim_id", ""), other.claim.get("source_id", "")
    stands = f"in which {claim} stands" if member[1] == source else f"from which {source} of {claim} derives"
    return f"the publisher of {member[1]}, {stands}"


def _kinds(kinds: set[str]) -> str:
    """How a source derives from another one, in the words of the links."""
    return " and ".join(sorted(kinds - {""})) or "derives from"
