"""`eventpack.load`: a dataset whose tables are frames, typed by the schema."""

from __future__ import annotations

import csv
import datetime
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import eventpack
from eventpack.archive import write_archive
from tests.smallpack import write_small_package
from tests.tablepack import write_tables
from tests.typedpack import Typed, fields, leading, write_typed

ROOT = Path(__file__).parents[1]
LEVELS = {"type": "string", "constraints": {"enum": ["low", "middle", "high"]}}
ALL_TYPES = fields(
    id="string", page={"type": "string", "format": "uri"}, level=LEVELS, count="integer", share="number",
    open="boolean", day="date", founded="year",
)  # fmt: skip
ROWS = """\
id,page,level,count,share,open,day,founded
a,https://example.org/a,high,12,0.5,true,2026-03-01,1921
b,,low,-3,36.25,false,0001-01-01,0001
c,"",,,,,,
"""
MILLS: Typed = {
    "sorts": (
        leading(fields(code="string", above="string", label="string"), above=".code"),
        "code,above,label\ngrain,,Grain\nrye,grain,Rye\nwheat,grain,Wheat\n",
    ),
    "mills": (
        leading(fields(mill_id="string", sort="string", next="string"), sort="sorts.code", next=".mill_id"),
        "mill_id,sort,next\nm1,rye,m2\nm2,,\nm3,grain,m1\n",
    ),
}


def refusal(action: Callable[[], object]) -> tuple[str, str]:
    """What an action that must fail says, and how to mend it."""
    with pytest.raises(eventpack.EventpackError) as caught:
        action()
    return caught.value.what, caught.value.fix


def test_every_type_of_the_schema_has_its_polars_type(tmp_path: Path) -> None:
    """Text, address, enum in the schema's order, integer, number, boolean, date and year."""
    frame = eventpack.load(write_typed(tmp_path, {"all": (ALL_TYPES, ROWS)}))["all"]
    assert dict(frame.schema) == {
        "id": pl.String, "page": pl.String, "level": pl.Enum(["low", "middle", "high"]), "count": pl.Int64,
        "share": pl.Float64, "open": pl.Boolean, "day": pl.Date, "founded": pl.Int16,
    }  # fmt: skip


def test_values_are_those_of_the_text_and_empty_cells_are_missing(tmp_path: Path) -> None:
    """A quoted empty cell is missing like a bare one; the earliest day and year are kept."""
    frame = eventpack.load(write_typed(tmp_path, {"all": (ALL_TYPES, ROWS)}))["all"]
    assert frame.rows() == [
        ("a", "https://example.org/a", "high", 12, 0.5, True, datetime.date(2026, 3, 1), 1921),
        ("b", None, "low", -3, 36.25, False, datetime.date(1, 1, 1), 1),
        ("c", None, None, None, None, None, None, None),
    ]


def test_enums_sort_in_the_order_of_the_schema(tmp_path: Path) -> None:
    """`low` comes before `high`, which the alphabet would not do."""
    frame = eventpack.load(write_typed(tmp_path, {"all": (ALL_TYPES, ROWS)}))["all"]
    assert frame.sort("level", nulls_last=True)["id"].to_list() == ["b", "a", "c"]


def test_keys_into_a_vocabulary_are_enums_of_its_codes(tmp_path: Path) -> None:
    """The vocabulary's own key and its broader codes have the same type, so that they join; other keys are text."""
    data = eventpack.load(write_typed(tmp_path, MILLS))
    codes = pl.Enum(["grain", "rye", "wheat"])
    assert (data.sorts.schema["code"], data.sorts.schema["above"], data.mills.schema["sort"]) == (codes, codes, codes)
    assert data.mills.schema["next"] == pl.String
    joined = data.mills.join(data.sorts, left_on="sort", right_on="code").sort("mill_id")
    assert joined.select("mill_id", "label").rows() == [("m1", "Rye"), ("m3", "Grain")]


