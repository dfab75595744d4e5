"""Tables of a loaded dataset as texts, for what compares them: each is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eventpack.comparing.sides import Side
from eventpack.finding import Location
from eventpack.loading.celltext import frame_texts
from eventpack.loading.tables import Tables
from eventpack.subject import Subject
from eventpack.tables import Table


class TextTables(Mapping[str, Table]):
    """The tables of a dataset as texts, one of them replaced by a part of it."""

    def __init__(self, tables: Tables, part: Table) -> None:
        self._tables, self._held = tables, {part.name: part}

    def __getitem__(self, name: str) -> Table:
        if name not in self._held:
            if name not in self._tables.names:
                raise KeyError(name)
            fields = {field.name: field for field in self._tables.schema(name).fields}
            self._held[name] = text_table(name, frame_texts(self._tables.frame(name), fields))
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables.names)

    def __len__(self) -> int:
        return len(self._tables.names)


def text_table(name: str, columns: Mapping[str, Sequence[str]]) -> Table:
    """A table from columns of text; its cells stand nowhere in particular."""
    size = max(map(len, columns.values()), default=0)
    return Table(name, columns, size, lambda row, field: Location(name, table=name, row=row + 1, field=field))


def side_of(label: str, tables: Tables, part: Table) -> Side:
    """A dataset with a part of one table in its place, as a state to compare."""
    held = TextTables(tables, part)
    package = replace(tables.package)
    return Side(label, package, Subject(package, held, held, (), None, frozenset(), held))
