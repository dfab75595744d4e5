"""`eventpack diff` of tables: what came, went and changed, by key."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from eventpack.comparing import diff
from eventpack.comparing.plaintext import as_text
from eventpack.errors import EventpackError
from tests.diffpack import between, eventpack

OLD = "ship,tons,port\nAda,10,Kiel\nBea,20,Kiel\nCleo,30,Gent\n"
NEW = "ship,tons,port\nAda,10,Kiel\nBea,21,Lyme\nDora,5,\n"


def write(folder: Path, **texts: str) -> None:
    """CSV files by name."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="")


def test_json_has_counts_schema_records_and_step(tmp_path: Path) -> None:
    """The shape that programs rely on; a lone table is named after its file."""
    write(tmp_path, old=OLD, ships=NEW)
    told = eventpack(tmp_path, "diff", "old.csv", "ships.csv", "--key", "ship", "--format", "json")
    changed = {"tons": {"old": "20", "new": "21"}, "port": {"old": "Kiel", "new": "Lyme"}}
    assert json.loads(told.stdout) == {
        "tables": {"ships": {"added": 1, "removed": 1, "changed": 1, "fields": {"tons": 1, "port": 1}}},
        "schema": [],
        "records": [
            {"table": "ships", "key": ["Bea"], "change": "changed", "fields": changed},
            {
                "table": "ships",
                "key": ["Cleo"],
                "change": "removed",
                "row": {"ship": "Cleo", "tons": "30", "port": "Gent"},
            },
            {"table": "ships", "key": ["Dora"], "change": "added", "row": {"ship": "Dora", "tons": "5", "port": ""}},
        ],
        "step": "major",
    }
    assert (told.returncode, told.stderr) == (1, "")


def test_text_is_grouped_by_record_and_ends_with_the_step(tmp_path: Path) -> None:
    """What people read, without colour where nobody sees colours."""
    write(tmp_path, old=OLD, ships=NEW)
    told = eventpack(tmp_path, "diff", "old.csv", "ships.csv", "--key", "ship")
    expected = """\
old: old.csv
new: ships.csv

table  added  removed  changed
ships      1        1        1

ships Bea
  tons: 20 → 21
  port: Kiel → Lyme

ships Cleo
  - removed
      tons: 30
      port: Gent

ships Dora
  + added
      tons: 5

step: major, because of 1 record removed from ships
"""
    assert told.stdout == expected


def test_equal_tables_exit_with_zero(tmp_path: Path) -> None:
    """Rows in another order are the same rows."""
    write(tmp_path, old=OLD, new="ship,tons,port\nCleo,30,Gent\nBea,20,Kiel\nAda,10,Kiel\n")
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "ship")
    assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "equal: nothing differs")


def test_csv_has_a_row_for_each_cell(tmp_path: Path) -> None:
    """Empty cells of rows that came or went say nothing."""
    write(tmp_path, old=OLD, ships=NEW)
    told = eventpack(tmp_path, "diff", "old.csv", "ships.csv", "--key", "ship", "--format", "csv")
    rows = [tuple(row) for row in csv.reader(io.StringIO(told.stdout))]
    assert rows == [
        ("table", "key", "change", "field", "old", "new", "label"),
        ("ships", "Bea", "changed", "tons", "20", "21", ""),
        ("ships", "Bea", "changed", "port", "Kiel", "Lyme", ""),
        ("ships", "Cleo", "removed", "ship", "Cleo", "", ""),
        ("ships", "Cleo", "removed", "tons", "30", "", ""),
        ("ships", "Cleo", "removed", "port", "Gent", "", ""),
        ("ships", "Dora", "added", "ship", "", "Dora", ""),
        ("ships", "Dora", "added", "tons", "", "5", ""),
    ]


