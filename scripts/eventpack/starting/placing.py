"""Start a dataset in a folder: made complete beside its place or in it, under a name of its own, and then moved."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from eventpack.building import NotClean, build
from eventpack.curate.format import format_files
from eventpack.errors import DiskError, EventpackError
from eventpack.files import write_atomically
from eventpack.starting.choices import Choices, make_choices
from eventpack.starting.files import starter_files
from eventpack.validation import validate

_PREFIX = ".eventpack-init-"
# What may stand in a folder that counts as empty.
_HARMLESS = {".git"}


def start_dataset(folder: str | Path, choices: Choices | Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Write a new dataset into a folder that is missing or empty, and return the paths of its files.

    It is validated before it appears, and appears as a whole or not at all. What a mapping of choices leaves out is
    as `make_choices` proposes it.

    Raises:
        EventpackError: The folder is not empty, or a choice will not do.
        DiskError: The disk refuses; nothing is left behind.
    """
    place = Path(folder)
    require_empty(place)
    decided = choices if isinstance(choices, Choices) else make_choices(choices or {}, place)
    files = starter_files(decided)
    try:
        with _workplace(place) as made:
            _make(made, files, decided)
            names = tuple(sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()))
            _put_in_place(made, place)
    except OSError as error:
        raise DiskError(f"cannot write {place}: {error.strerror or error}", "check permissions and space") from error
    return names


def require_empty(place: Path) -> None:
    """Raise `EventpackError` unless a folder is missing, or empty but for git's own; nothing is ever overwritten."""
    try:
        held = sorted({path.name for path in place.iterdir()} - _HARMLESS) if os.path.lexists(place) else []
    except OSError as error:
        raise EventpackError(f"{place} is no folder to write in ({error.strerror})", "name a new folder") from error
    if held:
        raise EventpackError(f"{place} is not empty: it holds {held[0]}", "name a new or an empty folder")


@contextmanager
def _workplace(place: Path) -> Iterator[Path]:
    """An empty folder in the file system of the place, removed at the end with all that is left in it."""
    near = place if place.is_dir() else next(above for above in place.absolute().parents if above.is_dir())
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=near) as temporary:
        made = Path(temporary, "dataset")  # of ordinary mode, unlike a temporary folder
        made.mkdir()
        yield made


def _make(made: Path, files: Mapping[str, bytes], choices: Choices) -> None:
    """Write the files, bring them into form, build what is built from them, and let nothing pass that is not clean."""
    for path, data in files.items():
        write_atomically(made / path, data)
    for finding in validate(made).findings:
        if finding.where.table == "event_types" and finding.code.split("/")[0] != "descriptor":
            what = f"{choices.types}:{finding.where.line}: {finding.what}"
            raise EventpackError(what, finding.fix or "mend the file, or use --types none")
    format_files([made])
    build(made)
    if (report := validate(made)).findings:
        raise NotClean("the new dataset would not be valid, so it is not written", report)


def _put_in_place(made: Path, place: Path) -> None:
    """Move the whole folder, or what is in it when the place is there; when that fails, take everything back."""
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        made.rename(place)
        return
    moved: list[Path] = []
    try:
        for path in sorted(made.iterdir()):
            if os.path.lexists(target := place / path.name):
                raise EventpackError(f"{target} has appeared meanwhile", "name a new or an empty folder")
            path.rename(target)
            moved.append(target)
    except BaseException:  # an interruption too: a half-written dataset is of no use
        for target in moved:
            shutil.move(target, made / target.name)
        raise
