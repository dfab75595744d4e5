"""One digest for the content of each record, by which two versions are compared without their files.

The content of a row is an object with its non-empty cells, field name to text, exactly as they stand in the CSV
file. Its digest is the SHA-256 (lower-case hexadecimal) of that object as JSON in UTF-8, with keys in code-point
order, no spaces, and only what JSON must escape escaped. A table that other tables are written inside of has, in
the object of each row, also one array for each of those tables that has rows for it, under the table's name: the
objects of these rows, without the field that names the outer row, in the order of their primary keys. A record's
key is its primary key, several fields joined by `|`; a table without primary key has no digests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from eventpack.descriptor import Package
from eventpack.files import sha256
from eventpack.jsontext import canonical_json
from eventpack.tables import Table

# The rows written inside one record, by table.
_Nested = dict[str, list[dict[str, str]]]


def content_digests(package: Package, tables: Mapping[str, Table]) -> dict[str, dict[str, str]]:
    """Per table and record key the digest of the content; tables in the descriptor's order, keys sorted."""
    digests = {}
    for resource in package.tables:
        table, key = tables.get(resource.name), package.schemas[resource.name].primary_key
        if table is not None and key:
            children = _children(package, tables, resource.name)
            digests[resource.name] = _digests(table, key, children)
    return digests


def record_content(
    package: Package, tables: Mapping[str, Table], name: str, key: str
) -> tuple[dict[str, object], str] | None:
    """The content of one record of a table, as its digest is made of, and the digest; none when it is not there."""
    table, primary = tables.get(name), package.schemas[name].primary_key
    index = next((i for i, parts in enumerate(table.rows(primary)) if "|".join(parts) == key), None) if table else None
    if table is None or index is None:
        return None
    inside = _children(package, tables, name).get(key, {})
    content: dict[str, object] = {**_cells(table, index), **inside}
    return content, sha256(canonical_json(content))


def _digests(table: Table, key: list[str], children: Mapping[str, _Nested]) -> dict[str, str]:
    digests = {}
    for index, parts in enumerate(table.rows(key)):
        content = {**_cells(table, index), **children.get(parts[0], {})}
        digests["|".join(parts)] = sha256(canonical_json(content))
    return dict(sorted(digests.items()))


def _children(package: Package, tables: Mapping[str, Table], name: str) -> Mapping[str, _Nested]:
    """Per record of a table the rows written inside it."""
    nested: dict[str, _Nested] = defaultdict(lambda: defaultdict(list))
    for resource in package.children(name):
        table = tables.get(resource.name)
        if table is None:
            continue
        owner, primary = package.nesting_key(resource), package.schemas[resource.name].primary_key
        order = sorted(range(table.size), key=list(table.rows(primary)).__getitem__)
        for index in order:
            cells = _cells(table, index)
            nested[cells.pop(owner, "")][resource.name].append(cells)
    return nested


def _cells(table: Table, index: int) -> dict[str, str]:
    return {name: text for name, text in table.row(index).items() if text}
