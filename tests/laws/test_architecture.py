"""Laws of the house: who may import whom, how large a file may be, and what the generic floors may not know."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "scripts" / "eventpack"
FILES = sorted(SOURCE.rglob("*.py"))

# Rooms by floor; a room imports only from the floors below its own. A folder is one room.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "frozen", "limits", "interrupts", "__init__"),
    ("finding", "files", "values", "terms", "differences", "characters", "patterns", "git", "locks"),
    (
        "codes",
        "trees",
        "jsontext",
        "csvtext",
        "yamltext",
        "yamlnodes",
        "plainrecord",
        "archive",
        "moving",
        "origin",
        "history",
        "versions",
    ),
    ("model", "records", "work", "overlay", "commits", "yamldoc", "remote", "together"),
    ("reading", "listing", "signing", "drafts", "dialect", "quantities"),
    ("document", "schema"),
    ("resource",),
    ("descriptor", "judge", "catalogue", "releases"),
    ("exports",),
    ("tables", "packagefile", "large"),
    ("foreign", "structure"),
    ("soundness", "vocabularies", "fetching", "cache"),
    ("nesting", "candidate", "depots", "trust"),
    ("recordtext", "subject", "digests", "downloading", "ledger"),
    ("opening", "checks", "report", "touched", "cells"),
    ("formats", "evidence", "derive", "filter", "revisions"),
    ("enlisting", "describing"),
    ("referee", "building", "passing"),
    ("outcome", "reasons"),
    ("since",),
    ("validation",),
    ("packaging", "curate", "publishing", "verification", "agreement", "comparing", "proving"),
    ("releasing",),
    ("lives",),
    ("citing",),
    ("loading", "starting"),
    ("material",),
    ("interchange",),
    ("exporting",),
    ("querying",),
    ("description",),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# Rooms that know no field of any dataset; the names of core fields may stand only in the others.
EVENT_AWARE = {
    "profile",
    "events",
    "estimates",
    "flat",
    "independence",
    "support",
    "basis",
    "coverage",
    "statement",
    "verified",
    "passage",
    "citation",
    "references",
    "wordings",
    "eventwords",
    "gexf",
    "redirects",
    "bookkeeping",
}
AWARE_ROOMS = ("curate", "cli", "evidence", "agreement", "reasons", "revisions", "interchange")


def room_of(path: Path) -> str:
    """The room a file belongs to."""
    parts = path.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py")


def imported(path: Path) -> list[tuple[str, str]]:
    """The rooms and full names of the modules of this package that a file imports, anywhere in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "eventpack" else [f"eventpack.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.split(".")[0] == "eventpack":
                room = name.split(".")[1] if "." in name and not name.endswith("__version__") else "__init__"
                found.append((room, name))
    return found


def test_every_module_stands_on_a_floor() -> None:
    """A new module must be given its place in the list."""
    assert sorted({room_of(path) for path in FILES} - set(FLOOR)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_imports_upward(path: Path) -> None:
    """A module imports only from its own room or from floors below it, so the graph has no cycle between rooms."""
    room = room_of(path)
    if path.name == "__init__.py" and room == "__init__":
        return  # the public list looks modules up by name, late
    upward = [name for other, name in imported(path) if other != room and FLOOR[other] >= FLOOR[room]]
    assert upward == []


def test_no_cycle_inside_a_room() -> None:
    """Modules of one room do not import each other in a circle."""
    graph = {
        ".".join(("eventpack", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): {
            name for _, name in imported(path)
        }
        for path in FILES
        if path != SOURCE / "__init__.py"
    }
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join([*above, module])
        if module in done or module not in graph:
            return
        for other in graph[module]:
            visit(other, (*above, module))
        done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_files_are_small(path: Path) -> None:
    """No file is longer than 250 lines."""
    assert len(path.read_text("utf-8").splitlines()) <= 250


def test_only_the_referee_imports_frictionless() -> None:
    """frictionless is an independent second opinion, not a library that the check is built on."""
    users = [path.stem for path in FILES if re.search(r"^\s*(import|from) frictionless", path.read_text("utf-8"), re.M)]
    assert users == ["referee"]


def test_generic_floors_name_no_core_field() -> None:
    """What an event is comes from the profile: generic modules hold no name of a core field or table as a literal."""
    names: set[str] = set()
    for schema in (SOURCE / "profile").glob("*.json"):
        names.update(field["name"] for field in json.loads(schema.read_text("utf-8"))["fields"] if "_" in field["name"])
    guilty = []
    for path in FILES:
        if path.stem in EVENT_AWARE or room_of(path) in AWARE_ROOMS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names - {"record_id"}:
                guilty.append(f"{path.relative_to(SOURCE)}:{node.lineno}: {node.value}")
    assert guilty == []


def test_the_page_of_the_architecture_names_every_room() -> None:
    """A reader who looks for a room finds its floor and what it is for."""
    page = (SOURCE.parents[1] / "docs/design/architecture.md").read_text("utf-8")
    rooms = {room_of(path) for path in FILES}
    assert sorted(room for room in rooms if not re.search(rf"`{room}/?`", page)) == []
