"""Passages in another copy of their text: sought by digest in windows of sentences, and what is said of them."""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.errors import EventpackError
from eventpack.evidence.check import Examined, examine
from eventpack.evidence.copies import Stretch, find_stretches
from eventpack.evidence.passages import digest
from eventpack.evidence.placing import place_claims
from eventpack.evidence.sentences import sentences
from eventpack.formats.text import as_text
from eventpack.opening import open_package
from eventpack.subject import read_subject
from eventpack.validation import validate
from tests.smallpack import EVENT, TEXT, csv_line, write_small_package

# The text as a web page has it: other marks, line breaks and spaces, and words around it.
PAGE = (
    'Start | Weather\n\n  Harbour   news. The ferry was\nlate on Monday. "About 40 people waited," the port\'s\n clerk '
    "said.\n\nNo one was hurt.\n\nRead more\n"
)


def texts_of(*texts: str) -> dict[str, str]:
    """Texts by the digest of their bytes."""
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}


(OWN,) = texts_of(TEXT)


def package_with(folder: Path, event: str = EVENT) -> Path:
    """A small package whose one source has the text."""
    write_small_package(folder, event)
    path = folder / "data/sources.csv"
    path.write_text(path.read_text().replace("live,en,,,,", f"live,en,{OWN},{len(TEXT)},,"))
    return folder


def examined(folder: Path, *texts: str, event: str = EVENT) -> Examined:
    """What is found with some texts at hand, without the checks of the coding."""
    done = examine(read_subject(open_package(package_with(folder, event)))[0], texts_of(*texts))
    done.findings = [f for f in done.findings if f.severity == "error" or f.code == "evidence/unknown-text"]
    return done


def test_a_passage_is_found_in_another_copy(tmp_path: Path) -> None:
    """Line breaks, spaces and marks may differ; nothing is wrong then, and it is said."""
    done = examined(tmp_path, PAGE)
    assert (done.findings, done.outcomes) == ([], {"CL-aaaa02": "other-copy"})


def test_the_own_text_wins_over_a_copy(tmp_path: Path) -> None:
    """Another copy is only looked at where the text itself is not at hand."""
    assert examined(tmp_path, TEXT, PAGE).outcomes == {"CL-aaaa02": "verified"}


def test_a_copy_with_other_words_is_none(tmp_path: Path) -> None:
    """One digit more, and the passage is nowhere; the source is named where its digest stands."""
    done = examined(tmp_path, PAGE.replace("40", "400"))
    (found,) = done.findings
    assert (found.code, found.severity, found.where.path, found.where.field) == (
        "evidence/unknown-text", "warning", "data/sources.csv", "text_sha256",
    )  # fmt: skip
    assert found.what == ("no file at hand is the text of SRC-aaaa01, and its one passage is in no other text at hand")
    assert done.outcomes == {"CL-aaaa02": "unverified"}


def test_the_text_of_another_source_is_no_copy(tmp_path: Path) -> None:
    """A sentence that two texts have in common proves nothing about the one that is not at hand."""
    folder, (other,) = package_with(tmp_path), texts_of(PAGE)
    with (folder / "data/sources.csv").open("a") as rows:
        rows.write(csv_line("sources", {"source_id": "SRC-bbbbbb", "text_sha256": other, "text_chars": str(len(PAGE))}))
    done = examine(read_subject(open_package(folder))[0], texts_of(PAGE))
    assert [(f.code, f.where.row) for f in done.findings] == [("evidence/unknown-text", 1)]
    assert done.outcomes == {"CL-aaaa02": "unverified"}


def test_a_source_without_text_has_no_copy(tmp_path: Path) -> None:
    """Nothing says of which text a file with the same words would be a copy."""
    done = examine(read_subject(open_package(write_small_package(tmp_path)))[0], texts_of(PAGE))
    assert (done.findings, done.outcomes) == ([], {"CL-aaaa02": "unverified"})


@pytest.mark.parametrize("end", ["9" * 30, "9" * 5000])
def test_an_endless_offset_is_out_of_range(tmp_path: Path, end: str) -> None:
    """However many digits it has, also in a claim beside."""
    event = EVENT.replace("_end: 92", f"_end: {end}")
    assert [f.code for f in examined(tmp_path / "own", TEXT, event=event).findings] == ["evidence/range"]
    beside = event.partition("  - claim_id: CL-aaaa02")[2].join(["  - claim_id: CL-aaaa03", ""])
    codes = [f.code for f in examined(tmp_path / "beside", TEXT, event=EVENT + beside).findings]
    assert codes == ["evidence/range"]


