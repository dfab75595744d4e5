"""The second coding: valid by itself, compared, every disagreement decided, and in nobody's words but ours."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eventpack.agreement.adjudication import adjudicate, read_decisions
from eventpack.agreement.comparing import compare_codings
from eventpack.agreement.showing import to_markdown
from eventpack.building import build
from eventpack.opening import open_package
from eventpack.packaging import package
from eventpack.recordtext import record_form
from eventpack.validation import validate
from tests.clones import copy_tree
from tests.dataset.corrections import (
    FOLDER,
    Records,
    apply_corrections,
    read_corrections,
    read_records,
    undo_corrections,
    write_records,
)
from tests.dataset.rows import ROOT, TEXTS, fold, runs, texts
from tests.effort import first

FIRST, SECOND = ROOT / "data/records/events", FOLDER / "records/events"
PAGE = ROOT / "docs/agreement.md"
ADJUDICATION = FOLDER / "adjudication.csv"
REASONS = {
    "new-evidence", "source-corrected", "coding-error", "recoded-vocabulary", "geocoding", "editorial", "merge",
    "split", "withdrawal",
}  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository."""
    return copy_tree(tmp_path_factory.mktemp("second") / "tree")


@pytest.fixture
def copy(tree: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(tree, tmp_path / "copy"))


def decisions() -> list[dict[str, str]]:
    """The rows of the adjudication."""
    with ADJUDICATION.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(records: Records, copy: Path, where: str = "data/records/events") -> Path:
    """Write records into a copy of the repository, in canonical form; the folder."""
    form = record_form(open_package(copy))
    assert form is not None
    write_records(records, copy / where, form)
    return copy / where


def uncorrected() -> Records:
    """The first coding as it was when the second one was compared with it."""
    records = read_records(FIRST)
    undo_corrections(records, read_corrections())
    return records


def corrected() -> Records:
    """The first coding with all corrections."""
    records = read_records(FIRST)
    apply_corrections(records, read_corrections())
    return records


def findings(folder: Path) -> list[str]:
    """What is wrong with a package, in its texts too where they are; verifications of claims that changed aside."""
    found = validate(folder, texts=TEXTS if TEXTS.is_dir() else None).findings
    return [f"{f.where} {f.code} {f.what}" for f in found if not f.code.startswith("verification/")]


def test_it_is_a_valid_dataset_by_itself(copy: Path) -> None:
    """With its records in place of the first coding's, the package builds and has no error.

    What the schemas expect of the first coding, such as the share of events with a place, is not asked of it.
    """
    put(read_records(SECOND), copy)
    build(copy)
    found = [f for f in validate(copy).findings if f.severity == "error" and f.code != "rule/expect"]
    aside = ("verification/", "revision/")  # of the records that it takes the place of
    assert [f"{f.where} {f.code} {f.what}" for f in found if not f.code.startswith(aside)] == []


def second_claims() -> list[dict[str, Any]]:
    """The claims of the second coding with a passage."""
    claims = (claim for record in read_records(SECOND).values() for claim in record["claims"])
    return [claim for claim in claims if "passage_end" in claim]


def test_its_passages_are_whole() -> None:
    """Each has a digest and both offsets, and passages at one place of one source have one digest."""
    claims = second_claims()
    assert len(claims) > 60
    places: dict[tuple[object, ...], set[object]] = {}
    for claim in claims:
        assert 0 <= int(claim["passage_start"]) < int(claim["passage_end"])
        place = claim["source_id"], claim["passage_start"], claim["passage_end"]
        places.setdefault(place, set()).add(claim["passage_sha256"])
    assert {len(digests) for digests in places.values()} == {1}


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts belong to others and are not at hand")
def test_its_passages_are_in_the_texts(copy: Path) -> None:
    """Each passage of it lies in its text and has the digest that it says."""
    put(read_records(SECOND), copy)
    build(copy)
    placing = {"evidence/digest", "evidence/range", "evidence/sentence", "evidence/source-length"}
    report = validate(copy, texts=TEXTS)
    assert [f"{f.where} {f.code}" for f in report.findings if f.code in placing] == []
    assert sum(report.passages.values()) == len(second_claims())


def test_its_files_are_canonical(copy: Path) -> None:
    """They are written as `eventpack format` would write them."""
    folder = put(read_records(SECOND), copy)
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == {
        path.name: path.read_text("utf-8") for path in SECOND.iterdir()
    }


def test_one_coder_made_it() -> None:
    """Every record says so, none is reviewed, and no id of an event or claim is the first coder's."""
    first, second = uncorrected(), read_records(SECOND)
    assert {record["coded_by"] for record in second.values()} == {"coder-2"}
    assert {record["coded_by"] for record in first.values()} == {"coder-1"}
    assert {record["review"] for record in second.values()} == {"coded"}
    assert len(second) >= 30
    ids = [{event, *(claim["claim_id"] for claim in record["claims"])} for coding in (first, second)
           for event, record in coding.items()]  # fmt: skip
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_every_disagreement_is_decided() -> None:
    """The command finds nothing open and leaves the table as it is."""
    before = ADJUDICATION.read_bytes()
    command = ["agreement", str(FIRST), str(SECOND), "--adjudication", str(ADJUDICATION)]
    run = subprocess.run([sys.executable, "-m", "eventpack", *command], capture_output=True, text=True, check=False)
    assert (run.returncode, ADJUDICATION.read_bytes()) == (0, before), run.stderr


