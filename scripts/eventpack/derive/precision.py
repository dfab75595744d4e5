"""How exact a date or place is, in the codes of UCDP GED and ACLED; all results are text, empty where none fits."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal

from eventpack.values import TYPES


def days_between(earliest: str, latest: str) -> int:
    """The number of days from one date to the other, both included; 0 when one is missing or they are reversed."""
    try:
        first: date = TYPES["date", "default"].parse(earliest)
        last: date = TYPES["date", "default"].parse(latest)
    except ValueError:
        return 0
    return max(0, (last - first).days + 1)


def ged_date(days: int, earliest: str, latest: str) -> str:
    """The precision of a date in GED's codes 1 to 5; `days` is what lies between the two bounds."""
    if not 1 <= days <= 366:
        return ""
    if days <= 7:
        return "1" if days == 1 else "2" if days < 7 else "3"
    return "4" if days <= 30 or _is_month(earliest, latest) else "5"


def _is_month(earliest: str, latest: str) -> bool:
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    return whole and (first.year, first.month) == (last.year, last.month)


def acled_time(days: int) -> str:
    """The precision of a date in ACLED's codes 1 to 3."""
    if not 1 <= days <= 31:
        return ""
    return "1" if days == 1 else "2" if days <= 7 else "3"


def ged_place(kind: str, country: str, radius: str, sense: str) -> str:
    """The precision of a place in GED's codes 1 to 7, by its cells and how the event lies to it; no kind, no place."""
    if kind in ("", "virtual"):
        return ""
    if kind == "water" and not country:
        return "7"
    around = sense == "near" and kind in ("district", "province", "country")
    if sense == "along" or around or kind in ("border", "region", "area", "water"):
        return "5"
    if kind in ("country", "province", "district"):
        return {"country": "6", "province": "4", "district": "3"}[kind]
    if _exceeds(radius, 25):
        return "5"
    return "2" if sense == "near" or (kind == "point" and _exceeds(radius, 1)) else "1"


def _exceeds(radius: str, limit: int) -> bool:
    try:
        value: Decimal = TYPES["number", "default"].parse(radius)
    except ValueError:
        return False
    return value > limit


def acled_place(ged: str) -> str:
    """The precision of a place in ACLED's codes 1 to 3, from that of GED."""
    return {"": "", "1": "1", "2": "2", "3": "2"}.get(ged, "3")
