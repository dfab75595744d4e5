"""Large tables that `load` keeps as Parquet beside a version in the cache: used while they are true, and only then."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import eventpack
from eventpack.files import sha256
from eventpack.loading import kept as keeping
from eventpack.publishing import publish
from tests.places import NAME, ROWS, release

ROWS_HELD = ROWS.count("\n")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place, and a cache into which its version was downloaded."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENTPACK_CACHE", str(folder / "cache"))
        publish(release(), folder / "place", yes=True)
        eventpack.download(folder / "place" / NAME)
    return folder


@pytest.fixture
def stored(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A version in a cache of one's own whose table of ships is long enough to be kept; that is a megabyte else."""
    monkeypatch.setattr(keeping, "_LEAST", 50_000)
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    [folder] = (tmp_path / "cache").glob(f"*/{NAME}/0.1.0")
    return folder


def kept(stored: Path) -> Path:
    """Where large tables of the version are kept."""
    return stored.with_name(f".{stored.name}.tables")


def put(stored: Path, frame: pl.DataFrame) -> None:
    """Other rows in the place of those that were kept, noted as `load` notes them."""
    path, note = kept(stored) / "ships.parquet", kept(stored) / "ships.json"
    frame.write_parquet(path)
    told = json.loads(note.read_bytes())
    told["file"] |= {"bytes": path.stat().st_size, "sha256": sha256(path.read_bytes())}
    note.write_text(json.dumps(told | {"rows": frame.height}))


def test_a_large_table_is_kept_and_read_again(stored: Path) -> None:
    """Small tables are not kept; the second load reads what the first one kept, not the text."""
    first = eventpack.load(NAME)
    assert len(first.ships) == ROWS_HELD
    assert [len(first[name]) for name in ("ports", "crews")] == [1, 0]
    assert sorted(path.name for path in kept(stored).iterdir()) == ["ships.json", "ships.parquet"]
    assert eventpack.load(NAME).ships.equals(first.ships)
    put(stored, first.ships.head(7))
    again = eventpack.load(NAME)
    assert len(again.ships) == 7
    assert "ships  7\n" in repr(eventpack.load(NAME))  # the overview counts without reading


def flipped(data: bytes) -> bytes:
    """One byte in the middle is another one."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [flipped, lambda data: data[:-9], lambda data: b"", lambda data: b"PAR1" + bytes(len(data) - 8) + b"PAR1"],
    ids=["a byte", "cut", "empty", "zeros"],
)
def test_a_damaged_table_is_not_used_and_is_kept_anew(stored: Path, damage: Callable[[bytes], bytes]) -> None:
    """What a disk or a hand has changed is seen by its digest; the text is read again."""
    whole = eventpack.load(NAME).ships
    path = kept(stored) / "ships.parquet"
    before = path.read_bytes()
    path.write_bytes(damage(before))
    assert eventpack.load(NAME).ships.equals(whole)
    assert path.read_bytes() == before


@pytest.mark.parametrize("note", [b"", b"{}", b"[1]", b'{"kept": "9"}', b"\xff"], ids=repr)
def test_a_damaged_note_is_no_note(stored: Path, note: bytes) -> None:
    """The text is read again."""
    whole = eventpack.load(NAME).ships
    (kept(stored) / "ships.json").write_bytes(note)
    assert eventpack.load(NAME).ships.equals(whole)
    assert json.loads((kept(stored) / "ships.json").read_bytes())["rows"] == ROWS_HELD


def test_a_table_made_from_something_else_is_not_used(stored: Path) -> None:
    """From another file, by another schema or another version of the tool: the digest of all that is noted."""
    whole = eventpack.load(NAME).ships
    put(stored, whole.head(7))
    note = kept(stored) / "ships.json"
    note.write_text(json.dumps(json.loads(note.read_bytes()) | {"made_from": "0" * 64}))
    assert eventpack.load(NAME).ships.equals(whole)


def test_the_digest_tells_files_schemas_and_vocabularies_apart(stored: Path) -> None:
    """Whatever makes the frame is in it."""
    from dataclasses import replace

    from eventpack.cache import shelf_of_folder
    from eventpack.loading.kept import KeptTables

    package = eventpack.load(NAME).package
    found = shelf_of_folder(stored)
    assert found is not None

    def key(other: eventpack.Package) -> str:
        assert found is not None
        return KeptTables(other, *found).made_from("ships")

    ships, *others = package.descriptor.resources
    changed = replace(package.descriptor, resources=[replace(ships, hash="sha256:" + "0" * 64), *others])
    schema = replace(package.schemas["ships"], given={**package.schemas["ships"].given, "missingValues": ["", "-"]})
    unknown = replace(package.descriptor, resources=[replace(ships, hash=None), *others])
    keys = [
        key(package), key(replace(package, descriptor=changed)), key(replace(package, schemas={"ships": schema}))
    ]  # fmt: skip
    assert len(set(keys)) == 3
    assert key(replace(package, descriptor=unknown)) == ""


@pytest.mark.posix
def test_a_cache_that_cannot_be_written_is_read(stored: Path) -> None:
    """Somebody else fills it; nothing is kept, and nothing fails."""
    if os.geteuid() == 0:  # whom modes do not stop: something else stands where the folder would be
        kept(stored).touch()
    else:
        stored.parent.chmod(0o500)
    assert len(eventpack.load(NAME).ships) == ROWS_HELD
    stored.parent.chmod(0o700)
    assert not kept(stored).is_dir()


def test_what_lies_outside_of_the_cache_is_read_from_its_text(stored: Path, tmp_path: Path) -> None:
    """A folder of somebody's may be edited at any time; nothing is written beside it."""
    place = tmp_path / "place" / NAME
    before = sorted(path.name for path in place.iterdir())
    assert len(eventpack.load(place / "0.1.0").ships) == ROWS_HELD
    assert sorted(path.name for path in place.iterdir()) == before
    assert not kept(stored).exists()


def test_a_version_that_is_fetched_anew_is_not_hidden_by_what_was_kept(stored: Path) -> None:
    """The cache replaces a damaged version by the same bytes, so what was kept stays true."""
    whole = eventpack.load(NAME).ships
    (stored / "ships.csv").write_bytes(b"id,name\n")
    with pytest.raises(eventpack.DamagedError):
        eventpack.load(NAME)
    assert eventpack.load(stored.parents[3] / "place" / NAME).ships.equals(whole)
