"""What this machine remembers of a version at a depot, because a search there finds what is new a second later.

One small file in the cache: the number of the record, or that one was about to be made. It may be removed at any time.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from eventpack.cache import cache_root
from eventpack.depots.addresses import InDepot
from eventpack.errors import DiskError
from eventpack.files import sha256, write_atomically

if TYPE_CHECKING:
    from eventpack.depots.calls import Api

T = TypeVar("T")
_MAKING = "making"
_LOOKS = 4  # how often a draft is looked for whose making was not answered: what is new is found after a second


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one version."""

    file: Path

    @property
    def record(self) -> str:
        """The number of its record or draft; empty when none is known."""
        held = self._held()
        return "" if held == _MAKING else held

    @property
    def making(self) -> bool:
        """Whether a run began to make a draft, and was gone before it knew its number."""
        return self._held() == _MAKING

    def keep(self, record: str) -> None:
        """It has this number."""
        if record != self.record:
            self._keep(record)

    def make(self, create: Callable[[], T], look: Callable[[], T | None], api: Api) -> T:
        """Make what was not found; when it is not known whether it was made, look before it is made again."""

        from eventpack.depots import calls

        def patient() -> T | None:
            for count in range(_LOOKS):
                time.sleep(calls.PATIENCE.pause * 2**count)
                if (found := look()) is not None:
                    return found
            return None

        if self.making and (found := patient()) is not None:
            return found
        self._keep(_MAKING)
        try:
            return api.settle(patient, create)
        except calls.Refused:  # surely not made
            self.forget()
            raise

    def forget(self) -> None:
        """There is none."""
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)

    def _held(self) -> str:
        try:
            text = self.file.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return text if text.isalnum() or text.replace("-", "").isalnum() else ""

    def _keep(self, text: str) -> None:
        with contextlib.suppress(DiskError):  # it only saves a search
            write_atomically(self.file, f"{text}\n".encode("ascii"))


def memory_of(address: InDepot, name: str, version: str) -> Memory:
    """What is remembered of a version of a dataset at an address; an empty version has no number yet."""
    key = sha256("\n".join((address.depot.url, address.label, name, version)).encode())[:16]
    return Memory(cache_root() / "depots" / f"{address.depot.name}-{name}-{key}")
