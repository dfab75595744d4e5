"""Exports beside a release: made by `package`, carried by `publish`, fetched by `download`, read by `load`."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import eventpack
from eventpack.catalogue import read_catalogue
from eventpack.exports import read_exports
from eventpack.listing import first_fault
from eventpack.publishing import publish
from tests import warm
from tests.loopback import Loopback, serve
from tests.places import NAME, ROWS, copy_release, git, source_tree
from tests.test_load import refusal

SHIPS = ROWS.count("\n")
FORMATS = ["parquet", "sqlite"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A release with exports beside it."""
    made = copy_release(tmp_path / "dist")
    eventpack.export(made, FORMATS)
    return made


@pytest.fixture
def server(tmp_path: Path, released: Path) -> Iterator[Loopback]:
    """A place with it on loopback."""
    publish(released, tmp_path / "place", yes=True)
    with serve(tmp_path / "place") as running:
        yield running


def files_below(folder: Path) -> dict[str, bytes]:
    """All files of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def flip(path: Path) -> None:
    """Change one byte of a file."""
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])


def eventpack_command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, run in a folder."""
    return warm.run(["eventpack", *words], folder)


def test_package_writes_the_exports_that_the_descriptor_names(tmp_path: Path) -> None:
    """Beside the package; no byte of it depends on them, and an unknown format is refused."""
    tree = source_tree(tmp_path / "source")
    path = tree / "datapackage.json"
    raw = json.loads(path.read_bytes())
    path.write_text(json.dumps(raw | {"eventpack:exports": FORMATS}))
    git(tree, "commit", "-qam", "exports")
    done = eventpack_command(tree, "package")
    assert (done.returncode, done.stderr) == (0, "")
    assert "dist/ships-0.1.0.exports/parquet/  3 files" in done.stdout
    made = tree / "dist/ships-0.1.0"
    told = read_exports(made.with_name("ships-0.1.0.exports").joinpath("exports.json").read_bytes(), "")
    assert [each.format for each in told.formats] == FORMATS
    before = files_below(made)
    shutil.rmtree(made.with_name("ships-0.1.0.exports"))
    assert eventpack_command(tree, "package").returncode == 0
    assert files_below(made) == before
    path.write_text(json.dumps(raw | {"eventpack:exports": ["parkett"]}))
    git(tree, "commit", "-qam", "a mistake")
    wrong = eventpack_command(tree, "package")
    assert (wrong.returncode, "`parkett` is no format" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("names", [["parquet", "parquet"], ["Parquet"], [3]])
def test_exports_in_the_descriptor_are_names_of_formats(tmp_path: Path, names: list[object]) -> None:
    """Validation tells; which formats there are is known when they are written."""
    tree = source_tree(tmp_path / "source")
    path = tree / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"eventpack:exports": names}))
    found = eventpack.validate(tree).findings
    assert [(each.code, "eventpack:exports" in str(each)) for each in found] == [("descriptor/property", True)]


def test_exports_are_published_beside_their_version(tmp_path: Path, released: Path) -> None:
    """The plan names them; afterwards their list stands, with its digest, in versions.json, and all files lie there."""
    place = tmp_path / "place"
    plan = publish(released, place)
    assert [step.what.removeprefix(f"{place}/ships/") for step in plan.steps] == [
        "0.1.0/", "0.1.0.exports/", "versions.json", "latest.json"
    ]  # fmt: skip
    assert publish(released, place, yes=True).done
    assert publish(released, place).already
    entry = read_catalogue((place / "ships/versions.json").read_bytes(), "").entry("0.1.0")
    assert entry is not None and entry.exports is not None
    assert first_fault(place / "ships/0.1.0.exports", [entry.exports]) == ""
    assert files_below(place / "ships/0.1.0.exports") == files_below(released.with_name("ships-0.1.0.exports"))


def test_exports_come_later_to_what_is_published_and_then_stay(tmp_path: Path) -> None:
    """A version gets exports once; what other libraries make of it later does not replace them."""
    made, place = copy_release(tmp_path / "dist"), tmp_path / "place"
    publish(made, place, yes=True)
    before = json.loads((place / "ships/versions.json").read_bytes())
    eventpack.export(made, ["parquet"])
    assert [step.what.rpartition("ships/")[2] for step in publish(made, place, yes=True).steps] == [
        "0.1.0.exports/", "versions.json"
    ]  # fmt: skip
    after = json.loads((place / "ships/versions.json").read_bytes())
    assert after["versions"][0].pop("exports")["path"] == "exports.json"
    assert after == before
    held = files_below(place)
    eventpack.export(made, ["sqlite"])
    assert publish(made, place, yes=True).already
    assert files_below(place) == held


def test_exports_of_other_data_are_not_published(tmp_path: Path, released: Path) -> None:
    """Those that lie beside were made from other bytes, or are damaged."""
    note = released.with_name("ships-0.1.0.exports") / "exports.json"
    note.write_text(json.dumps(json.loads(note.read_bytes()) | {"core": "0" * 64}))
    what, _ = refusal(lambda: publish(released, tmp_path / "place"))
    assert what.endswith("ships-0.1.0.exports was not made from this release")
    eventpack.export(released, FORMATS)
    (note.parent / "parquet/ships.parquet").write_bytes(b"")
    with pytest.raises(eventpack.DamagedError, match=r"parquet/ships\.parquet has 0 bytes"):
        publish(released, tmp_path / "place")


