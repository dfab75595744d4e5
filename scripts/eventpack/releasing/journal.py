"""Moving the files of a release into place, so that whoever is killed meanwhile leaves the old state to be put back.

What was there is kept beside the new files, and a journal names all moves, before the first is made; the list of
releases moves last. A run that finds a journal puts the old files back, unless the last move was made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from eventpack.errors import DiskError, EventpackError
from eventpack.files import replacing, write_atomically
from eventpack.jsontext import json_bytes
from eventpack.listing import digest_of
from eventpack.releases import JOURNAL, PENDING


def place_files(root: Path, made: Path, paths: Sequence[str], outside: Mapping[str, Path] = {}) -> None:
    """Move files from a folder below `releases/.pending` to the same paths below the root, in their order.

    Files that go elsewhere (`outside`, by the absolute path of each) are copied there first.

    Raises:
        DiskError: One cannot be moved; all are as they were.
    """
    try:
        for path in paths:
            _keep(root, path)
        said = {
            "made": made.relative_to(root).as_posix(), "paths": list(paths), "outside": list(outside),
            "sums": {path: digest_of(made / path) for path in paths},
        }  # fmt: skip
        write_atomically(root / JOURNAL, json_bytes(said))
        try:
            for place, source in outside.items():
                with replacing(Path(place)) as sink, source.open("rb") as file:
                    shutil.copyfileobj(file, sink, 1 << 20)
            for path in paths:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(made / path, root / path)
            _sync({(root / path).parent for path in paths})
        except BaseException:  # an interruption too
            put_back(root)
            raise
        _forget(root)
    except OSError as error:
        what = f"cannot put the release in place: {error.strerror or error}"
        raise DiskError(what, "check permissions and free space; the tree is as it was") from error


def put_back(root: Path) -> bool:
    """Put back what an interrupted release had moved, remove the rest of it, and tell whether there was a journal.

    It may be interrupted itself: until the journal is gone, it can be done again.

    Raises:
        EventpackError: A file was changed since it was moved; nothing is put back.
        DiskError: A file cannot be moved.
    """
    journal = root / JOURNAL
    found = journal.is_file()
    try:
        if found:
            said = json.loads(journal.read_text("utf-8"))
            made, paths = root / said["made"], list(said["paths"])
            if os.path.lexists(made / paths[-1]):  # the list of releases is the old one
                for place in said["outside"]:
                    Path(place).unlink(missing_ok=True)
                    for left in Path(place).parent.glob(f".{Path(place).name}.*.tmp"):
                        left.unlink(missing_ok=True)
                moved = [path for path in reversed(paths) if not os.path.lexists(made / path)]
                _require_untouched(root, moved, said.get("sums", {}))
                for path in moved:
                    _restore(root, path)
                _sync({(root / path).parent for path in paths if (root / path).parent.is_dir()})
        _forget(root)
    except OSError as error:
        what = f"cannot put back what an interrupted release left: {error.strerror or error}"
        raise DiskError(what, "check permissions and free space, and run it again") from error
    return found


def begin(root: Path) -> None:
    """Make the folder of a release in the making, which git never sees, whoever is killed."""
    try:
        (root / PENDING).mkdir(parents=True, exist_ok=True)
        write_atomically(root / PENDING / ".gitignore", b"*\n")
    except OSError as error:
        what = f"cannot make {root / PENDING}: {error.strerror or error}"
        raise DiskError(what, "check permissions and free space") from error


def _require_untouched(root: Path, paths: Sequence[str], sums: Mapping[str, str]) -> None:
    """Raise `EventpackError` when somebody has worked on a file that would be put back."""
    for path in paths:
        held, kept = root / path, _kept(root, path)
        if path not in sums or not held.is_file() or (digest := digest_of(held)) == sums[path]:
            continue
        if not kept.is_file() or digest != digest_of(kept):
            what = f"{path} was changed since a release was broken off, and would be put back to what it was before"
            fix = f"keep a copy of it elsewhere, `git checkout -- {path}`, run this again, then make the change again"
            raise EventpackError(what, fix)


def _kept(root: Path, path: str) -> Path:
    return root / PENDING / "old" / path


def _keep(root: Path, path: str) -> None:
    """Keep the file that stands at a path, if there is one."""
    kept = _kept(root, path)
    if os.path.lexists(root / path):
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, kept)
        with kept.open("rb") as file:
            os.fsync(file.fileno())


def _restore(root: Path, path: str) -> None:
    kept = _kept(root, path)
    if kept.exists():
        again = kept.with_name(f"{kept.name}.again")
        shutil.copy2(kept, again)
        os.replace(again, root / path)
    else:
        (root / path).unlink(missing_ok=True)


def _forget(root: Path) -> None:
    """Remove the folder of a release in the making, the journal before everything else."""
    (root / JOURNAL).unlink(missing_ok=True)
    if (root / PENDING).is_dir():
        shutil.rmtree(root / PENDING)


def _sync(folders: Iterable[Path]) -> None:
    """Make moves last through a loss of power, where the system lets folders be opened."""
    if os.name == "nt":
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
