"""What one pass over a large table asks for: distinct texts, masks, and keys as hashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from eventpack.checks.formulas import is_free
from eventpack.descriptor import Package
from eventpack.filter.masks import (
    Mask,
    field_masks,
    formula_mask,
    grammar_mask,
    is_number,
    mask,
    number_column,
    required_mask,
    rule_masks,
)
from eventpack.large import LargeCsv
from eventpack.patterns.alphabet import alphabet
from eventpack.schema import Constraints, Field, ForeignKey, Schema
from eventpack.values import missing_texts

Key = tuple[str, ...]
JOIN = "\x00"  # between the parts of a key; no cell of a sound file holds it
_ODD = "[^!-~\x00]"  # what keys of plain ASCII do not hold


_EXACT_TYPES = ("integer", "date", "year", "boolean")  # one canonical text for each value


@dataclass(frozen=True, slots=True)
class Plan:
    """One query over one table.

    `masks` find suspects; those in `follow` find none as long as the table that they stand under has none, and all
    keys lead into it. `distinct` are the fields that no mask can judge, so that the kernel does, text by text.
    `keys` are the field lists whose values are gathered as hashes, so that keys can be compared; `alike` are those of
    text, no two of which should look alike. `grammars` find texts of key fields that are no canonical ones. `missing`
    are the texts that stand for no value, by field, where there are others than the empty one. `canonical` says that
    other forms of values than the canonical ones are errors.
    """

    table: LargeCsv
    schema: Schema
    canonical: bool
    missing: Mapping[str, tuple[str, ...]]
    distinct: tuple[str, ...]
    masks: tuple[Mask, ...]
    follow: Mapping[str, Sequence[pl.Expr]]
    keys: tuple[Key, ...]
    alike: tuple[Key, ...]
    grammars: Mapping[str, pl.Expr]


def make_plan(package: Package, table: LargeCsv, large: Collection[str] = ()) -> Plan | None:
    """The plan of a table; none when something about it is beyond the engine, so that the kernel reads it whole."""
    schema, canonical = package.schemas[table.name], not package.foreign
    keys = tuple(dict.fromkeys(_keys(package, table.name)))
    if not all(_is_hashable(schema.field(name)) for key in keys for name in key):
        return None
    if not all(_has_same_types(package, schema, key) for key in schema.foreign_keys):
        return None
    missing = _missing(schema, table)
    if missing is None:
        return None
    masks = [mask(required_mask(one)) for one in schema.fields if _is_needed(schema, one.name)]
    for rule in schema.rules:
        if rule.kind == "expect" or rule.table is not None:
            continue
        found = rule_masks(schema, rule)
        if found is None:
            return None
        masks += map(mask, found)
    if package.descriptor.profile_version is not None:
        masks += [mask(formula_mask(one)) for one in schema.fields if is_free(one)]
    implied, follow = _implied(package, schema, large), defaultdict[str, list[pl.Expr]](list)
    distinct = []
    for one in schema.fields:
        own = field_masks(one, canonical)
        if own is None:
            distinct.append(one.name)
        elif one.name in implied:
            follow[implied[one.name]] += (each.suspects for each in own)
        else:
            masks += own
    grammars = {name: grammar_mask(schema.field(name)) for key in keys for name in key if not _is_text(schema, name)}
    alike = tuple(key for key in unique_keys(schema) if not all(_is_distinct(schema.field(name)) for name in key))
    return Plan(table, schema, canonical, missing, tuple(distinct), tuple(masks), follow, keys, alike, grammars)


def _implied(package: Package, schema: Schema, large: Collection[str]) -> Mapping[str, str]:
    """Fields whose form follows from that of the key in a large table that they lead to, with that table's name."""
    found = {}
    for key in schema.foreign_keys:
        if len(key.fields) == 1 and key.reference.resource in large:
            own = schema.field(key.fields[0])
            other = package.schemas[key.reference.resource].field(key.reference.fields[0])
            if own.is_plain and other.is_plain and (_form(own), own.format) == (_form(other), other.format):
                found[own.name] = key.reference.resource
    return found


def _form(field: Field) -> Constraints:
    return replace(field.constraints, required=False, unique=False)


