"""Small is fast: a command imports what it needs and nothing more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
HEAVY = (
    "dateutil duckdb eventpack.filter eventpack.foreign frictionless hashlib isodate numpy pandas polars requests "
    "tempfile tomllib yaml"
).split()
RUN = """
import json, sys
sys.argv = ["eventpack", *json.loads(sys.argv[1])]
import eventpack.cli
try:
    code = 0
    eventpack.cli.app()
except SystemExit as leaving:
    code = leaving.code
names = sorted(name for name in sys.modules if name.startswith("eventpack.") or name in HEAVY)
print("\\n" + json.dumps([code, names]))
"""


def imported(*words: str) -> set[str]:
    """The modules of this package, and the heavy ones, that a command has imported when it succeeds."""
    script = RUN.replace("HEAVY", repr(HEAVY))
    command = [sys.executable, "-c", script, json.dumps(words)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True)
    code, names = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stdout
    return set(names)


@pytest.mark.parametrize(
    "words",
    [["validate"], ["validate", "data/records/events/EV-sfn1nw.yaml"], ["--help"]],
    ids=["all", "record", "help"],
)
def test_no_heavy_library_is_imported(words: list[str]) -> None:
    """Neither for the help, nor to check this repository, nor one record of it: not even a reader of YAML.

    Only where archives are kept are their digests worked out.
    """
    assert imported(*words).intersection(HEAVY) == ({"hashlib"} if words == ["validate"] else set())


def test_the_check_of_one_record_imports_nothing_that_builds() -> None:
    """What derives files is imported when all is checked, and so proved fresh."""
    assert "eventpack.building" in imported("validate")
    assert "eventpack.building" not in imported("validate", "data/records/events/EV-sfn1nw.yaml")


def test_help_imports_only_the_command_line() -> None:
    """The library and the verbs cost more than the command line, so they wait until a command runs."""
    inner = {name.split(".")[1] for name in imported("--help") if name.startswith("eventpack.")}
    assert inner == {"cli", "errors"}


def modules_of(program: str) -> set[str]:
    """All modules that are imported when a program leaves."""
    script = f"import json, os, sys; os._exit = lambda code: None\n{program}\nprint(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_command_is_made_of_its_verb_alone() -> None:
    """The parser of all verbs takes longer to make than many a verb runs; the list of all verbs needs none."""
    verbs = {"eventpack.cli.download", "eventpack.cli.lives", "eventpack.cli.withdraw"}
    run = "from eventpack.cli import main; sys.argv = ['eventpack', *{}]; main()"
    assert modules_of(run.format(["download", "--help"])) & verbs == {"eventpack.cli.download"}
    assert modules_of(run.format(["history", "--help"])) & verbs == {"eventpack.cli.lives"}
    assert not modules_of(run.format(["--help"])) & verbs


def test_files_are_fetched_without_requests() -> None:
    """It costs more than all else that a small download imports; the models of descriptors are not needed either."""
    found = modules_of("import eventpack.downloading, eventpack.fetching.web")
    wanted = {"urllib3", "eventpack.fetching.web"}
    assert found & {*wanted, "requests", "eventpack.schema"} == wanted
