"""What an event dataset must keep across fields and tables: the named checks of the Event Data Package profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from eventpack.finding import Finding
from eventpack.subject import Subject
from eventpack.tables import Table
from eventpack.terms import SUPPORTING_STANCE


def _tables(subject: Subject, **needed: str) -> list[Table] | None:
    """The tables named, when the package follows the profile and at least one of them is to be checked.

    None when one is missing, was not read as a whole, or lacks one of the fields that are named for it, which
    `profile/field` reports.
    """
    if subject.package.descriptor.profile_version is None or subject.unread.intersection(needed):
        return None
    tables = [subject.tables[name] for name in needed if name in subject.tables]
    whole = all(table.columns.keys() >= set(needed[table.name].split()) for table in tables)
    wanted = whole and len(tables) == len(needed) and any(table in subject.checked_tables for table in tables)
    return tables if wanted else None


def check_realis(subject: Subject) -> Iterator[Finding]:
    """An event's realis rests on an accepted claim of the stance it needs; a denied event on no accepted `asserts`."""
    if (tables := _tables(subject, events="event_id realis", claims="event_id stance status")) is None:
        return
    events, claims = tables
    stances: defaultdict[str, set[str]] = defaultdict(set)
    for event_id, stance, status in claims.rows(["event_id", "stance", "status"]):
        if status == "accepted":
            stances[event_id].add(stance)
    for row, (event_id, realis) in enumerate(events.rows(["event_id", "realis"])):
        needed = SUPPORTING_STANCE.get(realis)
        if needed and needed not in stances[event_id]:
            held = ", ".join(sorted(stances[event_id])) or "none"
            what = f"realis `{realis}` needs an accepted claim with stance `{needed}`; there are: {held}"
            fix = "correct the realis, or add or correct the claim"
            yield Finding("event/realis-stance", events.where(row, "realis"), what, realis, fix=fix)
        if realis == "denied" and "asserts" in stances[event_id]:
            what = "realis `denied`, but an accepted claim asserts it"
            yield Finding("event/realis-stance", events.where(row, "realis"), what, realis)


def check_said_dates(subject: Subject) -> Iterator[Finding]:
    """Nothing is said after the source that reports it was published."""
    claim_fields, source_fields = "source_id said_earliest said_latest", "source_id published_latest"
    if (tables := _tables(subject, claims=claim_fields, sources=source_fields)) is None:
        return
    claims, sources = tables
    published = dict(zip(sources.column("source_id"), sources.column("published_latest"), strict=True))
    for row, (source_id, *said) in enumerate(claims.rows(["source_id", "said_earliest", "said_latest"])):
        limit = published.get(source_id, "")
        for name, day in zip(("said_earliest", "said_latest"), said, strict=True):
            if day and limit and day > limit:
                what = f"said on {day}, but {source_id} was published by {limit}"
                yield Finding("event/said-after-published", claims.where(row, name), what, day)
                break


def check_after_published(subject: Subject) -> Iterator[Finding]:
    """No total is as of a day after its source was published, and what happened was reported when it had begun."""
    claim_fields = "event_id source_id stance status as_of"
    event_fields, source_fields = "event_id realis date_earliest date_latest", "source_id published_latest"
    if (tables := _tables(subject, claims=claim_fields, events=event_fields, sources=source_fields)) is None:
        return
    claims, events, sources = tables
    published = dict(zip(sources.column("source_id"), sources.column("published_latest"), strict=True))
    limits: defaultdict[str, list[str]] = defaultdict(list)
    for row, (event_id, source_id, stance, status, as_of) in enumerate(claims.rows(claim_fields.split())):
        limit = published.get(source_id, "")
        if stance == "asserts" and status == "accepted":
            limits[event_id].append(limit)
        if as_of and limit and as_of > limit:
            what = f"a total as of {as_of}, but {source_id} was published by {limit}"
            yield Finding("event/after-published", claims.where(row, "as_of"), what, as_of)
    for row, (event_id, realis, begun, last) in enumerate(events.rows(event_fields.split())):
        limit = max(limits[event_id], default="") if all(limits[event_id]) else ""
        disordered = last and begun > last  # which a rule reports
        if realis in ("occurred", "ongoing") and limit and begun > limit and not disordered:
            what = f"began on {begun} or later, but the last source that asserts it was published by {limit}"
            fix = "correct the date, or code it as planned or predicted"
            yield Finding("event/after-published", events.where(row, "date_earliest"), what, begun, fix=fix)


def check_stated_days(subject: Subject) -> Iterator[Finding]:
    """A date that is stated is one day: both bounds are equal."""
    for name, basis, first, last in (
        ("events", "date_basis", "date_earliest", "date_latest"),
        ("claims", "said_basis", "said_earliest", "said_latest"),
    ):
        for table in _tables(subject, **{name: f"{basis} {first} {last}"}) or ():
            for row, (how, start, end) in enumerate(table.rows([basis, first, last])):
                if how == "stated" and start and end and start != end:
                    what = f"`{basis}` is stated, but the bounds {start} and {end} differ"
                    fix = "code `bounded`, or give the one day that the source states"
                    yield Finding("event/stated-day", table.where(row, basis), what, how, fix=fix)


def check_measures(subject: Subject) -> Iterator[Finding]:
    """A measure comes with a number: at least one of low, best and high."""
    for table in _tables(subject, claims="measure low best high") or ():
        for row, (measure, *bounds) in enumerate(table.rows(["measure", "low", "best", "high"])):
            if measure and not any(bounds):
                what = f"measure `{measure}` without a number"
                fix = "give low, best or high as the wording rule says, or remove the measure"
                yield Finding("event/measure", table.where(row, "measure"), what, measure, fix=fix)


def check_places(subject: Subject) -> Iterator[Finding]:
    """A place lies in its parent's country, and a country is not a point."""
    for table in _tables(subject, places="place_id kind country parent_id radius_km") or ():
        country = dict(zip(table.column("place_id"), table.column("country"), strict=True))
        for row, (kind, own, parent, radius) in enumerate(table.rows(["kind", "country", "parent_id", "radius_km"])):
            above = country.get(parent, "")
            if own and above and own != above:
                what = f"the place is in {own}, its parent {parent} in {above}"
                yield Finding("event/parent-country", table.where(row, "country"), what, own)
            if kind == "country" and radius and not radius.strip("0."):
                what = "a country with radius 0 is false precision"
                fix = "give the radius that covers the country, or leave it empty"
                yield Finding("event/country-radius", table.where(row, "radius_km"), what, radius, fix=fix)


def check_withdrawn_ids(subject: Subject) -> Iterator[Finding]:
    """An id that was withdrawn, merged or split stands in `redirects` only, and is never used again."""
    for redirects in _tables(subject, redirects="old_id table") or ():
        rows_of = {name: _rows_by_id(subject, name) for name in dict.fromkeys(redirects.column("table"))}
        for row, (old, name) in enumerate(redirects.rows(["old_id", "table"])):
            if old in rows_of[name]:
                where = subject.tables[name].where(rows_of[name][old], subject.package.schemas[name].primary_key[0])
                why = f"it was withdrawn at {redirects.where(row, 'old_id')}"
                yield Finding("event/withdrawn-id", where, f"{old} was withdrawn and must not be used", old, why=why)


def _rows_by_id(subject: Subject, name: str) -> dict[str, int]:
    """The row of each id of a table; none when there is no such table or it has no id of one field."""
    key = subject.package.schemas[name].primary_key if name in subject.tables else []
    if len(key) != 1:
        return {}
    return {text: row for row, text in enumerate(subject.tables[name].column(key[0])) if text}
