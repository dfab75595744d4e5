"""`eventpack compare`: our events beside files in the formats of others."""

from __future__ import annotations

import ast
import csv
import gzip
import hashlib
import io
import json
import lzma
import os
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import eventpack
from eventpack.cli import app
from eventpack.errors import EventpackError
from eventpack.interchange.matching import Comparison, compare
from eventpack.interchange.scheme import scheme_of
from eventpack.interchange.showing import CSV_HEADER, to_csv, to_json, to_text
from eventpack.interchange.theirs import read_theirs
from tests.eventtables import deaths, event, participant, write_package
from tests.gedpack import ged_tables

CASES = Path(os.environ.get("EVENTPACK_CASES", Path(__file__).parents[2] / "shared" / "cases")) / "events"
GLOBAL, SYRIA = CASES / "ucdp-ged-global-sample_v23.1.csv.xz", CASES / "ucdp-ged-syria_v19.1.csv.xz"
FOUGHT = [participant("ACT-army01", "initiator"), participant("ACT-rebel1", "target")]
ROW = {
    "id": "9001", "type_of_violence": "1", "side_a": "Government of Iran", "side_b": "Hill Front",
    "where_prec": "1", "where_coordinates": "Baneh town", "latitude": "35.9975", "longitude": "45.8853",
    "country": "Iran", "country_id": "630", "date_start": "2026-03-02", "date_end": "2026-03-02",
    "best": "3", "high": "5", "low": "2",
}  # fmt: skip


