"""The meter's tables, for a terminal and for a page, and examples of what was missed."""

from __future__ import annotations

from collections.abc import Sequence

from metering.alarms import Alarms
from metering.bench import Bench
from metering.mistakes import BY_NAME, KINDS, Mistake
from metering.scoring import Score, Scores

Table = list[tuple[str, ...]]


def percent(part: int, whole: int) -> str:
    """A share with one digit after the point, never rounded up to all."""
    return f"{min(part / whole * 100, 100 if part == whole else 99.9):.1f} %" if whole else "–"


def mistakes_table(scores: Scores, held_out: Scores, real: Scores | None) -> Table:
    """One row for each kind."""
    header = ["mistake", "goal", "tried", "found", "by its code", "old digest", "substring", "held out"]
    rows: Table = [tuple(header + (["real records"] if real is not None else []))]
    for kind in KINDS:
        main, old = _two(scores, kind.name)
        if main is None:
            continue
        goal = "none" if kind.quiet else f"≥ {kind.least:.0%}".replace("%", " %") if kind.goal else ""
        other, _ = _two(held_out, kind.name)
        row = [
            kind.title, goal, str(main.tried), percent(main.found, main.tried), percent(main.meant, main.tried),
            percent(old.found, old.tried) if old else "", percent(main.plain, main.tried), _share(other),
        ]  # fmt: skip
        if real is not None:
            row.append(_of(real, kind.name))
        rows.append(tuple(row))
    return rows


def _two(scores: Scores, kind: str) -> tuple[Score | None, Score | None]:
    """With fresh digests, and with old ones; where there are only old ones, these alone."""
    fresh, old = scores.get((kind, True)), scores.get((kind, False))
    return (fresh, old) if fresh else (old, None)


def _share(score: Score | None) -> str:
    return f"{percent(score.found, score.tried)} of {score.tried}" if score else ""


def _of(scores: Scores, kind: str) -> str:
    main, _ = _two(scores, kind)
    return f"{main.found} of {main.tried}" if main else ""


def codes_table(scores: Scores) -> Table:
    """By which codes each kind was found."""
    rows: Table = [("mistake", "codes")]
    for kind in KINDS:
        main, _ = _two(scores, kind.name)
        if main and main.codes:
            rows.append((kind.title, ", ".join(f"`{code}` {count}" for code, count in main.codes.most_common(5))))
    return rows


def alarms_table(sets: Sequence[tuple[str, Alarms]]) -> Table:
    """False alarms of each set of claims."""
    rows: Table = [("claims", "number", "with a finding", "share", "codes")]
    for name, alarms in sets:
        codes = ", ".join(f"`{code}` {count}" for code, count in alarms.codes.most_common())
        rows.append((name, str(alarms.claims), str(alarms.alarmed), percent(alarms.alarmed, alarms.claims), codes))
    return rows


def as_text(rows: Table) -> str:
    """Aligned columns."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def as_markdown(rows: Table) -> str:
    """A table in Markdown; all but the first column on the right where they are numbers."""
    ruler = tuple("---" if at == 0 or rows[0][at] == "codes" else "---:" for at in range(len(rows[0])))
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ruler, *rows[1:]])


def as_list(missed: Sequence[str]) -> str:
    """What a page says of the goals: that all are met, or which are missed."""
    return "\n".join(f"- {line[0].upper()}{line[1:]}." for line in missed) or "All goals are met."


def shown(bench: Bench, mistake: Mistake) -> str:
    """A mistake as a few lines: the words, what is coded, what was changed."""
    claim = bench.rows["claims"][mistake.claim]
    start, end = int(claim["passage_start"]), int(claim["passage_end"])
    lines = [f"  {mistake.claim}: {bench.passage(mistake.claim)!r}"]
    if mistake.text is not None and not mistake.copy:
        grown = sum(size - (stop - begin) for begin, stop, size in mistake.edits if begin < end)
        lines.append(f"      text becomes: {mistake.text[start : end + grown]!r}")
    for changes, rows in ((mistake.claims, "claims"), (mistake.events, "events")):
        for record, cells in changes.items():
            was = bench.rows[rows][record]
            lines.append(
                "      " + ", ".join(f"{name}: {was.get(name, '')!r} → {text!r}" for name, text in cells.items())
            )
    return "\n".join(lines)


def examples(bench: Bench, scores: Scores, kind: str, most: int) -> str:
    """What was missed of a kind, or found of one that is none."""
    lines = []
    for fresh in (True, False):
        score = scores.get((kind, fresh))
        if score and score.missed:
            how = "fresh" if fresh else "old"
            told = "found" if BY_NAME[kind].quiet else "missed"
            lines.append(f"{BY_NAME[kind].title} ({how} digest): {len(score.missed)} of {score.tried} {told}")
            lines += (shown(bench, mistake) for mistake in score.missed[:most])
    return "\n".join(lines)


def alarm_examples(bench: Bench, alarms: Alarms, most: int, code: str = "") -> str:
    """Some false alarms with the words that they are about."""
    lines = []
    for claim, findings in alarms.by_claim.items():
        for finding in findings:
            if (not code or finding.code == code) and claim in bench.rows["claims"]:
                row = bench.rows["claims"][claim]
                coded = ", ".join(
                    f"{n}={row[n]}" for n in ("stance", "hedge", "condition", "attribution", "wording") if row.get(n)
                )
                lines.append(
                    f"  {finding.code} at {finding.where.field}: {finding.what}\n "
                    f"     {bench.passage(claim)!r}\n      {coded}"
                )
    return "\n".join(lines[:most])
