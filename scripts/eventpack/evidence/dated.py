"""Coded days against the days that passages name, counted from the publication of the source that names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.days import Days, days
from eventpack.evidence.speaking import speaking_events
from eventpack.finding import Finding, Severity, shorten
from eventpack.terms import english

SAID = ("said_earliest", "said_latest", "said_basis")
HAPPENED = ("date_earliest", "date_latest", "date_basis")
_SURE = ("resolved", "stated")


@dataclass(frozen=True, slots=True)
class Named:
    """Days that a passage names, and its claim."""

    cited: Cited
    days: Days


@dataclass(frozen=True, slots=True)
class Coded:
    """The days of an event or of a saying: the record that holds them by `name`, and a claim of it.

    `said` is whether a verb of saying stands by such a day; None when it may or may not.
    """

    cited: Cited
    fields: tuple[str, str, str]
    name: str
    bounds: tuple[date | None, date | None]
    said: bool | None


def check_dated(evidence: Evidence) -> Iterator[Finding]:
    """Days that are stated or resolved are among those that the passages name; bounds do not exclude the only one."""
    events = {row.get("event_id", ""): row for row in cells_of(evidence.subject, "events")}
    by_event: dict[str, list[Cited]] = {}
    for cited in evidence.cited:
        by_event.setdefault(cited.claim.get("event_id", ""), []).append(cited)
        if english(cited.source) and published(cited):
            yield from _said(evidence, cited, events)
    yield from _happened(evidence, by_event, events)


def published(cited: Cited) -> list[date]:
    """The days on which a source may have been published, as far as its bounds tell."""
    ends = (cited.source.get("published_earliest", ""), cited.source.get("published_latest", ""))
    return sorted({day for text in ends if (day := to_date(text))})


def named(cited: Cited) -> list[Named]:
    """The days that the passage of a claim names."""
    merged: dict[tuple[int, int], Days] = {}
    for day in published(cited):
        for one in days(cited.words, day):
            before = merged.get((one.start, one.end))
            merged[one.start, one.end] = replace(one, readings=before.readings + one.readings) if before else one
    return [Named(cited, one) for one in merged.values()]


def agrees(coded: tuple[date | None, date | None], pool: Sequence[Days]) -> bool:
    """Whether coded bounds are the days, or the stretch of days, that some expressions name."""
    first, last = coded
    readings = [pair for one in pool if not one.loose for pair in one.readings]
    if any((first is None or first == a) and (last is None or last == b) for a, b in readings):
        return True
    single = {a for a, b in readings if a == b}
    if first and last and first < last:  # from one day to another; or in recent days
        return {first, last} <= single or _within(first, last, [one for one in pool if one.loose])
    day = first or last
    return not single and day is not None and _within(day, day, pool)  # some day of last week


def _within(first: date, last: date, pool: Iterable[Days]) -> bool:
    return any(a <= first and last <= b for one in pool for a, b in one.readings)


def _said(evidence: Evidence, cited: Cited, events: Mapping[str, Cells]) -> Iterator[Finding]:
    claim = cited.claim
    coded = Coded(cited, SAID, claim["claim_id"], bounds(claim, SAID), True)
    basis = claim.get("said_basis", "")
    if coded.bounds == (None, None) or basis not in (*_SURE, "bounded"):
        return
    own = named(cited)
    spoken = [one for one in own if one.days.said and one.days.exact]
    if basis == "bounded":
        yield from _bounded(evidence, spoken, coded, events)
    else:
        yield from _sure(evidence, (spoken and own) or [*own, *_elsewhere(evidence, cited)], coded, events)


def _elsewhere(evidence: Evidence, cited: Cited) -> Iterator[Named]:
    """What other passages name in which the same speaker is heard, or which tell of the same event."""
    claim = cited.claim
    for other in evidence.cited:
        if other is cited or other.claim["source_id"] != claim["source_id"] or not published(other):
            continue
        same_event = other.claim.get("event_id") == claim.get("event_id")
        speaker = claim.get("said_by", "")
        if same_event or (speaker and other.claim.get("said_by") == speaker):
            yield from named(other)


def _happened(
    evidence: Evidence, by_event: Mapping[str, Sequence[Cited]], events: Mapping[str, Cells]
) -> Iterator[Finding]:
    claims: dict[str, int] = {}
    for row in cells_of(evidence.subject, "claims"):
        claims[row.get("event_id", "")] = claims.get(row.get("event_id", ""), 0) + 1
    spoken = speaking_events(evidence.subject)
    for event_id, all_cited in by_event.items():
        event = events.get(event_id, {})
        speaks = event_id in spoken
        coded = Coded(all_cited[0], HAPPENED, event_id, bounds(event, HAPPENED), None if speaks else False)
        readable = all(english(cited.source) and published(cited) for cited in all_cited)
        if coded.bounds == (None, None) or len(all_cited) < claims[event_id] or not readable:
            continue
        pool = [one for cited in all_cited for one in named(cited)]
        if event.get("date_basis") in _SURE:
            yield from _sure(evidence, pool, coded, events)
        elif event.get("date_basis") == "bounded":
            told = [one for one in pool if speaks or not one.days.said]
            told = [one for one in told if one.cited.claim.get("stance") == "asserts"]
            yield from _bounded(evidence, told, coded, events)


def _sure(evidence: Evidence, pool: Sequence[Named], coded: Coded, events: Mapping[str, Cells]) -> Iterator[Finding]:
    """A day that is stated or resolved must be named."""
    found = [one.days for one in pool if one.days.readings]
    if agrees(coded.bounds, found):
        yield from _of_another(evidence, pool, coded, events)
    elif found:
        what = f"coded is {_as_range(coded.bounds)}, but the passage says {_as_words(pool)}"
        fix = "code the day that the passage names, or its basis"
        yield _finding(evidence, coded, what, "error", fix)
    elif not pool:  # "two days later" cannot be told from the passage alone
        what = f"no passage names the day {_as_range(coded.bounds)}"
        yield _finding(evidence, coded, what, "warning", "take the passage that names it, or another basis")


def _of_another(
    evidence: Evidence, pool: Sequence[Named], coded: Coded, events: Mapping[str, Cells]
) -> Iterator[Finding]:
    """Of two days in a passage, the one that is coded for something else, while nobody codes the other."""
    exact = [one for one in pool if one.days.exact]
    if len({one.days.readings for one in exact}) < 2:
        return
    own = [one for one in exact if agrees(coded.bounds, [one.days])]
    rest = [one for one in exact if one not in own and coded.said in (None, one.days.said)]
    mine = [one for one in own if coded.said in (None, one.days.said)]
    if not own or any(not _accounted(evidence, one, events, coded, precisely=True) for one in mine):
        return
    for one in rest:
        if not _accounted(evidence, one, events, coded):
            what = f"{_as_range(coded.bounds)} is another day of the passage; nobody codes {_as_words([one])}"
            yield _finding(evidence, coded, what, "warning", "see which day belongs to what")
            return


def _bounded(evidence: Evidence, pool: Sequence[Named], coded: Coded, events: Mapping[str, Cells]) -> Iterator[Finding]:
    """Bounds that exclude the only day named, when no other claim on the passage accounts for it."""
    sure = {one.days.readings: one for one in pool if one.days.readings and not one.days.loose}
    if len(sure) != 1:
        return
    one = next(iter(sure.values()))
    event = one.cited.event
    first, last = coded.bounds
    if coded.fields == HAPPENED:  # what lasts may be told of any day of it
        last = to_date(event.get("end_latest", "")) or (None if event.get("realis") == "ongoing" else last)
    if any(_bound(first, last, a, b) for a, b in one.days.readings) or _accounted(evidence, one, events, coded):
        return
    what = f"the bounds {_as_range(coded.bounds)} leave out the day that the passage names: {_as_words([one])}"
    yield _finding(
        evidence, replace(coded, cited=one.cited), what, "warning", "code the day, or bounds that include it"
    )


def _bound(first: date | None, last: date | None, a: date, b: date) -> bool:
    """Whether bounds hold a day or a stretch of days, or lie within the stretch."""
    around = (first is None or first <= a) and (last is None or b <= last)
    within = first is not None and last is not None and a <= first and last <= b
    open_end = a < b and (first is None or last is None) and (first or date.min) <= b and a <= (last or date.max)
    return around or within or open_end


def _accounted(
    evidence: Evidence, one: Named, events: Mapping[str, Cells], coded: Coded, precisely: bool = False
) -> bool:
    """Whether the day is that of something else that a claim on the passage tells; with `precisely`, to the day."""
    for claim in evidence.beside(one.cited):
        event_id = claim.get("event_id", "")
        for cells, fields, name in ((claim, SAID, claim["claim_id"]), (events.get(event_id, {}), HAPPENED, event_id)):
            first, last = bounds(cells, fields)
            if (fields, name) == (coded.fields, coded.name) or not first or not last:
                continue
            if precisely and first != last:
                continue
            if any(first <= b and a <= last for a, b in one.days.readings):
                return True
    return False


def _finding(evidence: Evidence, coded: Coded, what: str, severity: Severity, fix: str) -> Finding:
    cells = coded.cited.claim if coded.fields == SAID else coded.cited.event
    field = next(name for name in coded.fields if cells.get(name))
    if coded.fields == SAID:
        finding = evidence.finding("evidence/date", coded.cited, field, what, cells[field], fix)
        return replace(finding, severity=severity)
    table = evidence.subject.own["events"]
    row = list(table.column("event_id")).index(coded.name)
    return Finding("evidence/date", table.where(row, field), what, cells[field], fix=fix, severity=severity)


def bounds(cells: Cells, fields: Iterable[str]) -> tuple[date | None, date | None]:
    """The pair of dates of an event or of a saying."""
    first, last, _ = (cells.get(name, "") for name in fields)
    return to_date(first), to_date(last)


def to_date(text: str) -> date | None:
    """A date, or none where there is none that can be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _as_range(coded: tuple[date | None, date | None]) -> str:
    first, last = (day.isoformat() if day else "…" for day in coded)
    return first if first == last else f"{first} to {last}"


def _as_words(pool: Sequence[Named], most: int = 3) -> str:
    shown = []
    telling = [one for one in pool if one.days.readings]
    for one in telling[:most]:
        first, last = one.days.readings[0]
        words = shorten(" ".join(one.cited.words[one.days.start : one.days.end].split()), 30)
        shown.append(f"`{words}`, {_as_range((first, last))} (published {max(published(one.cited))})")
    return "; ".join(shown) + (" …" if len(telling) > most else "")
