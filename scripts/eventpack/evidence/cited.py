"""Claims beside the passages that they cite: what the checks of evidence look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventpack.cells import Cells, cells_of
from eventpack.evidence.passages import offsets
from eventpack.finding import Finding, shorten
from eventpack.subject import Subject
from eventpack.tables import Table


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim whose passage stands in a text at hand: its row in the table, and cells by field name.

    The passage is `text[start:end]`; `text` is the source's own text or another `copy` of it. The cells of an event
    or a source that is not there are empty.
    """

    row: int
    claim: Cells
    event: Cells
    source: Cells
    text: str
    start: int
    end: int
    copy: bool = False

    @property
    def words(self) -> str:
        """The passage."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to check: the claims to report on that have a passage at hand.

    `on_source` holds all claims by source, those of other records with them, whether or not their passages are at
    hand.
    """

    subject: Subject
    claims: Table
    cited: Sequence[Cited]
    on_source: Mapping[str, Sequence[Cells]]

    @classmethod
    def of(cls, subject: Subject, claims: Table, cited: Sequence[Cited]) -> Evidence:
        """The evidence of a subject."""
        on_source: defaultdict[str, list[Cells]] = defaultdict(list)
        for claim in cells_of(subject, "claims"):
            on_source[claim.get("source_id", "")].append(claim)
        return cls(subject, claims, cited, on_source)

    def beside(self, cited: Cited) -> Iterator[Cells]:
        """All claims, this one with them, whose passages in the same source overlap with this one's."""
        start, end = int(cited.claim["passage_start"]), int(cited.claim["passage_end"])
        for claim in self.on_source[cited.claim["source_id"]]:
            place = offsets(claim.get("passage_start", ""), claim.get("passage_end", ""))
            if place and place[0] < end and start < place[1]:
                yield claim

    def finding(self, code: str, cited: Cited, field: str, what: str, found: str = "", fix: str = "") -> Finding:
        """A finding at a field of a claim."""
        return Finding(code, self.claims.where(cited.row, field), what, shorten(found), fix=fix)
