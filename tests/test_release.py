"""Releases: what is demanded, what is written, and that a released version never changes."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from eventpack.building import NotClean
from eventpack.errors import DamagedError, EventpackError
from eventpack.files import sha256
from eventpack.packaging import package
from eventpack.releasing import mark, release
from eventpack.validation import validate
from tests.casepack import copy_base
from tests.gitpack import commit_all, git
from tests.places import tree
from tests.releasepack import EVENT, NAME, append, corrected, edit, release_on, released, settled, source

_BY = "withdrawal,,coder-1,2024-06-02"
_REMOVED = f"REV-aaaaaa,next,event_places,EV-bbbbbb|PLC-bbbbbb|concerned,,removed,,,{_BY}"
_EMPTIED = f"REV-bbbbbb,next,places,PLC-aaaaaa,parent_id,changed,PLC-bbbbbb,,{_BY}"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No repository above the temporary folder counts, nor any setting of this machine."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("EVENTPACK_ARCHIVES", raising=False)


def files(folder: Path) -> dict[str, bytes]:
    """All files of a tree but those of git."""
    return {path: data for path, data in tree(folder).items() if not path.startswith(".git/")}


def refused(folder: Path, version: str = "", error: type[EventpackError] = EventpackError) -> EventpackError:
    """The error with which a release is refused; nothing is written, and nothing is left over."""
    before = files(folder)
    with pytest.raises(error) as caught:
        release(folder, version, summary="Some words.")
    assert type(caught.value) is error
    assert files(folder) == before
    assert not (folder / "releases/.pending").exists()
    return caught.value


@pytest.mark.referee
def test_a_release_is_recorded_with_date_commit_and_digest(tmp_path: Path) -> None:
    """The list names version, day, commit and archive; the archive has that digest and validates."""
    folder = source(tmp_path / "data")
    commit = git(folder, "rev-parse", "HEAD")
    done = release_on(folder, "2024-06-01", summary="Two events.")
    entry = json.loads((folder / "releases/versions.json").read_text("utf-8"))["versions"][0]
    archive = folder / "releases" / entry["archive"]["path"]
    assert (entry["version"], entry["date"], entry["commit"], entry["status"], entry["step"]) == (
        "0.1.0", "2024-06-01", commit, "released", "first"
    )  # fmt: skip
    assert entry["archive"]["sha256"] == sha256(archive.read_bytes()) == done.sha256
    assert archive.name == f"{NAME}-0.1.0.zip"
    assert validate(archive, referee=True).findings == ()
    assert validate(folder).findings == ()


def test_only_what_must_change_is_written(tmp_path: Path) -> None:
    """Of a first release: the change log and what is kept; nothing else differs, and git is asked to commit nothing."""
    folder = source(tmp_path / "data")
    commit = git(folder, "rev-parse", "HEAD")
    done = release_on(folder, "2024-06-01", summary="Two events.")
    listed = [line[3:] for line in git(folder, "status", "--porcelain", "-uall").splitlines()]
    assert sorted(listed) == sorted(done.files)
    assert sorted(done.files) == [
        "CHANGES.md", "changes.jsonl", f"releases/{NAME}-0.1.0.zip", "releases/versions.json"
    ]  # fmt: skip
    assert done.files[-1] == "releases/versions.json"
    assert git(folder, "rev-parse", "HEAD") == commit


def test_a_correction_is_a_patch_with_its_reason(tmp_path: Path) -> None:
    """The version follows from the change; revisions get it, and both change logs tell the reason."""
    folder = corrected(tmp_path / "data")
    done = release_on(folder, "2024-07-01", summary="A date corrected.")
    assert (done.previous, done.version, done.step) == ("0.1.0", "0.1.1", "patch")
    with (folder / "data/revisions.csv").open(encoding="utf-8", newline="") as file:
        assert [row["version"] for row in csv.DictReader(file)] == ["0.1.1", "0.1.1"]
    assert json.loads((folder / "datapackage.json").read_text("utf-8"))["version"] == "0.1.1"
    head, *lines = map(json.loads, (folder / "changes.jsonl").read_text("utf-8").splitlines())
    assert (head["version"], head["previous"], head["step"]) == ("0.1.1", "0.1.0", "patch")
    assert {(line["field"], line["old"], line["new"], line["reason"], line["note"]) for line in lines} == {
        ("date_latest", "2024-05-01", "2024-05-02", "source-corrected", ""),
        ("date_basis", "stated", "bounded", "coding-error", "Read again."),
    }
    text = (folder / "CHANGES.md").read_text("utf-8")
    assert text.index("## 0.1.1, 2024-07-01\n\nA date corrected.\n") < text.index("## 0.1.0, 2024-06-01")
    assert "| `events` | 2 | 2 |  | 1 |  |\n" in text
    assert "| `revisions` | 0 | 2 | 2 |  |  |\n" in text
    assert "- `coding-error` (The source was read or typed wrongly): 1 value in `events`\n" in text


def test_rows_that_come_and_go_are_counted_by_reason(tmp_path: Path) -> None:
    """What has no id is corrected by a row that goes and one that comes; both logs tell why."""
    folder = released(tmp_path / "data")
    edit(folder, EVENT, "  - actor_id: ACT-cccccc\n    role: initiator", "  - actor_id: ACT-cccccc\n    role: partner")
    for at, (role, op) in enumerate([("initiator", "removed"), ("partner", "added")]):
        row = f"next,participants,EV-aaaaaa|ACT-cccccc|{role},,{op},,,coding-error,They are equals.,coder-1,2024-06-01"
        append(folder, "data/revisions.csv", f"REV-aaaaa{at},{row}")
    settled(folder)
    release_on(folder, "2024-07-01", summary="A role corrected.")
    said = "1 record added in `participants`, 1 record removed in `participants`"
    assert f"- `coding-error` (The source was read or typed wrongly): {said}\n" in (folder / "CHANGES.md").read_text(
        "utf-8"
    )
    _, *lines = map(json.loads, (folder / "changes.jsonl").read_text("utf-8").splitlines())
    assert sorted((line["change"], line["reason"], line["note"], *line["revisions"]) for line in lines) == [
        ("added", "coding-error", "They are equals.", "REV-aaaaa1"),
        ("removed", "coding-error", "They are equals.", "REV-aaaaa0"),
    ]


def test_a_change_without_reason_is_refused_where_it_stands(tmp_path: Path) -> None:
    """Each cell is named at its line in the record file."""
    folder = corrected(tmp_path / "data", explained=False)
    error = refused(folder, error=NotClean)
    assert isinstance(error, NotClean)
    assert [(f.code, f.where.path, f.where.line, f.where.field) for f in error.report.findings] == [
        ("release/unexplained", EVENT, 6, "date_latest"), ("release/unexplained", EVENT, 7, "date_basis")
    ]  # fmt: skip
    assert error.report.findings[0].what == "`2024-05-01` became `2024-05-02` since 0.1.0, and no revision says why"


def test_a_reason_for_another_change_explains_nothing(tmp_path: Path) -> None:
    """The revision must lead from the released value to the one that stands there now, in one step or several."""
    folder = corrected(tmp_path / "data")
    edit(folder, "data/revisions.csv", "2024-05-01,2024-05-02", "2024-05-01,2024-05-07")
    commit_all(folder)
    error = refused(folder, error=NotClean)
    assert isinstance(error, NotClean)
    assert [f.where.field for f in error.report.findings] == ["date_latest"]
    more = "next,events,EV-aaaaaa,date_latest,changed,2024-05-07,2024-05-02,coding-error,,coder-1,2024-06-02"
    append(folder, "data/revisions.csv", f"REV-cccccc,{more}")
    settled(folder)
    assert release_on(folder, "2024-07-01", summary="Corrected twice.").version == "0.1.1"


def test_a_record_that_vanishes_is_refused(tmp_path: Path) -> None:
    """A row that is gone needs a redirect or a revision; a withdrawn one is listed with its reason."""
    folder = released(tmp_path / "data")
    edit(folder, "data/places.csv", "PLC-bbbbbb,Freedonia,country,FRE,,12,-30,200,,\n", "")
    edit(folder, "data/places.csv", "PLC-bbbbbb", "")
    event = "data/records/events/EV-bbbbbb.yaml"
    edit(folder, event, "event_places:\n  - place_id: PLC-bbbbbb\n    role: concerned\n", "")
    settled(folder)
    error = refused(folder, error=NotClean)
    assert isinstance(error, NotClean)
    assert "PLC-bbbbbb was in places of 0.1.0, and is gone without a redirect" in {
        finding.what for finding in error.report.findings
    }
    append(folder, "data/redirects.csv", "PLC-bbbbbb,places,withdrawn,,next,It is no place of these events.")
    append(folder, "data/revisions.csv", _REMOVED)
    append(folder, "data/revisions.csv", _EMPTIED)
    settled(folder)
    release_on(folder, "2024-07-01", summary="One place less.")
    text = (folder / "CHANGES.md").read_text("utf-8")
    assert "\n- `PLC-bbbbbb` of `places`: withdrawn. It is no place of these events.\n" in text


def test_a_step_that_is_too_small_is_refused_and_the_right_one_proposed(tmp_path: Path) -> None:
    """New records ask for a minor step; a larger one is free to choose."""
    folder = released(tmp_path / "data")
    append(folder, "data/actors.csv", "ACT-eeeeee,A bystander,unnamed,FRE,CVL,,,,")
    settled(folder)
    error = refused(folder, "0.1.1")
    assert error.what == "0.1.1 is too small a step from 0.1.0: the change is minor (1 new record in actors)"
    assert error.fix == "release 0.2.0: eventpack release 0.2.0"
    assert release_on(folder, "2024-07-01", "1.0.0", summary="Stable.").version == "1.0.0"


@pytest.mark.parametrize(
    ("version", "what"),
    [
        ("0.1.0", "0.1.0 was released on 2024-06-01, and a released version never changes"),
        ("0.0.9", "0.0.9 is not higher than 0.1.0, which is released"),
        ("0.1", "`0.1` is no version by SemVer"),
        ("0.1.1+sha.1234", "0.1.1+sha.1234 is the version of a build: what stands after `+` marks candidates"),
    ],
)
def test_what_is_no_next_version_is_refused(tmp_path: Path, version: str, what: str) -> None:
    """Neither again, nor backwards, nor one without order."""
    assert refused(corrected(tmp_path / "data"), version).what == what


def test_nothing_new_is_no_release(tmp_path: Path) -> None:
    """A commit after a release that changes no data."""
    folder = released(tmp_path / "data")
    (folder / "note.txt").write_text("x", "utf-8")
    commit_all(folder)
    assert refused(folder).what == "nothing differs from 0.1.0, which is released"


def test_a_tree_that_is_no_commit_is_refused(tmp_path: Path) -> None:
    """Changed and unknown files are named; outside git, and without a commit, the remedy is."""
    folder = source(tmp_path / "data")
    (folder / "draft.txt").write_text("x", "utf-8")
    append(folder, "data/actors.csv", "ACT-eeeeee,A bystander,unnamed,FRE,CVL,,,,")
    assert refused(folder).what == "the tree is not clean: data/actors.csv, draft.txt"
    alone = copy_base(tmp_path / "alone")
    assert refused(alone).what.startswith("a release is made from a commit, and git cannot tell of one: not a git")
    git(alone, "init", "-q")
    assert refused(alone).what == "a release is made from a commit, and there is none yet"


def test_what_git_ignores_is_not_released(tmp_path: Path) -> None:
    """A file that was never committed cannot be released, though it is there."""
    folder = copy_base(tmp_path / "data")
    (folder / ".gitignore").write_text("data/places.csv\n", "utf-8")
    commit_all(folder)
    assert validate(folder).findings == ()
    error = refused(folder, error=NotClean)
    assert isinstance(error, NotClean)
    assert "descriptor/missing-file" in {finding.code for finding in error.report.findings}


def test_findings_forbid_a_release(tmp_path: Path) -> None:
    """A warning is enough."""
    folder = source(tmp_path / "data")
    edit(folder, EVENT, "type: PROTEST-demo", "type: PROTEST-dance")
    commit_all(folder)
    error = refused(folder, error=NotClean)
    assert error.what == "there are findings, so nothing is released"


def test_a_release_needs_words(tmp_path: Path) -> None:
    """They are given, or stand in the change log below `## next`, which the section then replaces."""
    folder = source(tmp_path / "data")
    with pytest.raises(EventpackError, match="nothing tells in words what this release is"):
        release(folder)
    (folder / "CHANGES.md").write_text(
        "# Changes of the data\n\nWhat readers see.\n\n## Next\n\n- Two events.\n", "utf-8"
    )
    commit_all(folder)
    release_on(folder, "2024-06-01")
    text = (folder / "CHANGES.md").read_text("utf-8")
    assert text.startswith(
        "# Changes of the data\n\nWhat readers see.\n\n## 0.1.0, 2024-06-01\n\n- Two events.\n\n### Rec"
    )
    assert "Next" not in text
    assert json.loads((folder / "releases/versions.json").read_text())["versions"][0]["changes"] == "Two events."


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    """Version, section and digest are those of the release that follows."""
    folder = corrected(tmp_path / "data")
    before = files(folder)
    shown = release_on(folder, "2024-07-01", summary="A date corrected.", dry_run=True)
    assert files(folder) == before
    assert not (folder / "releases/.pending").exists()
    done = release_on(folder, "2024-07-01", summary="A date corrected.")
    assert (shown.version, shown.section, shown.sha256, shown.files) == (
        done.version, done.section, done.sha256, done.files
    )  # fmt: skip
    assert (shown.done, done.done) == (False, True)


@pytest.mark.long
def test_the_same_commit_and_time_give_the_same_archive(tmp_path: Path) -> None:
    """In a clone at another path, too."""
    folder = source(tmp_path / "data")
    git(tmp_path, "clone", "-q", str(folder), str(tmp_path / "elsewhere"))
    made = [release_on(place, "2024-06-01", summary="Two.").sha256 for place in (folder, tmp_path / "elsewhere")]
    assert made[0] == made[1]


def test_a_damaged_archive_is_found_and_not_compared_with(tmp_path: Path) -> None:
    """`validate` names the archive, and `release` refuses before anything else."""
    folder = corrected(tmp_path / "data")
    append(folder, f"releases/{NAME}-0.1.0.zip", "more")
    assert [(f.code, f.where.path) for f in validate(folder).findings] == [
        ("release/archive", f"releases/{NAME}-0.1.0.zip")
    ]
    commit_all(folder)
    assert isinstance(refused(folder, error=NotClean), NotClean)


def test_an_archive_that_nobody_recorded_is_not_replaced(tmp_path: Path) -> None:
    """Whatever stands where the archive would go may be what somebody has published."""
    folder = corrected(tmp_path / "data")
    (folder / f"releases/{NAME}-0.1.1.zip").write_bytes(b"PK")
    commit_all(folder)
    assert refused(folder).what.endswith(f"{NAME}-0.1.1.zip is there, and releases/versions.json does not know it")


@pytest.mark.long
def test_a_file_that_git_ignores_is_no_release(tmp_path: Path) -> None:
    """Whoever clones the data would miss it; kept elsewhere, the archive may be ignored."""
    folder = corrected(tmp_path / "data")
    append(folder, ".gitignore", "*.zip")
    commit_all(folder)
    with pytest.raises(EventpackError, match=rf"git ignores releases/{NAME}-0\.1\.1\.zip"):
        release(folder, summary="A date corrected.")
    assert git(folder, "status", "--porcelain") == ""
    assert release(folder, summary="A date corrected.", archives=tmp_path / "kept").version == "0.1.1"


@pytest.mark.long
def test_large_archives_are_kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the release says so; the folder that is named keeps it, and the next release finds it there."""
    from eventpack.releasing import making

    folder = source(tmp_path / "data")
    monkeypatch.setattr(making, "MOST_KEPT", 100_000)
    assert "are better kept elsewhere" in refused(folder).what
    kept = tmp_path / "archives"
    done = release_on(folder, "2024-06-01", summary="Two events.", archives=kept)
    assert done.archive == kept / f"{NAME}-0.1.0.zip"
    assert [path.name for path in (folder / "releases").iterdir()] == ["versions.json"]
    assert validate(folder).findings == ()
    append(folder, "data/actors.csv", "ACT-eeeeee,A bystander,unnamed,FRE,CVL,,,,")
    settled(folder)
    assert refused(folder).fix == "let EVENTPACK_ARCHIVES name the folder that holds it"
    monkeypatch.setenv("EVENTPACK_ARCHIVES", str(kept))
    again = release_on(folder, "2024-07-01", summary="One more.", archives=folder / "releases")
    assert again.archive.parent.name == "releases"


