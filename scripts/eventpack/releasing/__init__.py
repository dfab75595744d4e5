"""Make versions that never change: from a commit, explained, with the number that follows from the change."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from eventpack.errors import EventpackError
from eventpack.files import write_atomically
from eventpack.listing import SUMS
from eventpack.locks import held_alone
from eventpack.opening import Target, find_target
from eventpack.origin import given_time
from eventpack.releases import LIST, PENDING, ReleasedVersion, Withdrawal, require_releases, with_entry
from eventpack.releasing.committed import git_folder, read_base
from eventpack.releasing.journal import place_files, put_back
from eventpack.releasing.making import Released, make
from eventpack.signing import given_key
from eventpack.together import alone
from eventpack.trees import Folder

__all__ = ["Released", "mark", "release"]

_LACKING = "(Nothing tells in words what this release is: give a summary.)"
_BUSY = EventpackError("another process releases this dataset", "wait until it is done, and look at its version")


def release(
    path: str | Path = ".",
    version: str = "",
    *,
    summary: str = "",
    archives: str | Path | None = None,
    sign: str | Path | None = None,
    dry_run: bool = False,
) -> Released:
    """Release the committed state of a source tree: as `version`, or as the one that follows from what changed.

    The files of the tree are brought up to date (`version: next` in revisions and redirects, the descriptor,
    CHANGES.md, changes.jsonl, everything built), the package is kept as `releases/<name>-<version>.zip`, and
    `releases/versions.json` records it. Nothing is committed. `summary` is prose for CHANGES.md; without it, its
    section for the coming version is taken. `archives` is a folder for archives that are too large to be kept with the
    data. `sign` is the file of a private Ed25519 key; without it, `EVENTPACK_SIGNING_KEY` may hold a key, or its path.
    With `dry_run` nothing is written.

    Raises:
        NotClean: Validation or the referee finds something, or a changed value is not explained.
        NotAPackage: The path holds no package.
        EventpackError: The tree is not clean, the version is released or its step too small, nothing differs, there is
            no summary, the archive is too large, or another process releases.
        DamagedError: What is recorded of earlier releases cannot be read, or an archive is not what was released.
        DiskError: A file cannot be read or written; the tree is as it was.
    """
    target, tree = _source(path)
    root, key = tree.root, given_key(sign)
    with held_alone(git_folder(root) / "eventpack-release.lock", _BUSY):
        put_back(root)
        base = read_base(root, target.descriptor)
        try:
            made = make(
                target, base, version, summary=summary, instead=_LACKING if dry_run else "", archives=archives, key=key
            )
            if dry_run:
                return made.released
            with alone(root):  # nobody revises meanwhile
                if read_base(root, target.descriptor) != base:
                    raise EventpackError("the tree was changed while it was released", "run it again")
                place_files(root, made.folder, made.paths, made.outside)
        finally:
            if (root / PENDING).is_dir() and not (root / PENDING / "journal.json").exists():
                shutil.rmtree(root / PENDING, ignore_errors=True)
                _drop_empty(root)
    return replace(made.released, done=True)


def mark(path: str | Path, version: str, status: str, reason: str = "") -> ReleasedVersion:
    """Record that a release is withdrawn, and why, or that it counts again; its archive stays as it is.

    Raises:
        NotAPackage: The path holds no package.
        EventpackError: There is no such release, it has that status already, or a withdrawal has no reason.
        DamagedError: What is recorded of releases cannot be read.
        DiskError: The list cannot be written.
    """
    _, tree = _source(path)
    if status not in ("released", "withdrawn"):
        raise EventpackError(f"`{status}` is no status of a version", "write withdrawn or released")
    with held_alone(git_folder(tree.root) / "eventpack-release.lock", _BUSY):
        put_back(tree.root)
        releases = require_releases(tree)
        old = releases.entry(version)
        if old is None:
            raise EventpackError(
                f"there is no release {version}", f"one of: {', '.join(e.version for e in releases.versions)}"
            )
        if old.status == status:
            raise EventpackError(f"{version} is {status} already", "")
        if status == "withdrawn" and not reason.strip():
            raise EventpackError("a withdrawal says why", "give --reason")
        withdrawn = Withdrawal(date=_now()[:10], reason=" ".join(reason.split())) if status == "withdrawn" else None
        new = replace(old, status=status, withdrawn=withdrawn)  # type: ignore[arg-type]  # one of the two
        entries = [new if entry is old else entry for entry in releases.versions]
        write_atomically(tree.root / LIST, with_entry(releases, releases.name, entries).to_bytes())
    return new


def _source(path: str | Path) -> tuple[Target, Folder]:
    target = find_target(path)
    if target.record:
        raise EventpackError("one record is not released alone", "name the folder of the package")
    if not isinstance(target.tree, Folder) or target.tree.has(SUMS):
        raise EventpackError(f"{path} is packaged already", "name the source tree")
    return target, target.tree


def _drop_empty(root: Path) -> None:
    """Nothing of a first release that was not made stays."""
    folder = (root / PENDING).parent
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _now() -> str:
    """The time (UTC), or the one that the environment gives to reproducible builds."""
    return given_time() or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
