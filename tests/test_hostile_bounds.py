"""Hostile input is bounded: whole processes end with an error (or a verdict) within 10 s and 500 MB."""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hostilepack import BOTH, FIELDS, Run, as_zip, pack, run

pytestmark = [pytest.mark.posix, pytest.mark.long]
M = 1_000_000
Text = Callable[[], bytes]
both = pytest.mark.parametrize("ours", BOTH, ids=["ours", "foreign"])
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
)
IN_YAML = "name: x\nresources:\n- name: t\n  path: t.csv\n"


def check(result: Run, *codes: str) -> None:
    """The run was bounded, and said these codes; without codes it only has to end."""
    assert result.is_bounded(), (result.code, result.wall, result.cpu, result.peak, result.out[:500], result.err[-500:])
    assert set(codes) <= result.codes, result.out[:2000]


CELLS: dict[str, tuple[Text, str]] = {
    "unquoted": (lambda: b"a,b\n" + b"x" * 100 * M + b",1\n", "file/too-large"),
    "quoted": (lambda: b'a,b\n"' + b"x" * 100 * M + b'",1\n', "file/too-large"),
    "quoted-lines": (lambda: b'a,b\n"' + b"xxxxxxxxx\n" * (10 * M) + b'",1\n', "file/too-large"),
    "quoted-wide": (lambda: b'a,b\n"' + "😀".encode() + b"xxxxxxxxx\n" * (10 * M) + b'",1\n', "file/too-large"),
    "quoted-quotes": (lambda: b'a,b\n"' + b'""' * 50 * M + b'",1\n', "file/too-large"),
    "unclosed": (lambda: b'a,b\n"' + b"x" * 100 * M, "file/too-large"),
    "digits": (lambda: b"a,b\nx," + b"9" * 100 * M + b"\n", "file/too-large"),
    "header": (lambda: b"a," + b"b" * 100 * M + b"\nx,1\n", "file/too-large"),
    "nul": (lambda: b"a,b\n" + b"\0" * 100 * M, "file/too-large"),
    "line-feeds": (lambda: b"a,b\n" + b"\n" * 100 * M, "csv/blank-row"),
    "returns": (lambda: b"a,b\n" + b"\r" * 10 * M, ""),
    "below-the-limit": (lambda: b"a,b\nx," + b"9" * 9 * M + b"\n", "cell/type"),
    "columns-of-a-row": (lambda: b"a,b\n" + b"x," * 100_000 + b"1\n", "csv/ragged"),
    "columns-of-the-header": (lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "csv/header"),
    "columns-of-one-name": (lambda: b",".join([b'"a"'] * 100_000) + b"\n", "csv/duplicate-header"),
}


@both
@pytest.mark.parametrize("name", CELLS)
def test_cells_and_columns(tmp_path: Path, name: str, ours: bool) -> None:
    """A cell of 100 MB in every form, and 100,000 columns."""
    text, code = CELLS[name]
    check(run(pack(tmp_path, {"t.csv": text()}, ours=ours)), *filter(None, [code]))


@both
def test_a_large_cell_in_an_archive(tmp_path: Path, ours: bool) -> None:
    """The same is said of a packaged zip."""
    check(
        run(as_zip(pack(tmp_path / "x", {"t.csv": b'a,b\n"' + b"xxxxxxxxx\n" * 10 * M}, ours=ours))), "file/too-large"
    )


