"""Downloads from Debian's nginx: ranges, cut connections, wrong lengths, slow bodies, compression."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventpack.cache import cache_root
from eventpack.downloading import download
from eventpack.errors import DamagedError, NetworkError
from eventpack.fetching import web
from eventpack.fetching.patience import Patience
from eventpack.files import sha256
from tests.places import NAME, published, release, tree
from tests.signedpack import key_pair, signed_place

pytestmark = pytest.mark.system
SHIPS = f"/{NAME}/0.1.0/ships.csv"
SIZE = len((release() / "ships.csv").read_bytes())
DIGEST = sha256((release() / "ships.csv").read_bytes())
SLOW = "location ~ ships.csv { limit_rate 20k; }"
CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    log_format asked '$uri|$http_range|$status|$body_bytes_sent|$sent_http_content_encoding';
    access_log {folder}/access.log asked;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    types {{ text/csv csv; application/json json; }}
    server {{ listen 127.0.0.1:{port} {secure}; root {root}; {options} }}
}}
"""
SECURE = "ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;"


class Nginx:
    """One nginx in a folder of its own; the port stays the same over restarts."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.ref = f"http://127.0.0.1:{self.port}/{NAME}"
        self._process: subprocess.Popen[bytes] | None = None

    def certify(self) -> Path:
        """Make a certificate for the loopback address, and return it."""
        words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
        files = ["-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "cert.pem")]
        subprocess.run(["openssl", *words.split(), *files], check=True, capture_output=True)
        return self.folder / "cert.pem"

    def start(self, options: str = "", secure: bool = False) -> None:
        """Start with further directives of the server."""
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program, "nginx is not installed; run tests/system/install"
        text = CONFIGURATION.format(folder=self.folder, port=self.port, root=self.root, options=options,
                                    secure="ssl" if secure else "")  # fmt: skip
        (self.folder / "nginx.conf").write_text(text, "utf-8")
        command = [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", "stderr"]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("nginx does not start")

    def stop(self) -> None:
        """Stop at once, in the middle of whatever is sent."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def asked(self, path: str) -> list[tuple[str, int, int, str]]:
        """Range, status, bytes sent and encoding of each request for a path."""
        lines = (self.folder / "access.log").read_text("utf-8").splitlines()
        found = (line.split("|") for line in lines)
        return [(wanted, int(code), int(sent), how) for uri, wanted, code, sent, how in found if uri == path]


