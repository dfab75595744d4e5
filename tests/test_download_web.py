"""Downloads from a real server on loopback that cuts, stalls, lies and changes its mind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from eventpack import cache
from eventpack.cache import cache_root
from eventpack.downloading import download, placing
from eventpack.errors import DamagedError, EventpackError, NetworkError, NotAPackage
from eventpack.fetching import following, web
from eventpack.fetching.address import Address
from eventpack.fetching.patience import Patience, retry_after
from eventpack.fetching.source import Absent
from eventpack.files import sha256
from tests import loopback
from tests.loopback import Fault, Loopback, cut, serve, stall, status
from tests.places import NAME, published, release, tree

SHIPS = f"/{NAME}/0.1.0/ships.csv"
SIZE = len((release() / "ships.csv").read_bytes())
DIGEST = sha256((release() / "ships.csv").read_bytes())


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of one's own, no proxy, and little patience."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(web, "PATIENCE", Patience(connect=2, silence=0.4, tries=4, pause=0.01))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Loopback]:
    """A server of a place with one version."""
    published(tmp_path / "site")
    with serve(tmp_path / "site") as running:
        yield running


def fetched(server: Loopback, tmp_path: Path) -> dict[str, bytes]:
    """What a download brings."""
    return tree(download(f"{server.url}/{NAME}", to=tmp_path / "out").folder)


def failed(server: Loopback, tmp_path: Path, error: type[EventpackError]) -> str:
    """What is said when a download fails; nothing appears in the target or, under its final name, in the cache."""
    with pytest.raises(error) as caught:
        download(f"{server.url}/{NAME}", to=tmp_path / "out")
    assert isinstance(caught.value, error)
    assert not (tmp_path / "out").exists()
    assert list(cache_root().rglob("0.1.0*")) == []
    if error is DamagedError:
        assert tree(cache_root()) == {}
    return caught.value.what.replace(server.url, "…")


def test_all_files_come_over_one_connection(server: Loopback, tmp_path: Path) -> None:
    """Each once, whole, and only those that are listed; a second download asks for the catalogue alone."""
    assert fetched(server, tmp_path) == tree(release())
    assert sorted(asked.path for asked in server.log) == sorted(
        [f"/{NAME}/versions.json", *(f"/{NAME}/0.1.0/{path}" for path in tree(release()))]
    )
    server.log.clear()
    done = download(f"{server.url}/{NAME}/")  # a slash at the end means nothing
    assert (done.fetched, [asked.path for asked in server.log]) == (False, [f"/{NAME}/versions.json"])


def test_a_cut_transfer_goes_on_where_it_stopped(server: Loopback, tmp_path: Path) -> None:
    """Three cuts, four requests, each for the rest of the same state; no byte is asked for twice."""
    server.faults[SHIPS] = [cut(40_000), cut(20_000), cut(1)]
    assert fetched(server, tmp_path) == tree(release())
    asked = server.asked("ships.csv")
    assert [each.range for each in asked] == ["", "bytes=40000-", "bytes=60000-", "bytes=60001-"]
    assert [each.status for each in asked] == [200, 206, 206, 206]
    assert sum(each.sent for each in asked) == SIZE
    assert {each.if_range for each in asked[1:]} != {""}


def test_the_next_run_goes_on_where_the_last_gave_up(server: Loopback, tmp_path: Path) -> None:
    """Files that came whole are not asked for again, and of the broken one only the rest."""
    server.faults[SHIPS] = [cut(50_000), *[status(503)] * 3]
    says = failed(server, tmp_path, NetworkError)
    assert says == f"…{SHIPS}: the server answers 503 Service Unavailable (4 times in a row)"
    came = {asked.path for asked in server.log if asked.status == 200} - {SHIPS}
    server.log.clear()
    assert fetched(server, tmp_path) == tree(release())
    assert [each.range for each in server.asked("ships.csv")] == ["bytes=50000-"]
    assert came & {asked.path for asked in server.log} == {f"/{NAME}/versions.json"}


def test_without_validators_the_digest_decides(server: Loopback, tmp_path: Path) -> None:
    """A server that names no state is asked for the rest all the same."""
    server.etags = False
    server.faults[SHIPS] = [cut(40_000)]
    assert fetched(server, tmp_path) == tree(release())
    assert [(each.range, each.if_range) for each in server.asked("ships.csv")] == [("", ""), ("bytes=40000-", "")]


def test_pieces_of_two_states_are_fetched_once_more(server: Loopback, tmp_path: Path) -> None:
    """The first piece was of other bytes, and the server does not say so: the whole is asked for anew."""
    server.etags = False
    first = b"x" * SIZE
    server.faults[SHIPS] = [_both(loopback.instead(first), cut(40_000))]
    assert fetched(server, tmp_path) == tree(release())
    assert [each.range for each in server.asked("ships.csv")] == ["", "bytes=40000-", ""]


def _both(*faults: Fault) -> Fault:
    def fault(answer: loopback.Answer, data: bytes, asked: dict[str, str]) -> None:
        for each in faults:
            each(answer, data, asked)

    return fault


@pytest.mark.parametrize("second", [loopback.ignore_range, loopback.wrong_range, status(416), loopback.compressed])
def test_a_server_that_cannot_go_on_starts_over(server: Loopback, tmp_path: Path, second: Fault) -> None:
    """It sends all, another part, nothing, or something compressed; what arrives in the end is right."""
    server.faults[SHIPS] = [cut(40_000), second]
    assert fetched(server, tmp_path) == tree(release())


@pytest.mark.parametrize("stamp", [b"\0\0\0", b"\xff\xfe", b'"a"\nX: y', "\u20ac".encode()])
def test_a_stamp_that_a_loss_of_power_spoiled(server: Loopback, tmp_path: Path, stamp: bytes) -> None:
    """It is not sent; the rest is asked for without it, and the digest decides."""
    server.faults[SHIPS] = [cut(40_000), *[status(503)] * 3]
    failed(server, tmp_path, NetworkError)
    next(cache_root().rglob(f"parts/{DIGEST}.stamp")).write_bytes(stamp)
    server.log.clear()
    assert fetched(server, tmp_path) == tree(release())
    assert [(each.range, each.if_range) for each in server.asked("ships.csv")] == [("bytes=40000-", "")]


def test_a_part_that_an_ended_run_left_whole_and_wrong(server: Loopback, tmp_path: Path) -> None:
    """It may be of two states, put together before the end: the whole is asked for anew."""
    server.faults[SHIPS] = [cut(40_000), *[status(503)] * 3]
    failed(server, tmp_path, NetworkError)
    next(cache_root().rglob(f"parts/{DIGEST}")).write_bytes(b"x" * SIZE)
    assert fetched(server, tmp_path) == tree(release())


def test_a_file_that_changes_between_two_pieces(server: Loopback, tmp_path: Path) -> None:
    """If-Range makes the server send all of the new state, which is not what was published, nor is the next."""
    server.faults[SHIPS] = [cut(40_000), *[loopback.instead(b"y" * SIZE)] * 2]
    says = failed(server, tmp_path, DamagedError)
    assert says == f"…{SHIPS} is not what was published: SHA-256 {sha256(b'y' * SIZE)}, expected {DIGEST}"


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again(server: Loopback, tmp_path: Path, code: int) -> None:
    """Also for the catalogue."""
    server.faults = {SHIPS: [status(code), status(code)], f"/{NAME}/versions.json": [status(code), cut(100)]}
    assert fetched(server, tmp_path) == tree(release())
    assert [each.status for each in server.asked("ships.csv")] == [code, code, 200]


def test_the_server_says_how_long_to_wait(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry-After counts more than our own pause, up to a limit."""
    server.faults[SHIPS] = [status(503, Retry_After="1")]
    started = time.monotonic()
    assert fetched(server, tmp_path) == tree(release())
    assert time.monotonic() - started >= 1
    monkeypatch.setattr(web, "PATIENCE", Patience(pause=0.01, longest=0.05))
    server.faults[f"/{NAME}/versions.json"] = [status(429, Retry_After="86400")]
    started = time.monotonic()
    download(f"{server.url}/{NAME}")
    assert time.monotonic() - started < 5


