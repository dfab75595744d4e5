"""Countries in the codes of several schemes, by their ISO 3166-1 alpha-3 code."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from eventpack.interchange.scheme import FOLDER


class Country(NamedTuple):
    """A country: ISO alpha-3 and numeric code, English short name, Gleditsch-Ward and Correlates of War numbers.

    `others` are further names that datasets write.
    """

    alpha3: str
    numeric: str = ""
    name: str = ""
    gw: str = ""
    cow: str = ""
    others: str = ""


@cache
def countries() -> Mapping[str, Country]:
    """All countries by their alpha-3 code."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: Country(*row) for row in rows}


@cache
def by_number(numbers: str) -> Mapping[str, str]:
    """The alpha-3 codes by `gw`, `cow` or `numeric`, of those that have one; of countries that share one, the first."""
    found: dict[str, str] = {}
    for country in countries().values():
        if number := getattr(country, numbers):
            found.setdefault(str(int(number)), country.alpha3)
    return found


@cache
def by_name() -> Mapping[str, str]:
    """The alpha-3 codes by name as `plain` has it."""
    found: dict[str, str] = {}
    for country in countries().values():
        for name in (country.name, *filter(None, country.others.split(";"))):
            found.setdefault(plain(name), country.alpha3)
    return found


def plain(text: str) -> str:
    """A name without accents, case, signs and surplus spaces."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in bare.casefold()).split())
