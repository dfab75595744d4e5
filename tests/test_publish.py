"""Publishing: what a place holds afterwards, what is refused, and that a killed run leaves the old state."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack.building import NotClean
from eventpack.cli.publish import publish as command
from eventpack.downloading import download
from eventpack.errors import DamagedError, DiskError, EventpackError, NotAPackage
from eventpack.jsontext import json_bytes
from eventpack.listing import first_fault, listed
from eventpack.packaging import package
from eventpack.publishing import publish
from eventpack.publishing.changes import section
from tests.places import NAME, copy_release, git, published, release, reseal, source_tree, tree
from tests.tablepack import write_tables

SOURCE_ROOT = Path(__file__).parent.parent / "scripts"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of one's own, and the clock's day."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def catalogue(place: Path) -> dict[str, Any]:
    """What versions.json says."""
    value: dict[str, Any] = json.loads((place / NAME / "versions.json").read_text("utf-8"))
    return value


def refused(path: Path, place: Path, error: type[EventpackError] = EventpackError) -> str:
    """What is said when publishing is refused; nothing was written."""
    before = tree(place) if place.exists() else {}
    with pytest.raises(error) as caught:
        publish(path, place, yes=True)
    assert type(caught.value) is error
    assert (tree(place) if place.exists() else {}) == before
    return caught.value.what


def test_a_place_holds_the_files_the_zip_and_two_lists(tmp_path: Path) -> None:
    """Under name and version lie the packaged files and the zip; versions.json lists all with size and digest."""
    made = release()
    done = publish(made, tmp_path / "site", changes="First\n version.", yes=True)
    folder = tmp_path / "site" / NAME / "0.1.0"
    zip_name = f"{NAME}-0.1.0.zip"
    assert tree(folder) == tree(made) | {zip_name: made.with_name(zip_name).read_bytes()}
    (entry,) = catalogue(tmp_path / "site")["versions"]
    assert (entry["version"], entry["status"], entry["changes"]) == ("0.1.0", "released", "First version.")
    held = {
        path: {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in tree(folder).items()
    }
    assert {file["path"]: file for file in [*entry["files"], entry["archive"]]} == held
    pointer = json.loads((tmp_path / "site" / NAME / "latest.json").read_text("utf-8"))
    assert pointer == {"pointer": "1", "name": NAME, "version": "0.1.0", "path": "0.1.0/"}
    assert (done.done, done.latest, done.files) == (True, "0.1.0", len(held))


def test_the_date_is_the_day_of_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In UTC; reproducible builds give another one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772668799")
    publish(release(), tmp_path, yes=True)
    (entry,) = catalogue(tmp_path)["versions"]
    assert entry["date"] == "2026-03-04"


def test_the_plan_touches_nothing(tmp_path: Path) -> None:
    """Without yes the place is not even made; the plan says what would be written."""
    plan = publish(release(), tmp_path / "site")
    where = f"{(tmp_path / 'site').as_posix()}/{NAME}"
    assert (plan.done, plan.already) == (False, False)
    assert [step.what for step in plan.steps] == [f"{where}/0.1.0/", f"{where}/versions.json", f"{where}/latest.json"]
    assert not (tmp_path / "site").exists()


def test_folder_and_zip_publish_the_same(tmp_path: Path) -> None:
    """Each of the two is made from the other when it is not there."""
    only_folder = copy_release(tmp_path / "made")
    only_zip = Path(shutil.copy(release().with_name(f"{NAME}-0.1.0.zip"), tmp_path))
    publish(only_folder, tmp_path / "one", yes=True)
    publish(only_zip, tmp_path / "two", yes=True)
    publish(release(), tmp_path / "three", yes=True)
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "three")


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """Not even a time of change; folder and zip count as the same."""
    published(tmp_path, "0.1.0")
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*") if path.name != ".lock"}
    again = publish(release().with_name(f"{NAME}-0.1.0.zip"), tmp_path, changes="Other words.", yes=True)
    assert (again.already, again.latest) == (True, "0.1.0")
    assert times == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*") if path.name != ".lock"}


def test_other_bytes_under_a_published_version_are_refused(tmp_path: Path) -> None:
    """The first file that differs is named, and the place stays as it was."""
    published(tmp_path, "0.1.0")
    says = refused(release(extra="s9999,late ship\n"), tmp_path)
    assert says == f"{tmp_path.as_posix()}/{NAME} holds version 0.1.0 with other bytes: README.md differs"


def test_versions_stand_beside_each_other(tmp_path: Path) -> None:
    """The pointer follows the highest release, wherever in the order of publication it comes; nothing else changes."""
    published(tmp_path, "0.2.0", "0.1.1", "0.3.0-rc.1")
    before = tree(tmp_path)
    assert [entry["version"] for entry in catalogue(tmp_path)["versions"]] == ["0.2.0", "0.1.1", "0.3.0-rc.1"]
    assert json.loads(before[f"{NAME}/latest.json"])["version"] == "0.2.0"
    publish(release("0.10.0"), tmp_path, yes=True)
    after = tree(tmp_path)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {f"{NAME}/latest.json", f"{NAME}/versions.json"}
    assert json.loads(after[f"{NAME}/latest.json"])["version"] == "0.10.0"


def test_what_the_lists_hold_beside_is_kept(tmp_path: Path) -> None:
    """Properties of later formats or of the publisher's own survive; a withdrawn version is not pointed to."""
    published(tmp_path, "0.1.0", "0.2.0")
    value = catalogue(tmp_path)
    value["homepage"] = "https://example.org"
    value["versions"][1] |= {"status": "withdrawn", "reason": "counted twice"}
    (tmp_path / NAME / "versions.json").write_bytes(json_bytes(value))
    done = publish(release("0.1.1"), tmp_path, yes=True)
    assert done.latest == "0.1.1"
    now = catalogue(tmp_path)
    assert (now["homepage"], now["versions"][1]["reason"]) == ("https://example.org", "counted twice")


