"""Many mistakes, a batch at a time, and how many of each kind were found."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from metering.bench import Bench, Row
from metering.mistakes import BY_NAME, Mistake
from metering.substring import finds

Maker = Callable[[Bench, Row, random.Random], Iterable[Mistake]]


@dataclass(slots=True)
class Score:
    """How often mistakes of one kind were tried, found at all, found by a code meant for them, found by a substring
    test; the codes; and those that were missed, or found though they
    are no mistakes."""

    tried: int = 0
    found: int = 0
    meant: int = 0
    plain: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    missed: list[Mistake] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Found of those tried."""
        return self.found / self.tried if self.tried else 0.0


Scores = dict[tuple[str, bool], Score]  # kind, whether digests were made anew


def draw(bench: Bench, makers: Sequence[Maker], each: int, seed: int, kinds: Iterable[str] = ()) -> list[Mistake]:
    """Mistakes of all kinds, of each at most so many with fresh digests and without, from claims in random order."""
    chance = random.Random(f"mistakes {seed}")
    claims = bench.at_hand()
    chance.shuffle(claims)
    held: Counter[tuple[str, bool]] = Counter()
    wanted = set(kinds) or set(BY_NAME)
    drawn = []
    for claim in claims:
        for make in makers:
            for mistake in make(bench, claim, chance):
                key = mistake.kind, mistake.fresh
                if mistake.kind in wanted and held[key] < each:
                    held[key] += 1
                    drawn.append(mistake)
    return drawn


def batches(mistakes: Sequence[Mistake]) -> Iterator[list[Mistake]]:
    """Lists with at most one mistake for each source, so that none touches another."""
    queues: defaultdict[str, list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        queues[mistake.source].append(mistake)
    for batch in zip_longest(*queues.values()):
        yield [mistake for mistake in batch if mistake is not None]


def score(bench: Bench, mistakes: Sequence[Mistake], say: Callable[[str], None] = lambda _: None) -> Scores:
    """Make each mistake, and see what is found."""
    scores: Scores = defaultdict(Score)
    done = 0
    for batch in batches(mistakes):
        found = bench.with_mistakes(batch)
        for mistake in batch:
            _count(scores[mistake.kind, mistake.fresh], mistake, found[mistake.claim], bench)
        done += len(batch)
        say(f"{done} of {len(mistakes)} mistakes")
    return dict(scores)


def _count(score: Score, mistake: Mistake, codes: set[str], bench: Bench) -> None:
    score.tried += 1
    score.codes.update(codes)
    score.plain += finds(bench, mistake)
    score.found += bool(codes)
    if bool(codes) == BY_NAME[mistake.kind].quiet:
        score.missed.append(mistake)
    score.meant += any(code in BY_NAME[mistake.kind].meant for code in codes)
