"""The proxy by which a server is reached, as environment and system name it."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

_SYSTEMS = ("win32", "darwin")  # which keep proxies elsewhere, too


def proxy_of(url: str) -> str:
    """The proxy for an address, itself an address; empty when its host is asked directly."""
    parts = urlsplit(url)
    named = {f"{parts.scheme}_proxy", "all_proxy"}.intersection(name.lower() for name in os.environ)
    if not named and sys.platform not in _SYSTEMS:
        return ""
    from urllib.request import getproxies, proxy_bypass  # 5 ms

    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all", "")
    host = parts.netloc.rpartition("@")[2]
    if not proxy or proxy_bypass(host) or _in_a_network(parts.hostname or "", proxies.get("no", "")):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _in_a_network(host: str, names: str) -> bool:
    """Whether a host is a number in one of the networks, like 10.0.0.0/8, among the names in `NO_PROXY`."""
    from ipaddress import ip_address, ip_network

    try:
        number = ip_address(host)
    except ValueError:
        return False
    for name in names.split(","):
        try:
            if "/" in name and number in ip_network(name.strip(), strict=False):
                return True
        except ValueError:  # no network
            continue
    return False
