"""Where two versions of a file part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """The first line (from 1) that differs, with its text as it is held and as it is wanted, empty where one ends.

    The line is one that the held file has, its last one when it only goes on in the wanted file.
    """

    line: int
    held: str
    wanted: str


def first_difference(held: bytes, wanted: bytes) -> Difference:
    """Where the held file departs first from the wanted one."""
    lines, others = held.split(b"\n"), wanted.split(b"\n")
    same = next((n for n, (a, b) in enumerate(zip(lines, others, strict=False)) if a != b), -1)
    if same < 0:
        same = min(len(lines), len(others))
    last = max(1, len(lines) - (not lines[-1]))
    return Difference(min(same + 1, last), _text(lines, same), _text(others, same))


def _text(lines: list[bytes], index: int) -> str:
    return lines[index].decode("utf-8", "replace") if index < len(lines) else ""
