"""`eventpack verify`: the ledger that it writes, what is kept of it, and what validation says when claims change."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eventpack import limits
from eventpack.building import NotClean, build
from eventpack.cli import app
from eventpack.digests import content_digests
from eventpack.errors import EventpackError
from eventpack.evidence.passages import digest
from eventpack.formats.text import as_text
from eventpack.opening import open_package
from eventpack.packaging import package
from eventpack.records import Record
from eventpack.subject import read_subject
from eventpack.validation import validate
from eventpack.verification import TOOL, forget, verify
from tests.smallpack import EVENT, TEXT, csv_line, write_small_package
from tests.test_other_copies import PAGE, package_with

LEDGER = "data/verification.json"
RECORD = "data/records/events/EV-aaaa01.yaml"
CLAIM = "CL-aaaa02"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that the environment gives, as for reproducible builds: 2026-03-09."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773014400")


def texts_in(folder: Path, *texts: str) -> Path:
    """A folder of texts."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text)
    return folder


def entry(folder: Path, claim: str = CLAIM) -> dict[str, str]:
    """What the ledger of a package says of a claim."""
    claims: dict[str, dict[str, str]] = json.loads((folder / LEDGER).read_text())["claims"]
    return claims[claim]


def event_with_more(*claims: str) -> str:
    """The event, with its last claim again under other ids."""
    last = EVENT.partition("claims:\n")[2].partition(f"  - claim_id: {CLAIM}")[2]
    return EVENT + "".join(f"  - claim_id: {claim}{last}" for claim in claims)


def codes(folder: Path) -> list[str]:
    """The codes that validation without texts finds, apart from built files."""
    found = validate(folder).findings
    return [finding.code for finding in found if finding.code.split("/")[0] not in ("build", "evidence")]


def test_each_claim_with_a_passage_has_an_entry(tmp_path: Path) -> None:
    """Digest of the claim as in a manifest, outcome, passage, tool and day; claims without passage have none."""
    folder = package_with(tmp_path / "p")
    verified = verify(folder, texts_in(tmp_path / "texts", TEXT))
    assert (verified.written, verified.changed) == (True, (CLAIM,))
    subject, _ = read_subject(open_package(folder))
    assert json.loads((folder / LEDGER).read_text()) == {
        "verification": "1",
        "claims": {
            CLAIM: {
                "claim": content_digests(subject.package, subject.tables)["claims"][CLAIM],
                "outcome": "verified",
                "passage": "6919ca07b8c8924e778139b3012c4761a0e34d2f96945813b81544886aa92ac6",
                "tool": TOOL,
                "date": "2026-03-09",
            }
        },
    }


def test_the_same_result_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year later nothing has changed, so the day stays; another version of the tool writes its own."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    verify(folder, texts)
    first = (folder / LEDGER).read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1804550400")
    again = verify(folder, texts)
    assert (again.written, again.changed, (folder / LEDGER).read_bytes()) == (False, (), first)
    (folder / LEDGER).write_bytes(first.replace(TOOL.encode(), b"eventpack 0.0.1"))
    assert verify(folder, texts, check=True).changed == ()
    assert verify(folder, texts).written
    assert (entry(folder)["tool"], entry(folder)["date"]) == (TOOL, "2027-03-09")


def test_what_another_had_found_stays(tmp_path: Path) -> None:
    """Whoever has only a copy, or no text of this source, takes nothing away from what was verified."""
    folder, texts = package_with(tmp_path / "p"), tmp_path / "texts"
    verify(folder, texts_in(texts, PAGE))
    assert entry(folder)["outcome"] == "other-copy"
    verify(folder, texts_in(texts, TEXT))
    assert entry(folder)["outcome"] == "verified"
    assert not verify(folder, texts_in(texts, PAGE)).written
    with pytest.raises(EventpackError, match="is the text of a source"):
        verify(folder, texts_in(texts, "Another text."))
    assert entry(folder)["outcome"] == "verified"


def test_a_failure_is_written_and_told(tmp_path: Path) -> None:
    """The outcome is the truth, the command leaves with 1, and validation without texts finds an error."""
    folder, texts = package_with(tmp_path / "p", EVENT.replace("_start: 44", "_start: 45")), tmp_path / "texts"
    result = CliRunner().invoke(app, ["verify", str(folder), "--texts", str(texts_in(texts, TEXT))])
    assert result.exit_code == 1
    assert f"{RECORD}:31:21: evidence/digest" in result.stdout
    assert result.stdout.splitlines()[-1] == f"1 failed; wrote {LEDGER}, 1 claim changed"
    assert entry(folder)["outcome"] == "failed"
    assert codes(folder) == ["verification/failed"]


