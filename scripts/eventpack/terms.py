"""What the codes of the Event Data Package profile mean to the tool."""

from __future__ import annotations

from collections.abc import Mapping

# Which stance of an accepted claim supports an event, by its realis.
SUPPORTING_STANCE: Mapping[str, str] = {
    "occurred": "asserts", "ongoing": "asserts", "planned": "asserts",
    "predicted": "predicts", "hypothetical": "supposes", "denied": "denies",
}  # fmt: skip

# What a measure counts in when it counts in hundredths.
_PERCENT = "percent"


def primary_language(tag: str) -> str:
    """The language of a BCP 47 tag without region and script; English where no language is given."""
    return tag.partition("-")[0].casefold() or "en"


def english(source: Mapping[str, str]) -> bool:
    """Whether a source is in English, or does not say in which language it is."""
    return primary_language(source.get("language", "")) == "en"


def is_percent(measure: Mapping[str, str]) -> bool:
    """Whether a measure counts in percent."""
    return _PERCENT in (measure.get("kind"), measure.get("unit"))
