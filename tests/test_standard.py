"""The standard point by point: small packages, our errors, and that frictionless' verdict is the same or why not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as Judged

from eventpack.validation import validate

Json = dict[str, Any]
FIELDS = [{"name": "ship", "type": "string"}, {"name": "tons", "type": "integer"}]
PLAIN = "ship,tons\nAnna,120\nBerta,80\n"
SECOND = "https://datapackage.org/profiles/2.0/datapackage.json"


def digest(algorithm: str) -> str:
    """The digest of the plain file."""
    return hashlib.new(algorithm, PLAIN.encode()).hexdigest()


def write(folder: Path, files: Mapping[str, str | bytes], package: Json) -> Path:
    """A package; its descriptor."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    place = folder / "datapackage.json"
    place.write_text(json.dumps(package), "utf-8")
    return place


def one(
    text: str | bytes = PLAIN,
    schema: Json | None = None,
    package: Json | None = None,
    bare: bool = False,
    **resource: Any,
) -> Any:
    """A package of one table; its properties stand over the usual ones, and a `bare` one has no schema."""
    name = resource.get("path", "a.csv")
    given = {"name": "ships", "path": "a.csv", "schema": {"fields": FIELDS, **(schema or {})}, **resource}
    if bare:
        del given["schema"]
    files = {} if "data" in resource else {str(name).removeprefix("./"): text}
    if "data" in resource:
        del given["path"]
    return files, {"name": "port", "resources": [given], **(package or {})}


def cells(field: Json, *texts: str, **schema: Any) -> Any:
    """A table of one field beside a row number, with some cells."""
    text = "x,k\n" + "".join(f'"{cell}",{row}\n' for row, cell in enumerate(texts))
    return one(text, {"fields": [{"name": "x", **field}, {"name": "k", "type": "integer"}], **schema})


def keyed(schema: Json, rows: str, other: str = "id\n1\n", kind: str = "integer") -> Any:
    """Tables `a` (fields x and y) and `b` (field id)."""
    fields = [{"name": "x", "type": kind}, {"name": "y", "type": "integer"}]
    tables = [("a", {"fields": fields, **schema}), ("b", {"fields": [{"name": "id", "type": "integer"}]})]
    resources = [{"name": name, "path": f"{name}.csv", "schema": held} for name, held in tables]
    return {"a.csv": "x,y\n" + rows, "b.csv": other}, {"name": "port", "resources": resources}


def leads(fields: Any, table: str, there: Any) -> Json:
    """A foreign key."""
    return {"foreignKeys": [{"fields": fields, "reference": {"resource": table, "fields": there}}]}


