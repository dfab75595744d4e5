"""A passage as words, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"[^\W\d_]+(?=n['’]t\b)|n['’]t\b|\bcan(?=not\b)"  # did|n't, can|not
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d[\d.,:]*\d|\d"
    r"|[^\W_]+(?:[-‐‑’'][^\W_]+)*"
    r"|\.\.\.|[^\w\s]",
    re.IGNORECASE,
)
_APOSTROPHE = re.compile(r"(?<=\w)[\u02bc\u00b4\u0060\u2018\u2032\uff07](?=\w)")  # what is typed for one inside a word
_LONGEST = 400  # words of a sentence; a longer one is a list without full stops, and read in parts
_SPOKEN = {"n't": "not", "n’t": "not", "'ll": "will", "’ll": "will", "'re": "are", "’re": "are", "'ve": "have"}
_SPOKEN |= {"’ve": "have", "'m": "am", "’m": "am", "’s": "'s", "’d": "'d"}
_SUFFIX = re.compile(r"(?i)(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))")
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words in lower case, contractions spelled out, with their places in the text and whether they have a capital."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    capitals: list[bool]


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> Tokens:
    """The words and marks of a text."""
    tokens = Tokens([], [], [], [])
    for match in _TOKEN.finditer(_APOSTROPHE.sub("’", text)):
        word, start = match[0], match.start()
        if ("'" in word or "’" in word) and (parts := _SUFFIX.fullmatch(word)):
            _add(tokens, parts[1], start)
            word, start = parts[2], start + len(parts[1])
        _add(tokens, word, start)
    return tokens


def _add(tokens: Tokens, word: str, start: int) -> None:
    lower = word.casefold()
    tokens.words.append(_SPOKEN.get(lower, lower))
    tokens.starts.append(start)
    tokens.ends.append(start + len(word))
    tokens.capitals.append(word[0].isupper())


def sentence_starts(tokens: Tokens, abbreviations: frozenset[str]) -> list[int]:
    """The indices of the first words of sentences, as far as marks and capitals tell."""
    words, count = tokens.words, len(tokens.words)
    starts = [0] if count else []
    for at, word in enumerate(words):
        if word not in (".", "!", "?", "…", "..."):
            continue
        before = words[at - 1] if at else ""
        if word == "." and (before in abbreviations or (len(before) == 1 and before.isalpha())):
            continue
        follow = at + 1
        while follow < count and words[follow] in ('"', "”", "’", ")", "'"):
            follow += 1
        if follow < count and (tokens.capitals[follow] or words[follow][0] in "“„«‘" or words[follow][0].isdigit()):
            starts.append(follow)
    ends = [*starts[1:], count]
    return [part for start, end in zip(starts, ends, strict=True) for part in range(start, end, _LONGEST)]
