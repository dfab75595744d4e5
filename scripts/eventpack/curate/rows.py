"""Add a row to a hand-edited table: every cell is judged before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from eventpack.checks.cells import check_cells
from eventpack.checks.keys import check_foreign_keys
from eventpack.csvtext import sorted_csv
from eventpack.curate.ids import fresh_id
from eventpack.curate.source import find_table, open_source, read_tables, root_of
from eventpack.errors import DiskError, EventpackError
from eventpack.files import sha256, write_atomically
from eventpack.finding import Finding, Location, near_miss
from eventpack.schema import Field
from eventpack.subject import Subject
from eventpack.tables import combine, table_from_rows
from eventpack.values import text_of


def add_row(table: str, cells: Mapping[str, str], path: str | Path = ".") -> tuple[str, str]:
    """Add a row with a fresh id to a hand-edited table and return the id and the file's path; the file stays sorted.

    Raises:
        EventpackError: A field is unknown, a cell not allowed, a key leads nowhere; nothing was written.
    """
    package = open_source(path)
    resource = find_table(package, table)
    if package.built(resource):
        raise EventpackError(f"`{table}` is built from records", "edit the record files")
    subject = read_tables(package, table)
    if len(package.schemas[table].primary_key) != 1:
        raise EventpackError(f"rows of `{table}` have no id", f"edit {resource.path} by hand")
    key = package.schemas[table].primary_key[0]
    fresh = cells.get(key) or fresh_id(subject, table)
    row = {name: text for name, text in cells.items() if text} | {key: fresh}
    judge_cells(subject, table, row)
    if fresh in subject.tables[table].columns[key]:
        raise EventpackError(f"`{table}` has a row {fresh} already", "leave the id out; a fresh one is made")
    header = package.schemas[table].names
    added = tuple(row.get(name, "") for name in header)
    rows = [*subject.tables[table].rows(header), added]
    file = root_of(package) / resource.path
    write_atomically(file, sorted_csv(header, package.schemas[table].primary_key, rows))
    return fresh, file.as_posix()


def judge_cells(subject: Subject, table: str, row: Mapping[str, str], *, complete: bool = True) -> None:
    """Raise `EventpackError` for the first cell of a new row that its schema does not allow.

    A row that is not `complete` may lack what is required.
    """
    schema = subject.package.schemas[table]
    for name in row:
        if name not in schema.names:
            fix = f"the fields are {', '.join(schema.names)}"
            raise EventpackError(f"`{name}` is not a field of {table}{near_miss(name, schema.names)}", fix)
    for finding in row_findings(subject, table, row):
        if complete or finding.code != "cell/required":
            advice = _advice(schema.field(finding.where.field)) if finding.code.startswith("cell/") else ""
            raise EventpackError(finding.what, finding.fix or advice)


def row_findings(subject: Subject, table: str, row: Mapping[str, str]) -> Iterator[Finding]:
    """What the checks of cells and foreign keys find in a new row, asked of the table with that row in it."""
    names = subject.package.schemas[table].names
    here = Location("a new row", table=table)
    added = table_from_rows(
        table, names, [[row.get(name, "") for name in names]], lambda _, field: replace(here, field=field)
    )
    whole = combine(table, names, [subject.tables[table], added])
    asked = replace(subject, tables={**subject.tables, table: whole}, own={table: added}, judged={table: added})
    for check in (check_cells, check_foreign_keys):
        yield from check(asked)


def _advice(field: Field) -> str:
    """How to give a field that is missing or malformed."""
    if field.constraints.enum:
        return f"give --set {field.name}=CODE, one of: {', '.join(map(text_of, field.constraints.enum))}"
    example = "" if field.example is None else f", like {text_of(field.example)}"
    return f"give --set {field.name}=VALUE{example}"


def text_cells(file: str | Path) -> dict[str, str]:
    """The cells of a source that identify its text: the digest of the file's bytes and its length in code points.

    Raises:
        EventpackError: The file is not there, or not UTF-8.
    """
    try:
        data = Path(file).read_bytes()
        return {"text_sha256": sha256(data), "text_chars": str(len(data.decode("utf-8")))}
    except OSError as error:
        raise DiskError(f"cannot read {file}: {error.strerror or error}", "name the text file of the source") from error
    except UnicodeDecodeError as error:
        raise EventpackError(
            f"{file} is not UTF-8 text", "convert it; offsets count the characters of UTF-8"
        ) from error
