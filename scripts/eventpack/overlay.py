"""A package as it will be: its files, with others over them that are not written yet, and some taken away."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.trees import MissingFile, Tree


class Overlay:
    """Another tree with some files over it, as if they were written already; nothing stands for a file that is gone."""

    def __init__(self, below: Tree, files: Mapping[str, bytes | None]) -> None:
        self._below, self._files = below, files
        self.label = below.label

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises `MissingFile` or `DiskError`."""
        if path not in self._files:
            return self._below.read(path)
        if (data := self._files[path]) is None:
            raise MissingFile("there is no such file any more")
        return data

    def has(self, path: str) -> bool:
        """Whether there is a file of that name."""
        return self._files[path] is not None if path in self._files else self._below.has(path)

    def has_folder(self, path: str) -> bool:
        """Whether there is a folder of that name."""
        return self._below.has_folder(path) or bool(self.under(path))

    def under(self, folder: str) -> list[str]:
        """The paths of all files below a folder, sorted."""
        start = folder.rstrip("/") + "/"
        added = {name for name, data in self._files.items() if data is not None and name.startswith(start)}
        gone = {name for name, data in self._files.items() if data is None}
        return sorted(({*self._below.under(folder)} - gone) | added)
