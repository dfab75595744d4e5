"""Publish a packaged version: beside the older ones, once, and for good."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from eventpack.depots.addresses import is_in_depot
from eventpack.errors import EventpackError
from eventpack.fetching.address import is_address
from eventpack.publishing.placing import PlaceTarget
from eventpack.publishing.publication import Order, Publication, Signing, Step
from eventpack.publishing.release import open_release
from eventpack.publishing.reserving import Reserved, reserve_doi
from eventpack.publishing.target import Target, open_target

__all__ = ["Publication", "Reserved", "Signing", "Step", "Target", "open_target", "publish", "reserve_doi"]


def publish(
    release: str | Path,
    target: str | Path,
    *,
    changes: str = "",
    public: bool = False,
    yes: bool = False,
    signing: Signing | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Publication:
    """Publish what `package` made, a folder or a zip, at a target: a folder that any static server can
    serve, or `s3://bucket/prefix`.

    Without `yes` nothing is written, and what is returned is the plan. `changes` is one paragraph on what is new; it
    is taken from the package's CHANGES.md when it is not given. What is published already stays as it is, and to
    publish it again changes nothing. A run that was killed is finished by the next. A depot keeps a draft, unless
    `public` is set. With `signing` a place is signed, or goes over to another key; one that is signed already is
    signed with the key in the environment when none is given. `progress` is called with the bytes that are at the
    target and all that are to come there.

    Raises:
        NotClean: Validation finds errors.
        DamagedError: The release is not as it was packaged, or the target is not as it was published or signed.
        EventpackError: The version cannot be published, or was published with other bytes.
        NetworkError: A server cannot be reached or refuses; the next run goes on.
        DiskError: The place cannot be written; what it held is as it was.
    """
    opened = open_target(str(target))
    try:
        local = not is_in_depot(str(target)) and not is_address(str(target))
        if local and Path(target).resolve().is_relative_to(Path(release).resolve()):
            raise EventpackError(f"{target} lies in the release itself", "publish to a folder outside")
        with tempfile.TemporaryDirectory(prefix="eventpack-") as work:
            given = signing or Signing.of(None, None, None, False)
            if given.wanted and not isinstance(opened, PlaceTarget):
                raise EventpackError(f"{target} is no place that can be signed", "sign the release: `release --sign`")
            order = Order(open_release(Path(release), Path(work)), changes, public, given)
            return opened.act(order, progress or _nobody) if yes else opened.plan(order)
    finally:
        opened.close()


def _nobody(done: int, whole: int) -> None:
    """Nobody watches."""
