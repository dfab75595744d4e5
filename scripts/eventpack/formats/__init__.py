"""How a report is written: the one list of formats. A format's module is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from eventpack.report import Report

# The command line offers these words, so importing this module must cost nothing.
Format = Literal["text", "json", "github", "sarif", "junit"]


def _late(name: str) -> Callable[[Report], str]:
    def write(report: Report) -> str:
        return str(getattr(import_module(f"{__name__}.{name}"), f"as_{name}")(report))

    return write


FORMATS: Mapping[str, Callable[[Report], str]] = {name: _late(name) for name in get_args(Format)}


def encoded(text: str) -> bytes:
    """A written report as UTF-8; half a character, as a file name may hold it, becomes an escape."""
    return text.encode("utf-8", "backslashreplace")
