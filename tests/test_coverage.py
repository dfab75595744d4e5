"""The coverage of a dataset: what is counted, how it is written, and where it appears."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eventpack.building import build
from eventpack.derive.basis import Basis
from eventpack.derive.codebook import codebook_bytes
from eventpack.derive.coverage import Share, coverage_of, coverage_rows
from eventpack.derive.edition import Edition
from eventpack.derive.readme import readme_bytes
from eventpack.derive.statement import statement_lines
from eventpack.opening import open_package
from eventpack.subject import read_subject
from eventpack.validation import validate
from tests.casepack import copy_base
from tests.tablepack import write_tables

TABLES = {
    "events": "event_id,realis,date_earliest,date_latest,place_id,note\n"
    "EV-aaaa,occurred,2024-05-01,2024-05-01,PLC-aaaa,x\nEV-bbbb,occurred,2024-05-01,2024-05-03,PLC-bbbb,\n"
    "EV-cccc,occurred,,2024-05-03,,\nEV-dddd,hypothetical,,,,\n",
    "places": "place_id,latitude,longitude\nPLC-aaaa,1,2\nPLC-bbbb,1,\n",
    "sources": "source_id,publisher,language,published_earliest,published_latest\n"
    "SRC-aaaa,Gazette,en,2024-05-03,2024-05-03\nSRC-bbbb,,en,2024-05-02,2024-05-04\nSRC-cccc,Gazette,,,\n",
    "claims": "claim_id,event_id,source_id,stance,relayed_by,passage_sha256,status\n"
    "CL-aaaa,EV-aaaa,SRC-aaaa,asserts,,0f,accepted\nCL-bbbb,EV-aaaa,SRC-bbbb,asserts,ACT-aaaa,0f,accepted\n"
    "CL-cccc,EV-bbbb,SRC-bbbb,asserts,ACT-aaaa,,accepted\nCL-dddd,EV-bbbb,SRC-aaaa,denies,,0f,accepted\n"
    "CL-eeee,EV-cccc,SRC-aaaa,asserts,,,accepted\nCL-ffff,EV-cccc,SRC-cccc,asserts,,,rejected\n",
}


def basis_of(folder: Path, **tables: str) -> Basis:
    """The tables as a subject."""
    return Basis(read_subject(open_package(write_tables(folder, {**TABLES, **tables})))[0])


def told(basis: Basis, topic: str) -> dict[str, tuple[int, int]]:
    """What one topic counts by item; of two tables the events."""
    shares = [one for one in coverage_of(basis) if one.topic == topic]
    return {f"{one.table} {one.item}": (one.counted, one.of) for one in shares}


def test_every_field_tells_how_often_it_is_filled(tmp_path: Path) -> None:
    """Of the rows of its table."""
    filled = told(basis_of(tmp_path), "filled")
    assert filled["events note"] == (1, 4)
    assert filled["claims relayed_by"] == (2, 6)
    assert filled["sources source_id"] == (3, 3)


def test_dates_and_places_are_sorted_by_how_exact_they_are(tmp_path: Path) -> None:
    """Each event is in one class; half a point is no coordinates."""
    basis = basis_of(tmp_path)
    expected = {"events day": (1, 4), "events range": (1, 4), "events open": (1, 4), "events none": (1, 4)}
    assert expected == told(basis, "date")
    assert told(basis, "place") == {"events coordinates": (1, 4), "events name": (1, 4), "events none": (2, 4)}


def test_support_is_that_of_events_flat(tmp_path: Path) -> None:
    """One event is corroborated, one contested, one rests on a single source, one has no claim."""
    expected = {
        "events single-source": (1, 4),
        "events corroborated": (1, 4),
        "events contested": (1, 4),
        "events none": (1, 4),
    }
    assert expected == told(basis_of(tmp_path), "support")


def test_sources_publishers_languages_and_outlets_tell_what_they_gave(tmp_path: Path) -> None:
    """Accepted claims, and events that have one; a source without any is there with none."""
    basis = basis_of(tmp_path)
    expected = {
        "claims SRC-aaaa": (3, 5), "events SRC-aaaa": (3, 4), "claims SRC-bbbb": (2, 5), "events SRC-bbbb": (2, 4),
        "claims SRC-cccc": (0, 5), "events SRC-cccc": (0, 4),
    }  # fmt: skip
    assert expected == told(basis, "source")
    publishers = told(basis, "publisher")
    assert publishers["claims Gazette"] == (3, 5)
    assert publishers["claims (unknown)"] == (2, 5)
    assert told(basis, "language")["events en"] == (3, 4)
    assert told(basis, "relay") == {"claims ACT-aaaa": (2, 5), "events ACT-aaaa": (2, 4)}


def spread(basis: Basis, topic: str) -> list[tuple[str, str, int, str]]:
    """A distribution: its parts, values, how many events it rests on, and its unit."""
    shares = [one for one in coverage_of(basis) if one.topic == topic]
    return [(one.item, one.value, one.counted, one.unit) for one in shares]


def test_claims_per_event_and_lag_are_distributions(tmp_path: Path) -> None:
    """Least, median and most; the lag rests on the events whose day and whose source's day are known."""
    basis = basis_of(tmp_path)
    expected = [("least", "0", 4, "claims"), ("median", "1.5", 4, "claims"), ("most", "2", 4, "claims")]
    assert expected == spread(basis, "claims-per-event")
    assert [("least", "2", 1), ("median", "2", 1), ("most", "2", 1)] == [
        p[:3] for p in spread(basis, "publication-lag")
    ]


