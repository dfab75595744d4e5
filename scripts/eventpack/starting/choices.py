"""What somebody decides who starts a dataset: each choice with its question, its default and what it may be."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.model import NAME, NAMED

STARTER = Path(__file__).parent.parent / "starter"
_ADDRESS = re.compile(r"(git\+)?(https?|ssh|file)://[A-Za-z0-9._~/:@%+-]+")
_DESCRIPTION = "Events and claims: who says what about which event, in which source, how firmly and with which numbers."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a new dataset is to be.

    `licence` is the SPDX name of one of `licences()`; `coder` the handle in `coded_by`; `types` is `plover`, `none`
    or the path of a CSV file; `tool_repository` the address that pip installs this tool from, or empty.
    """

    name: str
    title: str
    description: str
    licence: str
    contributor: str
    coder: str
    types: str
    tool_repository: str


@dataclass(frozen=True, slots=True)
class Question:
    """One choice: what is asked, what is proposed given the answers so far, and why an answer will not do, if so."""

    choice: str
    ask: str
    propose: Callable[[Mapping[str, str]], str]
    problem: Callable[[str], str]

    @property
    def flag(self) -> str:
        """The option of the command that answers it."""
        return f"--{self.choice.replace('_', '-')}"


Ask = Callable[[Question, str], str]


@cache
def licences() -> Mapping[str, Mapping[str, str]]:
    """The licences to choose from, by SPDX name: `title`, `path` (address) and `allows` (in words)."""
    return tomllib.loads((STARTER / "licences.toml").read_text("utf-8"))


def name_from(folder: str) -> str:
    """A lawful name of a package, made from the name of its folder."""
    plain = unicodedata.normalize("NFKD", folder.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "dataset"


def _text_problem(text: str) -> str:
    return "" if text.strip() and text.isprintable() else "must be text on one line"


def _licence_problem(text: str) -> str:
    return "" if text in licences() else f"must be one of {', '.join(licences())}{near_miss(text, licences())}"


def _types_problem(text: str) -> str:
    if (STARTER / "vocabulary" / text).is_dir() and re.fullmatch(NAME, text):
        return ""
    return "" if text.endswith(".csv") and Path(text).is_file() else "must be plover, none, or a CSV file that is there"


def _address_problem(text: str) -> str:
    return "" if not text or _ADDRESS.fullmatch(text) else "must be an address like https://host/owner/repository"


def _titled(answers: Mapping[str, str]) -> str:
    words = re.sub(r"[._-]+", " ", answers["name"]).strip() or answers["name"]
    return words[0].upper() + words[1:]


QUESTIONS: tuple[Question, ...] = (
    Question("name", "Name, for files and addresses", lambda answers: name_from(answers["folder"]), NAMED),
    Question("title", "Title", _titled, _text_problem),
    Question("description", "Description", lambda _: _DESCRIPTION, _text_problem),
    Question("licence", f"Licence of the data ({', '.join(licences())})", lambda _: "CC-BY-4.0", _licence_problem),
    Question("contributor", "Who makes it", lambda answers: f"The {answers['name']} project", _text_problem),
    Question("coder", "Your handle as a coder", lambda _: "coder-1", NAMED),
    Question("types", "Event types (plover, none, or a CSV file)", lambda _: "plover", _types_problem),
    Question("tool_repository", "Address of eventpack's repository, if you know it", lambda _: "", _address_problem),
)


def make_choices(given: Mapping[str, str], folder: str | Path, ask: Ask | None = None) -> Choices:
    """The choices for a dataset in a folder: what is given, and for the rest what `ask` answers, or what is proposed.

    Raises:
        EventpackError: An answer will not do; those given are judged before anything is asked.
    """
    for question in QUESTIONS:
        if question.choice in given:
            _require(question, given[question.choice])
    answers = {"folder": Path(folder).resolve().name}
    for question in QUESTIONS:
        text = given.get(question.choice)
        if text is None:
            proposed = question.propose(answers)
            text = ask(question, proposed) if ask else proposed
            _require(question, text)
        answers[question.choice] = text
    del answers["folder"]
    return Choices(**answers)


def _require(question: Question, text: str) -> None:
    if problem := question.problem(text):
        raise EventpackError(f"`{text}` will not do for {question.flag}: it {problem}", f"give another {question.flag}")
