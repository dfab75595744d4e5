"""`exports.json`, beside the files of an export: which formats there are, from which bytes, and by which libraries."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from eventpack.catalogue import read_marked
from eventpack.errors import DamagedError, DiskError, EventpackError
from eventpack.files import write_atomically
from eventpack.jsontext import json_bytes
from eventpack.listing import ListedFile, copy_listed, first_fault, paths_problem
from eventpack.model import Model, in_form, not_empty, prop
from eventpack.moving import put_in_place

EXPORTS = "exports.json"
EXPORTS_VERSION = "1"
FORMAT_NAME = r"[a-z][a-z0-9-]*"


class ExportedFormat(Model):
    """One format: its files, and the versions of the libraries on which their bytes depend."""

    format: str = prop(check=in_form(FORMAT_NAME, "a name in lower case letters, digits and -"))
    libraries: dict[str, str] = prop(default={})
    files: list[ListedFile] = prop(check=not_empty)

    def to_json(self) -> dict[str, object]:
        """The format as it stands in `exports.json`."""
        files = [file.to_json() for file in sorted(self.files, key=lambda file: file.path)]
        return {"format": self.format, "libraries": dict(sorted(self.libraries.items())), "files": files}


class Exports(Model):
    """The content of `exports.json`; `core` is the SHA-256 of the list of checksums of what was exported."""

    exports: str
    name: str = prop(check=not_empty)
    version: str
    core: str = prop(check=in_form("[0-9a-f]{64}", "64 hexadecimal digits in lower case"))
    tool: str
    formats: list[ExportedFormat]

    def misfit(self) -> str:
        """Each format stands once, with files in a folder of its name."""
        named = [each.format for each in self.formats or () if each]
        if len(set(named)) < len(named):
            return "`formats` hold one twice"
        for each in self.formats or ():
            files = each.files if each else None
            if not files or any(file is None or not file.path for file in files):
                return ""  # said already
            if any(not file.path.startswith(f"{each.format}/") for file in files):
                return f"the files of `{each.format}` are not in the folder of its name"
        problem = paths_problem(self.files)
        return f"`formats` {problem}" if problem else ""

    @property
    def files(self) -> list[ListedFile]:
        """The files of all formats."""
        return [file for each in self.formats for file in each.files]

    def format(self, name: str) -> ExportedFormat | None:
        """What there is in one format, or none."""
        return next((each for each in self.formats if each.format == name), None)

    def to_bytes(self) -> bytes:
        """`exports.json`, the same bytes whatever the order in which formats were written."""
        head = {"exports": EXPORTS_VERSION, "name": self.name, "version": self.version, "core": self.core}
        formats = [each.to_json() for each in sorted(self.formats, key=lambda each: each.format)]
        return json_bytes({**head, "tool": self.tool, "formats": formats})


def exports_folder(name: str, version: str) -> str:
    """The name of the folder of exports beside a package; no version of SemVer ends like that."""
    return f"{name}-{version}.exports" if version else f"{name}.exports"


def exports_version(version: str) -> str:
    """The name of the folder of exports beside that of a version, in a place and in the cache."""
    return f"{version}.exports"


def read_exports(data: bytes, label: str) -> Exports:
    """What an `exports.json` says; `label` names the file in messages.

    Raises:
        DamagedError: It is none.
        EventpackError: A newer version of this tool wrote it.
    """
    return read_marked(Exports, data, label, "exports")


def rewrite_exports(
    place: Path, head: Exports, anew: Collection[str], fill: Callable[[Path], list[ExportedFormat]]
) -> Exports:
    """Put formats into the folder at `place`, beside those of the same core that it holds; the rest of it goes.

    `fill` writes the formats that are named in `anew` into a folder beside the place, which then becomes it in one
    move. What is said in `head` stands in `exports.json`, with the formats that there are now.

    Raises:
        EventpackError: Something else stands at the place.
        DiskError: The disk refuses; what was there is as it was.
    """
    with _staging(place) as made:
        kept = _kept(place, head.core, anew)
        new = made / place.name
        new.mkdir()
        for file in (file for each in kept for file in each.files):
            if not copy_listed(place / file.path, new / file.path, file):
                raise DamagedError(f"{place / file.path} changed while it was read", "run it again")
        exports = replace(head, formats=sorted([*kept, *fill(new)], key=lambda each: each.format))
        write_atomically(new / EXPORTS, exports.to_bytes())
        put_in_place([(new, place)], made / "old")
    return exports


def _kept(place: Path, core: str, anew: Collection[str]) -> list[ExportedFormat]:
    """What stays of a folder of exports: formats of the same core that are not put there anew and are as they were."""
    if not os.path.lexists(place):
        return []
    if not (place / EXPORTS).is_file():
        raise EventpackError(f"{place} is there and holds no exports", "move it away, or name another folder")
    try:
        held = read_exports((place / EXPORTS).read_bytes(), str(place / EXPORTS))
    except DamagedError:
        return []
    same = held.core == core
    return [each for each in held.formats if same and each.format not in anew and not first_fault(place, each.files)]


@contextmanager
def _staging(place: Path) -> Iterator[Path]:
    """A folder beside the place; what killed runs left of such folders is removed."""
    parent = place.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob(f".{place.name}.*/"):
            for old in (left / "old").glob("*"):
                if not place.exists():
                    old.rename(place)
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=f".{place.name}.", dir=parent) as made:
            yield Path(made)
    except OSError as error:
        what = f"cannot write {place}: {error.strerror or error}"
        raise DiskError(what, "check permissions and free space, or name another folder") from error
