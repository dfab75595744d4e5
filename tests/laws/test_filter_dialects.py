"""Comments, and spaces behind delimiters: the filter reads tables that have none, whatever the dialect allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventpack import large as large_tables
from eventpack.opening import open_package
from eventpack.passing import large_of
from eventpack.structure.beside import read_beside
from tests.effort import examples
from tests.laws.test_filter import findings

CELLS = st.sampled_from(
    ["a", "", " ", " a", "a ", "#", "#a", "a#", " #", "a, b", "a\n b", "a\n#b", "2", "aaaaaaaaaaaaaaa", "é"]
)
WRITTEN = st.tuples(CELLS, st.sampled_from(["plain", "quoted", "spaced"]))


def written(cell: str, how: str, delimiter: str) -> str:
    """A cell as text: quoted where it must be, or anyway, or behind a space."""
    quoted = f'"{cell}"' if how == "quoted" or "\n" in cell or delimiter in cell else cell
    return " " + quoted if how == "spaced" else quoted


def write(folder: Path, data: bytes, dialect: dict[str, Any]) -> Path:
    """A package of one table."""
    fields = [{"name": "id", "constraints": {"unique": True}}, {"name": "x", "type": "integer"}]
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": fields}, "dialect": dialect}
    folder.mkdir(exist_ok=True)
    (folder / "t.csv").write_bytes(data)
    (folder / "datapackage.json").write_text(json.dumps({"name": "law", "resources": [resource]}), "utf-8")
    return folder


DIALECTS = st.fixed_dictionaries(
    {"delimiter": st.sampled_from([",", ";", " "])},
    optional={
        "commentChar": st.sampled_from(["#", "a", '"', " ", "é", ","]),
        "skipInitialSpace": st.booleans(),
        "header": st.booleans(),
    },
)


@settings(max_examples=examples(200))
@given(
    rows=st.lists(st.tuples(WRITTEN, WRITTEN), max_size=5),
    dialect=DIALECTS,
    newline=st.sampled_from(["\n", "\r\n"]),
    marked=st.booleans(),
)
@example(
    rows=[(("a", "quoted"), ("a", "plain"))],
    dialect={"delimiter": ",", "commentChar": '"', "header": False},
    newline="\n",
    marked=False,
)
def test_comments_and_spaces_have_the_same_findings(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[tuple[str, str], ...]],
    dialect: dict[str, Any],
    newline: str,
    marked: bool,
) -> None:
    """Wherever they stand: in a row of their own, in quotes, behind line breaks in quotes."""
    delimiter = dialect["delimiter"]
    lines = [delimiter.join(written(*cell, delimiter) for cell in row) for row in rows]
    header = [f"id{delimiter}x"] if dialect.get("header", True) else []
    text = ("\ufeff" if marked else "") + newline.join([*header, *lines, ""])
    folder = write(tmp_path_factory.mktemp("law") / "p", text.encode(), dialect)
    monkeypatch = pytest.MonkeyPatch()
    assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (b'id,x\nA,1\n"B, b\n #",2\nC#,3\n', True),
        (b"id,x\nA, 1\n", False),
        (b"id,x\n A,1\n", False),
        (b"id,x\n#A,1\n", False),
        (b'id,x\n"#A",1\n', False),
        (b'id,x\n"A\n#",1\n', True),
    ],
)
def test_only_what_has_a_meaning_is_left_to_the_kernel(
    text: bytes, sound: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signs inside of cells have none."""
    folder = write(tmp_path / "p", text, {"commentChar": "#", "skipInitialSpace": True})
    with monkeypatch.context() as patch:
        patch.setattr(large_tables, "_SMALL", 0)
        patch.setattr(large_tables, "_LARGE", 0)
        large = large_of(open_package(folder))
    with read_beside(list(large.values())) as structures:
        assert structures.of(large["t"]).sound == sound
