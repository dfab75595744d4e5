"""A package as it will be: its files, with others over them that are not written yet."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.trees import Tree


class Overlay:
    """Another tree with some files over it, as if they were written already."""

    def __init__(self, below: Tree, files: Mapping[str, bytes]) -> None:
        self._below, self._files = below, files
        self.label = below.label

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises `MissingFile` or `DiskError`."""
        return self._files[path] if path in self._files else self._below.read(path)

    def has(self, path: str) -> bool:
        """Whether there is a file of that name."""
        return path in self._files or self._below.has(path)

    def has_folder(self, path: str) -> bool:
        """Whether there is a folder of that name."""
        return self._below.has_folder(path) or any(name.startswith(f"{path}/") for name in self._files)

    def under(self, folder: str) -> list[str]:
        """The paths of all files below a folder, sorted."""
        added = (name for name in self._files if name.startswith(folder.rstrip("/") + "/"))
        return sorted({*self._below.under(folder), *added})
