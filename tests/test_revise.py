"""`eventpack revise`: cells change in the files that people edit, with a reason, or nothing changes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import eventpack
from eventpack.cells import cells_of
from eventpack.cli import app
from eventpack.cli.revise import say
from eventpack.curate.revising import revise
from eventpack.curate.settling import Revised, Why
from eventpack.errors import DiskError, EventpackError
from eventpack.validation import validate
from tests.effort import first
from tests.revisedpack import EVENT, WHY, copy_curated, files_of, subject_of, told
from tests.smallpack import write_small_package
from tests.tablepack import write_tables


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package to revise."""
    return copy_curated(tmp_path / "package")


def test_a_cell_of_a_record_changes_with_its_reason(package: Path) -> None:
    """One line of the record differs, the revision says all, built files follow, and nothing is to be found."""
    old = (package / EVENT).read_text()
    done = revise("EV-aaaaaa", {"date_latest": "2024-05-02", "date_basis": "bounded"}, WHY, package)
    new = (package / EVENT).read_text()
    assert new == old.replace("date_latest: 2024-05-01", "date_latest: 2024-05-02").replace("stated", "bounded")
    why = ("coding-error", "Misread.", "coder-1")
    assert told(package) == [
        ("next", "events", "EV-aaaaaa", "date_basis", "changed", "stated", "bounded", *why),
        ("next", "events", "EV-aaaaaa", "date_latest", "changed", "2024-05-01", "2024-05-02", *why),
    ]
    assert {EVENT, "data/events.csv", "data/events_flat.csv", "data/revisions.csv"} <= set(done.files)
    assert validate(package).findings == ()


@pytest.mark.parametrize(
    ("key", "cells", "table"),
    first(
        3,
        [
            ("ACT-cccccc|UB", {"kind": "alias"}, "actor_names"),
            ("CL-aaaaaa", {"hedge": "reported"}, "claims"),
            ("ACT-cccccc", {"name": "Union of Bakers, Milltown"}, "actors"),
            ("PLC-aaaaaa", {"latitude": "-12.5"}, "places"),
            ("SRC-aaaaaa", {"publisher": "", "note": "No publisher is named."}, "sources"),
            ("STATE", {"label": "Standing state"}, "event_types"),
            ("protesters", {"default_rule": "latest"}, "measures"),
        ],
    ),
)
def test_every_table_that_people_edit_can_be_revised(
    package: Path, key: str, cells: dict[str, str], table: str
) -> None:
    """Rows inside records and rows of CSV files alike."""
    revise(key, cells, WHY, package)
    subject = subject_of(package)
    keys = subject.package.schemas[table].primary_key
    [row] = [row for row in cells_of(subject, table) if "|".join(row[name] for name in keys) == key]
    assert {name: row[name] for name in cells} == cells
    assert [(one[1], one[2], one[3], one[6]) for one in told(package)] == sorted(
        (table, key, name, text) for name, text in cells.items()
    )
    assert validate(package).findings == ()


def test_another_key_is_another_row(package: Path) -> None:
    """A row without an id of its own whose key changes is gone, and a new one is there."""
    revise("EV-aaaaaa|ACT-cccccc|initiator", {"role": "partner"}, WHY, package)
    assert [one[1:5] for one in told(package)] == [
        ("participants", "EV-aaaaaa|ACT-cccccc|initiator", "", "removed"),
        ("participants", "EV-aaaaaa|ACT-cccccc|partner", "", "added"),
    ]
    assert "role: partner" in (package / EVENT).read_text()


def test_a_claim_moves_to_another_event_with_its_comments(package: Path) -> None:
    """The field that names the record is the record in which the row stands."""
    record = package / EVENT
    second = record.read_text().partition("claims:\n")[2].partition("event_links:")[0].replace("CL-aaaaaa", "CL-bbbbbb")
    record.write_text(record.read_text().replace("event_links:", f"{second}event_links:"))
    revise("CL-bbbbbb", {"event_id": "EV-bbbbbb"}, WHY, package)
    text = (package / "data/records/events/EV-bbbbbb.yaml").read_text()
    assert second in text
    assert "CL-bbbbbb" not in record.read_text()
    assert [one[1:7] for one in told(package)] == [
        ("claims", "CL-bbbbbb", "event_id", "changed", "EV-aaaaaa", "EV-bbbbbb")
    ]


