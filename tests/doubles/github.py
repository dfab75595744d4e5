"""A double of GitHub: the releases of one repository, their assets and tags, after docs.github.com/en/rest/releases.

Bytes of assets come from a storage of its own, on another port, which refuses requests that carry a token, as the real
one does.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.server import Reply, Request, ranged

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Asset:
    """A file of a release; an upload that broke off leaves a `starter` without bytes."""

    id: int
    name: str
    data: bytes = b""
    state: str = "uploaded"


@dataclass
class Release:
    """A release: its draft until it is public."""

    id: int
    tag: str
    given: dict[str, Any]
    draft: bool
    assets: list[Asset] = field(default_factory=list)


class Storage:
    """Where the bytes of assets lie, under names that nobody can guess."""

    def __init__(self) -> None:
        self.url = ""
        self.held: dict[str, bytes] = {}

    def begun(self, request: Request) -> None:
        """Nothing is sent here."""

    def answer(self, request: Request) -> Reply:
        """The bytes of an asset."""
        if request.token:
            return Reply(400, {"message": "Only one auth mechanism allowed"})
        data = self.held.get(request.path)
        return Reply(404) if data is None else ranged(data, request.path.strip("/"), request)


class GitHub:
    """The service with one repository. `commits` are those that it holds; with none named, any id is one."""

    def __init__(self, repository: str = "curators/talks", token: str = "secret-token") -> None:
        self.url, self.token, self.repository = "", token, repository
        self.storage = Storage()
        self.commits: set[str] = set()
        self.tags: dict[str, str] = {}
        self.releases: list[Release] = []
        self.writable, self.digests, self.immutable, self.private = True, True, False, False
        self._next = 1

    def state(self) -> dict[str, Any]:
        """All that there is, for comparison; numbers left out."""
        releases = [
            (each.tag, each.draft, sorted((a.name, a.state, a.data) for a in each.assets), each.given)
            for each in self.releases
        ]
        return {"releases": releases, "tags": self.tags}

    def begun(self, request: Request) -> None:
        """A cut upload leaves an empty asset, which can be deleted."""
        if match := re.fullmatch(r"/uploads/repos/[^/]+/[^/]+/releases/(\d+)/assets", request.path):
            release = self._release(match[1])
            if release and not any(each.name == request.query["name"] for each in release.assets):
                release.assets.append(Asset(self._number(), request.query["name"], state="starter"))

    def answer(self, request: Request) -> Reply:
        """Carry out a request."""
        for method, pattern, action in _ROUTES:
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                if match[1].lower() != self.repository.lower() or (self.private and request.token != self.token):
                    return Reply(404, {"message": "Not Found"})
                if request.token not in ("", self.token):
                    return Reply(401, {"message": "Bad credentials"})
                if method != "GET" and request.token != self.token:
                    return Reply(401, {"message": "Requires authentication"})
                if method != "GET" and not self.writable:
                    return Reply(403, {"message": "Resource not accessible by personal access token"})
                reply: Reply = getattr(self, f"_{action}")(request, *match.groups()[1:])
                return reply
        return Reply(404, {"message": "Not Found"})

    def _repository(self, request: Request) -> Reply:
        rights = {"permissions": {"push": self.writable}} if request.token else {}
        return Reply(200, {"full_name": self.repository, **rights})

    def _list(self, request: Request) -> Reply:
        seen = [each for each in self.releases if not each.draft or (request.token and self.writable)]
        size, page = int(request.query.get("per_page", "30")), int(request.query.get("page", "1"))
        shown = [self._shown(each) for each in reversed(seen)]
        return Reply(200, shown[(page - 1) * size : page * size])

    def _create(self, request: Request) -> Reply:
        given = request.json()
        tag, target = given["tag_name"], given.get("target_commitish", "main")
        if not given.get("draft") and any(each.tag == tag and not each.draft for each in self.releases):
            return _invalid("Release", "already_exists", "tag_name")
        if re.fullmatch("[0-9a-f]{40}", target) and not self._has(target):
            return _invalid("Release", "invalid", "target_commitish")
        made = Release(self._number(), tag, dict(given), bool(given.get("draft")))
        self.releases.append(made)
        return Reply(201, self._shown(made))

    def _read(self, request: Request, number: str) -> Reply:
        found = self._release(number)
        return Reply(200, self._shown(found)) if found else Reply(404, {"message": "Not Found"})

    def _update(self, request: Request, number: str) -> Reply:
        if (found := self._release(number)) is None:
            return Reply(404, {"message": "Not Found"})
        given = request.json()
        if given.get("draft") is False and found.draft:
            if any(each.tag == found.tag and not each.draft for each in self.releases):
                return _invalid("Release", "already_exists", "tag_name")
            found.draft = False
            self.tags.setdefault(found.tag, found.given.get("target_commitish", "main"))
        found.given |= given
        return Reply(200, self._shown(found))

    def _upload(self, request: Request, number: str) -> Reply:
        if (found := self._release(number)) is None:
            return Reply(404, {"message": "Not Found"})
        if self.immutable and not found.draft:
            return Reply(422, {"message": "Cannot upload assets to an immutable release."})
        name = re.sub(r"[^A-Za-z0-9._+-]", ".", request.query["name"])
        if any(each.name == name for each in found.assets):
            return _invalid("ReleaseAsset", "already_exists", "name")
        made = Asset(self._number(), name, request.body)
        found.assets.append(made)
        return Reply(201, self._asset(found, made))

    def _remove(self, request: Request, number: str) -> Reply:
        for release in self.releases:
            for asset in release.assets:
                if asset.id == int(number):
                    release.assets.remove(asset)
                    return Reply(204)
        return Reply(404, {"message": "Not Found"})

    def _fetch(self, request: Request, number: str) -> Reply:
        found = [asset for release in self.releases for asset in release.assets if asset.id == int(number)]
        if not found or request.headers.get("accept") != "application/octet-stream":
            return Reply(404, {"message": "Not Found"})
        return self._stored(found[0])

    def _page(self, request: Request, tag: str, name: str) -> Reply:
        found = [asset for release in self.releases if release.tag == tag and not release.draft
                 for asset in release.assets if asset.name == name]  # fmt: skip
        return self._stored(found[0]) if found else Reply(404)

    def _commit(self, request: Request, rev: str) -> Reply:
        found = self.tags.get(rev) or (rev if re.fullmatch("[0-9a-f]{40}", rev) and self._has(rev) else "")
        if found:
            return Reply(200, {"sha": found})
        return Reply(422, {"message": f"No commit found for SHA: {rev}"})

    def _has(self, commit: str) -> bool:
        return not self.commits or commit in self.commits

    def _release(self, number: str) -> Release | None:
        return next((each for each in self.releases if each.id == int(number)), None)

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _stored(self, asset: Asset) -> Reply:
        place = f"/{hashlib.sha256(asset.data + asset.name.encode()).hexdigest()}"
        self.storage.held[place] = asset.data
        return Reply(302, b"", {"Location": f"{self.storage.url}{place}"})

    def _shown(self, release: Release) -> dict[str, Any]:
        here = f"{self.url}/repos/{self.repository}/releases/{release.id}"
        page = f"{self.url}/{self.repository}/releases/tag/{f'untagged-{release.id}' if release.draft else release.tag}"
        return {
            "id": release.id, "tag_name": release.tag, "draft": release.draft, "html_url": page, "url": here,
            "prerelease": bool(release.given.get("prerelease")), "immutable": self.immutable and not release.draft,
            "upload_url": f"{self.url}/uploads/repos/{self.repository}/releases/{release.id}/assets{{?name,label}}",
            "assets": [self._asset(release, each) for each in release.assets],
        }  # fmt: skip

    def _asset(self, release: Release, asset: Asset) -> dict[str, Any]:
        digest = f"sha256:{hashlib.sha256(asset.data).hexdigest()}" if self.digests else None
        return {
            "id": asset.id, "name": asset.name, "size": len(asset.data), "state": asset.state, "digest": digest,
            "url": f"{self.url}/repos/{self.repository}/releases/assets/{asset.id}",
            "browser_download_url": f"{self.url}/{self.repository}/releases/download/{release.tag}/{asset.name}",
        }  # fmt: skip


_ROUTES = (
    ("GET", "/repos/([^/]+/[^/]+)", "repository"),
    ("GET", "/repos/([^/]+/[^/]+)/releases", "list"),
    ("POST", "/repos/([^/]+/[^/]+)/releases", "create"),
    ("GET", r"/repos/([^/]+/[^/]+)/releases/(\d+)", "read"),
    ("PATCH", r"/repos/([^/]+/[^/]+)/releases/(\d+)", "update"),
    ("POST", r"/uploads/repos/([^/]+/[^/]+)/releases/(\d+)/assets", "upload"),
    ("DELETE", r"/repos/([^/]+/[^/]+)/releases/assets/(\d+)", "remove"),
    ("GET", r"/repos/([^/]+/[^/]+)/releases/assets/(\d+)", "fetch"),
    ("GET", "/repos/([^/]+/[^/]+)/commits/(.+)", "commit"),
    ("GET", "/([^/]+/[^/]+)/releases/download/([^/]+)/([^/]+)", "page"),
)


def _invalid(resource: str, code: str, field_name: str) -> Reply:
    errors = [{"resource": resource, "code": code, "field": field_name}]
    return Reply(422, {"message": "Validation Failed", "errors": errors})
