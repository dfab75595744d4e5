"""Which events are speech acts: those whose dates are the days on which something was said."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.cells import Cells, cells_of
from eventpack.subject import Subject

_VERBAL = ("1", "3")  # the quad classes of words, in cooperation and in conflict
_STATEMENT = "STATEMENT"


def speaking_events(subject: Subject) -> set[str]:
    """The events of a verbal type, and those that are about another event."""
    types = {row.get("code", ""): row for row in cells_of(subject, "event_types")}
    links = cells_of(subject, "event_links")
    found = {row.get("event_id", "") for row in links if row.get("relation") == "about"}
    events = cells_of(subject, "events")
    return found | {row.get("event_id", "") for row in events if _verbal(row.get("type", ""), types)}


def _verbal(code: str, types: Mapping[str, Cells]) -> bool:
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        row = types.get(code, {})
        if code == _STATEMENT or row.get("quad_class"):
            return code == _STATEMENT or row["quad_class"] in _VERBAL
        code = row.get("broader", "")
    return False
