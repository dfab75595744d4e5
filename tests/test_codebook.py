"""The codebook page of a package."""

from __future__ import annotations

import json
import re
from pathlib import Path

from eventpack.derive.codebook import codebook_bytes
from eventpack.derive.markdown import anchor, code, plain, table
from eventpack.opening import open_package
from eventpack.subject import read_subject
from tests.casepack import copy_base


def codebook_of(folder: Path) -> str:
    """The codebook of the package in a folder."""
    page = codebook_bytes(read_subject(open_package(folder))[0])
    assert page is not None
    return page.decode("utf-8")


def change_schema(folder: Path, name: str, **properties: object) -> None:
    """Replace properties of a schema."""
    path = folder / f"schemas/{name}.json"
    schema = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**schema, **properties}), "utf-8")


def test_every_table_field_and_code_is_there(tmp_path: Path) -> None:
    """Each field of each schema has a line in the table, each code one in a list, each rule its sentence."""
    folder = copy_base(tmp_path / "pack")
    page = codebook_of(folder)
    for path in (folder / "schemas").glob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        section = page.split(f"\n## {path.stem}\n")[1].split("\n## ")[0]
        for field in schema["fields"]:
            assert f"| `{field['name']}` |" in section
            assert field["description"].split()[0] in section
            assert all(f"- `{name}`: " in section for name in field.get("eventpack:codes", {}))
        assert all(rule["say"] in section for rule in schema.get("eventpack:rules", []))


def test_every_link_leads_to_a_heading(tmp_path: Path) -> None:
    """The table of contents and the foreign keys link to headings of the page."""
    page = codebook_of(copy_base(tmp_path / "pack"))
    headings = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= headings


def test_the_page_is_markdown_without_html(tmp_path: Path) -> None:
    """Rows of a table have equally many cells, and no angle bracket begins a tag outside code."""
    page = codebook_of(copy_base(tmp_path / "pack"))
    assert "<" not in re.sub(r"`[^`]*`|\\<", "", page)
    for block in page.split("\n\n"):
        rows = [line for line in block.split("\n") if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) <= 1


def test_rules_of_every_kind_become_sentences(tmp_path: Path) -> None:
    """What is checked stands behind what the rule says."""
    folder = copy_base(tmp_path / "pack")
    rules = [
        {"name": "a", "kind": "order", "fields": ["latitude", "longitude"], "say": "A."},
        {"name": "b", "kind": "requires", "if": "kind", "is": "town", "then": ["country"], "say": "B."},
        {"name": "c", "kind": "excludes", "fields": ["note", "wikidata"], "say": "C."},
        {"name": "d", "kind": "expect", "field": "note", "most": 0.5, "because": "notes are rare.", "say": "D."},
        {"name": "e", "kind": "expect", "least": 1, "because": "x", "say": "E."},
    ]
    change_schema(folder, "places", **{"eventpack:rules": rules})
    page = codebook_of(folder)
    assert "- A. Checked (`a`): `latitude` ≤ `longitude`, as far as they are filled." in page
    assert "- B. Checked (`b`): where `kind` is `town`, `country` is filled." in page
    assert "- C. Checked (`c`): at most one of `note` and `wikidata` is filled." in page
    assert "- D. Checked (`d`): the share of rows with `note` filled is at most 0.5, because notes are rare." in page
    assert "- E. Checked (`e`): the number of rows is at least 1, because x." in page


def test_vocabularies_tell_their_codes_with_equivalents(tmp_path: Path) -> None:
    """Codes with broader ones are a tree, others a table; equivalents stand with the code."""
    page = codebook_of(copy_base(tmp_path / "pack"))
    types = page.split("### Codes of event_types")[1].split("\n### ")[0]
    assert re.search(r"^\*\*`PROTEST` \w+", types, re.MULTILINE)
    assert re.search(r"^- `PROTEST-demo` .*Equivalents: .*plover-mode `demo` \(exact\)", types, re.MULTILINE)
    assert "| `protesters` | Protesters |" in page.split("### Codes of measures")[1]


def test_prefixes_are_explained_only_when_used(tmp_path: Path) -> None:
    """The legend holds the prefixes of this package, and says so when it does not know one."""
    folder = copy_base(tmp_path / "pack")
    fields = json.loads((folder / "schemas/actor_names.json").read_text("utf-8"))["fields"]
    change_schema(folder, "actor_names", fields=[{**fields[0], "skos:exactMatch": ["own:id"]}, *fields[1:]])
    legend = codebook_of(folder).split("The prefixes:")[1].split("\n## ")[0]
    assert "- `own:` not explained here" in legend
    assert "- `polecat:`" not in legend


def test_no_codebook_from_half_a_package(tmp_path: Path) -> None:
    """When a schema or a vocabulary cannot be read, there is no page rather than a wrong one."""
    folder = copy_base(tmp_path / "pack")
    (folder / "data/measures.csv").unlink()
    assert codebook_bytes(read_subject(open_package(folder))[0]) is None


def test_text_of_the_data_is_no_markup() -> None:
    """Stars, brackets, bars and back quotes in descriptions stay what they are; names keep their underscores."""
    assert plain("*a* [b] <c>\ndate_latest _x_") == r"\*a\* \[b\] \<c\> date_latest \_x\_"
    assert code("a`b") == "`` a`b ``"
    assert table(["a|b"], [["c"]]) == ["| a\\|b |", "| --- |", "| c |"]
    assert anchor("Codes of event_types") == "codes-of-event_types"


def test_values_are_written_as_in_cells(tmp_path: Path) -> None:
    """Bounds and examples stand as a cell would hold them, however JSON writes them."""
    folder = copy_base(tmp_path / "pack")
    fields = json.loads((folder / "schemas/places.json").read_text("utf-8"))["fields"]
    radius = next(field for field in fields if field["name"] == "radius_km")
    radius |= {"example": 1e-05, "constraints": {"minimum": 0, "maximum": 20000.0}}
    change_schema(folder, "places", fields=fields)
    start = "| `radius_km` | number, at least 0, at most 20000 |"
    [line] = [line for line in codebook_of(folder).splitlines() if line.startswith(start)]
    assert line.endswith("| `0.00001` |")
