"""Packages: what is in them, their version by git, the same bytes everywhere, and nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack import packaging
from eventpack.building import NotClean, build
from eventpack.cli.package import package as command
from eventpack.errors import DiskError, EventpackError
from eventpack.files import sha256
from eventpack.moving import put_in_place
from eventpack.origin import read_origin
from eventpack.packaging import Packaged, package
from eventpack.validation import validate
from tests.casepack import copy_base
from tests.tablepack import write_tables

SOURCE_ROOT = Path(__file__).parent.parent / "scripts"
WHEN = "2024-05-04T08:00:00Z"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No git repository above the temporary folder counts, nor any setting of this machine."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def git(folder: Path, *words: str) -> None:
    """Run git as somebody, at a fixed time."""
    who = {
        f"GIT_{role}_{what}": f"someone{end}"
        for role in ("AUTHOR", "COMMITTER")
        for what, end in (("NAME", ""), ("EMAIL", "@example.org"))
    }
    dates = {"GIT_AUTHOR_DATE": "2024-05-04T10:00:00+0200", "GIT_COMMITTER_DATE": "2024-05-04T10:00:00+0200"}
    subprocess.run(
        ["git", "-C", str(folder), *words], env={**os.environ, **who, **dates}, check=True, capture_output=True
    )


def repository(folder: Path) -> Path:
    """The base package as the only commit of a repository."""
    copy_base(folder)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "data")
    return folder


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}


def test_the_folder_holds_all_and_verifies_itself(tmp_path: Path) -> None:
    """Tables, descriptor, codebook, citation, README; the checksums and the manifest agree with the files."""
    folder = copy_base(tmp_path / "pack")
    (folder / "LICENSE-DATA").write_text("Terms\n", "utf-8")
    packaged = package(folder, tmp_path / "dist")
    held = digests(packaged.folder)
    made = {
        "datapackage.json",
        "codebook.md",
        "CITATION.cff",
        "README.md",
        "LICENSE-DATA",
        "manifest.json",
        "SHA256SUMS",
    }
    assert made | {f"data/{path.name}" for path in (folder / "data").glob("*.csv")} == set(held)
    sums = (packaged.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    assert {name: digest for name, digest in held.items() if name != "SHA256SUMS"} == {
        name: digest for digest, _, name in (line.partition("  ") for line in sums)
    }
    manifest = json.loads((packaged.folder / "manifest.json").read_text("utf-8"))
    listed = {file["path"]: file["sha256"] for file in manifest["files"]}
    assert {n: d for n, d in held.items() if n not in ("SHA256SUMS", "manifest.json")} == listed
    assert manifest["counts"]["events"] == 2
    assert {"EV-aaaaaa", "EV-bbbbbb"} == set(manifest["records"]["events"])


def test_the_descriptor_stands_alone(tmp_path: Path) -> None:
    """Schemas are inside, sizes and digests are those of the files, and only the mark of record files is gone."""
    packaged = package(copy_base(tmp_path / "pack"), tmp_path / "dist")
    descriptor = json.loads((packaged.folder / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        data = (packaged.folder / resource["path"]).read_bytes()
        assert (len(data), f"sha256:{sha256(data)}") == (resource["bytes"], resource["hash"])
        assert isinstance(resource["schema"], dict)
    marks = {r["name"]: sorted(key for key in r if key.startswith("eventpack:")) for r in descriptor["resources"]}
    assert (marks["events"], marks["claims"], marks["estimates"]) == ([], [], ["eventpack:derivation"])
    inside = {r["name"]: r["schema"].get("eventpack:inside") for r in descriptor["resources"]}
    assert (inside["events"], inside["claims"]) == (None, "events")


@pytest.mark.referee
def test_folder_and_archive_are_the_same_and_pass(tmp_path: Path) -> None:
    """Both validate here and with frictionless; the archive holds exactly the files of the folder."""
    packaged = package(copy_base(tmp_path / "pack"), tmp_path / "dist")
    assert [validate(path, referee=True).findings for path in (packaged.folder, packaged.archive)] == [(), ()]
    with zipfile.ZipFile(packaged.archive) as archive:
        inside = {name: sha256(archive.read(name)) for name in archive.namelist() if not name.endswith("/")}
    assert digests(packaged.folder) == inside


def test_a_record_digest_follows_its_definition(tmp_path: Path) -> None:
    """Anyone can compute it: filled cells as sorted JSON, rows of the record inside it without the repeated key."""
    packaged = package(copy_base(tmp_path / "pack"), tmp_path / "dist")
    place = {
        "place_id": "PLC-bbbbbb",
        "name": "Freedonia",
        "kind": "country",
        "country": "FRE",
        "latitude": "12",
        "longitude": "-30",
        "radius_km": "200",
    }
    assert text_digest(place) == packaged.manifest.records["places"]["PLC-bbbbbb"]
    claim = {
        "claim_id": "CL-cccccc", "source_id": "SRC-aaaaaa", "stance": "supposes", "said_by": "ACT-cccccc",
        "statement": "The Union of Bakers asks that the tax on flour be lowered.", "hedge": "none",
        "condition": "if the government gives in", "no_passage": "not-held", "status": "accepted",
    }  # fmt: skip
    event = {
        "event_id": "EV-bbbbbb", "title": "Lower tax on flour", "type": "CONCEDE", "realis": "hypothetical",
        "date_basis": "unknown", "review": "coded", "coded_by": "coder-1", "coded_on": "2024-05-03", "codebook": "0.1",
        "participants": [{"actor_id": "ACT-aaaaaa", "role": "initiator"}],
        "event_places": [{"place_id": "PLC-bbbbbb", "role": "concerned"}], "claims": [claim],
    }  # fmt: skip
    assert text_digest(event) == packaged.manifest.records["events"]["EV-bbbbbb"]


def text_digest(value: object) -> str:
    """A content digest, by its definition."""
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8"))


def test_a_commit_keeps_the_version_and_its_time(tmp_path: Path) -> None:
    """In a clean tree the version is the descriptor's, `created` the commit's time in UTC, wherever `out` lies."""
    folder = repository(tmp_path / "pack")
    first = package(folder, folder / "dist")
    again = package(folder, folder / "dist")
    assert first.manifest == again.manifest
    assert again.folder.name == "bakers-of-freedonia-0.1.0"
    assert again.manifest.edition.created == WHEN
    assert len(again.manifest.edition.commit) == 40
    descriptor = json.loads((again.folder / "datapackage.json").read_text("utf-8"))
    assert (descriptor["version"], descriptor["created"]) == ("0.1.0", WHEN)
    assert 'version: "0.1.0"' in (again.folder / "CITATION.cff").read_text("utf-8")


def test_a_changed_tree_is_dirty(tmp_path: Path) -> None:
    """A new file that git does not ignore makes the version `+dirty`, without time and commit."""
    folder = repository(tmp_path / "pack")
    (folder / "draft.txt").write_text("x", "utf-8")
    edition = package(folder, tmp_path / "dist").manifest.edition
    assert (edition.version, edition.created, edition.commit) == ("0.1.0+dirty", "", "")


def test_outside_git_the_content_marks_the_version(tmp_path: Path) -> None:
    """The same content has the same mark, other content another one; the clock is never asked."""
    folder = copy_base(tmp_path / "pack")
    first = package(folder, tmp_path / "one").manifest.edition
    again = package(shutil.copytree(folder, tmp_path / "copy"), tmp_path / "two").manifest.edition
    assert first == again
    assert first.version.startswith("0.1.0+sha.")
    assert first.created == ""
    (folder / "data/places.csv").write_text(
        (folder / "data/places.csv").read_text("utf-8").replace("Milltown", "Milton"), "utf-8"
    )
    build(folder)
    assert first.version != package(folder, tmp_path / "three").manifest.edition.version


def test_a_folder_that_git_ignores_is_outside_git(tmp_path: Path) -> None:
    """The commit of a surrounding repository says nothing about files that it does not hold."""
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("pack/\n", "utf-8")
    git(tmp_path, "add", ".gitignore")
    git(tmp_path, "commit", "-q", "-m", "x")
    assert read_origin(copy_base(tmp_path / "pack"), "datapackage.json") is None


def test_git_variables_of_a_hook_do_not_mislead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a hook of another repository, GIT_DIR names that one; the folder's own repository counts."""
    folder, other = repository(tmp_path / "pack"), tmp_path / "other"
    wanted = read_origin(folder, "datapackage.json")
    other.mkdir()
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert wanted is not None
    assert wanted == read_origin(folder, "datapackage.json")


