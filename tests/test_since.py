"""`validate --since`: everything is checked; what is reported is what a piece of work touched or made invalid."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from eventpack.building import build
from eventpack.errors import EventpackError
from eventpack.formats.json import as_json
from eventpack.formats.text import as_text
from eventpack.report import Report, narrow
from eventpack.validation import validate
from tests import warm
from tests.casepack import copy_base
from tests.gitpack import commit_all, git
from tests.tablepack import FORM, write_tables
from tests.test_validation import edit

MARCH, TAX = "data/records/events/EV-aaaaaa.yaml", "data/records/events/EV-bbbbbb.yaml"
ACTORS = "data/actors.csv"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The base package, built, committed on `main`."""
    folder = copy_base(tmp_path / "pack")
    commit_all(folder)
    return folder


def told(report: Report) -> list[tuple[str, str, bool]]:
    """The findings as code, place without column, and whether they are consequences."""
    return [(f.code, f"{f.where.path}:{f.where.line}", f.consequence) for f in report.findings]


def touched(report: Report) -> tuple[dict[str, int], tuple[str, ...], int]:
    """What was touched by table, other touched files, and how many older findings were left out."""
    assert report.since is not None
    return dict(report.since.records), report.since.files, len(report.since.older)


def test_nothing_touched_is_nothing_reported(pack: Path) -> None:
    """An old fault stays unsaid, but counted; files that are not of the package do not matter."""
    edit(pack / MARCH, "realis: occurred", "realis: occured")
    commit_all(pack, "A fault")
    (pack / "README.md").write_text("Read me.\n", "utf-8")
    report = validate(pack, since="HEAD")
    assert (told(report), touched(report), report.ok) == ([], ({}, (), 1), True)
    assert [finding.code for finding in validate(pack).findings] == ["cell/enum"]


def test_findings_in_touched_records_are_reported(pack: Path) -> None:
    """An older fault in a touched file is the touching one's, too; one in another file is not."""
    edit(pack / MARCH, "realis: occurred", "realis: occured")
    edit(pack / TAX, "date_basis: unknown", "date_basis: unknow")
    commit_all(pack, "Faults")
    edit(pack / TAX, "review: coded", "review: code")
    report = validate(pack, since="HEAD")
    assert told(report) == [("cell/enum", f"{TAX}:5", False), ("cell/enum", f"{TAX}:6", False)]
    assert touched(report) == ({"events": 1}, (), 1)


def test_of_a_table_only_the_rows_that_differ(pack: Path) -> None:
    """Rows move when one is put above them; that touches only the new one."""
    edit(pack / ACTORS, "Union of Bakers,organisation", "Union of Bakers,organization")
    commit_all(pack, "A fault")
    edit(pack / ACTORS, "ACT-bbbbbb", "ACT-abcdef,Somebody,person,XX,,,,,\nACT-bbbbbb")
    report = validate(pack, since="HEAD")
    assert told(report) == [("cell/pattern", f"{ACTORS}:3", False)]
    assert touched(report) == ({"actors": 1}, (), 1)


def test_what_a_deletion_breaks_elsewhere_is_a_consequence(pack: Path) -> None:
    """The keys of untouched records lead nowhere now."""
    edit(pack / ACTORS, "ACT-cccccc,Union of Bakers,organisation,FRE,LAB,,,,\n", "")
    report = validate(pack, since="HEAD")
    assert told(report) == [
        ("key/foreign", "data/actor_names.csv:2", True),
        ("revision/vanished-id", "data/actors.csv:0", False),
        ("key/foreign", f"{MARCH}:15", True),
        ("key/foreign", f"{TAX}:21", True),
    ]
    assert (report.consequences, touched(report), report.ok) == (3, ({"actors": 1}, (), 0), False)
    assert report.since is not None
    assert report.findings[0].why == f"untouched since {report.since.commit[:12]}, but not invalid then"


def test_a_schema_that_became_stricter_is_touched_its_records_are_not(pack: Path) -> None:
    """What the new bound refuses in an untouched record is a consequence."""
    edit(pack / "schemas/events.json", '"maxLength": 120', '"maxLength": 30')
    edit(pack / "schemas/events.json", "Harbour workers and port operator hold talks by telephone", "A talk")
    report = validate(pack, since="HEAD")
    assert told(report) == [("cell/max-length", f"{MARCH}:2", True)]
    assert touched(report) == ({}, ("schemas/events.json",), 0)


