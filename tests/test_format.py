"""`eventpack format`: what it changes, what it leaves alone, what it reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventpack.curate.format import format_files
from eventpack.errors import EventpackError
from eventpack.validation import validate
from tests.smallpack import EVENT, write_small_package

RECORD = "data/records/events/EV-aaaa01.yaml"


def test_a_package_in_form_is_not_touched(tmp_path: Path) -> None:
    """Every file counts as unchanged and keeps its time stamp."""
    write_small_package(tmp_path)
    before = (tmp_path / RECORD).stat().st_mtime_ns
    done = format_files([tmp_path])
    assert (done.changed, done.findings) == ((), ())
    assert done.unchanged == 8
    assert (tmp_path / RECORD).stat().st_mtime_ns == before


def test_records_and_tables_are_brought_into_form(tmp_path: Path) -> None:
    """A record in another order, and a table with CR LF, a byte order mark, needless quotes and unsorted rows."""
    write_small_package(tmp_path)
    lines = EVENT.splitlines(keepends=True)
    (tmp_path / RECORD).write_text(
        "".join([*lines[1:9], "# why coded so\n", lines[9], lines[10], lines[0], *lines[11:]])
    )
    path = tmp_path / "data/actors.csv"
    header, *rows = path.read_text().splitlines()
    path.write_bytes(
        "\r\n".join(["\ufeff" + header, *(f'"{row[0:10]}"{row[10:]}' for row in reversed(rows)), ""]).encode()
    )
    expected = sorted([f"{tmp_path}/{RECORD}", f"{tmp_path}/data/actors.csv"])
    assert expected == sorted(format_files([tmp_path]).changed)
    assert (tmp_path / RECORD).read_text() == EVENT.replace("coded_on:", "# why coded so\ncoded_on:")
    assert path.read_bytes() == "\n".join([header, *rows, ""]).encode()
    assert format_files([tmp_path]).changed == ()


def test_check_names_the_first_difference_and_writes_nothing(tmp_path: Path) -> None:
    """`--check` reports file and line, and the file stays as it is."""
    write_small_package(tmp_path, EVENT.replace('"0.1"', "0.1"))
    (tmp_path / "data/actors.csv").write_text(
        (tmp_path / "data/actors.csv").read_text().replace("Ferry line", '"Ferry line"')
    )
    done = format_files([tmp_path], check=True)
    assert [(f.code, f.where.line) for f in done.findings] == [("record/form", 11), ("csv/form", 2)]
    assert "codebook: 0.1" in (tmp_path / RECORD).read_text()


def test_an_unreadable_file_is_reported_and_the_others_are_done(tmp_path: Path) -> None:
    """A record with a duplicate key stays as it is; the next one is formatted."""
    write_small_package(tmp_path)
    folder = (tmp_path / RECORD).parent
    (folder / "EV-bad001.yaml").write_text("event_id: EV-bad001\nevent_id: x\n")
    (folder / "EV-xaaa01.yaml").write_text("title:  T\nevent_id: EV-xaaa01\n")
    done = format_files([tmp_path])
    assert [(f.code, f.where.line) for f in done.findings] == [("record/duplicate-key", 2)]
    assert (folder / "EV-xaaa01.yaml").read_text() == "event_id: EV-xaaa01\ntitle: T\n"
    assert (folder / "EV-bad001.yaml").read_text() == "event_id: EV-bad001\nevent_id: x\n"


def test_single_files_and_wrong_ones(tmp_path: Path) -> None:
    """A named file is formatted alone; built tables and strangers are refused with the next step."""
    write_small_package(tmp_path)
    assert format_files([tmp_path / RECORD]).unchanged == 1
    with pytest.raises(EventpackError, match="no hand-edited table") as caught:
        format_files([tmp_path / "data/events.csv"])
    assert "eventpack build" in caught.value.fix
    with pytest.raises(EventpackError):
        format_files([tmp_path / "datapackage.json"])
    with pytest.raises(EventpackError, match="there is no"):
        format_files([tmp_path / "data/records/events/EV-none01.yaml"])


def add_field(folder: Path, table: str, at: int, **field: object) -> None:
    """Add a field to a schema, in front of the one at a place."""
    path = folder / f"schemas/{table}.json"
    schema = json.loads(path.read_text("utf-8"))
    schema["fields"].insert(at, field)
    path.write_text(json.dumps(schema), "utf-8")


def test_a_table_follows_its_schema(tmp_path: Path) -> None:
    """A column that may be empty is added where the schema has it, and columns are put in the schema's order."""
    write_small_package(tmp_path)
    path = tmp_path / "data/redirects.csv"
    header, row = path.read_text("utf-8").splitlines()
    swapped = [",".join([cells[1], cells[0], *cells[2:]]) for cells in (header.split(","), row.split(","))]
    path.write_text("\n".join([*swapped, ""]), "utf-8")
    add_field(tmp_path, "redirects", 1, name="told")
    assert [(f.code, f.fix[:22]) for f in validate(tmp_path).findings] == [("csv/header", "run `eventpack format`")]
    assert format_files([tmp_path]).changed == (f"{tmp_path}/data/redirects.csv",)
    old = [line.split(",") for line in (header, row)]
    expected = [",".join([cells[0], told, *cells[1:]]) for told, cells in zip(("told", ""), old, strict=True)]
    assert path.read_text("utf-8").splitlines() == expected


def test_a_column_that_must_be_filled_is_left_to_the_curator(tmp_path: Path) -> None:
    """Rows are not filled with nothing; a table without rows gets the column all the same."""
    write_small_package(tmp_path)
    for table in ("actors", "measures"):
        add_field(tmp_path, table, 1, name="told", constraints={"required": True})
    assert format_files([tmp_path]).changed == (f"{tmp_path}/data/measures.csv",)
    (finding,) = [f for f in validate(tmp_path).findings if f.code == "csv/header"]
    assert (finding.where.path, finding.fix) == ("data/actors.csv", "add it, with a text in each row")


@pytest.mark.parametrize("header", ["actor_id,nmae,kind", "actor_id,name,name"])
def test_a_column_that_no_field_explains_is_kept(tmp_path: Path, header: str) -> None:
    """Nothing is dropped or moved when a column is not the schema's or stands twice: it may be misspelt."""
    write_small_package(tmp_path)
    path = tmp_path / "data/actors.csv"
    before = path.read_text("utf-8").replace("actor_id,name,kind", header)
    path.write_text(before, "utf-8")
    assert (format_files([tmp_path]).changed, path.read_text("utf-8")) == ((), before)
