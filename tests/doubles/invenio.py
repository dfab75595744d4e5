"""A double of Zenodo: drafts, files, DOIs, versions and searches of InvenioRDM's REST API, for one account.

After https://inveniordm.docs.cern.ch/reference/rest_api_drafts_records/ and what Zenodo does beyond it: numbers as
ids, the older form of answers under `application/json`, pages of 25, a search that finds new things a second later.
"""

from __future__ import annotations

import copy
import hashlib
import re
import time
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.server import Reply, Request, ranged

NATIVE = "application/vnd.inveniordm.v1+json"
_REQUIRED = ("title", "creators", "publication_date", "resource_type", "publisher")


@dataclass
class File:
    """A file of a draft or record; none of its bytes are there yet when `data` is none."""

    data: bytes | None = None
    ready: bool = False


@dataclass
class Version:
    """One version of a record: its draft until it is public."""

    id: str
    concept: str
    index: int
    metadata: dict[str, Any]
    access: dict[str, Any] = field(default_factory=lambda: {"record": "public", "files": "public"})
    pids: dict[str, Any] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    public: bool = False
    changed: float = field(default_factory=time.monotonic)


class Zenodo:
    """The service; `lag` is how long a search does not find what has changed, in seconds."""

    def __init__(self, token: str = "secret-token", prefix: str = "10.5281", lag: float = 0.0) -> None:
        self.url, self.token, self.prefix, self.lag = "", token, prefix, lag
        self.versions: dict[str, Version] = {}
        self.concepts_answer = True
        self._next = 100

    def state(self) -> list[dict[str, Any]]:
        """All that there is, for comparison."""
        return [
            {
                "id": each.id, "concept": each.concept, "public": each.public, "metadata": each.metadata,
                "pids": each.pids, "files": {key: (file.ready, file.data) for key, file in sorted(each.files.items())},
            }
            for each in self.versions.values()
        ]  # fmt: skip

    def begun(self, request: Request) -> None:
        """A cut upload leaves the file announced and without bytes."""

    def answer(self, request: Request) -> Reply:
        """Carry out a request."""
        for method, pattern, action in _ROUTES:
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                if (method != "GET" or "draft" in pattern or "user" in pattern) and request.token != self.token:
                    return Reply(403 if request.token else 401, {"status": 403, "message": "Permission denied."})
                if "/files" in pattern and "content" not in pattern and "json" not in _accepted(request):
                    return Reply(406, {"status": 406, "message": "Not acceptable."})
                if not request.headers.get("user-agent", "").startswith("eventpack/"):
                    return Reply(403, {"status": 403, "message": "Say who asks."})
                reply: Reply = getattr(self, f"_{action}")(request, *match.groups())
                reply.headers |= {"X-RateLimit-Remaining": "99", "Retry-After": "59"}  # Zenodo says so in good answers
                return reply
        return Reply(404, {"status": 404, "message": "The requested URL was not found on the server."})

    def _create(self, request: Request) -> Reply:
        made = Version(str(self._next + 1), str(self._next), 1, request.json().get("metadata", {}))
        self._next += 2
        self.versions[made.id] = made
        return Reply(201, self._shown(made, request))

    def _read_draft(self, request: Request, number: str) -> Reply:
        return self._with_draft(number, lambda draft: Reply(200, self._shown(draft, request)))

    def _update(self, request: Request, number: str) -> Reply:
        def change(draft: Version) -> Reply:
            body = request.json()
            if not body.get("files", {}).get("enabled") and draft.files:
                return _invalid("files.enabled", "Please remove all files first.")
            draft.metadata = _as_taken(body.get("metadata", {}))
            draft.pids = body.get("pids", draft.pids)
            draft.changed = time.monotonic()
            return Reply(200, self._shown(draft, request))

        return self._with_draft(number, change)

    def _reserve(self, request: Request, number: str) -> Reply:
        def change(draft: Version) -> Reply:
            if "doi" in draft.pids:
                return _invalid("pids.doi", "A PID already exists for type doi")
            draft.pids["doi"] = self._doi(number)
            return Reply(201, self._shown(draft, request))

        return self._with_draft(number, change)

    def _publish(self, request: Request, number: str) -> Reply:
        def change(draft: Version) -> Reply:
            for key in _REQUIRED:
                if not draft.metadata.get(key):
                    return _invalid(f"metadata.{key}", "Missing data for required field.")
            if not draft.files or not all(file.ready for file in draft.files.values()):
                return _invalid("files", "One or more files have not completed their transfer, please wait.")
            draft.pids.setdefault("doi", self._doi(number))
            draft.public, draft.changed = True, time.monotonic()
            return Reply(202, self._shown(draft, request))

        return self._with_draft(number, change)

    def _new_version(self, request: Request, number: str) -> Reply:
        old = self.versions.get(number)
        if old is None or not old.public:
            return _absent()
        beside = [each for each in self.versions.values() if each.concept == old.concept]
        if open_ones := [each for each in beside if not each.public]:
            return Reply(201, self._shown(open_ones[0], request))
        kept = {key: value for key, value in old.metadata.items() if key not in ("version", "publication_date")}
        made = Version(str(self._next), old.concept, len(beside) + 1, copy.deepcopy(kept))
        self._next += 1
        self.versions[made.id] = made
        return Reply(201, self._shown(made, request))

    def _read(self, request: Request, number: str) -> Reply:
        if (found := self.versions.get(number)) and found.public:
            return Reply(200, self._shown(found, request))
        latest = [each for each in self.versions.values() if each.concept == number and each.public]
        if latest and self.concepts_answer:
            return Reply(301, b"", {"Location": f"/api/records/{max(latest, key=lambda each: each.index).id}"})
        return _absent()

    def _search(self, request: Request) -> Reply:
        return self._hits([each for each in self.versions.values() if each.public], request)

    def _search_own(self, request: Request) -> Reply:
        return self._hits(list(self.versions.values()), request)

    def _search_versions(self, request: Request, number: str) -> Reply:
        one = self.versions.get(number)
        return _absent() if one is None else self._hits(
            [each for each in self.versions.values() if each.public and each.concept == one.concept], request
        )  # fmt: skip

    def _list_draft_files(self, request: Request, number: str) -> Reply:
        return self._with_draft(number, lambda draft: Reply(200, self._listed(draft)))

    def _list_files(self, request: Request, number: str) -> Reply:
        found = self.versions.get(number)
        return Reply(200, self._listed(found)) if found and found.public else _absent()

    def _start(self, request: Request, number: str) -> Reply:
        def change(draft: Version) -> Reply:
            for key in (each["key"] for each in request.json()):
                if key in draft.files:
                    return Reply(400, {"status": 400, "message": f"File with key {key} already exists."})
                draft.files[key] = File()
            return Reply(201, self._listed(draft))

        return self._with_draft(number, change)

    def _content(self, request: Request, number: str, key: str) -> Reply:
        def change(file: File, draft: Version) -> Reply:
            if file.ready:
                return Reply(400, {"status": 400, "message": f"File {key} is completed."})
            file.data = request.body
            return Reply(200, self._entry(draft, key))

        return self._with_file(number, key, change)

    def _commit(self, request: Request, number: str, key: str) -> Reply:
        def change(file: File, draft: Version) -> Reply:
            if file.data is None or file.ready:
                return Reply(400, {"status": 400, "message": "Transfer of File failed."})
            file.ready = True
            return Reply(200, self._entry(draft, key))

        return self._with_file(number, key, change)

    def _remove(self, request: Request, number: str, key: str) -> Reply:
        def change(file: File, draft: Version) -> Reply:
            del draft.files[key]
            return Reply(204)

        return self._with_file(number, key, change)

    def _fetch(self, request: Request, number: str, key: str) -> Reply:
        found = self.versions.get(number)
        file = found.files.get(key) if found and found.public else None
        return ranged(file.data, hashlib.md5(file.data).hexdigest(), request) if file and file.data else _absent()

    def _with_draft(self, number: str, action: Any) -> Reply:
        draft = self.versions.get(number)
        reply: Reply = action(draft) if draft and not draft.public else _absent()
        return reply

    def _with_file(self, number: str, key: str, action: Any) -> Reply:
        def change(draft: Version) -> Reply:
            if key not in draft.files:
                return Reply(404, {"status": 404, "message": f'Record "{number}" has no file "{key}".'})
            reply: Reply = action(draft.files[key], draft)
            return reply

        return self._with_draft(number, change)

    def _doi(self, number: str) -> dict[str, str]:
        return {"identifier": f"{self.prefix}/zenodo.{number}", "provider": "datacite", "client": "datacite"}

    def _hits(self, versions: list[Version], request: Request) -> Reply:
        size, page = int(request.query.get("size", "10")), int(request.query.get("page", "1"))
        if size > 25:
            return Reply(400, {"status": 400, "message": "Page size cannot be greater than 25."})
        seen = [each for each in versions if time.monotonic() - each.changed >= self.lag]
        for key, text in re.findall(r'([\w.]+):"((?:[^"\\]|\\.)*)"', request.query.get("q", "")):
            plain = re.sub(r"\\(.)", r"\1", text).casefold()
            seen = [each for each in seen if _matches(each, key, plain)]
        shown = [self._shown(each, request) for each in reversed(seen)]
        return Reply(200, {"hits": {"hits": shown[(page - 1) * size : page * size], "total": len(shown)}})

    def _shown(self, version: Version, request: Request) -> dict[str, Any]:
        here, kind = f"{self.url}/api/records/{version.id}", "records" if version.public else "uploads"
        if "native" not in _accepted(request):
            return {"id": int(version.id), "conceptrecid": version.concept, "submitted": version.public}
        parent = {"id": version.concept, "access": {"owned_by": {"user": "1"}}}
        if version.public:
            parent["pids"] = {"doi": self._doi(version.concept)}
        return {
            "id": version.id, "parent": parent, "metadata": _expanded(version.metadata), "pids": dict(version.pids),
            "access": version.access, "is_published": version.public, "is_draft": not version.public,
            "files": {"enabled": True}, "versions": {"index": version.index}, "custom_fields": {},
            "links": {"self": here, "self_html": f"{self.url}/{kind}/{version.id}"},
        }  # fmt: skip

    def _listed(self, version: Version) -> dict[str, Any]:
        return {"enabled": True, "entries": [self._entry(version, key) for key in version.files]}

    def _entry(self, version: Version, key: str) -> dict[str, Any]:
        file = version.files[key]
        base = f"{self.url}/api/records/{version.id}{'' if version.public else '/draft'}/files/{key}"
        told: dict[str, Any] = {"key": key, "status": "completed" if file.ready else "pending",
                                "links": {"self": base, "content": f"{base}/content"}}  # fmt: skip
        if file.ready and file.data is not None:
            told |= {"size": float(len(file.data)), "checksum": f"md5:{hashlib.md5(file.data).hexdigest()}"}
        return told


