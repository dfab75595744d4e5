"""From a path somebody typed to a package: a folder, a descriptor, a zip, or one record file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eventpack.descriptor import DESCRIPTOR, Package, read_package
from eventpack.errors import NotAPackage
from eventpack.finding import Finding, near_miss
from eventpack.soundness import keep_sound
from eventpack.subject import RECORD_SUFFIXES
from eventpack.trees import Archive, Folder, Tree


@dataclass(frozen=True, slots=True)
class Target:
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
    if place.is_dir():
        if not (place / DESCRIPTOR).is_file():
            raise NotAPackage(f"no {DESCRIPTOR} in {place}", "name a folder that holds a data package")
        return Target(Folder(place), DESCRIPTOR)
    if not place.exists():
        siblings = [p.name for p in place.parent.iterdir()] if place.parent.is_dir() else []
        raise NotAPackage(
            f"there is no {place}{near_miss(place.name, siblings)}", "name a folder, descriptor, record or zip"
        )
    if place.suffix == ".zip":
        tree = Archive(place)
        if not tree.has(DESCRIPTOR):
            raise NotAPackage(f"no {DESCRIPTOR} at the root of {place}", "package it again")
        return Target(tree, DESCRIPTOR)
    if place.suffix == ".json":
        return Target(Folder(place.parent), place.name)
    if place.suffix in RECORD_SUFFIXES:
        return _record_target(place)
    raise NotAPackage(f"{place} is no folder, descriptor, record or zip", f"name the folder that holds {DESCRIPTOR}")


def _record_target(place: Path) -> Target:
    for folder in place.absolute().parents:
        if (folder / DESCRIPTOR).is_file():
            here = Path.cwd()
            root = folder.relative_to(here) if folder.is_relative_to(here) else folder
            return Target(Folder(root), DESCRIPTOR, place.absolute().relative_to(folder).as_posix())
    raise NotAPackage(f"no {DESCRIPTOR} above {place}", "name a record inside a data package")


def read_sound(target: Target) -> tuple[Package | None, list[Finding]]:
    """The package without unsound tables, and what is wrong with descriptor and schemas."""
    package, findings = read_package(target.tree, target.descriptor)
    if package is None:
        return None, findings
    package, problems = keep_sound(package)
    return package, findings + problems


def open_package(path: str | Path = ".") -> Package:
    """The package at a path: a folder, a descriptor, or a zip.

    Raises:
        NotAPackage: There is none, or its descriptor cannot be read; `validate` tells all that is wrong with it.
    """
    package, findings = read_sound(find_target(path))
    if package is None:
        raise NotAPackage(f"{findings[0].where}: {findings[0].what}", f"run `eventpack validate {path}`")
    return package
