"""Point a claim to its passage: find the sentences in the source's text, write offsets and digest into the record."""

from __future__ import annotations

from pathlib import Path

from eventpack.curate.source import open_source, read_tables, require_fields, root_of
from eventpack.errors import EventpackError
from eventpack.evidence.find import find_passage
from eventpack.evidence.passages import Passage
from eventpack.files import decode, write_atomically
from eventpack.finding import near_miss
from eventpack.recordtext import record_form, set_cells
from eventpack.subject import Subject


def find_in_source(source: str, words: str, texts: dict[str, str], path: str | Path = ".") -> tuple[Passage, str]:
    """The passage around some words in a source's text, and the passage's text.

    `texts` holds the texts at hand by digest (`evidence.texts`).

    Raises:
        EventpackError: There is no such source, its text is not at hand, or the words do not lead to one passage.
    """
    return _find(read_tables(open_source(path), "sources"), source, words, texts)


def set_passage(claim: str, words: str, texts: dict[str, str], path: str | Path = ".") -> tuple[Passage, str, str]:
    """Write a claim's passage into its record file; return the passage, its text and the file's path.

    A reason why there is no passage is removed; comments survive.

    Raises:
        EventpackError: As `find_in_source`, or there is no such claim in a record, or claims have no fields for it.
    """
    package = open_source(path)
    form = record_form(package)
    if form is None or "claims" not in form.shape.keys:
        raise EventpackError(
            "claims are not written in records here", "set passage_start, passage_end and passage_sha256 by hand"
        )
    subject = read_tables(package, "sources", "claims")
    require_fields(package, "claims", "claim_id", "source_id", "passage_start", "passage_end", "passage_sha256")
    inner, source = _claim(subject, claim)
    found, text = _find(subject, source, words, texts)
    cells = {
        "passage_start": str(found.start), "passage_end": str(found.end), "passage_sha256": found.sha256,
        "no_passage": "",
    }  # fmt: skip
    old = package.tree.read(inner)
    new = set_cells(decode(old, "record"), inner, form, cells, "claims", {"claim_id": claim}).encode("utf-8")
    file = root_of(package) / inner
    if new != old:
        write_atomically(file, new)
    return found, text, file.as_posix()


def _claim(subject: Subject, claim: str) -> tuple[str, str]:
    """The record file and the source of a claim."""
    for record in subject.records:
        for row in record.children.get("claims", ()):
            if row.get("claim_id") == claim:
                return record.path, row.get("source_id", "")
    known = subject.tables["claims"].columns["claim_id"]
    fix = (
        "run `eventpack validate`: not every record can be read"
        if "claims" in subject.unread
        else "add it to its event's record"
    )
    raise EventpackError(f"there is no claim {claim}{near_miss(claim, known)}", fix)


def _find(subject: Subject, source: str, words: str, texts: dict[str, str]) -> tuple[Passage, str]:
    require_fields(subject.package, "sources", "source_id", "text_sha256")
    sources = subject.tables["sources"]
    for name, sha256, language in sources.rows(("source_id", "text_sha256", "language")):
        if name == source:
            if not sha256:
                raise EventpackError(
                    f"{source} has no text_sha256, so its text is not known", "fill it in; `new source --from` does"
                )
            if sha256 not in texts:
                what = f"no file among {len(texts)} texts has the digest of {source}, {sha256[:12]}…"
                raise EventpackError(what, "give the folder that holds the unchanged text file with --texts")
            found = find_passage(texts[sha256], words, language or "en")
            return found, texts[sha256][found.start : found.end]
    raise EventpackError(
        f"there is no source {source}{near_miss(source, sources.columns['source_id'])}", "see the table sources"
    )
