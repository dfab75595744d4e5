"""How far two coders agree beyond chance: Krippendorff's alpha for two coders without missing values.

Definition: Klaus Krippendorff, Content Analysis, chapter on reliability. N pairs hold n = 2N values; alpha is
1 - (n - 1) * D_o / D_e, where D_o sums the distance within each pair in both directions, and D_e the distance between
every two of the n values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

Distance = Callable[[Hashable, Hashable], float]


def differs(one: Hashable, other: Hashable) -> float:
    """The distance of codes that have no order."""
    return float(one != other)


def squared(one: Hashable, other: Hashable) -> float:
    """The distance of numbers, days among them."""
    assert isinstance(one, int | float) and isinstance(other, int | float)
    return float((one - other) ** 2)


def alpha(pairs: Sequence[tuple[Hashable, Hashable]], distance: Distance = differs) -> float | None:
    """1 for perfect agreement, 0 for what chance would give, less when they disagree more than that.

    None when all values are equal: then there was nothing to tell apart, and alpha is not defined.
    """
    values = Counter(value for pair in pairs for value in pair)
    expected = sum(
        here * there * distance(one, other) for one, here in values.items() for other, there in values.items()
    )
    if not expected:
        return None
    observed = 2 * sum(distance(one, other) for one, other in pairs)
    return 1 - (2 * len(pairs) - 1) * observed / expected
