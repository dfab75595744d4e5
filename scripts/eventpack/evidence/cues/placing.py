"""A claim laid beside its passage: on which clauses it rests, and which other claims rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.cues.clauses import SUBORDINATE
from eventpack.evidence.cues.coded import Coded, Codings
from eventpack.evidence.cues.lexicon import Lexicon, lexicon_of
from eventpack.evidence.cues.reading import Reading, read, stems_of
from eventpack.evidence.cues.speakers import Speaker, speakers_of
from eventpack.evidence.cues.spotting import Cue
from eventpack.terms import primary_language

# A clause that shares at least this part of what the best clause shares with a claim is one that the claim rests on.
_ENOUGH = 0.5


def affinities(coded: Coded, reading: Reading) -> list[int]:
    """How many meaningful words each clause shares with our words on a claim."""
    stems = coded.stems
    return [len(stems & clause) for clause in reading.stems]


def rests_on(shares: Sequence[int], reading: Reading, clause: int) -> bool:
    """Whether a claim with such shares rests on a clause; on a subordinate one only if no other shares as much.

    A claim all in other words than the passage rests on every main clause.
    """
    best, share = max(shares), shares[clause]
    if reading.clauses.all[clause].kind in SUBORDINATE:
        return share == best > 0 and shares.count(best) == 1
    return share >= _ENOUGH * best


@dataclass(frozen=True, slots=True)
class Known:
    """What is the same for all passages of a language."""

    lexicon: Lexicon
    codings: Codings
    speakers: Mapping[str, Speaker]


class Placed:
    """A cited claim with the reading of its passage."""

    def __init__(self, evidence: Evidence, cited: Cited, known: Known, reading: Reading) -> None:
        self.evidence, self.cited, self.reading, self.known = evidence, cited, reading, known
        self.coded = known.codings.of(cited.claim)
        self.shares = affinities(self.coded, reading)
        self._beside: list[tuple[Coded, list[int]]] | None = None

    @property
    def lexicon(self) -> Lexicon:
        """The cues of the passage's language."""
        return self.known.lexicon

    @property
    def actors(self) -> Mapping[str, Speaker]:
        """Who may speak, by id."""
        return self.known.speakers

    def rests(self, clause: int) -> bool:
        """Whether the claim rests on a clause; one on a speech act also on the clause that leads to what is said."""
        if rests_on(self.shares, self.reading, clause):
            return True
        clauses = self.reading.clauses.all
        best = max(range(len(clauses)), key=self.shares.__getitem__)
        leads = self.coded.verbal and clauses[clause].kind == "main" and not clauses[clause].quoted
        return (
            leads
            and clause < best
            and all(one.kind in SUBORDINATE or one.quoted for one in clauses[clause + 1 : best + 1])
        )

    def words_shared(self, at: Iterable[int]) -> frozenset[str]:
        """The meaningful words at some places that the claim shares."""
        words = self.reading.tokens.words
        return self.coded.stems & stems_of([words[one] for one in at], self.lexicon)

    def rests_in(self, at: Iterable[int]) -> bool:
        """Whether the claim rests on a clause that has words at some places."""
        return any(map(self.rests, {self.reading.clauses.of[one] for one in at}))

    def touched(self, cue: Cue) -> bool:
        """Whether a cue stands in a clause that the claim rests on."""
        return self.rests(self.reading.clause(cue))

    def reported(self, cue: Cue) -> bool:
        """Whether a cue is part of what somebody is reported to say, so not of the saying itself."""
        return any(cue.first in frame.content and not frame.tail for frame in self.reading.frames) or (
            self.reading.clauses.all[self.reading.clause(cue)].quoted
        )

    @property
    def others(self) -> Iterator[tuple[Coded, list[int]]]:
        """The other claims on the passage, with what they share with its clauses."""
        if self._beside is None:
            rows = self.evidence.beside(self.cited)
            own = self.cited.claim.get("claim_id")
            coded = [self.known.codings.of(row) for row in rows if row.get("claim_id") != own]
            self._beside = [(one, affinities(one, self.reading)) for one in coded]
        return iter(self._beside)


def placed_claims(evidence: Evidence) -> Iterator[Placed]:
    """The claims whose passages are in a language that has cues."""
    known: dict[str, Known] = {}
    for cited in evidence.cited:
        language = primary_language(cited.source.get("language", ""))
        if (reading := read(cited.words, language)) is None or (lexicon := lexicon_of(language)) is None:
            continue
        if language not in known:
            known[language] = Known(
                lexicon, Codings(evidence.subject, language), speakers_of(evidence.subject, lexicon)
            )
        yield Placed(evidence, cited, known[language], reading)
