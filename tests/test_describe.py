"""Catalogue metadata: what each form says, what it refuses, and where it lies.

That the forms are valid is what tests/system/test_catalogues.py holds against the programs that read them.
"""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack.cli.describe import describe as command
from eventpack.derive import derived_files
from eventpack.description import NAMES, base_of, describe
from eventpack.errors import EventpackError
from eventpack.files import sha256
from eventpack.opening import open_package
from eventpack.publishing import publish
from eventpack.subject import read_subject
from tests.describedpack import ADA, LITTLE, MUCH, describe_as, packaged
from tests.loopback import serve

ROOT = Path(__file__).parents[1]
TITLE = "Bakers of Freedonia"
app = Typer()
app.command()(command)


def said(place: Path | str, form: str) -> Any:
    """A description as JSON."""
    return json.loads(describe(place, form).data)


@pytest.fixture
def much(tmp_path: Path) -> Path:
    """A packaged dataset that says much of itself."""
    return packaged(tmp_path, **MUCH)


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """One that says only what all forms require."""
    return packaged(tmp_path, **LITTLE)


def titles(form: str, value: Any) -> str:
    """The title where a form has it."""
    places = {
        "datacite": lambda: value["titles"][0]["title"],
        "ro-crate": lambda: value["@graph"][1]["name"],
    }
    found: str = places.get(form, lambda: value["name"])()
    return found


@pytest.mark.parametrize("form", [name for name in NAMES if name != "cff"])
def test_a_title_is_written_in_one_place(form: str, much: Path) -> None:
    """With another title in the descriptor, a form has that one, and the old one nowhere."""
    before = describe(much, form).data
    assert titles(form, json.loads(before)) == TITLE
    describe_as(much, title="Millers of Freedonia")
    after = describe(much, form).data
    assert titles(form, json.loads(after)) == "Millers of Freedonia"
    assert TITLE not in after.decode("utf-8")


def test_citation_is_the_file_of_the_package(much: Path) -> None:
    """The form for citing is the CITATION.cff that packaging wrote."""
    assert describe(much, "cff").data == (much / "CITATION.cff").read_bytes()


@pytest.mark.parametrize(("form", "name"), [("croissant", "croissant.json"), ("ro-crate", "ro-crate-metadata.json")])
def test_the_package_carries_what_describe_says(form: str, name: str, much: Path) -> None:
    """The two forms that speak of files by their paths lie beside them, in the folder and in the zip."""
    carried = (much / name).read_bytes()
    assert carried == describe(much, form).data
    assert carried == describe(much.with_name(f"{much.name}.zip"), form).data


def test_what_says_too_little_carries_nothing(tmp_path: Path) -> None:
    """Without a description there is neither a Croissant file nor a crate, rather than invalid ones."""
    folder = packaged(tmp_path)
    assert sorted(path.name for path in folder.iterdir() if "cr" in path.name) == []
    with pytest.raises(EventpackError) as caught:
        describe(folder, "croissant")
    assert caught.value.what == "Croissant 1.1 requires what the descriptor does not say: description"


def test_a_tree_has_no_time_yet(much: Path) -> None:
    """Forms that require the time of publication are for what is packaged, and the refusal says so."""
    source = much.parents[1] / "source"
    with pytest.raises(EventpackError) as caught:
        describe(source, "datacite")
    assert caught.value.fix == "describe what `eventpack package` made, which has a time"
    assert said(source, "schema.org")["distribution"][0]["sha256"] == sha256((source / "data/sources.csv").read_bytes())


