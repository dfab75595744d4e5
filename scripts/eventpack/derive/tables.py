"""Tables as the CSV files that `build` writes: those of the records, and those that a derivation computes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from eventpack.csvtext import csv_bytes
from eventpack.derive.estimates import estimate_rows
from eventpack.derive.flat import flat_rows
from eventpack.schema import Schema
from eventpack.subject import Subject

Derivation = Callable[[Subject], Iterator[Mapping[str, str]]]

_CLAIMS = ("claims", "sources", "source_links")
# Per derivation: the tables whose content it uses (one that the package lacks counts as empty), and the function.
DERIVATIONS: Mapping[str, tuple[tuple[str, ...], Derivation]] = {
    "estimates": (("measures", *_CLAIMS), estimate_rows),
    "events_flat": (
        ("events", "participants", "actors", "places", "event_types", "type_equivalents", *_CLAIMS),
        flat_rows,
    ),
}


def record_tables(subject: Subject) -> Iterator[tuple[str, bytes]]:
    """The table of the records and its child tables, by path."""
    for resource in subject.package.tables:
        nested = resource.records or resource.inside
        if nested and resource.name in subject.tables and resource.name not in subject.unread:
            schema = subject.package.schemas[resource.name]
            yield resource.path, sorted_csv(schema, subject.tables[resource.name].rows(schema.names))


def derived_tables(subject: Subject) -> Iterator[tuple[str, bytes]]:
    """The tables that a derivation computes, by path; one that needs an unread table is left out."""
    for resource in subject.package.tables:
        if (name := resource.derivation) is None or name not in DERIVATIONS:
            continue
        needed, derive = DERIVATIONS[name]
        if subject.unread.isdisjoint(needed):
            schema = subject.package.schemas[resource.name]
            rows = [[row.get(name, "") for name in schema.names] for row in derive(subject)]
            yield resource.path, sorted_csv(schema, rows)


def sorted_csv(schema: Schema, rows: Iterable[Sequence[str]]) -> bytes:
    """Rows in the schema's column order as a CSV file, sorted by primary key in code-point order."""
    at = [schema.names.index(name) for name in schema.primary_key]
    return csv_bytes(schema.names, sorted(rows, key=lambda row: [row[index] for index in at]))
