"""Releases that are broken off: the old state is intact or put back, and the next run succeeds; and two at once."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.errors import EventpackError
from eventpack.files import sha256
from eventpack.releasing import release
from eventpack.releasing.committed import git_folder
from eventpack.releasing.numbering import STEPS, next_version, proposed, step_between
from eventpack.validation import validate
from eventpack.versions import parse_version
from tests.gitpack import commit_all, git
from tests.places import tree
from tests.releasepack import NAME, SOURCE_ROOT, append, corrected

pytestmark = pytest.mark.posix

MOVES = "rename replace"
ALL = "rename replace unlink rmdir fsync"
# Kills itself before the given step of those that are named and change a file system.
KILL = """
import os, signal, sys
from eventpack.releasing import release

def counted(function):
    def call(*words, **more):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*words, **more)
    return call

folder, left = sys.argv[1], int(sys.argv[2])
for name in sys.argv[3].split():
    setattr(os, name, counted(getattr(os, name)))
release(folder, summary="A date corrected.")
print(left)
"""
SURROUNDINGS = {"PYTHONPATH": str(SOURCE_ROOT), "SOURCE_DATE_EPOCH": "1719835200"}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No repository above the temporary folder counts, nor any setting of this machine."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.delenv("EVENTPACK_ARCHIVES", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SURROUNDINGS["SOURCE_DATE_EPOCH"])


def run(folder: Path, step: int, kinds: str) -> subprocess.CompletedProcess[str]:
    """Release in another process, which is killed before a step of some kinds."""
    command = [sys.executable, "-c", KILL, str(folder), str(step), kinds]
    return subprocess.run(command, env={**os.environ, **SURROUNDINGS}, check=False, capture_output=True, text=True)


def data(folder: Path) -> dict[str, bytes]:
    """All files but those of git and of a release in the making."""
    return {path: held for path, held in tree(folder).items() if not path.startswith((".git/", "releases/.pending/"))}


def steps_of(folder: Path, kinds: str) -> int:
    """How many steps of some kinds a release has."""
    done = run(folder, 10**6, kinds)
    assert done.returncode == 0, done.stderr
    return 10**6 - int(done.stdout)


def assert_old_or_new(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """What is there after a kill: the old state, or the new one, or a list that still names the old releases only."""
    held = data(folder)
    if held not in (old, new):
        assert held["releases/versions.json"] == old["releases/versions.json"]
        assert "release/unfinished" in {finding.code for finding in validate(folder).findings}


@pytest.mark.long
def test_killed_before_each_move_it_leaves_the_old_state_and_the_next_run_finishes(tmp_path: Path) -> None:
    """The last moves of a release put its files in place: before each of them in turn it is killed."""
    base = corrected(tmp_path / "base")
    old, whole = data(base), Path(shutil.copytree(base, tmp_path / "whole"))
    last = steps_of(whole, MOVES)
    new = data(whole)
    moved = sum(old.get(path) != held for path, held in new.items())
    folder = tmp_path / "one"
    for left in range(moved + 1):  # 0 is the move of the list, `moved` that of the journal
        shutil.copytree(base, folder)
        assert run(folder, last - left, MOVES).returncode == -9
        assert (data(folder) == old) == (left >= moved - 1)
        assert_old_or_new(folder, old, new)
        release(folder, summary="A date corrected.")
        assert data(folder) == new
        shutil.rmtree(folder)


@pytest.mark.long
def test_killed_anywhere_it_leaves_the_old_state_and_the_next_run_finishes(tmp_path: Path) -> None:
    """At fifty points spread over the whole run."""
    base = corrected(tmp_path / "base")
    old, whole = data(base), Path(shutil.copytree(base, tmp_path / "whole"))
    last = steps_of(whole, ALL)
    new = data(whole)
    for number in range(50):
        folder = Path(shutil.copytree(base, tmp_path / f"one{number}"))
        assert run(folder, 1 + number * last // 50, ALL).returncode == -9
        assert_old_or_new(folder, old, new)
        if data(folder) != new:
            release(folder, summary="A date corrected.")
        assert data(folder) == new
        shutil.rmtree(folder)


@pytest.mark.long
def test_a_broken_off_release_is_found_and_put_back(tmp_path: Path) -> None:
    """`validate` tells of it; even a run that then refuses has put the old files back."""
    folder = corrected(tmp_path / "data")
    old, whole = data(folder), Path(shutil.copytree(folder, tmp_path / "whole"))
    run(folder, steps_of(whole, MOVES) - 1, MOVES)
    assert data(folder) not in (old, data(whole))
    assert "release/unfinished" in {finding.code for finding in validate(folder).findings}
    with pytest.raises(EventpackError, match="is not higher than"):
        release(folder, "0.0.1", summary="x")
    assert data(folder) == old
    assert not (folder / "releases/.pending").exists()


@pytest.mark.long
def test_git_never_sees_a_release_in_the_making(tmp_path: Path) -> None:
    """Whoever adds everything after a kill does not commit it."""
    folder = corrected(tmp_path / "data")
    assert run(folder, 40, ALL).returncode == -9
    assert (folder / "releases/.pending/tree/datapackage.json").is_file()
    commit_all(folder)
    assert ".pending" not in git(folder, "ls-files")
    assert release(folder, summary="A date corrected.").version == "0.1.1"


@pytest.mark.long
def test_work_done_after_a_kill_is_not_put_back(tmp_path: Path) -> None:
    """A file that somebody changed before the next run stays; the run says what to do."""
    folder = corrected(tmp_path / "data")
    old, whole = data(folder), Path(shutil.copytree(folder, tmp_path / "whole"))
    run(folder, steps_of(whole, MOVES) - 1, MOVES)
    assert data(folder)["data/revisions.csv"] != old["data/revisions.csv"]
    row = "REV-cccccc,next,events,EV-aaaaaa,title,changed,a,b,editorial,,coder-1,2024-06-01"
    append(folder, "data/revisions.csv", row)
    half = data(folder)
    with pytest.raises(EventpackError, match=r"data/revisions\.csv was changed since a release was broken off"):
        release(folder, summary="A date corrected.")
    assert data(folder) == half
    (folder / "data/revisions.csv").write_bytes(old["data/revisions.csv"])
    assert release(folder, summary="A date corrected.").version == "0.1.1"


@pytest.mark.long
def test_nobody_revises_while_the_files_are_moved(tmp_path: Path) -> None:
    """The files move while the lock is held under which corrections are written."""
    folder = corrected(tmp_path / "data")
    code = (
        "import sys; from pathlib import Path; from filelock import FileLock; import eventpack.releasing as it\n"
        "real = it.place_files\n"
        "def place(root, *words):\n"
        "    try: FileLock(sys.argv[2]).acquire(timeout=0)\n"
        "    except TimeoutError: print('held')\n"
        "    real(root, *words)\n"
        "it.place_files = place\n"
        "it.release(sys.argv[1], summary='x')\n"
    )
    name = f"eventpack-{os.getuid()}-{sha256(os.fsencode(folder.resolve()))[:16]}.lock"
    command = [sys.executable, "-c", code, str(folder), str(Path(gettempdir(), name))]
    done = subprocess.run(command, env={**os.environ, **SURROUNDINGS}, capture_output=True, text=True, check=True)
    assert done.stdout == "held\n"


def test_two_at_once(tmp_path: Path) -> None:
    """While one process releases, a second one refuses at once, and so does a change of status."""
    folder = corrected(tmp_path / "data")
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire(); "
            "print('held', flush=True); sys.stdin.read()",
            str(git_folder(folder) / "eventpack-release.lock"),
        ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(EventpackError, match="another process releases this dataset"):
            release(folder, summary="A date corrected.")
    finally:
        holder.communicate("")
    assert release(folder, summary="A date corrected.").version == "0.1.1"


@pytest.mark.long
def test_releases_at_the_same_time_make_one(tmp_path: Path) -> None:
    """Of four processes one releases, and the others refuse."""
    folder = corrected(tmp_path / "data")
    code = "import sys; from eventpack.releasing import release; release(sys.argv[1], summary='A date corrected.')"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(folder)], env={**os.environ, **SURROUNDINGS}, stderr=-1)
        for _ in range(4)
    ]
    ends = [(process.communicate()[1], process.returncode) for process in running]
    assert sorted(code for _, code in ends) == [0, 1, 1, 1]
    assert [entry["version"] for entry in json.loads((folder / "releases/versions.json").read_text())["versions"]] == [
        "0.1.0", "0.1.1"
    ]  # fmt: skip
    assert validate(folder).findings == ()


def test_a_disk_that_is_full_leaves_the_old_state(tmp_path: Path) -> None:
    """No file may grow beyond a size that the archive exceeds."""
    folder = corrected(tmp_path / "data")
    old = data(folder)
    code = (
        "import resource, sys; from eventpack.releasing import release; from eventpack.errors import DiskError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try: release(sys.argv[1], summary='x')\n"
        "except DiskError as error: print(error.what)\n"
    )
    assert resource.RLIMIT_FSIZE is not None
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], env={**os.environ, **SURROUNDINGS}, capture_output=True, check=False,
        text=True, preexec_fn=_ignore_signal,
    )  # fmt: skip
    assert "cannot write" in done.stdout, done.stderr
    assert data(folder) == old
    assert not (folder / "releases/.pending").exists()
    assert release(folder, summary="A date corrected.").archive.name == f"{NAME}-0.1.1.zip"


def _ignore_signal() -> None:
    """A write beyond the limit then fails as one on a full disk does."""
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


numbers = st.integers(0, 30)
versions = st.builds(lambda a, b, c: f"{a}.{b}.{c}", numbers, numbers, numbers)
steps = st.sampled_from(STEPS[1:])


@given(versions, steps)
def test_what_is_proposed_is_the_step(previous: str, step: str) -> None:
    """The proposed version is higher, one step of that size away, and accepted when asked for or not."""
    version = proposed(previous, step)
    assert step_between(previous, version) == step
    assert next_version("", previous, step, ["why"]) == next_version(version, previous, step, ["why"]) == version


@given(versions, versions, steps)
def test_a_version_is_accepted_when_its_step_is_large_enough(previous: str, wanted: str, step: str) -> None:
    """Never one that is not higher, never one whose step is smaller than the change."""
    old, new = parse_version(previous), parse_version(wanted)
    assert old is not None
    assert new is not None
    fits = new.core > old.core and STEPS.index(step_between(previous, wanted)) >= [*STEPS].index(step)  # type: ignore[arg-type]
    try:
        accepted = next_version(wanted, previous, step, ["why"]) == wanted
    except EventpackError:
        accepted = False
    assert accepted == fits
