"""What the derived tables are computed from, put together once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from eventpack.cells import Cells, cells_of
from eventpack.derive.independence import Origins
from eventpack.derive.support import Support, support_of
from eventpack.subject import Subject

Made = TypeVar("Made")


class Basis:
    """A subject with its events, their claims and support, and the origins of those; each is worked out when asked."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._made: dict[Callable[[Basis], Any], Any] = {}

    def once(self, make: Callable[[Basis], Made]) -> Made:
        """What a function makes of it; the function is called only once."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    @cached_property
    def origins(self) -> Origins:
        """Where claims come from."""
        return Origins.of(self.subject)

    @cached_property
    def events(self) -> Sequence[Cells]:
        """All events."""
        return cells_of(self.subject, "events")

    @cached_property
    def claims(self) -> Sequence[Cells]:
        """All claims."""
        return cells_of(self.subject, "claims")

    @cached_property
    def places(self) -> Mapping[str, Cells]:
        """The places by id."""
        return {row.get("place_id", ""): row for row in cells_of(self.subject, "places")}

    @cached_property
    def support(self) -> Mapping[str, Support]:
        """The support of each event, by its id."""
        groups: dict[str, list[Cells]] = defaultdict(list)
        for claim in self.claims:
            groups[claim.get("event_id", "")].append(claim)
        ids = ((event.get("event_id", ""), event) for event in self.events)
        return {name: support_of(event, groups.get(name, ()), self.origins) for name, event in ids}
