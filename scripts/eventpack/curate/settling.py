"""Carry out what was laid out on a bench: explain it, build what follows from it, and write all files or none."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from eventpack import __version__
from eventpack.building import built_files
from eventpack.curate.bench import Bench
from eventpack.curate.ids import fresh_ids
from eventpack.curate.source import open_source, read_tables
from eventpack.descriptor import LEDGER, Package
from eventpack.errors import EventpackError
from eventpack.evidence.grounds import unbroken
from eventpack.evidence.recorded import forgotten
from eventpack.finding import Finding, near_miss
from eventpack.git import GitRefused, ask_git
from eventpack.ledger import ledger_bytes, read_ledger
from eventpack.opening import Target, read_sound
from eventpack.origin import given_time
from eventpack.outcome import check_target
from eventpack.overlay import Overlay
from eventpack.revisions.rows import NEXT, REDIRECTS, REVISIONS, SPLIT, WITHDRAWN, Change, Redirect
from eventpack.subject import read_subject
from eventpack.together import alone, replace_together
from eventpack.values import text_of

REVISER = "EVENTPACK_REVISER"
"""The variable that says who revises, for those who do not want to say it each time."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of a revision: a code of the schema, what else explains it, and who made it."""

    reason: str
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """What was changed, or would be: cells and rows, ids out of use, and files by path.

    `unverified` are the claims whose passages must be verified again, `remarks` what else there is to know.
    """

    changes: tuple[Change, ...]
    redirects: tuple[Redirect, ...]
    files: tuple[str, ...]
    unverified: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    written: bool = False


def settle(
    bench: Bench, why: Why, redirects: Sequence[Redirect] = (), *, remarks: Sequence[str] = (), dry_run: bool = False
) -> Revised:
    """Append the revisions and redirects, and write everything that changes, the built files with it.

    Raises:
        EventpackError: The reason is no code, nobody is named, or there would be a finding that is not there now;
            nothing was written.
        NotClean: The package cannot be read as a whole.
        DiskError: A file cannot be written; then none is.
    """
    explain(bench, bench.changes, why, redirects)
    return carry_out(bench, bench.changes, redirects, remarks=remarks, dry_run=dry_run)


def carry_out(
    bench: Bench,
    changes: Sequence[Change],
    redirects: Sequence[Redirect] = (),
    *,
    remarks: Sequence[str] = (),
    dry_run: bool = False,
) -> Revised:
    """Write everything that changed on a bench, and what is built from it; what is returned tells of the changes.

    Raises:
        EventpackError: There would be a finding that is not there now; nothing was written.
        NotClean: The package cannot be read as a whole.
        DiskError: A file cannot be written; then none is.
    """
    files = bench.files()
    ledger, unverified = _ledger_after(bench, files)
    files |= ledger
    after = Target(Overlay(bench.target.tree, files), bench.target.descriptor)
    tree = bench.target.tree
    files |= {path: data for path, data in built_files(after).items() if not tree.has(path) or tree.read(path) != data}
    after = Target(Overlay(tree, files), bench.target.descriptor)
    try:
        _refuse_findings(check_target(bench.target, {}).findings, check_target(after, {}).findings)
    except EventpackError:
        with alone(bench.root):  # what is not valid may be what somebody else was writing
            _require_unchanged(bench)
        raise
    if not dry_run:
        with alone(bench.root):
            _require_unchanged(bench)
            replace_together(bench.root, files)
    return Revised(tuple(changes), tuple(redirects), tuple(sorted(files)), unverified, tuple(remarks), not dry_run)


def explain(bench: Bench, changes: Sequence[Change], why: Why, redirects: Sequence[Redirect] = ()) -> None:
    """Add the rows of changes to `revisions`, and those of ids out of use to `redirects`.

    A redirect that led to an id which now is out of use as well leads on to where that one leads.

    Raises:
        EventpackError: The package lacks one of the tables, the reason is no code of it, or nobody is named.
    """
    _require(bench, REVISIONS)
    codes = reason_codes(bench.package)
    if why.reason not in codes:
        what = f"`{why.reason}` is no reason{near_miss(why.reason, codes)}" if why.reason else "no reason is given"
        raise EventpackError(what, f"give --reason CODE, one of: {', '.join(codes)}")
    by, day = _reviser(bench, why.by), given_time().partition("T")[0] or datetime.now(UTC).strftime("%Y-%m-%d")
    ids = fresh_ids(bench.subject, REVISIONS, len(changes))
    for fresh, change in zip(ids, changes, strict=True):
        cells = {
            "revision_id": fresh, "version": NEXT, "table": change.table, "record_key": change.key,
            "field": change.field, "op": change.op, "old": change.old, "new": change.new, "reason": why.reason,
            "note": why.note, "revised_by": by, "revised_on": day,
        }  # fmt: skip
        bench.add(REVISIONS, cells, tell=False)
    if redirects:
        _require(bench, REDIRECTS)
    for redirect in redirects:
        _lead_on(bench, redirect)
        cells = {
            "old_id": redirect.old, "table": redirect.table, "outcome": redirect.outcome,
            "new_id": "|".join(sorted(redirect.new)), "version": NEXT, "reason": why.note or codes[why.reason],
        }  # fmt: skip
        bench.add(REDIRECTS, cells, tell=False)


