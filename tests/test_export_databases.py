"""`eventpack export --as sqlite,gpkg`: read back by SQLite and by GDAL."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyogrio
import pytest

import eventpack
from tests.exportpack import write_export_package
from tests.test_load import refusal
from tests.typedpack import fields, leading, write_typed

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with every type in both formats."""
    folder = tmp_path_factory.mktemp("sights")
    return eventpack.export(write_export_package(folder / "pack"), ["sqlite", "gpkg"], out=folder).folder


@pytest.fixture(scope="module")
def layers(exported: Path) -> Path:
    """The GeoPackage."""
    return exported / "gpkg/sights.gpkg"


@pytest.fixture
def sqlite(exported: Path) -> Iterator[sqlite3.Connection]:
    """The database, with keys between tables on."""
    connection = sqlite3.connect(exported / "sqlite/sights.sqlite")
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def read(path: Path, layer: str, **words: Any) -> list[dict[str, Any]]:
    """The rows of a layer as GDAL has them."""
    _, table = pyogrio.read_arrow(path, layer=layer, **words)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def test_sqlite_holds_every_cell(sqlite: sqlite3.Connection) -> None:
    """Numbers are numbers, days and truth values texts, what is missing is NULL, and a formula is text."""
    rows = sqlite.execute("SELECT * FROM sites ORDER BY site_id").fetchall()
    assert rows[0] == (
        "S-1", "Mill of Öland", "mill", "st-old", 57.1, 16.7, 0.5, "0001-01-01", "2026-03", 1, "true",
        9223372036854775807, 0.1, "a;b", "https://example.org/a", None,
    )  # fmt: skip
    assert rows[1][1:3] == ('=HYPERLINK("x","y")', "ferry")
    assert rows[2][1:3] == ('Two\nlines, "quoted", 𝒳 and قلعة', "=quay")
    assert rows[3] == ("S-4", "'+1", None, None, 0, 0, 0, *[None] * 8, "S-1")


def test_sqlite_keeps_keys_and_types(sqlite: sqlite3.Connection) -> None:
    """Nothing leads nowhere, and what would is refused; so is a text that is no value."""
    assert sqlite.execute("PRAGMA foreign_key_check").fetchall() == []
    assert sqlite.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    sqlite.execute("INSERT INTO visits VALUES (3, 'S-9', NULL)")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        sqlite.commit()
    sqlite.rollback()
    with pytest.raises(sqlite3.IntegrityError, match="sites_opened_form"):
        sqlite.execute("INSERT INTO sites (site_id, opened) VALUES ('S-9', 'yesterday')")


def test_sqlite_searches_texts_without_regard_to_accents(sqlite: sqlite3.Connection) -> None:
    """Codes, keys and addresses are not searched; each hit leads to its row."""
    found = "SELECT site_id FROM sites WHERE rowid IN (SELECT rowid FROM sites_fts WHERE sites_fts MATCH ?)"
    assert sqlite.execute(found, ("oland",)).fetchall() == [("S-1",)]
    assert sqlite.execute(found, ("قلعة",)).fetchall() == [("S-3",)]
    assert sqlite.execute(found, ("ferry",)).fetchall() == []
    sqlite.execute("INSERT INTO sites_fts (sites_fts) VALUES ('integrity-check')")  # raises when they do not agree


def test_sqlite_still_searches_after_it_was_vacuumed(exported: Path, tmp_path: Path) -> None:
    """Rows keep their numbers, by which the search finds them."""
    path = tmp_path / "copy.sqlite"
    path.write_bytes((exported / "sqlite/sights.sqlite").read_bytes())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("VACUUM")
    connection.execute("INSERT INTO sites_fts (sites_fts, rank) VALUES ('integrity-check', 1)")
    connection.close()


def test_sqlite_comes_with_what_datasette_shows(exported: Path) -> None:
    """Title, licence, and the descriptions of tables and columns."""
    told = json.loads((exported / "sqlite/metadata.json").read_text("utf-8"))
    assert (told["title"], told["license"]) == ("Sights 1.2.0", "CC-BY-4.0")
    table = told["databases"]["sights"]["tables"]["sites"]
    assert (table["title"], table["description"], table["label_column"]) == ("Sites", "Places to see.", "name")
    assert table["columns"]["radius_km"] == "How far off it may be. Unit: km."


def test_sqlite_refuses_data_whose_keys_lead_nowhere(tmp_path: Path) -> None:
    """`load` does not look at keys; a database with broken ones would be believed."""
    schema = leading(fields(id="string", up="string"), up=".id")
    folder = write_typed(tmp_path / "pack", {"t": (schema, "id,up\na,\nb,c\n")})
    what, fix = refusal(lambda: eventpack.export(folder, ["sqlite"], out=tmp_path))
    assert what == "row 2 of `t` has a key into `t` that leads nowhere"
    assert fix == "run `eventpack validate`"
    twice = write_typed(tmp_path / "twice", {"t": (schema, "id,up\na,\na,\n")})
    for name in ("sqlite", "gpkg"):
        what, _ = refusal(lambda name=name: eventpack.export(twice, [name], out=tmp_path))  # type: ignore[misc]
        assert "UNIQUE constraint failed: t.id" in what
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack", "twice"]


