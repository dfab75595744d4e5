"""`eventpack passage`: from words to offsets and digest, printed or written into a record."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eventpack.cli.passage import passage
from eventpack.curate.new import new_source
from eventpack.curate.passage import find_in_source, set_passage
from eventpack.errors import EventpackError
from eventpack.evidence.check import examine
from eventpack.evidence.texts import texts_by_digest
from eventpack.opening import open_package
from eventpack.subject import read_subject
from tests.smallpack import EVENT, write_small_package, write_text

RECORD = "data/records/events/EV-aaaa01.yaml"


def small(tmp_path: Path) -> tuple[Path, str]:
    """A package with a second source whose text is held, and a claim from it; the package and the source's id."""
    package = write_small_package(tmp_path / "package")
    text = write_text(tmp_path / "texts")
    source, _ = new_source({"title": "Second", "kind": "report", "language": "en"}, package, text)
    event = EVENT.replace("    no_passage: not-held\n", "    no_passage: not-held\n    # seen twice\n")
    event = event.replace(
        "claim_id: CL-aaaa01\n    source_id: SRC-aaaa01", f"claim_id: CL-aaaa01\n    source_id: {source}"
    )
    (package / RECORD).write_text(event)
    return package, source


def test_find_prints_offsets_digest_and_sentence(tmp_path: Path) -> None:
    """The folder of texts may come from the environment."""
    package, source = small(tmp_path)
    arguments = ["find", source, "was late", "--path", str(package)]
    result = CliRunner().invoke(passage, arguments, env={"EVENTPACK_TEXTS": str(tmp_path / "texts")})
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [*lines[:2], lines[3]] == ["passage_start: 14", "passage_end: 43", "The ferry was late on Monday."]


def test_set_writes_the_passage_and_keeps_comments(tmp_path: Path) -> None:
    """Offsets and digest stand in the record, the reason for having none is gone, and the check verifies it."""
    package, _ = small(tmp_path)
    texts = texts_by_digest(tmp_path / "texts")
    found, sentence, file = set_passage("CL-aaaa01", "was late", texts, package)
    assert sentence == "The ferry was late on Monday."
    written = Path(file).read_text()
    assert (
        f"    passage_start: 14\n    passage_end: 43\n    passage_sha256: {found.sha256}\n    # seen twice\n" in written
    )
    assert "no_passage" not in written
    done = examine(read_subject(open_package(package))[0], texts)
    errors = [finding for finding in done.findings if finding.severity == "error"]
    assert (errors, done.outcomes["CL-aaaa01"]) == ([], "verified")


def test_what_cannot_be_found_is_told(tmp_path: Path) -> None:
    """An unknown source or claim is named with its near miss, a text that is not held with its digest."""
    package, source = small(tmp_path)
    texts = texts_by_digest(tmp_path / "texts")
    with pytest.raises(EventpackError, match="did you mean `SRC-aaaa01`"):
        find_in_source("SRC-aaaa0", "x", texts, package)
    with pytest.raises(EventpackError, match="has no text_sha256"):
        find_in_source("SRC-aaaa01", "x", texts, package)
    with pytest.raises(EventpackError, match="no file among 0 texts"):
        find_in_source(source, "x", {}, package)
    with pytest.raises(EventpackError, match="there is no claim CL-zzzz99"):
        set_passage("CL-zzzz99", "x", texts, package)


@pytest.mark.parametrize(("table", "name"), [("sources", "text_sha256"), ("claims", "passage_sha256")])
def test_a_field_that_is_needed_and_missing_is_named(tmp_path: Path, table: str, name: str) -> None:
    """A dataset of its own making may lack the fields of passages; it is told which."""
    package, _ = small(tmp_path)
    schema = package / f"schemas/{table}.json"
    data = json.loads(schema.read_text())
    data["fields"] = [field for field in data["fields"] if field["name"] != name]
    data.pop("eventpack:rules", None)
    schema.write_text(json.dumps(data))
    rows = csv.DictReader(io.StringIO((package / f"data/{table}.csv").read_text()))
    names = [field["name"] for field in data["fields"]]
    lines = [",".join(row[field] for field in names) for row in rows]
    (package / f"data/{table}.csv").write_text("\n".join([",".join(names), *lines, ""]))
    with pytest.raises(EventpackError) as caught:
        set_passage("CL-aaaa01", "was late", texts_by_digest(tmp_path / "texts"), package)
    assert caught.value.what.startswith(f"the table `{table}` has no field `{name}`")
