"""What the codes of the Event Data Package profile mean to the tool."""

from __future__ import annotations

from collections.abc import Mapping

# Which stance of an accepted claim supports an event, by its realis.
SUPPORTING_STANCE: Mapping[str, str] = {
    "occurred": "asserts", "ongoing": "asserts", "planned": "asserts",
    "predicted": "predicts", "hypothetical": "supposes", "denied": "denies",
}  # fmt: skip
