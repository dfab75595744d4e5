"""Targets of publishing: places and depots behind one interface, and which of them an address means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from eventpack.depots.addresses import in_depot
from eventpack.depots.dois import doi_of
from eventpack.errors import EventpackError
from eventpack.publishing.place import open_place
from eventpack.publishing.placing import PlaceTarget
from eventpack.publishing.publication import Order, Publication

Told = Callable[[int, int], None]
"""Called with the bytes that are at the target and all that are to come there."""


class Target(Protocol):
    """Where releases are published: a place (a folder, a bucket) or a depot (a service with records and drafts).

    Whatever a run left, the next one plans from what the target holds and does the rest; when all is there, there is
    no step. What is public is never replaced.
    """

    @property
    def label(self) -> str:
        """The address, for messages; without secrets."""

    def plan(self, order: Order) -> Publication:
        """What there is to do; the target is only read."""

    def act(self, order: Order, told: Told) -> Publication:
        """Plan, and do it."""

    def close(self) -> None:
        """Let connections go."""


def open_target(address: str) -> Target:
    """The target that an address means: `zenodo:`, `zenodo-sandbox:`, `github:owner/repo`, else a place.

    Raises:
        EventpackError: It is of a kind that cannot be published to, or lacks what its kind needs.
    """
    if (meant := in_depot(address)) is None:
        if doi_of(address):
            raise EventpackError(f"{address} is a DOI of somebody else", "name zenodo:, github:owner/repo or a folder")
        return PlaceTarget(open_place(address))
    from eventpack.publishing.depot import DepotTarget

    if meant.depot.name == "github":
        from eventpack.publishing.github import GitHubDesk  # requests: 80 ms

        return DepotTarget(GitHubDesk(meant))
    from eventpack.publishing.zenodo import ZenodoDesk

    return DepotTarget(ZenodoDesk(meant))
