"""The page of the fault table: every request of publishing fails in every way, and what the end is, measured.

`python -m tests.docs.depotfaults` writes it; that takes ten minutes, so it is done by hand. A test holds the numbers of
requests on the page against what publishing asks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.depotpack import HASTY, SURE
from tests.doubles.server import FAULTS
from tests.test_depot_faults import STORIES, told
from tests.test_reserve_doi import reserved

PAGE = Path(__file__).parents[2] / "docs/depot-faults.md"
NAMES = {
    "zenodo-new": "Zenodo: a new record, public",
    "zenodo-version": "Zenodo: a new version, public",
    "zenodo-draft": "Zenodo: a draft",
    "github-new": "GitHub: a release, public",
    "github-draft": "GitHub: a draft",
    "reserve-doi": "Zenodo: `reserve-doi`",
}
KINDS = {
    "drop-before": "the connection is dropped, nothing was done",
    "drop-after": "it was done, and the connection dropped before the answer",
    "500-before": "500, nothing was done",
    "500-after": "500, and it was done",
    "429": "429 with `Retry-After`",
    "hang-before": "no answer in time, nothing was done",
    "hang-after": "no answer in time, and it was done",
    "cut": "the connection is cut in the middle of what is sent",
    "half": "the answer is cut in its middle",
}


def count(story: str, patch: pytest.MonkeyPatch, place: Path) -> tuple[object, int]:
    """The end state of a story without faults, and how many requests it takes."""
    patch.setenv("EVENTPACK_CACHE", str(place / "cache"))
    if story == "reserve-doi":
        return reserved(patch, place, 0, "")
    state, requests, _, _ = next(told(story, patch, None, SURE))
    return state, requests


def tried(story: str, fault: str, wanted: object, requests: int, patch: pytest.MonkeyPatch, place: Path) -> str:
    """A cell of the table: after how many of the requests the end state was the same, and in how many runs at most."""
    equal, most = 0, 1
    for number in range(1, requests + 1):
        here = place / f"{fault}-{number}"
        patch.setenv("EVENTPACK_CACHE", str(here / "cache"))
        if story == "reserve-doi":
            equal += reserved(patch, here, number, fault)[0] == wanted
            continue
        state, _, runs, _ = next(told(story, patch, (number, fault), HASTY))  # type: ignore[arg-type]
        equal, most = equal + (state == wanted), max(most, runs)
    return f"{equal} of {requests}" + (f", {most} runs" if story != "reserve-doi" else "")


def table() -> Iterator[str]:
    """The measured table in Markdown."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        ends = {story: count(story, patch, Path(folder, story)) for story in NAMES}
        yield "| fault at each request in turn | " + " | ".join(NAMES.values()) + " |"
        yield "| --- |" + " --- |" * len(NAMES)
        yield "| (requests without any fault) | " + " | ".join(str(ends[story][1]) for story in NAMES) + " |"
        for fault in FAULTS:
            cells = [tried(story, fault, *ends[story], patch, Path(folder, story)) for story in NAMES]
            yield f"| {KINDS[fault]} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    assert set(STORIES) < set(NAMES)
    for line in table():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
