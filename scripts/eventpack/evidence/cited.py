"""Claims beside the passages that they cite: what the checks of evidence look at."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

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


class Spread:
    """The claims on one source by the places of their passages, whether or not those are at hand."""

    def __init__(self, claims: Iterable[Cells]) -> None:
        placed = ((*_place(claim), claim) for claim in claims)
        numbered = enumerate((start, end, claim) for start, end, claim in placed if 0 <= start < end)
        # By start; `_reach` holds how far the passages up to each of them reach.
        self._rows = sorted((start, number, end, claim) for number, (start, end, claim) in numbered)
        self._reach = list(accumulate((end for _, _, end, _ in self._rows), max))

    def between(self, start: int, end: int) -> Iterator[Cells]:
        """The claims whose passages overlap with a stretch, in the order of their table."""
        at = bisect_left(self._rows, (end,))
        found = []
        while at and self._reach[at - 1] > start:
            at -= 1
            if self._rows[at][2] > start:
                found.append((self._rows[at][1], self._rows[at][3]))
        found.sort(key=itemgetter(0))
        return (claim for _, claim in found)


def _place(claim: Cells) -> tuple[int, int]:
    """Where the passage of a claim begins and ends; nowhere when it does not say so."""
    return offsets(claim.get("passage_start", ""), claim.get("passage_end", "")) or (0, 0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to check: the claims to report on that have a passage at hand.

    `on_source` holds all claims by source, those of other records with them.
    """

    subject: Subject
    claims: Table
    cited: Sequence[Cited]
    on_source: Mapping[str, Spread]

    @classmethod
    def of(cls, subject: Subject, claims: Table, cited: Sequence[Cited]) -> Evidence:
        """The evidence of a subject."""
        on_source: defaultdict[str, list[Cells]] = defaultdict(list)
        for claim in cells_of(subject, "claims"):
            on_source[claim.get("source_id", "")].append(claim)
        return cls(subject, claims, cited, {source: Spread(rows) for source, rows in on_source.items()})

    def beside(self, cited: Cited) -> Iterator[Cells]:
        """All claims, this one with them, whose passages in the same source overlap with this one's."""
        return self.on_source[cited.claim["source_id"]].between(*_place(cited.claim))

    def finding(self, code: str, cited: Cited, field: str, what: str, found: str = "", fix: str = "") -> Finding:
        """A finding at a field of a claim."""
        return Finding(code, self.claims.where(cited.row, field), what, shorten(found), fix=fix)
