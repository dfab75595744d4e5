"""A dataset at a glance: its tables with rows and titles, as text and as HTML."""

from __future__ import annotations

from html import escape

from eventpack.errors import EventpackError
from eventpack.loading.tables import Tables


def text_overview(tables: Tables) -> str:
    """What a Python session shows."""
    rows = _rows(tables)
    width, digits = (max((len(row[at]) for row in rows), default=0) for at in (0, 1))
    lines = (f"  {name:{width}}  {size:>{digits}}  {title}".rstrip() for name, size, title in rows)
    return "\n".join([_heading(tables), *lines])


def html_overview(tables: Tables) -> str:
    """What a notebook shows."""
    rows = "".join(
        f'<tr><td><code>{escape(name)}</code></td><td style="text-align:right">{size}</td><td>{escape(title)}</td></tr>'
        for name, size, title in _rows(tables)
    )
    head = "<thead><tr><th>table</th><th>rows</th><th>content</th></tr></thead>"
    return f"<p><strong>{escape(_heading(tables))}</strong></p><table>{head}<tbody>{rows}</tbody></table>"


def _heading(tables: Tables) -> str:
    descriptor = tables.package.descriptor
    start = f"{descriptor.name} {descriptor.version}".strip()
    return f"{start}: {descriptor.title}" if descriptor.title else start


def _rows(tables: Tables) -> list[tuple[str, str, str]]:
    return [(r.name, _size(tables, r.name), r.title or tables.schema(r.name).title) for r in tables.package.tables]


def _size(tables: Tables, name: str) -> str:
    """The number of rows; a table that cannot be read must not keep the others from being shown."""
    try:
        return str(tables.size(name))
    except EventpackError:
        return "?"
