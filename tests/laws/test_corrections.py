"""Law: whatever is merged, split and withdrawn, every id that ever was leads somewhere, and nothing is to be found."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.curate.merging import merge
from eventpack.curate.revising import revise
from eventpack.curate.settling import Why
from eventpack.curate.splitting import Division, split
from eventpack.curate.withdrawing import withdraw
from eventpack.errors import EventpackError
from eventpack.revisions.rows import redirects_of
from eventpack.subject import Subject
from eventpack.validation import validate
from tests.effort import FULL, examples
from tests.revisedpack import copy_twin, files_of, subject_of

WHY = Why("editorial", "", "coder-1")
TABLES = ("events", "claims", "actors", "places", "sources")
STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "withdraw", "split", "revise"]), *[st.integers(0, 30)] * 3),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that every example begins with."""
    return copy_twin(tmp_path_factory.mktemp("law") / "package")


def ids_of(subject: Subject) -> dict[str, str]:
    """All ids that are in use, with their tables."""
    return {
        key: name for name in TABLES for (key,) in subject.tables[name].rows(subject.package.schemas[name].primary_key)
    }


def do(step: tuple[str, int, int, int], folder: Path) -> None:
    """One step on records that the numbers choose."""
    verb, one, other, more = step
    subject = subject_of(folder)
    ids = sorted(ids_of(subject).items())
    key, table = ids[one % len(ids)]
    same = [name for name, held in ids if held == table]
    claims = [c for c, e in subject.tables["claims"].rows(["claim_id", "event_id"]) if e == key]
    match verb:
        case "merge":
            merge(same[other % len(same)], key, WHY, folder)
        case "withdraw":
            withdraw(key, WHY, folder)
        case "split":
            split(key, Division(claims[: more % 3]), WHY, folder)
        case _:
            fields = subject.package.schemas[table].names
            revise(key, {fields[other % len(fields)]: ["", "x", "2024-05-01", key][more % 4]}, WHY, folder)


@settings(max_examples=examples(60) if FULL else 6)
@given(STEPS)
def test_no_id_leads_nowhere(pristine: Path, steps: list[tuple[str, int, int, int]]) -> None:
    """A step that is refused changes no byte; one that is carried out leaves a package without findings."""
    with TemporaryDirectory(prefix="eventpack-law-") as place:
        folder = Path(shutil.copytree(pristine, Path(place, "package")))
        walk(folder, steps)


def walk(folder: Path, steps: list[tuple[str, int, int, int]]) -> None:
    """Do the steps, and judge the package after each."""
    ever = set(ids_of(subject_of(folder)))
    for step in steps:
        before = files_of(folder)
        try:
            do(step, folder)
        except EventpackError:
            assert files_of(folder) == before
            continue
        assert validate(folder).findings == ()
        subject = subject_of(folder)
        there, redirects = set(ids_of(subject)), redirects_of(subject)
        ever |= there
        assert ever - there - redirects.keys() == set()
        assert there & redirects.keys() == set()
        assert {new for one in redirects.values() for new in one.new} <= there
        assert all(one.new or one.outcome == "withdrawn" for one in redirects.values())