def _missing(schema: Schema, table: LargeCsv) -> Mapping[str, tuple[str, ...]] | None:
    """Texts beside the empty one that stand for no value, by field; none when the empty one does not."""
    found = {}
    for one in schema.fields:
        texts = missing_texts(schema, one) | {table.dialect.null_sequence or ""}
        if "" not in missing_texts(schema, one):
            return None
        if more := texts - {""}:
            found[one.name] = tuple(sorted(more))
    return found


def scan(plan: Plan) -> pl.LazyFrame:
    """The rows of a table as text; an empty cell, be it in quotes, is missing.

    Of a field with other missing texts, the column `raw NAME` has the cells as they are; of numbers, `number NAME` has
    their values.
    """
    dialect, names = plan.table.dialect, plan.schema.names
    rows = pl.scan_csv(
        plan.table.file, has_header=dialect.header, separator=dialect.delimiter, quote_char=dialect.quote or None,
        schema=dict.fromkeys(names, pl.String), null_values=[""],
    )  # fmt: skip
    rows = rows.with_columns(
        expression
        for name, texts in plan.missing.items()
        for expression in (
            pl.col(name).alias(f"raw {name}"),
            pl.when(pl.col(name).is_in(texts)).then(None).otherwise(pl.col(name)).alias(name),
        )
    )
    return rows.with_columns(number_column(field) for field in plan.schema.fields if is_number(field))


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


def _is_distinct(field: Field) -> bool:
    """Whether no two different values can look alike: of text, by the characters that its pattern lets through."""
    if field.value_type is None or not field.value_type.text or field.constraints.pattern is None:
        return field.value_type is None or not field.value_type.text
    letters = alphabet(field.constraints.pattern)
    if letters is None or not all("!" <= letter <= "~" for letter in letters):
        return False
    return all(letter.swapcase() == letter or letter.swapcase() not in letters for letter in letters)


def _is_text(schema: Schema, name: str) -> bool:
    kind = schema.field(name).value_type
    return kind is not None and kind.text


def _is_hashable(field: Field) -> bool:
    """Whether equal values have equal texts, and the reverse, as long as all texts are canonical."""
    kind = field.value_type
    return kind is not None and field.is_plain and (kind.text or field.type in _EXACT_TYPES)


def _has_same_types(package: Package, schema: Schema, key: ForeignKey) -> bool:
    """Whether both ends of a key hold values of the same types, so that their texts can be compared."""
    target = package.schemas.get(key.reference.resource) if key.reference.resource else schema
    pairs = zip(key.fields, key.reference.fields, strict=True)
    return target is None or all(schema.field(own).type == target.field(other).type for own, other in pairs)


def key_text(key: Key) -> pl.Expr:
    """The values of a key as one text; missing when a part is. No cell holds the character that parts them."""
    return pl.col(key[0]) if len(key) == 1 else pl.concat_str([pl.col(name) for name in key], separator=JOIN)


def alike_text(key: Key) -> pl.Expr:
    """The values of a key of plain ASCII as one text, without what differs by accident."""
    return key_text(key).str.to_lowercase()


def queries(plan: Plan, seed: int) -> Sequence[pl.Expr]:
    """The expressions of the one query: the rows and bytes, the suspects of each mask, distinct texts and keys."""
    raw = [f"raw {name}" if name in plan.missing else name for name in plan.schema.names]
    content = sum((pl.col(name).str.len_bytes().sum() for name in raw), pl.lit(0, pl.UInt64))
    return [
        pl.len().alias("rows"),
        content.alias("content"),
        pl.all_horizontal(pl.col(name).is_null() for name in _telling(plan.schema)).sum().alias("blank"),
        *(odd.sum().alias(f"grammar {name}") for name, odd in plan.grammars.items()),
        *(each.number.alias(f"mask {index}") for index, each in enumerate(plan.masks)),
        *(pl.col(name).unique().implode().alias(f"distinct {name}") for name in plan.distinct),
        *(key_text(key).drop_nulls().hash(seed).implode().alias(f"key {i}") for i, key in enumerate(plan.keys)),
        *(alike_text(key).drop_nulls().hash(seed).implode().alias(f"alike {i}") for i, key in enumerate(plan.alike)),
        *(key_text(key).str.contains(_ODD).sum().alias(f"odd {i}") for i, key in enumerate(plan.alike)),
    ]
