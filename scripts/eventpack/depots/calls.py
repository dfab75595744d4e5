"""Calls of a JSON API: one service, one token, tried again while it is busy.

Imported late: `requests` costs 80 ms.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from requests import Response
from urllib3.exceptions import HTTPError

from eventpack.depots.answers import said
from eventpack.depots.sending import Upload
from eventpack.depots.session import Session
from eventpack.depots.tokens import Token
from eventpack.errors import EventpackError, NetworkError
from eventpack.fetching import Absent
from eventpack.fetching.connecting import AGENT
from eventpack.fetching.filling import Pace
from eventpack.fetching.patience import Passing, Patience, persist, retry_after
from eventpack.fetching.redirects import redirect_target
from eventpack.fetching.trouble import in_words
from eventpack.finding import visible

T = TypeVar("T")
PATIENCE = Patience()
_LIMIT = 32 << 20  # bytes of an answer
_FILE = {"Accept": "application/octet-stream"}
_MOST_REDIRECTS = 5
_SLOW = 300.0  # seconds in which a service may think about a large file that it has received
_GONE = "look at its page whether it is still there, and run it again"
_AGAIN = "run it again later; what is done stays done, and the rest follows"


class Refused(EventpackError):
    """The service understood a request and does not carry it out; `status` is that of HTTP."""

    def __init__(self, what: str, fix: str, status: int) -> None:
        super().__init__(what, fix)
        self.status = status


class Api:
    """The API below an address; the token goes to that server and to `others`, and nowhere else."""

    def __init__(
        self, url: str, label: str, token: Token, headers: Mapping[str, str], others: tuple[str, ...] = ()
    ) -> None:
        self.label = label
        self._url, self._token, self._headers = url, token, {**headers, **AGENT}
        self._trusted = {_origin(each) for each in (url, *others)}
        self._session = Session()

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def trusts(self, url: str) -> bool:
        """Whether an address belongs to the service, so that the token may go there."""
        try:
            return _origin(url) in self._trusted
        except ValueError:  # a bracket that is not closed, a port beyond all ports
            return False

    def read(self, target: str, **query: object) -> object:
        """What GET answers, tried again while the service is busy; raises `Absent`."""
        return persist(lambda: self.once("GET", target, query=query), lambda: False, PATIENCE, _AGAIN)

    def settle(self, look: Callable[[], T | None], act: Callable[[], T]) -> T:
        """Do something once: `act`, and after trouble first `look` whether it was done all the same.

        Raises:
            NetworkError: It failed too often in a row.
        """
        tried = False

        def attempt() -> T:
            nonlocal tried
            found = look() if tried else None
            tried = True
            return act() if found is None else found

        return persist(attempt, lambda: False, PATIENCE, _AGAIN)

    def once(
        self, method: str, target: str, *, query: Mapping[str, object] | None = None, body: object = None,
        file: Upload | None = None,
    ) -> object:  # fmt: skip
        """What one request is answered with, as JSON; none when there is no body.

        Raises:
            Passing: It may be otherwise later, and the request may have been carried out.
            Absent: There is nothing at the address.
            Refused: The service does not do that.
            NetworkError: It cannot be asked at all.
        """
        data: object = file
        headers = {"Content-Type": "application/octet-stream"} if file else {}
        if body is not None:
            data, headers = json.dumps(body).encode("utf-8"), {"Content-Type": "application/json"}
        where = f"{self.label}: {method} {urlsplit(self._absolute(target)).path}"
        with self._asking(where):
            response = self._follow(method, self._absolute(target), query, data, headers)
            with response:
                return self._judged(response, where)

    def digest(self, target: str, size: int) -> str:
        """SHA-256 of a file that GET answers with, in hexadecimal; it is fetched up to that size, and not kept."""

        def attempt() -> str:
            digest, left = hashlib.sha256(), size
            where = f"{self.label}: GET {urlsplit(self._absolute(target)).path}"
            with self._asking(where), self._follow("GET", target, None, None, _FILE, anywhere=True) as response:
                if response.status_code != 200:
                    self._judged(response, where)
                pace = Pace(PATIENCE, where)
                pace.begin()
                for chunk in response.iter_content(1 << 16):
                    pace.count(len(chunk))
                    digest.update(chunk)
                    if (left := left - len(chunk)) < 0:
                        raise NetworkError(f"{where}: more comes than {size} bytes", _AGAIN)
            return digest.hexdigest()

        return persist(attempt, lambda: False, PATIENCE, _AGAIN)

    def _absolute(self, target: str) -> str:
        url = target if target.startswith(("http://", "https://")) else f"{self._url}{target}"
        if not self.trusts(url):
            raise NetworkError(visible(f"{self.label} leads to {url}, another server"), "tell whoever runs it")
        return url

    def _follow(
        self,
        method: str,
        url: str,
        query: Mapping[str, object] | None,
        data: object,
        headers: Mapping[str, str],
        *,
        anywhere: bool = False,
    ) -> Response:
        """The answer behind redirects, within the service unless they may lead `anywhere`; only reading is redirected.

        The token is sent to the service alone.
        """  # fmt: skip
        timeout = (PATIENCE.connect, max(PATIENCE.silence, _SLOW) if isinstance(data, Upload) else PATIENCE.silence)
        all_headers = {**self._headers, **headers, **self._token.header()}
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._session.request(
                method, url, params=query, data=data, headers=all_headers, timeout=timeout, stream=True,  # type: ignore[arg-type]  # what has read() is sent as it is read
                allow_redirects=False,
            )  # fmt: skip
            target = redirect_target(url, response.status_code, response.headers.get("Location"), self.label)
            if not target:
                return response
            response.close()
            if method != "GET":
                raise NetworkError(visible(f"{self.label} has moved to {target}"), "name the new address")
            url, query = target if anywhere else self._absolute(target), None
            if not self.trusts(url):
                all_headers = {**headers, **AGENT}
        raise NetworkError(f"{self.label} is redirected more than {_MOST_REDIRECTS} times", "check the address")

    @contextlib.contextmanager
    def _asking(self, where: str) -> Iterator[None]:
        try:
            yield
        except (requests.RequestException, HTTPError) as error:
            words, passing = in_words(error)
            what = self._token.hidden(f"{where}: {words}")
            raise (Passing(what) if passing else NetworkError(what, "check the address")) from None

    def _judged(self, response: Response, where: str) -> object:
        code, answer = response.status_code, _parsed(response)
        if 200 <= code < 300:
            if answer is None and code not in (202, 204):
                raise Passing(f"{where}: the answer is no JSON")
            return answer
        if code in (404, 410):
            raise Absent(where, _GONE)
        what = visible(f"{where}: the service answers {code} {response.reason or ''}".rstrip())
        if why := said(answer):
            what += f" ({why})"
        what = self._token.hidden(what)
        if code == 429 or code >= 500 or (code == 403 and _busy(response)):
            raise Passing(what, _wait(response))
        if code in (401, 403):
            raise Refused(what, "check the token: is it valid, and may it do this?", code)
        raise Refused(what, "mend what it says, and run it again", code)


def _parsed(response: Response) -> object:
    """The body as JSON; none when it is empty or something else."""
    data, end = bytearray(), time.monotonic() + PATIENCE.whole
    for chunk in response.iter_content(1 << 16):
        data += chunk
        if len(data) > _LIMIT or time.monotonic() > end:
            host, what = urlsplit(response.url).hostname, f"more than {_LIMIT} bytes, or for {PATIENCE.whole:g} s"
            raise NetworkError(f"{host} answers with {what}", _AGAIN)
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _busy(response: Response) -> bool:
    """Whether a refusal only means that too much was asked in too short a time, as GitHub says it."""
    return "Retry-After" in response.headers or response.headers.get("X-RateLimit-Remaining") == "0"


def _wait(response: Response) -> float | None:
    return retry_after(response.headers.get("Retry-After", ""))


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port
