"""A difference as one HTML page that needs nothing else; every text of the data is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from eventpack.comparing import layout
from eventpack.comparing.difference import CellChange, Difference, RecordChange
from eventpack.comparing.wording import Mark, is_long, word_marks

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1b1b1b;
  background: #fff; }}
table {{ border-collapse: collapse; margin: .5rem 0 1rem; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .2rem .7rem; text-align: left; vertical-align: top; }}
.count {{ text-align: right; }}
td {{ overflow-wrap: anywhere; white-space: pre-wrap; }}
del {{ background: #fbdcdc; color: #6b0f0f; }}
ins {{ background: #d6f2d9; color: #0b4f17; text-decoration: none; }}
.label {{ color: #555; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p><strong>{verdict}</strong></p>"""
_TAGS: dict[Mark, str] = {"gone": "del", "come": "ins"}


def as_html(difference: Difference, limit: int | None = None) -> str:
    """The page; so many groups of records at most."""
    title = escape(f"From {difference.old} to {difference.new}")
    lines = [_HEAD.format(title=title, verdict=escape(layout.verdict(difference)))]
    if counts := layout.count_rows(difference):
        lines += _counts(counts)
    if difference.schema:
        lines += ["<h2>Descriptor and schemas</h2>", *_list(map(layout.schema_words, difference.schema))]
    for group in layout.groups_of(difference, limit):
        label = f" {_labelled(group.label)}" if group.label else ""
        lines += [f"<h2><code>{escape(f'{group.table} {group.id}')}</code>{label}</h2>", "<table>"]
        lines += ["<tr><th>record</th><th>change</th><th>field</th><th>old</th><th>new</th></tr>"]
        lines += [row for change in group.changes for row in _rows(difference, change)]
        lines += ["</table>"]
    more = layout.group_count(difference) - limit if limit is not None else 0
    lines += [f"<p>{more:,} more records are not shown.</p>"] if more > 0 else []
    if twice := [layout.duplicate_words(*one) for one in layout.duplicates_of(difference)]:
        lines += ["<h2>Keys that stand more than once</h2>", *_list(twice)]
    lines += [f"<p>Note: {escape(note)}</p>" for note in layout.notes_of(difference)]
    return "\n".join([*lines, "</body>", "</html>"])


def _counts(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "<table>"
    for kind, row in [("th", layout.HEADER), *(("td", row) for row in rows)]:
        cells = "".join(f'<{kind} class="count">{escape(cell)}</{kind}>' for cell in row[1:])
        yield f"<tr><{kind}>{escape(row[0])}</{kind}>{cells}</tr>"
    yield "</table>"


def _list(texts: Iterable[str]) -> list[str]:
    return ["<ul>", *(f'<li dir="auto">{escape(text)}</li>' for text in texts), "</ul>"]


def _rows(difference: Difference, change: RecordChange) -> Iterator[str]:
    name = f"{change.table} {'|'.join(change.key)}"
    head = f"<tr><td>{escape(name)}</td><td>{escape(change.what)}</td>"
    if change.gone and change.redirect:
        yield f"{head}<td></td>{_text('del', change.label)}<td></td></tr>"
    elif change.fate != "changed":
        for field, text in change.row.items():
            if text:
                told = _text("ins" if change.fate == "added" else "del", text, change.leads.get(field, ""))
                both = f"<td></td>{told}" if change.fate == "added" else f"{told}<td></td>"
                yield f"{head}{_field(difference, change, field)}{both}</tr>"
    for cell in change.cells:
        yield f"{head}{_field(difference, change, cell.field)}{_change(cell)}</tr>"


def _field(difference: Difference, change: RecordChange, field: str) -> str:
    return f"<td>{escape(layout.field_words(difference, change.table, field))}</td>"


def _change(cell: CellChange) -> str:
    """Old and new in two cells, or long texts in one, word by word."""
    if not is_long(cell.old, cell.new):
        return _text("del", cell.old, cell.old_label) + _text("ins", cell.new, cell.new_label)
    marks = word_marks(cell.old, cell.new)
    words = (escape(text) if mark == "same" else _tagged(_TAGS[mark], text) for mark, text in marks)
    return f'<td colspan="2" dir="auto">{"".join(words)}</td>'


def _text(tag: str, text: str, label: str = "") -> str:
    return f'<td dir="auto">{_tagged(tag, text) if text else ""}{f" {_labelled(label)}" if label else ""}</td>'


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


def _labelled(label: str) -> str:
    return f'<span class="label" dir="auto">{escape(label)}</span>'