def test_checks_see_the_copy(tmp_path: Path) -> None:
    """Offsets lead into the copy, so that all further checks run on its words."""
    subject, _ = read_subject(open_package(package_with(tmp_path)))
    (cited,) = place_claims(subject, subject.own["claims"], texts_of(PAGE)).cited
    assert (cited.copy, cited.words) == (True, '"About 40 people waited," the port\'s\n clerk said.')


def test_without_texts_nothing_is_sought(tmp_path: Path) -> None:
    """No text was promised, so none is missed."""
    done = examined(tmp_path)
    assert (done.findings, done.outcomes) == ([], {"CL-aaaa02": "unverified"})


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("passage_start: 44", "passage_start: 45", "evidence/digest"), ("_end: 92", "_end: 920", "evidence/range")],
)
def test_a_moved_passage_is_found_again(tmp_path: Path, old: str, new: str, code: str) -> None:
    """The finding says where in the text the digest stands; another copy is named when only that has it."""
    (found,) = examined(tmp_path / "own", TEXT, PAGE, event=EVENT.replace(old, new)).findings
    assert (found.code, found.fix[:40]) == (code, "it stands at 44–92: correct the offsets,")
    moved = EVENT.replace(old, new).replace(digest(TEXT[44:92]), digest("No one was hurt there."))
    (found,) = examined(tmp_path / "none", TEXT, PAGE, event=moved).findings
    assert (found.code, found.fix[:40]) == (code, 'run `eventpack passage set CL-aaaa02 "wo')
    copy = "No one was hurt there. Yes."
    (found,) = examined(tmp_path / "copy", TEXT, copy, event=moved).findings
    assert found.fix.startswith(f"another text at hand ({next(iter(texts_of(copy)))[:12]}…) has it at 0–22; run")


def test_the_report_counts_copies(tmp_path: Path) -> None:
    """The closing line tells apart what was verified in another copy."""
    package, texts = package_with(tmp_path / "package"), tmp_path / "texts"
    texts.mkdir()
    (texts / "page.txt").write_text(PAGE)
    report = validate(package, texts=texts)
    assert report.passages == {"verified": 0, "unverified": 0, "other-copy": 1}
    assert "1 passage verified, 1 of them in another copy, " in as_text(report)
    (texts / "page.txt").write_text("Something else.")
    with pytest.raises(EventpackError, match="is the text of a source, or another copy"):
        validate(package, texts=texts)


@given(
    st.lists(st.sampled_from(["The ferry left.", "“We saw. They came,” Poe said.”", "It’s late!", "”", "So:"])),
    st.data(),
)
@settings(deadline=None)
def test_every_window_of_sentences_is_found(parts: list[str], data: st.DataObject) -> None:
    """Law: the digest of any run of sentences of a text leads to a place with that digest."""
    text = data.draw(st.sampled_from([" ", "\n\n", "\n"])).join(parts)
    spans = sentences(text)
    if not spans:
        return
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    start, end = spans[first][0], spans[last][1]
    wanted = digest(text[start:end])
    found = find_stretches({"a" * 64: text}, {wanted}, end - start)[wanted]
    assert Stretch("a" * 64, start, end) in found
    assert {digest(text[s.start : s.end]) for s in found} == {wanted}


@pytest.mark.long
def test_many_texts_are_searched_fast() -> None:
    """Two million characters with passages of up to five sentences take seconds, not minutes."""
    text = "".join(
        f"On Jan. 5 the ferry number {i} was late; “we waited. It rained,” a clerk said. " for i in range(25_000)
    )
    passage = re.search(r"On Jan\. 5 the ferry number 24990 .*?24995", text)
    assert passage
    whole = text[passage.start() : text.index("On Jan. 5 the ferry number 24995")].strip()
    started = time.perf_counter()
    (found,) = find_stretches(texts_of(text), {digest(whole)}, len(whole))[digest(whole)]
    assert text[found.start : found.end] == whole
    assert time.perf_counter() - started < 10
