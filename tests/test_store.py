"""An S3-compatible store as a place: published to and downloaded from a real server, with a fault after every call."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventpack.cache import cache_root
from eventpack.downloading import download
from eventpack.errors import DamagedError, EventpackError, NetworkError, NotAPackage
from eventpack.fetching import bucket as reading
from eventpack.fetching.patience import Patience
from eventpack.loading.dataset import load
from eventpack.publishing import bucket as writing
from eventpack.publishing import publish
from tests.effort import first
from tests.places import NAME, release, tree
from tests.signedpack import KeyPair, key_pair
from tests.storepack import BUCKET, KEYS, Call, Gate, delete_all, gated, open_to_all, put, stored, uploads

PLACE = f"s3://{BUCKET}/open/data"
REF = f"{PLACE}/{NAME}"
FOLDER = f"open/data/{NAME}"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Gate]:
    """An empty bucket, keys in the environment, a cache of one's own, and one try for each call."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(reading, "PATIENCE", Patience(connect=2, silence=2, tries=3, pause=0.01))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with gated() as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL", running.url)
        yield running


def wanted(*versions: Path) -> dict[str, bytes]:
    """The objects of versions that are published."""
    return {
        f"{FOLDER}/{folder.name.removeprefix(f'{NAME}-')}/{path}": data
        for folder in versions
        for path, data in (
            tree(folder) | {f"{folder.name}.zip": folder.with_name(f"{folder.name}.zip").read_bytes()}
        ).items()
    }


def files_of(held: dict[str, bytes]) -> dict[str, bytes]:
    """What is held but the two lists."""
    return {key: data for key, data in held.items() if not key.endswith(("versions.json", "latest.json"))}


def once(number: int, what: str) -> Callable[[Call], str]:
    """A fault of one request."""
    return lambda call: what if call.number == number else ""


def test_published_and_downloaded(gate: Gate, tmp_path: Path) -> None:
    """The plan writes nothing; what is published comes back, from the cache without any call, and loads as tables."""
    plan = publish(release(), PLACE)
    assert (plan.already, stored(), {call.method for call in gate.log}) == (False, {}, {"GET"})
    assert publish(release(), PLACE, yes=True).latest == "0.1.0"
    assert files_of(stored()) == wanted(release())
    assert publish(release(), PLACE, yes=True).already
    done = download(REF, to=tmp_path / "out")
    assert (tree(done.folder), done.fetched) == (tree(release()), True)
    gate.reset()
    assert (tree(download(REF, offline=True).folder), gate.log) == (tree(release()), [])
    assert load(REF)["ports"].height == 1


@pytest.mark.long
def test_the_same_place_as_a_folder(gate: Gate, tmp_path: Path) -> None:
    """A store holds what a folder holds, byte for byte, so that either can be copied to the other."""
    for version in ("0.1.0", "0.2.0"):
        publish(release(version), PLACE, yes=True)
        publish(release(version), tmp_path / "site", yes=True)
    assert {key.removeprefix("open/data/"): data for key, data in stored().items()} == tree(tmp_path / "site")


def failing(number: int, what: str, gate: Gate) -> bool:
    """Whether publishing 0.2.0 with this fault says that it failed; what was there before is as it was."""
    gate.reset(once(number, what))
    try:
        publish(release("0.2.0"), PLACE, yes=True)
    except NetworkError:
        return True
    finally:
        gate.reset()
    return False


@pytest.mark.long
def test_a_fault_after_every_call(gate: Gate) -> None:
    """The first run fails at its first call, the second at its second, until one comes through: the end is the same.

    In turn the request is lost, the store does what is asked and its answer is lost, or it refuses.
    """
    publish(release("0.2.0"), PLACE, yes=True)
    end = stored()
    delete_all()
    number, faults = 1, ("unheard", "lost", "503")
    while failing(number, faults[number % 3], gate):
        number += 1
    publish(release("0.2.0"), PLACE, yes=True)
    assert (stored(), number > 12) == (end, True)


