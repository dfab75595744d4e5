"""Coded days against the days that passages name, counted from the publication of the source that names them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.naming import (
    HAPPENED,
    SAID,
    Heard,
    Named,
    agrees,
    agrees_with,
    as_range,
    as_words,
    bounds,
    distinct,
    published,
    to_date,
)
from eventpack.evidence.speaking import speaking_events
from eventpack.evidence.told import Saying, Told
from eventpack.finding import Finding, Severity
from eventpack.terms import english

_SURE = ("resolved", "stated")


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

    @property
    def saying(self) -> Saying:
        """What tells it from others on the same passage."""
        return self.fields, self.name


def check_dated(evidence: Evidence) -> Iterator[Finding]:
    """Days that are stated or resolved are among those that the passages name; bounds do not exclude the only one."""
    told = Told(evidence)
    readable = [cited for cited in evidence.cited if english(cited.source) and published(cited)]
    heard = Heard(readable)
    for cited in readable:
        yield from _said(told, cited, heard)
    yield from _happened(told, readable, heard)


def _said(told: Told, cited: Cited, heard: Heard) -> Iterator[Finding]:
    claim = cited.claim
    coded = Coded(cited, SAID, claim["claim_id"], bounds(claim, SAID), True)
    basis = claim.get("said_basis", "")
    if coded.bounds == (None, None) or basis not in (*_SURE, "bounded"):
        return
    own = heard.named(cited)
    spoken = [one for one in own if one.days.said and one.days.exact]
    if basis == "bounded":
        yield from _bounded(told, spoken, coded)
    else:
        yield from _sure(told, (spoken and own) or distinct([*own, *heard.beside(cited)]), coded)


def _happened(told: Told, readable: Sequence[Cited], heard: Heard) -> Iterator[Finding]:
    """The days of events; where a claim has no passage that can be read, a contradiction is only a question."""
    telling = Counter(row.get("event_id", "") for row in cells_of(told.evidence.subject, "claims") if _tells(row))
    by_event: defaultdict[str, list[Cited]] = defaultdict(list)
    for cited in readable:
        if _tells(cited.claim):
            by_event[cited.claim.get("event_id", "")].append(cited)
    spoken = speaking_events(told.evidence.subject)
    for event_id, all_cited in by_event.items():
        event, speaks = told.events.get(event_id, {}), event_id in spoken
        coded = Coded(all_cited[0], HAPPENED, event_id, bounds(event, HAPPENED), None if speaks else False)
        if coded.bounds == (None, None):
            continue
        pool = [one for cited in all_cited for one in heard.named(cited)]
        lasting = [one for one in pool if speaks or not one.days.said]
        if event.get("date_basis") in _SURE:
            whole = len(all_cited) >= telling[event_id]
            yield from _sure(told, distinct(pool if whole else lasting), coded, whole)
        elif event.get("date_basis") == "bounded":
            asserted = [one for one in lasting if one.cited.claim.get("stance") == "asserts"]
            yield from _bounded(told, asserted, coded)


def _tells(claim: Cells) -> bool:
    """Whether the passage of a claim could name the day of its event: it has one, and was not rejected."""
    return claim.get("status") != "rejected" and claim.get("no_passage") != "presupposed"


def _sure(told: Told, pool: Sequence[Named], coded: Coded, whole: bool = True) -> Iterator[Finding]:
    """A day that is stated or resolved must be named, as far as the passages are the `whole` of them."""
    found = [one.days for one in pool if one.days.readings]
    if agrees(coded.bounds, found):
        yield from _of_another(told, pool, coded)
    elif found:
        what = f"coded is {as_range(coded.bounds)}, but the passage says {as_words(pool)}"
        fix = "code the day that the passage names, or its basis"
        yield _finding(told, coded, what, "error" if whole else "warning", fix)
    elif not pool and whole:  # "two days later" cannot be told from the passage alone
        what = f"no passage names the day {as_range(coded.bounds)}"
        yield _finding(told, coded, what, "warning", "take the passage that names it, or another basis")


def _of_another(told: Told, pool: Sequence[Named], coded: Coded) -> Iterator[Finding]:
    """Of two days in a passage, the one that is coded for something else, while nobody codes the other."""
    exact = [one for one in pool if one.days.exact]
    telling = [one for one in exact if coded.said in (None, one.days.said)]
    fitting = {readings: agrees_with(coded.bounds, readings) for readings in {one.days.readings for one in exact}}
    if not telling or len(fitting) < 2 or not any(fitting.values()):
        return
    mine = (one for one in telling if fitting[one.days.readings])
    if any(not told.accounts(one, coded.saying, precisely=True) for one in mine):
        return
    rest = (one for one in telling if not fitting[one.days.readings])
    other = next((one for one in rest if not told.accounts(one, coded.saying)), None)
    if other:
        what = f"{as_range(coded.bounds)} is another day of the passage; nobody codes {as_words([other])}"
        yield _finding(told, coded, what, "warning", "see which day belongs to what")


def _bounded(told: Told, pool: Sequence[Named], coded: Coded) -> Iterator[Finding]:
    """Bounds that exclude the only day named, when no other claim on the passage accounts for it."""
    sure = {one.days.readings: one for one in pool if one.days.readings and not one.days.loose}
    if len(sure) != 1:
        return
    one = next(iter(sure.values()))
    event = one.cited.event
    first, last = coded.bounds
    if coded.fields == HAPPENED:  # what lasts may be told of any day of it
        last = to_date(event.get("end_latest", "")) or (None if event.get("realis") == "ongoing" else last)
    if any(_bound(first, last, a, b) for a, b in one.days.readings) or told.accounts(one, coded.saying):
        return
    what = f"the bounds {as_range(coded.bounds)} leave out the day that the passage names: {as_words([one])}"
    yield _finding(told, replace(coded, cited=one.cited), what, "warning", "code the day, or bounds that include it")


def _bound(first: date | None, last: date | None, a: date, b: date) -> bool:
    """Whether bounds hold a day or a stretch of days, or lie within the stretch."""
    around = (first is None or first <= a) and (last is None or b <= last)
    within = first is not None and last is not None and a <= first and last <= b
    open_end = a < b and (first is None or last is None) and (first or date.min) <= b and a <= (last or date.max)
    return around or within or open_end


def _finding(told: Told, coded: Coded, what: str, severity: Severity, fix: str) -> Finding:
    cells = coded.cited.claim if coded.fields == SAID else coded.cited.event
    field = next(name for name in coded.fields if cells.get(name))
    if coded.fields == SAID:
        finding = told.evidence.finding("evidence/date", coded.cited, field, what, cells[field], fix)
        return replace(finding, severity=severity)
    return Finding("evidence/date", told.where(coded.name, field), what, cells[field], fix=fix, severity=severity)
