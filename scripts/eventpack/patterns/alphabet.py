"""Which characters a pattern lets through."""

from __future__ import annotations

from eventpack.patterns.charset import Charset
from eventpack.patterns.syntax import Choice, Node, OutsideError, Parser, Repeat, Sequence


def alphabet(pattern: str) -> frozenset[str] | None:
    """The characters of the texts that match a pattern; none when others than those of ASCII may be among them."""
    try:
        return _letters(Parser(pattern).parse())
    except OutsideError:
        return None


def _letters(node: Node) -> frozenset[str] | None:
    if isinstance(node, Charset):
        return node.ascii if node.is_ascii else None
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
