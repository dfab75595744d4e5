"""Services that answer what no service should: each request in turn, each odd answer, and never a traceback."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from eventpack.catalogue import read_catalogue
from eventpack.depots import calls
from eventpack.downloading import download
from eventpack.errors import DamagedError, EventpackError
from eventpack.fetching import web
from eventpack.jsontext import json_bytes
from eventpack.publishing import publish
from tests.depotpack import HASTY, github, release, zenodo
from tests.doubles.server import Reply, Request, serving
from tests.effort import first, only
from tests.storepack import KEYS

ODD = {
    "brackets without end": b"[" * 200_000,
    "numbers without end": b'{"id": 1, "size": 1e999, "versions": {"index": NaN}, "hits": {"total": 1e999}}',
    "a list": b"[1, {}]",
    "nothing in it": b"{}",
    "half a character": b'{"id": "\\ud800", "tag_name": "\\ud800", "assets": [{"name": "\\ud800"}]}',
    "no addresses": b'{"id": 1, "upload_url": "https://[", "links": {"content": "https://h:99999/"}}',
    "a page": b"<html>Please log in</html>",
}
DEPOTS: dict[str, tuple[Any, str, str]] = {
    "zenodo": (zenodo, "zenodo:", "zenodo:100"),
    "github": (github, "github:curators/talks", "github:curators/talks"),
}


def odd_at(service: Any, at: int, how: str) -> Callable[[Request], Reply]:
    """How a service answers that goes wrong at one request; `gone` is 404."""
    answer, count = service.answer, 0

    def answer_oddly(request: Request) -> Reply:
        nonlocal count
        count += 1
        if count != at:
            return answer(request)  # type: ignore[no-any-return]
        return Reply(404) if how == "gone" else Reply(200 if request.method == "GET" else 201, ODD[how])

    return answer_oddly


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))


# In `make test` each answer is met by one request in turn, in `make test-all` by all four.
HOWS, TURNS = (*ODD, "gone"), (1, 2, 5, 8)
MET = [(how, TURNS[at % len(TURNS)]) for at, how in enumerate(HOWS)]


@pytest.mark.parametrize(("how", "at"), only(MET, product(HOWS, TURNS)))
@pytest.mark.parametrize("depot", DEPOTS)
def test_publishing(depot: str, at: int, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said is what is wrong; the next run, to which the service is as ever, gets it done."""
    double, target, _ = DEPOTS[depot]
    with double(monkeypatch) as (service, _), monkeypatch.context() as patch:
        patch.setattr(calls, "PATIENCE", HASTY)
        patch.setattr(service, "answer", odd_at(service, at, how))
        with contextlib.suppress(EventpackError):
            publish(release(), target, public=True, yes=True)
        patch.undo()
        assert publish(release(), target, public=True, yes=True).state == "public"


@pytest.mark.parametrize("how", [*ODD, "gone"])
@pytest.mark.parametrize("depot", DEPOTS)
def test_downloading(depot: str, how: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nor does a download end otherwise, at whichever request."""
    double, target, ref = DEPOTS[depot]
    monkeypatch.setattr(web, "PATIENCE", HASTY)
    with double(monkeypatch) as (service, _):
        publish(release(), target, public=True, yes=True)
        monkeypatch.setattr(calls, "PATIENCE", HASTY)
        for at in range(1, 8):
            with monkeypatch.context() as patch, contextlib.suppress(EventpackError):
                patch.setenv("EVENTPACK_CACHE", str(tmp_path / str(at)))
                patch.setattr(service, "answer", odd_at(service, at, how))
                download(ref)
        assert download(ref).version == "0.1.0"


STORED = {
    "a page": Reply(200, b"<html>Please log in</html>"),
    "a page, with a tag": Reply(200, b"<html>Please log in</html>", {"ETag": '"x"'}),
    "nothing anywhere": Reply(404, b"<html>no"),
    "no text": Reply(404, b"\xff\xfe\x00"),
    "a time that is none": Reply(200, b"{}", {"ETag": '"x"', "Last-Modified": "some day"}),
    "a list without sizes": Reply(
        200, b"<ListBucketResult><Contents><Key>x</Key></Contents></ListBucketResult>", {"ETag": '"x"'}
    ),
}  # fmt: skip


class OddStore:
    """A store that answers everything so."""

    url = ""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def begun(self, request: Request) -> None:
        """Nothing is kept."""

    def answer(self, request: Request) -> Reply:
        """The same each time, but that there are no lists of versions: publishing gets further then."""
        return Reply(404) if request.path.endswith(".json") and len(self.reply.headers) == 1 else self.reply


@pytest.mark.parametrize("how", first(2, STORED))
def test_stores(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What calls itself a store and is none is told as such, to whoever publishes and whoever downloads."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with serving(OddStore(STORED[how])) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL", running.url)
        with pytest.raises(EventpackError):
            publish(release(), "s3://bucket/ships", yes=True)
        with pytest.raises(EventpackError):
            download("s3://bucket/ships")


def catalogue(versions: int, path: str = "a") -> bytes:
    """A list of so many versions of one file."""
    file = {"path": path, "bytes": 1, "sha256": "0" * 64}
    entries = [
        {"version": f"0.0.{number}", "date": "2026-01-01", "status": "released", "files": [file]}
        for number in range(versions)
    ]
    return json_bytes({"catalogue": "1", "name": "ships", "versions": entries})


@pytest.mark.long
def test_a_list_of_many_versions_is_read_in_a_time_that_grows_with_it() -> None:
    """Whoever lists eight times as many versions takes about eight times as much, not sixty-four times."""
    few, many = (min(seconds(catalogue(count)) for _ in range(3)) for count in (1000, 8000))
    assert many < 24 * few


def seconds(data: bytes) -> float:
    """How long a list is read, in seconds of this process."""
    began = time.process_time()
    read_catalogue(data, "list")
    return time.process_time() - began


def test_a_path_of_ten_thousand_folders_is_refused() -> None:
    """It takes half a gigabyte to look at each of them."""
    with pytest.raises(DamagedError, match="a path of 19999 characters, which no system takes"):
        read_catalogue(catalogue(1, "/".join("a" * 10_000)), "list")
