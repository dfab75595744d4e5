"""Coded numbers and their wordings against the passages of claims."""

from __future__ import annotations

import pytest

from eventpack.checks.wordings import check_wording_rules
from eventpack.evidence.counted import check_counted
from tests.citedpack import Row, cite

MEASURED = {"measure": "boats"}


def found(text: str, **claim: str) -> list[str]:
    """The codes of what is wrong with a claim on a text, errors before warnings."""
    evidence = cite(text, [{**MEASURED, **claim}])
    return sorted(f"{one.severity}: {one.code}" for one in check_counted(evidence))


@pytest.mark.parametrize(
    ("wording", "claim"),
    [
        ("12 or more", {"low": "12", "wording_rule": "at-least-n"}),
        ("12 plus", {"low": "12", "wording_rule": "at-least-n"}),
        ("12 or so", {"best": "12", "wording_rule": "about-n"}),
        ("12-odd", {"best": "12", "wording_rule": "about-n"}),
    ],
)
def test_words_behind_a_number_are_in_its_wording(wording: str, claim: Row) -> None:
    """Also where the wording ends with them."""
    assert [] == found(f"{wording} boats sank.", wording=wording, **claim)


@pytest.mark.parametrize(
    ("text", "claim", "codes"),
    [
        ("The loss was -12 boats.", {"best": "12"}, ["error: evidence/number"]),
        ("The loss was -12 boats.", {"best": "-12"}, []),
        ("It rose by .5 percent.", {"best": "5", "measure": "share"}, ["error: evidence/number"]),
        ("It rose by .5 percent.", {"best": "0.5", "measure": "share"}, []),
        ("A 12-year-old sank.", {"best": "12"}, ["error: evidence/number"]),
        ("Boats sank for 12 days.", {"best": "12"}, ["error: evidence/number"]),
        ("Boats for $12 sank.", {"best": "12"}, ["error: evidence/number"]),
        ("Boats sank for 12 days.", {"best": "12", "measure": "unknown"}, []),
        ("Boats stayed for 12 days.", {"best": "12", "measure": "stay-days"}, []),
        ("Boats cost $12.", {"best": "12", "measure": "toll"}, []),
        ("Boats cost $12.", {"best": "12", "measure": "paid"}, []),
        ("Boats cost it 12 days.", {"best": "12", "measure": "paid"}, ["error: evidence/number"]),
        ("Not 12 but 120 boats sank.", {"best": "12"}, ["error: evidence/number"]),
        ("Not 12 boats, but 120 sank.", {"best": "120"}, []),
        ("Not only 12 but all 20 boats sank.", {"best": "12"}, ["warning: evidence/uncoded-number"]),
        ("Not 12 but 120 boats sank.", {"best": "12", "stance": "denies"}, ["warning: evidence/uncoded-number"]),
        ("The toll rose by 12 to 120.", {"best": "120", "wording": "120", "wording_rule": "n"}, []),
        ("The toll grew to 2000.", {"best": "2000", "wording": "2000", "wording_rule": "n"}, []),
        ("Boats (120) sank.", {"best": "120", "wording": "120", "wording_rule": "n"}, []),
    ],
)
def test_a_number_is_coded_as_it_stands(text: str, claim: Row, codes: list[str]) -> None:
    """With its sign and its point, in its unit, and not when it is said to be none."""
    assert codes == found(text, **claim)


@pytest.mark.parametrize(
    ("text", "claim", "codes"),
    [
        ("12 boats sank.", {"low": "13", "wording_rule": "over-n"}, ["error: evidence/wording"]),
        ("Over 12 boats sank.", {"low": "13", "wording_rule": "over-n"}, []),
        ("Over 12 boats sank.", {"best": "12", "wording_rule": "n"}, ["error: evidence/wording"]),
        ("From 12 to 20 boats sank.", {"low": "12", "high": "20", "wording_rule": "n-to-m"}, []),
        ("Some 12 boats sank.", {"best": "12", "wording_rule": "about-n"}, []),
        ("Hundreds of boats sank.", {"low": "200", "high": "999", "wording_rule": "hundreds"}, []),
        ("Nearly 12 boats sank.", {"low": "12", "wording_rule": "at-least-n"}, ["error: evidence/wording"]),
    ],
)
def test_a_rule_without_a_wording_is_that_of_the_words_around_the_number(
    text: str, claim: Row, codes: list[str]
) -> None:
    """To leave out the wording does not leave out the check."""
    assert codes == found(text, **claim)


def test_a_number_of_too_many_digits_is_none() -> None:
    """In the text as in the wording."""
    long = "7" * 5000
    assert ["error: evidence/number"] == found(f"{long} boats sank.", best="12")
    assert ["error: evidence/wording"] == found("12 boats sank.", best="12", wording=f"{long} boats", wording_rule="n")


@pytest.mark.parametrize("words", ["7" * 5000, "2" + " million" * 1000, "a third of a million" + " million" * 1000])
def test_a_wording_of_too_many_digits_is_a_finding_without_texts(words: str) -> None:
    """In few words."""
    evidence = cite("12 boats sank.", [{**MEASURED, "best": "12", "low": "", "high": "9" * 5000, "wording": words,
                                        "wording_rule": "n"}])  # fmt: skip
    found = list(check_wording_rules(evidence.subject))
    assert {"event/wording-rule"} == {one.code for one in found}
    assert all(len(one.what) < 200 for one in found)
