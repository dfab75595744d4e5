"""`eventpack why`: the derivation of support and estimates, told from the tables that the derivation itself uses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack.cells import cells_of
from eventpack.cli.why import why as command
from eventpack.derive.basis import Basis
from eventpack.derive.estimates import estimate_rows
from eventpack.derive.flat import flat_rows
from eventpack.errors import EventpackError
from eventpack.opening import open_package
from eventpack.packaging import package
from eventpack.reasons import why
from eventpack.reasons.text import as_text
from eventpack.subject import read_subject
from tests.casepack import copy_base
from tests.tablepack import write_tables

ROOT = Path(__file__).parents[1]
TABLES = {
    "events": "event_id,title,realis\nEV-aaaa,March of bakers,occurred\nEV-bbbb,Calm,occurred\n",
    "sources": "source_id,title,kind,publisher,published_earliest,published_latest\n"
    "SRC-a,Morning news,news-report,,2024-05-02,2024-05-02\nSRC-b,Evening news,news-report,,2024-05-02,2024-05-02\n"
    "SRC-m,Agency copy,wire,Wire,,\nSRC-u,Report of the Gazette,unseen,The Gazette,,2024-05-01\n",
    "source_links": "source_id,derives_from,how\nSRC-a,SRC-u,quotes\nSRC-b,SRC-m,repeats\nSRC-b,SRC-m,translates\n"
    "SRC-m,SRC-u,summarises\n",
    "actors": "actor_id,name\nACT-g,The Gazette\nACT-p,Police of Milltown\n",
    "measures": "code,label,unit,default_rule\nprotesters,Protesters,persons,lowest\ninjured,Injured,persons,\n",
    "wording_rules": "rule_id,wording,low,best,high\nhundreds,hundreds,200,,999\n",
    "claims": "claim_id,event_id,source_id,statement,stance,said_by,relayed_by,hedge,measure,low,best,high,wording,"
    "wording_rule,passage_start,passage_end,status\n"
    "CL-1,EV-aaaa,SRC-a,Bakers marched.,asserts,,,none,protesters,200,,999,hundreds,hundreds,10,30,accepted\n"
    "CL-2,EV-aaaa,SRC-b,Some bakers marched.,asserts,ACT-p,,reported,protesters,,90,,90,,,,accepted\n"
    "CL-3,EV-aaaa,SRC-c,Bakers are said to have marched.,asserts,,ACT-g,none,protesters,,,,,,,,accepted\n"
    "CL-4,EV-aaaa,SRC-b,Nobody marched.,denies,ACT-p,,none,protesters,0,0,0,none,,,,accepted\n"
    "CL-5,EV-aaaa,SRC-b,It was a small march.,assesses,,,none,,,,,,,,,accepted\n"
    "CL-6,EV-aaaa,SRC-b,A thousand marched.,asserts,,,none,protesters,1000,,,,,,,rejected\n"
    "CL-7,EV-aaaa,SRC-a,Two were hurt.,asserts,,,none,injured,2,2,2,two,,,,accepted\n",
    "redirects": "old_id,outcome,new_id\nEV-gone,merged-into,EV-aaaa\n",
}


def run(*words: str) -> tuple[int, str]:
    """The exit code and the output of the command."""
    app = Typer()
    app.command()(command)
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, EventpackError):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The package of the marching bakers."""
    return write_tables(tmp_path / "bakers", TABLES)


def test_every_claim_of_the_event_has_its_place(folder: Path) -> None:
    """Supporting, contesting, of another stance, or not accepted."""
    told = why("EV-aaaa", path=folder)
    assert (told.support, told.fits, told.against) == ("contested", "asserts", "denies")
    assert {one.claim.claim_id for one in told.supporting} == {"CL-1", "CL-2", "CL-3", "CL-7"}
    beside = [claim.claim_id for part in (told.contesting, told.beside, told.unaccepted) for claim in part]
    assert beside == ["CL-4", "CL-5", "CL-6"]


