"""Each claim beside its passage: at its place in the source's own text, or where another copy holds it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cited import Cited
from eventpack.evidence.passages import digest, offsets
from eventpack.finding import Finding, shorten
from eventpack.subject import Subject
from eventpack.tables import Table

if TYPE_CHECKING:
    from eventpack.evidence.copies import Stretch
    from eventpack.ledger import Fate

NEEDED = ("claim_id", "source_id", "passage_start", "passage_end", "passage_sha256")
_TEXT = "text_sha256"


@dataclass(slots=True)
class Placed:
    """Claims with the passages that were found, findings on those that were not, and what became of those.

    `sought` counts, per source whose own text is not at hand, the claims that were looked for, and `missed` those
    that no copy holds.
    """

    cited: list[Cited] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    outcomes: dict[str, Fate] = field(default_factory=dict)
    sought: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Lost:
    """A claim whose passage does not stand at its place: what is wrong, or none when the text is not at hand."""

    cited: Cited
    problem: Finding | None

    @property
    def sha256(self) -> str:
        return self.cited.claim["passage_sha256"]


def place_claims(subject: Subject, claims: Table, texts: Mapping[str, str]) -> Placed:
    """The claims to report on; without texts none of them is placed."""
    placed = Placed()
    sources = {row.get("source_id", ""): row for row in cells_of(subject, "sources")} if texts else {}
    events = {row.get("event_id", ""): row for row in cells_of(subject, "events")} if texts else {}
    lost: defaultdict[str, list[_Lost]] = defaultdict(list)
    for row, (name, source, start, end, sha256) in enumerate(claims.rows(NEEDED)):
        if not (start or end or sha256):
            continue
        held = sources.get(source, {})
        place = offsets(start, end)
        if place is None or not (sha256 and held.get(_TEXT)):  # of a source without a text there is no copy either
            placed.outcomes[name] = "unverified"
            continue
        claim = claims.row(row)
        text = texts.get(held[_TEXT])
        event = events.get(claim.get("event_id", ""), {})
        cited = Cited(row, claim, event, held, text or "", *place)
        problem = _problem(claims, cited) if text is not None else None
        if text is not None and problem is None:
            placed.cited.append(cited)
        else:
            lost[held.get("language", "")].append(_Lost(cited, problem))
    for language, group in lost.items():
        _seek(placed, group, texts, sources, language or "en")
    placed.cited.sort(key=lambda cited: cited.row)
    return placed


def _problem(claims: Table, cited: Cited) -> Finding | None:
    start, end = cited.start, cited.end
    name, code = "passage_sha256", "evidence/digest"
    what = f"the passage {start}–{end} has another digest than its claim gives"
    found = sha256 = cited.claim["passage_sha256"]
    if not start < end <= len(cited.text):
        what = f"the passage {start}–{end} does not lie in its text of {len(cited.text)} characters"
        name = "passage_end" if end > len(cited.text) or end == start else "passage_start"
        code, found = "evidence/range", f"{start}–{end}"
    elif digest(cited.words) == sha256:
        return None
    return Finding(code, claims.where(cited.row, name), what, shorten(found))


def _seek(
    placed: Placed, lost: Sequence[_Lost], texts: Mapping[str, str], sources: Mapping[str, Cells], language: str
) -> None:
    """Look for passages that do not stand at their places in all texts at hand.

    What stands in the text of another source is there as that one's words, and no copy of this one's.
    """
    from eventpack.evidence.copies import find_stretches  # the segmenter

    wanted = {one.sha256 for one in lost}
    longest = max(one.cited.end - one.cited.start for one in lost)
    found = find_stretches(texts, wanted, longest, language)
    taken = {row.get(_TEXT, "") for row in sources.values()}
    shares = Counter((one.cited.claim["source_id"], s.text_sha256) for one in lost for s in found.get(one.sha256, ()))

    def rank(one: _Lost, stretch: Stretch) -> tuple[bool, bool, int, str, int]:
        """The own text first, then copies that are no other source's text and hold most, then what is nearest."""
        own, name = one.cited.source.get(_TEXT, ""), stretch.text_sha256
        shared = shares[one.cited.claim["source_id"], name]
        return name != own, name in taken, -shared, name, abs(stretch.start - one.cited.start)

    for one in lost:
        claim, places = one.cited.claim, sorted(found.get(one.sha256, ()), key=lambda s, one=one: rank(one, s))
        if one.problem is not None:
            placed.findings.append(replace(one.problem, fix=_fix(one, places[0] if places else None)))
            placed.outcomes[claim["claim_id"]] = "failed"
            continue
        place = next((place for place in places if place.text_sha256 not in taken), None)
        placed.sought[claim["source_id"]] += 1
        if place is None:
            placed.missed[claim["source_id"]] += 1
            placed.outcomes[claim["claim_id"]] = "unverified"
        else:
            text = texts[place.text_sha256]
            placed.cited.append(replace(one.cited, text=text, start=place.start, end=place.end, copy=True))


def _fix(one: _Lost, place: Stretch | None) -> str:
    command = f'run `eventpack passage set {one.cited.claim["claim_id"]} "words" --texts DIR`'
    if place is None:
        return command
    if place.text_sha256 == one.cited.source.get(_TEXT, ""):
        return f"it stands at {place.start}–{place.end}: correct the offsets, or {command}"
    return f"another text at hand ({place.text_sha256[:12]}…) has it at {place.start}–{place.end}; {command}"


def unknown_texts(sources: Table, placed: Placed) -> Iterator[Finding]:
    """Sources whose text no file is, and of whose passages some are in no other text at hand either."""
    for row, (source, sha256) in enumerate(sources.rows(("source_id", _TEXT))):
        if sha256 and (missed := placed.missed[source]):
            sought = placed.sought[source]
            share = f"{missed} of its {sought} passages are" if sought > 1 else "its one passage is"
            yield Finding(
                "evidence/unknown-text", sources.where(row, _TEXT),
                f"no file at hand is the text of {source}, and {share} in no other text at hand", sha256,
                fix="put the unchanged file, or another copy of the text, into the folder of --texts",
                severity="warning",
            )  # fmt: skip
