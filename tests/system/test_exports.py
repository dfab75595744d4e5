"""Exports opened by what people open them with: geopandas, GDAL's programs, Datasette, a validator of GeoParquet."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import eventpack
from tests.exportpack import write_export_package
from tests.system.opened import ENVIRONMENTS, ROOT

pytestmark = pytest.mark.system
GEOPANDAS = """
import json, sys
import geopandas
path, layer = sys.argv[1:]
if path.endswith(".parquet"):
    frame = geopandas.read_parquet(path)
else:
    frame = geopandas.read_file(path, **({"layer": layer} if layer else {}))
def plain(value):
    return None if value is None or value != value else value if isinstance(value, (str, float)) else str(value)[:10]

names = ("site_id", "geometry", "radius_km", "name", "opened")
rows = [[one, shape.wkt if shape else None, *map(plain, rest)] for one, shape, *rest in zip(*map(frame.get, names))]
print(json.dumps([frame.crs.to_epsg() or frame.crs.to_string(), rows]))
"""
DATASETTE = """
import asyncio, json, sys
from datasette.app import Datasette

async def main(path, told):
    metadata = json.load(open(told, encoding="utf-8"))
    patience = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000}
    site = Datasette([path], metadata=metadata, settings=patience)
    (name,) = metadata["databases"]
    async def ask(words):
        answer = await site.client.get(f"/{name}{words}")
        assert answer.status_code == 200, answer.text
        return answer
    tables = (await ask(".json")).json()["tables"]
    found = (await ask("/events.json?_search=phone&_shape=array")).json()
    claims = (await ask("/claims.json?_labels=on&_size=1&_shape=array")).json()
    page = (await ask("/events")).text
    key = (await ask("/claims.json?_facet=stance&_size=0")).json()["facet_results"]
    print(json.dumps([tables, found, claims, page, key]))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def sights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with every type, exported."""
    folder = tmp_path_factory.mktemp("sights")
    names = ["geoparquet", "geojson", "gpkg"]
    return eventpack.export(write_export_package(folder / "pack"), names, out=folder).folder


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of this repository, exported."""
    names = ["geoparquet", "geojson", "gpkg", "sqlite"]
    return eventpack.export(ROOT, names, out=tmp_path_factory.mktemp("dataset")).folder


def run(*words: str | Path) -> str:
    """What a program prints; it must end well and complain of nothing."""
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("path", "layer", "system"),
    [
        ("geoparquet/sites.parquet", "", "OGC:CRS84"),
        ("geojson/sites.geojson", "", 4326),
        ("gpkg/sights.gpkg", "sites", 4326),
    ],
)
def test_geopandas_has_every_site(sights: Path, path: str, layer: str, system: object) -> None:
    """Points, none where there is none, the radius, days and texts, whatever the format."""
    python = ENVIRONMENTS / "geopandas/bin/python"
    found, rows = json.loads(run(python, "-W", "ignore", "-c", GEOPANDAS, sights / path, layer))
    assert found == system
    assert rows == [
        ["S-1", "POINT (16.7 57.1)", 0.5, "Mill of Öland", "0001-01-01"],
        ["S-2", "POINT (151.5 -33.25)", 1250, '=HYPERLINK("x","y")', "2026-02-28"],
        ["S-3", None, None, 'Two\nlines, "quoted", 𝒳 and قلعة', "9999-12-31"],
        ["S-4", "POINT (0 0)", 0, "'+1", None],
    ]


def test_geoparquet_is_valid(sights: Path, dataset: Path) -> None:
    """By the rules of version 1.1."""
    validator = ENVIRONMENTS / "geopandas/bin/geoparquet-validator"
    for folder, count in ((sights, 1), (dataset, 2)):
        done = subprocess.run(
            [validator, "check", "--class", "core", folder / "geoparquet"], capture_output=True, text=True, check=False
        )
        lines = done.stdout.splitlines()
        assert (done.returncode, len(lines)) == (0, count), done.stdout + done.stderr
        assert all("[1.1.0]  core 13/0/" in line for line in lines)


def test_gdal_knows_layers_types_and_meanings(dataset: Path) -> None:
    """`ogrinfo` of Debian: layers with their extent, columns with their domains, and no warning."""
    (path,) = (dataset / "gpkg").iterdir()
    layers = run("ogrinfo", "-ro", path)
    assert "places (Point)" in layers and "events_flat (Point)" in layers and "claims (None)" in layers
    told = run("ogrinfo", "-ro", "-so", "-al", path)
    places = told.partition("Layer name: places\n")[2].partition("Layer name:")[0]
    assert "Extent: (-77.036500, 32.400000) - (53.700000, 38.897700)" in places
    assert "radius_km: Real (0.0)" in places and "kind: String (0.0) NOT NULL, domain name=places.kind" in places
    assert 'ID["EPSG",4326]' in places
    domain = run("ogrinfo", "-ro", "-fielddomain", "places.kind", path)
    assert "Coded values" in domain and "virtual" in domain


def test_gdal_finds_by_the_index_what_a_box_holds(dataset: Path) -> None:
    """The spatial filter of `ogrinfo` on the layer, and SQL on the tables."""
    (path,) = (dataset / "gpkg").iterdir()
    near = run("ogrinfo", "-ro", "-q", "-geom=NO", "-spat", "-78", "38", "-77", "39", path, "places")
    assert [line.rpartition("= ")[2] for line in near.splitlines() if "name (String)" in line] == [
        "East Room (White House)", "White House"
    ]  # fmt: skip
    counted = run("ogrinfo", "-ro", "-q", "-sql", "SELECT count(*) AS n FROM claims", path)
    assert f"n (Integer) = {len(eventpack.load(ROOT).claims)}" in counted


def test_gdal_reads_geojson(dataset: Path) -> None:
    """Rows without a point are features, too, and days are dates."""
    told = run("ogrinfo", "-ro", "-so", "-al", dataset / "geojson/events_flat.geojson")
    assert f"Feature Count: {len(eventpack.load(ROOT).events)}" in told
    assert "date_latest: Date" in told and "radius_km: Real" in told


def test_datasette_shows_searches_and_follows_keys(dataset: Path) -> None:
    """Tables with their search, descriptions of columns, labels behind keys, facets."""
    (path,) = (dataset / "sqlite").glob("*.sqlite")
    python = ENVIRONMENTS / "datasette/bin/python"
    command = [str(python), "-c", DATASETTE, str(path), str(dataset / "sqlite/metadata.json")]
    # it tells on standard error when it gives up counting rows after 10 ms, as on a busy machine
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", check=True)
    tables, found, claims, page, facets = json.loads(answer.stdout)
    shown: dict[str, Any] = {table["name"]: table for table in tables if not table["hidden"]}
    assert shown.keys() == set(eventpack.load(ROOT).tables)
    assert shown["events"]["fts_table"] == "events_fts"
    assert {key["other_table"] for key in shown["claims"]["foreign_keys"]["outgoing"]} >= {"events", "sources"}
    assert any("Phone call" in event["title"] for event in found)
    assert claims[0]["event_id"]["label"] != claims[0]["event_id"]["value"]
    assert "Permanent id of the event, never reused." in page
    assert {each["value"] for each in facets["stance"]["results"]} > {"asserts"}
