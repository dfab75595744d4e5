"""The source tree that a curator works in, and its tables."""

from __future__ import annotations

from pathlib import Path

from eventpack.descriptor import Package
from eventpack.errors import EventpackError
from eventpack.files import DESCRIPTOR
from eventpack.finding import near_miss
from eventpack.opening import open_package
from eventpack.resource import Resource
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder


def open_source(path: str | Path = ".") -> Package:
    """The package in a folder, to be changed there.

    Raises:
        NotAPackage: There is none.
        EventpackError: It is an archive, or a schema cannot be used, so that a change might lose something.
    """
    package = open_package(path)
    if not isinstance(package.tree, Folder):
        raise EventpackError(f"{path} is an archive and never changed", "name the folder of the source tree")
    for resource in package.descriptor.resources:
        if resource.schema_ is not None and resource.name not in package.schemas:
            raise EventpackError(f"the schema of `{resource.name}` cannot be used", f"run `eventpack validate {path}`")
    return package


def root_of(package: Package) -> Path:
    """The folder of a package that `open_source` gave."""
    return Path(package.tree.label)


def find_table(package: Package, name: str) -> Resource:
    """The table of that name; raises `EventpackError` when the package has none."""
    names = [resource.name for resource in package.tables]
    if name not in names:
        raise EventpackError(f"the package has no table `{name}`{near_miss(name, names)}", f"add it to {DESCRIPTOR}")
    return package.resource(name)


def require_fields(package: Package, table: str, *names: str) -> None:
    """Raise `EventpackError` when a table lacks one of these fields."""
    for name in names:
        if name not in (known := package.schemas[table].names):
            what = f"the table `{table}` has no field `{name}`{near_miss(name, known)}"
            raise EventpackError(what, "add the field to its schema, as the Event Data Package profile defines it")


def read_tables(package: Package, *needed: str) -> Subject:
    """All tables of the package; raises `EventpackError` when one of the needed ones cannot be read.

    A record file that cannot be read only makes its tables `unread`: it does not stop work on the others.
    """
    subject, findings = read_subject(package)
    for name in needed:
        if name not in subject.tables:
            first = next((f for f in findings if f.severity == "error"), None)
            what = f"{first.where}: {first.what}" if first else f"the table `{name}` cannot be read"
            raise EventpackError(what, "run `eventpack validate`, mend what it finds, then try again")
    return subject
