"""`eventpack diff` of packages: where they may be, and what is compared in them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import eventpack
from eventpack.comparing import diff
from eventpack.errors import EventpackError, NotAPackage
from tests.diffpack import between, write_state
from tests.diffpack import eventpack as run
from tests.gitpack import commit_all, git
from tests.loopback import serve
from tests.smallpack import EVENT, write_small_package

ROOT = Path(__file__).parents[1]
OLD = "ship,tons,port\nAda,10,Kiel\nBea,20,Kiel\n"
NEW = "ship,tons,port\nAda,11,Kiel\nBea,20,Kiel\nCleo,1,Gent\n"
COUNTS = {"added": 1, "changed": 1}


def counts(found: eventpack.Difference, table: str = "ships") -> dict[str, int]:
    """How many records of a table have which fate."""
    return dict(found.tables[table].counts)


def test_folders_zips_and_descriptors_are_the_same_thing(tmp_path: Path) -> None:
    """The rows count, not what holds them."""
    old, new = (write_state(tmp_path / name, {"ships": text}) for name, text in (("old", OLD), ("new", NEW)))
    packed = shutil.make_archive(str(tmp_path / "new"), "zip", new)
    assert [counts(diff(old, place)) for place in (new, packed, new / "datapackage.json")] == [COUNTS] * 3
    assert diff(new, packed).equal


def test_a_git_revision_is_read_without_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git:REV` is the package here as it was then, `git:REV:FOLDER` one in a folder."""
    folder = write_state(tmp_path / "data", {"ships": OLD})
    first = commit_all(tmp_path)
    (folder / "ships.csv").write_text(NEW, "utf-8")
    commit_all(tmp_path)
    monkeypatch.chdir(folder)
    assert counts(diff("git:HEAD~1", ".")) == COUNTS
    assert counts(diff(f"git:{first}", "git:HEAD")) == COUNTS
    monkeypatch.chdir(tmp_path)
    assert counts(diff("git:HEAD~1:data", "git:HEAD:data")) == COUNTS
    assert counts(diff("git:HEAD~1", "data")) == COUNTS
    assert git(tmp_path, "status", "--porcelain") == ""


def test_a_csv_file_in_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision beside a file is that of the file."""
    (tmp_path / "ships.csv").write_text(OLD, "utf-8")
    commit_all(tmp_path)
    (tmp_path / "ships.csv").write_text(NEW, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert counts(diff("git:HEAD", "ships.csv", key="ship")) == COUNTS
    assert counts(diff("git:HEAD:ships.csv", "ships.csv", key="ship")) == COUNTS


def test_published_versions_are_compared_by_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`PLACE@VERSION`; without a version, the latest."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    source, published = write_small_package(tmp_path / "source"), list[str]()
    for version, title in (("0.1.0", "Delay of the ferry"), ("0.1.1", "Delay of a ferry")):
        (source / "data/records/events/EV-aaaa01.yaml").write_text(EVENT.replace("Delay of the ferry", title), "utf-8")
        descriptor = json.loads((source / "datapackage.json").read_text("utf-8")) | {"version": version}
        (source / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        eventpack.build(source)
        packaged = eventpack.package(source, tmp_path / "dist")
        eventpack.publish(packaged.folder, tmp_path / "place", yes=True)
        published.append(packaged.folder.name.removeprefix("small-"))
    place = f"{tmp_path / 'place' / 'small'}"
    found = diff(f"{place}@{published[0]}", f"{place}@{published[1]}")
    assert [(change.table, [cell.field for cell in change.cells]) for change in found.records] == [
        ("events", ["title"])
    ]
    assert (diff(place, source).equal, found.step) == (True, "patch")
    with serve(tmp_path / "place") as server:
        assert diff(f"{server.url}/small@{published[0]}", f"{server.url}/small").records == found.records


def test_records_inside_others_are_told_with_them(tmp_path: Path) -> None:
    """One group for an event and its claims and participants, with what ids lead to."""
    write_small_package(tmp_path / "old")
    changed = EVENT.replace("actor_id: ACT-aaaa01", "actor_id: ACT-aaaa02").replace("came late", "came very late")
    write_small_package(tmp_path / "new", changed)
    told = run(tmp_path, "diff", "old", "new").stdout
    assert (
        told.partition("\n\n")[2].partition("\n\n")[2]
        == """\
events EV-aaaa01 “Delay of the ferry”
  - participants EV-aaaa01|ACT-aaaa01|initiator: removed
      actor_id (Actor): ACT-aaaa01 “Ferry line”
  + participants EV-aaaa01|ACT-aaaa02|initiator: added
      actor_id (Actor): ACT-aaaa02 “Clerk of the port”
  ~ claims CL-aaaa01: changed “The ferry came very late.”
      statement: The ferry came late. → The ferry came very late.

