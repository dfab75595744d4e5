"""What one pass over a large table asks for: suspects, distinct texts, and keys as hashes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import add, or_

import polars as pl

from eventpack.checks.formulas import is_free
from eventpack.descriptor import Package
from eventpack.filter.keys import (
    ODD,
    Key,
    has_cases,
    has_same_types,
    is_hashable,
    key_hash,
    key_text,
    keys_of,
    unique_keys,
)  # fmt: skip
from eventpack.filter.masks import (
    field_masks,
    formula_mask,
    grammar_mask,
    is_number,
    number_column,
    required_mask,
    rule_masks,
)  # fmt: skip
from eventpack.frozen import Frozen
from eventpack.large import LargeCsv, begins_with_empties
from eventpack.schema import Constraints, Field, Schema
from eventpack.values import missing_texts

_RAW = "\x00raw "  # before the name of a field: the column of its cells as they are in the file
_NO_NAME = re.compile(r"\^.*\$$|\*$|.*\x00", re.DOTALL)  # what the engine takes for a pattern of names; and our marks


class Plan(Frozen):
    """What is asked of one table.

    `masks` find suspects; those in `follow` find none as long as the table that they stand under has none, and all
    keys lead into it. `distinct` are the fields that no mask can judge, so that the kernel does, text by text. `keys`
    are the field lists whose values are gathered as hashes, so that keys can be compared; `alike` are those of text,
    no two of which should look alike. `grammars` find texts of key fields that are no canonical ones. `missing` are
    the texts that stand for no value, by field, where there are others than the empty one. `canonical` says that other
    forms of values than the canonical ones are errors. `empties` says that an empty cell may be in quotes, which costs
    a tenth of the reading.
    """

    table: LargeCsv
    schema: Schema
    canonical: bool
    missing: Mapping[str, tuple[str, ...]]
    distinct: tuple[str, ...]
    masks: tuple[pl.Expr, ...]
    follow: Mapping[str, Sequence[pl.Expr]]
    keys: tuple[Key, ...]
    alike: tuple[Key, ...]
    grammars: Mapping[str, pl.Expr]
    empties: bool = True


def make_plan(package: Package, table: LargeCsv, large: Collection[str] = ()) -> Plan | None:
    """The plan of a table; none when something about it is beyond the engine, so that the kernel reads it whole."""
    schema, canonical = package.schemas[table.name], not package.foreign
    keys = tuple(dict.fromkeys(keys_of(package, table.name)))
    names = dict.fromkeys(name for key in keys for name in key)
    missing, masks = _missing(schema, table), _row_masks(package, schema)
    if any(map(_NO_NAME.match, schema.names)):
        return None
    if missing is None or masks is None or not all(is_hashable(schema.field(name)) for name in names):
        return None
    if not all(has_same_types(package, schema, key) for key in schema.foreign_keys):
        return None
    implied, follow = _implied(package, schema, large), defaultdict[str, list[pl.Expr]](list)
    distinct = []
    for one in schema.fields:
        own = field_masks(one, canonical)
        if own is None:
            distinct.append(one.name)
        elif one.name in implied:
            follow[implied[one.name]] += own
        else:
            masks += own
    grammars = {name: grammar_mask(schema.field(name)) for name in names if _has_loose_forms(schema.field(name))}
    alike = tuple(key for key in dict.fromkeys(unique_keys(schema)) if not has_cases(schema, key))
    empties = begins_with_empties(table)
    return Plan(
        table, schema, canonical, missing, tuple(distinct), tuple(masks), follow, keys, alike, grammars, empties
    )


def plain_plan(package: Package, table: LargeCsv) -> Plan | None:
    """The plan of a table of which only the texts are wanted; none when it is beyond the engine."""
    schema = package.schemas[table.name]
    missing = _missing(schema, table)
    if missing is None or any(map(_NO_NAME.match, schema.names)):
        return None
    return Plan(table, schema, not package.foreign, missing, (), (), {}, (), (), {})


def _row_masks(package: Package, schema: Schema) -> list[pl.Expr] | None:
    """What finds missing values, broken rules and formulas; none when the engine cannot judge a rule."""
    masks = [required_mask(one) for one in schema.fields if schema.demands(one.name)]
    for rule in schema.rules:
        if rule.kind == "expect" or rule.table is not None:
            continue
        if (found := rule_masks(schema, rule)) is None:
            return None
        masks += found
    if package.descriptor.profile_version is not None:
        masks += [formula_mask(one) for one in schema.fields if is_free(one)]
    return masks


def _has_loose_forms(field: Field) -> bool:
    return field.value_type is not None and not field.value_type.text


def _implied(package: Package, schema: Schema, large: Collection[str]) -> Mapping[str, str]:
    """Fields whose form follows from that of the key in a large table that they lead to, with that table's name.

    That key is looked at for itself: it does not lead on, to a third table or back.
    """
    found = {}
    for key in schema.foreign_keys:
        if len(key.fields) == 1 and key.reference.resource in large:
            target = package.schemas[key.reference.resource]
            own, other = schema.field(key.fields[0]), target.field(key.reference.fields[0])
            leads_on = any(foreign.fields == key.reference.fields for foreign in target.foreign_keys)
            if (
                not leads_on
                and own.is_plain
                and other.is_plain
                and (_form(own), own.format) == (_form(other), other.format)
            ):
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

    Beside the fields stand the numbers of those that are numbers, and the cells, as they are in the file, of those
    that have other missing texts.
    """
    dialect, names = plan.table.dialect, plan.schema.names
    rows = pl.scan_csv(
        plan.table.file, has_header=dialect.header, separator=dialect.delimiter, quote_char=dialect.quote or None,
        schema=dict.fromkeys(names, pl.String), null_values=[""] if plan.empties else None,
    )  # fmt: skip
    for name, texts in plan.missing.items():
        given = pl.when(pl.col(name).is_in(texts)).then(None).otherwise(pl.col(name))
        rows = rows.with_columns(pl.col(name).alias(_RAW + name), given.alias(name))
    return rows.with_columns(number_column(field) for field in plan.schema.fields if is_number(field))


def query(plan: Plan, seed: int) -> pl.LazyFrame:
    """The one query: of each row the bytes of its cells, whether it is a suspect or blank, and its keys.

    All of it comes row by row: what an aggregation gathers as a list would be copied once more.
    """
    raw = [_RAW + name if name in plan.missing else name for name in plan.schema.names]
    telling = [name for name in plan.schema.names if plan.schema.demands(name)][:1] or plan.schema.names
    return scan(plan).select(
        reduce(add, (pl.col(name).str.len_bytes().fill_null(0) for name in raw)).alias("content"),
        suspicious(plan.masks).alias("suspects"),
        pl.all_horizontal(pl.col(name).is_null() for name in telling).alias("blank"),
        *(odd.alias(f"grammar {name}") for name, odd in plan.grammars.items()),
        *(key_text(key).str.contains(ODD).alias(f"odd {i}") for i, key in enumerate(plan.alike)),
        *(key_hash(key, seed).alias(f"key {i}") for i, key in enumerate(plan.keys)),
        *(key_hash(key, seed, folded=True).alias(f"folded {i}") for i, key in enumerate(plan.alike)),
    )


def distinct_texts(plan: Plan) -> pl.LazyFrame:
    """The texts of fields that no mask can judge, each once."""
    return scan(plan).select(pl.col(plan.distinct).unique().implode())


def suspicious(masks: Sequence[pl.Expr]) -> pl.Expr:
    """Whether one of some expressions is true."""
    return reduce(or_, masks) if masks else pl.lit(False)  # a tenth less work than `any_horizontal`