def test_only_pre_releases_have_no_latest(tmp_path: Path) -> None:
    """No pointer is written."""
    done = publish(release("1.0.0-rc.1"), tmp_path, yes=True)
    assert (done.latest, (tmp_path / NAME / "latest.json").exists()) == ("", False)


def test_a_build_outside_git_can_be_published(tmp_path: Path) -> None:
    """Its version ends in a digest; it is the latest only until there is a plain one."""
    folder = write_tables(tmp_path / "pack", {"ships": "id\ns1\n"}, name=NAME)
    made = package(folder, tmp_path / "dist").folder
    first = publish(made, tmp_path / "site", yes=True)
    assert first.latest.startswith("0.1.0+sha.")
    assert publish(release(), tmp_path / "site", yes=True).latest == "0.1.0"


def test_a_dirty_tree_is_not_published(tmp_path: Path) -> None:
    """Nobody could say later what was in it."""
    folder = source_tree(tmp_path / "pack")
    (folder / "draft.txt").write_text("x", "utf-8")
    says = refused(package(folder, tmp_path / "dist").folder, tmp_path / "site")
    assert says == "0.1.0+dirty was packaged from a tree with uncommitted changes"


def test_a_version_without_order_is_not_published(tmp_path: Path) -> None:
    """A year names a package, and says nothing about which is newer."""
    folder = write_tables(tmp_path / "pack", {"ships": "id\ns1\n"}, name=NAME, version="2026")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "data")
    says = refused(package(folder, tmp_path / "dist").folder, tmp_path / "site")
    assert says == "the version `2026` is none by SemVer, so it has no order among others"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda f: (f / "ports.csv").write_text("id,name\np1,Harbor2\n", "utf-8"), "ports.csv has SHA-256"),
        (lambda f: (f / "ports.csv").write_text("id,name\n", "utf-8"), "ports.csv has 8 bytes, expected 19"),
        (lambda f: (f / "ports.csv").unlink(), "lacks ports.csv, which SHA256SUMS lists"),
        (lambda f: (f / "more.csv").write_text("x", "utf-8"), "holds more.csv, which SHA256SUMS does not list"),
        (lambda f: (f / "manifest.json").write_text("{}", "utf-8"), "manifest.json is not as SHA256SUMS says"),
        (lambda f: (f / "SHA256SUMS").write_text("x\n", "utf-8"), "SHA256SUMS:1: not a digest and a path"),
        (lambda f: (f / "more.csv").symlink_to(f / "ports.csv"), "more.csv is no regular file"),
    ],
)  # fmt: skip
def test_a_release_unlike_what_was_packaged_is_refused(
    tmp_path: Path, spoil: Callable[[Path], object], says: str
) -> None:
    """Changed, cut, missing and added files are named."""
    folder = copy_release(tmp_path / "made")
    spoil(folder)
    assert says in refused(folder, tmp_path / "site", DamagedError)