LABELLED = [{"value": "", "label": "blank"}, {"value": "NA", "label": "not asked"}]
NONE: list[str] = []
# The package, and our errors in it.
CASES: dict[str, tuple[Any, list[str]]] = {
    "md5": (one(hash=digest("md5")), NONE),
    "md5, named": (one(hash="md5:" + digest("md5")), NONE),
    "md5, wrong": (one(hash="00"), ["file/hash"]),
    "md5, capitals": (one(hash=digest("md5").upper()), NONE),
    "sha1": (one(hash="sha1:" + digest("sha1")), NONE),
    "sha1, wrong": (one(hash="sha1:00"), ["file/hash"]),
    "sha256": (one(hash="sha256:" + digest("sha256")), NONE),
    "sha256, wrong": (one(hash="sha256:00"), ["file/hash"]),
    "sha512": (one(hash="sha512:" + digest("sha512")), NONE),
    "sha512, wrong": (one(hash="sha512:00"), ["file/hash"]),
    "another hash": (one(hash="crc32:00"), ["descriptor/unsupported"]),
    "another hash, and bytes, wrong": (one(hash="crc32:00", bytes=3), ["descriptor/unsupported", "file/size"]),
    "bytes": (one(bytes=len(PLAIN)), NONE),
    "bytes, wrong": (one(bytes=3), ["file/size"]),
    "no table": (one(b"\x00\xff", path="a.bin", bare=True), NONE),
    "no table, wrong digest": (one(b"\x00", path="a.bin", bare=True, hash="sha256:00"), ["file/hash"]),
    "no schema": (one("a,b\n1,2\n", bare=True), NONE),
    "no schema, ragged": (one("a,b\n1\n", bare=True), ["csv/ragged"]),
    "no schema, names twice": (one("a,a\n1,2\n", bare=True), ["csv/duplicate-header"]),
    "no schema, no name": (one("a,\n1,2\n", bare=True), ["csv/blank-header"]),
    "no schema, no header": (one("1,2\n3\n", bare=True, dialect={"header": False}), ["csv/ragged"]),
    "no schema, a file": (one("a,b\n1\n", bare=True, type="file"), NONE),
    "no schema, encoding": (one("a\n", bare=True, encoding="base64"), ["descriptor/unsupported"]),
    "no schema, bz2": (one("a\n", bare=True, compression="bz2"), ["descriptor/unsupported"]),
    "no schema, gone": (({}, {"name": "p", "resources": [{"name": "a", "path": "a.csv"}]}),
                        ["descriptor/missing-file"]),
    "header false, nested": (one("Anna,1\n", dialect={"csv": {"header": False}}), NONE),
    "comments, nested": (one("ship,tons\n#\nA,1\n", dialect={"csv": {"commentChar": "#"}}), NONE),
    "type of a dialect": (one(dialect={"type": "delimited"}), NONE),
    "doubled quote that is not allowed": (one('ship,tons\n"A""b",1\n', dialect={"doubleQuote": False}), ["csv/quote"]),
    "type of a dialect for databases": (one(dialect={"type": "database"}), ["descriptor/unsupported"]),
    "header in no row": (one(dialect={"headerRows": []}), ["descriptor/unsupported"]),
    "no quotes": (one('ship,tons\n"A,1\n', dialect={"quoteChar": ""}), NONE),
    "encoding of host names": (one(encoding="idna"), ["descriptor/unsupported"]),
    "encoding of source code": (one("ship,tons\nA\\x42,1\n", encoding="unicode_escape"), ["descriptor/unsupported"]),
    "encoding that is none": (one(encoding="undefined"), ["descriptor/unsupported"]),
    "sheet": (one(dialect={"sheetNumber": 1}), ["descriptor/unsupported"]),
    "database": (one(dialect={"table": "ships"}), ["descriptor/unsupported"]),
    "misspelt dialect": (one(dialect={"delimeter": ","}), NONE),
    "path with ./": (one(path="./a.csv"), NONE),
    "path with ./ that leaves": (({}, {"name": "p", "resources": [{"name": "a", "path": "./../a.csv"}]}),
                                 ["descriptor/path"]),
    "media type": (one(path="ships", mediatype="text/csv"), NONE),
    "no format": (one(path="ships"), ["descriptor/unsupported"]),
    "scheme": (one(scheme="file"), NONE),
    "another scheme": (one(scheme="aws"), ["descriptor/property"]),
    "capitals": (one(path="A.CSV", format="CSV"), NONE),
    "json, other keys": (one('[{"ship": "A", "tons": 1, "flag": "x"}]', path="a.json"), ["json/field"]),
    "json, other keys allowed": (
        one('[{"ship": "A", "tons": 1, "flag": "x"}]', {"fieldsMatch": "subset"}, path="a.json"), NONE),
    "json, keys chosen": (
        one('[{"ship": "A", "tons": 1, "flag": "x"}]', path="a.json", dialect={"itemKeys": ["ship", "tons"]}), NONE),
    "json, a key missing": (one('[{"ship": "A", "tons": 1}, {"ship": "B"}]', path="a.json"), NONE),
    "json, no rows": (one("[]", path="a.json"), NONE),
    "json, an empty row": (one("[{}]", path="a.json"), ["csv/blank-row"]),
    "inline, no rows": (one(data=[]), ["json/rows"]),
    "inline, with a size": (one(data=[["ship", "tons"], ["A", 1]], bytes=3), ["descriptor/property"]),
    "inline, with a digest": (one(data=[["ship", "tons"], ["A", 1]], hash="00"), ["descriptor/property"]),
    "inline, no table": (one(data={"ships": 2}, bare=True), NONE),
    "missing": (cells({"type": "integer"}, "1", "NA", missingValues=["NA"]), NONE),
    "missing, all of a row": (one("ship,tons\nNA,NA\n", {"missingValues": ["", "NA"]}), ["csv/blank-row"]),
    "missing of the field": (cells({"type": "integer", "missingValues": ["-"]}, "1", "-"), NONE),
    "missing of the field only": (cells({"type": "integer", "missingValues": ["-"]}, "NA", missingValues=["NA"]),
                                  ["cell/type"]),
    "empty is not missing": (cells({"type": "integer"}, "1", "", missingValues=["NA"]), ["cell/type"]),
    "missing, labelled": (cells({"type": "integer"}, "1", "NA", missingValues=LABELLED), NONE),
    "missing, labelled, version 2": (
        one("ship,tons\nA,NA\n", {"missingValues": LABELLED}, {"$schema": SECOND}), NONE),
    "missing, a label twice": (
        cells({"type": "integer"}, "1", missingValues=[LABELLED[0], {"value": "-", "label": "blank"}]),
        ["schema/property"]),
    "missing and required": (
        cells({"type": "string", "constraints": {"required": True}}, "NA", missingValues=["NA"]), ["cell/required"]),
    "format any": (cells({"type": "year", "format": "any"}, "2024"), NONE),
    "format any, wrong": (cells({"type": "year", "format": "any"}, "24"), ["cell/format"]),
    "another format": (cells({"type": "number", "format": "currency"}, "1"), ["schema/unsupported"]),
    "old pattern": (cells({"type": "date", "format": "YYYY-MM-DD"}, "2024-01-02"), ["schema/unsupported"]),
    "another type": (cells({"type": "strng"}, "1"), ["schema/unsupported"]),
    "items of arrays": (cells({"type": "array", "arrayItem": {}}, "[1]"), ["schema/unsupported"]),
    "JSON Schema": (cells({"type": "object", "constraints": {"jsonSchema": {}}}, "{}"), ["schema/unsupported"]),
    "number as example of text": (cells({"type": "string", "example": 1}, "a"), ["schema/example"]),
    "pattern": (cells({"type": "string", "constraints": {"pattern": "a+"}}, "aa", "ab"), ["cell/pattern"]),
    "pattern of two ways": (cells({"type": "string", "constraints": {"pattern": "a|b"}}, "a", "axb"), ["cell/pattern"]),
    "pattern of any case": (cells({"type": "string", "constraints": {"pattern": "(?i)a"}}, "A"), NONE),
    "pattern with an immense count": (
        cells({"type": "string", "constraints": {"pattern": f"a{{{'9' * 5000}}}"}}, "a"), ["schema/constraint"]),
    "field with a line break": (
        one('ship,"to\nns"\nA,1\n', {"fields": [FIELDS[0], {"name": "to\nns", "type": "integer"}]}), NONE),
    "bound of text": (cells({"type": "string", "constraints": {"minimum": "a"}}, "a"), ["schema/constraint"]),
    "bound that is none": (cells({"type": "integer", "constraints": {"minimum": "abc"}}, "1"), ["schema/constraint"]),
    "exclusive bound": (cells({"type": "integer", "constraints": {"exclusiveMinimum": 1}}, "1"), ["cell/minimum"]),
    "unique": (cells({"type": "number", "constraints": {"unique": True}}, "1", "1.0"), ["key/unique"]),
    "unique, missing": (cells({"type": "integer", "constraints": {"unique": True}}, "", ""), NONE),
    "categories": (cells({"type": "string", "categories": ["a", "b"]}, "a", "c"), ["cell/enum"]),
    "categories, labelled": (
        cells({"type": "integer", "categories": [{"value": 1, "label": "one"}]}, "1", "2"), ["cell/enum"]),
    "fieldsMatch as a list": (cells({"type": "integer"}, "1", fieldsMatch=["equal"]), NONE),
    "fieldsMatch, none": (cells({"type": "integer"}, "1", fieldsMatch=[]), ["schema/property"]),
    "fieldsMatch, two": (cells({"type": "integer"}, "1", fieldsMatch=["equal", "subset"]), ["schema/property"]),
    "fieldsMatch, unknown": (cells({"type": "integer"}, "1", fieldsMatch="some"), ["schema/property"]),
    "primary key": (keyed({"primaryKey": "x"}, "1,1\n01,2\n"), ["key/primary"]),
    "primary key of two": (keyed({"primaryKey": ["x", "y"]}, "1,1\n1,2\n"), NONE),
    "primary key, a part missing": (keyed({"primaryKey": ["x", "y"]}, "1,1\n1,\n"), ["key/missing"]),
    "primary key, missing": (keyed({"primaryKey": "x"}, "1,1\n,2\n"), ["key/missing"]),
    "primary key, no field": (keyed({"primaryKey": "z"}, "1,1\n"), ["schema/key"]),
    "unique keys": (keyed({"uniqueKeys": [["x", "y"]]}, "1,1\n1,1\n"), ["key/unique"]),
    "foreign key": (keyed(leads("x", "b", "id"), "1,1\n01,2\n,3\n"), NONE),
    "foreign key, nowhere": (keyed(leads("x", "b", "id"), "2,1\n"), ["key/foreign"]),
    "foreign key, other type": (keyed(leads("x", "b", "id"), "1.0,1\n", kind="number"), NONE),
    "foreign key, text and number": (keyed(leads("x", "b", "id"), "1,1\n", kind="string"), ["key/foreign"]),
    "foreign key, two fields": (keyed(leads(["x", "y"], "", ["x", "y"]), "1,1\n2,1\n"), NONE),
    "foreign key, crossed": (keyed(leads(["x", "y"], "", ["y", "x"]), "1,2\n"), ["key/foreign"]),
    "foreign key, half": (keyed(leads(["x", "y"], "", ["y", "x"]), "1,1\n1,\n"), NONE),
    "foreign key to itself": (keyed(leads("y", "", "x"), "1,\n2,1\n"), NONE),
    "foreign key to itself, nowhere": (keyed(leads("y", "a", "x"), "1,3\n"), ["key/foreign"]),
    "foreign key, no table": (keyed(leads("y", "z", "x"), "1,3\n"), ["schema/key"]),
    "version 1": (one(package={"profile": "tabular-data-package"}, profile="tabular-data-resource"), NONE),
    "tables, no schema": (one(bare=True, profile="tabular-data-resource"), ["descriptor/property"]),
    "tables, a resource that says nothing": (
        one(package={"profile": "tabular-data-package"}), ["descriptor/property"]),
    "resource of one's own profile": (one(profile="https://example.org/ships.json"), NONE),
    "missing values of the resource": (one(missingValues=["-"]), ["descriptor/unknown-property"]),
    "missing values of the package": (one(package={"missingValues": ["-"]}), ["descriptor/unknown-property"]),
    "fields of the package": (one(package={"fields": FIELDS}), ["descriptor/unknown-property"]),
    "another type of resource": (one(type="tables"), ["descriptor/property"]),
    "sources, no list": (one(sources="the harbour office"), ["descriptor/property"]),
    "image, no text": (one(package={"image": 1}), ["descriptor/property"]),
    "path with a variable": (one(path="$ships.csv"), NONE),
    "version 2": (one(package={"$schema": SECOND}, type="table"), NONE),
    "profile of one's own": (one(package={"profile": "fiscal-data-package"}), NONE),
    "profile, no text": (one(package={"profile": 1}), ["descriptor/property"]),
    "name": (one(package={"name": "Port"}), ["descriptor/property"]),
    "name, version 2": (one(package={"name": "Port", "$schema": SECOND}), NONE),
    "name, empty": (one(package={"name": ""}), ["descriptor/property"]),
    "created": (one(package={"created": "2024-01-02T03:04:05Z"}), NONE),
    "created on a day": (one(package={"created": "2024-01-02"}), ["descriptor/property"]),
    "licence without a name": (one(package={"licenses": [{"title": "x"}]}), ["descriptor/property"]),
    "e-mail address": (one(package={"contributors": [{"title": "x", "email": "no"}]}), NONE),
    "two of one name": (one(package={"resources": [{"name": "a", "path": "a.csv"}, {"name": "a", "path": "a.csv"}]}),
                        ["descriptor/duplicate-name"]),
}  # fmt: skip
# Where frictionless says otherwise; docs/design/truth.md has the reasons at more length.
MORE = {  # we accept more
    "md5, capitals": "digits of hexadecimal numbers have no case",
    "header false, nested": "it reads these two only where they stand flat",
    "comments, nested": "it reads these two only where they stand flat",
    "type of a dialect": "it breaks down",
    "inline, no table": "it takes only tables as data",
    "missing, labelled": "it wants `$schema` of version 2",
    "fieldsMatch as a list": "it wants text, the standard a list",
    "foreign key, half": "it looks for the empty part",
    "profile of one's own": "it fetches the profile",
    "resource of one's own profile": "it fetches the profile",
    "no quotes": "it breaks down",
    "pattern of any case": "it puts `^` before the flags, which must be first",
    "path with a variable": "it takes the name for a variable of the system",
    "e-mail address": "nobody reads data by it",
}
LESS = {  # we refuse more
    "sha1, wrong": "it checks only md5 and sha256",
    "sha512, wrong": "it checks only md5 and sha256",
    "another hash": "it checks only md5 and sha256",
    "doubled quote that is not allowed": "it reads what follows the quote as text",
    "inline, with a digest": "it checks the size alone",
    "encoding of host names": "it takes the letters of ASCII for themselves",
    "encoding of source code": "it reads escapes as what they mean in Python",
    "pattern of two ways": "it reads `^a|b$`: the beginning of a text, or its end",
    "sheet": "it passes over what is not for CSV",
    "database": "it passes over what is not for CSV",
    "no format": "it passes over tables whose format it does not know",
    "json, other keys": "it passes over keys that are no field",
    "json, an empty row": "it takes an empty object for a row",
    "another format": "it reads unknown formats as the default",
    "items of arrays": "it has the property, and we do not",
    "categories": "it does not check them",
    "categories, labelled": "it does not check them",
    "primary key, a part missing": "it takes a key with an empty part",
    "unique keys": "it does not check them",
}


