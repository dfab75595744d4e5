"""DataCite metadata from a descriptor; tests/system/test_catalogues.py holds it against the official schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eventpack.describing.datacite import UNKNOWN, datacite
from eventpack.describing.described import Described, DescribedFile, describe_package
from eventpack.opening import open_package
from tests.tablepack import write_tables

TIME = "2026-03-05T12:00:00Z"
PROJECT = {"title": "The project", "roles": ["creator"]}
ADA = {
    "title": "Ada B.", "givenName": "Ada", "familyName": "B.", "roles": ["creator", "Editor"],
    "organization": "Lab", "path": "https://orcid.org/0000-0002-1825-0097",
}  # fmt: skip


def described(folder: Path, **properties: object) -> Described:
    """A package of one table, with these properties in its descriptor."""
    held: dict[str, Any] = {"title": "Data", "contributors": [PROJECT], "created": TIME, **properties}
    package = open_package(write_tables(folder, {"a": "b\n"}, **held))
    return describe_package(package, [DescribedFile("a.csv", "text/csv", bytes=2, sha256="0" * 64)])


def test_the_least_that_can_be_said(tmp_path: Path) -> None:
    """What the standard requires is there; a publisher that nobody names is said to be unavailable, not invented."""
    expected = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceType": "Event data", "resourceTypeGeneral": "Dataset"},
        "titles": [{"title": "Data"}],
        "creators": [{"name": "The project"}],
        "publisher": {"name": UNKNOWN},
        "publicationYear": "2026",
        "dates": [{"date": "2026-03-05", "dateType": "Issued"}],
        "version": "0.1.0",
        "sizes": ["1 table", "2 bytes"],
        "formats": ["text/csv"],
    }
    assert expected == datacite(described(tmp_path))


def test_people_and_their_roles(tmp_path: Path) -> None:
    """Authors are creators with the family name first and their ORCID; every other role makes a contributor."""
    helper = {"title": "Helper", "role": "wrangler"}
    publisher = {"title": "The press", "role": "publisher"}
    found = datacite(described(tmp_path, contributors=[ADA, PROJECT, helper, publisher]))
    ada = {
        "name": "B., Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "B.",
        "nameIdentifiers": [
            {"nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID",
             "schemeUri": "https://orcid.org"},
        ],
        "affiliation": [{"name": "Lab"}],
    }  # fmt: skip
    assert found["creators"] == [ada, {"name": "The project"}]
    assert found["publisher"] == {"name": "The press"}
    helped = {"name": "Helper", "contributorType": "DataCurator"}
    assert found["contributors"] == [{**ada, "contributorType": "Editor"}, helped]


def test_identifiers_and_sources(tmp_path: Path) -> None:
    """A DOI is one in whatever form it stands, any other id an alternate one; sources with an address are related."""
    sources = [{"title": "Book"}, {"title": "Web", "path": "https://example.org/x"}, {"path": "https://doi.org/10.5/x"}]
    with_doi = datacite(described(tmp_path / "a", id="https://doi.org/10.1234/abc", sources=sources))
    assert (with_doi["doi"], with_doi.get("alternateIdentifiers")) == ("10.1234/abc", None)
    other = datacite(described(tmp_path / "b", id="b7f0", sources=[]), doi="10.1234/given")
    assert other["doi"] == "10.1234/given"
    assert other["alternateIdentifiers"] == [
        {"alternateIdentifier": "b7f0", "alternateIdentifierType": "Data Package id"}
    ]
    assert with_doi["relatedIdentifiers"] == [
        {"relatedIdentifier": address, "relatedIdentifierType": "URL", "relationType": "IsDerivedFrom"}
        for address in ("https://example.org/x", "https://doi.org/10.5/x")
    ]


def test_licences_by_spdx_id_or_address(tmp_path: Path) -> None:
    """A licence that SPDX knows has its id; another one its title and address, when it has them."""
    licences = [{"name": "CC-BY-4.0", "title": "By"}, {"name": "our-terms", "path": "https://example.org/terms"}]
    found: Any = datacite(described(tmp_path, licenses=licences))["rightsList"]
    known, own = found
    assert known == {
        "rights": "By", "rightsUri": "https://spdx.org/licenses/CC-BY-4.0", "rightsIdentifier": "cc-by-4.0",
        "rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/",
    }  # fmt: skip
    assert own == {"rights": "our-terms", "rightsUri": "https://example.org/terms"}
