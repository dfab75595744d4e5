"""Signed places: what is written, what is remembered, how keys change; and that it is all static files."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tuf.ngclient import Updater
from tuf.ngclient.config import UpdaterConfig

from eventpack.catalogue import VERSIONS
from eventpack.downloading import download
from eventpack.errors import DamagedError, EventpackError
from eventpack.files import sha256
from eventpack.jsontext import json_bytes
from eventpack.loading.dataset import load
from eventpack.publishing import Signing, publish
from eventpack.publishing.folder import FolderPlace
from eventpack.trust import library
from tests.loopback import Loopback, serve
from tests.places import NAME, published, release, tree
from tests.signedpack import KeyPair, key_pair, signatures, signed_place


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache and a memory of one's own, and no key in the environment."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EVENTPACK_TRUST", str(tmp_path / "trust"))
    monkeypatch.setenv("NO_PROXY", "*")
    for name in ("SOURCE_DATE_EPOCH", "EVENTPACK_SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def key(tmp_path: Path) -> KeyPair:
    """A pair of keys."""
    return key_pair(tmp_path / "keys")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Loopback]:
    """A server of `site`."""
    (tmp_path / "site").mkdir()
    with serve(tmp_path / "site") as running:
        yield running


def test_what_a_signed_place_holds(tmp_path: Path, key: KeyPair) -> None:
    """Beside the files of an unsigned one only `signed/`; the same again writes nothing."""
    place = signed_place(tmp_path / "site", key)
    published(tmp_path / "plain")
    plain, held = tree(tmp_path / "plain"), tree(place)
    listed = held.pop(f"{NAME}/{VERSIONS}")
    assert json.loads(listed) == json.loads(plain.pop(f"{NAME}/{VERSIONS}")) | {"signed": "signed/"}
    folder = f"{NAME}/signed/"
    assert sorted(path.removeprefix(folder) for path in held.keys() - plain.keys()) == sorted(
        ["1.root.json", "1.snapshot.json", "1.targets.json", "timestamp.json", f"{sha256(listed)}.{VERSIONS}"]
    )
    assert {path: data for path, data in held.items() if not path.startswith(folder)} == plain
    assert publish(release(), place, signing=key.signing(), yes=True).already
    assert publish(release(), place, signing=key.signing(), yes=True).steps == ()


def test_the_plan_says_whose_key_signs(tmp_path: Path, key: KeyPair) -> None:
    """As one more step, with the number of files."""
    plan = publish(release(), tmp_path / "site", signing=key.signing())
    step = plan.steps[-1]
    assert (step.what, step.files) == (f"{tmp_path / 'site'}/{NAME}/signed/ by the key {key.called}", 5)
    assert not (tmp_path / "site").exists()


def test_any_client_of_the_update_framework_can_read_it(tmp_path: Path, key: KeyPair, server: Loopback) -> None:
    """The reference client, with nothing of ours, brings the list of versions."""
    signed_place(server.root, key, "0.1.0", "0.2.0")
    (tmp_path / "tuf").mkdir()
    base = f"{server.url}/{NAME}/signed/"
    root = (signatures(server.root) / "1.root.json").read_bytes()
    updater = Updater(str(tmp_path / "tuf"), base, str(tmp_path / "tuf"), base, config=UpdaterConfig(), bootstrap=root)
    target = updater.get_targetinfo(VERSIONS)
    assert target is not None
    assert Path(updater.download_target(target)).read_bytes() == (server.root / NAME / VERSIONS).read_bytes()


def test_the_first_key_is_remembered(
    tmp_path: Path, key: KeyPair, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once; afterwards only what may have changed is asked for."""
    signed_place(server.root, key)
    ref = f"{server.url}/{NAME}"
    done = download(ref)
    assert (tree(done.folder), done.signer) == (tree(release()), key.called)
    says = f"{ref} is signed by the key {key.called}, met for the first time and remembered; compare it with"
    assert [record.getMessage().startswith(says) for record in caplog.records if record.levelno > logging.INFO] == [
        True
    ]
    caplog.clear()
    server.log.clear()
    assert download(ref).signer == key.called
    assert [each.path.rpartition("/")[2] for each in server.log] == ["2.root.json", "timestamp.json"]
    assert caplog.records == []


