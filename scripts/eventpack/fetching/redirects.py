"""Redirects, followed by ourselves: nothing of their bodies is read, and none leads away from https."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import requests
from requests import Response

from eventpack.errors import NetworkError
from eventpack.fetching.heads import Bounded
from eventpack.finding import visible


class Session(requests.Session):
    """A session that looks at no redirect, and does not wait for ever for the head of an answer.

    Even when it is not to follow one, `requests` reads its body to the end, and fails at an odd address.
    """

    def __init__(self) -> None:
        super().__init__()
        for scheme in ("https://", "http://"):
            self.mount(scheme, Bounded())

    def get_redirect_target(self, resp: Response) -> None:
        """None, whatever the answer."""


def redirect_target(url: str, response: Response, label: str) -> str:
    """Where the answer of a URL leads; empty when it is no redirect.

    Raises:
        NetworkError: It leads to what is no address on the web, or from https to http.
    """
    if not response.is_redirect:
        return ""
    target, fault = response.headers["Location"], "which is no address"
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
