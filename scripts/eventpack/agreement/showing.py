"""A comparison as text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from eventpack.agreement.adjudication import HEADER, Row
from eventpack.agreement.comparing import Comparison
from eventpack.agreement.fields import Agreement
from eventpack.cells import Cells

_HEAD = ("table", "field", "pairs", "equal", "percent", "alpha")
_PLAIN = "Alpha is Krippendorff's: 1 is perfect agreement, 0 what chance would give; – where it is not defined."


def to_json(comparison: Comparison, rows: Sequence[Row]) -> dict[str, Any]:
    """The comparison as one JSON object; `rows` are the disagreements, with decisions where there are some."""
    one, other = comparison.first, comparison.second
    here, there, same, touching = comparison.passages
    return {
        "first": one.folder, "second": other.folder,
        "passages": {"first": here, "second": there, "equal": same, "overlapping": touching},
        "claims": _counts(comparison, "claims"), "events": _counts(comparison, "events"),
        "fields": [
            {"table": f.table, "field": f.field, "pairs": f.pairs, "equal": f.equal, "percent": round(f.percent, 1),
             "alpha": None if f.alpha is None else round(f.alpha, 3)}
            for f in (comparison.grouping, *comparison.fields)
        ],
        "disagreements": [dict(zip(HEADER, row, strict=True)) for row in rows],
    }  # fmt: skip


def _counts(comparison: Comparison, table: str) -> dict[str, int]:
    pairs = comparison.matches.claims if table == "claims" else comparison.matches.events
    first, second = comparison.alone(table)
    return {
        "first": len(pairs) + len(first), "second": len(pairs) + len(second), "paired": len(pairs),
    }  # fmt: skip


def to_text(comparison: Comparison, rows: Sequence[Row]) -> str:
    """For a terminal: the figures in columns, then the disagreements side by side."""
    table = [_HEAD, *_figures(comparison)]
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEAD))]
    lines = [*_summary(comparison), ""]
    for name, field, *numbers in table:
        left = f"{name:{widths[0]}}  {field:{widths[1]}}"
        lines.append("  ".join([left, *(f"{cell:>{width}}" for cell, width in zip(numbers, widths[2:], strict=True))]))
    lines += ["", _PLAIN, *_side_by_side(comparison, rows)]
    return "\n".join(lines)


def to_markdown(comparison: Comparison, rows: Sequence[Row]) -> str:
    """For a page: the same as tables."""
    lines = ["\n".join(_summary(comparison)), "", _markdown_row(_HEAD), "| --- | --- | ---: | ---: | ---: | ---: |"]
    lines += [_markdown_row(row) for row in _figures(comparison)]
    lines += ["", _PLAIN]
    if rows:
        lines += ["", _markdown_row(HEADER), "|" + " --- |" * len(HEADER), *(_markdown_row(row) for row in rows)]
    return "\n".join(lines)


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _summary(comparison: Comparison) -> list[str]:
    here, there, same, touching = comparison.passages
    lines = [
        f"passages: {here} and {there}, {same} equal, {touching} of the first overlap one of the second",
    ]
    for table in ("claims", "events"):
        counts = _counts(comparison, table)
        lines.append(f"{table}: {counts['first']} and {counts['second']}, {counts['paired']} paired")
    return lines


def _figures(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for found in (comparison.grouping, *comparison.fields):
        yield found.table, found.field, str(found.pairs), str(found.equal), f"{found.percent:.0f}", _alpha(found)


def _alpha(found: Agreement) -> str:
    return "–" if found.alpha is None else f"{found.alpha:.2f}"


def _side_by_side(comparison: Comparison, rows: Sequence[Row]) -> Iterator[str]:
    texts = [_texts(coding.by_id("claims", "claim_id"), coding.by_id("events", "event_id"))
             for coding in (comparison.first, comparison.second)]  # fmt: skip
    shown: tuple[str, ...] = ()
    for row in rows:
        if row[:3] != shown:
            shown = row[:3]
            yield ""
            for side, name in ((1, "first "), (2, "second")):
                if row[side]:
                    yield f"{name} {row[side]}  {texts[side - 1].get(row[side].split('|')[0], '')}"
        decision = f"  → {row[6]}: {row[7]}" if row[6] else ""
        yield f"    {row[3] or row[0].removesuffix('s')}: {row[4] or '–'} | {row[5] or '–'}{decision}"


def _texts(claims: dict[str, Cells], events: dict[str, Cells]) -> dict[str, str]:
    """What a claim or event is about."""
    return {key: row.get("statement", "") for key, row in claims.items()} | {
        key: row.get("title", "") for key, row in events.items()
    }
