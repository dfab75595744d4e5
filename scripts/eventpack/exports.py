"""`exports.json`, beside the files of an export: which formats there are, from which bytes, and by which libraries."""

from __future__ import annotations

from dataclasses import dataclass

from eventpack.catalogue import read_marked
from eventpack.jsontext import json_bytes
from eventpack.listing import ListedFile, paths_problem
from eventpack.model import Model, in_form, not_empty, prop

EXPORTS = "exports.json"
EXPORTS_VERSION = "1"
FORMAT_NAME = r"[a-z][a-z0-9-]*"


@dataclass(frozen=True, kw_only=True)
class ExportedFormat(Model):
    """One format: its files, and the versions of the libraries on which their bytes depend."""

    format: str = prop(check=in_form(FORMAT_NAME, "a name in lower case letters, digits and -"))
    libraries: dict[str, str] = prop({})
    files: list[ListedFile] = prop(check=not_empty)

    def to_json(self) -> dict[str, object]:
        """The format as it stands in `exports.json`."""
        files = [file.to_json() for file in sorted(self.files, key=lambda file: file.path)]
        return {"format": self.format, "libraries": dict(sorted(self.libraries.items())), "files": files}


@dataclass(frozen=True, kw_only=True)
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


def read_exports(data: bytes, label: str) -> Exports:
    """What an `exports.json` says; `label` names the file in messages.

    Raises:
        DamagedError: It is none.
        EventpackError: A newer version of this tool wrote it.
    """
    return read_marked(Exports, data, label, "exports")