@pytest.mark.parametrize("case", CASES)
def test_the_standard_point_by_point(case: str, tmp_path: Path) -> None:
    """Our errors are those of the table; frictionless agrees that there are some, or the reason is listed."""
    (files, package), expected = CASES[case]
    place = write(tmp_path / "p", files, package)
    errors = [finding.code for finding in validate(place.parent).findings if finding.severity == "error"]
    assert errors == expected
    try:
        theirs = bool(Judged(place.as_posix()).validate().valid)
    except Exception:  # a referee that breaks down has not agreed
        theirs = False
    assert (not errors, theirs) == (not expected, case in LESS or (not expected and case not in MORE))


def test_every_difference_is_listed_once() -> None:
    """The two lists name cases of the table, and none twice."""
    assert set(MORE) | set(LESS) <= set(CASES)
    assert set(MORE).isdisjoint(LESS)


# A cell of two lines stands before each fault: the errors as `line:column code`.
ABOVE = 'ship,tons\n"An\nna",1\n'
STRUCTURE: dict[str, tuple[bytes, str]] = {
    "not UTF-8": (b"B\xff,2\n", "4:2 csv/encoding"),
    "NUL": (b"B\x00,2\n", "4:2 csv/nul"),
    "open quote": (b'"B,2\nC,3\n', "4:1 csv/quote"),
    "text behind a quote": (b'"B"x,2\n', "4:4 csv/quote"),
    "stray quote": (b'B"x,2\n', "4:2 csv/quote (warning)"),
    "short row": (b"B\nC,3\n", "4:1 csv/ragged"),
    "long row": (b"B,2,3\n", "4:1 csv/ragged"),
    "blank row": (b"\nB,2\n", "4:1 csv/blank-row"),
    "row of commas": (b",\nB,2\n", "4:1 csv/blank-row"),
    "blank row at the end": (b"\n", "4:1 csv/blank-row"),
    "another line end": (b"B,2\r\nC,3\n", "4:4 csv/mixed-newlines (warning)"),
    "another line end, last": (b"B,2\r\n", "4:4 csv/mixed-newlines (warning)"),
    "cut in a row": (b"B", "4:1 csv/cut"),
    "cut in a cell": (b'"B', "4:1 csv/cut"),
    "cut in a character": ("Bé".encode()[:-1], "4:2 csv/cut"),
    "wrong cell": (b"B,x\n", "4:3 cell/type"),
    "wrong cell after two more lines": (b'"C\nd",3\nB,x\n', "6:3 cell/type"),
}


