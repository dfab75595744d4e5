"""Where a sentence may begin and end: marks that have no partner in it may stay outside."""

from __future__ import annotations

from eventpack.evidence.joints import Span
from eventpack.evidence.marks import unpaired

_MARKS = frozenset("\"“”'‘’")


def starts(text: str, span: Span) -> list[int]:
    """Its first character, and what follows each opening mark there that nothing closes."""
    found, (at, end) = [span[0]], span
    alone = unpaired(text[slice(*span)]) if text[at] in _MARKS else ()
    while at < end - 1 and (at - span[0] in alone or (len(found) > 1 and text[at].isspace())):
        at += 1
        found.append(at)
    return found


def ends(text: str, span: Span) -> list[int]:
    """Behind its last character, and before each closing mark there that nothing opens."""
    found, (start, at) = [span[1]], span
    alone = unpaired(text[slice(*span)]) if text[at - 1] in _MARKS else ()
    while at > start + 1 and (at - 1 - start in alone or (len(found) > 1 and text[at - 1].isspace())):
        at -= 1
        found.append(at)
    return found
