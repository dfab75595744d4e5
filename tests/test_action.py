"""The shell step of the action, run as GitHub runs it, on good and broken packages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.effort import only
from tests.gitpack import commit_all
from tests.reports import RECORD, broken_package, copy_dataset
from tests.test_workflows import ACTION, load

pytestmark = pytest.mark.posix


@dataclass(frozen=True)
class Run:
    """What one run of the step did."""

    code: int
    output: str
    outputs: dict[str, str]
    summary: str

    def report(self) -> str:
        """The text of the file that the step wrote."""
        return Path(self.outputs["report"]).read_text("utf-8")


def run_step(name: str, here: Path, temporary: Path, values: Mapping[str, str]) -> Run:
    """A shell step in a folder; `values` fills the expressions of its environment."""
    (step,) = (step for step in load(ACTION)["runs"]["steps"] if step["name"] == name)
    expression = re.compile(r"\$\{\{ (\S+) \}\}")
    environment = {key: expression.sub(lambda match: values[match[1]], text) for key, text in step["env"].items()}
    files = {"GITHUB_OUTPUT": temporary / "output", "GITHUB_STEP_SUMMARY": temporary / "summary"}
    for path in files.values():
        path.write_text("", "utf-8")
    environment |= {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(temporary)}
    environment |= {variable: str(path) for variable, path in files.items()}
    script = temporary / "script.sh"
    script.write_text(step["run"], "utf-8")
    command = [step["shell"], "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    result = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=False)
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines())
    summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
    return Run(result.returncode, result.stdout + result.stderr, outputs, summary)


def validate(here: Path, temporary: Path, **inputs: str) -> Run:
    """The step `Validate` in a folder, with the action's own defaults for inputs that are not given."""
    known = {f"inputs.{name}": spec["default"] for name, spec in load(ACTION)["inputs"].items()}
    given = {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
    assert set(given) <= set(known)
    installed = {"steps.install.outputs.command": str(Path(sys.executable).parent / "eventpack")}
    return run_step("Validate", here, temporary, {**known, **given, **installed})


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The folder for temporary files of a runner."""
    folder = tmp_path / "runner temp"
    folder.mkdir()
    return folder


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A repository with a package that has one wrong code."""
    broken_package(tmp_path / "repository/my pack", "realis: occurred", "realis: occured")
    return tmp_path / "repository"


def test_a_clean_dataset_passes(tmp_path: Path, temporary: Path) -> None:
    """This repository's own, with the defaults: an empty SARIF file for code scanning, and a summary."""
    done = validate(copy_dataset(tmp_path / "dataset"), temporary)
    assert (done.code, done.outputs["ok"]) == (0, "true"), done.output
    assert "::" not in done.output
    assert json.loads(done.report())["runs"][0]["results"] == []
    assert done.summary.startswith("### eventpack: us-kurdish-talks-2026\n\nok: ")


def test_a_broken_record_fails_with_annotation_summary_and_sarif(broken: Path, temporary: Path) -> None:
    """All three name the line of the record, from the root of the repository."""
    done = validate(broken, temporary, path="my pack")
    assert (done.code, done.outputs["ok"]) == (1, "false"), done.output
    assert f"::error file=my pack/{RECORD},line=4,col=9,title=cell/enum::" in done.output
    assert f"| error | cell/enum | my pack/{RECORD}:4:9 |" in done.summary
    (result,) = json.loads(done.report())["runs"][0]["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == f"my%20pack/{RECORD}"
    assert physical["region"] == {"startLine": 4, "startColumn": 9}


def test_other_formats_are_written_as_files(broken: Path, temporary: Path) -> None:
    """JUnit for other readers, JSON for programs, text for people; github alone writes none."""
    junit = validate(broken, temporary, path="my pack", format="junit")
    assert len(list(ElementTree.fromstring(junit.report()).iter("failure"))) == 1
    assert json.loads(validate(broken, temporary, path="my pack", format="json").report())["ok"] is False
    assert "cell/enum `occured`" in validate(broken, temporary, path="my pack", format="text").report()
    assert "report" not in validate(broken, temporary, path="my pack", format="github").outputs


def test_strict_and_exclusions_reach_the_command(broken: Path, temporary: Path) -> None:
    """A stray file is a warning, which strict makes an error; an excluded code is told with its reason."""
    (broken / "my pack/data/records/events/notes.txt").write_text("x\n", "utf-8")
    exclude = "cell/enum=recoding, until May\n\n"
    mild = validate(broken, temporary, path="my pack", exclude=exclude)
    assert (mild.code, "1 warning" in mild.output) == (0, True), mild.output
    assert "excluded cell/enum: 1 finding, because recoding, until May" in mild.output
    assert validate(broken, temporary, path="my pack", exclude=exclude, strict="true").code == 1


def test_since_leaves_out_what_was_there_before(broken: Path, temporary: Path) -> None:
    """The fault of the first commit is told as older, and a second one is annotated."""
    commit_all(broken)
    done = validate(broken, temporary, path="my pack", since="HEAD")
    assert (done.code, "1 older finding elsewhere not reported" in done.output) == (0, True), done.output
    other = broken / "my pack" / RECORD.replace("aaaaaa", "bbbbbb")
    other.write_text(other.read_text("utf-8").replace("type: CONCEDE", "type: CONCED"), "utf-8")
    done = validate(broken, temporary, path="my pack", since="HEAD")
    assert done.code == 1
    assert re.findall(r"^::error file=(.*?),", done.output, re.M) == [f"my pack/{RECORD.replace('aaaaaa', 'bbbbbb')}"]


@pytest.mark.parametrize("name", only(["path", "format"], "path strict format upload texts since exclude".split()))
def test_inputs_are_never_code(name: str, broken: Path, temporary: Path) -> None:
    """Whatever stands in an input, the shell does not run it, and it is no option of the command."""
    for text in ("$(touch hacked)", "`touch hacked`", '"; touch hacked; "', "--help", "x\ny"):
        done = validate(broken, temporary, **{name: text})
        assert done.code != 0, (text, done.output)
        assert "Usage: eventpack validate [OPTIONS] [path]\n\n  Check" not in done.output
    assert [path.name for path in broken.rglob("hacked")] == []


@pytest.mark.parametrize(
    ("inputs", "say"),
    [
        ({"strict": "yes"}, "the input strict is true or false"),
        ({"upload": "1"}, "the input upload is true or false"),
        ({"format": "xml"}, "the input format is sarif, junit, json, text or github"),
    ],
)
def test_a_wrong_input_is_told(inputs: dict[str, str], say: str, broken: Path, temporary: Path) -> None:
    """As an annotation, before anything is checked."""
    done = validate(broken, temporary, **inputs)
    assert (done.code, done.output) == (2, f"::error title=eventpack::{say}\n")


def test_a_folder_without_a_package_gives_no_report(tmp_path: Path, temporary: Path) -> None:
    """Nothing is handed on that says nothing was found, and the annotation tells why."""
    done = validate(tmp_path, temporary)
    assert (done.code, done.outputs) == (2, {"ok": "false"})
    assert done.output.startswith("::error title=eventpack::no datapackage.json in .%0A    fix: ")
    assert done.output.count("\n") == 1


def test_inputs_and_outputs_are_explained() -> None:
    """Each has a description, and each is used."""
    action = load(ACTION)
    unexplained = [name for part in ("inputs", "outputs") for name, v in action[part].items() if not v["description"]]
    assert unexplained == []
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(action["runs"])))
    assert used == set(action["inputs"])