def test_a_key_of_several_columns(tmp_path: Path) -> None:
    """`--key a,b`: rows with the same value in both are the same."""
    write(tmp_path, old="port,day,tons\nKiel,1,5\nKiel,2,6\n", new="port,day,tons\nKiel,1,5\nKiel,2,7\nGent,1,1\n")
    found = diff(tmp_path / "old.csv", tmp_path / "new.csv", key="port,day").tables["new"]
    assert (dict(found.counts), found.fields) == ({"added": 1, "changed": 1}, {"tons": 1})


def test_without_a_key_candidates_are_offered(tmp_path: Path) -> None:
    """Columns that tell all rows apart in both files, those without gaps first."""
    write(tmp_path, old=OLD, ships=NEW)
    told = eventpack(tmp_path, "diff", "old.csv", "ships.csv")
    assert told.returncode == 2
    assert told.stderr == (
        "eventpack: ships is a table without a key, so its rows cannot be told apart\n"
        "    fix: name what tells rows apart: --key ship or --key tons\n"
    )


def test_a_pair_of_columns_is_offered_when_no_single_one_is_a_key(tmp_path: Path) -> None:
    """Otherwise nothing could be offered for most tables of relations."""
    write(tmp_path, old="a,b\n1,1\n1,2\n2,1\n", new="a,b\n1,1\n1,2\n2,2\n")
    with pytest.raises(EventpackError) as caught:
        diff(tmp_path / "old.csv", tmp_path / "new.csv")
    assert caught.value.fix == "name what tells rows apart: --key a,b"


def test_a_key_that_most_rows_share_is_none(tmp_path: Path) -> None:
    """It is said, with candidates, instead of thousands of duplicates."""
    rows = "".join(f"{number},Kiel\n" for number in range(30))
    write(tmp_path, old=f"ship,port\n{rows}", new=f"ship,port\n{rows}")
    with pytest.raises(EventpackError) as caught:
        diff(tmp_path / "old.csv", tmp_path / "new.csv", key="port")
    assert caught.value.what == "new: port is no key: 60 of 60 rows share theirs with another"
    assert caught.value.fix == "name what tells rows apart: --key ship"


def test_duplicate_keys_are_reported_and_not_guessed(tmp_path: Path) -> None:
    """Rows that share a key are neither changed nor added nor removed; the others are compared."""
    write(tmp_path, old="k,v\n1,a\n2,b\n3,c\n", new="k,v\n1,a\n1,x\n2,z\n3,c\n")
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k", "--format", "json")
    found = json.loads(told.stdout)
    assert found["tables"]["new"] == {"added": 0, "removed": 0, "changed": 1, "fields": {"v": 1}}
    assert found["duplicates"] == [{"table": "new", "key": ["1"], "old": 1, "new": 2, "differs": True}]


def test_duplicate_keys_whose_rows_are_the_same_make_no_difference(tmp_path: Path) -> None:
    """They are named all the same."""
    write(tmp_path, old="k,v\n1,a\n1,b\n", new="k,v\n1,b\n1,a\n")
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k")
    assert told.returncode == 0
    assert "  new 1: in 2 rows before, in 2 rows now; the rows are the same" in told.stdout.splitlines()


def test_an_unknown_key_column_names_a_near_one(tmp_path: Path) -> None:
    """A typo is found out at once."""
    write(tmp_path, old=OLD, ships=NEW)
    with pytest.raises(EventpackError) as caught:
        diff(tmp_path / "old.csv", tmp_path / "ships.csv", key="shpi")
    assert caught.value.what == "ships has no column `shpi`; did you mean `ship`?"


def test_columns_that_came_and_went_are_changes_of_the_schema(tmp_path: Path) -> None:
    """Their values are not compared, and a note says so."""
    write(tmp_path, old="k,a,b\n1,x,y\n", new="k,b,c\n1,y,z\n")
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k", "--format", "json")
    found = json.loads(told.stdout)
    assert [(one["change"], one["field"], one["step"]) for one in found["schema"]] == [
        ("field-removed", "a", "major"),
        ("field-added", "c", "major"),
    ]
    assert found["tables"] == {"new": {"added": 0, "removed": 0, "changed": 0, "fields": {}}}
    text = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k").stdout
    assert "note: the values of fields that one state lacks are not compared: new.a, new.c" in text.splitlines()


