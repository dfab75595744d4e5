"""Redirects, followed by ourselves: nothing of their bodies is read, and none leads away from https."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from eventpack.errors import NetworkError
from eventpack.finding import visible

_STATUSES = (301, 302, 303, 307, 308)


def redirect_target(url: str, status: int, location: str | None, label: str) -> str:
    """Where the answer of a URL leads, by its status and its header `Location`; empty when it is no redirect.

    Raises:
        NetworkError: It leads to what is no address on the web, or from https to http.
    """
    if status not in _STATUSES or location is None:
        return ""
    target, fault = location, "which is no address"
    try:
        target = urljoin(url, target.encode("latin-1").decode("utf-8"))
        parts = urlsplit(target)
        if parts.scheme != "https" and (parts.scheme != "http" or urlsplit(url).scheme == "https"):
            fault = "which is not https"
        elif parts.hostname and parts.port != 0:
            return target
    except ValueError:  # no UTF-8, a broken bracket, a port beyond all ports
        pass
    raise NetworkError(visible(f"{label} leads to {target}, {fault}"), "ask for its new address")
