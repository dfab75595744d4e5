"""Two codings compared: alpha as published, pairs that do not depend on codes, and decisions that are never lost."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.agreement.adjudication import HEADER, adjudicate, read_decisions, undecided, write_decisions
from eventpack.agreement.alpha import alpha, squared
from eventpack.agreement.assignment import assign
from eventpack.agreement.coding import Coding
from eventpack.agreement.comparing import Comparison, compare_codings, regroupings
from eventpack.agreement.fields import Agreement, Disagreement
from eventpack.agreement.matching import Matches, match
from eventpack.agreement.showing import to_json, to_markdown, to_text
from eventpack.errors import EventpackError
from tests.casepack import copy_base

FIRST, SECOND = "data/records/events", "data/second-coding/records/events"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The base package with a second coding that is equal but for its ids."""
    folder = copy_base(tmp_path / "p")
    shutil.copytree(folder / FIRST, folder / SECOND)
    for file in (folder / SECOND).iterdir():
        text = file.read_text("utf-8")
        for old, new in (("CL-aaaaaa", "CL-zzzzz1"), ("CL-cccccc", "CL-zzzzz2"), ("EV-aaaaaa", "EV-zzzzz1")):
            text = text.replace(old, new)
        file.write_text(text, "utf-8", newline="\n")
    (folder / SECOND / "EV-aaaaaa.yaml").rename(folder / SECOND / "EV-zzzzz1.yaml")
    return folder


def edit(package: Path, name: str, old: str, new: str) -> None:
    """Change a record of the second coding."""
    path = package / SECOND / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def compare(package: Path) -> Comparison:
    """Both codings of a package."""
    return compare_codings(package / FIRST, package / SECOND)


def test_alpha_is_that_of_the_literature() -> None:
    """Two worked examples of Krippendorff's: two values for ten units, five for twelve."""
    binary = list(zip("0100000010", "1110010000", strict=True))
    nominal = list(zip("aabbdcccedda", "babbbcccEddd".lower(), strict=True))
    found = alpha(binary), alpha(nominal)
    assert [round(value, 3) for value in found if value is not None] == [0.095, 0.692]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_alpha_compares_with_every_two_values(pairs: list[tuple[int, int]]) -> None:
    """Law: it is what its definition says, over all ordered pairs of values; equal codings give 1."""
    values = [value for pair in pairs for value in pair]
    expected = sum(squared(a, b) for a, b in itertools.permutations(values, 2)) / (len(values) * (len(values) - 1))
    observed = sum(squared(a, b) for a, b in pairs) / len(pairs)
    found = alpha(pairs, squared)
    if not expected:
        assert found is None
    else:
        assert found is not None
        assert abs(found - (1 - observed / expected)) < 1e-9
    assert alpha([(a, a) for a, _ in pairs]) in (None, 1)


@given(st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("vwxyz")), st.integers(-2, 9), max_size=12))
def test_an_assignment_is_the_best(weights: dict[tuple[str, str], int]) -> None:
    """Law: no other pairing has a larger sum, each member is paired once at most, and pairs gain something."""
    pairs = assign({pair: float(weight) for pair, weight in weights.items()})
    seconds = [*"vwxyz", *[""] * 4]
    best = max(
        sum(max(0, weights.get((one, other), 0)) for one, other in zip("abcd", chosen, strict=True))
        for chosen in set(itertools.permutations(seconds, 4))
    ) if weights else 0  # fmt: skip
    assert sum(weights[pair] for pair in pairs) == best
    assert all(len({pair[side] for pair in pairs}) == len(pairs) for side in (0, 1))


def coding(*claims: tuple[str, str, str, str], **titles: str) -> Coding:
    """A coding of one sentence: claims by id, event, statement and condition, and the titles of the events."""
    place = {"source_id": "SRC-a", "passage_start": "0", "passage_end": "90"}
    keys = ("claim_id", "event_id", "statement", "condition")
    rows = [dict(zip(keys, claim, strict=True)) | place for claim in claims]
    events = [{"event_id": event, "title": titles.get(event, "")} for event in sorted({claim[1] for claim in claims})]
    return Coding("", {"claims": rows, "events": events})


