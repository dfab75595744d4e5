"""Which column of a foreign file is which field: by order, or by name as `fieldsMatch` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from eventpack.finding import Finding, Location, near_miss
from eventpack.schema import Schema

MORE_COLUMNS, _FEWER_COLUMNS = ("subset", "partial"), ("superset", "partial")
_FIX = "make header and schema equal, or say in `fieldsMatch` how they differ"
_MOST_TOLD = 100  # beyond, places cost more than they tell
Place = Callable[[int, str], Location]  # of a column of the header, and the field it is about


def match_columns(
    labels: Sequence[str], schema: Schema, ignore_case: bool, place: Place
) -> tuple[list[int | None], list[Finding]]:
    """For each field the column that holds it, if any, and how the header departs from the schema.

    Without `fieldsMatch`, and with `exact`, all names must be equal and in order. The other modes pair by name; a
    field that may be left out must not be required or part of the primary key.
    """
    mode = schema.match_mode
    wanted = [_key(name, ignore_case) for name in schema.names]
    held = [_key(label, ignore_case) for label in labels]
    findings = [*_unclear(labels, held, place), *_wrong(labels, wanted, held, mode, schema, place)]
    if mode == "exact" and not findings and held != wanted:
        what = "the columns are not in the schema's order"
        findings.append(Finding("csv/header", place(0, ""), what, ",".join(labels), fix=_FIX))
    if not any(finding.severity == "error" for finding in findings):
        findings += _loose(labels, schema, ignore_case, place)
    at = {name: column for column, name in reversed(list(enumerate(held)))}
    return [at.get(name) for name in wanted], findings


def _key(name: str, ignore_case: bool) -> str:
    return name.strip().lower() if ignore_case else name.strip()


def _unclear(labels: Sequence[str], held: list[str], place: Place) -> Iterator[Finding]:
    """Names that stand twice, or that are blank."""
    if blank := [column for column, name in enumerate(held) if not name]:
        what = f"the column {blank[0] + 1} has no name" + (f", and {len(blank) - 1} more" if len(blank) > 1 else "")
        yield Finding("csv/blank-header", place(blank[0], ""), what, fix="name it, or remove the column")
    seen: set[str] = {""}
    told = 0
    for column, name in enumerate(held):
        if name and name in seen and told < _MOST_TOLD:
            told += 1
            what = f"the column `{labels[column]}` stands twice"
            yield Finding("csv/duplicate-header", place(column, labels[column]), what, labels[column], fix="rename one")
        seen.add(name)


def _wrong(
    labels: Sequence[str], wanted: list[str], held: list[str], mode: str, schema: Schema, place: Place
) -> Iterator[Finding]:
    """Fields without a column, and columns without a field."""
    there, known = set(held), set(wanted)
    for name, key in zip(schema.names, wanted, strict=True):
        if key not in there and (mode not in _FEWER_COLUMNS or schema.demands(name)):
            yield Finding("csv/header", place(0, name), f"the column `{name}` is missing", fix=_FIX)
    if mode == "partial" and not known & there:
        yield Finding("csv/header", place(0, ""), "no column is a field of the schema", ",".join(labels), fix=_FIX)
    strangers = [column for column, key in enumerate(held) if key and key not in known]
    for column in strangers[:_MOST_TOLD] if mode not in MORE_COLUMNS else ():
        if label := labels[column]:
            what = f"the column `{label}` is not in the schema{near_miss(label, schema.names)}"
            yield Finding("csv/header", place(column, label), what, label, fix=_FIX)


def _loose(labels: Sequence[str], schema: Schema, ignore_case: bool, place: Place) -> Iterator[Finding]:
    """Names that are only nearly those of the schema."""
    names = {_key(name, ignore_case): name for name in schema.names}
    for column, label in enumerate(labels):
        name = names.get(_key(label, ignore_case), label)
        if label != name:
            what = f"the column `{label}` is read as `{name}`"
            fix = "write the name as the schema has it"
            yield Finding("csv/header", place(column, name), what, label, fix=fix, severity="warning")
