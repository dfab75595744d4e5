"""Addresses in depots: `zenodo:123`, `zenodo-sandbox:123`, `github:owner/repo`, a DOI, or the page of one of these."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from eventpack.depots.dois import doi_of, record_of
from eventpack.errors import EventpackError

_FORM = re.compile(r"(zenodo|zenodo-sandbox|github):(.*)", re.DOTALL)
_RECORD = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
_REPOSITORY = re.compile(r"(?!\.)[A-Za-z0-9_.-]{1,39}/(?!\.\.?(?:$|/))[A-Za-z0-9_.-]{1,100}")
_PAGES = (
    ("zenodo", re.compile(r"https://zenodo\.org/records?/([0-9]+)/?")),
    ("zenodo-sandbox", re.compile(r"https://sandbox\.zenodo\.org/records?/([0-9]+)/?")),
    ("zenodo", re.compile(r"https://zenodo\.org/doi/10\.5281/zenodo\.([0-9]+)/?")),
    ("github", re.compile(r"https://github\.com/([^/]+/[^/]+?)(?:\.git)?/?")),
)
_RESOLVER = ("EVENTPACK_DOI_URL", "https://doi.org")


@dataclass(frozen=True, slots=True)
class Depot:
    """A service: where its API is, the variables that may hold a token for it, and the name that the keyring knows.

    `variable` names another address for it: another instance of the same software, or a double in a test.
    """

    name: str
    title: str
    variable: str
    default: str
    tokens: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address of the service, without a slash at the end."""
        return base_url(self.variable, self.default)


DEPOTS = {
    depot.name: depot
    for depot in (
        Depot("zenodo", "Zenodo", "EVENTPACK_ZENODO_URL", "https://zenodo.org", ("ZENODO_TOKEN",)),
        Depot(
            "zenodo-sandbox", "Zenodo's sandbox", "EVENTPACK_ZENODO_SANDBOX_URL", "https://sandbox.zenodo.org",
            ("ZENODO_SANDBOX_TOKEN",),
        ),
        Depot("github", "GitHub", "EVENTPACK_GITHUB_URL", "https://api.github.com", ("GH_TOKEN", "GITHUB_TOKEN")),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class InDepot:
    """A depot, and what is meant there: a record, a repository, or nothing in particular (empty)."""

    depot: Depot
    path: str

    @property
    def label(self) -> str:
        """The address as it is written."""
        return f"{self.depot.name}:{self.path}"


def is_in_depot(text: str) -> bool:
    """Whether a reference names something in a depot, or a DOI, and no path or other address."""
    return bool(_FORM.fullmatch(text) or doi_of(text) or any(pattern.fullmatch(text) for _, pattern in _PAGES))


def in_depot(text: str) -> InDepot | None:
    """What a reference names in a depot; none for a DOI of somebody else, which has to be resolved.

    Raises:
        EventpackError: What stands behind the colon is no record or repository.
    """
    depot, number = record_of(doi_of(text))
    if depot:
        return InDepot(DEPOTS[depot], number)
    for name, pattern in _PAGES:
        if match := pattern.fullmatch(text):
            return _checked(name, match[1])
    match = _FORM.fullmatch(text)
    return _checked(match[1], match[2]) if match else None


def _checked(name: str, path: str) -> InDepot:
    """An address, when it can be one: what stands in it becomes part of a URL."""
    if name == "github":
        if not _REPOSITORY.fullmatch(path):
            raise EventpackError(f"`{name}:{path}` names no repository", "write github:owner/repo")
    elif path and not _RECORD.fullmatch(path):
        known, number = record_of(doi_of(path))
        if known != name:
            raise EventpackError(f"`{name}:{path}` names no record", f"write {name}:123, the number in its address")
        path = number
    return InDepot(DEPOTS[name], path)


def flat_name(path: str) -> str:
    """The name in a depot, where there are no folders: `parquet/events.parquet` becomes `parquet.events.parquet`."""
    return path.replace("/", ".")


def resolver_url() -> str:
    """Where DOIs are resolved."""
    return base_url(*_RESOLVER)


def base_url(variable: str, default: str) -> str:
    """The address that a variable holds, else the default.

    Raises:
        EventpackError: What the variable holds is no address, or one that secrets cannot be sent to.
    """
    url = os.environ.get(variable, "").strip().rstrip("/") or default
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc:
        raise EventpackError(f"{variable} holds no address", "write https://host")
    if parts.scheme == "http" and not re.fullmatch(r"localhost|127(\.\d{1,3}){3}|::1", host):
        raise EventpackError(f"{variable} is not https, and a token must not be sent in the clear", "write https://…")
    return url
