"""`eventpack export --as xlsx,stata`: read back by openpyxl and pandas; what a format cannot hold is told."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape

import eventpack
from eventpack.files import sha256
from tests.exportpack import write_export_package
from tests.typedpack import fields, write_typed

ROOT = Path(__file__).parents[1]
AWKWARD = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "https://example.org/", "00123", "TRUE", "1e5",
           "_x0041_", "a\r\nb", "#N/A", "'quoted"]  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> eventpack.Exported:
    """The package with every type, and two things that no format of this page can hold as they are."""
    folder = tmp_path_factory.mktemp("sights")
    return eventpack.export(write_export_package(folder / "pack"), ["xlsx", "stata"], out=folder)


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """All sheets of a workbook as openpyxl reads them, formulas and all."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def one_table(folder: Path, name: str, texts: list[str], **more: object) -> Path:
    """A package of one table `t` with a column of texts."""
    lines = ["id," + name, *(f'k{at},"{text.replace(chr(34), chr(34) * 2)}"' for at, text in enumerate(texts))]
    return write_typed(folder, {"t": (fields(id="string", **{name: "string"}), "\n".join([*lines, ""]))}, **more)


def test_xlsx_holds_every_table_beside_the_codebook(exported: eventpack.Exported) -> None:
    """Types are kept as far as Excel has them; what it would change is text, and told."""
    found = sheets(exported.folder / "xlsx/sights.xlsx")
    assert list(found) == ["about", "states", "sites", "visits", "nothing", "codebook"]
    header, first, second, third, fourth = found["sites"]
    assert " ".join(header) == (
        "site_id name kind state latitude longitude radius_km opened month year open visits share tags page up_site"
    )
    assert first == ["S-1", "Mill of Öland", "mill", "st-old", 57.1, 16.7, 0.5, "0001-01-01", "2026-03", 1, True,
                     "9223372036854775807", 0.1, "a;b", "https://example.org/a", None]  # fmt: skip
    assert second[1:3] + second[7:13] == [
        '=HYPERLINK("x","y")', "ferry", datetime.datetime(2026, 2, 28), None, 2026, False, -3, 36.25,
    ]  # fmt: skip
    assert third[1] == 'Two\nlines, "quoted", 𝒳 and قلعة'
    assert (third[12], third[7]) == (-0.000001, datetime.datetime(9999, 12, 31))
    assert (fourth[1], found["nothing"]) == ("'+1", [["id", "count"]])
    assert [note for note in exported.notes if note.startswith("xlsx")] == [
        "xlsx: 1 value of sites.opened lie before March 1900 and are text",
        "xlsx: 1 value of sites.visits have more than 15 digits, or none, and are text",
    ]


