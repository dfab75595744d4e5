"""Add a row to a hand-edited table: every cell is judged before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eventpack.csvtext import sorted_csv
from eventpack.curate.ids import fresh_id
from eventpack.curate.source import find_table, open_source, read_tables, root_of
from eventpack.errors import DiskError, EventpackError
from eventpack.files import sha256, write_atomically
from eventpack.finding import near_miss
from eventpack.judge import compile_judge
from eventpack.schema import Field
from eventpack.subject import Subject


def add_row(table: str, cells: Mapping[str, str], path: str | Path = ".") -> tuple[str, str]:
    """Add a row with a fresh id to a hand-edited table and return the id and the file's path; the file stays sorted.

    Raises:
        EventpackError: A field is unknown, a cell not allowed, a key leads nowhere; nothing was written.
    """
    package = open_source(path)
    resource = find_table(package, table)
    if resource.built:
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
    for field in schema.fields:
        text = row.get(field.name, "")
        if (text or complete) and (problem := compile_judge(field)(text)):
            raise EventpackError(problem.what, problem.fix or _advice(field))
    for key in schema.foreign_keys:
        other, wanted = key.reference.resource or table, tuple(row.get(name, "") for name in key.fields)
        if other in subject.unread or other not in subject.tables:
            continue
        if all(wanted) and wanted not in set(subject.tables[other].rows(key.reference.fields)):
            known = subject.tables[other].columns.get(key.reference.fields[0], ())
            what = f"`{key.fields[0]}` {wanted[0]} is not in {other}{near_miss(wanted[0], known)}"
            raise EventpackError(what, f"see {subject.package.resource(other).path}")


def _advice(field: Field) -> str:
    """How to give a field that is missing or malformed."""
    if field.constraints.enum:
        return f"give --set {field.name}=CODE, one of: {', '.join(map(str, field.constraints.enum))}"
    example = "" if field.example is None else f", like {field.example}"
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
