"""The reasons of an event for machines."""

from __future__ import annotations

import json
from dataclasses import asdict

from eventpack.reasons.event import EventReasons

REASONS_VERSION = "1"


def as_json(reasons: EventReasons) -> str:
    """The reasons as JSON; keys are only ever added within one `reasons` version."""
    return json.dumps({"reasons": REASONS_VERSION, **asdict(reasons)}, indent=2, ensure_ascii=False)
