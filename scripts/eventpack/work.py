"""How far a long run has come, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eventpack.files import path_problem
from eventpack.trees import Folder, Tree

Watch = Callable[[int, int, int], None]
"""Told how many bytes have been read, of how many, and how many rows they held; it may be called from any thread."""


@dataclass(slots=True)
class Work:
    """What there is to read, and what has been.

    Nobody is told before it begins: who watches may start a thread, and large files are read by a copy of the process,
    which must have one.
    """

    watch: Watch | None
    whole: int = 0
    done: int = 0
    rows: int = 0
    begun: bool = False

    def begin(self) -> None:
        """From now on whoever watches is told."""
        self.begun = True
        self.add(0, 0)

    def expect(self, tree: Tree, paths: Iterable[str]) -> None:
        """Count files that will be read; in a zip they are taken for empty, since reading them takes no time."""
        if self.watch is not None and isinstance(tree, Folder):
            self.whole += sum(size(tree, path) for path in paths)

    def expect_bytes(self, sizes: Iterable[int]) -> None:
        """Count bytes of large files that will be read."""
        self.whole += sum(sizes)

    def add(self, rows: int, amount: int) -> None:
        """Some rows and bytes more."""
        self.rows, self.done = self.rows + rows, self.done + amount
        if self.watch is not None and self.begun:
            self.watch(self.done, self.whole, self.rows)

    def add_files(self, tree: Tree, paths: Iterable[str], rows: int) -> None:
        """Files that hold so many rows."""
        if self.watch is not None:
            self.add(rows, sum(size(tree, path) for path in paths))


def size(tree: Tree, path: str) -> int:
    """The bytes of a file in a folder; 0 when it is not there, or at an address, or the tree is no folder."""
    if not isinstance(tree, Folder) or path_problem(path) or not tree.has(path):
        return 0
    return (tree.root / path).stat().st_size
