"""A claim's passage for people: the words that carry coded values coloured, and the values beneath."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from eventpack.finding import visible

if TYPE_CHECKING:
    from eventpack.curate.showing import Shown, Uncovered
    from eventpack.evidence.joints import Span
    from eventpack.formats.text import Style

_COLOURS = {
    "number": "yellow", "date": "cyan", "negation": "red", "modality": "magenta", "condition": "blue",
    "hedge": "bright_magenta", "attribution": "green",
}  # fmt: skip


def shown_lines(shown: Shown, style: Style) -> Iterator[str]:
    """The claim, its passage between the sentences around it, and one line for each coded value."""
    cited = shown.cited
    claim, event, source = cited.claim, cited.event, cited.source
    yield f"{style(claim['claim_id'], 'bold')}: {visible(claim.get('statement', ''))}"
    yield f"event {visible(' '.join((claim.get('event_id', ''), event.get('title', '')))).strip()}"
    day = source.get("published_latest") or source.get("published_earliest") or "undated"
    copy = " of another copy" if cited.copy else ""
    named = visible(f"{claim['source_id']} {source.get('title', '')}".strip())
    yield f"source {named}, {day}, {cited.start}–{cited.end}{copy}"
    yield ""
    if shown.before:
        yield f"    {style(_flat(cited.text[slice(*shown.before)]), 'bright_black')}"
    yield f"  > {_highlighted(shown, style)}"
    if shown.after:
        yield f"    {style(_flat(cited.text[slice(*shown.after)]), 'bright_black')}"
    yield ""
    width = max((len(one.name) for one in shown.values), default=0)
    for one in shown.values:
        words = ", ".join(
            f"“{style(_flat(cited.text[start:end]), _COLOURS[one.kind])}” {start}–{end}" for start, end in one.words
        )
        value = visible(one.value) or "not coded"
        yield f"{one.name:<{width}}  {value}" + (f"  ← {words}" if words else "")


def _highlighted(shown: Shown, style: Style) -> str:
    """The passage in one line, each stretch in the colour of the first value that it carries."""
    cited, pieces, at = shown.cited, [], shown.cited.start
    marks: list[tuple[Span, str]] = sorted((span, one.kind) for one in shown.values for span in one.words)
    for (start, end), kind in marks:
        if start >= at:
            pieces += [_spaced(cited.text[at:start]), style(_spaced(cited.text[start:end]), _COLOURS[kind])]
            at = end
    return "".join([*pieces, _spaced(cited.text[at : cited.end])])


def uncovered_lines(source: str, uncovered: Uncovered) -> Iterator[str]:
    """The sentences with their offsets, and how many they are."""
    for start, end in uncovered.sentences:
        yield f"{start}–{end} {_flat(uncovered.text[start:end])}"
    copy = " in another copy of its text" if uncovered.copy else ""
    count, total = len(uncovered.sentences), uncovered.total
    yield f"{source}: {count} of {total} sentences{copy} {'has' if count == 1 else 'have'} no claim"


def _flat(text: str) -> str:
    return _spaced(text).strip()


def _spaced(text: str) -> str:
    return visible(re.sub(r"\s+", " ", text))
