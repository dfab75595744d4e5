"""Several files changed as one: all of them, or none, whoever is killed or whatever disk refuses meanwhile.

The new files are complete in a folder beside the package's files before the first is moved, and the folder takes its
final name only then. From that moment the change is decided: whoever finds the folder carries it through.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from eventpack.errors import DiskError
from eventpack.files import sha256, write_atomically
from eventpack.locks import locked

PENDING = ".eventpack-pending"
_LIST = "files.json"
_OLD = 3600  # seconds; what nobody finished in that time, somebody left who was killed


def replace_together(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files below a folder, and take away those that are nothing: all of them or none.

    Raises:
        DiskError: The disk refuses; all files are as they were, or the next run of `finish_pending` changes them.
    """
    made = root / f"{PENDING}.{secrets.token_hex(6)}"
    try:
        try:
            _sweep(root)
            made.mkdir()
            for number, (path, data) in enumerate(files.items()):
                _require_place(root / path)
                if data is not None:
                    write_atomically(made / str(number), data)
            names = [[path, data is not None] for path, data in files.items()]
            write_atomically(made / _LIST, json.dumps(names).encode("utf-8"))
            made.rename(root / PENDING)
        finally:
            with suppress(OSError):
                shutil.rmtree(made)
    except OSError as error:
        what = f"cannot write to {root}: {error.strerror or error}"
        raise DiskError(what, "check permissions and free space; nothing was changed") from error
    finish_pending(root)


def finish_pending(root: Path) -> bool:
    """Carry through a change of several files that was decided, and tell whether there was one.

    It may be interrupted itself: what was moved is passed over the next time.

    Raises:
        DiskError: A file cannot be moved to its place.
    """
    pending = root / PENDING
    if not pending.is_dir():
        return False
    try:
        for number, (path, there) in enumerate(json.loads((pending / _LIST).read_text("utf-8"))):
            new, place = pending / str(number), root / path
            if not there:
                place.unlink(missing_ok=True)
            elif new.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                if place.exists():
                    new.chmod(place.stat().st_mode & 0o777)
                os.replace(new, place)
        (pending / _LIST).unlink()
        shutil.rmtree(pending)
    except FileNotFoundError:  # another process was quicker, or this was interrupted at its very end
        shutil.rmtree(pending, ignore_errors=True)
    except OSError as error:
        what = f"cannot finish a change of several files in {root}: {error.strerror or error}"
        raise DiskError(what, f"check permissions; the next run goes on with what {pending} holds") from error
    return True


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let no other process of this user change the folder meanwhile; the lock lies among the user's temporary files.

    Raises:
        DiskError: The lock cannot be made.
    """
    user = os.getuid() if hasattr(os, "getuid") else ""  # elsewhere each user has a folder for them
    name = f"eventpack-{user}-{sha256(os.fsencode(root.resolve()))[:16]}.lock"
    with locked(Path(tempfile.gettempdir(), name), f"another process changes {root}; waiting for it"):
        yield


def _sweep(root: Path) -> None:
    for left in root.glob(f"{PENDING}.*"):
        if time.time() - left.stat().st_mtime > _OLD:
            shutil.rmtree(left, ignore_errors=True)


def _require_place(path: Path) -> None:
    """Raise `OSError` where a file could surely not be moved to."""
    folder = next(folder for folder in path.parents if folder.exists())
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder")
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} may not be written")
