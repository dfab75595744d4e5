"""What the checks look at: a package with its tables, read from records and CSV files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from eventpack import limits
from eventpack.descriptor import Package
from eventpack.document import text_finding
from eventpack.errors import EventpackError, TextError
from eventpack.files import RECORD_SUFFIXES, decode, path_problem
from eventpack.finding import Finding, Location, Severity, Tally
from eventpack.frozen import Frozen
from eventpack.large import LargeCsv
from eventpack.nesting import Shape, record_findings, record_shape, tables_from_records
from eventpack.records import Record, read_record
from eventpack.resource import Resource
from eventpack.tables import Table, combine, header_findings, read_csv, without
from eventpack.trees import MissingFile, read_within
from eventpack.work import Work


class Subject(Frozen):
    """A package and its tables by resource name.

    `own` are the rows to report on: all tables, or the rows of one record; `tables` hold what their keys lead to,
    too. `judged` are the rows that the checks look at: whole tables, or those that a filter left of them.
    `unread` tables could not be read, or only in part, so their keys are unknown. `large` ones stay on disk.
    `records` are empty in a package that has no record files. `tally` counts what is found.
    """

    package: Package
    tables: Mapping[str, Table]
    own: Mapping[str, Table]
    records: Sequence[Record]
    shape: Shape | None
    unread: frozenset[str]
    judged: Mapping[str, Table]
    large: Mapping[str, LargeCsv] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    @property
    def whole(self) -> bool:
        """Whether the whole package is checked, not one record."""
        return self.own is self.tables

    @property
    def checked_tables(self) -> list[Table]:
        """The tables to check, in the descriptor's order."""
        return list(self.judged.values())


def read_subject(
    package: Package, *, large: Mapping[str, LargeCsv] | None = None, work: Work | None = None
) -> tuple[Subject, list[Finding]]:
    """Read all tables: those of the records from the record files, the others from their CSV files.

    Those that are `large` stay on disk. `work` is told what has been read.
    """
    work = work or Work(None)
    findings: list[Finding] = []
    tables: dict[str, Table] = {}
    shape = record_shape(package)
    large = large or {}
    nested = shape.headers if shape else {}
    read_now = (r for r in package.tables if r.name not in nested and r.name not in large)
    work.expect(package.tree, (path for resource in read_now for path in resource.paths))
    work.begin()
    records, shape, unread = _read_records(package, shape, findings, work)
    from_records = tables_from_records(records, shape) if shape else {}
    for resource in package.tables:
        if resource.name in from_records:
            tables[resource.name] = from_records[resource.name]
        elif resource.name in large:
            continue
        elif (table := _read_table(package, resource, findings)) is not None:
            tables[resource.name] = table
            work.add_files(package.tree, resource.paths, table.size)
        else:
            unread.add(resource.name)
    if package.foreign:
        findings += (f for r in package.descriptor.resources if r.undescribed for f in _form_findings(package, r))
    return Subject(package, tables, tables, records, shape, package.unsound | unread, tables, large), findings


def read_large(package: Package, table: LargeCsv, findings: list[Finding]) -> Table | None:
    """A large table as text after all."""
    return _read_table(package, package.resource(table.name), findings)


def read_one_record(package: Package, path: str) -> tuple[Subject | None, list[Finding]]:
    """The subject of one record file: its rows among those of the built tables, which hold the other records.

    None when the record, or the schema of records, cannot be read.

    Raises:
        EventpackError: The file is not one of the package's records.
    """
    root, shape = package.record_table, record_shape(package)
    if shape is None or root is None:
        if package.unsound:
            return None, []
        raise EventpackError(f"{path} is not a record: this package has none", "validate the package's folder instead")
    if not path.startswith(f"{root.records}/"):
        raise EventpackError(f"{path} is not a record: they are in {root.records}", "name a file in that folder")
    record, findings = read_one(package, path, shape)
    if record is None:
        return None, findings
    own = tables_from_records([record], shape)
    ignored: list[Finding] = []  # faults of other files are not this record's
    tables: dict[str, Table] = {}
    unread = set(package.unsound)
    for resource in package.tables:
        table = _read_table(package, resource, ignored)
        if table is None:
            unread.add(resource.name)
        if resource.name in own:
            key = shape.keys.get(resource.name, shape.id_field)
            others = [without(table, key, record.row.get(shape.id_field, ""))] if table else []
            table = combine(resource.name, shape.headers[resource.name], [*others, own[resource.name]])
        if table is not None:
            tables[resource.name] = table
    if unread.intersection(own):
        findings.append(_keys_unknown(path, sorted(unread.intersection(own))))
    judged = {name: table for name, table in tables.items() if name in own}
    return Subject(package, tables, own, [record], shape, frozenset(unread), judged), findings


