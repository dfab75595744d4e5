"""What differs between two states of a package, record by record, and which findings that concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from eventpack.files import RECORD_SUFFIXES
from eventpack.finding import Finding
from eventpack.resource import Resource
from eventpack.subject import Subject
from eventpack.tables import Table

_Row = tuple[tuple[str, str], ...]
# A stale file was touched by whoever touched what it is built from.
BUILT = ("build/stale", "build/missing")


@dataclass(frozen=True, slots=True)
class Touched:
    """What differs: whole files by path; of a table with rows, only the `rows`, counted from 0.

    `records` counts, per table that people edit, the records added, changed or taken away; `others` are the files of
    the package that hold none.
    """

    files: frozenset[str]
    rows: Mapping[str, frozenset[int]]
    records: Mapping[str, int]
    others: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether something of the package differs from which files are built."""
        return bool(self.records or self.others)

    def holds(self, finding: Finding) -> bool:
        """Whether a finding stands in something that differs: in its row, or else in its file."""
        where = finding.where
        if where.path not in self.files:
            return False
        rows = self.rows.get(where.path)
        return rows is None or not where.row or where.row - 1 in rows


def find_touched(new: Subject, base: Subject, files: frozenset[str]) -> Touched:
    """What differs between two subjects; `files` are the paths that differ.

    A record file counts as a whole. The rows of other tables are compared by content: missing cells do not count, so
    that a new column touches only the rows that fill it.
    """
    rows: dict[str, frozenset[int]] = {}
    records: dict[str, int] = {}
    package = new.package
    for resource in package.tables:
        if resource.records:
            folder = f"{resource.records}/"
            count = sum(path.startswith(folder) and path.endswith(RECORD_SUFFIXES) for path in files)
        elif resource.path in files and (table := _in_its_file(new, resource)):
            added, gone = _differing(table, _before(base, resource))
            rows[resource.path] = frozenset(row for row, _ in added)
            key = package.schemas[resource.name].primary_key
            count = 0 if package.built(resource) else len({_id(key, cells) for _, cells in (*added, *gone)})
        else:
            continue
        if count:
            records[resource.name] = count
    return Touched(files, rows, records, tuple(sorted(files & _other_files(new))))


def find_consequences(
    findings: Iterable[Finding], before: Iterable[Finding], touched: Touched, commit: str
) -> tuple[list[Finding], list[Finding]]:
    """The findings to report, and the older ones: those that stand in what is untouched and stood there `before`.

    One that did not stand there is a consequence of what was touched.
    """
    known = Counter(finding.identity for finding in before)
    reported, older = [], []
    for finding in findings:
        if touched.holds(finding):
            reported.append(finding)
        elif known[finding.identity] and not (finding.code in BUILT and touched.anything):
            known[finding.identity] -= 1
            older.append(finding)
        else:
            said = f"untouched since {commit[:12]}, but not invalid then"
            why = f"{finding.why}; {said}" if finding.why else said
            reported.append(replace(finding, why=why, consequence=True))
    return reported, older


def _in_its_file(subject: Subject, resource: Resource) -> Table | None:
    """A table that was read from its CSV file, and not from records."""
    from_records = subject.shape.headers if subject.shape else ()
    return None if resource.name in from_records else subject.tables.get(resource.name)


def _before(base: Subject, resource: Resource) -> Table | None:
    """The table as it was; one of another name in the same file counts."""
    same = next((r for r in base.package.tables if r.path == resource.path), None)
    return _in_its_file(base, same) if same else None


def _differing(table: Table, before: Table | None) -> tuple[list[tuple[int, _Row]], list[tuple[int, _Row]]]:
    """The rows that the table before lacks, and the rows of it that are gone, with their numbers."""
    left = Counter(_contents(before)) if before else Counter()
    added = []
    for row, cells in enumerate(_contents(table)):
        if left[cells]:
            left[cells] -= 1
        else:
            added.append((row, cells))
    return added, [(0, cells) for cells in left.elements()]


def _contents(table: Table) -> Iterator[_Row]:
    """The filled cells of each row; the order of columns does not count."""
    names = sorted(table.columns)
    for texts in table.rows(names):
        yield tuple((name, text) for name, text in zip(names, texts, strict=True) if text)


def _id(key: list[str], cells: _Row) -> object:
    """What counts as one record: the primary key, or without one the content."""
    texts = dict(cells)
    return tuple(texts.get(name, "") for name in key) if key else cells


def _other_files(subject: Subject) -> set[str]:
    """The files that a package names and that hold no records, or none that can be read."""
    package = subject.package
    names = {package.document.path}
    for resource in package.descriptor.resources:
        if isinstance(resource.schema_, str):
            names.add(resource.schema_)
        if resource.schema_ is None or not (resource.name in subject.tables or package.built(resource)):
            names.add(resource.path)
    return names
