"""Building: what is written, what is left alone, what is refused, and what counts as stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack.building import Built, NotClean, build, stale_findings
from eventpack.cli.build import build as command
from eventpack.derive import derived_files
from eventpack.errors import EventpackError
from eventpack.opening import open_package
from eventpack.subject import read_subject
from tests.casepack import copy_base
from tests.tablepack import write_tables

FILES = (
    "data/events.csv", "data/participants.csv", "data/event_places.csv", "data/claims.csv", "data/event_links.csv",
    "data/estimates.csv", "data/events_flat.csv", "data/coverage.csv", "docs/codebook.md", "CITATION.cff",
    "schemas/derived/events.schema.json", "schemas/derived/tables.sql",
)  # fmt: skip


def run(*words: str) -> tuple[int, str]:
    """The exit code and the output of the command."""
    app = Typer()
    app.command()(command)
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


def stale(folder: Path) -> list[tuple[str, str]]:
    """Where the stale files of a package are found, with the codes."""
    return [(str(finding.where), finding.code) for finding in stale_findings(read_subject(open_package(folder))[0])]


def change_record(folder: Path, old: str, new: str) -> None:
    """Change the text of one record."""
    path = folder / "data/records/events/EV-aaaaaa.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def bytes_below(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes and times of all files."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_building_twice_changes_nothing(tmp_path: Path) -> None:
    """The second build finds every file right and touches none."""
    folder = copy_base(tmp_path / "pack")
    before = bytes_below(folder)
    assert Built((), FILES) == build(folder)
    assert before == bytes_below(folder)


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """A new title reaches the two tables that hold it and the list of the editor, and nothing else."""
    folder = copy_base(tmp_path / "pack")
    change_record(folder, "title: March", "title: Walk")
    built = build(folder)
    assert built.written == ("data/events.csv", "data/events_flat.csv", "schemas/derived/events.schema.json")


def test_check_names_and_writes_nothing(tmp_path: Path) -> None:
    """A checking build leaves every byte and time as it was."""
    folder = copy_base(tmp_path / "pack")
    change_record(folder, "role: initiator", "role: partner")
    before = bytes_below(folder)
    assert build(folder, check=True).stale == ("data/participants.csv", "data/events_flat.csv")
    assert before == bytes_below(folder)


def test_the_order_of_record_files_does_not_matter(tmp_path: Path) -> None:
    """Tables are sorted by primary key, minimal in quotes, with LF and one final newline."""
    folder = copy_base(tmp_path / "pack")
    change_record(folder, "title: March of bakers", 'title: Bakers, "all" of them')
    build(folder)
    lines = (folder / "data/events.csv").read_bytes().split(b"\n")
    assert lines[1].startswith(b'EV-aaaaaa,"Bakers, ""all"" of them through')
    assert lines[2].startswith(b"EV-bbbbbb,Lower tax on flour,")
    assert lines[3:] == [b""]


def test_a_merge_conflict_in_a_built_file_is_built_over(tmp_path: Path) -> None:
    """Whatever stands in a built file never keeps it from being built, nor does its absence."""
    folder = copy_base(tmp_path / "pack")
    wanted = bytes_below(folder)["data/estimates.csv"][0]
    (folder / "data/estimates.csv").write_bytes(b"<<<<<<< ours\n" + wanted + b">>>>>>> theirs\n")
    (folder / "data/events_flat.csv").unlink()
    (folder / "data/claims.csv").write_bytes(b"\xff\xfe")
    written = build(folder).written
    assert written == ("data/claims.csv", "data/estimates.csv", "data/events_flat.csv")
    assert wanted == (folder / "data/estimates.csv").read_bytes()


def test_nothing_is_built_from_what_cannot_be_read(tmp_path: Path) -> None:
    """One unreadable record keeps all files as they were, and the report says where it is wrong."""
    folder = copy_base(tmp_path / "pack")
    change_record(folder, "title: March", "title: [March")
    before = bytes_below(folder)
    with pytest.raises(NotClean) as caught:
        build(folder)
    assert [finding.code for finding in caught.value.report.findings] == ["record/yaml"]
    assert before == bytes_below(folder)


def test_an_unknown_derivation_is_named(tmp_path: Path) -> None:
    """A misspelt derivation would silently leave its table unbuilt."""
    folder = copy_base(tmp_path / "pack")
    path = folder / "datapackage.json"
    marked = '"eventpack:derivation": "estimates"'
    path.write_text(path.read_text("utf-8").replace(marked, '"eventpack:derivation": "estimate"'), "utf-8")
    with pytest.raises(NotClean) as caught:
        build(folder)
    (finding,) = caught.value.report.findings
    assert finding.code == "build/derivation"
    assert finding.what == "there is no derivation `estimate`; did you mean `estimates`?"


def test_stale_and_missing_files_are_found_at_their_line(tmp_path: Path) -> None:
    """The first line that differs is named; a cut or longer file differs where it ends."""
    folder = copy_base(tmp_path / "pack")
    change_record(folder, "title: March", "title: Walk")
    (folder / "docs/codebook.md").unlink()
    with (folder / "data/claims.csv").open("a", encoding="utf-8") as file:
        file.write("more\n")
    expected = [
        ("data/events.csv:2:1", "build/stale"),
        ("data/claims.csv:4:1", "build/stale"),
        ("data/events_flat.csv:2:1", "build/stale"),
        ("docs/codebook.md", "build/missing"),
    ]
    found = stale(folder)
    assert expected == found[:4]
    assert found[4][0].partition(":")[0] == "schemas/derived/events.schema.json"


def test_a_package_without_marks_has_no_built_files(tmp_path: Path) -> None:
    """Other people's packages need no codebook, and nothing in them is stale."""
    folder = write_tables(tmp_path, {"a": "b\n"}, title="T", contributors=[{"title": "C"}])
    assert stale(folder) == []
    with pytest.raises(EventpackError, match="nothing is built"):
        build(folder)


