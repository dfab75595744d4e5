"""Independent origins: examples for each part of the definition, and its laws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.derive.independence import Origins

Rows = list[dict[str, str]]

ACTORS: Rows = [{"actor_id": "ACT-gaz", "name": "The Gazette"}, {"actor_id": "ACT-wire", "name": "Wire"}]
NAMES: Rows = [{"actor_id": "ACT-gaz", "name": "Gazette of Milltown"}]


def claim(name: str, source: str, relayed: str = "", **more: str) -> dict[str, str]:
    """A claim of a source."""
    return {"claim_id": name, "source_id": source, "relayed_by": relayed, **more}


def links(*pairs: str) -> Rows:
    """Links written as `a<b`: a derives from b."""
    return [dict(zip(("source_id", "derives_from"), pair.split("<"), strict=True)) for pair in pairs]


def counted(claims: Rows, pairs: Iterable[str] = (), publishers: Mapping[str, str] | None = None) -> list[str]:
    """The ids of the claims that count."""
    sources = [{"source_id": source, "publisher": name} for source, name in (publishers or {}).items()]
    origins = Origins(sources, links(*pairs), ACTORS, NAMES)
    return [one["claim_id"] for one in origins.independent(claims)]


TWO = [claim("1", "a"), claim("2", "b")]
ONE_OUTLET = [claim("1", "a", "ACT-gaz"), claim("2", "b", "ACT-gaz")]
CASES = {
    "two texts": (TWO, (), {}, ["1", "2"]),
    "two claims of one text": ([claim("1", "a"), claim("2", "a")], (), {}, ["1"]),
    "one text quotes the other": (TWO, ("a<b",), {}, ["2"]),
    "both quote one unseen report": (TWO, ("a<u", "b<u"), {}, ["1"]),
    "both quote a report of their own": (TWO, ("a<u", "b<v"), {}, ["1", "2"]),
    "one report at the end of two chains": (TWO, ("a<m", "m<u", "b<n", "n<u"), {}, ["1"]),
    "two voices and one text that has both": ([*TWO, claim("3", "c")], ("c<a", "c<b"), {}, ["1", "2"]),
    "sources in a circle": (TWO, ("a<b", "b<a"), {}, ["1"]),
    "one outlet in two texts": (ONE_OUTLET, (), {}, ["1"]),
    "two outlets in two texts": ([claim("1", "a", "ACT-gaz"), claim("2", "b", "ACT-wire")], (), {}, ["1", "2"]),
    "own voice before what it relays": ([claim("1", "a", "ACT-gaz"), claim("2", "a")], (), {}, ["2"]),
    "a relay, and a link to a report of that outlet": (
        [claim("1", "a"), claim("2", "b", "ACT-gaz")], ("a<u",), {"u": "The Gazette"}, ["1"],
    ),
    "a relay, and a text of that outlet": (
        [claim("1", "a"), claim("2", "b", "ACT-gaz")], (), {"a": "the  gazette "}, ["1"],
    ),
    "a relay, and a link under another name of the outlet": (
        [claim("1", "a"), claim("2", "b", "ACT-gaz")], ("a<u",), {"u": "Gazette of Milltown"}, ["1"],
    ),
    "a relay, and a report of another outlet": (
        [claim("1", "a"), claim("2", "b", "ACT-gaz")], ("a<u",), {"u": "Wire"}, ["1", "2"],
    ),
    "two reports of one outlet": (TWO, ("a<u", "b<v"), {"u": "The Gazette", "v": "The Gazette"}, ["1", "2"]),
    "who repeats a text leaves out from where that has it": (
        [claim("1", "a", "ACT-gaz"), claim("2", "b", "ACT-gaz"), claim("3", "c")], ("c<b",), {}, ["1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_who_leans_on_one_report_counts_once(case: str) -> None:
    """Each part of the definition, alone."""
    claims, pairs, publishers, expected = CASES[case]
    assert expected == sorted(counted(claims, pairs, publishers))


def test_of_equal_lineages_the_latest_counts() -> None:
    """Then the one with the smallest id; the day is that of the claim, else of its source."""
    sources: Rows = [{"source_id": "a", "published_latest": "2024-05-03"}, {"source_id": "b"}]
    origins = Origins(sources, links("a<u", "b<u"))
    early, late = claim("1", "b", said_latest="2024-05-01"), claim("2", "a")
    assert [late] == origins.independent([early, late])
    later = {**early, "as_of": "2024-05-04"}
    assert [later] == origins.independent([late, later])


def test_each_claim_that_does_not_count_names_one_that_does() -> None:
    """What it leans on counts itself, and comes before it."""
    claims = [claim("1", "a"), claim("2", "b"), claim("3", "c", "ACT-gaz"), claim("4", "a")]
    weighed = Origins([], links("b<a")).weigh(claims)
    leaning = {one.claim["claim_id"]: one.leans_on.claim["claim_id"] for one in weighed if one.leans_on}
    assert leaning == {"2": "1", "4": "1"}


SOURCE, OUTLET = st.sampled_from("abcde"), st.sampled_from(["", "p", "q"])
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "claim_id": st.text("xyz", min_size=1, max_size=4),
            "source_id": SOURCE,
            "relayed_by": OUTLET,
            "as_of": st.sampled_from(["", "2024-05-01", "2024-05-02"]),
        }
    ),
    unique_by=lambda one: one["claim_id"],
    max_size=8,
)
LINKS = st.lists(st.fixed_dictionaries({"source_id": SOURCE, "derives_from": SOURCE}), max_size=6)
PUBLISHERS = st.dictionaries(SOURCE, st.sampled_from(["", "P", "Q", "p", "R"]))
OUTLETS: Rows = [{"actor_id": "p", "name": "P"}, {"actor_id": "q", "name": "Q"}, {"actor_id": "q", "name": "p"}]


def origins_of(pairs: Rows, publishers: Mapping[str, str]) -> Origins:
    """The origins of random sources; `p` is a name of both outlets."""
    sources = [{"source_id": source, "publisher": name} for source, name in publishers.items()]
    return Origins(sources, pairs, OUTLETS[:2], OUTLETS[2:])


def ancestors(source: str, pairs: Rows) -> set[str]:
    """Every source from which one derives, in so many steps as there are links, without itself unless in a circle."""
    found: set[str] = set()
    for _ in range(len(pairs) + 1):
        found |= {pair["derives_from"] for pair in pairs if pair["source_id"] in found | {source}}
    return found


def restated(claims: Rows, pairs: Rows, publishers: Mapping[str, str]) -> list[str]:
    """The definition of the schema, sentence by sentence, slowly."""
    of_outlet = {"p": {"p"}, "q": {"q", "p"}}  # the names of each outlet, in lower case
    lineages: dict[str, set[str]] = {}
    for one in claims:
        above = ancestors(one["source_id"], pairs) - {one["source_id"]}
        relays = {other["relayed_by"] for other in claims if other["source_id"] in above}
        lineages[one["claim_id"]] = {f"source {name}" for name in above | {one["source_id"]}}
        lineages[one["claim_id"]] |= {f"actor {name}" for name in {*relays, one["relayed_by"]} - {""}}

    def published(outlets: set[str], sources: set[str]) -> bool:
        return any(
            f"actor {outlet}" in outlets and f"source {source}" in sources and name.lower() in of_outlet[outlet]
            for outlet in of_outlet
            for source, name in publishers.items()
        )

    found: list[str] = []
    dated = sorted(claims, key=lambda one: one["claim_id"])
    dated = sorted(dated, key=lambda one: one["as_of"], reverse=True)
    for one in sorted(dated, key=lambda one: len(lineages[one["claim_id"]])):
        mine = lineages[one["claim_id"]]
        others = [lineages[other] for other in found]
        if not any(mine & other or published(mine, other) or published(other, mine) for other in others):
            found.append(one["claim_id"])
    return found


@given(CLAIMS, LINKS, PUBLISHERS)
def test_the_count_is_that_of_the_definition(claims: Rows, pairs: Rows, publishers: dict[str, str]) -> None:
    """The same claims count as when the sentences of the schema are followed literally."""
    found = origins_of(pairs, publishers).independent(claims)
    assert restated(claims, pairs, publishers) == [one["claim_id"] for one in found]


@given(CLAIMS, LINKS, PUBLISHERS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    claims: Rows, pairs: Rows, publishers: dict[str, str], random: Random
) -> None:
    """Neither that of the claims nor that of the links."""
    expected = origins_of(pairs, publishers).independent(claims)
    random.shuffle(claims)
    random.shuffle(pairs)
    assert expected == origins_of(pairs, publishers).independent(claims)


@given(CLAIMS.filter(bool), LINKS, PUBLISHERS, st.data())
def test_a_text_that_only_repeats_another_changes_nothing(
    claims: Rows, pairs: Rows, publishers: dict[str, str], data: st.DataObject
) -> None:
    """Whatever it relays, whoever published it, and however late: the same claims count, so the count never rises."""
    repeated = data.draw(st.sampled_from([one["source_id"] for one in claims]))
    said = [one for one in claims if one["source_id"] == repeated]
    copies = [
        {"claim_id": f"new-{number}", "source_id": "new", "relayed_by": data.draw(OUTLET), "as_of": "2024-06-01"}
        for number, _ in enumerate(data.draw(st.lists(st.sampled_from(said), min_size=1, max_size=3)))
    ]
    before = origins_of(pairs, publishers).independent(claims)
    publishers["new"] = data.draw(st.sampled_from(["", "P", "Q", "R"]))
    pairs.append({"source_id": "new", "derives_from": repeated})
    assert before == origins_of(pairs, publishers).independent([*claims, *copies])