def test_a_zip_of_other_bytes_beside_the_folder_is_refused(tmp_path: Path) -> None:
    """Both would be published, so both must be the same package."""
    folder = copy_release(tmp_path / "made")
    shutil.copy(release("0.2.0").with_name(f"{NAME}-0.2.0.zip"), folder.with_name(f"{folder.name}.zip"))
    says = refused(folder, tmp_path / "site", DamagedError)
    assert says.endswith("is not the archive that packaging makes of these files")


def test_a_descriptor_of_another_version_is_refused(tmp_path: Path) -> None:
    """Even when checksums and manifest were made to agree with it."""
    folder = copy_release(tmp_path / "made")
    text = (folder / "datapackage.json").read_text("utf-8").replace('"version": "0.1.0"', '"version": "0.1.9"')
    (folder / "datapackage.json").write_text(text, "utf-8", newline="\n")
    reseal(folder)
    says = refused(folder, tmp_path / "site", DamagedError)
    assert "datapackage.json has the version '0.1.9', expected '0.1.0'" in says


def test_a_release_with_errors_is_refused(tmp_path: Path) -> None:
    """It agrees with its checksums, and validation finds what is wrong."""
    folder = copy_release(tmp_path / "made")
    (folder / "ports.csv").write_text('id,name\np1,"Harbou\n', "utf-8", newline="\n")
    reseal(folder)
    with pytest.raises(NotClean) as caught:
        publish(folder, tmp_path / "site", yes=True)
    assert caught.value.report.errors > 0
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("what", ["nothing", "source", "file"])
def test_what_is_no_release_is_refused(tmp_path: Path, what: str) -> None:
    """The text says what was expected instead."""
    path = tmp_path / what
    if what == "source":
        source_tree(path)
    elif what == "file":
        path.write_text("x", "utf-8")
    with pytest.raises(NotAPackage) as caught:
        publish(path, tmp_path / "site", yes=True)
    assert caught.value.fix == "name what `eventpack package` made"


def test_other_kinds_of_places_are_refused(tmp_path: Path) -> None:
    """An address is not taken for the name of a folder."""
    with pytest.raises(EventpackError) as caught:
        publish(release(), "sftp://host/data", yes=True)
    says = "only folders and stores (s3://bucket/prefix) can be written"
    assert caught.value.what == f"cannot publish to sftp://host/data: {says}"


def test_a_published_dataset_is_not_a_place(tmp_path: Path) -> None:
    """Who names the folder of the dataset would get `ships/ships`."""
    folder = published(tmp_path)
    assert refused(release("0.2.0"), folder) == f"{folder.as_posix()} is a published dataset itself"


def test_a_file_is_no_place(tmp_path: Path) -> None:
    """The plan says so, before anybody tries."""
    (tmp_path / "site").write_text("", "utf-8")
    with pytest.raises(EventpackError) as caught:
        publish(release(), tmp_path / "site")
    assert caught.value.what.endswith("site is there and is no folder")


@pytest.mark.parametrize("below", ["", "site"])
def test_the_release_is_no_place(tmp_path: Path, below: str) -> None:
    """With a published dataset in it, it would not be what was packaged any more."""
    made = copy_release(tmp_path / "made")
    before = tree(made)
    with pytest.raises(EventpackError) as caught:
        publish(made, made / below, yes=True)
    assert caught.value.what.endswith("lies in the release itself")
    assert tree(made) == before


