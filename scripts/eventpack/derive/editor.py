"""The JSON Schema of a record file (draft-07), by which a YAML editor completes, explains and underlines.

It is looser than the checks: an editor reads `codebook: 0.1` as a number where our schemas see text. No field has
`examples` or a default: editors write them into a new row, and a wrong value that looks right stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from eventpack.derive.markdown import code
from eventpack.descriptor import Package
from eventpack.jsontext import json_bytes
from eventpack.schema import Field, ForeignKey, Schema
from eventpack.subject import Subject
from eventpack.tables import Table
from eventpack.values import Json, Scalar, text_of

FOLDER = "schemas/derived"
# A longer list of ids is no help in an editor, and makes each save slower.
MOST_ROWS = 150
_LABELS = ("label", "name", "title", "wording")
# Rows that are told apart by these have ids that nobody remembers.
_NAMES = ("name", "title")

Object = dict[str, object]


def editor_schema(subject: Subject) -> Object | None:
    """The JSON Schema of a record; none when the package has no records or lacks one of their schemas."""
    package, shape = subject.package, subject.shape
    if shape is None or package.record_table is None:
        return None
    schema = package.schemas[shape.table]
    lists = _Lists(subject, shape.table)
    properties = {field.name: _property(field, schema, lists, own=True) for field in schema.fields}
    filled = [rule.table for rule in schema.rules if rule.kind == "at-least-one" and rule.table in shape.keys]
    for name, key in shape.keys.items():
        properties[name] = _child(package.schemas[name], key, lists, filled=name in filled)
    required = [field.name for field in schema.fields if field.constraints.required]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"A record of {package.descriptor.name}: {schema.title or shape.table}",
        "description": schema.description,
        "type": "object",
        "properties": properties,
        "required": [*required, *(name for name in filled if name)],
        "additionalProperties": False,
        "definitions": lists.definitions,
    }


def editor_path(table: str) -> str:
    """Where the editor schema of a table of records stands in the source tree."""
    return f"{FOLDER}/{table}.schema.json"


def editor_bytes(subject: Subject) -> bytes | None:
    """The editor schema as a file."""
    schema = editor_schema(subject)
    return None if schema is None else json_bytes(schema)


def _child(schema: Schema, key: str, lists: _Lists, filled: bool) -> Object:
    inner = [field for field in schema.fields if field.name != key]
    required = [field.name for field in inner if field.constraints.required]
    item: Object = {
        **({"title": f"A row of {schema.title}"} if schema.title else {}),
        "type": "object",
        "properties": {field.name: _property(field, schema, lists, own=False) for field in inner},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }
    texts: Object = {"title": schema.title, "description": schema.description}
    return {**texts, "type": "array", **({"minItems": 1} if filled else {}), "items": item}


class _Lists:
    """The ids of small tables, listed once under `definitions` of the editor schema with their labels."""

    def __init__(self, subject: Subject, records: str) -> None:
        self._package: Package = subject.package
        self._tables: Mapping[str, Table] = {n: t for n, t in subject.tables.items() if n not in subject.unread}
        self._records = records
        self.definitions: Object = {}

    def reference(self, key: ForeignKey) -> Object:
        """What points to the list of the table that a key leads to; nothing when there is no short list."""
        name, fields = key.reference.resource or self._records, key.reference.fields
        table = self._tables.get(name)
        if table is None or len(fields) != 1 or self._package.schemas[name].primary_key != fields:
            return {}
        resource = self._package.resource(name)
        if self._package.inside(resource) or resource.derivation or not 0 < table.size <= MOST_ROWS:
            return {}
        self.definitions.setdefault(name, self._listed(name, table, fields[0]))
        # the type once more: without it an editor completes the field without its colon
        return {"type": "string", "allOf": [{"$ref": f"#/definitions/{name}"}]}

    def _listed(self, name: str, table: Table, key: str) -> Object:
        label = next((field for field in _LABELS if field in table.columns), key)
        rows = sorted(table.rows([key, label, "definition"]))
        known: Object = {
            "enum": [row[0] for row in rows],
            "enumDescriptions": [f"{text}: {definition}" if definition else text for _, text, definition in rows],
            **({"defaultSnippets": [_by_name(row[0], row[1]) for row in rows]} if label in _NAMES else {}),
        }
        if name != self._records:
            path = self._package.resource(name).path
            message = f"Not a {key} of {path}, as of the last `eventpack build`."
            return {"type": "string", "errorMessage": message, **known}
        pattern = self._package.schemas[name].field(key).constraints.pattern
        # a record may point to one that was written after the last build
        return {"anyOf": [known, {"type": "string", **({"pattern": pattern} if pattern else {})}]}


def _by_name(key: str, name: str) -> Object:
    """What an editor offers to somebody who types a name where an id must stand."""
    return {"label": name, "description": key, "body": key}


def _property(field: Field, schema: Schema, lists: _Lists, own: bool) -> Object:
    """One field; `own` is the table of the records, whose first key field is the record's own id."""
    keys = [key for key in schema.foreign_keys if key.fields == [field.name]]
    own_key = own and field.name in schema.primary_key
    listed = lists.reference(keys[0]) if keys and not own_key else {}
    hover = "" if listed or field.constraints.enum is not None else _hover(field)  # the editor shows what is allowed
    texts = {"title": field.title, "description": field.description, "markdownDescription": hover}
    return {**{name: text for name, text in texts.items() if text}, **(listed or _allowed(field))}


