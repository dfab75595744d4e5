"""A DOI is reserved before the release, so that the released bytes carry it, and the record is made under it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack.cli.reserve import reserve_doi as command
from eventpack.depots import calls
from eventpack.downloading import download
from eventpack.errors import EventpackError, NetworkError, NotAPackage
from eventpack.jsontext import insert_value
from eventpack.packaging import package
from eventpack.publishing import publish, reserve_doi
from tests.depotpack import HASTY, NAME, PEOPLE, TITLE, github, zenodo
from tests.doubles.server import FAULTS
from tests.effort import FULL
from tests.places import git
from tests.tablepack import write_tables


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))


def tree(folder: Path, **more: object) -> Path:
    """A committed source tree without a DOI."""
    about: dict[str, object] = {"name": NAME, "version": "0.1.0", "title": TITLE, "contributors": PEOPLE}
    write_tables(folder, {"ships": "id,name\ns1,Ada\n"}, **(about | more))
    git(folder, "init", "-q")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    """Commit all there is."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "data")


def described(folder: Path) -> dict[str, object]:
    """The descriptor."""
    value: dict[str, object] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return value


def versioned(folder: Path, version: str) -> Path:
    """The packaged folder of the next version, with one ship more."""
    value = described(folder) | {"version": version}
    (folder / "datapackage.json").write_text(json.dumps(value), "utf-8")
    with (folder / "ships.csv").open("a", encoding="utf-8") as ships:
        ships.write(f"s{version},New\n")
    commit(folder)
    return package(folder, folder.parent / f"dist-{version}").folder


