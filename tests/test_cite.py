"""References to versions and records, in every form."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer import Typer
from typer.testing import CliRunner

from eventpack.citing import FORMS, Cited, cite
from eventpack.citing.forms import apa, bibtex, csl, ris, text
from eventpack.citing.reference import Author, CitedRecord
from eventpack.cli.cite import cite as command
from eventpack.errors import EventpackError
from eventpack.lives.life import show
from eventpack.publishing import publish
from eventpack.releasing import mark
from tests.gitpack import commit_all
from tests.releasepack import NAME, edit, source, twice

TWO = (Author("Lovelace", "Ada King"), Author(name="The Office"))


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No repository above the temporary folder counts, nor any setting of this machine."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def cited(**changes: object) -> Cited:
    """A version of a dataset, with some things otherwise."""
    held: dict[str, object] = {
        "name": "ships", "title": "Ships & ports: 100 % of them", "authors": TWO, "version": "1.2.0",
        "date": "2024-07-01", "doi": "10.1234/ab_c", "url": "https://example.org/ships", "withdrawn": False,
    }  # fmt: skip
    return Cited(**(held | changes))  # type: ignore[arg-type]  # by name


def test_text() -> None:
    """Authors, year, title, version with its day, and where it is."""
    assert text(cited()) == (
        "Ada King Lovelace, The Office (2024). Ships & ports: 100 % of them. Version 1.2.0, 2024-07-01. Dataset. "
        "https://doi.org/10.1234/ab_c"
    )


def test_a_version_is_cited_alike_from_wherever_it_is_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the source tree, the archive, and a place that published it later: the day is that of the release."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    folder = twice(tmp_path / "data")
    archive = folder / f"releases/{NAME}-0.1.0.zip"
    publish(archive, tmp_path / "site", yes=True)
    for form in FORMS:
        told = cite("EV-aaaaaa", folder, form=form, version="0.1.0")
        assert cite("EV-aaaaaa", archive, form=form) == told
        assert cite("EV-aaaaaa", tmp_path / "site" / NAME, form=form, version="0.1.0") == told
        assert cite("", tmp_path / "site" / NAME, form=form) == cite("", folder, form=form, version="0.1.0")
    assert show("EV-aaaaaa", tmp_path / "site" / NAME).date == "2024-06-01"


def test_the_end_of_a_sentence_is_no_part_of_a_title() -> None:
    """A claim is called by its statement."""
    record = CitedRecord("C-1", "claims", "The Swan sank.", "ab" * 32)
    assert "  title = {{The Swan sank, in: Ships \\& ports: 100 \\% of them}}," in bibtex(cited(record=record))


def test_apa() -> None:
    """Family names first, initials, an ampersand; n.d. when there is no day."""
    assert apa(cited()) == (
        "Lovelace, A. K., & The Office. (2024). Ships & ports: 100 % of them (Version 1.2.0) [Data set]. "
        "https://doi.org/10.1234/ab_c"
    )
    record = CitedRecord("S-1", "ships", "The Swan", "ab" * 32)
    assert apa(cited(date="", doi="", authors=(), record=record, url="")) == (
        "The Swan. In Ships & ports: 100 % of them (Version 1.2.0) [Data set]. (n.d.). "
        f"Record S-1 of the table ships, content SHA-256 {'ab' * 32}. Not released."
    )


def test_bibtex() -> None:
    """Special characters are escaped, but not in address and DOI; whole names and titles are kept as they are."""
    assert bibtex(cited()).splitlines() == [
        "@misc{ships-1.2.0,",
        "  author = {Lovelace, Ada King and {The Office}},",
        "  title = {{Ships \\& ports: 100 \\% of them}},",
        "  year = {2024},",
        "  month = jul,",
        "  howpublished = {Data set},",
        "  version = {1.2.0},",
        "  doi = {10.1234/ab_c},",
        "  url = {https://doi.org/10.1234/ab_c},",
        "}",
    ]


def test_ris() -> None:
    """One tag a line, the end mark last."""
    assert ris(cited(doi="")).splitlines() == [
        "TY  - DATA", "ID  - ships-1.2.0", "TI  - Ships & ports: 100 % of them", "AU  - Lovelace, Ada King",
        "AU  - The Office", "PY  - 2024", "DA  - 2024/07/01", "ET  - 1.2.0", "UR  - https://example.org/ships",
        "ER  - ",
    ]  # fmt: skip


def test_csl() -> None:
    """One item, with the day in parts."""
    assert json.loads(csl(cited())) == [
        {
            "id": "ships-1.2.0", "type": "dataset", "title": "Ships & ports: 100 % of them",
            "author": [{"family": "Lovelace", "given": "Ada King"}, {"literal": "The Office"}],
            "issued": {"date-parts": [[2024, 7, 1]]}, "version": "1.2.0", "DOI": "10.1234/ab_c",
            "URL": "https://doi.org/10.1234/ab_c",
        }
    ]  # fmt: skip


@given(st.text(), st.text(), st.text())
def test_whatever_a_title_holds_each_form_stays_whole(title: str, family: str, label: str) -> None:
    """Braces of BibTeX balance, RIS has one tag a line, the lines are lines."""
    one = cited(title=title, authors=(Author(family, "Ada"),), record=CitedRecord("S-1", "ships", label, "0"))
    bare = re.sub(r"\\[\\{}]", "", bibtex(one))
    depth = 0
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris(one).split("\n"))
    assert len(json.loads(csl(one))) == 1
    assert "\n" not in text(one) + apa(one)


def test_a_tree_is_cited_by_its_latest_release(tmp_path: Path) -> None:
    """By another one when it is asked for, and as not released only when that is asked for."""
    folder = twice(tmp_path / "data")
    start = "The eventpack project (2024). Bakers of Freedonia. Version"
    assert cite(path=folder) == f"{start} 0.1.1, 2024-07-01. Dataset."
    assert cite(path=folder, version="0.1.0") == f"{start} 0.1.0, 2024-06-01. Dataset."
    assert cite(path=folder, as_of="2024-06-30") == f"{start} 0.1.0, 2024-06-01. Dataset."
    said = "The eventpack project. Bakers of Freedonia. Version 0.1.1. Dataset. Not released."
    assert cite(path=folder, version="next") == said
    assert cite(path=source(tmp_path / "new")).endswith("Not released.")


def test_a_record_is_cited_with_its_digest(tmp_path: Path) -> None:
    """The digest is that of the version; another version of the record has another one."""
    folder = twice(tmp_path / "data")
    digests = [show("EV-aaaaaa", folder, version=version).record.digest for version in ("0.1.0", "0.1.1")]
    assert cite("EV-aaaaaa", folder, version="0.1.0") == (
        "The eventpack project (2024). “March of bakers through Milltown”, in: Bakers of Freedonia. Version 0.1.0, "
        f"2024-06-01. Dataset. Record EV-aaaaaa of the table events, content SHA-256 {digests[0]}."
    )
    for form in FORMS:
        assert digests[1] in cite("EV-aaaaaa", folder, form=form)
    assert f"@misc{{{NAME}-0.1.1-EV-aaaaaa," in cite("EV-aaaaaa", folder, form="bibtex")


def test_a_doi_of_the_version_goes_before_that_of_the_dataset(tmp_path: Path) -> None:
    """It stands in the list of releases, where whoever deposits a version writes it."""
    folder = twice(tmp_path / "data")
    versions = (folder / "releases/versions.json").read_text("utf-8")
    new = versions.replace('"version": "0.1.1",', '"version": "0.1.1",\n      "doi": "https://doi.org/10.1234/v2",')
    (folder / "releases/versions.json").write_text(new, "utf-8")
    commit_all(folder)
    assert cite(path=folder).endswith("https://doi.org/10.1234/v2")
    assert "doi = {10.1234/v2}" in cite(path=folder, form="bibtex")
    assert "doi" not in cite(path=folder, version="0.1.0")


def test_a_withdrawn_version_is_cited_as_such(tmp_path: Path) -> None:
    """Only when it is named; else the latest one that counts is taken."""
    folder = twice(tmp_path / "data")
    mark(folder, "0.1.1", "withdrawn", "A source was forged.")
    assert "Version 0.1.0" in cite(path=folder)
    assert cite(path=folder, version="0.1.1").endswith("Dataset. This version was withdrawn.")


def test_what_cannot_be_cited_is_told(tmp_path: Path) -> None:
    """No such form, no such record in that version."""
    folder = twice(tmp_path / "data")
    with pytest.raises(EventpackError, match="did you mean `bibtex`"):
        cite(path=folder, form="bibtext")
    with pytest.raises(EventpackError, match=r"version 0\.1\.1 has no record EV-zzzzzz"):
        cite("EV-zzzzzz", folder)


def test_the_command(tmp_path: Path) -> None:
    """What is not released is said to be so beside the result."""
    app = Typer()
    app.command()(command)
    folder = twice(tmp_path / "data")
    done = CliRunner().invoke(app, ["--path", str(folder), "--format", "csl", "--version", "0.1.0"])
    assert json.loads(done.stdout)[0]["version"] == "0.1.0"
    edit(folder, "datapackage.json", "0.1.1", "0.2.0")
    done = CliRunner().invoke(app, ["--path", str(folder), "--version", "next"])
    assert "this is no release" in done.stderr
