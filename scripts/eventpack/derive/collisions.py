"""Paths at which a build would write over another file: one that it builds too, or one that it reads."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.derive.citation import CITATION
from eventpack.derive.codebook import CODEBOOK
from eventpack.derive.editor import editor_path
from eventpack.derive.sql import SQL
from eventpack.descriptor import Package
from eventpack.finding import Finding, Location
from eventpack.resource import Resource


def collision_findings(package: Package) -> Iterator[Finding]:
    """Paths of resources and schemas in a source tree that a build needs for something else.

    Two resources with one path are `descriptor/duplicate-path`.
    """
    made = {CODEBOOK: "the codebook", CITATION: "the citation file", SQL: "the SQL of the tables"}
    if package.record_table:
        made[editor_path(package.record_table.name)] = "the schema for editors"
    for index, resource in enumerate(package.descriptor.resources):
        here = package.document.inside("resources", index)
        if use := made.get(resource.path) or _read_use(package, resource):
            yield _finding(here.at("path"), resource.path, use)
        if isinstance(resource.schema_, str) and resource.schema_ in made:
            yield _finding(here.at("schema"), resource.schema_, made[resource.schema_])


def _read_use(package: Package, resource: Resource) -> str:
    """What a build reads at the path of a built table, or nothing."""
    if not package.built(resource):
        return ""
    if resource.path == package.document.path:
        return "the descriptor"
    if resource.path in (other.schema_ for other in package.descriptor.resources):
        return "a schema"
    records = package.record_table.records if package.record_table else None
    return "a place for record files" if records and resource.path.startswith(f"{records}/") else ""


def _finding(where: Location, path: str, use: str) -> Finding:
    what = f"`{path}` is {use}; a build would write one over the other"
    return Finding("build/collision", where, what, path, fix="give the resource another path")