@pytest.mark.long
@pytest.mark.parametrize("what", ["lost", "unheard", "503"])
def test_a_fault_at_any_call_and_one_more_run(gate: Gate, what: str) -> None:
    """From the same beginning, each call for itself fails once; one more run ends as if nothing had happened."""
    publish(release("0.2.0"), PLACE, yes=True)
    end, calls = stored(), len(gate.log)
    for number in range(1, calls + 1):
        delete_all()
        failing(number, what, gate)
        publish(release("0.2.0"), PLACE, yes=True)
        assert (stored(), uploads()) == (end, 0)


@pytest.mark.long
def test_a_large_file_goes_on_at_the_part_that_lacks(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent in parts; whichever call fails, parts that arrived are not sent again, and no upload is left behind."""
    monkeypatch.setattr(writing, "LARGE", 80_000)
    publish(release("0.2.0"), PLACE, yes=True)
    end, wanted_parts = stored(), sum("partNumber" in call.path for call in gate.log)
    delete_all()
    number, sent, failed, faults = 1, 0, 0, ("unheard", "lost", "503")
    while True:
        gate.reset(once(number, faults[number % 3]))
        try:
            publish(release("0.2.0"), PLACE, yes=True)
        except NetworkError:
            failed += "partNumber" in gate.log[-1].path
        finally:
            sent += sum("partNumber" in call.path for call in gate.log)
        if len(gate.log) < number:
            break
        number += 1
    gate.reset()
    assert (stored(), uploads(), wanted_parts > 5, failed > 0) == (end, 0, True, True)
    assert sent <= wanted_parts + failed


@pytest.mark.long
def test_retries_and_back_off_are_the_clients(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is busy for three calls is asked again, after pauses that grow."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "5")
    busy = {2, 3, 7}
    gate.reset(lambda call: "503" if call.number in busy else "")
    publish(release(), PLACE, yes=True)
    assert files_of(stored()) == wanted(release())


def test_other_bytes_under_a_published_version(gate: Gate, tmp_path: Path) -> None:
    """They are refused, whoever holds the list of versions; nothing is written."""
    publish(release(), PLACE, yes=True)
    held = stored()
    other = release(extra="x,another\n")
    with pytest.raises(EventpackError, match=r"holds version 0.1.0 with other bytes"):
        publish(other, PLACE, yes=True)
    assert stored() == held


@pytest.mark.long
def test_two_publish_other_bytes_under_one_version(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes the checksums first has the version; the other writes nothing of it."""
    seen: list[str] = []

    def rival(call: Call) -> str:
        if call.method == "PUT" and not seen:
            seen.append(call.path)
            publish(release(), PLACE, yes=True)
        return ""

    gate.fault = rival
    with pytest.raises(EventpackError) as caught:
        publish(release(extra="x,another\n"), PLACE, yes=True)
    assert "SHA256SUMS is there with other bytes" in caught.value.what
    assert files_of(stored()) == wanted(release())


@pytest.mark.long
@pytest.mark.parametrize("moment", ["SHA256SUMS", "versions.json", "latest.json"])
def test_two_publish_two_versions(gate: Gate, moment: str) -> None:
    """Whenever the other one comes in between, both versions are listed in the end, and the higher one is latest."""
    seen: list[str] = []

    def rival(call: Call) -> str:
        if call.method == "PUT" and call.path.endswith(moment) and not seen:
            seen.append(call.path)
            publish(release("0.2.0"), PLACE, yes=True)
        return ""

    gate.fault = rival
    assert publish(release(), PLACE, yes=True).latest == "0.2.0"
    gate.reset()
    assert files_of(stored()) == wanted(release(), release("0.2.0"))
    assert [download(REF, version=version).version for version in ("0.1.0", "0.2.0", "latest")] == [
        "0.1.0", "0.2.0", "0.2.0",
    ]  # fmt: skip


@pytest.mark.parametrize("what", first(1, ["501", "bare"]))
def test_a_store_without_conditional_writes(gate: Gate, what: str, caplog: pytest.LogCaptureFixture) -> None:
    """It refuses conditions, or passes over them: it is looked before each write, and said so once."""
    gate.fault = lambda call: what if call.conditional else ""
    publish(release(), PLACE, yes=True)
    assert files_of(stored()) == wanted(release())
    assert publish(release(), PLACE, yes=True).already
    says = [record.getMessage() for record in caplog.records if record.name == "eventpack"]
    assert says == [f"{PLACE} knows no conditional writes: see to it that only one publishes there at a time"]


@pytest.mark.long
def test_a_version_that_is_half_there_with_other_bytes(gate: Gate) -> None:
    """An object that this release does not have, or has otherwise, is named; nothing is written."""
    put(f"{FOLDER}/0.1.0/ports.csv", b"id,name\np1,Harbour\np2,Quay\n")
    with pytest.raises(EventpackError) as caught:
        publish(release(), PLACE, yes=True)
    assert "is not in versions.json, and is not this release: ports.csv has" in caught.value.what
    assert len(stored()) == 1


@pytest.mark.long
def test_objects_copied_by_another_tool(gate: Gate) -> None:
    """Without the digest that publishing notes, the bytes themselves are read."""
    for key, data in wanted(release()).items():
        put(key, data)
    gate.reset()
    publish(release(), PLACE, yes=True)
    assert [call.path.rpartition("/")[2] for call in gate.log if call.method == "PUT"] == [
        "versions.json",
        "latest.json",
    ]
    put(f"{FOLDER}/0.1.0/ports.csv", b"id,name\np1,Harbous\n")
    with pytest.raises(DamagedError, match=r"ports.csv has SHA-256"):
        publish(release(), PLACE, yes=True)


@pytest.mark.long
@pytest.mark.parametrize("what", ["lost", "cut", "503"])
def test_a_download_with_a_fault_at_every_call(
    gate: Gate, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run again until done, it has what was published; what came whole is not asked for again."""
    publish(release(), PLACE, yes=True)
    monkeypatch.setattr(reading, "PATIENCE", Patience(connect=2, silence=2, tries=1, pause=0.01))
    number = 1
    while True:
        gate.reset(once(number, what))
        try:
            done = download(REF)
            break
        except NetworkError:
            number += 1
    assert (tree(done.folder), number > 4) == (tree(release()), True)


def test_a_transfer_goes_on_where_it_stopped(gate: Gate) -> None:
    """A body that is cut is asked for from there on, in the same state."""
    publish(release(), PLACE, yes=True)
    cut: list[str] = []

    def fault(call: Call) -> str:
        if call.path.endswith("ships.csv") and not cut:
            cut.append(call.path)
            return "cut"
        return ""

    gate.reset(fault)
    assert tree(download(REF).folder) == tree(release())
    asked = [call.headers for call in gate.log if call.path.endswith("ships.csv")]
    assert ["range" in headers for headers in asked] == [False, True]
    assert asked[1]["range"].startswith("bytes=") and asked[1]["if-match"]


@pytest.mark.long
def test_an_object_that_was_replaced(gate: Gate) -> None:
    """Of another size or with other bytes: it is named, and nothing of it stays."""
    publish(release(), PLACE, yes=True)
    for data in (b"id,name\n", b"id,name\np1,Harbous\n"):
        put(f"{FOLDER}/0.1.0/ports.csv", data)
        with pytest.raises(DamagedError, match=r"ports.csv"):
            download(REF)
        assert tree(cache_root()) == {}


def test_what_is_refused_and_how_it_is_said(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """No bucket, no dataset, no name, no connection; no key is ever in a message."""
    with pytest.raises(EventpackError, match="there is no bucket `nothing-here`"):
        download("s3://nothing-here/ships")
    with pytest.raises(NotAPackage, match=f"no dataset is published at {PLACE}/boats"):
        download(f"{PLACE}/boats")
    for wrong in ("s3://", "s3://A b/x", f"{PLACE}//ships", f"s3://{BUCKET}"):
        with pytest.raises(EventpackError, match=r"names no bucket|empty step|does not end"):
            download(wrong)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(NetworkError) as caught:
        publish(release(), PLACE, yes=True)
    assert "no connection to the store" in caught.value.what
    assert "secret" not in str(caught.value) and "Signature" not in str(caught.value)


@pytest.mark.long
def test_a_public_bucket_needs_no_keys(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without keys, requests are not signed."""
    publish(release(), PLACE, yes=True)
    open_to_all()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    gate.reset()
    assert tree(download(REF).folder) == tree(release())
    assert {"authorization" in call.headers for call in gate.log} == {False}


def test_one_progress_over_all_files(gate: Gate) -> None:
    """It grows to the size of all files, and says so at the end."""
    seen: list[tuple[int, int]] = []
    plan = publish(release(), PLACE, yes=True, progress=lambda done, whole: seen.append((done, whole)))
    assert (sorted(seen), seen[-1]) == (seen, (plan.size, plan.size))
    assert len(seen) > 8


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyPair:
    """A pair of keys, and a memory of one's own."""
    monkeypatch.setenv("EVENTPACK_TRUST", str(tmp_path / "trust"))
    monkeypatch.delenv("EVENTPACK_SIGNING_KEY", raising=False)
    return key_pair(tmp_path / "keys")


def test_a_signed_place_in_a_store(gate: Gate, key: KeyPair, tmp_path: Path) -> None:
    """The same bytes as in a folder; read back and verified."""
    for version in ("0.1.0", "0.2.0"):
        for place in (PLACE, tmp_path / "site"):
            publish(release(version), place, signing=key.signing(), yes=True)
    assert {path.removeprefix("open/data/"): data for path, data in stored().items()} == tree(tmp_path / "site")
    assert download(REF, key=key.public).signer == key.called


@pytest.mark.long
def test_a_fault_after_every_call_while_signing(gate: Gate, key: KeyPair) -> None:
    """A reader who knows the place finds the old state or the new one after each; the end is the same."""
    publish(release(), PLACE, signing=key.signing(), yes=True)
    publish(release("0.2.0"), PLACE, signing=key.signing(), yes=True)
    end = stored()
    delete_all()
    publish(release(), PLACE, signing=key.signing(), yes=True)
    assert download(REF).version == "0.1.0"
    number, faults = 1, ("unheard", "lost", "503")
    while True:
        gate.reset(once(number, faults[number % 3]))
        try:
            publish(release("0.2.0"), PLACE, signing=key.signing(), yes=True)
            break
        except NetworkError:
            gate.reset()
        assert download(REF).version in ("0.1.0", "0.2.0")
        number += 1
    gate.reset()
    publish(release("0.2.0"), PLACE, signing=key.signing(), yes=True)
    assert (stored(), download(REF).version, number > 20) == (end, "0.2.0", True)


@pytest.mark.long
@pytest.mark.parametrize("moment", ["targets.json", "versions.json", "timestamp.json"])
def test_two_sign_at_the_same_time(gate: Gate, key: KeyPair, moment: str) -> None:
    """Whenever the other one comes in between, both versions are listed and signed in the end."""
    publish(release("0.0.1"), PLACE, signing=key.signing(), yes=True)
    assert download(REF).version == "0.0.1"
    seen: list[str] = []

    def rival(call: Call) -> str:
        if call.method == "PUT" and call.path.endswith(moment) and not seen:
            seen.append(call.path)
            publish(release("0.2.0"), PLACE, signing=key.signing(), yes=True)
        return ""

    gate.fault = rival
    assert publish(release(), PLACE, signing=key.signing(), yes=True).latest == "0.2.0"
    gate.reset()
    assert seen and [download(REF, version=wanted).version for wanted in ("0.1.0", "latest")] == ["0.1.0", "0.2.0"]
    assert publish(release(), PLACE, signing=key.signing(), yes=True).already


@pytest.mark.long
def test_a_store_that_hides_what_is_not_there(gate: Gate, key: KeyPair) -> None:
    """Without leave to list, a store answers 403 for an object that it has not; the next list of keys is such a one."""
    publish(release(), PLACE, signing=key.signing(), yes=True)
    gate.reset(lambda call: "403" if call.path.endswith("2.root.json") else "")
    assert [download(REF).signer, download(REF).signer] == [key.called] * 2
