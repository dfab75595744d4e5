"""From a path somebody typed to a package: a folder, a descriptor, a zip, or one record file."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

from eventpack.descriptor import DESCRIPTORS, Package
from eventpack.errors import NotAPackage
from eventpack.files import DESCRIPTOR, RECORD_SUFFIXES
from eventpack.finding import Finding, near_miss
from eventpack.frozen import Frozen
from eventpack.packagefile import read_package
from eventpack.soundness import keep_sound
from eventpack.trees import Archive, Folder, Tree


class Opened(Package):
    """A package that was opened at a path."""

    def as_of(self, date: str) -> Opened:
        """The data as released at the end of a day (`2026-06-30`): the archive of the version that was the latest.

        Raises:
            EventpackError: The package is no source tree with releases, nothing was released then, or the archive is
                not here.
            DamagedError: The archive is not what was released.
        """
        from eventpack.releases import released_archive  # hashlib: 2 ms

        return open_package(released_archive(self.tree, date=date)[1])


class Target(Frozen):
    """What a path means: the files, the descriptor in them, and the one record asked for, if any."""

    tree: Tree
    descriptor: str
    record: str = ""


def find_target(path: str | Path) -> Target:
    """What a path means.

    Raises:
        NotAPackage: There is nothing at the path, or no descriptor in or above it.
    """
    place = Path(path)
    try:
        return _find(place)
    except OSError as error:  # a folder that may not be entered, a name too long
        raise NotAPackage(
            f"cannot look at {place}: {error.strerror or error}", "check the path and its mode"
        ) from error


def _find(place: Path) -> Target:
    if place.is_dir():
        name = next((name for name in DESCRIPTORS if (place / name).is_file()), None)
        if name is None:
            raise NotAPackage(f"no {DESCRIPTOR} in {place}", "name a folder that holds a data package")
        return Target(Folder(place), name)
    if not place.exists():
        siblings = [p.name for p in place.parent.iterdir()] if place.parent.is_dir() else []
        raise NotAPackage(
            f"there is no {place}{near_miss(place.name, siblings)}", "name a folder, descriptor, record or zip"
        )
    if place.suffix == ".zip":
        tree = Archive(place)
        name = next((name for name in DESCRIPTORS if tree.has(name)), None)
        if name is None:
            raise NotAPackage(f"no {DESCRIPTOR} at the root of {place}", "package it again")
        return Target(tree, name)
    if place.suffix == ".json" or place.name in DESCRIPTORS:
        return Target(Folder(place.parent), place.name)
    if place.suffix not in RECORD_SUFFIXES:
        raise NotAPackage(
            f"{place} is no folder, descriptor, record or zip", f"name the folder that holds {DESCRIPTOR}"
        )
    root = package_above(place)
    if root is None:
        raise NotAPackage(f"no {DESCRIPTOR} above {place}", "name a record inside a data package")
    return Target(Folder(Path(os.path.relpath(root))), DESCRIPTOR, _absolute(place).relative_to(root).as_posix())


def package_above(place: Path) -> Path | None:
    """The nearest folder above a file that holds a descriptor, as an absolute path; none when there is none."""
    return next((folder for folder in _absolute(place).parents if (folder / DESCRIPTOR).is_file()), None)


def _absolute(place: Path) -> Path:
    """The path from the root, without `..`; links stay as they were typed."""
    return Path(os.path.abspath(place))


def read_sound(target: Target) -> tuple[Package | None, list[Finding]]:
    """The package without unsound tables, and what is wrong with descriptor and schemas."""
    package, findings = read_package(target.tree, target.descriptor)
    if package is None:
        return None, findings
    package, problems = keep_sound(package)
    return package, findings + problems


def open_package(path: str | Path = ".") -> Opened:
    """The package at a path: a folder, a descriptor, a zip, or a file of its records.

    A table whose schema cannot be used is not in its `schemas` but named in `unsound`.

    Raises:
        NotAPackage: There is none, or its descriptor cannot be read; `validate` tells all that is wrong with it.
    """
    package, findings = read_sound(find_target(path))
    if package is None:
        raise NotAPackage(f"{findings[0].where}: {findings[0].what}", f"run `eventpack validate {path}`")
    return Opened(**{part.name: getattr(package, part.name) for part in fields(package)})
