"""Every command and program in the documentation runs as printed and prints what is shown.

Blocks of one page share one fresh copy of the repository. In `console` blocks, lines after `$ ` are commands, the
others their output; `…` stands for any text, seconds for any number, and `# exits N` for an exit code that is not 0.
After `cd`, the rest of the page happens there. A block that begins with ```` ```json file=PATH ```` is written to that
file, one with `append=PATH` added to its end, and one with `fields=PATH` to the end of a schema's fields.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from eventpack.jsontext import append_items
from tests import warm
from tests.docs.standins import standing_in
from tests.effort import only

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs/guide").glob("*.md"))]
FENCE = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.M | re.S)
PORT = "8765"  # of servers on the pages
PROGRAMS: Mapping[str, tuple[str, ...]] = dict.fromkeys(("python", "sql"), (sys.executable, "-c"))
SHELL = frozenset("|<>&;$`*?~#(){}[]!\\\n")  # what only a shell understands
# Needs a network and minutes: tried by tests/system/test_fresh_clone.py.
ELSEWHERE = ("make ", "git clone", "python3 -m venv", ". .venv", "pip install")
# Programs from Debian and of other environments: tried by tests/system/test_tool_pages.py, as `r` and `py` blocks are.
OTHER_PROGRAMS = ("ogrinfo ", "ogr2ogr ", "datasette ", "sqlite3 ")


def blocks(page: Path, *languages: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page with their language."""
    found = FENCE.findall(page.read_text("utf-8"))
    return [(language, body) for language, _, body in found if not languages or language in languages]


def environment() -> dict[str, str]:
    """The environment of somebody who has activated the project's virtual environment."""
    kept = {key: value for key, value in os.environ.items() if key not in ("EVENTPACK_TEXTS", "SOURCE_DATE_EPOCH")}
    return kept | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}


