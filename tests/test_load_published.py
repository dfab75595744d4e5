"""`eventpack.load` of what is published: an address, the folder of a place, a name in the cache."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import eventpack
from eventpack.errors import DamagedError
from tests.loopback import Loopback, corrupt, serve
from tests.places import NAME, ROWS, published, release
from tests.test_load import refusal

SHIPS = ROWS.count("\n")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Loopback]:
    """A place with two versions on loopback; the second one has one ship more."""
    published(tmp_path / "place", "0.1.0", "0.2.0")
    with serve(tmp_path / "place") as running:
        yield running


def test_an_address_is_downloaded_and_read(server: Loopback) -> None:
    """The latest version, an exact one, and the newest of a series."""
    loaded = [eventpack.load(f"{server.url}/{NAME}", version=text) for text in ("latest", "0.1.0", "~0.1")]
    assert [(data.version, data.ships.height) for data in loaded] == [
        ("0.2.0", SHIPS + 1), ("0.1.0", SHIPS), ("0.1.0", SHIPS),
    ]  # fmt: skip


def test_what_was_downloaded_is_loaded_by_its_name_without_a_network(server: Loopback, tmp_path: Path) -> None:
    """From the cache, offline or by name, nothing is asked for on the web."""
    eventpack.load(f"{server.url}/{NAME}")
    asked = len(server.log)
    by_name, offline = eventpack.load(NAME), eventpack.load(f"{server.url}/{NAME}", offline=True)
    assert (by_name.version, offline.version, by_name.ships.height, len(server.log)) == (
        "0.2.0",
        "0.2.0",
        SHIPS + 1,
        asked,
    )


def test_the_folder_of_a_published_dataset_is_a_place(tmp_path: Path) -> None:
    """Its versions can be chosen; the folder of one version is that version."""
    place = published(tmp_path / "place", "0.1.0", "0.2.0")
    assert [eventpack.load(place, version=text).version for text in ("latest", "0.1.0")] == ["0.2.0", "0.1.0"]
    assert eventpack.load(place / "0.1.0").version == "0.1.0"


def test_a_name_that_is_not_in_the_cache_is_refused() -> None:
    """The error names the three things that a reference can be."""
    what, fix = refusal(lambda: eventpack.load(NAME))
    assert what == "`ships` is neither a path nor in the cache"
    assert fix == "give a path or an address, or run `eventpack download https://…/ships`"
    assert refusal(lambda: eventpack.load(NAME, version="0.3.0"))[0] == (
        "version 0.3.0 of `ships` is neither a path nor in the cache"
    )


def test_a_name_that_no_disk_can_hold_is_refused(cache: Path) -> None:
    """It can be in no cache."""
    (cache / "somewhere").mkdir(parents=True)
    assert refusal(lambda: eventpack.load("x" * 300))[0] == f"`{'x' * 300}` is neither a path nor in the cache"


def test_what_is_no_web_address_is_not_taken_for_a_path() -> None:
    """As in a download."""
    assert refusal(lambda: eventpack.load("ftp://host/ships"))[0] == "`ftp://host/ships` is neither http nor https"


def test_a_path_goes_before_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that has the name of a dataset is the folder."""
    shutil.copytree(release("0.1.0"), tmp_path / NAME)
    monkeypatch.chdir(tmp_path)
    assert eventpack.load(NAME).package.tree.label == NAME


def test_a_path_holds_one_version(tmp_path: Path) -> None:
    """Another one is refused rather than passed over."""
    assert eventpack.load(release("0.1.0"), version="~0.1").version == "0.1.0"
    archive = release("0.1.0").with_name(f"{NAME}-0.1.0.zip")
    what, fix = refusal(lambda: eventpack.load(archive, version="0.2.0"))
    assert (what, fix) == ("there is no version 0.2.0; did you mean `0.1.0`?", "ask for one of: 0.1.0")


def test_a_damaged_file_is_never_loaded(server: Loopback, cache: Path) -> None:
    """Neither what arrives damaged, nor what was changed in the cache."""
    server.always[f"/{NAME}/0.2.0/ships.csv"] = corrupt
    with pytest.raises(DamagedError):
        eventpack.load(f"{server.url}/{NAME}")
    server.always.clear()
    folder = Path(eventpack.load(f"{server.url}/{NAME}").package.tree.label)
    assert folder.is_relative_to(cache)
    ships = folder / "ships.csv"
    ships.chmod(0o644)
    ships.write_bytes(ships.read_bytes().replace(b"ship number 7\n", b"ship number 8\n"))
    with pytest.raises(DamagedError):
        eventpack.load(NAME)
