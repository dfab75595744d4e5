"""The bare comparison of two CSV files in polars: a hash of each row by its key, then a join. It only counts.

Run: `python -m benchmarks.tools.diff_polars OLD NEW KEY [memory]`; `memory` reads the files whole instead of streaming.
"""

from __future__ import annotations

import sys

import polars as pl


def hashes(path: str, key: str, whole: bool) -> pl.DataFrame:
    """The key and the hash of each row."""
    if whole:
        frame = pl.read_csv(path, infer_schema=False)
        return frame.select(key).with_columns(frame.hash_rows().alias("hash"))
    scan = pl.scan_csv(path, infer_schema=False)
    return scan.select(key, pl.struct(pl.all()).hash().alias("hash")).collect(engine="streaming")


def main() -> None:
    """Print how many rows came, went and changed."""
    old, new, key = sys.argv[1:4]
    before, now = (hashes(path, key, sys.argv[4:] == ["memory"]) for path in (old, new))
    both = before.join(now, on=key, how="inner")
    changed = both.filter(pl.col("hash") != pl.col("hash_right")).height
    print(f"{now.height - both.height} added, {before.height - both.height} removed, {changed} changed")


if __name__ == "__main__":
    main()
