"""Several files change as one: all of them or none, whoever is killed meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eventpack.errors import DiskError
from eventpack.together import PENDING, finish_pending, replace_together

OLD = {"a.txt": b"old a", "b/c.txt": b"old c", "gone.txt": b"old"}
NEW: dict[str, bytes | None] = {"a.txt": b"new a", "b/c.txt": b"new c", "d/new.txt": b"new d", "gone.txt": None}
ALL = {path: data for path, data in NEW.items() if data is not None}


def put(folder: Path) -> Path:
    """The old state in a folder."""
    for path, data in OLD.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_all_files_are_replaced_and_nothing_else_stays(tmp_path: Path) -> None:
    """New ones with their folders, those that go are gone, and the modes stay."""
    (put(tmp_path) / "a.txt").chmod(0o640)
    replace_together(tmp_path, NEW)
    assert held(tmp_path) == ALL
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.glob(f"{PENDING}*")) == []


def test_where_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    """A folder that stands where a file should go stops all of them."""
    (put(tmp_path) / "d/new.txt").mkdir(parents=True)
    with pytest.raises(DiskError, match="cannot write"):
        replace_together(tmp_path, NEW)
    assert held(tmp_path) == OLD
    assert list(tmp_path.glob(f"{PENDING}*")) == []


def test_what_was_decided_is_carried_through_by_the_next(tmp_path: Path) -> None:
    """Whatever part of the moves was made: the next run makes the others, and may be interrupted itself."""
    put(tmp_path)
    replace_together(tmp_path, {})
    made = tmp_path / PENDING
    made.mkdir()
    (made / "1").write_bytes(b"new c")
    (made / "files.json").write_text('[["a.txt", true], ["b/c.txt", true], ["gone.txt", false]]')
    assert finish_pending(tmp_path)
    assert held(tmp_path) == {"a.txt": b"old a", "b/c.txt": b"new c"}  # a.txt had been moved before
    assert not finish_pending(tmp_path)


@pytest.mark.posix
def test_a_kill_at_any_moment_leaves_the_old_files_or_the_new_ones(tmp_path: Path) -> None:
    """A process that does it again and again is killed; the next one finds a whole state."""
    program = (
        "import sys; from pathlib import Path\nfrom eventpack.together import *\nroot = Path(sys.argv[1])\n"
        "names = [f'{n}.txt' for n in range(20)]\n"
        "for turn in range(10**6):\n"
        "    replace_together(root, {name: str(turn).encode() for name in names})\n"
        "    print(turn, flush=True)\n"
    )
    for number in range(6):
        process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.003 * number)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        finish_pending(tmp_path)
        assert len(set(held(tmp_path / ".").values()) - _left(tmp_path)) == 1


def _left(folder: Path) -> set[bytes]:
    """What the files of a change that was never decided hold."""
    return {p.read_bytes() for p in folder.glob(f"{PENDING}.*/*")} - {p.read_bytes() for p in folder.glob("*.txt")}
