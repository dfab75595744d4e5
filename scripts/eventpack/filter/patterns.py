"""Patterns of a schema in the dialect of the columnar engine, as far as both dialects mean the same."""

from __future__ import annotations

import re

# What Python and the engine read alike; a pattern with anything else is not translated.
_ATOM = re.compile(
    r"""
      \\[dS] | \\[.^$*+?(){}|/\\\[\]-]                # classes, and signs that stand for themselves
    | \[ \^? (?: \\[.^$*+?(){}|/\\\[\]d-] | [^\\\[\]&~|^-] (?: -[^\\\[\]&~|^-] )? )+ -? \]
    | \( (?: \?: | (?!\?) ) | \) | \| | [*+?] (?![*+?]) | \{ [0-9]+ (?: , [0-9]* )? \} (?![*+?])
    | [^\\^$*+?{}|\[\]()]
    """,
    re.VERBOSE,
)
# Narrower than in Python: text beyond ASCII is looked at twice rather than passed over.
_NARROW = {r"\d": "[0-9]", r"\S": "[!-~]", ".": r"[^\n]"}


def translate(pattern: str) -> str | None:
    """The pattern, for whole texts, in the engine's dialect; none when it may mean something else there."""
    body = pattern.removeprefix("^")
    if body.endswith("$") and not body.endswith(r"\$"):
        body = body[:-1]
    parts, at = [], 0
    while at < len(body):
        match = _ATOM.match(body, at)
        if match is None or (match[0].startswith("[^") and r"\d" in match[0]):
            return None
        atom = match[0]
        parts.append(atom.replace(r"\d", "0-9") if atom.startswith("[") else _NARROW.get(atom, atom))
        at = match.end()
    return f"^(?:{''.join(parts)})$"
