"""The coverage of a dataset as Markdown, for its codebook and the README of its package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from eventpack.cells import cells_of
from eventpack.derive.basis import Basis
from eventpack.derive.coverage import Share, coverage_of
from eventpack.derive.markdown import code, plain, table
from eventpack.subject import Subject

COVERAGE = "coverage"
_SHOWN = 20  # sources, publishers and the like, those with most claims first
_CLASSES = (
    ("date", "Dated to", {"day": "the day", "range": "a range of days", "open": "one bound only", "none": "nothing"}),
    ("place", "Placed by", {"coordinates": "coordinates", "name": "a name only", "none": "nothing"}),
    ("support", "Support", {"single-source": "single-source", "corroborated": "corroborated", "contested": "contested",
                            "none": "none"}),
)  # fmt: skip
_GIVERS = (("source", "Source"), ("publisher", "Publisher"), ("language", "Language"), ("relay", "Relayed by"))
# Per topic whose items are ids: the table that they lead to, its key and what it calls them.
_NAMES = {"source": ("sources", "source_id", "title"), "relay": ("actors", "actor_id", "name")}

Topics = Mapping[str, Sequence[Share]]


def has_coverage(subject: Subject) -> bool:
    """Whether the package has the table that the statement sums up."""
    return any(resource.derivation == COVERAGE for resource in subject.package.tables)


def statement_lines(basis: Basis) -> Iterator[str]:
    """The whole statement, without a heading."""
    topics = _topics(basis)
    yield from _summary(topics)
    yield from _givers(basis.subject, topics)
    yield from ("", "How far the fields of each table are filled:", "")
    rows = (_fields_row(name, shares) for name, shares in _by_table(topics["filled"]).items())
    yield from table(("Table", "Rows", "In every row", "In some (share of rows)", "In none"), rows)


def summary_lines(basis: Basis) -> Iterator[str]:
    """What the statement says in a few points."""
    yield from _summary(_topics(basis))


def _topics(basis: Basis) -> Topics:
    topics: dict[str, list[Share]] = defaultdict(list)
    for share in basis.once(coverage_of):
        topics[share.topic].append(share)
    return topics


def _by_table(shares: Sequence[Share]) -> dict[str, list[Share]]:
    tables: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        tables[share.table].append(share)
    return tables


def _summary(topics: Topics) -> Iterator[str]:
    for topic, title, words in _CLASSES:
        parts = [f"{words[one.item]} {_part(one)}" for one in topics[topic] if one.counted or one.item != "none"]
        yield f"- {title}: {', '.join(parts)} of {_events(topics[topic][0].of)}."
    if all(spread := [one.value for one in topics["claims-per-event"]]):
        yield f"- Claims per event: {_spread(spread)}."
    lag = topics["publication-lag"]
    found = f"{_spread([one.value for one in lag])}; " if lag[0].counted else ""
    yield f"- Days from event to publication: {found}known for {lag[0].counted} of {_events(lag[0].of)}."
    for one in topics["passage"]:
        told = "Claims with a passage" if one.item == "given" else f"Passages {plain(one.item)}"
        yield f"- {told}: {_part(one)} of {one.of}."


def _spread(values: Sequence[str]) -> str:
    least, median, most = values
    return f"least {least}, median {median}, most {most}"


def _events(number: int) -> str:
    return f"{number} event" if number == 1 else f"{number} events"


def _part(one: Share) -> str:
    return f"{one.counted}{f' ({_percent(one)})' if one.of else ''}"


def _percent(one: Share) -> str:
    """The share in whole percent; what is neither nothing nor everything is never shown as such."""
    percent = round(100 * one.counted / one.of) if one.of else 0
    if one.counted and not percent:
        return "<1 %"
    return ">99 %" if percent == 100 and one.counted < one.of else f"{percent} %"


def _givers(subject: Subject, topics: Topics) -> Iterator[str]:
    rows = []
    for topic, title in _GIVERS:
        names = _names(subject, topic)
        claims = [one for one in topics[topic] if one.table == "claims" and one.counted]
        events = {one.item: one for one in topics[topic] if one.table == "events"}
        claims.sort(key=lambda one: -one.counted)
        for one in claims[:_SHOWN]:
            item = f"{code(one.item)} {plain(names.get(one.item, ''))}".strip() if names else plain(one.item)
            rows.append((title, item, _part(one), _part(events[one.item])))
        if more := claims[_SHOWN:]:
            rows.append((title, f"{len(more)} more, in the table {code(COVERAGE)}", "", ""))
    if rows:
        yield from ("", "Accepted claims, and events that have one, by where they come from:", "")
        yield from table(("", "", "Claims", "Events"), rows)


def _names(subject: Subject, topic: str) -> dict[str, str]:
    if topic not in _NAMES:
        return {}
    name, key, title = _NAMES[topic]
    return {row.get(key, ""): row.get(title, "") for row in cells_of(subject, name)}


def _fields_row(name: str, shares: Sequence[Share]) -> tuple[str, ...]:
    always = [code(one.item) for one in shares if one.of and one.counted == one.of]
    some = [f"{code(one.item)} {_percent(one)}" for one in shares if 0 < one.counted < one.of]
    never = [code(one.item) for one in shares if one.of and not one.counted]
    return code(name), str(shares[0].of), ", ".join(always), ", ".join(some), ", ".join(never)
