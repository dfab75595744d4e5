"""What nobody sees, and what nobody can tell apart: in ids, names, codes and keys, and in free text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.characters import difference, invisible, is_composed, plain_form, plain_forms, seen_form
from eventpack.finding import Finding
from eventpack.validation import validate
from tests.casepack import copy_base

NAMES = {"fields": [{"name": "name"}, {"name": "note"}]}
KEYED = {**NAMES, "primaryKey": "name"}
PAIR = {**NAMES, "primaryKey": ["name", "note"]}


def findings(folder: Path, table: str, schema: object = NAMES) -> list[Finding]:
    """What is wrong with one table of a package that follows no profile."""
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [resource]}), "utf-8")
    (folder / "t.csv").write_text(table, "utf-8", newline="")
    return list(validate(folder).findings)


def lines(found: list[Finding]) -> list[str]:
    """Findings as place, code and severity."""
    return [f"{one.where} {one.code} {one.severity}" for one in found]


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("Anna", "ANNA", "case"),
        ("Straße", "STRASSE", "case"),
        ("Anna  II", "Anna II", "white space"),
        ("Anna\u00a0II", "Anna II", "white space"),
        ("Br\u00e9ma", "Bre\u0301ma", "normal form"),
        ("An\u00adna", "Anna", "characters that nobody sees"),
        ("Anna  II", "anna ii", "case, white space or normal form"),
        ("Anna", "\u0410nna", "letters that look alike"),
        ("Roma", "R\u03bfma", "letters that look alike"),
        ("ANNA", "\uff21NNA", "letters that look alike"),
        ("Saint-Denis", "Saint\u2010Denis", "letters that look alike"),
    ],
)
def test_near_duplicate_keys(tmp_path: Path, one: str, other: str, way: str) -> None:
    """Two keys that nobody can tell apart are told at the second one, with the place of the first."""
    (found,) = [f for f in findings(tmp_path, f"name,note\n{one},a\n{other},b\n", KEYED) if f.code.startswith("key/")]
    assert lines([found]) == ["t.csv:3:1 key/near-duplicate warning"]
    assert f" in {way} alone: " in found.what
    assert found.why.endswith(" stands at t.csv:2:1")


@pytest.mark.parametrize("other", ["Anna II", "Hanna", "Änna", "\u0412\u043e\u0434\u0430"])
def test_keys_that_differ_are_left_alone(tmp_path: Path, other: str) -> None:
    """A letter more, an accent or a word in another script is a difference that is seen."""
    assert findings(tmp_path, f"name,note\nAnna,a\n{other},b\n", KEYED) == []


def test_equal_keys_are_told_once_as_equal(tmp_path: Path) -> None:
    """A key that stands twice is `key/primary`, a spelling of it that stands twice is told as near once."""
    found = findings(tmp_path, "name,note\nAnna,a\nAnna,b\nANNA,c\nANNA,d\n", KEYED)
    assert lines(found) == [
        "t.csv:3:1 key/primary error",
        "t.csv:4:1 key/near-duplicate warning",
        "t.csv:5:1 key/primary error",
    ]


def test_keys_of_several_fields_and_unique_values(tmp_path: Path) -> None:
    """All parts count together; missing values and numbers are never near."""
    found = findings(tmp_path, "name,note\nAnna,a\nANNA,b\nANNA,A\n", PAIR)
    assert lines(found) == ["t.csv:4:6 key/near-duplicate warning"]
    unique = {"fields": [{"name": "name", "constraints": {"unique": True}}, {"name": "note", "type": "integer"}]}
    assert lines(findings(tmp_path, "name,note\n,1\n,2\nx,3\nX,4\n", unique)) == [
        "t.csv:5:1 key/near-duplicate warning"
    ]


@given(st.lists(st.text(st.sampled_from("aAbB \t\n\u00a0éſßЖж\u0301"), max_size=4), max_size=6))
def test_many_forms_are_the_forms_of_each(texts: list[str]) -> None:
    """The fast way for many texts gives what the slow way gives for each."""
    assert [plain_form(text) for text in texts] == plain_forms(texts)


@given(st.text(max_size=20))
def test_a_form_of_a_form_is_itself(text: str) -> None:
    """Texts of equal form are equal among each other: the fold has an end, and case never counts."""
    assert plain_form(plain_form(text)) == plain_form(text) or not is_composed(plain_form(text))
    assert plain_form(" " + text) == plain_form(text + "  ")
    assert difference(text, " " + text) in ("case", "white space", "normal form")
    assert seen_form(text) == seen_form(text + " ")


@pytest.mark.parametrize(
    ("text", "name", "free"),
    [
        ("plain", "", ""),
        ("two\nlines\tand\r\na tab", "", ""),
        ("half\ra break", "\r", "\r"),
        ("bell\x07", "\x07", "\x07"),
        ("next\x85line", "\x85", "\x85"),
        ("abc\u202egpj.exe", "\u202e", "\u202e"),
        ("\u2066x\u2069", "\u2066", "\u2066"),
        ("soft\u00adhyphen", "\u00ad", ""),
        ("zero\u200bwidth", "\u200b", ""),
        ("mark\ufeff", "\ufeff", ""),
        ("line\u2028separator", "\u2028", ""),
        ("left\u200eright", "\u200e", ""),
        ("filler\u3164", "\u3164", ""),
        ("private\ue000", "\ue000", ""),
        ("tag\U000e0041", "\U000e0041", ""),
        ("none\uffff", "\uffff", ""),
        ("a\u200db", "\u200d", ""),
        ("علی\u200cرضا", "", ""),
        ("ශ්\u200dරී ලංකා", "", ""),
        ("Αθήνα, Київ, 東京, עברית", "", ""),
    ],
)
def test_invisible_characters(text: str, name: str, free: str) -> None:
    """Names hold nothing that nobody sees but joiners where a script needs them; free text holds no controls."""
    assert (name, free) == (invisible(text, name=True), invisible(text, name=False))


def test_names_and_free_text_in_a_table(tmp_path: Path) -> None:
    """In another package they are warnings that say which character it is; a soft hyphen is fine in a note."""
    found = findings(tmp_path, "name,note\nAn\u200bna,soft\u00adly\nBerta,turn\u202eed\nBre\u0301ma,\n")
    assert lines(found) == [
        "t.csv:2:1 cell/invisible warning", "t.csv:3:7 cell/invisible warning", "t.csv:4:1 cell/normal-form warning",
    ]  # fmt: skip
    assert [one.what for one in found[:2]] == [
        "`name` holds U+200B (zero-width space), which nobody sees",
        "`note` holds U+202E (bidi control), which nobody sees",
    ]


@pytest.mark.parametrize("words", ["ship_id", "shipName", "ISO-code", "label", "NAME"])
def test_what_a_field_is_called_says_that_it_names(tmp_path: Path, words: str) -> None:
    """The last word of a field's name counts, in whatever style it is written."""
    for field, expected in ((words, ["t.csv:2:1 cell/invisible warning"]), (f"{words}_note", [])):
        schema = {"fields": [{"name": field}]}
        assert lines(findings(tmp_path, f"{field}\nx\u200by\n", schema)) == expected


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\n"])
def test_names_of_fields_are_names(tmp_path: Path, hidden: str) -> None:
    """A column whose name holds what nobody sees is read by nobody who types what they see."""
    field = f"sh{hidden}ip"
    found = findings(tmp_path, f'"{field}"\nAnna\n', {"fields": [{"name": field}]})
    assert [(one.where.path, one.code, one.severity) for one in found] == [
        ("datapackage.json", "schema/property", "warning")
    ]
    assert f"U+{ord(hidden):04X}" in found[0].what


def test_in_the_profile_all_of_it_is_an_error(tmp_path: Path) -> None:
    """An actor whose name is that of another one but for a letter that looks alike, and the rest."""
    folder = copy_base(tmp_path / "base")
    sources = folder / "data/actors.csv"
    text = sources.read_text("utf-8")
    sources.write_text(
        text.replace("Union of Bakers", "Union\u200b of Bakers").replace("The Gazette", "The Gaze\u0302tte")
    )
    found = [(one.code, one.severity, one.where.line) for one in validate(folder).findings]
    assert found == [("cell/invisible", "error", 4), ("cell/normal-form", "error", 5)]
