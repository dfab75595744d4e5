"""Zenodo as a target: a draft with the archive and what describes it, made public when that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from eventpack.depots.addresses import InDepot
from eventpack.depots.answers import items, value
from eventpack.depots.dois import doi_of, record_of
from eventpack.depots.invenio import Entry, Invenio, Record
from eventpack.depots.tokens import require_token
from eventpack.describing.described import describe_package
from eventpack.errors import EventpackError
from eventpack.opening import open_package
from eventpack.publishing.changes import changes_of
from eventpack.publishing.depositing import covers, merged, publisher_of, record_metadata
from eventpack.publishing.depot import Look, Move, Sent, Upload
from eventpack.publishing.drafting import Found, draft_for, find
from eventpack.publishing.publication import Order, Publication, Step
from eventpack.publishing.release import origin_of
from eventpack.publishing.remembering import Memory, memory_of

_UNKNOWN = "the files of this release do not carry its DOI; `eventpack reserve-doi` writes one, before a release"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What there shall be."""

    name: str
    version: str
    metadata: dict[str, object]
    files: tuple[Upload, ...]
    public: bool


class ZenodoDesk:
    """An account at Zenodo; see `Desk`."""

    def __init__(self, address: InDepot) -> None:
        self.label = address.label
        self._address = address
        self._service = Invenio(address.depot, require_token(address.depot))

    def close(self) -> None:
        """Close the connection."""
        self._service.close()

    def look(self, order: Order, files: tuple[Upload, ...]) -> Look:
        """What Zenodo holds of this version, and what is left to do."""
        release, package = order.release, open_package(order.release.folder)
        changes = " ".join(order.changes.split()) or changes_of(release.folder, release.version)
        described = describe_package(package, (), version=release.version, created=origin_of(release)[0])
        metadata = record_metadata(described, changes, publisher_of(self._address))
        wanted = _Wanted(release.name, release.version, metadata, files, order.public)
        depot, number = record_of(doi_of(str(package.raw.get("id", ""))))
        promised = number if depot == self._address.depot.name else ""
        memory = memory_of(self._address, release.name, release.version)
        found = find(self._service, self._address, promised, str(metadata["title"]), release.version, memory)
        entries = {entry.key: entry for entry in self._service.files(found.record)} if found.record else {}
        if found.record and found.record.public:
            _require_same(found.record, entries, wanted, self.label)
            moves: tuple[Move, ...] = ()
        else:
            moves = tuple(self._moves(found, entries, wanted, memory))
        there = tuple(file.name for file in files if _same(entries.get(file.name), file))
        record = found.record
        public = order.public or bool(record and record.public)
        told = Publication(
            release.name, release.version, self.label, len(files), sum(file.size for file in files), changes,
            tuple(move.step for move in moves), state="public" if public else "draft",
            url=record.page if record else "", doi=record.doi if record else "", note="" if promised else _UNKNOWN,
        )  # fmt: skip
        return Look(moves, told, there)

    def _moves(self, found: Found, entries: dict[str, Entry], wanted: _Wanted, memory: Memory) -> list[Move]:
        record = found.record
        if record is None:
            what = f"new version of record {found.after} (draft)" if found.after else "new record (draft)"
            moves = [
                Move(Step(f"{self.label}  {what}"), lambda sent: self._make(found, wanted, memory), look_again=True)
            ]
            record = Record("", "", "", "", "", "", 0, public=False, draft=True, page="", given={})
            described = found.after != ""
        else:
            moves, described = [], not covers(record.metadata, wanted.metadata)
        if described:
            moves.append(Move(Step(f"{self.label}  metadata"), lambda sent: self._describe(record, wanted)))
        if not record.doi:
            moves.append(
                Move(Step(f"{self.label}  DOI, reserved"), lambda sent: self._reserve(record), look_again=True)
            )
        for file in wanted.files:
            if not _same(held := entries.get(file.name), file):
                moves.append(self._upload(record, held, file))
        if wanted.public:
            moves.append(Move(Step(f"{self.label}  public, for good"), lambda sent: self._publish(record)))
        return moves

    def _make(self, found: Found, wanted: _Wanted, memory: Memory) -> None:
        require_no_faults(draft_for(self._service, found, wanted.metadata, memory), self.label)

    def _describe(self, record: Record, wanted: _Wanted) -> None:
        kept = {key: record.given[key] for key in ("access", "pids", "custom_fields") if key in record.given}
        body = {**kept, "files": {"enabled": True}, "metadata": merged(record.metadata, wanted.metadata)}
        made = self._service.api.settle(lambda: None, partial(self._service.update, record.id, body))
        require_no_faults(made, self.label)

    def _reserve(self, record: Record) -> None:
        reserve(self._service, record)

    def _upload(self, record: Record, held: Entry | None, file: Upload) -> Move:
        """Send a file, in the place of one that is incomplete or has other bytes."""
        replaces = f"instead of {held.size} other bytes" if held and held.ready else ""
        step = Step(f"{self.label}  {file.name}{replaces and f' ({replaces})'}", 0, file.size)

        def do(sent: Sent) -> None:
            told, fresh = sent.of(file.name), held is None

            def look() -> bool | None:
                nonlocal fresh
                entry = next((each for each in self._service.files(record) if each.key == file.name), None)
                fresh = entry is None
                return True if _same(entry, file) else None

            def act() -> bool:
                if not fresh:
                    self._service.remove(record.id, file.name)
                self._service.start(record.id, file.name)
                self._service.send(record.id, file.name, file.path, file.size, told)
                if not _same(self._service.commit(record.id, file.name), file):
                    what = f"{self.label} received other bytes of {file.name} than were sent"
                    raise EventpackError(what, "run it again; the file in the draft is replaced")
                return True

            self._service.api.settle(look, act)
            told(file.size)

        return Move(step, do)

    def _publish(self, record: Record) -> None:
        def look() -> Record | None:
            found = self._service.record(record.id)
            return found if found and found.id == record.id else None

        self._service.api.settle(look, partial(self._service.publish, record.id))


def reserve(service: Invenio, record: Record) -> Record:
    """The draft with a DOI that is reserved for it."""

    def look() -> Record | None:
        found = service.draft(record.id)
        return found if found and found.doi else None

    return service.api.settle(look, partial(service.reserve, record.id))


def require_no_faults(record: Record, label: str) -> None:
    """Refuse what the service took, but not as it was meant: it keeps a draft and says what is wrong with it.

    Raises:
        EventpackError: Something is wrong with the metadata.
    """
    for fault in items(record.given, "errors"):
        field = value(fault, "field", "")
        if field.startswith("metadata"):
            told = fault.get("messages")
            why = ", ".join(map(str, told)) if isinstance(told, list) else ""
            raise EventpackError(f"{label} does not take {field}: {why}", "mend the descriptor")


def _same(entry: Entry | None, file: Upload) -> bool:
    return bool(entry and entry.ready and entry.size == file.size and entry.digest == f"md5:{file.md5}")


def _require_same(record: Record, entries: dict[str, Entry], wanted: _Wanted, label: str) -> None:
    """A public version never changes."""
    for file in wanted.files:
        entry = entries.get(file.name)
        if not file.extra and not _same(entry, file) and (entry or file is wanted.files[-1]):
            what = f"{label} holds version {wanted.version} as record {record.id} with other bytes: {file.name} differs"
            raise EventpackError(what, "a published version never changes; give the data a new version")