@pytest.mark.parametrize("make", first(1, [corrected, uncorrected]))
def test_corrections_open_nothing_new(make: Any, copy: Path) -> None:
    """Before and after the first coding is corrected, the table has a decision for each disagreement."""
    comparison = compare_codings(put(make(), copy), SECOND)
    assert [row for row in adjudicate(comparison, read_decisions(ADJUDICATION)) if not row[6]] == []


def test_each_decision_has_its_rule() -> None:
    """A reason of some words, and a rule that the coding guide has."""
    rules = set(re.findall(r"^### (C-\d\d) ", (ROOT / "docs/guide/coding.md").read_text("utf-8"), re.M))
    assert len(decisions()) > 100
    assert [row for row in decisions() if row["rule"] not in rules or len(row["reason"].split()) < 4] == []


def test_what_should_change_is_said_and_corrected() -> None:
    """Where the first coding does not stand, the reason says what it becomes, and a correction makes it so."""
    changed = [row for row in decisions() if row["decision"] in ("second", "neither")]
    assert [row for row in changed if "the first coding should" not in row["reason"]] == []
    table = (FOLDER / "corrections.csv").read_text("utf-8")
    named = {part for row in changed if row["table"] in ("claims", "events") for part in [row["first_id"]] if part}
    assert [name for name in sorted(named) if name not in table] == []


def test_corrections_make_a_better_dataset(copy: Path) -> None:
    """Each fits the records or is in them already; with all of them the package has no finding, in the texts either."""
    rows = read_corrections()
    assert 8 <= len(rows) <= 30
    assert {row.reason for row in rows} <= REASONS
    assert [row for row in rows if row.old == row.new or not row.note] == []
    put(corrected(), copy)
    build(copy)
    assert findings(copy) == []


def test_corrections_can_be_taken_back() -> None:
    """Done and undone, undone and done, the records are what they were; doing them twice changes nothing."""
    rows = read_corrections()
    before, after = uncorrected(), corrected()
    assert before != after
    apply_corrections(after, rows)
    assert in_order(after) == in_order(corrected())
    undo_corrections(after, rows)
    assert in_order(after) == in_order(before)


def in_order(records: Records) -> Records:
    """Records with their child rows in one order."""
    return {
        event: {
            name: sorted(map(str, rows)) if isinstance(rows, list) else rows for name, rows in record.items() if rows
        }
        for event, record in sorted(records.items())
    }


def test_a_correction_that_does_not_fit_is_refused() -> None:
    """A value that is neither the old one nor the new one is not written over."""
    records, rows = uncorrected(), read_corrections()
    one = next(row for row in rows if (row.table, row.field) == ("events", "realis"))
    records[one.record_id]["realis"] = "denied"
    with pytest.raises(ValueError, match=one.record_id):
        apply_corrections(records, rows)


def test_the_page_has_the_figures(copy: Path) -> None:
    """The table of the report is what the command prints for both codings as they were compared."""
    comparison = compare_codings(put(uncorrected(), copy), SECOND)
    figures = to_markdown(comparison, []).strip()
    page = PAGE.read_text("utf-8")
    assert page.partition("<!-- figures -->")[2].partition("<!-- end -->")[0].strip() == figures


def test_the_page_counts_the_decisions() -> None:
    """The numbers of decisions on the page are those of the table."""
    counts = Counter(row["decision"] for row in decisions() if row["decision"])
    shown = dict(re.findall(r"^\| `(first|second|both|neither)` \|[^|]*\| +(\d+) \|$", PAGE.read_text("utf-8"), re.M))
    assert shown == {name: str(counts[name]) for name in ("first", "second", "both", "neither")}


def own_files() -> Iterator[tuple[str, str]]:
    """Every file of the second coding and the report, with its text; numbers of passages aside."""
    for path in (PAGE, *sorted(path for path in FOLDER.rglob("*") if path.is_file())):
        yield path.relative_to(ROOT).as_posix(), path.read_bytes().decode("utf-8")


def test_no_six_words_of_the_texts_are_in_it() -> None:
    """Neither in records nor in reasons, corrections, README and report."""
    assert len(list(own_files())) > 40
    taken = set().union(*(runs(text, 6) for text in texts().values())) if texts() else set()
    assert [(name, run) for name, text in own_files() for run in runs(fold(text), 6) & taken] == []


def test_the_package_is_without_it(copy: Path, tmp_path: Path) -> None:
    """What is packaged has the same files, whether the folder is there or not."""
    names: list[list[str]] = []
    for out in (tmp_path / "with", tmp_path / "without"):
        package(copy, out)
        names.append(sorted(path.relative_to(out).as_posix() for path in out.rglob("*")))
        shutil.rmtree(copy / "data/second-coding", ignore_errors=True)
    assert names[0] == names[1]
    assert [name for name in names[0] if "second" in name] == []
