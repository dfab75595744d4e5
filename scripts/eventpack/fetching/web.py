"""Files on a web server: transfers that go on where they broke off, and nothing that never ends.

Imported late: `urllib3` costs 40 ms.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import HTTPError

from eventpack.errors import DamagedError, NetworkError
from eventpack.fetching.address import Address
from eventpack.fetching.connecting import Connections
from eventpack.fetching.filling import AGAIN, Pace, fill, noted_stamp, write_body
from eventpack.fetching.patience import Passing, Patience, persist, retry_after
from eventpack.fetching.redirects import redirect_target
from eventpack.fetching.source import CHUNK, REPORT, Absent, Forbidden, Told, drop
from eventpack.fetching.trouble import in_words
from eventpack.finding import visible

PATIENCE = Patience()
_MOST_REDIRECTS = 5
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


class Web:
    """A dataset on a web server as a source; one connection, kept open."""

    def __init__(
        self,
        address: Address,
        patience: Patience | None = None,
        *,
        anonymous: bool = False,
        headers: Callable[[str], Mapping[str, str]] | None = None,
    ) -> None:
        """An `anonymous` one sends no password, such as the user keeps for the host (`.netrc`); `headers` gives what is
        sent to a URL beside, wherever redirects lead."""  # fmt: skip
        self._more = headers or _nothing_more
        self.label, self.key = address.label, address.key
        self._address, self._patience = address, patience or PATIENCE
        self._connections = Connections(anonymous=anonymous)

    def close(self) -> None:
        """Close the connection."""
        self._connections.close()

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a small file; raises `Absent`, and `DamagedError` when it is larger than the limit."""

        end = time.monotonic() + self._patience.whole

        def attempt() -> bytes:
            data = bytearray()
            with self._open(path, {}) as response:
                for chunk in _chunks(response):
                    data += chunk
                    if time.monotonic() > end:
                        raise NetworkError(f"{self.label}/{path} takes longer than {self._patience.whole:g} s", AGAIN)
                    if len(data) > limit:
                        raise DamagedError(f"{self.label}/{path} is larger than {limit} bytes", REPORT)
                if len(data) != (_length(response) or len(data)):
                    raise Passing(f"{self.label}/{path} ended after {len(data)} bytes")
            return bytes(data)

        return persist(attempt, lambda: False, self._patience, AGAIN)

    def fetch(self, path: str, part: Path, size: int, told: Told) -> bool:
        """Fill `part`, asking only for what is missing; see `Source`."""
        pace = Pace(self._patience, f"{self.label}/{path}")
        return fill(part, size, lambda: self._transfer(path, part, size, told, pace), self._patience)

    def _transfer(self, path: str, part: Path, size: int, told: Told, pace: Pace) -> None:
        """One request for what is missing, or for all when the server does not give parts of the same state."""
        held = part.stat().st_size
        wanted = {"Range": f"bytes={held}-"} if held else {}
        if held and (stamp := noted_stamp(part)):
            wanted["If-Range"] = stamp
        with self._open(path, wanted) as response:
            where = f"{self.label}/{path}"
            if response.status == 416 or (response.status == 206 and not _continues(response, held, size)):
                drop(part)
                part.touch()
                raise Passing(f"{where}: the server does not give the part asked for")
            if response.status == 200:
                _require_size(response, size, where)
                held = 0
            write_body(_chunks(response), part, held, size, told, where, pace, _stamp(response))

    @contextlib.contextmanager
    def _open(self, path: str, headers: dict[str, str]) -> Iterator[BaseHTTPResponse]:
        """The answer to a request, its body not read yet: 200, or 206 or 416 to a request for a part."""
        try:
            response = self._follow(self._address.of(path), headers | {"Accept-Encoding": "identity"})
            with response:
                self._judge_status(response, f"{self.label}/{path}", "Range" in headers)
                yield response
        except HTTPError as error:
            words, passing = in_words(error)
            what = f"{self.label}/{path}: {words}"
            raise (Passing(what) if passing else NetworkError(what, "check the address")) from error

    def _follow(self, url: str, headers: dict[str, str]) -> BaseHTTPResponse:
        """The answer behind all redirects."""
        timeout = Timeout(connect=self._patience.connect, read=self._patience.silence)
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._connections.get(url, {**headers, **self._more(url)}, timeout)
            target = redirect_target(url, response.status, response.headers.get("Location"), self.label)
            if not target:
                return response
            response.close()
            url = target
        raise NetworkError(f"{self.label} is redirected more than {_MOST_REDIRECTS} times", "check the address")

    @staticmethod
    def _judge_status(response: BaseHTTPResponse, where: str, ranged: bool) -> None:
        code = response.status
        if code == 200 or (code in (206, 416) and ranged):
            return
        if code in (404, 410):
            raise Absent(where)
        what = visible(f"{where}: the server answers {code} {response.reason or ''}".rstrip())
        if code == 429 or code >= 500:
            raise Passing(what, retry_after(response.headers.get("Retry-After", "")))
        kind = Forbidden if code == 403 else NetworkError
        raise kind(what, "check the address and whether you may read it")


def _nothing_more(url: str) -> Mapping[str, str]:
    return {}


def _encoded(response: BaseHTTPResponse) -> bool:
    """Whether the server compressed the body all the same; then its length says nothing about the file's."""
    return response.headers.get("Content-Encoding", "identity").lower() not in ("", "identity")


def _chunks(response: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as it comes in; unlike with `stream`, what came before a cut is not lost."""
    while chunk := response.read1(CHUNK, decode_content=True):
        yield chunk


def _length(response: BaseHTTPResponse) -> int | None:
    """The length that the body is announced with."""
    text = response.headers.get("Content-Length", "")
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) and not _encoded(response) else None


def _require_size(response: BaseHTTPResponse, size: int, where: str) -> None:
    length = _length(response)
    if length is not None and length != size:
        raise DamagedError(f"{where} has {length} bytes, expected {size}", REPORT)


def _continues(response: BaseHTTPResponse, held: int, size: int) -> bool:
    """Whether a part is the one asked for, of a file of the size expected."""
    match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if match is None or _encoded(response):
        return False
    return int(match[1]) == held and int(match[2]) < size and match[3] in ("*", str(size))


def _stamp(response: BaseHTTPResponse) -> str:
    """What names the state of the file for If-Range: a strong ETag, else the time of its last change."""
    if _encoded(response):
        return ""
    tag = response.headers.get("ETag", "")
    return tag if tag.startswith('"') else response.headers.get("Last-Modified", "")
