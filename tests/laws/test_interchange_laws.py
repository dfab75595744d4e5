"""Laws of the formats of others: what was written is read back, every loss is told, and the best pairs are found."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.agreement.assignment import assign as assign_small
from eventpack.errors import EventpackError
from eventpack.interchange.assigning import assign
from eventpack.interchange.case import Case, cases_of
from eventpack.interchange.days import begin_of
from eventpack.interchange.grid import Doubt, Layout, read_carefully, read_quickly
from eventpack.interchange.incident import Incident, incident_of
from eventpack.interchange.scheme import SCHEMES, scheme_of
from eventpack.interchange.theirs import read_theirs
from eventpack.interchange.who import plover_sides
from eventpack.interchange.writing import write_scheme
from tests.eventtables import CLAIM, PLACES, deaths, event, frames

DAYS = st.dates(date(2025, 12, 20), date(2026, 3, 28))
NAMES = st.text(st.sampled_from("abc ,;\t\"'\nÄß-"), min_size=1, max_size=8).filter(lambda text: text.strip(" ,;\t\n"))
NUMBERS = st.sampled_from([None, 0.0, 1.0, 3.0, 3.0, 7.0])
FOUGHT = [("ACT-armyaa", "initiator"), ("ACT-rebelb", "target")]
TURNED = [("ACT-rebelb", "initiator"), ("ACT-armyaa", "target")]
TYPES = st.sampled_from([
    *["ASSAULT"] * 5, *["ASSAULT-firearms"] * 5, "ASSAULT-aerial", "ASSAULT-heavy-weapons", "PROTEST-demo",
    "PROTEST-riot",
    "CONSULT-phone", "AGREE", "RETREAT-withdraw", "COERCE-arrest", "STATEMENT",
])  # fmt: skip
REALIS = st.sampled_from([*["occurred"] * 9, "ongoing", "planned", "denied"])
SIDES = {"ACT-armyaa": "MIL", "ACT-rebelb": "REB", "ACT-peoplc": "CVL", "ACT-nobody": None}
ROLES = st.sampled_from(["initiator", "initiator", "target", "target", "partner", "supporter", "host"])


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Tables of a few events with all that formats use."""
    names = draw(st.lists(NAMES, min_size=4, max_size=4))
    actors = [
        {
            "actor_id": key,
            "name": name,
            "kind": "collective",
            "sector": sector,
            "country": draw(st.sampled_from(["IRN", None])),
        }
        for (key, sector), name in zip(SIDES.items(), names, strict=True)
    ]
    events, participants, estimates, claims = [], [], [], []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        first, last = sorted(draw(st.tuples(DAYS, DAYS)))
        width = draw(st.sampled_from([0, 0, 3, 40]))
        days = draw(st.none() | st.integers(0, 5))
        fields = {
            "type": draw(TYPES), "realis": draw(REALIS), "title": draw(NAMES),
            "date_earliest": draw(st.sampled_from([first, first, first, None])),
            "date_latest": min(last, first + timedelta(days=width)),
            "end_latest": None if days is None else last + timedelta(days=days),
            "place_id": draw(st.sampled_from([*(row["place_id"] for row in PLACES), None])),
            "part_of": draw(st.none() | st.just("EV-aaaa09")), "note": draw(st.none() | NAMES),
        }  # fmt: skip
        row = event(number, **fields)
        events.append(row)
        anyone = st.lists(st.tuples(st.sampled_from(sorted(SIDES)), ROLES), max_size=4, unique=True)
        pairs = draw(st.sampled_from([FOUGHT, TURNED, FOUGHT, TURNED, None])) or draw(anyone)
        participants += [{"event_id": row["event_id"], "actor_id": actor, "role": role} for actor, role in pairs]
        estimates.append(deaths(draw(NUMBERS), draw(NUMBERS), draw(NUMBERS), event_id=row["event_id"]))
        claims.append(CLAIM | {"claim_id": f"CL-aaaa{number:02}", "event_id": row["event_id"],
                               "source_id": draw(st.sampled_from(["SRC-aaaa01", "SRC-aaaa02"]))})  # fmt: skip
    return {"events": events, "participants": participants, "estimates": estimates, "claims": claims, "actors": actors}


def there_and_back(
    name: str, tables: Mapping[str, Any]
) -> tuple[dict[str, Case], list[Incident], list[dict[str, str]]]:
    """Our events, what is read from the file of a format, and the losses."""
    scheme = scheme_of(name)
    with TemporaryDirectory() as folder:
        write_scheme(name, frames(**tables), Path(folder), "d", "1")
        theirs = read_theirs(Path(folder) / f"{name}{scheme.suffix}", scheme)
        losses = list(csv.DictReader((Path(folder) / "losses.csv").open(encoding="utf-8", newline="")))
        assert list(theirs.notes) == []
    read = theirs.incidents(range(theirs.rows))
    return {case.id: case for case in cases_of(frames(**tables))}, read, losses


