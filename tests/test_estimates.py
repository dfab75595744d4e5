"""The derivation `estimates` and the independence of claims, on hand-written tables."""

from __future__ import annotations

from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from eventpack.derive.estimates import estimate_rows
from eventpack.derive.independence import Origins
from eventpack.opening import open_package
from eventpack.subject import Subject, read_subject
from tests.tablepack import write_tables

SOURCES = """\
source_id,published_earliest,published_latest
SRC-aaaa,2024-05-02,2024-05-02
SRC-bbbb,2024-05-03,2024-05-03
SRC-cccc,,
"""
MEASURES = "code,default_rule\ninjured,median-of-independent\nlost,\n"
HEADER = "claim_id,event_id,source_id,stance,relayed_by,said_latest,as_of,measure,low,best,high,status\n"


def subject_of(folder: Path, claims: str, links: str = "source_id,derives_from\n") -> Subject:
    """The tables around some claims."""
    tables = {"sources": SOURCES, "source_links": links, "measures": MEASURES, "claims": HEADER + claims}
    return read_subject(open_package(write_tables(folder, tables)))[0]


def chosen(subject: Subject) -> dict[str, tuple[str, str, str]]:
    """The numbers of the selected claim by rule."""
    return {row["rule"]: (row["low"], row["best"], row["high"]) for row in estimate_rows(subject)}


def test_each_rule_repeats_the_numbers_of_one_claim(tmp_path: Path) -> None:
    """Lowest goes by the floor, highest by the ceiling, latest by the date; numbers are compared as numbers."""
    subject = subject_of(
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
    assert expected == chosen(subject)


def test_only_accepted_assertions_with_a_number_count(tmp_path: Path) -> None:
    """What is denied, superseded or has no number makes no estimate."""
    subject = subject_of(
        tmp_path,
        "CL-aaaa,EV-aaaa,SRC-aaaa,denies,,,,injured,1,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-aaaa,asserts,,,,injured,2,,,superseded\n"
        "CL-cccc,EV-aaaa,SRC-aaaa,asserts,,,,injured,,,,accepted\n"
        "CL-dddd,EV-aaaa,SRC-aaaa,asserts,,,,,,,,accepted\n",
    )
    assert list(estimate_rows(subject)) == []


def test_the_default_rule_of_the_measure_is_chosen(tmp_path: Path) -> None:
    """One row is marked for a measure with a default rule, none for a measure without."""
    subject = subject_of(
        tmp_path,
        "CL-aaaa,EV-aaaa,SRC-aaaa,asserts,,,,injured,1,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-aaaa,asserts,,,,lost,1,,,accepted\n",
    )
    marked = [(row["measure"], row["rule"]) for row in estimate_rows(subject) if row["chosen"] == "true"]
    assert marked == [("injured", "median-of-independent")]


def test_the_smallest_id_wins_among_equals(tmp_path: Path) -> None:
    """Equal floors, ceilings and dates are told apart by claim_id."""
    subject = subject_of(
        tmp_path,
        "CL-bbbb,EV-aaaa,SRC-aaaa,asserts,,,,injured,5,6,,accepted\nCL-aaaa,EV-aaaa,SRC-aaaa,asserts,,,,injured,5,,6,accepted\n",
    )
    assert {("5", "", "6")} == set(chosen(subject).values())


def test_two_texts_that_quote_one_report_are_one_origin(tmp_path: Path) -> None:
    """A common ancestor through source_links makes claims dependent, in several steps too."""
    claims = (
        "CL-aaaa,EV-aaaa,SRC-aaaa,asserts,,,,injured,1,,,accepted\n"
        "CL-bbbb,EV-aaaa,SRC-bbbb,asserts,,,,injured,3,,,accepted\n"
    )
    links = "source_id,derives_from\nSRC-aaaa,SRC-dddd\nSRC-dddd,SRC-cccc\nSRC-bbbb,SRC-cccc\n"
    apart = [row["independent_count"] for row in estimate_rows(subject_of(tmp_path / "apart", claims))]
    together = [row["independent_count"] for row in estimate_rows(subject_of(tmp_path / "linked", claims, links))]
    assert apart == ["2"] * 4
    assert together == ["1"] * 4


def test_one_outlet_relayed_by_two_texts_is_one_origin() -> None:
    """Claims relayed by the same outlet count once, though their sources have nothing in common."""
    one = {"claim_id": "CL-aaaa", "source_id": "SRC-aaaa", "relayed_by": "ACT-aaaa"}
    two = {"claim_id": "CL-bbbb", "source_id": "SRC-bbbb", "relayed_by": "ACT-aaaa"}
    assert [one] == Origins([], []).independent([two, one])


def test_a_text_counts_before_what_it_relays() -> None:
    """The shortest lineage goes first: the own voice of a text stands for it, the relayed claim does not add one."""
    own = {"claim_id": "CL-zzzz", "source_id": "SRC-aaaa"}
    relayed = {"claim_id": "CL-aaaa", "source_id": "SRC-aaaa", "relayed_by": "ACT-aaaa"}
    assert [own] == Origins([], []).independent([relayed, own])


def test_sources_that_derive_from_each_other_end() -> None:
    """A circle of links is no endless walk."""
    links = [{"source_id": "a", "derives_from": "b"}, {"source_id": "b", "derives_from": "a"}]
    claim = {"claim_id": "CL-aaaa", "source_id": "a"}
    assert frozenset({("source", "a"), ("source", "b")}) == Origins([], links).lineage(claim)


IDS = st.sampled_from("abcd")
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "claim_id": st.text("xyz", min_size=1, max_size=4),
            "source_id": IDS,
            "relayed_by": st.sampled_from(["", "p", "q"]),
        }
    ),
    unique_by=lambda claim: claim["claim_id"],
)


@given(CLAIMS, st.lists(st.fixed_dictionaries({"source_id": IDS, "derives_from": IDS})), st.randoms())
def test_independent_claims_share_nothing_whatever_the_order(
    claims: list[dict[str, str]], links: list[dict[str, str]], random: Random
) -> None:
    """Counted claims have disjoint lineages, every other shares something, and the given order does not matter."""
    origins = Origins([], links)
    counted = origins.independent(claims)
    lineages = [origins.lineage(claim) for claim in counted]
    assert sum(map(len, lineages)) == len(frozenset().union(*lineages))
    assert all(not origins.lineage(claim).isdisjoint(frozenset().union(*lineages)) for claim in claims)
    random.shuffle(claims)
    assert counted == origins.independent(claims)
