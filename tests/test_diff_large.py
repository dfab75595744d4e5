"""`eventpack diff` of tables that stay on disk: the same answers, and the same refusals, as of small ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventpack.comparing import diff, states
from eventpack.errors import EventpackError
from tests.diffpack import write_state
from tests.effort import first

COUNT = 60_000
NOTE = "waited at the harbour for the ferry until the evening, "


def rows(**changed: str) -> Iterator[str]:
    """Lines of a table of more than 4 MB; some are given instead, by key."""
    yield "id,day,note\n"
    for number in range(COUNT):
        key = f"n{number:06}"
        yield changed.get(key, f'{key},2026-03-{number % 28 + 1:02},"{NOTE}{number}"\n')


def write(folder: Path, name: str, text: str) -> Path:
    """A table."""
    (folder / name).write_text(text, "utf-8", newline="")
    return folder / name


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first state."""
    place = write(tmp_path_factory.mktemp("old"), "old.csv", "".join(rows()))
    assert place.stat().st_size > 4 << 20
    return place


def test_rows_that_differ_are_found_among_many(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changed, gone and new ones, without reading the tables as text."""
    monkeypatch.setattr(states, "pair_tables", None)  # which reads them
    more = 'n000005,2026-03-06,"two\nlines"\n', "", "n000007,,\nx,2026-03-01,new\n"
    new = write(tmp_path, "new.csv", "".join(rows(n000005=more[0], n000006=more[1], n000007=more[2])))
    found = diff(old, new, key="id").tables["new"]
    assert [(change.key, change.fate) for change in found.changes] == [
        (("n000005",), "changed"),
        (("n000006",), "removed"),
        (("n000007",), "changed"),
        (("x",), "added"),
    ]
    assert [cell.new for cell in found.changes[0].cells] == ["two\nlines"]


def test_other_orders_of_rows_and_columns_make_no_difference(old: Path, tmp_path: Path) -> None:
    """Columns in another order are a change of the schema alone."""
    header, *lines = rows()
    assert diff(old, write(tmp_path, "turned.csv", "".join([header, *reversed(lines)])), key="id").equal
    moved = (line.removesuffix("\n").split(",", 2) for line in (header, *lines))
    found = diff(old, write(tmp_path, "moved.csv", "".join(f"{c},{a},{b}\n" for a, b, c in moved)), key="id")
    assert ([change.kind for change in found.schema], found.records) == (["fields-reordered"], [])


def test_keys_that_stand_twice_are_reported(old: Path, tmp_path: Path) -> None:
    """With whether their rows differ."""
    twice = 'n000003,2026-03-04,x\nn000003,2026-03-04,"y"\n'
    found = diff(old, write(tmp_path, "new.csv", "".join(rows(n000003=twice))), key="id").tables["new"]
    assert [(one.key, one.old, one.new, one.differs) for one in found.duplicates] == [(("n000003",), 1, 2, True)]
    assert found.changes == []


def test_a_key_that_is_none_is_refused(old: Path, tmp_path: Path) -> None:
    """Before millions of duplicates are told; with what could be one."""
    new = write(tmp_path, "new.csv", "".join(rows(n000001="n000001,,\n")))
    with pytest.raises(EventpackError) as caught:
        diff(old, new, key="day")
    assert caught.value.what == "new: day is no key: 119,999 of 120,000 rows share theirs with another"
    assert caught.value.fix == "name what tells rows apart: --key id or --key note"


@pytest.mark.parametrize(
    ("line", "what"),
    first(
        2,
        [
            ("n000005,2026-03-06\n", "7:1: the row has 2 cells, the header 3"),
            ("n000005,2026-03-06,a,b\n", "7:1: the row has 4 cells, the header 3"),
            ('n000005,2026-03-06,"a\n', "8:21: text follows a closing quote"),
            ("\n", "7:1: the row is blank"),
            ("n000005,2026-03-06,\x00\n", "7:20: the file holds a NUL character"),
        ],
    ),
)
def test_a_record_in_bad_form_is_refused_at_its_line(old: Path, tmp_path: Path, line: str, what: str) -> None:
    """As in a small table; nothing is compared that cannot be read."""
    new = write(tmp_path, "new.csv", "".join(rows(n000005=line)))
    with pytest.raises(EventpackError) as caught:
        diff(old, new, key="id")
    assert caught.value.what == f"{new}:{what}"


def test_tables_without_key_are_compared_by_whole_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As small ones are, each row as often as the other state lacks it."""
    monkeypatch.setattr(states, "pair_tables", None)  # which reads them
    schema = {"fields": [{"name": name, "type": "string"} for name in ("id", "day", "note")]}
    twice = "n000009,2026-03-10,x\n" * 2
    places = [
        write_state(tmp_path / name, {"days": "".join(rows(n000009=line))}, {"days": schema})
        for name, line in (("old", "n000009,2026-03-10,x\n"), ("new", twice))
    ]
    found = diff(*places).tables["days"]
    assert ([change.fate for change in found.changes], found.candidates) == (["added"], [])