def test_a_damaged_place_is_told(tmp_path: Path) -> None:
    """A file that changed after publishing is named; with the folder gone, the same bytes are put back."""
    folder = published(tmp_path)
    good = tree(folder)
    (folder / "0.1.0/ports.csv").write_text("id\n", "utf-8")
    says = refused(release(), tmp_path, DamagedError)
    assert says == f"{folder.as_posix()}/0.1.0 is damaged: ports.csv has 3 bytes, expected 19"
    shutil.rmtree(folder / "0.1.0")
    publish(release(), tmp_path, yes=True)
    assert tree(folder) == good


def test_a_folder_that_nobody_listed_is_not_replaced(tmp_path: Path) -> None:
    """It may be anything; it is not taken for a leftover."""
    (tmp_path / NAME / "0.1.0").mkdir(parents=True)
    (tmp_path / NAME / "0.1.0/notes.txt").write_text("mine", "utf-8")
    assert "is not in versions.json, and is not this release" in refused(release(), tmp_path)


def test_unreadable_lists_are_located(tmp_path: Path) -> None:
    """Line and column of what is wrong in versions.json; nothing is written over it."""
    folder = published(tmp_path)
    file = folder / "versions.json"
    file.write_text(file.read_text("utf-8").replace('"released"', '"relaesed"'), "utf-8")
    says = refused(release("0.2.0"), tmp_path, DamagedError)
    assert says.startswith(f"{file.as_posix()}:8:17: `status` must be one of released, withdrawn; did you mean")


def test_lists_of_a_newer_format_are_left_alone(tmp_path: Path) -> None:
    """An older tool does not guess what they mean."""
    folder = published(tmp_path)
    file = folder / "versions.json"
    file.write_text(file.read_text("utf-8").replace('"catalogue": "1"', '"catalogue": "2"'), "utf-8")
    assert "is of format '2'" in refused(release("0.2.0"), tmp_path)


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    """Where a file stands, no folder can be."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / NAME).write_text("", "utf-8")
    with pytest.raises(DiskError):
        publish(release(), tmp_path / "site", yes=True)


KILL = """
import os, signal, sys
from pathlib import Path
from eventpack import files
from eventpack.publishing import folder, publish

def counted(function):
    def call(*words, **more):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*words, **more)
    return call

release, place, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
for name in ("rename", "replace", "mkdir", "fsync"):
    setattr(os, name, counted(getattr(os, name)))
folder.shutil.copyfileobj = counted(folder.shutil.copyfileobj)
publish(release, place, yes=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.long
def test_a_killed_publish_leaves_the_old_state_and_the_next_finishes(tmp_path: Path) -> None:
    """Killed before each step that writes, in turn: what is listed is complete, `latest` works, a rerun finishes."""
    base = tmp_path / "base"
    published(base, "0.1.0")
    new = release("0.2.0")
    publish(new, tmp_path / "whole", yes=True)
    wanted = set(tree(tmp_path / "whole"))
    killed, seen = 0, set()
    while True:
        killed += 1
        place = Path(shutil.copytree(base, tmp_path / f"place{killed}"))
        command = [sys.executable, "-c", KILL, str(new), str(place), str(killed)]
        ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SOURCE_ROOT)}, check=False)
        folder = place / NAME
        for entry in catalogue(place)["versions"]:
            files = [listed(file["path"], folder / entry["version"] / file["path"]) for file in entry["files"]]
            assert [(file.path, file.sha256) for file in files] == [(f["path"], f["sha256"]) for f in entry["files"]]
        got = download(folder, to=tmp_path / f"got{killed}")
        seen.add(got.version)
        assert first_fault(folder / "0.1.0", [listed(p, release() / p) for p in tree(release())]) == ""
        publish(new, place, yes=True)
        assert wanted < set(tree(place))
        assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == [".lock"]
        assert json.loads((folder / "latest.json").read_text("utf-8"))["version"] == "0.2.0"
        if ended.returncode == 0:
            break
        assert ended.returncode == -9
    assert seen == {"0.1.0", "0.2.0"}
    assert killed > 20


