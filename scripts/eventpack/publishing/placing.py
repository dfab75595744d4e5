"""A place as a target: the version's files, then the list of versions, then the pointer to the latest."""

from __future__ import annotations

from collections.abc import Callable

from eventpack.exports import exports_version
from eventpack.publishing.overtaken import Overtaken
from eventpack.publishing.place import Place
from eventpack.publishing.plan import PlacePlan, make_plan
from eventpack.publishing.publication import Order, Publication

_TRIES = 8  # of two who publish at the same time one is overtaken; of nine, one may be eight times


class PlaceTarget:
    """A folder or bucket that holds one folder per dataset; see `Target`."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.label = place.label

    def plan(self, order: Order) -> Publication:
        """What is to be written; the place is only read."""
        return make_plan(order, self._place).publication

    def act(self, order: Order, told: Callable[[int, int], None]) -> Publication:
        """Write it, after what killed runs left is swept away; plan anew when somebody else was quicker."""
        with self._place.locked(order.release.name):
            self._place.sweep(order.release.name)
            for tries_left in reversed(range(_TRIES)):
                plan = make_plan(order, self._place)
                try:
                    self._carry_out(plan, order, told)
                except Overtaken:
                    if not tries_left:
                        raise
                else:
                    break
            return plan.publication.carried_out()

    def close(self) -> None:
        """Let the place's connections go."""
        self._place.close()

    def _carry_out(self, plan: PlacePlan, order: Order, told: Callable[[int, int], None]) -> None:
        """Write what the plan says, so that a reader at any moment finds the old state or the new one."""
        release, whole = order.release, plan.publication.size
        told(0, whole)
        if plan.adds_files:
            self._place.add_version(release.name, release.version, release.sources(), lambda done: told(done, whole))
        if plan.adds_exports and release.exports:
            folder = exports_version(release.version)
            self._place.add_version(release.name, folder, release.exports.sources(), lambda done: None)
        for path, data in plan.writes.items():  # versions.json, then latest.json
            self._place.replace(path, data)
        told(whole, whole)
