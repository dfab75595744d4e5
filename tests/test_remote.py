"""Files at addresses: refused unless they are asked for; then fetched from a real server on loopback, and bounded."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eventpack.errors import EventpackError, NetworkError
from eventpack.fetching.patience import Patience
from eventpack.fetching.single import fetch_single
from eventpack.formats.sarif import as_sarif
from eventpack.formats.text import as_text
from eventpack.remote import Fetched
from eventpack.report import Report
from eventpack.trees import MissingFile
from eventpack.validation import validate
from tests.foreignpack import FIELDS, write_foreign
from tests.loopback import Loopback, endless, instead, serve, status

PLAIN = "ship,tons\nAnna,120\nBerta,80\n"
QUICK = Patience(connect=2, silence=1, tries=2, pause=0.01, longest=0.02, whole=1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Loopback]:
    """A server of an empty folder."""
    root = tmp_path / "www"
    root.mkdir()
    with serve(root) as running:
        yield running


def put(server: Loopback, **files: str | bytes) -> None:
    """Files on the server; `_` in a name stands for a dot."""
    for name, text in files.items():
        data = text.encode("utf-8") if isinstance(text, str) else text
        (server.root / name.replace("_", ".")).write_bytes(data)


def told(report: Report) -> list[str]:
    """The errors as `path:line:column code`."""
    return [f"{f.where} {f.code}" for f in report.findings if f.severity == "error"]


def test_an_address_is_refused_and_the_option_named(server: Loopback, tmp_path: Path) -> None:
    """Data, schema and dialect at an address are findings that name `--remote`; the server is not asked."""
    for number, given in enumerate(
        ({"path": f"{server.url}/a.csv"}, {"schema": f"{server.url}/s.json"}, {"dialect": f"{server.url}/d.json"})
    ):
        folder = write_foreign(tmp_path / f"p{number}", {"a.csv": PLAIN})
        place = folder / "datapackage.json"
        raw = json.loads(place.read_text("utf-8"))
        raw["resources"][0] |= given
        place.write_text(json.dumps(raw), "utf-8")
        report = validate(folder)
        assert [f.code for f in report.findings] == ["descriptor/path"]
        assert "--remote" in report.findings[0].what
    assert server.log == []


def test_data_schema_and_dialect_are_fetched(server: Loopback, tmp_path: Path) -> None:
    """With `remote` all three are read from the server, each once, and what is wrong has the address as its place."""
    put(server, a_csv="ship;tons\nAnna;120\nBerta;many\n", d_json='{"delimiter": ";"}')
    put(server, s_json=json.dumps({"fields": list(FIELDS)}))
    folder = write_foreign(tmp_path / "p", {"x": ""}, path=f"{server.url}/a.csv", dialect=f"{server.url}/d.json")
    place = folder / "datapackage.json"
    raw = json.loads(place.read_text("utf-8"))
    raw["resources"][0]["schema"] = f"{server.url}/s.json"
    place.write_text(json.dumps(raw), "utf-8")
    report = validate(folder, remote=True)
    assert told(report) == [f"{server.url}/a.csv:3:7 cell/type"]
    assert report.counts == {"ships": 2}
    assert sorted(asked.path for asked in server.log) == ["/a.csv", "/d.json", "/s.json"]


def test_who_watches_is_told_of_local_files_alone(server: Loopback, tmp_path: Path) -> None:
    """A file at an address has no size on this disk that could be told before it is fetched."""
    put(server, a_csv=PLAIN)
    seen: list[tuple[int, int, int]] = []
    folder = write_foreign(tmp_path / "p", {"x": ""}, path=f"{server.url}/a.csv")
    assert told(validate(folder, remote=True, watch=lambda *state: seen.append(state))) == []
    assert seen[-1] == (0, 0, 2)


FORMS: dict[str, tuple[str, bytes, dict[str, Any]]] = {
    "query": ("a.csv?year=2024#top", PLAIN.encode(), {}),
    "gzip": ("a.csv.gz", gzip.compress(PLAIN.encode()), {}),
    "format": ("a", PLAIN.encode(), {"format": "csv"}),
    "json": ("a.json", b'[{"ship": "A", "tons": 1}, {"ship": "B", "tons": 2}]', {}),
    "digest": ("a.csv", PLAIN.encode(), {"hash": hashlib.md5(PLAIN.encode()).hexdigest(), "bytes": len(PLAIN)}),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_from_a_server(form: str, server: Loopback, tmp_path: Path) -> None:
    """What a file is, is told by its name without the query, or by the descriptor, as for files of the package."""
    name, data, given = FORMS[form]
    server.always["/" + name.partition("#")[0]] = instead(data)
    report = validate(write_foreign(tmp_path / "p", {"x": ""}, path=f"{server.url}/{name}", **given), remote=True)
    assert (told(report), report.counts) == ([], {"ships": 2})


def test_size_and_digest_hold_for_what_is_fetched(server: Loopback, tmp_path: Path) -> None:
    """Other bytes than the descriptor says are findings."""
    put(server, a_csv=PLAIN)
    given: dict[str, Any] = {"path": f"{server.url}/a.csv", "bytes": 3, "hash": "sha256:00"}
    report = validate(write_foreign(tmp_path / "p", {"x": ""}, **given), remote=True)
    assert [f.code for f in report.findings] == ["file/size", "file/hash"]


def test_files_of_the_package_and_addresses_stand_side_by_side(server: Loopback, tmp_path: Path) -> None:
    """A table of a local and a remote file is one table; local paths are never asked of the server."""
    put(server, b_csv="ship,tons\nBerta,80\n")
    folder = write_foreign(tmp_path / "p", {"a.csv": "ship,tons\nAnna,120\n"}, path=["a.csv", f"{server.url}/b.csv"])
    assert validate(folder, remote=True).counts == {"ships": 2}
    assert [asked.path for asked in server.log] == ["/b.csv"]


def test_what_the_server_does_not_have_is_a_finding(server: Loopback, tmp_path: Path) -> None:
    """404 is said of the package: it names a file that is not there."""
    for key, name in (("path", "no.csv"), ("dialect", "no.json")):
        given: dict[str, Any] = {key: f"{server.url}/{name}"}
        report = validate(write_foreign(tmp_path / key, {"a.csv": PLAIN}, **given), remote=True)
        assert [f.code for f in report.findings] == ["descriptor/missing-file"]
        assert len(server.asked(name)) == 1


@pytest.mark.parametrize(
    "path", ["ftp://example.org/a.csv", "s3://ships/a.csv", "file:///etc/passwd", "../a.csv", "/etc/passwd"]
)
def test_other_paths_are_refused_all_the_same(path: str, tmp_path: Path) -> None:
    """`remote` opens http and https, and nothing else."""
    report = validate(write_foreign(tmp_path / "p", {"a.csv": PLAIN}, path=path), remote=True)
    assert [f.code for f in report.findings] == ["descriptor/path"]


def test_a_server_that_fails_is_no_verdict(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said about the package when the server refuses: NetworkError, and exit code 2."""
    put(server, a_csv=PLAIN)
    server.always["/a.csv"] = status(403)
    folder = write_foreign(tmp_path / "p", {"x": ""}, path=f"{server.url}/a.csv")
    with pytest.raises(NetworkError, match=r"a\.csv: the server answers 403"):
        validate(folder, remote=True)
    command = [sys.executable, "-m", "eventpack", "validate", "--remote", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr, "403" in done.stderr) == (2, False, True)


