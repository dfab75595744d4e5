"""Fresh ids: random, so that two branches never take the same one, and never one that was used before."""

from __future__ import annotations

import re
import secrets
from collections import Counter

from eventpack.subject import Subject

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o, u: they are misread
LENGTH = 6
_ID = re.compile(r"([A-Z]{2,4})-[0-9a-z]{4,12}")
_DEFAULTS = {"events": "EV", "sources": "SRC", "actors": "ACT", "places": "PLC", "claims": "CL", "revisions": "REV"}


def fresh_id(subject: Subject, table: str) -> str:
    """A new id for a table, used nowhere in the package, withdrawn ids included."""
    return fresh_ids(subject, table, 1)[0]


def fresh_ids(subject: Subject, table: str, count: int) -> list[str]:
    """So many new ids for a table, all different, used nowhere in the package, withdrawn ids included."""
    prefix = id_prefix(subject, table)
    cells = (text for some in subject.tables.values() for column in some.columns.values() for text in column)
    used = {part for text in cells for part in text.split("|")}  # a split id is redirected to several
    found: dict[str, None] = {}
    while len(found) < count:
        fresh = f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"
        if fresh not in used:
            found[fresh] = None
    return list(found)


def id_prefix(subject: Subject, table: str) -> str:
    """The prefix that most ids of a table have; where there are none, the usual one."""
    key = subject.package.schemas[table].primary_key
    column = subject.tables[table].columns.get(key[0], ()) if key and table in subject.tables else ()
    prefixes = Counter(match[1] for text in column if (match := _ID.fullmatch(text)))
    return prefixes.most_common(1)[0][0] if prefixes else _DEFAULTS.get(table, table[:3].upper())
