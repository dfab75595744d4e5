"""`eventpack query`: rows of a table in the codebook's words, in four forms."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import eventpack
from eventpack.loading.conditions import read_conditions, write_conditions
from eventpack.loading.masks import Compared
from eventpack.querying import query
from tests.diffpack import eventpack as run
from tests.smallpack import EVENT, write_small_package
from tests.test_load import ALL_TYPES, MILLS, ROWS, refusal
from tests.test_load_filters import write_events
from tests.typedpack import Typed, fields, write_typed

ROOT = Path(__file__).parents[1]
MIXED: Typed = {**MILLS, "all": (ALL_TYPES, ROWS)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small package with its built tables: one event with two claims."""
    folder = write_small_package(tmp_path_factory.mktemp("small"), EVENT.replace("type: STATE", "type: STATE-delay"))
    eventpack.build(folder)
    return folder


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vocabulary, a table that leads to it, and a table of all types."""
    return write_typed(tmp_path_factory.mktemp("mixed"), MIXED)


def keys(folder: Path, *where: str, table: str = "") -> list[str]:
    """The first column of what is found."""
    answer = query(folder, table=table, where=where)
    return answer.frame.to_series(0).to_list()


FOUND = {
    ("level=high",): ["a"], ("level=high,low",): ["a", "b"], ("level=",): ["c"], ("level=high,",): ["a", "c"],
    ("level!=high",): ["b", "c"], ("level != high, low",): ["c"], ("level!=",): ["a", "b"],
    ("count=-3",): ["b"], ("count>-3",): ["a"], ("count>=-3",): ["a", "b"], ("count<12",): ["b"],
    ("share<=0.5",): ["a"], ("share>0.5",): ["b"], ("day>=2026-03-01",): ["a"], ("founded<1000",): ["b"],
    ("founded<=0001",): ["b"], ("open=true",): ["a"], ("day<2026-01-01", "open=false"): ["b"],
    ("count>=-3", "count<12"): ["b"], (): ["a", "b", "c"], ('page="https://example.org/a"',): ["a"],
    ("page=https://example.org/a,https://example.org/b",): ["a"],
}  # fmt: skip


@pytest.mark.parametrize(("where", "found"), FOUND.items(), ids=str)
def test_conditions_find_what_they_say(mixed: Path, where: tuple[str, ...], found: list[str]) -> None:
    """Equal, several, missing, other, less and more; all must hold, also two of one field."""
    assert keys(mixed, *where, table="all") == found


def test_a_quoted_value_keeps_its_comma(tmp_path: Path) -> None:
    """As in a line of CSV."""
    folder = write_typed(tmp_path, {"t": (fields(id="string", n="string"), 'id,n\na,"x, y"\nb,x\nc,"say ""x"""\n')})
    assert keys(folder, 'n="x, y"') == ["a"]
    assert keys(folder, "n=x, y") == ["b"]
    assert keys(folder, 'n="say ""x"""') == ["c"]


def write_counted(folder: Path) -> Path:
    """Two events, one of them without a row in events_flat."""
    rows = [{"event_id": "EV-1", "type": "A-x", "realis": "occurred"}, {"event_id": "EV-2", "type": "B"}]
    return write_events(folder, rows, [{"event_id": "EV-1", "country": "AAA", "source_count": 2}])


characters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t")
words = st.lists(
    st.tuples(
        st.sampled_from(["title", "source_id.publisher", "between"]),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.lists(st.text(characters, min_size=1) | st.none(), min_size=1),
    )
)


@given(words)
@example([("title", "<", ["=a"]), ("title", "=", ["=", None])])
def test_conditions_say_what_they_were_written_from(asked: list[tuple[str, str, list[str | None]]]) -> None:
    """Commas, quotes, line breaks and spaces in values survive; so does what is missing."""
    pairs = [(word, values if sign == "=" else Compared(sign, values)) for word, sign, values in asked]
    texts = write_conditions(pairs)
    assert texts is not None
    assert list(read_conditions(texts)) == pairs


def test_the_words_of_the_codebook_are_those_of_load(small: Path, tmp_path: Path) -> None:
    """Narrower codes, fields of events_flat, days, counts and the event's other name."""
    claims = ["CL-aaaa01", "CL-aaaa02"]
    assert keys(small, "type=STATE", "between=2026-03-01,2026-03-05") == ["EV-aaaa01"]
    assert keys(small, "between=2026-03-03,") == keys(small, "type=STATEMENT") == []
    flat = write_counted(tmp_path)
    assert (keys(flat, "min_sources=2"), keys(flat, "min_sources=3"), keys(flat, "country=AAA")) == (
        ["EV-1"],
        [],
        ["EV-1"],
    )
    assert query(flat, columns=["country", "event_id"]).frame.rows() == [("AAA", "EV-1"), (None, "EV-2")]
    assert keys(small, "event=EV-aaaa01", table="claims") == claims


