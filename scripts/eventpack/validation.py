"""Validate a package: run every check, limit the report to what changed, and ask the referee when told to."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from eventpack import limits
from eventpack.errors import EventpackError
from eventpack.finding import Tally
from eventpack.opening import Target, find_target
from eventpack.outcome import check_target
from eventpack.remote import reaching
from eventpack.report import Report, order
from eventpack.subject import Subject
from eventpack.work import Watch, Work


def validate(
    path: str | Path = ".",
    *,
    texts: str | Path | None = None,
    referee: bool = False,
    since: str | None = None,
    remote: bool = False,
    watch: Watch | None = None,
) -> Report:
    """Check the package at a path: a folder, a descriptor, a record file of a package, or a packaged zip.

    `texts` is a folder with the texts of the sources; with it every passage is verified against its text.
    `referee` adds what `frictionless validate` finds. Whatever is wrong with the data is in the report. `since` names
    a commit of the git repository that holds the package: everything is checked, but only findings in what differs
    from the last commit in common with it are reported, and those that the difference caused elsewhere. `remote`
    fetches the data, schemas and dialects that the descriptor names by an address on the web. `watch` is told how
    many bytes have been read, of how many, and how many rows they held.

    Raises:
        NotAPackage: The path holds no package.
        NetworkError: A server does not give what the descriptor names, and does not say that it is not there.
        DiskError: A file that is there cannot be read.
        EventpackError: No text in the folder is one of a source, git knows no such commit, or the options do not
            go together.
    """
    started = time.perf_counter()
    target = find_target(path)
    _refuse_mixtures(target, referee, since, remote)
    if remote:
        from eventpack.fetching.single import fetch_single

        target = replace(target, tree=reaching(target.tree, fetch_single))
    held: dict[str, str] = {}
    unreadable: tuple[str, ...] = ()
    if texts:
        from eventpack.evidence.texts import read_texts

        read = read_texts(texts)
        held, unreadable = read.by_digest, read.skipped
    most = limits.FINDINGS if since is None else limits.COMPARED
    with ExitStack() as until:  # after that nobody looks at large tables
        outcome = check_target(target, held, most, Work(watch), until)
        package, subject, findings = outcome.package, outcome.subject, outcome.findings
        if texts and subject is not None and not (outcome.examined or _holds_any(subject, held)):
            what = f"no file in {texts} is the text of a source, or another copy of one that has a passage"
            raise EventpackError(what, "name the folder with the texts, or leave --texts out")
        limited = None
        if since is not None:
            from eventpack.since import limit_findings  # subprocess: 10 ms

            findings, limited = limit_findings(outcome, target, since, held)
            tally = Tally()
            findings = [*tally.listed(findings), *tally.rest()]
        if package is not None and referee:
            from eventpack.referee import referee_findings  # frictionless: 150 ms

            findings += referee_findings(package, remote)
        counts = {name: table.size for name, table in subject.own.items()} if subject else {}
        name, version = (package.descriptor.name, package.descriptor.version) if package else ("", "")
        seconds = time.perf_counter() - started
        root = target.tree.label
        return Report(
            name, version, counts, order(findings), (), outcome.passages, root, seconds, (), limited, unreadable
        )


def _holds_any(subject: Subject, held: Mapping[str, str]) -> bool:
    from eventpack.evidence.check import holds_any  # only who has texts needs it

    return holds_any(subject, held)


def _refuse_mixtures(target: Target, referee: bool, since: str | None, remote: bool) -> None:
    """Options that do not go together with each other, or with what is checked."""
    if target.record and referee:
        raise EventpackError("the referee judges a package, not one record", "leave --referee out, or name the package")
    if since is not None and referee:
        what = "what the referee says has no place that could be compared with an earlier state"
        raise EventpackError(what, "leave --referee or --since out")
    if since is not None and remote:
        what = "what lies at an address has no earlier state that could be compared"
        raise EventpackError(what, "leave --remote or --since out")
