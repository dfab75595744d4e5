"""What one pass over a large table asks for: distinct texts, masks, and keys as hashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from eventpack.descriptor import Package
from eventpack.filter.masks import field_masks, required_mask, rule_masks
from eventpack.schema import Schema
from eventpack.tables import LargeCsv

Key = tuple[str, ...]
JOIN = "\x00"  # between the parts of a key; no cell of a sound file holds it


@dataclass(frozen=True, slots=True)
class Plan:
    """One query over one table.

    `masks` find suspects; `distinct` are the fields that no mask can judge, so that the kernel does, text by text.
    `keys` are the field lists whose values are gathered as hashes, so that keys can be compared.
    """

    table: LargeCsv
    schema: Schema
    canonical: bool
    distinct: tuple[str, ...]
    masks: tuple[pl.Expr, ...]
    keys: tuple[Key, ...] = field(default=())


def make_plan(package: Package, table: LargeCsv) -> Plan | None:
    """The plan of a table; none when a key or a rule of it is beyond the engine, so that the kernel reads it whole."""
    schema, canonical = package.schemas[table.name], package.descriptor.profile_version is not None
    if not schema.is_plain:
        return None
    if not all(_is_hashable(package, schema, key) for key in _keys(package, table.name)):
        return None
    masks: list[pl.Expr] = [required_mask(one) for one in schema.fields if _is_needed(schema, one.name)]
    for rule in schema.rules:
        if rule.kind == "expect" or rule.table is not None:
            continue
        found = rule_masks(schema, rule)
        if found is None:
            return None
        masks += found
    distinct = []
    for one in schema.fields:
        own = field_masks(one, canonical)
        if own is None:
            distinct.append(one.name)
        else:
            masks += own
    return Plan(
        table, schema, canonical, tuple(distinct), tuple(masks), tuple(dict.fromkeys(_keys(package, table.name)))
    )


def scan(table: LargeCsv) -> pl.LazyFrame:
    """The rows of a table as text; an empty cell, be it in quotes, is missing."""
    return pl.scan_csv(table.file, infer_schema=False, null_values=[""])


def _is_needed(schema: Schema, name: str) -> bool:
    return schema.field(name).constraints.required or name in schema.primary_key


def _telling(schema: Schema) -> list[str]:
    """Fields that are all empty in a blank row: one that is never empty is enough."""
    return [name for name in schema.names if _is_needed(schema, name)][:1] or schema.names


def _keys(package: Package, name: str) -> Iterator[Key]:
    """The field lists of a table that must be unique, lead elsewhere, or are led to."""
    schema = package.schemas[name]
    yield from unique_keys(schema)
    for key in schema.foreign_keys:
        yield tuple(key.fields)
    for other in package.schemas.values():
        for key in other.foreign_keys:
            if key.reference.resource == name or (other is schema and not key.reference.resource):
                yield tuple(key.reference.fields)


def unique_keys(schema: Schema) -> Iterator[Key]:
    """The field lists whose values occur once."""
    yield from [tuple(schema.primary_key)] if schema.primary_key else []
    yield from ((one.name,) for one in schema.fields if one.constraints.unique)
    yield from map(tuple, schema.unique_keys)


def _is_hashable(package: Package, schema: Schema, key: Key) -> bool:
    """Whether equal texts are equal values and the reverse: so it is for all canonical texts but those of numbers."""
    return all(schema.field(name).type != "number" for name in key)


def key_text(key: Key) -> pl.Expr:
    """The values of a key as one text; missing when a part is. No cell holds the character that parts them."""
    return pl.col(key[0]) if len(key) == 1 else pl.concat_str([pl.col(name) for name in key], separator=JOIN)


def queries(plan: Plan, seed: int) -> Sequence[pl.Expr]:
    """The expressions of the one query: the rows and bytes, the suspects of each mask, distinct texts and keys."""
    content = sum((pl.col(name).str.len_bytes().sum() for name in plan.schema.names), pl.lit(0, pl.UInt64))
    return [
        pl.len().alias("rows"),
        content.alias("content"),
        pl.all_horizontal(pl.col(name).is_null() for name in _telling(plan.schema)).sum().alias("blank"),
        *(mask.sum().alias(f"mask {index}") for index, mask in enumerate(plan.masks)),
        *(pl.col(name).unique().implode().alias(f"distinct {name}") for name in plan.distinct),
        *(key_text(key).drop_nulls().hash(seed).implode().alias(f"key {i}") for i, key in enumerate(plan.keys)),
    ]
