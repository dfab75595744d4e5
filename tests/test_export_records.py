"""`eventpack export --as jsonl,gexf`: events with all that is written inside them, and the network of actors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import networkx
import polars as pl
import pytest

import eventpack
from tests.exportpack import write_export_package
from tests.smallpack import EVENT, csv_line, write_small_package
from tests.test_load import refusal
from tests.typedpack import fields, leading, write_typed

ROOT = Path(__file__).parents[1]
TALKS = EVENT.replace("EV-aaaa01", "EV-bbbb01").replace("CL-aaaa", "CL-bbbb").replace(
    "  - actor_id: ACT-aaaa01\n    role: initiator\n",
    "  - actor_id: ACT-aaaa01\n    role: partner\n  - actor_id: ACT-aaaa02\n    role: partner\n",
)  # fmt: skip
CALL = (
    EVENT.replace("EV-aaaa01", "EV-cccc01").replace("CL-aaaa", "CL-cccc").replace("realis: occurred", "realis: ongoing")
    .replace("date_latest: 2026-03-02", "date_latest: 2026-03-04")
    .replace(
        "    role: initiator\n",
        "    role: initiator\n  - actor_id: ACT-aaaa02\n    role: target\n  - actor_id: ACT-aaaa03\n    role: host\n",
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three events: one of a single actor, talks between two, and one directed at another."""
    folder = write_small_package(tmp_path_factory.mktemp("port"))
    for record in (TALKS, CALL):
        name = record.split("\n", 1)[0].removeprefix("event_id: ")
        (folder / f"data/records/events/{name}.yaml").write_text(record, "utf-8")
    with (folder / "data/actors.csv").open("a", encoding="utf-8") as file:
        file.write(csv_line("actors", {"actor_id": "ACT-aaaa03", "name": "Harbour & <Sons>", "kind": "organisation"}))
    eventpack.build(folder)
    return folder


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_events_hold_what_lies_inside_them(port: Path, tmp_path: Path) -> None:
    """Claims, participants, places and links are lists in the event, without its id; other tables stand alone."""
    done = eventpack.export(port, ["jsonl"], out=tmp_path)
    folder, data = done.folder / "jsonl", eventpack.load(port)
    events = lines(folder / "events.jsonl")
    assert [event["event_id"] for event in events] == ["EV-aaaa01", "EV-bbbb01", "EV-cccc01"]
    assert [claim["claim_id"] for claim in events[0]["claims"]] == ["CL-aaaa01", "CL-aaaa02"]
    assert events[0]["participants"] == [{"actor_id": "ACT-aaaa01", "role": "initiator", "claim_id": None}]
    assert (events[0]["event_links"], events[0]["date_latest"], events[0]["place_id"]) == ([], "2026-03-02", None)
    assert events[0]["claims"][1]["passage_start"] == 44
    assert "event_id" not in events[0]["claims"][0]
    inside = {"claims", "participants", "event_places", "event_links"}
    assert {path.stem for path in folder.iterdir()} == set(data.tables) - inside
    assert set(events[0]) - set(data.events.columns) == inside


def test_every_row_is_there_once(tmp_path: Path) -> None:
    """The dataset of this repository, put together again from its lines, and read by polars and DuckDB."""
    folder, data = eventpack.export(ROOT, ["jsonl"], out=tmp_path).folder / "jsonl", eventpack.load(ROOT)
    events = lines(folder / "events.jsonl")
    for name in data.tables:
        path, columns = folder / f"{name}.jsonl", data[name].columns
        nested = ({"event_id": event["event_id"], **row} for event in events for row in event.get(name, ()))
        rows = [[row[column] for column in columns] for row in (lines(path) if path.is_file() else nested)]
        expected = json.loads(json.dumps(data[name].rows(), default=str))
        assert (name, sorted(rows, key=str)) == (name, sorted(expected, key=str))
    claims = pl.read_ndjson(folder / "events.jsonl").explode("claims").unnest("claims", separator=".")
    assert claims["claims.claim_id"].drop_nulls().sort().to_list() == data.claims["claim_id"].sort().to_list()
    question = f"SELECT sum(len(claims)) FROM read_json('{folder}/events.jsonl')"
    counted = duckdb.connect().execute(question).fetchone()
    assert counted == (data.claims.height,)