def test_xlsx_has_no_formula_and_no_link(tmp_path: Path) -> None:
    """Whatever a text looks like, it is a text: in the file itself, too."""
    folder = one_table(tmp_path / "pack", "note", AWKWARD, title="=1+1")
    path = eventpack.export(folder, ["xlsx"], out=tmp_path).folder / "xlsx/typed.xlsx"
    book = openpyxl.load_workbook(path)
    cells = [row[1] for row in book["t"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [unescape(cell.value) for cell in cells] == AWKWARD
    with zipfile.ZipFile(path) as held:
        for name in held.namelist():
            assert (name, b"<f>" in held.read(name), b"hyperlink" in held.read(name)) == (name, False, False)
    assert book["about"]["B2"].value == "=1+1"


def test_xlsx_days_are_days_and_the_header_stays(exported: eventpack.Exported) -> None:
    """A day has the format of a day; the first row and column stay in sight, and columns can be filtered."""
    book = openpyxl.load_workbook(exported.folder / "xlsx/sights.xlsx")
    sheet = book["sites"]
    assert (sheet["H3"].is_date, sheet["H3"].number_format, sheet["H2"].is_date) == (True, "yyyy-mm-dd", False)
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet["A1"].font.bold) == ("A2", "A1:P5", True)
    assert (book["codebook"].freeze_panes, book.properties.title) == ("B2", "Sights 1.2.0")


def test_the_codebook_has_every_field_and_code(exported: eventpack.Exported) -> None:
    """With meaning, unit, labels and definitions; codes of a vocabulary stand where it is."""
    rows = sheets(exported.folder / "xlsx/sights.xlsx")["codebook"]
    assert rows[0] == ["table", "field", "title", "type", "unit", "description", "code", "label", "definition"]
    assert ["sites", "radius_km", "radius_km", "number", "km", "How far off it may be.", None, None, None] in rows
    assert [row[6:] for row in rows if row[:2] == ["sites", "kind"] and row[6]] == [
        ["mill", "mill", "Grinds."], ["ferry", "ferry", "Crosses."], ["=quay", "=quay", "Lands."],
    ]  # fmt: skip
    assert [row[6:] for row in rows if row[:2] == ["states", "code"] and row[6]] == [
        ["st-old", "Old", "From before."], ["st-new", "New", "From after."],
    ]  # fmt: skip
    assert not [row for row in rows if row[:2] == ["sites", "state"] and row[6]]
    about = dict(row for row in sheets(exported.folder / "xlsx/sights.xlsx")["about"])
    assert (about["licence"], about["table sites"], about["cite as"]) == (
        "CC-BY-4.0", "Sites", "Sights. Version 1.2.0. Dataset.",
    )  # fmt: skip


def test_a_text_longer_than_a_cell_is_told(tmp_path: Path) -> None:
    """32,767 characters fit, of which some count twice; of more the cell holds the beginning, with a mark."""
    fits, long, wide = "a" * 32_767, "b" * 32_768, "𝒳" * 16_384
    done = eventpack.export(one_table(tmp_path / "pack", "note", [fits, long, wide]), ["xlsx"], out=tmp_path)
    cells = [row[1] for row in sheets(done.folder / "xlsx/typed.xlsx")["t"][1:]]
    assert (cells[0], cells[1], cells[2]) == (fits, "b" * 32_766 + "…", "𝒳" * 16_383 + "…")
    assert done.notes == (
        "xlsx: t k1, note: the cell holds the beginning of 32,768 characters; Excel takes 32,767",
        "xlsx: t k2, note: the cell holds the beginning of 32,768 characters; Excel takes 32,767",
    )


def test_a_description_longer_than_a_cell_is_told(tmp_path: Path) -> None:
    """What the descriptor and the schemas say is cut like the data, with a word of where."""
    folder = one_table(tmp_path / "pack", "note", ["x"])
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["description"] = "d" * 40_000
    descriptor["resources"][0]["schema"]["fields"][1]["description"] = "f" * 50_000
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    done = eventpack.export(folder, ["xlsx"], out=tmp_path)
    made = sheets(done.folder / "xlsx/typed.xlsx")
    assert dict(row for row in made["about"])["description"] == "d" * 32_766 + "…"
    assert [row[5] for row in made["codebook"] if row[1] == "note"] == ["f" * 32_766 + "…"]
    assert done.notes == (
        "xlsx: about, description: the cell holds the beginning of 40,000 characters; Excel takes 32,767",
        "xlsx: codebook, note: the cell holds the beginning of 50,000 characters; Excel takes 32,767",
    )


def test_names_of_sheets_are_made_to_fit(tmp_path: Path) -> None:
    """31 characters, none alike but for case, and not those of the sheets that are there anyway."""
    long = "a-table-with-a-name-of-more-than-31-characters"
    tables = {name: (fields(id="string"), "id\nx\n") for name in (long, f"{long}-2", "codebook", "about", "history")}
    done = eventpack.export(write_typed(tmp_path / "pack", tables), ["xlsx"], out=tmp_path)
    names = list(sheets(done.folder / "xlsx/typed.xlsx"))
    assert names == [
        "about", "a-table-with-a-name-of-more-tha", "a-table-with-a-name-of-more-t_2", "codebook_2", "about_2",
        "history_", "codebook",
    ]  # fmt: skip
    assert max(map(len, names)) == 31
    assert done.notes == tuple(
        f"xlsx: the sheet of {name} is called {own}, since Excel takes no such name"
        for name, own in zip(tables, names[1:6], strict=True)
    )


def test_a_table_with_more_rows_than_a_sheet_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a table would be taken for the whole."""
    from eventpack.exporting import xlsx

    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    done = eventpack.export(one_table(tmp_path / "pack", "note", ["a", "b", "c"]), ["xlsx"], out=tmp_path)
    assert list(sheets(done.folder / "xlsx/typed.xlsx")) == ["about", "codebook"]
    assert done.notes == ("xlsx: t has 3 rows and is left out; a sheet holds 2",)


def stata(path: Path) -> tuple[pd.DataFrame, dict[str, str], dict[str, dict[int, str]]]:
    """A .dta file as pandas reads it: the values, and the labels of variables and values."""
    with pd.read_stata(path, iterator=True) as reader:
        frame = reader.read(convert_categoricals=False, preserve_dtypes=False)
        return frame, reader.variable_labels(), reader.value_labels()


def test_stata_holds_every_table_with_labels(exported: eventpack.Exported) -> None:
    """Codes are numbers with labels, days dates, missing values missing; titles are labels of variables."""
    frame, variables, values = stata(exported.folder / "stata/sites.dta")
    assert frame["name"].to_list() == [
        "Mill of Öland",
        '=HYPERLINK("x","y")',
        'Two\nlines, "quoted", 𝒳 and قلعة',
        "'+1",
    ]
    assert (values["kind"], values["open"]) == ({1: "mill", 2: "ferry", 3: "=quay"}, {0: "false", 1: "true"})
    assert frame["kind"].fillna(-1).to_list() == [1, 2, 3, -1]
    assert frame["open"].fillna(-1).to_list() == [1, 0, -1, -1]
    assert frame["share"].fillna(9).to_list() == [0.1, 36.25, -0.000001, 9]
    assert frame["year"].fillna(-1).to_list() == [1, 2026, 9999, -1]
    days = [None if pd.isna(day) else day.date() for day in frame["opened"]]
    assert days == [datetime.date.min, datetime.date(2026, 2, 28), datetime.date.max, None]
    assert (variables["name"], variables["kind"]) == ("Name", "kind")
    assert frame["visits"].to_list() == ["9223372036854775807", "-3", "0", ""]
    assert [note for note in exported.notes if note.startswith("stata")] == [
        "stata: sites.visits is text, since a number in it has more digits than Stata keeps, or none",
    ]
    assert stata(exported.folder / "stata/nothing.dta")[0].shape == (0, 2)


def test_tables_can_be_merged_by_their_codes_in_stata(exported: eventpack.Exported) -> None:
    """A key into a vocabulary has the same numbers and labels as the vocabulary."""
    sites, _, in_sites = stata(exported.folder / "stata/sites.dta")
    states, _, in_states = stata(exported.folder / "stata/states.dta")
    assert in_sites["state"] == in_states["code"] == {1: "st-old", 2: "st-new"}
    joined = sites.merge(states, left_on="state", right_on="code", how="left")
    assert joined["label"].fillna("").to_list() == ["Old", "", "New", ""]


NAMES = {
    "a-name with.marks": "a_name_with_marks", "1st": "_1st", "if": "_if", "str12": "_str12", "Größe": "Gr__e",
    "a_name_of_more_than_thirty_two_characters_1": "a_name_of_more_than_thirty_two_c",
    "a_name_of_more_than_thirty_two_characters_2": "a_name_of_more_than_thirty_two_2", "plain": "plain",
}  # fmt: skip


def test_names_and_labels_that_stata_does_not_take_are_told(tmp_path: Path) -> None:
    """32 characters, letters and digits, no word of its own; labels of 80 characters, whole in the codebook."""
    title = "What this is called, at some length, so that it does not fit where Stata has room for it"
    kinds = {name: {"type": "string", "title": title if name == "plain" else name} for name in NAMES}
    schema = fields(**kinds)
    rows = ",".join(NAMES) + "\n" + ",".join("abcdefgh") + "\n"
    done = eventpack.export(write_typed(tmp_path / "pack", {"t": (schema, rows)}), ["stata"], out=tmp_path)
    frame, variables, _ = stata(done.folder / "stata/t.dta")
    assert frame.columns.to_list() == list(NAMES.values())
    assert variables["plain"] == title[:79] + "…"
    told = set(done.notes)
    assert {
        f"stata: t.{name} is called {own}, since Stata takes no such name" for name, own in NAMES.items() if name != own
    } < told
    assert "stata: t.plain has a label cut to 80 characters, which codebook.dta holds whole" in told
    codebook = stata(done.folder / "stata/codebook.dta")[0]
    assert codebook.loc[codebook["field"] == "plain", "title"].to_list() == [title]


def test_long_texts_are_whole_in_stata(tmp_path: Path) -> None:
    """2,045 bytes fit into a string of fixed width; longer ones are strL."""
    texts = ["a" * 2045, "ü" * 1023, "b" * 40_000, ""]
    folder = one_table(tmp_path / "pack", "note", texts)
    frame = stata(eventpack.export(folder, ["stata"], out=tmp_path).folder / "stata/t.dta")[0]
    assert frame["note"].to_list() == texts


def test_numbers_that_are_none_are_text_in_both(tmp_path: Path) -> None:
    """Other people's packages may hold NaN and INF."""
    rows = "id,x\na,NaN\nb,INF\nc,1.5\n"
    folder = write_typed(tmp_path / "pack", {"t": (fields(id="string", x="number"), rows)})
    done = eventpack.export(folder, ["xlsx", "stata"], out=tmp_path)
    assert [row[1] for row in sheets(done.folder / "xlsx/typed.xlsx")["t"][1:]] == ["NaN", "INF", 1.5]
    assert stata(done.folder / "stata/t.dta")[0]["x"].to_list() == ["NaN", "INF", "1.5"]
    assert len(done.notes) == 2


def test_the_same_data_give_the_same_bytes(exported: eventpack.Exported, tmp_path: Path) -> None:
    """No clock, no folder and no order of a set gets into a file."""
    again = eventpack.export(write_export_package(tmp_path / "pack"), ["xlsx", "stata"], out=tmp_path / "out")
    for format in again.exports.formats:
        for file in format.files:
            assert (file.path, sha256((exported.folder / file.path).read_bytes())) == (file.path, file.sha256)


@pytest.mark.parametrize(("format", "library", "extra"), [("xlsx", "xlsxwriter", "xlsx"), ("stata", "pandas", "stata")])
def test_a_missing_extra_is_named(tmp_path: Path, format: str, library: str, extra: str) -> None:
    """And nothing is left behind."""
    write_export_package(tmp_path / "pack")
    program = f"import sys; sys.modules[{library!r}] = None; import eventpack.cli as c; c.main()"
    command = [sys.executable, "-c", program, "export", "pack", "--as", format, "--out", "out"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    fix = f'run `pip install ".[{extra}]"` in the checkout'
    assert (result.returncode, result.stderr) == (2, f"eventpack: {library} is not installed\n    fix: {fix}\n")
    assert not list((tmp_path / "out").glob("*"))


def test_the_dataset_of_this_repository_comes_back_whole(tmp_path: Path) -> None:
    """Every cell of every table, from both formats."""
    done = eventpack.export(ROOT, ["xlsx", "stata"], out=tmp_path)
    book, data = sheets(next((done.folder / "xlsx").iterdir())), eventpack.load(ROOT)
    assert done.notes == ()
    for name in data.tables:
        expected = [[None if value == "" else value for value in row] for row in data[name].rows()]
        held = [
            [value.date() if isinstance(value, datetime.datetime) else value for value in row] for row in book[name][1:]
        ]
        assert (name, held) == (name, expected)
        frame, _, values = stata(done.folder / f"stata/{name}.dta")
        for column in data[name]:
            cells = [None if pd.isna(value) or value == "" else value for value in frame[column.name]]
            if labels := values.get(column.name):
                cells = [None if value is None else labels[value] for value in cells]
            told = {True: "true", False: "false"}
            wanted = [told[value] if isinstance(value, bool) else value for value in column.to_list()]
            cells = [value.date() if isinstance(value, datetime.datetime) else value for value in cells]
            assert (name, column.name, cells) == (name, column.name, wanted)
    assert json.loads((done.folder / "exports.json").read_text("utf-8"))["formats"][0]["libraries"].keys() == {"pandas"}
