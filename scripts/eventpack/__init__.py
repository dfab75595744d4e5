"""Check, build and package event data: hand-curated records with the passage each claim rests on."""

__version__ = "0.1.0"