def test_an_empty_vocabulary_has_no_codes(tmp_path: Path) -> None:
    """A table whose vocabulary is header-only can be read while its key is missing everywhere."""
    tables = {
        **MILLS,
        "sorts": (MILLS["sorts"][0], "code,above,label\n"),
        "mills": (MILLS["mills"][0], "mill_id,sort,next\nm1,,\n"),
    }
    assert eventpack.load(write_typed(tmp_path, tables)).mills.rows() == [("m1", None, None)]


HUGE = "9" * 400
BAD_CELLS = {
    ("level", "hihg"): "`hihg` is not a code of `level`; did you mean `high`?",
    ("count", "7 t"): "`7 t` does not fit: `count` must be a whole number like 12 or -3, without spaces, "
    "+ or leading zeros",
    ("count", "9223372036854775808"): "`9223372036854775808` does not fit: it is too large for a column of 64 bits",
    ("share", "half"): "`half` does not fit: `share` must be a decimal number like 12, -0.5 or 36.25, without spaces, "
    "exponent or leading zeros",
    ("share", HUGE): f"`{HUGE[:59]}…` does not fit: it is too large for a column of 64 bits",
    ("open", "yes"): "`yes` does not fit: `open` must be true or false",
    ("day", "2026-02-30"): "`2026-02-30` does not fit: `day` must be a day that the calendar has, like 2026-03-01",
    ("founded", "26"): "`26` does not fit: `founded` must be a year of four digits, like 2026",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "says"), BAD_CELLS.items(), ids=lambda value: str(value)[:30])
def test_a_cell_that_does_not_fit_is_refused_at_its_place(tmp_path: Path, cell: tuple[str, str], says: str) -> None:
    """Table, file, line and column are named, and `validate` is the next thing to do; nothing becomes missing."""
    field, text = cell
    names = [one["name"] for one in ALL_TYPES["fields"]]
    row = ["d", *("" for _ in names[1:])]
    row[names.index(field)] = text
    folder = write_typed(tmp_path / "p", {"all": (ALL_TYPES, f"{ROWS}{','.join(row)}\n")})
    what, fix = refusal(lambda: eventpack.load(folder)["all"])
    column = names.index(field) + (2 if names.index(field) else 1)
    assert what == f"the table `all` cannot be read: {folder.as_posix()}/all.csv:5:{column}: {says}"
    assert fix == f"run `eventpack validate {folder.as_posix()}`"


def test_loose_forms_and_missing_values_are_read_as_the_check_reads_them(tmp_path: Path) -> None:
    """In packages that do not follow our profile; what frames have no type for stays text."""
    schema = fields(id="string", n="integer", x={"type": "number", "decimalChar": ","}, day={"format": "%d.%m.%Y"})
    schema["fields"][3]["type"] = "date"
    schema["fields"] += [{"name": "stay", "type": "duration"}, {"name": "b", "type": "boolean", "trueValues": ["ja"]}]
    schema["missingValues"] = ["", "NA"]
    rows = 'id,n,x,day,stay,b\na, 007,"1,5",02.01.2024,P1D,ja\nNA,NA,NA,,NA,false\n'
    frame = eventpack.load(write_typed(tmp_path, {"t": (schema, rows)})).t
    day = datetime.date(2024, 1, 2)
    assert frame.rows() == [("a", 7, 1.5, day, "P1D", True), (None, None, None, None, None, False)]


def test_a_key_that_is_no_code_of_its_vocabulary_is_refused(tmp_path: Path) -> None:
    """It cannot stand in the enum, and must not vanish."""
    tables = {**MILLS, "mills": (MILLS["mills"][0], "mill_id,sort,next\nm1,barley,\nm2,ry,\n")}
    what, _ = refusal(lambda: eventpack.load(write_typed(tmp_path, tables)).mills)
    assert what.endswith("mills.csv:2:4: `barley` is not a code of `sort`")


