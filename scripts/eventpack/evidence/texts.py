"""The texts at hand: a folder of files, each known by the SHA-256 of its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eventpack.errors import DiskError, EventpackError
from eventpack.files import sha256


@dataclass(frozen=True, slots=True)
class Texts:
    """Decoded texts by the SHA-256 of their file's bytes, and the names of files that are not UTF-8 text."""

    by_digest: dict[str, str]
    skipped: tuple[str, ...]


def read_texts(folder: str | Path) -> Texts:
    """All texts below a folder, line ends as they are; hidden files left out, and what lies in hidden folders.

    Raises:
        EventpackError: There is no such folder.
        DiskError: A file cannot be read.
    """
    root = Path(folder)
    if not root.is_dir():
        raise EventpackError(
            f"there is no folder of texts {root}", "name the folder that holds the sources' text files"
        )
    found: dict[str, str] = {}
    skipped: list[str] = []
    for path in sorted(root.rglob("*")):
        if any(step.startswith(".") for step in path.relative_to(root).parts) or not path.is_file():
            continue
        data = _read(path)
        try:
            found[sha256(data)] = data.decode("utf-8")
        except UnicodeDecodeError:
            skipped.append(path.relative_to(root).as_posix())
    return Texts(found, tuple(skipped))


def texts_by_digest(folder: str | Path) -> dict[str, str]:
    """The texts below a folder by the SHA-256 of their bytes; raises as `read_texts`."""
    return read_texts(folder).by_digest


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DiskError(f"cannot read {path}: {error.strerror or error}", "check its mode") from error