def test_schema_org_has_what_search_engines_ask_for(much: Path) -> None:
    """Names, terms, people with their identifiers, files with addresses, sizes and digests, and what is measured."""
    value = said(much, "schema.org")
    assert (value["@context"], value["@type"], value["@id"]) == (
        "https://schema.org/", "Dataset", "https://doi.org/10.1234/bakers",
    )  # fmt: skip
    assert value["license"] == ["https://spdx.org/licenses/CC-BY-4.0", {"@type": "CreativeWork", "name": "Ours"}]
    assert value["creator"][0] == {
        "@type": "Person", "name": "Ada B.", "givenName": "Ada", "familyName": "B.",
        "affiliation": {"@type": "Organization", "name": "Lab"}, "url": ADA["path"],
    }  # fmt: skip
    assert [agent["name"] for agent in value["contributor"]] == ["Helper", "Nobody in particular"]
    assert (value["publisher"]["name"], value["keywords"]) == ("The press", ["bread", "rolls"])
    files = {file["contentUrl"]: file for file in value["distribution"]}
    data = (much / "data/events.csv").read_bytes()
    assert (files["data/events.csv"]["contentSize"], files["data/events.csv"]["sha256"]) == (
        f"{len(data)} B", sha256(data),
    )  # fmt: skip
    measured = {variable["propertyID"] for variable in value["variableMeasured"]}
    assert {"events.date_earliest", "claims.stance"} <= measured
    assert not {"events.event_id", "claims.event_id"} & measured


def test_croissant_has_types_keys_and_codes(much: Path) -> None:
    """Each table is a set of records whose fields have a type, the column they come from, and where they lead."""
    value = said(much, "croissant")
    sets = {records["@id"]: records for records in value["recordSet"]}
    fields = {field["@id"]: field for records in sets.values() for field in records["field"]}
    assert sets["events"]["key"] == {"@id": "events/event_id"}
    assert sets["participants"]["key"] == [{"@id": f"participants/{name}"} for name in ("event_id", "actor_id", "role")]
    assert fields["events/date_earliest"]["dataType"] == "sc:Date"
    assert "\nRefers to `sources/source_id`." in fields["claims/source_id"]["description"]
    assert "\n`occurred`: " in fields["events/realis"]["description"]
    assert fields["events/title"]["source"] == {
        "fileObject": {"@id": "data/events.csv"}, "extract": {"column": "title"},
    }  # fmt: skip


def test_a_crate_lists_every_file_but_the_lists_of_files(much: Path) -> None:
    """All files are parts, with size and digest; what holds digests of the crate itself is left out."""
    value = said(much, "ro-crate")
    entities = {entity["@id"]: entity for entity in value["@graph"]}
    files = {name: entity for name, entity in entities.items() if entity["@type"] == "File"}
    held = {path.relative_to(much).as_posix() for path in much.rglob("*") if path.is_file()}
    assert set(files) == held - {"ro-crate-metadata.json", "manifest.json", "SHA256SUMS"}
    assert [{"@id": name} for name in files] == entities["./"]["hasPart"]
    assert all(files[name]["sha256"] == sha256((much / name).read_bytes()) for name in files)
    named = [value for entity in value["@graph"] for value in references(entity)]
    assert [name for name in named if name not in entities and not name.startswith("https://w3id.org/")] == []


def references(value: Any) -> list[str]:
    """The ids that an entity refers to."""
    if isinstance(value, dict) and set(value) == {"@id"}:
        return [value["@id"]]
    if isinstance(value, dict):
        return [name for held in value.values() for name in references(held)]
    return [name for item in value for name in references(item)] if isinstance(value, list) else []


def test_on_the_web_files_have_their_addresses(much: Path, tmp_path: Path) -> None:
    """A version at an address is described by addresses, so that the description can be read anywhere."""
    publish(much, tmp_path / "site", yes=True)
    with serve(tmp_path / "site") as server:
        address = f"{server.url}/bakers-of-freedonia"
        for form in ("schema.org", "croissant"):
            first = said(address, form)["distribution"][0]["contentUrl"]
            assert first == f"{address}/0.1.0/data/sources.csv"


@pytest.mark.parametrize(
    ("ref", "base"),
    [
        ("https://example.org/data/ships/", "https://example.org/data/ships/1.0.0%2Bx/"),
        ("https://me:secret@example.org/ships", "https://example.org/ships/1.0.0%2Bx/"),
        ("s3://bucket/data/ships", ""),
        ("https://doi.org/10.5281/zenodo.123", ""),
        ("zenodo:123", ""),
        ("dist/ships-1.0.0", ""),
    ],
)
def test_addresses_are_those_of_a_published_place_only(ref: str, base: str) -> None:
    """What lies in a bucket or depot is not named by addresses that nobody could follow, and no password is told."""
    assert base_of(ref, "1.0.0+x") == base