def test_claims_with_only_a_sentence_in_common_are_not_paired() -> None:
    """What is left over on a sentence stays alone, however whole the sentence is that both cite."""
    first = coding(("a1", "A", "A baker asks for flour.", ""), ("a2", "A", "The mill burned down.", ""))
    second = coding(("b1", "B", "A baker asked for more flour.", ""), ("b2", "B", "Rain fell on every street.", ""))
    assert match(first, second).claims == [("a1", "b1")]


@pytest.mark.parametrize(("start", "end"), [("7", "7"), ("0", "9" * 5000), ("9" * 5000, "9" * 5000)])
def test_passages_of_any_offsets_are_compared(start: str, end: str) -> None:
    """Passages without a character, or without an end, are paired with nothing or with what they overlap."""
    first, second = coding(("a1", "A", "Bakers march.", "")), coding(("b1", "B", "Bakers march.", ""))
    for one in (first, second):
        one.rows["claims"][0].update(passage_start=start, passage_end=end)  # type: ignore[attr-defined]
    assert match(first, second).claims == ([("a1", "b1")] if start == "0" else [])


def test_a_condition_is_part_of_what_a_claim_says() -> None:
    """Two claims that say much the same are told apart by it."""
    first = coding(
        ("a1", "A", "Bakers might march.", "if taxes rise"),
        ("a2", "A", "Bakers might march.", "if nobody listens to millers"),
    )
    second = coding(
        ("b1", "B", "A march of bakers might come.", "if millers are not listened to"),
        ("b2", "B", "A march of bakers might come.", "if there are higher taxes"),
    )
    assert match(first, second).claims == [("a1", "b2"), ("a2", "b1")]


def test_titles_decide_between_events_that_share_as_much() -> None:
    """One coder has one event where the other has two; without titles the first id would win."""
    claims = (("1", "A", "Bakers met in the hall.", ""), ("2", "A", "Millers complained of a levy.", ""))
    split = (("3", "B", "Bakers met in the hall.", ""), ("4", "C", "Millers complained of a levy.", ""))
    for titles, event in (({"B": "Complaint", "C": "Meeting"}, "C"), ({"B": "Meeting", "C": "Complaint"}, "B")):
        found = match(coding(*claims, A="A meeting of bakers"), coding(*split, **titles))
        assert (found.claims, found.events) == ([("1", "3"), ("2", "4")], [("A", event)])


def test_titles_never_outvote_claims() -> None:
    """Two shared claims weigh more than the same title and one."""
    said = ("Bakers met in the hall.", "Millers complained of a levy.", "A cart lost two wheels.")
    first = coding(*((str(n), "A", words, "") for n, words in enumerate(said)), A="Meeting of bakers")
    events = ("B", "C", "C")
    second = coding(*((str(n), events[n], words, "") for n, words in enumerate(said)), B="Meeting of bakers", C="Carts")
    assert match(first, second).events == [("A", "C")]


def test_equal_codings_agree(package: Path) -> None:
    """Ids are not compared: claims and events are paired by what they are about."""
    comparison = compare(package)
    assert comparison.matches.claims == [("CL-aaaaaa", "CL-zzzzz1"), ("CL-cccccc", "CL-zzzzz2")]
    assert comparison.matches.events == [("EV-aaaaaa", "EV-zzzzz1"), ("EV-bbbbbb", "EV-bbbbbb")]
    assert [field.field for field in comparison.fields if field.pairs != field.equal] == []
    assert adjudicate(comparison, []) == []


