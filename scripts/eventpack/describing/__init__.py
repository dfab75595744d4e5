"""Catalogue metadata: a version of a dataset in the forms that catalogues read.

Each form is a pure function of what `described` takes from the descriptor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eventpack.describing.croissant import croissant
from eventpack.describing.datacite import datacite
from eventpack.describing.described import Described, describe_package, files_of
from eventpack.describing.ownfiles import CRATE, CROISSANT
from eventpack.describing.rocrate import ro_crate
from eventpack.describing.schemaorg import schema_org
from eventpack.descriptor import Package
from eventpack.files import sha256
from eventpack.jsontext import json_bytes


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is called, how it is made, and which properties of `Described` it requires, and expects."""

    title: str
    make: Callable[[Described], Mapping[str, object]]
    requires: tuple[str, ...]
    expects: tuple[str, ...] = ()

    def lacking(self, described: Described) -> list[str]:
        """The required properties that the descriptor does not give, by their names there."""
        return [_PROPERTIES[name] for name in self.requires if not getattr(described, name)]

    def left_out(self, described: Described) -> list[str]:
        """The expected ones that are missing."""
        return [_PROPERTIES[name] for name in self.expects if not getattr(described, name)]


_PROPERTIES = {
    "title": "title",
    "description": "description",
    "created": "created",
    "creators": "contributors",
    "licences": "licenses",
    "link": "homepage",
}
FORMS: Mapping[str, Form] = {
    "schema.org": Form("schema.org/Dataset", schema_org, ("description",), ("title", "creators", "licences", "link")),
    "croissant": Form("Croissant 1.1", croissant, ("description", "created", "creators", "licences"), ("link",)),
    "datacite": Form("DataCite 4.5", datacite, ("title", "created", "creators"), ("description", "licences", "link")),
    "ro-crate": Form("RO-Crate 1.2", ro_crate, ("title", "description", "created", "licences"), ("creators",)),
}
# The forms that a packaged folder carries, since they speak of its files by their paths.
CARRIED: Mapping[str, str] = {CROISSANT: "croissant", CRATE: "ro-crate"}


def carried_file(name: str, package: Package, files: Mapping[str, bytes], version: str, created: str) -> bytes | None:
    """One of `CARRIED` for a packaged state with these files; none when the descriptor says too little for it."""
    form = FORMS[CARRIED[name]]
    held = {path: (len(data), sha256(data)) for path, data in files.items()}
    described = describe_package(package, files_of(package, held), version=version, created=created)
    return None if form.lacking(described) else json_bytes(form.make(described))
