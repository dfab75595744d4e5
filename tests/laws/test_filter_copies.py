"""Large tables that are compressed or in another encoding: the filter reads copies, and finds what the kernel finds."""

from __future__ import annotations

import codecs
import encodings.aliases
import gzip
import hashlib
import io
import json
import random
import tempfile
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack import large as large_tables
from eventpack.dialect import encoding_problem
from eventpack.foreign import packing
from eventpack.foreign.copying import TemporaryCopies
from eventpack.opening import open_package
from eventpack.passing import large_of
from eventpack.resource import LooseResource
from tests.effort import examples, only
from tests.laws.test_filter import BYTES, FIELDS, Form, csv_text, findings, row, write


@dataclass(frozen=True)
class Stored:
    """How the file of a table is stored."""

    packed: str = ""
    encoding: str = "utf-8"
    mark: bool = False

    def encoded(self, text: str) -> bytes:
        """The bytes of a text, packed; what the encoding does not have is a question mark."""
        return self.pack((("\ufeff" if self.mark else "") + text).encode(self.encoding, "replace"))

    def pack(self, data: bytes) -> bytes:
        """Bytes, packed."""
        if self.packed == "gz":
            return gzip.compress(data)
        if self.packed == "zip":
            held = io.BytesIO()
            with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("read.me", "")
                archive.writestr("in/table.csv", data)
            return held.getvalue()
        return data

    @property
    def given(self) -> dict[str, str]:
        """What the descriptor says of it."""
        told = {"encoding": self.encoding}
        if self.packed:
            told["compression"] = self.packed
        if self.packed == "zip":
            told["innerpath"] = "in/table.csv"
        return told


STORED = (
    Stored("gz"), Stored("zip"), Stored("gz", mark=True), Stored("gz", "cp1252"), Stored("zip", "utf-16"),
    Stored("", "latin-1"), Stored("", "cp1252"), Stored("", "utf-16"), Stored("", "utf-16-le", mark=True),
    Stored("", "utf-8-sig"), Stored("", "ascii"), Stored("", "shift_jis"), Stored("", "cp500"), Stored("", "utf_8"),
)  # fmt: skip


PLAIN = Form()


def store(folder: Path, stored: Stored, texts: dict[str, str | bytes], form: Form = PLAIN) -> Path:
    """The package of the law, with its tables stored in that way; bytes stand for what is packed."""
    data = {n: stored.pack(text) if isinstance(text, bytes) else stored.encoded(text) for n, text in texts.items()}
    write(folder, data, form)
    place = folder / "datapackage.json"
    descriptor = json.loads(place.read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource.update(stored.given, bytes=len(data[resource["name"]]))
        resource["hash"] = f"sha256:{hashlib.sha256(data[resource['name']]).hexdigest()}"
    place.write_text(json.dumps(descriptor), "utf-8")
    return folder


def copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The tables that the filter reads."""
    with monkeypatch.context() as patch, ExitStack() as until:
        patch.setattr(large_tables, "_SMALL", 0)
        patch.setattr(large_tables, "_LARGE", 0)
        return set(large_of(open_package(folder), until))


PARTS = csv_text(["part", "thing"], [["A1", "A1"], ["A2", 'say "so",\nyes'], ["é", "x"], ["B3", ""]])
THINGS = csv_text(list(FIELDS), [["A1", *[""] * (len(FIELDS) - 1)]])


@pytest.mark.parametrize("stored", STORED, ids=str)
def test_every_form_is_left_to_the_filter(stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are read from copies, and those are gone afterwards."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    folder = store(tmp_path / "p", stored, {"things": THINGS, "parts": PARTS})
    assert copied(folder, monkeypatch) == {"things", "parts"}
    found = findings(folder, monkeypatch, large=True)
    assert found == findings(folder, monkeypatch, large=False)
    assert {one.where.path for one in found} <= {"things.csv", "parts.csv", "datapackage.json"}
    assert list(scratch.iterdir()) == []


@settings(max_examples=examples(60))
@given(
    st.sampled_from(STORED),
    st.lists(row(), max_size=4),
    st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)).map(list), max_size=4),
    st.builds(Form, delimiter=st.sampled_from(",;"), newline=st.sampled_from(["\n", "\r\n"]), ended=st.booleans()),
)
def test_copies_have_the_findings_of_the_files(
    tmp_path_factory: pytest.TempPathFactory,
    stored: Stored,
    things: list[list[str]],
    parts: list[list[str]],
    form: Form,
) -> None:
    """Cells, keys, rules and letters: the same findings, at the same places of the same files."""
    texts: dict[str, str | bytes] = {
        "things": csv_text(list(FIELDS), things, form),
        "parts": csv_text(["part", "thing"], parts, form).encode("utf-8", "replace").decode("utf-8"),
    }
    folder = store(tmp_path_factory.mktemp("law") / "p", stored, texts, form)
    monkeypatch = pytest.MonkeyPatch()
    assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)


@settings(max_examples=examples(60))
@given(
    st.sampled_from(STORED),
    st.lists(st.tuples(st.integers(0, len(PARTS)), BYTES, st.booleans()), min_size=1, max_size=3),
)
def test_broken_text_in_copies_is_never_clean(
    tmp_path_factory: pytest.TempPathFactory, stored: Stored, edits: list[tuple[int, bytes, bool]]
) -> None:
    """Bytes put in or over others before the text is packed, also such as the encoding does not have."""
    data = PARTS.encode(stored.encoding, "replace")
    for at, put, over in edits:
        data = data[:at] + put + data[at + len(put) * over :]
    folder = store(tmp_path_factory.mktemp("law") / "p", stored, {"things": THINGS, "parts": data})
    monkeypatch = pytest.MonkeyPatch()
    assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)


ROWS = b"part,thing\n" + b"".join(b"A%d,x\n" % number for number in range(5000))
PACKED = gzip.compress(ROWS)
ZIPPED = Stored("zip").pack(ROWS)
DAMAGED: dict[str, tuple[str, bytes]] = {
    "cut": ("gz", PACKED[: len(PACKED) // 2]),
    "without its end": ("gz", PACKED[:-8]),
    "another check sum": ("gz", PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:]),
    "another size": ("gz", PACKED[:-4] + b"\xff\xff\xff\x00"),
    "something behind": ("gz", PACKED + b"more"),
    "no gzip": ("gz", ROWS),
    "nothing": ("gz", b""),
    "a bomb": ("gz", gzip.compress(b"part,thing\n" + b"a,b\n" * (1 << 19))),
    "a bomb that tells another size": ("gz", gzip.compress(b"part,thing\n" + b"a,b\n" * (1 << 19))[:-4] + b"\1\0\0\0"),
    "zip, cut": ("zip", ZIPPED[: len(ZIPPED) // 2]),
    "zip, damaged inside": ("zip", ZIPPED[:200] + b"\xff" * 40 + ZIPPED[240:]),
    "no zip": ("zip", ROWS),
    "zip bomb": ("zip", Stored("zip").pack(b"part,thing\n" + b"a,b\n" * (1 << 19))),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files_are_refused_as_before(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words of the kernel; no copy is left, nor one of a bomb read."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    kind, data = DAMAGED[name]
    folder = store(tmp_path / "p", Stored(kind), {"things": THINGS, "parts": PARTS})
    (folder / "parts.csv").write_bytes(data)
    found = findings(folder, monkeypatch, large=True)
    assert {one.code for one in found} & {"file/packed", "csv/empty"}
    assert found == findings(folder, monkeypatch, large=False)
    assert copied(folder, monkeypatch) == {"things"}
    assert list(scratch.iterdir()) == []


def test_several_parts_of_gzip_are_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As tools write it that compress in blocks, the last of which is empty."""
    data = gzip.compress(ROWS[:100]) + gzip.compress(ROWS[100:]) + gzip.compress(b"")
    folder = store(tmp_path / "p", Stored("gz"), {"things": THINGS, "parts": PARTS})
    (folder / "parts.csv").write_bytes(data)
    assert copied(folder, monkeypatch) == {"things", "parts"}
    assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)