def test_what_does_not_count_says_on_what_it_leans(folder: Path) -> None:
    """The way from each source to the report that both lead back to; the outlet that published it."""
    reasons = {one.claim.claim_id: (one.leans_on, one.because) for one in why("EV-aaaa", path=folder).supporting}
    assert reasons == {
        "CL-1": ("", ()),
        "CL-7": ("CL-1", ("both stand in SRC-a",)),
        "CL-2": (
            "CL-1",
            ("SRC-b repeats and translates SRC-m, which summarises SRC-u and SRC-a quotes SRC-u",),
        ),
        "CL-3": (
            "CL-1",
            ("CL-3 comes by way of The Gazette (ACT-g), the publisher of SRC-u, from which SRC-a of CL-1 derives",),
        ),
    }


def test_sources_are_those_of_the_claims_and_what_they_derive_from(folder: Path) -> None:
    """With how each derives from the next; a source that is in no table is named all the same."""
    sources = {one.source_id: one.derives_from for one in why("EV-aaaa", path=folder).sources}
    assert sources == {
        "SRC-a": ("quotes SRC-u",), "SRC-b": ("repeats and translates SRC-m",), "SRC-c": (),
        "SRC-m": ("summarises SRC-u",), "SRC-u": (),
    }  # fmt: skip


def test_a_measure_tells_what_is_counted_and_what_is_not(folder: Path) -> None:
    """Status, stance and missing numbers are reasons to leave a claim out."""
    told = why("EV-aaaa", "protesters", folder)
    (measure,) = told.measures
    assert [one.claim.claim_id for one in measure.counted] == ["CL-1", "CL-2"]
    assert [(one.claim.claim_id, one.because) for one in measure.left_out] == [
        ("CL-3", "it has no number"),
        ("CL-4", "its stance is denies, not asserts"),
        ("CL-6", "its status is rejected, not accepted"),
    ]
    number = measure.numbers[0]
    assert (number.wording, number.wording_rule, number.reading) == (
        "hundreds", "hundreds", "hundreds: low 200, high 999",
    )  # fmt: skip


def test_each_rule_tells_what_it_compared_and_took(folder: Path) -> None:
    """The lowest floor of two; the median of the one that is independent; the default rule is the chosen one."""
    (measure,) = why("EV-aaaa", "protesters", folder).measures
    rules = {rule.rule: rule for rule in measure.rules}
    assert rules["lowest"].compared == (("CL-1", "200"), ("CL-2", "90"))
    assert (rules["lowest"].claim_id, rules["lowest"].best, rules["lowest"].chosen) == ("CL-2", "90", True)
    assert rules["median-of-independent"].compared == (("CL-1", "200"),)
    assert [rule.rule for rule in measure.rules if rule.chosen] == [measure.default_rule]


def test_an_event_without_claims_has_no_support(folder: Path) -> None:
    """It is told, not refused."""
    told = why("EV-bbbb", path=folder)
    assert (told.support, told.supporting, told.measures, told.sources) == ("", (), (), ())
    assert "support: nothing supports it (0 independent origins in 0 claims)" in as_text(told)


@pytest.mark.parametrize("place", ["dataset", "base"])
def test_what_is_told_is_what_the_tables_hold(place: str, tmp_path: Path) -> None:
    """For every event: support, counts and ids of events_flat, and each row of estimates."""
    root = ROOT if place == "dataset" else copy_base(tmp_path / "base")
    basis = Basis(read_subject(open_package(root))[0])
    estimates = list(estimate_rows(basis))
    assert estimates
    for row in flat_rows(basis):
        told = why(row["event_id"], path=root)
        counts = [one.claim.claim_id for one in told.supporting if one.counts]
        assert (row["support"], row["independent_count"]) == (told.support, str(told.independent_count))
        assert row["independent_claims"] == "; ".join(sorted(counts))
        assert row["supporting_claims"] == "; ".join(sorted(one.claim.claim_id for one in told.supporting))
        assert row["contesting_claims"] == "; ".join(claim.claim_id for claim in told.contesting)
        assert all(one.because for one in told.supporting if not one.counts)
        found = [
            (measure.measure, rule.rule, rule.claim_id, rule.low, rule.best, rule.high, str(len(measure.counted)),
             str(measure.independent_count), "true" if rule.chosen else "false")
            for measure in told.measures for rule in measure.rules
        ]  # fmt: skip
        names = ("measure", "rule", "claim_id", "low", "best", "high", "claim_count", "independent_count", "chosen")
        held = [tuple(one[name] for name in names) for one in estimates if one["event_id"] == row["event_id"]]
        assert sorted(held) == sorted(found)


