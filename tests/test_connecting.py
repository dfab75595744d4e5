"""How servers are reached: directly or by a proxy, with which passwords, and whom encryption trusts."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import certifi
import pytest
from urllib3.exceptions import HTTPError

from eventpack.errors import NetworkError
from eventpack.fetching.address import parse_address
from eventpack.fetching.connecting import AGENT, Connections
from eventpack.fetching.patience import Patience
from eventpack.fetching.proxies import proxy_of
from eventpack.fetching.web import Web
from tests.loopback import running

ONCE = Patience(connect=2, silence=2, tries=1)
Asked = list[dict[str, str]]


class Recorder(BaseHTTPRequestHandler):
    """Answers everything with its own name, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: Asked

    def do_GET(self) -> None:
        """Any path."""
        headers = {key.lower(): value for key, value in self.headers.items()}
        self.asked.append({"target": self.path, "from": str(self.client_address[1]), **headers})
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither proxies nor passwords of whoever runs the tests."""
    for name in os.environ:
        if name.lower().endswith("_proxy") or name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.fixture
def asked() -> Iterator[tuple[str, Asked]]:
    """The address of a server, and what it was asked."""
    seen: Asked = []
    with running(type("Mine", (Recorder,), {"asked": seen})) as url:
        yield url, seen


def read(ref: str, *, anonymous: bool = False) -> bytes:
    """A file of a place."""
    web = Web(parse_address(f"{ref}/talks"), ONCE, anonymous=anonymous)
    try:
        return web.read("versions.json", 100)
    finally:
        web.close()


def basic(text: str) -> str:
    """A user and a password as they are sent."""
    return f"Basic {base64.b64encode(text.encode()).decode()}"


def test_a_connection_is_kept(asked: tuple[str, Asked]) -> None:
    """File after file comes over one connection, and is asked for by our name."""
    url, seen = asked
    web = Web(parse_address(f"{url}/talks"), ONCE)
    assert [web.read("a b.csv", 100), web.read("b.csv", 100)] == [b"{}", b"{}"]
    web.close()
    assert [each["target"] for each in seen] == ["/talks/a%20b.csv", "/talks/b.csv"]
    assert len({each["from"] for each in seen}) == 1
    assert {each["user-agent"] for each in seen} == set(AGENT.values())


def test_a_password_in_the_address(asked: tuple[str, Asked]) -> None:
    """It is sent as it is meant, and is not in the target."""
    url, seen = asked
    read(url.replace("//", "//harbour:s%C3%A9%40t@"))
    read(url.replace("//", "//harbour@"))
    assert [each["authorization"] for each in seen] == [basic("harbour:sé@t"), basic("harbour:")]
    assert {each["target"] for each in seen} == {"/talks/versions.json"}


def test_a_password_kept_for_the_host(
    asked: tuple[str, Asked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.netrc` is asked for the host that is asked, unless the address has a password or none is to be sent."""
    url, seen = asked
    netrc = tmp_path / "netrc"
    monkeypatch.setenv("NETRC", str(netrc))
    for text in ("machine 127.0.0.1 login harbour password secret", "machine other login x password y", "machine"):
        netrc.write_text(text + "\n", "utf-8")
        read(url)
    netrc.write_text("machine 127.0.0.1 login harbour password secret\n", "utf-8")
    read(url, anonymous=True)
    read(url.replace("//", "//pier:p@"))
    assert [each.get("authorization", "") for each in seen] == [basic("harbour:secret"), "", "", "", basic("pier:p")]


def test_a_proxy(asked: tuple[str, Asked], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for the whole address, with its own password; the password for the server goes along."""
    url, seen = asked
    monkeypatch.setenv("http_proxy", url.replace("//", "//me:open@"))
    assert read("http://harbour:secret@example.invalid") == b"{}"
    assert seen[0]["target"] == "http://example.invalid/talks/versions.json"
    assert (seen[0]["host"], seen[0]["proxy-authorization"]) == ("example.invalid", basic("me:open"))
    assert seen[0]["authorization"] == basic("harbour:secret")


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy is named as what fails; one of a kind that nobody knows is not asked again."""
    monkeypatch.setenv("http_proxy", "127.0.0.1:9")
    with pytest.raises(NetworkError, match=r"the proxy does not answer \(Connection refused\) \(1 times in a row\)"):
        read("http://example.invalid")
    monkeypatch.setenv("http_proxy", "gopher://127.0.0.1:9")
    with pytest.raises(NetworkError, match=r"talks/versions\.json: .*gopher") as caught:
        read("http://example.invalid")
    assert "in a row" not in caught.value.what


@pytest.mark.parametrize(
    ("url", "no_proxy", "proxy"),
    [
        ("http://example.org/a", "", "http://one:1"),
        ("https://example.org/a", "", "https://two:2"),
        ("https://u:p@sub.example.org:8443/a", "example.org", ""),
        ("http://example.org/a", "*", ""),
        ("http://10.1.2.3:80/a", "localhost, 10.0.0.0/8", ""),
        ("http://11.1.2.3/a", "10.0.0.0/8,odd/x", "http://one:1"),
        ("ftp://example.org/a", "", "http://three:3"),
    ],
)
def test_which_proxy(url: str, no_proxy: str, proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one for the scheme, else the one for all, unless `NO_PROXY` names the host or its network."""
    monkeypatch.setenv("HTTP_PROXY", "one:1")
    monkeypatch.setenv("https_proxy", "https://two:2")
    monkeypatch.setenv("ALL_PROXY", "http://three:3")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert proxy_of(url) == proxy


def test_whom_encryption_trusts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authorities that Mozilla trusts, or those that the environment names as a file or a folder."""
    places: list[dict[str, str]] = []

    def noted(**settings: str) -> None:
        places.append(settings)
        raise HTTPError

    monkeypatch.setattr("eventpack.fetching.connecting.PoolManager", noted)
    (tmp_path / "folder").mkdir()
    for value in ("", str(tmp_path / "bundle.pem"), str(tmp_path / "folder")):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", value)
        with pytest.raises(HTTPError):
            Connections().get("https://example.invalid/", {}, None)
    folder = {"ca_cert_dir": str(tmp_path / "folder")}
    assert places == [{"ca_certs": certifi.where()}, {"ca_certs": str(tmp_path / "bundle.pem")}, folder]