def test_a_built_file_does_not_leave_the_package(tmp_path: Path) -> None:
    """A folder that is a link to elsewhere is not written through."""
    folder = copy_base(tmp_path / "pack")
    (folder / "docs/codebook.md").unlink()
    (folder / "docs").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (folder / "docs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EventpackError) as caught:
        build(folder)
    assert caught.value.what == "`docs/codebook.md` leaves the package, so it is not written"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    """Each file in a line, one closing line, exit 1 only when --check finds stale files or nothing can be read."""
    folder = copy_base(tmp_path / "pack")
    (folder / "CITATION.cff").write_bytes(b"")
    assert run(str(folder), "--check") == (1, "stale CITATION.cff\n1 file stale, 11 up to date\n")
    assert run(str(folder)) == (0, "wrote CITATION.cff\nwrote 1 file, 11 unchanged\n")
    assert run(str(folder), "--check") == (0, "0 files stale, 12 up to date\n")
    (folder / "datapackage.json").write_text(json.dumps({"name": "x"}), "utf-8")
    code, said = run(str(folder))
    assert code == 1
    assert "descriptor/property" in said


def edit_descriptor(folder: Path, name: str, **changes: str) -> None:
    """Change properties of one resource."""
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    next(r for r in descriptor["resources"] if r["name"] == name).update(changes)
    file.write_text(json.dumps(descriptor, indent=2), "utf-8")


def test_a_hash_on_one_built_table_does_not_switch_the_comparison_off(tmp_path: Path) -> None:
    """As long as there are record files, every built file is compared."""
    folder = copy_base(tmp_path / "pack")
    edit_descriptor(folder, "events_flat", hash="sha256:" + "0" * 64)
    (folder / "docs/codebook.md").write_text("old\n", "utf-8")
    assert ("docs/codebook.md:1:1", "build/stale") in stale(folder)


@pytest.mark.parametrize(
    "path",
    [
        "docs/codebook.md", "CITATION.cff", "schemas/derived/events.schema.json", "schemas/derived/tables.sql",
        "schemas/events.json", "datapackage.json", "data/records/events/EV-aaaaaa.yaml",
    ],
)  # fmt: skip
def test_nothing_is_built_over_another_file(tmp_path: Path, path: str) -> None:
    """A built table whose path is that of another built file or of what it is built from is refused."""
    folder = copy_base(tmp_path / "pack")
    edit_descriptor(folder, "claims", path=path)
    before = (folder / path).read_bytes()
    with pytest.raises(NotClean) as caught:
        build(folder)
    (finding,) = caught.value.report.findings
    assert (finding.code, finding.found, finding.where.path) == ("build/collision", path, "datapackage.json")
    assert before == (folder / path).read_bytes()
    assert path not in derived_files(read_subject(open_package(folder))[0])


def test_a_misspelt_records_folder_does_not_empty_the_tables(tmp_path: Path) -> None:
    """Without the folder there is nothing to build from; the built tables stay."""
    folder = copy_base(tmp_path / "pack")
    before = (folder / "data/claims.csv").read_bytes()
    edit_descriptor(folder, "events", **{"eventpack:records": "data/record/events"})
    with pytest.raises(NotClean) as caught:
        build(folder)
    assert "descriptor/missing-file" in {finding.code for finding in caught.value.report.findings}
    assert before == (folder / "data/claims.csv").read_bytes()


def test_a_schema_is_not_kept_where_a_built_file_goes(tmp_path: Path) -> None:
    """The editor schema would replace a Table Schema of that path, and take the table with it at the next build."""
    folder = copy_base(tmp_path / "pack")
    path = "schemas/derived/events.schema.json"
    (folder / path).write_bytes((folder / "schemas/places.json").read_bytes())
    edit_descriptor(folder, "places", schema=path)
    assert "build/collision" in {code for _, code in stale(folder)}
    with pytest.raises(NotClean):
        build(folder)


def test_two_built_tables_of_one_path_are_not_built(tmp_path: Path) -> None:
    """The descriptor is refused, and neither table would be written over the other."""
    folder = copy_base(tmp_path / "pack")
    edit_descriptor(folder, "claims", path="data/participants.csv")
    before = (folder / "data/participants.csv").read_bytes()
    with pytest.raises(NotClean) as caught:
        build(folder)
    assert [finding.code for finding in caught.value.report.findings] == ["descriptor/duplicate-path"]
    assert before == (folder / "data/participants.csv").read_bytes()


def test_an_empty_folder_of_records_is_built_with_a_warning(tmp_path: Path) -> None:
    """A new dataset may have no records yet; the tables are then empty, and the build says so."""
    folder = copy_base(tmp_path / "pack")
    for record in (folder / "data/records/events").iterdir():
        record.unlink()
    built = build(folder)
    assert [finding.code for finding in built.warnings] == ["descriptor/missing-file"]
    assert (folder / "data/participants.csv").read_bytes().count(b"\n") == 1
    app = Typer()
    app.command()(command)
    assert "holds no record files" in CliRunner().invoke(app, [str(folder)]).stderr
