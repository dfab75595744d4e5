"""Pieces of SQL text: quoted names, names of constraints, and comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventpack.finding import visible

_LONGEST = 63  # bytes; PostgreSQL cuts longer names without a word
_WIDTH = 120


def quoted(name: str) -> str:
    """A name in double quotes, in which reserved words, capitals and hyphens are plain text."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Iterable[str]) -> str:
    """Names of columns as a list in parentheses."""
    return f"({', '.join(map(quoted, names))})"


def comment(text: str, indent: str = "") -> list[str]:
    """Text of any kind as comment lines; none for no text."""
    if not text.strip():
        return []
    start = f"{indent}--"
    lines = [start]
    for word in visible(" ".join(text.split())).split(" "):
        if len(lines[-1]) + len(word) >= _WIDTH and lines[-1] != start:
            lines.append(start)
        lines[-1] += f" {word}"
    return lines


class Names:
    """Names of constraints; each is given once in a file, since some of them become names of indexes."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def give(self, *parts: str) -> str:
        """A quoted name made of parts, cut to what PostgreSQL keeps."""
        whole, number = _cut("_".join(parts), _LONGEST), 1
        name = whole
        while name in self._taken:
            number += 1
            mark = f"_{number}"
            name = _cut(whole, _LONGEST - len(mark)) + mark
        self._taken.add(name)
        return quoted(name)


def _cut(name: str, size: int) -> str:
    return name.encode("utf-8")[:size].decode("utf-8", "ignore")


def statement(start: str, items: Sequence[tuple[Sequence[str], str]]) -> list[str]:
    """A statement with a list of items in parentheses, each after its comment lines."""
    lines = [f"{start} ("]
    for number, (comments, item) in enumerate(items, 1):
        lines += [*comments, f"  {item}{',' if number < len(items) else ''}"]
    return [*lines, ");"]
