"""A package read at a commit is the package as it was checked out; git's refusals are told with what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from eventpack.commits import Commit
from eventpack.errors import DiskError, EventpackError
from eventpack.history import merge_base, touched_files
from eventpack.packagefile import read_package
from eventpack.subject import read_subject
from eventpack.trees import Folder, MissingFile
from tests.casepack import copy_base
from tests.gitpack import commit_all, git


def contents(tree: Commit | Folder, folder: str) -> dict[str, bytes]:
    """All files below a folder."""
    return {path: tree.read(path) for path in tree.under(folder)}


@pytest.mark.parametrize("place", ["", "pack", "my data/örtliche [Pläne]", "日本/it's"])
def test_a_commit_holds_what_was_checked_out(tmp_path: Path, place: str) -> None:
    """Also in a subfolder, whatever its name; what changed afterwards is not seen."""
    root = copy_base(tmp_path / "repository" / place)
    (root / "data/Überblick 1.csv").write_bytes(b"id\n1\n")
    (tmp_path / "repository/data").mkdir(exist_ok=True)
    (tmp_path / "repository/data/elsewhere.csv").write_bytes(b"not of the package")
    before = contents(Folder(root), "data") | contents(Folder(root), "schemas")
    commit = commit_all(tmp_path / "repository")
    shutil.rmtree(root / "data")
    with Commit(root, commit) as tree:
        assert contents(tree, "data") | contents(tree, "schemas") == before
        assert tree.has("data/Überblick 1.csv")
        assert tree.has_folder("data/records")
        assert (tree.has("data"), tree.has_folder("datapackage.json"), tree.has_folder("dat")) == (False, False, False)
        assert tree.label == f"git:{commit[:12]}"


def test_a_package_at_a_commit_has_the_same_tables(tmp_path: Path) -> None:
    """Reading knows no difference between a folder and a commit."""
    root = copy_base(tmp_path / "pack")
    with Commit(root, commit_all(root)) as tree:
        (old, _), (new, _) = read_package(tree), read_package(Folder(root))
        assert old is not None
        assert new is not None
        tables = read_subject(old)[0].tables
    assert {name: table.columns for name, table in tables.items()} == {
        name: table.columns for name, table in read_subject(new)[0].tables.items()
    }


@pytest.mark.posix
def test_links_and_other_repositories_are_listed_but_not_followed(tmp_path: Path) -> None:
    """Reading one says what it is, so nothing outside the commit is ever read."""
    inner = tmp_path / "inner"
    inner.mkdir()
    commit_all(inner)
    (tmp_path / "pack/data").mkdir(parents=True)
    (tmp_path / "pack/real.csv").write_bytes(b"id\n")
    os.symlink("../real.csv", tmp_path / "pack/data/link.csv")
    git(tmp_path / "pack", "init", "-q")
    git(tmp_path / "pack", "submodule", "--quiet", "add", str(inner), "data/other")
    with Commit(tmp_path / "pack", commit_all(tmp_path / "pack")) as tree:
        assert tree.under("data") == ["data/link.csv", "data/other"]
        for path, kind in (("data/link.csv", "a link"), ("data/other", "another repository")):
            assert not tree.has(path)
            with pytest.raises(MissingFile, match=kind):
                tree.read(path)


def test_a_file_that_is_not_there_and_one_that_git_lost(tmp_path: Path) -> None:
    """The first is missing; the second is the fault of the disk, and says what to run."""
    (tmp_path / "one.csv").write_bytes(b"id\n1\n")
    commit = commit_all(tmp_path)
    blob = git(tmp_path, "rev-parse", "HEAD:one.csv")
    with Commit(tmp_path, commit) as tree:
        with pytest.raises(MissingFile, match="no such file in the commit"):
            tree.read("two.csv")
        assert tree.read("one.csv") == b"id\n1\n"
    lost = tmp_path / ".git/objects" / blob[:2] / blob[2:]
    lost.chmod(0o644)
    lost.unlink()
    with Commit(tmp_path, commit) as tree, pytest.raises(DiskError, match=r"one\.csv: missing") as caught:
        tree.read("one.csv")
    assert "git fsck" in caught.value.fix


def test_a_folder_that_the_commit_lacks_is_empty(tmp_path: Path) -> None:
    """A dataset that is new in the working tree has no files before."""
    (tmp_path / "readme").write_bytes(b"")
    commit = commit_all(tmp_path)
    (tmp_path / "pack").mkdir()
    with Commit(tmp_path / "pack", commit) as tree:
        assert (tree.under("data"), tree.has("datapackage.json"), tree.has("readme")) == ([], False, False)


def test_all_kinds_of_change_are_seen(tmp_path: Path) -> None:
    """Changed, added or not, new, gone, renamed; not what is ignored, unchanged or outside the folder."""
    pack = tmp_path / "my päck"
    for name in ("same", "changed", "staged", "gone", "old name", "ü b"):
        (pack / "data").mkdir(parents=True, exist_ok=True)
        (pack / "data" / name).write_text(f"the {name}\n" * 20, "utf-8")
    (tmp_path / "outside").write_bytes(b"1")
    (tmp_path / ".gitignore").write_bytes(b"*.tmp\n")
    commit = commit_all(tmp_path)
    for name in ("changed", "staged", "ü b"):
        (pack / "data" / name).write_text("other\n", "utf-8")
    git(tmp_path, "add", "my päck/data/staged")
    git(tmp_path, "mv", "my päck/data/old name", "my päck/data/new name")
    (pack / "data/gone").unlink()
    (pack / "data/untracked").write_bytes(b"")
    (pack / "data/scratch.tmp").write_bytes(b"")
    (tmp_path / "outside").write_bytes(b"2")
    names = {"changed", "staged", "ü b", "gone", "old name", "new name", "untracked"}
    assert touched_files(pack, commit) == {f"data/{name}" for name in names}


def test_the_base_is_the_last_commit_in_common(tmp_path: Path) -> None:
    """What the other branch did since does not count."""
    base = commit_all(tmp_path)
    git(tmp_path, "switch", "-q", "-c", "work")
    commit_all(tmp_path, "Work")
    git(tmp_path, "switch", "-q", "main")
    (tmp_path / "theirs").write_bytes(b"1")
    commit_all(tmp_path, "Theirs")
    git(tmp_path, "switch", "-q", "work")
    assert merge_base(tmp_path, "main") == base
    assert touched_files(tmp_path, base) == set()


@pytest.mark.parametrize("rev", ["nowhere", "-h", "--all", "", "a\nb", "HEAD..HEAD", "\0"])
def test_a_rev_that_is_none(tmp_path: Path, rev: str) -> None:
    """Git's options are none either."""
    commit_all(tmp_path)
    with pytest.raises(EventpackError, match="no commit") as caught:
        merge_base(tmp_path, rev)
    assert "name a branch, tag or commit" in caught.value.fix


