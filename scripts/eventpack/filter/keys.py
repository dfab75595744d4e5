"""The keys of a large table: which field lists are compared, as hashes, and which rows have keys that are at fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from eventpack.descriptor import Package
from eventpack.filter.patterns import translate
from eventpack.patterns.alphabet import alphabet
from eventpack.schema import Field, ForeignKey, Schema

Key = tuple[str, ...]
JOIN = "\x00"  # between the parts of a key; no cell of a sound file holds it
ODD = "[^!-~\x00]"  # what keys of plain ASCII do not hold
_EXACT_TYPES = ("integer", "date", "year", "boolean")  # one canonical text for each value


def unique_keys(schema: Schema) -> Iterator[Key]:
    """The field lists whose values occur once."""
    yield from [tuple(schema.primary_key)] if schema.primary_key else []
    yield from ((one.name,) for one in schema.fields if one.constraints.unique)
    yield from map(tuple, schema.unique_keys)


def keys_of(package: Package, name: str) -> Iterator[Key]:
    """The field lists of a table that must be unique, lead elsewhere, or are led to."""
    schema = package.schemas[name]
    yield from unique_keys(schema)
    for key in schema.foreign_keys:
        yield tuple(key.fields)
    for other in package.schemas.values():
        for key in other.foreign_keys:
            if key.reference.resource == name or (other is schema and not key.reference.resource):
                yield tuple(key.reference.fields)


def is_hashable(field: Field) -> bool:
    """Whether equal values have equal texts, and the reverse, as long as all texts are canonical."""
    kind = field.value_type
    return kind is not None and field.is_plain and (kind.text or field.type in _EXACT_TYPES)


def has_same_types(package: Package, schema: Schema, key: ForeignKey) -> bool:
    """Whether both ends of a key hold values of the same types, so that their texts can be compared."""
    target = package.schemas.get(key.reference.resource) if key.reference.resource else schema
    pairs = zip(key.fields, key.reference.fields, strict=True)
    return target is None or all(schema.field(own).type == target.field(other).type for own, other in pairs)


def letter_cases(field: Field) -> Mapping[int, str] | None:
    """How letters are written in the texts of a field, by their lower case; none when that is not known.

    With a pattern that has letters in one case alone, and no spaces, no two texts that match it look alike.
    """
    if field.value_type is None or not field.value_type.text:
        return {}
    pattern = field.constraints.pattern
    exact = pattern and field.constraints.enum is None and translate(pattern)  # digits are those of ASCII then
    letters = alphabet(pattern) if pattern and exact else None
    if letters is None or not all("!" <= letter <= "~" for letter in letters):
        return None
    cases = {ord(letter.lower()): letter for letter in letters}
    return cases if len(cases) == len(letters) else None


def has_cases(schema: Schema, key: Key) -> bool:
    """Whether it is known of all fields of a key how letters are written."""
    return all(letter_cases(schema.field(name)) is not None for name in key)


def key_text(key: Key) -> pl.Expr:
    """The values of a key as one text; missing when a part is. No cell holds the character that parts them."""
    return pl.col(key[0]) if len(key) == 1 else pl.concat_str([pl.col(name) for name in key], separator=JOIN)


def key_hash(key: Key, seed: int, *, folded: bool = False) -> pl.Expr:
    """The values of a key as one number; missing when a part is. `folded` passes over upper and lower case."""
    text = key_text(key)
    value = (text.str.to_lowercase() if folded else text).hash(seed)
    return pl.when(text.is_not_null()).then(value)


def dangling(hashes: pl.Series, known: pl.Series) -> pl.Series:
    """The rows whose key is not among the known ones."""
    if _in_step(hashes, known):
        return pl.Series(dtype=pl.UInt32)
    own, other = pl.LazyFrame({"key": hashes}).drop_nulls(), pl.LazyFrame({"key": known})
    lost = own.join(other, on="key", how="anti").unique().collect(engine="streaming")["key"]
    return hashes.is_in(lost.implode()).fill_null(False).arg_true() if len(lost) else lost.cast(pl.UInt32)


def _in_step(hashes: pl.Series, known: pl.Series) -> bool:
    """Whether two tables hold the same keys in the same order, so that none need be looked up."""
    if not len(hashes) or not len(known) or hashes[0] != known[0]:
        return False
    one, other = (keys.filter(keys.ne_missing(keys.shift(1))) for keys in (hashes, known))
    return len(one) == len(other) and one.eq_missing(other).all()
