"""A signed place in hostile hands: each attack of The Update Framework's list, against a real server on loopback.

The server may send whatever it likes, but has not the key. After each attack the reader has what it had before.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventpack.cache import cache_root
from eventpack.downloading import download
from eventpack.errors import DamagedError, NetworkError
from eventpack.fetching import web
from eventpack.fetching.patience import Patience
from eventpack.jsontext import json_bytes
from tests.effort import first
from tests.loopback import Answer, Loopback, endless, instead, serve, status
from tests.places import NAME, release, tree
from tests.signedpack import KeyPair, key_pair, signatures, signed_place, two_states


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache and a memory of one's own, and little patience."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EVENTPACK_TRUST", str(tmp_path / "trust"))
    monkeypatch.setenv("NO_PROXY", "*")
    patience = Patience(connect=2, silence=0.5, tries=3, pause=0.01, whole=1.5, slowest=50_000, span=0.5)
    monkeypatch.setattr(web, "PATIENCE", patience)
    for name in ("SOURCE_DATE_EPOCH", "EVENTPACK_SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    """The publisher's keys."""
    return key_pair(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, key: KeyPair) -> Path:
    """The folder with both states of the place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        two_states(folder := tmp_path_factory.mktemp("states"), key)
    return folder


@pytest.fixture
def states(tmp_path: Path, made: Path) -> tuple[Path, Path]:
    """The place before and after 0.2.0 was published."""
    folder = Path(shutil.copytree(made, tmp_path / "states"))
    return folder / "old", folder / "new"


@pytest.fixture
def server(states: tuple[Path, Path]) -> Iterator[Loopback]:
    """A server of the old state."""
    with serve(states[0]) as running:
        yield running


def ref(server: Loopback) -> str:
    """The address of the dataset."""
    return f"{server.url}/{NAME}"


def refused(server: Loopback, honest: Path | None = None, **more: object) -> str:
    """What is said when a reader refuses; the cache is as it was.

    With the `honest` state, the reader, who came from one before it, then gets that: no attack leaves it shut out.
    """
    before = tree(cache_root())
    with pytest.raises(DamagedError) as caught:
        download(ref(server), **more)  # type: ignore[arg-type]
    assert tree(cache_root()) == before
    if honest is not None:
        server.always, evil = {}, server.root
        server.root = honest
        assert download(ref(server)).version == "0.2.0"
        server.root = evil
    return caught.value.what.replace(server.url, "…")


def with_copies(folder: Path, source: Path, change: Callable[[Path], None]) -> Path:
    """A copy of a place, changed."""
    made = Path(shutil.copytree(source, folder))
    change(made)
    return made


def newest(place: Path, role: str) -> Path:
    """The file of a role that the last state of a place names."""
    return max(signatures(place).glob(f"*.{role}.json"), key=lambda path: int(path.name.partition(".")[0]))


def write_root(place: Path, data: bytes) -> None:
    """A second list of keys."""
    (signatures(place) / "2.root.json").write_bytes(data)


def altered(path: Path) -> None:
    """The same metadata with a higher number, and the signature it had."""
    path.write_bytes(path.read_bytes().replace(b'"version":2', b'"version":3'))


# Arbitrary content


def test_arbitrary_content_of_a_file(server: Loopback) -> None:
    """Bytes that nobody published, of the same size, in a file of a version."""
    data = (server.root / NAME / "0.1.0/ships.csv").read_bytes()
    server.always[f"/{NAME}/0.1.0/ships.csv"] = instead(
        data.replace(b"number 7,", b"number 8,").replace(b"s7,", b"s8,")
    )
    with pytest.raises(DamagedError, match="is not what was published"):
        download(ref(server))
    assert tree(cache_root()) == {}


def test_arbitrary_content_of_the_list(server: Loopback, states: tuple[Path, Path]) -> None:
    """A list of versions that nobody signed, under the name of one that was."""
    download(ref(server))
    server.root = states[1]
    copy = next(path for path in signatures(states[1]).glob("*.versions.json") if b"0.2.0" in path.read_bytes())
    server.always[f"/{NAME}/signed/{copy.name}"] = instead(copy.read_bytes().replace(b"0.2.0", b"0.2.9"))
    assert refused(server, states[1]).startswith(f"…/{NAME} gives other bytes than were signed")


@pytest.mark.parametrize("role", first(1, ["timestamp", "snapshot", "targets"]))
def test_arbitrary_content_of_the_signatures(
    server: Loopback, states: tuple[Path, Path], tmp_path: Path, role: str
) -> None:
    """Metadata that was changed after it was signed, whichever it is."""
    download(ref(server))

    def change(place: Path) -> None:
        altered(signatures(place) / "timestamp.json" if role == "timestamp" else newest(place, role))

    server.root = with_copies(tmp_path / "evil", states[1], change)
    says = "is not signed by its key" if role == "timestamp" else "gives other bytes than were signed"
    assert says in refused(server, states[1])


def test_arbitrary_content_instead_of_metadata(server: Loopback, states: tuple[Path, Path]) -> None:
    """No JSON, another JSON, metadata of another kind, nothing."""
    download(ref(server))
    other = (signatures(states[1]) / "1.root.json").read_bytes()
    for body in (b"\0\xff", b"[]", b"{}", b'{"signed": {}, "signatures": []}', other, b"", b"[" * 10_000):
        server.always[f"/{NAME}/signed/timestamp.json"] = instead(body)
        assert refused(server).startswith(f"…/{NAME}")


# Rollback


def test_rollback(server: Loopback, states: tuple[Path, Path]) -> None:
    """The whole place as it was before, all signed by the right key."""
    server.root = states[1]
    assert download(ref(server)).version == "0.2.0"
    server.root = states[0]
    assert "gives an older state than it gave before" in refused(server, states[1])


def test_rollback_of_one_file(server: Loopback, states: tuple[Path, Path], tmp_path: Path) -> None:
    """The state is the newest, and the list of versions under its name is the older one."""
    download(ref(server))

    def change(place: Path) -> None:
        new = next(path for path in signatures(place).glob("*.versions.json") if b"0.2.0" in path.read_bytes())
        new.write_bytes(next(signatures(states[0]).glob("*.versions.json")).read_bytes())

    server.root = with_copies(tmp_path / "evil", states[1], change)
    assert "gives other bytes than were signed" in refused(server, states[1])


def test_rollback_of_the_keys(server: Loopback, states: tuple[Path, Path], tmp_path: Path, key: KeyPair) -> None:
    """After the place went over to a new key, what the old one signed is not believed any more."""
    new = key_pair(tmp_path / "keys", "new")
    rotated = with_copies(tmp_path / "rotated", states[1], lambda place: None)
    signed_place(rotated, new, "0.2.0", old_key=key.private)
    server.root = rotated
    assert download(ref(server)).signer == new.called
    signed_place(states[1], key, "0.3.0")
    server.root = states[1]
    assert "is not signed by its key" in refused(server, rotated)


# Mix and match


@pytest.mark.parametrize("role", first(1, ["snapshot", "targets"]))
def test_mix_and_match_of_states(server: Loopback, states: tuple[Path, Path], tmp_path: Path, role: str) -> None:
    """The parts are all signed, and never were one state."""
    download(ref(server))

    def change(place: Path) -> None:
        newest(place, role).write_bytes(newest(states[0], role).read_bytes())

    server.root = with_copies(tmp_path / "evil", states[1], change)
    assert "gives other bytes than were signed" in refused(server, states[1])


def test_mix_and_match_of_versions(server: Loopback, states: tuple[Path, Path], tmp_path: Path) -> None:
    """Files of 0.1.0 in the folder of 0.2.0."""

    def change(place: Path) -> None:
        shutil.rmtree(place / NAME / "0.2.0")
        shutil.copytree(place / NAME / "0.1.0", place / NAME / "0.2.0")

    server.root = with_copies(tmp_path / "evil", states[1], change)
    with pytest.raises(DamagedError):
        download(ref(server))
    assert tree(cache_root()) == {}


def test_mix_and_match_of_datasets(server: Loopback, key: KeyPair, tmp_path: Path) -> None:
    """Another dataset, signed by the same key, under this one's address."""
    from eventpack.publishing import publish

    publish(release(name="boats"), tmp_path / "boats", signing=key.signing(), yes=True)
    (tmp_path / "boats" / "boats").rename(tmp_path / "boats" / NAME)
    server.root = tmp_path / "boats"
    with pytest.raises(DamagedError, match="is that of `boats`, not of `ships`"):
        download(ref(server), key=key.public)


