"""Claims on invented texts, as the evidence that the checks of evidence look at, without files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from eventpack.evidence.cited import Cited, Evidence
from eventpack.finding import Location
from eventpack.opening import open_package
from eventpack.subject import Subject, read_subject
from eventpack.tables import Table, table_from_rows
from tests.smallpack import EVENT, write_small_package

DATASET = Path(__file__).parent.parent
Row = Mapping[str, str]
MEASURES: tuple[Row, ...] = (
    {"code": "boats", "kind": "count", "unit": "boats"},
    {"code": "stay-days", "kind": "count", "unit": "of the thing counted"},
    {"code": "toll", "kind": "amount", "unit": "crowns"},
    {"code": "paid", "kind": "amount", "unit": "USD"},
    {"code": "share", "kind": "percent", "unit": "percent"},
)
TYPES: tuple[Row, ...] = (
    {"code": "STATEMENT", "quad_class": ""},
    {"code": "STATEMENT-address", "broader": "STATEMENT"},
    {"code": "CONSULT", "quad_class": "1"},
    {"code": "PROTEST", "quad_class": "4"},
)


def cite(
    text: str,
    claims: Sequence[Row],
    *,
    event: Row | None = None,
    published: str = "2026-03-05",
    language: str = "en",
    passages: Sequence[str] = (),
    own: int | None = None,
    links: Sequence[Row] = (),
) -> Evidence:
    """The evidence of some claims on a text: each on the whole text, or on one of the `passages`.

    All belong to EV-1, unless a claim says otherwise; of the claims, only the first `own` are reported on.
    """
    happened = {"event_id": "EV-1", "type": "PROTEST", "realis": "occurred", **(event or {})}
    source = {
        "source_id": "SRC-1", "language": language, "published_earliest": published, "published_latest": published,
    }  # fmt: skip
    rows: list[dict[str, str]] = []
    for number, claim in enumerate(claims):
        passage = passages[number] if passages else text
        start = text.index(passage)
        rows.append({
            "claim_id": f"CL-{number}", "event_id": "EV-1", "source_id": "SRC-1", "stance": "asserts",
            "status": "accepted", "passage_start": str(start), "passage_end": str(start + len(passage)), **claim,
        })  # fmt: skip
    events = [happened, *({"event_id": name} for name in _others(rows))]
    tables = {
        "sources": as_table("sources", [source]), "events": as_table("events", events),
        "claims": as_table("claims", rows), "measures": as_table("measures", MEASURES),
        "wording_rules": as_table("wording_rules", wording_rules()), "event_types": as_table("event_types", TYPES),
        "event_links": as_table("event_links", links),
    }  # fmt: skip
    base = _base()
    subject = Subject(base.package, tables, tables, (), None, frozenset(), tables)
    cited = [
        Cited(row, claim, happened if claim["event_id"] == "EV-1" else {"event_id": claim["event_id"]}, source, text,
              int(claim["passage_start"]), int(claim["passage_end"]))
        for row, claim in enumerate(rows[: len(rows) if own is None else own])
    ]  # fmt: skip
    return Evidence.of(subject, tables["claims"], cited)


def as_table(name: str, rows: Iterable[Row]) -> Table:
    """A table of rows, whose locations are `name:row:1`."""
    rows = list(rows)
    header = list(dict.fromkeys(field for row in rows for field in row))
    texts = [[row.get(field, "") for field in header] for row in rows]
    return table_from_rows(name, header, texts, lambda row, field: Location(name, row + 1, 1, name, row + 1, field))


@cache
def wording_rules() -> tuple[Row, ...]:
    """The wording rules of the dataset."""
    with (DATASET / "data/wording_rules.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _base() -> Subject:
    with TemporaryDirectory() as folder:
        write_small_package(Path(folder) / "small", EVENT)
        return read_subject(open_package(Path(folder) / "small"))[0]


def _others(rows: Iterable[Row]) -> list[str]:
    return sorted({row["event_id"] for row in rows} - {"EV-1"})