def ged_file(path: Path, *rows: Mapping[str, str], header: Sequence[str] = tuple(ROW)) -> Path:
    """A GED file with some columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows({name: {**ROW, **row}[name] for name in header} for row in rows)
    return path


def beside(
    tmp_path: Path, *rows: Mapping[str, str], window: Mapping[str, Any] | None = None, **tables: Any
) -> Comparison:
    """A clash at Baneh on 2 March beside rows of GED."""
    given = {"events": [event()], "participants": FOUGHT, "estimates": [deaths(2, 3, 5)]}
    folder = write_package(tmp_path / "ours", **{**given, **tables})
    return compare(folder, ged_file(tmp_path / "ged.csv", *rows), "ged", **(window or {}))


def words(found: Comparison) -> dict[str, str]:
    """What is said of the only pair."""
    (pair,) = found.pairs
    return dict(zip(("dates", "place", "deaths", "actors"), pair.accord[:4], strict=True))


def test_the_same_event_agrees(tmp_path: Path) -> None:
    """Same day, place, deaths and sides: a pair without a difference, and nothing on one side only."""
    found = beside(tmp_path, {})
    assert words(found) == {"dates": "same", "place": "same", "deaths": "same", "actors": "same"}
    assert found.equal


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date_start": "2026-03-04", "date_end": "2026-03-04"}, {"dates": "different"}),
        ({"date_start": "2026-03-01", "date_end": "2026-03-04"}, {"dates": "compatible"}),
        ({"best": "9", "low": "8", "high": "11"}, {"deaths": "different"}),
        ({"best": "4", "low": "4", "high": "4"}, {"deaths": "compatible"}),
        ({"best": "", "low": "", "high": ""}, {"deaths": "unknown"}),
        ({"latitude": "36.03"}, {"place": "compatible"}),
        ({"latitude": "36.2"}, {"place": "different"}),
        ({"side_b": "Sea Brigade"}, {"actors": "compatible"}),
        ({"side_a": "Government of Iraq", "side_b": "Sea Brigade"}, {"actors": "different"}),
        ({"side_a": "Hill Front", "side_b": "Government of Iran"}, {"actors": "same"}),
        ({"side_a": "", "side_b": ""}, {"actors": "unknown"}),
        ({"where_prec": "6", "latitude": "32.0", "longitude": "53.0"}, {"place": "compatible"}),
    ],
)
def test_each_difference_is_named(tmp_path: Path, change: dict[str, str], said: dict[str, str]) -> None:
    """Days, place, deaths and actors are judged apart; bounds and radii that overlap contradict nothing."""
    same = {"dates": "same", "place": "same", "deaths": "same", "actors": "same"}
    assert words(beside(tmp_path, change)) == same | said


@pytest.mark.parametrize(
    ("change", "window"),
    [
        ({"date_start": "2026-03-06", "date_end": "2026-03-06"}, {}),
        ({"date_start": "2026-03-03", "date_end": "2026-03-03"}, {"days": 0}),
        ({"latitude": "37.0"}, {}),
        ({"latitude": "36.2"}, {"km": 1}),
        ({"type_of_violence": "2"}, {}),
        ({"country": "Iraq", "country_id": "645", "where_prec": "6"}, {}),
    ],
)
def test_what_lies_outside_the_window_is_no_pair(
    tmp_path: Path, change: dict[str, str], window: dict[str, Any]
) -> None:
    """Too far in time, in space, or another type of violence: ours only, and theirs only when in our countries."""
    found = beside(tmp_path, change, window=window)
    assert ([], ["EV-aaaa01"]) == (list(found.pairs), [event.id for event in found.apart])
    assert not found.equal


def test_any_type_can_be_asked_for(tmp_path: Path) -> None:
    """With types=False, what GED calls non-state may be our clash."""
    assert len(beside(tmp_path, {"type_of_violence": "2"}, window={"types": False}).pairs) == 1


@pytest.mark.parametrize(
    ("place", "latitude"), [("PLC-town01", "36.6"), ("PLC-provi1", "36.6"), ("PLC-count1", "28.0")]
)
def test_a_coarse_place_widens_the_window(tmp_path: Path, place: str, latitude: str) -> None:
    """A point 67 km away is no pair of a town; one 150 km away is one of its province, all are of the country."""
    found = beside(tmp_path, {"latitude": latitude}, events=[event(place_id=place)])
    assert len(found.pairs) == (place != "PLC-town01")


def test_coarse_dates_widen_the_window(tmp_path: Path) -> None:
    """A month of ours holds any day of theirs in it; bounds too far apart are not compared, nor no bound at all."""
    march = event(date_earliest=date(2026, 3, 1), date_latest=date(2026, 3, 31))
    days = {"date_start": "2026-03-29", "date_end": "2026-03-29"}
    assert words(beside(tmp_path, days, events=[march]))["dates"] == "compatible"
    spring = event(date_earliest=date(2026, 3, 1), date_latest=date(2026, 4, 30))
    found = beside(tmp_path, days, events=[spring, event(2, date_earliest=None, date_latest=None)])
    assert {"too-long": 1, "no-date": 1} == dict(found.reasons)
    assert len(beside(tmp_path, days, events=[spring], window={"longest": 61}).pairs) == 1


def test_an_open_bound_is_looked_for_as_far_away_as_an_event_may_be_long(tmp_path: Path) -> None:
    """“By 2 April” is compared with the month before; the missing bound contradicts nothing."""
    by_april = event(date_earliest=None, date_latest=date(2026, 4, 2))
    found = beside(tmp_path, {"date_start": "2026-03-03", "date_end": "2026-03-03"}, events=[by_april])
    assert words(found)["dates"] == "compatible"
    assert not beside(tmp_path, {"date_start": "2026-02-20", "date_end": "2026-02-20"}, events=[by_april]).pairs


def test_each_event_is_in_one_pair(tmp_path: Path) -> None:
    """Two of ours and two of theirs within one window: the pairs that fit best together, not the first that fits."""
    events = [event(), event(2, date_earliest=date(2026, 3, 3), date_latest=date(2026, 3, 3))]
    fought = [row | {"event_id": each["event_id"]} for each in events for row in FOUGHT]
    rows = [
        {"id": "1", "date_start": "2026-03-03", "date_end": "2026-03-03"},
        {"id": "2"},
        {"id": "3", "latitude": "36.3"},
    ]
    found = beside(tmp_path, *rows, events=events, participants=fought)
    assert {(pair.ours.id, pair.theirs.id) for pair in found.pairs} == {("EV-aaaa01", "2"), ("EV-aaaa02", "1")}
    assert [event.id for event in found.theirs_only] == ["3"]


def test_an_id_of_theirs_in_our_table_decides(tmp_path: Path) -> None:
    """External_ids names the row: it is the pair, however far away, and not the row that is nearer."""
    ids = [{"table": "events", "record_id": "EV-aaaa01", "scheme": "ged", "value": "7"}]
    far = {"id": "7", "date_start": "2026-05-02", "date_end": "2026-05-02"}
    found = beside(tmp_path, {}, far, external_ids=ids)
    assert [(pair.theirs.id, pair.known) for pair in found.pairs] == [("7", True)]
    assert words(found)["dates"] == "different"


def test_events_without_a_place_are_tied_by_their_actors(tmp_path: Path) -> None:
    """Two calls on one day: the one between the same sides is the pair; the other stands apart on both sides."""
    calls = [event(number, type="CONSULT-phone", place_id=None, place_sense=None) for number in (1, 2)]
    callers = {"EV-aaaa01": ("ACT-army01", "ACT-rebel1"), "EV-aaaa02": ("ACT-milit1", "ACT-people")}
    sides = [participant(actor, "partner", call) for call, actors in callers.items() for actor in actors]
    folder = write_package(tmp_path / "ours", events=calls, participants=sides)
    header = scheme_of("polecat").header
    row = dict.fromkeys(header, "None") | {"Event ID": "X1", "Event Date": "2026-03-03", "Event Type": "CONSULT"}
    row |= {"Actor Name": "Hill Front; Iran", "Version": "NGEC"}
    path = tmp_path / "week.txt"
    path.write_text("\t".join(header) + "\n" + "\t".join(row.values()) + "\n", "utf-8")
    found = compare(folder, path, "polecat")
    assert [(pair.ours.id, pair.theirs.id, pair.accord.actors) for pair in found.pairs] == [("EV-aaaa01", "X1", "same")]
    assert [event.id for event in found.apart] == ["EV-aaaa02"]


def polecat(path: Path, header: Sequence[str], *rows: Sequence[str], encoding: str = "utf-8") -> Path:
    """A POLECAT file, cell by cell."""
    path.write_bytes("".join("\t".join(row) + "\n" for row in (header, *rows)).encode(encoding))
    return path


def cells(**given: str) -> list[str]:
    """A row of POLECAT with the first columns given."""
    start = {"Event ID": "X1", "Event Date": "2026-03-02", "Event Type": "ASSAULT", **given}
    return [start.get(name, "None") for name in scheme_of("polecat").header]


def test_columns_are_found_by_name(tmp_path: Path) -> None:
    """In any order and case, with other columns between them, under an older name, with a mark and semicolons."""
    header = ["High", "note", *reversed([name for name in ROW if name != "high"])]
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=";", extrasaction="ignore")
    writer.writeheader()
    writer.writerow({**ROW, "High": "5", "note": "a;b"})
    (tmp_path / "ged.csv").write_text("\ufeff" + text.getvalue(), "utf-8")
    read = read_theirs(tmp_path / "ged.csv", scheme_of("ged")).incidents([0])[0]
    assert (read.id, read.country, read.deaths, read.first) == ("9001", "IRN", (2, 3, 5), date(2026, 3, 2))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """With the near miss, and what a file of that format has."""
    path = tmp_path / "ged.csv"
    ged_file(path, {}, header=[name for name in ROW if name != "date_end"])
    path.write_text(path.read_text("utf-8").replace("country_id", "date_ends"), "utf-8")
    with pytest.raises(EventpackError) as caught:
        read_theirs(path, scheme_of("ged"))
    assert str(caught.value) == "ged.csv lacks the column `date_end` of ged; did you mean `date_ends`?"


def test_a_file_without_header_is_read_by_count(tmp_path: Path) -> None:
    """Forty cells a row and no known name: the columns are taken in their order, and a note says so."""
    read = read_theirs(polecat(tmp_path / "week.txt", cells(), cells()), scheme_of("polecat"))
    assert (read.rows, len(read.notes)) == (2, 1)
    assert "has no header" in read.notes[0]


def test_a_header_with_a_column_too_many_is_mended_by_count(tmp_path: Path) -> None:
    """`Headline` in the header and not in the rows is passed over; where rows have it, it counts."""
    header = list(scheme_of("polecat").header)
    wide = [*header[:3], "Headline", *header[3:]]
    read = read_theirs(polecat(tmp_path / "a.txt", wide, cells(Country="IRN")), scheme_of("polecat"))
    assert (read.incidents([0])[0].country, len(read.notes)) == ("IRN", 1)
    full = cells(Country="IRN")
    read = read_theirs(polecat(tmp_path / "b.txt", wide, [*full[:3], "News", *full[3:]]), scheme_of("polecat"))
    assert (read.incidents([0])[0].country, list(read.notes)) == ("IRN", [])


def test_stray_tabs_do_not_shift_cells(tmp_path: Path) -> None:
    """Empty cells beyond the last are dropped; a row with a tab inside, or cut short, is left out and told."""
    header, good = scheme_of("polecat").header, cells()
    inside = [*good[:8], "", *good[8:]]
    read = read_theirs(
        polecat(tmp_path / "week.txt", header, [*good, ""], inside, good[:20], good), scheme_of("polecat")
    )
    assert read.rows == 2
    assert list(read.notes) == ["2 rows have more or fewer than 40 cells and were left out: lines 3, 4"]


def test_what_is_not_utf_8_is_read_as_latin_1_and_told(tmp_path: Path) -> None:
    """Some weekly files are; no letter is lost, and a note says how it was read."""
    path = polecat(tmp_path / "week.txt", scheme_of("polecat").header, cells(Placename="Zürich"), encoding="iso-8859-1")
    read = read_theirs(path, scheme_of("polecat"))
    assert (read.incidents([0])[0].place, len(read.notes)) == ("Zürich", 1)


def test_rows_without_a_day_are_left_out_and_told(tmp_path: Path) -> None:
    """An id and a day are the least that a row must have."""
    read = read_theirs(ged_file(tmp_path / "ged.csv", {}, {"date_start": "soon"}, {"id": ""}), scheme_of("ged"))
    assert (read.rows, read.frame.height) == (3, 1)
    assert list(read.notes) == ["2 rows have no id or no day that can be read, and were left out"]


def test_packed_files_are_read(tmp_path: Path) -> None:
    """The same rows come out of xz, gz and zip, also with another name inside."""
    data = ged_file(tmp_path / "ged.csv", {}).read_bytes()
    (tmp_path / "ged.csv.xz").write_bytes(lzma.compress(data))
    (tmp_path / "ged.csv.gz").write_bytes(gzip.compress(data))
    with zipfile.ZipFile(tmp_path / "ged.zip", "w") as archive:
        archive.writestr("GEDEvent.csv", data)
        archive.writestr("readme.pdf", b"%PDF")
    for name in ("ged.csv.xz", "ged.csv.gz", "ged.zip"):
        assert read_theirs(tmp_path / name, scheme_of("ged")).incidents([0])[0].id == "9001", name


@pytest.mark.parametrize("name", ["ged.csv.xz", "ged.csv.gz", "ged.zip", "none.csv", "."])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    """Bytes that are no xz, gz or zip, a file that is not there, a folder: an error that says so, no traceback."""
    for packed in ("ged.csv.xz", "ged.csv.gz", "ged.zip"):
        (tmp_path / packed).write_bytes(b"no such thing")
    with pytest.raises(EventpackError):
        read_theirs(tmp_path / name, scheme_of("ged"))


HOSTILE = [
    {"size": {"dead": 10**30}}, {"size": {"dead": True}}, {"event_loc": {"lat": 10**400, "lon": 1}},
    {"event_loc": {"lat": float("nan"), "lon": float("inf"), "resolution": 4}}, {"enddate": "0001-01-01"},
    {"actor": [{"entity_text": "\ud800"}]}, {"id": "\udfff"}, {"actor": [{"entity_text": "a\x1fb\x1bc"}]},
    {"date": "0001-01-01", "enddate": "9999-12-31"}, {"actor": 5, "event": {}, "event_loc": [1], "size": "x"},
]  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE, ids=str)
@pytest.mark.parametrize("longest", [1, 10**12])
def test_odd_records_are_compared_all_the_same(tmp_path: Path, change: dict[str, Any], longest: int) -> None:
    """Numbers beyond bounds, halves of characters, controls, days at the ends of the calendar, values of no sense."""
    folder = write_package(
        tmp_path / "ours", events=[event(), event(2, date_earliest=None)], participants=FOUGHT, estimates=[]
    )
    record = {"id": "1", "date": "2026-03-02", "event": ["ASSAULT"], "actor": [{"entity_text": "Army of Iran"}]}
    file = tmp_path / "plover.jsonl"
    file.write_text(json.dumps(record | {"id": "2"}) + "\n" + json.dumps(record | change) + "\n", "utf-8")
    found = compare(folder, file, "plover", days=10**20, km=float("inf"), longest=longest)
    assert found.rows == 2
    assert "\x1b" not in to_text(found, None, lambda text, _: text)
    assert json.dumps(to_json(found), allow_nan=False, ensure_ascii=False).encode()
    assert to_csv(found)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"id": ' + "9" * 10_000 + "}", "{", "[]"], ids=lambda text: text[:9])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, text: str) -> None:
    """What cannot be read as a JSON object is refused with its line."""
    (tmp_path / "plover.jsonl").write_text(f"\n{text}\n", "utf-8")
    with pytest.raises(EventpackError, match=r"^plover.jsonl:2: "):
        read_theirs(tmp_path / "plover.jsonl", scheme_of("plover"))


def test_a_cell_without_end_is_named(tmp_path: Path) -> None:
    """A header of a size that no header has is told as such, not as a missing column."""
    (tmp_path / "ged.csv").write_text(f"id,{'x' * 10_000_001}\n", "utf-8")
    with pytest.raises(EventpackError, match="field larger than field limit"):
        read_theirs(tmp_path / "ged.csv", scheme_of("ged"))


@pytest.mark.parametrize("window", [{"km": float("nan")}, {"km": -1.0}, {"days": -1}, {"longest": 0}], ids=str)
def test_a_window_has_a_size(tmp_path: Path, window: dict[str, Any]) -> None:
    """What is no size of a window is refused."""
    with pytest.raises(EventpackError, match="a window has no negative size"):
        beside(tmp_path, {}, window=window)


def test_acled_files_are_read(tmp_path: Path) -> None:
    """A day with its precision, codes of countries, and zero deaths, which there may mean that none are told."""
    header = (
        "event_id_cnty,event_date,time_precision,event_type,actor1,actor2,iso,country,location,latitude,longitude,"
        "geo_precision,fatalities"
    )
    rows = ["IRN1,05 March 2026,2,Battles,Military Forces of Iran (1989-),Hill Front,364,Iran,Baneh,35.99,45.88,1,0",
            "IRN2,2026-03-05,1,Battles,,,,Iran,Baneh,35.99,45.88,3,4"]  # fmt: skip
    (tmp_path / "acled.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    read = read_theirs(tmp_path / "acled.csv", scheme_of("acled"))
    first, second = read.incidents([0, 1])
    assert (first.first, first.last, first.deaths.known) == (date(2026, 2, 27), date(2026, 3, 11), False)
    assert (second.country, second.radius, second.deaths.best) == ("IRN", None, 4)


def test_nothing_of_theirs_is_written(tmp_path: Path) -> None:
    """The folders of the dataset and of their file are byte for byte as they were before."""
    folder = write_package(tmp_path / "ours", events=[event()], participants=FOUGHT)
    packed = tmp_path / "ged.csv.gz"
    packed.write_bytes(gzip.compress(ged_file(tmp_path / "ged.csv", {}).read_bytes()))

    def state() -> dict[str, str]:
        files = (path for path in tmp_path.rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = state()
    for form in ("text", "json", "csv"):
        result = CliRunner().invoke(app, ["compare", str(folder), str(packed), "--as", "ged", "--format", form])
        assert result.exit_code == 0, result.output
    assert before == state()


def test_comparison_cannot_write() -> None:
    """No module that `compare` is made of imports what writes files; the only copy is a temporary one of their file."""
    room = Path(eventpack.__file__).parent / "interchange"
    parts = ("matching", "showing", "theirs", "grid", "window", "scoring", "judging", "assigning", "incident")
    for path in [*(room / f"{name}.py" for name in parts), room.parent / "cli/compare.py"]:
        imports = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        names = {alias.name for node in imports for alias in node.names}
        assert names.isdisjoint({"write_atomically", "replacing", "write_scheme", "LossFiles"}), path
        assert not {node.module for node in imports} & {"eventpack.together", "eventpack.moving"}, path
        assert ".write" not in path.read_text("utf-8"), path


def test_text_json_and_csv_say_the_same(tmp_path: Path) -> None:
    """Counts of outcomes are equal in all three; differences show both sides in full."""
    events = [
        event(),
        event(2, date_earliest=date(2026, 5, 1), date_latest=date(2026, 5, 1)),
        event(3, realis="planned"),
    ]
    rows = [
        {"best": "9", "low": "8", "high": "11"},
        {"id": "9002", "date_start": "2026-04-01", "date_end": "2026-04-01"},
    ]
    fought = [row | {"event_id": each["event_id"]} for each in events for row in FOUGHT]
    found = beside(tmp_path, *rows, events=events, participants=fought)
    told = json.loads(json.dumps(to_json(found)))
    counts = {"agree": 0, "differ": 1, "ours_only": 1, "theirs_only": 1, "not_compared": 1}
    assert told["counts"] == counts
    table = list(csv.DictReader(to_csv(found).decode().splitlines()))
    assert [row["outcome"] for row in table] == ["differ", "ours-only", "theirs-only", "not-compared"]
    assert all(None not in row and set(row) == set(CSV_HEADER) for row in table)
    text = to_text(found, None, lambda text, _: text)
    assert "    deaths  3 (2 to 5) | 9 (8 to 11)  different" in text
    assert "     1  not-occurred: " in text


def sample(path: Path) -> list[dict[str, str]]:
    """The rows of an extract."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def right(found: Comparison) -> int:
    """How many pairs have GED's own id on both sides."""
    return sum(pair.ours.id.removeprefix("EV-") == pair.theirs.id for pair in found.pairs)


