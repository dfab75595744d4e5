"""Filters in the codebook's words: `events(realis="occurred", between=("2026-03-01", "2026-03-05"))`."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventpack
from tests.effort import examples
from tests.smallpack import EVENT, PROFILE, write_small_package
from tests.test_load import ALL_TYPES, MILLS, ROWS, refusal
from tests.typedpack import Typed, fields, leading, write_typed

FIRST, SPAN = datetime.date(2026, 3, 1), 12  # the days that generated events and questions speak of
REALIS = ["occurred", "ongoing", "planned"]
TREE = {"A": "", "A-x": "A", "A-x-y": "A-x", "B": "", "B-x": "B"}
EVENTS = leading(
    fields(
        event_id="string", type="string", realis={"type": "string", "constraints": {"enum": REALIS}},
        date_earliest="date", date_latest="date", end_earliest="date", end_latest="date",
    ),
    type="event_types.code",
)  # fmt: skip
FLAT = fields(
    event_id="string", country="string", claim_count="integer", source_count="integer", independent_count="integer"
)
TYPES = leading(fields(code="string", broader="string", label="string"), broader=".code")
Row = Mapping[str, Any]


def write_events(folder: Path, rows: Sequence[Row], flat: Sequence[Row]) -> Path:
    """A package of events and events_flat with the vocabulary of types."""
    types = [{"code": code, "broader": broader, "label": "L"} for code, broader in TREE.items()]
    tables: Typed = {
        "event_types": (TYPES, _csv(TYPES, types)),
        "events": (EVENTS, _csv(EVENTS, rows)),
        "events_flat": (FLAT, _csv(FLAT, flat)),
    }
    return write_typed(folder, tables)


def _csv(schema: Mapping[str, Any], rows: Sequence[Row]) -> str:
    names = [field["name"] for field in schema["fields"]]
    return "".join(
        ",".join("" if c is None else str(c) for c in row) + "\n"
        for row in (names, *([r.get(n) for n in names] for r in rows))
    )


def ids(frame: pl.DataFrame) -> list[str]:
    """The events of a frame."""
    return frame["event_id"].to_list()


days = st.integers(0, SPAN - 1).map(lambda n: FIRST + datetime.timedelta(n))


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    """An event whose bounds, where it has them, are in order as the rules of the schema ask."""
    earliest, latest = sorted([draw(days), draw(days)])
    ends = sorted(day for day in [draw(days), draw(days)] if day >= earliest)
    row: dict[str, Any] = {
        "type": draw(st.sampled_from([*TREE, None])), "realis": draw(st.sampled_from([*REALIS, None])),
        "date_earliest": draw(st.sampled_from([earliest, None])), "date_latest": draw(st.sampled_from([latest, None])),
        "country": draw(st.sampled_from(["AAA", "BBB", None])),
    }  # fmt: skip
    if ends:
        row["end_earliest"] = draw(st.sampled_from([ends[0], None]))
        row["end_latest"] = draw(st.sampled_from([ends[-1], None]))
    return row | {name: draw(st.integers(0, 3)) for name in ("claim_count", "source_count", "independent_count")}


def can_be_going_on(row: Row, first: datetime.date | None, last: datetime.date | None) -> bool:
    """Whether there are a first and a last day within the event's bounds between which a day asked for lies.

    Every pair of days is tried, with some room around the days that bounds can name.
    """
    calendar = [FIRST + datetime.timedelta(n) for n in range(-2, SPAN + 2)]
    asked = [day for day in calendar if (first is None or day >= first) and (last is None or day <= last)]

    def within(day: datetime.date, low: str, high: str) -> bool:
        return (row.get(low) is None or day >= row[low]) and (row.get(high) is None or day <= row[high])

    for start in (day for day in calendar if within(day, "date_earliest", "date_latest")):
        lasts = row.get("end_earliest") or row.get("end_latest") or row["realis"] == "ongoing"
        for end in [day for day in calendar if within(day, "end_earliest", "end_latest")] if lasts else [start]:
            if end >= start and any(start <= day <= end for day in asked):
                return True
    return False


def is_within(code: str | None, asked: str) -> bool:
    """Whether a code is the one asked for, or lies under it."""
    while code:
        if code == asked:
            return True
        code = TREE[code]
    return False


@settings(max_examples=examples(60), deadline=None)
@given(rows=st.lists(events(), min_size=1, max_size=15), asked=st.tuples(st.none() | days, st.none() | days))
def test_between_finds_what_can_have_been_going_on_then(rows: list[Row], asked: tuple[Any, Any]) -> None:
    """The law: an event is found exactly when its bounds allow a course that touches the days asked for."""
    if None not in asked:
        asked = (min(asked), max(asked))
    rows = [{**row, "event_id": f"EV-{index}"} for index, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        data = eventpack.load(write_events(Path(folder), rows, rows))
        expected = [row["event_id"] for row in rows if can_be_going_on(row, *asked)]
        assert ids(data.events(between=asked)) == expected
        texts = tuple(None if day is None else day.isoformat() for day in asked)
        assert ids(data.events(between=list(texts))) == expected


words = st.fixed_dictionaries(
    {},
    optional={
        "realis": st.sampled_from(REALIS) | st.lists(st.sampled_from([*REALIS, None]), max_size=3),
        "type": st.sampled_from(list(TREE)) | st.lists(st.sampled_from(list(TREE)), max_size=2),
        "country": st.sampled_from(["AAA", None]),
        "date_earliest": days,
        "min_sources": st.integers(0, 3), "min_independent": st.integers(0, 3), "min_claims": st.integers(0, 3),
    },
)  # fmt: skip
COUNTS = {"min_sources": "source_count", "min_independent": "independent_count", "min_claims": "claim_count"}


def keeps(row: Row, word: str, wanted: Any) -> bool:
    """Whether an event keeps one word, said in plain Python."""
    if word in COUNTS:
        return bool(row[COUNTS[word]] >= wanted)
    chosen = wanted if isinstance(wanted, list) else [wanted]
    if word == "type":
        return any(is_within(row["type"], code) for code in chosen)
    return row[word] in chosen


@settings(max_examples=examples(80), deadline=None)
@given(rows=st.lists(events(), min_size=1, max_size=12), asked=words)
def test_words_are_combined_by_and(rows: list[Row], asked: dict[str, Any]) -> None:
    """Codes, lists of codes, missing ones, broader codes and counts agree with plain Python; the order stays."""
    rows = [{**row, "event_id": f"EV-{index}"} for index, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        data = eventpack.load(write_events(Path(folder), rows, rows[::-1]))
        expected = [row["event_id"] for row in rows if all(keeps(row, *one) for one in asked.items())]
        assert ids(data.events(**asked)) == expected
        step = data.events
        for word, wanted in asked.items():
            step = step(**{word: wanted})
        assert ids(step) == expected


def small_events(folder: Path) -> eventpack.Dataset:
    """Two events, one of them without a row in events_flat."""
    rows = [{"event_id": "EV-1", "type": "A-x", "realis": "occurred"}, {"event_id": "EV-2", "type": "B"}]
    return eventpack.load(write_events(folder, rows, [{"event_id": "EV-1", "country": "AAA", "source_count": 2}]))


def test_the_result_is_a_frame_of_the_same_table(tmp_path: Path) -> None:
    """Columns and types stay, also when the word belongs to events_flat; without words all rows are there."""
    frame = small_events(tmp_path).events
    found = frame(country="AAA")
    assert (isinstance(found, pl.DataFrame), found.schema == frame.schema, ids(found)) == (True, True, ["EV-1"])
    assert ids(frame()) == ["EV-1", "EV-2"]


def test_an_event_without_a_row_in_events_flat_counts_as_missing(tmp_path: Path) -> None:
    """It has no country, and no number of sources that could be enough."""
    data = small_events(tmp_path)
    assert (ids(data.events(country=None)), ids(data.events(min_sources=0))) == (["EV-2"], ["EV-1"])


def claims_of(folder: Path, event: str = EVENT) -> eventpack.Dataset:
    """The small package with its built tables."""
    write_small_package(folder, event)
    eventpack.build(folder)
    return eventpack.load(folder)


def test_claims_are_filtered_by_events_sources_and_speakers(tmp_path: Path) -> None:
    """An event can be an id, several, a column or a frame; a frame stands for its keys wherever it is led to."""
    data = claims_of(tmp_path)
    both = ["CL-aaaa01", "CL-aaaa02"]
    for event in (
        "EV-aaaa01",
        ["EV-aaaa01"],
        data.events,
        data.events["event_id"],
        data.events.lazy(),
        pd.DataFrame({"event_id": ["EV-aaaa01"]}),
    ):
        assert data.claims(event=event)["claim_id"].to_list() == both
    assert data.claims(event=data.events(realis="planned")).height == 0
    assert data.claims(stance="asserts", said_by=data.actors(kind="office"))["claim_id"].to_list() == ["CL-aaaa02"]
    assert data.claims(said_by=None, source_id="SRC-aaaa01")["claim_id"].to_list() == ["CL-aaaa01"]
    assert data.participants(event="EV-aaaa01").height == 1


def test_a_code_takes_the_narrower_ones_along(tmp_path: Path) -> None:
    """Also in the vocabulary itself, and not by the look of the code."""
    data = claims_of(tmp_path, EVENT.replace("type: STATE", "type: STATE-delay"))
    assert [data.events(type=code).height for code in ("STATE-delay", "STATE", "STATEMENT")] == [1, 1, 0]
    assert data.event_types(code="STATE")["code"].to_list() == ["STATE", "STATE-delay"]


def test_codes_that_are_broader_than_each_other_do_not_hang_the_filter(tmp_path: Path) -> None:
    """A circle is a fault of the data that `validate` reports."""
    tables = {**MILLS, "sorts": (MILLS["sorts"][0], "code,above,label\ngrain,rye,Grain\nrye,grain,Rye\n")}
    tables["mills"] = (MILLS["mills"][0], "mill_id,sort,next\nm1,rye,\n")
    assert eventpack.load(write_typed(tmp_path, tables)).mills(sort="rye").height == 1


VALUES: list[tuple[dict[str, Any], list[str]]] = [
    ({"count": 12}, ["a"]), ({"count": "-3"}, ["b"]), ({"share": 0.5}, ["a"]), ({"share": [36.25, 7]}, ["b"]),
    ({"open": True}, ["a"]), ({"open": [False, None]}, ["b", "c"]), ({"day": "2026-03-01"}, ["a"]),
    ({"day": datetime.date(1, 1, 1)}, ["b"]), ({"founded": 1921}, ["a"]), ({"founded": "0001"}, ["b"]),
    ({"id": {"a", "c"}}, ["a", "c"]), ({"id": ()}, []), ({"level": None}, ["c"]),
    ({"count": pl.Series([12, -3])}, ["a", "b"]),
    ({"page": "https://example.org/a", "level": "high"}, ["a"]), ({"page": "https://example.org/z"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), VALUES, ids=range(len(VALUES)))  # a set has no stable text
def test_values_of_every_type_can_be_asked_for(tmp_path: Path, asked: dict[str, Any], expected: list[str]) -> None:
    """As text, as a Python value, or several; None is missing."""
    frame = eventpack.load(write_typed(tmp_path, {"all": (ALL_TYPES, ROWS)}))["all"](**asked)
    assert frame["id"].to_list() == expected


IS_A_DAY = "a day that the calendar has, like 2026-03-01"
NO_EVENT = "there is no `EV-aaaa02` in `events`; did you mean `EV-aaaa01`?"
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("events", {"relis": "occurred"}, "`relis` cannot be asked of `events`; did you mean `realis`?",
     "fields: event_id, title"),
    ("events", {"realis": "ocurred"}, "`ocurred` is not a code of `realis`; did you mean `occurred`?",
     "one of: occurred, ongoing, planned, predicted, hypothetical, denied"),
    ("events", {"type": ["STATE", "STATE-dealy"]},
     "`STATE-dealy` is not a code of `type`; did you mean `STATE-delay`?", "one of: STATE, STATE-delay, STATEMENT"),
    ("claims", {"measure": "people"}, "`people` is not a code of `measure`", "the vocabulary holds no codes"),
    ("claims", {"event": "EV-aaaa02"}, NO_EVENT, "look into `events`"),
    ("events", {"event_id": "EV-aaaa02"}, NO_EVENT, "look into `events`"),
    ("claims", {"event": pl.DataFrame({"id": ["EV-aaaa01"]})}, "the frame for `event_id` has no column `event_id`",
     "give a frame of `events`, or a list of ids"),
    ("events", {"codebook": "first"}, "`codebook` is never `first`: `codebook` does not have the form", ""),
    ("events", {"coded_on": "2026-3-9"}, f"`coded_on` is never `2026-3-9`: `coded_on` must be {IS_A_DAY}", ""),
    ("claims", {"low": 10**400}, "`low`: `1000000000", "ask for a smaller number"),
    ("events", {"note": ""}, "`note` is never the empty text", "give None for what is missing"),
    ("events", {"note": [b"x"]}, "`note` cannot be b'x'", "give a text, number or date"),
    ("events", {"between": "2026-03-01"}, "`between` takes two days", 'write between=("2026-03-01", "2026-03-05")'),
    ("events", {"between": ("2026-03-05", "2026-03-01")}, "`between` runs backwards: 2026-03-05 is after 2026-03-01",
     "write the earlier day first"),
    ("events", {"between": ("1 March", None)}, f"`between` got '1 March', which is not {IS_A_DAY}",
     "None leaves a side open"),
    ("events", {"min_sources": 2}, "`min_sources` needs the field `source_count` in `events` or `events_flat`",
     "fields: event_id"),
    ("sources", {"between": (None, None)},
     "`between` needs the fields `date_earliest` and `date_latest` in `sources`", "fields: source_id"),
]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> eventpack.Dataset:
    """The small package with its built tables."""
    return claims_of(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize(("table", "words", "what", "fix"), REFUSED, ids=[case[2][:40] for case in REFUSED])
def test_what_cannot_be_meant_is_refused(
    small: eventpack.Dataset, table: str, words: dict[str, Any], what: str, fix: str
) -> None:
    """An unknown word, code or id, a day that is none, a word without its field; the remedy names what there is."""
    said = refusal(lambda: small[table](**words))
    assert (said[0][: len(what)], said[1][: len(fix)]) == (what, fix)


@pytest.mark.parametrize("count", [-1, "2", True, 1.5, None])
def test_a_count_is_a_whole_number(tmp_path: Path, count: object) -> None:
    """Anything else would find something that was not asked for."""
    what, fix = refusal(lambda: small_events(tmp_path).events(min_sources=count))
    assert (what, fix) == (f"`min_sources` takes a count, not {count!r}", "write min_sources=2")


def test_a_package_without_events_is_filtered_by_its_fields(tmp_path: Path) -> None:
    """The words of events are not known there; a field of the same name goes before a word."""
    schema = fields(id="string", between="string", event="integer")
    data = eventpack.load(write_typed(tmp_path, {"posts": (schema, "id,between,event\np1,two trees,4\np2,,5\n")}))
    assert data.posts(between="two trees")["id"].to_list() == data.posts(event=4)["id"].to_list() == ["p1"]
    assert refusal(lambda: data.posts(min_sources=1))[1] == "fields: id, between, event"


def test_fields_of_another_type_carry_no_word(tmp_path: Path) -> None:
    """Where `date_earliest` is plain text, `between` is refused, and not tried."""
    schema = fields(event_id="string", date_earliest="string", date_latest="date")
    data = eventpack.load(write_typed(tmp_path, {"events": (schema, "event_id,date_earliest,date_latest\ne,May,\n")}))
    what, _ = refusal(lambda: data.events(between=(None, "2026-03-01")))
    assert what == "`between` needs the fields `date_earliest` and `date_latest` in `events` or `events_flat`"


def test_a_table_without_rows_can_be_filtered(tmp_path: Path) -> None:
    """Nothing is found, whatever is asked."""
    data = eventpack.load(write_events(tmp_path, [], []))
    asked: list[dict[str, Any]] = [{"between": (None, None)}, {"type": "A"}, {"country": None, "min_sources": 0}]
    assert [data.events(**words).height for words in asked] == [0, 0, 0]


def test_events_of_the_profile_are_known_to_the_words() -> None:
    """Every field that a word looks at is one of the core schemas or of this repository's events_flat."""
    from eventpack.loading.eventwords import COMPANIONS, SYNONYMS, WORDS

    schemas = Path(__file__).parents[1] / "schemas"
    known = set()
    for path in (PROFILE / "events.json", PROFILE / "claims.json", schemas / f"{COMPANIONS['events']}.json"):
        known |= {field["name"] for field in json.loads(path.read_text("utf-8"))["fields"]}
    assert {name for word in WORDS.values() for name in (*word.needs, *word.uses)} | set(SYNONYMS.values()) <= known