def _lead_on(bench: Bench, redirect: Redirect) -> None:
    for row in bench.rows(REDIRECTS):
        leads = row.cells["new_id"].split("|")
        if redirect.old not in leads:
            continue
        new = sorted({*leads, *redirect.new} - {redirect.old})
        outcome = WITHDRAWN if not new else SPLIT if len(new) > 1 else row.cells["outcome"]
        bench.set(row, {"new_id": "|".join(new), "outcome": outcome}, tell=False)


def reason_codes(package: Package) -> dict[str, str]:
    """The codes of a reason with their definitions; none when the package has no revisions."""
    schema = package.schemas.get(REVISIONS)
    field = schema.field("reason") if schema and "reason" in schema.names else None
    if field is None:
        return {}
    known = {code: meaning.definition for code, meaning in (field.codes or {}).items()}
    return {text_of(code): known.get(text_of(code), text_of(code)) for code in field.constraints.enum or known}


def _require(bench: Bench, table: str) -> None:
    if table not in bench.tables:
        fix = f"copy the profile's schema of {table} into schemas, and run `eventpack build`, which lists it"
        raise EventpackError(f"the package has no table `{table}`, in which the change would be explained", fix)


def _reviser(bench: Bench, given: str) -> str:
    if by := given or os.environ.get(REVISER, ""):
        return by
    try:
        if by := os.fsdecode(ask_git(bench.root, "config", "user.name")).strip():
            return by
    except GitRefused:
        pass
    raise EventpackError("nobody is named who makes the change", f"give --by HANDLE, or set {REVISER}")


def _ledger_after(bench: Bench, files: dict[str, bytes | None]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The ledger without what it says of claims that change, as a file that differs; and those claims."""
    old, _, _ = read_ledger(bench.target.tree)
    if old is None:
        return {}, ()
    package, _ = read_sound(Target(Overlay(bench.target.tree, files), bench.target.descriptor))
    if package is None:
        return {}, ()
    subject, _ = read_subject(package)
    today = given_time().partition("T")[0] or datetime.now(UTC).strftime("%Y-%m-%d")
    entries = forgotten(subject, old, f"eventpack {__version__}", today)
    changed = [key for key, entry in entries.items() if key in old.claims and not entry.says_same(old.claims[key])]
    data = ledger_bytes(entries, unbroken(old, subject))
    return ({} if data == bench.target.tree.read(LEDGER) else {LEDGER: data}), tuple(sorted(changed))


def _require_unchanged(bench: Bench) -> None:
    """Raise `EventpackError` when somebody changed a table or record since it was laid out."""
    now, held = read_tables(open_source(bench.root)), bench.subject
    texts = [[(record.path, record.text) for record in one.records] for one in (now, held)]
    columns = [{name: table.columns for name, table in one.tables.items()} for one in (now, held)]
    if texts[0] != texts[1] or columns[0] != columns[1]:
        raise EventpackError("the package was changed by somebody else meanwhile", "run it again")


def _refuse_findings(before: Sequence[Finding], after: Sequence[Finding]) -> None:
    known = Counter(map(_sameness, before))
    new = list(_unknown(after, known))
    if new:
        said = [f"{finding.where}: {finding.code} {finding.what}" for finding in new[:_SHOWN]]
        rest = [f"and {len(new) - _SHOWN} more"] if len(new) > _SHOWN else []
        fix = new[0].fix or f"run `eventpack explain {new[0].code}`"
        raise EventpackError("nothing is changed, since it would not be valid: " + "; ".join(said + rest), fix)


def _unknown(findings: Sequence[Finding], known: Counter[tuple[str, ...]]) -> Iterator[Finding]:
    for finding in findings:
        if known[_sameness(finding)]:
            known[_sameness(finding)] -= 1
        else:
            yield finding


def _sameness(finding: Finding) -> tuple[str, ...]:
    """What makes it the same finding, wherever its row is moved."""
    return finding.code, finding.where.table, finding.where.field, finding.found