def test_a_renamed_record_is_touched_under_both_names(pack: Path) -> None:
    """A link to its old id is a consequence; in the new file everything counts as touched."""
    edit(pack / TAX, "EV-bbbbbb", "EV-dddddd")
    edit(pack / TAX, "hedge: none", "hedge: non")
    (pack / TAX).rename(pack / TAX.replace("bbbbbb", "dddddd"))
    report = validate(pack, since="HEAD")
    assert told(report) == [
        ("key/foreign", "data/events_flat.csv:3", True),  # as it was built from the old name
        ("key/foreign", f"{MARCH}:32", True),
        ("revision/vanished-id", f"{TAX}:0", False),
        ("cell/enum", f"{TAX.replace('bbbbbb', 'dddddd')}:22", False),
    ]
    assert touched(report)[0] == {"events": 2}


def test_built_files_left_stale_are_a_consequence(pack: Path) -> None:
    """They were fresh, and the touched record made them stale; built anew they are fine."""
    edit(pack / MARCH, "March of bakers", "Procession of bakers")
    report = validate(pack, since="HEAD")
    assert {(f.code, f.consequence) for f in report.findings} == {("build/stale", True)}
    assert "data/events.csv" in {f.where.path for f in report.findings}
    build(pack)
    assert told(validate(pack, since="HEAD")) == []


def test_older_errors_do_not_hide_what_was_left_stale(pack: Path) -> None:
    """A whole check does not compare built files while there are errors; this one does when the errors are older."""
    edit(pack / TAX, "hedge: none", "hedge: non")
    build(pack)
    commit_all(pack, "A fault")
    edit(pack / MARCH, "March of bakers", "Procession of bakers")
    assert {f.code for f in validate(pack).findings} == {"cell/enum"}
    assert {(f.code, f.consequence) for f in validate(pack, since="HEAD").findings} == {("build/stale", True)}
    build(pack)
    report = validate(pack, since="HEAD")
    assert (told(report), touched(report)) == ([], ({"events": 1}, (), 1))


def test_files_that_were_stale_before_are_left_to_who_touches_the_data(pack: Path) -> None:
    """A change outside the package does not bring them up; a touched record does."""
    edit(pack / MARCH, "March of bakers", "Procession of bakers")
    commit_all(pack, "Not built")
    (pack / "README.md").write_text("Read me.\n", "utf-8")
    assert told(validate(pack, since="HEAD")) == []
    edit(pack / TAX, "Lower tax", "A lower tax")
    assert {f.code for f in validate(pack, since="HEAD").findings} == {"build/stale"}


def test_an_older_fault_in_a_new_row_is_new(pack: Path) -> None:
    """The row above it keeps the same fault, and that one is older."""
    names = pack / "data/actor_names.csv"
    edit(names, "ACT-cccccc,UB", "ACT-zzzzzz,UB,fr,alias\nACT-cccccc,UB")
    commit_all(pack, "A fault")
    edit(names, "ACT-zzzzzz", "ACT-zzzzzz,Other,en,alias\nACT-zzzzzz")
    report = validate(pack, since="HEAD")
    assert [(f.code, f.where.record_id) for f in report.findings] == [("key/foreign", "ACT-zzzzzz|Other")]
    assert touched(report) == ({"actor_names": 1}, (), 1)


def test_a_hint_that_changed_makes_no_new_finding(pack: Path) -> None:
    """A new actor may look like the one that was meant; the old fault is the same."""
    edit(pack / TAX, "said_by: ACT-cccccc", "said_by: ACT-CDCDCD")
    commit_all(pack, "A fault")
    edit(pack / ACTORS, "ACT-cccccc,", "ACT-cdcdcd,A speaker,person,,,,,,\nACT-cccccc,")
    report = validate(pack, since="HEAD")
    assert "did you mean `ACT-cdcdcd`" in validate(pack).findings[-1].what
    assert "key/foreign" not in {finding.code for finding in report.findings}
    assert touched(report) == ({"actors": 1}, (), 1)


def test_a_measure_that_changed_makes_no_new_finding(tmp_path: Path) -> None:
    """A table that is too short is so before and after one more row; whoever adds it is not to blame."""
    pack = write_tables(tmp_path / "pack", {"one": "id,a\n1,x\n"})
    rule = {"name": "many", "kind": "expect", "least": 9, "because": "there are nine", "say": "All are listed."}
    edit(pack / "datapackage.json", '"primaryKey"', f'"eventpack:rules": [{json.dumps(rule)}], "primaryKey"')
    commit_all(pack)
    (pack / "one.csv").write_bytes(b"id,a\n1,x\n2,y\n")
    assert [finding.code for finding in validate(pack).findings] == ["rule/expect"]
    report = validate(pack, since="HEAD")
    assert (told(report), touched(report)) == ([], ({"one": 1}, (), 1))