def test_named_exports_must_lie_beside_when_they_are_published(tmp_path: Path) -> None:
    """Else readers would look for what the descriptor promises."""
    tree = source_tree(tmp_path / "source")
    path = tree / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"eventpack:exports": FORMATS}))
    git(tree, "commit", "-qam", "exports")
    made = eventpack.package(tree, tmp_path / "dist").folder
    eventpack.export(made, ["sqlite"])
    what, _ = refusal(lambda: publish(made, tmp_path / "place"))
    assert what == "the descriptor names exports that do not lie beside the release: parquet"
    eventpack.export(made, ["parquet"])
    assert publish(made, tmp_path / "place", yes=True).done


def test_download_brings_the_formats_that_are_asked_for(tmp_path: Path, server: Loopback) -> None:
    """Into the cache and to the target, verified; a second time nothing is fetched, and offline they are there."""
    address = f"{server.url}/{NAME}"
    done = eventpack.download(address, to=tmp_path / "here", exports=["sqlite"])
    assert done.exports == tmp_path / "here/ships-0.1.0.exports"
    told = read_exports((done.exports / "exports.json").read_bytes(), "")
    assert [each.format for each in told.formats] == ["sqlite"]
    assert first_fault(done.exports, told.files) == ""
    again = eventpack.download(address, to=tmp_path / "here", exports=["parquet"])
    assert again.exports is not None
    assert sorted(path.name for path in again.exports.iterdir()) == ["exports.json", "parquet", "sqlite"]
    asked = len(server.log)
    eventpack.download(address, to=tmp_path / "there", exports=FORMATS, offline=True)
    assert len(server.log) == asked
    assert files_below(tmp_path / "there") == files_below(tmp_path / "here")


def test_the_command_says_where_the_exports_are(tmp_path: Path, server: Loopback) -> None:
    """`download --with`."""
    done = eventpack_command(tmp_path, "download", f"{server.url}/{NAME}", "--with", "parquet")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1] == "exports in parquet → ships-0.1.0.exports"


def test_damaged_exports_do_not_arrive(tmp_path: Path, server: Loopback) -> None:
    """A file that is not what exports.json lists, or an exports.json that is not what versions.json lists."""
    address = f"{server.url}/{NAME}"
    flip(tmp_path / "place/ships/0.1.0.exports/parquet/ships.parquet")
    with pytest.raises(eventpack.DamagedError, match=r"parquet/ships\.parquet is not what was published"):
        eventpack.download(address, to=tmp_path / "here", exports=["parquet"])
    assert not (tmp_path / "here/ships-0.1.0.exports").exists()
    flip(tmp_path / "place/ships/0.1.0.exports/exports.json")
    shutil.rmtree(tmp_path / "cache")
    with pytest.raises(eventpack.DamagedError, match=r"exports\.json is not what was published"):
        eventpack.download(address, exports=["sqlite"])


def test_what_is_not_there_is_said_with_what_is(tmp_path: Path, server: Loopback, released: Path) -> None:
    """A format that was not published, a version without exports, and nothing in the cache."""
    address = f"{server.url}/{NAME}"
    what, fix = refusal(lambda: eventpack.download(address, exports=["parqet"]))
    assert (what, fix) == ("ships 0.1.0 has no export in parqet; did you mean `parquet`?", "one of: parquet, sqlite")
    what, _ = refusal(lambda: eventpack.download(address, exports=["parquet"], offline=True))
    assert what == "0.1.0.exports/parquet/crews.parquet is not in the cache"
    what, fix = refusal(lambda: eventpack.download(released, exports=["parquet"]))
    assert what == "ships 0.1.0 comes without exports"


def test_load_reads_the_parquet_that_was_downloaded(tmp_path: Path, server: Loopback, cache: Path) -> None:
    """Verified, and with the types of the schema; damaged, or in other types, the text is read instead."""
    done = eventpack.download(f"{server.url}/{NAME}", exports=["parquet"])
    assert done.exports is not None
    whole = eventpack.load(done.folder).ships
    path, note = done.exports / "parquet/ships.parquet", done.exports / "exports.json"
    exported = path.read_bytes()

    def put(frame: pl.DataFrame) -> None:
        """Other rows, listed and noted as if they had been published."""
        frame.write_parquet(path)
        told = json.loads(note.read_bytes())
        listed = next(file for file in told["formats"][0]["files"] if file["path"] == "parquet/ships.parquet")
        listed |= {"bytes": path.stat().st_size, "sha256": eventpack.files.sha256(path.read_bytes())}
        note.write_text(json.dumps(told))
        held = done.folder.with_name("0.1.0.json")
        entry = json.loads(held.read_bytes())
        entry["exports"] |= {"bytes": note.stat().st_size, "sha256": eventpack.files.sha256(note.read_bytes())}
        held.write_text(json.dumps(entry))

    put(pl.DataFrame(whole).head(7))
    assert len(eventpack.load(NAME).ships) == 7  # so it is what is read
    put(pl.DataFrame(whole).head(7).with_columns(pl.lit(1).alias("name")))
    assert eventpack.load(NAME).ships.equals(whole)
    path.write_bytes(exported)
    assert eventpack.load(NAME).ships.equals(whole)
