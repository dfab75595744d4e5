"""GitHub: the releases of a repository and their assets, by its REST API.

Definition: https://docs.github.com/en/rest/releases
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from eventpack.depots.addresses import Depot
from eventpack.depots.answers import Answer, items, part, value
from eventpack.depots.calls import Api, Refused
from eventpack.depots.sending import uploaded
from eventpack.depots.tokens import Token
from eventpack.errors import EventpackError, NetworkError
from eventpack.fetching import Absent

_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_UPLOADS = "https://uploads.github.com"
_PAGE, _MOST_PAGES = 100, 50


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a release; `ready` is false when its upload broke off.

    `digest` is `sha256:…`, empty for files from before GitHub kept them. `url` is that of the API, `page` the public
    one, for which no token is needed.
    """

    id: int
    name: str
    size: int
    digest: str
    ready: bool
    url: str
    page: str


@dataclass(frozen=True, slots=True)
class GitRelease:
    """A release of a repository under a tag; a draft has no tag yet, only the name of one."""

    id: int
    tag: str
    draft: bool
    prerelease: bool
    immutable: bool
    page: str
    uploads: str
    assets: tuple[Asset, ...]


class GitHub:
    """A repository; what changes something is tried once, and raises `Passing` when it may have been done or not."""

    def __init__(self, depot: Depot, repository: str, token: Token) -> None:
        others = (_UPLOADS,) if urlsplit(depot.url).hostname == "api.github.com" else ()
        self.api = Api(depot.url, f"{depot.name}:{repository}", token, _HEADERS, others)
        self._base = f"/repos/{repository}"

    def close(self) -> None:
        """Close the connection."""
        self.api.close()

    def require_writable(self) -> None:
        """Refuse a repository that is not there, or that the token may not write to.

        Raises:
            EventpackError: It is so.
        """
        try:
            answer = self.api.read(self._base)
        except Absent:
            fix = "check owner and name; of a private one the token must know"
            raise EventpackError(f"there is no repository {self.api.label}", fix) from None
        if value(part(answer, "permissions"), "push", default=True) is False:
            raise EventpackError(f"the token may not write to {self.api.label}", "give it the right to write contents")

    def releases(self) -> list[GitRelease]:
        """All releases, the newest first; drafts among them when the token may write. Raises `Absent`."""
        found: list[GitRelease] = []
        for page in range(1, _MOST_PAGES + 1):
            answers = items(self.api.read(f"{self._base}/releases", per_page=_PAGE, page=page))
            found += map(_release, answers)
            if len(answers) < _PAGE:
                break
        return found

    def release(self, number: int) -> GitRelease:
        """One release as it is now; raises `Absent`."""
        return _release(self.api.read(f"{self._base}/releases/{number}"))

    def commit(self, rev: str) -> str:
        """The id of the commit that a tag, branch or id names; empty when there is none."""
        try:
            return value(self.api.read(f"{self._base}/commits/{quote(rev, safe='')}"), "sha", "")
        except Absent:
            return ""
        except Refused as error:
            if error.status in (409, 422):  # an empty repository, or no commit of that id
                return ""
            raise

    def create(self, body: Mapping[str, object]) -> GitRelease:
        """Make a release."""
        return _release(self.api.once("POST", f"{self._base}/releases", body=body))

    def update(self, number: int, body: Mapping[str, object]) -> GitRelease:
        """Change what is said of a release."""
        return _release(self.api.once("PATCH", f"{self._base}/releases/{number}", body=body))

    def remove(self, asset: Asset) -> None:
        """Take a file out of a release."""
        self.api.once("DELETE", f"{self._base}/releases/assets/{asset.id}")

    def digest(self, asset: Asset) -> str:
        """SHA-256 of the bytes of an asset, which are fetched for it."""
        return self.api.digest(asset.url, asset.size)

    def send(self, release: GitRelease, name: str, path: Path, size: int, told: Callable[[int], None]) -> Asset:
        """Add a file to a release."""
        target = release.uploads.partition("{")[0] or f"{self._base}/releases/{release.id}/assets"
        with uploaded(path, size, told) as file:
            return _asset(part(self.api.once("POST", target, query={"name": name}, file=file)))


def _release(answer: object) -> GitRelease:
    given = part(answer)
    if not value(given, "id", 0) > 0:
        raise NetworkError("GitHub answers with what is no release", "run it again later; what is done stays done")
    return GitRelease(
        id=value(given, "id", 0),
        tag=value(given, "tag_name", ""),
        draft=value(given, "draft", default=False),
        prerelease=value(given, "prerelease", default=False),
        immutable=value(given, "immutable", default=False),
        page=value(given, "html_url", ""),
        uploads=value(given, "upload_url", ""),
        assets=tuple(_asset(each) for each in items(given, "assets")),
    )


def _asset(answer: Answer) -> Asset:
    return Asset(
        value(answer, "id", 0), value(answer, "name", ""), value(answer, "size", -1), value(answer, "digest", ""),
        value(answer, "state", "") == "uploaded", value(answer, "url", ""), value(answer, "browser_download_url", ""),
    )  # fmt: skip
