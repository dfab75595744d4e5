"""Findings that a reviewer excepts with a reason: left out until what they rest on changes, and always counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eventpack.building import build
from eventpack.cli import app
from eventpack.errors import EventpackError
from eventpack.evidence.passages import digest
from eventpack.finding import Finding
from eventpack.formats.text import as_text
from eventpack.packaging import package
from eventpack.validation import validate
from eventpack.verification import forget, verify
from tests.smallpack import EVENT, TEXT
from tests.test_other_copies import package_with
from tests.test_verification import CLAIM, LEDGER, RECORD, codes, entry, texts_in

SENTENCE = f"{CLAIM}:evidence/sentence"
PART = "was late on Monday."
REASON = "A sentence – “The ferry” is a heading."


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that the environment gives, as for reproducible builds: 2026-03-09."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773014400")


def only(passage: str, event: str = EVENT) -> str:
    """The record with its second claim only, on another passage."""
    start = TEXT.index(passage)
    event = event.replace("_start: 44", f"_start: {start}").replace("_end: 92", f"_end: {start + len(passage)}")
    head, _, rest = event.replace(digest(TEXT[44:92]), digest(passage)).partition("  - claim_id: CL-aaaa01")
    return head + "  - claim_id: CL-aaaa02" + rest.partition("  - claim_id: CL-aaaa02")[2]


def cut(tmp_path: Path) -> tuple[Path, Path]:
    """A package with a claim on half a sentence, and its texts."""
    event = only(PART).replace("The clerk of the port says that people waited.", "It was late.")
    folder = package_with(tmp_path / "p", event.replace("    said_by: ACT-aaaa02\n", ""))
    build(folder)
    return folder, texts_in(tmp_path / "texts", TEXT)


def errors(folder: Path, texts: Path) -> list[str]:
    """The codes of the errors that validation with texts finds."""
    return [finding.code for finding in validate(folder, texts=texts).findings if finding.severity == "error"]


def stale(folder: Path, texts: Path) -> list[Finding]:
    """What is said of exceptions."""
    return [finding for finding in validate(folder, texts=texts).findings if finding.code == "verification/exception"]


def test_an_excepted_finding_is_reported_no_more(tmp_path: Path) -> None:
    """The claim counts as verified, the closing line counts the exception, and the reason stands in the ledger."""
    folder, texts = cut(tmp_path)
    assert errors(folder, texts) == ["evidence/sentence"]
    done = verify(folder, texts, excepting=[SENTENCE], reason=REASON)
    assert (done.counts["failed"], done.exceptions, done.changed) == (0, 1, (CLAIM,))
    assert entry(folder)["outcome"] == "verified"
    (held,) = json.loads((folder / LEDGER).read_text())["exceptions"]
    assert (held["id"], held["code"], held["reason"]) == (CLAIM, "evidence/sentence", REASON)
    assert (held["claim"], held["date"]) == (entry(folder)["claim"], "2026-03-09")
    report = validate(folder, texts=texts)
    assert [finding.code for finding in report.findings if finding.code.startswith("evidence/sent")] == []
    assert "1 passage verified, 1 exception, " in as_text(report)
    assert not verify(folder, texts).written
    assert errors(folder / RECORD, texts) == []


def test_a_package_tells_of_it(tmp_path: Path) -> None:
    """In manifest and README; what is packaged is verified with the same exception."""
    folder, texts = cut(tmp_path)
    verify(folder, texts, excepting=[SENTENCE], reason=REASON)
    build(folder)
    made = package(folder, tmp_path / "dist")
    assert json.loads((made.folder / "manifest.json").read_text())["verification"]["exceptions"] == 1
    assert "Not counted as failures: 1 finding that a reviewer has excepted" in (made.folder / "README.md").read_text()
    assert verify(made.archive, texts, check=True).changed == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("statement: It was late.", "statement: It was very late."),
        ("title: Delay", "title: Long delay"),
        ("realis: occurred", "realis: denied"),
    ],
)
def test_a_change_makes_it_void(tmp_path: Path, old: str, new: str) -> None:
    """Of the claim or its event: the finding is back, and a warning stands at the exception until it is taken out."""
    folder, texts = cut(tmp_path)
    verify(folder, texts, excepting=[SENTENCE], reason=REASON)
    record = folder / RECORD
    record.write_text(record.read_text().replace(old, new))
    build(folder)
    (found,) = stale(folder, texts)
    assert (found.where.path, found.where.line, found.severity) == (LEDGER, 7, "warning")
    assert found.what.startswith(f"the exception of {CLAIM} from evidence/sentence is void")
    assert "verification/exception" in codes(folder)
    if "realis" not in new:
        assert errors(folder, texts) == ["evidence/sentence"]
    assert verify(folder, texts, check=True).changed == (CLAIM,)
    assert verify(folder, texts).exceptions == 0
    assert stale(folder, texts) == []


def test_forgetting_takes_out_what_is_void(tmp_path: Path) -> None:
    """What still holds stays, without the texts."""
    folder, texts = cut(tmp_path)
    verify(folder, texts, excepting=[SENTENCE], reason=REASON)
    assert forget(folder).exceptions == 1
    record = folder / RECORD
    record.write_text(record.read_text().replace("It was late", "It was very late"))
    assert forget(folder).exceptions == 0


def test_an_exception_that_is_not_needed_is_told(tmp_path: Path) -> None:
    """The check has become better since: a warning, until the next verification takes it out."""
    folder, texts = cut(tmp_path)
    verify(folder, texts, excepting=[SENTENCE], reason=REASON)
    path = folder / LEDGER
    path.write_text(path.read_text().replace("evidence/sentence", "evidence/wording"))
    (found,) = stale(folder, texts)
    assert found.what == (
        f"the exception of {CLAIM} from evidence/wording is needed no more: the check finds nothing there"
    )
    done = verify(folder, texts)
    assert (done.exceptions, done.counts["failed"]) == (0, 1)
    assert [f.code for f in done.report.findings if f.code.startswith("ver")] == ["verification/exception"]


def test_without_the_text_it_stays(tmp_path: Path) -> None:
    """Nobody can say whether it is needed."""
    folder, texts = cut(tmp_path)
    verify(folder, texts, excepting=[SENTENCE], reason=REASON)
    held = (folder / LEDGER).read_bytes()
    assert codes(folder) == []
    verify(folder, texts_in(texts, "Page. was late on Monday. Page."))
    assert (folder / LEDGER).read_bytes() == held


def test_a_finding_on_the_event_is_excepted_by_its_claim(tmp_path: Path) -> None:
    """A day that the passage does not name is coded on the event."""
    event = only("The ferry was late on Monday.").replace("2026-03-02", "2026-03-01")
    folder, texts = package_with(tmp_path / "p", event), texts_in(tmp_path / "texts", TEXT)
    build(folder)
    assert errors(folder, texts) == ["evidence/date"]
    verify(folder, texts, excepting=[f"{CLAIM}:evidence/date"], reason="Monday is a name.")
    assert errors(folder, texts) == []


@pytest.mark.parametrize(
    ("wanted", "reason", "what"),
    [
        (CLAIM, "x", "names no finding"),
        (f"{CLAIM}:evidence/digest", "x", "`evidence/digest` cannot be excepted"),
        (f"{CLAIM}:evidence/range", "x", "cannot be excepted"),
        (f"{CLAIM}:evidence/unknown-text", "x", "cannot be excepted"),
        (f"{CLAIM}:evidence/sentense", "x", "did you mean `evidence/sentence`"),
        ("CL-aaaa22:evidence/sentence", "x", "there is no claim CL-aaaa22; did you mean `CL-aaaa02`"),
        (f"{CLAIM}:evidence/wording", "x", "finds nothing on CL-aaaa02"),
        (SENTENCE, " ", "an exception without a reason"),
    ],
)
def test_misuse_writes_nothing(tmp_path: Path, wanted: str, reason: str, what: str) -> None:
    """Only what was found, by a check that reads words, on a claim that is there, with a reason."""
    folder, texts = cut(tmp_path)
    with pytest.raises(EventpackError, match=what):
        verify(folder, texts, excepting=[wanted], reason=reason)
    assert not (folder / LEDGER).exists()


def test_the_command(tmp_path: Path) -> None:
    """It says how many findings are excepted; options that do not go together are misuse."""
    folder, texts = cut(tmp_path)
    words = ["verify", str(folder), "--texts", str(texts)]
    done = CliRunner().invoke(app, [*words, "--except", SENTENCE, "--reason", REASON])
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (
        0, f"1 verified, 1 excepted; wrote {LEDGER}, 1 claim changed",
    )  # fmt: skip
    for more in (["--except", SENTENCE], ["--reason", "x"], ["--except", SENTENCE, "--reason", "x", "--check"]):
        assert CliRunner().invoke(app, [*words, *more]).exit_code == 2


def test_a_damaged_ledger_with_exceptions_is_kept(tmp_path: Path) -> None:
    """All texts cannot tell what a reviewer has decided."""
    folder, texts = cut(tmp_path)
    verify(folder, texts, excepting=[SENTENCE], reason=REASON)
    damaged = "<<<<<<< ours\n" + (folder / LEDGER).read_text()
    (folder / LEDGER).write_text(damaged)
    with pytest.raises(EventpackError, match="do not tell which exceptions were made"):
        verify(folder, texts)
    assert (folder / LEDGER).read_text() == damaged
