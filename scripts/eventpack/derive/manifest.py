"""The manifest of a packaged folder: files with size and digest, tables with rows, records with a content digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventpack.derive.edition import Edition
from eventpack.digests import content_digests
from eventpack.files import sha256
from eventpack.jsontext import json_bytes
from eventpack.ledger import read_ledger
from eventpack.listing import ListedFile
from eventpack.subject import Subject

MANIFEST_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of `manifest.json`; `eventpack.digests` defines the digests in `records`.

    `verification` says how many claims were verified in the texts, by outcome, and with which versions of the tool.
    """

    name: str
    edition: Edition
    tool: str
    counts: Mapping[str, int]
    files: tuple[ListedFile, ...]
    records: Mapping[str, Mapping[str, str]]
    verification: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The manifest as the documented JSON object."""
        edition = self.edition
        return {
            "manifest": MANIFEST_VERSION,
            "name": self.name,
            "version": edition.version,
            **({"created": edition.created} if edition.created else {}),
            **({"commit": edition.commit} if edition.commit else {}),
            "tool": self.tool,
            "counts": dict(self.counts),
            **({"verification": dict(self.verification)} if self.verification else {}),
            "files": [file.to_json() for file in self.files],
            "records": {table: dict(digests) for table, digests in self.records.items()},
        }


def make_manifest(subject: Subject, edition: Edition, tool: str, files: Mapping[str, bytes]) -> Manifest:
    """The manifest of a packaged state; `files` are all its files except the manifest and the checksums."""
    listed = tuple(ListedFile(path=path, bytes=len(data), sha256=sha256(data)) for path, data in sorted(files.items()))
    counts = {name: table.size for name, table in subject.tables.items()}
    records = content_digests(subject.package, subject.tables)
    return Manifest(subject.package.descriptor.name, edition, tool, counts, listed, records, _verification(subject))


def _verification(subject: Subject) -> dict[str, object]:
    """How many claims have which outcome in the ledger, how many findings are excepted, and the versions of the tool;
    nothing without a ledger."""
    ledger, _, _ = read_ledger(subject.package.tree)
    if ledger is None:
        return {}
    told = {"exceptions": len(ledger.exceptions), "tools": ledger.tools, "latest": ledger.latest}
    return {**ledger.counts, **told}


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as a file."""
    return json_bytes(manifest.to_json())


def sums_bytes(files: Mapping[str, bytes]) -> bytes:
    """The checksums of files in the form that `sha256sum -c` reads."""
    return "".join(f"{sha256(data)}  {path}\n" for path, data in sorted(files.items())).encode("utf-8")
