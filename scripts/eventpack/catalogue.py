"""`versions.json` and `latest.json`, the two files by which a published place says what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from eventpack.document import Document
from eventpack.errors import DamagedError, EventpackError, TextError
from eventpack.files import decode
from eventpack.jsontext import json_bytes, parse_json
from eventpack.listing import ListedFile, paths_problem
from eventpack.model import NAMED, Model, in_form, not_empty, prop
from eventpack.reading import M, read_object
from eventpack.versions import latest_of, parse_version, version_problem

VERSIONS, POINTER = "versions.json", "latest.json"
SIGNED = "signed/"  # where the signatures of a signed dataset are
CATALOGUE_VERSION = "1"
VERSION_FORM = r"[0-9A-Za-z][0-9A-Za-z.+_-]*"


class ListedVersion(Model):
    """One published version; `files` and `archive` have paths relative to the version's folder.

    `date` is the day of publication (UTC), `changes` one paragraph, `archive` the zip of the same files. `exports` is
    `exports.json` in the folder `<version>.exports`, which lists what there is in other formats.
    """

    version: str = prop(check=in_form(VERSION_FORM, "a version"))
    date: str = prop(check=in_form(r"\d{4}-\d\d-\d\d", "a day like 2026-03-05"))
    status: Literal["released", "withdrawn"]
    changes: str = ""
    archive: ListedFile | None = None
    files: list[ListedFile] = prop(check=not_empty)
    exports: ListedFile | None = None

    def misfit(self) -> str:
        """Paths must be able to stand side by side."""
        if not self.files or any(file is None or file.path is None for file in self.files):
            return ""  # said already
        problem = paths_problem(self.all_files())
        return f"`files` {problem}" if problem else ""

    def all_files(self) -> list[ListedFile]:
        """The files and the archive of them."""
        return [*self.files, *([self.archive] if self.archive else [])]

    def to_json(self) -> dict[str, object]:
        """The version as it stands in `versions.json`."""
        return {
            "version": self.version,
            "date": self.date,
            "status": self.status,
            "changes": self.changes,
            **({"archive": self.archive.to_json()} if self.archive else {}),
            "files": [file.to_json() for file in self.files],
            **({"exports": self.exports.to_json()} if self.exports else {}),
        }


class Catalogue(Model):
    """The content of `versions.json`: all versions in the order in which they were published.

    `signed` is the folder with signatures of it; empty when there are none.
    """

    catalogue: str
    name: str = prop(check=NAMED)
    signed: Literal["", "signed/"] = ""
    versions: list[ListedVersion]

    def misfit(self) -> str:
        """A version follows SemVer, so that versions have an order, and stands once."""
        texts = [entry.version for entry in self.versions or () if entry and entry.version]
        if wrong := [text for text in texts if not parse_version(text)]:
            return f"`versions` hold `{wrong[0]}`, which is no version by SemVer"
        twice = next((text for text, count in Counter(texts).items() if count > 1), "")
        return f"`versions` hold {twice} twice" if twice else ""

    def entry(self, version: str) -> ListedVersion | None:
        """What is said about a version, or none when it is not published."""
        return next((entry for entry in self.versions if entry.version == version), None)

    def with_status(self, status: str) -> list[str]:
        """The versions of one status, in the order of publication."""
        return [entry.version for entry in self.versions if entry.status == status]

    @property
    def latest(self) -> str:
        """The version that `latest` means; empty when there is none."""
        return latest_of(self.with_status("released"))


class Pointer(Model):
    """The content of `latest.json`: the version to take, and its folder beside the file."""

    pointer: str
    name: str = prop(check=NAMED)
    version: str = prop(check=version_problem)
    path: str


def read_catalogue(data: bytes, label: str) -> Catalogue:
    """The catalogue that a file holds; `label` is the file's address, for messages.

    Properties that are not known are passed over: within one marker they are only added.

    Raises:
        DamagedError: It is no catalogue; line and column are told.
        EventpackError: It was written by a newer version of this tool.
    """
    return read_marked(Catalogue, data, label, "catalogue")


def read_marked(model: type[M], data: bytes, label: str, marker: str) -> M:
    """A JSON file as a model; the property `marker` holds the version of its format, which must be "1"."""
    try:
        text = decode(data, marker)
        value = parse_json(text, marker)
    except TextError as error:
        raise _unreadable(f"{label}:{error.line}:{error.column}: {error.what}") from error
    if isinstance(value, dict) and value.get(marker, CATALOGUE_VERSION) != CATALOGUE_VERSION:
        what = f"{label} is of format {value[marker]!r}, and this eventpack reads {CATALOGUE_VERSION!r}"
        raise EventpackError(what, "install a newer eventpack")
    result, misfits = read_object(model, value)
    if result is None:
        first = misfits[0]
        found = f" (found {first.found})" if first.found else ""
        raise _unreadable(f"{Document(label, text).at(*first.pointer)}: {first.what}{found}")
    return result


def _unreadable(what: str) -> DamagedError:
    return DamagedError(what, "check the address; if it is right, tell whoever publishes it")


def catalogue_bytes(name: str, old: Catalogue | None, new: ListedVersion | None, *, signed: bool = False) -> bytes:
    """`versions.json` with one more version, with the exports of one that had none, or said to be signed.

    What the old file says stays, known or not.
    """
    held: Sequence[Mapping[str, object]] = old.given["versions"] if old else ()
    if old and new and old.entry(new.version):
        told = {"exports": new.exports.to_json()} if new.exports else {}
        held, new = [{**(told if raw["version"] == new.version else {}), **raw} for raw in held], None
    first = dict(old.given) if old else {"catalogue": CATALOGUE_VERSION, "name": name}
    first |= {"signed": SIGNED} if signed else {}
    return json_bytes({**first, "versions": [*held, *([new.to_json()] if new else [])]})


def pointer_bytes(name: str, version: str) -> bytes:
    """`latest.json` for a version."""
    return json_bytes({"pointer": CATALOGUE_VERSION, "name": name, "version": version, "path": f"{version}/"})
