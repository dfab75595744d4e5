"""Marks before and around a number: a minus sign, brackets."""

from __future__ import annotations

from eventpack.quantities.english import CURRENCIES
from eventpack.quantities.tokens import Tokens

_MINUS = ("-", "−")  # what keyboards have, and what the sign is


def sign_before(tokens: Tokens, at: int) -> int:
    """Where a number with its currency begins when a minus sign stands before it: -12, -$12, minus 12."""
    before = tokens[at - 1]
    if before.low == "minus" and not tokens[at - 2].text[:1].isdecimal():
        return at - 1
    if before.text not in _MINUS or not tokens.glued(at):
        return at
    if before.text == "−":
        return at if tokens[at - 2].text[:1].isdecimal() else at - 1
    apart = not tokens.glued(at - 1) or tokens[at - 2].low in ("(", "[", "“", '"', *CURRENCIES)
    return at - 1 if apart and not tokens[at - 2].text[:1].isdecimal() else at


def bracketed(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a number stands alone in brackets, where it counts something or only numbers it."""
    return tokens[at - 1].low in ("(", "[") and tokens[end].low in (")", "]")
