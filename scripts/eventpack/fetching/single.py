"""One file at any address on the web, for who checks a package that names it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from eventpack.errors import DamagedError, NetworkError
from eventpack.fetching.address import Address
from eventpack.fetching.patience import Patience
from eventpack.fetching.source import Absent
from eventpack.finding import visible
from eventpack.trees import MissingFile

LARGEST = 100 << 20
PATIENCE = Patience(silence=20, tries=4, longest=10, whole=120)
_LOCAL = "fetch it yourself, and name it by a path inside the package"


@dataclass(frozen=True, slots=True)
class _Exact(Address):
    """An address that is asked for as it is written, with its query."""

    def of(self, path: str) -> str:
        """The URL of a file below."""
        return f"{self.url}/{path}"


def fetch_single(url: str, largest: int = LARGEST, patience: Patience = PATIENCE) -> bytes:
    """The bytes at an address; no password is sent, neither one in the address nor one that is kept for the host.

    Raises:
        MissingFile: It is no address, it holds a password, or the server says that there is nothing.
        NetworkError: The server cannot be reached, refuses, takes too long, or sends more than `largest` bytes.
    """
    _require_plain(url)
    from eventpack.fetching.web import Web  # urllib3: 40 ms

    folder, _, name = url.partition("#")[0].rpartition("/")
    if folder.endswith(":/"):  # nothing behind the host
        folder, name = f"{folder}/{name}", ""
    web = Web(_Exact(folder, visible(folder), "", ""), patience, anonymous=True)
    try:
        return web.read(name, largest)
    except Absent as error:
        raise MissingFile("the server says that there is no such file") from error
    except DamagedError as error:
        raise NetworkError(error.what, _LOCAL) from error
    finally:
        web.close()


def _require_plain(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise MissingFile("it is no address") from error
    if not host or port == 0 or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise MissingFile("it is no address")
    if "@" in parts.netloc:
        raise MissingFile("it holds a user or a password, which are not sent")