def test_awkward_texts_and_numbers_survive(tmp_path: Path) -> None:
    """Line breaks, other scripts, whole numbers of 64 bits; NaN is a text, since JSON has no such number."""
    folder = eventpack.export(write_export_package(tmp_path / "pack"), ["jsonl"], out=tmp_path).folder / "jsonl"
    sites = lines(folder / "sites.jsonl")
    assert [site["name"] for site in sites][1:3] == ['=HYPERLINK("x","y")', 'Two\nlines, "quoted", 𝒳 and قلعة']
    assert (sites[0]["visits"], sites[0]["open"], sites[0]["opened"]) == (9223372036854775807, True, "0001-01-01")
    assert lines(folder / "nothing.jsonl") == []
    pack = write_typed(tmp_path / "nan", {"t": (fields(id="string", x="number"), "id,x\na,NaN\n")})
    assert lines(eventpack.export(pack, ["jsonl"], out=tmp_path).folder / "jsonl/t.jsonl") == [{"id": "a", "x": "NaN"}]


def test_a_row_of_no_record_is_not_lost_in_silence(tmp_path: Path) -> None:
    """It belongs into no line, so the export is refused."""
    child = {**leading(fields(id="string", of="string"), of="t.id"), "eventpack:inside": "t"}
    pack = write_typed(tmp_path / "pack", {"t": (fields(id="string"), "id\na\n"), "c": (child, "id,of\nx,a\ny,b\n")})
    what, fix = refusal(lambda: eventpack.export(pack, ["jsonl"], out=tmp_path))
    assert (what, fix) == (
        "`c` cannot be exported: rows of c belong to b, which is not in t", "run `eventpack validate`",
    )  # fmt: skip


def test_the_network_has_actors_and_directed_events(port: Path, tmp_path: Path) -> None:
    """Read by networkx: who does something leads to whom it is done; partners lead to each other."""
    done = eventpack.export(port, ["gexf"], out=tmp_path)
    network = networkx.read_gexf(done.folder / "gexf/small.gexf")
    assert (network.is_directed(), sorted(network.nodes)) == (True, ["ACT-aaaa01", "ACT-aaaa02", "ACT-aaaa03"])
    assert network.nodes["ACT-aaaa03"]["label"] == "Harbour & <Sons>"
    assert network.nodes["ACT-aaaa02"]["kind"] == "office"
    edges = {data["id"]: (source, target, data) for source, target, data in network.edges(data=True)}
    assert {key: edge[:2] for key, edge in edges.items()} == {
        "EV-bbbb01|ACT-aaaa01|ACT-aaaa02": ("ACT-aaaa01", "ACT-aaaa02"),
        "EV-bbbb01|ACT-aaaa02|ACT-aaaa01": ("ACT-aaaa02", "ACT-aaaa01"),
        "EV-cccc01|ACT-aaaa01|ACT-aaaa02": ("ACT-aaaa01", "ACT-aaaa02"),
    }
    told = edges["EV-bbbb01|ACT-aaaa01|ACT-aaaa02"][2]
    names = ("type", "type_label", "date", "weight", "mutual", "event_id", "start", "end")
    assert {name: told[name] for name in names} == {
        "type": "STATE", "type_label": "State", "date": "2026-03-02", "weight": 1.0, "mutual": True,
        "event_id": "EV-bbbb01", "start": "2026-03-02", "end": "2026-03-02",
    }  # fmt: skip
    assert done.notes == (
        "gexf: 1 of 3 events have nobody at one end, or at both, and are no edges",
        "gexf: host: 1 participant with this role, which no edge shows",
    )