def test_more_findings_are_compared_than_are_listed(tmp_path: Path) -> None:
    """Whoever mends the first of 1,500 old faults is not told of the 1,001st, which nobody saw before."""
    pack = write_tables(tmp_path / "pack", {"one": "id,a\n" + "".join(f"{n}, x\n" for n in range(1500))})
    commit_all(pack)
    edit(pack / "one.csv", "\n0, x\n", "\n0,x\n")
    report = validate(pack, since="HEAD")
    assert (told(report), touched(report)) == ([], ({"one": 1}, (), 1499))


def test_of_a_thousand_new_findings_the_rest_is_counted(tmp_path: Path) -> None:
    """A report on changes is as long as any other."""
    pack = write_tables(tmp_path / "pack", {"one": "id,a\n"})
    commit_all(pack)
    write_tables(pack, {"one": "id,a\n" + "".join(f"{n}, x\n" for n in range(1500))})
    report = validate(pack, since="HEAD")
    assert len(report.findings) == 1001
    assert [f.what for f in report.findings if not f.where.row] == ["500 more findings of this code are not listed"]


def test_columns_touch_only_the_rows_that_fill_them(tmp_path: Path) -> None:
    """A new column, and another order of columns, leave the other rows as they were."""
    pack = write_tables(tmp_path / "pack", {"one": "id,a\n1,x\n2, y\n3,z\n"})
    commit_all(pack)
    write_tables(pack, {"one": "id,b,a\n1,,x\n2,, y\n3, new,z\n"})
    report = validate(pack, since="HEAD")
    assert told(report) == [("cell/pattern", "one.csv:4", False)]
    assert touched(report) == ({"one": 1}, ("datapackage.json",), 1)