def run(command: str | list[str], folder: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """One command of a page."""
    shell = isinstance(command, str)
    kept = {"EVENTPACK_CACHE": str(folder.parent / "cache"), "EVENTPACK_TRUST": str(folder.parent / "trust")}
    if warm.WARM and (words := warm_words(command)):
        return warm.run(words, folder, env=environment() | kept, text=text or "")
    return subprocess.run(
        command,
        shell=shell,
        cwd=folder,
        env=environment() | kept,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def warm_words(command: str | list[str]) -> list[str]:
    """The words of a command of ours, or of a Python program, that no shell need read; else none."""
    if isinstance(command, list):
        return ["python", *command[1:]] if command[:2] == [sys.executable, "-c"] else []
    plain = command.startswith("eventpack ") and not SHELL & set(command)
    return shlex.split(command) if plain else []


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean clone of the working tree with `dist/` made; without the tool and its tests, which no page reads."""
    folder = tmp_path_factory.mktemp("clone") / "eventpack"
    names = run(
        ["git", "ls-files", "-co", "--exclude-standard", ":!tests", ":!scripts", ":!benchmarks"], ROOT
    ).stdout.splitlines()
    for name in names:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    who = ["-c", "user.name=reader", "-c", "user.email=reader@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "A copy"]):
        assert run(["git", *command], folder).returncode == 0
    made = run("eventpack package", folder)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.fixture
def here(pristine: Path, tmp_path: Path) -> Path:
    """A copy of the clone that a page may change."""
    return Path(shutil.copytree(pristine, tmp_path / "eventpack"))


def free_port() -> str:
    """A port that nobody listens on, so that a server left from another run is not asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def transcript(block: str) -> Iterator[tuple[str, int, str]]:
    """The commands of a console block with the exit code and output they promise."""
    command = ""
    expected: list[str] = []
    for line in block.splitlines():
        if command.endswith("\\"):
            command = command[:-1] + line.strip()
        elif line.startswith("$ "):
            if command:
                yield (*_split(command), "\n".join(expected))
            command, expected = line[2:], []
        else:
            expected.append(line)
    if command:
        yield (*_split(command), "\n".join(expected))


def _split(command: str) -> tuple[str, int]:
    match = re.search(r"\s+# exits (\d)$", command)
    return (command[: match.start()], int(match[1])) if match else (command, 0)


def agrees(expected: str, actual: str) -> bool:
    """Whether output is what a page shows."""
    pattern = re.escape(expected.strip()).replace("…", r".*?")
    pattern = re.sub(r"\d+\\\.\d+\\ s\b", r"\\d+\\.\\d+\\ s", pattern)
    return re.fullmatch(pattern, actual.strip(), re.S) is not None


# Pages that take longest, since they package, release and publish many times. Every verb on them has tests of its own,
# so `make test` leaves them to `make test-all`.
LONG = """
    catalogues correct evidence-checks export history-and-citing in-duckdb in-python in-stata publish publish-github
    publish-s3 publish-zenodo query release signed-places verify
""".split()
FOLLOWED = [page for page in PAGES if page.stem != "new-dataset"]  # which test_new_dataset.py follows


@pytest.mark.posix
@pytest.mark.parametrize(
    "page", only([p for p in FOLLOWED if p.stem not in LONG], FOLLOWED), ids=lambda page: page.name
)
def test_commands_and_programs_do_what_the_page_shows(page: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Console, Python and SQL blocks, in the order of the page; a `text` block after a program is its output."""
    with standing_in(page.name, monkeypatch):
        follow(page, here)


def follow(
    page: Path,
    here: Path,
    elsewhere: tuple[str, ...] = (*ELSEWHERE, *OTHER_PROGRAMS),
    programs: Mapping[str, tuple[str, ...]] = PROGRAMS,
) -> None:
    """Do what a page says, beginning in a folder, and compare what comes out."""
    found, port = blocks(page), free_port()
    for index, (match, (language, body)) in enumerate(zip(FENCE.finditer(page.read_text("utf-8")), found, strict=True)):
        if "=" in match[2]:
            put(match, here)
        elif language == "console":
            for command, code, expected in transcript(body):
                if command.startswith(elsewhere):
                    continue
                if command.startswith("cd "):
                    here = (here / command.removeprefix("cd ")).resolve(strict=True)
                    continue
                result = run(command.replace(PORT, port), here)
                output = result.stdout + result.stderr
                assert (result.returncode, command) == (code, command), output
                assert not expected or agrees(expected, output), f"$ {command}\n{output}"
        elif language in programs:
            written = f"import duckdb\nprint(duckdb.sql({body!r}))" if language == "sql" else body
            result = run([*programs[language], written], here)
            assert result.returncode == 0, result.stderr
            follows = found[index + 1 : index + 2]
            if follows and follows[0][0] == "text":
                assert agrees(follows[0][1], result.stdout), result.stdout


def put(block: re.Match[str], here: Path) -> None:
    """Write a block into the file that it names; the paragraph above names it for the reader."""
    how, _, name = block[2].partition("=")
    assert f"`{name}`" in block.string[: block.start()].rstrip().rpartition("\n\n")[2], f"no words say where {name} is"
    path = here / name
    held = path.read_text("utf-8") if path.exists() else ""
    assert how in ("file", "append", "fields")
    added = append_items(held, "fields", [json.loads(block[3])]) if how == "fields" else held + block[3]
    path.write_text(block[3] if how == "file" else added, "utf-8")


def test_the_readme_starts_with_two_commands() -> None:
    """The first block of the README is the whole way from a clone to a package and its tests."""
    language, body = blocks(ROOT / "README.md")[0]
    assert (language, [command for command, _, _ in transcript(body)]) == ("console", ["make package", "make test"])


@pytest.mark.parametrize("page", [*PAGES, *sorted((ROOT / "docs/design").glob("*.md"))], ids=lambda page: page.name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    """A relative link names a file that is there."""
    text = FENCE.sub("", page.read_text("utf-8"))
    targets = [t for t in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in t and not t.startswith("mailto:")]
    assert [target for target in targets if not (page.parent / target).exists()] == []
