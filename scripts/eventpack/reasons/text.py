"""The reasons of an event for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from eventpack.finding import visible
from eventpack.reasons.claims import ClaimTold, OriginTold, SourceTold
from eventpack.reasons.event import EventReasons
from eventpack.reasons.measure import MeasureReasons, NumberTold, RuleReasons

Style = Callable[[str, str], str]
_COLOURS = {"corroborated": "green", "single-source": "yellow", "contested": "red"}


def plain(text: str, colour: str) -> str:
    """Text without colour."""
    return text


def as_text(reasons: EventReasons, style: Style = plain) -> str:
    """The reasons; `style(text, colour)` colours a part, for terminals."""
    lines = [f"{style(visible(reasons.event_id), 'bold')} {visible(reasons.title)}", *_support(reasons, style)]
    for measure in reasons.measures:
        lines += ["", *_measure(measure, style)]
    lines += ["", style("Sources", "bold"), *(f"  {line}" for source in reasons.sources for line in _source(source))]
    return "\n".join(lines)


def _support(reasons: EventReasons, style: Style) -> Iterator[str]:
    word = style(reasons.support, _COLOURS[reasons.support]) if reasons.support else "nothing supports it"
    origins = f"{_count(reasons.independent_count, 'independent origin')} in {_count(len(reasons.supporting), 'claim')}"
    against = f", {_count(len(reasons.contesting), 'claim')} against it" if reasons.contesting else ""
    yield f"support: {word} ({origins}{against})"
    yield ""
    yield style(f"Supporting: what {reasons.fits or 'supports'} it, since its realis is {reasons.realis}", "bold")
    yield from _indented(_origins(reasons.supporting))
    yield style(f"Contesting: what {reasons.against} it{'' if reasons.contesting else ': nothing'}", "bold")
    yield from _indented(map(_claim, reasons.contesting))
    if reasons.beside:
        yield style("Neither: accepted, but of another stance", "bold")
        yield from _indented(_claim(claim, claim.stance) for claim in reasons.beside)
    if reasons.unaccepted:
        yield style("Not accepted", "bold")
        yield from _indented(_claim(claim, f"{claim.status}, {claim.stance}") for claim in reasons.unaccepted)


def _measure(measure: MeasureReasons, style: Style) -> Iterator[str]:
    name = f"{measure.label} ({measure.measure}), in {measure.unit}" if measure.label else measure.measure
    yield style(visible(f"Measure: {name}"), "bold")
    origins = _count(measure.independent_count, "independent origin")
    yield f"  {_count(len(measure.counted), 'counted claim')}, {origins}"
    numbers = {number.claim_id: number for number in measure.numbers}
    for origin in measure.counted:
        lines = _origins([origin])
        yield from _indented([next(lines), f"    {_number(numbers[origin.claim.claim_id])}", *lines])
    if measure.left_out:
        yield "  left out:"
        yield from _indented(f"  {visible(one.claim.claim_id)}: {visible(one.because)}" for one in measure.left_out)
    yield from _indented(_rule(rule, measure.default_rule, style) for rule in measure.rules)
    if not any(rule.chosen for rule in measure.rules) and measure.rules:
        yield "  none is chosen: the measure has no default_rule"


def _origins(origins: Iterable[OriginTold]) -> Iterator[str]:
    for origin in origins:
        yield _claim(origin.claim, "counts" if origin.counts else "does not count")
        if not origin.counts:
            yield visible(f"    same origin as {origin.leans_on}: {'; '.join(origin.because)}")


def _claim(claim: ClaimTold, word: str = "") -> str:
    by = f", said by {claim.said_by}" if claim.said_by else ", in its own voice"
    via = f", by way of {claim.relayed_by}" if claim.relayed_by else ""
    hedge = "" if claim.hedge in ("", "none") else f", {claim.hedge}"
    where = f" [{claim.passage}]" if claim.passage else ""
    head = f"{claim.claim_id} {f'{word}: ' if word else ''}{claim.source_id}{where}{by}{via}{hedge}"
    return f"{visible(head)}\n    {visible(claim.statement)}"


def _number(number: NumberTold) -> str:
    bounds = ", ".join(
        f"{name} {text}" for name, text in (("low", number.low), ("best", number.best), ("high", number.high)) if text
    )
    words = f' from "{number.wording}"' if number.wording else ""
    rule = f" by the wording rule {number.wording_rule}" if number.wording_rule else ""
    reading = f" ({number.reading})" if number.reading else ""
    day = f", as of {number.as_of}" if number.as_of else ""
    return visible(f"{bounds}{words}{rule}{reading}{day}")


def _rule(rule: RuleReasons, default: str, style: Style) -> str:
    numbers = (("low", rule.low), ("best", rule.best), ("high", rule.high))
    bounds = ", ".join(f"{name} {text}" for name, text in numbers if text)
    compared = ", ".join(f"{claim} {key or 'none'}" for claim, key in rule.compared)
    mark = f" {style('chosen', 'green')}, since the default_rule is {default}" if rule.chosen else ""
    return f"{rule.rule}: {visible(bounds)} of {visible(rule.claim_id)} ({rule.word}: {visible(compared)}){mark}"


def _source(source: SourceTold) -> Iterator[str]:
    about = ", ".join(part for part in (source.kind, source.publisher, source.published) if part)
    yield visible(f"{source.source_id} {source.title} ({about})")
    yield from (f"  {visible(link)}" for link in source.derives_from)


def _indented(texts: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for text in texts for line in text.split("\n"))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
