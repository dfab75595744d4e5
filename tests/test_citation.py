"""CITATION.cff by the rules of the Citation File Format 1.2.0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from eventpack.derive.citation import citation_bytes
from eventpack.opening import open_package
from tests.tablepack import write_tables

PROJECT = {"title": "The project", "roles": ["creator"]}


def citation_of(folder: Path, version: str = "", **properties: object) -> dict[str, Any]:
    """The citation file of a package with these properties, as YAML reads it."""
    package = open_package(
        write_tables(folder, {"a": "b\n"}, **{"title": "Data", "contributors": [PROJECT], **properties})
    )
    data = citation_bytes(package, version)
    assert data is not None
    value: dict[str, Any] = yaml.safe_load(data)
    return value


def test_a_dataset_with_everything(tmp_path: Path) -> None:
    """All required keys of the format are there, a person by the parts of the name, a body by its name."""
    orcid = "https://orcid.org/0000-0002-1825-0097"
    person = {
        "title": "Ada B.", "givenName": "Ada", "familyName": "B.", "role": "author", "organization": "Lab",
        "path": orcid,
    }  # fmt: skip
    found = citation_of(
        tmp_path,
        description="What\nit is: 1 # 2",
        keywords=["a", "b", "a"],
        licenses=[{"name": "CC-BY-4.0", "path": "https://example.org/by"}],
        contributors=[PROJECT, person, {"title": "Helper", "roles": ["editor"]}],
        homepage="https://example.org",
        id="https://doi.org/10.1234/abc",
    )
    expected = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it with the metadata of this file.",
        "type": "dataset",
        "title": "Data",
        "abstract": "What\nit is: 1 # 2",
        "version": "0.1.0",
        "license": "CC-BY-4.0",
        "doi": "10.1234/abc",
        "url": "https://example.org",
        "authors": [
            {"name": "The project"},
            {"given-names": "Ada", "family-names": "B.", "affiliation": "Lab", "orcid": orcid},
        ],
        "keywords": ["a", "b"],
    }
    assert expected == found


def test_the_packaged_version_replaces_that_of_the_descriptor(tmp_path: Path) -> None:
    """The version stays text, also when it looks like a number."""
    assert citation_of(tmp_path, "1.10")["version"] == "1.10"


def test_a_licence_without_spdx_id_is_given_by_its_page(tmp_path: Path) -> None:
    """The format knows SPDX ids only; other names would make the file invalid."""
    found = citation_of(tmp_path, licenses=[{"name": "our-terms", "path": "https://example.org/terms"}])
    assert (found.get("license"), found.get("license-url")) == (None, "https://example.org/terms")


def test_an_id_that_is_no_doi_is_left_out(tmp_path: Path) -> None:
    """Nothing is called a DOI that is none."""
    assert "doi" not in citation_of(tmp_path, id="b7f0c9c4-0a5c-4b0e-9d7b-111111111111")


@pytest.mark.parametrize("properties", [{"contributors": []}, {"title": ""}])
def test_no_citation_without_authors_or_title(tmp_path: Path, properties: dict[str, object]) -> None:
    """The format requires both, and nobody is invented."""
    held = {"title": "Data", "contributors": [PROJECT], **properties}
    assert citation_bytes(open_package(write_tables(tmp_path, {"a": "b\n"}, **held))) is None


@pytest.mark.parametrize("title", ["- a: b", "“x” & *y", 'say "no"\\', "tab\there", "del\x7f\u2028end", "é 😀", "true"])
def test_any_title_survives_yaml(tmp_path: Path, title: str) -> None:
    """Strings are quoted so that a YAML reader gives back what the descriptor holds."""
    assert title == citation_of(tmp_path, title=title)["title"]