def test_each_difference_is_one_row(package: Path) -> None:
    """A code, a number, an actor's role and a claim that one coder lacks; the pairing does not hang on them."""
    edit(package, "EV-zzzzz1.yaml", "stance: asserts", "stance: denies")
    edit(package, "EV-zzzzz1.yaml", "low: 200", "low: 300")
    edit(package, "EV-zzzzz1.yaml", "role: initiator", "role: target")
    extra = """\
  - claim_id: CL-zzzzz3
    source_id: SRC-aaaaaa
    statement: A baker calls the weather bad.
    stance: assesses
    hedge: none
    passage_start: 5
    passage_end: 9
    passage_sha256: 6919ca07b8c8924e778139b3012c4761a0e34d2f96945813b81544886aa92ac6
    status: accepted
"""
    edit(package, "EV-bbbbbb.yaml", "    status: accepted\n", f"    status: accepted\n{extra}")
    comparison = compare(package)
    assert adjudicate(comparison, []) == [
        ("claims", "", "CL-zzzzz3", "", "", "coded", "", "", ""),
        ("claims", "CL-aaaaaa", "CL-zzzzz1", "low", "200", "300", "", "", ""),
        ("claims", "CL-aaaaaa", "CL-zzzzz1", "stance", "asserts", "denies", "", "", ""),
        ("participants", "EV-aaaaaa|ACT-cccccc", "EV-zzzzz1|ACT-cccccc", "role", "initiator", "target", "", "", ""),
    ]
    figures = {(field.table, field.field): (field.pairs, field.equal) for field in comparison.fields}
    assert figures["claims", "stance"] == (2, 1)
    assert figures["claims", "low"] == (1, 0)


def test_grouping_is_compared(package: Path) -> None:
    """Claims that one coder keeps in one event and the other in two."""
    text = (package / SECOND / "EV-bbbbbb.yaml").read_text("utf-8")
    claim = text[text.index("  - claim_id: CL-zzzzz2") :]
    edit(package, "EV-zzzzz1.yaml", "event_links:", f"{claim}event_links:")
    edit(package, "EV-bbbbbb.yaml", f"claims:\n{claim}", "")
    comparison = compare(package)
    assert (comparison.grouping.pairs, comparison.grouping.equal) == (1, 0)
    assert list(regroupings(comparison)) == [("EV-aaaaaa", [], ["CL-cccccc"])]
    assert comparison.alone("events") == (["EV-bbbbbb"], ["EV-bbbbbb"])


def test_decisions_stay(package: Path, tmp_path: Path) -> None:
    """What was decided is kept, also when it is settled since; what is open and settled goes; new rows are added."""
    file = tmp_path / "decisions.csv"
    edit(package, "EV-zzzzz1.yaml", "stance: asserts", "stance: denies")
    edit(package, "EV-zzzzz1.yaml", "low: 200", "low: 300")
    low, stance = adjudicate(compare(package), read_decisions(file))
    decided = (*stance[:6], "first", "the sentence denies nothing", "C-05")
    write_decisions(file, [low, decided])
    edit(package, "EV-zzzzz1.yaml", "low: 300", "low: 200")
    edit(package, "EV-zzzzz1.yaml", "hedge: none", "hedge: reported")
    rows = adjudicate(compare(package), read_decisions(file))
    assert [(row[3], row[6]) for row in rows] == [("hedge", ""), ("stance", "first")]


def test_what_was_typed_stays(package: Path, tmp_path: Path) -> None:
    """A reason or a rule without decision is kept when its disagreement is gone, and is not open any more."""
    file = tmp_path / "decisions.csv"
    edit(package, "EV-zzzzz1.yaml", "stance: asserts", "stance: denies")
    edit(package, "EV-zzzzz1.yaml", "low: 200", "low: 300")
    low, stance = adjudicate(compare(package), [])
    typed = [(*low[:7], "", "C-16"), (*stance[:7], "ask the coders", "")]
    write_decisions(file, typed)
    assert undecided(compare(package), typed) == 2
    edit(package, "EV-zzzzz1.yaml", "stance: denies", "stance: asserts")
    edit(package, "EV-zzzzz1.yaml", "low: 300", "low: 200")
    rows = adjudicate(compare(package), read_decisions(file))
    assert (rows, undecided(compare(package), rows)) == (typed, 0)