def test_retry_after_is_a_number_or_a_time() -> None:
    """What is neither says nothing."""
    soon = retry_after(formatdate(time.time() + 100, usegmt=True))
    assert soon is not None
    assert 90 < soon <= 100
    assert [retry_after(text) for text in ("7", "", "soon", "-1")] == [7.0, None, None, None]
    late = retry_after("Fri, 31 Dec 9999 23:59:59 -0100")
    assert late is not None
    assert late > 1e9
    assert retry_after("Mon, 1 Jan 2024 99999999999999:00:00") is None


def test_a_byte_that_is_wrong_on_the_way(server: Loopback, tmp_path: Path) -> None:
    """It is named, and nothing stays; the next run brings the right one."""
    server.faults[SHIPS] = [loopback.corrupt]
    assert failed(server, tmp_path, DamagedError).startswith(f"…{SHIPS} is not what was published: SHA-256 ")
    assert fetched(server, tmp_path) == tree(release())


def test_a_file_of_another_size(server: Loopback, tmp_path: Path) -> None:
    """The announced length suffices: nothing of it is read."""
    for body in (b"short", b"x" * (SIZE + 1)):
        server.faults[SHIPS] = [loopback.instead(body)]
        assert failed(server, tmp_path, DamagedError) == f"…{SHIPS} has {len(body)} bytes, expected {SIZE}"