def _keys_unknown(path: str, names: Sequence[str]) -> Finding:
    what = f"keys into {', '.join(names)} were not checked, because the built tables cannot be read"
    return Finding("build/missing", Location(path), what, fix="run `eventpack build`", severity="warning")


def _read_records(
    package: Package, shape: Shape | None, findings: list[Finding], work: Work
) -> tuple[list[Record], Shape | None, set[str]]:
    root = package.record_table
    records: list[Record] = []
    unread: set[str] = set()
    if shape is None or root is None or root.records is None:
        return records, None, unread
    if problem := path_problem(root.records):
        what = f"the path `{root.records}` {problem}"
        findings.append(Finding("descriptor/path", _mark(package, root), what, root.records))
        return records, shape, set(shape.headers)
    work.expect(package.tree, paths := package.tree.under(root.records))
    for path in paths:
        if not path.endswith(RECORD_SUFFIXES):
            findings.append(_stray(path, root.records))
            continue
        record, problems = read_one(package, path, shape)
        findings += problems
        work.add_files(package.tree, [path], 1)
        if record:
            records.append(record)
        else:
            unread.update(shape.headers)
    if not records and not unread:
        there = package.tree.has_folder(root.records)
        what = f"`{root.records}` {'holds no record files' if there else 'is no folder'}"
        severity: Severity = "warning" if there else "error"
        where = _mark(package, root)
        findings.append(Finding("descriptor/missing-file", where, what, root.records, severity=severity))
        unread.update(() if there else shape.headers)
    return records, shape, unread


def _mark(package: Package, root: Resource) -> Location:
    return package.place(root).at("eventpack:records")


def _stray(path: str, folder: str) -> Finding:
    what = f"the file is not a record; only .yaml files belong into {folder}"
    return Finding("record/stray-file", Location(path), what, fix="move or remove it", severity="warning")


def read_one(package: Package, path: str, shape: Shape) -> tuple[Record | None, list[Finding]]:
    """One record file and what is wrong with its form."""
    try:
        record = read_record(decode(read_within(package.tree, path, limits.YAML), "record"), path)
    except TextError as error:
        return None, [text_finding(path, error)]
    except MissingFile as error:
        return None, [Finding("record/missing-file", Location(path), str(error))]
    return record, list(record_findings(record, shape))


def _form_findings(package: Package, resource: Resource) -> list[Finding]:
    from eventpack.foreign import form_findings  # only what is not ours needs it

    return form_findings(package, resource)


def _read_table(package: Package, resource: Resource, findings: list[Finding]) -> Table | None:
    schema = package.schemas[resource.name]
    if package.foreign and not package.built(resource):
        from eventpack.foreign import read_foreign  # only what is not ours needs it

        table, problems = read_foreign(package, resource)
        findings += problems
        return table
    code, fix = "descriptor/path", ""
    problem = path_problem(resource.path)
    try:
        if not problem:
            file = read_csv(package.tree, resource.path, resource.name, schema.primary_key)
            problems = list(header_findings(file, schema))
            if package.built(resource):
                problems = [replace(finding, fix="run `eventpack build`") for finding in problems]
            findings += problems
            return None if problems else file.table
    except MissingFile as error:
        code, problem = "descriptor/missing-file", f"does not lead to a file: {error}"
        fix = "run `eventpack build`" if package.built(resource) else "add the file, or correct the path"
    except TextError as error:
        findings.append(text_finding(resource.path, error))
        return None
    where = package.place(resource).at("path")
    findings.append(Finding(code, where, f"the path `{resource.path}` {problem}", resource.path, fix=fix))
    return None
