"""On whose word: the sources and speakers of an event, as formats list them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eventpack.interchange.case import Case
from eventpack.interchange.lookup import Row

# GED's own sign for a source without a known day.
_NO_DAY = "1753-01-01"


def _count(case: Case) -> str:
    return str(len(case.sources)) if case.sources else "-1"


def _listed(field: str, separator: str = ";") -> Callable[[Case], str]:
    def value(case: Case) -> str:
        return separator.join(_part(case, row, field, separator) for row in case.sources)

    return value


def _part(case: Case, source: Row, field: str, separator: str = ";") -> str:
    """One field of a source, without the sign that separates sources there."""
    text = source.get(field) or ""
    if not text:
        case.lose("unpublished", f"sources.{field}", source["source_id"])
    if separator.strip() and separator.strip() in text:
        case.lose("separator", f"sources.{field}", text)
        text = text.replace(separator.strip(), ",")
    return text


def _day(case: Case, source: Row, missing: str) -> str:
    first, last = source.get("published_earliest"), source.get("published_latest")
    if first is None or first != last:
        case.lose("unpublished", "sources.published_earliest", f"{source['source_id']}: {first or ''}/{last or ''}")
        return missing
    return str(first)


def _days(case: Case) -> str:
    return ";".join(_day(case, row, _NO_DAY) for row in case.sources)


def _articles(case: Case) -> str:
    """Every source as GED writes it: publisher, day and headline in quotes."""
    quiet = Case(case.event, case.lookup)  # the same is lost in the columns that hold one of the three
    rows = (
        (_part(quiet, row, "publisher"), _day(quiet, row, _NO_DAY), _part(quiet, row, "title")) for row in case.sources
    )
    return ";".join('"' + ",".join(part.replace('"', "'") for part in parts) + '"' for parts in rows)


def _speakers(case: Case) -> str:
    names = {
        case.lookup.actors.get(row.get("said_by") or "", {}).get("name") or row.get("attribution") or ""
        for row in case.accepted
    }
    return "; ".join(sorted(names - {""}))


def _publishers(case: Case) -> str:
    """Each publisher once."""
    names = dict.fromkeys(_part(case, row, "publisher", "; ") for row in case.sources)
    return "; ".join(name for name in names if name)


def _published(case: Case) -> str:
    """The day of the first source that has one."""
    quiet = Case(case.event, case.lookup)
    days = sorted(day for row in case.sources if (day := _day(quiet, row, "")))
    if not days and case.sources:
        case.lose("unpublished", "sources.published_earliest", case.sources[0]["source_id"])
    return days[0] if days else ""


def _languages(case: Case) -> str:
    return "; ".join(dict.fromkeys(row["language"] for row in case.sources if row.get("language")))


VALUES: Mapping[str, Callable[[Case], str]] = {
    "source-count": _count,
    "articles": _articles,
    "publishers": _listed("publisher"),
    "source-days": _days,
    "headlines": _listed("title"),
    "speakers": _speakers,
    "publisher-names": _publishers,
    "published": _published,
    "languages": _languages,
}
