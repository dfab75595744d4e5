"""A comparison as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from eventpack.csvtext import csv_bytes
from eventpack.finding import visible
from eventpack.interchange.deaths import Count
from eventpack.interchange.incident import Incident, Names
from eventpack.interchange.matching import Comparison, Pair
from eventpack.interchange.scheme import reasons

Paint = Callable[[str, str], str]
FIELDS = ("dates", "place", "deaths", "actors")
CSV_HEADER = (
    "outcome", "ours", "theirs", "closeness", "km", *FIELDS,
    *(f"{side}_{name}" for side in ("ours", "theirs") for name in ("dates", "place", "deaths", "actors")), "why",
)  # fmt: skip


def to_text(found: Comparison, limit: int | None, paint: Paint) -> str:
    """For people: counts, then differences in full, and one line for everything else; at most `limit` of each kind."""
    window = found.window
    compared, file = len(found.pairs) + len(found.apart), visible(found.file)
    lines = [
        f"ours: {found.dataset} {found.version}, {compared} of {compared + len(found.left)} events compared",
        f"theirs: {file} ({found.scheme.name}), {found.beside} of {found.rows} rows among our days and countries",
        f"window: {window.days} days, {window.km:g} km, {'types that fit' if window.types else 'all types'}",
        "",
        f"agree        {len(found.agreements):>6}",
        f"differ       {len(found.differences):>6}",
        f"ours only    {len(found.apart):>6}",
        f"theirs only  {len(found.rest):>6}",
        f"not compared {len(found.left):>6}",
    ]
    lines += [f"    {count:>6}  {reason}: {reasons()[reason]}" for reason, count in sorted(found.reasons.items())]
    lines += _some("differ", [line for pair in found.differences for line in [_difference(pair, paint)]], limit, paint)
    lines += _some("agree", [_agreement(pair) for pair in found.agreements], limit, paint)
    lines += _some("ours only", [_line(event) for event in found.apart], limit, paint)
    lines += _some("theirs only", [_line(event) for event in found.rest[:limit]], limit, paint, len(found.rest))
    return "\n".join(lines)


def _some(title: str, texts: Sequence[str], limit: int | None, paint: Paint, count: int = 0) -> Iterator[str]:
    """The first of some lines under a title; `count` is how many there are, when not all are given."""
    if not texts:
        return
    yield from ("", paint(title, "bold"))
    yield from texts[:limit]
    if limit is not None and (count or len(texts)) > limit:
        yield f"  … and {(count or len(texts)) - limit} more (--limit 0 shows all)"


def _difference(pair: Pair, paint: Paint) -> str:
    lines = [f"  {_named(pair.ours)} | {visible(pair.theirs.id)}{' (named by ours)' if pair.known else ''}"]
    for field, ours, theirs in _sides(pair):
        word: str = getattr(pair.accord, field)
        mark = paint(word, "red") if word == "different" else word
        lines.append(f"    {field:<7} {visible(ours) or '-'} | {visible(theirs) or '-'}  {mark}")
    return "\n".join(lines)


def _agreement(pair: Pair) -> str:
    words = ", ".join(f"{field} {getattr(pair.accord, field)}" for field in FIELDS)
    return f"  {_named(pair.ours)} | {visible(pair.theirs.id)}{' (named by ours)' if pair.known else ''}: {words}"


def _named(event: Incident) -> str:
    return visible(f"{event.id} “{event.title}”" if event.title else event.id)


def _line(event: Incident) -> str:
    parts = (days_text(event), place_text(event), " or ".join(sorted(event.kinds)), deaths_text(event.deaths))
    return f"  {_named(event)}: {visible('; '.join(part for part in parts if part))}"


def _sides(pair: Pair) -> Iterator[tuple[str, str, str]]:
    """Per field what ours and theirs says."""
    yield "dates", days_text(pair.ours), days_text(pair.theirs)
    far = "" if pair.accord.km is None else f" ({pair.accord.km:.1f} km apart)"
    yield "place", place_text(pair.ours), place_text(pair.theirs) + far
    yield "deaths", deaths_text(pair.ours.deaths), deaths_text(pair.theirs.deaths)
    yield "actors", actors_text(pair.ours), actors_text(pair.theirs)


def days_text(event: Incident) -> str:
    """The days as one day or both bounds, an open one empty."""
    return str(event.first) if event.first == event.last else f"{event.first or ''}/{event.last or ''}"


def place_text(event: Incident) -> str:
    """The place with its country."""
    return f"{event.place} ({event.country})" if event.place and event.country else event.place or event.country


def deaths_text(count: Count) -> str:
    """Deaths as best with its bounds; empty when nothing is said."""
    if not count.known:
        return ""
    low, best, high = ("?" if value is None else str(value) for value in count)
    return best if low in (best, "?") and high in (best, "?") and best != "?" else f"{best} ({low} to {high})"


def actors_text(event: Incident) -> str:
    """Both sides by the first name of each actor."""
    return " – ".join(text for side in event.actors if (text := ", ".join(names[0] for names in side)))


def to_json(found: Comparison) -> dict[str, Any]:
    """For machines: everything."""
    return {
        "dataset": found.dataset, "version": found.version, "file": found.file, "as": found.scheme.name,
        "window": {"days": found.window.days, "km": found.window.km, "types": found.window.types},
        "rows": found.rows, "beside": found.beside, "notes": list(found.notes),
        "counts": {
            "agree": len(found.agreements), "differ": len(found.differences), "ours_only": len(found.apart),
            "theirs_only": len(found.rest), "not_compared": len(found.left),
        },
        "agree": [_pair(pair) for pair in found.agreements],
        "differ": [_pair(pair) for pair in found.differences],
        "ours_only": [_incident(event) for event in found.apart],
        "theirs_only": [_incident(event) for event in found.theirs_only],
        "not_compared": [{**_incident(event), "reason": reason} for event, reason in found.left],
    }  # fmt: skip


def _pair(pair: Pair) -> dict[str, Any]:
    accord = {field: getattr(pair.accord, field) for field in FIELDS}
    km = None if pair.accord.km is None else round(pair.accord.km, 3)
    return {
        "ours": _incident(pair.ours), "theirs": _incident(pair.theirs), "accord": accord, "km": km,
        "closeness": round(pair.closeness, 6), "known": pair.known,
    }  # fmt: skip


def _incident(event: Incident) -> dict[str, Any]:
    def names(side: tuple[Names, ...]) -> list[str]:
        return [each[0] for each in side]

    return {
        "id": event.id, "title": event.title or None, "first": str(event.first) if event.first else None,
        "last": str(event.last) if event.last else None, "place": event.place or None,
        "country": event.country or None, "latitude": event.latitude, "longitude": event.longitude,
        "radius_km": event.radius, "types": sorted(event.kinds), "deaths": event.deaths._asdict(),
        "actors": [names(side) for side in event.actors],
    }  # fmt: skip


def to_csv(found: Comparison) -> bytes:
    """For tables: one row per pair and per event that has none."""
    rows: list[Sequence[str]] = []
    for pair in found.pairs:
        accord, sides = pair.accord, list(_sides(pair))
        km = "" if accord.km is None else f"{accord.km:.3f}"
        ours, theirs = [ours for _, ours, _ in sides], [theirs for _, _, theirs in sides]
        theirs[1] = place_text(pair.theirs)
        rows.append((
            "agree" if accord.agrees else "differ", pair.ours.id, pair.theirs.id, f"{pair.closeness:.4f}", km,
            *accord[:4], *ours, *theirs, "",
        ))  # fmt: skip
    rows += (("ours-only", event.id, "", *[""] * 6, *_cells(event), *[""] * 5) for event in found.apart)
    rows += (("theirs-only", "", event.id, *[""] * 6, *[""] * 4, *_cells(event), "") for event in found.theirs_only)
    rows += (
        ("not-compared", event.id, "", *[""] * 6, *_cells(event), *[""] * 4, reason) for event, reason in found.left
    )
    return csv_bytes(CSV_HEADER, rows)


def _cells(event: Incident) -> list[str]:
    return [days_text(event), place_text(event), deaths_text(event.deaths), actors_text(event)]