@pytest.mark.parametrize("path", [SHIPS, f"/{NAME}/versions.json"])
def test_data_without_end(server: Loopback, tmp_path: Path, path: str) -> None:
    """It is left as soon as more comes than can be right."""
    server.always[path] = loopback.endless
    says = failed(server, tmp_path, DamagedError)
    expected = {SHIPS: f"…{SHIPS} sends more than the {SIZE} bytes published"}
    assert says == expected.get(path, f"…/{NAME}/versions.json is larger than {16 << 20} bytes")
    assert server.log == [] or max(asked.sent for asked in server.log) < 64 << 20


def test_a_server_that_falls_silent(server: Loopback, tmp_path: Path) -> None:
    """After a while it is asked again, for the rest; when that does not help, the run ends."""
    server.faults[SHIPS] = [stall(40_000, 1.5)]
    started = time.monotonic()
    assert fetched(server, tmp_path) == tree(release())
    assert time.monotonic() - started < 1.4
    server.always[f"/{NAME}/versions.json"] = stall(10, 1.5)
    with pytest.raises(NetworkError) as caught:
        download(f"{server.url}/{NAME}")
    assert caught.value.what.endswith("versions.json: the server does not answer in time (4 times in a row)")


def test_an_end_without_a_length(server: Loopback, tmp_path: Path) -> None:
    """A body that just ends is taken for cut until all bytes are there."""
    server.faults[SHIPS] = [loopback.lengthless(40_000)]
    assert fetched(server, tmp_path) == tree(release())
    assert [each.range for each in server.asked("ships.csv")] == ["", "bytes=40000-"]


def test_a_server_that_compresses_all_the_same(server: Loopback, tmp_path: Path) -> None:
    """The bytes behind the compression count, cut or not."""
    server.always[SHIPS] = loopback.compressed
    assert fetched(server, tmp_path) == tree(release())
    cut_short = _both(loopback.compressed, cut(3_000))
    del server.always[SHIPS]
    server.faults[SHIPS] = [cut_short, cut_short]
    (next(cache_root().rglob("0.1.0")) / "ships.csv").unlink()
    assert tree(download(f"{server.url}/{NAME}").folder) == tree(release())


def test_redirects_are_followed(server: Loopback, tmp_path: Path) -> None:
    """A file may lie elsewhere, and be cut there; a circle ends."""
    moved = server.root / "elsewhere.csv"
    moved.write_bytes((release() / "ships.csv").read_bytes())
    server.always[SHIPS] = status(302, Location="/elsewhere.csv")
    server.faults["/elsewhere.csv"] = [cut(40_000)]
    assert fetched(server, tmp_path) == tree(release())
    server.always[f"/{NAME}/versions.json"] = status(302, Location=f"/{NAME}/versions.json")
    with pytest.raises(NetworkError) as caught:
        download(f"{server.url}/{NAME}")
    assert caught.value.what == f"{server.url}/{NAME} is redirected more than 5 times"


