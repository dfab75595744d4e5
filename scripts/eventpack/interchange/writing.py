"""An export into another format: its file, and beside it what was lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from eventpack.csvtext import csv_bytes
from eventpack.files import replacing
from eventpack.interchange import accounts, days, deaths, kinds, plover, where, who
from eventpack.interchange.case import DROPPED, NOT_EXPORTED, Case, Frames, Loss, as_text, cases_of
from eventpack.interchange.loss import LossFiles, LossReport
from eventpack.interchange.needs import refusal_of
from eventpack.interchange.scheme import Column, Scheme, scheme_of
from eventpack.interchange.sides import sides_of

Value = Callable[[Case], Any]


def write_scheme(name: str, frames: Frames, folder: Path, dataset: str, version: str) -> LossReport:
    """Write `<name>.csv`, `.tsv` or `.jsonl`, and `losses.csv`, `losses.json` and `losses.txt`, into a folder.

    `frames` gives the tables of the dataset by name. What a column cannot be filled with from the record stays empty.

    Raises:
        DiskError: The folder refuses; nothing of it is changed.
    """
    scheme, report = scheme_of(name), LossReport(scheme_of(name), dataset, version)
    with ExitStack() as stack:
        file = stack.enter_context(replacing(folder / f"{name}{scheme.suffix}"))
        losses = LossFiles(report, folder, stack)
        file.write(header_of(scheme))
        for case in cases_of(frames):
            row = row_of(case, scheme, version)
            if row is not None:
                file.write(line_of(row, scheme))
            losses.add(list(dict.fromkeys(case.losses)))
        losses.close()
    return report


def row_of(case: Case, scheme: Scheme, version: str = "") -> dict[str, Any] | None:
    """The values of an event by column, None when it is not exported; what is lost is then in `case.losses`."""
    if refusal := refusal_of(case, scheme):
        reason, where_, holds = refusal
        case.lose(reason, where_, holds, fate=NOT_EXPORTED)
        return None
    row = {column.name: _filled(case, column, version, scheme.form == "tsv") for column in scheme.columns}
    case.losses += _left(case, scheme)
    if case.event["realis"] == "ongoing":  # the word for it is that for what occurred
        case.lose("realis-mixed", "events.realis", "ongoing")
    return row


def _filled(case: Case, column: Column, version: str, separated: bool) -> Any:
    if column.empty:
        return ""
    before = len(case.losses)
    value = version if column.take == "version" else VALUES[column.take](case)
    if separated and isinstance(value, str) and value != " ".join(value.split()):
        case.lose("separator", column.take, value)
        value = " ".join(value.split())
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    case.losses[before:] = [loss._replace(column=column.name, written=told) for loss in case.losses[before:]]
    return value


def _left(case: Case, scheme: Scheme) -> Iterator[Loss]:
    """What of the record no column holds: its fields, participants, and rows of other tables."""
    for name, reason in scheme.lost["events"].items():
        if case.event.get(name) is not None:
            yield Loss(case.id, DROPPED, reason, f"events.{name}", as_text(case.event[name]))
    held = {actor["actor_id"] for actor in _held(case, scheme)}
    for row in case.participants:
        if row["role"] in scheme.lost["participants"] or row["actor_id"] not in held:
            yield Loss(case.id, DROPPED, "two-sides", f"participants.{row['role']}", row["actor_id"])
        elif row.get("claim_id"):
            yield Loss(case.id, DROPPED, "claims", "participants.claim_id", row["claim_id"])
    used = scheme.more.get("measures", {}).get("used", ())
    for measure in sorted({str(row["measure"]) for row in case.estimates}):
        if case.lookup.counts.get(measure) not in used:
            yield Loss(case.id, DROPPED, "measure", "estimates.measure", measure)
    elsewhere = case.lookup.ids.get(("events", case.id), {})
    children = {
        "claims": [f"{len(case.claims)} claims"] if case.claims else [],
        "event_places": [f"{row['role']} {row['place_id']}" for row in case.places],
        "event_links": [f"{row['relation']} {row['other_id']}" for row in case.links],
        "external_ids": [f"{other} {value}" for other, value in elsewhere.items()],
    }
    for table, told in children.items():
        for text in told:
            yield Loss(case.id, DROPPED, scheme.lost["children"][table], table, text)


def _held(case: Case, scheme: Scheme) -> Iterator[Mapping[str, Any]]:
    """The actors that columns of the format hold."""
    roles = [role for role in scheme.kept["participants"] if role not in ("initiator", "target", "partner")]
    yield from case.actors(*roles)
    sides = who.plover_sides(case) if scheme.form in ("tsv", "jsonl") else sides_of(case)
    yield from (*sides.first, *sides.second)


def header_of(scheme: Scheme) -> bytes:
    """The first line of a file; JSON records have none."""
    if scheme.form == "jsonl":
        return b""
    return csv_bytes(scheme.header, ()) if scheme.form == "csv" else ("\t".join(scheme.header) + "\n").encode()


def line_of(row: Mapping[str, Any], scheme: Scheme) -> bytes:
    """One record as a line of the file."""
    if scheme.form == "jsonl":
        filled = {name: value for name, value in row.items() if value not in ("", None, [], {})}
        return json.dumps(filled, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    cells = [value or scheme.missing for value in row.values()]
    return csv_bytes(cells, ()) if scheme.form == "csv" else ("\t".join(cells) + "\n").encode()


VALUES: Mapping[str, Value] = {
    "id": lambda case: case.id,
    "notes": lambda case: ". ".join(part.rstrip(".") for part in _notes(case)) + ".",
    **days.VALUES, **where.VALUES, **who.VALUES, **kinds.VALUES, **deaths.VALUES, **accounts.VALUES, **plover.VALUES,
}  # fmt: skip


def _notes(case: Case) -> list[str]:
    return [text for text in (case.event.get("title"), case.event.get("summary")) if text]
