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
from eventpack.evidence.check import Examined, examine, holds_any
from eventpack.evidence.exceptions import exception_findings, joined, new_exceptions
from eventpack.evidence.grounds import unbroken
from eventpack.evidence.recorded import entries_of, forgotten, require_key
from eventpack.files import write_atomically
from eventpack.finding import Finding
from eventpack.jsontext import append_items
from eventpack.ledger import Entry, Excepted, Fate, Ledger, ledger_bytes, read_ledger
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
    `exceptions` is how many findings are excepted, and `skipped` are the files that are no text.
    """

    report: Report
    counts: Mapping[str, int]
    changed: tuple[str, ...]
    written: bool
    skipped: tuple[str, ...] = ()
    exceptions: int = 0


def verify(
    path: str | Path,
    texts: str | Path,
    *,
    check: bool = False,
    excepting: Sequence[str] = (),
    reason: str = "",
) -> Verified:
    """Look for the passage of each claim in the texts of a folder, check them, and write the ledger of the package.

    The outcomes are written as they are, failures too. An entry stays as it is while claim, outcome and version of
    the tool do, and one that says more than the texts at hand can. With `check` nothing is written, and `changed`
    names what a writing run would say otherwise, be it with another version or on another day.

    `excepting` names findings of the checks that read words, each as `CLAIM_ID:CODE`, which a reviewer has found wrong:
    they are left out from now on, until claim, event or source are changed, and the `reason` is written down. What
    is void or needed no more is taken out.

    Raises:
        NotClean: Not all claims can be read; nothing was written.
        NotAPackage: The path holds no package.
        EventpackError: The folder holds none of the texts, the package is not one to write in, or its ledger cannot be
            read and says what these texts do not tell.
        DiskError: A file cannot be read or written.
    """
    from eventpack.evidence.texts import read_texts

    target, subject = _opened(path, writing=not check)
    old, document, faults = read_ledger(target.tree)
    new = new_exceptions(subject, excepting, reason, _today())
    held = read_texts(texts)
    examined = examine(subject, held.by_digest, joined(unbroken(old, subject), new))
    _refuse_idle(new, examined)
    if not holds_any(subject, held.by_digest) and set(examined.outcomes.values()) <= {"unverified"}:
        what = f"no file in {texts} is the text of a source, or another copy of one that has a passage"
        raise EventpackError(what, "name the folder with the texts")
    _refuse_loss(target, faults, examined.outcomes)
    exceptions = [one for one in joined(unbroken(old, subject), new) if one not in examined.idle]
    entries = entries_of(subject, examined.outcomes, old, TOOL, _today())
    gone = exception_findings(old, document, subject, examined.idle) if old else ()
    report = _report(subject, target, [*examined.findings, *gone], examined.counts)
    return _written(target, subject, report, old, Ledger(verification="1", claims=entries, exceptions=exceptions),
                    held.skipped, check)  # fmt: skip


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
    new = Ledger(verification="1", claims=forgotten(subject, old, TOOL, _today()), exceptions=unbroken(old, subject))
    return _written(target, subject, _report(subject, target, [], {}), old, new, (), False)


def _refuse_idle(new: Sequence[Excepted], examined: Examined) -> None:
    """A reviewer excepts what has been read and found."""
    for one in new:
        if one not in examined.excepted:
            what, fix = f"{one.code} finds nothing on {one.id}", "except only what `validate --texts` finds"
            if examined.outcomes.get(one.id, "unverified") == "unverified":
                what, fix = f"no text at hand holds the passage of {one.id}", "give the folder that holds it"
            raise EventpackError(f"{what}, so there is nothing to except", fix)


def _refuse_loss(target: Target, faults: Sequence[Finding], outcomes: Mapping[str, Fate]) -> None:
    """A ledger that cannot be read is written anew only when nothing that another has found could be lost."""
    if not faults:
        return
    unsure = sorted(claim for claim, outcome in outcomes.items() if outcome in ("unverified", "other-copy"))
    lost = f"what it said of {unsure[0]}" if unsure else ""
    lost += f" and {len(unsure) - 1} more" if len(unsure) > 1 else ""
    if not lost and b"exceptions" in target.tree.read(LEDGER):
        lost = "which exceptions were made"
    if lost:
        what = f"{faults[0].where}: {faults[0].what}, and the texts at hand do not tell {lost}"
        raise EventpackError(what, "take it from an earlier commit, or delete it to begin anew")


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
    if package:
        require_key(package)
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
    new: Ledger,
    skipped: tuple[str, ...],
    check: bool,
) -> Verified:
    held, entries = old.claims if old else {}, new.claims
    data = ledger_bytes(entries, new.exceptions)
    changed = {key for key in held.keys() | entries.keys() if not _same(held.get(key), entries.get(key))}
    changed |= {one.id for one in _either(old.exceptions if old else [], new.exceptions)}
    stale = not target.tree.has(LEDGER) or target.tree.read(LEDGER) != data
    if stale and not check:
        assert isinstance(target.tree, Folder)  # checked when it was opened
        write_atomically(target.tree.root / LEDGER, data)
        if (listing := _listing(subject)) is not None:  # after the file that it names
            write_atomically(target.tree.root / target.descriptor, listing)
    return Verified(report, new.counts, tuple(sorted(changed)), stale and not check, skipped, len(new.exceptions))


def _listing(subject: Subject) -> bytes | None:
    """The descriptor with the ledger among its resources; none when it is there, or is not written in JSON."""
    package = subject.package
    document, resources = package.document, package.descriptor.resources
    if any(_RESOURCE["name"] == r.name or LEDGER in r.paths for r in resources) or not document.path.endswith(".json"):
        return None
    return append_items(document.text, "resources", [_RESOURCE]).encode("utf-8")


def _either(one: Sequence[Excepted], other: Sequence[Excepted]) -> list[Excepted]:
    """The exceptions that stand in one of the two lists only."""
    return [*(held for held in one if held not in other), *(held for held in other if held not in one)]


def _same(one: Entry | None, other: Entry | None) -> bool:
    return one is not None and other is not None and one.says_same(other)


def _today() -> str:
    return given_time().partition("T")[0] or datetime.now(UTC).strftime("%Y-%m-%d")
