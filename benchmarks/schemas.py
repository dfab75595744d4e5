"""The schemas of the synthetic package: each constraint and kind of key that the benchmark is about."""

from __future__ import annotations

from typing import Any

KINDS = ["blockade", "march", "sit-in", "strike", "vigil"]
PRECISION = ["day", "week", "month"]
STANCES = ["asserts", "denies", "doubts"]
ORIGINS = ["state", "union", "party", "other"]
LANGUAGES = ["ar", "en", "es", "fr", "uk"]


def field(name: str, kind: str = "string", **constraints: object) -> dict[str, Any]:
    """A field of a schema."""
    return {"name": name, "type": kind, "constraints": constraints}


def key(name: str, letter: str, digits: int) -> dict[str, Any]:
    """A field of ids."""
    return field(name, required=True, pattern=rf"^{letter}-\d{{{digits}}}$", unique=True)


def leads(name: str, table: str, there: str | None = None) -> dict[str, Any]:
    """A foreign key of one field; `table` is empty for the table itself."""
    return {"fields": [name], "reference": {"resource": table, "fields": [there or name]}}


def order(name: str, say: str, *fields: str) -> dict[str, Any]:
    """A rule: the fields of a row do not decrease."""
    return {"name": name, "kind": "order", "fields": list(fields), "say": say}


SCHEMAS: dict[str, dict[str, Any]] = {
    "actors": {
        "fields": [
            key("actor_id", "A", 6),
            field("name", required=True, minLength=3),
            field("origin", required=True, enum=ORIGINS),
            field("parent_id", pattern=r"^A-\d{6}$"),
        ],
        "primaryKey": ["actor_id"],
        "foreignKeys": [leads("parent_id", "", "actor_id")],
    },
    "places": {
        "fields": [
            key("place_id", "P", 6),
            field("name", required=True),
            field("latitude", "number", required=True, minimum=-90, maximum=90),
            field("longitude", "number", required=True, minimum=-180, maximum=180),
        ],
        "primaryKey": ["place_id"],
    },
    "sources": {
        "fields": [
            key("source_id", "S", 7),
            field("url", required=True, pattern=r"^https?://\S+$"),
            field("published", "date", required=True),
            field("language", required=True, enum=LANGUAGES),
        ],
        "primaryKey": ["source_id"],
    },
    "events": {
        "fields": [
            key("event_id", "E", 8),
            field("kind", required=True, enum=KINDS),
            field("first", "date", required=True, minimum="1990-01-01", maximum="2026-12-31"),
            field("last", "date", required=True, minimum="1990-01-01", maximum="2026-12-31"),
            field("precision", required=True, enum=PRECISION),
            field("actor_id", required=True, pattern=r"^A-\d{6}$"),
            field("other_actor_id", pattern=r"^A-\d{6}$"),
            field("place_id", required=True, pattern=r"^P-\d{6}$"),
            field("country", required=True, pattern=r"^[A-Z]{3}$"),
            field("latitude", "number", required=True, minimum=-90, maximum=90),
            field("longitude", "number", required=True, minimum=-180, maximum=180),
            field("low", "integer", required=True, minimum=0),
            field("best", "integer", required=True, minimum=0),
            field("high", "integer", required=True, minimum=0),
            field("peaceful", "boolean"),
            field("stance", required=True, enum=STANCES),
            field("note", required=True, minLength=20, maxLength=600),
            field("recorded", "datetime", required=True),
        ],
        "primaryKey": ["event_id"],
        "foreignKeys": [
            leads("actor_id", "actors"),
            leads("other_actor_id", "actors", "actor_id"),
            leads("place_id", "places"),
        ],
        "eventpack:rules": [
            order("days", "It does not end before it begins.", "first", "last"),
            order("numbers", "Low is not above best, and best not above high.", "low", "best", "high"),
        ],
    },
    "claims": {
        "fields": [
            key("claim_id", "C", 8),
            field("event_id", required=True),
            field("source_id", required=True),
            field("said", "date", required=True),
            field("value", "integer", minimum=0),
        ],
        "primaryKey": ["claim_id"],
        "foreignKeys": [leads("event_id", "events"), leads("source_id", "sources")],
    },
}
