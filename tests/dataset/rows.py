"""The rows of the dataset, read with the plain YAML and CSV readers.

A fault of the tool's own reading can so not hide one of the data. The texts are there where they lie beside the
repository, in `../shared/sources`; elsewhere `texts` is empty.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TEXTS = ROOT.parent / "shared/sources"
Row = dict[str, Any]

OWN_WORDS = ("title", "summary", "note", "statement", "attribution", "condition")


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of a hand-edited table."""
    with (ROOT / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def by_key(name: str, key: str) -> dict[str, Row]:
    """The rows of a table by their key."""
    return {row[key]: row for row in read_table(name)}


@cache
def events() -> tuple[Row, ...]:
    """All records, as text."""
    paths = sorted((ROOT / "data/records/events").glob("*.yaml"))
    return tuple(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) for path in paths)


@cache
def claims() -> tuple[Row, ...]:
    """All claims, each with the id of its event."""
    return tuple({**claim, "event_id": event["event_id"]} for event in events() for claim in event["claims"])


def read_sources() -> list[Row]:
    """The sources whose text was read."""
    return [row for row in read_table("sources") if row["text_sha256"]]


@cache
def texts() -> dict[str, str]:
    """The texts of the sources that are at hand, by source id; none where the folder is not there."""
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(TEXTS.glob("*.txt"))}
    found = {row["source_id"]: files[row["text_sha256"]] for row in read_sources() if row["text_sha256"] in files}
    return {source: path.read_bytes().decode("utf-8") for source, path in found.items()}


def own_texts() -> Iterator[tuple[str, str]]:
    """Every text in our own words, with the id of its event or claim."""
    for row in (*events(), *claims()):
        for name in OWN_WORDS:
            if name in row:
                yield row.get("claim_id", row["event_id"]), row[name]


def fold(text: str) -> str:
    """A passage as its digest is taken: NFC, plain quotation marks and dashes, single spaces."""
    text = unicodedata.normalize("NFC", text)
    for marks, plain in (("‘’‚‛‹›", "'"), ("“”„‟«»", '"'), ("‐‑‒–—―", "-")):
        text = re.sub(f"[{marks}]", plain, text)
    return " ".join(text.split())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of so many consecutive words."""
    words = re.findall(r"\w+", fold(text).lower())
    return {tuple(words[index : index + length]) for index in range(len(words) - length + 1)}
