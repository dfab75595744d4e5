"""When: the days that an event may have taken, and what formats make of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from eventpack.derive.precision import acled_time, ged_date
from eventpack.interchange.case import Case


def begin_of(case: Case) -> tuple[date | None, date | None]:
    """The bounds of the event, or of the onset of what lasts."""
    return case.event.get("date_earliest"), case.event.get("date_latest")


def span_of(case: Case) -> tuple[date | None, date | None]:
    """The first and the last day that the event may have taken; None where that is open.

    The last day is the last possible end of what has ended, no day for what goes on or has only a first possible end,
    and the last possible day of everything else.
    """
    event = case.event
    lasting = event.get("end_earliest") is not None or event.get("realis") == "ongoing"
    return event.get("date_earliest"), event.get("end_latest") or (None if lasting else event.get("date_latest"))


def width(first: date | None, last: date | None) -> int:
    """The number of days between two bounds, both included; 0 when one is missing or they are reversed."""
    return 0 if first is None or last is None else max(0, (last - first).days + 1)


def _span_text(which: int) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        span = span_of(case)
        if which and case.event.get("end_latest") and case.event.get("date_latest") != case.event["date_earliest"]:
            case.lose("one-interval", "events.date_latest", case.event.get("date_latest"))
        return str(span[which] or "")

    return value


def _year(case: Case) -> str:
    first = span_of(case)[0] or begin_of(case)[0]
    return str(first.year) if first else ""


def _ged_when(case: Case) -> str:
    first, last = span_of(case)
    return ged_date(width(first, last), str(first), str(last))


def _acled_day(case: Case) -> str:
    first, last = begin_of(case)
    if first is None or last is None:
        return ""
    if first != last:
        case.lose("middle-day", "events.date_earliest", f"{first}/{last}")
    if end := case.event.get("end_latest") or case.event.get("end_earliest"):
        case.lose("one-day", "events.end_latest", end)
    return str(first + timedelta(days=(last - first).days // 2))


def _acled_year(case: Case) -> str:
    return _acled_quiet(case)[:4]


def _acled_quiet(case: Case) -> str:
    first, last = begin_of(case)
    return "" if first is None or last is None else str(first + timedelta(days=(last - first).days // 2))


def _acled_when(case: Case) -> str:
    first, last = begin_of(case)
    if (days := width(first, last)) > 1:
        case.lose("precision", "events.date_latest", f"{days} days")
    return acled_time(days)


def _only_day(case: Case) -> str:
    """One day for formats without precision: the first possible one, or the last when the first bound is open."""
    first, last = begin_of(case)
    if first is None:
        case.lose("last-day-only", "events.date_latest", last)
    elif first != last:
        case.lose("one-day", "events.date_latest", f"{first}/{last or ''}")
    if end := case.event.get("end_latest") or case.event.get("end_earliest"):
        case.lose("one-day", "events.end_latest", end)
    return str(first or last or "")


def _begin_day(case: Case) -> str:
    first, last = begin_of(case)
    if first is None and last is not None:
        case.lose("last-day-only", "events.date_latest", last)
    return str(first or last or "")


def _end_day(case: Case) -> str:
    """The last possible day; none when it is the day on which the event begins."""
    first, last = begin_of(case)
    end = case.event.get("end_latest") or (last if first is not None else None)
    if first is not None and last is not None and first != last:
        case.lose("one-interval", "events.date_latest", last)
    return str(end) if end is not None and end != (first or last) else ""


VALUES: Mapping[str, Callable[[Case], str]] = {
    "year": _year,
    "first-day": _span_text(0),
    "last-day": _span_text(1),
    "ged-when": _ged_when,
    "acled-day": _acled_day,
    "acled-year": _acled_year,
    "acled-when": _acled_when,
    "only-day": _only_day,
    "begin-day": _begin_day,
    "end-day": _end_day,
}
