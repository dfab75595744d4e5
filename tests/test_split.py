"""`eventpack split`: one record becomes two with new ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eventpack.cli import app
from eventpack.curate.settling import Why
from eventpack.curate.splitting import Division, split
from eventpack.curate.withdrawing import withdraw
from eventpack.errors import EventpackError
from eventpack.validation import validate
from tests.revisedpack import TWIN, column_of, copy_twin, files_of, led, subject_of, told

WHY = Why("split", "Two marches.", "coder-1")
APART = Division(move=["CL-eeeeee"], first={"title": "First march"}, second={"title": "Second march"})


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with two records of one march."""
    return copy_twin(tmp_path / "package")


def halves(package: Path, old: str) -> tuple[str, str]:
    """The two records, the first one first, as the last remark of the split says."""
    owner = column_of(package, "claims", "claim_id", "event_id")
    assert set(led(package)[old][1].split("|")) == {owner["CL-dddddd"], owner["CL-eeeeee"]}
    return owner["CL-dddddd"], owner["CL-eeeeee"]


def test_an_event_becomes_two(package: Path) -> None:
    """Claims go where it is said, what refers to them follows, and both ids are new."""
    split("EV-cccccc", APART, WHY, package)
    first, second = halves(package, "EV-cccccc")
    assert not (package / TWIN).exists()
    one = (package / f"data/records/events/{first}.yaml").read_text()
    other = (package / f"data/records/events/{second}.yaml").read_text()
    assert one.startswith(f"# From the evening edition.\n\nevent_id: {first}\ntitle: First march\n")
    assert other.startswith(f"event_id: {second}\ntitle: Second march\ntype: PROTEST-demo\n")
    assert "  # said on the telephone\n  - claim_id: CL-eeeeee\n" in other
    rows = sorted(subject_of(package).tables["participants"].rows(["event_id", "actor_id"]))
    assert {(first, "ACT-cccccc"), (second, "ACT-bbbbbb")} <= set(rows)
    assert led(package)["EV-dddddd"] == ("split-into", "|".join(sorted([first, second])))
    assert ("next", "events", "EV-cccccc", "", "split", "", "", "split", "Two marches.", "coder-1") in told(package)
    assert validate(package).findings == ()


def test_rows_without_id_can_stand_in_both(package: Path) -> None:
    """Named without the id that is split."""
    split("EV-cccccc", Division(["CL-eeeeee"], ["ACT-cccccc|initiator"], {}, {"title": "x"}), WHY, package)
    first, second = halves(package, "EV-cccccc")
    rows = set(subject_of(package).tables["participants"].rows(["event_id", "actor_id"]))
    assert {(first, "ACT-cccccc"), (second, "ACT-cccccc")} <= rows
    assert validate(package).findings == ()


def test_an_actor_becomes_two(package: Path) -> None:
    """Rows of CSV tables, and claims in records that name it."""
    split("ACT-cccccc", Division(["CL-cccccc"], [], {}, {"name": "Bakers' guild"}), WHY, package)
    claims = column_of(package, "claims", "claim_id", "said_by")
    names = column_of(package, "actors", "actor_id", "name")
    assert names[claims["CL-cccccc"]] == "Bakers' guild"
    assert led(package)["ACT-cccccc"][0] == "split-into"
    assert validate(package).findings == ()


def test_a_half_can_be_withdrawn_and_split_again(package: Path) -> None:
    """The redirects follow: no half that is gone is named any more."""
    split("EV-cccccc", APART, WHY, package)
    first, second = halves(package, "EV-cccccc")
    withdraw(second, Why("withdrawal", "", "coder-1"), package)
    assert led(package)["EV-cccccc"] == ("split-into", first)
    assert validate(package).findings == ()


@pytest.mark.parametrize(
    ("key", "division", "what"),
    [
        ("EV-cccccc", Division(), "since it would not be valid: .*rule/at-least-one"),
        ("EV-cccccc", Division(["CL-eeeeef"]), "CL-eeeeef does not refer to EV-cccccc; did you mean `CL-eeeeee`"),
        ("EV-cccccc", Division(["CL-aaaaaa"]), "CL-aaaaaa does not refer to EV-cccccc"),
        ("EV-cccccc", Division(["CL-eeeeee"], ["CL-dddddd"]), "CL-dddddd has an id and cannot stand twice"),
        ("EV-cccccc", Division(["CL-eeeeee"], [], {}, {"titel": "x"}), "`titel` is not a field of events"),
        ("EV-cccccc", Division(["CL-eeeeee"], [], {"realis": "x"}), "`x` is not a code of `realis`"),
        ("EV-cccccc", Division(["CL-eeeeee"], [], {"event_id": "EV-x"}), "`event_id` is permanent"),
        ("EV-cccccc|about|EV-bbbbbb", Division(), "has no id of its own"),
        ("protesters", Division(), "is a code of measures and no id"),
        ("EV-dddddd", Division(), "EV-dddddd was merged into EV-cccccc"),
    ],
)
def test_what_cannot_be_split_so_is_refused(package: Path, key: str, division: Division, what: str) -> None:
    """And nothing is written."""
    before = files_of(package)
    with pytest.raises(EventpackError, match=what):
        split(key, division, WHY, package)
    assert files_of(package) == before


def test_the_command_takes_fields_of_both(package: Path) -> None:
    """With --set, --set-first, --move and --copy."""
    before = files_of(package)
    words = ["split", "EV-cccccc", "--move", "CL-eeeeee", "--set", "title=Second", "--by", "coder-1"]
    words += ["--path", str(package)]
    assert CliRunner().invoke(app, [*words, "--dry-run"]).exit_code == 0
    assert files_of(package) == before
    assert CliRunner().invoke(app, [*words, "--set-first", "title=First", "--copy", "about|EV-bbbbbb"]).exit_code == 0
    titles = set(subject_of(package).tables["events"].column("title"))
    assert {"First", "Second"} <= titles
    assert CliRunner().invoke(app, [*words, "--set", "title"]).exception is not None