# Endless data


@pytest.mark.parametrize("path", ["timestamp.json", "1.root.json", "1.snapshot.json", "1.targets.json", "COPY"])
def test_endless_data(server: Loopback, path: str) -> None:
    """Whatever never ends is left after as many bytes as it may have; each file of metadata has such a bound."""
    copy = next(signatures(server.root).glob("*.versions.json")).name
    target = f"/{NAME}/signed/{copy if path == 'COPY' else path}"
    server.always[target] = endless
    with pytest.raises(DamagedError, match="is larger than"):
        download(ref(server))
    assert server.asked(target)[-1].sent < 20 << 20
    assert tree(cache_root().parent / "trust") == {}


def test_endless_data_in_a_file(server: Loopback) -> None:
    """A file of a version is left at the size that is listed."""
    server.always[f"/{NAME}/0.1.0/ships.csv"] = endless
    with pytest.raises(DamagedError, match="sends more than the"):
        download(ref(server))


def test_endless_lists_of_keys(server: Loopback) -> None:
    """A chain of keys that never ends is left after 256, each of which must be signed by the one before."""
    server.always |= {f"/{NAME}/signed/{number}.root.json": instead(b"{}") for number in range(2, 300)}
    with pytest.raises(DamagedError):
        download(ref(server))
    assert len(server.asked(".root.json")) < 5


# Slow retrieval


