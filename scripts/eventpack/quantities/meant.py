"""How a number is meant by the words directly around it: over, at least, up to, nearly, about …"""

from __future__ import annotations

from eventpack.quantities.english import AFTER, BEFORE, BETWEEN_THEM, CONCERNS, PLACES
from eventpack.quantities.tokens import Tokens

_LONGEST = 5
_BEFORE = {phrase.replace(".", " .") if phrase.endswith(".") else phrase: how for phrase, how in BEFORE.items()}


def how_meant(tokens: Tokens, at: int, end: int) -> tuple[frozenset[str], tuple[int, int]]:
    """How a number between two tokens is meant, with the empty text where the words may say something else.

    With it, where the words begin and end that say so.
    """
    found: set[str] = set()
    first, last = at, end
    limit = _LONGEST
    while limit:
        limit -= 1
        size = next((n for n in range(_LONGEST, 0, -1) if at >= n and tokens.phrase(at - n, at) in _BEFORE), 0)
        if size:
            phrase = tokens.phrase(at - size, at)
            if phrase in PLACES and (tokens[at - 2].low in CONCERNS):
                found.add("")
            found.add(_BEFORE[phrase])
            at -= size
            first = at
        elif tokens[at - 1].low in BETWEEN_THEM and at:
            at -= 1
        else:
            break
    for size in (3, 2, 1):
        if end + size <= len(tokens) and (how := AFTER.get(tokens.phrase(end, end + size))):
            found.add(how)
            last = end + size
            break
    found.discard("range")
    if "exactly" in found and len(found) > 1:
        found.discard("exactly")  # just over
    return frozenset(found or {""}), (tokens[first].start, tokens[last - 1].end)