@pytest.mark.parametrize("case", STRUCTURE)
def test_broken_forms_have_a_code_and_a_physical_line(case: str, tmp_path: Path) -> None:
    """Lines are counted as an editor counts them, also behind cells of several lines."""
    data, expected = STRUCTURE[case]
    place = write(tmp_path / "p", *one(ABOVE.encode("utf-8") + data))
    assert told(place) == [expected]


def told(place: Path) -> list[str]:
    """The findings as `line:column code`."""
    return [
        f"{f.where.line}:{f.where.column} {f.code}" + (" (warning)" if f.severity == "warning" else "")
        for f in validate(place.parent).findings
    ]


def test_headers_and_marks_have_their_codes(tmp_path: Path) -> None:
    """Names that stand twice or are blank, byte order marks, and UTF-16."""
    texts: dict[bytes, str] = {
        b"ship,ship\nA,1\n": "1:6 csv/duplicate-header",
        b"ship,\nA,1\n": "1:6 csv/blank-header",
        b"\xef\xbb\xbf" + PLAIN.encode(): "1:1 csv/bom (warning)",
        PLAIN.encode("utf-16"): "1:1 csv/utf-16",
        PLAIN.encode("utf-16-be"): "1:1 csv/utf-16",
        b"\n": "1:1 csv/empty",
    }
    for number, (data, expected) in enumerate(texts.items()):
        found = told(write(tmp_path / str(number), *one(data)))
        assert expected in found, (data, found)


def test_what_is_read_with_a_doubt_is_a_warning(tmp_path: Path) -> None:
    """A format that the type does not have and a misspelt property of a dialect are told."""
    first = write(tmp_path / "a", *CASES["format any"][0])
    second = write(tmp_path / "b", *CASES["misspelt dialect"][0])
    assert [f.code for f in validate(first.parent).findings] == ["schema/unsupported"]
    assert [f.code for f in validate(second.parent).findings] == ["descriptor/unknown-property"]


def test_a_key_into_a_table_without_schema_is_refused(tmp_path: Path) -> None:
    """Nobody knows the fields of such a table, so the key cannot be followed."""
    files, package = keyed(leads("x", "b", "id"), "1,1\n")
    del package["resources"][1]["schema"]
    assert [f.code for f in validate(write(tmp_path / "p", files, package).parent).findings] == ["schema/key"]
