"""Text that a spreadsheet would run: in a dataset of the profile no free text begins like a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventpack.finding import Finding, shorten
from eventpack.schema import Field
from eventpack.subject import Subject

_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")
BEGINS = ("=", "+", "-", "@", "\t", "\r")


def check_formulas(subject: Subject) -> Iterator[Finding]:
    """Text fields without codes or a pattern do not begin with `=`, `+`, `-`, `@`, a tab or a carriage return.

    A negative number may stand there, as in the old and new values of a revision: spreadsheets read it as what it is.
    """
    if subject.package.descriptor.profile_version is None:
        return
    derived = {resource.name for resource in subject.package.tables if resource.derivation}
    for table in subject.checked_tables:
        if table.name in derived:
            continue  # told where the text comes from
        for field in filter(is_free, subject.package.schemas[table.name].fields):
            column = table.column(field.name)
            for row, text in enumerate(column) if any(text.startswith(BEGINS) for text in set(column)) else ():
                if (
                    text.startswith(BEGINS)
                    and not _NEGATIVE.fullmatch(text)
                    and subject.tally.takes("cell/formula", table.name)
                ):
                    what = f"`{field.name}` begins with `{shorten(text[0])}`, which spreadsheets run as a formula"
                    fix = "begin with another character, or word it differently"
                    yield Finding("cell/formula", table.where(row, field.name), what, shorten(text), fix=fix)


def is_free(field: Field) -> bool:
    """Whether a field holds text of any form."""
    kind, rules = field.value_type, field.constraints
    return kind is not None and kind.text and rules.enum is None and rules.pattern is None
