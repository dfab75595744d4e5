"""Temporary copies of large compressed tables: disks that refuse, progress, and runs that are stopped."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from eventpack.validation import validate
from tests.effort import only
from tests.foreignpack import write_foreign


def ship_rows(count: int) -> str:
    """Rows of ships of which one is wrong."""
    rows = "".join(f"S{number} {'x' * 40},{number}\n" for number in range(count))
    return f"ship,tons\n{rows}Last,many\n"


@pytest.fixture(scope="module")
def ships(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compressed table that is large when it is unpacked."""
    data = gzip.compress(ship_rows(120_000).encode("utf-16"), 1)
    return write_foreign(tmp_path_factory.mktemp("large") / "p", {"ships.csv.gz": data}, encoding="utf-16")


LIMITED = """
import resource, sys
most = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
from eventpack.validation import validate
print([str(one.where) for one in validate(sys.argv[1]).findings], "polars" in sys.modules)
"""


@pytest.mark.posix
@pytest.mark.parametrize(("most", "filtered"), [(1 << 30, True), (1 << 20, False)])
def test_a_disk_that_refuses_does_not_matter(ships: Path, tmp_path: Path, most: int, filtered: bool) -> None:
    """When no more can be written, the kernel reads the table, and what was written goes away."""
    command = [sys.executable, "-c", LIMITED, str(ships), str(most)]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, env=environment, encoding="utf-8", check=False)
    assert done.stdout == f"['ships.csv.gz:120002:6'] {filtered}\n", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_folder_for_copies(ships: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel reads the table."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert [(one.where.line, one.where.column) for one in validate(ships).findings] == [(120_002, 6)]


def test_the_copy_is_what_is_read(ships: Path) -> None:
    """Whoever watches is told of as many bytes as the copy has, and that all have been read."""
    seen: list[tuple[int, int, int]] = []
    validate(ships, watch=lambda *numbers: seen.append(numbers))
    size = len(ship_rows(120_000))
    assert (seen[0][1], seen[-1]) == (size, (size, size, 120_002))


@pytest.mark.posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", only([0.2, 0.4], [0.1, 0.2, 0.3, 0.4, 0.5]))
def test_stopping_it_leaves_no_copy(ships: Path, tmp_path: Path, after: float, number: signal.Signals) -> None:
    """Whatever it is at, and whoever stops it."""
    command = [sys.executable, "-m", "eventpack", "validate", str(ships)]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    time.sleep(after)
    child.send_signal(number)
    _, err = child.communicate(timeout=20)
    assert child.returncode in (1, 130, 143, -number), err
    assert list(tmp_path.iterdir()) == []
