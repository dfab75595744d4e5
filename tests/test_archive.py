"""Zip archives with the same bytes everywhere."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.archive import write_archive
from eventpack.errors import DiskError


def fill(folder: Path, names: list[str]) -> Path:
    """Write files of those names, with content made of the name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode("utf-8") * 100)
    return folder


NAMES = ["datapackage.json", "data/b.csv", "data/a.csv", "data/deep/c.csv", "Ünï.txt"]


def test_entries_are_sorted_stored_and_without_a_past(tmp_path: Path) -> None:
    """Folders have entries before their files; times, modes and system are fixed; names are UTF-8."""
    write_archive(fill(tmp_path / "in", NAMES), tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
        assert archive.read("Ünï.txt").decode("utf-8") == "Ünï.txt" * 100
    names = ["data/", "data/a.csv", "data/b.csv", "data/deep/", "data/deep/c.csv", "datapackage.json", "Ünï.txt"]
    assert names == [entry.filename for entry in entries]
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in entries}
    assert {(3, zipfile.ZIP_STORED)} == {(entry.create_system, entry.compress_type) for entry in entries}
    assert {entry.is_dir(): entry.external_attr >> 16 for entry in entries} == {True: 0o40755, False: 0o100644}
    assert entries[-1].flag_bits & 0x800 == 0x800


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    """Order of creation, times and modes of the files leave no trace."""
    one, two = fill(tmp_path / "one", NAMES), fill(tmp_path / "two", NAMES[::-1])
    (two / "data/a.csv").chmod(0o600)
    os.utime(two / "data/b.csv", (0, 0))
    write_archive(one, tmp_path / "one.zip")
    write_archive(two, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_failed_archive_leaves_the_old_one(tmp_path: Path) -> None:
    """Nothing half-written stays: neither at the place nor beside it."""
    (tmp_path / "out.zip").mkdir()
    with pytest.raises(DiskError):
        write_archive(fill(tmp_path / "in", ["a"]), tmp_path / "out.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.zip"]


@given(data=st.dictionaries(st.from_regex(r"[a-z]{1,3}\.[a-z]{3}", fullmatch=True), st.binary(max_size=50), min_size=1))
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, data: dict[str, bytes]) -> None:
    """An archive read back holds exactly the files."""
    folder = tmp_path_factory.mktemp("in")
    for name, content in data.items():
        (folder / name).write_bytes(content)
    target = tmp_path_factory.mktemp("out") / "x.zip"
    write_archive(folder, target)
    with zipfile.ZipFile(target) as archive:
        assert data == {name: archive.read(name) for name in archive.namelist()}