@pytest.mark.long
def test_many_claims_are_compared_fast() -> None:
    """Thousands of claims on as many passages take seconds: those far apart are paired apart, rows looked up once."""
    size = 1500
    words = [f"Baker number {number} marched." for number in range(size)]
    first, second = (coding(*((f"{side}{n}", "A", text, "") for n, text in enumerate(words))) for side in "ab")
    for one, shift in ((first, 0), (second, 1)):
        rows = list(one.rows["claims"])
        for number, row in enumerate(rows):
            row.update(passage_start=str(9 * number + shift), passage_end=str(9 * number + 9))  # type: ignore[attr-defined]
    weights = {(f"a{n}", f"b{m}"): 1.0 + (n == m) for n in range(size) for m in range(n - 1, n + 2) if n // 5 == m // 5}
    started = time.perf_counter()
    assert len(assign(weights)) == size
    matches = match(first, second)
    grouping = Agreement("events", "grouping of claims", 0, 0, None)
    differing = tuple(Disagreement("claims", f"a{n}", f"b{n}", "hedge", "none", "reported") for n in range(size))
    field = Agreement("claims", "hedge", size, 0, None, differing)
    comparison = Comparison(first, second, Matches(matches.claims, []), (0, 0, 0, 0), grouping, (field,))
    assert len(adjudicate(comparison, [])) == size + 2
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a,b\n", "the columns are not"),
        (f"{','.join(HEADER)}\nclaims,a,b,stance,x,y,perhaps,,\n", "the decision `perhaps`"),
        (f"{','.join(HEADER)}\nclaims,a,b,stance,x,y,first,,\n", "decides without a reason"),
        (f'{",".join(HEADER)}\n"claims\n', ":2:1:"),
        (f"{','.join(HEADER)}\n" + 2 * "claims,a,b,stance,x,y,first,so,\n", "rows 2 and 3 are about the same"),
    ],
)
def test_a_table_of_decisions_that_is_none(tmp_path: Path, text: str, what: str) -> None:
    """It is refused at its line, and never written over."""
    (tmp_path / "d.csv").write_text(text)
    with pytest.raises(EventpackError, match=what):
        read_decisions(tmp_path / "d.csv")


def test_what_is_no_coding_is_named(package: Path, tmp_path: Path) -> None:
    """No folder, no records, a broken record, an id twice, no package above."""
    (package / "empty").mkdir()
    broken = package / "broken"
    broken.mkdir()
    (broken / "EV-a.yaml").write_text("event_id: [\n")
    twice = package / "twice"
    shutil.copytree(package / SECOND, twice)
    shutil.copy(twice / "EV-bbbbbb.yaml", twice / "EV-cccccc.yaml")
    (twice / "EV-cccccc.yaml").write_text((twice / "EV-bbbbbb.yaml").read_text().replace("EV-bbbbbb", "EV-cccccc"))
    for folder, what in (
        ("nowhere", "no folder"),
        ("empty", "no records"),
        ("broken", "EV-a.yaml:"),
        ("twice", "twice"),
    ):
        with pytest.raises(EventpackError, match=what):
            compare_codings(package / FIRST, package / folder)
    (tmp_path / "alone").mkdir()
    with pytest.raises(EventpackError, match=r"no datapackage.json above"):
        compare_codings(tmp_path / "alone", package / SECOND)


def test_the_command(package: Path) -> None:
    """Exit 1 while something is open; the file of decisions is written; JSON and Markdown say the same."""
    edit(package, "EV-zzzzz1.yaml", "stance: asserts", "stance: denies")
    command = [sys.executable, "-m", "eventpack", "agreement", FIRST, SECOND, "--adjudication", "d.csv"]
    run = subprocess.run([*command, "--format", "json"], cwd=package, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "1 disagreement, 1 open\n")
    found = json.loads(run.stdout)
    assert found["disagreements"][0]["field"] == "stance"
    assert (package / "d.csv").read_text().splitlines()[1] == "claims,CL-aaaaaa,CL-zzzzz1,stance,asserts,denies,,,"
    decided = (package / "d.csv").read_text().replace("denies,,,", "denies,first,nothing is denied,C-05")
    (package / "d.csv").write_text(decided)
    run = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "stance: asserts | denies  → first: nothing is denied" in run.stdout
    comparison, rows = compare(package), read_decisions(package / "d.csv")
    assert to_json(comparison, rows)["fields"][1]["percent"] == 100.0
    assert "| claims | stance | 2 | 1 | 50 |" in to_markdown(comparison, rows)
    assert "stance" in to_text(comparison, rows)
