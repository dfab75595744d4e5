"""Whatever stands in the files, there is a report or an `EventpackError` that says what to do: never a traceback."""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventpack.errors import EventpackError, NotAPackage, TextError
from eventpack.formats import FORMATS
from eventpack.records import read_record
from eventpack.validation import validate
from tests.casepack import copy_base
from tests.effort import examples

PLAIN = (
    '{ "name": "x", "resources": [{ "name": "t", "path": "t.csv", "schema": "t.json" }] }',
    '{ "fields": [{ "name": "a" }, { "name": "b", "type": "integer" }] }',
    "a,b\nx,1\n",
)
EVENT = "data/records/events/EV-aaaaaa.yaml"


def plain(
    folder: Path, descriptor: str | bytes = PLAIN[0], schema: str | bytes = PLAIN[1], table: str | bytes = PLAIN[2]
) -> Path:
    """A package of three files, some of them hostile."""
    for name, content in (("datapackage.json", descriptor), ("t.json", schema), ("t.csv", table)):
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def resource(properties: str) -> str:
    """A descriptor with one resource `t`."""
    return f'{{ "name": "x", "resources": [{{ "name": "t", {properties} }}] }}'


def codes(path: Path) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in validate(path).findings}


def test_the_plain_package_is_clean(tmp_path: Path) -> None:
    """So every finding below comes from what is hostile."""
    assert codes(plain(tmp_path)) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "descriptor/json"),
        ("   \n", "descriptor/json"),
        ("[]", "descriptor/property"),
        ("12", "descriptor/property"),
        ('"text"', "descriptor/property"),
        ("null", "descriptor/property"),
        ("{}", "descriptor/property"),
        ("{", "descriptor/json"),
        ('{ "name": "x", "name": "y" }', "descriptor/json"),
        ("[" * 100_000, "descriptor/json"),
        ('{"a":' * 100_000, "descriptor/json"),
        ("1" * 10_000, "descriptor/json"),
        ('{ "name": "x", "resources": [[]] }', "descriptor/property"),
        ('{ "name": "x", "resources": {} }', "descriptor/property"),
        (resource('"path": ["a.csv", "b.csv"]'), "descriptor/missing-file"),
        (resource('"path": 5, "schema": 5'), "descriptor/property"),
        (resource('"path": "t.csv", "schema": []'), "descriptor/property"),
        (resource('"path": "t.csv", "schema": ""'), "descriptor/path"),
        (resource('"path": "t.csv", "schema": "datapackage.json"'), "schema/property"),
        (resource('"path": "t.csv", "schema": "t.csv"'), "schema/json"),
        (resource('"path": "t.csv", "schema": "."'), "descriptor/path"),
        (resource('"path": ".", "schema": "t.json"'), "descriptor/path"),
        (resource('"path": "t.csv/x", "schema": "t.json"'), "descriptor/unsupported"),
        (resource('"path": "datapackage.json", "schema": "t.json"'), "json/rows"),
        (resource('"path": "/etc/passwd", "schema": "t.json"'), "descriptor/path"),
        (resource('"path": "t.csv\\u0000", "schema": "t.json"'), "descriptor/path"),
        (resource('"path": "\\ud800", "schema": "t.json"'), "descriptor/json"),
        (resource('"path": "t.csv", "eventpack:\\udfff": 1'), "descriptor/json"),
        (resource('"path": "' + "n" * 5000 + '", "schema": "t.json"'), "descriptor/unsupported"),
    ],
)
def test_descriptors(tmp_path: Path, text: str, code: str) -> None:
    """No form of descriptor breaks the reader."""
    assert code in codes(plain(tmp_path, descriptor=text))


@pytest.mark.parametrize(
    "fields",
    [
        '[{ "name": "a", "constraints": [] }]',
        '[{ "name": "a", "constraints": { "enum": [[]] } }]',
        '[{ "name": "a", "constraints": { "pattern": "(" } }]',
        '[{ "name": "a", "type": ["string"] }]',
        '[{ "name": "a", "type": "integer", "constraints": { "minimum": 1e999 } }]',
        '[{ "name": "a", "constraints": { "maxLength": -1 } }]',
        '[{ "name": "a", "eventpack:codes": { "x": {} } }]',
        '[{ "name": "a", "example": {} }]',
        '[{ "name": 1 }]',
        '["a"]',
        "[]",
        "{}",
    ],
)
def test_schemas(tmp_path: Path, fields: str) -> None:
    """Each is a finding of the schema, and the table is not read."""
    found = codes(plain(tmp_path, schema=f'{{ "fields": {fields} }}'))
    assert found
    assert all(code.startswith("schema/") for code in found)


