"""Where another verb begins a clause, or ends one: no grammar, only forms of the past and auxiliaries."""

from __future__ import annotations

from collections.abc import Sequence

from eventpack.evidence.cues.lexicon import Lexicon

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


def is_verb(word: str, lexicon: Lexicon) -> bool:
    """Whether a word may be a verb in the past, or is an auxiliary."""
    return lexicon.is_past(word) or word in lexicon.words["auxiliaries"]


def tells_more(words: Sequence[str], at: int, clause: Sequence[int], lexicon: Lexicon) -> bool:
    """Whether after "and" a verb in the past follows, and one went before in the clause with these words.

    "Police did not come and bakers marched" are two clauses, "has not come and eaten" is one.
    """
    if not any(is_verb(words[one], lexicon) for one in clause):
        return False
    for one in range(at + 1, min(at + 1 + _SUBJECT, len(words))):
        word = words[one]
        if not word[0].isalnum() or (word in lexicon.words["prepositions"] and word not in _WITHIN):
            return False
        if lexicon.is_past(word):
            return one > at + 1 or not any(_helps(words, earlier, lexicon) for earlier in clause)
    return False


def _helps(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a word makes a participle of a later one; "had" with an object does not."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return words[at] in _HELPING and following not in lexicon.words["determiners"]


def is_relative(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether "that" stands for what was just named: an auxiliary follows, and no verb goes before."""
    if at == 0 or at + 1 == len(words):
        return False
    before, following = words[at - 1], words[at + 1]
    if not before[0].isalpha() or before in _BEFORE_THAT or lexicon.is_past(before):
        return False
    return following in lexicon.words["auxiliaries"] or following in ("never", "not")


def ends_relative(words: Sequence[str], at: int, clause: Sequence[int], lexicon: Lexicon) -> bool:
    """Whether a second verb begins: "bakers who did not work | marched". A clause after a comma ends with another."""
    if not is_verb(words[at], lexicon):
        return False
    first, before = clause[0], words[at - 1]
    if (first and words[first - 1] == ",") or at < first + 2 or not before[0].isalnum():
        return False
    if before in _BEFORE_VERB or before.endswith("ly") or not _OPENS.isdisjoint(words[first + 1 : at]):
        return False
    if before in lexicon.words["auxiliaries"] or before in lexicon.words["prepositions"]:
        return False
    return any(is_verb(word, lexicon) or word == "never" for word in words[first + 1 : at])