def texts(side: Any) -> list[str]:
    """The names of one side."""
    return [names[0] for names in side]


def bare(names: list[str], *signs: str) -> list[str]:
    """Names without the signs that separate them, and without surplus spaces."""
    for sign in signs:
        names = [name.replace(sign, " ") for name in names]
    return [" ".join(name.split()) for name in names]


@given(worlds())
def test_ged_comes_back(tables: dict[str, Any]) -> None:
    """Id, both days, point, country, type, three numbers and both sides are read as they were written."""
    cases, read, losses = there_and_back("ged", tables)
    for back in read:
        ours = incident_of(cases[back.id], scheme_of("ged"))
        assert (back.first, back.last, back.deaths, back.kinds) == (ours.first, ours.last, ours.deaths, ours.kinds)
        assert (back.latitude, back.longitude, back.country) == (ours.latitude, ours.longitude, ours.country)
        sides = [bare(texts(side), ",") for side in ours.actors]
        swapped = any(loss["event_id"] == back.id and loss["reason"] == "sides-swapped" for loss in losses)
        assert [bare(texts(side)) for side in back.actors] == (sides[::-1] if swapped else sides)


@given(worlds())
def test_acled_comes_back(tables: dict[str, Any]) -> None:
    """Id, type, point, country and the lowest number are read as written; the day and its precision hold our bounds."""
    cases, read, _ = there_and_back("acled", tables)
    for back in read:
        ours = incident_of(cases[back.id], scheme_of("acled"))
        assert ours.first and ours.last and back.first and back.last
        assert back.first <= ours.first <= ours.last <= back.last
        if ours.first == ours.last:
            assert (back.first, back.last) == (ours.first, ours.last)
        assert back.kinds <= ours.kinds
        assert (back.latitude, back.longitude, back.country) == (ours.latitude, ours.longitude, ours.country)
        assert back.deaths.best == (ours.deaths.floor or None)


@given(worlds())
def test_polecat_comes_back(tables: dict[str, Any]) -> None:
    """Id, type, point, country, actors and recipients are read as written; the day is one of ours."""
    cases, read, _ = there_and_back("polecat", tables)
    for back in read:
        case = cases[back.id]
        ours, sides = incident_of(case, scheme_of("polecat")), plover_sides(case)
        assert back.first in begin_of(case)
        assert (back.kinds, back.country) == (ours.kinds, ours.country)
        assert (back.latitude, back.longitude) == (ours.latitude, ours.longitude)
        written = [bare([actor["name"] for actor in side], ";") for side in (sides.first, sides.second)]
        assert [bare(texts(side)) for side in back.actors] == written


@given(worlds())
def test_plover_comes_back(tables: dict[str, Any]) -> None:
    """Id, type, both days, point, country, entities in their order and the number of dead are read as written."""
    cases, read, _ = there_and_back("plover", tables)
    for back in read:
        case = cases[back.id]
        ours, sides = incident_of(case, scheme_of("plover")), plover_sides(case)
        first, last = begin_of(case)
        assert (back.first, back.last) == (first or last, case.event["end_latest"] or last or first)
        assert (back.kinds, back.latitude, back.longitude, back.country) == (
            ours.kinds, ours.latitude, ours.longitude, ours.country,
        )  # fmt: skip
        assert back.deaths.best == (ours.deaths.floor if ours.deaths.best is None else ours.deaths.best)
        for side, actors in zip(back.actors, (sides.first, sides.second), strict=True):
            assert texts(side) == [actor["name"].replace(";", ",") for actor in actors]


@pytest.mark.parametrize("name", SCHEMES)
@given(tables=worlds())
def test_nothing_is_lost_in_silence(name: str, tables: dict[str, Any]) -> None:
    """Each event has a row or one reason why not; each filled field and participant of a row has a column or a loss."""
    scheme = scheme_of(name)
    cases, read, losses = there_and_back(name, tables)
    left = Counter(loss["event_id"] for loss in losses if loss["fate"] == "not-exported")
    assert Counter(back.id for back in read) + left == Counter(list(cases))
    told = {(loss["event_id"], loss["field"], loss["holds"]) for loss in losses}
    fields = {(event_id, field) for event_id, field, _ in told}
    for back in read:
        case = cases[back.id]
        for field, value in case.event.items():
            assert value is None or field in scheme.kept["events"] or (back.id, f"events.{field}") in fields, field
        shown = {name for side in back.actors for name in bare(texts(side), ";", ",")}
        for row in case.participants:
            actor = case.lookup.actors[row["actor_id"]]["name"]
            dropped = (back.id, f"participants.{row['role']}", row["actor_id"]) in told
            several = any(
                loss["reason"] in ("several-actors", "separator") and loss["event_id"] == back.id for loss in losses
            )
            held = row["role"] in scheme.kept["participants"] and (
                name == "acled" or bare([actor], ";", ",")[0] in shown
            )
            assert dropped or held or several, (row, back.actors)
    assert all(loss["why"] for loss in losses)


