"""A session with a service: its connections, kept open, and nothing that happens by itself.

Imported late: `requests` costs 80 ms.
"""

from __future__ import annotations

from typing import Any

import requests
from requests import Response
from requests.adapters import HTTPAdapter

from eventpack.fetching.heads import bound


class Session(requests.Session):
    """A session that looks at no redirect, sends no password of the user's, and reads no endless head of an answer.

    Even when it is not to follow a redirect, `requests` reads its body to the end, and fails at an odd address.
    """

    def __init__(self) -> None:
        super().__init__()
        self.auth = _as_it_is  # else `requests` looks for passwords in .netrc
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Bounded())

    def get_redirect_target(self, resp: Response) -> None:
        """None, whatever the answer."""


class _Bounded(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        bound(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **more: Any) -> Any:
        return bound(super().proxy_manager_for(*args, **more))


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
