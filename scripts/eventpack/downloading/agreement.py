"""What must agree: the list of a version with what was seen of it before, and its files with the list."""

from __future__ import annotations

from pathlib import Path

from eventpack.cache import Shelf
from eventpack.candidate import read_sums, require_identity, require_sums
from eventpack.catalogue import ListedVersion
from eventpack.errors import DamagedError
from eventpack.files import DESCRIPTOR
from eventpack.listing import MANIFEST, SUMS, first_difference


def require_unchanged(shelf: Shelf, entry: ListedVersion, label: str) -> None:
    """Refuse a version whose list of files is another one than when it was stored: versions never change.

    Raises:
        DamagedError: The list was changed.
    """
    noted = shelf.noted(entry.version)
    if noted is None:
        return
    if changed := first_difference(noted.files, entry.files):
        what = f"{label}: {changed} of version {entry.version} is not what it was when it was downloaded before"
        fix = f"ask its publisher why; to take the new one, remove {shelf.version(entry.version)}"
        raise DamagedError(what, fix)


def require_agreement(folder: Path, name: str, entry: ListedVersion, label: str) -> None:
    """Refuse verified files that are not the dataset and version they were listed as.

    Raises:
        DamagedError: Descriptor, manifest or checksums say something else than the list.
    """
    held = {file.path for file in entry.files}
    if lacking := [path for path in (DESCRIPTOR, MANIFEST, SUMS) if path not in held]:
        raise DamagedError(f"{label} lists no {lacking[0]}", "tell whoever publishes it")
    require_sums(entry.files, read_sums((folder / SUMS).read_bytes(), f"{label}/{SUMS}"), label)
    for path in (DESCRIPTOR, MANIFEST):
        require_identity((folder / path).read_bytes(), name, entry.version, f"{label}/{path}")
