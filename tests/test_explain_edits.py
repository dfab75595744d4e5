"""`revise --explain`: hand edits are explained after the fact, each changed cell once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import eventpack
from eventpack.cli import app
from eventpack.curate.explaining import Chosen, explain_edits
from eventpack.curate.revising import revise
from eventpack.curate.settling import Why
from eventpack.errors import EventpackError
from eventpack.revisions.rows import Change
from eventpack.revisions.unexplained import unexplained
from eventpack.validation import validate
from tests.gitpack import commit_all
from tests.revisedpack import EVENT, TWIN, WHY, copy_twin, files_of, led, subject_of, told
from tests.test_validation import edit

ACTORS = "data/actors.csv"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package in git, nothing of it changed."""
    folder = copy_twin(tmp_path / "package")
    commit_all(folder)
    return folder


def asked(folder: Path, chosen: Chosen | None = None) -> list[str]:
    """The changes that would be asked for."""
    return [str(change) for change in explain_edits(lambda _: None, folder, chosen).left]


def test_each_changed_cell_is_asked_for_once(package: Path) -> None:
    """In records and CSV files; what is added or computed needs no reason."""
    edit(package / EVENT, "date_latest: 2024-05-01", "date_latest: 2024-05-02")
    edit(package / EVENT, "role: initiator", "role: partner")
    edit(package / ACTORS, "A police official", "A police officer")
    edit(package / ACTORS, "ACT-dddddd,", "ACT-ddddda,New,media,,,,,,\nACT-dddddd,")
    changes = [
        "actors ACT-bbbbbb: name A police official → A police officer",
        "events EV-aaaaaa: date_latest 2024-05-01 → 2024-05-02",
        "participants EV-aaaaaa|ACT-cccccc|initiator: removed",
    ]
    assert asked(package) == changes
    said = {"actors": WHY, "events": Why("source-corrected", "", "coder-2"), "participants": None}
    done = explain_edits(lambda change: said[change.table], package)
    assert ([str(change) for change in done.left], done.since) == (changes[2:], "HEAD")
    assert [(one[1], one[3], one[7], one[9]) for one in told(package)] == [
        ("actors", "name", "coding-error", "coder-1"),
        ("events", "date_latest", "source-corrected", "coder-2"),
    ]
    assert asked(package) == changes[2:]


def test_a_new_record_is_explained_when_it_is_named(package: Path) -> None:
    """Nobody is asked for it; once it has its reason there is nothing left to say."""
    edit(package / ACTORS, "ACT-dddddd,", "ACT-ddddda,New,media,,,,,,\nACT-dddddd,")
    assert asked(package) == asked(package, Chosen("ACT-dddddd")) == []
    assert asked(package, Chosen("ACT-ddddda")) == ["actors ACT-ddddda: added"]
    explain_edits(lambda _: WHY, package, Chosen("ACT-ddddda"))
    assert [one[1:5] for one in told(package)] == [("actors", "ACT-ddddda", "", "added")]
    assert asked(package, Chosen("ACT-ddddda")) == []
    assert validate(package).findings == ()


def test_an_edit_of_what_was_revised_is_asked_for(package: Path) -> None:
    """A revision explains the value that it made, and several explain what they lead to in any order."""
    revise("EV-aaaaaa", {"title": "March"}, WHY, package)
    revise("EV-aaaaaa", {"title": "A march"}, WHY, package)
    assert asked(package) == []
    edit(package / EVENT, "title: A march", "title: The march")
    assert asked(package) == ["events EV-aaaaaa: title A march → The march"]
    explain_edits(lambda _: WHY, package)
    assert asked(package) == []
    assert validate(package).findings == ()


def test_a_record_that_was_deleted_is_withdrawn(package: Path) -> None:
    """With its claims; each id gets its redirect, and those that led to it follow."""
    (package / TWIN).unlink()
    path = package / "data/external_ids.csv"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "cccccc" not in line))
    path = package / "data/redirects.csv"
    explain_edits(lambda _: Why("withdrawal", "No march.", "coder-1"), package, Chosen("EV-cccccc"))
    assert led(package) == dict.fromkeys(["EV-cccccc", "EV-dddddd", "CL-dddddd", "CL-eeeeee"], ("withdrawn", ""))
    assert [one.startswith("external_ids ") for one in asked(package)] == [True, True]
    assert validate(package).findings == ()


def test_what_is_to_be_explained_can_be_chosen(package: Path) -> None:
    """By record, field and table."""
    edit(package / EVENT, "date_latest: 2024-05-01", "date_latest: 2024-05-02")
    edit(package / EVENT, "title: March of", "title: March by")
    edit(package / ACTORS, "A police official", "A police officer")
    assert len(asked(package, Chosen("EV-aaaaaa"))) == 2
    assert len(asked(package, Chosen("EV-aaaaaa", ["title"]))) == 1
    assert len(asked(package, Chosen(table="actors"))) == 1
    assert asked(package, Chosen("EV-bbbbbb")) == []
    with pytest.raises(EventpackError, match=r"there is no record EV-aaaaax.* did you mean `EV-aaaaaa`"):
        asked(package, Chosen("EV-aaaaax"))


