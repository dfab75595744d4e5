"""`eventpack withdraw`: a record goes for good, and nothing that is left refers to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eventpack.cli import app
from eventpack.curate.revising import revise
from eventpack.curate.settling import Why
from eventpack.curate.withdrawing import withdraw
from eventpack.errors import EventpackError
from eventpack.validation import validate
from tests.revisedpack import TWIN, copy_twin, files_of, led, subject_of, told

WHY = Why("withdrawal", "It did not happen.", "coder-1")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with two records of one march."""
    return copy_twin(tmp_path / "package")


def test_an_event_goes_with_its_claims_and_links(package: Path) -> None:
    """Each id stays in the redirects, also those that led to it; rows without id leave a revision only."""
    withdraw("EV-cccccc", WHY, package)
    assert not (package / TWIN).exists()
    withdrawn = dict.fromkeys(["EV-cccccc", "EV-dddddd", "CL-dddddd", "CL-eeeeee"], ("withdrawn", ""))
    assert led(package) == withdrawn
    assert sorted((one[4], one[2]) for one in told(package)) == [
        ("removed", "EV-cccccc|ACT-bbbbbb|affected"),
        ("removed", "EV-cccccc|ACT-cccccc|initiator"),
        ("removed", "EV-cccccc|about|EV-bbbbbb"),
        ("removed", "EV-cccccc|follows|EV-aaaaaa"),
        ("removed", "events|EV-cccccc|acled"),
        ("removed", "events|EV-cccccc|ged"),
        ("withdrawn", "CL-dddddd"),
        ("withdrawn", "CL-eeeeee"),
        ("withdrawn", "EV-cccccc"),
    ]
    assert validate(package).findings == ()


def test_links_from_other_records_go_with_it(package: Path) -> None:
    """A link to an event that is gone means nothing; the rest of that record stays."""
    withdraw("EV-aaaaaa", WHY, package)
    assert "follows" not in (package / TWIN).read_text()
    assert "# said on the telephone" in (package / TWIN).read_text()
    assert validate(package).findings == ()


def test_a_row_without_id_is_removed(package: Path) -> None:
    """It needs no redirect."""
    before = led(package)
    withdraw("EV-cccccc|ACT-bbbbbb|affected", Why("coding-error", "", "coder-1"), package)
    assert [one[1:5] for one in told(package)] == [("participants", "EV-cccccc|ACT-bbbbbb|affected", "", "removed")]
    assert led(package) == before
    assert validate(package).findings == ()


def test_an_unused_actor_goes_with_its_names(package: Path) -> None:
    """Its other names are names of nobody then."""
    path = package / "data/actor_names.csv"
    path.write_text(path.read_text() + "ACT-dddddd,Gazette,en,alias\n")
    withdraw("ACT-dddddd", WHY, package)
    assert list(subject_of(package).tables["actor_names"].column("name")) == ["UB"]
    assert "ACT-dddddd" in led(package)


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("EV-bbbbbb", "cannot be withdrawn, since it is referred to: events EV-cccccc by part_of"),
        ("ACT-cccccc", "participants EV-aaaaaa.ACT-cccccc.initiator by actor_id.* claims CL-cccccc by said_by"),
        ("CL-eeeeee", "participants EV-cccccc.ACT-bbbbbb.affected by claim_id"),
        ("SRC-bbbbbb", "claims CL-dddddd by source_id"),
        ("CL-cccccc", "since it would not be valid: .*rule/at-least-one"),
        ("EV-dddddd", "EV-dddddd was merged into EV-cccccc"),
        ("injured", "injured is a code of measures and no id"),
        ("EV-zzzzzz", "there is no record EV-zzzzzz"),
    ],
)
def test_what_others_rest_on_is_not_withdrawn(package: Path, key: str, what: str) -> None:
    """Nothing is written, and it is told what refers to it."""
    before = files_of(package)
    with pytest.raises(EventpackError, match=what):
        withdraw(key, WHY, package)
    assert files_of(package) == before


def test_a_withdrawn_record_is_told_apart_from_one_that_never_was(package: Path) -> None:
    """Every verb says so."""
    withdraw("EV-cccccc", WHY, package)
    with pytest.raises(EventpackError, match="EV-cccccc is withdrawn already"):
        withdraw("EV-cccccc", WHY, package)
    with pytest.raises(EventpackError, match="EV-cccccc is withdrawn already"):
        revise("EV-cccccc", {"title": "x"}, WHY, package)


def test_the_command_has_a_reason_of_its_own(package: Path) -> None:
    """And a dry run leaves everything as it was."""
    before = files_of(package)
    words = ["withdraw", "EV-cccccc", "--by", "coder-1", "--path", str(package)]
    assert CliRunner().invoke(app, [*words, "--dry-run"]).exit_code == 0
    assert files_of(package) == before
    result = CliRunner().invoke(app, [*words, "--note", "It did not happen."])
    assert (result.exit_code, result.stdout.splitlines()[-3]) == (0, "events EV-cccccc → withdrawn")
    assert {one[7] for one in told(package)} == {"withdrawal"}