def test_a_redirect_to_a_file_of_this_machine(server: Loopback, tmp_path: Path) -> None:
    """Only http and https are followed."""
    server.always[SHIPS] = status(302, Location="file:///etc/passwd")
    assert failed(server, tmp_path, NetworkError) == f"…/{NAME} leads to file:///etc/passwd, which is not https"


@pytest.mark.parametrize("location", ["http://[", "\xff", "http://h:99999/", "http://h:0/"])
def test_a_redirect_to_nowhere(server: Loopback, tmp_path: Path, location: str) -> None:
    """What is no address is not asked."""
    server.always[SHIPS] = status(302, Location=location)
    assert failed(server, tmp_path, NetworkError).endswith(", which is no address")


def test_a_redirect_with_a_body_without_end(server: Loopback, tmp_path: Path) -> None:
    """Nothing of it is read."""
    moved = server.root / "elsewhere.csv"
    moved.write_bytes((release() / "ships.csv").read_bytes())
    server.always[SHIPS] = _both(status(302, Location="/elsewhere.csv"), _keep("Location", loopback.endless))
    assert fetched(server, tmp_path) == tree(release())


def _keep(header: str, fault: Fault) -> Fault:
    def kept(answer: loopback.Answer, data: bytes, asked: dict[str, str]) -> None:
        value = answer.headers[header]
        fault(answer, data, asked)
        answer.headers[header] = value

    return kept


def test_what_is_not_there(server: Loopback, tmp_path: Path) -> None:
    """No catalogue is no dataset; a listed file that is missing is damage."""
    with pytest.raises(NotAPackage) as caught:
        download(f"{server.url}/boats")
    assert caught.value.what == f"no dataset is published at {server.url}/boats: there is no versions.json"
    (server.root / SHIPS.lstrip("/")).unlink()
    assert failed(server, tmp_path, DamagedError) == f"…{SHIPS} is listed and not there"


def test_what_may_not_be_read(server: Loopback, tmp_path: Path) -> None:
    """A refusal is not tried again."""
    server.always[f"/{NAME}/versions.json"] = status(403)
    assert failed(server, tmp_path, NetworkError) == f"…/{NAME}/versions.json: the server answers 403 Forbidden"
    assert len(server.log) == 1


def test_no_server_at_all(tmp_path: Path) -> None:
    """Who does not answer is named, without a word of our libraries."""
    with pytest.raises(NetworkError) as caught:
        download("http://127.0.0.1:9/ships")
    says = "http://127.0.0.1:9/ships/versions.json: no connection (Connection refused) (4 times in a row)"
    assert caught.value.what == says


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        ("ftp://example.org/ships", "`ftp://example.org/ships` is neither http nor https"),
        ("http:///ships", "`http:///ships` names no host"),
        ("http://example.org/", "`http://example.org/` ends in '', which is no name of a dataset"),
        ("http://example.org/%2e%2e", "`http://example.org/%2e%2e` ends in '..', which is no name of a dataset"),
        ("http://example.org/ships?v=1", "`http://example.org/ships?v=1` has a query or fragment"),
        ("http://u:secret@example.org/ships#a", "`http://example.org/ships#a` has a query or fragment"),
        ("http://u:sec@ret@example.org/ships#a", "`http://example.org/ships#a` has a query or fragment"),
        ("http://example.org:port/ships", "`http://example.org:port/ships` is no address: "),
        ("http://u:secret@example\u2100/ships", "`http://example\u2100/ships` is no address"),
    ],
)
def test_addresses_that_are_none(ref: str, says: str) -> None:
    """What is wrong is said before anything is asked, and a password is not repeated."""
    with pytest.raises(EventpackError) as caught:
        download(ref)
    assert caught.value.what.startswith(says)
    assert "sec" not in caught.value.what


