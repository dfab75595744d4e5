"""A curated package that tests revise: the base of the cases, in form, with a comment in each record."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from eventpack.building import build
from eventpack.curate.format import format_files
from eventpack.curate.settling import Why
from eventpack.opening import open_package
from eventpack.revisions.rows import redirects_of
from eventpack.subject import Subject, read_subject
from eventpack.validation import validate
from tests.casepack import copy_base

WHY = Why("coding-error", "Misread.", "coder-1")
EVENT = "data/records/events/EV-aaaaaa.yaml"
TWIN = "data/records/events/EV-cccccc.yaml"
_KEPT = TemporaryDirectory(prefix="eventpack-revised-", ignore_cleanup_errors=True)  # goes with the process
_TWIN = """\
# From the evening edition.

event_id: EV-cccccc
title: Bakers march
type: PROTEST-demo
realis: occurred
date_latest: 2024-05-02
date_basis: bounded
part_of: EV-bbbbbb
review: coded
coded_by: coder-1
coded_on: 2024-05-03
codebook: "0.1"
participants:
  - actor_id: ACT-bbbbbb
    role: affected
    claim_id: CL-eeeeee
  - actor_id: ACT-cccccc
    role: initiator
    claim_id: CL-dddddd
claims:
  - claim_id: CL-dddddd
    source_id: SRC-bbbbbb
    statement: The union announces that bakers march.
    stance: asserts
    hedge: none
    no_passage: not-held
    status: accepted
  # said on the telephone
  - claim_id: CL-eeeeee
    source_id: SRC-aaaaaa
    statement: A police official says that the bakers marched past the station.
    stance: asserts
    said_by: ACT-bbbbbb
    hedge: reported
    no_passage: not-held
    status: accepted
event_links:
  - relation: about
    other_id: EV-bbbbbb
  - relation: follows
    other_id: EV-aaaaaa
"""


def copy_curated(folder: Path) -> Path:
    """The base package in a new folder, its files in form, with comments of curators."""
    return Path(shutil.copytree(_curated(), folder))


@cache
def _curated() -> Path:
    folder = copy_base(Path(mkdtemp(dir=_KEPT.name)) / "curated")
    for record in (folder / "data/records/events").iterdir():
        text = record.read_text("utf-8")
        text = text.replace("date_basis:", "# on the banner\ndate_basis:").replace("stance: ", "stance: ", 1)
        text = text.replace("    hedge: none\n", "    # asked twice\n    hedge: none  # so far\n")
        record.write_text(f"# Read by two.\n\n{text}", "utf-8")
    format_files([folder])
    assert validate(folder).findings == ()
    return folder


def copy_twin(folder: Path) -> Path:
    """The same with a second record of the march, and with what refers to both from elsewhere."""
    return Path(shutil.copytree(_twin(), folder))


@cache
def _twin() -> Path:
    folder = copy_curated(Path(mkdtemp(dir=_KEPT.name)) / "twin")
    (folder / TWIN).write_text(_TWIN, "utf-8")
    for name, rows in {
        "external_ids": "events,EV-aaaaaa,ged,11\nevents,EV-cccccc,acled,FRE7\nevents,EV-cccccc,ged,12\n",
        "redirects": "EV-dddddd,events,merged-into,EV-cccccc,0.1.0,One march.\n",
    }.items():
        path = folder / f"data/{name}.csv"
        path.write_text(path.read_text("utf-8") + rows, "utf-8")
    format_files([folder])
    build(folder)
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


def column_of(folder: Path, table: str, key: str, name: str) -> dict[str, str]:
    """The texts of one field by those of another."""
    held = subject_of(folder).tables[table]
    return dict(zip(held.column(key), held.column(name), strict=True))