def test_what_was_told_before_has_a_negative_lag(tmp_path: Path) -> None:
    """An announced event; of several sources the first counts."""
    events = "event_id,date_earliest,date_latest\nEV-aaaa,2024-05-05,2024-05-05\n"
    days = "SRC-aaaa,2024-05-03,2024-05-03\nSRC-bbbb,2024-05-09,2024-05-09\n"
    sources = f"source_id,published_earliest,published_latest\n{days}"
    assert spread(basis_of(tmp_path, events=events, sources=sources), "publication-lag")[0][1] == "-2"


def test_nothing_has_no_share_and_no_value(tmp_path: Path) -> None:
    """A dataset without rows divides by nothing."""
    empty = {name: text.partition("\n")[0] + "\n" for name, text in TABLES.items()}
    basis = basis_of(tmp_path, **empty)
    rows = list(coverage_rows(basis))
    assert {(row["counted"], row["of"], row["share"], row["value"]) for row in rows} == {("0", "0", "", "")}
    assert any("known for 0 of 0 events" in line for line in statement_lines(basis))


def verification(folder: Path, record: object) -> None:
    """Write the verification record of a package."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/verification.json").write_text(json.dumps(record), "utf-8")


def test_verified_passages_are_told_when_there_is_a_record(tmp_path: Path) -> None:
    """Each outcome, of all claims; entries of claims that are gone do not count."""
    write_tables(tmp_path, TABLES)
    assert told(basis_of(tmp_path), "passage") == {"claims given": (3, 6)}
    outcomes = {"CL-aaaa": "verified", "CL-bbbb": "failed", "CL-dddd": "verified", "CL-gone": "verified"}
    rest = {"claim": "0" * 64, "passage": "0" * 64, "tool": "eventpack 0.1.0", "date": "2026-03-09"}
    claims = {claim: {"outcome": outcome, **rest} for claim, outcome in outcomes.items()}
    verification(tmp_path, {"verification": "1", "claims": claims})
    expected = {"claims given": (3, 6), "claims verified": (2, 6), "claims failed": (1, 6)}
    assert expected == told(basis_of(tmp_path), "passage")


def test_a_broken_verification_record_is_no_record(tmp_path: Path) -> None:
    """Its own check tells what is wrong with it; a build does not fail."""
    wrong: list[object] = [{"CL-aaaa": "verified"}, {"CL-aaaa": {"outcome": 1}}, []]
    records: list[object] = [[], *({"claims": claims} for claims in wrong)]
    for record in records:
        verification(tmp_path, record)
        assert told(basis_of(tmp_path), "passage").get("claims verified", (0, 6)) == (0, 6)
    (tmp_path / "data/verification.json").write_bytes(b"{\xff")
    assert told(basis_of(tmp_path), "passage") == {"claims given": (3, 6)}


@given(st.lists(st.fixed_dictionaries({"source_id": st.sampled_from("abc"), "event_id": st.sampled_from("AB")})))
def test_shares_are_between_nothing_and_everything(claims: list[Mapping[str, str]]) -> None:
    """A share is written to four places, and what is counted is part of what there is."""
    for counted in range(len(claims) + 1):
        share = Share("t", "events", "i", counted, len(claims)).share
        assert share == "" if not claims else 0 <= float(share) <= 1
        assert not claims or abs(float(share) - counted / len(claims)) <= 0.00005


def test_coverage_is_built_proved_fresh_and_valid(tmp_path: Path) -> None:
    """A record that changes leaves it stale; what is built passes its own schema."""
    folder = copy_base(tmp_path / "pack")
    assert validate(folder).findings == ()
    record = folder / "data/records/events/EV-aaaaaa.yaml"
    record.write_text(record.read_text("utf-8").replace("date_basis:", "note: As told.\ndate_basis:", 1), "utf-8")
    found = [(finding.code, finding.where.path) for finding in validate(folder).findings]
    assert ("build/stale", "data/coverage.csv") in found
    build(folder)
    assert validate(folder).findings == ()


def test_the_statement_stands_in_codebook_and_readme(tmp_path: Path) -> None:
    """Both say what the table says; a package without the table has no statement."""
    folder = copy_base(tmp_path / "pack")
    subject = read_subject(open_package(folder))[0]
    page = (codebook_bytes(subject) or b"").decode()
    assert "\n## Coverage statement\n" in page
    assert "| `claims` | " in page
    readme = readme_bytes(subject, Edition("1"), ()).decode()
    (day,) = [share for share in coverage_of(Basis(subject)) if (share.topic, share.item) == ("date", "day")]
    assert f"- Dated to: the day {day.counted} (" in readme
    assert f"of {day.of} events." in readme
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != "coverage"]
    path.write_text(json.dumps(descriptor), "utf-8")
    (folder / "schemas/coverage.json").unlink()
    without = read_subject(open_package(folder))[0]
    assert "Coverage statement" not in (codebook_bytes(without) or b"").decode()
    assert "## Coverage" not in readme_bytes(without, Edition("1"), ()).decode()
