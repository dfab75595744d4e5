"""Schemas that stand beside the others of a source tree, and that no resource of the descriptor names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from eventpack import limits
from eventpack.descriptor import Package
from eventpack.errors import TextError
from eventpack.files import decode
from eventpack.finding import Finding, Location
from eventpack.frozen import Frozen
from eventpack.jsontext import parse_json
from eventpack.model import NAME
from eventpack.trees import MissingFile, read_within


class Unlisted(Frozen):
    """A schema without a resource: its path, the name its table would have, and why it cannot have it, if so."""

    path: str
    name: str
    problem: str = ""


def unlisted_schemas(package: Package) -> Iterator[Unlisted]:
    """Every `.json` file directly in a folder of schemas that is no resource's schema, in the order of the paths.

    The package's own folder does not count, nor does a file that says it is a JSON Schema.
    """
    if not package.is_source:
        return
    named = {str(PurePosixPath(r.schema_)) for r in package.descriptor.resources if isinstance(r.schema_, str)}
    folders = {str(PurePosixPath(path).parent) for path in named} - {"."}
    names = {r.name for r in package.descriptor.resources}
    for folder in sorted(folders):
        for path in package.tree.under(folder):
            place = PurePosixPath(path)
            if str(place.parent) != folder or place.suffix != ".json" or path in named:
                continue
            if "json-schema.org" in str(read_raw(package, path).get("$schema", "")):
                continue
            taken = f"a resource is named `{place.stem}` already" if place.stem in names else ""
            unfit = "" if re.fullmatch(NAME, place.stem) else f"`{place.stem}` cannot name a table"
            yield Unlisted(path, place.stem, taken or unfit)
            names.add(place.stem)


def unlisted_findings(package: Package) -> Iterator[Finding]:
    """Unlisted schemas as findings."""
    for schema in unlisted_schemas(package):
        what = f"no resource names `{schema.path}`, so the package does not have its table"
        fix = "run `eventpack build`, which adds it to the descriptor; or remove the file"
        if schema.problem:
            what = f"{what}; {schema.problem}"
            fix = f"rename the file (small letters, digits, . _ -), or name it as `schema` in {package.document.path}"
        yield Finding(
            "descriptor/unlisted-schema", Location(schema.path, table=schema.name), what, schema.path, fix=fix
        )


def read_raw(package: Package, path: str) -> dict[str, Any]:
    """A JSON file of the package as it stands; empty when it is no readable object."""
    try:
        raw = parse_json(decode(read_within(package.tree, path, limits.DOCUMENT), "schema"), "schema")
    except (TextError, MissingFile):
        return {}
    return raw if isinstance(raw, dict) else {}
