"""From the versions of a dataset to the life of one record in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.lives.record import Place, Record, known_ids, record_of, redirect_of
from eventpack.lives.states import State, state_at, states_of, upto
from eventpack.releasing.bookkeeping import NEXT, Redirected, Revision, redirects_of, revisions_of
from eventpack.subject import Subject

Fate = Literal["created", "changed", "gone", "came back"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One cell that became another, or with an empty field a row inside the record that came or went.

    `revision` says why; there is none where nobody said.
    """

    table: str
    key: str
    field: str
    old: str
    new: str
    revision: Revision | None


@dataclass(frozen=True)
class Stage:
    """What happened to a record in one version; `redirect` says what became of it when it is gone.

    `taken` are ids that lead to it since this version, by redirects.
    """

    state: State
    fate: Fate | None
    turns: Sequence[Turn] = ()
    redirect: Redirected | None = None
    taken: Sequence[Redirected] = ()
    digest: str = ""


@dataclass(frozen=True)
class Life:
    """A record through the versions in which something happened to it; `withdrawn` are versions taken back."""

    id: str
    table: str
    label: str
    stages: Sequence[Stage]


def history(id: str, path: str | Path = ".", *, table: str = "", as_of: str = "", offline: bool = False) -> Life:
    """The life of one record over all releases of a source tree, or all versions of a published place.

    What is not released yet comes last, as version `next`. `as_of` is a day: only what was there then counts.

    Raises:
        EventpackError: No version has, or had, such an id.
        NotAPackage, DamagedError, NetworkError: As `eventpack.lives.states.states_of`.
    """
    states = states_of(path, offline=offline)
    if as_of:
        states = upto(states, as_of)
    stages: list[Stage] = []
    record: Record | None = None
    last: Record | None = None
    subject: Subject | None = None
    for state in states:
        subject = state.subject()
        now = record_of(subject, id, table or (last.table if last else ""))
        stage = _stage(state, subject, id, record, now, again=last is not None)
        if stage.fate or stage.taken or stage.state.withdrawn:
            stages.append(stage)
        record, last = now, now or last
    if last is None:
        raise _unknown(id, path, subject)
    return Life(id, last.table, last.label, stages)


def _unknown(id: str, path: str | Path, subject: Subject | None) -> EventpackError:
    hint = near_miss(id, known_ids(subject)) if subject else ""
    return EventpackError(f"no version of {path} has a record {id}{hint}", "give an id that is or was in a table")


def _stage(state: State, subject: Subject, id: str, before: Record | None, now: Record | None, *, again: bool) -> Stage:
    revisions = [row for row in revisions_of(subject) if row.version == state.version]
    taken = [row for row in redirects_of(subject) if id in row.to and row.version == state.version]
    digest = now.digest if now else ""
    if now and not before:
        told = _told(revisions, (now.table, now.id), "", "", "")
        why = [Turn(now.table, id, "", "", "there", told)] if told and told.op == "added" else []
        return Stage(state, "came back" if again else "created", why, None, taken, digest)
    if before and not now:
        redirect = redirect_of(subject, id)
        told = _told(revisions, (before.table, before.id), "", "", "")
        return Stage(state, "gone", [Turn(before.table, id, "", "", "", told)], redirect, taken)
    turns = list(_turns(before, now, revisions)) if before and now else []
    return Stage(state, "changed" if turns else None, turns, None, taken, digest)


def _turns(before: Record, now: Record, revisions: Sequence[Revision]) -> Iterator[Turn]:
    """What differs between two versions of a record, its own cells first."""
    for place in dict.fromkeys([*now.rows, *before.rows]):
        old, new = before.rows.get(place), now.rows.get(place)
        if old is None or new is None:
            told = _told(revisions, place, "", "", "") or _moved(revisions, place, now.id)
            yield Turn(*place, "", *(("", "there") if old is None else ("there", "")), told)
            continue
        for field in dict.fromkeys([*new, *old]):
            was, is_ = old.get(field, ""), new.get(field, "")
            if was != is_:
                yield Turn(*place, field, was, is_, _told(revisions, place, field, was, is_))


def _moved(revisions: Sequence[Revision], place: Place, id: str) -> Revision | None:
    """The revision by which a row went from one record into another."""
    return next((row for row in revisions if (row.table, row.key) == place and id in (row.old, row.new)), None)


def _told(revisions: Sequence[Revision], place: Place, field: str, old: str, new: str) -> Revision | None:
    """The revision that tells of a cell, or with an empty field of a row; of several the last."""
    fitting = [row for row in revisions if (row.table, row.key, row.field) == (*place, field)]
    exact = [row for row in fitting if not field or row.new == new]
    told = exact or fitting
    return told[-1] if told else None


@dataclass(frozen=True)
class Shown:
    """A record as one version holds it, and the version."""

    record: Record
    state: State
    dataset: str
    version: str
    date: str


def show(
    id: str, path: str | Path = ".", *, version: str = "", as_of: str = "", table: str = "", offline: bool = False
) -> Shown:
    """One record: as the tree holds it, or a version, or as of the end of a day.

    Raises:
        EventpackError: There is no such version, or no such record in it; what became of it is told.
        NotAPackage, DamagedError, NetworkError: As `eventpack.lives.states.states_of`.
    """
    state = state_at(states_of(path, offline=offline), version=version, date=as_of)
    subject = state.subject()
    record = record_of(subject, id, table)
    if record is None:
        raise absent(id, state, subject)
    descriptor = subject.package.descriptor
    named = state.version if state.version != NEXT else descriptor.version
    date = descriptor.created[:10] if state.date else ""  # a place may have published it later
    return Shown(record, state, descriptor.name, named, date or state.date)


def absent(id: str, state: State, subject: Subject) -> EventpackError:
    """The error that says why a version has no record of an id, and what became of it."""
    which = "the tree as it stands" if state.version == NEXT else f"version {state.version}"
    if (redirect := redirect_of(subject, id)) is not None:
        since = "since the coming version" if redirect.version == NEXT else f"since {redirect.version}"
        what = f"{id} is not in {which}: {redirect} {since}. {redirect.reason}".rstrip()
        return EventpackError(what, f"eventpack show {redirect.to[0]}" if redirect.to else f"eventpack history {id}")
    return EventpackError(f"{which} has no record {id}{near_miss(id, known_ids(subject))}", f"eventpack history {id}")
