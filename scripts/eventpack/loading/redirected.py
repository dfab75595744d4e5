"""Ids that are no longer in use, and the words of a filter with the ids that took their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eventpack.comparing.difference import Redirect
from eventpack.loading.filtering import narrow
from eventpack.loading.frame import Words, making_of
from eventpack.loading.masks import Compared
from eventpack.loading.reach import Reach
from eventpack.loading.tables import Tables

Redirects = Mapping[tuple[str, str], Redirect]


def heirs(redirects: Redirects, table: str, id: str) -> list[str]:
    """The ids to use instead of one; itself when it is in use, none when it was withdrawn."""
    found: dict[str, None] = {}
    ahead, seen = [id], set[str]()
    while ahead:
        one = ahead.pop(0)
        if (table, one) not in redirects:
            found[one] = None
        elif one not in seen:
            seen.add(one)
            ahead += redirects[table, one].to
    return list(found)


def renewed(tables: Tables, table: str, words: Iterable[tuple[str, object]], redirects: Redirects) -> Words:
    """The words of an older filter as they are meant now: ids that were redirected lead on, frames are filtered anew.

    Raises:
        EventpackError: A frame was filtered by what is no longer there.
    """
    return tuple((word, _renewed(Reach.of(tables, table), word, wanted, redirects)) for word, wanted in words)


def _renewed(reach: Reach, word: str, wanted: object, redirects: Redirects) -> object:
    tables = reach.tables
    if (making := making_of(wanted)) is not None and making.table in tables.names:
        again = renewed(tables, making.table, making.words, redirects)
        return narrow(tables, making.table, tables.frame(making.table), again)
    if step := reach.step(word):
        return _renewed(Reach.of(tables, step[1]), step[3], wanted, redirects)
    if isinstance(wanted, Compared):
        return Compared(wanted.sign, _renewed(reach, word, wanted.value, redirects))
    field = reach.meant(word)
    home = reach.homes.get(field, reach.name)
    targets = [target for target, _ in tables.leads_to(home, field)] if field else []
    if field and tables.schema(home).primary_key == [field]:
        targets.append(reach.name)
    if not any(table in targets for table, _ in redirects):
        return wanted
    if hasattr(wanted, "columns"):
        keys = [key for _, key in tables.leads_to(home, field)] + [field]
        wanted = next((list(wanted[key]) for key in keys if key in wanted.columns), wanted)  # type: ignore[index]
    return _led(wanted, targets, redirects)


def _led(wanted: object, targets: Sequence[str], redirects: Redirects) -> object:
    """Ids, one or several, with those that took their place."""
    several = isinstance(wanted, Iterable) and not isinstance(wanted, (str, bytes))
    ids = list(wanted) if several and isinstance(wanted, Iterable) else [wanted]
    found = list(dict.fromkeys(one for id in ids for one in _one(id, targets, redirects)))
    return found if several or found != ids else wanted


def _one(id: object, targets: Sequence[str], redirects: Redirects) -> Iterator[object]:
    table = next((table for table in targets if (table, id) in redirects), "")
    if isinstance(id, str) and table:
        yield from heirs(redirects, table, id)
    else:
        yield id
