"""`eventpack new`: fresh ids, skeletons, and rows that were judged before they were written."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from eventpack.cli.new import new
from eventpack.curate.format import format_files
from eventpack.curate.ids import fresh_id
from eventpack.curate.new import new_actor, new_event, new_place, new_source, read_settings
from eventpack.errors import EventpackError
from eventpack.opening import open_package
from eventpack.subject import read_subject
from tests.smallpack import TEXT, csv_line, write_small_package, write_text
from tests.tablepack import write_tables


def test_a_new_event_is_a_canonical_skeleton(tmp_path: Path) -> None:
    """The file is YAML in form, has the required fields, and tells the codes."""
    write_small_package(tmp_path)
    event, file = new_event({"title": "Storm: the harbour closes"}, tmp_path)
    text = Path(file).read_text()
    data = yaml.safe_load(text)
    assert re.fullmatch("EV-[0-9a-hjkmnp-tv-z]{6}", event)
    assert (data["event_id"], data["title"], data["codebook"]) == (event, "Storm: the harbour closes", "0.1")
    assert {"type", "realis", "date_basis", "coded_by"} <= set(data)
    assert set(data["claims"][0]) == {"claim_id", "source_id", "statement", "stance", "hedge", "status"}
    assert "#   hypothetical: " in text
    assert "# One of event_types: STATE, STATE-delay, STATEMENT." in text
    assert all(len(line) <= 96 for line in text.splitlines())
    assert format_files([tmp_path]).changed == ()


def test_long_vocabularies_are_summed_up(tmp_path: Path) -> None:
    """Of many types, their number and the roots are shown."""
    write_small_package(tmp_path)
    path = tmp_path / "data/event_types.csv"
    kind = {"broader": "STATE", "label": "X", "definition": "A kind.", "since": "0.1"}
    more = (csv_line("event_types", {"code": f"STATE-x{n}", **kind}) for n in range(40))
    path.write_text(path.read_text() + "".join(more))
    text = Path(new_event({}, tmp_path)[1]).read_text()
    assert "# One of the 43 codes of event_types (data/event_types.csv), below STATE, STATEMENT." in text


def test_rows_are_added_in_order(tmp_path: Path) -> None:
    """Actors and places get a fresh id with the prefix of their table, and the table stays in form."""
    write_small_package(tmp_path)
    path = tmp_path / "data/actors.csv"
    path.write_text(path.read_text().replace("ACT-", "ORG-"))
    actor, file = new_actor({"name": "Port, old", "kind": "office"}, tmp_path)
    place, _ = new_place({"name": "Pier", "kind": "point", "parent_id": "PLC-aaaa01", "latitude": "-5.5"}, tmp_path)
    assert (actor[:4], place[:4]) == ("ORG-", "PLC-")
    assert f'\n{actor},"Port, old",office,' in Path(file).read_text()
    assert format_files([tmp_path]).changed == ()


def test_a_source_takes_digest_and_length_from_its_text(tmp_path: Path) -> None:
    """`--from` fills both; the same text is not taken twice."""
    write_small_package(tmp_path / "package")
    text = write_text(tmp_path)
    source, file = new_source({"title": "T", "kind": "wire"}, tmp_path / "package", text)
    assert f"{hashlib.sha256(TEXT.encode()).hexdigest()},{len(TEXT)}," in Path(file).read_text()
    with pytest.raises(EventpackError, match=f"is that of {source} already"):
        new_source({"title": "T", "kind": "wire"}, tmp_path / "package", text)
    with pytest.raises(EventpackError):
        new_source({"title": "T", "kind": "wire"}, tmp_path / "package", tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("cells", "what", "fix"),
    [
        ({"name": "x", "kind": "ofice"}, "did you mean `office`", "one of: state, "),
        ({"name": "x"}, "`kind` is required", "one of: state, "),
        ({"name": "x", "kind": "office", "contry": "IRQ"}, "did you mean `country`", "the fields are actor_id, "),
        ({"name": "x", "kind": "office", "parent_id": "ACT-aaaa09"}, "is not in actors", "add it to actors"),
        ({"actor_id": "ACT-aaaa01", "name": "x", "kind": "office"}, "has a row ACT-aaaa01 already", "leave the id out"),
    ],
)
def test_what_is_not_allowed_is_refused(tmp_path: Path, cells: dict[str, str], what: str, fix: str) -> None:
    """A code, field or key that does not exist is an error that names those that do; nothing is written."""
    write_small_package(tmp_path)
    before = (tmp_path / "data/actors.csv").read_bytes()
    with pytest.raises(EventpackError) as caught:
        new_actor(cells, tmp_path)
    assert what in caught.value.what
    assert fix in caught.value.fix
    assert (tmp_path / "data/actors.csv").read_bytes() == before


def test_ids_are_never_used_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id that stands anywhere, also among the withdrawn ones, is not given again."""
    write_small_package(tmp_path)
    path = tmp_path / "data/redirects.csv"
    split = {"old_id": "EV-zzzz00", "table": "events", "outcome": "split-into", "new_id": "EV-000000|EV-111111"}
    path.write_text(path.read_text() + csv_line("redirects", split))
    letters = iter("000000" + "111111" + "222222")
    monkeypatch.setattr("eventpack.curate.ids.secrets.choice", lambda alphabet: next(letters))
    assert fresh_id(read_subject(open_package(tmp_path))[0], "events") == "EV-222222"


def test_the_command_prints_the_path(tmp_path: Path) -> None:
    """Standard output has the path or the id alone, for scripts."""
    write_small_package(tmp_path)
    result = CliRunner().invoke(new, ["event", "--path", str(tmp_path), "--set", "date_latest=2026-03-01"])
    assert Path(result.stdout.strip()).is_file()
    result = CliRunner().invoke(new, ["actor", "--name", "N", "--kind", "office", "--path", str(tmp_path)])
    assert re.fullmatch("ACT-[0-9a-z]{6}\n", result.stdout)
    with pytest.raises(EventpackError):
        read_settings(["country"])


@pytest.mark.parametrize(("table", "text"), [("places", "name,kind\n"), ("claims", "claim_id\n")])
def test_a_table_without_an_id_takes_no_rows(tmp_path: Path, table: str, text: str) -> None:
    """Without a primary key there is nothing to make a fresh id for; without the table neither."""
    write_tables(tmp_path, {table: text})
    descriptor = tmp_path / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"primaryKey": ["name"]', '"primaryKey": []'))
    with pytest.raises(EventpackError) as caught:
        new_place({"name": "Pier", "kind": "point"}, tmp_path)
    assert caught.value.what in ("rows of `places` have no id", "the package has no table `places`")


def test_a_key_may_lead_to_the_new_row_only_through_the_table(tmp_path: Path) -> None:
    """Numbers are compared as numbers, and the first cell that is wrong is told before keys."""
    write_small_package(tmp_path)
    with pytest.raises(EventpackError, match="`kind` is required"):
        new_place({"name": "Pier", "parent_id": "PLC-none00"}, tmp_path)
    with pytest.raises(EventpackError, match="PLC-aaaa02 is not in places; did you mean `PLC-aaaa01`"):
        new_place({"name": "Pier", "kind": "point", "parent_id": "PLC-aaaa02"}, tmp_path)
