"""What an export lost: counted for a reader, and listed record by record for a machine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from eventpack.csvtext import csv_bytes
from eventpack.files import replacing
from eventpack.interchange.case import COARSENED, DROPPED, NOT_EXPORTED, Loss
from eventpack.interchange.scheme import Scheme, reasons

HEADER = ("event_id", "fate", "reason", "field", "holds", "column", "written", "why")
FATES = (NOT_EXPORTED, DROPPED, COARSENED)
_SAY = {NOT_EXPORTED: "events not exported", DROPPED: "dropped", COARSENED: "coarsened"}


@dataclass
class LossReport:
    """What became of the events of one export.

    `losses` counts losses, and `affected` events, by fate, reason and field; `columns` says why a column is empty in
    every row.
    """

    scheme: Scheme
    dataset: str
    version: str
    events: int = 0
    exported: int = 0
    losses: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    affected: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, found: Sequence[Loss]) -> None:
        """Count one event with what it lost."""
        self.events += 1
        self.exported += all(loss.fate != NOT_EXPORTED for loss in found)
        keys = [(loss.fate, loss.reason, loss.field) for loss in found]
        self.losses.update(keys)
        self.affected.update(set(keys))

    @property
    def columns(self) -> dict[str, str]:
        """Columns that no record fills, with the reason's code."""
        return {column.name: column.empty for column in self.scheme.columns if column.empty}

    @property
    def counts(self) -> list[dict[str, str | int]]:
        """How often what was lost why, the most frequent first."""
        order = sorted(self.losses, key=lambda key: (FATES.index(key[0]), -self.affected[key], key))
        return [
            {
                "fate": fate, "reason": reason, "field": name, "events": self.affected[fate, reason, name],
                "losses": self.losses[fate, reason, name], "why": reasons()[reason],
            }
            for fate, reason, name in order
        ]  # fmt: skip


def as_text(report: LossReport) -> str:
    """The report for a reader: how many events, what was lost how often and why, which columns stay empty."""
    scheme = report.scheme
    lines = [
        f"{report.dataset} {report.version} as {scheme.name}: {scheme.title}",
        f"{report.exported} of {report.events} events exported",
    ]
    for fate in FATES:
        rows = [row for row in report.counts if row["fate"] == fate]
        if rows:
            lines += ["", f"{_SAY[fate]}:"]
        for row in rows:
            lines.append(f"  {row['events']:>6}  {row['reason']} ({row['field']}): {row['why']}")
    empty = report.columns
    if empty:
        lines += ["", "columns that are empty in every row:"]
    for reason in dict.fromkeys(empty.values()):
        names = ", ".join(name for name, why in empty.items() if why == reason)
        lines.append(f"  {reason}: {reasons()[reason]}: {names}")
    return "\n".join(lines) + "\n"


class LossFiles:
    """The files of a report, written while events pass: `losses.csv`, `losses.json`, and `losses.txt` at the end."""

    def __init__(self, report: LossReport, folder: Path, stack: ExitStack) -> None:
        self._report, self._folder, self._stack = report, folder, stack
        self._csv: IO[bytes] = stack.enter_context(replacing(folder / "losses.csv"))
        self._json: IO[bytes] = stack.enter_context(replacing(folder / "losses.json"))
        self._csv.write(csv_bytes(HEADER, ()))
        scheme = report.scheme
        head = {"dataset": report.dataset, "version": report.version, "as": scheme.name, "title": scheme.title}
        self._json.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "losses": [')
        self._first = True

    def add(self, found: Sequence[Loss]) -> None:
        """Write and count what one event lost."""
        self._report.add(found)
        for loss in found:
            cells = (*loss, reasons()[loss.reason])
            self._csv.write(csv_bytes(cells, ()))
            entry = {name: cell for name, cell in zip(HEADER, cells, strict=True) if cell}
            self._json.write(b"\n" if self._first else b",\n")
            self._json.write(json.dumps(entry, ensure_ascii=False).encode())
            self._first = False

    def close(self) -> None:
        """Write the counts, which are known only now."""
        report = self._report
        tail = {
            "events": report.events, "exported": report.exported, "counts": report.counts,
            "empty_columns": report.columns,
        }  # fmt: skip
        self._json.write(b"\n], " + json.dumps(tail, ensure_ascii=False)[1:].encode() + b"\n")
        with replacing(self._folder / "losses.txt") as file:
            file.write(as_text(report).encode())