_ROUTES = (
    ("POST", "/api/records", "create"),
    ("GET", "/api/records", "search"),
    ("GET", "/api/user/records", "search_own"),
    ("GET", r"/api/records/([^/]+)", "read"),
    ("GET", r"/api/records/([^/]+)/draft", "read_draft"),
    ("PUT", r"/api/records/([^/]+)/draft", "update"),
    ("POST", r"/api/records/([^/]+)/draft/pids/doi", "reserve"),
    ("POST", r"/api/records/([^/]+)/draft/actions/publish", "publish"),
    ("GET", r"/api/records/([^/]+)/draft/files", "list_draft_files"),
    ("POST", r"/api/records/([^/]+)/draft/files", "start"),
    ("PUT", r"/api/records/([^/]+)/draft/files/([^/]+)/content", "content"),
    ("POST", r"/api/records/([^/]+)/draft/files/([^/]+)/commit", "commit"),
    ("DELETE", r"/api/records/([^/]+)/draft/files/([^/]+)", "remove"),
    ("GET", r"/api/records/([^/]+)/files", "list_files"),
    ("GET", r"/api/records/([^/]+)/files/([^/]+)/content", "fetch"),
    ("GET", r"/api/records/([^/]+)/versions", "search_versions"),
    ("POST", r"/api/records/([^/]+)/versions", "new_version"),
)


