"""Whatever files a package has: published and downloaded again, over the web or from the folder, they are the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from eventpack.downloading import download
from eventpack.files import path_problem, sha256
from eventpack.jsontext import json_bytes
from eventpack.listing import ListedFile, paths_problem
from eventpack.packaging import package
from eventpack.publishing import publish
from tests.effort import examples
from tests.loopback import Loopback, serve
from tests.places import tree
from tests.tablepack import write_tables

# Characters that mean something in addresses, shells and JSON, and some beyond ASCII.
paths = st.text("ab/#?%+&=é'\"~;: .-漢\U0001f600", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small packaged folder."""
    folder = tmp_path_factory.mktemp("base")
    return package(write_tables(folder / "pack", {"ships": "id\ns1\n"}, name="ships"), folder / "dist").folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    """A server of all that is published here."""
    with serve(tmp_path_factory.mktemp("sites")) as running:
        yield running


def with_files(base: Path, folder: Path, files: dict[str, bytes]) -> Path:
    """A copy of a packaged folder with further files, its lists made anew."""
    made = Path(shutil.copytree(base, folder / base.name))
    for path, data in files.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_bytes(data)
    held = {path: data for path, data in tree(made).items() if path not in ("manifest.json", "SHA256SUMS")}
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    manifest["files"] = [
        {"path": path, "bytes": len(data), "sha256": sha256(data)} for path, data in held.items()
    ]  # fmt: skip
    held["manifest.json"] = json_bytes(manifest)
    (made / "manifest.json").write_bytes(held["manifest.json"])
    sums = "".join(f"{sha256(data)}  {path}\n" for path, data in sorted(held.items()))
    (made / "SHA256SUMS").write_bytes(sums.encode("utf-8"))
    return made


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.dictionaries(paths, st.binary(max_size=50), min_size=1, max_size=5))
def test_what_is_published_comes_back(
    base: Path, server: Loopback, tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    """Names with `#`, `%`, spaces or other scripts survive addresses; the zip gives the same files again."""
    names = [*files, *tree(base)]
    listed = [ListedFile(path=path, bytes=0, sha256="0" * 64) for path in names]
    assume(not any(path_problem(path) for path in files) and not paths_problem(listed))
    here = tmp_path_factory.mktemp("case")
    made = with_files(base, here, files)
    site = server.root / here.name
    publish(made, site, yes=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENTPACK_CACHE", str(here / "cache"))
        patch.setenv("NO_PROXY", "*")
        places: list[str | Path] = [
            f"{server.url}/{here.name}/ships",
            site / "ships",
            next((site / "ships").rglob("*.zip")),
        ]
        assert [tree(download(place).folder) for place in places] == [tree(made)] * 3