@pytest.mark.parametrize(
    ("key", "cells", "what"),
    [
        ("EV-aaaaab", {"title": "x"}, "there is no record EV-aaaaab; did you mean `EV-aaaaaa`"),
        ("EV-aaaaaa", {"titel": "x"}, "`titel` is not a field of events; did you mean `title`"),
        ("EV-aaaaaa", {"realis": "ocurred"}, "`ocurred` is not a code of `realis`; did you mean `occurred`"),
        ("EV-aaaaaa", {"date_latest": "2024-02-30"}, "must be a day that the calendar has"),
        ("EV-aaaaaa", {"place_id": "PLC-zzzzzz"}, "`place_id` PLC-zzzzzz is not in places"),
        ("EV-aaaaaa", {"title": ""}, "`title` is required and missing"),
        ("EV-aaaaaa", {"event_id": "EV-cccccc"}, "`event_id` is permanent"),
        ("EV-aaaaaa", {"date_latest": "2024-04-30"}, "since it would not be valid: .*EV-aaaaaa.yaml:.* rule/order"),
        ("CL-aaaaaa", {"event_id": "EV-bbbbbb"}, "since it would not be valid: .*rule/at-least-one.*realis-stance"),
        ("EV-aaaaaa", {"type": "PROTEST-demo"}, "`type` of EV-aaaaaa is PROTEST-demo already"),
        ("EV-aaaaaa", {}, "no field is named"),
    ],
)
def test_what_cannot_stand_is_refused_before_anything_is_written(
    package: Path, key: str, cells: dict[str, str], what: str
) -> None:
    """An unknown record or field, a value that the schema or a rule does not take: all files stay as they were."""
    before = files_of(package)
    with pytest.raises(EventpackError, match=what):
        revise(key, cells, WHY, package)
    assert files_of(package) == before


@pytest.mark.parametrize(
    ("why", "table", "what"),
    [
        (Why("coding-eror", "", "coder-1"), "", "`coding-eror` is no reason; did you mean `coding-error`"),
        (Why("", "", "coder-1"), "", "no reason is given"),
        (Why("editorial", "=1+1", "coder-1"), "", "cell/formula"),
        (WHY, "estimates", "`estimates` is computed"),
        (WHY, "revisions", "is never rewritten"),
        (WHY, "event", "the package has no table `event`; did you mean `events`"),
        (WHY, "places", "there is no record EV-aaaaaa in places"),
    ],
)
def test_a_reason_and_a_table_must_be_ones_that_there_are(package: Path, why: Why, table: str, what: str) -> None:
    """And what tells of changes, or is computed, is not changed itself."""
    before = files_of(package)
    with pytest.raises(EventpackError, match=what):
        revise("EV-aaaaaa", {"title": "March"}, why, package, table=table)
    assert files_of(package) == before


def test_a_key_that_stands_in_two_tables_needs_the_table(package: Path) -> None:
    """The codes of two vocabularies may be the same."""
    path = package / "data/measures.csv"
    path.write_text(path.read_text() + "several,Several,count,persons,Some.,,lowest\n")
    revise("protesters", {"label": "People"}, WHY, package)
    key = subject_of(package).tables["wording_rules"].column("rule_id")[0]
    path.write_text(path.read_text().replace("several,", f"{key},"))
    with pytest.raises(EventpackError, match=f"{key} stands more than once: in "):
        revise(key, {"label": "x"}, WHY, package)


def test_a_dry_run_writes_nothing(package: Path) -> None:
    """It says what would change, and refuses what a run would refuse."""
    before = files_of(package)
    done = revise("EV-aaaaaa", {"title": "March"}, WHY, package, dry_run=True)
    assert ([str(one) for one in done.changes], done.written) == (
        ["events EV-aaaaaa: title March of bakers through Milltown → March"], False
    )  # fmt: skip
    with pytest.raises(EventpackError):
        revise("EV-aaaaaa", {"realis": "x"}, WHY, package, dry_run=True)
    assert files_of(package) == before


@pytest.mark.parametrize(
    ("key", "name", "other"),
    first(
        4,
        [
            ("EV-bbbbbb|PLC-bbbbbb|concerned", "role", "location"),
            ("EV-aaaaaa", "title", "x: y"),
            ("EV-aaaaaa", "note", "A note"),
            ("EV-bbbbbb", "place_id", "PLC-aaaaaa"),
            ("CL-aaaaaa", "statement", "Text says: " + "very " * 40 + "much."),
            ("CL-cccccc", "said_by", ""),
            ("ACT-aaaaaa", "name", 'The "government", so called'),
            ("PLC-aaaaaa", "parent_id", ""),
        ],
    ),
)
def test_there_and_back_leaves_the_bytes_of_all_data(package: Path, key: str, name: str, other: str) -> None:
    """Only the revisions tell of it, both ways, and what is computed from how many there are."""
    before = files_of(package)
    done = revise(key, {name: other}, WHY, package).changes
    keys = {one.op: one.key for one in done}
    old = done[0].old or (done[0].key.rpartition("|")[2] if "added" in keys else "")
    revise(keys.get("added", key), {name: old}, WHY, package)
    after = files_of(package)
    differing = {path for path in before | after if before.get(path) != after.get(path)}
    assert differing - {"data/coverage.csv", "docs/codebook.md"} == {"data/revisions.csv"}
    assert len(told(package)) == 2 * len(done)


