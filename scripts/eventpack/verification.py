"""Verify claims against the texts, and write down what became of each: `data/verification.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eventpack import __version__
from eventpack.building import NotClean
from eventpack.descriptor import LEDGER
from eventpack.errors import EventpackError
from eventpack.evidence.check import examine, holds_any
from eventpack.evidence.recorded import entries_of, forgotten
from eventpack.files import write_atomically
from eventpack.finding import Finding
from eventpack.jsontext import append_items
from eventpack.ledger import Entry, Fate, Ledger, ledger_bytes, read_ledger
from eventpack.listing import SUMS
from eventpack.opening import Target, find_target, read_sound
from eventpack.origin import given_time
from eventpack.report import Report, order
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder

TOOL = f"eventpack {__version__}"
_RESOURCE = {
    "name": "verification",
    "type": "json",
    "path": LEDGER,
    "title": "Verification",
    "description": "For each claim with a passage: whether the passage was found in the text of its source and carries "
    "what is coded, with which version of the tool, and when; written by `eventpack verify`.",
    "format": "json",
    "mediatype": "application/json",
    "encoding": "utf-8",
}
_NEEDED = ("claims", "sources", "events")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found, and what became of the ledger.

    `changed` are the claims of which the ledger says something else than before, `written` whether the file was.
    `skipped` are the files that are no text.
    """

    report: Report
    counts: Mapping[str, int]
    changed: tuple[str, ...]
    written: bool
    skipped: tuple[str, ...] = ()


def verify(path: str | Path = ".", texts: str | Path = "", *, check: bool = False) -> Verified:
    """Look for the passage of each claim in the texts of a folder, check them, and write the ledger of the package.

    The outcomes are written as they are, failures too. An entry stays as it is while claim, outcome and version of
    the tool do, and one that says more than the texts at hand can. With `check` nothing is written, and `changed`
    names what a writing run would say otherwise, be it with another version or on another day.

    Raises:
        NotClean: Not all claims can be read; nothing was written.
        NotAPackage: The path holds no package.
        EventpackError: The folder holds none of the texts, the package is not one to write in, or its ledger cannot be
            read and says what these texts do not tell.
        DiskError: A file cannot be read or written.
    """
    from eventpack.evidence.texts import read_texts

    target, subject = _opened(path, writing=not check)
    held = read_texts(texts)
    examined = examine(subject, held.by_digest)
    if not holds_any(subject, held.by_digest) and set(examined.outcomes.values()) <= {"unverified"}:
        what = f"no file in {texts} is the text of a source, or another copy of one that has a passage"
        raise EventpackError(what, "name the folder with the texts")
    old, _, faults = read_ledger(target.tree)
    _refuse_loss(faults, examined.outcomes)
    entries = entries_of(subject, examined.outcomes, old, TOOL, _today())
    report = _report(subject, target, examined.findings, examined.counts)
    return _written(target, subject, report, old, entries, held.skipped, check)


def forget(path: str | Path = ".") -> Verified:
    """Make unverified what was changed or added since the ledger was written, and drop what is gone; no text is needed.

    Raises:
        NotClean, NotAPackage, DiskError: As `verify`.
        EventpackError: There is no ledger that can be read, or the package is not one to write in.
    """
    target, subject = _opened(path, writing=True)
    old, _, faults = read_ledger(target.tree)
    if old is None:
        what = f"{LEDGER}: {faults[0].what}" if faults else f"there is no {LEDGER}"
        raise EventpackError(what, faults[0].fix if faults else "run `eventpack verify --texts DIR` to begin one")
    entries = forgotten(subject, old, TOOL, _today())
    return _written(target, subject, _report(subject, target, [], {}), old, entries, (), False)


def _refuse_loss(faults: Sequence[Finding], outcomes: Mapping[str, Fate]) -> None:
    """A ledger that cannot be read is written anew only when nothing that another has found could be lost."""
    unsure = sorted(claim for claim, outcome in outcomes.items() if outcome in ("unverified", "other-copy"))
    if faults and unsure:
        what = f"{faults[0].where}: {faults[0].what}, and the texts at hand do not tell what it said of {unsure[0]}"
        more = f" and {len(unsure) - 1} more" if len(unsure) > 1 else ""
        raise EventpackError(f"{what}{more}", "take it from an earlier commit, or delete it to begin anew")


def _opened(path: str | Path, writing: bool) -> tuple[Target, Subject]:
    target = find_target(path)
    if target.record:
        raise EventpackError("one record is not verified alone", "name the folder of the package")
    if writing and (not isinstance(target.tree, Folder) or target.tree.has(SUMS)):
        raise EventpackError(f"{path} is packaged and never changed", "verify the source tree, or give --check")
    package, findings = read_sound(target)
    subject, problems = read_subject(package) if package else (None, [])
    if package and "claims" not in (resource.name for resource in package.descriptor.resources):
        raise EventpackError("the package has no table `claims`, so there is nothing to verify", "")
    schema = package.schemas.get("claims") if package else None
    if schema and schema.primary_key != ["claim_id"]:
        what = "the primary key of the table `claims` is not claim_id, so no entry could tell of which claim it is"
        raise EventpackError(what, "write `claim_id` into `primaryKey` of its schema")
    if subject is None or any(name in subject.unread or name not in subject.tables for name in _NEEDED):
        errors = [finding for finding in [*findings, *problems] if finding.severity == "error"]
        name = package.descriptor.name if package else ""
        report = Report(name, "", {}, order(errors), root=target.tree.label)
        raise NotClean("not all claims can be read, so nothing is verified", report)
    return target, subject


def _report(subject: Subject, target: Target, findings: list[Finding], passages: Mapping[str, int]) -> Report:
    descriptor = subject.package.descriptor
    counts = {name: table.size for name, table in subject.own.items()}
    return Report(
        descriptor.name, descriptor.version, counts, order(findings), passages=passages, root=target.tree.label
    )


def _written(
    target: Target,
    subject: Subject,
    report: Report,
    old: Ledger | None,
    entries: Mapping[str, Entry],
    skipped: tuple[str, ...],
    check: bool,
) -> Verified:
    held = old.claims if old else {}
    data = ledger_bytes(entries)
    changed = [key for key in held.keys() | entries.keys() if not _same(held.get(key), entries.get(key))]
    stale = not target.tree.has(LEDGER) or target.tree.read(LEDGER) != data
    if stale and not check:
        assert isinstance(target.tree, Folder)  # checked when it was opened
        write_atomically(target.tree.root / LEDGER, data)
        if (listing := _listing(subject)) is not None:  # after the file that it names
            write_atomically(target.tree.root / target.descriptor, listing)
    counts = Ledger(verification="1", claims=dict(entries)).counts
    return Verified(report, counts, tuple(sorted(changed)), stale and not check, skipped)


def _listing(subject: Subject) -> bytes | None:
    """The descriptor with the ledger among its resources; none when it is there, or is not written in JSON."""
    package = subject.package
    document, resources = package.document, package.descriptor.resources
    if any(_RESOURCE["name"] == r.name or LEDGER in r.paths for r in resources) or not document.path.endswith(".json"):
        return None
    return append_items(document.text, "resources", [_RESOURCE]).encode("utf-8")


def _same(one: Entry | None, other: Entry | None) -> bool:
    return one is not None and other is not None and one.says_same(other)


def _today() -> str:
    return given_time().partition("T")[0] or datetime.now(UTC).strftime("%Y-%m-%d")