FILES = {
    "id,n\na,1,2\n": "t.csv:2:1: the row has 3 cells, the header 2",
    'id,n\n"a,1\n': "t.csv:2:1: a quoted cell is not closed",
    "id,m\na,1\n": "t.csv:1:1: the column `n` is missing",
    "": "t.csv:1:1: the file is empty; a table needs at least its header",
}


@pytest.mark.parametrize(("text", "says"), FILES.items())
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """Structure is judged before values, by the rules of `validate`."""
    folder = write_typed(tmp_path, {"t": (fields(id="string", n="integer"), text)})
    assert refusal(lambda: eventpack.load(folder).t)[0] == f"the table `t` cannot be read: {folder.as_posix()}/{says}"


def test_a_missing_file_is_refused_when_its_table_is_asked_for(tmp_path: Path) -> None:
    """The other tables can be read; a built file sends to `build`."""
    folder = write_small_package(tmp_path)
    (folder / "data/claims.csv").unlink()
    data = eventpack.load(folder)
    assert data.sources.height == 1
    what, fix = refusal(lambda: data.claims)
    assert what == f"the table `claims` cannot be read: {folder.as_posix()}/data/claims.csv: there is no such file"
    assert fix == "run `eventpack build`"


def test_a_table_with_an_unusable_schema_is_refused_and_the_others_are_not(tmp_path: Path) -> None:
    """A format that nothing here can read is not ignored."""
    strange = fields(id={"type": "string", "format": "wkt"})
    data = eventpack.load(
        write_typed(tmp_path, {"good": (fields(id="string"), "id\na\n"), "odd": (strange, "id\nNA\n")})
    )
    assert data.good.rows() == [("a",)]
    what, fix = refusal(lambda: data.odd)
    assert (what, data.tables) == ("the table `odd` of typed cannot be read as it is described", ("good",))
    assert fix == f"run `eventpack validate {tmp_path.as_posix()}`"


def test_what_would_be_misread_is_not_loaded(tmp_path: Path) -> None:
    """A property that changes what cells mean, and that the tool does not know, stops the loading."""
    folder = write_typed(tmp_path, {"t": (fields(id="string", n={"type": "number", "arrayItem": {}}), "id,n\n")})
    what, fix = refusal(lambda: eventpack.load(folder))
    assert what.startswith(f"cannot load {folder}: datapackage.json:")
    assert "`arrayItem` is not supported and would change what is read" in what
    assert fix == f"run `eventpack validate {folder}`"


def test_an_unknown_table_is_a_helpful_error(tmp_path: Path) -> None:
    """As attribute, item and schema; `hasattr`, `in` and `get` work as for other objects."""
    data = eventpack.load(write_typed(tmp_path, MILLS))
    expected = ("typed has no table `mils`; did you mean `mills`?", "one of: sorts, mills")
    for ask in (lambda: data.mils, lambda: data["mils"], lambda: data.schema["mils"], lambda: data.to_pandas("mils")):
        assert refusal(ask) == expected
    assert (hasattr(data, "mils"), hasattr(data, "mills"), "mills" in data, data.schema.get("mils")) == (
        False, True, True, None,
    )  # fmt: skip
    with pytest.raises(AttributeError, match="_repr_png_"):
        _ = data._repr_png_


def test_the_error_shows_its_remedy_in_a_traceback(tmp_path: Path) -> None:
    """Who works in Python sees what `fix` says, and the text of the error stays one line."""
    with pytest.raises(eventpack.EventpackError) as caught:
        _ = eventpack.load(write_typed(tmp_path, MILLS)).mils
    assert str(caught.value) == "typed has no table `mils`; did you mean `mills`?"
    assert caught.value.__notes__ == ["fix: one of: sorts, mills"]


def test_tables_are_listed_for_completion(tmp_path: Path) -> None:
    """In `dir`, for keys, when iterated; a table with the name of something else is an item."""
    data = eventpack.load(write_tables(tmp_path, {"name": "id\na\n", "two-words": "id\nb\n"}))
    assert (data.name, data["name"].rows(), list(data), len(data)) == ("tables", [("a",)], ["name", "two-words"], 2)
    assert data._ipython_key_completions_() == ["name", "two-words"]
    assert ("cite" in dir(data), "two-words" in dir(data)) == (True, False)
    assert "mills" in dir(eventpack.load(write_typed(tmp_path / "mills", MILLS)))


