"""The clauses of a passage, told apart by marks and by the words that open them."""

from __future__ import annotations

from dataclasses import dataclass, field

from eventpack.evidence.cues.lexicon import Lexicon
from eventpack.evidence.cues.spotting import Cue
from eventpack.evidence.cues.tokens import CLOSING, OPENING, STRAIGHT, Tokens
from eventpack.evidence.cues.verbs import ends_relative, is_relative, tells_more

# Clauses that say something about another one; a comma ends them.
SUBORDINATE = frozenset({"condition", "subordinate", "relative", "participle", "infinitive"})
_BREAKS = frozenset(";:()–—-")
_SHORT_QUOTE = 4  # words: a quotation of so few is part of the clause around it


@dataclass(slots=True)
class Clause:
    """A clause: what kind, in which sentence, whether inside quotation marks, and the indices of its words."""

    kind: str
    sentence: int
    quoted: bool
    words: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Clauses:
    """All clauses, and for each word the one that it belongs to."""

    all: list[Clause]
    of: list[int]


class _Cutter:
    """Goes through the words once and opens, closes and resumes clauses."""

    def __init__(self, tokens: Tokens, starts: list[int], cues: list[Cue], lexicon: Lexicon) -> None:
        self.tokens, self.words, self.lexicon = tokens, tokens.words, lexicon.words
        self.stem = lexicon.stem
        self.starts = set(starts)
        self.conditions = {cue.first for cue in cues if cue.has("condition", "strong", "aside")}
        self.said = {
            cue.last + step for cue in cues if cue.has("attribution", "say", "frame", "mind") for step in (0, 1)
        }
        self.within = {at for cue in cues if cue.last > cue.first for at in range(cue.first, cue.last + 1)}
        self.whole = lexicon
        self.chained = frozenset(lexicon.stem(word) for word in self.lexicon["chained"])
        self.clauses: list[Clause] = []
        self.of: list[int] = []
        self.sentence = -1
        self.quoted = False
        self.resumed = -1  # the clause that goes on after a subordinate one

    def cut(self) -> Clauses:
        for at in range(len(self.words)):
            self._step(at)
            self.clauses[-1 if self.current < 0 else self.current].words.append(at)
            self.of.append(self.current)
        return Clauses(self.clauses, self.of)

    current = -1

    def _open(self, kind: str, resumed: int = -1) -> None:
        if self.clauses and not self.clauses[-1].words:
            self.clauses.pop()
        self.clauses.append(Clause(kind, self.sentence, self.quoted))
        self.current, self.resumed = len(self.clauses) - 1, resumed

    def _step(self, at: int) -> None:
        word = self.words[at]
        before = self.words[at - 1] if at else ""
        if at in self.starts:
            self.sentence += 1
            self._open("participle" if self._is_participle(word) else "main")
        if word in OPENING or word in CLOSING or word == STRAIGHT:
            self._quote(at, word)
        elif before == ",":
            self._after_comma(at, word)
        elif before in _BREAKS and before and not self._joined(at - 1):
            self._open("main")
        clause = self.clauses[self.current]
        if clause.kind == "relative" and clause.words and ends_relative(self.words, at, clause.words, self.whole):
            self._open("main") if self.resumed < 0 else self._resume()
        if (kind := self._opened(at, word)) and kind != self.clauses[self.current].kind:
            main = self.current if self.clauses[self.current].kind == "main" else self.resumed
            self._open(kind, main if self.clauses[main].words and main >= 0 else -1)
        elif word == "but" or (word in ("and", "or") and self._clause_follows(at)):
            self._open("main")

    def _joined(self, at: int) -> bool:
        """Whether a dash joins two words, or a bracket holds only an abbreviation."""
        if self.words[at] in "()":
            return "(" in self.words[max(0, at - 2) : at + 1] and ")" in self.words[at : at + 3]
        starts, ends = self.tokens.starts, self.tokens.ends
        return self.words[at] in "-–" and at > 0 and ends[at - 1] == starts[at] and starts[at + 1] == ends[at]

    def _quote(self, at: int, word: str) -> None:
        opens = word in OPENING or (word == STRAIGHT and not self.quoted)
        ends = CLOSING + STRAIGHT
        if opens and any(mark in ends for mark in self.words[at + 1 : at + 2 + _SHORT_QUOTE]):
            return
        if not opens and not self.quoted:
            return
        self.quoted = opens
        self._open("main")

    def _after_comma(self, at: int, word: str) -> None:
        kind = self.clauses[self.current].kind
        if word in self.lexicon["conjunctions"]:
            self._open("main")
        elif self._is_participle(word) or (
            word.endswith("ly") and any(map(self._is_participle, self.words[at + 1 : at + 2]))
        ):
            main = self.current if kind == "main" else self.resumed
            self._open("participle", main)
        elif kind in SUBORDINATE:
            if self.resumed >= 0:
                self._resume()
            else:
                self._open("main")

    def _is_participle(self, word: str) -> bool:
        return word.endswith("ing") and len(word) > 4 and word not in self.lexicon["ings"]

    def _resume(self) -> None:
        self.current, self.resumed = self.resumed, -1

    def _opened(self, at: int, word: str) -> str:
        """The kind of clause that a word opens, or nothing."""
        if at in self.conditions:
            return "condition"
        if word == "so" and self.words[at + 1 : at + 2] == ["that"]:
            return "subordinate"
        if at in self.within:
            return ""
        if word in self.lexicon["relatives"] or (
            word == "that" and at not in self.said and is_relative(self.words, at, self.whole)
        ):
            return "relative"
        if word in self.lexicon["subordinators"] and not (word == "as" and (at + 1 < len(self.words) and
                self.words[at + 1] in ("a", "an", "the", "many", "much", "well", "of", "to"))):  # fmt: skip
            return "subordinate"
        return "infinitive" if word == "to" and self._is_purpose(at) else ""

    def _is_purpose(self, at: int) -> bool:
        """A verb follows, and nothing before asks for it: "met in the town to talk", not "began to talk"."""
        if at + 1 >= len(self.words) or at == 0:
            return False
        following, before = self.words[at + 1], self.words[at - 1]
        if not following.isalpha() or self.tokens.capitals[at + 1] or following in self.lexicon["determiners"]:
            return False
        return self.stem(before) not in self.chained and before not in self.lexicon["chained"]

    def _clause_follows(self, at: int) -> bool:
        following = self.words[at + 1 : at + 3]
        return (
            any(word in self.lexicon["auxiliaries"] or word in self.lexicon["pronouns"] for word in following)
            or following[:1] in (["that"], ["not"], ["never"], ["no"])
            or tells_more(self.words, at, self.clauses[self.current].words, self.whole)
        )


def clauses_of(tokens: Tokens, starts: list[int], cues: list[Cue], lexicon: Lexicon) -> Clauses:
    """The clauses of a passage whose sentences begin at some words."""
    return _Cutter(tokens, starts, cues, lexicon).cut()