@pytest.mark.parametrize(
    "more",
    [
        '"primaryKey": [5]',
        '"primaryKey": {}',
        '"uniqueKeys": ["a"]',
        '"foreignKeys": [{ "fields": "a" }]',
        '"foreignKeys": [{ "fields": ["a", "b"], "reference": { "resource": "", "fields": "a" } }]',
        '"foreignKeys": [{ "fields": [], "reference": { "resource": "", "fields": [] } }]',
        '"foreignKeys": [{ "fields": "a", "reference": { "resource": "nowhere", "fields": "a" } }]',
        '"eventpack:rules": {}',
        '"eventpack:rules": [{ "name": "r", "kind": "eval", "say": "…" }]',
        '"eventpack:rules": [{ "name": "r", "kind": "at-least-one", "say": "…", "table": "t" }]',
        '"eventpack:rules": [{ "name": "r", "kind": "expect", "say": "…", "least": "many" }]',
        '"eventpack:rules": [{ "name": "r", "kind": "order", "say": "…", "fields": ["a", "b"] }]',
        '"missingValues": ["-", { "value": "" }]',
        '"missingValues": [{ "value": "-" }, { "value": "-" }]',
    ],
)
def test_keys_and_rules(tmp_path: Path, more: str) -> None:
    """What cannot be applied is told in the schema, and never tried."""
    found = codes(plain(tmp_path, schema=PLAIN[1].removesuffix("}") + f", {more} }}"))
    assert found
    assert all(code.startswith("schema/") for code in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "csv/empty"),
        (b"\n\n", "csv/empty"),
        (b"\x00" * 1000, "csv/nul"),
        (b"\xff\xfea\x00", "csv/utf-16"),
        (b"\xff" * 1000, "csv/encoding"),
        (b'"' * 100_001, "csv/quote"),
        (b"a,b" + b"," * 100_000, "csv/blank-header"),
        (b"a,b\n" + b"[" * 1_000_000 + b",1\n", ""),
        (b"a,b\nx," + b"9" * 10_000 + b"\n", "cell/type"),
        (b"a,b\rx,1\r", ""),
        (b"a,b,b\nx,1,1\n", "csv/duplicate-header"),
        (b"{}", "csv/header"),
    ],
)
def test_tables(tmp_path: Path, text: bytes, code: str) -> None:
    """No bytes break the reader of tables; a very long cell is only a long cell."""
    assert codes(plain(tmp_path, table=text)) == ({code} if code else set())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "record/empty"),
        (b"---\n...\n", "record/empty"),
        (b"[]", "record/shape"),
        (b"just text", "record/shape"),
        (b"a: [b", "record/yaml"),
        (b"a: b\n--- \nc: d", "record/yaml"),
        (b"a: \x07", "record/yaml"),
        (b"[" * 200_000, "record/shape"),
        (b"{a: " * 50_000, "record/shape"),
        (b"- " * 50_000 + b"x", "record/shape"),
        (b"? " * 50_000 + b"x", "record/shape"),
        ("".join(" " * n + "a:\n" for n in range(1000)).encode(), "record/shape"),
        (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "record/anchor"),
        (b"!!python/object/apply:os.system [echo]", "record/anchor"),
        (b"title: !!binary aGk=", "record/anchor"),
        (b"a: [?&b x]", "record/anchor"),
        (b"? {a: b}\n: c", "record/shape"),
        (b"<<: [a]", "record/shape"),
        (b"claims: [[]]", "record/shape"),
        (b"\xff\xfea\x00", "record/encoding"),
        ("ä: ö".encode("latin-1"), "record/encoding"),
    ],
)
def test_records(tmp_path: Path, text: bytes, code: str) -> None:
    """No bytes break the reader of records, and the other files are still checked."""
    folder = copy_base(tmp_path / "base")
    (folder / EVENT).write_bytes(text)
    found = [(finding.code, finding.where.path) for finding in validate(folder).findings]
    assert found == [(code, EVENT)]


