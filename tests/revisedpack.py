"""A curated package that tests revise: the base of the cases, in form, with a comment in each record."""

from __future__ import annotations

from pathlib import Path

from eventpack.curate.format import format_files
from eventpack.curate.settling import Why
from eventpack.opening import open_package
from eventpack.revisions.rows import redirects_of
from eventpack.subject import Subject, read_subject
from eventpack.validation import validate
from tests.casepack import copy_base

WHY = Why("coding-error", "Misread.", "coder-1")
EVENT = "data/records/events/EV-aaaaaa.yaml"


def copy_curated(folder: Path) -> Path:
    """The base package in a new folder, its files in form, with comments of curators."""
    copy_base(folder)
    for record in (folder / "data/records/events").iterdir():
        text = record.read_text("utf-8")
        text = text.replace("date_basis:", "# on the banner\ndate_basis:").replace("stance: ", "stance: ", 1)
        text = text.replace("    hedge: none\n", "    # asked twice\n    hedge: none  # so far\n")
        record.write_text(f"# Read by two.\n\n{text}", "utf-8")
    format_files([folder])
    assert validate(folder).findings == ()
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def subject_of(folder: Path) -> Subject:
    """The tables of a package."""
    return read_subject(open_package(folder))[0]


def told(folder: Path) -> list[tuple[str, ...]]:
    """What `revisions` tells, without ids and days, sorted."""
    names = "version table record_key field op old new reason note revised_by".split()
    return sorted(subject_of(folder).tables["revisions"].rows(names))


def led(folder: Path) -> dict[str, tuple[str, str]]:
    """Outcome and new ids by old id."""
    return {old: (one.outcome, "|".join(one.new)) for old, one in redirects_of(subject_of(folder)).items()}
