"""`eventpack passage show`: a passage with what is coded beside its words, and sentences on which no claim rests."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eventpack.building import build
from eventpack.cli import app
from eventpack.cli.shown import shown_lines
from eventpack.curate.showing import find_uncovered, show_claim
from eventpack.errors import EventpackError
from eventpack.evidence.passages import digest
from eventpack.evidence.texts import texts_by_digest
from eventpack.packaging import package
from tests.smallpack import EVENT, TEXT
from tests.test_other_copies import PAGE, package_with, texts_of

MEASURES = "code,label,kind,unit,definition,base,default_rule\nwaiting,Waiting,count,persons,People who wait.,,lowest\n"
RULES = "rule_id,wording,low,best,high,example,basis\nabout-n,about N,,N,,about 30,Our own.\n"
COUNTED = EVENT.replace(
    "    passage_start: 44",
    "    measure: waiting\n    best: 40\n    wording: about 40\n    wording_rule: about-n\n    passage_start: 44",
)


def counted(folder: Path) -> Path:
    """The small package with a number in its second claim."""
    package_with(folder, COUNTED)
    (folder / "data/measures.csv").write_text(MEASURES)
    (folder / "data/wording_rules.csv").write_text(RULES)
    return folder


def test_a_passage_stands_between_its_neighbours(tmp_path: Path) -> None:
    """Below it each coded value, with the words that bear on it and where they stand; plain where no terminal is."""
    folder, texts = counted(tmp_path / "p"), tmp_path / "texts"
    texts.mkdir()
    (texts / "harbour.txt").write_text(TEXT)
    result = CliRunner().invoke(app, ["passage", "show", "CL-aaaa02", "--texts", str(texts), "--path", str(folder)])
    assert result.exit_code == 0
    assert result.stdout == (
        "CL-aaaa02: The clerk of the port says that people waited.\n"
        "event EV-aaaa01 Delay of the ferry\n"
        "source SRC-aaaa01 Harbour news, 2026-03-03, 44–92\n"
        "\n"
        "    The ferry was late on Monday.\n"
        "  > “About 40 people waited,” the port’s clerk said.\n"
        "    No one was hurt.\n"
        "\n"
        "stance   asserts\n"
        "realis   occurred\n"
        "hedge    none\n"
        "said_by  ACT-aaaa02 Clerk of the port  ← “the port’s clerk said” 70–91\n"
        "measure  waiting: best 40  ← “About 40” 45–53\n"
        "wording  “about 40” by the rule about-n\n"
        "date     2026-03-02 (resolved)\n"
    )


def test_words_are_coloured_by_what_they_carry(tmp_path: Path) -> None:
    """On a terminal, in the passage and beside the values."""
    lines = list(
        shown_lines(show_claim("CL-aaaa02", texts_of(TEXT), counted(tmp_path)), lambda text, how: f"<{how} {text}>")
    )
    assert lines[5] == "  > “<yellow About 40> people waited,” <green the port’s clerk said>."
    assert lines[4] == "    <bright_black The ferry was late on Monday.>"
    assert lines[12].endswith("← “<yellow About 40>” 45–53")


def test_negation_days_and_conditions_have_their_values(tmp_path: Path) -> None:
    """Each of these words stands beside the field that it bears on; of another language none is known."""
    text = "The mayor reportedly denied on Monday that the ferry would sail if it rained."
    claim = (
        EVENT.replace("_start: 44", "_start: 0")
        .replace("_end: 92", f"_end: {len(text)}")
        .replace(digest(TEXT[44:92]), digest(text))
    )
    folder = package_with(tmp_path, claim)
    values = {one.name: one for one in show_claim("CL-aaaa02", texts_of(text), folder).values}
    words = {name: [text[start:end] for start, end in one.words] for name, one in values.items() if one.words}
    assert words == {
        "stance": ["denied"], "realis": ["would"], "condition": ["if"], "hedge": ["reportedly"],
        "said_by": ["The mayor reportedly denied"], "said": ["Monday"],
    }  # fmt: skip
    sources = folder / "data/sources.csv"
    sources.write_text(sources.read_text().replace("live,en,", "live,de,"))
    assert [one.words for one in show_claim("CL-aaaa02", texts_of(text), folder).values if one.words] == []


def test_another_copy_is_shown(tmp_path: Path) -> None:
    """Offsets are those of the copy, and it is said; line breaks are spaces."""
    lines = list(shown_lines(show_claim("CL-aaaa02", texts_of(PAGE), counted(tmp_path)), lambda text, how: text))
    start = PAGE.index('"About')
    assert lines[2].endswith(f", {start}–{start + 49} of another copy")
    assert lines[5] == '  > "About 40 people waited," the port\'s clerk said.'


def test_a_package_is_shown_as_well(tmp_path: Path) -> None:
    """Whoever has the texts needs no source tree."""
    build(folder := package_with(tmp_path / "p"))
    made = package(folder, tmp_path / "dist")
    for path in (made.folder, made.archive):
        assert show_claim("CL-aaaa02", texts_of(TEXT), path).cited.start == 44


def test_what_cannot_be_shown_is_told(tmp_path: Path) -> None:
    """An unknown id with what was meant, no passage with its reason, a text that is not at hand, a moved passage."""
    folder = package_with(tmp_path / "p")
    with pytest.raises(EventpackError, match="there is no claim CL-aaaa0; did you mean"):
        show_claim("CL-aaaa0", texts_of(TEXT), folder)
    with pytest.raises(EventpackError, match="CL-aaaa01 has no passage: no_passage is not-held"):
        show_claim("CL-aaaa01", texts_of(TEXT), folder)
    with pytest.raises(EventpackError, match="no text at hand holds the passage of CL-aaaa02, in SRC-aaaa01"):
        show_claim("CL-aaaa02", texts_of("Another text."), folder)
    with pytest.raises(EventpackError, match="there is no source SRC-aaaa0; did you mean"):
        find_uncovered("SRC-aaaa0", texts_of(TEXT), folder)
    with pytest.raises(EventpackError, match="no text at hand is that of SRC-aaaa01"):
        find_uncovered("SRC-aaaa01", texts_of("Another text."), folder)
    moved = package_with(tmp_path / "moved", EVENT.replace("_start: 44", "_start: 45"))
    with pytest.raises(EventpackError, match="has another digest") as caught:
        show_claim("CL-aaaa02", texts_of(TEXT), moved)
    assert caught.value.fix.startswith("it stands at 44–92")
    for words in ([], ["CL-aaaa02", "--uncovered", "SRC-aaaa01"]):
        arguments = ["passage", "show", *words, "--texts", str(tmp_path), "--path", str(folder)]
        assert CliRunner().invoke(app, arguments).exit_code == 2


def test_sentences_without_a_claim_are_listed(tmp_path: Path) -> None:
    """With offsets, in the own text or in the copy that holds the passages; a date line is no sentence."""
    folder, texts = package_with(tmp_path / "p"), tmp_path / "texts"
    texts.mkdir()
    (texts / "harbour.txt").write_text(TEXT)
    arguments = ["passage", "show", "--uncovered", "SRC-aaaa01", "--texts", str(texts), "--path", str(folder)]
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "0–13 Harbour news.", "14–43 The ferry was late on Monday.", "94–110 No one was hurt.",
            "SRC-aaaa01: 3 of 4 sentences have no claim",
        ],
    )  # fmt: skip
    found = find_uncovered("SRC-aaaa01", texts_of("March 3, 2026\n\n" + PAGE), folder)
    assert (found.copy, len(found.sentences), found.total) == (True, 5, 6)
    assert texts_by_digest(texts).keys() == texts_of(TEXT).keys()
