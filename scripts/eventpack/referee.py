"""The second opinion: what frictionless, which knows nothing of us, finds in the same package.

The only module that imports frictionless; it never lets it write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eventpack.descriptor import Package
from eventpack.errors import EventpackError, TextError
from eventpack.finding import Finding, Location, shorten
from eventpack.foreign import read_foreign
from eventpack.jsontext import Pointer
from eventpack.soundness.standard import KNOWN_PROFILES
from eventpack.tables import Table, read_csv
from eventpack.trees import Folder, MissingFile

CODE, NOT_ASKED = "referee/disagrees", "referee/not-asked"
_MOST_ERRORS = 1_000_000  # frictionless stops at a thousand unless told


def referee_findings(package: Package, remote: bool = False) -> list[Finding]:
    """What `frictionless validate` says against a package in a folder or zip, each error as a finding.

    A referee that breaks down has not agreed, so an exception in it is a finding too. It fetches whatever a package
    names, so without `remote` it is not asked about one that names an address.
    """
    if not remote and (address := next(_addresses(package), None)):
        pointer, text = address
        what = f"the referee was not asked, because it would fetch `{shorten(text)}`"
        where = package.document.at(*pointer)
        return [Finding(NOT_ASKED, where, what, text, fix="give --remote, or leave --referee out", severity="warning")]
    tree, descriptor = package.tree, package.document.path
    source = (tree.root / descriptor).as_posix() if isinstance(tree, Folder) else tree.label
    try:
        from frictionless import Package as Judged  # 150 ms

        report = Judged(source).validate(limit_errors=_MOST_ERRORS)
    except Exception as error:
        said = getattr(error, "error", error)  # frictionless wraps what it means to say
        return [_finding(Location(descriptor), type(said).__name__, str(getattr(said, "message", said)))]
    found = [_finding(Location(descriptor), error.type, error.message) for error in report.errors]
    for task in report.tasks:
        found += _task_findings(package, task)
    return found


def _addresses(package: Package) -> Iterator[tuple[Pointer, str]]:
    """What frictionless would fetch, profiles by their names as well, and where it stands in the descriptor."""
    named = package.descriptor.given.get("profile", "")
    if isinstance(named, str) and named and named not in KNOWN_PROFILES:
        yield ("profile",), named
    for index, resource in enumerate(package.descriptor.resources):
        for key in ("path", "extrapaths", "schema", "dialect", "profile"):
            value = resource.given.get(key)
            texts = value if isinstance(value, list) else [value]
            yield from ((("resources", index, key), t) for t in texts if isinstance(t, str) and "://" in t)


def _task_findings(package: Package, task: Any) -> Iterator[Finding]:
    table = _table(package, task.name)
    for error in task.errors:
        row = int(getattr(error, "row_number", 0) or 0)
        yield _finding(_where(table, task, row, str(getattr(error, "field_name", ""))), error.type, error.message)


def _table(package: Package, name: str) -> Table | None:
    """The table as it stands in its CSV file, for the places in it; none when it cannot be read."""
    try:
        resource = package.resource(name)
        if package.foreign:
            return read_foreign(package, resource)[0]
        return read_csv(package.tree, resource.path, name, package.schemas[name].primary_key).table
    except (KeyError, MissingFile, TextError, EventpackError):
        return None


def _where(table: Table | None, task: Any, row: int, field: str) -> Location:
    index = row - 2  # frictionless counts the header as row 1
    if table is None or not 0 <= index < table.size:
        return Location(str(task.place), table=str(task.name), field=field)
    return table.where(index, field)


def _finding(where: Location, kind: str, message: str) -> Finding:
    return Finding(CODE, where, f"frictionless reports {kind}: {shorten(message, 200)}", kind)