def test_a_build_mark_is_encoded(tmp_path: Path) -> None:
    """`+` means a space on some servers, so it is sent as %2B."""
    seen = Address("http://h/ships", "http://h/ships", "h", "ships").of("0.1.0+sha.1/a b.csv")
    assert seen == "http://h/ships/0.1.0%2Bsha.1/a%20b.csv"


def test_offline_uses_only_the_cache(server: Loopback, tmp_path: Path) -> None:
    """Before a first download there is nothing; afterwards what was downloaded, and no request is made."""
    ref = f"{server.url}/{NAME}"
    with pytest.raises(EventpackError) as caught:
        download(ref, offline=True)
    assert caught.value.what == f"nothing of {ref} is in the cache"
    folder = download(ref).folder
    server.log.clear()
    assert download(ref, offline=True, version="~0.1", to=tmp_path / "out").version == "0.1.0"
    assert server.log == []
    published(server.root, "0.1.0", "0.2.0")
    download(ref, version="0.1.0")
    with pytest.raises(EventpackError) as caught:
        download(ref, offline=True)
    assert caught.value.what == f"{NAME} 0.2.0 is not in the cache; versions that are: 0.1.0"
    (folder / "ports.csv").unlink()
    with pytest.raises(DamagedError) as broken:
        download(ref, offline=True, version="0.1.0")
    assert broken.value.what == f"in the cache, {folder}: ports.csv is missing"


def test_absence_is_told_by_its_address(server: Loopback) -> None:
    """The source itself says which file."""
    source = web.Web(Address(f"{server.url}/{NAME}", f"{server.url}/{NAME}", "k", NAME))
    with pytest.raises(Absent) as caught:
        source.read("nothing.json", 10)
    source.close()
    assert str(caught.value) == f"{server.url}/{NAME}/nothing.json is not there"


@pytest.mark.parametrize(
    "second", [None, loopback.ignore_range, loopback.wrong_range, status(416), loopback.compressed]
)
def test_the_digest_of_a_large_file_is_taken_while_it_comes(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: Fault | None
) -> None:
    """Whatever becomes of the transfer, what is followed in the end is the file that is there; if not, it is read."""
    monkeypatch.setattr(following, "_LARGE", 0)
    server.faults[SHIPS] = [cut(40_000), *([second] if second else [])]
    assert fetched(server, tmp_path) == tree(release())


def test_wrong_bytes_of_a_large_file(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One changed byte is found while it comes, too."""
    monkeypatch.setattr(following, "_LARGE", 0)
    server.always[SHIPS] = loopback.corrupt
    assert "is not what was published: SHA-256" in failed(server, tmp_path, DamagedError)


@pytest.mark.posix
def test_large_files_are_linked_read_only(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The target and the cache share them; small ones are copies of one's own."""
    monkeypatch.setattr(placing, "LINKED", 50_000)
    folder = download(f"{server.url}/{NAME}", to=tmp_path / "out").folder
    held = next(cache_root().rglob("0.1.0"))
    large = [path for path in tree(folder) if (folder / path).stat().st_size >= 50_000]
    shared = [path for path in tree(folder) if (folder / path).samefile(held / path)]
    assert shared == large != []
    assert {(folder / path).stat().st_mode & 0o777 for path in large} == {0o444}
    assert tree(download(f"{server.url}/{NAME}", to=tmp_path / "again").folder) == tree(release())


def test_a_linked_file_that_was_changed(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a file of the cache is linked once more it is read: damage is not handed on."""
    monkeypatch.setattr(placing, "LINKED", 50_000)
    monkeypatch.setattr(cache, "_HASHED", 0)
    folder = download(f"{server.url}/{NAME}", to=tmp_path / "out").folder
    (folder / "ships.csv").chmod(0o644)
    (folder / "ships.csv").write_bytes(b"y" * SIZE)
    with pytest.raises(DamagedError, match="was changed"):
        download(f"{server.url}/{NAME}", to=tmp_path / "again")
    assert not (tmp_path / "again/ships-0.1.0").exists()


def test_a_disk_without_links(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There, or on another disk than the cache, large files are copied."""

    def refuse(source: object, sink: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(placing, "LINKED", 50_000)
    monkeypatch.setattr(os, "link", refuse)
    assert fetched(server, tmp_path) == tree(release())
