"""Tables of other people's packages: what is read from them, and what frictionless reads from the same files."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as Judged

from eventpack.errors import EventpackError
from eventpack.packaging import package
from eventpack.validation import validate
from tests.foreignpack import as_yaml, rows_of, write_foreign

BOTH = [("Anna", "120"), ("Berta", "80")]
PLAIN = "ship,tons\nAnna,120\nBerta,80\n"


def zipped(**files: str) -> bytes:
    """A zip archive of some texts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return held.getvalue()


READ: dict[str, tuple[dict[str, str | bytes], dict[str, Any]]] = {
    "plain": ({"a.csv": PLAIN}, {}),
    "crlf": ({"a.csv": PLAIN.replace("\n", "\r\n")}, {}),
    "cr": ({"a.csv": PLAIN.replace("\n", "\r")}, {}),
    "no final newline": ({"a.csv": PLAIN.rstrip()}, {}),
    "delimiter, flat": ({"a.csv": PLAIN.replace(",", ";")}, {"dialect": {"delimiter": ";"}}),
    "delimiter, nested": ({"a.csv": PLAIN.replace(",", ";")}, {"dialect": {"csv": {"delimiter": ";"}}}),
    "tsv by name": ({"a.tsv": PLAIN.replace(",", "\t")}, {}),
    "quotes": ({"a.csv": '"ship","tons"\n"Anna",120\n"Berta","80"\n'}, {}),
    "quote character": ({"a.csv": "ship,tons\n'Anna',120\n'Berta',80\n"}, {"dialect": {"quoteChar": "'"}}),
    "no header": ({"a.csv": "Anna,120\nBerta,80\n"}, {"dialect": {"header": False}}),
    "late header": ({"a.csv": "Ships of the port,\n" + PLAIN}, {"dialect": {"headerRows": [2]}}),
    "two header rows": (
        {"a.csv": "sh,to\nip,ns\nAnna,120\nBerta,80\n"}, {"dialect": {"headerRows": [1, 2], "headerJoin": ""}}
    ),
    "comments": ({"a.csv": "ship,tons\n# two are left\nAnna,120\nBerta,80\n"}, {"dialect": {"commentChar": "#"}}),
    "comment rows": ({"a.csv": "ship,tons\nsee below,\nAnna,120\nBerta,80\n"}, {"dialect": {"commentRows": [2]}}),
    "initial space": (
        {"a.csv": 'ship, tons\nAnna, 120\n"Berta", "80"\n'}, {"dialect": {"skipInitialSpace": True}}
    ),
    "dialect by path": ({"a.csv": PLAIN.replace(",", "|"), "d.json": '{"delimiter": "|"}'}, {"dialect": "d.json"}),
    "latin 1": ({"a.csv": PLAIN.encode("latin-1")}, {"encoding": "ISO-8859-1"}),
    "utf-16": ({"a.csv": PLAIN.encode("utf-16")}, {"encoding": "utf-16"}),
    "byte order mark": ({"a.csv": b"\xef\xbb\xbf" + PLAIN.encode()}, {"encoding": "utf-8"}),
    "several files": (
        {"a.csv": "ship,tons\nAnna,120\n", "b.csv": "ship,tons\nBerta,80\n"}, {"path": ["a.csv", "b.csv"]}
    ),
    "gzip by name": ({"a.csv.gz": gzip.compress(PLAIN.encode())}, {}),
    "gzip by word": ({"a.csv": gzip.compress(PLAIN.encode())}, {"compression": "gz", "format": "csv"}),
    "zip": ({"a.csv.zip": zipped(a_csv=PLAIN)}, {}),
    "zip with a path": (
        {"a.zip": zipped(x_txt="nothing", a_csv=PLAIN)}, {"innerpath": "a.csv", "compression": "zip", "format": "csv"}
    ),
    "inline lists": ({}, {"data": [["ship", "tons"], ["Anna", 120], ["Berta", 80]]}),
    "inline objects": ({}, {"data": [{"ship": "Anna", "tons": 120}, {"tons": 80, "ship": "Berta"}]}),
    "json of lists": ({"a.json": '[["ship", "tons"], ["Anna", 120], ["Berta", "80"]]'}, {}),
    "json of objects": ({"a.json": '[{"ship": "Anna", "tons": 120}, {"ship": "Berta", "tons": 80}]'}, {}),
    "json in a property": (
        {"a.json": '{"all": [["ship", "tons"], ["Anna", 120], ["Berta", 80]]}'},
        {"dialect": {"json": {"property": "all"}}},
    ),
    "jsonl": ({"a.jsonl": '{"ship": "Anna", "tons": 120}\n{"ship": "Berta", "tons": 80}\n'}, {}),
    "ndjson of lists": ({"a.ndjson": '["ship", "tons"]\n["Anna", 120]\n["Berta", 80]\n'}, {"format": "jsonl"}),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_every_form_gives_the_same_rows(case: str, tmp_path: Path) -> None:
    """However the two ships are written, the same table is read, and nothing is an error to us or to frictionless."""
    files, resource = READ[case]
    folder = write_foreign(tmp_path / "p", files, **resource)
    assert BOTH == rows_of(folder)
    assert [] == [finding for finding in validate(folder).findings if finding.severity == "error"]
    if "a.jsonl" in files or "a.ndjson" in files:
        return  # frictionless reads these with a library that it does not bring along
    report = Judged((folder / "datapackage.json").as_posix()).validate()
    assert report.valid, report.flatten(["type", "message"])


@pytest.mark.parametrize("case", ["plain", "inline objects", "several files"])
def test_a_descriptor_may_be_yaml(case: str, tmp_path: Path) -> None:
    """A descriptor in YAML is found in its folder and by its path, and says the same."""
    files, resource = READ[case]
    folder = as_yaml(write_foreign(tmp_path / "p", files, **resource))
    assert BOTH == rows_of(folder) == rows_of(folder / "datapackage.yaml")


# Cells that only a dialect makes: what stands in the file, the dialect, and the ships that are read.
CELLS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "escaped delimiter": ("ship,tons\nAn\\,na,1\n", {"escapeChar": "\\"}, ["An,na"]),
    "escaped quote": ('ship,tons\n"An\\"na",1\n', {"escapeChar": "\\", "doubleQuote": False}, ['An"na']),
    "doubled quote": ('ship,tons\n"An""na",1\n', {}, ['An"na']),
    "doubled and escaped": ('ship,tons\n"A""n\\"a",1\n', {"escapeChar": "\\"}, ['A"n"a']),
    "no quotes": ('ship,tons\n5" pipe,1\n', {"quoteChar": ""}, ['5" pipe']),
    "quote in a plain cell": ('ship,tons\n5" pipe,1\n', {}, ['5" pipe']),
    "break in a cell": ('ship,tons\n"An\r\nna",1\r\nB,2\r\n', {}, ["An\r\nna", "B"]),
    "null sequence": ("ship,tons\n\\N,1\n", {"nullSequence": "\\N"}, [""]),
    "comment with a quote": ('ship,tons\n# the "old\nB,2\n', {"commentChar": "#"}, ["B"]),
    "blank rows passed over": ("ship,tons\n\nB,2\n", {"skipBlankRows": True}, ["B"]),
}


