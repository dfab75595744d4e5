"""Everything that is built from records and schemas: from a `Subject` to bytes, without touching a file system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from eventpack.derive.basis import Basis
from eventpack.derive.citation import CITATION, citation_bytes
from eventpack.derive.codebook import CODEBOOK, codebook_bytes
from eventpack.derive.collisions import collision_findings
from eventpack.derive.editor import editor_bytes, editor_path
from eventpack.derive.sql import SQL, sql_bytes
from eventpack.derive.tables import derived_tables, record_tables
from eventpack.subject import Subject

DerivedFiles = Iterator[tuple[str, bytes]]


def _codebook(basis: Basis) -> DerivedFiles:
    if (data := codebook_bytes(basis.subject, basis=basis)) is not None:
        yield CODEBOOK, data


def _citation(basis: Basis) -> DerivedFiles:
    if (data := citation_bytes(basis.subject.package)) is not None:
        yield CITATION, data


def _editor(basis: Basis) -> DerivedFiles:
    subject = basis.subject
    if subject.unread & _named_tables(subject):
        return  # its lists of ids and labels would lack those of a table that could not be read
    if subject.shape and (data := editor_bytes(subject)) is not None:
        yield editor_path(subject.shape.table), data


def _sql(basis: Basis) -> DerivedFiles:
    if (data := sql_bytes(basis.subject.package)) is not None:
        yield SQL, data


def _named_tables(subject: Subject) -> set[str]:
    """The tables of the records, and those that their keys lead to."""
    names = set(subject.shape.headers) if subject.shape else set()
    keys = (key for name in names for key in subject.package.schemas[name].foreign_keys)
    return names | {key.reference.resource for key in keys}


DERIVERS: tuple[Callable[[Basis], DerivedFiles], ...] = (
    record_tables,
    derived_tables,
    _codebook,
    _citation,
    _editor,
    _sql,
)


def derived_files(subject: Subject) -> dict[str, bytes]:
    """Every built file of a source tree by path; one that needs what could not be read is left out.

    So is one whose path is also that of another (`derive.collisions` and the descriptor's checks tell). Packaged and
    other plain packages have no built files.
    """
    if not subject.package.is_source:
        return {}
    basis = Basis(subject)
    made = [item for derive in DERIVERS for item in derive(basis)]
    taken = Counter([path for path, _ in made])
    taken.update({finding.found for finding in collision_findings(subject.package)})
    return {path: data for path, data in made if taken[path] == 1}
