"""The files of a new dataset, from the choices and the tool's `starter/`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventpack.csvtext import csv_bytes
from eventpack.derive.markdown import plain
from eventpack.files import DESCRIPTOR
from eventpack.jsontext import json_bytes
from eventpack.starting.choices import STARTER, Choices, licences
from eventpack.starting.vocabulary import TABLE, example_type, vocabulary_sources, vocabulary_tables

_PROFILE = STARTER.parent / "profile"
_DOT = "dot-"
_WORD = re.compile(r"\[\[(\w+)\]\]")
# What a table's resource says of its file, as all resources of a new dataset do.
_FORM = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
_VARIABLE = "${{ vars.EVENTPACK }}"
_FILL_IN = (
    "\n      # FILL IN as a variable of the repository (Settings, Secrets and variables, Actions, Variables), like"
    "\n      # git+https://HOST/OWNER/REPOSITORY."
)


def starter_files(choices: Choices) -> dict[str, bytes]:
    """Every file of the dataset that is not built, by path.

    Raises:
        EventpackError: The CSV file with the event types cannot be used.
    """
    core = {path.stem: path.read_bytes() for path in sorted(_PROFILE.glob("*.json"))}
    schemas = {name: json.loads(data) for name, data in core.items()}
    template = json.loads((STARTER / DESCRIPTOR).read_text("utf-8"))
    fields = [field["name"] for field in schemas[TABLE]["fields"]]
    rows = _rows("vocabulary") | vocabulary_tables(choices.types, fields) | _rows("example")
    words = _words(choices, example_type(choices.types, rows[TABLE]))
    files = {DESCRIPTOR: json_bytes(_descriptor(template, schemas, choices))}
    files |= {f"schemas/{name}.json": data for name, data in core.items()}
    for resource in template["resources"]:
        name = resource["name"]
        if folder := resource.get("eventpack:records"):
            files |= {f"{folder}/{path.name}": _fill(path, words) for path in (STARTER / "example").glob("*.yaml")}
        elif not ("eventpack:derivation" in resource or "eventpack:inside" in schemas[name]):
            header = [field["name"] for field in schemas[name]["fields"]]
            files[resource["path"]] = rows.get(name) or csv_bytes(header, ())
    files |= {target: path.read_bytes() for target, path in _targets(STARTER / "editors")}
    return files | {target: _fill(path, words) for target, path in _targets(STARTER / "files")}


def _rows(folder: str) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted((STARTER / folder).glob("*.csv"))}


def _targets(folder: Path) -> list[tuple[str, Path]]:
    """The files below a folder of the starter with their paths in the dataset.

    Parts that begin with a dot there stand as `dot-` here: real ones would be active in the tool's own folder.
    """
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        parts = (("." + p.removeprefix(_DOT)) if p.startswith(_DOT) else p for p in path.relative_to(folder).parts)
        found.append(("/".join(parts), path))
    return found


def _descriptor(template: Mapping[str, Any], schemas: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    licence = licences()[choices.licence]
    own: dict[str, Any] = {
        "name": choices.name,
        "title": choices.title,
        "description": choices.description,
        "licenses": [{"name": choices.licence, "path": licence["path"], "title": licence["title"]}],
        "contributors": [{"title": choices.contributor, "roles": ["creator"]}],
        "sources": vocabulary_sources(choices.types),
    }
    resources = []
    for entry in template["resources"]:
        texts = {key: schemas[entry["name"]][key] for key in ("title", "description")}
        first = {"name": entry["name"], "type": "table", "profile": "tabular-data-resource", "path": entry["path"]}
        resources.append(first | texts | _FORM | entry)
    filled = {**template, **own, "resources": resources}
    return {key: value for key, value in filled.items() if value != []}


def _words(choices: Choices, example: str) -> dict[str, str]:
    """What stands for each `[[word]]` of a template; texts in YAML are quoted as JSON is."""
    licence, address = licences()[choices.licence], choices.tool_repository
    address = address if address.startswith("git+") or not address else f"git+{address}"
    return {
        "name": choices.name,
        "title": plain(choices.title),
        "description": plain(choices.description),
        "licence": choices.licence,
        "licence_title": licence["title"],
        "licence_path": licence["path"],
        "licence_allows": licence["allows"].strip() + "\n",
        "coder": json.dumps(choices.coder),
        "type": json.dumps(example, ensure_ascii=False),
        "example_type": " and the row `EXAMPLE` of `data/event_types.csv`" if choices.types == "none" else "",
        "install": f'python -m pip install "{address or "FOLDER-OR-ADDRESS-OF-EVENTPACK"}"',
        "workflow_address": json.dumps(address) if address else _VARIABLE,
        "workflow_comment": "" if address else _FILL_IN,
        "workflow_note": "" if address else _NOTE,
    }


_NOTE = """
  **To fill in**: the workflow does not know yet where to install the tool from. Set the variable `EVENTPACK` of your
  repository to what pip takes, like `git+https://HOST/OWNER/REPOSITORY`."""


def _fill(path: Path, words: Mapping[str, str]) -> bytes:
    return _WORD.sub(lambda match: words[match[1]], path.read_text("utf-8")).encode("utf-8")