def test_a_withdrawn_release_stays(tmp_path: Path) -> None:
    """It is marked with day and reason, can be marked back, and its archive stays as it is."""
    folder = released(tmp_path / "data")
    before = files(folder)
    entry = mark(folder, "0.1.0", "withdrawn", "A source was forged.")
    assert entry.withdrawn is not None
    assert entry.withdrawn.reason == "A source was forged."
    assert validate(folder).findings == ()
    assert {path for path, data in files(folder).items() if before[path] != data} == {"releases/versions.json"}
    mark(folder, "0.1.0", "released")
    assert files(folder) == before


@pytest.mark.parametrize(
    ("version", "status", "reason", "what"),
    [
        ("0.2.0", "withdrawn", "why", "there is no release 0.2.0"),
        ("0.1.0", "gone", "why", "`gone` is no status of a version"),
        ("0.1.0", "withdrawn", " ", "a withdrawal says why"),
        ("0.1.0", "released", "", "0.1.0 is released already"),
    ],
)
def test_a_mark_that_says_nothing_is_refused(tmp_path: Path, version: str, status: str, reason: str, what: str) -> None:
    """No such release, no such status, no reason, no change."""
    with pytest.raises(EventpackError) as caught:
        mark(released(tmp_path / "data"), version, status, reason)
    assert caught.value.what == what


