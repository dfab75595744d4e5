"""Record files in the form in which they are written, read by one pattern instead of YAML.

This is a third of the cost of composing YAML nodes, and `import yaml` is saved. What the pattern does not know for sure
(comments, escapes, flow style, other indents, anything faulty) is left to YAML; `tests/laws/test_plainrecords.py` holds
both to the same result.
"""

from __future__ import annotations

import re

Row = dict[str, str]

# Text on one line that YAML takes as it stands: no sign begins it, no `: ` and no ` #` is in it, no space ends it.
_PLAIN = r"""(?!(?:~|null|Null|NULL)\n)
    (?:[^-\s?:,\[\]{}\#&*!|>'"%@`]|-(?=[0-9A-Za-z])) (?:[^:#\n]++|:(?=\S)|(?<=\S)\#)*+ (?<!\ )"""
# One field: of the record itself, or of a row, whose first one follows its dash. A folded block has a margin of two.
_FIELD = re.compile(
    rf"""
    (\ \ -\ |\ \ \ \ )?+ ([a-z][a-z0-9_]{{0,99}}+) :
    (?: \ ({_PLAIN}) | \ >-((?:\n(?(1)\ \ \ \ )\ \ \S[^\n]*+)++) | \ ("[^"\\\n]*+") | ) \n
    | [\s\S]++  # what is no field, as a match without a name
    """,
    re.VERBOSE,
)


def read_plain(text: str) -> tuple[Row, dict[str, list[Row]]] | None:
    """The fields of a record and its lists of rows; none when its text must be read as YAML."""
    if not text.replace("\n", "").isprintable():
        return None
    row: Row = {}
    record, lists = row, dict[str, list[Row]]()
    rows: list[Row] | None = None  # of the list that goes on here
    valueless = ""  # the field whose value may be a list
    for lead, name, plain, block, quoted in _FIELD.findall(text):
        if lead == "  - ":
            if rows is None and valueless:
                del record[valueless]
                rows = lists[valueless] = []
            row = {}
            if rows is not None:
                rows.append(row)
        elif not lead:
            row, rows = record, None
            valueless = "" if plain or block or quoted else name
        if not name or name in row or (rows is None if lead else name in lists):
            return None
        row[name] = plain or quoted[1:-1] or " ".join(block.split("\n      " if lead else "\n  ")[1:])
    return (record, lists) if row else None
