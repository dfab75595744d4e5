"""What a curator sees in an editor: the real yaml-language-server, with the settings that stand in the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.system.editors import EDITORS, neovim_file, vscode
from tests.system.languageserver import LanguageClient

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]
RECORDS = "data/records/events"
ONE = f"{RECORDS}/EV-080cj2.yaml"
CURSOR = "¦"
_numbers = count(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset as an editor opens it."""
    folder = tmp_path_factory.mktemp("dataset")
    for name in ("data", "schemas", ".vscode", ".helix"):
        shutil.copytree(ROOT / name, folder / name)
    for name in (".nvim.lua", "datapackage.json"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module", params=list(EDITORS))
def client(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A running server with the settings of one editor, and nothing that it asks the network for."""
    log = tmp_path_factory.mktemp("log") / "connections"
    with LanguageClient(folder, EDITORS[request.param](folder), log) as client:
        yield client
    assert not log.exists(), log.read_text("utf-8")


def fresh() -> str:
    """The name of a record file that is not open yet."""
    return f"{RECORDS}/EV-{next(_numbers):06d}.yaml"


def underlined(client: LanguageClient, text: str) -> list[tuple[int, int, int, str]]:
    """What is underlined in a record: line, first and last column, counted from 1, and what is said about it."""
    name = fresh()
    client.open(name, text)
    found = []
    for fault in client.underlined(name):
        start, end = fault["range"]["start"], fault["range"]["end"]
        assert start["line"] == end["line"]
        found.append((start["line"] + 1, start["character"] + 1, end["character"], fault["message"]))
    return sorted(found)


def ask(client: LanguageClient, method: str, text: str) -> Any:
    """What the server says about the place of the cursor in a record."""
    before, after = text.split(CURSOR)
    name = fresh()
    client.open(name, before + after)
    return client.ask(method, name, before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1)


def offered(client: LanguageClient, text: str) -> dict[str, tuple[str, str]]:
    """What completion offers: by label, the text that it writes, and its explanation."""
    result = {}
    for item in ask(client, "textDocument/completion", text)["items"]:
        said = item.get("documentation", "")
        result[item["label"]] = (item["insertText"], said["value"] if isinstance(said, dict) else said)
    return result


def record() -> str:
    """The text of a record of the dataset."""
    return (ROOT / ONE).read_text("utf-8")


def test_a_wrong_code_is_underlined(client: LanguageClient) -> None:
    """From its first letter to its last, with what may stand there."""
    codes = '"occurred", "ongoing", "planned", "predicted", "hypothetical", "denied"'
    text = record().replace("realis: ongoing", "realis: ongiong")
    assert underlined(client, text) == [(4, 9, 15, f"Value is not accepted. Valid values: {codes}.")]


def test_an_unknown_id_is_underlined(client: LanguageClient) -> None:
    """The message names the file to look in instead of all its ids."""
    text = re.sub("^place_id: .*$", "place_id: PLC-zzzzzz", record(), flags=re.M)
    message = "Not a place_id of data/places.csv, as of the last `eventpack build`."
    assert underlined(client, text) == [(7, 11, 20, message)]


def test_a_missing_field_is_named(client: LanguageClient) -> None:
    """At the top of the record."""
    text = re.sub("^review: .*\n", "", record(), flags=re.M)
    assert underlined(client, text) == [(1, 1, 1, 'Missing property "review".')]


def test_an_unknown_field_is_underlined(client: LanguageClient) -> None:
    """Where it stands, inside a claim too."""
    text = record().replace("    hedge: ", "    notes: x\n    hedge: ", 1)
    line = text[: text.index("    notes: x")].count("\n") + 1
    assert underlined(client, text) == [(line, 5, 9, "Property notes is not allowed.")]


def test_records_in_folders_are_looked_at_too(client: LanguageClient) -> None:
    """The checks read folders below the records' own, by year or by coder; nothing beside it is taken for a record."""
    files = (f"{RECORDS}/2026/march/EV-222222.yaml", f"{RECORDS}-old/EV-222222.yaml", "notes.yaml")
    for name in files:
        client.open(name, "realis: ongiong\n")
    assert [bool(client.underlined(name)) for name in files] == [True, False, False]


def test_no_record_of_the_dataset_is_underlined(client: LanguageClient) -> None:
    """What the checks accept looks accepted."""
    assert underlined(client, "title: x\n"), "the schema is in force"
    paths = {f"{RECORDS}/{path.name}": path for path in (ROOT / RECORDS).glob("*.yaml")}
    assert len(paths) > 30
    for name, path in paths.items():
        client.open(name, path.read_text("utf-8"))
    assert {name: found for name in paths if (found := client.underlined(name))} == {}


def test_codes_are_offered_with_their_meaning(client: LanguageClient) -> None:
    """In the order of the schema, which is not the alphabet's."""
    items = offered(client, record().replace("realis: ongoing", f"realis: {CURSOR}"))
    assert list(items) == ["occurred", "ongoing", "planned", "predicted", "hypothetical", "denied"]
    assert items["planned"] == ("planned", "An accepted claim asserts that somebody intends or prepares it.")


def test_codes_of_a_vocabulary_are_offered_with_their_meaning(client: LanguageClient) -> None:
    """Label and definition come from the hand-edited table."""
    items = offered(client, f"type: {CURSOR}\n")
    assert items["AID"][0] == "AID"
    assert items["AID"][1].startswith("Give aid: Help in money, goods, arms")


def test_ids_are_offered_with_names(client: LanguageClient) -> None:
    """An id is found by itself, and by the name of what it stands for; both write the id."""
    items = offered(client, f"event_places:\n  - place_id: {CURSOR}\n")
    assert items["PLC-m500m4"] == ("PLC-m500m4", "Iraq")
    assert items["Iraq"][0] == "PLC-m500m4"
    events = offered(client, f"event_links:\n  - other_id: {CURSOR}\n")
    assert events["EV-0tz570"] == ("EV-0tz570", "Ballistic missile attacks by Iran")


def test_fields_are_offered_with_their_description(client: LanguageClient) -> None:
    """Those that the record does not have yet, each with its colon and without a value that could stay by mistake."""
    items = offered(client, f"event_id: EV-zzzzzz\n{CURSOR}\n")
    fields = {label: item for label, item in items.items() if not label.startswith("A record")}
    assert "event_id" not in fields
    assert {"title", "type", "place_id", "claims", "event_links"} <= set(fields)
    written = {label: text for label, (text, _) in fields.items()}
    scalars = {label: text for label, text in written.items() if "\n" not in text}
    assert {label: text for label, text in scalars.items() if text != f"{label}: "} == {}
    assert fields["title"][1].startswith("What happened, who and where")


def test_a_new_claim_is_offered_as_a_whole(client: LanguageClient) -> None:
    """All that a claim must have, in the order of the schema."""
    (item,) = offered(client, f"claims:\n  - claim_id: CL-zzzzzz\n  {CURSOR}\n").values()
    assert re.findall(r"(\w+): \$\d", item[0]) == "claim_id source_id statement stance hedge status".split()


def test_a_field_is_explained_on_hover(client: LanguageClient) -> None:
    """Title, description and example of a field, from its schema."""
    said = ask(client, "textDocument/hover", f"title: x\nclaims:\n  - state{CURSOR}ment: x\n")["contents"]["value"]
    assert said.startswith("#### Statement\n\nWhat is claimed, in one neutral, attributed sentence of our own.")
    assert said.count("Example: ") == 1


def test_a_code_is_explained_on_hover(client: LanguageClient) -> None:
    """The code that stands there comes first, and none is named twice."""
    said = ask(client, "textDocument/hover", record().replace("realis: ongoing", f"realis: on{CURSOR}going"))
    listed = re.findall(r"^\* `(\w+)`: \w", said["contents"]["value"], re.M)
    assert listed == ["ongoing", "occurred", "planned", "predicted", "hypothetical", "denied"]
    assert said["contents"]["value"].count("`ongoing`") == 1


def test_nobody_lays_out_records_but_us(client: LanguageClient) -> None:
    """The server's own formatter, which does not know the order of fields, changes nothing."""
    name = fresh()
    client.open(name, "title:    x\n")
    place, options = {"uri": client.uri(name)}, {"tabSize": 2, "insertSpaces": True}
    assert not client.request("textDocument/formatting", textDocument=place, options=options)


def test_another_setting_would_ask_the_network(folder: Path, tmp_path: Path) -> None:
    """The watch on connections sees the one that the settings forbid."""
    settings = vscode(folder)
    settings["yaml"]["schemaStore"] = {"enable": True}
    with LanguageClient(folder, settings, tmp_path / "log") as client:
        client.open("other.yaml", "a: 1\n")
        client.underlined("other.yaml")
    assert "schemastore.org" in (tmp_path / "log").read_text("utf-8")


def test_a_new_schema_is_read_when_it_is_written(folder: Path, tmp_path: Path) -> None:
    """VS Code tells the server that the file changed, and codes that are new are accepted from then on."""
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    schema = copy / "schemas/derived/events.schema.json"
    with LanguageClient(copy, vscode(copy), tmp_path / "log") as client:
        text = record().replace("realis: ongoing", "realis: rumoured")
        assert len(underlined(client, text)) == 1
        schema.write_text(schema.read_text("utf-8").replace('"denied"', '"rumoured"'), "utf-8")
        client.tell("workspace/didChangeWatchedFiles", changes=[{"uri": schema.as_uri(), "type": 2}])
        assert underlined(client, text) == []


def test_neovim_starts_the_server(folder: Path) -> None:
    """The project file names the server's command, turns it on for YAML, and finds the root by the descriptor."""
    asked = neovim_file(folder)
    assert asked["name"] == asked["enabled"] == "yamlls"
    assert asked["config"]["cmd"] == ["yaml-language-server", "--stdio"]
    assert asked["config"]["filetypes"] == ["yaml"]
    assert all((folder / marker).exists() for marker in asked["config"]["root_markers"])
    command = [sys.executable, "-m", *asked["options"]["makeprg"].split(), "--help"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
