"""A dataset in memory with its texts, and what the checks say of it before and after mistakes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from synthetic.markup import shifted

from eventpack.checks import ROW_CHECKS, TABLE_CHECKS
from eventpack.evidence.check import Examined, examine
from eventpack.evidence.passages import digest
from eventpack.evidence.texts import texts_by_digest
from eventpack.finding import Finding
from eventpack.opening import find_target, read_sound
from eventpack.patterns import bounded_time
from eventpack.subject import Subject, read_subject
from eventpack.tables import Table
from metering.mistakes import Changes, Mistake

Row = dict[str, str]
Key = tuple[str, str, str]  # code, record, field
TABLES = {"claims": "claim_id", "events": "event_id", "sources": "source_id"}
GOOD = ("verified", "other-copy")


@dataclass(slots=True)
class Bench:
    """The subject, its texts by their digest, and the findings that it has without any mistake."""

    subject: Subject
    texts: dict[str, str]
    rows: dict[str, dict[str, Row]]
    before: set[Key] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    verified: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, folder: Path, texts: Path) -> Bench:
        """Read a package and its texts, and examine it once."""
        package, _ = read_sound(find_target(folder))
        if package is None:
            raise SystemExit(f"{folder} holds no package that can be read")
        subject, problems = read_subject(package)
        if problems:
            raise SystemExit(f"{folder}: {problems[0].where} {problems[0].what}")
        bench = cls(subject, texts_by_digest(texts), {})
        for name, key in TABLES.items():
            table = subject.tables[name]
            bench.rows[name] = {row[key]: row for row in map(table.row, range(table.size))}
        bench.findings, outcome = examined(subject, bench.texts)
        bench.verified = {claim for claim, one in outcome.outcomes.items() if one in GOOD}
        bench.before = {found for finding in bench.findings if (found := bench.key(finding))}
        return bench

    def text(self, source: str) -> str:
        """The text of a source, empty when it is not at hand."""
        return self.texts.get(self.rows["sources"][source].get("text_sha256", ""), "")

    def passage(self, claim: str) -> str:
        """The passage of a claim."""
        row = self.rows["claims"][claim]
        return self.text(row["source_id"])[int(row["passage_start"]) : int(row["passage_end"])]

    def at_hand(self) -> list[Row]:
        """The claims that have a passage in a text at hand."""
        return [row for row in self.rows["claims"].values() if row["passage_start"] and self.text(row["source_id"])]

    def key(self, finding: Finding) -> Key | None:
        """Which record a finding is about."""
        where = finding.where
        table = self.subject.tables.get(where.table)
        if where.table not in TABLES or table is None or not where.row:
            return None
        return finding.code, table.columns[TABLES[where.table]][where.row - 1], where.field

    def with_mistakes(self, mistakes: Sequence[Mistake]) -> dict[str, set[str]]:
        """The codes that each mistaken claim, or its event, has got; at most one mistake in each source."""
        changes: dict[str, dict[str, dict[str, str]]] = {name: defaultdict(dict) for name in TABLES}
        texts = dict(self.texts)
        for mistake in mistakes:
            if mistake.text is not None:
                self._replace_text(mistake, changes, texts)
            _add(changes["claims"], mistake.claims)
            _add(changes["events"], mistake.events)
        tables = {name: self._changed(name, changes[name]) for name in TABLES}
        all_tables = {**self.subject.tables, **tables}
        subject = replace(self.subject, tables=all_tables, own=all_tables, judged=all_tables)
        findings, outcome = examined(subject, texts)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for finding in findings:
            key = self.key(finding)
            if key and key not in self.before:
                found[key[1]].add(finding.code)
        return {m.claim: self._of(m, found, outcome) for m in mistakes}

    def _of(self, mistake: Mistake, found: Mapping[str, set[str]], outcome: Examined) -> set[str]:
        codes: set[str] = set()
        for claim in (mistake.claim, *mistake.beside):
            codes |= found.get(claim, set()) | found.get(self.rows["claims"][claim]["event_id"], set())
        if mistake.copy and mistake.claim in self.verified and outcome.outcomes.get(mistake.claim) not in GOOD:
            codes = codes | {"not found in the copy"}
        return codes

    def _replace_text(
        self, mistake: Mistake, changes: dict[str, dict[str, dict[str, str]]], texts: dict[str, str]
    ) -> None:
        """Put another text in the place of a source's; offsets follow, digests of passages when they are fresh."""
        text = mistake.text or ""
        sha = sha256(text.encode("utf-8")).hexdigest()
        texts.pop(self.rows["sources"][mistake.source]["text_sha256"], None)
        texts[sha] = text
        if mistake.copy:
            return
        changes["sources"][mistake.source] |= {"text_sha256": sha, "text_chars": str(len(text))}
        for claim in self.rows["claims"].values():
            if claim["source_id"] != mistake.source or not claim["passage_start"]:
                continue
            start, end = (shifted(int(claim[name]), mistake.edits) for name in ("passage_start", "passage_end"))
            cells = {"passage_start": str(start), "passage_end": str(end)}
            if mistake.fresh:
                cells["passage_sha256"] = digest(text[start:end])
            changes["claims"][claim["claim_id"]] |= cells

    def _changed(self, name: str, changes: Mapping[str, Mapping[str, str]]) -> Table:
        table = self.subject.tables[name]
        if not changes:
            return table
        rows = {text: row for row, text in enumerate(table.columns[TABLES[name]])}
        columns = dict(table.columns)
        for field_name in {field_name for cells in changes.values() for field_name in cells}:
            column = list(table.columns[field_name])
            for record, cells in changes.items():
                if field_name in cells:
                    column[rows[record]] = cells[field_name]
            columns[field_name] = column
        return replace(table, columns=columns)


def examined(subject: Subject, texts: Mapping[str, str]) -> tuple[list[Finding], Examined]:
    """All findings: of the evidence, and of the checks that need no text."""
    outcome = examine(subject, texts)
    findings = list(outcome.findings)
    with bounded_time():
        for check in (*ROW_CHECKS, *TABLE_CHECKS):
            findings += check(subject)
    return findings, outcome


def _add(into: dict[str, dict[str, str]], changes: Changes) -> None:
    for record, cells in changes.items():
        into[record] |= cells
