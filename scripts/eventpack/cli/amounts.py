"""Sizes and counts in words."""

from __future__ import annotations


def size(count: int) -> str:
    """A number of bytes as somebody would say it."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"
