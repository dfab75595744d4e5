"""Text that holds what nobody sees, or that is written in another normal form than it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from eventpack.characters import invisible, is_composed, say_character
from eventpack.descriptor import Package
from eventpack.finding import Finding, Severity, shorten
from eventpack.schema import Field
from eventpack.subject import Subject

_NAMING = frozenset("id key code name label".split())
_WORDS = re.compile(r"[A-Z]*[a-z0-9]+|[A-Z]+")


def check_hygiene(subject: Subject) -> Iterator[Finding]:
    """No text holds controls; ids, names, codes and keys hold no invisible characters; all text is in normal form C."""
    package = subject.package
    severity: Severity = "warning" if package.descriptor.profile_version is None else "error"
    derived = {resource.name for resource in package.tables if resource.derivation}
    for table in subject.checked_tables:
        keys = key_fields(package, table.name)
        for field in package.schemas[table.name].fields if table.name not in derived else ():
            if (kind := field.value_type) is None or not kind.text:
                continue
            name = is_naming(field, keys)
            column = table.column(field.name)
            bad = {text: found for text in _doubtful(column) if (found := _problem(text, name))}
            for row, text in enumerate(column) if bad else ():
                if text in bad and subject.tally.takes(bad[text][0], table.name):
                    code, what, fix = bad[text]
                    where = table.where(row, field.name)
                    yield Finding(code, where, f"`{field.name}` {what}", shorten(text), fix=fix, severity=severity)


def _doubtful(column: Sequence[str]) -> list[str]:
    """The distinct texts that are not just printable ASCII."""
    texts = set(column)
    joined = "".join(texts)
    if joined.isascii() and joined.isprintable():
        return []
    return [text for text in texts if not (text.isascii() and text.isprintable())]


def _problem(text: str, name: bool) -> tuple[str, str, str] | None:
    if char := invisible(text, name):
        fix = "remove the character" if not char.isspace() else "write a space or a line feed instead"
        return "cell/invisible", f"holds {say_character(char)}, which nobody sees", fix
    if not is_composed(text):
        what = "is not in Unicode normal form C, so it looks equal to other text and is not"
        return "cell/normal-form", what, "write each letter and its accent as one character"
    return None


def key_fields(package: Package, table: str) -> frozenset[str]:
    """The fields of a table that are part of a key of it, or that a key of another table leads to."""
    schema = package.schemas[table]
    own = [schema.primary_key, *schema.unique_keys, *(key.fields for key in schema.foreign_keys)]
    led_to = (key.reference.fields for key in schema.foreign_keys if not key.reference.resource)
    return frozenset(chain.from_iterable((*own, *led_to, *package.references.get(table, ()))))


def is_naming(field: Field, keys: frozenset[str]) -> bool:
    """Whether a field holds ids, names, codes or keys rather than free text: by its constraints, keys or its name."""
    rules = field.constraints
    if field.name in keys or rules.unique or rules.enum is not None or rules.pattern is not None:
        return True
    words = _WORDS.findall(field.name)
    return field.format != "default" or (bool(words) and words[-1].lower() in _NAMING)
