"""Tables as the CSV files that `build` writes: those of the records, and those that a derivation computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from eventpack.csvtext import sorted_csv
from eventpack.derive.basis import Basis
from eventpack.derive.coverage import coverage_rows
from eventpack.derive.estimates import estimate_rows
from eventpack.derive.flat import flat_rows
from eventpack.subject import Subject

Derivation = Callable[[Basis], Iterator[Mapping[str, str]]]

_CLAIMS = ("claims", "sources", "source_links", "actors", "actor_names")
# Per derivation: the tables whose content it uses (one that the package lacks counts as empty; none named means all
# that are not computed themselves), and the function.
DERIVATIONS: Mapping[str, tuple[tuple[str, ...], Derivation]] = {
    "estimates": (("measures", *_CLAIMS), estimate_rows),
    "events_flat": (
        ("events", "participants", "places", "event_types", "type_equivalents", *_CLAIMS),
        flat_rows,
    ),
    "coverage": ((), coverage_rows),
}


def record_tables(basis: Basis) -> Iterator[tuple[str, bytes]]:
    """The table of the records and its child tables, by path."""
    subject = basis.subject
    for resource in subject.package.tables:
        nested = resource.records or subject.package.inside(resource)
        if nested and resource.name in subject.tables and resource.name not in subject.unread:
            schema = subject.package.schemas[resource.name]
            rows = subject.tables[resource.name].rows(schema.names)
            yield resource.path, sorted_csv(schema.names, schema.primary_key, rows)


def derived_tables(basis: Basis) -> Iterator[tuple[str, bytes]]:
    """The tables that a derivation computes, by path; one that needs an unread table is left out."""
    subject = basis.subject
    for resource in subject.package.tables:
        if (name := resource.derivation) is None or name not in DERIVATIONS:
            continue
        needed, derive = DERIVATIONS[name]
        if subject.unread.isdisjoint(needed or _given_tables(subject)):
            schema = subject.package.schemas[resource.name]
            names = schema.names
            rows = ([row.get(name, "") for name in names] for row in derive(basis))
            yield resource.path, sorted_csv(names, schema.primary_key, rows)


def _given_tables(subject: Subject) -> list[str]:
    return [resource.name for resource in subject.package.tables if resource.derivation is None]
