"""Coded days against the days that passages name, and the claims that stand beside one another on a text."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.evidence.cited import Spread
from eventpack.evidence.counted import check_counted
from eventpack.evidence.dated import check_dated
from eventpack.finding import Finding
from tests.citedpack import Row, cite

WEDNESDAY = "Bakers marched on Wednesday."  # 4 March 2026, published on the 5th
TEXT = f"{WEDNESDAY}\nMillers were there.\n"


def dated(day: str, claims: Sequence[Row], passages: Sequence[str], own: int | None = None) -> list[Finding]:
    """What is wrong with the days of an event that is coded to have been on a day."""
    event = {"date_earliest": day, "date_latest": day, "date_basis": "resolved"}
    return list(check_dated(cite(TEXT, claims, event=event, passages=passages, own=own)))


def test_a_day_that_no_passage_names_is_an_error() -> None:
    """The weekday tells which day it is."""
    assert ["error"] == [one.severity for one in dated("2026-03-03", [{}], [WEDNESDAY])]
    assert [] == dated("2026-03-04", [{}], [WEDNESDAY])


@pytest.mark.parametrize(
    ("claim", "severity"),
    [
        ({}, "warning"),
        ({"no_passage": "not-held"}, "warning"),
        ({"no_passage": "presupposed"}, "error"),
        ({"status": "rejected"}, "error"),
    ],
)
def test_a_claim_without_a_passage_at_hand_does_not_switch_off_the_check(claim: Row, severity: str) -> None:
    """What its passage might say makes a question of the error; one that could say nothing changes nothing."""
    claims = [{}, {**claim, "passage_start": "", "passage_end": ""}]
    found = dated("2026-03-03", claims, [WEDNESDAY, WEDNESDAY], own=1)
    assert [severity] == [one.severity for one in found]
    assert [] == dated("2026-03-04", claims, [WEDNESDAY, WEDNESDAY], own=1)


def test_the_passage_that_names_the_day_may_be_the_one_that_is_not_at_hand() -> None:
    """Nothing is asked then."""
    claims = [{}, {"passage_start": "", "passage_end": ""}]
    assert [] == dated("2026-03-03", claims, ["Millers were there.", WEDNESDAY], own=1)


def test_what_rejected_claims_cite_tells_nothing_of_the_event() -> None:
    """They turned out not to be about it."""
    (found,) = dated("2026-03-04", [{}, {"status": "rejected"}], ["Millers were there.", WEDNESDAY])
    assert "no passage names the day 2026-03-04" == found.what


def test_a_day_is_named_once_where_claims_share_their_passage() -> None:
    """However many there are."""
    (found,) = dated("2026-03-03", [{}, {}, {}], [WEDNESDAY] * 3)
    assert 1 == found.what.count("`Wednesday`")
    assert "…" not in found.what


ROWS = st.lists(st.tuples(st.integers(-1, 30), st.integers(-1, 30)), max_size=30)


@given(ROWS, st.integers(0, 30), st.integers(1, 10))
def test_the_claims_beside_a_passage_are_those_that_overlap_with_it(
    places: list[tuple[int, int]], start: int, length: int
) -> None:
    """In the order of their table."""
    claims = [
        {"claim_id": str(n), "passage_start": str(a) if a >= 0 else "", "passage_end": str(b) if b >= 0 else "x"}
        for n, (a, b) in enumerate(places)
    ]
    wanted = [str(n) for n, (a, b) in enumerate(places) if 0 <= a < b and a < start + length and start < b]
    assert wanted == [one["claim_id"] for one in Spread(claims).between(start, start + length)]


def test_an_offset_without_end_is_read() -> None:
    """Nobody has such a text, and the digits of it are still no trouble; that it is too long is told elsewhere."""
    claim = {"passage_start": "0", "passage_end": "9" * 5000}
    assert [claim] == list(Spread([claim]).between(0, 10))


@pytest.mark.parametrize("one_event", [True, False])
@pytest.mark.long
def test_many_claims_on_one_source_take_no_longer_each(one_event: bool) -> None:
    """Two thousand are checked in well below ten seconds, whether one speaker tells of one event or not."""
    lines = [f"The mayor said on March {n % 28 + 1} that {n + 30} boats sank." for n in range(2000)]
    claims: list[Row] = [
        {
            "event_id": "EV-1" if one_event else f"EV-{n}", "said_by": "ACT-1" if one_event else f"ACT-{n}",
            "said_earliest": f"2026-03-{n % 28 + 1:02}", "said_latest": f"2026-03-{n % 28 + 1:02}",
            "said_basis": "resolved", "measure": "boats", "best": str(n + 30),
        }
        for n in range(2000)
    ]  # fmt: skip
    evidence = cite("\n".join(lines), claims, passages=lines, published="2026-03-30")
    began = time.process_time()
    assert [] == [*check_dated(evidence), *check_counted(evidence)]
    assert time.process_time() - began < 10
