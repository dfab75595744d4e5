"""Publishing to a depot whose server fails at any single request: repeated until done, the end is the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eventpack.depots import calls
from eventpack.errors import EventpackError, NetworkError
from eventpack.publishing import Publication, publish
from tests.depotpack import HASTY, SURE, github, release, zenodo
from tests.doubles.server import FAULTS, HANG, Fault, Running
from tests.effort import FULL

Double = AbstractContextManager[tuple[Any, Running]]
OLD, NEW = "0.1.0", "0.2.0"
LAG = 0.05  # seconds by which Zenodo's search is late
QUICK: tuple[Fault, ...] = ("drop-after", "drop-before", "500-after", "cut", "429", "drop-after", "half")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))


def open_zenodo(monkeypatch: pytest.MonkeyPatch) -> Double:
    """Zenodo, whose search lags behind."""
    return zenodo(monkeypatch, lag=LAG)


STORIES: dict[str, tuple[str, Callable[[pytest.MonkeyPatch], Double], tuple[str, ...], bool]] = {
    "zenodo-new": ("zenodo:", open_zenodo, (OLD,), True),
    "zenodo-version": ("zenodo:", open_zenodo, (OLD, NEW), True),
    "zenodo-draft": ("zenodo:", open_zenodo, (OLD,), False),
    "github-new": ("github:curators/talks", github, (OLD,), True),
    "github-draft": ("github:curators/talks", github, (OLD,), False),
}

FIRST = ("zenodo-version", "github-new")


def act(target: str, version: str, public: bool) -> Publication:
    """Publish a version."""
    made = release(version, extra="s3,Cy\n" if version == NEW else "")
    return publish(made, target, public=public, yes=True)


def until_done(target: str, version: str, public: bool) -> tuple[Publication, int]:
    """What publishing comes to when it is repeated after every refusal, and how many runs it took."""
    for runs in range(1, 6):
        try:
            return act(target, version, public), runs
        except NetworkError:
            continue
    raise AssertionError("five runs were not enough")


def told(story: str, monkeypatch: pytest.MonkeyPatch, fault: tuple[int, Fault] | None, patience: Any) -> Iterator[Any]:
    """The end state of a story, the number of its requests, the runs of its last version; a fault hits that one."""
    target, opened, versions, public = STORIES[story]
    with opened(monkeypatch) as (service, running):
        for version in versions[:-1]:
            act(target, version, public)
            time.sleep(2 * LAG)  # until a search finds it
        hangs = fault is not None and fault[1].startswith("hang")
        calls.PATIENCE = replace(patience, silence=HANG * 0.4) if hangs else patience
        before = len(running.log)
        if fault:
            running.faults[before + fault[0]] = fault[1]
        done, runs = until_done(target, versions[-1], public)
        assert not running.faults, "the fault was not met"
        yield service.state(), len(running.log) - before, runs, done


def requests_of(story: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Any, int]:
    """The end state and number of requests of a story without faults."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "clean"))
    (state, count, runs, done) = next(told(story, monkeypatch, None, SURE))
    assert (runs, done.done) == (1, True)
    return state, count


@pytest.mark.parametrize(
    "story", [pytest.param(story, marks=() if story in FIRST else pytest.mark.long) for story in STORIES]
)
def test_a_fault_at_any_request_changes_nothing_in_the_end(
    story: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After a fault at each request in turn, which ends the run like a kill, the next runs come to the same state.

    In full every request meets every fault, else every third one of them.
    """
    state, count = requests_of(story, monkeypatch, tmp_path)
    for number in range(1, count + 1, 1 if FULL else 3):
        for fault in FAULTS if FULL else (QUICK[number % len(QUICK)],):
            monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / f"{fault}-{number}"))
            reached, _, runs, _ = next(told(story, monkeypatch, (number, fault), HASTY))
            assert (fault, number, reached) == (fault, number, state)
            assert runs <= 2


@pytest.mark.parametrize("story", ["zenodo-new", "github-new"])
def test_one_run_outlasts_a_passing_fault(story: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With patience, no fault of a moment ends the run."""
    state, count = requests_of(story, monkeypatch, tmp_path)
    for number in range(1, count + 1, 1 if FULL else 3):
        fault: Fault = ("drop-after", "500-before", "429", "cut")[number % 4]
        monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / f"cache-{number}"))
        reached, _, runs, _ = next(told(story, monkeypatch, (number, fault), SURE))
        assert (number, reached, runs) == (number, state, 1)


@pytest.mark.parametrize("story", STORIES)
def test_the_same_again_asks_and_changes_nothing(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is looked at, and no request changes anything."""
    target, opened, versions, public = STORIES[story]
    with opened(monkeypatch) as (service, running):
        for version in versions:
            act(target, version, public)
            time.sleep(2 * LAG)
        state, before = service.state(), len(running.log)
        again = act(target, versions[-1], public)
        assert again.already
        assert service.state() == state
        assert {method for method, _, _ in running.log[before:]} == {"GET"}


@pytest.mark.parametrize("story", STORIES)
def test_the_plan_only_reads(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without yes no request but GET is made."""
    target, opened, versions, _ = STORIES[story]
    with opened(monkeypatch) as (_, running):
        plan = publish(release(versions[0]), target, public=True)
        assert plan.steps
        assert not plan.done
        assert {method for method, _, _ in running.log} == {"GET"}


def test_another_machine_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A run that broke off here is finished there, without what this machine remembers."""
    with zenodo(monkeypatch) as (service, running):
        calls.PATIENCE = HASTY
        running.faults[12] = "drop-after"
        with pytest.raises(EventpackError):
            act("zenodo:", OLD, public=False)
        monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "elsewhere"))
        act("zenodo:", OLD, public=True)
        assert [each["public"] for each in service.state()] == [True]
