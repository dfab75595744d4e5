"""What the words say did not take place, without a "not": failed to, was prevented from, was cancelled, is a lie.

A warning: whose failing it is, and whether what was called off had begun, is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from eventpack.evidence.cues.placing import Placed
from eventpack.evidence.cues.reading import stems_of
from eventpack.evidence.cues.spotting import Cue

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am", "'s"})
_LINKS = frozenset({"to", "from", "of", "against", "on"})
_ANY = frozenset({"any", "ever", "anyone", "anybody", "anything"})
_ARTICLES = frozenset({"a", "an", "the", "all", "just", "pure", "mere", "another"})
_AGAIN = frozenset({"ever", "again", "even", "once", "further", "yet", "any"})
_REPORTS = frozenset(
    "report reports claim claims allegation allegations rumour rumours rumor rumors suggestion suggestions accusation "
    "accusations assertion assertions".split()
)
_AHEAD = 8  # words within which "to" or "from" follows: "prevented the bakers of Milltown from marching"
_DEED = 3  # words within which the verb follows then: "from ever again marching"
_BESIDE = 4  # words of whatever is "cancelled", and between "dismissed" and "that"


def undone(placed: Placed) -> Iterator[Cue]:
    """The cues by which what the claim tells as a fact did not take place; none where it is coded as open or speech."""
    coded, reading = placed.coded, placed.reading
    if coded.stance != "asserts" or coded.realis not in ("occurred", "ongoing") or coded.verbal:
        return
    for cue in reading.of("negation", *_TESTS):
        if reading.clauses.all[reading.clause(cue)].kind == "condition" or _told(placed, cue) or _negated(placed, cue):
            continue
        if any(cue.has("negation", sense) and test(placed, cue) for sense, test in _TESTS.items()):
            yield cue


def _told(placed: Placed, cue: Cue) -> bool:
    """Whether the claim tells of the failing or cancelling itself."""
    return placed.lexicon.stem(placed.reading.tokens.words[cue.first]) in placed.coded.stems


def _negated(placed: Placed, cue: Cue) -> bool:
    """Whether it is negated in turn: "never once failed to", "failed to stop"."""
    return any(0 < cue.first - other.last <= _DEED for other in placed.reading.of("negation", "strong", "undone"))


def _not_done(placed: Placed, cue: Cue) -> bool:
    """Whether the claim tells of the verb that goes with a cue."""
    words = placed.reading.tokens.words
    if words[cue.last] in _LINKS:
        return _tells_of(placed, cue.last + 1)
    after = words[cue.last + 1 : cue.last + 2]
    if after == ["to"] or not _ANY.isdisjoint(after):
        return _tells_of(placed, cue.last + 2)
    link = "to" if words[cue.first].startswith("forb") else "from"
    return any(words[at] == link and _tells_of(placed, at + 1) for at in _on(placed, cue.last + 1, _AHEAD))


def _tells_of(placed: Placed, first: int) -> bool:
    """Whether the next word that means something is one of the claim's, or it tells of the rest by another word."""
    words, reading = placed.reading.tokens.words, placed.reading
    for at in _on(placed, first, _DEED):
        if words[at] in _AGAIN or words[at].endswith("ly") or not stems_of([words[at]], placed.lexicon):
            continue
        if any(cue.first == at for cue in reading.of("negation", "weak", "undone", "dropped", "slight")):
            return False  # "failed to stop"
        return bool(placed.words_shared([at])) or _otherwise(placed, at)
    return False


def _otherwise(placed: Placed, at: int) -> bool:
    """Whether a verb stands for the deed by another word: "to expel reporters", where the claim tells of "deportation".

    What the claim begins with, deed or doer, is then not what it is done to, and no other verb of the claim follows.
    """
    reading, words = placed.reading, placed.reading.tokens.words
    clause = reading.clauses.of[at]
    rest = [one for one in reading.clauses.all[clause].words if one > at]
    shared = [one for one in rest if placed.words_shared([one])]
    verbs = any(words[one].endswith("ing") or placed.lexicon.is_past(words[one]) for one in shared)
    stems = placed.words_shared(shared)
    return len(stems) > 1 and len(stems) * 2 >= max(placed.shares) and not verbs and not placed.coded.heads & stems


def _called_off(placed: Placed, cue: Cue) -> bool:
    """Whether the claim tells of what was called off: the subject of "was cancelled", else the object."""
    words = placed.reading.tokens.words
    if not placed.touched(cue):
        return False
    if _BE.isdisjoint(words[max(0, cue.first - 2) : cue.first]):
        after = _on(placed, cue.last + 1, _BESIDE)
        kept = cue.has("negation", "undone") and any(words[at] == "from" for at in after)
        return not kept and bool(placed.words_shared(after))
    subject = [at for at in placed.reading.clauses.all[placed.reading.clause(cue)].words if at < cue.first]
    return bool(placed.words_shared(subject))


def _falsely(placed: Placed, cue: Cue) -> bool:
    """Whether the claim rests on what is "falsely" so, or falsely claimed."""
    after = cue.last + 1
    claimed = any(one.first == after and one.has("hedge", "alleged", "passed") for one in placed.reading.cues)
    claimed = claimed or any(one.first == after for one in placed.reading.of("attribution", "say", "frame"))
    words = placed.reading.tokens.words
    end = next((at for at in range(after, len(words)) if not words[at][0].isalnum()), len(words))
    return placed.touched(cue) or (claimed and placed.rests_in(range(after, end)))


def _is_untrue(placed: Placed, cue: Cue) -> bool:
    """Whether the claim rests on what "is false": what follows with "that", else what goes before."""
    words = placed.reading.tokens.words
    verb = cue.first - 1
    while verb >= 0 and (words[verb] in _ARTICLES or words[verb].endswith("ly")):
        verb -= 1
    if verb < 0 or words[verb] not in _BE:
        return False
    if words[cue.last + 1 : cue.last + 2] == ["that"]:
        return placed.rests_in(_sentence(placed, cue.last + 1, len(words)))
    return placed.rests_in(_sentence(placed, 0, verb))


def _rejects(placed: Placed, cue: Cue) -> bool:
    """Whether the claim rests on reports that somebody rejects."""
    words = placed.reading.tokens.words
    near = _on(placed, cue.last + 1, _BESIDE)
    noun = next((at for at in near if words[at] in _REPORTS), None)
    if noun is None or words[noun + 1 : noun + 2] not in (["that"], ["of"]):
        return False
    return placed.rests_in(_sentence(placed, noun + 1, len(words)))


def _sentence(placed: Placed, first: int, end: int) -> range:
    """The part of a span of words that is in the sentence of its last or first word."""
    clauses = placed.reading.clauses
    home = clauses.all[clauses.of[end - 1 if first == 0 else min(first, end - 1)]].sentence
    inside = [at for at in range(first, end) if clauses.all[clauses.of[at]].sentence == home]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _on(placed: Placed, first: int, most: int) -> range:
    """The places of the next words, as far as neither a mark stands between nor another clause begins."""
    words, clauses = placed.reading.tokens.words, placed.reading.clauses
    end = first
    while end < min(first + most, len(words)) and (words[end][0].isalnum() or words[end] == "'s"):
        if clauses.of[end] != clauses.of[first - 1] and clauses.all[clauses.of[end]].kind != "infinitive":
            break
        end += 1
    return range(first, end)


_TESTS: Mapping[str, Callable[[Placed, Cue], bool]] = {
    "undone": _not_done,
    "dropped": _called_off,
    "untrue": _is_untrue,
    "falsely": _falsely,
    "denial": _rejects,
}