def test_what_is_fetched_is_bounded(server: Loopback) -> None:
    """A file that is too large, one that never ends, and a server that redirects for ever or elsewhere are refused."""
    put(server, a_csv="x" * 2000, b_csv="x", c_csv="x", d_csv="x")
    server.always |= {"/b.csv": endless, "/c.csv": status(302, Location="/c.csv")}
    server.always["/d.csv"] = status(302, Location="file:///etc/passwd")
    wanted = {"a": "larger than 1000", "b": "larger than 1000", "c": "redirected more than", "d": "leads to file:"}
    for name, said in wanted.items():
        with pytest.raises(NetworkError, match=said):
            fetch_single(f"{server.url}/{name}.csv", 1000, QUICK)


def test_all_files_together_are_bounded() -> None:
    """A package may name a thousand files, and what is held of them has one bound."""
    fetched = Fetched(lambda address: b"x" * 400, most=1000)
    assert [len(fetched.read(name)) for name in ("a", "b", "a")] == [400, 400, 400]
    with pytest.raises(NetworkError, match="more than is fetched for one package"):
        fetched.read("c")


def test_a_trickle_is_cut_off(server: Loopback) -> None:
    """A file that comes in too slowly is given up, however patient each single wait is."""
    put(server, a_csv=PLAIN)
    server.always["/a.csv"] = endless
    with pytest.raises(NetworkError, match=r"takes longer than 0\.05 s"):
        fetch_single(f"{server.url}/a.csv", 1 << 40, Patience(tries=2, whole=0.05))


def test_redirects_are_followed(server: Loopback) -> None:
    """A file that has moved on the web is read where it is now."""
    put(server, a_csv=PLAIN, b_csv="")
    server.always["/b.csv"] = status(301, Location="/a.csv")
    assert fetch_single(f"{server.url}/b.csv", patience=QUICK) == PLAIN.encode()


def test_no_password_is_sent(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one in the address nor one in `.netrc`; an address with one is refused."""
    put(server, a_csv=PLAIN)
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1\nlogin harbour\npassword secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    headers: list[dict[str, str]] = []
    server.always["/a.csv"] = lambda answer, data, asked: headers.append(asked)
    assert fetch_single(f"{server.url}/a.csv", patience=QUICK) == PLAIN.encode()
    assert ["authorization" in asked for asked in headers] == [False]
    with pytest.raises(MissingFile, match="password"):
        fetch_single(server.url.replace("//", "//harbour:secret@") + "/a.csv", patience=QUICK)


def test_since_is_local(tmp_path: Path) -> None:
    """An address has no earlier state, so the two options exclude each other."""
    with pytest.raises(EventpackError, match="no earlier state"):
        validate(write_foreign(tmp_path / "p", {"a.csv": PLAIN}), since="HEAD", remote=True)


def test_the_referee_does_not_go_to_the_web_by_itself(server: Loopback, tmp_path: Path) -> None:
    """Without `remote` frictionless is not asked about a package that names addresses; with it, it is."""
    put(server, a_csv=PLAIN)
    folder = write_foreign(tmp_path / "p", {"x": ""}, path=f"{server.url}/a.csv")
    assert [f.code for f in validate(folder, referee=True).findings] == ["descriptor/path", "referee/not-asked"]
    assert server.log == []
    assert validate(folder, referee=True, remote=True).findings == ()
    assert len(server.log) > 1


def test_an_address_is_printed_as_it_is(server: Loopback, tmp_path: Path) -> None:
    """No folder is put before it, wherever the package was named from, and in SARIF it is an address of its own."""
    put(server, a_csv="ship,tons\nAnna,many\n")
    report = validate(write_foreign(tmp_path / "p", {"x": ""}, path=f"{server.url}/a.csv"), remote=True)
    assert as_text(report).startswith(f"{server.url}/a.csv:2:6: cell/type ")
    place = json.loads(as_sarif(report))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": f"{server.url}/a.csv"}
