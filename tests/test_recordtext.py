"""The canonical form of a record file: stable, true to the data, and careful with comments."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.errors import TextError
from eventpack.nesting import Shape
from eventpack.records import read_record
from eventpack.recordtext import Form, format_record, set_cells
from eventpack.values import TYPES
from eventpack.yamltext import folded, scalar
from tests.effort import examples

DATE, NUMBER, STRING = TYPES["date", "default"], TYPES["number", "default"], TYPES["string", "default"]
SHAPE = Shape(
    "things",
    "thing_id",
    {"things": ("thing_id", "title", "day", "note"), "parts": ("part_id", "thing_id", "size", "say")},
    {"things": ("thing_id",), "parts": ("part_id",)},
    {"parts": "thing_id"},
)
FORM = Form(SHAPE, {"things": {"title": STRING, "day": DATE}, "parts": {"size": NUMBER, "say": STRING}})


def canonical(text: str) -> str:
    """The canonical form of a text."""
    return format_record(text, "x.yaml", FORM)


def cells(text: str) -> dict[str, object]:
    """What a record file says: its filled cells, rows by key."""
    record = read_record(text, "x.yaml")
    said: dict[str, object] = {name: text for name, text in record.row.items() if text}
    for table, rows in record.children.items():
        if rows:
            found = [{name: text for name, text in row.items() if text} for row in rows]
            said[table] = sorted(found, key=lambda row: row.get("part_id", "")) if table == "parts" else found
    return said


def check_laws(text: str) -> None:
    """Formatting is stable, keeps the cells, and keeps every comment."""
    once = canonical(text)
    assert canonical(once) == once
    assert cells(once) == cells(text)
    comments = re.findall(r"#c\d+", text)
    assert sorted(re.findall(r"#c\d+", once)) == sorted(comments)


def test_fields_and_rows_are_put_in_order() -> None:
    """Schema order for fields, descriptor order for lists, key order for rows; unknown fields last; empty ones go."""
    text = "extra: 1\nparts:\n- {say: hi, part_id: b}\n- part_id: a\n  size: 2\nday: '2026-03-01'\nnote:\nthing_id: T\n"
    expected = (
        'thing_id: T\nday: 2026-03-01\nparts:\n  - part_id: a\n    size: 2\n  - part_id: b\n    say: hi\nextra: "1"\n'
    )
    assert expected == canonical(text)


def test_comments_stay_where_they_belong() -> None:
    """Above their field, beside their value, with their row, at the top and at the end of the file."""
    text = """\
# about the file

# about the id
thing_id: T   # beside
parts:  # the list
  # about b
  - part_id: b
    # about say
    say: 'x'    # beside say
    # end of b
  - # about a
    part_id: a
  # end of the list
# about title
title:
# the end
"""
    expected = """\
# about the file

# about the id
thing_id: T  # beside
# about title
title:
parts:  # the list
  # about a
  - part_id: a
  # about b
  - part_id: b
    # about say
    say: x  # beside say
    # end of b
  # end of the list
