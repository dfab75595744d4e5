"""CITATION.cff, the citation file of the Citation File Format 1.2.0."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from eventpack.depots.dois import doi_of
from eventpack.descriptor import Contributor, Descriptor, Package

CITATION = "CITATION.cff"
# CFF accepts SPDX ids only; a licence that is not among those usual for data is given by its address.
SPDX = re.compile(
    r"CC0-1\.0|CC-BY(-NC)?(-ND|-SA)?-[1-4]\.[05]|ODbL-1\.0|ODC-By-1\.0|PDDL-1\.0|MIT|Apache-2\.0|BSD-[23]-Clause"
)
_WEB = re.compile(r"https?://\S+")
ORCID = re.compile(r"https?://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?")
_AUTHORS = {"author", "creator"}


def citation_bytes(package: Package, version: str = "") -> bytes | None:
    """The citation file of a package, under its own version or another one; none without title or contributors."""
    descriptor = package.descriptor
    if not descriptor.title or not any(map(_author, descriptor.contributors)):
        return None
    return ("\n".join(_lines(package, version or descriptor.version)) + "\n").encode("utf-8")


def citation_text(descriptor: Descriptor, version: str, created: str) -> str:
    """One line to cite a version of a dataset by; `created` is its time (ISO 8601) or empty."""
    people = [
        " ".join(part for part in (person.given_name, person.family_name) if part) or person.title
        for person in descriptor.contributors
    ]
    by = ", ".join(person for person in people if person)
    year = f" ({created[:4]})" if created else ""
    start = f"{by}{year}. " if by else ""
    numbered = f" Version {version}." if version else ""
    return " ".join(f"{start}{descriptor.title or descriptor.name}.{numbered} Dataset.".split())


def _lines(package: Package, version: str) -> Iterator[str]:
    descriptor = package.descriptor
    yield "cff-version: 1.2.0"
    yield 'message: "If you use this dataset, please cite it with the metadata of this file."'
    yield "type: dataset"
    yield f"title: {_quoted(descriptor.title)}"
    if descriptor.description:
        yield f"abstract: {_quoted(descriptor.description)}"
    if version:
        yield f"version: {_quoted(version)}"
    yield from _licence(descriptor)
    if doi := doi_of(str(package.raw.get("id", ""))):
        yield f"doi: {_quoted(doi)}"
    if _WEB.fullmatch(descriptor.homepage):
        yield f"url: {_quoted(descriptor.homepage)}"
    yield "authors:"
    for author in authors_of(descriptor):
        for index, (key, value) in enumerate(author):
            yield f"{'    ' if index else '  - '}{key}: {_quoted(value)}"
    if descriptor.keywords:
        yield "keywords:"
        yield from (f"  - {_quoted(word)}" for word in dict.fromkeys(descriptor.keywords))


def _licence(descriptor: Descriptor) -> Iterator[str]:
    names = [licence.name for licence in descriptor.licenses if SPDX.fullmatch(licence.name)]
    if len(names) > 1:
        yield "license:"
        yield from (f"  - {name}" for name in names)
    elif names:
        yield f"license: {names[0]}"
    else:
        pages = [licence.path for licence in descriptor.licenses if _WEB.fullmatch(licence.path)]
        yield from (f"license-url: {_quoted(page)}" for page in pages[:1])


def authors_of(descriptor: Descriptor) -> list[list[tuple[str, str]]]:
    """The creators, each by the parts of the name, as CFF names them."""
    return [_author(person) for person in creators_of(descriptor)]


def creators_of(descriptor: Descriptor) -> list[Contributor]:
    """Those called authors or creators, everybody when nobody is; whoever has no name is left out."""
    people = [person for person in descriptor.contributors if _author(person)]
    return [person for person in people if _roles(person) & _AUTHORS] or people


def _roles(person: Contributor) -> set[str]:
    return {*person.roles, person.role}


def _author(person: Contributor) -> list[tuple[str, str]]:
    """A person by the parts of the name, anybody else as an entity under the title."""
    if not (person.given_name or person.family_name):
        return [("name", person.title)] if person.title else []
    organization = person.organization or person.organisation
    orcid = ORCID.fullmatch(person.path)
    parts = [("given-names", person.given_name), ("family-names", person.family_name), ("affiliation", organization)]
    parts.append(("orcid", f"https://orcid.org/{orcid[1]}" if orcid else ""))
    return [(key, value) for key, value in parts if value]


def _quoted(text: str) -> str:
    """Text as a double-quoted YAML scalar; JSON strings are such, but for DEL and the two line separators."""
    raw = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", raw)
