"""Tables of packages that do not follow our profile: every dialect, encoding and form of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from eventpack import limits
from eventpack.csvtext import refuse_endless_quotes, refuse_long_line
from eventpack.descriptor import Package
from eventpack.dialect import PACKINGS, Dialect, encoding_problem, read_dialect
from eventpack.document import Document, text_finding
from eventpack.errors import TextError
from eventpack.finding import Finding, Location
from eventpack.foreign.assembling import assemble, labels_of
from eventpack.foreign.delimited import DelimitedText
from eventpack.foreign.grid import Grid
from eventpack.foreign.jsonrows import inline_grid, json_grid, jsonl_grid
from eventpack.foreign.packing import decode_as, unpack
from eventpack.remote import path_fault
from eventpack.resource import Resource
from eventpack.schema import Field, Schema
from eventpack.tables import Table
from eventpack.trees import MissingFile, pieces, read_within

_LONG = 32 << 20


def read_foreign(package: Package, resource: Resource) -> tuple[Table | None, list[Finding]]:
    """The table of a resource and what is wrong with its form; none when it cannot be read.

    The resource must be sound: dialect, encoding and format are known to be supported.
    """
    schema, here = package.schemas[resource.name], package.place(resource)
    dialect, _ = read_dialect(resource.dialect_object, resource.form)
    findings: list[Finding] = []
    if resource.data is not None:
        try:
            grids = [inline_grid(resource.data, here.inside("data"), dialect, schema)]
        except TextError as error:
            return None, [text_finding(here.path, error)]
    else:
        grids = list(_grids(package, resource, dialect, here, schema, findings))
    if len(grids) < max(1, len(resource.paths)):
        return None, findings
    table, problems = assemble(resource.name, grids, dialect, schema)
    return table, findings + problems


def form_findings(package: Package, resource: Resource) -> list[Finding]:
    """What is wrong with the form of a table whose fields nobody describes: its header, and the width of its rows."""
    dialect, refusals = read_dialect(resource.dialect_object, resource.form)
    here = package.place(resource)
    refused = any(refusal.severity == "error" for refusal in refusals) or encoding_problem(resource.encoding)
    there = all(not path_fault(package.tree, path) and package.tree.has(path) for path in resource.paths)
    if refused or not there or resource.packed not in ("", *PACKINGS.values()):
        return []  # told elsewhere
    if any(_is_long(package, path) for path in resource.paths):
        what = f"`{resource.name}` has no schema, and is too large to be looked at without one"
        return [Finding("descriptor/unsupported", here.at(), what, resource.name, severity="warning")]
    findings: list[Finding] = []
    grids = list(_grids(package, resource, dialect, here, Schema(fields=[]), findings))
    if len(grids) < len(resource.paths):
        return findings
    labels = labels_of(grids[0], dialect) if dialect.header else list(map(str, range(len(grids[0].rows[0]))))
    schema = Schema(fields=[Field(name=label) for label in dict.fromkeys(labels or [])])
    return findings + assemble(resource.name, grids, dialect, schema)[1]


def _is_long(package: Package, path: str) -> bool:
    """Whether a file has more bytes than are read for its form alone."""
    return any(total > _LONG for total in accumulate(map(len, pieces(package.tree, path))))


def _grids(
    package: Package, resource: Resource, dialect: Dialect, here: Document, schema: Schema, findings: list[Finding]
) -> Iterator[Grid]:
    """The rows of each file that can be read."""
    for index, path in enumerate(resource.paths):
        steps = ("path", index) if isinstance(resource.given.get("path"), list) else ("path",)
        if problem := path_fault(package.tree, path):
            findings.append(Finding("descriptor/path", here.at(*steps), f"the path `{path}` {problem}", path))
            continue
        try:
            most = limits.JSON_TABLE if resource.form in ("json", "jsonl") else limits.TABLE
            data = unpack(read_within(package.tree, path, most), resource.packed, resource.innerpath, most)
            if resource.form != "json":
                refuse_long_line(data)
            if resource.form in ("csv", "tsv"):
                refuse_endless_quotes(data, "" if dialect.escape else dialect.quote)
            text, marked = decode_as(data, resource.encoding, "csv")
            if marked:
                findings.append(mark_finding(path))
            yield _grid(text, path, resource.form, dialect, schema, findings)
        except MissingFile as error:
            what, fix = f"the path `{path}` does not lead to a file: {error}", "add the file, or correct the path"
            findings.append(Finding("descriptor/missing-file", here.at(*steps), what, path, fix=fix))
        except TextError as error:
            findings.append(text_finding(path, error))


def _grid(text: str, path: str, form: str, dialect: Dialect, schema: Schema, findings: list[Finding]) -> Grid:
    if form == "json":
        return json_grid(text, path, dialect, schema)
    if form == "jsonl":
        return jsonl_grid(text, path, dialect, schema)
    rows = DelimitedText(text, dialect)
    count, first = rows.stray_quotes()
    if count:
        what = f"a quote stands inside an unquoted cell{f'; so it does in {count - 1} more' if count > 1 else ''}"
        findings.append(Finding("csv/quote", Location(path, *first), what, fix="quote the cell", severity="warning"))
    if place := rows.mixed_break():
        what, fix = "the line ends otherwise than the first one", "end all lines alike, best with LF"
        findings.append(Finding("csv/mixed-newlines", Location(path, *place), what, fix=fix, severity="warning"))
    return Grid(path, rows.rows, rows.position, ended=rows.ended)


def mark_finding(path: str) -> Finding:
    """What is said of a byte order mark."""
    what = "the file begins with a byte order mark, which is passed over"
    return Finding("csv/bom", Location(path, 1, 1), what, fix="save it as UTF-8 without BOM", severity="warning")