def test_a_key_can_be_followed(small: Path, mixed: Path) -> None:
    """In conditions and columns, over several keys, and where it leads to nothing."""
    assert keys(small, "event.realis=occurred", "source_id.kind=news-report", table="claims") == [
        "CL-aaaa01",
        "CL-aaaa02",
    ]
    assert keys(small, "event.between=2026-03-03,", table="claims") == []
    assert keys(mixed, "next.next.mill_id=m2", "next.sort=rye", table="mills") == ["m3"]
    answer = query(small, table="claims", columns=["claim_id", "said_by.name", "event_id.type.label"])
    assert answer.frame.rows() == [
        ("CL-aaaa01", None, "Delay"), ("CL-aaaa02", "Clerk of the port", "Delay"),
    ]  # fmt: skip
    assert answer.frame.columns == ["claim_id", "said_by.name", "event_id.type.label"]


def test_rows_are_sorted_and_limited(mixed: Path) -> None:
    """By several columns, up and down, codes in their order, missing values last; the others are counted."""

    def first(*sort: str, limit: int | None = None) -> list[str]:
        return query(mixed, table="all", sort=sort, limit=limit).frame["id"].to_list()

    assert (first("level"), first("-level"), first("-count")) == (["b", "a", "c"], ["a", "b", "c"], ["a", "b", "c"])
    assert query(mixed, table="mills", sort=["-sort", "mill_id"]).frame["mill_id"].to_list() == ["m1", "m3", "m2"]
    assert query(mixed, table="mills", sort=["sort.label"]).frame["mill_id"].to_list() == ["m3", "m1", "m2"]
    answer = query(mixed, table="all", sort=["-id"], limit=2)
    assert (answer.frame["id"].to_list(), answer.found, answer.of) == (["c", "b"], 3, 3)


REFUSED = [
    ({"where": ["relis=occurred"]}, "`relis` cannot be asked of `events`; did you mean `realis`?", "fields: event_id"),
    ({"where": ["realis=ocurred"]}, "`ocurred` is not a code of `realis`; did you mean `occurred`?", "one of: occ"),
    ({"where": ["realis"]}, "`realis` is no condition", "write FIELD=VALUE, "),
    ({"where": ["=occurred"]}, "`=occurred` is no condition", "write FIELD=VALUE, "),
    ({"where": ['title="Delay']}, 'a quote in `title="Delay` is not closed', "close it"),
    ({"where": ["between=2026-03-01"]}, "`between` takes two days", "write between="),
    ({"where": ["between>2026-03-01"]}, "`between` takes no `>`", "write between=…"),
    ({"where": ["between=2026-03-05,2026-03-01"]}, "`between` runs backwards", "write the earlier day first"),
    ({"where": ["realis>occurred"]}, "`realis` has no order, so nothing is `>` in it", "write realis=…"),
    ({"where": ["coded_on>2026-3-1"]}, "`coded_on` >: `2026-3-1` does not fit", "write coded_on>…"),
    ({"where": ["coded_on>2026-03-01,2026-03-02"]}, "`coded_on` > takes one value", "write it once: coded_on>…"),
    ({"where": ["event_id=EV-aaaa02"]}, "there is no `EV-aaaa02` in `events`; did you mean `EV-aaaa01`?", "look into"),
    ({"where": ["title.name=x"]}, "`title` leads to no other table, so `title.name` means nothing",
     "fields that lead to a table: type, place_id"),
    ({"where": ["place_id.nme=x"]}, "`nme` cannot be asked of `places`; did you mean `name`?", "fields: place_id"),
    ({"where": ["plce_id.name=x"]}, "`plce_id` cannot be asked of `events`; did you mean `place_id`?", "fields: event"),
    ({"table": "evnts"}, "small has no table `evnts`; did you mean `events`?", "one of: sources"),
    ({"columns": ["titel"]}, "`titel` cannot be asked of `events`; did you mean `title`?", "fields: event_id"),
    ({"sort": ["-titel"]}, "`titel` cannot be asked of `events`; did you mean `title`?", "fields: event_id"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "what", "fix"), REFUSED, ids=[str(case[0]) for case in REFUSED])
