"""One whole process: wall time, processor time, peak memory, and what it said."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import cache_from_source, find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds, MiB, exit code; `said` is its standard output, `complained` the other one."""

    wall: float
    cpu: float
    peak: float
    code: int
    stopped: bool
    said: str
    complained: str


def measure(command: list[str], folder: Path, scratch: Path, limit: float | None = None) -> Run:
    """Run a command; it is stopped after `limit` seconds, and whenever we are."""
    with (scratch / "said").open("wb") as said, (scratch / "complained").open("wb") as complained:
        kept = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        surroundings = kept | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=surroundings, stdout=said, stderr=complained, start_new_session=True
        )
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            kill(process.pid)

        timer = threading.Timer(limit or 0, stop)
        if limit:
            timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            timer.cancel()
            if process.returncode is None:  # interrupted
                kill(process.pid)
                process.wait()
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Run(
        wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, process.returncode, stopped.is_set(),
        text(scratch / "said"), text(scratch / "complained"),
    )  # fmt: skip


def kill(pid: int) -> None:
    """End a process that leads a session, and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def text(path: Path) -> str:
    """A file as text."""
    return path.read_text("utf-8", errors="replace")


def machine() -> str:
    """Processor, memory, system, Python."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text("utf-8").splitlines() if names.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    system = f"{platform.system()} {platform.release()}"
    return f"{os.cpu_count()} × {model}, {memory:.0f} GiB, {system}, Python {platform.python_version()}"


def compile_modules(packages: set[str]) -> None:
    """Write the byte code of what will run, so that nobody compiles it within the time measured.

    Installed packages have theirs from pip, but not from uv; what is edited has none when Python may not write it.
    """
    origins = {name: find_spec(name) for name in packages}
    files = [Path(found.origin) for found in origins.values() if found and found.origin]
    places = {path.parent for path in files if path.parent.parent != Path(sysconfig.get_path("purelib"))}
    if not all(Path(cache_from_source(str(path))).exists() for path in files):
        places |= {Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("platlib"))}
    command = [sys.executable, "-m", "compileall", "-q", "-j", "0", str(ROOT / "benchmarks" / "tools")]
    subprocess.run(command + [str(place) for place in places], capture_output=True, check=False)


def warm(folder: Path) -> None:
    """Read the files once, so that the first tool does not pay for the disk."""
    for path in folder.glob("*.csv"):
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
