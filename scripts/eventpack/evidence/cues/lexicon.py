"""The cues of a language, read from its file when the first passage of that language is looked at."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypedDict

from eventpack.evidence.cues.forms import stem, verb_forms
from eventpack.terms import primary_language

KINDS = ("negation", "modality", "condition", "hedge", "attribution")
LANGUAGES = ("en",)
ANY = "*"
Mark = tuple[str, str]  # kind, sense
Phrase = tuple[tuple[str, ...], frozenset[Mark]]


class _Unless(TypedDict, total=False):
    word: str
    instead: str
    capital: bool
    after: list[str]
    before: list[str]


@dataclass(frozen=True, slots=True)
class Unless:
    """Where a word is no cue: after or before some words, or with a capital inside a sentence.

    It then still has the sense `instead`, if there is one.
    """

    instead: str
    capital: bool
    after: frozenset[str]
    before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, the longest first; lists of plain words; who can be called by what."""

    phrases: Mapping[str, Sequence[Phrase]]
    unless: Mapping[str, Sequence[Unless]]
    words: Mapping[str, frozenset[str]]
    base: Mapping[str, str]  # irregular form → verb
    same: Mapping[str, str]  # stem → the stem that stands for its group
    pronouns: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    _stems: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, frozenset[str]] = field(default_factory=dict)

    def stem(self, word: str) -> str:
        """What stands for a word and its kin."""
        known = self._stems.get(word)
        if known is None:
            bare = stem(self.base.get(word, word))
            known = self._stems[word] = self.same.get(word) or self.same.get(bare, bare)
        return known

    def stems(self, name: str) -> frozenset[str]:
        """The stems of a list of words."""
        known = self._lists.get(name)
        if known is None:
            known = self._lists[name] = frozenset(map(self.stem, self.words[name]))
        return known

    def is_past(self, word: str) -> bool:
        """Whether a word may be a verb in the past."""
        return word in self.words["past"] or (word.endswith("ed") and len(word) > 3 and word not in self.words["eds"])

    def joins(self, word: str) -> bool:
        """Whether a word only joins others: an article, a preposition, a mark."""
        lists = self.words
        return not word[:1].isalnum() or any(
            word in lists[name] for name in ("determiners", "prepositions", "pronouns")
        )


def lexicon_of(language: str) -> Lexicon | None:
    """The cues of a language by its BCP 47 tag, English where none is given; None for one that has no list."""
    tag = primary_language(language)
    return _read(tag) if tag in LANGUAGES else None


@cache
def _read(language: str) -> Lexicon:
    data = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))
    forms: dict[str, list[str]] = data["forms"]
    base = {form: verb for verb, listed in forms.items() for form in listed}
    same: dict[str, str] = {}
    for group in data["same"]:
        first = stem(base.get(group["words"][0], group["words"][0]))
        same |= {key: first for word in group["words"] for key in (word, stem(base.get(word, word)))}
    senses = {(kind, sense): data[kind][sense] for kind in KINDS for sense in data[kind]}
    return Lexicon(
        _phrases(senses, forms), _unless(data["unless"]), _sets(data["words"]),
        base, same, _sets(data["speakers"]["pronouns"]), _sets(data["speakers"]["nouns"]),
    )  # fmt: skip


def _sets(lists: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lists.items()}


def _unless(rows: Sequence[_Unless]) -> dict[str, list[Unless]]:
    found: defaultdict[str, list[Unless]] = defaultdict(list)
    for row in rows:
        after, before = frozenset(row.get("after", ())), frozenset(row.get("before", ()))
        found[row["word"]].append(Unless(row.get("instead", ""), row.get("capital", False), after, before))
    return found


def _phrases(senses: Mapping[Mark, Sequence[str]], forms: Mapping[str, list[str]]) -> dict[str, list[Phrase]]:
    marks: defaultdict[tuple[str, ...], set[Mark]] = defaultdict(set)
    for mark, written in senses.items():
        for words in (words for phrase in written for words in _spelled(phrase, forms)):
            marks[words].add(mark)
    phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
    for words in sorted(marks, key=len, reverse=True):
        phrases[words[0]].append((words, frozenset(marks[words])))
    return phrases


def _spelled(phrase: str, forms: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """All word sequences that a written phrase stands for."""
    choices = [_choices(piece, forms) for piece in phrase.split()]
    for combination in product(*choices):
        if words := tuple(word for word in combination if word):
            yield words


def _choices(piece: str, forms: Mapping[str, list[str]]) -> list[str]:
    bare = piece.removeprefix("?")
    options = [""] if bare != piece else []
    for word in bare.split("/"):
        options += verb_forms(word[:-1], forms) if word.endswith("~") else [word]
    return options