def test_a_zip_is_read_like_its_folder_and_not_unpacked(tmp_path: Path) -> None:
    """The same frames, and no new file beside the archive."""
    folder = write_typed(tmp_path / "typed", {**MILLS, "all": (ALL_TYPES, ROWS)})
    write_archive(folder, tmp_path / "typed.zip")
    before = sorted(tmp_path.rglob("*"))
    packed, plain = eventpack.load(tmp_path / "typed.zip"), eventpack.load(str(folder))
    assert packed.tables == plain.tables == ("sorts", "mills", "all")
    assert all(packed[name].equals(plain[name]) for name in plain.tables)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_descriptor_of_another_name_can_be_loaded(tmp_path: Path) -> None:
    """The file is named, and so is it in errors."""
    folder = write_typed(tmp_path, {"t": (fields(id="integer"), "id\nx\n")})
    (folder / "datapackage.json").rename(folder / "other.json")
    assert refusal(lambda: eventpack.load(folder / "other.json").t)[1] == (
        f"run `eventpack validate {folder.as_posix()}/other.json`"
    )


def test_paths_that_are_no_dataset_are_refused(tmp_path: Path) -> None:
    """A record, a folder without descriptor, nothing at all, and a descriptor that is no JSON."""
    folder = write_small_package(tmp_path / "small")
    record = folder / "data/records/events/EV-aaaa01.yaml"
    assert refusal(lambda: eventpack.load(record))[0] == f"{record} is a record, not a dataset"
    assert refusal(lambda: eventpack.load(folder / "data"))[0] == f"no datapackage.json in {folder / 'data'}"
    assert refusal(lambda: eventpack.load(folder / "dada"))[0] == f"there is no {folder / 'dada'}; did you mean `data`?"
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert refusal(lambda: eventpack.load(folder))[1] == f"run `eventpack validate {folder}`"


def test_a_frame_is_a_polars_frame_and_what_is_done_to_it_stays_outside(tmp_path: Path) -> None:
    """Results of polars are plain frames; a change in place does not reach the dataset; pickled it is a plain frame."""
    data = eventpack.load(write_typed(tmp_path, MILLS))
    frame = data.mills
    assert isinstance(frame, pl.DataFrame)
    results: list[Any] = [frame.filter(mill_id="m1"), frame.head(1), frame.clone(), frame.lazy().collect(), frame[:1]]
    assert {type(result) for result in results} == {pl.DataFrame}
    frame.extend(frame.clone())
    frame.insert_column(0, pl.Series("new", range(6)))
    assert (frame.shape, data.mills.shape) == ((6, 4), (3, 3))
    copied = pickle.loads(pickle.dumps(data.mills))
    assert (type(copied), copied.equals(data.mills), copied.schema == data.mills.schema) == (pl.DataFrame, True, True)


def test_a_dataset_can_be_sent_to_another_process(tmp_path: Path) -> None:
    """Before and after its tables were read."""
    data = eventpack.load(write_typed(tmp_path, MILLS))
    for _ in range(2):
        assert pickle.loads(pickle.dumps(data)).mills.equals(data.mills)


def test_tables_are_read_once_and_only_when_asked_for(tmp_path: Path) -> None:
    """What was read stays when the file changes; what was not is read as it is then."""
    folder = write_typed(tmp_path, {name: (fields(id="string"), "id\na\nb\n") for name in ("first", "second")})
    data = eventpack.load(folder)
    assert (data.first.height, data._tables.size("first")) == (2, 2)
    for name in data.tables:
        (folder / f"{name}.csv").write_text("id\nc\n", encoding="utf-8")
    assert (data.first.height, data.second.height) == (2, 1)