def test_a_list_that_cannot_be_read_is_located(tmp_path: Path) -> None:
    """`validate` gives line and column; `release --status` refuses as damaged."""
    folder = released(tmp_path / "data")
    edit(folder, "releases/versions.json", '"status": "released"', '"status": "gone"')
    assert [(f.code, f.where.line) for f in validate(folder).findings] == [("release/form", 10)]
    with pytest.raises(DamagedError):
        mark(folder, "0.1.0", "withdrawn", "why")


def test_what_the_list_holds_beside_is_kept(tmp_path: Path) -> None:
    """Properties that this version does not know stay."""
    folder = corrected(tmp_path / "data")
    edit(folder, "releases/versions.json", '"status": "released"', '"status": "released",\n      "doi": "10.1234/x"')
    commit_all(folder)
    release_on(folder, "2024-07-01", summary="A date corrected.")
    entries = json.loads((folder / "releases/versions.json").read_text("utf-8"))["versions"]
    assert [entry.get("doi") for entry in entries] == ["10.1234/x", None]


def test_a_package_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Only the package's own folder must be clean, and only its files are copied."""
    copy_base(tmp_path / "repo/data set")
    commit_all(tmp_path / "repo")
    (tmp_path / "repo/draft.txt").write_text("x", "utf-8")
    assert release_on(tmp_path / "repo/data set", "2024-06-01", summary="Two.").version == "0.1.0"
    assert os.listdir(tmp_path / "repo/data set/releases") != []


@pytest.mark.long
def test_a_candidate_of_a_released_version_says_when_its_data_differ(tmp_path: Path) -> None:
    """What is packaged from a later commit has the version's name: with the same data that is fine."""
    assert not package(source(tmp_path / "none"), tmp_path / "dist").released_otherwise
    released(tmp_path / "same")
    commit_all(tmp_path / "same")
    assert not package(tmp_path / "same", tmp_path / "dist").released_otherwise
    assert package(corrected(tmp_path / "other"), tmp_path / "dist").released_otherwise
