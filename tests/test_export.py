"""`eventpack export`: Parquet, GeoParquet and GeoJSON, each read back, and what `exports.json` says of them."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pyarrow import parquet

import eventpack
from eventpack.errors import DiskError
from eventpack.exporting.registry import FORMATS
from eventpack.exports import read_exports
from eventpack.files import sha256
from eventpack.interchange.scheme import SCHEMES
from eventpack.listing import first_fault
from tests.effort import only
from tests.exportpack import write_export_package
from tests.test_load import refusal
from tests.typedpack import fields, write_typed

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with every type."""
    return write_export_package(tmp_path_factory.mktemp("sights"))


@pytest.fixture(scope="module")
def exported(sights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It in all formats of this page."""
    done = eventpack.export(sights, ["parquet", "geoparquet", "geojson"], out=tmp_path_factory.mktemp("out"))
    assert done.folder.name == "sights-1.2.0.exports"
    return done.folder


def features(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file."""
    held: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return held


def test_parquet_holds_every_cell_under_its_type(sights: Path, exported: Path) -> None:
    """Read back by polars, each table equals what `load` gives: types, codes in their order, nulls."""
    data = eventpack.load(sights)
    for name in data.tables:
        frame = pl.read_parquet(exported / "parquet" / f"{name}.parquet")
        assert dict(frame.schema) == dict(data[name].schema)
        assert frame.equals(data[name])
    sites = pl.read_parquet(exported / "parquet/sites.parquet")
    assert sites["opened"].to_list() == [datetime.date.min, datetime.date(2026, 2, 28), datetime.date.max, None]
    assert sites["month"].to_list() == ["2026-03", None, "2025-12", None]
    assert sites["tags"].to_list() == ["a;b", None, "a", None]
    assert sites["name"].to_list()[1] == '=HYPERLINK("x","y")'


def test_parquet_says_what_it_is(exported: Path) -> None:
    """Title, schema, licence, and the digest of what it was made from stand in the file itself."""
    told = pl.read_parquet_metadata(exported / "parquet/sites.parquet")
    assert (told["dataset"], told["version"], told["table"], told["title"]) == ("sights", "1.2.0", "sites", "Sites")
    assert (told["license"], told["description"]) == ("CC-BY-4.0", "Places to see.")
    assert json.loads(told["table_schema"])["primaryKey"] == ["site_id"]
    assert told["eventpack:core"] == read_exports((exported / "exports.json").read_bytes(), "").core


def test_pyarrow_reads_types_and_descriptions(exported: Path) -> None:
    """Codes are a dictionary, days dates; each field has its title, description and unit with it."""
    schema = parquet.read_schema(exported / "parquet/sites.parquet")
    kinds = {field.name: str(field.type) for field in schema}
    assert kinds == {
        "site_id": "string_view", "name": "string_view", "state": "string_view", "month": "string_view",
        "kind": "dictionary<values=string, indices=uint8, ordered=1>", "latitude": "double", "longitude": "double",
        "radius_km": "double", "opened": "date32[day]", "year": "int16", "open": "bool", "visits": "int64",
        "share": "double", "tags": "string_view", "page": "string_view", "up_site": "string_view",
    } | {"state": "dictionary<values=string, indices=uint8, ordered=1>"}  # fmt: skip
    told = {key: text for key, text in schema.field("radius_km").metadata.items() if not key.startswith(b"PARQUET")}
    assert told == {b"title": b"radius_km", b"description": b"How far off it may be. Unit: km.", b"unit": b"km"}
    sites = parquet.read_table(exported / "parquet/sites.parquet")
    assert sites.column("opened").to_pylist() == [
        datetime.date.min,
        datetime.date(2026, 2, 28),
        datetime.date.max,
        None,
    ]
    assert sites.column("kind").to_pylist() == ["mill", "ferry", "=quay", None]
    assert sites.column("visits").to_pylist() == [9223372036854775807, -3, 0, None]
    assert parquet.read_table(exported / "parquet/nothing.parquet").num_rows == 0


def test_geojson_keeps_every_row_and_column(exported: Path) -> None:
    """A row without a point is a feature without geometry; the radius is a property; text stays text."""
    held = json.loads((exported / "geojson/sites.geojson").read_text("utf-8"))
    assert (held["type"], held["bbox"]) == ("FeatureCollection", [0.0, -33.25, 151.5, 57.1])
    assert held["fields"]["radius_km"] == {"title": "radius_km", "description": "How far off it may be. Unit: km."}
    first, second, third, fourth = held["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [16.7, 57.1]}
    assert (first["id"], first["properties"]["radius_km"], first["properties"]["opened"]) == ("S-1", 0.5, "0001-01-01")
    assert first["properties"]["visits"] == 9223372036854775807
    assert second["properties"]["name"] == '=HYPERLINK("x","y")'
    assert (third["geometry"], third["properties"]["name"]) == (None, 'Two\nlines, "quoted", 𝒳 and قلعة')
    assert (fourth["geometry"]["coordinates"], fourth["properties"]["radius_km"]) == ([0.0, 0.0], 0.0)
    assert [path.name for path in (exported / "geojson").iterdir()] == ["sites.geojson"]


def test_geoparquet_has_points_in_the_standard_form(exported: Path) -> None:
    """The metadata `geo` of version 1.1.0, and geometries as little-endian Well-Known Binary."""
    path = exported / "geoparquet/sites.parquet"
    assert json.loads(pl.read_parquet_metadata(path)["geo"]) == {
        "version": "1.1.0", "primary_column": "geometry",
        "columns": {
            "geometry": {"encoding": "WKB", "geometry_types": ["Point"], "bbox": [0.0, -33.25, 151.5, 57.1]}
        },
    }  # fmt: skip
    frame = pl.read_parquet(path)
    assert frame["geometry"][0].hex() == "0101000000" + "3333333333b33040" + "cdcccccccc8c4c40"
    assert frame["geometry"][2] is None
    assert frame.drop("geometry").equals(pl.read_parquet(exported / "parquet/sites.parquet"))


def test_numbers_that_lie_outside_of_the_globe_are_no_points(tmp_path: Path) -> None:
    """Columns of that name in another system of coordinates are left as they are."""
    text = "id,lat,lon\na,5200000,370000\n"
    folder = write_typed(tmp_path / "pack", {"t": (fields(id="string", lat="number", lon="number"), text)})
    what, _ = refusal(lambda: eventpack.export(folder, ["geojson"], out=tmp_path))
    assert what == "nothing can be exported as geojson: tables with points, for maps on the web, and there are none"
    assert not (tmp_path / "typed-1.2.0.exports").exists()


@pytest.mark.parametrize("name", ["geojson", "geoparquet", "gpkg"])
def test_a_table_that_one_wrong_point_keeps_from_the_map_is_told(tmp_path: Path, name: str) -> None:
    """A slip in one latitude takes the whole table off the map, so the command says which."""
    kinds = fields(id="string", lat="number", lon="number")
    tables = {"t": (kinds, "id,lat,lon\na,1,2\n"), "u": (kinds, "id,lat,lon\na,1,2\nb,91,2\nc,1,181\n")}
    done = eventpack.export(write_typed(tmp_path / "pack", tables), [name], out=tmp_path)
    assert done.notes == (f"{name}: u is not on the map: u b and 1 more lie outside of the globe",)


@pytest.mark.parametrize("name", SCHEMES)
def test_formats_of_events_need_events(sights: Path, tmp_path: Path, name: str) -> None:
    """A dataset without events is refused, rather than written as a file without rows."""
    what, _ = refusal(lambda: eventpack.export(sights, [name], out=tmp_path))
    assert what == f"{name} holds events; there is no table `events`"


def test_points_of_one_column_count_too(tmp_path: Path) -> None:
    """The type geopoint of the standard."""
    schema = fields(id="string", where={"type": "geopoint", "format": "array"})
    folder = write_typed(tmp_path / "pack", {"t": (schema, 'id,where\na,"[13.4, 52.5]"\nb,\n')})
    done = eventpack.export(folder, ["geojson"], out=tmp_path)
    shapes = [feature["geometry"] for feature in features(done.folder / "geojson/t.geojson")]
    assert shapes == [{"type": "Point", "coordinates": [13.4, 52.5]}, None]


def test_numbers_that_json_does_not_know_become_their_names(tmp_path: Path) -> None:
    """NaN and infinity, which the standard allows in a column of numbers."""
    text = "id,lat,lon,n\na,1,1,NaN\nb,1,1,-INF\nc,1,1,INF\n"
    schema = fields(id="string", lat="number", lon="number", n="number")
    done = eventpack.export(write_typed(tmp_path / "pack", {"t": (schema, text)}), ["geojson"], out=tmp_path)
    found = [feature["properties"]["n"] for feature in features(done.folder / "geojson/t.geojson")]
    assert found == ["NaN", "-INF", "INF"]


def test_exports_json_lists_every_file_with_the_versions_of_libraries(exported: Path) -> None:
    """Size and SHA-256 are those of the files, and there are no others."""
    told = read_exports((exported / "exports.json").read_bytes(), "exports.json")
    assert (told.name, told.version, told.tool) == ("sights", "1.2.0", f"eventpack {eventpack.__version__}")
    assert {each.format: dict(each.libraries) for each in told.formats} == {
        "geojson": {}, "geoparquet": {"polars": pl.__version__}, "parquet": {"polars": pl.__version__}
    }  # fmt: skip
    assert first_fault(exported, told.files) == ""
    held = {path.relative_to(exported).as_posix() for path in exported.rglob("*") if path.is_file()}
    assert held == {"exports.json", *(file.path for file in told.files)}


# One format written by a library of its own each; `make test-all` does all.
OF_EACH_KIND = ("parquet", "xlsx", "ged")


def source_of(name: str, sights: Path) -> Path:
    """What is exported in a format: the package with every type, or the dataset where only events will do."""
    return ROOT if name in ("gexf", *SCHEMES) else sights


@pytest.mark.parametrize("name", only(OF_EACH_KIND, FORMATS))
def test_the_same_data_gives_the_same_bytes(sights: Path, tmp_path: Path, name: str) -> None:
    """In another folder, in another process, with other hashes of texts."""
    source = source_of(name, sights)
    folder = eventpack.export(source, [name], out=tmp_path / "one").folder.name
    command = [sys.executable, "-m", "eventpack", "export", str(source), "--as", name, "--out", str(tmp_path / "two")]
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    )
    one, two = (tmp_path / each / folder / "exports.json" for each in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_the_core_is_known_by_its_checksums(sights: Path, tmp_path: Path) -> None:
    """Of a package it is the digest of SHA256SUMS, whether a folder or a zip, and exports come beside it."""
    made = eventpack.package(sights, tmp_path)
    done = eventpack.export(made.folder, ["parquet"])
    assert done.folder == made.folder.with_name(f"{made.folder.name}.exports")
    assert done.exports.core == sha256((made.folder / "SHA256SUMS").read_bytes())
    assert eventpack.export(made.archive, ["parquet"], out=tmp_path / "other").exports == done.exports


def test_a_package_that_was_changed_is_not_exported(sights: Path, tmp_path: Path) -> None:
    """What is exported is what was packaged."""
    made = eventpack.package(sights, tmp_path)
    with (made.folder / "visits.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(eventpack.DamagedError, match=r"visits\.csv has SHA-256"):
        eventpack.export(made.folder, ["parquet"])


def test_formats_of_the_same_data_stay_and_those_of_other_data_go(tmp_path: Path) -> None:
    """So a folder of exports never holds two states of the data."""
    pack = write_export_package(tmp_path / "pack")
    eventpack.export(pack, ["parquet"], out=tmp_path)
    again = eventpack.export(pack, ["geojson"], out=tmp_path)
    assert [each.format for each in again.exports.formats] == ["geojson", "parquet"]
    (again.folder / "parquet/sites.parquet").write_bytes(b"cut")
    assert [each.format for each in eventpack.export(pack, ["geojson"], out=tmp_path).exports.formats] == ["geojson"]
    eventpack.export(pack, ["parquet"], out=tmp_path)
    (pack / "visits.csv").write_text("visit,site_id,note\n1,S-1,Calm\n")
    last = eventpack.export(pack, ["geojson"], out=tmp_path)
    assert [each.format for each in last.exports.formats] == ["geojson"]
    assert sorted(path.name for path in last.folder.iterdir()) == ["exports.json", "geojson"]


def test_something_else_in_the_place_is_not_overwritten(sights: Path, tmp_path: Path) -> None:
    """A folder without `exports.json` is somebody's."""
    (tmp_path / "sights-1.2.0.exports").mkdir()
    (tmp_path / "sights-1.2.0.exports/mine").touch()
    what, fix = refusal(lambda: eventpack.export(sights, ["parquet"], out=tmp_path))
    assert what.endswith("sights-1.2.0.exports is there and holds no exports")
    assert fix == "move it away, or name another folder"


def test_a_table_that_cannot_be_read_leaves_the_old_exports(tmp_path: Path) -> None:
    """A cell that does not fit stops the export before anything is seen of it."""
    pack = write_export_package(tmp_path / "pack")
    before = eventpack.export(pack, ["parquet"], out=tmp_path).folder / "exports.json"
    held = before.read_bytes()
    (pack / "visits.csv").write_text("visit,site_id,note\none,S-1,Calm\n")
    what, _ = refusal(lambda: eventpack.export(pack, ["parquet"], out=tmp_path))
    assert "visits.csv:2:1: `one` does not fit" in what
    assert before.read_bytes() == held
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.posix
@pytest.mark.parametrize("name", only(OF_EACH_KIND[:2], FORMATS))
def test_a_full_disk_leaves_no_half_file(sights: Path, tmp_path: Path, name: str) -> None:
    """The error says what to do, and what was there is there."""
    program = f"""
import resource, eventpack
import eventpack.exporting.writing
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    eventpack.export({str(source_of(name, sights))!r}, [{name!r}], out={str(tmp_path)!r})
except eventpack.DiskError as error:
    print(error.what, "|", error.fix)
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "cannot write" in result.stdout
    assert "check permissions and free space" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_removed_by_the_next(sights: Path, tmp_path: Path) -> None:
    """Half a folder is never seen under its name, and an old one that was moved aside comes back."""
    whole = eventpack.export(sights, ["geojson"], out=tmp_path).folder
    held = (whole / "exports.json").read_bytes()
    left = tmp_path / f".{whole.name}.killed"
    shutil.copytree(whole, left / whole.name)
    shutil.move(whole, left / "old" / whole.name)
    done = eventpack.export(sights, ["parquet"], out=tmp_path)
    assert [each.format for each in done.exports.formats] == ["geojson", "parquet"]
    assert held != (whole / "exports.json").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [whole.name]


def test_an_unknown_format_is_refused_with_what_there_is(sights: Path, tmp_path: Path) -> None:
    """Before anything is read."""
    what, fix = refusal(lambda: eventpack.export(sights, ["parqet"], out=tmp_path))
    assert (what, fix) == ("`parqet` is no format; did you mean `parquet`?", f"one of: {', '.join(FORMATS)}")


def test_the_command_tells_what_it_wrote_and_its_help_names_every_format(sights: Path, tmp_path: Path) -> None:
    """One line for each format; `--help` does not import them."""
    command = [sys.executable, "-m", "eventpack", "export"]
    done = subprocess.run(
        [*command, sights, "--as", "parquet, geojson", "--out", "here"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rpartition(",")[0] for line in done.stdout.splitlines()] == [
        "here/sights-1.2.0.exports/parquet/  4 files", "here/sights-1.2.0.exports/geojson/  1 file",
    ]  # fmt: skip
    shown = " ".join(subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout.split())
    assert [name for name in FORMATS if f"{name} " not in shown.partition("Formats:")[2].partition("All are")[0]] == []


def test_disk_errors_are_errors_of_the_disk(sights: Path, tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="cannot write"):
        eventpack.export(sights, ["geojson"], out=tmp_path / "file")
