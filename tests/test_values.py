"""Text becomes a value in one way only, and the value becomes the same text again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.values import TYPES, Scalar, ValueType, text_of

INTEGER, NUMBER = TYPES["integer", "default"], TYPES["number", "default"]
DATE, YEAR, BOOLEAN = TYPES["date", "default"], TYPES["year", "default"], TYPES["boolean", "default"]
URI, EMAIL, UUID = TYPES["string", "uri"], TYPES["string", "email"], TYPES["string", "uuid"]

CANONICAL = [
    *((INTEGER, text) for text in ("0", "7", "-3", "9223372036854775808")),
    *((NUMBER, text) for text in ("0", "-0.5", "36.25", "12.50", "0.000", "123456789012345678901234567890.1")),
    *((DATE, text) for text in ("2024-02-29", "0001-01-01", "9999-12-31")),
    *((YEAR, text) for text in ("0000", "0988", "2026")),
    *((BOOLEAN, text) for text in ("true", "false")),
    *((URI, text) for text in ("https://example.org/a?b=c#d", "urn:isbn:0", "https://example.org/ä")),
    (EMAIL, "desk@example.org"),
    (UUID, "123e4567-e89b-12d3-a456-426614174000"),
]
REFUSED = [
    *((INTEGER, text) for text in ("", "007", "+5", " 1", "1 ", "1e5", "1.0", "-0", "--1", "1_000", "1,000")),
    *((INTEGER, text) for text in ("٣", "²", "NaN", "1\n")),
    *((NUMBER, text) for text in ("", "007", "+5", " 1", "1e5", "1E5", ".5", "5.", "-0", "-0.0", "NaN", "INF")),
    *((NUMBER, text) for text in ("-inf", "1,5", "٣.5", "1\n")),
    *((DATE, text) for text in ("", "2024-1-2", "2023-02-29", "2024-13-01", "2024-00-10", "20240102", "2024-W01-1")),
    *((DATE, text) for text in ("02.01.2024", "2024-01-02T00:00", " 2024-01-02", "0000-01-01", "2024-01-02\n")),
    *((DATE, text) for text in ("٢٠٢٤-01-02", "2024/01/02", "2024-01", "tomorrow")),
    *((YEAR, text) for text in ("", "26", "02026", "-2026", "2026 ", "20٢٦")),
    *((BOOLEAN, text) for text in ("", "True", "TRUE", "1", "0", "yes", "no", "on", "false ")),
    *((URI, text) for text in ("", "example.org", "/report", "https://", "https:///x", "https://a b", "://x")),
    *((URI, text) for text in ("https://example.org/<x>", "https://example.org\n")),
    *((EMAIL, text) for text in ("desk", "desk@", "@example.org", "a b@example.org", "a@b", "a@b..c")),
    *((UUID, text) for text in ("123E4567-E89B-12D3-A456-426614174000", "123e4567", "")),
]


@pytest.mark.parametrize(("kind", "text"), CANONICAL)
def test_canonical_text_survives(kind: ValueType, text: str) -> None:
    """What is parsed is written again as it was."""
    assert text == kind.format(kind.parse(text))


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_other_forms_are_refused(kind: ValueType, text: str) -> None:
    """There is one form for each value; all others raise `ValueError`."""
    with pytest.raises(ValueError):
        kind.parse(text)


@pytest.mark.parametrize("kind", [INTEGER, NUMBER, DATE, YEAR, BOOLEAN, URI, EMAIL, UUID], ids=lambda kind: kind.name)
@given(text=st.text("0123456789-+.eE:/@ aftru", max_size=12))
def test_what_is_parsed_is_canonical(kind: ValueType, text: str) -> None:
    """Any text is either refused or its value's own form."""
    try:
        value = kind.parse(text)
    except ValueError:
        return
    assert text == kind.format(value)


@given(st.integers())
def test_every_integer_has_a_form(value: int) -> None:
    """parse(format(value)) is the value."""
    assert value == INTEGER.parse(INTEGER.format(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_every_decimal_comes_back(value: Decimal) -> None:
    """parse(format(value)) is the value; only minus zero has no form."""
    if value == 0:
        value = abs(value)
    assert value == NUMBER.parse(NUMBER.format(value))


@given(st.dates())
def test_every_day_has_a_form(value: date) -> None:
    """parse(format(value)) is the value, and texts are in the order of days."""
    assert value == DATE.parse(DATE.format(value))
    assert (value < date(2024, 5, 1)) == (DATE.format(value) < "2024-05-01")


def test_a_number_keeps_what_a_float_would_lose() -> None:
    """Tenths are tenths."""
    assert NUMBER.parse("0.1") + NUMBER.parse("0.2") == NUMBER.parse("0.3")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"), (False, "false"), (1, "1"), (1.0, "1"), (-0.0, "0"), (1e6, "1000000"), (0.00001, "0.00001"),
        (1e23, "1" + "0" * 23), (-2.5e-7, "-0.00000025"), (10**20, "1" + "0" * 20), ("1.0", "1.0"),
    ],
)  # fmt: skip
def test_a_json_value_has_one_text(value: Scalar, text: str) -> None:
    """As it would stand in a cell: no exponent, no `.0`, no capital letters; text is kept."""
    assert text == text_of(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_float_is_a_number(value: float) -> None:
    """Whatever JSON number stands in a schema, it can be a bound of a number."""
    assert value == float(NUMBER.parse(text_of(value)))
