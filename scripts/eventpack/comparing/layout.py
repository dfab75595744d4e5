"""How a difference is laid out for readers, whatever the format: counts, changes of schemas, groups of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventpack.comparing.difference import Difference, Duplicate, Fate, RecordChange, SchemaChange
from eventpack.comparing.wording import Mark, is_long, word_marks

FATES: tuple[Fate, ...] = ("added", "removed", "changed")
HEADER = ("table", *FATES)
SIGNS: Mapping[Fate, str] = {"added": "+", "removed": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one record and of those that are written inside it; `title` names it, with its label."""

    table: str
    id: str
    label: str
    changes: Sequence[RecordChange]


def count_rows(difference: Difference) -> list[tuple[str, ...]]:
    """One row for each table in which records differ."""
    return [
        (name, *(f"{table.counts[fate]:,}" for fate in FATES))
        for name, table in difference.tables.items()
        if table.changes
    ]


def groups_of(difference: Difference, limit: int | None) -> list[Group]:
    """The records that differ, those that are written inside another below it; so many groups at most."""
    found: dict[tuple[str, str], list[RecordChange]] = {}
    for change in difference.records:
        found.setdefault(change.parent or (change.table, "|".join(change.key)), []).append(change)
    order = {name: at for at, name in enumerate(difference.tables)}
    places = sorted(found, key=lambda place: (order.get(place[0], -1), place[1]))
    return [_group(difference, place, found[place]) for place in places[:limit]]


def _group(difference: Difference, place: tuple[str, str], changes: Sequence[RecordChange]) -> Group:
    own = next((change.label for change in changes if not change.parent), "")
    return Group(*place, own or difference.labels.get(place, ""), changes)


def group_count(difference: Difference) -> int:
    """How many groups there are."""
    return len({change.parent or (change.table, "|".join(change.key)) for change in difference.records})


def verdict(difference: Difference) -> str:
    """The step, with the reasons of that size."""
    step = difference.step
    if step == "none":
        return "equal: nothing differs"
    reasons = [reason.say for reason in difference.reasons if reason.step == step]
    more = f" and {len(reasons) - 4} more" if len(reasons) > 4 else ""
    return f"step: {step}, because of {'; '.join(reasons[:4])}{more}"


def field_words(difference: Difference, table: str, field: str) -> str:
    """A field with what it is called, where that says more."""
    title = difference.titles.get((table, field), "")
    return f"{field} ({title})" if title else field


def schema_words(change: SchemaChange) -> str:
    """A change of a schema as one line."""
    place = ".".join(part for part in (change.table, change.field) if part) or "package"
    texts = "" if change.field in (change.old, change.new) or place in (change.old, change.new) else _texts(change)
    hint = f" ({change.hint})" if change.hint else ""
    return f"{place}: {change.kind.replace('-', ' ')}{f': {texts}' if texts else ''}{hint} [{change.step}]"


def _texts(change: SchemaChange) -> str:
    if is_long(change.old, change.new):
        return "".join(marked(mark, text) for mark, text in word_marks(change.old, change.new))
    return " → ".join(text for text in (change.old, change.new) if text)


def marked(mark: Mark, text: str) -> str:
    """A part of two texts that are compared by word, for where there are no colours."""
    return text if mark == "same" else f"[-{text}-]" if mark == "gone" else f"{{+{text}+}}"


def duplicates_of(difference: Difference) -> Iterator[tuple[str, Duplicate]]:
    """The keys that stand more than once, with their tables."""
    for name, table in difference.tables.items():
        for one in table.duplicates:
            yield name, one


def duplicate_words(table: str, one: Duplicate) -> str:
    """What is said of a key that stands more than once."""
    said = "the rows differ, and nobody can say which is which" if one.differs else "the rows are the same"
    return f"{table} {'|'.join(one.key)}: in {_rows(one.old)} before, in {_rows(one.new)} now; {said}"


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def notes_of(difference: Difference) -> Iterator[str]:
    """What a reader must know: tables without a key, and those that were left out."""
    for name, table in difference.tables.items():
        if not table.key and table.changes:
            offered = " or ".join(f"--key {name}={','.join(one)}" for one in table.candidates)
            hint = f"; what tells its rows apart: {offered}" if offered else ", and no one or two columns would be one"
            yield f"{name} has no key that both states have, so whole rows are compared{hint}"
    if lacking := [one for one in difference.schema if one.kind in ("field-added", "field-removed")]:
        names = dict.fromkeys(".".join((one.table, one.field)) for one in lacking)
        yield f"the values of fields that one state lacks are not compared: {', '.join(names)}"
    if difference.left_out:
        yield f"derived tables are left out: {', '.join(difference.left_out)} (--derived compares them)"