def test_two_publishers_at_once(tmp_path: Path) -> None:
    """Six processes publish two versions: both are listed once, and nothing is left over."""
    code = "import sys; from eventpack.publishing import publish; publish(sys.argv[1], sys.argv[2], yes=True)"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE_ROOT)}
    made = [str(release("0.1.0")), str(release("0.2.0", extra="x,y\n"))] * 3
    running = [subprocess.Popen([sys.executable, "-c", code, each, str(tmp_path)], env=environment) for each in made]
    assert [process.wait() for process in running] == [0] * 6
    assert sorted(entry["version"] for entry in catalogue(tmp_path)["versions"]) == ["0.1.0", "0.2.0"]
    assert sorted(p.name for p in (tmp_path / NAME).iterdir()) == sorted(
        [".lock", "0.1.0", "0.2.0", "latest.json", "versions.json"]
    )


def test_the_changes_of_a_version_are_its_section() -> None:
    """One paragraph, without marks; other versions, sub-headings and later text stay out."""
    newer = "## [0.2.0] - soon\n\nTwo\n- more ships,\n  as counted.\n\n### Also\n* One port.\n\n"
    text = f"# Changes\n\n{newer}## 0.1.0\nOld.\n"
    assert section(text, "0.2.0") == "Two more ships, as counted. One port."
    assert section(text, "0.1.0") == "Old."
    assert section(text, "0.2") == ""


def test_the_package_carries_its_changes(tmp_path: Path) -> None:
    """CHANGES.md of the source tree is packaged, named in the README, and gives the paragraph of versions.json."""
    made = release("0.1.1", changes="# Changes\n\n## 0.1.1\n\n- A ship more.\n")
    assert (made / "CHANGES.md").is_file()
    assert "`CHANGES.md` tells what changed" in (made / "README.md").read_text("utf-8")
    assert publish(made, tmp_path).changes == "A ship more."
    assert publish(made, tmp_path, changes="Said otherwise.").changes == "Said otherwise."


def test_an_unsafe_zip_is_refused(tmp_path: Path) -> None:
    """A path that leaves the folder is named before a byte is unpacked."""
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../evil.csv", "x")
    assert refused(path, tmp_path / "site", DamagedError) == f"{path.as_posix()}: '../evil.csv' leaves the package"


def test_the_command(tmp_path: Path) -> None:
    """The plan first, then the deed, then the same again; damage exits with 1 in `main`, misuse with 2."""
    app = Typer()
    app.command()(command)
    words = [str(release()), str(tmp_path / "site")]
    plan = CliRunner().invoke(app, words)
    assert plan.exit_code == 0
    assert plan.stdout.splitlines()[-1] == f"would publish {NAME} 0.1.0; latest: none → 0.1.0"
    assert plan.stderr == "nothing was written; add --yes to publish\n"
    done = CliRunner().invoke(app, [*words, "--yes"])
    assert done.stdout.splitlines()[-1] == f"published {NAME} 0.1.0; latest is 0.1.0"
    again = CliRunner().invoke(app, [*words, "--yes"])
    assert (again.stdout, again.stderr) == (f"already published: {NAME} 0.1.0; latest is 0.1.0\n", "")
    told = CliRunner().invoke(app, [*words, "--yes", "--changes", "Other words."])
    assert (told.stdout, told.stderr) == (again.stdout, "what was told about its changes stays as it was published\n")


def test_half_written_files_of_killed_runs_are_removed(tmp_path: Path) -> None:
    """Of whatever file; what somebody else put there stays."""
    kept = (".htaccess", "notes.tmp", "signed/.keep")
    for path in (".versions.json.a1.tmp", ".index.html.a1.tmp", "signed/.timestamp.json.a1.tmp", *kept):
        (tmp_path / NAME / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / NAME / path).write_text("half", "utf-8")
    publish(release("0.1.0"), tmp_path, yes=True)
    held = {path.relative_to(tmp_path / NAME).as_posix() for path in (tmp_path / NAME).rglob("*")}
    assert {path for path in held if path.endswith(".tmp") or path in kept} == set(kept)
