"""`eventpack merge`: the life of one record goes on as another."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eventpack.cli import app
from eventpack.curate.merging import merge
from eventpack.curate.settling import Why
from eventpack.curate.withdrawing import withdraw
from eventpack.errors import EventpackError
from eventpack.validation import validate
from tests.revisedpack import EVENT, TWIN, copy_twin, files_of, led, subject_of, told

WHY = Why("merge", "One march.", "coder-1")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with two records of one march."""
    return copy_twin(tmp_path / "package")


def test_the_rows_of_an_event_move_with_their_comments(package: Path) -> None:
    """Claims keep their ids, rows that would stand twice go, links of the event with itself go, and its file goes."""
    merge("EV-aaaaaa", "EV-cccccc", WHY, package)
    assert not (package / TWIN).exists()
    text = (package / EVENT).read_text()
    assert "  # said on the telephone\n  - claim_id: CL-eeeeee\n" in text
    assert text.startswith("# Read by two.\n\nevent_id: EV-aaaaaa\ntitle: March of bakers through Milltown\n")
    assert [one[1:7] for one in told(package) if one[4] == "changed"] == [
        ("claims", "CL-dddddd", "event_id", "changed", "EV-cccccc", "EV-aaaaaa"),
        ("claims", "CL-eeeeee", "event_id", "changed", "EV-cccccc", "EV-aaaaaa"),
    ]
    assert sorted((one[4], one[2]) for one in told(package) if one[4] != "changed") == [
        ("added", "EV-aaaaaa|ACT-bbbbbb|affected"),
        ("added", "events|EV-aaaaaa|acled"),
        ("merged", "EV-cccccc"),
        ("removed", "EV-cccccc|ACT-bbbbbb|affected"),
        ("removed", "EV-cccccc|ACT-cccccc|initiator"),
        ("removed", "EV-cccccc|about|EV-bbbbbb"),
        ("removed", "EV-cccccc|follows|EV-aaaaaa"),
        ("removed", "events|EV-cccccc|acled"),
        ("removed", "events|EV-cccccc|ged"),
    ]
    assert validate(package).findings == ()


def test_redirects_lead_on(package: Path) -> None:
    """What led to the record that is gone leads to the one that stays, and no redirect leads to another."""
    merge("EV-aaaaaa", "EV-cccccc", WHY, package)
    assert led(package) == {"EV-cccccc": ("merged-into", "EV-aaaaaa"), "EV-dddddd": ("merged-into", "EV-aaaaaa")}
    withdraw("EV-aaaaaa", Why("withdrawal", "", "coder-1"), package)
    assert {old: outcome for old, (outcome, _) in led(package).items()} == dict.fromkeys(
        ["EV-aaaaaa", "EV-cccccc", "EV-dddddd", "CL-aaaaaa", "CL-dddddd", "CL-eeeeee"], "withdrawn"
    )
    assert validate(package).findings == ()


def test_what_was_said_otherwise_is_told(package: Path) -> None:
    """Fields of the record that goes, and of rows that go, when they say what the others do not."""
    remarks = merge("EV-aaaaaa", "EV-cccccc", WHY, package).remarks
    assert "title of EV-cccccc is not carried over: Bakers march" in remarks
    assert "value of external_ids events|EV-cccccc|ged is dropped: 12" in remarks
    assert not [remark for remark in remarks if "coded_by" in remark]


def test_an_actor_goes_on_as_another_wherever_it_is_named(package: Path) -> None:
    """As speaker, participant, parent and under its other names."""
    merge("ACT-aaaaaa", "ACT-cccccc", WHY, package)
    merge("ACT-aaaaaa", "ACT-bbbbbb", WHY, package)  # whose parent it was
    subject = subject_of(package)
    assert sorted(subject.tables["actors"].rows(["actor_id", "parent_id"])) == [("ACT-aaaaaa", ""), ("ACT-dddddd", "")]
    assert set(subject.tables["claims"].column("said_by")) == {"", "ACT-aaaaaa"}
    assert list(subject.tables["actor_names"].rows(["actor_id", "name"])) == [("ACT-aaaaaa", "UB")]
    assert validate(package).findings == ()


def test_a_part_that_becomes_its_whole_takes_over_what_the_whole_is_part_of(package: Path) -> None:
    """Nothing becomes a part of itself."""
    merge("PLC-aaaaaa", "PLC-bbbbbb", WHY, package, dry_run=True)
    merge("PLC-bbbbbb", "PLC-aaaaaa", WHY, package)
    assert list(subject_of(package).tables["places"].rows(["place_id", "parent_id"])) == [("PLC-bbbbbb", "")]


def test_sources_that_quote_each_other_become_one(package: Path) -> None:
    """The link between them goes."""
    merge("SRC-aaaaaa", "SRC-bbbbbb", WHY, package)
    assert subject_of(package).tables["source_links"].size == 0
    assert set(subject_of(package).tables["claims"].column("source_id")) == {"SRC-aaaaaa"}


def test_passages_do_not_lose_their_text(package: Path) -> None:
    """Sources with different texts are not merged while claims point into the text that would go."""
    path = package / "data/sources.csv"
    path.write_text(path.read_text().replace(",unknown,,,,,Known", f",unknown,,{'a' * 64},9,,Known"))
    record = package / TWIN
    place = f"passage_start: 0\n    passage_end: 5\n    passage_sha256: {'b' * 64}\n    status"
    record.write_text(record.read_text().replace("no_passage: not-held\n    status", place, 1))
    with pytest.raises(EventpackError, match="the passages of CL-dddddd stand in the text of SRC-bbbbbb"):
        merge("SRC-aaaaaa", "SRC-bbbbbb", WHY, package)


@pytest.mark.parametrize(
    ("kept", "gone", "what"),
    [
        ("EV-aaaaaa", "EV-aaaaaa", "cannot be merged with itself"),
        ("EV-aaaaaa", "CL-cccccc", "only records of one table can be merged"),
        ("EV-aaaaaa", "EV-dddddd", "EV-dddddd was merged into EV-cccccc"),
        ("EV-aaaaax", "EV-bbbbbb", "there is no record EV-aaaaax; did you mean `EV-aaaaaa`"),
        ("CL-aaaaaa", "CL-eeeeee", "CL-aaaaaa and CL-eeeeee stand in different records"),
        ("injured", "protesters", "injured is a code of measures and no id"),
        ("EV-cccccc|about|EV-bbbbbb", "EV-cccccc|follows|EV-aaaaaa", "has no id of its own"),
        ("CL-cccccc", "CL-aaaaaa", "stand in different records"),
    ],
)
def test_what_cannot_be_one_is_refused(package: Path, kept: str, gone: str, what: str) -> None:
    """And nothing is written."""
    before = files_of(package)
    with pytest.raises(EventpackError, match=what):
        merge(kept, gone, WHY, package)
    assert files_of(package) == before


def test_the_command_has_a_reason_of_its_own(package: Path) -> None:
    """Without a note, the redirect says what the reason means."""
    words = ["merge", "EV-aaaaaa", "EV-cccccc", "--by", "coder-1", "--path", str(package)]
    before = files_of(package)
    result = CliRunner().invoke(app, [*words, "--dry-run"])
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "events EV-cccccc → EV-aaaaaa")
    assert "would change: data/claims.csv, " in result.stderr
    assert files_of(package) == before
    assert CliRunner().invoke(app, words).exit_code == 0
    assert {one[7] for one in told(package)} == {"merge"}
    reasons = subject_of(package).tables["redirects"].column("reason")
    assert list(reasons) == ["Two records turned out to be the same thing.", "One march."]