def test_the_state_compared_with_is_named(package: Path) -> None:
    """A commit before, or the one that is checked out; without git there is none."""
    edit(package / EVENT, "title: March of", "title: March by")
    commit_all(package)
    assert asked(package) == []
    assert len(explain_edits(lambda _: None, package, since="HEAD~1").left) == 1
    with pytest.raises(EventpackError, match="git knows no commit `elsewhere`"):
        explain_edits(lambda _: None, package, since="elsewhere")


def test_a_folder_without_git_has_no_earlier_state(tmp_path: Path) -> None:
    """It is said what is missing."""
    with pytest.raises(EventpackError, match="git"):
        explain_edits(lambda _: WHY, copy_twin(tmp_path / "package"))


def test_the_command_lists_or_records(package: Path) -> None:
    """Without a terminal and a reason it lists and exits 1; with a reason it records, and a dry run writes nothing."""
    words = ["revise", "--explain", "--by", "coder-1", "--path", str(package)]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "every change since HEAD is explained\n")
    edit(package / EVENT, "title: March of", "title: March by")
    before = files_of(package)
    result = CliRunner().invoke(app, words)
    change = "events EV-aaaaaa: title March of bakers through Milltown → March by bakers through Milltown\n"
    assert (result.exit_code, result.stdout) == (1, change)
    assert "1 change since HEAD without a reason\n    fix: give --reason CODE" in result.stderr
    result = CliRunner().invoke(app, [*words, "--reason", "editorial", "--dry-run"])
    assert (result.exit_code, result.stdout) == (0, change)
    assert files_of(package) == before
    assert CliRunner().invoke(app, [*words, "--reason", "editoral"]).exception is not None
    assert CliRunner().invoke(app, [*words, "EV-aaaaaa", "--reason", "editorial"]).exit_code == 0
    assert CliRunner().invoke(app, words).exit_code == 0
    assert CliRunner().invoke(app, [*words, "--field", "title", "--to", "x"]).exit_code == 2


def test_revisions_lead_from_the_old_value_to_the_new_one_in_any_order(package: Path) -> None:
    """Their ids are random, and so is the order of their rows."""
    old = subject_of(package)
    edit(package / EVENT, "realis: occurred", "realis: ongoing")
    new = subject_of(package)

    def step(before: str, after: str) -> Change:
        return Change("events", "EV-aaaaaa", "realis", "changed", before, after)

    steps = [step("planned", "ongoing"), step("denied", "planned"), step("occurred", "denied")]
    assert unexplained(old, new, steps) == []
    assert unexplained(old, new, steps[::-1]) == []
    assert unexplained(old, new, steps[:2]) == [step("occurred", "ongoing")]
    assert unexplained(old, new, []) == [step("occurred", "ongoing")]
    assert unexplained(old, old, []) == []


def test_what_was_explained_and_changed_again_is_explained_from_there(package: Path) -> None:
    """So that the rows of `revisions` tell what happened, and nothing that was taken back."""
    old = subject_of(package)
    edit(package / EVENT, "realis: occurred", "realis: ongoing")
    new = subject_of(package)

    def step(before: str, after: str) -> Change:
        return Change("events", "EV-aaaaaa", "realis", "changed", before, after)

    told = step("occurred", "denied")
    assert unexplained(old, new, [told]) == [step("denied", "ongoing")]
    assert unexplained(old, new, [told, step("denied", "ongoing")]) == []
    assert unexplained(old, old, [told]) == [step("denied", "occurred")]
    assert unexplained(old, old, [told, step("denied", "occurred")]) == []
    assert unexplained(new, new, [step("occurred", "ongoing")]) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["EV-aaaaaa", "--field", "titel"], "`titel` is not a field of events; did you mean `title`?"),
        (["--field", "titel"], "no table has a field `titel`; did you mean `title`?"),
        (["--table", "event"], "the package has no table `event`; did you mean `events`?"),
    ],
)
def test_a_field_or_table_that_is_none_is_refused(package: Path, words: list[str], what: str) -> None:
    """Nobody should read that everything is explained."""
    commit_all(package)
    result = CliRunner().invoke(app, ["revise", "--explain", *words, "--path", str(package)])
    assert isinstance(result.exception, EventpackError)
    assert result.exception.what == what


@pytest.mark.posix
def test_on_a_terminal_each_reason_is_asked_for(package: Path) -> None:
    """The last one is offered again, and a hyphen leaves a change for later."""
    import pty

    edit(package / ACTORS, "A police official", "A police officer")
    edit(package / EVENT, "title: March of", "title: March by")
    edit(package / EVENT, "date_latest: 2024-05-01", "date_latest: 2024-05-02")
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(Path(eventpack.__file__).parents[1])}
    command = [sys.executable, "-m", "eventpack", "revise", "--explain", "--by", "coder-1", "--path", str(package)]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    os.write(ours, b"editorial\nReworded.\n\n\n-\n")
    out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 1, err
    assert [(one[3], one[7], one[8]) for one in told(package)] == [
        ("name", "editorial", "Reworded."), ("title", "editorial", "Reworded.")
    ] or [(one[3], one[7], one[8]) for one in told(package)] == [
        ("name", "editorial", "Reworded."), ("date_latest", "editorial", "Reworded.")
    ]  # fmt: skip
    assert b"1 change since HEAD without a reason" in err
    assert len(out.splitlines()) == 3
