"""What this machine remembers of a signed dataset: its keys, and the newest state that was seen.

<trust>/<place>/<name>/root_history/  the lists of keys, in their order
<trust>/<place>/<name>/*.json         the last state: timestamp, snapshot, targets, versions.json

It is not in the cache, which may be removed at any time: who removes this trusts the next answer again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = "EVENTPACK_TRUST"
_ROOTS = "root_history"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one dataset of one place."""

    folder: Path

    @property
    def lock(self) -> Path:
        """The file to lock while it is used."""
        return self.folder.with_name(f".{self.folder.name}.lock")

    @property
    def known(self) -> bool:
        """Whether the dataset was found to be signed before."""
        return bool(self.roots())

    def roots(self) -> list[bytes]:
        """The lists of keys that were trusted, the newest last."""
        found = []
        for path in (self.folder / _ROOTS).glob("*.root.json"):
            number = path.name.partition(".")[0]
            if number.isdecimal():
                found.append((int(number), path))
        return [path.read_bytes() for _, path in sorted(found)]


def trust_root() -> Path:
    """The folder of all that is remembered: `EVENTPACK_TRUST`, else where the system keeps data of a user."""
    if named := os.environ.get(ENVIRONMENT):
        return Path(named).absolute()
    from platformdirs import user_data_path

    return user_data_path("eventpack", appauthor=False) / "trust"


def memory_of(key: str, name: str) -> Memory:
    """What is remembered of a dataset; `key` names its place."""
    return Memory(trust_root() / key / name)
