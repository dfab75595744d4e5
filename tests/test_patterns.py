"""Patterns: the dialect, that its matcher says what Python says, and that no pattern takes for ever."""

from __future__ import annotations

import json
import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventpack
from eventpack import limits
from eventpack.patterns import TooSlowError, compile_pattern, why_outside
from eventpack.patterns.automaton import Automaton
from eventpack.patterns.matching import Matcher
from eventpack.patterns.syntax import OutsideError, Parser, without_anchors
from eventpack.validation import validate
from tests.effort import examples

PROFILE = Path(eventpack.__file__).parent / "profile"
BLOWING_UP = ["(a+)+$", "(a*)*", "(a|a)*", "(a|aa)+", "(.*a){12}", "([a-zA-Z]+)*", "(a?){30}a{30}", "a*a*a*a*a*a*a*b"]
OUTSIDE = {
    r"(a)\1": r"it holds a back-reference, `\1`",
    "(?P<x>a)(?P=x)": "it holds a back-reference",
    "(?=a)a": "it holds look-ahead",
    "(?!0)[0-9]+": "it holds look-ahead",
    "(?<=a)b": "it holds look-behind",
    "(?>a+)b": "it holds an atomic group",
    "a++b": "it holds a possessive quantifier",
    "(?i)abc": "it holds flags",
    "(a)(?(1)b|c)": "it holds a condition",
    r"\bword\b": r"it holds a word boundary, `\b`",
    "a^b": "`^` stands inside it",
    "(a$)*": "`$` stands inside it",
    "a{x}": "`{` stands for itself; write `\\{`",
    "a{,3}": "`{` stands for itself; write `\\{`",
    "[[a]": "`[` inside brackets means different things to different readers; escape it",
    "a{2000}": "it repeats more than 1000 times",
    "(a{100}){100}": "it has more than 1000 places for characters, repetitions counted",
}


def automaton(pattern: str) -> Automaton:
    """The automaton of a pattern of the dialect."""
    return Automaton(without_anchors(Parser(pattern).parse()))


@pytest.mark.parametrize(("pattern", "why"), OUTSIDE.items())
def test_what_is_outside_the_dialect(pattern: str, why: str) -> None:
    """The reason is said in words."""
    assert why_outside(pattern) == why


@pytest.mark.parametrize(
    "pattern", [r"\xzz", r"\u12", r"\U0000", r"\x+1", f"a{{{'9' * 5000}}}", f"a{{1,{'9' * 5000}}}"]
)
def test_half_escapes_and_immense_counts_are_outside(pattern: str) -> None:
    """They are no regular expressions either, and both readers say so."""
    assert why_outside(pattern)
    with pytest.raises(re.error):
        compile_pattern(pattern)


def test_all_patterns_of_the_profile_are_in_the_dialect() -> None:
    """And for those of ids, Python's own matcher is linear."""
    texts = "".join(path.read_text("utf-8") for path in PROFILE.glob("*.json"))
    patterns = [json.loads(f'"{found}"') for found in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', texts)]
    assert len(patterns) > 10
    assert [p for p in patterns if why_outside(p)] == []
    assert automaton("^[A-Z]{2,4}-[0-9a-z]{4,12}$").sure


@pytest.mark.parametrize("pattern", BLOWING_UP)
def test_a_pattern_that_would_blow_up_is_linear(pattern: str) -> None:
    """Python would need longer than the world lasts for some of these."""
    assert not automaton(pattern).sure
    started = time.process_time()
    assert not compile_pattern(pattern)("a" * 50_000 + "!")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "pattern", ["[a-z]+(-[a-z]+)*", r"\d{4}-\d\d", "a?b*c+", "(?:ab|cd)*e", "[^,]*,[^,]*", "x(y(z)?)?"]
)
def test_a_sure_pattern_is_left_to_python(pattern: str) -> None:
    """Each character leads one way."""
    assert automaton(pattern).sure


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\S", "é", r"\-", "[a-c-]", r"[\d_]"])
_COUNTS = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "{2,3}?"])
PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, _COUNTS).map(lambda two: f"({two[0]}){two[1]}"),
        inner.map(lambda one: f"(^{one}$|)"),
    ),
    max_leaves=6,
)


@settings(max_examples=examples(500), deadline=None)
@given(PATTERNS, st.text(st.sampled_from("ab1-é_\n "), max_size=6))
def test_the_automaton_says_what_python_says(pattern: str, text: str) -> None:
    """For every pattern of the dialect and every text."""
    try:
        own = automaton(pattern)
    except OutsideError:
        return
    assert Matcher(own).matches(text) == bool(re.fullmatch(pattern, text))


@settings(max_examples=examples(300), deadline=None)
@given(PATTERNS, st.sampled_from("ab1é"), st.sampled_from("!\n-"))
def test_what_is_sure_is_fast_in_python(pattern: str, char: str, last: str) -> None:
    """A text of 2,000 equal characters with another one at the end is refused or taken at once."""
    try:
        own = automaton(pattern)
    except OutsideError:
        return
    if own.sure:
        started = time.process_time()
        re.fullmatch(pattern, char * 2_000 + last)
        assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("pattern", "yes", "no"), [(r"(a+)\1", "aaaa", "aaa"), ("(?!0)[0-9]+", "12", "012"), ("(?i)ab", "AB", "x")]
)
def test_outside_patterns_match_as_in_python(pattern: str, yes: str, no: str) -> None:
    """In a process of their own, with any text."""
    found = compile_pattern(pattern)
    assert [bool(found(text)) for text in (yes, no, "\n\u2028\ud800", yes)] == [True, False, False, True]


def test_an_outside_pattern_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes too long is an error of the cell, of this and every further one, within seconds."""
    monkeypatch.setattr(limits, "PATTERN_SECONDS", 0.5)
    started = time.perf_counter()
    pattern = compile_pattern(r"(?!x)(a+)+\1?")
    with pytest.raises(TooSlowError):
        pattern("a" * 50 + "!")
    with pytest.raises(TooSlowError):
        pattern("b")
    schema = {"fields": [{"name": "a", "constraints": {"pattern": r"(?!x)(a+)+\1?"}}]}
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [resource]}))
    (tmp_path / "t.csv").write_text("a\naa\n" + "a" * 50 + "!\nb\n")
    found = [(one.code, one.where.line) for one in validate(tmp_path).findings]
    assert found == [("cell/pattern", 3), ("cell/pattern", 4)]
    assert time.perf_counter() - started < 8


@pytest.mark.long
def test_a_matcher_that_has_much_to_work_out_gives_up() -> None:
    """A pattern with more states than can be kept costs seconds at most."""
    matcher = compile_pattern("(a|b)*a(a|b){400}")
    chance = "".join(random.Random(1).choices("ab", k=1_000_000))
    started = time.process_time()
    with pytest.raises(TooSlowError):
        matcher(chance)
    assert time.process_time() - started < 10
