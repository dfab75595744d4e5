"""What a depot holds of a dataset: its public versions, and the files of one of them, whichever depot it is.

Imported late: `requests` costs 80 ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from eventpack.depots.addresses import InDepot
from eventpack.depots.answers import items, part, value
from eventpack.depots.calls import Api
from eventpack.depots.dois import doi_of
from eventpack.depots.github import GitHub
from eventpack.depots.invenio import Invenio
from eventpack.depots.tokens import given_token
from eventpack.errors import EventpackError, NotAPackage
from eventpack.fetching import Absent
from eventpack.fetching.connecting import AGENT
from eventpack.versions import parse_version


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file in a depot: where its bytes are, and what the depot says of them; `digest` is `md5:…` or `sha256:…`."""

    name: str
    url: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A public version in a depot; `place` is its address there."""

    version: str
    place: str
    files: Mapping[str, HeldFile]


class Holding:
    """The versions under an address in a depot, and how their files are asked for.

    `exact` is set when the address names one version, not all.
    """

    def __init__(self, address: InDepot) -> None:
        self.address, self.exact = address, False
        self._token = given_token(address.depot)
        self._invenio: Invenio | None = None
        if address.depot.name == "github":
            self._github: GitHub | None = GitHub(address.depot, address.path, self._token)
        else:
            self._github, self._invenio = None, Invenio(address.depot, self._token)

    def close(self) -> None:
        """Close the connection."""
        for service in (self._github, self._invenio):
            if service is not None:
                service.close()

    def headers(self, url: str) -> dict[str, str]:
        """What is sent with a request for a file: the token to the service that gave it, and to no other."""
        if not self._api.trusts(url):
            return dict(AGENT)
        kind = {"Accept": "application/octet-stream"} if self._github else {}
        return {**AGENT, **kind, **self._token.header()}

    @property
    def _api(self) -> Api:
        service = self._github or self._invenio
        assert service is not None
        return service.api

    def versions(self) -> list[HeldVersion]:
        """The public versions, with their files only where asking for them costs nothing.

        Raises:
            NotAPackage: There is no such record or repository.
            NetworkError: The service cannot be reached.
        """
        try:
            return self._of_github(self._github) if self._github else self._of_zenodo()
        except Absent:
            what = f"there is no {'repository' if self._github else 'public record'} {self.address.label}"
            raise NotAPackage(what, "check the address") from None

    def files(self, held: HeldVersion) -> HeldVersion:
        """A version with its files."""
        if self._invenio is None:
            return held
        number = held.place.rpartition(":")[2]
        record = self._invenio.record(number)
        entries = self._invenio.files(record) if record else []
        files = {each.key: HeldFile(each.key, each.url, each.size, each.digest) for each in entries if each.ready}
        return HeldVersion(held.version, held.place, files)

    def _of_github(self, service: GitHub) -> list[HeldVersion]:
        found = []
        for release in service.releases():
            version = release.tag.removeprefix("v")
            if not release.draft and parse_version(version):
                files = {
                    each.name: HeldFile(each.name, each.url if self._token else each.page, each.size, each.digest)
                    for each in release.assets
                    if each.ready
                }
                found.append(HeldVersion(version, f"{self.address.label}, {release.tag}", files))
        return list(reversed(found))

    def _of_zenodo(self) -> list[HeldVersion]:
        """One version when the number is its own, all of them when it stands for all."""
        service, number = self._invenio, self.address.path
        assert service is not None
        record = service.record(number) if number else None
        if record is None:
            raise Absent(self.address.label)
        self.exact = record.id == number
        records = [record] if self.exact else sorted(service.versions(record.id), key=lambda each: each.index)
        depot = self.address.depot.name
        return [
            HeldVersion(version, f"{depot}:{each.id}", {})
            for each in records
            if parse_version(version := each.version.removeprefix("v"))
        ]


def resolve(doi: str, api: Api) -> str:
    """The address that a DOI of somebody else leads to, as the registry of handles says.

    Raises:
        EventpackError: There is no such DOI.
    """
    try:
        answer = api.read(f"/api/handles/{quote(doi_of(doi), safe='/')}")
    except Absent:
        raise EventpackError(
            f"there is no DOI {doi_of(doi)}", "check it; a new one is known after some minutes"
        ) from None
    found = [value(part(each, "data"), "value", "") for each in items(answer, "values") if each.get("type") == "URL"]
    if not found or not found[0].startswith(("https://", "http://")):
        raise EventpackError(f"the DOI {doi_of(doi)} leads to no page", "ask whoever gave it to you")
    return found[0]
