"""Downloads from folders and zips: what appears where, the cache, versions, and damage."""

from __future__ import annotations

import json
import logging
import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer import Typer
from typer.testing import CliRunner

from eventpack.archive import write_archive
from eventpack.cache import cache_root
from eventpack.cli.download import download as command
from eventpack.downloading import cached, download
from eventpack.errors import DamagedError, DiskError, EventpackError, NotAPackage
from eventpack.files import sha256
from eventpack.jsontext import json_bytes
from eventpack.listing import ListedFile, paths_problem
from tests.effort import examples
from tests.places import NAME, copy_release, published, release, reseal, source_tree, tree


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def damaged(ref: Path, to: Path, version: str = "latest") -> str:
    """What is said about damage; cache and target are as before."""
    before = (tree(cache_root()), tree(to))
    with pytest.raises(DamagedError) as caught:
        download(ref, version=version, to=to)
    assert (tree(cache_root()), tree(to)) == before
    return caught.value.what


def change(folder: Path, **changes: object) -> None:
    """Change properties of the first version in versions.json."""
    file = folder / "versions.json"
    value = json.loads(file.read_text("utf-8"))
    value["versions"][0] |= changes
    file.write_bytes(json_bytes(value))


def test_from_a_published_folder(tmp_path: Path) -> None:
    """The target holds exactly the packaged files; the copy in the cache is what is used without a target."""
    folder = published(tmp_path / "site")
    done = download(folder, to=tmp_path / "out")
    assert tree(done.folder) == tree(release())
    assert (done.folder, done.name, done.version) == (tmp_path / "out" / f"{NAME}-0.1.0", NAME, "0.1.0")
    assert (done.files, done.size) == (len(tree(release())), sum(map(len, tree(release()).values())))
    again = download(folder)
    assert (tree(again.folder), again.fetched) == (tree(release()), False)
    assert again.folder.is_relative_to(tmp_path / "cache")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"{NAME}-0.1.0"]


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_from_what_was_packaged(tmp_path: Path, kind: str) -> None:
    """Folder and zip verify themselves by their checksums and manifest."""
    made = release() if kind == "folder" else release().with_name(f"{NAME}-0.1.0.zip")
    assert tree(download(made, to=tmp_path / "out").folder) == tree(release())
    assert tree(download(made, version="~0.1").folder) == tree(release())
    with pytest.raises(EventpackError) as caught:
        download(made, version="0.2.0")
    assert caught.value.what == f"{made.as_posix()} holds version 0.1.0, not 0.2.0"


def test_a_zip_that_somebody_compressed_again(tmp_path: Path) -> None:
    """Other bytes of the archive, the same files: fine."""
    path = tmp_path / "again.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tree(release()).items():
            archive.writestr(name, data)
    assert tree(download(path).folder) == tree(release())


def test_versions_by_wish(tmp_path: Path) -> None:
    """Latest, exact and a range; each stands in its own folder, in the cache too."""
    folder = published(tmp_path / "site", "0.1.0", "0.1.1", "0.2.0")
    wishes = {"latest": "0.2.0", "0.1.0": "0.1.0", "~0.1": "0.1.1"}
    got = {wish: download(folder, version=wish, to=tmp_path / "out").version for wish in wishes}
    assert got == wishes
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{NAME}-{v}" for v in sorted(wishes.values())
    ]
    assert len((tmp_path / "out" / f"{NAME}-0.2.0/ships.csv").read_text("utf-8").splitlines()) == 3003
    with pytest.raises(EventpackError) as caught:
        download(folder, version="0.1.5")
    assert caught.value.what == "there is no version 0.1.5; did you mean `0.1.1`?"


def test_a_target_is_never_overwritten(tmp_path: Path) -> None:
    """The same bytes are fine, with files of one's own beside them; others are refused, and named."""
    folder = published(tmp_path / "site")
    target = download(folder, to=tmp_path).folder
    (target / "my notes.txt").write_text("mine", "utf-8")
    assert download(folder, to=tmp_path).folder == target
    (target / "ports.csv").write_text("id,name\n", "utf-8")
    with pytest.raises(EventpackError) as caught:
        download(folder, to=tmp_path)
    expected = f"{target.as_posix()} is there and is not {NAME} 0.1.0: ports.csv has 8 bytes, expected 19"
    assert (type(caught.value), caught.value.what) == (EventpackError, expected)
    assert (target / "ports.csv").read_text("utf-8") == "id,name\n"


