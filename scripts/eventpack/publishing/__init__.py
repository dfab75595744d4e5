"""Publish a packaged version: beside the older ones, once, and for good."""

from __future__ import annotations

import tempfile
from pathlib import Path

from eventpack.errors import EventpackError
from eventpack.publishing.place import Place, open_place
from eventpack.publishing.plan import Publication, make_plan
from eventpack.publishing.release import Release, open_release

__all__ = ["Publication", "publish"]


def publish(release: str | Path, place: str | Path, *, changes: str = "", yes: bool = False) -> Publication:
    """Publish what `package` made, a folder or a zip, at a place: a folder that any static server can serve.

    Without `yes` nothing is written, and what is returned is the plan. `changes` is one paragraph on what is new; it
    is taken from the package's CHANGES.md when it is not given. What is published already stays as it is, and to
    publish it again changes nothing. A run that was killed is finished by the next.

    Raises:
        NotClean: Validation finds errors.
        DamagedError: The release is not as it was packaged, or the place is not as it was published.
        EventpackError: The version cannot be published, or was published with other bytes.
        DiskError: The place cannot be written; what it held is as it was.
    """
    target = open_place(str(place))
    if Path(place).resolve().is_relative_to(Path(release).resolve()):
        raise EventpackError(f"{place} lies in the release itself", "publish to a folder outside")
    with tempfile.TemporaryDirectory(prefix="eventpack-") as work:
        opened = open_release(Path(release), Path(work))
        if not yes:
            return make_plan(opened, target, changes)
        with target.locked(opened.name):
            target.sweep(opened.name)
            return _carry_out(make_plan(opened, target, changes), opened, target)


def _carry_out(plan: Publication, release: Release, target: Place) -> Publication:
    """Write what the plan says, so that a reader at any moment finds the old state or the new one."""
    if plan.adds_files:
        target.add_version(release.name, release.version, release.sources())
    for path, data in plan.writes.items():  # versions.json, then latest.json
        target.replace(path, data)
    return plan.carried_out()
