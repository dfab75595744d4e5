"""Keys of a large table that differ, and that nobody can tell apart."""

from __future__ import annotations

from collections import Counter

import polars as pl

from eventpack.characters import plain_forms, seen_form
from eventpack.filter.plan import JOIN, Key, key_text
from eventpack.filter.rows import columns_of
from eventpack.filter.scan import Scan


def alike_rows(scan: Scan, key: Key) -> pl.Expr | None:
    """What is true for rows whose key is not another's and looks like it; none when there are none."""
    texts = list(dict.fromkeys(map(JOIN.join, filter(all, columns_of(scan.plan, key).rows(key)))))
    plain, seen = plain_forms(texts), [seen_form(text) for text in texts]
    forms = Counter(plain), Counter(seen)
    near = [t for t, p, s in zip(texts, plain, seen, strict=True) if forms[0][p] > 1 or forms[1][s] > 1]
    return key_text(key).is_in(near) if near else None
