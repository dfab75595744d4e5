"""Patterns of the profile are in the one dialect whose time is linear."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.document import Document
from eventpack.finding import Finding, shorten
from eventpack.patterns import why_outside
from eventpack.schema import Schema


def pattern_findings(schema: Schema, document: Document) -> Iterator[Finding]:
    """Patterns that need more than a linear time, or mean different things to different readers."""
    for index, field in enumerate(schema.fields):
        pattern = field.constraints.pattern
        if pattern is not None and (why := why_outside(pattern)):
            yield Finding(
                "schema/pattern", document.at("fields", index, "constraints", "pattern"),
                f"`{field.name}`: the pattern is outside the dialect: {why}", shorten(pattern),
                fix="write it without; the guide says what patterns may hold",
            )  # fmt: skip
