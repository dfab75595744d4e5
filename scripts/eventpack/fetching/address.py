"""The address of a dataset on a web server, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from eventpack.errors import EventpackError
from eventpack.files import sha256
from eventpack.model import NAME

_FORM = "write http(s)://host/…/<name>, the address under which versions.json is found"


def is_address(ref: str) -> bool:
    """Whether a reference is meant as an address: something before `://`."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", ref) is not None


@dataclass(frozen=True, slots=True)
class Address:
    """`url` is asked for; `label` is the same without user and password, for messages; `key` can name a folder."""

    url: str
    label: str
    key: str
    name: str

    def of(self, path: str) -> str:
        """The URL of a file below."""
        return f"{self.url}/{quote(path, safe='/')}"


def parse_address(ref: str) -> Address:
    """The address that a text is.

    Raises:
        EventpackError: It is none, or has parts that a published dataset cannot have.
    """
    try:
        parts = urlsplit(ref)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        why = "" if "@" in ref else f": {error}"  # it may repeat a password
        raise EventpackError(f"`{_secretless(ref)}` is no address{why}", _FORM) from error
    shown = _secretless(ref)
    if parts.scheme.lower() not in ("http", "https"):
        raise EventpackError(f"`{shown}` is neither http nor https", _FORM)
    if not host:
        raise EventpackError(f"`{shown}` names no host", _FORM)
    if parts.query or parts.fragment or ref.endswith(("?", "#")):
        raise EventpackError(f"`{shown}` has a query or fragment, and files are found by path", _FORM)
    path = parts.path.rstrip("/")
    name = unquote(path.rpartition("/")[2])
    if not re.fullmatch(NAME, name):
        raise EventpackError(f"`{shown}` ends in {name!r}, which is no name of a dataset", _FORM)
    place = f"{parts.scheme.lower()}://{f'[{host}]' if ':' in host else host}{'' if port is None else f':{port}'}"
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    label = place + path
    key = f"{re.sub(r'[^a-z0-9.-]', '_', host)}-{sha256(label.rpartition('/')[0].encode('utf-8', 'replace'))[:12]}"
    return Address(label.replace("://", f"://{user}", 1), label, key, name)


def _secretless(ref: str) -> str:
    return re.sub(r"//[^/]*@", "//", ref)
