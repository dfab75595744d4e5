"""Catalogue metadata, held against the programs and official schemas of those who read it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from eventpack.description import describe
from tests.describedpack import LITTLE, MUCH, packaged
from tests.system.opened import ENVIRONMENTS, HERE, READERS, differences, expected, release, seen

pytestmark = pytest.mark.system
MLCROISSANT = next(reader for reader in READERS if reader.title == "mlcroissant")
CONTEXT = HERE / "node_modules/ro-crate/lib/context.json"


@pytest.fixture(scope="module", params=["much", "little", "ours"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packages that say much of themselves, and little; and the dataset of this repository."""
    place = tmp_path_factory.mktemp(request.param)
    if request.param == "ours":
        return release(place)
    return packaged(place, **(MUCH if request.param == "much" else LITTLE))


def run(environment: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A program in one of the environments."""
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    program, *rest = words
    command = [str(ENVIRONMENTS / environment / "bin" / program), *map(str, rest)]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def told_by_datacite(path: Path) -> str:
    """What the official schema finds."""
    done = run("datacite", "python", HERE / "readers/check_datacite.py", path)
    assert done.returncode == 0, done.stderr
    return done.stdout


def told_of_crate(folder: Path) -> Any:
    """What validator and reader of crates say."""
    done = run("rocrate", "python", HERE / "readers/check_crate.py", folder, CONTEXT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_mlcroissant_validates_and_reads_every_record(folder: Path) -> None:
    """Without an issue or warning; every cell of every record is that of the tables."""
    what = seen(MLCROISSANT, folder)
    assert what.errors == ()
    assert differences(expected(MLCROISSANT, folder), what.tables) == []


def test_mlcroissant_would_find_a_missing_column(tmp_path: Path) -> None:
    """A field that no column feeds does not pass, so records were really read."""
    folder = packaged(tmp_path, **LITTLE)
    path = folder / "croissant.json"
    path.write_text(path.read_text("utf-8").replace('"column": "title"', '"column": "heading"'), "utf-8")
    with pytest.raises(AssertionError, match="heading"):
        seen(MLCROISSANT, folder)


def test_datacite_accepts_it(folder: Path, tmp_path: Path) -> None:
    """The JSON schema of DataCite 4.5 finds nothing."""
    path = tmp_path / "datacite.json"
    path.write_bytes(describe(folder, "datacite").data)
    assert told_by_datacite(path) == ""


def test_datacite_would_refuse(tmp_path: Path) -> None:
    """Neither a missing publisher nor a property that 4.5 does not know passes."""
    value = json.loads(describe(packaged(tmp_path, **LITTLE), "datacite").data)
    del value["publisher"]
    path = tmp_path / "datacite.json"
    path.write_text(json.dumps({**value, "coverage": "here"}), "utf-8")
    told = told_by_datacite(path)
    assert "'publisher' is a required property" in told
    assert "'coverage' was unexpected" in told


def test_cffconvert_accepts_the_citation_file(folder: Path) -> None:
    """It is valid by the schema of CFF 1.2.0."""
    done = run("cffconvert", "cffconvert", "--validate", "-i", folder / "CITATION.cff")
    assert done.stdout.strip() == "Citation metadata are valid according to schema version 1.2.0.", done.stderr


def test_a_crate_is_valid_and_read(folder: Path) -> None:
    """roc-validator finds no required property missing; rocrate reads the title, the authors and every file."""
    told = told_of_crate(folder)
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert (told["required"], told["name"]) == ([], descriptor["title"])
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(told["files"]) == held - {"ro-crate-metadata.json", "manifest.json", "SHA256SUMS"}
    creators = [one["title"] for one in descriptor["contributors"] if "creator" in one.get("roles", ["creator"])]
    assert told["authors"] == creators[: len(told["authors"])] != []


def test_a_crate_lacks_only_what_nobody_said(tmp_path: Path) -> None:
    """What is recommended and still missing is what the descriptor does not say: pages, contacts and further texts."""
    told = told_of_crate(packaged(tmp_path, **MUCH))["recommended"]
    missing = ("URL", "ROR", "contactPoint", "License", "Data Entities SHOULD have a `description`")
    assert [message for message in told if not any(word in message for word in missing)] == []


def test_the_validator_would_refuse_a_crate(tmp_path: Path) -> None:
    """A crate without licence, and one that names a file that is not there, do not pass."""
    folder = packaged(tmp_path, **LITTLE)
    path = folder / "ro-crate-metadata.json"
    value = json.loads(path.read_text("utf-8"))
    del value["@graph"][1]["license"]
    path.write_text(json.dumps(value), "utf-8")
    (folder / "data/events.csv").unlink()
    required = " ".join(told_of_crate(folder)["required"])
    assert "MUST have a `license` property" in required
    assert "data/events.csv" in required
