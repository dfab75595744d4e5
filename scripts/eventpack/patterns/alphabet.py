"""Which characters a pattern lets through."""

from __future__ import annotations

from eventpack.patterns.charset import Charset
from eventpack.patterns.syntax import Choice, Node, OutsideError, Parser, Repeat, Sequence


def alphabet(pattern: str) -> frozenset[str] | None:
    """The characters of the texts that match a pattern; none when others than those of ASCII may be among them.

    Of the digits that `\\d` takes, those of ASCII are meant.
    """
    try:
        return _letters(Parser(pattern).parse())
    except OutsideError:
        return None


def _letters(node: Node) -> frozenset[str] | None:
    if isinstance(node, Charset):
        narrow = not node.negated and set(node.classes) <= {"d"} and all(high < 128 for _, high in node.ranges)
        return node.ascii if narrow else None
    parts: list[Node] = []
    if isinstance(node, Sequence):
        parts = list(node.items)
    elif isinstance(node, Choice):
        parts = list(node.options)
    elif isinstance(node, Repeat):
        parts = [node.item]
    found = [_letters(part) for part in parts]
    known = [letters for letters in found if letters is not None]
    return frozenset[str]().union(*known) if len(known) == len(found) else None
