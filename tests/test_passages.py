"""Passages: folding, digests, sentences, and the check of claims against the texts at hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.errors import EventpackError
from eventpack.evidence.check import Examined, examine
from eventpack.evidence.find import find_passage
from eventpack.evidence.passages import digest, fold
from eventpack.evidence.sentences import sentences
from eventpack.evidence.texts import read_texts, texts_by_digest
from eventpack.files import sha256
from eventpack.finding import Finding
from eventpack.opening import open_package
from eventpack.subject import Subject, read_subject
from tests.smallpack import EVENT, TEXT, write_small_package

PASSAGE = "“About 40 people waited,” the port’s clerk said."


def test_folding_removes_typographic_habits() -> None:
    """Quotation marks, dashes, white space and composed letters do not change the digest."""
    assert fold(" “a”\u00a0–\n‘b’  e\u0301 ") == "\"a\" - 'b' é"
    assert digest("“a” — b") == digest('"a"\n- b') == hashlib.sha256(b'"a" - b').hexdigest()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """Law: fold is idempotent."""
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8"), max_size=200) | st.text("Ab. ?!“”\n\r’é", max_size=200))
@settings(deadline=None)
def test_sentences_cover_the_text(text: str) -> None:
    """Law: sentences follow one another and leave nothing out but white space."""
    spans = sentences(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip() == ""


def test_a_passage_is_the_whole_sentences_around_the_words() -> None:
    """Words in other quotes and spaces, across a sentence border, or in another case are found."""
    found = find_passage(TEXT, "people\nwaited,\" the port's")
    assert TEXT[found.start : found.end] == PASSAGE
    assert found.sha256 == digest(PASSAGE)
    both = find_passage(TEXT, 'was late on Monday. "About')
    assert TEXT[both.start : both.end] == "The ferry was late on Monday. " + PASSAGE
    assert find_passage(TEXT, "NO ONE was") == find_passage(TEXT, "No one was")


def test_case_decides_between_passages() -> None:
    """Words that occur in just this case are not sought in another."""
    text = "The Port waits. The port is old."
    assert find_passage(text, "Port").start == 0
    assert find_passage(text, "port").start == 16


def test_letters_composed_otherwise_are_found() -> None:
    """A text with combining marks gives offsets into itself, not into its composed form."""
    text = "Cafe\u0301 one opens. Cafe\u0301 two closes."
    found = find_passage(text, "Café two")
    assert text[found.start : found.end] == "Cafe\u0301 two closes."


def test_no_match_and_several_matches_are_told() -> None:
    """Several passages are listed with offsets; a near sentence is named."""
    with pytest.raises(EventpackError) as several:
        find_passage(TEXT, "a")
    assert "the words occur in 4 passages: 0–13 Harbour news.; 14–43 " in several.value.what
    with pytest.raises(EventpackError) as none:
        find_passage(TEXT, "the ferry was very late")
    assert "do not occur" in none.value.what
    assert "did you mean the sentence at 14–43" in none.value.fix
    with pytest.raises(EventpackError, match="no words"):
        find_passage(TEXT, "  ")


def test_texts_are_known_by_the_digest_of_their_bytes(tmp_path: Path) -> None:
    """Line ends stay; what is not UTF-8 is named, what is hidden is not; a missing folder is an error."""
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\n")
    (tmp_path / "b.bin").write_bytes(b"\xff\xfe\x00")
    for hidden in (".git/objects/x", "more/.cache/x.txt", ".x"):
        (tmp_path / hidden).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / hidden).write_bytes(b"\xff" if hidden.endswith("x") else b"three\n")
    texts = read_texts(tmp_path)
    assert texts.by_digest == {hashlib.sha256(b"one\r\ntwo\n").hexdigest(): "one\r\ntwo\n"}
    assert texts.skipped == ("b.bin",)
    with pytest.raises(EventpackError):
        texts_by_digest(tmp_path / "none")


def subject_with(folder: Path, event: str, chars: int = len(TEXT)) -> Subject:
    """A small package whose one source is the text."""
    write_small_package(folder, event)
    path = folder / "data/sources.csv"
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    path.write_text(path.read_text().replace("live,en,,,,", f"live,en,{sha256},{chars},,"))
    return read_subject(open_package(folder))[0]


def errors(done: Examined) -> list[Finding]:
    """What is surely wrong; that nobody coded the number of the passage is only a warning."""
    return [finding for finding in done.findings if finding.severity == "error"]


TEXTS = {hashlib.sha256(TEXT.encode()).hexdigest(): TEXT}


def test_passages_are_verified(tmp_path: Path) -> None:
    """A passage with the right digest counts as verified; without its text it counts as unverified."""
    subject = subject_with(tmp_path, EVENT)
    done = examine(subject, TEXTS)
    assert (errors(done), done.counts) == ([], {"verified": 1, "unverified": 0})
    done = examine(subject, {})
    assert (done.findings, done.counts) == ([], {"verified": 0, "unverified": 1})


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("passage_end: 92", "passage_end: 93000", "evidence/range", (30, 18)),
        ("passage_start: 44", "passage_start: 92", "evidence/range", (30, 18)),
        ("passage_start: 44", "passage_start: 45", "evidence/digest", (31, 21)),
    ],
)
def test_wrong_passages_are_found(tmp_path: Path, old: str, new: str, code: str, place: tuple[int, int]) -> None:
    """A passage outside the text, and one with another digest, at the cell in the record."""
    done = examine(subject_with(tmp_path, EVENT.replace(old, new)), TEXTS)
    assert [(code, place)] == [(f.code, (f.where.line, f.where.column)) for f in errors(done)]
    assert done.counts == {"verified": 0, "unverified": 0, "failed": 1}


def test_a_wrong_length_of_a_text_is_found(tmp_path: Path) -> None:
    """`text_chars` counts the code points of the text whose digest is given."""
    done = examine(subject_with(tmp_path, EVENT, chars=7), TEXTS)
    assert [f.code for f in errors(done)] == ["evidence/source-length"]


@given(st.binary(max_size=100), st.sampled_from([0, 16_383, 16_384, 100_000]))
def test_digests_of_short_and_long_data_are_sha256(data: bytes, more: int) -> None:
    """Law: whichever implementation is taken, the digest is that of the standard library."""
    assert sha256(data + bytes(more)) == hashlib.sha256(data + bytes(more)).hexdigest()
