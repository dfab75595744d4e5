"""Whole texts: schemes in paragraphs below a date line, with the place of each sentence and of each mark."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from synthetic.days import MONTHS
from synthetic.markup import Site, read
from synthetic.schemes import (
    acts,
    attribution,
    background,
    conditions,
    hedges,
    heldout,
    heldout_plain,
    modality,
    negation,
    numbers,
    quotations,
    several,
)
from synthetic.telling import Claim, Telling
from synthetic.world import World

Write = Callable[[Telling], list[str]]
MAIN: tuple[Write, ...] = (
    *attribution.SCHEMES, *quotations.SCHEMES, *numbers.SCHEMES, *negation.SCHEMES, *modality.SCHEMES,
    *conditions.SCHEMES, *hedges.SCHEMES, *acts.SCHEMES, *several.SCHEMES, *background.SCHEMES,
)  # fmt: skip
HELD_OUT: tuple[Write, ...] = (*heldout_plain.SCHEMES, *heldout.SCHEMES)
FIRST_DAY, LAST_DAY = date(2023, 2, 1), date(2025, 11, 30)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its claims; `spans` are the passages by the key of their claim, `scheme` who wrote which claim."""

    words: str
    published: date
    outlet: str
    claims: Sequence[Claim]
    sites: Sequence[Site]
    spans: dict[int, tuple[int, int]]
    scheme: dict[int, str]
    sentences: Sequence[tuple[int, int]]


def write_texts(world: World, seed: int, claims: int, schemes: Sequence[Write]) -> list[Text]:
    """Texts until there are that many claims; each scheme comes round before one comes again."""
    texts: list[Text] = []
    queue: list[Write] = []
    held = 0
    while held < claims:
        chance = random.Random(f"text {seed} {len(texts)}")
        share = []
        for _ in range(chance.randint(5, 9)):
            if not queue:
                queue = list(schemes)
                chance.shuffle(queue)
            share.append(queue.pop())
        texts.append(write_text(world, chance, share))
        held += len(texts[-1].claims)
    return texts


def write_text(world: World, chance: random.Random, schemes: Sequence[Write]) -> Text:
    """One text."""
    published = FIRST_DAY + timedelta(chance.randrange((LAST_DAY - FIRST_DAY).days))
    state, other = chance.sample(world.states, 2)
    claims: list[Claim] = []
    telling = Telling(
        world, chance, published, state, other, chance.choice(world.groups), chance.choice(world.unions), claims
    )
    pieces = [_head(published, chance, telling)]
    inline = 0 if pieces[0].endswith("\n") else len(pieces[0])  # belongs to the first sentence
    at = len(pieces[0])
    sites: list[Site] = []
    spans: dict[int, tuple[int, int]] = {}
    scheme: dict[int, str] = {}
    sentences: list[tuple[int, int]] = []
    for number, write in enumerate(schemes):
        before = len(claims)
        telling.busy.clear()
        lines = write(telling)
        gap = "" if number == 0 else chance.choice(("\n\n", "\n\n", " "))
        for place, line in enumerate(lines):
            joint = gap if place == 0 else " "
            words, marks = read(line)
            at += len(joint)
            sites += (site.moved(at) for site in marks)
            begin = at - inline if at == inline else at
            sentences.append((begin, at + len(words)))
            for site in marks:
                start, _ = spans.get(site.key, (begin, 0))
                spans[site.key] = start, at + len(words)
            pieces += [joint, words]
            at += len(words)
        scheme.update(dict.fromkeys(range(before, len(claims)), f"{write.__module__.split('.')[-1]}.{write.__name__}"))
    text = "".join([*pieces, "\n"])
    return Text(text, published, chance.choice(world.outlets).name, claims, sites, spans, scheme, sentences)


def _head(published: date, chance: random.Random, telling: Telling) -> str:
    """A date line, of one of the usual sorts, or none."""
    day = f"{MONTHS[published.month - 1]} {published.day}"
    return chance.choice(
        ("", "", f"{day}, {published.year}\n\n", f"{telling.town().upper()}, {day} – ", f"({telling.town()}) – ")
    )