def test_a_file_in_the_place_of_the_target(tmp_path: Path) -> None:
    """It is no folder, so it stays."""
    (tmp_path / f"{NAME}-0.1.0").write_text("", "utf-8")
    with pytest.raises(EventpackError) as caught:
        download(release(), to=tmp_path)
    assert caught.value.what.endswith("it is no folder")


def test_what_a_killed_run_left_beside_the_target_goes(tmp_path: Path) -> None:
    """After a day; a younger one may be somebody's work at this moment."""
    old, young = (tmp_path / f".{NAME}-0.1.0.{mark}" for mark in ("old", "young"))
    for left in (old, young):
        left.mkdir()
    os.utime(old, (time.time() - 90_000,) * 2)
    download(release(), to=tmp_path)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_changed_file_of_the_cache_is_fetched_again(tmp_path: Path) -> None:
    """One byte suffices, and so does a missing file or note."""
    folder = published(tmp_path / "site")
    kept = download(folder).folder
    text = (kept / "ports.csv").read_text("utf-8")
    (kept / "ports.csv").write_text(text.replace("Harbour", "Harbors"), "utf-8", newline="\n")
    again = download(folder)
    assert (again.fetched, tree(again.folder)) == (True, tree(release()))
    (kept / "crews.csv").unlink()
    assert (download(folder).fetched, tree(kept)) == (True, tree(release()))
    (kept.parent / "0.1.0.json").write_text("{", "utf-8")
    assert (download(folder).fetched, tree(kept)) == (True, tree(release()))
    assert sorted(p.name for p in kept.parent.iterdir()) == [".0.1.0.lock", "0.1.0", "0.1.0.json", "versions.json"]


def test_what_came_before_is_not_fetched_again(tmp_path: Path) -> None:
    """A partial folder of an earlier run is used as far as its bytes are right."""
    folder = published(tmp_path / "site")
    kept = download(folder).folder
    files = kept.parent / ".0.1.0.partial/files"
    shutil.copytree(kept, files)
    shutil.rmtree(kept)
    (files / "ports.csv").write_text("wrong", "utf-8")
    before = (files / "ships.csv").stat().st_ino
    assert tree(download(folder).folder) == tree(release())
    assert (kept / "ships.csv").stat().st_ino == before


@pytest.mark.parametrize("name", ["ports.csv", "datapackage.json", "SHA256SUMS"])
@pytest.mark.parametrize("how", ["byte", "cut", "longer", "missing"])
def test_a_file_that_is_not_what_was_published(tmp_path: Path, name: str, how: str) -> None:
    """It is named, with what was expected; cache and target are as before."""
    folder = published(tmp_path / "site")
    path = folder / "0.1.0" / name
    data = path.read_bytes()
    changed = {"byte": bytes([data[0] ^ 1]) + data[1:], "cut": data[:-1], "longer": data + b"x", "missing": b""}[how]
    path.write_bytes(changed)
    if how == "missing":
        path.unlink()
    says = damaged(folder, tmp_path / "out")
    size = f"has {len(changed)} bytes, expected {len(data)}"
    digest = f"is not what was published: SHA-256 {sha256(changed)}, expected {sha256(data)}"
    expected = {"byte": digest, "cut": size, "longer": size, "missing": "is listed and not there"}[how]
    assert says == f"{path.as_posix()} {expected}"


def test_a_swapped_dataset(tmp_path: Path) -> None:
    """Whoever puts another dataset under a name, however complete, is found out."""
    ships, boats = published(tmp_path / "site"), tmp_path / "site" / "boats"
    shutil.copytree(ships, boats)
    assert f"versions.json is that of `{NAME}`, not of `boats`" in damaged(boats, tmp_path / "out")
    file = boats / "versions.json"
    file.write_text(file.read_text("utf-8").replace(f'"name": "{NAME}"', '"name": "boats"'), "utf-8")
    says = damaged(boats, tmp_path / "out")
    assert says.endswith("datapackage.json has the name 'ships', expected 'boats': this is another dataset or version")