def test_what_is_only_expected_is_left_out_and_named(little: Path) -> None:
    """A form is written without an address that nobody gave, and the command says so."""
    result = CliRunner().invoke(app, [str(little), "--as", "croissant"])
    assert result.exit_code == 0
    assert result.stderr == "left out, since the descriptor does not say it: homepage\n"
    assert "url" not in json.loads(result.stdout)


def test_out_writes_a_file(little: Path, tmp_path: Path) -> None:
    """The file has the bytes that are else printed."""
    target = tmp_path / "new" / "datacite.json"
    result = CliRunner().invoke(app, [str(little), "--as", "datacite", "--out", str(target)])
    assert (result.exit_code, result.stdout) == (0, f"wrote {target.as_posix()}\n")
    assert target.read_bytes() == describe(little, "datacite").data


def test_an_unknown_form_is_refused(little: Path) -> None:
    """With the nearest name and all of them."""
    with pytest.raises(EventpackError) as caught:
        describe(little, "croissants")
    assert caught.value.what == "`croissants` is no form of description; did you mean `croissant`?"


def published(much: Path, tmp_path: Path) -> tuple[Path, str, Any]:
    """The folder of the dataset at a place, its page, and the description inside it."""
    publish(much, str(tmp_path / "site"), yes=True)
    folder = tmp_path / "site/bakers-of-freedonia"
    text = (folder / "index.html").read_text("utf-8")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert len(blocks) == 1
    return folder, text, json.loads(blocks[0])


def test_a_published_place_has_a_page_that_search_engines_read(much: Path, tmp_path: Path) -> None:
    """It holds the description by schema.org, whose addresses lead to files with those digests, the archive first."""
    folder, _, value = published(much, tmp_path)
    told = said(much, "schema.org")
    assert {key: value[key] for key in told if key != "distribution"} == {
        key: told[key] for key in told if key != "distribution"
    }
    first, *files = value["distribution"]
    assert first["contentUrl"] == "0.1.0/bakers-of-freedonia-0.1.0.zip"
    assert {file["contentUrl"] for file in files} >= {"0.1.0/data/events.csv", "0.1.0/croissant.json"}
    for file in (first, *files):
        assert sha256((folder / file["contentUrl"]).read_bytes()) == file["sha256"]


def test_what_the_descriptor_says_cannot_break_the_page(much: Path, tmp_path: Path) -> None:
    """Marks of HTML stay text: in the page, in attributes and in the description inside."""
    _, text, value = published(much, tmp_path)
    assert value["description"] == MUCH["description"]
    assert "<when>" not in text
    assert text.count("</script>") == 1
    parser = Seen()
    parser.feed(text)
    assert MUCH["description"] in parser.texts
    assert parser.links <= {path.relative_to(tmp_path / "site/bakers-of-freedonia").as_posix()
                            for path in (tmp_path / "site/bakers-of-freedonia").rglob("*")}  # fmt: skip


class Seen(HTMLParser):
    """The texts of a page, and where its links inside the place lead."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: set[str] = set()

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a link."""
        address = dict(attrs).get("href") or ""
        if address and "://" not in address:
            self.links.add(address)


def test_the_page_is_that_of_the_latest_version(much: Path, tmp_path: Path) -> None:
    """Publishing again changes nothing; without a description there is no page."""
    folder, text, _ = published(much, tmp_path)
    assert publish(much, str(tmp_path / "site"), yes=True).already
    assert (folder / "index.html").read_text("utf-8") == text
    silent = packaged(tmp_path / "silent")
    publish(silent, str(tmp_path / "other"), yes=True)
    assert not (tmp_path / "other/bakers-of-freedonia/index.html").exists()


def test_the_title_of_our_dataset_is_written_once() -> None:
    """Only the descriptor holds it; the other files of the repository that do are built, released or printed."""
    package = open_package(ROOT)
    subject, _ = read_subject(package)
    words = ["git", "-C", str(ROOT), "grep", "-lF", package.descriptor.title]
    found = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    printed = {"docs/guide/load.md"}  # what a program on the page prints; tests/docs holds it against the program
    written = {path for path in found if not path.startswith("releases/")} - derived_files(subject).keys() - printed
    assert written == {"datapackage.json"}