def test_what_cannot_be_meant_is_refused(small: Path, asked: dict[str, list[str]], what: str, fix: str) -> None:
    """The error names what was probably meant, and what there is."""
    said = refusal(lambda: query(small, **asked))  # type: ignore[arg-type]
    assert (said[0][: len(what)], said[1][: len(fix)]) == (what, fix)


def test_a_count_is_a_whole_number(tmp_path: Path) -> None:
    """Anything else is refused, as `load` does."""
    folder = write_counted(tmp_path)
    says = ("`min_sources` takes a count, not 'two'", "write min_sources=2")
    assert refusal(lambda: query(folder, where=["min_sources=two"])) == says
    assert refusal(lambda: query(folder, where=["min_sources=2,3"]))[0] == "`min_sources` takes a count, not ['2', '3']"


def test_without_a_table_the_only_one_is_meant(tmp_path: Path, mixed: Path) -> None:
    """Of several that are no events one must be named."""
    assert keys(write_typed(tmp_path, {"all": (ALL_TYPES, ROWS)}), "level=low") == ["b"]
    assert refusal(lambda: query(mixed)) == (
        "which table is meant is not said", "name one with --table: sorts, mills, all",
    )  # fmt: skip


def test_csv_is_the_text_of_the_table(mixed: Path) -> None:
    """Asked for everything, it is the file itself, but for needless quotes."""
    result = run(mixed, "query", ".", "--table", "all", "--format", "csv")
    assert result.stdout == ROWS.replace('""', "")
    assert (result.returncode, result.stderr) == (0, "3 of 3 rows of all\n")


def test_json_has_numbers_truth_and_null(mixed: Path) -> None:
    """Days are text; a whole number has no point."""
    result = run(mixed, "query", ".", "--table", "all", "--format", "json", "--where", "id=a,c")
    assert json.loads(result.stdout) == [
        {"id": "a", "page": "https://example.org/a", "level": "high", "count": 12, "share": 0.5, "open": True,
         "day": "2026-03-01", "founded": 1921},
        {"id": "c", "page": None, "level": None, "count": None, "share": None, "open": None, "day": None,
         "founded": None},
    ]  # fmt: skip
    none = run(mixed, "query", ".", "--table", "all", "--format", "json", "--where", "id=")
    assert (json.loads(none.stdout), none.returncode) == ([], 0)


def test_parquet_keeps_types_and_says_where_it_comes_from(mixed: Path, tmp_path: Path) -> None:
    """Read by DuckDB; nothing of it is written to the screen."""
    out = tmp_path / "found.parquet"
    result = run(mixed, "query", ".", "--table", "all", "--where", "count>=-3", "--out", str(out))
    assert (result.stdout, result.stderr) == ("", f"2 of 3 rows of all → {out.as_posix()}\n")
    relation = duckdb.read_parquet(str(out))
    assert [row[0] for row in relation.fetchall()] == ["a", "b"]
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert {name: types[name] for name in ("count", "share", "open", "day", "founded")} == {
        "count": "BIGINT", "share": "DOUBLE", "open": "BOOLEAN", "day": "DATE", "founded": "SMALLINT",
    }  # fmt: skip
    about = json.loads(pl.read_parquet_metadata(out)["eventpack"])
    assert {name: about[name] for name in ("dataset", "version", "table", "where")} == {
        "dataset": "typed", "version": "1.2.0", "table": "all", "where": ["count>=-3"],
    }  # fmt: skip
    assert about["citation"] == "typed. Version 1.2.0. Dataset."


def test_a_table_shows_columns_in_line(mixed: Path) -> None:
    """Numbers to the right, missing values as blanks; what steers a terminal is written as an escape."""
    result = run(mixed, "query", ".", "--table", "all", "--columns", "id,count,level", "--sort", "id")
    assert result.stdout.splitlines() == [
        "id   count   level",
        "──────────────────",
        "a       12   high",
        "b       -3   low",
        "c",
    ]


def test_a_table_on_the_screen_ends_after_fifty_rows(tmp_path: Path) -> None:
    """The rest is counted; a limit of 0 shows all, and CSV is never cut unasked."""
    rows = "id\n" + "".join(f"r{n:03}\n" for n in range(60))
    folder = write_typed(tmp_path, {"t": (fields(id="string"), rows)})

    def lines(*options: str) -> tuple[int, str]:
        result = run(folder, "query", ".", *options)
        return len(result.stdout.splitlines()), result.stderr

    assert lines() == (52, "60 of 60 rows of t; 50 of them shown, --limit 0 for all\n")
    assert lines("--limit", "0") == (62, "60 of 60 rows of t\n")
    assert lines("--format", "csv") == (61, "60 of 60 rows of t\n")
    assert lines("--format", "csv", "--limit", "2") == (3, "60 of 60 rows of t; 2 of them shown, --limit 0 for all\n")


