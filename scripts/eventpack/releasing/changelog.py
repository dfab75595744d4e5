"""The section of `CHANGES.md` that tells readers of the data what a version changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eventpack.comparing.difference import Difference
from eventpack.derive.markdown import code, plain, table
from eventpack.releasing.explained import Explanations

_TITLE = "# Changes of the data\n"
_HEADING = re.compile(r"^## +\[?v?([^\s,\]]+)\]?.*$", re.MULTILINE)
_COMING = ("next", "unreleased", "coming")


@dataclass(frozen=True, slots=True)
class Notes:
    """What a section tells: the version, its day, prose, rows per table before and now, the difference and reasons.

    `definitions` say what codes of reasons mean. A first release has no `previous` and no difference.
    """

    version: str
    date: str
    summary: str
    before: Mapping[str, int]
    now: Mapping[str, int]
    previous: str
    difference: Difference | None
    given: Explanations
    definitions: Mapping[str, str]


def section_of(notes: Notes) -> str:
    """The section, from its heading to its last line."""
    lines = [f"## {notes.version}, {notes.date}", "", notes.summary.strip(), "", "### Records", "", *_counts(notes)]
    for title, found in (
        ("Corrections", _corrections(notes)), ("Withdrawn records", _withdrawn(notes)), ("Schemas", _schemas(notes)),
    ):  # fmt: skip
        if held := list(found):
            lines += ["", f"### {title}", "", *held]
    return "\n".join(lines) + "\n"


def with_section(text: str, version: str, section: str) -> str:
    """`CHANGES.md` with a section before the older ones; one for the coming version goes."""
    text = _without_coming(text or _TITLE, version)
    first = _HEADING.search(text)
    before, after = (text[: first.start()], text[first.start() :]) if first else (text, "")
    return f"{before.rstrip()}\n\n{section}" + (f"\n{after}" if after else "")


def prose_for(text: str, version: str) -> str:
    """What somebody wrote for the coming version: the section headed `next`, `unreleased` or the version itself."""
    return "\n\n".join(body.strip() for _, _, body in _coming(text, version)).strip()


def _coming(text: str, version: str) -> Iterator[tuple[int, int, str]]:
    """Where the sections for the coming version begin and end, and what stands in them."""
    headings = list(_HEADING.finditer(text))
    for at, found in enumerate(headings):
        if found[1].lower() in (*_COMING, version.lower()):
            end = headings[at + 1].start() if at + 1 < len(headings) else len(text)
            yield found.start(), end, text[found.end() : end]


def _without_coming(text: str, version: str) -> str:
    for start, end, _ in reversed(list(_coming(text, version))):
        text = text[:start] + text[end:]
    return text


def _counts(notes: Notes) -> Iterator[str]:
    """Rows per table; those of a version before beside what came, went and changed."""
    if notes.difference is None:
        yield from table(("table", notes.version), [(code(name), f"{n:,}") for name, n in notes.now.items() if n])
        return
    rows = []
    for name in dict.fromkeys([*notes.now, *notes.before]):
        was, now = notes.before.get(name, 0), notes.now.get(name, 0)
        held = notes.difference.tables.get(name)
        fates = [held.counts[fate] for fate in ("added", "changed", "removed")] if held else [0, 0, 0]
        fates[2] += held.counts["redirected"] if held else 0
        if was or now:
            rows.append((code(name), f"{was:,}", f"{now:,}", *(f"{n:,}" if n else "" for n in fates)))
    yield from table(("table", notes.previous, notes.version, "added", "changed", "gone"), rows)


def _corrections(notes: Notes) -> Iterator[str]:
    """How many values and records were corrected, by reason and table; those that are redirected stand elsewhere."""
    found: Counter[tuple[str, str, str]] = Counter()
    for change in notes.difference.records if notes.difference else ():
        for cell in change.cells:
            rows = notes.given.of_cell(change, cell)
            if rows:
                found[rows[-1].reason, change.table, "value"] += 1
        told = notes.given.of_record(change) if change.fate in ("added", "removed") and not change.redirect else None
        if told:
            found[told.reason, change.table, change.fate] += 1
    for reason in sorted({reason for reason, _, _ in found}):
        held = {(name, fate): count for (other, name, fate), count in found.items() if other == reason}
        said = ", ".join(_amount(count, fate, name) for (name, fate), count in sorted(held.items()))
        meaning = f" ({plain(notes.definitions[reason].rstrip('.'))})" if reason in notes.definitions else ""
        yield f"- {code(reason)}{meaning}: {said}"


def _withdrawn(notes: Notes) -> Iterator[str]:
    for row in notes.given.redirects:
        successor = ", ".join(code(one) for one in row.to)
        said = f"{row.outcome.replace('-', ' ')} {successor}" if successor else row.outcome
        yield f"- {code(row.id)} of {code(row.table)}: {said}. {plain(row.reason)}".rstrip()


def _schemas(notes: Notes) -> Iterator[str]:
    for change in notes.difference.schema if notes.difference else ():
        place = code(".".join(part for part in (change.table, change.field) if part) or "package")
        texts = " → ".join(code(_short(text)) for text in (change.old, change.new) if text and "\n" not in text)
        yield f"- {place}: {change.kind.replace('-', ' ')}" + (f" ({texts})" if texts else "")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _amount(count: int, fate: str, table: str) -> str:
    what = f"{count:,} {'value' if fate == 'value' else 'record'}{'' if count == 1 else 's'}"
    return f"{what} in {code(table)}" if fate == "value" else f"{what} {fate} in {code(table)}"