def _accepted(request: Request) -> set[str]:
    """The forms of answers that a request takes."""
    named = {each.partition(";")[0].strip() for each in request.headers.get("accept", "*/*").split(",")}
    return {word for word, kinds in (("native", {NATIVE}), ("json", {"application/json", "*/*"})) if named & kinds}


def _matches(version: Version, key: str, text: str) -> bool:
    """Whether a search finds a version: by its concept exactly, by a title that contains the words in that order."""
    if key == "parent.id":
        return version.concept == text
    return key == "metadata.title" and text in str(version.metadata.get("title", "")).casefold()


def _expanded(metadata: dict[str, Any]) -> dict[str, Any]:
    """Metadata as they are given out: codes with titles, people with names."""
    shown = copy.deepcopy(metadata)
    for key in ("resource_type", *(("rights",) if "rights" in shown else ())):
        for each in shown[key] if isinstance(shown.get(key), list) else [shown.get(key)]:
            if each and "id" in each:
                each["title"] = {"en": each["id"].capitalize()}
    for each in shown.get("creators", []):
        person = each["person_or_org"]
        person.setdefault("name", ", ".join(filter(None, (person.get("family_name"), person.get("given_name")))))
    return shown


def _as_taken(metadata: dict[str, Any]) -> dict[str, Any]:
    """Metadata as they are kept; titles of codes are not taken in."""
    kind = metadata.get("resource_type")
    return metadata | ({"resource_type": {"id": kind["id"]}} if kind else {})


def _invalid(field_name: str, why: str) -> Reply:
    errors = [{"field": field_name, "messages": [why]}]
    return Reply(400, {"status": 400, "message": "A validation error occurred.", "errors": errors})


def _absent() -> Reply:
    return Reply(404, {"status": 404, "message": "The persistent identifier does not exist."})