def test_a_changed_claim_loses_its_verification(tmp_path: Path) -> None:
    """Any of its fields; validation says so at the claim, of the package and of the one record."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    verify(folder, texts)
    build(folder)
    assert codes(folder) == []
    record = folder / RECORD
    record.write_text(record.read_text().replace("says that people waited", "says that many people waited"))
    build(folder)
    assert codes(folder) == codes(record) == ["verification/changed"]
    (found,) = (f for f in validate(record).findings if f.code == "verification/changed")
    assert (found.where.line, found.where.field, found.severity) == (23, "claim_id", "warning")
    assert found.what == f"{CLAIM} was changed after 2026-03-09, when it was last verified"
    assert verify(folder, texts, check=True).changed == (CLAIM,)
    verify(folder, texts)
    assert codes(folder) == []


def test_a_claim_that_never_was_verified_or_is_gone(tmp_path: Path) -> None:
    """Both are warnings once there is a ledger; without one nothing is asked for."""
    folder = package_with(tmp_path / "p")
    assert codes(folder) == []
    verify(folder, texts_in(tmp_path / "texts", TEXT))
    record = folder / RECORD
    record.write_text(record.read_text().replace(CLAIM, "CL-aaaa03"))
    assert codes(folder) == ["verification/missing", "verification/unknown-claim"]
    assert codes(record) == ["verification/missing"]


def test_of_many_claims_only_those_that_are_listed_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand places took five seconds, for a thousand lines."""
    folder, asked = package_with(tmp_path / "p", event_with_more("CL-aaaa04", "CL-aaaa05")), list[str]()
    (folder / LEDGER).write_text(json.dumps({"verification": "1", "claims": {}}))
    build(folder)
    assert codes(folder).count("verification/missing") == 3
    place = Record.place

    def spied(record: Record, name: str, *given: Any, **named: Any) -> tuple[int, int]:
        asked.append(name)
        return place(record, name, *given, **named)

    monkeypatch.setattr(Record, "place", spied)
    monkeypatch.setattr(limits, "FINDINGS", 1)
    found = {finding.what for finding in validate(folder).findings if finding.code == "verification/missing"}
    assert found == {f"{CLAIM} has a passage that was never verified", "2 more findings of this code are not listed"}
    assert asked.count("claim_id") == 1


def test_forgetting_needs_no_texts(tmp_path: Path) -> None:
    """What was changed or added is unverified then, what is unchanged keeps its entry, what is gone has none."""
    folder, texts = package_with(tmp_path / "p", event_with_more("CL-aaaa04")), texts_in(tmp_path / "texts", TEXT)
    with pytest.raises(EventpackError, match=f"there is no {LEDGER}"):
        forget(folder)
    verify(folder, texts)
    record = folder / RECORD
    record.write_text(record.read_text().replace("CL-aaaa04", "CL-aaaa05"))
    assert forget(folder).changed == ("CL-aaaa04", "CL-aaaa05")
    assert (entry(folder)["outcome"], entry(folder, "CL-aaaa05")["outcome"]) == ("verified", "unverified")
    build(folder)
    assert codes(folder) == []
    assert not forget(folder).written


