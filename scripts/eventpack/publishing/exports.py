"""The exports of a release: what lies beside it in other formats, made from exactly these bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eventpack.errors import DamagedError, DiskError, EventpackError
from eventpack.exports import EXPORTS, Exports, exports_folder, read_exports
from eventpack.files import sha256
from eventpack.listing import SUMS, ListedFile, first_fault


@dataclass(frozen=True, slots=True)
class ReleasedExports:
    """Verified exports: their folder, what `exports.json` says, and that file itself."""

    folder: Path
    exports: Exports
    note: ListedFile

    def sources(self) -> Mapping[str, tuple[Path, ListedFile]]:
        """All files by path, `exports.json` last, each with where it is now."""
        return {file.path: (self.folder / file.path, file) for file in (*self.exports.files, self.note)}

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file.bytes for _, file in self.sources().values())


def exports_beside(release: Path, files: Path, name: str, version: str) -> ReleasedExports | None:
    """The exports that lie beside a release, a folder or a zip; none when there are none.

    `files` is the folder with the release's files.

    Raises:
        DamagedError: They are not as they were written.
        EventpackError: They were made from other data.
    """
    folder = release.resolve().parent / exports_folder(name, version)
    again = f"run `eventpack export {release}` again with --as, or move {folder.name} away"
    try:
        data = (folder / EXPORTS).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DiskError(f"cannot read {folder / EXPORTS}: {error.strerror or error}", "check its mode") from error
    exports = read_exports(data, (folder / EXPORTS).as_posix())
    if (exports.name, exports.version) != (name, version) or exports.core != sha256((files / SUMS).read_bytes()):
        raise EventpackError(f"{folder.as_posix()} was not made from this release", again)
    if fault := first_fault(folder, exports.files):
        raise DamagedError(f"{folder.as_posix()}: {fault}", again)
    return ReleasedExports(folder, exports, ListedFile(path=EXPORTS, bytes=len(data), sha256=sha256(data)))