@pytest.mark.skipif(not GLOBAL.exists(), reason="the GED extracts are not here")
def test_events_of_ged_find_their_own_rows(tmp_path: Path) -> None:
    """A thousand events of GED agree with themselves; moved by a day and some kilometres, 98 in 100 find their row."""
    rows = sample(GLOBAL)
    same = compare(write_package(tmp_path / "same", **ged_tables(rows)), GLOBAL, "ged")
    assert right(same) == len(same.pairs) == len(same.agreements) == 1000 - same.reasons["too-long"]

    def move(number: int, event: dict[str, Any], place: dict[str, Any]) -> None:
        days = timedelta(days=number % 3 - 1)
        event.update(date_earliest=event["date_earliest"] + days, date_latest=event["date_latest"] + days)
        place.update(
            latitude=place["latitude"] + (number % 5 - 2) / 40, longitude=place["longitude"] + (number % 7 - 3) / 60
        )

    moved = compare(write_package(tmp_path / "moved", **ged_tables(rows, move)), GLOBAL, "ged")
    assert right(moved) >= 0.98 * len(same.pairs)


@pytest.mark.skipif(not SYRIA.exists(), reason="the GED extracts are not here")
def test_two_versions_of_ged_are_told_apart_by_what_was_revised(tmp_path: Path) -> None:
    """Events in Syria as version 23.1 has them, beside version 19.1: those of both are paired without their ids."""
    rows = [row for row in sample(GLOBAL) if row["country_id"] == "652"]
    found = compare(write_package(tmp_path, **ged_tables(rows)), SYRIA, "ged")
    ids = {row["id"] for row in sample(SYRIA)}
    both = {event.id.removeprefix("EV-") for event in (*found.apart, *(pair.ours for pair in found.pairs))} & ids
    assert len(both) >= 40
    assert right(found) >= 0.95 * len(both)