def test_a_ledger_out_of_form_is_told_and_mended(tmp_path: Path) -> None:
    """A merge conflict is one finding at its line; verifying writes the file anew."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    verify(folder, texts)
    (folder / LEDGER).write_text("<<<<<<< ours\n" + (folder / LEDGER).read_text())
    (found,) = (f for f in validate(folder).findings if f.where.path == LEDGER)
    assert (found.code, found.where.line, found.where.column) == ("verification/form", 1, 1)
    with pytest.raises(EventpackError, match="not JSON"):
        forget(folder)
    assert verify(folder, texts).written
    assert codes(folder) == []


@pytest.mark.parametrize("damage", ["typo", "conflict", "mark", "empty"])
@pytest.mark.parametrize("text", [PAGE, "Fog."])
def test_a_damaged_ledger_is_never_written_over(tmp_path: Path, damage: str, text: str) -> None:
    """With only some of the texts nobody knows what others had verified; the file stays as it is."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    verify(folder, texts)
    held = (folder / LEDGER).read_bytes()
    damaged = {
        "typo": held.replace(b'"verified"', b'"verifed"'), "conflict": b"<<<<<<< ours\n" + held,
        "mark": b"\xef\xbb\xbf" + held, "empty": b"",
    }[damage]  # fmt: skip
    (folder / LEDGER).write_bytes(damaged)
    with (folder / "data/sources.csv").open("a") as rows:  # one text is at hand, so that the run is no misuse
        digits = hashlib.sha256(b"Fog.").hexdigest()
        rows.write(csv_line("sources", {"source_id": "SRC-bbbbbb", "text_sha256": digits, "text_chars": "4"}))
    with pytest.raises(EventpackError, match=f"{LEDGER}.*do not tell what it said of {CLAIM}"):
        verify(folder, texts_in(texts, text))
    assert (folder / LEDGER).read_bytes() == damaged


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (r'"date": "[^"]*"', '"date": "2026-99-99"', "verification/form"),
        (r'"date": "[^"]*"', '"date": "2026-W10-1"', "verification/form"),
        (r'"outcome"', '"by": "nobody", "outcome"', "verification/form"),
        (r'"claims"', '"notes": [], "claims"', "verification/form"),
        (r'"passage": "....', '"passage": "0000', "verification/changed"),
    ],
)
def test_an_edited_entry_is_told(tmp_path: Path, old: str, new: str, found: str) -> None:
    """A day that is none, a property that nobody wrote, a passage that is not that of the claim; verifying mends it."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    verify(folder, texts)
    right = (folder / LEDGER).read_text()
    (folder / LEDGER).write_text(re.sub(old, new, right, count=1))
    assert codes(folder) == [found]
    assert verify(folder, texts, check=True).changed == (CLAIM,)
    verify(folder, texts)
    assert (folder / LEDGER).read_text() == right


def test_the_descriptor_lists_the_ledger_once(tmp_path: Path) -> None:
    """The first verification adds it to the resources; nothing else in the descriptor changes."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    before = json.loads((folder / "datapackage.json").read_text())
    verify(folder, texts)
    after = json.loads((folder / "datapackage.json").read_text())
    added = after["resources"].pop()
    assert (after, added["path"], added["type"]) == (before, LEDGER, "json")
    held = (folder / "datapackage.json").read_bytes()
    (folder / LEDGER).unlink()
    verify(folder, texts)
    assert (folder / "datapackage.json").read_bytes() == held