@pytest.fixture
def nginx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nginx]:
    """An nginx for a place with one version, not started yet; a cache of one's own, and little patience."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(web, "PATIENCE", Patience(connect=2, silence=5, tries=4, pause=0.2))
    published(tmp_path / "site")
    (tmp_path / "nginx").mkdir()
    server = Nginx(tmp_path / "nginx", tmp_path / "site")
    yield server
    server.stop()


def arrived() -> int:
    """How many bytes of `ships.csv` lie in the partial folder."""
    parts = [path.stat().st_size for path in cache_root().rglob(f"parts/{DIGEST}")]
    return max(parts, default=0)


def wait_for(size: int) -> None:
    """Until so many bytes of a file have arrived."""
    for _ in range(600):
        if arrived() >= size:
            return
        time.sleep(0.02)
    raise AssertionError("nothing arrived")


def in_background(nginx: Nginx, tmp_path: Path) -> tuple[threading.Thread, list[object]]:
    """A download in a thread, and where its result or error will be."""
    result: list[object] = []

    def run() -> None:
        try:
            result.append(tree(download(nginx.ref, to=tmp_path / "out").folder))
        except (DamagedError, NetworkError) as error:
            result.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, result


def test_a_plain_download(nginx: Nginx, tmp_path: Path) -> None:
    """Every file once, as it is."""
    nginx.start()
    assert tree(download(nginx.ref, to=tmp_path / "out").folder) == tree(release())
    assert nginx.asked(SHIPS) == [("-", 200, SIZE, "-")]


def test_nothing_is_compressed_on_the_way(nginx: Nginx, tmp_path: Path) -> None:
    """A server that compresses whatever it may is asked not to, so that ranges and lengths mean the file."""
    nginx.start("gzip on; gzip_types *; gzip_min_length 1;")
    assert tree(download(nginx.ref, to=tmp_path / "out").folder) == tree(release())
    assert {how for _, _, _, how in nginx.asked(SHIPS)} == {"-"}


def test_a_server_that_goes_away_and_comes_back(nginx: Nginx, tmp_path: Path) -> None:
    """Stopped in the middle of a file and started again, it is asked for the rest only."""
    nginx.start(SLOW)
    thread, result = in_background(nginx, tmp_path)
    wait_for(15_000)
    nginx.stop()
    held = arrived()
    nginx.start()
    thread.join()
    assert result == [tree(release())]
    assert nginx.asked(SHIPS)[-1] == (f"bytes={held}-", 206, SIZE - held, "-")


def test_a_server_that_stays_away(nginx: Nginx, tmp_path: Path) -> None:
    """The run ends and says who does not answer; the next goes on where it stopped."""
    nginx.start(SLOW)
    thread, result = in_background(nginx, tmp_path)
    wait_for(15_000)
    nginx.stop()
    thread.join()
    (error,) = result
    assert isinstance(error, NetworkError)
    assert error.what.endswith("no connection (Connection refused) (4 times in a row)")
    held = arrived()
    assert (0 < held < SIZE, (tmp_path / "out").exists()) == (True, False)
    nginx.start()
    assert tree(download(nginx.ref, to=tmp_path / "out").folder) == tree(release())
    assert nginx.asked(SHIPS)[-1] == (f"bytes={held}-", 206, SIZE - held, "-")


def test_a_killed_process(nginx: Nginx, tmp_path: Path) -> None:
    """What a process had received when it was killed is not asked for again."""
    nginx.start(SLOW)
    command = [sys.executable, "-m", "eventpack", "download", nginx.ref, "--to", str(tmp_path / "out")]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": "scripts"})
    wait_for(15_000)
    process.kill()
    process.wait()
    held = arrived()
    nginx.stop()
    nginx.start()
    assert tree(download(nginx.ref, to=tmp_path / "out").folder) == tree(release())
    assert nginx.asked(SHIPS)[-1] == (f"bytes={held}-", 206, SIZE - held, "-")


def test_a_slow_body(nginx: Nginx, tmp_path: Path) -> None:
    """A few kilobytes a second are fine: only silence is not."""
    nginx.start(SLOW)
    started = time.monotonic()
    assert tree(download(nginx.ref, to=tmp_path / "out").folder) == tree(release())
    assert time.monotonic() - started > 2
    assert nginx.asked(SHIPS) == [("-", 200, SIZE, "-")]


@pytest.mark.parametrize("how", ["cut", "longer", "other"])
def test_a_file_that_was_replaced_after_publishing(nginx: Nginx, tmp_path: Path, how: str) -> None:
    """Shorter, longer, or of the same length: it is named, and nothing of it stays."""
    nginx.start()
    file = nginx.root / SHIPS.lstrip("/")
    data = file.read_bytes()
    file.write_bytes({"cut": data[:-10], "longer": data + b"x\n", "other": data.replace(b"number 7,", b"number 8,")
                      .replace(b"s7,", b"s8,")}[how])  # fmt: skip
    with pytest.raises(DamagedError) as caught:
        download(nginx.ref, to=tmp_path / "out")
    assert caught.value.what.startswith(f"http://127.0.0.1:{nginx.port}{SHIPS} ")
    assert (tree(cache_root()), (tmp_path / "out").exists()) == ({}, False)


def test_a_file_that_shrinks_while_it_is_sent(nginx: Nginx, tmp_path: Path) -> None:
    """The body ends early, the next piece is not there, and the file has another length than was published."""
    nginx.start(f"sendfile off; output_buffers 1 8k; {SLOW}")
    thread, result = in_background(nginx, tmp_path)
    wait_for(8_000)
    os.truncate(nginx.root / SHIPS.lstrip("/"), 20_000)
    thread.join()
    (error,) = result
    assert isinstance(error, DamagedError)
    assert error.what.endswith(f"{SHIPS} has 20000 bytes, expected {SIZE}")
    assert tree(cache_root()) == {}


def test_a_file_that_is_missing(nginx: Nginx, tmp_path: Path) -> None:
    """It is listed and answered with 404."""
    nginx.start()
    (nginx.root / SHIPS.lstrip("/")).unlink()
    with pytest.raises(DamagedError) as caught:
        download(nginx.ref, to=tmp_path / "out")
    assert caught.value.what.endswith(f"{SHIPS} is listed and not there")


def test_a_build_mark_in_an_address(nginx: Nginx, tmp_path: Path) -> None:
    """`0.1.0+sha.…` is found although `+` could mean a space."""
    from eventpack.packaging import package
    from eventpack.publishing import publish
    from tests.tablepack import write_tables

    shutil.rmtree(nginx.root)
    folder = write_tables(tmp_path / "pack", {"ships": "id\ns1\n"}, name=NAME)
    publish(package(folder, tmp_path / "dist").folder, nginx.root, yes=True)
    nginx.start()
    assert download(nginx.ref, to=tmp_path / "out").version.startswith("0.1.0+sha.")


def test_encryption(nginx: Nginx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that nobody vouches for is refused at once, a trusted one is fine."""
    certificate = nginx.certify()
    nginx.start(SECURE.format(folder=nginx.folder), secure=True)
    ref = nginx.ref.replace("http:", "https:")
    with pytest.raises(NetworkError) as caught:
        download(ref)
    assert "the certificate or encryption is refused" in caught.value.what
    assert "in a row" not in caught.value.what
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert tree(download(ref, to=tmp_path / "out").folder) == tree(release())


