"""Lives and records for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eventpack.finding import visible
from eventpack.lives.life import Life, Shown, Stage, Turn
from eventpack.releasing.bookkeeping import NEXT, Revision


def life_text(life: Life) -> str:
    """One paragraph for each version in which something happened."""
    lines = [visible(f"{life.id} {life.label}".rstrip()) + f" ({life.table})"]
    for stage in life.stages:
        lines += ["", *_stage_lines(life, stage)]
    return "\n".join(lines)


def _stage_lines(life: Life, stage: Stage) -> Iterator[str]:
    state = stage.state
    day = f", {state.date}" if state.date else ", not released yet"
    yield f"{state.version}{day}: {_headline(stage)}"
    for turn in stage.turns:
        if turn.field or stage.fate == "changed":
            yield f"  {_turn(life, turn)}"
            if turn.revision:
                yield f"      {_why(turn.revision)}"
        elif turn.revision:
            yield f"  {_why(turn.revision)}"
    for row in stage.taken:
        yield f"  {row.id} was {row.outcome.replace('-', ' ')} it. {visible(row.reason)}".rstrip()
    if state.status == "withdrawn":
        yield (
            f"  this version was withdrawn on {state.withdrawn_on}: {visible(state.withdrawn)}"
            if state.withdrawn
            else ("  this version was withdrawn")
        )


def _headline(stage: Stage) -> str:
    if stage.fate == "gone":
        said = stage.redirect
        return visible(f"{said}. {said.reason}".rstrip()) if said else "gone, and nobody says why"
    return stage.fate or ("others lead here" if stage.taken else "unchanged")


def _turn(life: Life, turn: Turn) -> str:
    inside = "" if (turn.table, turn.key) == (life.table, life.id) else f"{turn.table} {turn.key} "
    if not turn.field:
        return f"{inside}{'is new' if turn.new else 'is gone'}"
    old, new = (visible(text) if text else "(nothing)" for text in (turn.old, turn.new))
    return f"{inside}{turn.field}: {old} → {new}"


def _why(row: Revision) -> str:
    note = f": {visible(row.note)}" if row.note else ""
    return f"{row.reason}{note} ({visible(row.by)}, {row.on})"


def life_json(life: Life) -> str:
    """The life as a JSON object."""
    value = {"id": life.id, "table": life.table, "label": life.label, "stages": [_stage(s) for s in life.stages]}
    return json.dumps(value, indent=2, ensure_ascii=False)


def _stage(stage: Stage) -> dict[str, Any]:
    state = stage.state
    return {
        "version": state.version, "date": state.date, "status": state.status,
        **({"withdrawn": state.withdrawn} if state.withdrawn else {}),
        "fate": stage.fate, "digest": stage.digest,
        **({"outcome": stage.redirect.outcome, "to": list(stage.redirect.to)} if stage.redirect else {}),
        "taken": [row.id for row in stage.taken],
        "changes": [
            {
                "table": turn.table, "key": turn.key, "field": turn.field, "old": turn.old, "new": turn.new,
                "reason": turn.revision.reason if turn.revision else "",
                "note": turn.revision.note if turn.revision else "",
            }
            for turn in stage.turns
        ],
    }  # fmt: skip


def shown_text(shown: Shown) -> str:
    """The record, one field on a line, with the rows inside it below."""
    record = shown.record
    lines = [visible(f"{record.id} {record.label}".rstrip()) + f" ({record.table})", f"{_edition(shown)}", ""]
    lines += _fields(record.content, "")
    return "\n".join([*lines, "", f"content SHA-256 {record.digest}"])


def _edition(shown: Shown) -> str:
    if shown.state.version == NEXT:
        return f"{shown.dataset}, as the tree holds it now"
    taken = f", withdrawn: {visible(shown.state.withdrawn) or 'yes'}" if shown.state.status == "withdrawn" else ""
    return f"{shown.dataset} {shown.version}, {shown.date}{taken}"


def _fields(content: Mapping[str, object], margin: str) -> Iterator[str]:
    texts = {name: held for name, held in content.items() if isinstance(held, str)}
    width = max(map(len, texts), default=0)
    for name, text in texts.items():
        yield f"{margin}{name:<{width}}  {visible(text)}"
    for name, rows in content.items():
        if isinstance(rows, Sequence) and not isinstance(rows, str):
            for row in rows:
                yield f"{margin}{name}:"
                yield from _fields(row, f"{margin}  ")


def shown_json(shown: Shown) -> str:
    """The record as a JSON object; `content` is what the digest is made of."""
    value = {
        "dataset": shown.dataset, "version": shown.state.version, "date": shown.date, "table": shown.record.table,
        "id": shown.record.id, "digest": shown.record.digest, "content": shown.record.content,
    }  # fmt: skip
    return json.dumps(value, indent=2, ensure_ascii=False)
