"""`eventpack init`: a new dataset that is valid at once, as a whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from eventpack.building import build
from eventpack.curate.format import format_files
from eventpack.curate.new import new_event
from eventpack.errors import EventpackError
from eventpack.packaging import package
from eventpack.starting.choices import STARTER, licences, make_choices, name_from
from eventpack.starting.placing import start_dataset
from eventpack.validation import validate
from tests import warm
from tests.effort import first
from tests.gitpack import commit_all

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def init(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a process, without a terminal."""
    return warm.run(["eventpack", "init", *map(str, words)], cwd or Path())


@pytest.mark.parametrize(
    "choices",
    first(
        1,
        [
            {
                "title": "A [strange] #title: *all*",
                "description": 'Says "so", 100 %, [[name]]',
                "contributor": "Ümit & Co",
            },
            {},
            {"types": "none", "licence": "CC0-1.0", "coder": "1"},
            {"tool_repository": "https://example.org/owner/eventpack.git", "licence": "ODbL-1.0", "coder": "null"},
        ],
    ),
    ids=["texts", "proposed", "none", "address"],
)
def test_a_new_dataset_is_valid_built_in_form_and_can_be_packaged(tmp_path: Path, choices: dict[str, str]) -> None:
    """Outside git, whatever is chosen; the referee agrees with what was packaged."""
    folder = tmp_path / "deep/new"
    start_dataset(folder, choices)
    assert validate(folder).findings == ()
    assert (build(folder, check=True).stale, format_files([folder], check=True).changed) == ((), ())
    packaged = package(folder, tmp_path / "dist")
    assert packaged.folder.name.startswith("new-0.1.0+sha.")
    assert validate(packaged.archive, referee=True).findings == ()


def test_a_committed_dataset_is_packaged_under_its_version(tmp_path: Path) -> None:
    """With nothing but what was written: git ignores none of it, and packaging leaves the tree clean."""
    folder = tmp_path / "new"
    written = start_dataset(folder)
    commit_all(folder)
    listed = subprocess.run(["git", "ls-files"], cwd=folder, capture_output=True, text=True, check=True).stdout
    assert sorted(listed.splitlines()) == list(written)
    assert package(folder, folder / "dist").folder.name == "new-0.1.0"
    assert package(folder, folder / "dist").folder.name == "new-0.1.0"


def test_the_same_choices_give_the_same_bytes(tmp_path: Path) -> None:
    """Wherever and whenever: nothing in it is random, dated, or taken from the machine."""
    start_dataset(tmp_path / "one/new")
    start_dataset(tmp_path / "new")
    assert files_of(tmp_path / "one/new") == files_of(tmp_path / "new")


def test_the_flags_stand_in_the_files(tmp_path: Path) -> None:
    """Each where readers and programs look for it."""
    folder = tmp_path / "new"
    flags = {
        "--name": "milltown", "--title": "Strikes in Milltown", "--description": "Who strikes, and why.",
        "--licence": "ODC-By-1.0", "--contributor": "Milltown Archive", "--coder": "coder-7", "--types": "none",
        "--tool-repository": "https://example.org/tool",
    }  # fmt: skip
    done = init(folder, *(word for pair in flags.items() for word in pair))
    assert (done.returncode, done.stdout) == (0, f"started milltown in {folder}: 59 files\n"), done.stderr
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [descriptor[key] for key in ("name", "title", "description")] == list(flags.values())[:3]
    assert descriptor["licenses"][0]["name"] == "ODC-By-1.0"
    assert descriptor["contributors"] == [{"title": "Milltown Archive", "roles": ["creator"]}]
    assert "sources" not in descriptor
    record = (folder / "data/records/events/EV-example.yaml").read_text("utf-8")
    assert "coded_by: coder-7\n" in record
    assert "type: EXAMPLE\n" in record
    workflow = yaml.safe_load((folder / ".github/workflows/validate.yml").read_text("utf-8"))
    assert workflow["jobs"]["validate"]["env"] == {"EVENTPACK": "git+https://example.org/tool"}
    readme = (folder / "README.md").read_text("utf-8")
    assert 'pip install "git+https://example.org/tool"' in readme
    assert "# Strikes in Milltown\n\nWho strikes, and why.\n" in readme
    assert licences()["ODC-By-1.0"]["allows"].strip() in (folder / "LICENSE-DATA").read_text("utf-8")
    assert not [path for path, data in files_of(folder).items() if b"FILL" in data or b"fill in**" in data]


