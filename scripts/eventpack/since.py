"""The findings that a piece of work is to answer for: in what it touched, or made invalid by it."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack import limits
from eventpack.building import stale_findings
from eventpack.commits import Commit
from eventpack.errors import EventpackError, NotAPackage
from eventpack.finding import Finding
from eventpack.history import merge_base, touched_files
from eventpack.opening import Target
from eventpack.outcome import Outcome, check_target
from eventpack.report import Since
from eventpack.revisions import RELEASED
from eventpack.revisions.lineage import lineage_findings
from eventpack.touched import BUILT, find_consequences, find_touched
from eventpack.trees import Folder


def limit_findings(outcome: Outcome, target: Target, rev: str, texts: Mapping[str, str]) -> tuple[list[Finding], Since]:
    """The findings of a target in what was touched since a branch, tag or commit, and those that follow from it.

    More findings are compared than are listed: the first ones of both states need not be the same.

    The base is the last commit in common with what is checked out. The package is checked as a whole there, too; when
    it cannot be read there, everything is touched.

    Raises:
        EventpackError: The target is an archive or one record, or git knows no such commit.
    """
    if target.record:
        raise EventpackError("one record is reported as a whole", "leave --since out, or name the package")
    if not isinstance(target.tree, Folder):
        raise EventpackError(f"{target.tree.label} is an archive, without a history", "name the source tree")
    root = target.tree.root
    commit = merge_base(root, rev)
    files = touched_files(root, commit)
    subject = outcome.subject
    with Commit(root, commit) as tree:
        base = _outcome_before(Target(tree, target.descriptor), texts)
    if subject is None:  # nothing but the descriptor was read
        return outcome.findings, Since(rev, commit, {}, tuple(files & {target.descriptor}))
    if base is None or base.subject is None:
        counts = {name: table.size for name, table in subject.tables.items() if table.size}
        return outcome.findings, Since(rev, commit, counts, new=True)
    touched = find_touched(subject, base.subject, files)
    reported, older = find_consequences(outcome.findings, base.findings, touched, commit)
    if not target.tree.has(RELEASED):  # what is released is compared with the last release, by every validation
        reported += lineage_findings(base.subject, subject, rev, "warning")
    if outcome.errors and touched.anything and not any(finding.severity == "error" for finding in reported):
        # Older errors kept the built files from being compared; they must not hide what this work left stale.
        stale = [finding for finding in stale_findings(subject) if finding.code in BUILT]
        reported += find_consequences(stale, (), touched, commit)[0]
    return reported, Since(rev, commit, touched.records, touched.others, tuple(older))


def _outcome_before(target: Target, texts: Mapping[str, str]) -> Outcome | None:
    try:
        return check_target(target, texts, limits.COMPARED)
    except NotAPackage:
        return None