def test_a_swapped_version(tmp_path: Path) -> None:
    """The files of an older version under a newer number are refused."""
    folder = published(tmp_path / "site", "0.1.0", "0.2.0")
    value = json.loads((folder / "versions.json").read_text("utf-8"))
    value["versions"][1]["files"] = value["versions"][0]["files"]
    (folder / "versions.json").write_bytes(json_bytes(value))
    shutil.rmtree(folder / "0.2.0")
    shutil.copytree(folder / "0.1.0", folder / "0.2.0")
    says = damaged(folder, tmp_path / "out")
    assert "datapackage.json has the version '0.1.0', expected '0.2.0'" in says


def test_lists_that_contradict_the_checksums(tmp_path: Path) -> None:
    """versions.json and a file were changed together; SHA256SUMS tells."""
    folder = published(tmp_path / "site")
    (folder / "0.1.0/ports.csv").write_text("id,name\np1,Harbors\n", "utf-8", newline="\n")
    new, old = ((f / "ports.csv").read_bytes() for f in (folder / "0.1.0", release()))
    file = folder / "versions.json"
    file.write_text(file.read_text("utf-8").replace(sha256(old), sha256(new)), "utf-8")
    assert "SHA256SUMS gives another digest for ports.csv" in damaged(folder, tmp_path / "out")


def test_a_version_that_changed_since_it_was_downloaded(tmp_path: Path) -> None:
    """A publisher who replaces a version is found out by everybody who has it."""
    folder = published(tmp_path / "site")
    download(folder)
    shutil.rmtree(folder)
    other = published(tmp_path / "other", "0.0.1", "0.1.0")
    shutil.copytree(other, folder)
    says = damaged(folder, tmp_path / "out", "0.1.0")
    assert says.endswith("README.md of version 0.1.0 is not what it was when it was downloaded before")


@pytest.mark.parametrize(
    "path",
    [
        "../ports.csv",
        "/etc/passwd",
        "a/../../b",
        "C:/x",
        "a\\b",
        "",
        "Ships.csv",
        "ships.csv/x",
        "NUL.csv",
        "a:b",
        "a./b",
    ],
)
def test_paths_that_must_not_be_written(tmp_path: Path, path: str) -> None:
    """Outside the folder, or on some systems nowhere, or two that are one."""
    folder = published(tmp_path / "site")
    file = folder / "versions.json"
    file.write_bytes(file.read_bytes().replace(b'"ports.csv"', json.dumps(path).encode()))
    assert damaged(folder, tmp_path / "out").startswith(f"{file.as_posix()}:")


@pytest.mark.parametrize("text", ["<html>not found</html>", "[]", '{"catalogue": "1"}', "\xff"])
def test_a_catalogue_that_is_none(tmp_path: Path, text: str) -> None:
    """A page of a hotel's network is not taken for a dataset."""
    folder = published(tmp_path / "site")
    (folder / "versions.json").write_bytes(text.encode("latin-1"))
    assert damaged(folder, tmp_path / "out").startswith(f"{folder.as_posix()}/versions.json:1:1: ")


