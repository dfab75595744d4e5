"""Versions: the order of SemVer, and which one a wish means."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.errors import EventpackError
from eventpack.versions import Version, choose, in_range, latest_of, parse_version

# The order that section 11 of SemVer 2.0 prints.
ORDERED = (
    "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 2.0.0 2.1.0 "
    "2.1.1 2.10.0 10.0.0"
).split()
number = st.integers(0, 12)
marks = st.lists(st.sampled_from(["alpha", "rc", "0", "2", "11", "x-1"]), max_size=3).map(".".join)
versions = st.builds(
    lambda a, b, c, pre, build: f"{a}.{b}.{c}" + (f"-{pre}" if pre else "") + (f"+{build}" if build else ""),
    number, number, number, marks, marks,
)  # fmt: skip


def parsed(text: str) -> Version:
    """A text that is a version."""
    version = parse_version(text)
    assert version is not None
    return version


def test_the_order_is_that_of_semver() -> None:
    """Numbers by value, words by code point, numbers before words, fewer marks before more, pre-releases first."""
    assert all(parsed(low).precedence < parsed(high).precedence for low, high in pairwise(ORDERED))


@pytest.mark.parametrize(
    "text", ["", "1", "1.2", "01.2.3", "1.02.3", "1.2.3-", "1.2.3-01", "1.2.3+", "v1.2.3", "1.2.3 ", "1.2.3\n",
             "1.2.-3", "1.2.3-a..b", "١.2.3", "1.2." + "9" * 200],
)  # fmt: skip
def test_what_is_no_version(text: str) -> None:
    """Leading zeros, empty marks, other digits, and numbers beyond reason are refused."""
    assert parse_version(text) is None


@given(st.lists(versions, min_size=1, max_size=8, unique=True))
def test_latest_is_plain_released_and_highest(texts: list[str]) -> None:
    """A pre-release is never the latest, a build only where there is no plain version, and nothing is higher."""
    latest = latest_of(texts)
    candidates = [v for text in texts if not (v := parsed(text)).pre]
    plain = [v for v in candidates if not v.build] or candidates
    if not candidates:
        assert latest == ""
        return
    assert latest in {v.text for v in plain}
    assert max(v.precedence for v in plain) == parsed(latest).precedence


@given(st.lists(versions, min_size=1, max_size=8, unique=True), number, number)
def test_a_range_is_the_latest_of_what_lies_in_it(texts: list[str], major: int, minor: int) -> None:
    """`~1.2` means the latest among the 1.2.x that are published."""
    inside = [text for text in texts if parsed(text).core[:2] == (major, minor)]
    expected = latest_of(inside)
    if expected:
        assert choose(f"~{major}.{minor}", texts) == expected
    else:
        with pytest.raises(EventpackError):
            choose(f"~{major}.{minor}", texts)


@given(st.permutations(["1.2.0", "1.2.9", "1.3.0", "2.0.0", "1.2.10-rc.1"]))
def test_ranges_by_how_much_they_name(texts: list[str]) -> None:
    """`~1` leaves the second number open, `~1.2` and `~1.2.3` the third; the third is the least."""
    assert [choose(f"~{wish}", texts) for wish in ("1", "1.2", "1.2.3", "2")] == ["1.3.0", "1.2.9", "1.2.9", "2.0.0"]


@given(versions)
def test_any_version_can_be_asked_for_by_name(text: str) -> None:
    """Pre-releases, builds and withdrawn versions too."""
    assert choose(text, [text]) == text
    assert choose(text, [], [text]) == text


def test_a_build_is_never_chosen_over_a_plain_version() -> None:
    """Not even one of a higher number; of two builds of one version the later published counts."""
    assert choose("latest", ["0.1.0", "0.2.0+sha.1111"]) == "0.1.0"
    assert choose("latest", ["0.1.0+sha.9999", "0.1.0+sha.1111"]) == "0.1.0+sha.1111"


def test_withdrawn_versions_are_not_chosen() -> None:
    """Neither as the latest nor by a range."""
    assert choose("latest", ["1.0.0"], ["1.1.0"]) == "1.0.0"
    with pytest.raises(EventpackError):
        choose("~1.1", ["1.0.0"], ["1.1.0"])


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("1.2", "`1.2` is no version; did you mean `~1.2`?"),
        ("v1.2", "`v1.2` is no version; did you mean `~1.2`?"),
        ("1.x", "`1.x` is no version; did you mean `~1`?"),
        ("v1.2.0", "`v1.2.0` is no version; did you mean `1.2.0`?"),
        ("lastest", "`lastest` is no version; write latest, 1.2.0 or ~1.2"),
        ("1.2.7", "there is no version 1.2.7; did you mean `1.2.0`?"),
        ("~3", "no version fits `~3`"),
    ],
)
def test_a_wish_that_cannot_be_met_names_what_was_meant(wanted: str, says: str) -> None:
    """Near misses are named, and the fix lists what there is."""
    with pytest.raises(EventpackError) as caught:
        choose(wanted, ["1.1.0", "1.2.0"])
    assert caught.value.what == says
    assert caught.value.fix == "ask for one of: 1.2.0, 1.1.0"


def test_only_pre_releases() -> None:
    """Then nothing is the latest, and the error says why."""
    with pytest.raises(EventpackError) as caught:
        choose("latest", ["1.0.0-rc.1"])
    assert caught.value.what == "only pre-releases are published"


def test_what_is_no_range_holds_nothing() -> None:
    """A text without tilde is no range."""
    assert not in_range("1.2", "1.2.0")
