"""Sentences: what our rules put together or apart beside the segmenter, and passages that are cut out of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.cells import Cells
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.copies import find_stretches
from eventpack.evidence.edges import ends, starts
from eventpack.evidence.find import find_passage
from eventpack.evidence.joints import is_date_line
from eventpack.evidence.marks import directed, unpaired
from eventpack.evidence.passages import digest
from eventpack.evidence.sentences import sentences
from eventpack.evidence.whole import check_sentences
from eventpack.finding import Location
from eventpack.tables import table_from_rows

# Sentences of a text, one an item; joined by one space they are the text, where no other text is given.
WHOLE = {
    "titles": [
        "Adm. Jane Poe met Gen. Roe, Lt. Col. Moe and Maj. Gen. Elm.",
        "Mr. Ox and Mrs. Cow came with Ms. Hen.",
        "Sen. Low and Vice-Adm. High agreed.",
        "Gens. Fir and Yew did not.",
        "Atty. Ash spoke for Cllr. Oak.",
    ],
    "initials": [
        "John F. Poe met J. R. R. Roe.",
        "They spoke with J.D. Moe.",
        "J.D. Moe left.",
        "It was late.",
        "A.B. Elm came.",
    ],
    "countries": ["The U.S. Army left.", "The U.S. and U.K. agreed.", "He lives in the U.S.", "They do not."],
    "months and numbers": [
        "On Jan. 5 they left.",
        "It was No. 7 on the list.",
        "It began on Sept. 9, 2024.",
        "On Wed. morning it ended.",
        "It has approx. 50 ships, e.g. ferries, vs. 30 before.",
        "It came to 3.5 percent.",
        "12 people were hurt.",
    ],
    "a quotation over sentences": ["“It was late. We waited,” the clerk said.", "“No one came.”", "They left."],
    "a quotation that is introduced": ["The clerk said: “It was late. We waited. No one came.”", "They left."],
    "straight marks": ['"It was late. We waited," the clerk said.', '"No one came."', "They left."],
    "single marks": ["‘It was late. We waited,’ the clerk said.", "It’s the clerks’ boat.", "They left."],
    "quotation in a quotation": ["“He said ‘no. I won’t.’ Then he left,” the clerk said.", "They stayed."],
    "a missing first mark": ['It was late," the clerk said.', '"We left. They stayed," Poe said.', "The end."],
    "a mark that nothing closes": ["They stayed.", "“The boat left.", "“We go. Now,” she said.", "The end."],
    "a mark that nothing opens": ["The clerk left.”", "“Why?” she asked.", "Nobody knew."],
    "an apostrophe before figures": ["In the ‘90s it rained.", "It didn’t stop.", "They left."],
    "negation": ["The mayor did not say that the bridge had fallen.", "It stands."],
}


@pytest.mark.parametrize("name", WHOLE)
def test_sentences_are_whole(name: str) -> None:
    """Titles, initials and abbreviations end none, and a quotation is one with the words around it."""
    text = " ".join(WHOLE[name])
    assert [text[a:b] for a, b in sentences(text)] == WHOLE[name]


BROKEN = {
    "a quotation over paragraphs": (
        "He said:\n\n“It was late. We waited.\n\n“No one came.\n\n“We left,” he said.\n\nThe end.",
        ["He said:", "“It was late.", "We waited.", "“No one came.", "“We left,” he said.", "The end."],
    ),
    "a quotation over wrapped lines": (
        "He said: “It was late.\nWe waited.” Then he met\nPoe.",
        ["He said: “It was late.\nWe waited.”", "Then he met\nPoe."],
    ),
    "a mark alone": ("He left.\n\n”\n\nThey stayed.", ["He left.\n\n”", "They stayed."]),
    "a mark before the text": ("” He left. They stayed.", ["” He left.", "They stayed."]),
    "no space after a full stop": (
        "The ferry left.They stayed.“It rained,” Poe said.\nThe end.",
        ["The ferry left.", "They stayed.", "“It rained,” Poe said.", "The end."],
    ),
    "a date before": (
        " date 2024-03-04 The ferry left. It rained.",
        ["date 2024-03-04", "The ferry left.", "It rained."],
    ),
    "a long date before": ("Tuesday, March 5, 2024 – The ferry left.", ["Tuesday, March 5, 2024 –", "The ferry left."]),
    "a town before": (
        "MILLTOWN, March 5 (Agency) — The ferry left.",
        ["MILLTOWN, March 5 (Agency) —", "The ferry left."],
    ),
    "a date in a sentence": ("On March 5, 2024 The Gazette closed.", ["On March 5, 2024 The Gazette closed."]),
    "a weekday at the end": (
        "It was Sun. 7 boats left on Mon. The ferry did not.",
        [
            "It was Sun. 7 boats left on Mon.",
            "The ferry did not.",
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_sentences_of_broken_texts(name: str) -> None:
    """Stray marks stay with a sentence, date lines stand for themselves, paragraphs end sentences."""
    text, expected = BROKEN[name]
    assert [text[a:b] for a, b in sentences(text)] == expected


def test_lines_that_are_not_wrapped_are_paragraphs() -> None:
    """A headline without a full stop is no part of the sentence below when each line is a paragraph."""
    body = "The ferry was late on Monday, " + "as it had been on most days of that long winter, " * 4 + "and left."
    text = f"Ferry late again\n{body}\nBy Poe\n"
    assert [text[a:b] for a, b in sentences(text)] == ["Ferry late again", body, "By Poe"]


def test_other_languages_are_left_to_the_segmenter() -> None:
    """English titles and date lines are not looked for in a text of another language."""
    text = "Er kam mit Ms. Huhn. 2024-03-04 Regen."
    assert [text[a:b] for a, b in sentences(text, "de")] != [text[a:b] for a, b in sentences(text)]
    low = "„Es war spät. Wir warteten“, sagte er. Er ging."
    assert directed(low) == low
    assert [low[a:b] for a, b in sentences(low, "de-CH")] == ["„Es war spät. Wir warteten“, sagte er.", "Er ging."]


@given(st.text(st.sampled_from("Ab. ?!“”\"'‘’\n-5(’„"), max_size=80))
@settings(deadline=None)
def test_directed_text_keeps_its_length(text: str) -> None:
    """Law: only quotation marks change, each into one character, so offsets stay."""
    turned = directed(text)
    assert len(turned) == len(text)
    assert all(a == b or a in "\"'“”‘’" for a, b in zip(text, turned, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No,” he said.”", {14}),
        ("“We left", {0}),
        ("“We left.”", set()),
        ('"We left', {0}),
        ("It’s the clerks’", {15}),
    ],
)
def test_marks_without_a_partner(text: str, expected: set[int]) -> None:
    """Apostrophes inside words are none."""
    assert unpaired(text) == expected


def test_date_lines() -> None:
    """A date is none when words follow."""
    assert [is_date_line(line) for line in ("March 5, 2024", "date 2024-03-04", "March 5, 2024 it rained")] == [
        True, True, False,
    ]  # fmt: skip


def findings(text: str, start: int, end: int, language: str = "en", copy: bool = False) -> list[tuple[str, str]]:
    """At which field what is said of one passage."""
    claim: Cells = {"claim_id": "CL-aaaaaa", "passage_start": str(start), "passage_end": str(end)}
    table = table_from_rows(
        "claims", list(claim), [list(claim.values())], lambda row, field: Location("", 1, 1, "claims", row + 1, field)
    )
    cited = Cited(0, claim, {}, {"language": language}, text, start, end, copy)
    evidence = Evidence(None, table, [cited], {})  # type: ignore[arg-type]  # the check looks at passages alone
    return [(finding.where.field, finding.what) for finding in check_sentences(evidence)]


def cut(text: str, passage: str) -> list[tuple[str, str]]:
    """What is said of a passage given by its words."""
    assert text.count(passage) == 1
    return findings(text, text.index(passage), text.index(passage) + len(passage))


NOT_SAID = "It rained. The mayor did not say that the bridge had fallen. It stands."


def test_a_clause_cut_out_of_a_denial_is_found() -> None:
    """A test for the substring alone, which the nearest tools make, takes it; the whole sentence says the opposite."""
    clause = "the bridge had fallen."
    assert clause in NOT_SAID
    assert cut(NOT_SAID, clause) == [
        (
            "passage_start",
            "the passage 38–60 begins inside a sentence, which begins at 11; whole sentences stand at 11–60",
        )
    ]


@pytest.mark.parametrize(
    ("passage", "field", "how"),
    [
        ("The mayor did not say", "passage_end", "ends inside a sentence, which ends at 60"),
        ("rained. The mayor did", "passage_start", "begins inside a sentence and ends inside one"),
        ("It rained. The mayor did not", "passage_end", "whole sentences stand at 0–60"),
        ("did not say that the bridge had fallen. It stands.", "passage_start", "whole sentences stand at 11–71"),
        (". ", "passage_start", "holds no sentence"),
    ],
)
def test_a_cut_passage_is_found(passage: str, field: str, how: str) -> None:
    """It is said which end is cut, and where the whole sentences stand."""
    start = NOT_SAID.index(passage)
    ((found, what),) = findings(NOT_SAID, start, start + len(passage))
    assert found == field
    assert how in what


SPOKEN = "“It was late. Nobody came,” the clerk lied. “We left.” The end.”"


@pytest.mark.parametrize("passage", ["It was late.", "Nobody came,”", "“It was late. Nobody came,”", "the clerk lied."])
def test_a_quotation_without_its_speaker_is_cut(passage: str) -> None:
    """Words that somebody is quoted with are one sentence with those that say who says them."""
    assert len(cut(SPOKEN, passage)) == 1


@pytest.mark.parametrize("passage", ["“We left.”", "The end.", "The end.”", " “We left.” ", SPOKEN])
def test_a_whole_passage_passes(passage: str) -> None:
    """White space around it and a mark without a partner may be in it or not."""
    assert cut(SPOKEN, passage) == []


def test_a_mark_with_a_partner_belongs_to_its_sentence() -> None:
    """Leaving it out moves the passage."""
    assert len(cut(SPOKEN, "We left.”")) == len(cut(SPOKEN, "“We left.")) == 1


def test_a_copy_is_named() -> None:
    """Offsets into another copy are not those of the record."""
    ((_, what),) = findings(NOT_SAID, 38, 60, copy=True)
    assert what.startswith("the passage 38–60 of another copy of the text begins")


TEXT = st.lists(
    st.sampled_from(
        ["The ferry left.", "“We saw. They came,” Poe said.", "It’s late!", "”", "Gen. Roe did not.", "So:"]
    )
)


@given(TEXT, st.sampled_from([" ", "\n\n"]), st.data())
@settings(deadline=None)
def test_runs_of_sentences_are_whole(parts: list[str], between: str, data: st.DataObject) -> None:
    """Law: from where one of the sentences may begin to where one may end, nothing is cut; one letter less is."""
    text = between.join(parts)
    spans = sentences(text)
    if not spans:
        return
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    start, end = (data.draw(st.sampled_from(x)) for x in (starts(text, spans[first]), ends(text, spans[last])))
    if any(map(str.isalnum, text[start:end])):
        assert findings(text, start, end) == []
        letter = next(at for at in range(start, end) if text[at].isalnum())
        assert len(findings(text, letter + 1, end)) == 1


@pytest.mark.parametrize("mark", ["\r", "\u2028", "\x85", "\r\n"])
def test_every_line_end_is_one(mark: str) -> None:
    """Sentences are those of the same text with line feeds, whatever ends its lines."""
    lines = [
        "Ferry late in Hilltown",
        "",
        "The ferry was late on",
        "Monday. It rained.",
        "",
        "“We waited. It rained,” Poe said.",
    ]
    long = ["Ferry late", f"The ferry was late on Monday{', and on Tuesday' * 8}. It rained{' and rained' * 20}."]
    for text in (lines, long):
        expected = ["\n".join(text)[slice(*span)] for span in sentences("\n".join(text))]
        joined = mark.join(text)
        found = [joined[slice(*span)].replace(mark, "\n") for span in sentences(joined)]
        assert found == expected
        assert found[0] == text[0]


def test_a_paragraph_mark_ends_a_sentence() -> None:
    """U+2029 does what a blank line does, in wrapped text, too; no title or initial reaches over it."""
    text = "Ferry late\u2029The ferry was late. He met Adm.\u2029Poe left."
    found = [text[slice(*span)] for span in sentences(text)]
    assert found == ["Ferry late", "The ferry was late.", "He met Adm.", "Poe left."]


@pytest.mark.parametrize("first", ["The ferry was late.", "March 2, 2026 The ferry was late."])
def test_a_byte_order_mark_belongs_to_no_sentence(first: str) -> None:
    """A passage is whole with it and without, and has the same digest; a copy without it holds the passage."""
    text = f"\ufeff{first} It rained."
    assert sentences(text) == [(start + 1, end + 1) for start, end in sentences(text[1:])]
    end = text.index(" It")
    start = sentences(text)[0][0]
    assert start == 1
    assert digest(text[0:end]) == digest(text[1:end])
    for begin in (0, 1):
        assert findings(text, begin, end) == []
    ((_, (found,)),) = find_stretches({"a" * 64: text[1:]}, {digest(text[:end])}, end).items()
    assert (found.start, found.end) == (0, end - 1)
    assert find_passage(text, first).start == 1