def trickle(every: float, size: int) -> Callable[[Answer, bytes, dict[str, str]], None]:
    """Send a few bytes at a time, for ever: each arrives before anybody loses patience with silence."""

    def fault(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
        answer.trickle = (every, size)

    return fault


@pytest.mark.parametrize(("path", "size"), first(1, [("signed/timestamp.json", 5), ("0.1.0/ships.csv", 20)]))
def test_slow_retrieval(server: Loopback, path: str, size: int) -> None:
    """A server that keeps one waiting without end is left, whether the file is small or large."""
    server.always[f"/{NAME}/{path}"] = trickle(0.05, size)
    with pytest.raises(NetworkError, match=r"takes longer than 1.5 s|comes too slowly"):
        download(ref(server))


def test_slow_retrieval_in_many_pieces(server: Loopback) -> None:
    """Nor does it help to cut the connection after every few bytes."""
    target = f"/{NAME}/0.1.0/ships.csv"

    def cut_after_ten(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
        answer.headers["Content-Length"] = str(len(answer.body))
        answer.cut = 10

    server.always[target] = cut_after_ten
    with pytest.raises(NetworkError, match="times in a row"):
        download(ref(server))
    assert len(server.asked(target)) == 3


# Wrong key


def test_wrong_key(server: Loopback, tmp_path: Path, states: tuple[Path, Path]) -> None:
    """All is signed, well and whole, by somebody else."""
    download(ref(server))
    server.root = signed_place(tmp_path / "evil", key_pair(tmp_path / "keys", "evil"), "0.2.0")
    assert "is not signed by its key" in refused(server, states[1])


def test_wrong_key_at_first_sight(server: Loopback, tmp_path: Path, key: KeyPair) -> None:
    """Who has the publisher's key needs no memory to find out; nothing is remembered of the other one."""
    evil = key_pair(tmp_path / "keys", "evil")
    server.root = signed_place(tmp_path / "evil", evil)
    assert refused(server, key=key.public) == f"…/{NAME} is signed by {evil.called}, not by {key.called}"
    assert tree(tmp_path / "trust") == {}


def test_wrong_key_that_names_the_right_one(server: Loopback, tmp_path: Path, key: KeyPair) -> None:
    """A list of keys that names the publisher's beside another, and that only the other has signed."""
    from securesystemslib.signer import SSlibKey

    from eventpack.trust import metadata

    evil, right = metadata.signer_of(key_pair(tmp_path / "keys", "evil").private), metadata.signer_of(key.private)
    assert isinstance(right.public_key, SSlibKey)
    place = signed_place(tmp_path / "evil", key_pair(tmp_path / "keys", "more"))
    root = metadata.root_of(1, evil.public_key, [right.public_key])
    root.roles["root"].keyids.append(right.public_key.keyid)
    (signatures(place) / "1.root.json").write_bytes(metadata.to_bytes(root, [evil]))
    server.root = place
    assert "is signed by" in refused(server, key=key.public)


def test_wrong_key_handed_over_by_nobody(server: Loopback, tmp_path: Path, states: tuple[Path, Path]) -> None:
    """A further list of keys that the key before has not signed."""
    from eventpack.trust import metadata

    download(ref(server))
    evil = metadata.signer_of(key_pair(tmp_path / "keys", "evil").private)
    root = metadata.to_bytes(metadata.root_of(2, evil.public_key), [evil])
    server.root = with_copies(tmp_path / "evil", states[1], lambda place: write_root(place, root))
    assert "is not signed by its key" in refused(server, states[1])


# Signatures taken away


def test_stripped_signatures(server: Loopback, states: tuple[Path, Path], tmp_path: Path) -> None:
    """The place as if it had never been signed: whoever knows better, or has a key, does not believe it."""
    download(ref(server))

    def strip(place: Path) -> None:
        shutil.rmtree(signatures(place))
        path = place / NAME / "versions.json"
        path.write_bytes(json_bytes({k: v for k, v in json.loads(path.read_bytes()).items() if k != "signed"}))

    server.root = with_copies(tmp_path / "evil", states[1], strip)
    assert "is signed, and its signatures are not whole" in refused(server, states[1])


def test_stripped_signatures_at_first_sight(server: Loopback, key: KeyPair) -> None:
    """Who names a key takes nothing unsigned."""
    server.always |= {f"/{NAME}/signed/{number}.root.json": status(404) for number in (1, 2)}
    assert refused(server, key=key.public) == f"…/{NAME} is not signed"


# Freeze


def test_freeze(server: Loopback, key: KeyPair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the place says until when it can be believed, it is refused from then on, until it is renewed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")  # 2025-06-15
    frozen = signed_place(tmp_path / "frozen", key, valid=30)
    server.root = frozen
    says = refused(server, key=key.public)
    assert says.startswith(f"…/{NAME} may be held at an old state: what it says of itself has expired")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    signed_place(frozen, key)
    assert download(ref(server), key=key.public).version == "0.1.0"


def test_freeze_without_an_expiry(server: Loopback) -> None:
    """A place that states none may be held where it is: what is there is still signed, and never older than before."""
    assert (download(ref(server)).version, download(ref(server)).version) == ("0.1.0", "0.1.0")
