"""The meter of the evidence checks: its dataset is valid and always the same, and it can fail."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import eventpack
from eventpack.evidence import check

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "evidence-meter.md"
METER = ROOT / "benchmarks" / "meter.py"


@pytest.fixture(scope="module")
def meter() -> Any:
    """The program as a module, with those beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(METER.parent))
        yield load("meter")


def load(name: str) -> ModuleType:
    """A module of the benchmarks."""
    return __import__(name, fromlist=["_"])


def test_the_synthetic_dataset_is_valid_without_its_texts(meter: Any, tmp_path: Path) -> None:
    """Both sets of schemes; each of the schemes writes at least one sentence."""
    for name, schemes in meter.SETS.items():
        bench, coding = meter.synthetic(tmp_path / name, name, 300, 5)
        assert [str(finding.where) for finding in eventpack.validate(tmp_path / name).findings] == []
        assert len(bench.at_hand()) == len(bench.rows["claims"]) >= 300
        used = {scheme for text in coding.texts.values() for scheme in text.scheme.values()}
        claimless = {"background.unverified"}
        assert len(used | claimless) >= len(schemes) - len(claimless)


def test_there_are_sixty_schemes_and_more_and_none_is_in_both_sets(meter: Any) -> None:
    """Those held out are of their own."""
    main, held_out = meter.SETS["main"], meter.SETS["held-out"]
    assert len(set(main)) == len(main) >= 60
    assert len(set(held_out)) == len(held_out) >= 15
    assert not set(main) & set(held_out)


@pytest.mark.long
def test_the_same_seed_gives_the_same_bytes_and_another_one_other_texts(meter: Any, tmp_path: Path) -> None:
    """Whatever order Python's sets have."""
    command = (
        "import sys; sys.path[:0] = [sys.argv[1]]; import meter, pathlib; "
        "meter.synthetic(pathlib.Path(sys.argv[2]), 'main', 60, int(sys.argv[3]))"
    )
    written = []
    for number, (seed, hashing) in enumerate([("1", "0"), ("1", "7"), ("2", "0")]):
        folder = tmp_path / str(number)
        surroundings = os.environ | {"PYTHONHASHSEED": hashing}
        subprocess.run(
            [sys.executable, "-c", command, str(METER.parent), str(folder), seed], check=True, env=surroundings
        )
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert written[0] == written[1]
    assert not set(written[0][Path("texts/0001.txt")].splitlines()) & set(
        written[2][Path("texts/0001.txt")].splitlines()
    ) - {b""}


def test_what_is_coded_stands_in_the_passage(meter: Any) -> None:
    """Numbers, days of events, days of saying; no mark is left in a text."""
    for schemes in meter.SETS.values():
        for text in meter.write_texts(meter.make_world(3), 3, 500, schemes):
            words = {claim.key: text.words[slice(*text.spans[claim.key])].casefold() for claim in text.claims}
            assert not re.search("[⟦⟧¦]", text.words)
            for claim in text.claims:
                assert claim.number is None or claim.number.words.casefold() in words[claim.key]
                assert claim.said is None or claim.said.words.casefold() in words[claim.key]
                of_event = [words[other.key] for other in text.claims if other.event is claim.event]
                assert any(claim.event.day.words.casefold() in one for one in of_event)