@settings(max_examples=examples(300))
@given(st.text("ab:-?[]{}&*!|>'\"%@`#,~ \n\t\x85\u2028", max_size=40))
def test_any_text_is_a_record_or_refused(text: str) -> None:
    """With a place inside the file."""
    try:
        read_record(text, "x.yaml")
    except TextError as error:
        assert error.code.startswith("record/")
        assert error.line >= 1
        assert error.column >= 1


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A table, a schema and a record that are folders."""
    plain(tmp_path)
    for name in ("t.csv", "t.json"):
        (tmp_path / name).unlink()
        (tmp_path / name).mkdir()
    assert codes(tmp_path) == {"descriptor/missing-file"}
    folder = copy_base(tmp_path / "base")
    (folder / "data/records/events/EV-cccccc.yaml").mkdir()
    assert codes(folder) == set()


def test_links_out_of_the_package_are_not_followed(tmp_path: Path) -> None:
    """Neither for tables nor for schemas, records or the descriptor itself."""
    outside = tmp_path / "outside"
    outside.mkdir()
    plain(outside)
    inside = tmp_path / "inside"
    inside.mkdir()
    plain(inside)
    for name in ("t.csv", "t.json"):
        (inside / name).unlink()
        (inside / name).symlink_to(outside / name)
        assert codes(inside) == {"descriptor/missing-file"}
    (inside / "datapackage.json").unlink()
    (inside / "datapackage.json").symlink_to(outside / "datapackage.json")
    with pytest.raises(NotAPackage):
        validate(inside)


def test_links_in_a_circle(tmp_path: Path) -> None:
    """A table and a record that are links to themselves."""
    plain(tmp_path)
    (tmp_path / "t.csv").unlink()
    (tmp_path / "t.csv").symlink_to(tmp_path / "t.csv")
    assert codes(tmp_path) == {"descriptor/missing-file"}
    folder = copy_base(tmp_path / "base")
    (folder / "data/records/events/loop").symlink_to(folder / "data/records/events")
    assert codes(folder) == {"record/stray-file"}


@pytest.mark.skipif(os.name != "posix", reason="a named pipe needs POSIX")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """Reading it would wait for ever."""
    plain(tmp_path)
    (tmp_path / "t.csv").unlink()
    os.mkfifo(tmp_path / "t.csv")
    assert codes(tmp_path) == {"descriptor/missing-file"}


@pytest.mark.parametrize("folder", ["../elsewhere", "/", "data/records/event", "data/events.csv", "\\"])
def test_a_folder_of_records_that_is_none(tmp_path: Path, folder: str) -> None:
    """It is told, and does not look like a dataset without events."""
    base = copy_base(tmp_path / "base")
    path = base / "datapackage.json"
    text = path.read_text("utf-8").replace('"data/records/events"', '"' + folder.replace("\\", "\\\\") + '"')
    path.write_text(text, "utf-8")
    assert codes(base) & {"descriptor/path", "descriptor/missing-file"}


@pytest.mark.parametrize(
    "name", ["nothing", "t.csv", "nothing.json", "nothing.zip", "nothing.yaml", "t.json\0", "t.csv/x.json"]
)
def test_paths_that_lead_to_no_package(tmp_path: Path, name: str) -> None:
    """Each is an error of use that names a next step."""
    plain(tmp_path)
    with pytest.raises(EventpackError) as caught:
        validate(tmp_path / name)
    assert caught.value.fix


def test_a_record_outside_any_record_folder(tmp_path: Path) -> None:
    """A YAML file of a package without records is an error of use."""
    plain(tmp_path)
    (tmp_path / "x.yaml").write_text("a: b\n", "utf-8")
    with pytest.raises(EventpackError):
        validate(tmp_path / "x.yaml")


def test_archives_that_are_none(tmp_path: Path) -> None:
    """Text, nothing, a folder without descriptor, names that leave."""
    path = tmp_path / "x.zip"
    for data in (b"", b"no archive", b"PK\x05\x06" + b"\0" * 18):
        path.write_bytes(data)
        with pytest.raises(NotAPackage):
            validate(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../datapackage.json", PLAIN[0])
    with pytest.raises(NotAPackage):
        validate(path)


@pytest.mark.parametrize(
    ("how", "text", "says"),
    [
        (zipfile.ZIP_LZMA, PLAIN[2], "'t.csv' is packed by another method than deflate"),
        (zipfile.ZIP_DEFLATED, "a\n" * (10 << 20), "it would unpack to more than 100 times its size"),
    ],
)
def test_an_archive_that_nobody_should_unpack(tmp_path: Path, how: int, text: str, says: str) -> None:
    """What would fill the memory, or raise errors of its own, is refused before it is read; downloads do the same."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", PLAIN[0])
        archive.writestr("t.json", PLAIN[1])
        archive.writestr("t.csv", text, how)
    with pytest.raises(NotAPackage) as caught:
        validate(path)
    assert caught.value.what == f"{path}: {says}"


@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_damaged_archive_is_told(tmp_path: Path, seed: int) -> None:
    """Some bytes of a good archive are changed: it is read, or refused."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in zip(("datapackage.json", "t.json", "t.csv"), PLAIN, strict=True):
            archive.writestr(name, text)
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
    try:
        validate(path)
    except EventpackError as error:
        assert error.fix


def test_what_does_not_print_is_shown_as_an_escape(tmp_path: Path) -> None:
    """A cell cannot steer the terminal, and a file name that is no text breaks no report."""
    folder = copy_base(tmp_path / "base")
    actors = folder / "data/actors.csv"
    actors.write_text(actors.read_text("utf-8").replace(",state,", ",st\u2028ate\x1b[31m,"), "utf-8")
    records = os.fsencode(folder / "data/records/events")
    try:
        os.rename(records + b"/EV-aaaaaa.yaml", records + b"/EV-\xff.yaml")
    except OSError:
        pytest.skip("the file system takes only names that are text")
    report = validate(folder)
    assert {finding.code for finding in report.findings} == {"cell/enum", "cell/invisible", "record/file-name"}
    for name, write in FORMATS.items():
        text = write(report)
        text.encode("utf-8")
        assert "\x1b" not in text
        text = text.replace("\\\\", "\\")  # JSON, and SARIF with it, writes a backslash twice
        assert "st\\u2028ate\\x1b[31m" in text or name == "json"
        assert ("EV-%FF.yaml" if name == "sarif" else "EV-\\udcff.yaml") in text  # the address keeps the byte
