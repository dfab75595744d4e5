"""Exports into the formats of others: what stands in them, what is left out, and that each loss is accounted for."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eventpack.interchange.case import cases_of
from eventpack.interchange.countries import countries
from eventpack.interchange.needs import NEEDS
from eventpack.interchange.scheme import SCHEMES, reasons, scheme_of
from eventpack.interchange.sides import TESTS
from eventpack.interchange.writing import VALUES, row_of, write_scheme
from tests.eventtables import CLAIM, PROFILE, deaths, event, frames, participant

ARMY, REBELS, MILITIA, PEOPLE = "ACT-army01", "ACT-rebel1", "ACT-milit1", "ACT-people"
FOUGHT = [participant(ARMY, "initiator"), participant(REBELS, "target")]


def exported(name: str, events: dict[str, Any] | None = None, **tables: Any) -> tuple[dict[str, Any] | None, list[Any]]:
    """What a format makes of one event, and what is lost."""
    given = {"events": [events or event()], "participants": FOUGHT, "estimates": [deaths(2, 3, 5)], "claims": [CLAIM]}
    (case,) = cases_of(frames(**{**given, **tables}))
    return row_of(case, scheme_of(name), "0.1.0"), case.losses


def refused(name: str, events: dict[str, Any] | None = None, **tables: Any) -> str:
    """Why a format leaves one event out."""
    row, losses = exported(name, events, **tables)
    assert (row, [loss.fate for loss in losses]) == (None, ["not-exported"])
    return str(losses[0].reason)


def test_a_clash_becomes_a_row_of_ged() -> None:
    """Sides, days, place, precision, deaths and sources stand in GED's columns; what only UCDP gives out is empty."""
    row, _ = exported("ged")
    assert row is not None
    assert {name: value for name, value in row.items() if value} == {
        "id": "EV-aaaa01", "year": "2026", "type_of_violence": "1", "dyad_name": "Army of Iran - Hill Front",
        "side_a": "Army of Iran", "side_b": "Hill Front", "number_of_sources": "1",
        "source_article": '"Harbour News,2026-03-03,Clash in the hills"', "source_office": "Harbour News",
        "source_date": "2026-03-03", "source_headline": "Clash in the hills", "source_original": "Army of Iran",
        "where_prec": "1", "where_coordinates": "Baneh", "where_description": "at Baneh", "adm_1": "Kurdistan",
        "adm_2": "Baneh County", "latitude": "35.9975", "longitude": "45.8853", "geom_wkt": "POINT (45.8853 35.9975)",
        "priogrid_gid": "181172", "country": "Iran", "country_id": "630", "region": "Middle East", "date_prec": "1",
        "date_start": "2026-03-02", "date_end": "2026-03-02", "deaths_a": "0", "deaths_b": "0",
        "deaths_civilians": "0", "deaths_unknown": "3", "best": "3", "high": "5", "low": "2", "gwnoa": "630",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "events", "tables"),
    [
        ("not-occurred", event(realis="planned"), {}),
        ("no-deaths", event(), {"estimates": []}),
        ("no-deaths", event(), {"estimates": [deaths(0, 0, 0)]}),
        ("no-deaths", event(), {"estimates": [deaths(0, 3, 5, measure="fighters-deployed")]}),
        ("no-type", event(type="CONSULT-phone"), {}),
        ("parties-unknown", event(), {"participants": [participant(ARMY, "initiator")]}),
        ("type-refuted", event(), {"participants": [participant(PEOPLE, "initiator"), participant(ARMY, "target")]}),
        ("no-date", event(date_earliest=None), {}),
        ("no-date", event(realis="ongoing"), {}),
        ("two-years", event(date_earliest=date(2025, 12, 31), date_latest=date(2026, 1, 1)), {}),
        ("too-long", event(date_earliest=date(2025, 1, 1), date_latest=date(2026, 1, 2)), {}),
        ("no-place", event(place_id=None), {}),
    ],
)
def test_ged_leaves_out_what_it_does_not_include(reason: str, events: dict[str, Any], tables: dict[str, Any]) -> None:
    """Every rule of inclusion that an event breaks is named; no other loss is told of an event that is left out."""
    assert refused("ged", events, **tables) == reason