@pytest.mark.parametrize("case", CELLS)
def test_cells_are_what_the_dialect_makes_of_them(case: str, tmp_path: Path) -> None:
    """Quotes, escapes and null sequences are undone as the dialect says."""
    text, dialect, ships = CELLS[case]
    assert ships == [row[0] for row in rows_of(write_foreign(tmp_path / "p", {"a.csv": text}, dialect=dialect))]


# What is refused: files, properties of the resource, and the findings as `line:column code`.
REFUSED: dict[str, tuple[dict[str, str | bytes], dict[str, Any], list[str]]] = {
    "open quote": ({"a.csv": 'ship,tons\r\nAnna,"120\r\n'}, {}, ["2:6 csv/quote"]),
    "stray quote": ({"a.csv": 'ship;tons\n"The "Anna;1\n'}, {"dialect": {"delimiter": ";"}}, ["2:7 csv/quote"]),
    "ragged rows": ({"a.csv": "ship,tons\r\nAnna\r\nB,1\r\nC,1,2\r\n"}, {}, ["2:1 csv/ragged", "4:1 csv/ragged"]),
    "blank row": ({"a.csv": "ship,tons\n\nB,1\n"}, {}, ["2:1 csv/blank-row"]),
    "wrong byte": ({"a.csv": b"ship,tons\nBr\x81,1\n"}, {"encoding": "cp1252"}, ["2:3 csv/encoding"]),
    "not the encoding": ({"a.csv": "ship,tons\nBréma,1\n".encode("latin-1")}, {}, ["2:3 csv/encoding"]),
    "header is a comment": ({"a.csv": "# ships\n" + PLAIN}, {"dialect": {"commentChar": "#"}}, ["1:1 csv/header"]),
    "order": ({"a.csv": "tons,ship\n1,A\n"}, {}, ["1:1 csv/header"]),
    "other header": (
        {"a.csv": PLAIN, "b.csv": "tons,ship\n1,A\n"}, {"path": ["a.csv", "b.csv"]}, ["1:1 csv/header"]
    ),
    "cut gzip": ({"a.csv.gz": gzip.compress(PLAIN.encode())[:-9]}, {}, ["1:1 file/packed"]),
    "gzip bomb": ({"a.csv.gz": gzip.compress(b"a" * 50_000_000)}, {}, ["1:1 file/packed"]),
    "two files in a zip": ({"a.csv.zip": zipped(a_csv=PLAIN, b_csv=PLAIN)}, {}, ["1:1 file/packed"]),
    "text for a number": ({"a.json": '[{"ship": "A", "tons": true}]'}, {}, ["1:24 json/value"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_faults_are_found_where_they_are(case: str, tmp_path: Path) -> None:
    """Each fault has its code and its place, whatever the dialect."""
    files, resource, expected = REFUSED[case]
    report = validate(write_foreign(tmp_path / "p", files, **resource))
    found = [f"{f.where.line}:{f.where.column} {f.code}" for f in report.findings if f.severity == "error"]
    assert expected == found


UNSUPPORTED: dict[str, dict[str, Any]] = {
    "encoding": {"encoding": "base64"},
    "compression": {"compression": "bz2"},
    "format": {"format": "xlsx"},
    "control": {"control": {}},
    "dialect": {"dialect": {"sheetName": "ships"}},
    "delimiter": {"dialect": {"delimiter": "::"}},
    "lineTerminator": {"dialect": {"lineTerminator": ";"}},
    "headerRows": {"dialect": {"headerRows": [0]}},
}


@pytest.mark.parametrize("case", UNSUPPORTED)
def test_what_is_not_supported_is_refused_by_name(case: str, tmp_path: Path) -> None:
    """Nothing that changes what is read is passed over."""
    report = validate(write_foreign(tmp_path / "p", {"a.csv": PLAIN}, **UNSUPPORTED[case]))
    assert {"descriptor/unsupported"} == {finding.code for finding in report.findings}


@pytest.mark.parametrize("path", ["https://example.org/a.csv", "../a.csv", "/etc/passwd", "sub/../../a.csv"])
def test_paths_stay_in_the_package(path: str, tmp_path: Path) -> None:
    """A remote path, and one that leaves the package, is refused wherever it stands."""
    (tmp_path / "a.csv").write_text(PLAIN, "utf-8")
    first = write_foreign(tmp_path / "p", {"a.csv": PLAIN}, path=path)
    second = write_foreign(tmp_path / "q", {"a.csv": PLAIN}, path=["a.csv", path])
    third = write_foreign(tmp_path / "r", {"a.csv": PLAIN}, dialect=path)
    assert [["descriptor/path"]] * 3 == [[f.code for f in validate(p).findings] for p in (first, second, third)]


MATCHES = {
    "exact": {"ship,tons"},
    "equal": {"ship,tons", "tons,ship"},
    "subset": {"ship,tons", "tons,ship", "tons,flag,ship"},
    "superset": {"ship,tons", "tons,ship", "ship"},
    "partial": {"ship,tons", "tons,ship", "tons,flag,ship", "ship", "flag,ship"},
}


@pytest.mark.parametrize("mode", MATCHES)
@pytest.mark.parametrize("header", ["ship,tons", "tons,ship", "tons,flag,ship", "ship", "flag,ship", "flag", "tons"])
def test_fields_match_as_in_frictionless(mode: str, header: str, tmp_path: Path) -> None:
    """Which headers a mode takes, here where the ship is required; frictionless takes the same."""
    row = ",".join({"ship": "A", "tons": "1", "flag": "x"}[name] for name in header.split(","))
    fields = [
        {"name": "ship", "type": "string", "constraints": {"required": True}},
        {"name": "tons", "type": "integer"},
    ]
    schema = {"fields": fields, "fieldsMatch": mode}
    folder = write_foreign(tmp_path / "p", {"a.csv": f"{header}\n{row}\n"}, schema=schema)
    assert (header in MATCHES[mode]) == (not [f for f in validate(folder).findings if f.severity == "error"])
    assert (header in MATCHES[mode]) == Judged((folder / "datapackage.json").as_posix()).validate().valid


@pytest.mark.parametrize("case", ["several files", "inline lists"])
def test_only_what_is_one_file_is_packaged(case: str, tmp_path: Path) -> None:
    """Packaging refuses by name what it would have to write anew."""
    files, resource = READ[case]
    with pytest.raises(EventpackError, match=r"`ships` cannot be packaged: it is (several files|rows in the desc)"):
        package(write_foreign(tmp_path / "p", files, **resource), tmp_path / "dist")


def test_size_and_digest_of_what_is_no_table(tmp_path: Path) -> None:
    """A resource without schema is left alone, but its bytes are those that the descriptor says."""
    folder = write_foreign(tmp_path / "p", {"a.bin": b"\x00" * 3_000_000}, bytes=3_000_001, hash="sha1:00")
    text = (folder / "datapackage.json").read_text("utf-8")
    start, end = text.index('"schema"'), text.index('"bytes"')
    (folder / "datapackage.json").write_text(text[:start] + text[end:], "utf-8")
    folder.joinpath("a.bin").write_bytes(b"\x00" * 3_000_000)
    assert ["file/size", "file/hash"] == [finding.code for finding in validate(folder).findings]