ROWS: dict[str, tuple[Text, str]] = {
    "short": (lambda: b"a,b\n" + b"x\n" * M, "csv/ragged"),
    "blank": (lambda: b"a,b\n" + b"\n" * M, "csv/blank-row"),
    "long": (lambda: b"a,b\n" + b"x,1,2\n" * M, "csv/ragged"),
    "wrong": (lambda: b"a,b\n" + b"x,y\n" * M, "cell/type"),
    "wrong-in-two-ways": (lambda: b"a,b\n" + b"".join(b"x\x01%d,y%d\n" % (n, n) for n in range(M)), "cell/invisible"),
    "mixed-ends": (lambda: b"a,b\n" + b"x,1\r\nx,1\n" * (M // 2), "csv/mixed-newlines"),
    "carriage-returns": (lambda: b"a,b\r" + b"x,y\r" * M, ""),
}


@both
@pytest.mark.parametrize("name", ROWS)
def test_a_million_wrong_rows(tmp_path: Path, name: str, ours: bool) -> None:
    """The first are listed, the others counted."""
    text, code = ROWS[name]
    found = run(pack(tmp_path, {"t.csv": text()}, ours=ours))
    check(found, *filter(None, [code]))
    if code.startswith("cell/"):
        assert "findings of this code are not listed" in found.out


def test_a_million_wrong_keys(tmp_path: Path) -> None:
    """Repeated ones, and such that lead nowhere."""
    key = {"fields": "b", "reference": {"resource": "", "fields": "a"}}
    schema = {"fields": list(FIELDS), "primaryKey": "a", "foreignKeys": [key]}
    check(run(pack(tmp_path, {"t.csv": "a,b\n" + "x,1\n" * M}, schema=schema)), "key/primary", "key/foreign")


JSON: dict[str, tuple[Text, str]] = {
    "cell": (lambda: b'[{"a": "' + b"x" * 100 * M + b'"}]', "file/too-large"),
    "cell-unclosed": (lambda: b'[{"a": "' + b"x" * 9 * M, "json/json"),
    "deep": (lambda: b'[{"a": ' + b"[" * M, "json/json"),
    "deep-but-readable": (lambda: b'[{"a": ' + b"[" * 900 + b"]" * 900 + b"}]", ""),
    "integer": (lambda: b'[{"b": ' + b"9" * 9 * M + b"}]", "json/json"),
    "exponent": (lambda: b'[{"b": 1e999999999}]', "cell/type"),
    "wrong": (lambda: b"[" + b",".join([b'{"b": "x"}'] * M) + b"]", "cell/type"),
    "wrong-kind": (lambda: b"[" + b",".join([b'{"b": [1]}'] * M) + b"]", "json/value"),
    "keys": (lambda: json.dumps([{f"k{n}": 1 for n in range(100_000)}]).encode(), "json/field"),
    "cells": (lambda: json.dumps([["a", "b"], ["x"] * 100_000]).encode(), "csv/ragged"),
    "header": (lambda: json.dumps([[f"k{n}" for n in range(100_000)], [1]]).encode(), "csv/header"),
}


@pytest.mark.parametrize("name", JSON)
def test_tables_in_json(tmp_path: Path, name: str) -> None:
    """What is too large, too deep or wrong a million times."""
    text, code = JSON[name]
    check(run(pack(tmp_path, {"t.json": text()})), *filter(None, [code]))


def test_tables_in_json_lines(tmp_path: Path) -> None:
    """A cell of 100 MB, and a million wrong rows."""
    check(run(pack(tmp_path, {"t.jsonl": b'{"a": "' + b"x" * 100 * M + b'"}\n'})), "file/too-large")
    check(run(pack(tmp_path, {"t.jsonl": b'{"b": "x"}\n' * M})), "cell/type")


DESCRIPTORS: dict[str, tuple[Callable[[], str], str]] = {
    "cell": (lambda: '{"name": "x", "title": "' + "x" * 100 * M + '", "resources": []}', "file/too-large"),
    "deep": (lambda: "[" * 9 * M, "descriptor/json"),
    "integer": (lambda: '{"name": "x", "version": ' + "9" * 9 * M + "}", "descriptor/json"),
    "lists": (lambda: '{"name": "x", "resources": [' + ",".join(["[]"] * M) + "]}", "descriptor/property"),
    "repeated": (lambda: '{"name": "x", ' + ",".join(['"k": 1'] * M) + "}", "descriptor/json"),
    "properties": (
        lambda: json.dumps({"name": "x", "resources": [{"name": "t", "path": "t.csv"}]})[:-1] + ", "
        + ", ".join(f'"nam{n}": 1' for n in range(100_000)) + "}", "descriptor/unknown-property",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_descriptors(tmp_path: Path, name: str) -> None:
    """What is too large, too deep or wrong a million times."""
    text, code = DESCRIPTORS[name]
    check(run(pack(tmp_path, {"t.csv": "a,b\nx,1\n"}, raw=text())), code)


YAML: dict[str, tuple[Callable[[], str], str]] = {
    "laughs": (lambda: LAUGHS + IN_YAML, "descriptor/yaml"),
    "cell": (lambda: IN_YAML + "title: " + "x" * 100 * M, "file/too-large"),
    "many-nodes": (lambda: IN_YAML + "keywords: [" + "a," * 480_000 + "a]", ""),
    "deep": (lambda: IN_YAML + "title: " + "[" * 900_000, "descriptor/yaml"),
    "deep-keys": (lambda: IN_YAML + "? " * 400_000, "descriptor/yaml"),
    "integer": (lambda: IN_YAML + "  bytes: " + "9" * 900_000, "descriptor/property"),
    "keys": (lambda: IN_YAML + "".join(f"k{n}: x\n" for n in range(90_000)), ""),
}


@pytest.mark.parametrize("name", YAML)
def test_descriptors_in_yaml(tmp_path: Path, name: str) -> None:
    """Aliases of aliases, and what is too large or too deep."""
    text, code = YAML[name]
    pack(tmp_path, {"t.csv": "a,b\nx,1\n"}).joinpath("datapackage.json").rename(tmp_path / "datapackage.yaml")
    (tmp_path / "datapackage.yaml").write_text(text(), "utf-8")
    check(run(tmp_path), *filter(None, [code]))


@pytest.mark.parametrize(("text", "code"), [(LAUGHS, "record/anchor"), ("title: " + "x" * 2 * M, "file/too-large")])
def test_records(tmp_path: Path, text: str, code: str) -> None:
    """Aliases of aliases, and a long value."""
    from tests.casepack import copy_base

    folder = copy_base(tmp_path / "base")
    (folder / "data/records/events/EV-aaaaaa.yaml").write_text(text, "utf-8")
    check(run(folder), code)


@both
def test_schemas(tmp_path: Path, ours: bool) -> None:
    """100,000 fields, aliases of aliases, a file of 20 MB; 9,000 fields are many, and read."""
    files = {"t.csv": "a,b\nx,1\n", "s.yaml": LAUGHS + "fields: [{name: a}]\n", "s.json": '{"title": "' + "x" * 20 * M}
    check(run(pack(tmp_path, files, ours=ours, schema="s.yaml")), "schema/yaml")
    check(run(pack(tmp_path, files, ours=ours, schema="s.json")), "file/too-large")
    many = [{"name": f"c{n}", "typ": "x", "type": "integer"} for n in range(100_000)]
    check(run(pack(tmp_path, files, ours=ours, fields=many)), "schema/property")
    table = ",".join(f"c{n}" for n in range(9_000)) + "\n" + ",".join(["x"] * 9_000) + "\n"
    check(run(pack(tmp_path, {"t.csv": table}, ours=ours, fields=many[:9_000])), "cell/type")


VALUES: dict[str, list[str]] = {
    "integer": ["9" * 5000, "1e999999999", "+" + "9" * 5000, "1_" * 5000 + "1", "9" * 9 * M],
    "number": ["1e999999999", "-1e-999999999", "1e99999999999999999999", "9" * 9 * M, "0." + "0" * 9 * M + "1"],
    "year": ["9" * M], "yearmonth": ["9" * M + "-01", "1-" * M], "boolean": ["true" * M],
    "date": ["9" * M + "-01-01", "99999-01-01"],
    "datetime": ["9" * 30 + "T00:00:00", "2024-01-01T00:00:00." + "9" * M, "2024-01-01T00:00:00+99:99"],
    "time": ["00:00:00." + "9" * M, "25:00:00"],
    "duration": ["P999999999999Y", *(f"P{'9' * M}{unit}" for unit in "YMWD"), "PT" + "9" * M + "S", "P1Y" * M,
                 f"P{'9' * 400}Y", "P9999999999999999999999999999999M", "-P99999999999D"],
    "geopoint": ["1e999999999,1", "1," + "9" * M, "9" * M + ",1", "1e-999999999,1e-999999999", "," * M],
    "object": ['{"a":' * M, '{"a":' * 900 + "1" + "}" * 900, '{"a": ' + "9" * 9 * M + "}", '{"a": 1e999999999}'],
    "array": ["[" * M, "[" * 900 + "]" * 900, "[" * 330 + "]" * 330, "[1" + ",1" * M + "]"],
    "geojson": ['{"type":"GeometryCollection","geometries":[' * 100_000, '{"type":"Point","coordinates":[1e999,1]}',
                '{"type":"Feature","geometry":null,"properties":' + '{"a":' * 900 + "1" + "}" * 902],
    "list": ["a," * M], "any": ["x" * M],
}  # fmt: skip


@both
def test_values(tmp_path: Path, ours: bool) -> None:
    """Integers of millions of digits, immense exponents, years and durations, JSON of a thousand levels."""
    resources: list[dict[str, Any]] = []
    for kind, texts in VALUES.items():
        for form in ("default", "any", "%Y-%m-%d") if kind in ("date", "datetime", "time") else ("default",):
            name = f"{kind}{len(resources)}"
            cells = "".join('"' + text.replace('"', '""') + '"\n' for text in texts)
            pack(tmp_path, {f"{name}.csv": "a\n" + cells})
            schema = {"fields": [{"name": "a", "type": kind, "format": form}]}
            resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    for start in range(0, len(resources), 3):
        check(run(pack(tmp_path, {}, ours=ours, resources=resources[start : start + 3])))


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_bounds_and_marks(tmp_path: Path, kind: str) -> None:
    """Bounds and codes that are immense, and numbers that are dressed in marks."""
    digits, marks = "9" * 4200, {"groupChar": ",", "bareNumber": False}
    limits: list[dict[str, Any]] = [
        {"minimum": int(digits)}, {"minimum": digits * 1000}, {"minimum": "1e999999999"}, {"minimum": 1e308},
        {"enum": [int(digits), int("8" * 4200)]}, {"maximum": "1e-999999999"}, {"minLength": int(digits)},
    ]  # fmt: skip
    cells = ["1e999999999", "-1e-999999999", "1" + ",000" * M, "x" * M, "1" + "x" * M, "," * M, "1,000e999999999"]
    pack(tmp_path, {"t.csv": "a\n" + "".join(f'"{cell}"\n' for cell in cells)})
    resources = [
        {"name": f"t{n}", "path": "t.csv", "schema": {"fields": [{"name": "a", "type": kind, "constraints": limit}]}}
        for n, limit in enumerate(limits)
    ]
    dressed = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a", "type": kind, **marks}]}}
    check(run(pack(tmp_path, {}, resources=[*resources, dressed])), "schema/constraint")


def archive(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED, mode: int = 0) -> bytes:
    """A zip of entries; their names need not be sensible."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as target:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.compress_type = mode << 16, method
            target.writestr(entry, data)
    return held.getvalue()


def lying(data: bytes) -> bytes:
    """A zip that says that its first entry has 1,000 bytes."""
    held = bytearray(data)
    struct.pack_into("<I", held, held.rfind(b"PK\x01\x02") + 24, 1000)
    struct.pack_into("<I", held, 22, 1000)
    return bytes(held)


def overlapping(count: int) -> bytes:
    """A zip whose entries are all the same bytes, as in a bomb without nesting."""
    whole = archive(("a.csv", b"a,b\n" + b"x,1\n" * 10_000))
    at, end = whole.rfind(b"PK\x01\x02"), whole.rfind(b"PK\x05\x06")
    names = b"".join(whole[at:end].replace(b"a.csv", b"%05d" % n) for n in range(count))
    tail = whole[end:][:8] + struct.pack("<HHIIH", count, count, len(names), at, 0)
    return whole[:at] + names + tail


BOMB = b"a,b\n" + b"x" * 300 * M
PACKED: dict[str, tuple[str, Text]] = {
    "gzip-bomb": ("t.csv.gz", lambda: gzip.compress(BOMB, 9)),
    "gzip-in-pieces": ("t.csv.gz", lambda: gzip.compress(b"a,b\n") + gzip.compress(b"x,1\n" * 25 * M, 9) * 10),
    "gzip-in-many-pieces": ("t.csv.gz", lambda: gzip.compress(b"a,b\n") + gzip.compress(b"x,1\n" * 25 * M, 9) * 90),
    "zip-bomb": ("t.csv.zip", lambda: archive(("t.csv", BOMB))),
    "zip-that-lies": ("t.csv.zip", lambda: lying(archive(("t.csv", BOMB)))),
    "zip-in-zip": ("t.csv.zip", lambda: archive(("t.csv", archive(("t.csv", BOMB))))),
    "zip-of-overlaps": ("t.csv.zip", lambda: overlapping(10_000)),
    "zip-that-climbs": ("t.csv.zip", lambda: archive(("../t.csv", b"a,b\n"), ("t.csv", b"a,b\n"))),
    "zip-absolute": ("t.csv.zip", lambda: archive(("/etc/t.csv", b"a,b\n"), ("t.csv", b"a,b\n"))),
    "zip-backslash": ("t.csv.zip", lambda: archive(("..\\t.csv", b"a,b\n"), ("t.csv", b"a,b\n"))),
    "zip-twice": ("t.csv.zip", lambda: archive(("t.csv", b"a,b\n"), ("t.csv", b"a,b\nx,1\n"))),
    "zip-link": ("t.csv.zip", lambda: archive(("t.csv", b"/etc/passwd"), mode=0o120777)),
    "zip-encrypted": ("t.csv.zip", lambda: archive(("t.csv", b"a,b\n")).replace(b"\x14\0\0\0", b"\x14\0\1\0")),
    "zip-of-nothing": ("t.csv.zip", lambda: archive(("", b"a,b\n"))),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", PACKED)
def test_compressed_tables(tmp_path: Path, name: str) -> None:
    """Bombs and damaged or dishonest archives; nothing is written beside the package."""
    path, data = PACKED[name]
    before = sorted(tmp_path.parent.iterdir())
    inner: dict[str, Any] = {"innerpath": "t.csv"} if "zip" in path else {}
    found = run(pack(tmp_path / "in", {path: data()}, **inner))
    check(found)
    assert found.code == 1
    assert found.codes & {"file/packed", "csv/nul", "csv/encoding", "csv/header", "file/too-large"}
    assert sorted(tmp_path.parent.iterdir()) == before
    assert sorted(os.listdir(tmp_path)) == ["in"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [name for name in PACKED if name.startswith("zip") and name != "zip-in-zip"])
def test_packages_in_hostile_archives(tmp_path: Path, name: str) -> None:
    """The same archives as packages are refused before they are read."""
    (tmp_path / "x.zip").write_bytes(PACKED[name][1]())
    check(found := run(tmp_path / "x.zip"))
    assert (found.code, found.out, sorted(os.listdir(tmp_path))) == (2, "", ["x.zip"])


LINKS = {"device": "/dev/zero", "proc": "/proc/self/environ", "itself": "t.csv", "up": "../../../../../etc/passwd"}


@both
@pytest.mark.parametrize("name", LINKS)
def test_links(tmp_path: Path, name: str, ours: bool) -> None:
    """Tables and schemas are not read through links that leave the package, or lead nowhere."""
    pack(tmp_path, {}, ours=ours)
    (tmp_path / "t.csv").symlink_to(LINKS[name])
    check(found := run(tmp_path), "descriptor/missing-file")
    assert "root:" not in found.out + found.err
    (tmp_path / "t.csv").unlink()
    (tmp_path / "s.json").symlink_to(LINKS[name].replace("t.csv", "s.json"))
    check(run(pack(tmp_path, {"t.csv": "a,b\nx,1\n"}, ours=ours, schema="s.json")), "descriptor/missing-file")


def test_a_file_beside_the_schemas(tmp_path: Path) -> None:
    """Whatever lies there is read no further than a schema may be long."""
    from tests.casepack import copy_base

    folder = copy_base(tmp_path / "base")
    with (folder / "schemas/large.json").open("wb") as file:
        file.truncate(2 * 1024 * M)
    check(run(folder), "descriptor/unlisted-schema")


@both
def test_what_is_no_file(tmp_path: Path, ours: bool) -> None:
    """A pipe as table, schema or descriptor; a folder in a circle; a folder as a table."""
    os.mkfifo(tmp_path / "p.csv")
    check(run(pack(tmp_path, {}, ours=ours, path="p.csv")), "descriptor/missing-file")
    check(run(pack(tmp_path, {"t.csv": "a,b\n"}, ours=ours, schema="p.csv")), "descriptor/missing-file")
    (tmp_path / "d").symlink_to(".")
    check(run(pack(tmp_path, {"t.csv": "a,b\n"}, ours=ours, path="d/" * 50 + "t.csv")))
    check(run(pack(tmp_path, {"f.csv/x": "1"}, ours=ours, path="f.csv")), "descriptor/missing-file")
    (tmp_path / "datapackage.json").unlink()
    os.mkfifo(tmp_path / "datapackage.json")
    check(found := run(tmp_path))
    assert found.code == 2


@both
def test_descriptors_that_name_themselves(tmp_path: Path, ours: bool) -> None:
    """As table, schema and dialect; and two files that name each other."""
    itself = "datapackage.json"
    check(run(pack(tmp_path, {}, ours=ours, path=itself, schema=itself, dialect=itself)), "schema/property")
    files = {"t.csv": "a,b\n", "s.json": '{"schema": "r.json", "$ref": "r.json"}', "r.json": '"s.json"'}
    check(run(pack(tmp_path, files, ours=ours, schema="s.json")), "schema/property")
    check(run(pack(tmp_path, files, ours=ours, schema="r.json", dialect="r.json")))


PATTERNS = {
    "catastrophic": r"(a+)+b", "automaton": "(a{1000}){1000}", "ranges": "[\\u0000-\\U0010ffff]{5000}",
    "groups": "(" * 4000 + "a" + ")" * 4000, "choices": "(a|b|c){900}d", "optional": "a?" * 900 + "a" * 900,
    "set": "[" + "a-b" * 3000 + "]", "nested": "(((((a{9}){9}){9}){9}){9}){9}", "stars": "(.*){30}(.*){30}x",
    "words": "(" + "|".join("a" * n for n in range(1, 44)) + ")*x", "long": "x" * 10 * M, "count": "a{99999999999}",
    "back": r"(a*)*\1b", "look": "(?=(a+)+b)x", "places": "(" + "|".join(f"a{n}" for n in range(300)) + ")*x",
}  # fmt: skip


@both
def test_patterns(tmp_path: Path, ours: bool) -> None:
    """Each alone is bounded; so are fifty outside the dialect, since they share their time."""
    table = (
        "a\n" + "".join("a" * 40 + f"{n}\n" for n in range(20)) + "a" * 5000 + "\n" + "abc" * 500 + "\n" + "a" * 9 * M
    )
    for pattern in PATTERNS.values():
        fields = [{"name": "a", "constraints": {"pattern": pattern}}]
        check(run(pack(tmp_path, {"t.csv": table + "\n"}, ours=ours, fields=fields)))
    for pattern in ("(?=a)(a+)+b{}", "(a|aa)+(b|bb{})*(a|b|ab)*c"):
        fields = [{"name": f"a{n}", "constraints": {"pattern": pattern.replace("{}", f"{{{n}}}")}} for n in range(50)]
        rows = ",".join(str(field["name"]) for field in fields) + "\n" + (",".join(["a" * 40] * 50) + "\n") * 3
        check(run(pack(tmp_path, {"t.csv": rows}, ours=ours, fields=fields)))


@both
def test_many_resources_and_keys(tmp_path: Path, ours: bool) -> None:
    """10,000 tables, 10,000 foreign keys, keys that make no sense."""
    schema = json.dumps({"fields": list(FIELDS)})
    files = {"t.csv": "a,b\nx,1\n", "s.json": schema, **{f"d/{n}.csv": "a,b\nx,1\n" for n in range(10_000)}}
    tables = [{"name": f"t{n}", "path": f"d/{n}.csv", "schema": "s.json"} for n in range(10_000)]
    check(run(pack(tmp_path, files, ours=ours, resources=tables)))
    astray = [{**table, "path": f"x/{table['path']}"} for table in tables]
    check(run(pack(tmp_path, {}, ours=ours, resources=astray)), "descriptor/missing-file")
    check(run(pack(tmp_path, {}, ours=ours, resources=[{**t, "schema": "../s.json", "hash": "x:1"} for t in tables])))
    key = {"fields": "a", "reference": {"resource": "", "fields": "a"}}
    for keys in (
        {"primaryKey": "a", "foreignKeys": [key] * 10_000}, {"primaryKey": ["zz", "a", "a"]},
        {"primaryKey": ["a"] * 100_000}, {"uniqueKeys": [["a"]] * 10_000},
    ):  # fmt: skip
        check(run(pack(tmp_path, {"t.csv": "a,b\nx,1\n"}, ours=ours, schema={"fields": list(FIELDS), **keys})))


@pytest.mark.parametrize("hash", ["sha256:abc", "sha256:" + "a" * 5 * M, "md5:", "sha512:" + "0" * 64, ":" * M])
def test_digests_of_a_wrong_length(tmp_path: Path, hash: str) -> None:
    """Each is told, and shortened in the report."""
    check(found := run(pack(tmp_path, {"t.csv": "a,b\nx,1\n"}, hash=hash)))
    assert found.code == 1


def test_names_that_steer_a_terminal(tmp_path: Path) -> None:
    """Control characters in paths, names and cells are printed as escapes, on both streams."""
    name = "\x1b[2J\x07\x9b31m\u202et.csv"
    check(run(pack(tmp_path / "a", {}, path=name, schema=name, name=name)))
    check(found := run(tmp_path / name))
    assert found.code == 2
    check(run(as_zip(pack(tmp_path / "b", {f"{name}\n": "x"}))))
    (tmp_path / "c.zip").write_bytes(archive((f"../{name}", b"x")))
    check(run(tmp_path / "c.zip"))
