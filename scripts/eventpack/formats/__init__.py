"""How a report is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eventpack.formats.github import as_github
from eventpack.formats.json import as_json
from eventpack.formats.text import as_text
from eventpack.report import Report

FORMATS: Mapping[str, Callable[[Report], str]] = {"text": as_text, "json": as_json, "github": as_github}
