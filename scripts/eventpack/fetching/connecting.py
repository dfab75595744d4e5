"""Connections to servers of the web: kept open, by proxies where the environment names some, with the user's passwords.

Imported late: `urllib3` costs 40 ms. On top of it, `requests` would cost as much again, and as much per request.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Timeout

from eventpack import __version__
from eventpack.errors import NetworkError
from eventpack.fetching.heads import bound
from eventpack.fetching.proxies import proxy_of

AGENT = {"User-Agent": f"eventpack/{__version__}"}
"""Who asks; services slow down or refuse what does not say it."""


class Connections:
    """One connection to each server that is asked; `anonymous` ones send no password."""

    def __init__(self, *, anonymous: bool = False) -> None:
        self._anonymous = anonymous
        self._ways: dict[tuple[str, str], tuple[PoolManager, dict[str, str]]] = {}

    def close(self) -> None:
        """Close them."""
        for manager, _ in self._ways.values():
            manager.clear()

    def get(self, url: str, headers: Mapping[str, str], timeout: Timeout | None) -> BaseHTTPResponse:
        """The answer to GET, whatever it is, its body not read yet.

        Raises:
            urllib3.exceptions.HTTPError: There is none.
            NetworkError: The proxy cannot be used.
        """
        parts = urlsplit(url)
        manager, own = self._way(parts)
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return manager.urlopen(
            "GET", bare, headers={**own, **headers}, redirect=False, retries=False, preload_content=False,
            timeout=timeout,
        )  # fmt: skip

    def _way(self, parts: SplitResult) -> tuple[PoolManager, dict[str, str]]:
        """How a server is asked, and what is sent with each request; what the environment says is looked up once."""
        key = (parts.scheme, parts.netloc)
        if key not in self._ways:
            proxy = proxy_of(parts.geturl())
            trusted = _certificates() if parts.scheme == "https" or proxy.startswith("https") else {}
            password = {} if self._anonymous else _password(parts)
            self._ways[key] = (bound(_made(proxy, trusted)), {"Accept": "*/*", **AGENT, **password})
        return self._ways[key]


def _made(proxy: str, trusted: dict[str, Any]) -> PoolManager:
    if not proxy:
        return PoolManager(**trusted)
    if not proxy.lower().startswith("socks"):
        user = _basic(urlsplit(proxy))
        return ProxyManager(proxy, proxy_headers={"Proxy-Authorization": user} if user else None, **trusted)
    try:
        from urllib3.contrib.socks import SOCKSProxyManager
    except ImportError:
        raise NetworkError("a proxy of SOCKS needs the library `pysocks`", "install it: pip install pysocks") from None
    return SOCKSProxyManager(proxy, **trusted)


def _certificates() -> dict[str, Any]:
    """The authorities that are trusted: those that the environment names, else those that Mozilla trusts."""
    path = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if not path:
        from certifi import where  # 5 ms

        path = where()
    return {"ca_cert_dir" if os.path.isdir(path) else "ca_certs": path}


def _password(parts: SplitResult) -> dict[str, str]:
    """The header with user and password, those in the address or those that the user keeps for its host."""
    value = _basic(parts) or _kept(parts.hostname or "")
    return {"Authorization": value} if value else {}


def _basic(parts: SplitResult) -> str:
    return "" if parts.username is None else _encoded(unquote(parts.username), unquote(parts.password or ""))


def _encoded(user: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode('ascii')}"


def _kept(host: str) -> str:
    """What `.netrc` holds for a host; nothing when it cannot be read."""
    named = os.environ.get("NETRC")
    places = [named] if named else ["~/.netrc", "~/_netrc"]
    path = next((place for each in places if os.path.exists(place := os.path.expanduser(each))), "")
    if not path:
        return ""
    from netrc import NetrcParseError, netrc

    try:
        found = netrc(path).authenticators(host)
    except (NetrcParseError, OSError, UnicodeError):
        return ""
    return _encoded(found[0] or found[1], found[2]) if found else ""