@given(
    st.permutations(scheme_of("ged").header),
    st.sampled_from([",", ";", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    worlds(),
)
def test_the_order_of_columns_means_nothing(
    header: list[str], delimiter: str, newline: str, tables: dict[str, Any]
) -> None:
    """Shuffled columns, other delimiters and line ends give the same rows."""
    with TemporaryDirectory() as folder:
        write_scheme("ged", frames(**tables), Path(folder), "d", "1")
        with (Path(folder) / "ged.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (Path(folder) / "other.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, delimiter=delimiter, lineterminator=newline)
            writer.writeheader()
            writer.writerows(rows)
        first, second = (read_theirs(Path(folder) / name, scheme_of("ged")) for name in ("ged.csv", "other.csv"))
    assert first.frame.equals(second.frame)


CELLS = st.text(st.sampled_from('ab,;\t"\r\n ä'), max_size=4)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3) | st.lists(CELLS, max_size=5), max_size=6)


@given(ROWS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_the_quick_reader_reads_what_the_careful_one_reads(
    rows: list[list[str]], delimiter: str, newline: str, mark: bool, ended: bool
) -> None:
    """It gives the same cells, or leaves the file to the other: rows too short or long, odd quotes, blank lines."""
    layout = Layout(delimiter, True, ["a", "b", "c"], [])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
            if delimiter == "\t":
                rows = [[" ".join(cell.split()) for cell in row] for row in rows]
            if newline == "\n":  # before Python 3.13 a carriage return stands there without quotes, and may end a row
                rows = [[cell.replace("\r", "\n") for cell in row] for row in rows]
            writer = csv.writer(file, delimiter=delimiter, lineterminator=newline)
            writer.writerows([["a", "b", "c"], *rows])
        if not ended:
            path.write_bytes(path.read_bytes().removesuffix(newline.encode()))
        try:
            careful, notes = read_carefully(path, layout, {"a": 0, "c": 2})
        except EventpackError:  # no row fits
            careful, notes = [], ["refused"]
        try:
            quick = read_quickly(path, layout, {"a": 0, "c": 2})
        except (Doubt, pl.exceptions.PolarsError):
            return
    assert notes == []
    assert [list(row) for row in quick.iter_rows()] == careful


EDGES = st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 9), max_size=4), max_size=5)


def worth(edges: list[dict[int, int]], columns: list[int]) -> int:
    """The sum of the weights of the pairs, each of which must be possible and each column used once."""
    used = [column for column in columns if column >= 0]
    assert len(set(used)) == len(used)
    return sum(edges[row][column] for row, column in enumerate(columns) if column >= 0)


@given(EDGES)
def test_the_best_pairs_are_found(edges: list[dict[int, int]]) -> None:
    """No other choice of pairs weighs more: all are tried."""
    width = [*range(6), *[-1] * len(edges)]
    found = worth(edges, assign(edges))
    assert found == _by_the_other_method(edges)
    if len(edges) < 4:
        tried = permutations(width, len(edges))
        assert found == max(sum(edges[row].get(column, 0) for row, column in enumerate(each)) for each in tried)


def _by_the_other_method(edges: list[dict[int, int]]) -> int:
    """The weight that the assignment of `agreement`, which works on whole matrices, finds."""
    weights = {(str(row), str(column)): float(w) for row, found in enumerate(edges) for column, w in found.items()}
    return int(sum(weights[pair] for pair in assign_small(weights)))


@given(worlds())
def test_losses_json_holds_what_losses_csv_holds(tables: dict[str, Any]) -> None:
    """Whatever texts hold: quotes, tabs, line breaks and separators."""
    with TemporaryDirectory() as folder:
        write_scheme("plover", frames(**tables), Path(folder), "d", "1")
        told = json.loads((Path(folder) / "losses.json").read_text("utf-8"))
        with (Path(folder) / "losses.csv").open(encoding="utf-8", newline="") as file:
            rows = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file)]
    assert told["losses"] == rows