def test_a_withdrawn_version(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It comes only by its exact number, and with a word about it."""
    folder = published(tmp_path / "site", "0.2.0", "0.1.0")
    change(folder, status="withdrawn")
    assert download(folder).version == "0.1.0"
    assert caplog.messages == []
    got = download(folder, version="0.2.0")
    assert (got.withdrawn, got.version) == (True, "0.2.0")
    assert caplog.messages == [f"{NAME} 0.2.0 was withdrawn by its publisher; latest is 0.1.0"]


def test_found_in_the_cache_by_name(tmp_path: Path) -> None:
    """Whatever place it came from; the newest by default, and never a damaged or withdrawn one."""
    assert cached(NAME) is None
    folder = published(tmp_path / "site", "0.2.0", "0.1.0")
    download(folder, version="0.1.0")
    older = cached(NAME)
    assert older is not None
    assert older.name == "0.1.0"
    newest = download(folder).folder
    assert (cached(NAME), cached(NAME, "~0.1"), cached(NAME, "0.3.0"), cached("boats")) == (newest, older, None, None)
    (newest / "ports.csv").unlink()
    with pytest.raises(DamagedError) as caught:
        cached(NAME)
    assert caught.value.what == f"in the cache, {newest}: ports.csv is missing"
    change(folder, status="withdrawn")
    download(folder, version="0.1.0")
    assert cached(NAME) == older


def test_what_offers_nothing_is_told_apart(tmp_path: Path) -> None:
    """A place, a source tree, a near miss, and something else."""
    folder = published(tmp_path / "site")
    source = source_tree(tmp_path / "source")
    (tmp_path / "empty").mkdir()
    says = {}
    for path in (tmp_path / "site", source, tmp_path / "sites", tmp_path / "empty", tmp_path / "no.zip"):
        with pytest.raises(NotAPackage) as caught:
            download(path)
        says[path.name] = (caught.value.what.replace(tmp_path.as_posix(), "…"), caught.value.fix)
    assert says == {
        "site": ("…/site is a place that holds datasets", f"name one: {folder.as_posix()}"),
        "source": ("…/source is a source tree, not a package", "make one with `eventpack package`"),
        "sites": ("there is no …/sites; did you mean `site`?", "name an address, a folder or a zip"),
        "empty": ("…/empty is no published dataset, packaged folder or zip", "name a folder with versions.json"),
        "no.zip": ("there is no …/no.zip", "name an address, a folder or a zip"),
    }


def zip_with(path: Path, *entries: tuple[zipfile.ZipInfo, bytes]) -> Path:
    """A packaged zip with further entries."""
    shutil.copy(release().with_name(f"{NAME}-0.1.0.zip"), path)
    with zipfile.ZipFile(path, "a") as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return path


def link(name: str) -> zipfile.ZipInfo:
    """An entry that says it is a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (zipfile.ZipInfo("../evil.csv"), "'../evil.csv' leaves the package"),
        (zipfile.ZipInfo("/evil.csv"), "'/evil.csv' is absolute"),
        (link("evil.csv"), "'evil.csv' is a link or no regular file"),
        (zipfile.ZipInfo("evil.csv"), "holds evil.csv, which SHA256SUMS does not list"),
    ],
)
def test_an_unsafe_zip_is_not_unpacked(tmp_path: Path, entry: zipfile.ZipInfo, says: str) -> None:
    """What is wrong is named, and nothing is written anywhere."""
    assert says in damaged(zip_with(tmp_path / "a.zip", (entry, b"/etc/passwd")), tmp_path / "out")


@pytest.mark.parametrize("kind", ["folder", "zip"])
@pytest.mark.parametrize(
    "changes", [{"name": "../../evil"}, {"name": ""}, {"version": "../evil"}, {"version": "x/../../evil"}]
)
def test_a_name_that_leaves_the_target(tmp_path: Path, kind: str, changes: dict[str, str]) -> None:
    """Name and version of a package that agrees with itself become names of folders, so they must be such names."""
    folder = reseal(copy_release(tmp_path / "in"), **changes)
    made = folder if kind == "folder" else tmp_path / "in" / "evil.zip"
    write_archive(folder, tmp_path / "in" / "evil.zip")
    assert f"manifest.json:{3 if 'name' in changes else 4}:" in damaged(made, tmp_path / "a/b/out")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_zip_packed_by_a_method_that_few_know(tmp_path: Path) -> None:
    """It is refused before anything is unpacked."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("SHA256SUMS", b"0")
    assert damaged(path, tmp_path / "out").endswith("'SHA256SUMS' is packed by another method than deflate")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_says_a_file_twice(tmp_path: Path) -> None:
    """Which of the two is meant is not guessed."""
    path = zip_with(tmp_path / "a.zip", (zipfile.ZipInfo("ports.csv"), b"id,name\n"))
    assert damaged(path, tmp_path / "out").endswith("a path stands in it twice")


def test_a_zip_that_would_fill_the_disk(tmp_path: Path) -> None:
    """A hundred megabytes of nothing in a hundred kilobytes are not unpacked."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SHA256SUMS", b"0" * (100 << 20))
    assert damaged(path, tmp_path / "out").endswith("would unpack to more than 100 times its size")


