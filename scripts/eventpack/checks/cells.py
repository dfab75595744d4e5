"""Every cell against its field: type, format and each constraint."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.finding import Finding, shorten
from eventpack.judge import compile_judge
from eventpack.subject import Subject


def check_cells(subject: Subject) -> Iterator[Finding]:
    """Each distinct text of a column is judged once; only texts that fail are looked up in their rows."""
    canonical = subject.package.descriptor.profile_version is not None
    for table in subject.checked_tables:
        for field in subject.package.schemas[table.name].fields:
            column = table.columns[field.name]
            judge = compile_judge(field, canonical)
            bad = {text: problem for text in dict.fromkeys(column) if (problem := judge(text))}
            for row, text in enumerate(column) if bad else ():
                if (problem := bad.get(text)) and subject.tally.takes(problem.code, table.name):
                    where = table.where(row, field.name)
                    found, fix, severity = shorten(text), problem.fix, problem.severity
                    yield Finding(problem.code, where, problem.what, found, fix=fix, severity=severity)
