"""The two datasets that the guide builds from their schemas alone: whole packages, judged by their own schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import eventpack
from eventpack.building import build
from eventpack.files import position
from eventpack.starting.placing import start_dataset
from eventpack.validation import validate
from tests.docs.test_pages import ROOT, follow

PAGE = ROOT / "docs/guide/new-dataset.md"
pytestmark = [pytest.mark.posix, pytest.mark.long]  # the longest page; `init` and `build` have tests of their own


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which somebody followed the page: `protests` and `incidents`, built and packaged."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "here").mkdir()
    follow(PAGE, folder / "here")
    return folder


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("protests", {"events": 1, "claims": 3, "demands": 1, "measures": 1, "event_types": 5}),
        ("incidents", {"events": 1, "claims": 2, "harms": 1, "systems": 1, "event_types": 5}),
    ],
)
def test_the_packages_hold_the_new_tables(made: Path, name: str, rows: dict[str, int]) -> None:
    """Folder and archive pass here and with frictionless, and the tables have the rows that were written."""
    (archive, *_) = sorted((made / name / "dist").glob("*.zip"))
    for path in (archive, archive.with_suffix("")):
        report = validate(path, referee=True)
        assert (report.findings, {table: report.counts[table] for table in rows}) == ((), rows)


def test_new_tables_load_typed(made: Path) -> None:
    """The date is a date, and the row inside the record has its event."""
    data = eventpack.load(made / "incidents")
    assert data.harms().select("event_id", "harm", "system_id").rows() == [("EV-example", "money", "SYS-example")]
    assert (str(data.systems().schema["released"]), data.systems()["released"].to_list()) == ("Date", [None])


RECORD = "data/records/events/EV-example.yaml"


@pytest.mark.parametrize(
    ("name", "path", "held", "wrong", "code"),
    [
        ("protests", RECORD, "issue: pay", "play", "cell/enum"),
        ("protests", RECORD, "measure: crowd", "crowds", "key/foreign"),
        ("protests", RECORD, "demand: Higher pay for night work", "x" * 81, "cell/max-length"),
        ("incidents", RECORD, "system_id: SYS-example", "SYS-exempla", "key/foreign"),
        ("incidents", RECORD, "harm: money", "moeny", "cell/enum"),
        ("incidents", "data/systems.csv", "ACT-example2,", "soon", "cell/type"),
    ],
)
def test_new_fields_and_tables_are_checked(made: Path, name: str, path: str, held: str, wrong: str, code: str) -> None:
    """A wrong text is found where it stands, by nothing but the schemas of the page."""
    file = made / name / path
    text = file.read_text("utf-8")
    assert text.count(held) == 1
    key, sign, _ = held.partition(": ")
    changed = text.replace(held, f"{key}{sign}{wrong}")
    line, column = position(changed, changed.index(wrong))
    file.write_text(changed, "utf-8")
    try:
        assert f"{path}:{line}:{column} {code}" in [f"{f.where} {f.code}" for f in validate(made / name).findings]
    finally:
        file.write_text(text, "utf-8")


def test_only_schemas_and_data_were_edited(made: Path, tmp_path: Path) -> None:
    """The descriptor is what `init` wrote with resources added at its end, and a build leaves it alone."""
    types = str(made / "protests-types.csv")
    (made / "protests-types.csv").write_bytes((made / "here/protest-types.csv").read_bytes())
    start_dataset(tmp_path / "protests", {"title": "Protests in Milltown", "types": types})
    before = (tmp_path / "protests/datapackage.json").read_text("utf-8")
    after = (made / "protests/datapackage.json").read_text("utf-8")
    assert after.startswith(before.removesuffix("\n  ]\n}\n"))
    assert [r["name"] for r in json.loads(after)["resources"]][-2:] == ["redirects", "demands"]
    assert build(made / "protests").written == ()
