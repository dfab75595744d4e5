"""The README of a packaged folder: what it is, what is in it, how to verify, cite and reuse it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from eventpack.derive.basis import Basis
from eventpack.derive.citation import CITATION, citation_text
from eventpack.derive.codebook import PACKAGED_CODEBOOK
from eventpack.derive.edition import Edition
from eventpack.derive.markdown import code, plain, table
from eventpack.derive.statement import has_coverage, summary_lines
from eventpack.descriptor import LEDGER, Descriptor
from eventpack.files import DESCRIPTOR
from eventpack.ledger import read_ledger
from eventpack.listing import MANIFEST, SUMS
from eventpack.subject import Subject

CHANGES, CHANGE_LINES = "CHANGES.md", "changes.jsonl"


def readme_bytes(subject: Subject, edition: Edition, paths: Collection[str]) -> bytes:
    """The README; `paths` are the other files of the package."""
    return ("\n".join(_lines(subject, edition, paths)) + "\n").encode("utf-8")


def _lines(subject: Subject, edition: Edition, paths: Collection[str]) -> Iterator[str]:
    package, descriptor = subject.package, subject.package.descriptor
    yield from (f"# {plain(descriptor.title or descriptor.name)}", "")
    made = f", as of {edition.created}" if edition.created else ""
    yield f"Version {plain(edition.version)} of the data package {code(descriptor.name)}{made}."
    if descriptor.description:
        yield from ("", plain(descriptor.description))
    yield from ("", "## Tables", "")
    rows = [
        (code(resource.path), str(subject.tables[resource.name].size), plain(resource.title or resource.name))
        for resource in package.tables
    ]
    yield from table(("File", "Rows", "Content"), rows)
    yield from (
        "",
        f"The tables are CSV in UTF-8; an empty cell is a missing value. {code(DESCRIPTOR)} holds all schemas,",
    )
    yield from ("fields and keys, so every Data Package reader can load them." + _codebook(paths),)
    if CHANGES in paths:
        yield from ("", f"{code(CHANGES)} tells what changed from version to version.")
    if CHANGE_LINES in paths:
        yield f"{code(CHANGE_LINES)} holds each record and value that this version changed, a JSON object each."
    if has_coverage(subject):
        yield from ("", "## Coverage", "", *summary_lines(Basis(subject)))
    yield from _verified(subject)
    yield from ("", "## Verify", "", "```sh", f"sha256sum -c {SUMS}", "```", "")
    yield f"{code(MANIFEST)} lists the same digests, and one digest for the content of each record."
    citation = citation_text(descriptor, edition.version, edition.created)
    yield from ("", "## Cite and reuse", "", f"> {plain(citation)}", "")
    if CITATION in paths:
        yield from (f"The same as data: {code(CITATION)}.", "")
    yield _licence(descriptor)


def _verified(subject: Subject) -> Iterator[str]:
    """How many claims were found in the texts of their sources; nothing when nobody looked."""
    ledger, _, _ = read_ledger(subject.package.tree)
    if ledger is None:
        return
    counts, claims = ledger.counts, len(ledger.claims)
    done = counts["verified"] + counts["other-copy"]
    copies = f" ({counts['other-copy']} of them in another copy)" if counts["other-copy"] else ""
    tools = f", with {' and '.join(map(plain, ledger.tools))}, last on {ledger.latest}" if ledger.tools else ""
    yield from ("", "## Evidence", "")
    yield f"Verified in the texts of their sources: {done} of {claims} claims with a passage{copies}{tools}."
    if number := counts["unread"]:
        yield f"Found there, but in languages that no check reads: {number}."
    yield "Verified means that the passage stands there and carries what is coded, not that the claim is true."
    if number := len(ledger.exceptions):
        findings = "1 finding that a reviewer has" if number == 1 else f"{number} findings that reviewers have"
        yield f"Not counted as failures: {findings} excepted, with the reason in the file."
    yield f"{code(LEDGER)} says it claim by claim. Whoever has the texts can do it again:"
    yield from ("", "```sh", "eventpack validate --texts DIR", "```")


def _codebook(paths: Collection[str]) -> str:
    return f" {code(PACKAGED_CODEBOOK)} explains every field and code." if PACKAGED_CODEBOOK in paths else ""


def _licence(descriptor: Descriptor) -> str:
    if not descriptor.licenses:
        return "No licence is stated."
    names = []
    for licence in descriptor.licenses:
        name = plain(licence.title or licence.name or licence.path)
        names.append(f"[{name}]({licence.path})" if licence.path else name)
    return f"Licence of the data: {', '.join(names)}."