# the end
"""
    assert expected == canonical(text)
    assert expected == canonical(expected)


def test_a_comment_beside_a_folded_text_stays_on_its_first_line() -> None:
    """`>-  # why` is where a comment beside a block can stand."""
    text = f"note: >-   # why\n  {'word ' * 30}end\nthing_id: T\n"
    assert canonical(text).splitlines()[1] == "note: >-  # why"
    check_laws(text)


def test_text_that_yaml_would_take_for_something_else_is_quoted() -> None:
    """String fields keep `no`, `0.1`, `1:30`, dates and the like in quotes; typed fields stay plain."""
    for text in ["no", "y", "Null", "~", "0.1", "007", "1e3", "0x1F", "1:30", "2026-03-01", ".inf", "1_000", "<<", "="]:
        assert scalar(text, STRING) == f'"{text}"'
    assert scalar("2026-03-01", DATE) == "2026-03-01"
    assert scalar("-0.5", NUMBER) == "-0.5"
    assert scalar("1e3", NUMBER) == '"1e3"'
    for text in ["coder-1", "the US: no", "a #b", "- a", "tab\there", "two\nlines", " x"]:
        assert yaml.load(f"k: {scalar(text)}", yaml.BaseLoader) == {"k": text}
    assert scalar("a: b") == '"a: b"'
    assert scalar("it's fine, a:b") == "it's fine, a:b"


def test_long_text_is_folded_at_96_columns() -> None:
    """Lines of a folded text end by column 96; text that folding would change is quoted on one line."""
    lines = canonical(f"thing_id: T\nnote: {'abcd ' * 40}x\n").splitlines()
    assert lines[1] == "note: >-"
    assert all(len(line) <= 96 for line in lines)
    assert folded("two  spaces " + "x" * 100, 2) == []
    assert canonical('note: "a\\nb ' + "x " * 60 + 'y"\n').startswith('note: "a\\nb')


def test_an_unreadable_file_is_refused() -> None:
    """No text comes back for a file that is not a record."""
    with pytest.raises(TextError) as caught:
        canonical("a: 1\na: 2\n")
    assert caught.value.code == "record/duplicate-key"


def test_cells_are_set_and_comments_survive() -> None:
    """A cell of a row, found by its key, is set or removed; the rest of the file keeps its comments."""
    text = "thing_id: T  # id\nparts:\n  - part_id: a\n    size: 1  # one\n  - part_id: b\n    say: hi\n"
    changed = set_cells(text, "x", FORM, {"say": "", "size": "2"}, "parts", {"part_id": "b"})
    expected = "thing_id: T  # id\nparts:\n  - part_id: a\n    size: 1  # one\n  - part_id: b\n    size: 2\n"
    assert expected == changed
    assert "title: new\n" in set_cells(text, "x", FORM, {"title": "new"})
    with pytest.raises(KeyError):
        set_cells(text, "x", FORM, {"say": "x"}, "parts", {"part_id": "z"})


def test_a_record_is_written_from_plain_data() -> None:
    """Plain data gives the canonical text, which gives the data back."""
    data = {"parts": [{"say": "no", "part_id": "b"}, {"part_id": "a"}], "thing_id": "T"}
    text = canonical(yaml.safe_dump(data, default_style='"'))
    assert text == 'thing_id: T\nparts:\n  - part_id: a\n  - part_id: b\n    say: "no"\n'
    assert canonical(text) == text


PRINTABLE = st.characters(codec="utf-8", exclude_categories=["Cs"])
TEXTS = st.text(PRINTABLE, max_size=40) | st.sampled_from(
    ["no", "# x", "- a", "a: b", "é  é", "x" * 200, "ab cd " * 40]
)


@given(TEXTS.filter(bool))
@settings(max_examples=examples(400), deadline=None)
def test_every_text_comes_back(text: str) -> None:
    """Law: any text, written as a scalar or folded, is read back as it was, by either loader of PyYAML."""
    for loader in (yaml.BaseLoader, yaml.CBaseLoader):
        assert yaml.load(f"k: {scalar(text)}\nl: z\n", loader) == {"k": text, "l": "z"}
        assert yaml.load(f"? {scalar(text)}\n", loader) == {text: ""}
        if block := folded(text, 2):
            assert yaml.load("\n".join(["k: >-", *block, "l: z"]), loader) == {"k": text, "l": "z"}
    assert yaml.safe_load(f"k: {scalar(text)}") == {"k": text}


ROW = st.dictionaries(st.sampled_from(["part_id", "size", "say", "odd"]), TEXTS, max_size=4)
DATA = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("thing_id", "title", "day", "other", "no"), TEXTS)
    | {"parts": st.lists(ROW, max_size=3), "strange": st.lists(ROW, max_size=2)},
)


@given(DATA)
@settings(deadline=None)
def test_plain_data_survives(data: dict[str, object]) -> None:
    """Law: data → text → data is the identity, up to missing cells, and the text is canonical."""
    text = canonical(yaml.safe_dump(data, default_style='"'))
    loaded = yaml.load(text, yaml.BaseLoader)
    assert canonical(text) == text
    for name, value in data.items():
        if isinstance(value, str):
            assert loaded.get(name, "") == value
    check_laws(text)


@st.composite
def commented(draw: st.DrawFn) -> str:
    """Record text as a careless hand writes it: any style, any order, comments everywhere."""
    counter = iter(range(10_000))

    def comment(indent: int) -> list[str]:
        lines = [" " * draw(st.integers(0, 6)) + f"#c{next(counter)} é" for _ in range(draw(st.integers(0, 2)))]
        return [*lines, *([""] if draw(st.booleans()) else [])]

    def beside() -> str:
        return f"   #c{next(counter)}" if draw(st.booleans()) else ""

    def field(name: str, indent: int) -> list[str]:
        margin, style = " " * indent, draw(st.integers(0, 6))
        text = draw(st.sampled_from(["x", "no", "it is", "12", "a é b " * 20 + "c"]))
        if style == 0:
            return [f"{margin}{name}: '{text}'{beside()}"]
        if style == 1:
            return [f"{margin}{name}: >-{beside()}", f"{margin}  {text}", f"{margin}  #not a comment"]
        if style == 2:
            return [f"{margin}{name}: |{beside()}", f"{margin}  {text}", "", f"{margin}  more", ""]
        if style == 3:
            return [f"{margin}{name}:{beside()}", *comment(0), f"{margin}  {text}{beside()}"]
        if style == 4:
            return [f"{margin}{name}:{beside()}"]
        if style == 5:
            return [f'{margin}{name}: "{text}', f'{margin}   #in text"{beside()}']
        return [f"{margin}{name}: {text}{beside()}"]

    def rows(name: str) -> list[str]:
        dash = " " * draw(st.sampled_from([0, 2, 4]))
        if draw(st.integers(0, 4)) == 0:
            inner = [
                f"  {{part_id: a,{beside()}",
                f"   say: b}},{beside()}",
                *comment(0),
                f"  {{}}{beside()}",
                f" ]{beside()}",
            ]
            return [f"{name}: [{beside()}", *comment(0), *inner]
        lines = [f"{name}:{beside()}", *comment(2)]
        for _ in range(draw(st.integers(1, 3))):
            names = draw(st.permutations(["part_id", "size", "say"]))[: draw(st.integers(0, 3))]
            body = [line for n in names for line in (*comment(4), *field(n, len(dash) + 2))]
            lines += [f"{dash}-{beside()}", *body] if names else [f"{dash}- {{}}{beside()}"]
            lines += comment(4)
        return lines

    names = draw(st.permutations(["thing_id", "title", "day", "parts", "strange", "odd"]))[: draw(st.integers(1, 6))]
    lines = comment(0) + (["---"] if draw(st.booleans()) else [])
    for name in names:
        lines += comment(0) + (rows(name) if name in ("parts", "strange") else field(name, 0))
    lines += comment(0)
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + "\n"


@given(commented())
@settings(max_examples=examples(600), deadline=None)
def test_formatting_keeps_cells_and_comments(text: str) -> None:
    """Laws: formatting twice is formatting once; the cells stay the same; every comment survives."""
    check_laws(text)


@given(st.text(alphabet="ab:#- \n'\"[]{}|>,é?", max_size=40))
@settings(max_examples=examples(600), deadline=None)
def test_no_readable_text_breaks_the_laws(text: str) -> None:
    """Laws on noise: whatever can be read is formatted, stably and truly."""
    try:
        read_record(text, "x.yaml")
    except TextError:
        return
    check_laws(text)