def on_terminal(folder: Path, width: int, *words: str) -> str:
    """What a terminal of some width shows."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(width), "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "eventpack", *words]
    with subprocess.Popen(command, cwd=folder, stdout=slave, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        process.wait()
    os.close(master)
    return shown.decode("utf-8")


@pytest.mark.posix
def test_a_terminal_gets_a_bold_header_and_rows_of_one_line(tmp_path: Path) -> None:
    """Long cells end with … so that each row fits; a pipe gets them whole."""
    text = "word " * 60
    folder = write_typed(tmp_path, {"t": (fields(id="string", n="string"), f"id,n\na,{text.strip()}\nb,short\n")})
    shown = on_terminal(folder, 60, "query", ".")
    assert "\x1b[1m" in shown and "…" in shown
    plain = [line for line in shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines() if line]
    assert (len(plain), max(map(len, plain)) <= 60) == (4, True)
    assert text.strip() in run(folder, "query", ".").stdout


@pytest.mark.posix
def test_a_narrow_terminal_gets_the_first_columns(small: Path) -> None:
    """Those for which there is no room are named; each that is shown has room for some characters."""
    shown = on_terminal(small, 60, "query", ".").replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()
    assert [line.split()[0] for line in shown[:1]] == ["event_id"]
    assert max(len(line) for line in shown[:3]) <= 60
    assert shown[3].startswith("… and ") and "codebook, note" in shown[3]
    assert len(run(small, "query", ".").stdout.splitlines()) == 3


def test_cells_cannot_steer_a_terminal(tmp_path: Path) -> None:
    """Escapes, line breaks and rich's own marks are shown as what they are."""
    schema = fields(id="string", n="string")
    folder = write_typed(tmp_path, {"t": (schema, 'id,n\na,"\x1b[31m[bold]x[/bold]\ny"\n')})
    assert "\\x1b[31m[bold]x[/bold]\\ny" in run(folder, "query", ".").stdout


USES = {
    ("--format", "parquet"): "eventpack: Parquet is no text and needs a file\n    fix: name one: --out FILE.parquet\n",
    ("--out", "x.xls"): "eventpack: the name of x.xls does not say how it is to be written\n"
    "    fix: add --format, or let it end with .csv, .json, .parquet, .txt\n",
    ("--version", "9.9.9"): "eventpack: there is no version 9.9.9\n    fix: ask for one of: 1.2.0\n",
}  # fmt: skip


@pytest.mark.parametrize(("words", "says"), USES.items(), ids=str)
def test_misuse_is_told_in_two_lines(mixed: Path, words: tuple[str, ...], says: str) -> None:
    """With the exit code 2, and nothing on standard output."""
    result = run(mixed, "query", ".", "--table", "all", *words)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", says)


def test_a_file_is_replaced_whole_and_data_are_never(mixed: Path, tmp_path: Path) -> None:
    """The end of the name says the form; a file of the package that is asked cannot be named."""
    out = tmp_path / "found.csv"
    out.write_text("old", "utf-8")
    assert run(mixed, "query", ".", "--table", "mills", "--out", str(out)).returncode == 0
    assert next(csv.reader(StringIO(out.read_text("utf-8")))) == ["mill_id", "sort", "next"]
    before = (mixed / "all.csv").read_bytes()
    result = run(mixed, "query", ".", "--table", "mills", "--out", "all.csv")
    assert (result.returncode, (mixed / "all.csv").read_bytes()) == (2, before)
    assert "all.csv is a file of the package that is asked" in result.stderr


def test_the_dataset_of_this_repository_answers() -> None:
    """Claims on events that are planned, with their publisher: the same as polars says by hand."""
    answer = query(ROOT, table="claims", where=["event.realis=planned"], columns=["claim_id", "source_id.publisher"])
    data = eventpack.load(ROOT)
    joined = data.claims.join(data.events.filter(pl.col("realis") == "planned"), on="event_id", how="semi")
    expected = joined.join(data.sources, on="source_id", how="left", maintain_order="left").select(
        "claim_id", "publisher"
    )
    assert answer.frame.rows() == expected.rows()
    assert answer.found > 0
