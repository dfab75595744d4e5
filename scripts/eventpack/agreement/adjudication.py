"""How two coders settled what they coded differently: a table that is kept beside the second coding.

Each row is one disagreement; `decision` says which coding stands (`first`, `second`, `both` can stand, `neither`), and
is empty while it is open. `reason` says why, `rule` which coding rule decides or was improved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eventpack.agreement.comparing import Comparison, regroupings
from eventpack.csvtext import CsvText, csv_bytes
from eventpack.errors import DiskError, EventpackError, TextError
from eventpack.files import decode, write_atomically

HEADER = ("table", "first_id", "second_id", "field", "first", "second", "decision", "reason", "rule")
DECISIONS = ("", "first", "second", "both", "neither")
_KEY = len(HEADER) - 3  # the cells that say what the disagreement is
Row = tuple[str, ...]


def open_rows(comparison: Comparison) -> Iterator[Row]:
    """Every disagreement as the beginning of a row, without decision."""
    for table in ("events", "claims"):
        first, second = comparison.alone(table)
        yield from ((table, one, "", "", "coded", "") for one in first)
        yield from ((table, "", other, "", "", "coded") for other in second)
    for event, here, there in regroupings(comparison):
        second_id = dict(comparison.matches.events)[event]
        yield "events", event, second_id, "claims", " ".join(here), " ".join(there)
    for field in comparison.fields:
        for one in field.disagreements:
            yield one.table, one.first_id, one.second_id, one.field, one.first, one.second


def read_decisions(path: Path) -> list[Row]:
    """The rows of an adjudication; none when there is no such file.

    Raises:
        EventpackError: It is not such a table.
        DiskError: It cannot be read.
    """
    try:
        text = CsvText(decode(path.read_bytes(), "csv"))
        rows = [tuple(row) for row in text.rows]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise DiskError(f"cannot read {path}: {error.strerror or error}", "check its mode") from error
    except TextError as error:
        raise EventpackError(f"{path}:{error.line}:{error.column}: {error.what}", error.fix) from None
    if rows[0] != HEADER:
        raise EventpackError(f"{path}:1:1: the columns are not {','.join(HEADER)}", "give another file, or mend it")
    for line, row in enumerate(rows[1:], 2):
        if row[_KEY] not in DECISIONS:
            what = f"{path}: in row {line} the decision `{row[_KEY]}` is none of first, second, both, neither"
            raise EventpackError(what, "write one of them, or nothing while it is open")
        if row[_KEY] and not row[_KEY + 1]:
            raise EventpackError(f"{path}: row {line} decides without a reason", "say why")
    _refuse_repeats(path, rows)
    return rows[1:]


def _refuse_repeats(path: Path, rows: Sequence[Row]) -> None:
    lines: dict[Row, int] = {}
    for line, row in enumerate(rows[1:], 2):
        first = lines.setdefault(row[:_KEY], line)
        if first != line:
            what = f"{path}: rows {first} and {line} are about the same disagreement"
            raise EventpackError(what, "keep the one that holds")


def adjudicate(comparison: Comparison, decided: Sequence[Row]) -> list[Row]:
    """All disagreements with what was written beside them, in the order of tables and ids.

    Of those that are settled, the rows stay in which somebody has written anything.
    """
    rows = {row[:_KEY]: row for row in decided}
    opened = set(open_rows(comparison))
    for key in opened:
        rows.setdefault(key, (*key, "", "", ""))
    return sorted(row for key, row in rows.items() if any(row[_KEY:]) or key in opened)


def undecided(comparison: Comparison, rows: Sequence[Row]) -> int:
    """How many disagreements there are without a decision; what is settled needs none."""
    opened = set(open_rows(comparison))
    return sum(not row[_KEY] and row[:_KEY] in opened for row in rows)


def write_decisions(path: Path, rows: Sequence[Row]) -> None:
    """Write an adjudication, in its order.

    Raises:
        DiskError: The disk refuses; nothing was changed.
    """
    write_atomically(path, csv_bytes(HEADER, rows))