def test_a_disk_that_refuses_leaves_everything_as_it_was(package: Path) -> None:
    """Where one of several files cannot be written, none is."""
    (package / "data/revisions.csv").rename(package / "data/aside.csv")
    (package / "data/revisions.csv").symlink_to("aside.csv")
    before = files_of(package)
    (package / "data/events.csv").unlink()
    (package / "data/events.csv").mkdir()
    with pytest.raises((DiskError, EventpackError)):
        revise("EV-aaaaaa", {"title": "March"}, WHY, package)
    del before["data/events.csv"]
    assert files_of(package) == before


def test_the_command_says_what_it_did(package: Path) -> None:
    """Changes on standard output, files beside it; pairs of --field and --to."""
    words = ["revise", "EV-aaaaaa", "--reason", "editorial", "--by", "coder-2", "--path", str(package)]
    result = CliRunner().invoke(app, [*words, "--field", "title", "--to", "March"])
    said = "events EV-aaaaaa: title March of bakers through Milltown → March\n"
    assert (result.exit_code, result.stdout) == (0, said)
    assert result.stderr.startswith("changed: data/")
    assert CliRunner().invoke(app, [*words, "--field", "title"]).exit_code == 2
    assert CliRunner().invoke(app, [*words, *("--field", "title", "--to", "a") * 2]).exit_code == 2


def test_who_revises_must_be_known(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By option, by variable, or by git; somebody must be named."""
    monkeypatch.setenv("EVENTPACK_REVISER", "coder-3")
    revise("EV-aaaaaa", {"title": "March"}, Why("editorial"), package)
    assert told(package)[0][-1] == "coder-3"
    monkeypatch.delenv("EVENTPACK_REVISER")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with pytest.raises(EventpackError, match="nobody is named") as caught:
        revise("EV-aaaaaa", {"title": "March again"}, Why("editorial"), package)
    assert "--by" in caught.value.fix


def test_two_at_once_lose_nothing(package: Path) -> None:
    """Each is written, or says that somebody else was quicker."""
    program = [sys.executable, "-m", "eventpack", "revise", "--reason", "editorial", "--by", "coder-1", "--field"]
    environment = os.environ | {"PYTHONPATH": str(Path(eventpack.__file__).parents[1])}
    runs = [
        subprocess.Popen(
            [*program, name, "--to", text, "--path", str(package), key],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for key, name, text in (("EV-aaaaaa", "title", "A"), ("ACT-cccccc", "name", "B"), ("EV-bbbbbb", "title", "C"))
    ]  # fmt: skip
    said = [run.communicate()[1] for run in runs]
    refused = [text for run, text in zip(runs, said, strict=True) if run.returncode]
    assert [text for text in refused if "changed by somebody else" not in text] == []
    assert len(told(package)) == 3 - len(refused)
    assert validate(package).findings == ()


@pytest.mark.long
def test_a_kill_at_any_moment_is_finished_by_the_next(package: Path) -> None:
    """The old state, or the new one, at the latest after the next command."""
    environment = os.environ | {"PYTHONPATH": str(Path(eventpack.__file__).parents[1])}
    for turn in range(8):
        words = ["revise", "EV-aaaaaa", "--field", "title", "--to", f"March {turn}", "--reason", "editorial"]
        process = subprocess.Popen(
            [sys.executable, "-m", "eventpack", *words, "--by", "coder-1", "--path", str(package)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(0.15 + 0.05 * turn)
        process.kill()
        process.wait()
        revise("ACT-cccccc", {"note": f"Turn {turn}"}, WHY, package)
        assert validate(package).findings == ()
        titles = [one for one in told(package) if one[3] == "title"]
        assert cells_of(subject_of(package), "events")[0]["title"] == (
            f"March {max(int(one[6].split()[1]) for one in titles)}" if titles else "March of bakers through Milltown"
        )


def test_a_package_without_revisions_or_profile_is_refused(tmp_path: Path) -> None:
    """The change could not be explained there; and what is packaged is never changed."""
    small = write_small_package(tmp_path / "small")
    with pytest.raises(EventpackError, match="the package has no table `revisions`"):
        revise("EV-aaaa01", {"title": "x"}, WHY, small)
    tables = write_tables(tmp_path / "tables", {"ships": "id,name\na,b\n"})
    with pytest.raises(EventpackError, match="is no event data package"):
        revise("a", {"name": "x"}, WHY, tables)
    (small / "SHA256SUMS").write_text("")
    with pytest.raises(EventpackError, match="is packaged and never changed"):
        revise("EV-aaaa01", {"title": "x"}, WHY, small)


def test_many_files_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """A merge may change thousands; the first ones are named."""
    say(Revised((), (), tuple(f"{number:02}.yaml" for number in range(25)), written=True))
    assert capsys.readouterr().err.endswith("18.yaml, 19.yaml and 5 more\n")
