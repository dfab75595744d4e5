"""How much is read and said: what is beyond is refused, or counted (docs/design/truth.md, "Limits")."""

from __future__ import annotations

DOCUMENT = 10_000_000
"""Bytes of a descriptor, schema or dialect in JSON."""
YAML = 1_000_000
"""Bytes of a record, and of a descriptor, schema or dialect in YAML, whose nodes take a thousand times their text."""
TABLE = 1_000_000_000
"""Bytes of a table that is read whole, or of which a copy is made, unpacked; a large plain file has no limit."""
ROWS = 3_000_000
"""Rows of a foreign table that is read whole: of several files, in JSON, or in a dialect of its own."""
JSON_TABLE = 50_000_000
"""Bytes of a table in JSON or JSONL, whose values take many times their text."""
CELL = 10_000_000
"""Characters of a cell, and bytes of a line of delimited text."""
FIELDS = 10_000
"""Fields of a schema."""
PATTERN = 10_000
"""Characters of a pattern."""
MOMENT = 1_000
"""Characters of a date, time or duration that is not in the canonical form."""
FINDINGS = 1_000
"""Findings of one code in one table that are listed; the others are counted."""
COMPARED = 20_000
"""Findings of one code in one table that are compared with those of an earlier state, before they are listed."""
COUNTED = 200_000
"""Findings that are counted; with more of them, the rest of the large tables is not looked at."""
PATTERN_SECONDS = 3.0
"""Seconds for all patterns of a run whose time is not linear, or whose automaton is large."""
SAID = 500
"""Characters of each part of a finding."""
