"""The derivation `events_flat` and the precision codes of other event datasets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from eventpack.derive.basis import Basis
from eventpack.derive.flat import flat_rows
from eventpack.derive.precision import acled_place, acled_time, days_between, ged_date, ged_place
from eventpack.opening import open_package
from eventpack.subject import read_subject
from tests.tablepack import write_tables

TABLES = {
    "events": "event_id,type,realis,date_earliest,date_latest,place_id,place_sense,note\n"
    "EV-aaaa,PROTEST-demo,occurred,2024-05-01,2024-05-01,PLC-aaaa,near,Kept\n",
    "event_types": "code,broader,label\nPROTEST,,Protest\nPROTEST-demo,PROTEST,March\n",
    "type_equivalents": "code,scheme,value,relation\nPROTEST,plover-type,PROTEST,exact\n"
    "PROTEST-demo,plover-mode,riot,broad\nPROTEST-demo,plover-mode,demo,exact\n",
    "places": "place_id,name,kind,country,latitude,longitude,radius_km\nPLC-aaaa,Milltown,town,FRE,12.5,-30.25,5\n",
    "actors": "actor_id,name\nACT-aaaa,Bakers\nACT-bbbb,Millers\nACT-cccc,Government\n",
    "participants": "event_id,actor_id,role\nEV-aaaa,ACT-bbbb,initiator\nEV-aaaa,ACT-aaaa,initiator\n"
    "EV-aaaa,ACT-cccc,target\nEV-aaaa,ACT-cccc,partner\n",
}
CLAIMS = "claim_id,event_id,source_id,stance,status\n"


def only_row(folder: Path, claims: str = "", **tables: str) -> Mapping[str, str]:
    """The row of the one event, with these claims and tables."""
    held = {**TABLES, "claims": CLAIMS + claims, **tables}
    (row,) = flat_rows(Basis(read_subject(open_package(write_tables(folder, held)))[0]))
    return row


def test_labels_are_joined_and_columns_of_events_kept(tmp_path: Path) -> None:
    """Type, place and participants appear by name; names follow the order of the ids, partners are left out."""
    row = only_row(tmp_path)
    expected = {
        "note": "Kept", "type_label": "March", "place_name": "Milltown", "country": "FRE", "latitude": "12.5",
        "longitude": "-30.25", "radius_km": "5", "initiators": "Bakers; Millers", "targets": "Government",
    }  # fmt: skip
    assert expected == {name: row[name] for name in expected}


def test_the_plover_type_is_inherited_and_the_mode_is_not(tmp_path: Path) -> None:
    """A mode without its own type takes that of the broader type; of modes only an exact own one counts."""
    own = only_row(tmp_path / "own")
    above = only_row(tmp_path / "above", events=TABLES["events"].replace("PROTEST-demo", "PROTEST"))
    assert (own["plover_type"], own["plover_mode"]) == ("PROTEST", "demo")
    assert (above["plover_type"], above["plover_mode"]) == ("PROTEST", "")


def test_a_circle_of_broader_types_has_no_plover_type(tmp_path: Path) -> None:
    """Types that are broader than each other, a fault reported elsewhere, do not hang the build."""
    types = "code,broader,label\nPROTEST,PROTEST-demo,Protest\nPROTEST-demo,PROTEST,March\n"
    row = only_row(tmp_path, event_types=types, type_equivalents="code,scheme,value,relation\n")
    assert row["plover_type"] == ""


SUPPORT = {
    "": ("0", "0", "0", ""),
    "CL-a,EV-aaaa,SRC-a,asserts,accepted\n": ("1", "1", "1", "single-source"),
    "CL-a,EV-aaaa,SRC-a,asserts,rejected\n": ("0", "0", "0", ""),
    "CL-a,EV-aaaa,SRC-a,assesses,accepted\n": ("1", "1", "0", ""),
    "CL-a,EV-aaaa,SRC-a,asserts,accepted\nCL-b,EV-aaaa,SRC-a,asserts,accepted\n": ("2", "1", "1", "single-source"),
    "CL-a,EV-aaaa,SRC-a,asserts,accepted\nCL-b,EV-aaaa,SRC-b,asserts,accepted\n": ("2", "2", "2", "corroborated"),
    "CL-a,EV-aaaa,SRC-a,asserts,accepted\nCL-b,EV-aaaa,SRC-b,denies,accepted\n": ("2", "2", "1", "contested"),
}


@pytest.mark.parametrize(("claims", "expected"), SUPPORT.items())
def test_support_follows_from_accepted_claims(tmp_path: Path, claims: str, expected: tuple[str, ...]) -> None:
    """Counts of claims, sources and independent origins, and the word for them."""
    row = only_row(tmp_path, claims)
    assert expected == tuple(row[name] for name in ("claim_count", "source_count", "independent_count", "support"))


def test_a_denied_event_is_supported_by_denials(tmp_path: Path) -> None:
    """For a denied event denials support and assertions contest."""
    events = TABLES["events"].replace("occurred", "denied")
    row = only_row(tmp_path, "CL-a,EV-aaaa,SRC-a,denies,accepted\nCL-b,EV-aaaa,SRC-b,asserts,accepted\n", events=events)
    assert (row["independent_count"], row["support"]) == ("1", "contested")


def test_support_is_traced_to_its_claims(tmp_path: Path) -> None:
    """The claims that support, those of them that count, and those that contest, by their ids in order."""
    claims = (
        "CL-d,EV-aaaa,SRC-a,asserts,accepted\nCL-c,EV-aaaa,SRC-b,asserts,accepted\n"
        "CL-b,EV-aaaa,SRC-a,asserts,accepted\nCL-a,EV-aaaa,SRC-c,denies,accepted\n"
        "CL-e,EV-aaaa,SRC-c,asserts,rejected\nCL-f,EV-aaaa,SRC-c,assesses,accepted\n"
        "CL-g,EV-bbbb,SRC-c,asserts,accepted\n"
    )
    row = only_row(tmp_path, claims)
    expected = {
        "claim_count": "5", "independent_count": "2", "support": "contested", "supporting_claims": "CL-b; CL-c; CL-d",
        "independent_claims": "CL-b; CL-c", "contesting_claims": "CL-a",
    }  # fmt: skip
    assert expected == {name: row[name] for name in expected}


DATES = [
    ("2024-05-01", "2024-05-01", "1", "1"),
    ("2024-05-01", "2024-05-02", "2", "2"),
    ("2024-05-01", "2024-05-06", "2", "2"),
    ("2024-05-01", "2024-05-07", "3", "2"),
    ("2024-05-01", "2024-05-08", "4", "3"),
    ("2024-05-02", "2024-05-31", "4", "3"),
    ("2024-05-01", "2024-05-31", "4", "3"),
    ("2024-05-02", "2024-06-01", "5", "3"),
    ("2024-01-01", "2024-12-31", "5", ""),
    ("2024-01-01", "2025-01-01", "", ""),
    ("", "2024-05-01", "", ""),
    ("2024-05-02", "2024-05-01", "", ""),
    ("2024-02-30", "2024-03-01", "", ""),
]


@pytest.mark.parametrize(("earliest", "latest", "ged", "acled"), DATES)
def test_precision_of_dates(earliest: str, latest: str, ged: str, acled: str) -> None:
    """The codes follow from the number of days; a whole calendar month of 31 days is still a month for GED."""
    days = days_between(earliest, latest)
    assert (ged, acled) == (ged_date(days, earliest, latest), acled_time(days))


PLACES = [
    ("", "", "", "", "", ""),
    ("virtual", "", "", "", "", ""),
    ("water", "", "", "near", "7", "3"),
    ("water", "FRE", "", "", "5", "3"),
    ("border", "", "", "at", "5", "3"),
    ("town", "FRE", "1", "along", "5", "3"),
    ("province", "FRE", "", "near", "5", "3"),
    ("country", "FRE", "900", "", "6", "3"),
    ("province", "FRE", "90", "", "4", "3"),
    ("district", "FRE", "90", "within", "3", "2"),
    ("town", "FRE", "25", "", "1", "1"),
    ("town", "FRE", "25.5", "", "5", "3"),
    ("point", "FRE", "1.5", "", "2", "2"),
    ("building", "FRE", "", "near", "2", "2"),
    ("point", "FRE", "", "at", "1", "1"),
]


@pytest.mark.parametrize(("kind", "country", "radius", "sense", "ged", "acled"), PLACES)
def test_precision_of_places(kind: str, country: str, radius: str, sense: str, ged: str, acled: str) -> None:
    """The first line of the definition that fits decides."""
    found = ged_place(kind, country, radius, sense)
    assert (ged, acled) == (found, acled_place(found))
