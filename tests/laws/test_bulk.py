"""A large table read column by column is what it is cell by cell, or is left to be read so."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack import large as large_tables
from eventpack.errors import EventpackError
from eventpack.loading.bulk import bulk_frame
from eventpack.loading.tables import Tables
from eventpack.opening import open_package
from tests.effort import examples
from tests.laws.test_filter import CELL, FIELDS, FORMS, KEY, Form, csv_text, row, write
from tests.typedpack import Typed, fields, leading, write_typed


def both(folder: Path, name: str) -> tuple[pl.DataFrame | None, pl.DataFrame | str]:
    """A table read in both ways; the error of the second, when it has one."""
    package = open_package(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large_tables, "_LARGE", 1 << 40)
        tables = Tables(package)
        codes = {
            field.name: codes
            for field in tables.schema(name).fields
            if (codes := tables.codes(name, field)) is not None
        }
        try:
            slow: pl.DataFrame | str = tables.frame(name)
        except EventpackError as error:
            slow = error.what
        patch.setattr(large_tables, "_LARGE", 0)
        patch.setattr(large_tables, "_SMALL", 0)
        return bulk_frame(package, name, codes), slow


@settings(max_examples=examples(70))
@given(st.lists(row(), max_size=5), FORMS, st.sampled_from([None, ["", "N/A"], ["", "007"]]))
def test_columns_are_what_cells_are(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], form: Form, missing: list[str] | None
) -> None:
    """Random cells under every type, in many dialects: the same frame, or none."""
    data = csv_text(list(FIELDS), rows, form).encode("utf-8", "replace")
    folder = write(tmp_path_factory.mktemp("law") / "p", {"things": data, "parts": b"part,thing\n"}, form, missing)
    agree(*both(folder, "things"))


OURS = fields(id="string", count="integer", share="number", open="boolean", day="date", founded="year")


@settings(max_examples=examples(70))
@given(st.lists(st.tuples(KEY, *[CELL] * 5).map(list), max_size=5))
def test_columns_of_our_profile_are_what_cells_are(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    """Where only canonical texts are values."""
    folder, text = tmp_path_factory.mktemp("law"), csv_text([field["name"] for field in OURS["fields"]], rows)
    write_typed(folder, {"things": (OURS, "")}, **{"eventpack:profile": "0.1"})
    (folder / "things.csv").write_bytes(text.encode("utf-8", "replace"))
    agree(*both(folder, "things"))


def agree(quick: pl.DataFrame | None, slow: pl.DataFrame | str) -> None:
    """What was read by columns is what was read by cells."""
    if quick is not None:
        assert isinstance(slow, pl.DataFrame), slow
        assert quick.schema == slow.schema
        assert quick.equals(slow)


EACH = fields(
    id="string", page={"type": "string", "format": "uri"}, level={"constraints": {"enum": ["low", "high"]}},
    count="integer", share="number", open="boolean", day="date", founded="year", month="yearmonth", at="datetime",
    kind="string", tags={"type": "list", "delimiter": ";"},
)  # fmt: skip
KINDS = (fields(code="string", label="string"), "code,label\na,A\nb,B\n")
GOOD = 'a,https://a.b/c,high,-12,0.5,true,2024-02-29,0001,2024-02,2024-02-03T10:00:00Z,b,x;y\n"b ""c""",,,,,,,,,,,\n'


def write_each(folder: Path, rows: str) -> Path:
    """A package with a table of every type."""
    tables: Typed = {"each": (leading(EACH, kind="kinds.code"), f"{','.join(EACH_NAMES)}\n{rows}"), "kinds": KINDS}
    return write_typed(folder, tables)


EACH_NAMES = [field["name"] for field in EACH["fields"]]


def test_every_type_is_read_by_columns(tmp_path: Path) -> None:
    """None of them falls back to cells, which would be right, and slow."""
    quick, slow = both(write_each(tmp_path, GOOD), "each")
    assert quick is not None and isinstance(slow, pl.DataFrame)
    assert quick.schema == slow.schema
    assert quick.equals(slow)


@pytest.mark.parametrize(
    "row",
    [
        "b,no address,,,,,,,,,,", "b,,other,,,,,,,,,", "b,,,9223372036854775808,,,,,,,,", f"b,,,,{'9' * 400},,,,,,,",
        "b,,,,,yes,,,,,,", "b,,,,,,2023-02-29,,,,,", "b,,,,,,,,,,z,", "b,,,,,,,,,", "b,,,,,,,,,,,,",
    ],
)  # fmt: skip
def test_what_is_wrong_is_left_to_be_told(tmp_path: Path, row: str) -> None:
    """A cell that does not fit, a row that is too short or too long."""
    quick, slow = both(write_each(tmp_path, f"{GOOD}{row}\n"), "each")
    assert quick is None
    assert isinstance(slow, str)