def test_folder_and_zip_of_a_package_tell_the_same(tmp_path: Path) -> None:
    """As the source tree does."""
    source = copy_base(tmp_path / "base")
    made = package(source, tmp_path / "dist")
    expected = run("EV-aaaaaa", "--path", str(source))
    assert expected[0] == 0
    assert expected == run("EV-aaaaaa", "--path", str(made.folder)) == run("EV-aaaaaa", "--path", str(made.archive))


def test_text_names_every_claim_and_the_rule(folder: Path) -> None:
    """What leans on another is said below it, and the chosen rule with its reason."""
    code, text = run("EV-aaaa", "--path", str(folder))
    assert code == 0
    assert set(re.findall(r"CL-\d", text)) == {f"CL-{number}" for number in range(1, 8)}
    assert "    same origin as CL-1: both stand in SRC-a\n" in text
    assert "best 90 of CL-2 (floor: CL-1 200, CL-2 90) chosen, since the default_rule is lowest\n" in text
    assert "none is chosen: the measure has no default_rule\n" in text
    assert "\x1b" not in text


def test_control_characters_of_the_data_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    """They are shown as escapes."""
    claims = TABLES["claims"].replace("Nobody marched.", "\x1b[2JNobody")
    text = as_text(why("EV-aaaa", path=write_tables(tmp_path, {**TABLES, "claims": claims})))
    assert "\x1b" not in text
    assert "Nobody" in text


def test_json_is_versioned_and_whole(folder: Path) -> None:
    """Machines get everything that the text is made of."""
    code, text = run("EV-aaaa", "protesters", "--path", str(folder), "--format", "json")
    value = json.loads(text)
    assert (code, value["reasons"], value["event_id"], value["support"]) == (0, "1", "EV-aaaa", "contested")
    assert value["measures"][0]["rules"][0]["claim_id"] == "CL-2"
    assert value["supporting"][0]["counts"] is True


MISUSE = [
    (("EV-aaab",), "there is no event `EV-aaab`; did you mean `EV-aaaa`?"),
    (("ev-aaaa",), "there is no event `ev-aaaa`; did you mean `EV-aaaa`?"),
    (("CL-4",), "`CL-4` is a claim, on the event EV-aaaa"),
    (("EV-gone",), "`EV-gone` is no longer in use: merged-into EV-aaaa"),
    (("EV-aaaa", "protestors"), "there is no measure `protestors`; did you mean `protesters`?"),
    (("EV-bbbb", "injured"), "no claim on EV-bbbb has the measure `injured`"),
]


@pytest.mark.parametrize(("words", "expected"), MISUSE)
def test_misuse_is_told_with_a_near_miss(folder: Path, words: tuple[str, ...], expected: str) -> None:
    """What was probably meant, or what became of it."""
    with pytest.raises(EventpackError) as caught:
        why(words[0], "".join(words[1:]), folder)
    assert caught.value.what == expected
    assert caught.value.fix


def test_what_cannot_be_read_is_refused(folder: Path, tmp_path: Path) -> None:
    """Half of the claims would give another derivation; a package without claims has none."""
    (folder / "claims.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(EventpackError, match="the table `claims` cannot be read as a whole"):
        why("EV-aaaa", path=folder)
    with pytest.raises(EventpackError, match="has no table `events`"):
        why("EV-aaaa", path=write_tables(tmp_path / "other", {"ships": "ship\nA\n"}))
    with pytest.raises(EventpackError, match="there is no"):
        why("EV-aaaa", path=tmp_path / "nowhere")


def test_the_record_wins_over_the_built_table(tmp_path: Path) -> None:
    """In a source tree what is told follows from the record files, whatever was built last."""
    folder = copy_base(tmp_path / "base")
    record = folder / "data/records/events/EV-aaaaaa.yaml"
    record.write_text(record.read_text("utf-8").replace("low: 200", "low: 300"), "utf-8")
    (measure,) = why("EV-aaaaaa", path=folder).measures
    assert {rule.low for rule in measure.rules} == {"300"}
    assert "300" not in (folder / "data/claims.csv").read_text("utf-8")
    assert cells_of(read_subject(open_package(folder))[0], "estimates")[0]["low"] == "200"
