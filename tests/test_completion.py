"""What TAB offers, by a real bash with the script that the tool gives it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from eventpack.codes import families, read_codes
from eventpack.formats import FORMATS
from tests.effort import first

pytestmark = pytest.mark.posix  # bash, and where it keeps its settings
REPOSITORY = Path(__file__).parents[1]
# A shell asks after each TAB; what takes longer than this is felt. The tool needs a third of it on an idle machine.
PATIENCE = 0.3  # seconds of computing: what others do on the machine at the moment does not count


def environment(home: Path) -> dict[str, str]:
    """A user with an empty home folder who has the tool on the path."""
    return {"HOME": str(home), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def bash(program: str, home: Path) -> str:
    """What a bash without settings of its own prints."""
    command = ["bash", "--norc", "--noprofile", "-c", program]
    result = subprocess.run(command, env=environment(home), cwd=home, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def offered(home: Path, *words: str) -> list[str]:
    """What bash offers after some words, the last of which is being typed."""
    quoted = " ".join(f"'{word}'" for word in words)
    return bash(
        f"""eval "$(_EVENTPACK_COMPLETE=source_bash eventpack)"
        COMP_WORDS=({quoted}) COMP_CWORD={len(words) - 1}
        _eventpack_completion eventpack
        printf '%s\\n' "${{COMPREPLY[@]}}" """,
        home,
    ).split()


def test_verbs_are_offered(tmp_path: Path) -> None:
    """The first word is a verb."""
    assert offered(tmp_path, "eventpack", "va") == ["validate"]
    assert offered(tmp_path, "eventpack", "new", "") == ["event", "source", "actor", "place"]


def test_formats_are_offered(tmp_path: Path) -> None:
    """All formats of a report, alone and before the name of a file."""
    assert offered(tmp_path, "eventpack", "validate", "--format", "") == list(FORMATS)
    assert offered(tmp_path, "eventpack", "validate", "--report", "sa") == ["sarif="]


def test_families_are_offered_first(tmp_path: Path) -> None:
    """A hundred codes would scroll what was typed out of sight."""
    assert offered(tmp_path, "eventpack", "explain", "") == families()
    assert offered(tmp_path, "eventpack", "explain", "c") == [name for name in families() if name.startswith("c")]


@pytest.mark.parametrize(
    "words", first(1, [["validate", "--strict", "--select"], ["validate", "--select"], ["explain"]])
)
def test_codes_of_one_family_are_offered(tmp_path: Path, words: list[str]) -> None:
    """As soon as one family is left, and by their beginning."""
    codes = list(read_codes("key"))
    assert offered(tmp_path, "eventpack", *words, "ke") == ["key", *codes]
    assert offered(tmp_path, "eventpack", *words, "key/") == codes
    assert offered(tmp_path, "eventpack", *words, "key/f") == ["key/foreign"]


def test_an_exclusion_asks_for_its_reason(tmp_path: Path) -> None:
    """The code ends in the sign after which the reason follows, and of reasons none is offered."""
    assert offered(tmp_path, "eventpack", "validate", "--exclude", "key/f") == ["key/foreign="]
    assert offered(tmp_path, "eventpack", "validate", "--exclude", "key/foreign=k") == []


def test_reasons_of_the_package_here_are_offered(tmp_path: Path) -> None:
    """They stand in its schema of revisions; where there is no package, nothing is offered."""
    assert offered(tmp_path, "eventpack", "revise", "--reason", "cod") == []
    shutil.copytree(REPOSITORY / "schemas", tmp_path / "schemas")
    shutil.copy(REPOSITORY / "datapackage.json", tmp_path)
    assert offered(tmp_path, "eventpack", "revise", "--reason", "cod") == ["coding-error"]


def test_nothing_is_offered_for_what_is_no_code(tmp_path: Path) -> None:
    """No code, no error, no talk."""
    assert offered(tmp_path, "eventpack", "explain", "nonsense/x") == []
    assert offered(tmp_path, "eventpack", "explain", "key/nonsense") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_an_answer_comes_at_once(tmp_path: Path, shell: str) -> None:
    """Nothing heavy is imported for it, in shells that show meanings neither."""
    asked = {
        "COMP_WORDS": "eventpack explain key/",
        "COMP_CWORD": "2",
        "_TYPER_COMPLETE_ARGS": "eventpack explain key/",
    }
    asked |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "_EVENTPACK_COMPLETE": f"complete_{shell}"}
    seconds = []
    for _ in range(3):
        before = getrusage(RUSAGE_CHILDREN)
        result = subprocess.run(
            ["eventpack"], env=environment(tmp_path) | asked, capture_output=True, text=True, check=True
        )
        after = getrusage(RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert "key/foreign" in result.stdout
    assert min(seconds) < PATIENCE


def test_completion_is_installed_for_the_shell_that_asks(tmp_path: Path) -> None:
    """The next bash of the same user completes; `--show-completion` prints what would be installed."""
    shown = bash("eventpack --show-completion; true", tmp_path)
    assert "complete -o default -F _eventpack_completion eventpack" in shown
    assert "bash completion installed in" in bash("eventpack --install-completion; true", tmp_path)
    next_one = bash("source ~/.bashrc; complete -p eventpack", tmp_path)
    assert next_one.strip() == "complete -o default -F _eventpack_completion eventpack"