def test_other_delimiters_and_forms_hold_the_same_rows(tmp_path: Path) -> None:
    """Semicolons, tabs, a byte order mark and CRLF say nothing of the data."""
    write(tmp_path, old=OLD, semicolons=OLD.replace(",", ";"))
    (tmp_path / "tabs.tsv").write_text(OLD.replace(",", "\t"), "utf-8", newline="")
    (tmp_path / "A (1).csv").write_text("\ufeff" + OLD.replace("\n", "\r\n"), "utf-8", newline="")
    for name in ("semicolons.csv", "tabs.tsv", "A (1).csv"):
        assert diff(tmp_path / "old.csv", tmp_path / name, key="ship").equal, name


def test_long_texts_are_compared_by_word(tmp_path: Path) -> None:
    """A reader sees at once what is new in a sentence."""
    text = "The ferry was late on Monday, since the crew had to wait for fuel"
    found = (
        f"ship,tons,port\nAda,1,{text.replace(',', '')}\n",
        f"ship,tons,port\nAda,1,{text.replace(', since', '')}\n",
    )
    write(tmp_path, old=found[0], new=found[1].replace("late", "early"))
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "ship").stdout
    assert (
        "  port: The ferry was [-late-]{+early+} on Monday[- since-] the crew had to wait for fuel" in told.splitlines()
    )


def test_texts_that_would_steer_a_terminal_are_shown_as_escapes(tmp_path: Path) -> None:
    """A cell of somebody else must not clear the screen."""
    write(tmp_path, old="k,v\n1,a\n", new="k,v\n1,\x1b[2Jb\n")
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k").stdout
    assert "  v: a → \\x1b[2Jb" in told.splitlines()


def test_a_page_escapes_what_the_data_say(tmp_path: Path) -> None:
    """Data are text, never markup: neither in HTML nor in Markdown."""
    write(tmp_path, old="k,v\n1,a\n", new="k,v\n1,<script>|x\n")
    html = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k", "--format", "html").stdout
    page = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k", "--format", "markdown").stdout
    assert "<ins>&lt;script&gt;|x</ins>" in html
    assert "<script>" not in html
    assert "| new 1 | changed | v | a | \\<script\\>\\|x |" in page.splitlines()


def test_limit_says_how_many_records_are_not_shown(tmp_path: Path) -> None:
    """Machine formats have all of them."""
    rows = "".join(f"s{number},1,\n" for number in range(9))
    write(tmp_path, old="ship,tons,port\n", new=f"ship,tons,port\n{rows}")
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "ship", "--limit", "2").stdout
    assert "7 more records; --limit 0 shows all" in told.splitlines()


def test_counts_are_those_of_the_library(tmp_path: Path) -> None:
    """`eventpack.diff` gives what the command prints."""
    found = between(tmp_path, OLD, NEW)
    assert (dict(found.tables["ships"].counts), found.step) == ({"added": 1, "removed": 1, "changed": 1}, "major")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "new.csv is empty; a table needs at least its header"),
        (b"k,k\n1,2\n", "new.csv:1: the column `k` stands twice"),
        (b"k,\n1,2\n", "new.csv:1: column 2 has no name"),
        (b"k,v\n1\n", "new.csv:2:1: the row has 1 cells, the header 2"),
        (b"k,v\n1,\xe9\n", "new.csv:2:3: byte 0xe9 at offset 6 is not UTF-8"),
        (b'k,v\n1,"x\n', "new.csv:2:3: a quoted cell is not closed"),
    ],
)
def test_tables_that_cannot_be_read_are_refused_at_their_place(tmp_path: Path, data: bytes, what: str) -> None:
    """Exit 2 and two lines, never a traceback and never a guess."""
    (tmp_path / "old.csv").write_text("k,v\n1,a\n", "utf-8")
    (tmp_path / "new.csv").write_bytes(data)
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k")
    assert (told.returncode, told.stderr.splitlines()[0]) == (2, f"eventpack: {what}")


