"""How fast a release is downloaded and verified: against `curl` and `sha256sum`, whole processes, nginx on loopback.

Run: `.venv/bin/python benchmarks/download.py [--megabytes N] [--rounds N]`. A release of that size is made of this
repository's package and further files; each round begins with an empty cache and an empty target. The small dataset is
the package alone. Without nginx, Python's own server is asked, which is slower than either client.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measuring import ROOT, Run, compile_modules, machine, measure

from eventpack.catalogue import ListedVersion, catalogue_bytes
from eventpack.files import sha256
from eventpack.jsontext import json_bytes, parse_json
from eventpack.listing import MANIFEST, SUMS, listed
from eventpack.packaging import package

LARGE, SMALL = "large", "small"
VERSION = "1.0.0"
NGINX = """
daemon off; master_process off; pid {0}/pid; error_log {0}/error.log;
events {{}}
http {{ access_log off; sendfile on; tcp_nopush on; client_body_temp_path {0}/t1; proxy_temp_path {0}/t2;
  fastcgi_temp_path {0}/t3; uwsgi_temp_path {0}/t4; scgi_temp_path {0}/t5;
  server {{ listen 127.0.0.1:{1}; root {2}; }} }}
"""


def place(site: Path, made: Path, name: str, sizes: list[int]) -> None:
    """Put a version in a published place: the files of a package, and further ones of so many bytes."""
    folder = site / name / VERSION
    shutil.copytree(made, folder)
    for number, size in enumerate(sizes):
        with (folder / f"data/more-{number}.csv").open("wb") as file:
            left = size
            while left > 0:
                left -= file.write(os.urandom(min(left, 1 << 16)).hex().encode("ascii")[: min(left, 1 << 17)])
    for path in ("datapackage.json", MANIFEST):
        value = parse_json((folder / path).read_text("utf-8"), "json")
        assert isinstance(value, dict)
        value |= {"name": name, "version": VERSION}
        if path == MANIFEST:
            inner = sorted(each for each in folder.rglob("*") if each.is_file() and each.name not in (MANIFEST, SUMS))
            value["files"] = [listed(each.relative_to(folder).as_posix(), each).to_json() for each in inner]
        (folder / path).write_bytes(json_bytes(value))
    inner = sorted(each for each in folder.rglob("*") if each.is_file() and each.name != SUMS)
    sums = [(sha256(each.read_bytes()), each.relative_to(folder).as_posix()) for each in inner]
    (folder / SUMS).write_text("".join(f"{digest}  {path}\n" for digest, path in sums), "utf-8")
    files = [listed(path.relative_to(folder).as_posix(), path) for path in [*inner, folder / SUMS]]
    entry = ListedVersion(version=VERSION, date="2026-01-01", status="released", files=files)
    (site / name / "versions.json").write_bytes(catalogue_bytes(name, None, entry))


@contextmanager
def served(site: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """The address of a server of a folder, and what serves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]
    if nginx:
        (scratch / "nginx.conf").write_text(NGINX.format(scratch, port, site), "utf-8")
        command = [nginx, "-p", str(scratch), "-c", str(scratch / "nginx.conf"), "-e", "stderr"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}", "nginx" if nginx else "http.server"
    finally:
        process.terminate()
        process.wait()


def curled(site: Path, name: str, url: str, scratch: Path) -> str:
    """A shell command that does the same with curl and sha256sum."""
    folder = site / name / VERSION
    paths = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    pairs = [f'url = "{url}/{name}/{VERSION}/{path}"\noutput = "{path}"\n' for path in paths]
    (scratch / f"{name}.curl").write_text("".join(pairs), "utf-8")
    return f"curl --silent --create-dirs --config {scratch}/{name}.curl && sha256sum --quiet --check {SUMS}"


def measured(command: list[str], scratch: Path) -> Run:
    """One run with an empty cache in an empty folder."""
    for name in ("target", "cache"):
        shutil.rmtree(scratch / name, ignore_errors=True)
    (scratch / "target").mkdir()
    run = measure(["env", f"PYTHONPATH={ROOT / 'scripts'}", *command], scratch / "target", scratch)
    assert run.code == 0, run.complained
    return run


def main() -> None:
    """Measure in turn and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=500, help="size of the large release")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run")
    words = parser.parse_args()
    compile_modules({"eventpack"})
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        packed = package(ROOT, scratch / "dist").folder
        part = words.megabytes * 100_000
        place(scratch / "site", packed, LARGE, [part * 6, part, part, part, part])
        place(scratch / "site", packed, SMALL, [])
        os.environ |= {"EVENTPACK_CACHE": str(scratch / "cache"), "NO_PROXY": "*"}
        ours = str(Path(sys.executable).with_name("eventpack"))
        with served(scratch / "site", scratch) as (url, who):
            load = f"import eventpack; eventpack.load('{url}/{SMALL}').events"
            commands = {
                f"curl, then sha256sum, {words.megabytes} MB": [
                    "sh",
                    "-c",
                    curled(scratch / "site", LARGE, url, scratch),
                ],
                f"eventpack download, {words.megabytes} MB": [ours, "download", f"{url}/{LARGE}"],
                "curl, then sha256sum, small": ["sh", "-c", curled(scratch / "site", SMALL, url, scratch)],
                "eventpack download, small": [ours, "download", f"{url}/{SMALL}"],
                "load(address).events, small": [sys.executable, "-c", load],
                "import polars": [sys.executable, "-c", "import polars"],
            }
            runs: dict[str, list[Run]] = {name: [] for name in commands}
            for _ in range(words.rounds + 1):
                for name, command in commands.items():
                    runs[name].append(measured(command, scratch))
        print(f"{machine()}; {who}; whole processes, cache empty, median of {words.rounds}\n")
        print("| | wall s | cpu s |\n| --- | ---: | ---: |")
        walls = []
        for name, taken in runs.items():
            wall, cpu = (statistics.median(getattr(run, what) for run in taken[1:]) for what in ("wall", "cpu"))
            print(f"| {name} | {wall:.2f} | {cpu:.2f} |")
            walls.append(wall)
        print(f"\nSpeed of ours, of that of curl and sha256sum: {walls[0] / walls[1]:.0%}.")


if __name__ == "__main__":
    main()