def test_without_git_there_is_no_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git packages like one outside git."""
    folder = repository(tmp_path / "pack")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_origin(folder, "datapackage.json") is None


@pytest.mark.long
def test_places_zones_and_languages_do_not_matter(tmp_path: Path) -> None:
    """Two clones, packaged under different time zones, locales and hash seeds, give equal archives."""
    folder, clone = repository(tmp_path / "pack"), tmp_path / "elsewhere" / "clone"
    git(tmp_path, "clone", "-q", str(folder), str(clone))
    code = "import sys; from eventpack.packaging import package; package(sys.argv[1], sys.argv[2])"
    surroundings = [
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "LANGUAGE": "de", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"},
    ]
    archives = []
    for index, (place, settings) in enumerate(zip((folder, clone), surroundings, strict=True)):
        out = tmp_path / f"dist{index}"
        environment = {**os.environ, "PYTHONPATH": str(SOURCE_ROOT), **settings}
        subprocess.run([sys.executable, "-c", code, str(place), str(out)], env=environment, check=True, cwd=place)
        archives.append((out / "bakers-of-freedonia-0.1.0.zip").read_bytes())
    assert archives[0] == archives[1]


def test_an_older_package_of_that_name_is_replaced(tmp_path: Path) -> None:
    """No file of the old folder stays, and nothing is left beside the two results."""
    folder = repository(tmp_path / "pack")
    old = package(folder, tmp_path / "dist")
    (old.folder / "data/leftover.csv").write_text("x", "utf-8")
    new = package(folder, tmp_path / "dist")
    assert not (new.folder / "data/leftover.csv").exists()
    assert [new.folder.name, new.archive.name] == sorted(path.name for path in (tmp_path / "dist").iterdir())


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    """Without a manifest it is no package of ours, whatever its name."""
    folder = repository(tmp_path / "pack")
    foreign = tmp_path / "dist/bakers-of-freedonia-0.1.0"
    foreign.mkdir(parents=True)
    (foreign / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(EventpackError) as caught:
        package(folder, tmp_path / "dist")
    assert caught.value.what.endswith("is there and is no package of ours")
    assert (foreign / "thesis.txt").read_text("utf-8") == "years of work"


def test_a_folder_in_the_place_of_the_archive_is_not_replaced(tmp_path: Path) -> None:
    """It is said before anything is written; the older folder stays as it was."""
    folder = repository(tmp_path / "pack")
    old = package(folder, tmp_path / "dist")
    old.archive.unlink()
    old.archive.mkdir()
    (old.folder / "README.md").write_text("older", "utf-8")
    with pytest.raises(EventpackError):
        package(folder, tmp_path / "dist")
    assert (old.folder / "README.md").read_text("utf-8") == "older"
    assert [old.folder.name, old.archive.name] == sorted(path.name for path in (tmp_path / "dist").iterdir())


def test_when_the_second_cannot_be_placed_the_first_is_taken_back(tmp_path: Path) -> None:
    """Old folder and old archive stay together; the new folder is where it was made."""
    made, place, archive = tmp_path / "made", tmp_path / "place", tmp_path / "place.zip"
    for folder, text in ((made, "new"), (place, "old")):
        folder.mkdir()
        (folder / "a").write_text(text, "utf-8")
    archive.write_text("old", "utf-8")
    with pytest.raises(FileNotFoundError):
        put_in_place(((made, place), (tmp_path / "never-made.zip", archive)), tmp_path / "aside")
    assert ((made / "a").read_text(), (place / "a").read_text(), archive.read_text()) == ("new", "old", "old")


def test_a_place_that_cannot_be_written_is_an_error_of_the_disk(tmp_path: Path) -> None:
    """Where a file stands, no folder can be made."""
    (tmp_path / "dist").write_text("", "utf-8")
    with pytest.raises(DiskError):
        package(copy_base(tmp_path / "pack"), tmp_path / "dist")


def test_data_with_errors_is_not_packaged(tmp_path: Path) -> None:
    """A stale file suffices; the report says what is wrong, and nothing is written."""
    folder = copy_base(tmp_path / "pack")
    (folder / "CITATION.cff").write_bytes(b"")
    with pytest.raises(NotClean) as caught:
        package(folder, tmp_path / "dist")
    assert [finding.code for finding in caught.value.report.findings] == ["build/stale"]
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("version", ["", "1/2", "../1"])
def test_a_version_must_name_a_file(tmp_path: Path, version: str) -> None:
    """The folder is named by the version, so it must have one, and one without slashes."""
    folder = write_tables(tmp_path / "pack", {"a": "b\n"}, version=version)
    with pytest.raises(EventpackError):
        package(folder, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("target", ["../terms.txt", "nowhere.txt"])
def test_licence_texts_are_not_taken_from_outside(tmp_path: Path, target: str) -> None:
    """A link that leaves the package, or leads nowhere, is told and not left out in silence."""
    folder = write_tables(tmp_path / "pack", {"a": "b\n"})
    (tmp_path / "terms.txt").write_text("Terms\n", "utf-8")
    (folder / "LICENSE-DATA").symlink_to(target)
    with pytest.raises(EventpackError) as caught:
        package(folder, tmp_path / "dist")
    assert caught.value.what.startswith("`LICENSE-DATA` cannot be packaged: ")
    assert not (tmp_path / "dist").exists()


def test_a_path_with_a_dot_is_the_file_that_it_names(tmp_path: Path) -> None:
    """`./a.csv`, which the standard allows, is `a.csv` in the archive, where it is found again."""
    folder = write_tables(tmp_path / "pack", {"a": "b\nx\n"})
    descriptor = folder / "datapackage.json"
    descriptor.write_text(descriptor.read_text("utf-8").replace('"a.csv"', '"./a.csv"'), "utf-8")
    package(folder, tmp_path / "dist")
    archive = next((tmp_path / "dist").glob("*.zip"))
    assert "a.csv" in zipfile.ZipFile(archive).namelist()
    assert validate(archive).findings == ()


def test_a_package_is_not_packaged_again(tmp_path: Path) -> None:
    """Neither the folder nor the archive is a source tree."""
    packaged: Packaged = package(copy_base(tmp_path / "pack"), tmp_path / "dist")
    for path in (packaged.folder, packaged.archive):
        with pytest.raises(EventpackError) as caught:
            package(path, tmp_path / "again")
        assert caught.value.what.endswith("is packaged already")


@pytest.mark.referee
def test_other_peoples_tables_can_be_packaged(tmp_path: Path) -> None:
    """A package without records or marks is packaged too, with no citation when it has no contributors."""
    packaged = package(write_tables(tmp_path / "pack", {"a": "b\nx\n"}), tmp_path / "dist")
    assert {"a.csv", "datapackage.json", "codebook.md", "README.md", "manifest.json", "SHA256SUMS"} == set(
        digests(packaged.folder)
    )


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    """Two results with their sizes and one closing line; data with errors exits with 1."""
    folder = repository(tmp_path / "pack")
    app = Typer()
    app.command()(command)
    result = CliRunner().invoke(app, [str(folder), "--out", str(tmp_path / "dist")])
    lines = result.stdout.splitlines()
    assert (result.exit_code, len(lines)) == (0, 3)
    made = tmp_path / "dist/bakers-of-freedonia-0.1.0"
    sizes = [path.stat().st_size for path in made.rglob("*") if path.is_file()]
    assert lines[0] == f"{made.as_posix()}/  26 files, {sum(sizes) / 1000:.1f} kB"
    assert lines[2].startswith("packaged bakers-of-freedonia 0.1.0: 20 tables, ")
    (folder / "data/claims.csv").write_bytes(b"")
    refused = CliRunner().invoke(app, [str(folder), "--out", str(tmp_path / "dist")])
    assert refused.exit_code == 1
    assert "build/stale" in refused.stdout


def test_what_a_killed_run_moved_aside_comes_back(tmp_path: Path) -> None:
    """The next run finds the old package in the folder that was left behind, and removes that folder."""
    folder, out = repository(tmp_path / "pack"), tmp_path / "dist"
    first = package(folder, out)
    left = out / f".{first.folder.name}.k1ll3d" / "old"
    left.mkdir(parents=True)
    first.folder.rename(left / first.folder.name)
    packaging._recover(out, first.folder.name)
    assert first.manifest.edition.version in first.folder.name
    assert (first.folder / "manifest.json").is_file()
    assert sorted(path.name for path in out.iterdir()) == sorted([first.folder.name, first.archive.name])


def test_warnings_are_refused_too(tmp_path: Path) -> None:
    """A misspelt property would be published without a word."""
    folder = repository(tmp_path / "pack")
    file = folder / "datapackage.json"
    file.write_text(file.read_text("utf-8").replace('"licenses"', '"licences"'), "utf-8")
    with pytest.raises(NotClean) as caught:
        package(folder, tmp_path / "dist")
    assert {"descriptor/unknown-property"} <= {finding.code for finding in caught.value.report.findings}
    assert not (tmp_path / "dist").exists()
