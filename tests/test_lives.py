"""The life of one record over all releases, a record in one version, and the data as released on a day."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack import load, open_package
from eventpack.building import build
from eventpack.cli.lives import history as history_command
from eventpack.cli.lives import show as show_command
from eventpack.downloading import download
from eventpack.errors import DamagedError, EventpackError
from eventpack.lives.life import Life, history, show
from eventpack.lives.text import life_text
from eventpack.packaging import package
from eventpack.publishing import publish
from eventpack.releasing import mark
from tests.gitpack import commit_all
from tests.releasepack import EVENT, NAME, append, edit, release_on, released, settled, twice


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No repository above the temporary folder counts, nor any setting of this machine."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("EVENTPACK_ARCHIVES", raising=False)


def told(life: Life) -> list[tuple[str, str | None, list[tuple[str, str, str, str]]]]:
    """The stages as version, fate, and field, old, new, reason of each change."""
    return [
        (
            stage.state.version, stage.fate,
            [(t.field, t.old, t.new, t.revision.reason if t.revision else "") for t in stage.turns],
        )
        for stage in life.stages
    ]  # fmt: skip


CHANGED = [
    ("date_latest", "2024-05-01", "2024-05-02", "source-corrected"),
    ("date_basis", "stated", "bounded", "coding-error"),
]


def test_a_life_tells_each_change_with_its_reason(tmp_path: Path) -> None:
    """Versions in which nothing happened to the record are not named."""
    folder = twice(tmp_path / "data")
    assert told(history("EV-aaaaaa", folder)) == [("0.1.0", "created", []), ("0.1.1", "changed", CHANGED)]
    assert told(history("EV-bbbbbb", folder)) == [("0.1.0", "created", [])]
    assert history("EV-aaaaaa", folder).label == "March of bakers through Milltown"


def test_a_life_goes_on_in_the_tree(tmp_path: Path) -> None:
    """What is not released yet is the version `next`, with rows inside the record that came and went."""
    folder = released(tmp_path / "data")
    edit(folder, EVENT, "title: March of bakers", "title: The march of bakers")
    edit(folder, EVENT, "  - actor_id: ACT-cccccc\n    role: initiator", "  - actor_id: ACT-cccccc\n    role: target")
    settled(folder)
    stage = history("EV-aaaaaa", folder).stages[-1]
    assert (stage.state.version, stage.state.date) == ("next", "")
    assert [(t.table, t.key, t.field, t.old, t.new) for t in stage.turns] == [
        ("events", "EV-aaaaaa", "title", "March of bakers through Milltown", "The march of bakers through Milltown"),
        ("participants", "EV-aaaaaa|ACT-cccccc|target", "", "", "there"),
        ("participants", "EV-aaaaaa|ACT-cccccc|initiator", "", "there", ""),
    ]
    assert "participants EV-aaaaaa|ACT-cccccc|target is new" in life_text(history("EV-aaaaaa", folder))


def test_a_merged_record_ends_and_lives_on_in_another(tmp_path: Path) -> None:
    """The old id tells where it went and why, the new one what came to it; a reused id comes back."""
    folder = released(tmp_path / "data")
    append(folder, "data/actors.csv", "ACT-eeeeee,Bakers' Union,organisation,FRE,LAB,,,,")
    settled(folder)
    release_on(folder, "2024-07-01", summary="One more actor.")
    commit_all(folder)
    edit(folder, "data/actors.csv", "ACT-eeeeee,Bakers' Union,organisation,FRE,LAB,,,,\n", "")
    append(folder, "data/redirects.csv", "ACT-eeeeee,actors,merged-into,ACT-cccccc,next,Both are one union.")
    settled(folder)
    release_on(folder, "2024-08-01", summary="Actors merged.")
    commit_all(folder)
    gone = history("ACT-eeeeee", folder)
    version = gone.stages[-1].state.version
    assert [(s.state.version, s.fate) for s in gone.stages] == [("0.2.0", "created"), (version, "gone")]
    assert f"{version}, 2024-08-01: merged into ACT-cccccc. Both are one union." in life_text(gone)
    stays = life_text(history("ACT-cccccc", folder))
    assert f"{version}, 2024-08-01: others lead here\n  ACT-eeeeee was merged into it. Both are one union." in stays
    with pytest.raises(EventpackError) as caught:
        show("ACT-eeeeee", folder)
    assert caught.value.what == (
        f"ACT-eeeeee is not in the tree as it stands: merged into ACT-cccccc since {version}. Both are one union."
    )
    assert caught.value.fix == "eventpack show ACT-cccccc"
    assert show("ACT-eeeeee", folder, version="0.2.0").record.label == "Bakers' Union"


def test_a_new_record_and_a_moved_row_have_their_reasons(tmp_path: Path) -> None:
    """A claim that went to a new event is gone from the old one, and both say why."""
    folder = released(tmp_path / "data")
    text = (folder / EVENT).read_text("utf-8")
    head, _, claim = text.partition("claims:\n")
    claim = claim.partition("event_links")[0]
    moved = "claims:\n" + claim
    new = head.replace("EV-aaaaaa", "EV-eeeeee")
    (folder / EVENT.replace("aaaaaa", "eeeeee")).write_text(new + moved, "utf-8")
    kept = claim.replace("CL-aaaaaa", "CL-eeeeee")
    (folder / EVENT).write_text(text.replace(moved, "claims:\n" + kept), "utf-8")
    row = "next,claims,CL-aaaaaa,event_id,changed,EV-aaaaaa,EV-eeeeee,split,Of the other march.,coder-1,2024-06-01"
    append(folder, "data/revisions.csv", f"REV-aaaaaa,{row}")
    row = "next,events,EV-eeeeee,,added,,,split,There were two marches.,coder-1,2024-06-01"
    append(folder, "data/revisions.csv", f"REV-bbbbbb,{row}")
    build(folder)
    assert "  split: There were two marches. (coder-1, 2024-06-01)" in life_text(history("EV-eeeeee", folder))
    lines = life_text(history("EV-aaaaaa", folder)).splitlines()
    at = lines.index("  claims CL-aaaaaa is gone")
    assert lines[at + 1] == "      split: Of the other march. (coder-1, 2024-06-01)"


def test_a_life_as_of_a_day_ends_there(tmp_path: Path) -> None:
    """Later versions, and the tree, do not count; before the first release there is nothing."""
    folder = twice(tmp_path / "data")
    assert told(history("EV-aaaaaa", folder, as_of="2024-06-30")) == [("0.1.0", "created", [])]
    assert len(history("EV-aaaaaa", folder, as_of="2024-07-01").stages) == 2
    with pytest.raises(EventpackError, match="has a record EV-aaaaaa"):
        history("EV-aaaaaa", folder, as_of="2024-05-31")


@pytest.mark.parametrize(
    ("options", "basis"),
    [
        ({}, "bounded"), ({"version": "0.1.0"}, "stated"), ({"version": "latest"}, "bounded"),
        ({"version": "~0.1"}, "bounded"), ({"as_of": "2024-06-01"}, "stated"), ({"as_of": "2024-06-30"}, "stated"),
        ({"as_of": "2024-07-01"}, "bounded"),
    ],
)  # fmt: skip
def test_a_record_is_shown_as_a_version_holds_it(tmp_path: Path, options: dict[str, str], basis: str) -> None:
    """Exact, as a range, the latest, as of a day, or as the tree has it."""
    assert show("EV-aaaaaa", twice(tmp_path / "data"), **options).record.content["date_basis"] == basis  # type: ignore[arg-type]


def test_the_digest_is_that_of_the_manifest(tmp_path: Path) -> None:
    """What `show` prints is what every package of that version says of the record."""
    folder = twice(tmp_path / "data")
    packaged = package(folder, tmp_path / "dist").manifest.records
    for table, id in (("events", "EV-aaaaaa"), ("places", "PLC-aaaaaa"), ("claims", "CL-aaaaaa")):
        assert show(id, folder, version="0.1.1").record.digest == packaged[table][id]


def test_the_data_as_of_a_day(tmp_path: Path) -> None:
    """`open_package` and `load` give the version that was the latest at the end of that day."""
    folder = twice(tmp_path / "data")
    opened = open_package(folder)
    assert [opened.as_of(day).descriptor.version for day in ("2024-06-01", "2024-06-30", "2024-07-01")] == [
        "0.1.0", "0.1.0", "0.1.1"
    ]  # fmt: skip
    assert load(folder, as_of="2024-06-30").version == "0.1.0"
    with pytest.raises(EventpackError) as caught:
        opened.as_of("2024-05-31")
    assert (caught.value.what, caught.value.fix) == (
        f"no version of {NAME} was released on 2024-05-31", "the first release, 0.1.0, is of 2024-06-01"
    )  # fmt: skip
    with pytest.raises(EventpackError, match="`May` is no day"):
        opened.as_of("May")


def test_what_was_withdrawn_later_was_released_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of a day before the withdrawal it counts, from that day on it does not; asked for by name it can be seen."""
    folder = twice(tmp_path / "data")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1722513600")  # 1 August 2024
    mark(folder, "0.1.1", "withdrawn", "A source was forged.")
    opened = open_package(folder)
    assert [opened.as_of(day).descriptor.version for day in ("2024-07-31", "2024-08-01")] == ["0.1.1", "0.1.0"]
    assert show("EV-aaaaaa", folder, version="latest").version == "0.1.0"
    assert show("EV-aaaaaa", folder, version="0.1.1").state.withdrawn == "A source was forged."
    assert "this version was withdrawn on 2024-08-01: A source was forged." in life_text(history("EV-aaaaaa", folder))


