"""A release to be published: what `package` made, verified, as a folder and the zip of the same files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eventpack.archive import write_archive
from eventpack.building import NotClean
from eventpack.candidate import Candidate, read_candidate, require_identity
from eventpack.errors import DamagedError, EventpackError, NotAPackage
from eventpack.fetching import fetch_verified
from eventpack.fetching.disk import Disk
from eventpack.fetching.zipped import Zipped
from eventpack.files import DESCRIPTOR
from eventpack.finding import near_miss
from eventpack.listing import MANIFEST, ListedFile, digest_of, first_fault, listed
from eventpack.opening import open_package
from eventpack.publishing.exports import ReleasedExports, exports_beside
from eventpack.validation import validate
from eventpack.versions import parse_version

_AGAIN = "package it again"


@dataclass(frozen=True, slots=True)
class Release:
    """Verified files: `files` in `folder`, the zip of them, which has no folder in its path, and the exports beside.

    `declared` are the formats of exports that the descriptor names.
    """

    name: str
    version: str
    folder: Path
    files: tuple[ListedFile, ...]
    zip: Path
    archive: ListedFile
    exports: ReleasedExports | None = None
    declared: tuple[str, ...] = ()

    def sources(self) -> Mapping[str, tuple[Path, ListedFile]]:
        """All files to publish by path, the archive last, each with where it is now."""
        placed = {file.path: (self.folder / file.path, file) for file in self.files}
        return placed | {self.archive.path: (self.zip, self.archive)}


def open_release(path: Path, work: Path) -> Release:
    """The release at a path, a folder or a zip; the other of the two is made in the folder `work`, or compared.

    Raises:
        NotAPackage: There is none.
        DamagedError: It is not as it was packaged; the first file that is wrong is named.
        EventpackError: Its version cannot be published.
        NotClean: Validation finds errors.
    """
    given = _given_zip(path)
    if given == path:
        candidate, folder = _unpack(path, work / "files")
    else:
        candidate, folder = read_candidate(Disk(path)), path
        if fault := first_fault(folder, candidate.files):
            raise DamagedError(f"{folder.as_posix()}: {fault}", _AGAIN)
    _require_publishable(candidate)
    require_identity((folder / DESCRIPTOR).read_bytes(), candidate.name, candidate.version, f"{path}/{DESCRIPTOR}")
    archive = work / f"{candidate.name}-{candidate.version}.zip"
    write_archive(folder, archive)
    if given and digest_of(given) != digest_of(archive):
        what = f"{given.as_posix()} is not the archive that packaging makes of these files"
        raise DamagedError(what, f"{_AGAIN}, or publish the folder without the zip beside it")
    if any(file.path == archive.name for file in candidate.files):
        raise EventpackError(f"the package holds {archive.name}, which is the name of its own archive", "rename it")
    if not (report := validate(path)).ok:
        raise NotClean("validation finds errors, so it is not published", report)
    return Release(
        candidate.name, candidate.version, folder, candidate.files, archive, listed(archive.name, archive),
        exports_beside(path, folder, candidate.name, candidate.version), tuple(open_package(folder).descriptor.exports),
    )  # fmt: skip


def require_declared(release: Release) -> None:
    """Refuse a release whose descriptor names exports that do not lie beside it.

    Raises:
        EventpackError: It is so.
    """
    held = [each.format for each in release.exports.exports.formats] if release.exports else []
    if missing := [name for name in release.declared if name not in held]:
        what = f"the descriptor names exports that do not lie beside the release: {', '.join(missing)}"
        raise EventpackError(what, f"run `eventpack export RELEASE --as {','.join(release.declared)}` before")


def origin_of(release: Release) -> tuple[str, str]:
    """When it was packaged (ISO 8601), and of which commit, as its manifest says; either may be empty."""
    value = json.loads((release.folder / MANIFEST).read_bytes())
    return str(value.get("created", "")), str(value.get("commit", ""))


def _given_zip(path: Path) -> Path | None:
    """The zip that is published: the path itself, or the one that lies beside a folder."""
    if path.is_dir():
        beside = path.resolve().with_name(f"{path.resolve().name}.zip")
        return beside if beside.is_file() else None
    if path.suffix == ".zip" and path.is_file():
        return path
    near = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() and not path.exists() else []
    what = f"{path} is no folder or zip" if path.exists() else f"there is no {path}{near_miss(path.name, near)}"
    raise NotAPackage(what, "name what `eventpack package` made")


def _unpack(path: Path, folder: Path) -> tuple[Candidate, Path]:
    source = Zipped(path)
    try:
        candidate = read_candidate(source)
        for file in candidate.files:
            (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
            fetch_verified(source, file.path, file, folder / file.path, lambda held: None)
    finally:
        source.close()
    return candidate, folder


def _require_publishable(candidate: Candidate) -> None:
    version = parse_version(candidate.version)
    if version is None:
        what = f"the version `{candidate.version}` is none by SemVer, so it has no order among others"
        raise EventpackError(what, 'give the descriptor a version like "1.2.0", and package again')
    if version.dirty:
        what = f"{candidate.version} was packaged from a tree with uncommitted changes"
        raise EventpackError(what, "commit them, and package again")
