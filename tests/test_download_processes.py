"""Downloads as whole processes: several on one cache, killed and interrupted ones, and what the command says."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.effort import first
from tests.loopback import Answer, Loopback, corrupt, serve, stall
from tests.places import NAME, published, release, tree

SOURCE_ROOT = Path(__file__).parent.parent / "scripts"
SHIPS = f"/{NAME}/0.1.0/ships.csv"
FULL = os.environ | {"PYTHONPATH": str(SOURCE_ROOT), "NO_PROXY": "*"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Loopback]:
    """A server of a place with one version."""
    published(tmp_path / "site")
    with serve(tmp_path / "site") as running:
        yield running


def start(server: Loopback, tmp_path: Path, *words: str) -> subprocess.Popen[str]:
    """A download in a process of its own."""
    command = [sys.executable, "-m", "eventpack", "download", f"{server.url}/{NAME}", *words]
    environment = FULL | {"EVENTPACK_CACHE": str(tmp_path / "cache")}
    return subprocess.Popen(
        command, env=environment, cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def slow(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
    """Think before answering."""
    time.sleep(2)


def wait_for_part(tmp_path: Path, size: int) -> None:
    """Until so many bytes of a file lie in the partial folder."""
    for _ in range(400):
        with contextlib.suppress(FileNotFoundError):  # the downloader has just moved what it had whole
            parts = [path for path in (tmp_path / "cache").rglob("parts/*") if path.suffix != ".stamp"]
            if any(path.stat().st_size == size for path in parts):
                return
        time.sleep(0.05)
    raise AssertionError("nothing arrived")


@pytest.mark.parametrize("count", first(1, [2, 8]))
def test_processes_that_share_a_cache(server: Loopback, tmp_path: Path, count: int) -> None:
    """All succeed, into one target or into several; every file of the dataset is asked for once."""
    targets = [f"out{number // 2}" for number in range(count)]
    running = [start(server, tmp_path, "--to", target) for target in targets]
    ended = [(*process.communicate(), process.returncode) for process in running]
    assert [code for _, _, code in ended] == [0] * count, ended
    assert all(tree(tmp_path / target / f"{NAME}-0.1.0") == tree(release()) for target in targets)
    asked = Counter(each.path for each in server.log)
    assert {path: number for path, number in asked.items() if number > 1} == {f"/{NAME}/versions.json": count}


@pytest.mark.long
def test_who_waits_says_so(server: Loopback, tmp_path: Path) -> None:
    """After a second, on standard error; then it uses what the other one fetched."""
    server.faults[SHIPS] = [slow]
    running = [start(server, tmp_path, "--to", target) for target in ("a", "b")]
    ended = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(talk for _, talk in ended) == [
        "", f"another process downloads {NAME} 0.1.0; waiting for it\n",
    ]  # fmt: skip
    assert len(server.asked("ships.csv")) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("how", "code"), first(1, [(signal.SIGKILL, -9), (signal.SIGTERM, -15), (signal.SIGINT, 130)]))
def test_an_ended_download_goes_on_later(server: Loopback, tmp_path: Path, how: signal.Signals, code: int) -> None:
    """Killed or interrupted in the middle of a file, it leaves no target; the next asks for the rest only."""
    server.faults[SHIPS] = [stall(40_000, 60)]
    first = start(server, tmp_path, "--to", "out")
    wait_for_part(tmp_path, 40_000)
    first.send_signal(how)
    out, talk = first.communicate()
    assert (first.returncode, out, "Traceback" in talk, (tmp_path / "out").exists()) == (code, "", False, False)
    assert list((tmp_path / "cache").rglob("0.1.0*")) == []
    whole = {asked.path for asked in server.log}
    server.log.clear()
    second = start(server, tmp_path, "--to", "out")
    assert (second.communicate()[1], second.returncode) == ("", 0)
    assert [asked.range for asked in server.asked("ships.csv")] == ["bytes=40000-"]
    assert whole & {asked.path for asked in server.log} == {SHIPS, f"/{NAME}/versions.json"}
    assert tree(tmp_path / "out" / f"{NAME}-0.1.0") == tree(release())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_progress_is_shown_on_a_terminal_only(server: Loopback, tmp_path: Path) -> None:
    """On standard error, and gone at the end; the result goes to standard output alone."""
    master, slave = os.openpty()
    command = [sys.executable, "-m", "eventpack", "download", f"{server.url}/{NAME}"]
    environment = FULL | {"EVENTPACK_CACHE": str(tmp_path / "cache"), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        command, env=environment, cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=slave
    )  # fmt: skip
    os.close(slave)
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(master, 65536):
            shown += piece
    os.close(master)
    out, _ = process.communicate()
    kilobytes = sum(map(len, tree(release()).values())) / 1000
    assert f"{kilobytes:.1f}/{kilobytes:.1f} kB".encode() in shown
    assert (process.returncode, out.count("\n"), out.startswith(f"downloaded {NAME} 0.1.0 → ")) == (0, 1, True)


def test_what_the_command_says_about_damage_and_networks(server: Loopback, tmp_path: Path) -> None:
    """Damage exits with 1, what cannot be reached with 2; two lines on standard error, and nothing else."""
    server.faults[SHIPS] = [corrupt]
    damaged = start(server, tmp_path)
    out, talk = damaged.communicate()
    assert (damaged.returncode, out) == (1, "")
    assert talk.startswith(f"eventpack: {server.url}{SHIPS} is not what was published: SHA-256 ")
    assert talk.endswith("\n    fix: nothing of it was kept; tell whoever publishes it\n")
    offline = start(server, tmp_path, "--offline")
    out, talk = offline.communicate()
    assert (offline.returncode, out) == (2, "")
    assert talk == (
        f"eventpack: nothing of {server.url}/{NAME} is in the cache\n    fix: download it once without --offline\n"
    )
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(NAME)] == []
