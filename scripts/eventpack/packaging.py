"""Package a source tree: a self-contained folder and a zip archive, the same bytes on every machine."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eventpack import __version__
from eventpack.archive import write_archive
from eventpack.building import NotClean
from eventpack.candidate import read_candidate
from eventpack.catalogue import VERSION_FORM
from eventpack.derive import derived_files
from eventpack.derive.citation import CITATION, citation_bytes
from eventpack.derive.codebook import PACKAGED_CODEBOOK, codebook_bytes
from eventpack.derive.edition import Edition, packaged_descriptor
from eventpack.derive.manifest import Manifest, make_manifest, manifest_bytes, sums_bytes
from eventpack.derive.readme import CHANGE_LINES, CHANGES, readme_bytes
from eventpack.describing import carried_file
from eventpack.describing.ownfiles import CRATE, CROISSANT
from eventpack.descriptor import LEDGER
from eventpack.errors import DiskError, EventpackError
from eventpack.fetching.zipped import Zipped
from eventpack.files import DESCRIPTOR, path_problem, sha256, write_atomically
from eventpack.listing import MANIFEST, SIGNATURE, SUMS, ListedFile
from eventpack.moving import put_in_place
from eventpack.opening import find_target, read_sound
from eventpack.origin import Origin, given_time, read_origin
from eventpack.referee import referee_findings
from eventpack.releases import find_archive, read_releases
from eventpack.report import order
from eventpack.signing import sign
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder, MissingFile
from eventpack.validation import validate

README, LICENCE = "README.md", "LICENSE-DATA"
_RESERVED = frozenset({DESCRIPTOR, PACKAGED_CODEBOOK, README, CITATION, CROISSANT, CRATE, MANIFEST, SUMS, SIGNATURE})


@dataclass(frozen=True, slots=True)
class Packaged:
    """What was written: the folder, the archive of the same files, and the manifest in both.

    `released_otherwise` tells that the release of this version has other data.
    """

    folder: Path
    archive: Path
    manifest: Manifest
    released_otherwise: bool = False


def package(
    path: str | Path = ".", out: str | Path = "dist", *, edition: Edition | None = None, key: str = ""
) -> Packaged:
    """Package the source tree at a path into `<out>/<name>-<version>/` and `.zip`; an older package is replaced.

    The version is that of the descriptor when git says that the tree is exactly a commit, `<version>+dirty` when it
    is not, and `<version>+sha.<digest of the content>` outside git; or what the `edition` of a release says, which
    a private `key` signs.

    Raises:
        NotClean: Validation or referee found something, be it a warning; nothing was written.
        NotAPackage: The path holds no package.
        EventpackError: It cannot be packaged, or something else stands where the package would go.
        DiskError: A file cannot be read or written; an older package stays as it was.
    """
    report = validate(path)
    if report.findings:
        raise NotClean("there are findings, so it is not packaged", report)
    target = find_target(path)
    if not isinstance(target.tree, Folder) or target.tree.has(SUMS):
        raise EventpackError(f"{path} is packaged already", "package the source tree")
    found, _ = read_sound(target)
    assert found is not None  # validation was clean
    version = _version(found.descriptor.version)  # before what takes long
    if doubts := referee_findings(found):  # asked last: on data with errors it only repeats them
        raise NotClean("the referee finds errors, so it is not packaged", replace(report, findings=order(doubts)))
    subject, _ = read_subject(found)
    files = _own_files(subject, target.tree)
    origin = read_origin(target.tree.root, target.descriptor, (Path(out),))
    edition = edition or _edition(subject, version, files, origin)
    manifest = _add_made_files(subject, edition, files)
    if key:
        files[SIGNATURE] = sign(files[SUMS], key).to_bytes()
    name = f"{found.descriptor.name}-{edition.version}"
    folder, archive = _write(Path(out), name, files)
    data = {file.path: file for file in manifest.files if file.path in {r.path for r in found.descriptor.resources}}
    return Packaged(folder, archive, manifest, _released_otherwise(target.tree, edition.version, data))


def _own_files(subject: Subject, tree: Folder) -> dict[str, bytes]:
    """The files of the source tree that go into the package under their own paths: resources, licences, changes."""
    descriptor, built = subject.package.descriptor, derived_files(subject)
    if odd := next((r for r in descriptor.resources if len(r.paths) != 1), None):
        what = "several files" if odd.paths else "rows in the descriptor"
        raise EventpackError(f"`{odd.name}` cannot be packaged: it is {what}", "write it as one file")
    files = {r.path: built[r.path] if r.path in built else _read(tree, r.path) for r in descriptor.resources}
    licences = {licence.path for licence in descriptor.licenses if not path_problem(licence.path)}
    texts = {LICENCE, CHANGES, CHANGE_LINES, *licences}
    files |= {name: _read(tree, name) for name in sorted({LEDGER, *texts}) if os.path.lexists(tree.root / name)}
    if taken := sorted(_RESERVED & files.keys()):
        raise EventpackError(f"`{taken[0]}` is a file that packaging writes itself", "give the resource another path")
    return files


def _read(tree: Folder, path: str) -> bytes:
    try:
        return tree.read(path)
    except MissingFile as error:
        raise EventpackError(f"`{path}` cannot be packaged: {error}", "put the file itself into the package") from error


def _version(version: str) -> str:
    """The version of the descriptor, when it can stand in a name."""
    if re.fullmatch(VERSION_FORM, version):
        return version
    what = f"the version `{version}` cannot name a file" if version else "the descriptor has no version"
    raise EventpackError(what, 'give the descriptor a version like "0.1.0"')


def _edition(subject: Subject, version: str, files: Mapping[str, bytes], origin: Origin | None) -> Edition:
    if origin and origin.clean:
        return Edition(version, origin.time, origin.commit)
    joined = "." if "+" in version else "+"
    plain = Edition(version, given_time())
    if origin:
        return replace(plain, version=f"{version}{joined}dirty")
    digest = sha256(packaged_descriptor(subject.package, Edition(version), files))
    return replace(plain, version=f"{version}{joined}sha.{digest[:8]}")


def _add_made_files(subject: Subject, edition: Edition, files: dict[str, bytes]) -> Manifest:
    """Add what packaging writes itself, each file after those that it speaks of; return the manifest."""
    made = {
        DESCRIPTOR: packaged_descriptor(subject.package, edition, files),
        PACKAGED_CODEBOOK: codebook_bytes(subject, edition.version),
        CITATION: citation_bytes(subject.package, edition.version),
        CROISSANT: carried_file(CROISSANT, subject.package, files, edition.version, edition.created),
    }
    files |= {path: data for path, data in made.items() if data is not None}
    files[README] = readme_bytes(subject, edition, files.keys())
    if crate := carried_file(CRATE, subject.package, files, edition.version, edition.created):
        files[CRATE] = crate
    manifest = make_manifest(subject, edition, f"eventpack {__version__}", files)
    files[MANIFEST] = manifest_bytes(manifest)
    files[SUMS] = sums_bytes(files)
    return manifest


def _released_otherwise(tree: Folder, version: str, data: Mapping[str, ListedFile]) -> bool:
    """Whether a version is released and its data are not these; false when its archive is not at hand."""
    releases, _, _ = read_releases(tree)
    entry = releases.entry(version) if releases else None
    if entry is None:
        return False
    try:
        with contextlib.closing(Zipped(find_archive(tree.root, entry))) as archive:
            released = read_candidate(archive)
    except EventpackError:
        return False  # `validate` tells of archives that are missing or damaged
    return data != {file.path: file for file in released.files if file.path in data}


def _write(out: Path, name: str, files: Mapping[str, bytes]) -> tuple[Path, Path]:
    """Write folder and archive beside their places, check the folder, and only then put both there."""
    folder, archive = out / name, out / f"{name}.zip"
    foreign = os.path.lexists(folder) and not (folder / MANIFEST).is_file()
    if foreign or archive.is_dir():
        what = f"{folder if foreign else archive} is there and is no package of ours"
        raise EventpackError(what, "move it away, or give another --out")
    try:
        out.mkdir(parents=True, exist_ok=True)
        _recover(out, name)
        with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=out) as made:
            new, packed, aside = Path(made, name), Path(made, f"{name}.zip"), Path(made, "old")
            for path, data in files.items():
                write_atomically(new / path, data)
            write_archive(new, packed)
            for made_now in (new, packed):
                if not (report := validate(made_now)).ok:
                    raise NotClean("the package does not pass validation, so it is not put in place", report)
            put_in_place(((new, folder), (packed, archive)), aside)
    except OSError as error:
        raise DiskError(f"cannot write to {out}: {error.strerror or error}", "check permissions and space") from error
    return folder, archive


def _recover(out: Path, name: str) -> None:
    """Put back what an interrupted run had moved aside, and remove the rest of it."""
    for left in out.glob(f".{name}.*/"):
        for old in (left / "old").glob("*"):
            if not (out / old.name).exists():
                old.rename(out / old.name)
        shutil.rmtree(left)