def test_what_is_not_known_is_said_to_be_filled_in(tmp_path: Path) -> None:
    """Without the address of the tool, workflow and README say what goes where."""
    start_dataset(tmp_path / "new")
    workflow = (tmp_path / "new/.github/workflows/validate.yml").read_text("utf-8")
    assert "# FILL IN as a variable of the repository" in workflow
    assert yaml.safe_load(workflow)["jobs"]["validate"]["env"] == {"EVENTPACK": "${{ vars.EVENTPACK }}"}
    assert "**To fill in**" in (tmp_path / "new/README.md").read_text("utf-8")


TYPES = """\
label,code,definition,broader
Harm,HARM,Somebody is harmed.,
Error,ERROR-wrong,"A system says
what is wrong.",ERROR
Errors,ERROR,A system errs.,
"""


def test_event_types_come_from_a_file(tmp_path: Path) -> None:
    """Columns may be few and in any order; the example takes the first that is not part of another."""
    data = ("\ufeff" + TYPES.replace(",\n", ",\r\n")).encode("utf-8")  # as a spreadsheet saves it
    (tmp_path / "types.csv").write_bytes(data)
    start_dataset(tmp_path / "new", {"types": str(tmp_path / "types.csv")})
    rows = list(csv.DictReader((tmp_path / "new/data/event_types.csv").open(encoding="utf-8")))
    assert [(row["code"], row["broader"], row["since"]) for row in rows] == [
        ("ERROR", "", "0.1"), ("ERROR-wrong", "ERROR", "0.1"), ("HARM", "", "0.1"),
    ]  # fmt: skip
    assert "\ntype: HARM\n" in (tmp_path / "new/data/records/events/EV-example.yaml").read_text("utf-8")
    assert len((tmp_path / "new/data/type_equivalents.csv").read_text("utf-8").splitlines()) == 1
    assert validate(tmp_path / "new").findings == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("Somebody is harmed.", "", ":2:", "definition"),
        (",ERROR\n", ",EROR\n", ":3:", "EROR"),
        ("broader\n", "boarder\n", ":", "`boarder` is no field of event_types; did you mean `broader`?"),
        ('wrong."', "wrong.", ":3:19: ", "not closed"),
        (TYPES.partition("\n")[2], "", " ", "holds no event type"),
    ],
)
def test_a_file_of_types_with_a_fault_starts_nothing(tmp_path: Path, old: str, new: str, where: str, what: str) -> None:
    """The message names the file and the line."""
    assert TYPES.count(old) == 1
    (tmp_path / "types.csv").write_text(TYPES.replace(old, new), "utf-8")
    done = init("new", "--types", "types.csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"eventpack: types.csv{where}")
    assert what in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["types.csv"]


@pytest.mark.parametrize(
    ("flag", "text", "why"),
    [
        ("--name", "My Data", "must be lower case letters"),
        ("--title", "two\nlines", "must be text on one line"),
        ("--title", " ", "must be text on one line"),
        ("--licence", "CC-BY-4", "did you mean `CC-BY-4.0`?"),
        ("--coder", "Ann Coder", "must be lower case letters"),
        ("--types", "mine", "must be plover, none, or a CSV file that is there"),
        ("--types", "..", "must be plover, none, or a CSV file that is there"),
        ("--tool-repository", 'x" y', "must be an address"),
    ],
)
def test_a_choice_that_will_not_do_is_refused(tmp_path: Path, flag: str, text: str, why: str) -> None:
    """In two lines, and nothing is written."""
    done = init("new", flag, text, cwd=tmp_path)
    assert (done.returncode, done.stdout, why in done.stderr) == (2, "", True), done.stderr
    assert f"fix: give another {flag}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_what_can_be_chosen() -> None:
    """Nobody has to make a mistake to be told the licences and the vocabularies."""
    shown = "".join(init("--help").stdout.split())  # names are broken at hyphens
    vocabularies = [path.name for path in (STARTER / "vocabulary").iterdir() if path.is_dir()]
    assert [name for name in [*licences(), *vocabularies] if name not in shown] == []


@pytest.mark.parametrize("held", ["notes.txt", ".hidden", "deep/"])
def test_a_folder_that_holds_something_is_refused(tmp_path: Path, held: str) -> None:
    """Nothing in it is touched."""
    place = tmp_path / "new" / held
    (place if held.endswith("/") else place.parent).mkdir(parents=True)
    if not held.endswith("/"):
        place.write_text("mine")
    before = files_of(tmp_path)
    done = init(tmp_path / "new")
    assert done.returncode == 2
    assert f"is not empty: it holds {held.rstrip('/')}" in done.stderr
    assert files_of(tmp_path) == before


@pytest.mark.posix
def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Nor is a link that leads nowhere."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(EventpackError, match="is no folder to write in"):
            start_dataset(tmp_path / name)


def test_an_empty_folder_and_a_fresh_repository_are_filled(tmp_path: Path) -> None:
    """Also when it is the folder one is in."""
    for name in ("empty", "cloned"):
        (tmp_path / name).mkdir()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path / "cloned", check=True)
    assert init("empty", cwd=tmp_path).returncode == 0
    assert init(".", "--name", "empty", cwd=tmp_path / "cloned").returncode == 0
    cloned = {path: data for path, data in files_of(tmp_path / "cloned").items() if not path.startswith(".git/")}
    assert cloned == files_of(tmp_path / "empty")


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, there: bool
) -> None:
    """Neither a part of the dataset nor the folder in which it was made, not even when moving it fails half-way."""
    folder = tmp_path / "a" / "new"
    if there:
        folder.mkdir(parents=True)
    rename, calls = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == (5 if there else 1):
            raise failure
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((EventpackError, KeyboardInterrupt)):
        start_dataset(folder)
    assert calls
    assert files_of(tmp_path) == {}
    assert not there or list(folder.iterdir()) == []