def test_a_redirect_from_https_to_http(nginx: Nginx, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for under encryption is not fetched without."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(nginx.certify()))
    moved = "location ~ ships.csv { return 302 http://127.0.0.1:9$uri; }"
    nginx.start(f"{SECURE.format(folder=nginx.folder)} {moved}", secure=True)
    ref = nginx.ref.replace("http:", "https:")
    with pytest.raises(NetworkError) as caught:
        download(ref)
    assert caught.value.what == f"{ref} leads to http://127.0.0.1:9{SHIPS}, which is not https"


def test_a_body_that_trickles(nginx: Nginx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that always sends something and never gets anywhere is left; what came is kept."""
    monkeypatch.setattr(web, "PATIENCE", Patience(connect=2, silence=5, tries=4, pause=0.2, slowest=10_000, span=3))
    nginx.start("location ~ ships.csv { limit_rate 1k; }")
    with pytest.raises(NetworkError, match=r"ships\.csv comes too slowly"):
        download(nginx.ref, to=tmp_path / "out")
    assert 0 < arrived() < SIZE


def test_a_signed_place(nginx: Nginx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has to run there: what is signed are files; when they are older, or taken away, they are refused."""
    monkeypatch.setenv("EVENTPACK_TRUST", str(tmp_path / "trust"))
    key = key_pair(tmp_path / "keys")
    shutil.rmtree(nginx.root / NAME)
    signed_place(nginx.root, key)
    old = shutil.copytree(nginx.root / NAME, tmp_path / "old")
    signed_place(nginx.root, key, "0.2.0")
    nginx.start()
    done = download(nginx.ref, key=key.public)
    assert (tree(done.folder), done.signer) == (tree(release("0.2.0")), key.called)
    shutil.rmtree(nginx.root / NAME)
    shutil.copytree(old, nginx.root / NAME)
    with pytest.raises(DamagedError, match="gives an older state than it gave before"):
        download(nginx.ref)
    shutil.rmtree(nginx.root / NAME / "signed")
    with pytest.raises(DamagedError, match="its signatures are not whole"):
        download(nginx.ref)
