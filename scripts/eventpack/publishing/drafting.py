"""Which record of Zenodo a release belongs to, and the draft that is made for it when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from eventpack.depots.addresses import InDepot
from eventpack.depots.invenio import Invenio, Record
from eventpack.errors import EventpackError
from eventpack.publishing.remembering import Memory
from eventpack.versions import parse_version


@dataclass(frozen=True, slots=True)
class Found:
    """The record or draft of a version; when there is none, the public record that it comes `after`, if any."""

    record: Record | None
    after: str = ""


def find(
    service: Invenio, address: InDepot, promised: str, title: str, version: str, memory: Memory
) -> Found:  # fmt: skip
    """Where a version is, or belongs: under the DOI that the release carries, where it was before, the record named, or
    its own title.

    `promised` is the record of that DOI. An empty version is one that is not numbered yet.

    Raises:
        EventpackError: It cannot be told, or it is taken by something else.
    """
    if promised:
        return _by_number(service, address, promised, version, carried=True)
    if held := _remembered(service, memory.record, version):
        return Found(held)
    if address.path:
        found = _by_number(service, address, address.path, version, carried=False)
    else:
        found = _by_title(service, address, title, version)
    if found.record:
        memory.keep(found.record.id)
    return found


def _remembered(service: Invenio, number: str, version: str) -> Record | None:
    """The record that this machine remembers, when it still is what it was."""
    found = (service.draft(number) or service.record(number)) if number else None
    return found if found and found.id == number and _plain(found.version) in ("", version) else None


def _by_number(service: Invenio, address: InDepot, number: str, version: str, *, carried: bool) -> Found:
    draft = service.draft(number)
    if draft and not draft.public:
        return Found(_fitting(draft, version, address))
    record = service.record(number)
    if record is None:
        what = f"{address.depot.name}:{number} is no record, and no draft of the owner of the token"
        fix = "its DOI stands in the release: use the account that reserved it" if carried else "check the number"
        raise EventpackError(what, fix)
    if carried and record.id == number:  # a DOI names one version
        if _plain(record.version) != version:
            what = f"the release carries the DOI of version {record.version}, record {number}"
            fix = f"run `eventpack reserve-doi {address.depot.name}:` before you release"
            raise EventpackError(what, fix)
        return Found(record)
    same = [each for each in service.versions(record.id) if version and _plain(each.version) == version]
    return Found(same[0]) if same else following(service, record, version, address)


def _by_title(service: Invenio, address: InDepot, title: str, version: str) -> Found:
    """Among the owner's records that have the title; it is how a draft is found whose making broke off."""
    named = [each for each in service.own(f'metadata.title:"{_quoted(title)}"') if each.title == title]
    same = [each for each in named if each.public and version and _plain(each.version) == version]
    if same:
        return Found(same[0])
    drafts = [each for each in named if not each.public and _plain(each.version) in ("", version)]
    if len(drafts) > 1:
        raise _several(address, "drafts", [each.id for each in drafts])
    if drafts:
        return Found(service.draft(drafts[0].id) or drafts[0])
    concepts = {each.concept: each for each in reversed(named) if each.public}
    if len(concepts) > 1:
        raise _several(address, "records", list(concepts))
    return following(service, next(iter(concepts.values())), version, address) if concepts else Found(None)


def following(service: Invenio, record: Record, version: str, address: InDepot) -> Found:
    """Where the version after a public record belongs: its draft when there is one, else the record to make it after.

    Raises:
        EventpackError: There is a draft of another version.
    """
    beside = service.own(f'parent.id:"{record.concept}"')
    for each in beside:
        if each.concept == record.concept and not each.public:
            return Found(_fitting(service.draft(each.id) or each, version, address))
    return Found(None, record.id)


def _fitting(draft: Record, version: str, address: InDepot) -> Record:
    """A draft, when it is meant for this version."""
    if _plain(draft.version) not in ("", version) and version:
        what = f"draft {draft.id} is of version {draft.version}, and {address.depot.title} keeps one draft at a time"
        raise EventpackError(what, f"publish or discard it first: {draft.page}")
    return draft


def draft_for(service: Invenio, found: Found, metadata: Mapping[str, object], memory: Memory) -> Record:
    """Make the draft that was not found; when it is not known whether it was made, look before it is made again."""
    if found.after:  # the service gives the same draft again
        made = service.api.settle(lambda: None, partial(service.new_version, found.after))
    else:
        made = _new_record(service, metadata, memory)
    memory.keep(made.id)
    return made


def _new_record(service: Invenio, metadata: Mapping[str, object], memory: Memory) -> Record:
    title = str(metadata["title"])

    def look() -> Record | None:
        for each in service.own(f'metadata.title:"{_quoted(title)}"'):
            if each.title == title and not each.public:
                return service.draft(each.id)
        return None

    body = {
        "access": {"record": "public", "files": "public"}, "files": {"enabled": True}, "metadata": dict(metadata),
    }  # fmt: skip
    return memory.make(partial(service.create, body), look, service.api)


def _several(address: InDepot, what: str, numbers: list[str]) -> EventpackError:
    named = ", ".join(sorted(numbers))
    return EventpackError(f"several {what} have this title: {named}", f"name one, {address.depot.name}:{numbers[0]}")


def _plain(version: str) -> str:
    """A version without the `v` that some write before it."""
    return version[1:] if version.startswith("v") and parse_version(version[1:]) else version


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