@pytest.mark.posix
def test_git_free_and_read_only_places(tmp_path: Path) -> None:
    """No git is needed; a folder that may not be written in is an error of the disk."""
    environment = os.environ | {"PATH": str(tmp_path)}
    command = [sys.executable, "-m", "eventpack", "init", "new", "--yes"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    assert init("/proc/none/new").returncode == 2


def test_the_first_own_event_and_the_last_of_the_example(tmp_path: Path) -> None:
    """What README.md says about deleting the example is enough."""
    start_dataset(tmp_path / "new")
    folder = tmp_path / "new"
    example = (folder / "data/records/events/EV-example.yaml").read_text("utf-8")
    event, file = new_event({"title": "Own"}, folder)
    own = example.replace("EV-example", event).replace("CL-example", "CL-own00").replace("-example", "-own000")
    Path(file).write_text(own, "utf-8")
    (folder / "data/records/events/EV-example.yaml").unlink()
    for name in ("sources", "actors", "places"):
        path = folder / f"data/{name}.csv"
        path.write_text(path.read_text("utf-8").replace("-example", "-own000"), "utf-8")
    build(folder)
    assert validate(folder).findings == ()
    assert not [path for path, data in files_of(folder).items() if b"EV-example" in data and path != "README.md"]


def test_the_commands_of_the_readme_run(tmp_path: Path) -> None:
    """Up to the event that waits to be filled in."""
    start_dataset(tmp_path / "new")
    block = (tmp_path / "new/README.md").read_text("utf-8").split("```sh\n")[2].partition("```")[0]
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert [words[:2] for words in commands][3:] == [
        ["eventpack", v] for v in ("format", "build", "validate", "package")
    ]
    for words in commands[:4]:
        done = warm.run(words, tmp_path / "new")
        assert done.returncode == 0, done.stderr


def test_this_dataset_has_what_a_new_one_starts_with() -> None:
    """Vocabularies stand twice in the repository, since tool and dataset never mix; they say the same."""
    for seed in [*STARTER.glob("vocabulary/plover/*.csv"), *STARTER.glob("vocabulary/*.csv")]:
        rows = seed.read_text("utf-8").splitlines()
        assert [row for row in rows if row not in (ROOT / "data" / seed.name).read_text("utf-8").splitlines()] == []
        assert len(rows) > 30


def test_hooks_and_actions_are_those_of_the_tool(tmp_path: Path) -> None:
    """The hooks run the installed commands on the same files, and the actions are pinned as in our own workflows."""
    start_dataset(tmp_path / "new")
    (local,) = yaml.safe_load((tmp_path / "new/.pre-commit-config.yaml").read_text("utf-8"))["repos"]
    keys = ("id", "name", "entry", "files", "pass_filenames")
    published = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [[hook[key] for key in keys] for hook in local["hooks"]] == [[h[key] for key in keys] for h in published]
    ours = "".join(path.read_text("utf-8") for path in [ROOT / "action.yml", *(ROOT / ".github/workflows").glob("*")])
    workflow = (tmp_path / "new/.github/workflows/validate.yml").read_text("utf-8")
    used = [line.strip().removeprefix("uses: ") for line in workflow.splitlines() if "uses:" in line]
    assert (len(used), [name for name in used if name not in ours]) == (2, [])


@pytest.mark.parametrize("address", first(1, ["", "https://example.org/owner/tool"]))
def test_linters_accept_the_workflow(tmp_path: Path, address: str) -> None:
    """The schema of GitHub workflows, and the security linter."""
    start_dataset(tmp_path / "new", {"tool_repository": address})
    workflow = tmp_path / "new/.github/workflows/validate.yml"
    for command in (
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)],
        ["zizmor", "--offline", "--quiet", "--no-progress", str(tmp_path / "new/.github")],
    ):
        done = subprocess.run([BIN / command[0], *command[1:]], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.posix
def test_the_steps_of_the_workflow_run(tmp_path: Path) -> None:
    """Each shell step but the installation, on the new dataset; and the installation says what is missing."""
    start_dataset(tmp_path / "new")
    steps = yaml.safe_load((tmp_path / "new/.github/workflows/validate.yml").read_text("utf-8"))["jobs"]["validate"]
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "EVENTPACK": ""}
    codes = {}
    for step in steps["steps"]:
        if "run" in step:
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=tmp_path / "new", env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            codes[step["name"]] = (done.returncode, done.stdout.partition(":")[0])
    assert codes == {
        "Install eventpack": (1, ""),
        "Check the form of records and tables": (0, "0 not in form, 13 unchanged\n"),
        "Validate": (0, "ok"),
    }


