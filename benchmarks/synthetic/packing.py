"""A synthetic dataset as a package on disk: descriptor, schemas of the profile, tables, a record for each event."""

from __future__ import annotations

import csv
import json
import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import eventpack
from eventpack.building import build
from synthetic.coding import Coding, Row, measures
from synthetic.quantities import EXTRA_RULES

ROOT = Path(__file__).parents[2]
PROFILE = Path(eventpack.__file__).parent / "profile"
RECORDS = "data/records/events"
SHARED = ("event_types", "wording_rules")  # the vocabulary of the dataset of this repository
TABLES = (
    "sources source_links actors actor_names places event_types measures wording_rules events participants "
    "event_places claims event_links revisions redirects"
).split()
WHOLE = {"text_chars", "passage_start", "passage_end", "low", "best", "high"}


def write_package(coding: Coding, folder: Path) -> Path:
    """Write the package and build it; the texts stand beside it in `texts`, which is no part of it."""
    schemas = {name: json.loads((PROFILE / f"{name}.json").read_text("utf-8")) for name in TABLES}
    (folder / "schemas").mkdir(parents=True)
    for name in TABLES:
        shutil.copy(PROFILE / f"{name}.json", folder / "schemas")
    tables = {**coding.rows, "measures": measures(coding)}
    for name in ("sources", "actors", "actor_names", "measures"):
        _write_csv(folder / f"data/{name}.csv", schemas[name], tables[name])
    for name in ("source_links", "places", "redirects", "revisions"):
        _write_csv(folder / f"data/{name}.csv", schemas[name], [])
    for name in SHARED:
        shutil.copy(ROOT / f"data/{name}.csv", folder / "data")
    _add_rules(folder / "data/wording_rules.csv")
    _write_records(folder / RECORDS, tables)
    marks = {"events": {"eventpack:records": RECORDS}}
    resources = [
        {"name": name, "path": f"data/{name}.csv", "schema": f"schemas/{name}.json", **marks.get(name, {})}
        for name in TABLES
    ]
    descriptor = {"name": "synthetic-news", "version": "0.1.0", "eventpack:profile": "0.1", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2) + "\n", "utf-8")
    texts = folder / "texts"
    texts.mkdir()
    for number, source in enumerate(coding.sources):
        (texts / f"{number + 1:04}.txt").write_bytes(coding.texts[source].words.encode("utf-8"))
    build(folder)
    return folder


def _write_csv(path: Path, schema: Mapping[str, object], rows: Sequence[Row]) -> None:
    names = [field["name"] for field in schema["fields"]]  # type: ignore[attr-defined]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: next(iter(row.values()))))


def _add_rules(path: Path) -> None:
    """The wording rules that only these texts need, among the others."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rows += ([*rule, "Convention of this dataset"] for rule in EXTRA_RULES)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def _write_records(folder: Path, tables: Mapping[str, Sequence[Row]]) -> None:
    children: dict[str, dict[str, list[Row]]] = {}
    for name in ("participants", "claims", "event_links"):
        held: dict[str, list[Row]] = defaultdict(list)
        for row in tables[name]:
            held[row["event_id"]].append({key: text for key, text in row.items() if key != "event_id"})
        children[name] = held
    folder.mkdir(parents=True)
    for event in tables["events"]:
        lines = list(_lines(event, ""))
        for name, held in children.items():
            rows = held.get(event["event_id"], [])
            lines += [f"{name}:"] if rows else []
            for row in rows:
                first, *rest = _lines(row, "    ")
                lines += [f"  - {first.strip()}", *rest]
        (folder / f"{event['event_id']}.yaml").write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


def _lines(row: Row, indent: str) -> list[str]:
    """Fields as YAML; texts in quotes as JSON has them, which YAML reads the same way."""
    return [
        f"{indent}{key}: {text if key in WHOLE or _is_plain(text) else json.dumps(text, ensure_ascii=False)}"
        for key, text in row.items() if text
    ]  # fmt: skip


def _is_plain(text: str) -> bool:
    return (
        text.replace("-", "").isalpha()
        and text.islower()
        and text not in ("none", "all", "no", "yes", "on", "off", "null", "true", "false")
    )