step: minor, because of 1 new record in participants
"""
    )


def test_tables_that_are_built_are_left_out_and_named() -> None:
    """They follow from the others; `--derived` compares them."""
    found = diff(ROOT, ROOT)
    assert ("events_flat" in found.tables, "events_flat" in found.left_out) == (False, True)
    assert "events_flat" in diff(ROOT, ROOT, derived=True).tables


def test_tables_can_be_chosen(tmp_path: Path) -> None:
    """`--table` compares one; a wrong name is named with a near one."""
    places = [
        write_state(tmp_path / name, {"ships": text, "boats": text}) for name, text in (("old", OLD), ("new", NEW))
    ]
    assert list(diff(*places, tables=["boats"]).tables) == ["boats"]
    with pytest.raises(EventpackError) as caught:
        diff(*places, tables=["boat"])
    assert caught.value.what == "neither has a table `boat`; did you mean `boats`?"


def test_a_key_for_one_table_of_a_package(tmp_path: Path) -> None:
    """`--key TABLE=a,b` replaces what the schema says."""
    found = between(tmp_path, OLD, NEW, key={"ships": "port,tons"})
    assert (found.tables["ships"].key, counts(found)) == (("port", "tons"), {"added": 2, "removed": 1})
    told = run(tmp_path, "diff", "old", "new", "--key", "ships=port,tons", "--format", "json")
    assert json.loads(told.stdout)["tables"]["ships"]["added"] == 2


def test_a_table_without_key_is_compared_by_whole_rows(tmp_path: Path) -> None:
    """It is said, with what could be a key."""
    schema = {"fields": [{"name": "ship", "type": "string"}, {"name": "port", "type": "string"}]}
    old, new = "ship,port\nAda,Kiel\nAda,Kiel\n", "ship,port\nAda,Kiel\nAda,Gent\n"
    found = between(tmp_path, old, new, (schema, schema))
    assert counts(found) == {"added": 1, "removed": 1}
    told = run(tmp_path, "diff", "old", "new").stdout
    note = "note: ships has no key that both states have, so whole rows are compared, and no one or two columns would "
    assert f"{note}be one" in told.splitlines()


def test_a_table_that_came_has_all_its_records_added(tmp_path: Path) -> None:
    """And the resource is a change of the descriptor: minor when it came, major when it went."""
    old = write_state(tmp_path / "old", {"ships": OLD})
    new = write_state(tmp_path / "new", {"ships": OLD, "boats": OLD})
    found, back = diff(old, new), diff(new, old)
    assert ([change.kind for change in found.schema], counts(found, "boats"), found.step) == (
        ["resource-added"],
        {"added": 2},
        "minor",
    )
    assert (counts(back, "boats"), back.step) == ({"removed": 2}, "major")


@pytest.mark.parametrize(
    ("old", "what"),
    [
        ("nowhere", "there is no nowhere"),
        ("git:nowhere", "git knows no commit `nowhere`"),
        ("git:", "`` names no commit"),
        ("git:--all", "`--all` names no commit"),
        ("empty", "no datapackage.json in empty"),
        ("broken.zip", "broken.zip is not a readable zip archive (File is not a zip file)"),
        ("git:HEAD:empty", "HEAD holds no datapackage.json in empty"),
        ("git:HEAD:lost.csv", "there is no lost.csv: there is no such file in the commit"),
    ],
)
def test_what_is_not_there_is_said(tmp_path: Path, old: str, what: str) -> None:
    """Misuse has exit code 2, and one sentence."""
    write_state(tmp_path, {"ships": OLD})
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_text("no zip", "utf-8")
    commit_all(tmp_path)
    told = run(tmp_path, "diff", old, ".")
    assert (told.returncode, told.stderr.splitlines()[0]) == (2, f"eventpack: {what}")


def test_a_package_that_cannot_be_read_is_not_compared(tmp_path: Path) -> None:
    """A short row would look like a change."""
    between(tmp_path, OLD, NEW)
    (tmp_path / "new/ships.csv").write_text("ship,tons,port\nAda\n", "utf-8")
    told = run(tmp_path, "diff", "old", "new")
    assert (told.returncode, told.stderr.splitlines()[0]) == (
        2,
        "eventpack: new: ships.csv:2:1: the row has 1 cells, the header 3",
    )
    with pytest.raises(NotAPackage):
        diff(tmp_path / "old", tmp_path / "old/nothing.zip")


def test_a_primary_key_that_is_none_is_refused_with_what_could_be_one(tmp_path: Path) -> None:
    """The schema says that it is one, and the rows that it is not."""
    rows = "ship,tons,port\n" + "".join(f"Ada,{number},Kiel\n" for number in range(20))
    with pytest.raises(EventpackError) as caught:
        between(tmp_path, rows, rows + "Bea,20,Kiel\n")
    assert caught.value.what == "ships: ship is no key: 40 of 41 rows share theirs with another"
    assert caught.value.fix == "name what tells rows apart: --key ships=tons"