@pytest.mark.posix
@pytest.mark.long
def test_the_hooks_run_in_the_real_pre_commit(tmp_path: Path) -> None:
    """They pass on the new dataset, and stop a commit with a mistyped code."""
    start_dataset(tmp_path / "new")
    commit_all(tmp_path / "new")
    environment = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PRE_COMMIT_HOME": str(tmp_path / "cache"),
    }  # fmt: skip

    def hooks() -> tuple[int, list[str]]:
        done = subprocess.run(
            [BIN / "pre-commit", "run", "--all-files"],
            cwd=tmp_path / "new", env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, [line[-6:] for line in done.stdout.splitlines() if line.startswith("eventpack ")]

    assert hooks() == (0, ["Passed"] * 3)
    record = tmp_path / "new/data/records/events/EV-example.yaml"
    record.write_text(record.read_text("utf-8").replace("realis: occurred", "realis: occured"), "utf-8")
    assert hooks() == (1, ["Passed", "Failed", "Failed"])


@pytest.mark.posix
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    """Each choice without an option is a question with a proposal; a wrong answer is asked again."""
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "eventpack", "init", "new", "--title", "Given"]
    process = subprocess.Popen(command, cwd=tmp_path, stdin=follower, stdout=follower, stderr=follower, close_fds=True)
    os.close(follower)
    os.write(leader, b"My Data\nmine\n\nCC0-1.0\n\n\nnone\n\n")
    shown = b""
    try:
        while part := os.read(leader, 4096):
            shown += part
    except OSError:  # Linux: the other end is closed
        pass
    os.close(leader)
    assert process.wait(60) == 0, shown
    text = shown.decode()
    assert "Name, for files and addresses [new]: " in text
    assert "    it must be lower case letters, digits and . _ -" in text
    assert "Who makes it [The mine project]: " in text
    assert "Title" not in text
    descriptor = json.loads((tmp_path / "new/datapackage.json").read_text("utf-8"))
    assert (descriptor["name"], descriptor["title"], descriptor["licenses"][0]["name"]) == ("mine", "Given", "CC0-1.0")
    assert descriptor["contributors"][0]["title"] == "The mine project"
    assert "EXAMPLE," in (tmp_path / "new/data/event_types.csv").read_text("utf-8")


@pytest.mark.posix
def test_questions_broken_off_write_nothing(tmp_path: Path) -> None:
    """The end of the input at a question."""
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "eventpack", "init", "new"]
    os.write(leader, b"mine\n\x04")
    process = subprocess.Popen(command, cwd=tmp_path, stdin=follower, stdout=follower, stderr=follower)
    os.close(follower)
    assert process.wait(60) == 1
    os.close(leader)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix
def test_a_terminal_is_not_asked_with_yes(tmp_path: Path) -> None:
    """Nor when the folder is refused anyway."""
    import pty

    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").write_text("mine")
    for words, code in ((("new", "--yes"), 0), (("full",), 2)):
        leader, follower = pty.openpty()
        command = [sys.executable, "-m", "eventpack", "init", *words]
        process = subprocess.Popen(command, cwd=tmp_path, stdin=follower, stdout=follower, stderr=follower)
        os.close(follower)
        assert process.wait(60) == code
        os.close(leader)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("My Data!", "my-data"),
        ("Émeutes 2026", "emeutes-2026"),
        ("__x__", "x"),
        ("数据", "dataset"),
        ("a.b_c", "a-b-c"),
    ],
)
def test_a_name_is_made_from_the_folder(folder: str, name: str) -> None:
    """Always a lawful one."""
    assert name_from(folder) == name
    assert make_choices({}, folder).name == name