def test_nan_becomes_null_and_is_told(tmp_path: Path) -> None:
    """SQLite has no NaN; nothing is lost in silence."""
    folder = write_typed(tmp_path / "pack", {"t": (fields(id="string", n="number"), "id,n\na,NaN\nb,INF\nc,2\n")})
    done = eventpack.export(folder, ["sqlite"], out=tmp_path)
    assert done.notes == ("sqlite: t.n: 1 NaN became NULL, since SQLite has no NaN",)
    connection = sqlite3.connect(done.folder / "sqlite/typed.sqlite")
    assert connection.execute("SELECT n FROM t").fetchall() == [(None,), (float("inf"),), (2,)]
    connection.close()


def test_geopackage_has_layers_with_extent_and_index(layers: Path) -> None:
    """Tables with points are layers of points in WGS 84; the others are tables."""
    assert {tuple(row) for row in pyogrio.list_layers(layers)} == {
        ("sites", "Point"), ("states", None), ("visits", None), ("nothing", None)
    }  # fmt: skip
    info = pyogrio.read_info(layers, layer="sites")
    assert (info["crs"], info["features"], info["total_bounds"]) == ("EPSG:4326", 4, (0.0, -33.25, 151.5, 57.1))
    assert info["layer_metadata"]["DESCRIPTION"] == "Places to see."
    assert all(info["capabilities"][name] for name in ("fast_spatial_filter", "fast_total_bounds"))


def test_geopackage_holds_every_cell(layers: Path) -> None:
    """Types as GDAL knows them; a row without a point is a feature without geometry, and the radius is a column."""
    first, second, third, fourth = read(layers, "sites")
    assert first | {"geom": None} == {
        "site_id": "S-1", "name": "Mill of Öland", "kind": "mill", "state": "st-old", "latitude": 57.1,
        "longitude": 16.7, "radius_km": 0.5, "opened": datetime.date.min, "month": "2026-03", "year": 1, "open": True,
        "visits": 9223372036854775807, "share": 0.1, "tags": "a;b", "page": "https://example.org/a", "up_site": None,
        "geom": None,
    }  # fmt: skip
    assert first["geom"].hex() == "0101000000" + "3333333333b33040" + "cdcccccccc8c4c40"
    assert (second["name"], second["open"]) == ('=HYPERLINK("x","y")', False)
    assert (third["geom"], third["name"]) == (None, 'Two\nlines, "quoted", 𝒳 and قلعة')
    assert (fourth["radius_km"], fourth["opened"], fourth["open"]) == (0.0, None, None)


def test_geopackage_finds_what_lies_in_a_box(layers: Path) -> None:
    """By the index, which holds a box for each point and none for rows without."""
    assert [row["site_id"] for row in read(layers, "sites", bbox=(0, 50, 20, 60))] == ["S-1"]
    connection = sqlite3.connect(layers)
    assert connection.execute("SELECT id FROM rtree_sites_geom ORDER BY id").fetchall() == [(1,), (2,), (4,)]
    connection.close()


def test_geopackage_is_kept_right_by_who_edits_it(layers: Path, tmp_path: Path) -> None:
    """GDAL adds a feature; the triggers put it into the index, and GDAL's own check finds nothing."""
    import pyarrow as pa

    path = tmp_path / "copy.gpkg"
    path.write_bytes(layers.read_bytes())
    _, rows = pyogrio.read_arrow(path, layer="sites")
    names = pa.array(["S-7"]), pa.array([rows.column("geom")[0].as_py()], pa.binary())
    table = pa.table({"site_id": names[0], "geom": names[1]})
    pyogrio.write_arrow(
        table, path, layer="sites", driver="GPKG", append=True, geometry_type="Point", geometry_name="geom",
        crs="EPSG:4326",
    )  # fmt: skip
    found = [row["site_id"] for row in read(path, "sites", bbox=(16, 57, 17, 58))]
    assert sorted(found) == ["S-1", "S-7"]


def test_geopackage_tells_what_columns_and_codes_mean(layers: Path) -> None:
    """In the tables of the schema extension: title, description, and for codes their labels."""
    connection = sqlite3.connect(layers)
    told = "SELECT title, description, constraint_name FROM gpkg_data_columns WHERE table_name = ? AND column_name = ?"
    assert connection.execute(told, ("sites", "name")).fetchall() == [("Name", "What people call it.", None)]
    assert connection.execute(told, ("sites", "state")).fetchall() == [("state", None, "sites.state")]
    codes = "SELECT value, description FROM gpkg_data_column_constraints WHERE constraint_name = ? ORDER BY rowid"
    assert connection.execute(codes, ("sites.state",)).fetchall() == [("st-old", "Old"), ("st-new", "New")]
    assert connection.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"GPKG"
    connection.close()


def test_the_dataset_of_this_repository_is_whole_in_both(tmp_path: Path) -> None:
    """Every row of every table, withdrawn records and refused claims among them."""
    data, done = eventpack.load(ROOT), eventpack.export(ROOT, ["sqlite", "gpkg"], out=tmp_path)
    for path in (done.folder / "sqlite" / f"{data.name}.sqlite", done.folder / "gpkg" / f"{data.name}.gpkg"):
        connection = sqlite3.connect(path)
        for name in data.tables:
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(data[name]),)
        columns = ", ".join(data.claims.columns)
        held = connection.execute(f"SELECT {columns} FROM claims").fetchall()
        dates = [name for name, kind in data.claims.schema.items() if str(kind) == "Date"]
        assert held == data.claims.with_columns(*(data.claims[name].cast(str) for name in dates)).rows()
        connection.close()