def test_digests_are_those_of_the_stored_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not of the copy: another level of compression is another file."""
    folder = store(tmp_path / "p", Stored("gz"), {"things": THINGS, "parts": PARTS})
    assert not {one.code for one in findings(folder, monkeypatch, large=True)} & {"file/hash", "file/size"}
    place = folder / "parts.csv"
    place.write_bytes(gzip.compress(gzip.decompress(place.read_bytes()), 1, mtime=1))
    assert copied(folder, monkeypatch) == {"things", "parts"}
    assert "file/hash" in {one.code for one in findings(folder, monkeypatch, large=True)}


def test_a_second_mark_is_left_to_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte order mark is passed over, the second is a character of the first cell, or an error."""
    for number, stored in enumerate((Stored(), Stored("gz"), Stored("", "utf-8-sig", mark=True), Stored("", "utf-16"))):
        form = Form(header=False)
        texts: dict[str, str | bytes] = {"things": "", "parts": "\ufeff" * 2 + "A1,A1\n"}
        folder = store(tmp_path / str(number), stored, texts, form)
        assert copied(folder, monkeypatch) == set()
        assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)


TEXT_ENCODINGS = sorted({name for name in encodings.aliases.aliases.values() if not encoding_problem(name)})


@pytest.mark.parametrize("encoding", only(TEXT_ENCODINGS[::4], TEXT_ENCODINGS))
def test_pieces_are_read_as_the_whole(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In all encodings of Python: what a copy holds is what all bytes together mean, or there is no copy."""
    monkeypatch.setattr(packing, "_PIECE", 3)
    chance = random.Random(encoding)
    resource = LooseResource(name="t", path="t.csv", encoding=encoding)
    for number in range(30):
        data = chance.choice((b"", codecs.encode("a,b\nÄ,é\r\n\u4e2d".encode("ascii", "ignore").decode(), encoding)))
        data += bytes(chance.choices(range(256), k=chance.choice((0, 1, 2, 5, 9))))
        file = tmp_path / f"{number}.csv"
        file.write_bytes(data)
        with ExitStack() as until:
            copy = TemporaryCopies(until).make(resource, file)
            if copy is not None and codecs.lookup(encoding).name != "utf-8":
                assert copy.read_bytes().decode("utf-8") == data.decode(encoding)
