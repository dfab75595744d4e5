"""The network of actors in graphology, the library by which Gephi Lite opens GEXF."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import eventpack

pytestmark = pytest.mark.system
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_gephi_lite_sees_actors_and_directed_events(tmp_path: Path) -> None:
    """Every actor by name, every edge between two of them, with type, date and weight; nothing is undeclared."""
    done = eventpack.export(ROOT, ["gexf"], out=tmp_path)
    (path,) = (done.folder / "gexf").iterdir()
    command = ["node", str(HERE / "readers/read_gexf.cjs"), str(HERE / "node_modules"), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    found, data = json.loads(result.stdout), eventpack.load(ROOT)
    actors = dict(data.actors.select("actor_id", "name").iter_rows())
    events = {event["event_id"]: event for event in data.events.iter_rows(named=True)}
    assert (found["type"], {key: node["label"] for key, node in found["nodes"].items()}) == ("directed", actors)
    assert len(found["edges"]) > 20
    for key, edge in found["edges"].items():
        assert key == f"{edge['event_id']}|{edge['source']}|{edge['target']}"
        event = events[edge["event_id"]]
        assert (edge["weight"], edge["type"], edge["title"]) == (1, event["type"], event["title"])
        exact = event["date_earliest"] is not None and event["date_earliest"] == event["date_latest"]
        assert edge.get("date") == (event["date_earliest"].isoformat() if exact else None)
        assert {edge["source"], edge["target"]} <= set(actors)
