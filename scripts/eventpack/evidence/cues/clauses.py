"""The clauses of a passage, told apart by marks and by the words that open them."""

from __future__ import annotations

from dataclasses import dataclass, field

from eventpack.evidence.cues.lexicon import Lexicon
from eventpack.evidence.cues.spotting import Cue
from eventpack.evidence.cues.tokens import CLOSING, OPENING, STRAIGHT, Tokens

# Clauses that say something about another one; a comma ends them.
SUBORDINATE = frozenset({"condition", "subordinate", "relative", "participle", "infinitive"})
_BREAKS = frozenset(";:()–—-")
_WITHIN = frozenset({"of", "in", "at", "on", "near", "from"})  # a subject: "and the dockers of Tarn marched"
_SUBJECT = 7  # words of a subject before its verb
_HELPING = frozenset({"has", "have", "had", "is", "are", "was", "were", "be", "been", "being"})
_BEFORE_VERB = frozenset(
    {"not", "never", "and", "or", "also", "ever", "still", "just", "already", "no", "the", "a", "an"}
)
_BEFORE_THAT = frozenset(
    {"so", "is", "are", "was", "were", "be", "true", "false", "clear", "of", "in", "and", "or", "but"}
)
_OPENS = frozenset({"that", "what", "how", "why", "whether", "if", "when", "where", "while", "because", "who", "which"})
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
        self.is_past = lexicon.is_past
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
            opens = word.endswith("ing") and len(word) > 4 and word not in self.lexicon["ings"]
            self._open("participle" if opens else "main")
        if word in OPENING or word in CLOSING or word == STRAIGHT:
            self._quote(at, word)
        elif before == ",":
            self._after_comma(at, word)
        elif before in _BREAKS and before and not self._joined(at - 1):
            self._open("main")
        if self._ends_relative(at, word):
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
        elif word.endswith("ing") and len(word) > 4 and word not in self.lexicon["ings"]:
            main = self.current if kind == "main" else self.resumed
            self._open("participle", main)
        elif kind in SUBORDINATE:
            if self.resumed >= 0:
                self._resume()
            else:
                self._open("main")

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
        if word in self.lexicon["relatives"] or (word == "that" and self._is_relative(at)):
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
            or self._tells_more(at)
        )

    def _tells_more(self, at: int) -> bool:
        """Whether a verb in the past follows and one went before: "police did not come and bakers marched"."""
        before = [one for one in self.clauses[self.current].words if one < at]
        if not any(self._is_verb(one) for one in before):
            return False
        for one in range(at + 1, min(at + 1 + _SUBJECT, len(self.words))):
            word = self.words[one]
            if not word[0].isalnum() or (word in self.lexicon["prepositions"] and word not in _WITHIN):
                return False
            if self.is_past(self.words[one]):  # "has not come and eaten" is one
                return one > at + 1 or not any(self.words[earlier] in _HELPING for earlier in before)
        return False

    def _is_verb(self, at: int) -> bool:
        return self.is_past(self.words[at]) or self.words[at] in self.lexicon["auxiliaries"]

    def _is_relative(self, at: int) -> bool:
        """Whether "that" stands for what was just named: a verb follows, and none of saying goes before."""
        if (
            at == 0
            or not self.words[at - 1][0].isalpha()
            or self.words[at - 1] in _BEFORE_THAT
            or self.is_past(self.words[at - 1])
        ):
            return False
        if at + 1 == len(self.words) or at in self.said:
            return False
        following = self.words[at + 1]
        return following in self.lexicon["auxiliaries"] or following in ("never", "not")

    def _ends_relative(self, at: int, word: str) -> bool:
        """Whether a second verb begins: "bakers who did not work | marched". One after a comma ends with another."""
        clause = self.clauses[self.current]
        if clause.kind != "relative" or not clause.words or not self._is_verb(at):
            return False
        first, before = clause.words[0], self.words[at - 1]
        if first and self.words[first - 1] == ",":
            return False
        inside = self.words[first + 1 : at]
        if not _OPENS.isdisjoint(inside) or before in _BEFORE_VERB or before.endswith("ly"):
            return False
        if before in self.lexicon["auxiliaries"] or before in self.lexicon["prepositions"] or not before[0].isalnum():
            return False
        return any(self._is_verb(one) for one in range(first + 1, at)) and at > first + 1


def clauses_of(tokens: Tokens, starts: list[int], cues: list[Cue], lexicon: Lexicon) -> Clauses:
    """The clauses of a passage whose sentences begin at some words."""
    return _Cutter(tokens, starts, cues, lexicon).cut()
