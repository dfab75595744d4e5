"""The words of the dataset: our own, neutral, attributed, with every passage where it says."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.dataset.rows import ROOT, claims, events, fold, own_texts, read_sources, runs, texts

# Labels that judge; a statement may only report that somebody used one, and none of these texts makes that necessary.
LOADED = re.compile(
    r"\b(regimes?|terror\w*|martyr\w*|brutal\w*|thugs?|puppets?|so-called|heroic\w*|liberat\w*)\b", re.I
)


def test_our_own_words_are_neutral() -> None:
    """No label that judges, in any text of ours."""
    assert [(key, match[0]) for key, text in own_texts() if (match := LOADED.search(text))] == []


def test_nothing_is_copied_from_the_texts() -> None:
    """No record has six consecutive words of a text, and no file of the repository eight."""
    taken = {length: set().union(*(runs(text, length) for text in texts().values())) for length in (6, 8)}
    if not texts():
        return
    assert [(key, run) for key, text in own_texts() for run in runs(text, 6) & taken[6]] == []
    assert [(path.name, run) for path, text in repository_files() for run in runs(text, 8) & taken[8]] == []


def repository_files() -> Iterator[tuple[Path, str]]:
    """Every file that git has, or would take: those of hidden folders too."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in sorted({*listed.stdout.split("\0")} - {""}):
        if (ROOT / name).is_file():
            yield ROOT / name, (ROOT / name).read_bytes().decode("utf-8", "replace")


def test_every_file_is_looked_at() -> None:
    """Among them settings in hidden folders, cases whose folder is called like something built, and this one."""
    names = {path.relative_to(ROOT).as_posix() for path, _ in repository_files()}
    assert {".gitignore", "README.md", "tests/cases/build/missing/expected.txt", "tests/dataset/test_words.py"} <= names
    assert any(name.startswith(".github/") for name in names)
    assert any(name.startswith("data/records/") for name in names)


def test_eight_words_are_found_wherever_they_stand() -> None:
    """Over line ends and marks, and in any case; seven are not."""
    taken = runs("The ferry was late on Monday, and about forty people waited.", 8)
    assert runs("note: >-\n  the ferry was late\n  on Monday – and ABOUT", 8) & taken
    assert not runs("the ferry was late on Monday and", 8) & taken


def test_passages_are_verified_in_the_texts() -> None:
    """Each digest is that of its passage, and each passage begins and ends with a sentence."""
    for row in read_sources():
        if (text := texts().get(row["source_id"])) is None:
            continue
        assert int(row["text_chars"]) == len(text)
        for claim in claims():
            if claim["source_id"] == row["source_id"] and "passage_start" in claim:
                start, end = int(claim["passage_start"]), int(claim["passage_end"])
                digest = hashlib.sha256(fold(text[start:end]).encode("utf-8")).hexdigest()
                assert (claim["claim_id"], claim["passage_sha256"]) == (claim["claim_id"], digest)
                assert re.search(r"(^|\n\n|[.!?][”\"’']?)\s*$", text[:start]), claim["claim_id"]
                assert re.search(r"[.!?][”\"’']?$", text[start:end]), claim["claim_id"]
                assert re.match(r"\s|$", text[end:]), claim["claim_id"]


def test_every_sentence_of_the_texts_has_a_claim() -> None:
    """Between the passages of a text there is no sentence left, apart from a line with its date."""
    for source, text in texts().items():
        spans = [
            (int(c["passage_start"]), int(c["passage_end"]))
            for c in claims()
            if c["source_id"] == source and "passage_start" in c
        ]
        left = list(text)
        for start, end in spans:
            left[start:end] = " " * (end - start)
        assert re.fullmatch(r"(\s*[A-Z][a-z]+ \d+, \d{4})?\s*", "".join(left)), source


def test_statements_are_single_short_sentences() -> None:
    """One sentence with a full stop at its end, at most 300 characters."""
    single = re.compile(r"(?!.*[.!?] )[A-Z][^\n;]{0,298}\.")
    assert [claim["claim_id"] for claim in claims() if not single.fullmatch(claim["statement"])] == []


def test_no_statement_and_no_title_repeats() -> None:
    """A repeated sentence would be one mention coded twice."""
    for said in ([claim["statement"] for claim in claims()], [event["title"] for event in events()]):
        assert [text for text, count in Counter(said).items() if count > 1] == []


def test_statements_name_the_speaker() -> None:
    """The text's own voice is said to be the text's; every other speaker is described, and is not the text."""
    own = [claim["claim_id"] for claim in claims() if ("said_by" in claim) == claim["statement"].startswith("Text ")]
    assert own == []
    assert [claim["claim_id"] for claim in claims() if "said_by" in claim and not claim.get("attribution")] == []


def test_notes_and_summaries_are_whole_sentences() -> None:
    """They begin like a sentence, end with a full stop, and speak of us at most in the plural."""
    rows = [row for row in (*events(), *claims()) if "note" in row or "summary" in row]
    long = [
        (row.get("claim_id", row["event_id"]), row[name]) for row in rows for name in ("note", "summary") if name in row
    ]
    assert len(long) >= 40
    assert [key for key, text in long if not re.fullmatch(r'["A-Z](?!.*\b(I|my|me)\b).*\.', text)] == []


def test_conditions_say_if() -> None:
    """A condition reads on from the statement."""
    assert [claim["claim_id"] for claim in claims() if not claim.get("condition", "if ").startswith("if ")] == []