def test_a_table_and_a_package_cannot_be_compared(tmp_path: Path) -> None:
    """It is said which is which."""
    between(tmp_path, OLD, NEW)
    write(tmp_path, ships=NEW)
    told = eventpack(tmp_path, "diff", "old", "ships.csv")
    assert (told.returncode, told.stderr.splitlines()[0]) == (
        2,
        "eventpack: old is a package, and ships.csv a table of its own",
    )


@pytest.mark.posix
def test_a_link_to_a_table_is_followed(tmp_path: Path) -> None:
    """Whoever names it means the file; the table is named after the link."""
    (tmp_path / "far").mkdir()
    write(tmp_path, old=OLD)
    (tmp_path / "old.csv").rename(tmp_path / "far" / "1.csv")
    (tmp_path / "old.csv").symlink_to("far/1.csv")
    write(tmp_path, new=NEW)
    assert list(diff(tmp_path / "new.csv", tmp_path / "old.csv", key="ship").tables) == ["old"]


def test_colours_are_given_by_whoever_prints(tmp_path: Path) -> None:
    """Old text red, new text green, headings bold; what the data say cannot add colours of its own."""
    write(tmp_path, old="k,v\n1,a\n", new="k,v\n1,\x1b[1mb\n")
    found = diff(tmp_path / "old.csv", tmp_path / "new.csv", key="k")
    lines = as_text(found, style=lambda text, colour: f"<{colour}>{text}</>").splitlines()
    assert lines[lines.index("<bold>new 1</>") + 1] == "  v: <red>a</> → <green>\\x1b[1mb</>"
    assert "\x1b" not in "".join(lines)


@pytest.mark.posix
def test_colours_on_a_terminal_only(tmp_path: Path) -> None:
    """A terminal gets them, unless its user wants none."""
    write(tmp_path, old=OLD, new=NEW)
    words = [sys.executable, "-m", "eventpack", "diff", "old.csv", "new.csv", "--key", "ship"]
    shown = {}
    for name, settings in (("colour", {}), ("none", {"NO_COLOR": "1"})):
        kept = {key: text for key, text in os.environ.items() if key != "NO_COLOR"} | settings
        master, slave = os.openpty()
        process = subprocess.Popen(words, cwd=tmp_path, stdout=slave, stderr=slave, env=kept)
        os.close(slave)
        parts = []
        with suppress(OSError):  # how a terminal says that nobody writes to it any more
            while part := os.read(master, 65536):
                parts.append(part)
        process.wait()
        os.close(master)
        shown[name] = b"".join(parts)
    assert (b"\x1b[31m20\x1b[0m" in shown["colour"], b"\x1b" in shown["none"]) == (True, False)


def test_pages_show_what_a_record_held_that_is_gone(tmp_path: Path) -> None:
    """As the text does; a value that would steer a terminal is shown as an escape."""
    write(tmp_path, old="k,v\n1,a\n2,\x1b[2Jb\n", new="k,v\n1,a\n")
    pages = {
        format: eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k", "--format", format).stdout
        for format in ("markdown", "html")
    }
    assert "| new 2 | removed | v | \\\\x1b\\[2Jb |  |" in pages["markdown"].splitlines()
    assert "<td>new 2</td><td>removed</td><td>v</td>" in pages["html"]


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_pages_tell_of_columns_duplicates_and_notes(tmp_path: Path, format: str) -> None:
    """What text tells, a page tells, too."""
    write(tmp_path, old="k,v\n1,a\n2,b\n", new="k,v,w\n1,a,\n1,c,\n2,b,\n")
    told = eventpack(tmp_path, "diff", "old.csv", "new.csv", "--key", "k", "--format", format).stdout
    assert "new.w: field added [major]" in told.replace("\\", "")
    assert "new 1: in 1 row before, in 2 rows now; the rows differ, and nobody can say which is which" in told
    assert "Note: the values of fields that one state lacks are not compared: new.w" in told
