"""Ids that are no longer in use, and where they lead; and which tables tell of others."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.cells import cells_of
from eventpack.comparing.difference import Redirect
from eventpack.subject import Subject

BOOKKEEPING = ("revisions", "redirects")
"""Tables whose rows tell what became of the rows of others."""
_MOST_STEPS = 100

Redirects = Mapping[tuple[str, str], Redirect]


def redirects_of(subject: Subject) -> Redirects:
    """What became of ids, by table and old id; a chain is followed to its end."""
    if not {"old_id", "outcome", "new_id"} <= set(getattr(subject.tables.get("redirects"), "columns", ())):
        return {}
    held = {
        (row.get("table", ""), row["old_id"]): Redirect(
            row["outcome"], tuple(filter(None, row["new_id"].split("|"))), row.get("reason", "")
        )
        for row in cells_of(subject, "redirects")
    }
    return {place: _followed(held, place) for place in held}


def _followed(held: Redirects, place: tuple[str, str]) -> Redirect:
    """Where a redirect leads in the end, as long as it leads to one record; a loop ends where it began."""
    first = found = held[place]
    for _ in range(_MOST_STEPS):
        if len(found.to) != 1 or (place[0], found.to[0]) not in held:
            return found
        found = held[(place[0], found.to[0])]
    return first