def test_the_dataset_tells_what_it_is(tmp_path: Path) -> None:
    """Name, version, schemas and the opened package."""
    data = eventpack.load(write_typed(tmp_path, {"all": (ALL_TYPES, ROWS)}))
    assert (data.name, data.version, data.tables) == ("typed", "1.2.0", ("all",))
    assert data.schema["all"].field("level").constraints.enum == ["low", "middle", "high"]
    assert data.package.descriptor.name == "typed"


def test_the_overview_shows_tables_with_rows_and_titles(tmp_path: Path) -> None:
    """As text and as HTML, where markup of the data is harmless; one table that cannot be read hides no other."""
    tables = {"sorts": MILLS["sorts"], "bad": (fields(id="string"), "")}
    data = eventpack.load(write_typed(tmp_path, tables, title="Mills & <b>more</b>"))
    assert repr(data) == "typed 1.2.0: Mills & <b>more</b>\n  sorts  3\n  bad    ?"
    html = data._repr_html_()
    assert "<strong>typed 1.2.0: Mills &amp; &lt;b&gt;more&lt;/b&gt;</strong>" in html
    assert '<td><code>sorts</code></td><td style="text-align:right">3</td>' in html


CITED = {
    "Ann Bee, The mill (2026). Mills. Version 1.2.0. Dataset.": {
        "title": "Mills", "created": "2026-03-01T12:00:00Z",
        "contributors": [{"givenName": "Ann", "familyName": "Bee"}, {"title": "The mill"}],
    },
    "Mills. Version 1.2.0. Dataset.": {"title": "Mills"},
    "typed. Version 1.2.0. Dataset.": {},
    "typed. Dataset.": {"version": ""},
}  # fmt: skip


@pytest.mark.parametrize(("expected", "properties"), CITED.items())
def test_a_dataset_can_be_cited(tmp_path: Path, expected: str, properties: dict[str, object]) -> None:
    """Who, when, what, which version, as far as the descriptor tells."""
    assert eventpack.load(write_typed(tmp_path, MILLS, **properties)).cite() == expected


def test_the_citation_is_that_of_the_packaged_readme(tmp_path: Path) -> None:
    """One sentence, written by one function."""
    source = write_small_package(tmp_path / "small")
    eventpack.build(source)
    folder = eventpack.package(source, out=tmp_path / "dist").folder
    assert f"> {eventpack.load(folder).cite()}\n" in (folder / "README.md").read_text("utf-8")


def test_looking_at_a_dataset_imports_no_heavy_library(tmp_path: Path) -> None:
    """Schemas, citation and overview need no polars, and a table nothing beside polars."""
    folder = write_typed(tmp_path, MILLS)
    program = f"""
import json, sys, eventpack
heavy = ("polars", "pandas", "duckdb", "frictionless", "requests", "pyarrow", "numpy")
data = eventpack.load({str(folder)!r})
data.schema["mills"], data.cite(), repr(data), dir(data)
before = [name for name in heavy if name in sys.modules]
data.mills(sort="grain")
print(json.dumps([before, [name for name in heavy if name in sys.modules]]))
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(result.stdout) == [[], ["polars"]]


def test_every_cell_of_the_dataset_is_loaded_as_its_text_says() -> None:
    """All tables of this repository, read with the csv module of Python and compared cell by cell."""
    data = eventpack.load(ROOT)
    assert len(data.tables) == 20
    for name in data.tables:
        with (ROOT / data.package.resource(name).path).open(encoding="utf-8", newline="") as file:
            texts = list(csv.DictReader(file))
        frame = data[name]
        assert frame.height == len(texts)
        for field in data.schema[name].fields:
            expected = [_value(field.type, row[field.name]) for row in texts]
            assert (name, field.name, frame[field.name].to_list()) == (name, field.name, expected)


def _value(kind: str, text: str) -> object:
    kinds: dict[str, Callable[[str], object]] = {
        "integer": int, "number": float, "date": datetime.date.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
    }  # fmt: skip
    return kinds.get(kind, str)(text) if text else None