def test_a_package_carries_the_ledger(tmp_path: Path) -> None:
    """With digest in the sums; manifest and README say how many claims were verified; it is not packaged when stale."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    verify(folder, texts)
    build(folder)
    made = package(folder, tmp_path / "dist")
    assert (made.folder / LEDGER).read_bytes() == (folder / LEDGER).read_bytes()
    assert re.search(rf"^[0-9a-f]{{64}}  {LEDGER}$", (made.folder / "SHA256SUMS").read_text(), re.M)
    assert json.loads((made.folder / "manifest.json").read_text())["verification"] == {
        "verified": 1, "other-copy": 0, "unread": 0, "failed": 0, "unverified": 0, "exceptions": 0,
        "tools": [TOOL], "latest": "2026-03-09",
    }  # fmt: skip
    told = f"1 of 1 claims with a passage, with {TOOL}, last on 2026-03-09."
    assert told in (made.folder / "README.md").read_text()
    for packed in (made.folder, made.archive):
        assert codes(packed) == []
        assert verify(packed, texts, check=True).changed == ()
        with pytest.raises(EventpackError, match="is packaged and never changed"):
            verify(packed, texts)
    record = folder / RECORD
    record.write_text(record.read_text().replace("says that people", "says that some people"))
    build(folder)
    with pytest.raises(NotClean):
        package(folder, tmp_path / "dist")


def test_a_package_without_ledger_says_nothing_of_it(tmp_path: Path) -> None:
    """Nobody is made to verify."""
    folder = write_small_package(tmp_path / "p", EVENT)
    build(folder)
    made = package(folder, tmp_path / "dist")
    assert "verification" not in json.loads((made.folder / "manifest.json").read_text())
    assert "## Evidence" not in (made.folder / "README.md").read_text()


def test_claims_that_cannot_be_read_are_not_verified(tmp_path: Path) -> None:
    """Nothing is written when a record is missing from what is verified."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    (folder / RECORD).write_text("event_id: [\n")
    result = CliRunner().invoke(app, ["verify", str(folder), "--texts", str(texts)])
    assert (result.exit_code, (folder / LEDGER).exists()) == (1, False)
    assert "not all claims can be read, so nothing is verified" in result.output


@pytest.mark.parametrize("verb", ["validate", "verify"])
def test_a_text_that_cannot_be_read_is_named(tmp_path: Path, verb: str) -> None:
    """On standard error; the other texts are looked at."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", TEXT)
    build(folder)
    (texts / "scan.txt").write_bytes("Fähre".encode("latin-1"))
    done = CliRunner().invoke(app, [verb, str(folder), "--texts", str(texts)])
    assert (done.exit_code, done.stderr) == (0, "note: scan.txt is not UTF-8 text and was left out\n")
    assert "1 passage verified" in done.stdout or "1 verified" in done.stdout


@pytest.mark.parametrize("text", [TEXT, PAGE])
def test_what_no_check_reads_is_counted_apart(tmp_path: Path, text: str) -> None:
    """A passage in another language is found and not read: so say ledger, report, manifest and README."""
    folder, texts = package_with(tmp_path / "p"), texts_in(tmp_path / "texts", text)
    sources = folder / "data/sources.csv"
    sources.write_text(sources.read_text().replace("live,en,", "live,de-AT,"))
    build(folder)
    assert verify(folder, texts).counts["unread"] == 1
    assert entry(folder)["outcome"] == "unread"
    build(folder)
    report = validate(folder, texts=texts)
    assert (report.passages["verified"], report.passages["unread"]) == (0, 1)
    assert ", 1 passage found but not read, " in as_text(report)
    made = package(folder, tmp_path / "dist")
    told = json.loads((made.folder / "manifest.json").read_text())["verification"]
    assert (told["verified"], told["unread"]) == (0, 1)
    readme = (made.folder / "README.md").read_text()
    assert "0 of 1 claims with a passage" in readme
    assert "Found there, but in languages that no check reads: 1." in readme


def test_misuse_is_told(tmp_path: Path) -> None:
    """No texts, two ways at once, and one record alone."""
    folder = package_with(tmp_path / "p")
    for words in (["verify", str(folder)], ["verify", str(folder), "--forget", "--check"]):
        assert CliRunner().invoke(app, words, env={"EVENTPACK_TEXTS": ""}).exit_code == 2
    with pytest.raises(EventpackError, match="one record is not verified alone"):
        verify(folder / RECORD, tmp_path)


@pytest.mark.parametrize("key", [None, "statement"])
def test_claims_without_key_are_refused(tmp_path: Path, key: str | None) -> None:
    """An entry is that of one claim; nothing is written when the schema does not say by which field."""
    folder = package_with(tmp_path / "p")
    path, descriptor = folder / "schemas/claims.json", folder / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"eventpack:records"', '"nowhere"'))
    schema = json.loads(path.read_text())
    del schema["primaryKey"]
    path.write_text(json.dumps(schema | ({"primaryKey": [key]} if key else {})))
    with pytest.raises(EventpackError, match=r"primary key of the table|not all claims can be read"):
        verify(folder, texts_in(tmp_path / "texts", TEXT))
    assert not (folder / LEDGER).exists()


def test_an_error_in_the_event_fails_its_claims(tmp_path: Path) -> None:
    """A day that the passage does not name is coded on the event; the claims that tell of it have failed."""
    text = "The ferry was late on Monday."
    event = EVENT.replace("2026-03-02", "2026-03-01").replace("passage_start: 44", "passage_start: 14")
    event = event.replace("passage_end: 92", "passage_end: 43").replace(digest(TEXT[44:92]), digest(text))
    claims = event.partition("  - claim_id: CL-aaaa01")
    event = claims[0] + "  - claim_id: CL-aaaa02" + event.partition("  - claim_id: CL-aaaa02")[2]
    verified = verify(package_with(tmp_path / "p", event), texts_in(tmp_path / "texts", TEXT))
    assert [finding.where.field for finding in verified.report.findings if finding.severity == "error"] == [
        "date_earliest"
    ]
    assert entry(tmp_path / "p")["outcome"] == "failed"
