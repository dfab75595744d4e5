"""Put what is ready in the place of what stands there, so that the place is never empty and all moves can be undone."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_HERE, _EXCHANGE, _SWAP = -100, 2, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def put_in_place(moves: Sequence[tuple[Path, Path]], aside: Path) -> None:
    """Move each new thing to its place; when one cannot be moved, undo all.

    All paths lie in one file system, so that moving is renaming. New and old change places in one step where the
    system can. Elsewhere the old goes `aside`, the place is empty for a moment, and what is in `aside` after a kill
    belongs there.
    """
    aside.mkdir()
    exchanged: list[tuple[Path, Path]] = []
    renamed: list[tuple[Path, Path]] = []
    try:
        for new, place in moves:
            if place.exists() and exchange(new, place):
                exchanged.append((new, place))
                continue
            if place.exists():
                renamed.append((place, aside / place.name))
                place.rename(aside / place.name)
            renamed.append((new, place))
            new.rename(place)
    except BaseException:  # an interruption too: the old would be deleted with the temporary folder
        for before, after in reversed(renamed):
            if after.exists() and not before.exists():
                after.rename(before)
        for new, place in reversed(exchanged):
            exchange(new, place)
        raise


def exchange(one: Path, other: Path) -> bool:
    """Let two things of one file system change their names in one step; False where the system cannot."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            return int(ctypes.CDLL(None).renamex_np(first, second, _SWAP)) == 0
        if sys.platform == "linux":
            return int(ctypes.CDLL(None).renameat2(_HERE, first, _HERE, second, _EXCHANGE)) == 0
    except (AttributeError, OSError):  # an older C library
        return False
    return False
