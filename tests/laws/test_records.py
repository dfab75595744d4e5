"""Law: records become tables and tables become the same records, without loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from eventpack.nesting import Shape, tables_from_records
from eventpack.records import read_record
from eventpack.tables import Table

SHAPE = Shape(
    "events",
    "event_id",
    {
        "events": ("event_id", "title", "note"),
        "claims": ("claim_id", "event_id", "said"),
        "roles": ("event_id", "who", "what"),
    },
    {"events": ("event_id",), "claims": ("claim_id",), "roles": ("event_id", "who")},
    {"claims": "event_id", "roles": "event_id"},
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@st.composite
def records(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Records as plain data, by id; missing fields are left out, children sorted by key."""
    found: dict[str, dict[str, Any]] = {}
    claim_ids = iter(draw(st.lists(TEXT, unique=True, min_size=12, max_size=12)))
    for event_id in draw(st.lists(TEXT, unique=True, max_size=4)):
        record: dict[str, Any] = {"event_id": event_id} | draw(
            st.fixed_dictionaries({}, optional={"title": TEXT, "note": TEXT})
        )
        claims = [
            {"claim_id": next(claim_ids)} | draw(st.fixed_dictionaries({}, optional={"said": TEXT}))
            for _ in range(draw(st.integers(0, 3)))
        ]
        roles = [{"who": who, "what": draw(TEXT)} for who in sorted(draw(st.lists(TEXT, unique=True, max_size=3)))]
        if claims:
            record["claims"] = sorted(claims, key=lambda claim: claim["claim_id"])
        if roles:
            record["roles"] = roles
        found[event_id] = record
    return found


def rows_from_tables(tables: Mapping[str, Table], shape: Shape) -> dict[str, dict[str, object]]:
    """Each record as plain data (missing fields left out, children in table order): the inverse of the reading."""
    records: dict[str, dict[str, object]] = {}
    for index in range(tables[shape.table].size):
        row = {name: text for name, text in tables[shape.table].row(index).items() if text}
        records[row[shape.id_field]] = dict(row)
    for name, key in shape.keys.items():
        for index in range(tables[name].size):
            row = {field: text for field, text in tables[name].row(index).items() if text}
            owner = records.get(row.pop(key, ""))
            if owner is not None:
                children = owner.setdefault(name, [])
                assert isinstance(children, list)
                children.append(row)
    return records


@given(records())
def test_records_become_tables_and_the_same_records_again(found: dict[str, dict[str, Any]]) -> None:
    """Whatever text the cells hold, reading, flattening and nesting again is the identity."""
    files = [
        read_record(yaml.safe_dump(r, allow_unicode=True, default_style='"', default_flow_style=False), "x.yaml")
        for r in found.values()
    ]
    assert rows_from_tables(tables_from_records(files, SHAPE), SHAPE) == found