def test_a_table_without_a_key_is_compared_by_content(tmp_path: Path) -> None:
    """The second of two equal rows is new when it was alone before."""
    schema = {"fields": [{"name": "a", "constraints": FORM}]}
    folder = tmp_path / "pack"
    folder.mkdir()
    descriptor = {"name": "p", "resources": [{"name": "one", "path": "one.csv", "schema": schema}]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (folder / "one.csv").write_bytes(b"a\n x\ny\n")
    commit_all(folder)
    (folder / "one.csv").write_bytes(b"a\ny\n x\n x\n")
    assert told(validate(folder, since="HEAD")) == [("cell/pattern", "one.csv:4", False)]


def test_a_table_that_cannot_be_read_is_touched_as_a_file(pack: Path) -> None:
    """Its faults of form are reported, and nothing is said of its rows."""
    edit(pack / ACTORS, "ACT-aaaaaa,Government", 'ACT-aaaaaa,"Government')
    report = validate(pack, since="HEAD")
    assert [(f.code, f.where.path, f.consequence) for f in report.findings] == [("csv/quote", ACTORS, False)]
    assert touched(report) == ({}, (ACTORS,), 0)


def test_what_others_did_meanwhile_does_not_count(pack: Path) -> None:
    """The base is where the work began, as in a pull request."""
    git(pack, "switch", "-q", "-c", "work")
    edit(pack / MARCH, "review: coded", "review: code")
    commit_all(pack, "Work")
    git(pack, "switch", "-q", "main")
    edit(pack / ACTORS, "A police official", "A policeman")
    commit_all(pack, "Theirs")
    git(pack, "switch", "-q", "work")
    report = validate(pack, since="main")
    assert told(report) == [("cell/enum", f"{MARCH}:10", False)]
    assert touched(report)[0] == {"events": 1}


@pytest.mark.parametrize("before", ["nothing", "no JSON"])
def test_without_a_readable_package_before_everything_is_touched(tmp_path: Path, before: str) -> None:
    """A dataset that is new is reported as a whole."""
    pack = copy_base(tmp_path / "repository/the pack")
    held = shutil.copytree(pack, tmp_path / "held")
    if before == "nothing":
        shutil.rmtree(pack)
        (tmp_path / "repository/README.md").write_bytes(b"")
    else:
        (pack / "datapackage.json").write_text("{", "utf-8")
    commit_all(tmp_path / "repository")
    shutil.copytree(held, pack, dirs_exist_ok=True)
    edit(pack / MARCH, "realis: occurred", "realis: occured")
    report = validate(pack, since="main")
    assert report.since is not None
    assert (report.since.new, report.since.records["events"], told(report)) == (
        True, 2, [("cell/enum", f"{MARCH}:4", False)]
    )  # fmt: skip
    assert "no readable package there, so all of it counts as touched" in as_text(report)


def test_a_descriptor_that_broke_is_told(pack: Path) -> None:
    """Nothing else can be read, and nothing else is said."""
    (pack / "datapackage.json").write_text("{", "utf-8")
    report = validate(pack, since="HEAD")
    assert (told(report), touched(report)) == (
        [("descriptor/json", "datapackage.json:1", False)], ({}, ("datapackage.json",), 0)
    )  # fmt: skip


def test_selection_and_exclusion_hold_for_what_is_left_out(pack: Path) -> None:
    """The number of older findings is that of the chosen codes."""
    edit(pack / MARCH, "realis: occurred", "realis: occured")
    edit(pack / TAX, "said_by: ACT-cccccc", "said_by: ACT-zzzzzz")
    commit_all(pack, "Faults")
    report = validate(pack, since="HEAD")
    reports = (report, narrow(report, ["key"]), narrow(report, [], {"cell": "later"}))
    assert [touched(one)[2] for one in reports] == [2, 1, 1]


def test_machines_and_people_read_what_was_left_out(pack: Path) -> None:
    """The JSON object and the closing lines tell the same."""
    edit(pack / TAX, "date_basis: unknown", "date_basis: unknow")
    commit = commit_all(pack, "A fault")
    edit(pack / ACTORS, "ACT-cccccc,Union of Bakers,organisation,FRE,LAB,,,,\n", "")
    edit(pack / "datapackage.json", '"title": "', '"title": "New ')
    report = narrow(validate(pack, since="main"), ["key", "cell"])
    value = json.loads(as_json(report))
    assert value["since"] == {
        "rev": "main", "commit": commit, "new": False, "records": {"actors": 1}, "files": ["datapackage.json"],
        "consequences": 3, "older": 1,
    }  # fmt: skip
    assert [finding["consequence"] for finding in value["findings"]] == [True, True, True]
    lines = as_text(report).splitlines()
    assert (
        lines[-2]
        == f"since main ({commit[:12]}): 1 record and 1 other file touched; 1 older finding elsewhere not reported"
    )
    assert ", 3 errors, 0 warnings, 3 consequences, " in lines[-1]
    assert json.loads(as_json(validate(pack)))["since"] is None


@pytest.mark.parametrize("what", ["record", "zip", "referee"])
def test_what_cannot_be_limited_is_refused(pack: Path, tmp_path: Path, what: str) -> None:
    """One record, an archive, and the referee's opinion have no earlier state to compare with."""
    shutil.make_archive(str(tmp_path / "made"), "zip", pack)
    paths = {"record": pack / MARCH, "zip": tmp_path / "made.zip", "referee": pack}
    with pytest.raises(EventpackError, match=r"one record|without a history|the referee"):
        validate(paths[what], since="HEAD", referee=what == "referee")


def test_texts_are_checked_on_both_sides(tmp_path: Path) -> None:
    """A passage that did not fit before is older; the texts of a source that is new need not fit before."""
    from tests.smallpack import EVENT, write_small_package, write_text

    pack = write_small_package(tmp_path / "pack", EVENT.replace("passage_end: 92", "passage_end: 91"))
    text = write_text(tmp_path / "texts")
    commit_all(pack)
    from eventpack.files import sha256

    data = text.read_bytes()
    sources = pack / "data/sources.csv"
    header, row = sources.read_text("utf-8").splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    cells |= {"text_sha256": sha256(data), "text_chars": str(len(data.decode("utf-8")))}
    sources.write_text(f"{header}\n{','.join(cells.values())}\n", "utf-8")
    codes = [f.code for f in validate(pack, texts=tmp_path / "texts", since="HEAD").findings if "evidence" in f.code]
    assert codes == ["evidence/digest"]
    commit_all(pack, "The source has a text")
    report = validate(pack, texts=tmp_path / "texts", since="HEAD")
    assert ([f.code for f in report.findings], touched(report)[:2]) == ([], ({}, ()))


@pytest.mark.parametrize(("old", "new", "code"), [("Lower", "A lower", 1), ("realis", "realis", 0), ("", "", 2)])
def test_the_command_in_a_subfolder(tmp_path: Path, old: str, new: str, code: int) -> None:
    """Run where the package is, in a folder with a space and an umlaut; exit codes are those of any check."""
    pack = copy_base(tmp_path / "repository/der Korpus für alle")
    commit_all(tmp_path / "repository")
    edit(pack / TAX, old, new)
    words = ["validate", "--since", "main" if old else "nowhere"]
    result = warm.run(["eventpack", *words], pack)
    assert result.returncode == code, result.stdout + result.stderr
    assert ("since main (" in result.stdout) == bool(old)
    assert ("git knows no commit `nowhere`" in result.stderr) == (not old)
