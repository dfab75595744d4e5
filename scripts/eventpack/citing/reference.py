"""What a reference says, whatever form it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eventpack.depots.dois import doi_of
from eventpack.derive.citation import authors_of
from eventpack.descriptor import Package
from eventpack.lives.states import State
from eventpack.releasing.bookkeeping import NEXT

_WEB = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Author:
    """A person by the parts of the name, or anybody by a whole `name`."""

    family: str = ""
    given: str = ""
    name: str = ""

    def __str__(self) -> str:
        return self.name or f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class CitedRecord:
    """One record: its id, table and label, and the digest of its content."""

    id: str
    table: str
    label: str
    digest: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A version of a dataset, or one record of it; the day is empty when it is not released.

    `doi` is that of the version, else that of the dataset; `url` where it can be found.
    """

    name: str
    title: str
    authors: tuple[Author, ...]
    version: str
    date: str
    doi: str
    url: str
    withdrawn: bool
    record: CitedRecord | None = None

    @property
    def key(self) -> str:
        """A name for it in a list of references."""
        parts = [self.name, self.version, *([self.record.id] if self.record else [])]
        return re.sub(r"[^A-Za-z0-9._:-]+", "-", "-".join(part for part in parts if part))

    @property
    def note(self) -> str:
        """What identifies a record: id, table and digest; and that a version was withdrawn."""
        said = []
        if self.record:
            said.append(
                f"Record {self.record.id} of the table {self.record.table}, content SHA-256 {self.record.digest}"
            )
        if self.withdrawn:
            said.append("This version was withdrawn")
        if not self.date:
            said.append("Not released")
        return ". ".join(said)

    @property
    def link(self) -> str:
        """Where it can be found: by DOI, else at its address."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


def reference_to(state: State, package: Package, record: CitedRecord | None = None) -> Cited:
    """The reference to a version, or to one record of it."""
    descriptor = package.descriptor
    authors = tuple(
        Author(parts.get("family-names", ""), parts.get("given-names", ""), parts.get("name", ""))
        for parts in map(dict, authors_of(descriptor))
    )
    doi = doi_of(state.doi) or doi_of(str(package.raw.get("id", "")))
    url = descriptor.homepage if _WEB.fullmatch(descriptor.homepage) else ""
    version = descriptor.version if state.version == NEXT else state.version
    date = descriptor.created[:10] if state.date else ""  # a place may have published it years after its release
    return Cited(
        descriptor.name, descriptor.title or descriptor.name, authors, version, date or state.date, doi, url,
        state.status == "withdrawn", record,
    )  # fmt: skip
