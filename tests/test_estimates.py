"""The derivation `estimates`, on hand-written tables."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eventpack.derive.basis import Basis
from eventpack.derive.estimates import RULES, count_claims, estimate_rows
from eventpack.derive.independence import Origins
from eventpack.opening import open_package
from eventpack.subject import read_subject
from tests.tablepack import write_tables

SOURCES = """\
source_id,published_earliest,published_latest
SRC-aaaa,2024-05-02,2024-05-02
SRC-bbbb,2024-05-03,2024-05-03
SRC-cccc,,
"""
MEASURES = "code,default_rule\ninjured,median-of-independent\nlost,\n"
HEADER = "claim_id,event_id,source_id,stance,relayed_by,said_latest,as_of,measure,low,best,high,status\n"


def basis_of(folder: Path, claims: str, links: str = "source_id,derives_from\n") -> Basis:
    """The tables around some claims."""
    tables = {"sources": SOURCES, "source_links": links, "measures": MEASURES, "claims": HEADER + claims}
    return Basis(read_subject(open_package(write_tables(folder, tables)))[0])


def chosen(basis: Basis) -> dict[str, tuple[str, str, str]]:
    """The numbers of the selected claim by rule."""
    return {row["rule"]: (row["low"], row["best"], row["high"]) for row in estimate_rows(basis)}


def test_each_rule_repeats_the_numbers_of_one_claim(tmp_path: Path) -> None:
    """Lowest goes by the floor, highest by the ceiling, latest by the date; numbers are compared as numbers."""
    basis = basis_of(
        tmp_path,
        "CL-aaaa,EV-aaaa,SRC-aaaa,asserts,,2024-05-01,,injured,9,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-bbbb,asserts,,2024-05-01,2024-05-04,injured,,10,12.5,accepted\n"
        "CL-cccc,EV-aaaa,SRC-cccc,asserts,,,,injured,100,,,accepted\n",
    )
    expected = {
        "lowest": ("9", "", ""),
        "highest": ("100", "", ""),
        "median-of-independent": ("", "10", "12.5"),
        "latest": ("", "10", "12.5"),
    }
    assert expected == chosen(basis)
    selected = {row["rule"]: row["claim_id"] for row in estimate_rows(basis)}
    assert selected == {
        "lowest": "CL-aaaa", "highest": "CL-cccc", "median-of-independent": "CL-bbbb", "latest": "CL-bbbb",
    }  # fmt: skip


def test_what_is_no_number_does_not_count(tmp_path: Path) -> None:
    """NaN cannot be compared with anything; a claim with another number is taken by that."""
    basis = basis_of(
        tmp_path,
        "CL-aaaa,EV-aaaa,SRC-aaaa,asserts,,,,injured,NaN,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-bbbb,asserts,,,,injured,many,7,,accepted\n",
    )
    assert {("CL-bbbb", "1")} == {(row["claim_id"], row["claim_count"]) for row in estimate_rows(basis)}


def test_only_accepted_assertions_with_a_number_count(tmp_path: Path) -> None:
    """What is denied, superseded or has no number makes no estimate."""
    basis = basis_of(
        tmp_path,
        "CL-aaaa,EV-aaaa,SRC-aaaa,denies,,,,injured,1,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-aaaa,asserts,,,,injured,2,,,superseded\n"
        "CL-cccc,EV-aaaa,SRC-aaaa,asserts,,,,injured,,,,accepted\n"
        "CL-dddd,EV-aaaa,SRC-aaaa,asserts,,,,,,,,accepted\n",
    )
    assert list(estimate_rows(basis)) == []


def test_the_default_rule_of_the_measure_is_chosen(tmp_path: Path) -> None:
    """One row is marked for a measure with a default rule, none for a measure without."""
    basis = basis_of(
        tmp_path,
        "CL-aaaa,EV-aaaa,SRC-aaaa,asserts,,,,injured,1,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-aaaa,asserts,,,,lost,1,,,accepted\n",
    )
    marked = [(row["measure"], row["rule"]) for row in estimate_rows(basis) if row["chosen"] == "true"]
    assert marked == [("injured", "median-of-independent")]


def test_the_smallest_id_wins_among_equals(tmp_path: Path) -> None:
    """Equal floors, ceilings and dates are told apart by claim_id."""
    basis = basis_of(
        tmp_path,
        "CL-bbbb,EV-aaaa,SRC-aaaa,asserts,,,,injured,5,6,,accepted\nCL-aaaa,EV-aaaa,SRC-aaaa,asserts,,,,injured,5,,6,accepted\n",
    )
    assert {("5", "", "6")} == set(chosen(basis).values())


def test_two_texts_that_quote_one_report_are_one_origin(tmp_path: Path) -> None:
    """A common ancestor through source_links makes claims dependent, in several steps too."""
    claims = (
        "CL-aaaa,EV-aaaa,SRC-aaaa,asserts,,,,injured,1,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-bbbb,asserts,,,,injured,3,,,accepted\n"
    )
    links = "source_id,derives_from\nSRC-aaaa,SRC-dddd\nSRC-dddd,SRC-cccc\nSRC-bbbb,SRC-cccc\n"
    apart = [row["independent_count"] for row in estimate_rows(basis_of(tmp_path / "apart", claims))]
    together = [row["independent_count"] for row in estimate_rows(basis_of(tmp_path / "linked", claims, links))]
    assert apart == ["2"] * 4
    assert together == ["1"] * 4
    assert {"CL-bbbb"} == {
        row["independent_claims"] for row in estimate_rows(basis_of(tmp_path / "again", claims, links))
    }


NUMBER = st.sampled_from(["", "0", "1", "1.0", "-2", "30", "200"])
NUMBERED = st.lists(
    st.fixed_dictionaries(
        {
            "claim_id": st.text("xyz", min_size=1, max_size=4),
            "source_id": st.sampled_from("abc"),
            "relayed_by": st.sampled_from(["", "p"]),
            "status": st.sampled_from(["accepted", "accepted", "rejected"]),
            "stance": st.sampled_from(["asserts", "asserts", "denies"]),
            "as_of": st.sampled_from(["", "2024-05-01", "2024-05-02"]),
            "low": NUMBER,
            "best": NUMBER,
            "high": NUMBER,
        }
    ),
    unique_by=lambda claim: claim["claim_id"],
)


def first(claim: Mapping[str, str], names: str) -> Decimal:
    """The first filled of some fields, as a number."""
    return next(Decimal(claim[name]) for name in names.split() if claim[name])


@given(NUMBERED)
def test_the_selected_claims_are_those_of_the_definitions(claims: list[dict[str, str]]) -> None:
    """The definitions of the schema once more, read as sentences: no other claim would do."""
    origins = Origins([], [])
    counted = count_claims(claims, origins)
    fit = [
        c for c in claims if c["status"] == "accepted" and c["stance"] == "asserts" and c["low"] + c["best"] + c["high"]
    ]
    assert sorted(claim["claim_id"] for claim in fit) == [claim["claim_id"] for claim in counted.claims]
    assert len(claims) == len(counted.claims) + len(counted.others)
    if not fit:
        return
    found = {rule.name: counted.selected(rule) for rule in RULES}
    for name, fields, better in (("lowest", "low best high", 1), ("highest", "high best low", -1)):
        best = found[name]
        for claim in fit:
            least, other = better * first(best, fields), better * first(claim, fields)
            assert (least, best["claim_id"]) <= (other, claim["claim_id"])
    for claim in fit:
        latest, day = found["latest"], claim["as_of"]
        assert latest["as_of"] > day or (latest["as_of"] == day and latest["claim_id"] <= claim["claim_id"])
    independent = origins.independent(fit)
    ranked = sorted(independent, key=lambda claim: (first(claim, "best low high"), claim["claim_id"]))
    middle = ranked.index(found["median-of-independent"])
    assert 0 <= len(ranked) - 1 - 2 * middle <= 1