def test_a_check_that_is_switched_off_is_missed(meter: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are found, then not; digests, which are no check that can be switched off, still are."""
    bench, _ = meter.synthetic(tmp_path / "main", "main", 120, 1)
    kinds = ["number-digit", "number-part", "digest"]
    scoring = load("metering.scoring")
    mistakes = scoring.draw(bench, meter.inrecords.MAKERS, 15, 1, kinds)
    before = scoring.score(bench, mistakes)
    monkeypatch.setattr(check, "EVIDENCE_CHECKS", ())
    after = scoring.score(bench, mistakes)
    assert [before[kind, True].meant / before[kind, True].tried for kind in kinds[:2]] == [1.0, 1.0]
    assert after["number-part", True].found < before["number-part", True].found
    assert before["digest", False].share == after["digest", False].share == 1.0
    assert load("metering.goals").missed_goals(after, []) != []
    # A substring test takes 12 for a part of 120.
    assert before["number-part", True].plain == 0


def test_alarms_on_a_right_coding_are_a_missed_goal(meter: Any) -> None:
    """2 % of synthetic claims are too many, and one of the real ones."""
    alarms = load("metering.alarms").Alarms
    goals = load("metering.goals").missed_goals

    def of(number: int) -> Any:
        return alarms(1000, number, Counter(), {})

    assert goals({}, [("synthetic, main", of(19)), ("real records", of(0))]) == []
    assert len(goals({}, [("synthetic, main", of(20)), ("real records", of(1))])) == 2


def test_goals_hold_for_real_records_of_which_there_are_enough(meter: Any) -> None:
    """Nineteen mistakes are too few to judge by; of twenty, 90 % must be found."""
    goals, score = load("metering.goals").missed_goals, load("metering.scoring").Score

    def missed(tried: int, found: int) -> list[str]:
        real = {("not-inserted", True): score(tried=tried, found=found)}
        return list(goals({}, [], real))

    assert missed(19, 0) == missed(20, 18) == []
    assert missed(20, 17) == ["missed: claim negated in the text (real records): 17 of 20 found, at least 90% wanted"]


def test_the_page_says_which_goals_are_missed(meter: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the exit code is 1; without a miss it says so, and it is 0."""
    score, alarms = load("metering.scoring").Score, load("metering.alarms").Alarms
    page = tmp_path / "page.md"
    asked = argparse.Namespace(markdown=f"{page}#meter", seed=1)
    codes, pages = [], []
    for found in (17, 18):
        page.write_text("<!-- meter -->\n<!-- end -->\n", "utf-8")
        main = {("digest", False): score(tried=2, found=2)}
        real = {("not-inserted", True): score(tried=20, found=found)}
        nothing = alarms(20, 0, Counter(), {})
        results = [
            meter.Result("main", "synthetic, main", main, nothing),
            meter.Result("real", meter.REAL, real, nothing),
        ]
        codes.append(meter.report(results, asked))
        pages.append(page.read_text("utf-8"))
    told = "Missed: claim negated in the text (real records): 17 of 20 found, at least 90% wanted."
    assert (codes, [told in text for text in pages]) == ([1, 0], [True, False])
    assert ["All goals are met." in text for text in pages] == [False, True]
    assert "all goals are met" in capsys.readouterr().out


@pytest.mark.long
def test_the_command_prints_its_tables_and_writes_them_into_a_page(tmp_path: Path) -> None:
    """Of the first mistakes of each kind all that has a goal is found, so the exit code is 0."""
    page = tmp_path / "page.md"
    page.write_text("before\n\n<!-- meter -->\nwas there\n<!-- end -->\n\nafter\n", "utf-8")
    command = [sys.executable, str(METER), "--claims", "60", "--each", "2", "--markdown", f"{page}#meter"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "all goals are met" in done.stdout
    written = page.read_text("utf-8")
    assert "was there" not in written and written.startswith("before\n") and written.endswith("<!-- end -->\n\nafter\n")
    assert "| coded number: one digit changed | ≥ 99 % | 2 |" in written


@pytest.mark.long
def test_misses_are_explained() -> None:
    """The words, and what became of the record; a wrong speaker who is near is often missed."""
    command = [sys.executable, str(METER), "--claims", "60", "--each", "30", "--explain", "speaker-near"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    title, *shown = done.stdout.splitlines()
    told = re.fullmatch(
        r"speaker exchanged with somebody in the passage \(fresh digest\): (\d+) of (\d+) missed", title
    )
    assert told and 0 < int(told[1]) <= int(told[2])
    passages = [line for line in shown if re.match(r"  CL-\w+: ['\"]", line)]
    changes = [line for line in shown if re.match(r"      said_by: '[\w-]+' → '[\w-]+'$", line)]
    assert len(passages) == len(changes) == min(int(told[1]), 20)


def test_mistakes_without_a_not_are_what_they_say(meter: Any, tmp_path: Path) -> None:
    """“Failed to” and the like stand in the text where the verb was; other apostrophes in “didn’t”."""
    bench, coding = meter.synthetic(tmp_path / "main", "main", 200, 2)
    drawn = load("metering.scoring").draw(bench, meter.makers(coding), 30, 2, ["undone-inserted", "not-typed"])
    texts = {kind: [m.text for m in drawn if m.kind == kind and m.fresh] for kind in ("undone-inserted", "not-typed")}
    assert all(len(found) >= 20 for found in texts.values())
    undone = re.compile(
        r"(?:failed|refused|unable|yet) to |(?:prevented|banned|refrained) from |(?:called off|cancelled) the |falsely "
    )
    assert all(undone.search(text) for text in texts["undone-inserted"])
    assert all(re.search("didn[\u02bc\u00b4]t ", text) for text in texts["not-typed"])


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    """Before anything is written."""
    command = [sys.executable, str(METER), "--explain", "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "unknown kind nothing; there are alarms, number-digit" in done.stderr


def test_the_page_names_options_that_there_are_and_places_for_the_tables() -> None:
    """Each command on it can be typed."""
    page = PAGE.read_text("utf-8")
    shown = subprocess.run([sys.executable, str(METER), "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^\$ python benchmarks/meter\.py(.*)$", page, re.M)
    assert len(commands) >= 3
    assert [option for given in commands for option in re.findall(r"--\w+", given) if option not in shown] == []
    assert re.findall(r"<!-- (?!end)([\w-]+) -->", page) == ["meter"]
    assert "](evidence-meter.md)" in (ROOT / "docs/benchmarks.md").read_text("utf-8")


def test_the_figures_are_of_these_checks(meter: Any) -> None:
    """Whoever changes a check measures it, and writes the tables anew (`--markdown docs/evidence-meter.md#meter`)."""
    assert f" Checks `{meter.checks_digest()}`." in PAGE.read_text("utf-8")


def test_a_change_of_a_check_is_seen(meter: Any, tmp_path: Path) -> None:
    """In any file of it, its name included; line ends say nothing."""
    seen = set()
    for name, text in (("a.py", b"one\ntwo\n"), ("a.py", b"one\r\ntwo\r\n"), ("a.py", b"one\n"), ("b.py", b"one\n")):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        (folder / "evidence/cues").mkdir(parents=True)
        (folder / "evidence/cues" / name).write_bytes(text)
        seen.add(meter.checks_digest(folder))
    assert len(seen) == 3