@pytest.mark.parametrize("at", [0, 40, 5000, -30])
def test_a_damaged_zip(tmp_path: Path, at: int) -> None:
    """Wherever a byte is wrong, it is found, and nothing stays."""
    path = zip_with(tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    assert "a.zip" in damaged(path, tmp_path / "out")


def test_no_zip_at_all(tmp_path: Path) -> None:
    """A file that is only called so."""
    (tmp_path / "a.zip").write_text("no", "utf-8")
    assert "is no readable zip archive" in damaged(tmp_path / "a.zip", tmp_path / "out")


def test_a_cache_that_cannot_be_written(tmp_path: Path, cache: Path) -> None:
    """The fix names the way out."""
    folder = published(tmp_path / "site")
    cache.write_text("", "utf-8")
    with pytest.raises(DiskError) as caught:
        download(folder)
    assert "EVENTPACK_CACHE" in caught.value.fix


def test_the_cache_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system keeps caches, unless EVENTPACK_CACHE names a folder."""
    assert cache_root() == tmp_path / "cache"
    monkeypatch.delenv("EVENTPACK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert cache_root().name == "eventpack"


def test_progress_counts_up_to_all(tmp_path: Path) -> None:
    """Bytes that are there, never more than all, ending with all."""
    told: list[tuple[int, int]] = []
    done = download(published(tmp_path / "site"), progress=lambda there, whole: told.append((there, whole)))
    assert told == sorted(told)
    assert {whole for _, whole in told} == {done.size}
    assert told[-1][0] == done.size


names = st.text("abc/.-é ", min_size=1, max_size=6)


@settings(max_examples=examples(60))
@given(st.lists(names, min_size=1, max_size=6))
def test_paths_that_can_stand_together_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, paths: list[str]
) -> None:
    """What `paths_problem` and `path_problem` let pass becomes as many files as there are paths."""
    from eventpack.files import path_problem

    files = [ListedFile(path=path, bytes=0, sha256="0" * 64) for path in paths]
    if any(path_problem(path) for path in paths) or paths_problem(files):
        return
    folder = tmp_path_factory.mktemp("paths")
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x", "utf-8")
    assert len(tree(folder)) == len(paths)


def test_a_letter_in_two_spellings() -> None:
    """é as one character and as e with an accent are one name on some systems."""
    files = [ListedFile(path=path, bytes=0, sha256="0" * 64) for path in ("caf\u00e9.csv", "cafe\u0301.csv")]
    assert paths_problem(files) == "name `cafe\u0301.csv` twice, or differ only in case"


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line on standard output; the current folder is the target unless another is named."""
    folder = published(tmp_path / "site")
    app = Typer()
    app.command()(command)
    monkeypatch.chdir(tmp_path)
    first = CliRunner().invoke(app, [str(folder)])
    size = sum(map(len, tree(release()).values()))
    words = f"downloaded {NAME} 0.1.0 → {NAME}-0.1.0 ({len(tree(release()))} files, {size / 1000:.1f} kB"
    assert (first.exit_code, first.stdout, first.stderr) == (0, f"{words})\n", "")
    again = CliRunner().invoke(app, [str(folder)])
    assert again.stdout == f"{words}; nothing had to be fetched)\n"
    assert logging.getLogger("eventpack").handlers == []


def test_a_copied_release_is_what_it_was(tmp_path: Path) -> None:
    """A packaged folder is verified where it is, and used from there."""
    made = copy_release(tmp_path / "made")
    assert download(made).folder == made
    (made / "ports.csv").write_text("id,name\np1,Harbors\n", "utf-8", newline="\n")
    assert "ports.csv has SHA-256" in damaged(made, tmp_path / "out")
