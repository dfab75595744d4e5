"""Versions that others published agree with the differences that were counted for them, and small pairs like them."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from eventpack.comparing import diff

CASES = Path(__file__).parents[2] / "shared" / "cases" / "versions"
PAIRS = [
    (place.parent, pair)
    for place in sorted(CASES.glob("*/expected_diff.json"))
    for pair in json.loads(place.read_text("utf-8"))
]


def unpacked(folder: Path, packed: Path) -> Path:
    """A plain copy of a packed table."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / packed.name.removesuffix(".xz")
    place.write_bytes(lzma.decompress(packed.read_bytes()))
    return place


@pytest.mark.skipif(not PAIRS, reason="these tables of others stand beside the repository, where it is developed")
@pytest.mark.parametrize(("folder", "pair"), PAIRS, ids=[Path(pair["new"]).name for _, pair in PAIRS])
def test_published_versions_of_others(tmp_path: Path, folder: Path, pair: dict[str, Any]) -> None:
    """Rows by fate, cells by field, columns that came and went; no key stands twice in them."""
    old, new = (unpacked(tmp_path / side, folder / Path(pair[side]).name) for side in ("old", "new"))
    found = diff(old, new, key=pair["key"])
    (table,) = found.tables.values()
    columns = {
        kind: {change.field for change in found.schema if change.kind == f"field-{kind}"}
        for kind in ("added", "removed")
    }
    fates = ("added", "removed", "changed")
    assert [table.counts[fate] for fate in fates] == [pair[fate] for fate in fates]
    assert dict(table.fields) == pair["changed_fields"]
    assert columns == {kind: set(pair[f"columns_{kind}"]) for kind in ("added", "removed")}
    assert list(table.duplicates) == []


COUNTRIES = (
    "code,name,official,currency\n"
    "FIN,Finland,Republic of Finland,EUR\n"
    'BOL,Bolivia,"Bolivia, Plurinational State of",BOB\n'
    "ANT,Netherlands Antilles,,ANG\n"
    "NAM,Namibia,Republic of Namibia,NAD\n"
)
LATER = (
    "code,name,currency,wikidata\n"
    "NAM,Namibia,NAD,Q1030\n"
    'BOL,"Bolivia (Plurinational\nState of)",BOB,Q750\n'
    "FIN,Suomi,EUR,Q33\n"
    "CUW,Curaçao,XCG,Q25279\n"
)


def test_a_small_pair_like_them(tmp_path: Path) -> None:
    """Quotes, line ends in cells, columns that came, went and moved; `NAM` and `NAD` are texts like others."""
    places = [tmp_path / "old.csv", tmp_path / "new.csv"]
    for place, text in zip(places, (COUNTRIES, LATER), strict=True):
        place.write_text(text, "utf-8", newline="")
    found = diff(*places, key="code")
    table = found.tables["new"]
    assert (dict(table.counts), dict(table.fields)) == ({"added": 1, "removed": 1, "changed": 2}, {"name": 2})
    assert [(change.kind, change.field) for change in found.schema] == [
        ("field-removed", "official"),
        ("field-added", "wikidata"),
    ]