@pytest.mark.parametrize(
    ("first", "second", "violence"),
    [(ARMY, REBELS, "1"), (REBELS, ARMY, "1"), (REBELS, MILITIA, "2"), (ARMY, PEOPLE, "3"), (MILITIA, PEOPLE, "3")],
)
def test_who_acts_decides_the_type_of_violence(first: str, second: str, violence: str) -> None:
    """State-based, non-state or one-sided follows from the parties; in the first case the government stands first."""
    row, losses = exported("ged", participants=[participant(first, "initiator"), participant(second, "target")])
    assert row is not None
    assert violence == row["type_of_violence"]
    swapped = any(loss.reason == "sides-swapped" for loss in losses)
    assert swapped == (first == REBELS and second == ARMY)
    assert (row["side_a"] == "Army of Iran") == (ARMY in (first, second))


def test_no_number_is_made_up() -> None:
    """A claim that only says “at least 41” fills low alone; the four parts of best stay empty with it."""
    row, losses = exported("ged", estimates=[deaths(41, None, None)])
    assert row is not None
    names = ("low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert [row[name] for name in names] == ["41", "", "", "", "", "", ""]
    assert {(loss.reason, loss.column) for loss in losses} >= {("no-best", "best"), ("no-bound", "high")}


def test_measures_of_civilians_and_of_all_add_up() -> None:
    """The rest of all deaths has an unknown identity; the four parts are best."""
    row, losses = exported("ged", estimates=[deaths(5, 7, 9), deaths(2, 2, 2, measure="deaths-civilians")])
    assert row is not None
    assert [row[name] for name in ("deaths_civilians", "deaths_unknown", "best")] == ["2", "5", "7"]
    assert [loss.holds for loss in losses if loss.reason == "deaths-unattributed"] == ["7"]


def test_a_measure_counts_deaths_when_external_ids_say_so() -> None:
    """A measure of any name is read as deaths with a row for it in external_ids."""
    ids = [{"table": "measures", "record_id": "fighters-deployed", "scheme": "ged", "value": "best"}]
    row, _ = exported("ged", estimates=[deaths(1, 2, 3, measure="fighters-deployed")], external_ids=ids)
    assert row is not None
    assert row["best"] == "2"


def test_a_clash_becomes_a_row_shaped_like_acled() -> None:
    """Event and sub-event type, actors with their kinds, one day, one number."""
    row, losses = exported("acled")
    assert row is not None
    assert {name: value for name, value in row.items() if value} == {
        "event_id_cnty": "EV-aaaa01", "event_date": "2026-03-02", "year": "2026", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "Army of Iran", "inter1": "State forces", "actor2": "Hill Front", "inter2": "Rebel group",
        "interaction": "State forces-Rebel group", "iso": "364", "country": "Iran", "admin1": "Kurdistan",
        "admin2": "Baneh County", "location": "Baneh", "latitude": "35.9975", "longitude": "45.8853",
        "geo_precision": "1", "source": "Harbour News", "notes": "Clash at the bridge.", "fatalities": "2",
    }  # fmt: skip
    assert [loss.holds for loss in losses if loss.reason == "one-number"] == ["2/3/5"]


def test_acled_takes_a_condition_as_met_only_when_nothing_else_fits() -> None:
    """Shelling of villagers can only be remote violence; between armed sides it may be a battle, and is left out."""
    shelling = event(type="ASSAULT-heavy-weapons")
    row, losses = exported(
        "acled", shelling, participants=[participant(ARMY, "initiator"), participant(PEOPLE, "target")]
    )
    assert row is not None
    assert (row["event_type"], row["civilian_targeting"]) == ("Explosions/Remote violence", "Civilian targeting")
    assert [loss.column for loss in losses if loss.reason == "type-condition"] == ["event_type", "sub_event_type"]
    assert refused("acled", shelling) == "type-undecided"


def test_one_day_of_several_is_the_middle_one() -> None:
    """ACLED has one date: bounds of a month become its middle, with precision 3."""
    row, losses = exported("acled", event(date_earliest=date(2026, 3, 1), date_latest=date(2026, 3, 31)))
    assert row is not None
    assert (row["event_date"], row["time_precision"]) == ("2026-03-16", "3")
    assert {loss.reason for loss in losses} >= {"middle-day", "precision"}


@pytest.mark.parametrize(
    ("kind", "target", "targeting"),
    [
        ("PROTEST-riot", PEOPLE, "Civilian targeting"), ("PROTEST-riot", ARMY, ""),
        ("ASSAULT-aerial", PEOPLE, "Civilian targeting"), ("ASSAULT-aerial", REBELS, ""),
        ("ASSAULT-targeted", PEOPLE, "Civilian targeting"), ("PROTEST-demo", PEOPLE, ""),
    ],
)  # fmt: skip
def test_acled_says_what_has_civilians_as_its_target(kind: str, target: str, targeting: str) -> None:
    """Violence against civilians always has; explosions and riots have when all whom they are against are civilians."""
    row, _ = exported(
        "acled", event(type=kind), participants=[participant(MILITIA, "initiator"), participant(target, "target")]
    )
    assert row is not None
    assert row["civilian_targeting"] == targeting


def test_excessive_force_against_protesters_has_civilians_as_its_target() -> None:
    """A dataset whose type is that sub-type alone says so, whoever else is named."""
    told = [
        {"code": "ASSAULT-crowd-control", "scheme": scheme, "value": value, "relation": "exact"}
        for scheme, value in (
            ("acled-event-type", "Protests"), ("acled-sub-event-type", "Excessive force against protesters"),
        )
    ]  # fmt: skip
    row, _ = exported("acled", event(type="ASSAULT-crowd-control"), type_equivalents=told)
    assert row is not None
    assert (row["civilian_targeting"], row["disorder_type"]) == (
        "Civilian targeting", "Political violence; Demonstrations",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["ASSAULT-targeted", "ASSAULT-aerial"])
def test_whom_nobody_known_attacked_is_not_who_acted(kind: str) -> None:
    """Targets without a known initiator stand on ACLED's second side; nothing says that civilians acted alone."""
    row, _ = exported("acled", event(type=kind), participants=[participant(PEOPLE, "target")])
    assert row is not None
    assert [row[name] for name in ("actor1", "inter1", "actor2", "inter2", "interaction")] == [
        "", "", "Villagers", "Civilians", "",
    ]  # fmt: skip


def test_the_order_of_actors_says_who_attacked_civilians() -> None:
    """ACLED's order has no direction, except in violence against civilians, whose target is the second actor."""
    attacked = [participant(MILITIA, "initiator"), participant(PEOPLE, "target")]
    _, directed = exported("acled", event(type="ASSAULT-targeted"), participants=attacked)
    _, fought = exported("acled")
    assert [any(loss.reason == "no-direction" for loss in losses) for losses in (directed, fought)] == [False, True]


def test_a_state_that_acts_abroad_is_an_external_force() -> None:
    """ACLED tells the forces of the country from those of others."""
    abroad = [{"place_id": "PLC-iraq01", "name": "Erbil", "kind": "town", "country": "IRQ", "latitude": 36.2,
               "longitude": 44.0}]  # fmt: skip
    row, _ = exported("acled", event(place_id="PLC-iraq01"), places=abroad)
    assert row is not None
    assert (row["inter1"], row["interaction"]) == ("External/Other forces", "Rebel group-External/Other forces")


def test_a_call_becomes_a_row_of_polecat_and_a_record_of_plover() -> None:
    """Partners are actors there, without recipient; what nobody codes is None, or left out."""
    call = event(type="CONSULT-phone", place_id=None, place_sense=None)
    both = [participant(ARMY, "partner"), participant(REBELS, "partner")]
    row, _ = exported("polecat", call, participants=both, estimates=[])
    assert row is not None
    assert {name: value for name, value in row.items() if value} == {
        "Event ID": "EV-aaaa01", "Event Date": "2026-03-02", "Event Type": "CONSULT", "Event Mode": "phone",
        "Quad Code": "VERBAL COOPERATION", "Actor Name": "Army of Iran; Hill Front", "Actor Country": "IRN; IRN",
        "Actor COW": "630; 630", "Primary Actor Sector": "MIL", "Actor Sectors": "MIL; REB",
        "Source": "Harbour News", "Publication Date": "2026-03-03", "Language": "en", "Version": "0.1.0",
    }  # fmt: skip
    record, _ = exported("plover", call, participants=both, estimates=[])
    assert record is not None
    assert (record["event"], record["mode"], record["quad_code"], record["recipient"]) == (
        ["CONSULT"],
        ["phone"],
        1,
        [],
    )
    assert [entity["entity_text"] for entity in record["actor"]] == ["Army of Iran", "Hill Front"]


@pytest.mark.parametrize(
    ("realis", "mode"), [("planned", "future"), ("hypothetical", "hypothetical"), ("denied", "negation")]
)
def test_plover_has_modes_for_what_has_not_occurred(realis: str, mode: str) -> None:
    """Its auxiliary modes say it; POLECAT, which has none, leaves such events out."""
    row, _ = exported("plover", event(realis=realis))
    assert row is not None
    assert row["mode"] == ["firearms", mode]
    assert refused("polecat", event(realis=realis)) == "not-occurred"


def test_the_report_says_of_each_event_what_became_of_it(tmp_path: Path) -> None:
    """losses.csv, losses.json and the counts are the same losses; the text has the counts and the empty columns."""
    events = [event(), event(2, type="CONSULT-phone"), event(3, realis="planned")]
    fought = [participant(ARMY, "initiator"), participant(REBELS, "target")]
    report = write_scheme(
        "ged", frames(events=events, participants=fought, estimates=[deaths(2, 3, 5)]), tmp_path, "d", "1"
    )
    assert (report.events, report.exported) == (3, 1)
    rows = list(csv.DictReader((tmp_path / "losses.csv").read_text("utf-8").splitlines()))
    told = json.loads((tmp_path / "losses.json").read_text("utf-8"))
    assert [{key: cell for key, cell in row.items() if cell} for row in rows] == told["losses"]
    counted = Counter((row["fate"], row["reason"], row["field"]) for row in rows)
    assert {(row["fate"], row["reason"], row["field"]): row["losses"] for row in told["counts"]} == counted
    assert {row["event_id"]: row["reason"] for row in rows if row["fate"] == "not-exported"} == {
        "EV-aaaa02": "no-deaths", "EV-aaaa03": "not-occurred",
    }  # fmt: skip
    text = (tmp_path / "losses.txt").read_text("utf-8")
    assert "1 of 3 events exported" in text
    assert "assigned: only its publisher gives these out: relid, active_year" in text
    assert [row["id"] for row in csv.DictReader((tmp_path / "ged.csv").read_text("utf-8").splitlines())] == [
        "EV-aaaa01"
    ]


@pytest.mark.parametrize("name", SCHEMES)
def test_the_tables_of_a_format_are_complete(name: str) -> None:
    """Each column has a value or a reason, each of our fields and roles a column or a reason; all names are known."""
    scheme = scheme_of(name)
    assert [c.name for c in scheme.columns if bool(c.take) == bool(c.empty)] == []
    assert {c.take for c in scheme.columns if c.take} - {*VALUES, "version"} == set()
    assert set(scheme.needs) - set(NEEDS) == set()
    assert set(scheme.more["types"].get("test", {}).values()) - set(TESTS) == set()
    fields = {field["name"] for field in json.loads((PROFILE / "events.json").read_text("utf-8"))["fields"]}
    assert set(scheme.lost["events"]) ^ set(scheme.kept["events"]) == fields
    schema = json.loads((PROFILE / "participants.json").read_text("utf-8"))
    roles = next(field for field in schema["fields"] if field["name"] == "role")["constraints"]["enum"]
    assert set(scheme.lost["participants"]) ^ set(scheme.kept["participants"]) == set(roles)
    held = {column for columns in scheme.kept.values() for column in columns.values()} - {""}
    assert held - set(scheme.header) == set()
    used = {c.empty for c in scheme.columns} | {why for rows in scheme.lost.values() for why in rows.values()}
    assert used - {""} - set(reasons()) == set()


@pytest.mark.parametrize(("name", "count"), [("ged", 49), ("acled", 31), ("polecat", 40)])
def test_formats_have_their_columns(name: str, count: int) -> None:
    """As many as the newest files of that format have."""
    assert len(scheme_of(name).header) == count


def test_countries_have_one_number_each() -> None:
    """No two countries share an ISO, Gleditsch-Ward or Correlates of War number."""
    for terms in ("numeric", "gw", "cow"):
        numbers = [getattr(country, terms) for country in countries().values() if getattr(country, terms)]
        assert sorted(set(numbers)) == sorted(numbers)