def test_a_given_key_is_not_asked_about(
    tmp_path: Path, key: KeyPair, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    """With the key of the publisher nothing has to be compared; offline, it must be the one that is remembered."""
    signed_place(server.root, key)
    ref = f"{server.url}/{NAME}"
    assert download(ref, key=key.public).signer == key.called
    assert caplog.records == []
    assert download(ref, key=key.public, offline=True).fetched is False
    with pytest.raises(DamagedError, match=f"is remembered as signed by {key.called}, not by "):
        download(ref, key=key_pair(tmp_path / "keys", "other").public, offline=True)


def test_load_reads_signatures_too(key: KeyPair, server: Loopback, tmp_path: Path) -> None:
    """What is loaded from a signed place was checked."""
    signed_place(server.root, key)
    assert load(f"{server.url}/{NAME}", key=key.public)["ports"].height == 1
    for ref in (release(), "ships"):
        with pytest.raises(EventpackError, match="is no published place"):
            load(ref, key=key.public)
    other = key_pair(tmp_path / "keys", "other")
    shutil.rmtree(server.root / NAME)
    signed_place(server.root, other)
    with pytest.raises(DamagedError, match="is not signed by its key"):
        load(f"{server.url}/{NAME}")


def test_forgetting(tmp_path: Path, key: KeyPair, server: Loopback) -> None:
    """Another key is refused until the folder that the message names is removed."""
    signed_place(server.root, key)
    ref = f"{server.url}/{NAME}"
    download(ref)
    other = key_pair(tmp_path / "keys", "other")
    shutil.rmtree(server.root / NAME)
    signed_place(server.root, other)
    with pytest.raises(DamagedError) as caught:
        download(ref, key=other.public)
    folder = caught.value.fix.rpartition("remove ")[2]
    shutil.rmtree(folder)
    assert download(ref, key=other.public).signer == other.called


def test_without_the_library(
    key: KeyPair, server: Loopback, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever never checked is told that nothing is checked; whoever names a key gets an error with the fix."""
    signed_place(server.root, key)
    ref = f"{server.url}/{NAME}"
    monkeypatch.setattr(library, "find_spec", lambda name: None)
    done = download(ref)
    assert (tree(done.folder), done.signer) == (tree(release()), "")
    assert "is signed, and its signatures are not checked" in caplog.text
    with pytest.raises(EventpackError, match="signed places need the libraries"):
        download(ref, key=key.public)
    with pytest.raises(EventpackError) as caught:
        publish(release("0.2.0"), server.root, signing=key.signing(), yes=True)
    assert caught.value.fix == 'install it: pip install "eventpack[sign]"'
    monkeypatch.undo()


def test_without_the_library_after_it_was_there(
    key: KeyPair, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was checked once is not believed unchecked."""
    signed_place(server.root, key)
    download(f"{server.url}/{NAME}")
    monkeypatch.setattr(library, "find_spec", lambda name: None)
    with pytest.raises(EventpackError, match="signed places need the libraries"):
        download(f"{server.url}/{NAME}")


def test_a_signed_place_stays_signed(tmp_path: Path, key: KeyPair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key nothing is published there; the one in the environment will do; it signs nothing unsigned."""
    place = signed_place(tmp_path / "site", key)
    with pytest.raises(EventpackError, match="is signed, and no key is given"):
        publish(release("0.2.0"), place, yes=True)
    monkeypatch.setenv("EVENTPACK_SIGNING_KEY", key.private)
    publish(release("0.2.0"), place, yes=True)
    assert download(place / NAME).version == "0.2.0"
    publish(release(), tmp_path / "plain", yes=True)
    assert not signatures(tmp_path / "plain").exists()


@pytest.mark.parametrize("days", [-1, 36_501, 10**7, 10**12])
def test_a_state_holds_for_no_such_time(days: int, tmp_path: Path, key: KeyPair) -> None:
    """A time that is over would lock readers out, and one beyond all years cannot be written."""
    with pytest.raises(EventpackError, match=f"a state cannot hold for {days} days"):
        publish(release(), tmp_path / "site", signing=key.signing(valid=days), yes=True)
    assert not (tmp_path / "site" / NAME / "versions.json").exists()


@pytest.mark.parametrize("more", [{"valid": 30}, {"accept": True}, {"old_key": "x"}])
def test_words_about_signatures_need_some(tmp_path: Path, more: dict[str, object]) -> None:
    """What only means something for a signed place is not passed over in silence."""
    with pytest.raises(EventpackError, match="ships is not signed"):
        publish(release(), tmp_path / "site", signing=Signing(**more), yes=True)  # type: ignore[arg-type]
    assert not (tmp_path / "site" / NAME / "versions.json").exists()


@pytest.mark.parametrize("text", ["", "no key", "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----"])
def test_what_is_no_key_signs_nothing(tmp_path: Path, text: str) -> None:
    """It is refused before anything is written."""
    with pytest.raises(EventpackError):
        publish(release(), tmp_path / "site", signing=Signing(text, wanted=True), yes=True)
    assert not (tmp_path / "site" / NAME / "versions.json").exists()


def test_an_unsigned_place_becomes_signed(tmp_path: Path, key: KeyPair) -> None:
    """Publishing what is there once more, with a key, is enough."""
    published(tmp_path / "site")
    assert download(tmp_path / "site" / NAME).signer == ""
    publish(release(), tmp_path / "site", signing=key.signing(), yes=True)
    assert download(tmp_path / "site" / NAME).signer == key.called


def test_another_key_is_refused_unless_the_old_one_hands_over(tmp_path: Path, key: KeyPair, server: Loopback) -> None:
    """Readers go over with the place, whichever of the keys they were given."""
    signed_place(server.root, key)
    ref = f"{server.url}/{NAME}"
    download(ref)
    new = key_pair(tmp_path / "keys", "new")
    with pytest.raises(EventpackError, match=f"is signed by {key.called}, not by {new.called}"):
        publish(release("0.2.0"), server.root, signing=new.signing(), yes=True)
    publish(release("0.2.0"), server.root, signing=new.signing(old_key=key.private), yes=True)
    assert publish(release("0.2.0"), server.root, signing=new.signing(), yes=True).already
    assert (download(ref).signer, download(ref, key=key.public).version) == (new.called, "0.2.0")
    for given in (key.public, new.public, None):
        shutil.rmtree(tmp_path / "trust")
        assert download(ref, key=given).signer == new.called
    with pytest.raises(EventpackError, match=f"is signed by {new.called}, not by {key.called}"):
        publish(release("0.3.0"), server.root, signing=key.signing(), yes=True)


def test_how_long_a_state_holds(tmp_path: Path, key: KeyPair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said once, it stays; publishing again on a later day renews it, and 0 ends it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")  # 2025-06-15
    place = signed_place(tmp_path / "site", key, valid=30)

    def until() -> str:
        return str(json.loads((signatures(place) / "timestamp.json").read_bytes())["signed"]["expires"])

    assert until() == "2025-07-16T00:00:00Z"
    with pytest.raises(DamagedError, match="may be held at an old state"):
        download(place / NAME)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750100000")
    assert not publish(release(), place, signing=key.signing(), yes=True).already
    assert until() == "2025-07-17T00:00:00Z"
    publish(release(), place, signing=key.signing(valid=0), yes=True)
    assert until() == "9999-12-31T00:00:00Z"
    assert download(place / NAME).signer == key.called


def test_a_list_changed_by_hand_is_not_signed_unseen(tmp_path: Path, key: KeyPair) -> None:
    """Whoever can write to the place cannot let the next publisher sign it; its owner says that it is meant."""
    place = signed_place(tmp_path / "site", key)
    path = place / NAME / VERSIONS
    value = json.loads(path.read_bytes())
    value["versions"][0]["status"] = "withdrawn"
    path.write_bytes(json_bytes(value))
    with pytest.raises(DamagedError) as caught:
        publish(release("0.2.0"), place, signing=key.signing(), yes=True)
    assert caught.value.what.endswith(f"{NAME}/{VERSIONS} is not what was signed")
    publish(release("0.2.0"), place, signing=key.signing(accept=True), yes=True)
    assert download(place / NAME, version="0.1.0").withdrawn


@pytest.mark.long
@pytest.mark.parametrize("rotating", [False, True])
def test_killed_at_every_write(tmp_path: Path, key: KeyPair, monkeypatch: pytest.MonkeyPatch, rotating: bool) -> None:
    """A reader who knows the place finds the old state or the new one; the next run ends as if nothing had happened."""
    new = key_pair(tmp_path / "keys", "new")
    signing = new.signing(old_key=key.private) if rotating else key.signing()
    start = signed_place(tmp_path / "start", key)
    end = Path(shutil.copytree(start, tmp_path / "end"))
    plan = publish(release("0.2.0"), end, signing=signing, yes=True)
    usual, number = FolderPlace.replace, 0
    while True:
        place = Path(shutil.copytree(start, tmp_path / "site"))
        assert download(place / NAME).version == "0.1.0"
        left = [number]

        def write(self: FolderPlace, path: str, data: bytes, left: list[int] = left) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            usual(self, path, data)

        monkeypatch.setattr(FolderPlace, "replace", write)
        try:
            publish(release("0.2.0"), place, signing=signing, yes=True)
            break
        except KeyboardInterrupt:
            monkeypatch.setattr(FolderPlace, "replace", usual)
        assert download(place / NAME).version in ("0.1.0", "0.2.0")
        publish(release("0.2.0"), place, signing=signing, yes=True)
        assert tree(place) == tree(end)
        shutil.rmtree(place)
        shutil.rmtree(tmp_path / "trust")
        number += 1
    assert (number, plan.done) == (8 if rotating else 6, True)
