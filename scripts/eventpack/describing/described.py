"""A version of a dataset as catalogues are told of it: everything from the descriptor, and the list of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eventpack.depots.dois import doi_of
from eventpack.derive.citation import ORCID, SPDX, citation_text, creators_of
from eventpack.describing.ownfiles import SAID, mediatype_of
from eventpack.descriptor import Contributor, Package
from eventpack.resource import License, Source
from eventpack.schema import Schema

_WEB = re.compile(r"https?://\S+")
_ROR = re.compile(r"https?://ror\.org/0[a-z0-9]{6}\d\d/?")
AUTHORS, PUBLISHERS = frozenset({"author", "creator"}), frozenset({"publisher", "distributor"})


@dataclass(frozen=True, slots=True)
class Agent:
    """A person by the parts of the name, or anybody by a whole name; `link` is a page or an identifier (ORCID, ROR)."""

    name: str
    given: str = ""
    family: str = ""
    affiliation: str = ""
    link: str = ""
    roles: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether it is surely a person; anybody else counts as an organisation, as in CITATION.cff."""
        return bool(self.given or self.family or self.orcid)

    @property
    def orcid(self) -> str:
        """The ORCID in its full form; empty when there is none."""
        match = ORCID.fullmatch(self.link)
        return f"https://orcid.org/{match[1]}" if match else ""

    @property
    def ror(self) -> str:
        """The ROR id in its full form; empty when there is none."""
        return self.link.rstrip("/") if _ROR.fullmatch(self.link) else ""


@dataclass(frozen=True, slots=True)
class Terms:
    """A licence: its SPDX id when it has one, its title, and the address of its text (empty: none)."""

    id: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """A file of the version; size and digest are none and empty when they are not known."""

    path: str
    mediatype: str
    title: str = ""
    description: str = ""
    bytes: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """A table, with the path of its file."""

    name: str
    title: str
    description: str
    path: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class Described:
    """One version of a dataset; `created` is its time (ISO 8601), `link` its DOI as an address, else its homepage.

    `agents` are all contributors, `creators` those who count as authors. The addresses of files begin with `base`,
    which is empty where they lie beside the description; an `archive` holds all of them.
    """

    name: str
    title: str
    description: str
    version: str
    created: str
    keywords: tuple[str, ...]
    licences: tuple[Terms, ...]
    creators: tuple[Agent, ...]
    agents: tuple[Agent, ...]
    id: str
    doi: str
    homepage: str
    sources: tuple[Source, ...]
    citation: str
    files: tuple[DescribedFile, ...]
    tables: tuple[DescribedTable, ...]
    base: str = ""
    archive: DescribedFile | None = None

    @property
    def link(self) -> str:
        """Where the dataset can be found; empty when the descriptor does not say."""
        return f"https://doi.org/{self.doi}" if self.doi else self.homepage

    @property
    def publisher(self) -> Agent | None:
        """The contributor who is called publisher or distributor."""
        return next((agent for agent in self.agents if PUBLISHERS & set(agent.roles)), None)


def describe_package(
    package: Package, files: Iterable[DescribedFile], *, version: str = "", created: str = "", base: str = ""
) -> Described:
    """What catalogues are told of a package with these files, under its own version and time or other ones."""
    descriptor = package.descriptor
    version, created = version or descriptor.version, created or descriptor.created
    return Described(
        name=descriptor.name,
        title=descriptor.title,
        description=descriptor.description,
        version=version,
        created=created,
        keywords=tuple(dict.fromkeys(descriptor.keywords)),
        licences=tuple(map(_terms, descriptor.licenses)),
        creators=tuple(map(_agent, creators_of(descriptor))),
        agents=tuple(agent for agent in map(_agent, descriptor.contributors) if agent.name),
        id=descriptor.id,
        doi=doi_of(descriptor.id),
        homepage=descriptor.homepage if _WEB.fullmatch(descriptor.homepage) else "",
        sources=tuple(descriptor.sources),
        citation=citation_text(descriptor, version, created),
        files=tuple(files),
        tables=tuple(
            DescribedTable(table.name, table.title, table.description, table.path, package.schemas[table.name])
            for table in package.tables
        ),
        base=base,
    )


def files_of(package: Package, held: Mapping[str, tuple[int, str]]) -> list[DescribedFile]:
    """The files of a package: its resources, then the others that are `held`, which gives bytes and SHA-256 by path."""
    resources = {resource.path: resource for resource in package.descriptor.resources if resource.path}
    return [
        *(
            DescribedFile(
                path, resource.mediatype or mediatype_of(path), resource.title, resource.description,
                *held.get(path, (resource.bytes, (resource.hash or "").removeprefix("sha256:"))),
            )
            for path, resource in resources.items()
        ),
        *(
            DescribedFile(path, mediatype_of(path), description=SAID.get(path, ""), bytes=size, sha256=digest)
            for path, (size, digest) in sorted(held.items())
            if path not in resources
        ),
    ]  # fmt: skip


def _agent(person: Contributor) -> Agent:
    whole = " ".join(part for part in (person.given_name, person.family_name) if part)
    return Agent(
        name=whole or person.title,
        given=person.given_name,
        family=person.family_name,
        affiliation=person.organization or person.organisation,
        link=person.path if _WEB.fullmatch(person.path) else "",
        roles=tuple(role for role in dict.fromkeys((*person.roles, person.role)) if role),
    )


def _terms(licence: License) -> Terms:
    known = licence.name if SPDX.fullmatch(licence.name) else ""
    page = licence.path if _WEB.fullmatch(licence.path) else ""
    return Terms(known, licence.title or licence.name, page or (f"https://spdx.org/licenses/{known}" if known else ""))