def test_a_branch_of_the_server_is_named_in_full(tmp_path: Path) -> None:
    """A check-out for CI has only the server's branch."""
    commit_all(tmp_path)
    git(tmp_path, "update-ref", "refs/remotes/origin/release", "HEAD")
    with pytest.raises(EventpackError, match="did you mean `origin/release`"):
        merge_base(tmp_path, "release")


def test_a_shallow_clone_says_how_to_fetch_more(tmp_path: Path) -> None:
    """Neither an older commit nor a common one can be told there."""
    (tmp_path / "one").mkdir()
    first = commit_all(tmp_path / "one")
    git(tmp_path / "one", "switch", "-q", "-c", "work")
    commit_all(tmp_path / "one", "Work")
    git(tmp_path / "one", "switch", "-q", "main")
    commit_all(tmp_path / "one", "Main")
    where = (tmp_path / "one").as_uri()
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "work", where, "two")
    for rev, what in ((first, "git knows no commit"), ("origin/main", "no commit in common")):
        with pytest.raises(EventpackError, match=what) as caught:
            merge_base(tmp_path / "two", rev)
        assert "shallow" in caught.value.what
        assert "fetch-depth: 0" in caught.value.fix


def test_branches_without_a_common_commit(tmp_path: Path) -> None:
    """Two histories that never met are told apart from a missing commit."""
    commit_all(tmp_path)
    git(tmp_path, "switch", "-q", "--orphan", "other")
    commit_all(tmp_path, "Other")
    with pytest.raises(EventpackError) as caught:
        merge_base(tmp_path, "main")
    assert caught.value.what == "`main` and what is checked out have no commit in common"


def test_outside_git_and_without_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is told for what it is."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(EventpackError, match="not a git repository"):
        merge_base(tmp_path, "main")
    git(tmp_path, "init", "-q")
    with pytest.raises(EventpackError, match="has no commit yet"):
        merge_base(tmp_path, "main")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EventpackError, match="git cannot be run"):
        merge_base(tmp_path, "main")


@pytest.mark.posix
def test_a_repository_of_another_user_is_told_with_the_advice_of_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Usual in containers; only root could make such a repository, so a script says what git says there."""
    command = "git config --global --add safe.directory /pack"
    said = f"fatal: detected dubious ownership in repository at '/pack'\nTo add an exception, call:\n\n\t{command}"
    (tmp_path / "git").write_text(f'#!/bin/sh\nprintf "%s\\n" "{said}" >&2\nexit 128\n', "utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EventpackError, match="detected dubious ownership in repository at '/pack'\n") as caught:
        merge_base(tmp_path, "main")
    assert caught.value.fix == f"if you trust it: `{command}`"


def test_what_a_hook_sets_does_not_lead_astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells hooks of one repository by variables, which other git commands must not follow."""
    (tmp_path / "one").mkdir()
    commit = commit_all(tmp_path / "one")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nothing"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no index"))
    assert merge_base(tmp_path / "one", "main") == commit
    assert touched_files(tmp_path / "one", commit) == set()
