"""GEXF: who did what to whom as a network, for Gephi and networkx: actors are nodes, events are directed edges.

An event leads from each initiator to each target, and to each partner; partners, who take part on equal terms, are
joined in both directions. Other roles are no edges. https://gexf.net/schema.html, version 1.2, which both read.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from eventpack.errors import EventpackError
from eventpack.loading.celltext import value_text
from eventpack.loading.eventwords import last_day
from eventpack.material import Material, TypedTable

_NEEDED: Mapping[str, Sequence[str]] = {
    "events": ("event_id",), "actors": ("actor_id",), "participants": ("event_id", "actor_id", "role"),
}  # fmt: skip
_LAST = "\x00last"
# What Gephi does not take: anything but tab, line ends and what XML 1.0 calls a character.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KINDS: Mapping[str, str] = {"integer": "long", "number": "double", "boolean": "boolean", "year": "integer"}
_EDGE_FIELDS = ("type", "realis", "date_earliest", "date_latest", "place_id")
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Edge:
    """An event from one actor to another; `mutual` when it leads back as well."""

    event: _Row
    source: str
    target: str
    mutual: bool


def write_gexf(material: Material, folder: Path) -> list[str]:
    """Write `<name>.gexf`.

    Nodes have the columns of `actors`. Edges have the event's id, title, type with its label, realis, place, the bounds
    of its date, and `date` when that is one day; each weighs 1, so that the weights of merged edges count events. Start
    and end of an edge are the first and last possible day of the event, and are left open where nobody knows them.

    Raises:
        EventpackError: The dataset has no events with participants.
    """
    for table, fields in _NEEDED.items():
        if lacking := [name for name in fields if table not in material.names or name not in _names(material, table)]:
            what = f"there is no `{table}.{lacking[0]}`" if table in material.names else f"there is no table `{table}`"
            raise EventpackError(f"a network needs events, actors and participants; {what}", "choose another format")
    actors, events = material.table("actors"), material.table("events")
    edges = list(_edges(material))
    with (folder / f"{material.label}.gexf").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _document(material, actors, events, edges))
    return list(_notes(material, {edge.event["event_id"] for edge in edges}, events.frame.height))


def _names(material: Material, table: str) -> list[str]:
    return material.table(table).frame.columns


def _edges(material: Material) -> Iterator[_Edge]:
    """The edges in the order of events and participants."""
    roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for event, actor, role in material.table("participants").frame.select("event_id", "actor_id", "role").iter_rows():
        roles[event][role].append(actor)
    frame = material.table("events").frame
    known = [name for name in frame.columns if name == "realis" or frame.schema[name] == pl.Date]
    ends = frame.with_columns(last_day(known).alias(_LAST))[_LAST]
    for event, last in zip(frame.iter_rows(named=True), ends, strict=True):
        held = roles[event["event_id"]]
        told = {**event, "last": last}
        partners = list(dict.fromkeys(held["partner"]))
        goals = dict.fromkeys([*held["target"], *partners])
        for source, target in product(dict.fromkeys(held["initiator"]), goals):
            yield _Edge(told, source, target, mutual=False)
        for source, target in permutations(partners, 2):
            yield _Edge(told, source, target, mutual=True)


def _notes(material: Material, joined: set[str], whole: int) -> Iterator[str]:
    """How many events are no edges, and how many participants do not show."""
    if alone := whole - len(joined):
        yield f"{alone:,} of {whole:,} events have nobody at one end, or at both, and are no edges"
    rows = material.table("participants").frame.select("event_id", "role").iter_rows()
    others = Counter(role for _, role in rows if role not in ("initiator", "target", "partner"))
    for role, count in sorted(others.items()):
        yield f"{role}: {count:,} participant{'s' * (count != 1)} with this role, which no edge shows"


def _document(material: Material, actors: TypedTable, events: TypedTable, edges: Sequence[_Edge]) -> Iterator[str]:
    descriptor = material.package.descriptor
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">'
    )
    modified = f' lastmodifieddate="{descriptor.created[:10]}"' if descriptor.created else ""
    title = f"{descriptor.title or material.name} {material.version}".strip()
    by = _text(_creator(material))
    yield f"<meta{modified}><creator>{by}</creator><description>{_text(title)}</description></meta>"
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">'
    columns = [column for column in actors.columns if column.name not in ("actor_id", "name")]
    yield from _attributes("node", [(column.name, _KINDS.get(column.kind, "string")) for column in columns])
    fields = [name for name in _EDGE_FIELDS if name in events.frame.columns]
    more = [
        ("mutual", "boolean"),
        ("date", "string"),
        ("type_label", "string"),
        ("title", "string"),
        ("event_id", "string"),
    ]
    yield from _attributes("edge", [*reversed(more), *((name, "string") for name in fields)])
    yield "<nodes>"
    for row in actors.frame.iter_rows(named=True):
        label = row.get("name") or row["actor_id"]
        values = _values((at, row[column.name]) for at, column in enumerate(columns))
        yield f"<node id={_quoted(row['actor_id'])} label={_quoted(label)}>{values}</node>"
    yield "</nodes>"
    yield "<edges>"
    labels = next((column.labels or {} for column in events.columns if column.name == "type"), {})
    for edge in edges:
        yield _edge(edge, fields, labels)
    yield from ("</edges>", "</graph>", "</gexf>")


def _creator(material: Material) -> str:
    descriptor = material.package.descriptor
    people = (each.title or f"{each.given_name} {each.family_name}".strip() for each in descriptor.contributors)
    return ", ".join(people) or material.name


def _attributes(kind: str, named: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">'
    for at, (name, type_) in enumerate(named):
        yield f'<attribute id="{at}" title={_quoted(name)} type="{type_}"/>'
    yield "</attributes>"


def _edge(edge: _Edge, fields: Sequence[str], labels: Mapping[str, str]) -> str:
    event, ends = edge.event, f" source={_quoted(edge.source)} target={_quoted(edge.target)}"
    first, last = event.get("date_earliest"), event.get("date_latest")
    span = _day(" start", first) + _day(" end", event["last"])
    own = f"{event['event_id']}|{edge.source}|{edge.target}"
    told = [
        event["event_id"], event.get("title"), labels.get(event.get("type") or ""), first if first == last else None,
        edge.mutual, *(event[name] for name in fields),
    ]  # fmt: skip
    named = f'{ends} label={_quoted(event.get("type") or "")} weight="1.0"{span}'
    return f"<edge id={_quoted(own)}{named}>{_values(enumerate(told))}</edge>"


def _day(name: str, day: object) -> str:
    return f'{name}="{day.isoformat()}"' if isinstance(day, datetime.date) else ""


def _values(values: Iterable[tuple[int, Any]]) -> str:
    told = "".join(f'<attvalue for="{at}" value={_quoted(value)}/>' for at, value in values if value is not None)
    return f"<attvalues>{told}</attvalues>" if told else ""


def _quoted(value: Any) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", value_text(value)), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
