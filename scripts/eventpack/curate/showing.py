"""Passages to read: a claim's with what stands around it, and the sentences of a source on which no claim rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eventpack.curate.source import read_tables, require_fields
from eventpack.errors import EventpackError
from eventpack.evidence.carried import Carried, carried_values
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.joints import Span, is_date_line
from eventpack.evidence.placing import NEEDED, Placed, place_claims
from eventpack.evidence.sentences import sentences
from eventpack.finding import near_miss
from eventpack.opening import open_package
from eventpack.subject import Subject
from eventpack.tables import Table, table_from_rows

_GIVE = "give the folder that holds the text file, or another copy of it, with --texts"


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim with its passage, the sentences before and after it, if any, and its values beside their words."""

    cited: Cited
    before: Span | None
    after: Span | None
    values: Sequence[Carried]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The sentences of a source that no passage touches, in one of its texts, which may be another `copy`."""

    text: str
    copy: bool
    sentences: Sequence[Span]
    total: int


def show_claim(claim: str, texts: Mapping[str, str], path: str | Path = ".") -> Shown:
    """The passage of a claim; `texts` holds the texts at hand by digest (`evidence.texts`).

    Raises:
        NotAPackage: The path holds no package.
        EventpackError: There is no such claim, it has no passage, or the passage is not where the claim says.
    """
    subject = _opened(path)
    claims = subject.tables["claims"]
    rows = [row for row, known in enumerate(claims.column("claim_id")) if known == claim]
    if not rows:
        hint = near_miss(claim, claims.column("claim_id"))
        raise EventpackError(f"there is no claim {claim}{hint}", "see the table claims")
    cells = claims.row(rows[0])
    if not any(cells[name] for name in NEEDED[2:]):
        reason = f": no_passage is {cells['no_passage']}" if cells.get("no_passage") else ""
        raise EventpackError(f"{claim} has no passage{reason}", f'`eventpack passage set {claim} "words"` gives it one')
    placed = place_claims(subject, _only(claims, rows), texts)
    if placed.findings:
        raise EventpackError(f"{claim}: {placed.findings[0].what}", placed.findings[0].fix)
    if not placed.cited:
        raise EventpackError(f"no text at hand holds the passage of {claim}, in {cells['source_id']}", _GIVE)
    cited = placed.cited[0]
    spans = sentences(cited.text, cited.source.get("language") or "en")
    before = [span for span in spans if span[1] <= cited.start]
    after = [span for span in spans if span[0] >= cited.end]
    values = carried_values(Evidence.of(subject, claims, [cited]), cited)
    return Shown(cited, before[-1] if before else None, after[0] if after else None, values)


def find_uncovered(source: str, texts: Mapping[str, str], path: str | Path = ".") -> Uncovered:
    """The sentences of a source that no claim on it has in its passage, lines with nothing but a date left out.

    Raises:
        NotAPackage: The path holds no package.
        EventpackError: There is no such source, or no text at hand is its own or holds one of its passages.
    """
    subject = _opened(path)
    sources, claims = subject.tables["sources"], subject.tables["claims"]
    row = next((row for row in _rows(sources) if row["source_id"] == source), None)
    if row is None:
        hint = near_miss(source, sources.column("source_id"))
        raise EventpackError(f"there is no source {source}{hint}", "see the table sources")
    here = [index for index, name in enumerate(claims.column("source_id")) if name == source]
    placed = place_claims(subject, _only(claims, here), texts)
    text = _text_of(placed, texts.get(row.get("text_sha256", "")))
    if text is None:
        raise EventpackError(f"no text at hand is that of {source}, or holds one of its passages", _GIVE)
    taken = [(cited.start, cited.end) for cited in placed.cited if cited.text == text]
    spans = [span for span in sentences(text, row.get("language") or "en") if not is_date_line(text[slice(*span)])]
    free = [span for span in spans if not any(start < span[1] and span[0] < end for start, end in taken)]
    return Uncovered(text, text != texts.get(row.get("text_sha256", "")), free, len(spans))


def _opened(path: str | Path) -> Subject:
    package = open_package(path)
    subject = read_tables(package, "sources", "claims")
    require_fields(package, "sources", "source_id", "text_sha256")
    require_fields(package, "claims", *NEEDED)
    return subject


def _rows(table: Table) -> list[dict[str, str]]:
    return [table.row(index) for index in range(table.size)]


def _only(table: Table, rows: Sequence[int]) -> Table:
    """Some rows of a table, each with its place."""
    names = list(table.columns)
    kept = [list(table.row(row).values()) for row in rows]
    return table_from_rows(table.name, names, kept, lambda row, field: table.where(rows[row], field))


def _text_of(placed: Placed, own: str | None) -> str | None:
    """The text of a source: its own, or the copy that holds most of its passages."""
    copies = Counter(cited.text for cited in placed.cited)
    return own if own is not None else max(copies, key=lambda text: copies[text], default=None)
