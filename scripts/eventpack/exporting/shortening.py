"""Names that another format takes, and keys for what is told of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from eventpack.material import TypedTable


def distinct(names: Iterable[str], fit: Callable[[str, int], str], taken: Iterable[str] = ()) -> dict[str, str]:
    """A name for each that the format takes; no two are alike but for case, nor any one that is taken.

    `fit(name, free)` makes one, and leaves so many characters free for a number behind it.
    """
    made: dict[str, str] = {}
    taken = {name.casefold() for name in taken}
    for name in names:
        one, count = fit(name, 0), 1
        while one.casefold() in taken:
            count += 1
            one = fit(name, len(str(count)) + 1) + f"_{count}"
        taken.add(one.casefold())
        made[name] = one
    return made


def key_of(table: TypedTable, row: int) -> str:
    """The primary key of a row; its number where there is none."""
    key = table.schema.primary_key
    return "|".join(str(table.frame[name][row]) for name in key) if key else f"row {row + 1}"
