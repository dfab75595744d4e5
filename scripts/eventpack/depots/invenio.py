"""Zenodo, and any other service that runs InvenioRDM: records, drafts, versions and files, by its REST API.

Definition: https://inveniordm.docs.cern.ch/reference/rest_api_drafts_records/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from eventpack.depots.addresses import Depot
from eventpack.depots.answers import Answer, items, part, value
from eventpack.depots.calls import Api
from eventpack.depots.sending import uploaded
from eventpack.depots.tokens import Token
from eventpack.errors import NetworkError
from eventpack.fetching import Absent

# Under `application/json` Zenodo answers in the form of its older API; of files, that form alone is known.
_HEADERS = {"Accept": "application/vnd.inveniordm.v1+json, application/json;q=0.9"}
_PAGE, _MOST_PAGES = 25, 40  # the largest page that everybody may ask for


@dataclass(frozen=True, slots=True)
class Record:
    """A version of a record, or a draft of one; `concept` stands for all versions.

    `index` counts its versions, `given` is the whole answer. The DOI of a draft is empty until one is reserved.
    """

    id: str
    concept: str
    version: str
    title: str
    doi: str
    concept_doi: str
    index: int
    public: bool
    draft: bool
    page: str
    given: Answer

    @property
    def metadata(self) -> Answer:
        """What describes it."""
        return part(self.given, "metadata")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a record; `ready` is false while its upload is not completed. `digest` is `md5:…`."""

    key: str
    size: int
    digest: str
    ready: bool
    url: str


class Invenio:
    """A service; what changes something is tried once, and raises `Passing` when it may have been done or not."""

    def __init__(self, depot: Depot, token: Token) -> None:
        self.api = Api(depot.url, depot.title, token, _HEADERS)

    def close(self) -> None:
        """Close the connection."""
        self.api.close()

    def record(self, number: str) -> Record | None:
        """A public record; of a number that stands for all versions the latest one; none when there is neither."""
        try:
            return _record(self.api.read(f"/api/records/{number}"))
        except Absent:
            query = f'parent.id:"{number}"'
            found = self.api.read("/api/records", q=query, size=1, sort="newest")
            return next(iter(map(_record, items(found, "hits", "hits"))), None)

    def draft(self, number: str) -> Record | None:
        """A draft of our own; none when there is none under that number."""
        try:
            return _record(self.api.read(f"/api/records/{number}/draft"))
        except Absent:
            return None

    def versions(self, number: str) -> list[Record]:
        """All public versions beside a public record, in no order."""
        return list(self._found(f"/api/records/{number}/versions"))

    def own(self, query: str) -> list[Record]:
        """Own records and drafts, all versions, that a query finds; what is a second old may not be found yet."""
        return list(self._found("/api/user/records", q=query, allversions="true", sort="newest"))

    def _found(self, target: str, **query: object) -> Iterator[Record]:
        for page in range(1, _MOST_PAGES + 1):
            answer = self.api.read(target, **query, size=_PAGE, page=page)
            hits = items(answer, "hits", "hits")
            yield from map(_record, hits)
            if page * _PAGE >= value(part(answer, "hits"), "total", 0) or not hits:
                return

    def files(self, record: Record) -> list[Entry]:
        """The files of a record or draft."""
        answer = self.api.read(f"{_place(record)}/files")
        return [_entry(each) for each in items(answer, "entries")]

    def create(self, body: Mapping[str, object]) -> Record:
        """Make a draft of a new record."""
        return _record(self.api.once("POST", "/api/records", body=body))

    def new_version(self, number: str) -> Record:
        """The draft of the version after a public record; when there is one already, that one."""
        return _record(self.api.once("POST", f"/api/records/{number}/versions"))

    def update(self, number: str, body: Mapping[str, object]) -> Record:
        """Replace what describes a draft."""
        return _record(self.api.once("PUT", f"/api/records/{number}/draft", body=body))

    def reserve(self, number: str) -> Record:
        """Reserve a DOI for a draft that has none."""
        return _record(self.api.once("POST", f"/api/records/{number}/draft/pids/doi"))

    def publish(self, number: str) -> Record:
        """Make a draft public, for good."""
        return _record(self.api.once("POST", f"/api/records/{number}/draft/actions/publish"))

    def remove(self, number: str, key: str) -> None:
        """Take a file out of a draft."""
        self.api.once("DELETE", _file(number, key))

    def start(self, number: str, key: str) -> None:
        """Announce a file of a draft."""
        self.api.once("POST", f"/api/records/{number}/draft/files", body=[{"key": key}])

    def send(self, number: str, key: str, path: Path, size: int, told: Callable[[int], None]) -> None:
        """Send the bytes of a file that was announced."""
        with uploaded(path, size, told) as file:
            self.api.once("PUT", f"{_file(number, key)}/content", file=file)

    def commit(self, number: str, key: str) -> Entry:
        """Complete a file whose bytes were sent."""
        return _entry(part(self.api.once("POST", f"{_file(number, key)}/commit")))


def _place(record: Record) -> str:
    return f"/api/records/{record.id}/draft" if record.draft else f"/api/records/{record.id}"


def _file(number: str, key: str) -> str:
    return f"/api/records/{number}/draft/files/{quote(key, safe='')}"


def _record(answer: object) -> Record:
    given = part(answer)
    public = value(given, "is_published", default=False)
    number = str(given.get("id"))
    if not given or not re.fullmatch(r"[0-9A-Za-z-]{1,64}", number):
        raise NetworkError("the service answers with what is no record", "run it again later; what is done stays done")
    return Record(
        id=number,
        concept=str(part(given, "parent").get("id") or ""),
        version=value(part(given, "metadata"), "version", ""),
        title=value(part(given, "metadata"), "title", ""),
        doi=value(part(given, "pids", "doi"), "identifier", ""),
        concept_doi=value(part(given, "parent", "pids", "doi"), "identifier", ""),
        index=value(part(given, "versions"), "index", 0),
        public=public,
        draft=value(given, "is_draft", not public),
        page=value(part(given, "links"), "self_html", ""),
        given=given,
    )


def _entry(answer: Answer) -> Entry:
    return Entry(
        value(answer, "key", ""), value(answer, "size", -1), value(answer, "checksum", ""),
        value(answer, "status", "") == "completed", value(part(answer, "links"), "content", ""),
    )  # fmt: skip