def _hover(field: Field) -> str:
    parts = [field.description]
    if field.unit:
        parts.append(f"Unit: {field.unit}.")
    if field.example is not None:
        parts.append(f"Example: {code(text_of(field.example))}")
    return "\n\n".join(part for part in parts if part) if len(parts) > 1 else ""


def _allowed(field: Field) -> Object:
    """The type and constraints of a field, as far as JSON Schema can say them of what an editor reads."""
    kind, constraints = field.value_type, field.constraints
    result: Object = dict(kind.json_schema) if kind else {}
    if constraints.enum is not None:
        result["enum"] = [_editor_value(value, field) for value in constraints.enum]
        if field.codes:
            result["enumDescriptions"] = [meaning.definition for meaning in field.codes.values()]
    elif kind and kind.text and _may_look_like_number(constraints.pattern):
        result["type"] = ["string", "number"]
    if constraints.pattern is not None:
        result["pattern"] = _anchored(constraints.pattern)
    sizes = {"minLength": constraints.min_length, "maxLength": constraints.max_length}
    bounds = {
        "minimum": constraints.minimum, "maximum": constraints.maximum,
        "exclusiveMinimum": constraints.exclusive_minimum, "exclusiveMaximum": constraints.exclusive_maximum,
    }  # fmt: skip
    result |= {name: size for name, size in sizes.items() if size is not None}
    if field.type in ("integer", "number"):
        result |= {name: _number(text_of(bound)) for name, bound in bounds.items() if bound is not None}
    return result


def _anchored(pattern: str) -> str:
    """The pattern as JSON Schema needs it, which looks for a match anywhere, where Table Schema takes the whole."""
    whole = pattern.startswith("^") and pattern.endswith("$") and not pattern.endswith("\\$") and "|" not in pattern
    return pattern if whole else f"^(?:{pattern})$"


def _may_look_like_number(pattern: str | None) -> bool:
    return pattern is None or any(re.fullmatch(pattern, text) for text in ("1", "0.1", "12", "2026", "-1"))


def _editor_value(raw: Json, field: Field) -> Scalar:
    """A value as the editor sees it: numbers and booleans by the field's type, anything else as text."""
    text = text_of(raw)
    if field.type in ("integer", "number", "year"):
        return _number(text)
    return text == "true" if field.type == "boolean" else text


def _number(text: str) -> Scalar:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return int(value) if value == value.to_integral_value() else float(value)
