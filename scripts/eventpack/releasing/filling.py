"""Bringing the files of a tree to the version that is released."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eventpack.building import build
from eventpack.comparing import Difference
from eventpack.derive.readme import CHANGE_LINES, CHANGES
from eventpack.errors import EventpackError
from eventpack.files import write_atomically
from eventpack.jsontext import replace_value
from eventpack.listing import MANIFEST
from eventpack.releases import Releases
from eventpack.releasing.bookkeeping import TABLES, with_version
from eventpack.releasing.changelines import change_lines
from eventpack.releasing.changelog import Notes, prose_for, section_of, with_section
from eventpack.releasing.explained import Explanations
from eventpack.subject import Subject
from eventpack.trees import Archive


@dataclass(frozen=True, slots=True)
class Change:
    """From which release to which version, how far that is, why, and when; `archive` is that of the release before."""

    old: Releases | None
    previous: str
    version: str
    step: str
    reasons: tuple[str, ...]
    difference: Difference | None
    created: str
    archive: Path | None = None


def fill(copy: Path, descriptor: str, subject: Subject, change: Change, summary: str, instead: str = "") -> str:
    """Bring the files of a copy of the tree to the version; return the section of CHANGES.md.

    `instead` stands for a summary that nobody wrote, where that is no fault.

    Raises:
        EventpackError: No summary is given, or the descriptor cannot take the version.
    """
    package = subject.package
    for name in TABLES:
        if name in subject.tables and not package.built(package.resource(name)):
            path = package.resource(name).path
            write_atomically(copy / path, with_version((copy / path).read_bytes(), change.version))
    _set_version(copy / descriptor, change.version)
    held = (copy / CHANGES).read_text("utf-8") if (copy / CHANGES).is_file() else ""
    prose = summary.strip() or prose_for(held, change.version) or instead
    if not prose:
        what = "nothing tells in words what this release is"
        raise EventpackError(what, f"give --summary, or write it into {CHANGES} below the heading `## next`")
    given = Explanations(subject)
    section = section_of(_notes(subject, change, prose, given))
    write_atomically(copy / CHANGES, with_section(held, change.version, section).encode("utf-8"))
    head: dict[str, object] = {
        "changes": "1", "name": package.descriptor.name, "version": change.version, "previous": change.previous,
        "date": change.created[:10], "step": change.step,
    }  # fmt: skip
    write_atomically(copy / CHANGE_LINES, change_lines(head, change.difference, given))
    if package.is_source:
        build(copy / descriptor)
    return section


def _set_version(path: Path, version: str) -> None:
    """The version in the descriptor, whose text stays as it is otherwise."""
    text = path.read_text("utf-8")
    if path.suffix != ".json":
        raise EventpackError(f"{path.name} is no JSON, so its version is not filled in", "write the descriptor in JSON")
    value = json.loads(text)
    if "version" not in value:
        raise EventpackError("the descriptor has no version", 'give it `"version": "0.1.0"`')
    if value["version"] != version:
        write_atomically(path, replace_value(text, "version", version).encode("utf-8"))


def _notes(subject: Subject, change: Change, prose: str, given: Explanations) -> Notes:
    package = subject.package
    now = {r.name: subject.tables[r.name].size for r in package.tables if not r.derivation}
    before: dict[str, int] = {}
    if change.archive and change.difference:
        counts: Mapping[str, int] = json.loads(Archive(change.archive).read(MANIFEST))["counts"]
        before = {name: count for name, count in counts.items() if name not in change.difference.left_out}
    return Notes(
        change.version, change.created[:10], prose, before, now, change.previous, change.difference, given,
        _definitions(subject),
    )  # fmt: skip


def _definitions(subject: Subject) -> dict[str, str]:
    """What the codes of reasons mean, as the schema of revisions says."""
    schema = subject.package.schemas.get("revisions")
    field = next((field for field in schema.fields if field.name == "reason"), None) if schema else None
    codes = field.given.get("eventpack:codes", {}) if field else {}
    return {code: str(entry.get("definition", "")) for code, entry in codes.items() if isinstance(entry, dict)}