def test_the_released_bytes_carry_the_doi_they_get(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From the descriptor through the package to the record, and back by that DOI; the next version gets its own."""
    folder = tree(tmp_path / "data")
    with zenodo(monkeypatch) as (service, _):
        done = reserve_doi("zenodo:", folder, yes=True)
        assert (done.doi, done.done, done.files) == ("10.5281/zenodo.101", True, ("datapackage.json",))
        assert described(folder)["id"] == "https://doi.org/10.5281/zenodo.101"
        publish(versioned(folder, "0.1.0"), "zenodo:", public=True, yes=True)
        got = download("doi:10.5281/zenodo.101").folder
        assert json.loads((got / "datapackage.json").read_text("utf-8"))["id"] == "https://doi.org/10.5281/zenodo.101"
        assert 'doi: "10.5281/zenodo.101"' in (got / "CITATION.cff").read_text("utf-8")
        again = reserve_doi("zenodo:", folder, yes=True)
        assert again.steps[0] == "zenodo:  new version of record 101 (draft)"
        assert described(folder)["id"] == "https://doi.org/10.5281/zenodo.102"
        publish(versioned(folder, "0.2.0"), "zenodo:", public=True, yes=True)
        assert [(each["id"], each["concept"], each["metadata"]["version"]) for each in service.state()] == [
            ("101", "100", "0.1.0"), ("102", "100", "0.2.0"),
        ]  # fmt: skip


def test_nothing_but_the_id_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The descriptor keeps its form, and a second run changes nothing."""
    folder = tree(tmp_path / "data")
    text = json.dumps(described(folder), indent=4, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text, "utf-8")
    with zenodo(monkeypatch) as (service, running):
        reserve_doi("zenodo:", folder, yes=True)
        new = (folder / "datapackage.json").read_text("utf-8")
        line = '    "id": "https://doi.org/10.5281/zenodo.101",\n'
        assert new == text.replace(f'    "name": "{NAME}",\n', f'    "name": "{NAME}",\n{line}', 1)
        state, before = service.state(), len(running.log)
        again = reserve_doi("zenodo:", folder, yes=True)
        assert (again.steps, again.doi) == ((), "10.5281/zenodo.101")
        assert service.state() == state
        assert {method for method, _, _ in running.log[before:]} == {"GET"}


def test_a_key_is_added_in_the_manner_of_the_object() -> None:
    """On a line of its own, or on the one line that there is."""
    assert insert_value('{"a": {"b": 1}, "c": 2}', "a", "d", "x") == '{"a": {"b": 1}, "d": "x", "c": 2}'
    assert insert_value('{\n\t"a": [1,\n2]\n}', "a", "d", "é") == '{\n\t"a": [1,\n2],\n\t"d": "é"\n}'
    assert insert_value('{\r\n  "a": 1\r\n}', "a", "d", 2) == '{\r\n  "a": 1,\r\n  "d": 2\r\n}'


def test_the_plan_only_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No request but GET, and no file is written."""
    folder = tree(tmp_path / "data")
    before = (folder / "datapackage.json").read_bytes()
    with zenodo(monkeypatch) as (_, running):
        plan = reserve_doi("zenodo:", folder)
        assert plan.steps == ("zenodo:  new record (draft)", "zenodo:  DOI, reserved", "datapackage.json  id")
        assert {method for method, _, _ in running.log} == {"GET"}
    assert (folder / "datapackage.json").read_bytes() == before


def test_a_fault_at_any_request_changes_nothing_in_the_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One draft, one DOI, written into the descriptor, whatever broke off."""
    state, count = reserved(monkeypatch, tmp_path / "clean", 0, "")
    for number in range(1, count + 1):
        for fault in FAULTS if FULL else ("drop-after", "500-before", "half"):
            assert reserved(monkeypatch, tmp_path / f"{fault}-{number}", number, fault)[0] == state


def reserved(monkeypatch: pytest.MonkeyPatch, place: Path, number: int, fault: str) -> tuple[object, int]:
    """The end state, descriptor included, and the number of requests, after a fault at one of them."""
    folder = tree(place / "data")
    monkeypatch.setenv("EVENTPACK_CACHE", str(place / "cache"))
    with zenodo(monkeypatch, lag=0.05) as (service, running):
        hasty = replace(HASTY, silence=0.4) if fault.startswith("hang") else HASTY
        monkeypatch.setattr(calls, "PATIENCE", hasty)
        if number:
            running.faults[number] = fault  # type: ignore[assignment]
        for _ in range(4):
            try:
                reserve_doi("zenodo:", folder, yes=True)
                break
            except NetworkError:
                continue
        assert not running.faults
        return (service.state(), described(folder)), len(running.log)


def test_a_release_with_the_doi_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever forgets to reserve one is told so; a DOI of nobody's draft is told, too."""
    folder = tree(tmp_path / "data")
    with zenodo(monkeypatch):
        reserve_doi("zenodo:", folder, yes=True)
        publish(versioned(folder, "0.1.0"), "zenodo:", public=True, yes=True)
        with pytest.raises(EventpackError, match=r"carries the DOI of version 0\.1\.0, record 101") as caught:
            publish(versioned(folder, "0.2.0"), "zenodo:", yes=True)
        assert "reserve-doi" in caught.value.fix
    with zenodo(monkeypatch), pytest.raises(EventpackError, match="is no record, and no draft of the owner"):
        publish(versioned(folder, "0.3.0"), "zenodo:", yes=True)


def test_the_doi_of_all_versions_may_stand_in_the_descriptor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Then every version is published below it."""
    folder = tree(tmp_path / "data")
    with zenodo(monkeypatch) as (service, _):
        publish(versioned(folder, "0.1.0"), "zenodo:", public=True, yes=True)
        (folder / "datapackage.json").write_text(
            json.dumps(described(folder) | {"id": "https://doi.org/10.5281/zenodo.100"}), "utf-8"
        )
        publish(versioned(folder, "0.2.0"), "zenodo:", public=True, yes=True)
        assert [each["concept"] for each in service.state()] == ["100", "100"]
        assert publish(tmp_path / "dist-0.2.0" / f"{NAME}-0.2.0", "zenodo:", public=True, yes=True).already


def test_a_doi_of_somebody_else_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is no draft of ours, and is not written over; what gives no DOIs is refused."""
    folder = tree(tmp_path / "data", id="https://doi.org/10.1234/ships")
    with zenodo(monkeypatch), github(monkeypatch):
        with pytest.raises(
            EventpackError, match=r"has the id https://doi\.org/10\.1234/ships, which is none of Zenodo"
        ):
            reserve_doi("zenodo:", folder, yes=True)
        for target in ("github:curators/talks", "../site"):
            with pytest.raises(EventpackError, match="gives no DOIs"):
                reserve_doi(target, folder)
        with pytest.raises(NotAPackage):
            reserve_doi("zenodo:", tmp_path / "nothing")


def test_the_command_says_what_to_do_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Plan, reservation, and what was reserved already."""
    app, folder = Typer(), tree(tmp_path / "data")
    app.command()(command)
    with zenodo(monkeypatch) as (service, _):
        says = [
            CliRunner().invoke(app, ["zenodo:", "--path", str(folder), *more]).output for more in ((), ("--yes",), ())
        ]
        page = f"{service.url}/uploads/101"
    assert says[0].splitlines()[-2:] == [
        "would reserve a DOI for ships", "nothing was written; add --yes to reserve it",
    ]  # fmt: skip
    assert says[1].splitlines()[-2:] == [
        f"reserved 10.5281/zenodo.101 for ships, {page}",
        "written: datapackage.json; commit it before you release",
    ]
    assert says[2] == f"already reserved: 10.5281/zenodo.101 for ships, {page}\n"
