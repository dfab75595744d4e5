"""What the checks look at: a package with its tables, read from records and CSV files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventpack.descriptor import Package, Resource
from eventpack.document import text_finding
from eventpack.errors import EventpackError, TextError
from eventpack.files import decode, path_problem
from eventpack.finding import Finding, Location
from eventpack.nesting import Shape, record_findings, record_shape, tables_from_records
from eventpack.records import Record, read_record
from eventpack.tables import Table, combine, header_findings, read_csv, without
from eventpack.trees import MissingFile

RECORD_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Subject:
    """A package and its tables by resource name.

    `unread` tables could not be read, or only in part, so their keys are unknown. `checked` are the tables to report
    on; the others only serve as targets of keys. `records` are empty in a package that has no record files.
    """

    package: Package
    tables: Mapping[str, Table]
    records: Sequence[Record]
    shape: Shape | None
    unread: frozenset[str]
    checked: frozenset[str]

    @property
    def checked_tables(self) -> list[Table]:
        """The tables to report on, in the descriptor's order."""
        return [table for name, table in self.tables.items() if name in self.checked]


def read_subject(package: Package) -> tuple[Subject, list[Finding]]:
    """Read all tables: those of the records from the record files, the others from their CSV files."""
    findings: list[Finding] = []
    tables: dict[str, Table] = {}
    records, shape, unread = _read_records(package, findings)
    from_records = tables_from_records(records, shape) if shape else {}
    for resource in package.tables:
        if resource.name in from_records:
            tables[resource.name] = from_records[resource.name]
        elif (table := _read_table(package, resource, findings)) is not None:
            tables[resource.name] = table
        else:
            unread.add(resource.name)
    return Subject(package, tables, records, shape, frozenset(unread), frozenset(tables)), findings


def read_one_record(package: Package, path: str) -> tuple[Subject, list[Finding]]:
    """The subject of one record file: its rows among those of the built tables, which hold the other records."""
    findings: list[Finding] = []
    shape = record_shape(package)
    if shape is None:
        raise EventpackError(f"{path} is not a record of this package", "validate the package's folder instead")
    record, problems = read_one(package, path, shape)
    tables: dict[str, Table] = {}
    ignored: list[Finding] = []  # faults of other files are not this record's
    unread = set() if record else set(shape.headers)
    own = tables_from_records([record] if record else [], shape)
    record_id = record.row.text(shape.id_field) if record else ""
    for resource in package.tables:
        table = _read_table(package, resource, ignored)
        if resource.name in own:
            field = shape.keys.get(resource.name, shape.id_field)
            others = [without(table, field, record_id)] if table else []
            table = combine(resource.name, shape.headers[resource.name], [*others, own[resource.name]])
        if table is not None:
            tables[resource.name] = table
        else:
            unread.add(resource.name)
    subject = Subject(package, tables, [record] if record else [], shape, frozenset(unread), frozenset(own))
    return subject, findings + problems


def _read_records(package: Package, findings: list[Finding]) -> tuple[list[Record], Shape | None, set[str]]:
    shape, root = record_shape(package), package.record_table
    records: list[Record] = []
    unread: set[str] = set()
    if shape is None or root is None or root.records is None:
        return records, None, unread
    here = package.document.inside("resources", package.descriptor.resources.index(root)).at("eventpack:records")
    if problem := path_problem(root.records):
        findings.append(Finding("descriptor/path", here, f"the path `{root.records}` {problem}", root.records))
        return records, shape, set(shape.headers)
    for path in package.tree.under(root.records):
        if not path.endswith(RECORD_SUFFIXES):
            findings.append(_stray(path, root.records))
            continue
        record, problems = read_one(package, path, shape)
        findings += problems
        if record:
            records.append(record)
        else:
            unread.update(shape.headers)
    if not records and not unread:
        what = f"`{root.records}` holds no record files"
        findings.append(Finding("descriptor/missing-file", here, what, root.records, severity="warning"))
    return records, shape, unread


def _stray(path: str, folder: str) -> Finding:
    what = f"the file is not a record; only .yaml files belong into {folder}"
    return Finding("record/stray-file", Location(path), what, fix="move or remove it", severity="warning")


def read_one(package: Package, path: str, shape: Shape) -> tuple[Record | None, list[Finding]]:
    """One record file and what is wrong with its form."""
    try:
        record = read_record(decode(package.tree.read(path), "record"), path)
    except TextError as error:
        return None, [text_finding(path, error)]
    except MissingFile as error:
        return None, [Finding("record/missing-file", Location(path), str(error))]
    return record, list(record_findings(record, shape))


def _read_table(package: Package, resource: Resource, findings: list[Finding]) -> Table | None:
    where = package.document.at("resources", package.descriptor.resources.index(resource), "path")
    if problem := path_problem(resource.path):
        findings.append(Finding("descriptor/path", where, f"the path `{resource.path}` {problem}", resource.path))
        return None
    schema = package.schemas[resource.name]
    try:
        file = read_csv(package.tree, resource.path, resource.name, schema.primary_key)
    except MissingFile as error:
        fix = "run `eventpack build`" if resource.built else "add the file, or correct the path"
        findings.append(
            Finding("descriptor/missing-file", where, f"`{resource.path}`: {error}", resource.path, fix=fix)
        )
        return None
    except TextError as error:
        findings.append(text_finding(resource.path, error))
        return None
    problems = list(header_findings(file, schema))
    findings += problems
    return None if problems else file.table
