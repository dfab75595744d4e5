"""Which checks were measured: a digest of what they are made of, which the page of the figures carries."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import eventpack

ROOMS = ("evidence", "quantities")
_SHOWN = 16  # digits


def checks_digest(folder: Path = Path(eventpack.__file__).parent) -> str:
    """The first digits of the SHA-256 of all files of the checks, by name, line ends aside."""
    whole = sha256()
    for path in sorted((path for room in ROOMS for path in (folder / room).rglob("*.py")), key=Path.as_posix):
        data = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode() + data)
    return whole.hexdigest()[:_SHOWN]