def test_an_event_whose_end_is_open_has_no_end(port: Path, tmp_path: Path) -> None:
    """Nor `date`, which is there only when it is one day."""
    path = eventpack.export(port, ["gexf"], out=tmp_path).folder / "gexf/small.gexf"
    network = networkx.read_gexf(path)
    (told,) = (data for _, _, data in network.edges(data=True) if data["event_id"] == "EV-cccc01")
    assert {name: told.get(name) for name in ("start", "end", "date", "date_latest", "realis")} == {
        "start": "2026-03-02", "end": None, "date": None, "date_latest": "2026-03-04", "realis": "ongoing",
    }  # fmt: skip
    graph = ElementTree.parse(path).getroot()[1]
    assert (graph.get("defaultedgetype"), graph.get("mode"), graph.get("timeformat")) == ("directed", "dynamic", "date")


def test_the_network_of_this_repository(tmp_path: Path) -> None:
    """As many edges as pairs of initiators, targets and partners; the same bytes each time."""
    done = eventpack.export(ROOT, ["gexf"], out=tmp_path)
    path = next((done.folder / "gexf").iterdir())
    network, data = networkx.read_gexf(path), eventpack.load(ROOT)
    assert sorted(network.nodes) == data.actors["actor_id"].sort().to_list()
    first = data.participants.filter(pl.col("role") == "initiator")
    goal = data.participants.filter(pl.col("role").cast(pl.String).is_in(["target", "partner"]))
    partner = data.participants.filter(pl.col("role") == "partner")
    both = partner.join(partner, on="event_id").filter(pl.col("actor_id") != pl.col("actor_id_right"))
    assert network.number_of_edges() == first.join(goal, on="event_id").height + both.height > 20
    assert (
        path.read_bytes()
        == next((eventpack.export(ROOT, ["gexf"], out=tmp_path / "b").folder / "gexf").iterdir()).read_bytes()
    )


def test_without_events_there_is_no_network(tmp_path: Path) -> None:
    """The table that is missing is named."""
    pack = write_export_package(tmp_path / "pack")
    what, fix = refusal(lambda: eventpack.export(pack, ["gexf"], out=tmp_path))
    assert what == "a network needs events, actors and participants; there is no table `events`"
    assert fix == "choose another format"
    names = {"events": ("event_id", "title"), "actors": ("actor_id",), "participants": ("event_id", "actor_id")}
    tables = {name: (fields(**dict.fromkeys(held, "string")), ",".join(held) + "\n") for name, held in names.items()}
    others = write_typed(tmp_path / "others", tables)
    what, _ = refusal(lambda: eventpack.export(others, ["gexf"], out=tmp_path))
    assert what == "a network needs events, actors and participants; there is no `participants.role`"


def test_events_of_others_are_a_network_too(tmp_path: Path) -> None:
    """With no more than ids and roles, and dates that are text."""
    tables = {
        "events": (fields(event_id="string", date_earliest="string", date_latest="string"),
                   "event_id,date_earliest,date_latest\nE1,May,May\n"),
        "actors": (fields(actor_id="string"), "actor_id\nA\nB\n"),
        "participants": (fields(event_id="string", actor_id="string", role="string"),
                         "event_id,actor_id,role\nE1,A,initiator\nE1,B,target\n"),
    }  # fmt: skip
    done = eventpack.export(write_typed(tmp_path / "pack", tables), ["gexf"], out=tmp_path)
    network = networkx.read_gexf(done.folder / "gexf/typed.gexf")
    ((source, target, told),) = network.edges(data=True)
    assert (source, target, told["date"], told.get("start")) == ("A", "B", "May", None)


def test_what_is_no_xml_is_marked(port: Path, tmp_path: Path) -> None:
    """Controls cannot stand in XML in any way."""
    from eventpack.exporting.gexf import _quoted

    assert _quoted('a\x0b"b"\n<c>&\ufffe𝒳') == "'a\ufffd\"b\"&#10;&lt;c&gt;&amp;\ufffd𝒳'"
