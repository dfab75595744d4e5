"""The library for signed places, asked for in one place."""

from __future__ import annotations

from importlib.util import find_spec

from eventpack.errors import EventpackError

INSTALL = 'install it: pip install "eventpack[sign]"'


def is_there() -> bool:
    """Whether signatures of places can be made and checked."""
    return all(find_spec(name) is not None for name in ("tuf", "cryptography"))


def require() -> None:
    """Raise `EventpackError` when the library is missing."""
    if not is_there():
        raise EventpackError("signed places need the libraries `tuf` and `cryptography`", INSTALL)
