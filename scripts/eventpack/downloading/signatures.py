"""The list of versions of a place: as it is, or, where it is or was signed, as its keys have signed it."""

from __future__ import annotations

import logging

from eventpack.catalogue import VERSIONS, read_catalogue
from eventpack.errors import NotAPackage
from eventpack.fetching import Absent, Source
from eventpack.trust.library import INSTALL, is_there, require
from eventpack.trust.memory import memory_of

_LIMIT = 16 << 20  # of versions.json: ten thousand versions of twenty files
_UNCHECKED = "%s is signed, and its signatures are not checked: they need an extra library (%s)"
_FIRST = "%s is signed by the key %s, met for the first time and remembered; compare it with what its publisher names"


def read_versions(source: Source, name: str, key: bytes) -> tuple[bytes, str]:
    """The bytes of `versions.json`, and what the key is called that signed them; empty when nobody did.

    Once a place was found to be signed, or when a key is given, nothing is believed that is not signed.

    Raises:
        NotAPackage: There is none.
        DamagedError: It is not signed as it must be.
        EventpackError: The library for signatures is needed and missing.
    """
    memory = memory_of(source.key, name)
    if not key and not memory.known:
        data = _unsigned(source)
        if not read_catalogue(data, f"{source.label}/{VERSIONS}").signed:
            return data, ""
        if not is_there():
            logging.getLogger("eventpack").warning(_UNCHECKED, source.label, INSTALL)
            return data, ""
    require()
    from eventpack.trust.client import read_verified  # TUF: 80 ms

    found = read_verified(source, name, memory, key)
    if found.first and not key:
        logging.getLogger("eventpack").warning(_FIRST, source.label, found.signer)
    return found.data, found.signer


def require_known(place: str, name: str, key: bytes, label: str) -> None:
    """Refuse, without asking anybody, a key that is not the one remembered.

    Raises:
        DamagedError: It is another one, or none is.
    """
    require()
    from eventpack.trust.client import require_remembered  # TUF: 80 ms

    require_remembered(memory_of(place, name), key, label)


def _unsigned(source: Source) -> bytes:
    try:
        return source.read(VERSIONS, _LIMIT)
    except Absent:
        fix = f"name the folder of the dataset, the one that holds {VERSIONS}"
        raise NotAPackage(f"no dataset is published at {source.label}: there is no {VERSIONS}", fix) from None