def test_a_published_place_has_lives_too(tmp_path: Path) -> None:
    """The same stages from the archives, published; and `load` of a day."""
    folder = twice(tmp_path / "data")
    for version in ("0.1.0", "0.1.1"):
        publish(folder / f"releases/{NAME}-{version}.zip", tmp_path / "site", yes=True)
    place = tmp_path / "site" / NAME
    assert told(history("EV-aaaaaa", place)) == [("0.1.0", "created", []), ("0.1.1", "changed", CHANGED)]
    assert show("EV-aaaaaa", place, version="0.1.0").record.content["date_basis"] == "stated"
    assert load(place, as_of="2999-01-01").version == "0.1.1"
    alone = download(place, version="0.1.0", to=tmp_path / "got").folder
    assert [s.state.version for s in history("EV-aaaaaa", alone).stages] == ["0.1.0"]


def test_a_damaged_archive_tells_nothing(tmp_path: Path) -> None:
    """Neither a life nor a record is told from bytes that were not released."""
    folder = twice(tmp_path / "data")
    append(folder, f"releases/{NAME}-0.1.0.zip", "more")
    with pytest.raises(DamagedError):
        history("EV-aaaaaa", folder)
    with pytest.raises(DamagedError):
        show("EV-aaaaaa", folder, version="0.1.0")
    assert show("EV-aaaaaa", folder, version="0.1.1").version == "0.1.1"


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A mistyped id, a key in two tables, a table that is none, both a version and a day."""
    folder = twice(tmp_path / "data")
    with pytest.raises(EventpackError, match="did you mean `EV-aaaaaa`"):
        history("EV-aaaaab", folder)
    with pytest.raises(EventpackError, match="did you mean `events`"):
        show("EV-aaaaaa", folder, table="event")
    with pytest.raises(EventpackError, match="both given"):
        show("EV-aaaaaa", folder, version="0.1.0", as_of="2024-06-01")
    assert show("EV-aaaaaa|ACT-cccccc|initiator", folder).record.table == "participants"


def test_the_commands(tmp_path: Path) -> None:
    """Text for people, JSON for programs."""
    app = Typer()
    app.command()(history_command)
    app.command()(show_command)
    folder = os.fspath(twice(tmp_path / "data"))
    text = CliRunner().invoke(app, ["history", "EV-aaaaaa", "--path", folder]).stdout
    assert text.splitlines() == [
        "EV-aaaaaa March of bakers through Milltown (events)",
        "",
        "0.1.0, 2024-06-01: created",
        "",
        "0.1.1, 2024-07-01: changed",
        "  date_latest: 2024-05-01 → 2024-05-02",
        "      source-corrected (coder-1, 2024-06-01)",
        "  date_basis: stated → bounded",
        "      coding-error: Read again. (coder-1, 2024-06-01)",
    ]
    life = json.loads(CliRunner().invoke(app, ["history", "EV-aaaaaa", "--path", folder, "--format", "json"]).stdout)
    assert [stage["fate"] for stage in life["stages"]] == ["created", "changed"]
    words = ["show", "EV-aaaaaa", "--path", folder, "--version", "0.1.0"]
    lines = CliRunner().invoke(app, words).stdout.splitlines()
    assert lines[1] == f"{NAME} 0.1.0, 2024-06-01"
    assert "  actor_id  ACT-cccccc" in lines
    value = json.loads(CliRunner().invoke(app, [*words, "--format", "json"]).stdout)
    assert lines[-1] == f"content SHA-256 {value['digest']}"
    assert value["content"]["participants"] == [{"actor_id": "ACT-cccccc", "role": "initiator"}]
