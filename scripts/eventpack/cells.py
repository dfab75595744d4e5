"""Rows of a subject's tables as mappings, for whoever asks by name."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.subject import Subject

Cells = Mapping[str, str]


def cells_of(subject: Subject, table: str) -> list[dict[str, str]]:
    """The rows of a table by field name; none when the package has no such table."""
    held = subject.tables.get(table)
    if held is None:
        return []
    names = list(held.columns)
    return [dict(zip(names, texts, strict=True)) for texts in held.rows(names)]
