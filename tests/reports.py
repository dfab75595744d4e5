"""Reports for tests of formats: arbitrary ones, and those of a small package in which something is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import strategies as st

from eventpack.codes import read_codes
from eventpack.finding import Finding, Location
from eventpack.report import Exclusion, Report, Since
from tests.casepack import copy_base

# Everything that a text can hold in Python, half characters and control characters too.
anything = st.text(st.characters(exclude_categories=()), max_size=20)
counts = st.integers(0, 10**6)
places = st.builds(
    Location, path=anything.filter(bool), line=counts, column=st.integers(1, 10**6), table=anything, row=counts,
    field=anything, record_id=anything,
)  # fmt: skip
findings = st.builds(
    Finding, code=st.sampled_from(sorted(read_codes())), where=places, what=anything, found=anything, why=anything,
    fix=anything, severity=st.sampled_from(["error", "warning"]), consequence=st.booleans(),
)  # fmt: skip
changes = st.builds(
    Since, rev=anything, commit=anything, records=st.dictionaries(anything, counts, max_size=2),
    files=st.lists(anything, max_size=2).map(tuple), older=st.lists(findings, max_size=2).map(tuple), new=st.booleans(),
)  # fmt: skip
reports = st.builds(
    Report, package=anything, version=anything, counts=st.dictionaries(anything, counts, max_size=3),
    findings=st.lists(findings, max_size=12).map(tuple), root=anything, seconds=st.floats(0, 10**6),
    excluded=st.lists(st.builds(Exclusion, code=anything, reason=anything, count=counts), max_size=2).map(tuple),
    selected=st.lists(anything, max_size=2).map(tuple), since=st.none() | changes,
)  # fmt: skip

RECORD = "data/records/events/EV-aaaaaa.yaml"


def broken_package(folder: Path, old: str, new: str, record: str = RECORD) -> Path:
    """The base package of the cases, with a text of its record exchanged."""
    copy_base(folder)
    path = folder / record
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8", newline="\n")
    return folder


def copy_dataset(folder: Path) -> Path:
    """The dataset of this repository in a new folder: what `eventpack validate` looks at."""
    root = Path(__file__).parent.parent
    folder.mkdir(parents=True)
    for name in ("data", "schemas", "docs"):
        shutil.copytree(root / name, folder / name)
    for name in ("datapackage.json", "CITATION.cff"):
        shutil.copy(root / name, folder)
    return folder
