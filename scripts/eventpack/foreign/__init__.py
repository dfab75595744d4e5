"""Tables of packages that do not follow our profile: every dialect, encoding and form of the standard."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.descriptor import Package, Resource
from eventpack.dialect import Dialect, read_dialect
from eventpack.document import Document, text_finding
from eventpack.errors import TextError
from eventpack.files import path_problem
from eventpack.finding import Finding, Location
from eventpack.foreign.assembling import assemble
from eventpack.foreign.delimited import DelimitedText
from eventpack.foreign.grid import Grid
from eventpack.foreign.jsonrows import inline_grid, json_grid, jsonl_grid
from eventpack.foreign.packing import decode_as, unpack
from eventpack.schema import Schema
from eventpack.tables import Table
from eventpack.trees import MissingFile


def read_foreign(package: Package, resource: Resource) -> tuple[Table | None, list[Finding]]:
    """The table of a resource and what is wrong with its form; none when it cannot be read.

    The resource must be sound: dialect, encoding and format are known to be supported.
    """
    schema = package.schemas[resource.name]
    here = package.document.inside("resources", package.descriptor.resources.index(resource))
    dialect, _ = read_dialect(resource.dialect_object, resource.form)
    findings: list[Finding] = []
    if resource.data is not None:
        try:
            grids = [inline_grid(resource.data, here.inside("data"), dialect, schema.names)]
        except TextError as error:
            return None, [text_finding(here.path, error)]
    else:
        grids = list(_grids(package, resource, dialect, here, schema, findings))
    if len(grids) < max(1, len(resource.paths)):
        return None, findings
    table, problems = assemble(resource.name, grids, dialect, schema)
    return table, findings + problems


def _grids(
    package: Package, resource: Resource, dialect: Dialect, here: Document, schema: Schema, findings: list[Finding]
) -> Iterator[Grid]:
    """The rows of each file that can be read."""
    for index, path in enumerate(resource.paths):
        where = here.at("path", index) if isinstance(resource.given.get("path"), list) else here.at("path")
        if problem := path_problem(path):
            findings.append(Finding("descriptor/path", where, f"the path `{path}` {problem}", path))
            continue
        try:
            data = unpack(package.tree.read(path), resource.packed, resource.innerpath)
            text, marked = decode_as(data, resource.encoding, "csv")
            if marked:
                findings.append(_mark(path))
            yield _grid(text, path, resource.form, dialect, schema, findings)
        except MissingFile as error:
            what, fix = f"the path `{path}` does not lead to a file: {error}", "add the file, or correct the path"
            findings.append(Finding("descriptor/missing-file", where, what, path, fix=fix))
        except TextError as error:
            findings.append(text_finding(path, error))


def _grid(text: str, path: str, form: str, dialect: Dialect, schema: Schema, findings: list[Finding]) -> Grid:
    if form == "json":
        return json_grid(text, path, dialect, schema.names)
    if form == "jsonl":
        return jsonl_grid(text, path, dialect, schema.names)
    rows = DelimitedText(text, dialect)
    count, first = rows.stray_quotes()
    if count:
        what = f"a quote stands inside an unquoted cell{f'; so it does in {count - 1} more' if count > 1 else ''}"
        findings.append(Finding("csv/quote", Location(path, *first), what, fix="quote the cell", severity="warning"))
    if place := rows.mixed_break():
        what, fix = "the line ends otherwise than the first one", "end all lines alike, best with LF"
        findings.append(Finding("csv/mixed-newlines", Location(path, *place), what, fix=fix, severity="warning"))
    return Grid(path, rows.rows, rows.position, ended=rows.ended)


def _mark(path: str) -> Finding:
    what = "the file begins with a byte order mark, which is passed over"
    return Finding("csv/bom", Location(path, 1, 1), what, fix="save it as UTF-8 without BOM", severity="warning")
