"""Words that say how many without a number: dozens, tens of thousands, several hundred, none, all."""

from __future__ import annotations

from eventpack.quantities.english import FEW, IDLE_ALL, NO_ZERO, PLURALS, WITHOUT
from eventpack.quantities.tokens import Tokens

_GROUPS = {word.removesuffix("s"): word for word in PLURALS if word not in ("tens", "scores")}


def read_vague(tokens: Tokens, at: int) -> tuple[str, int, bool] | None:
    """The name of a vague number that begins at a token, the token behind it, and whether it hardly counts."""
    word = tokens[at].low
    if word in PLURALS:
        return _plural(tokens, at)
    if grouped := _some_groups(tokens, at):
        return grouped
    if word == "a" and tokens[at + 1].low in ("few", "couple", "handful"):
        return WITHOUT[tokens[at + 1].low], at + 2, True
    for nobody in ("no one", "not one", "not a single"):
        size = nobody.count(" ") + 1
        if tokens.phrase(at, at + size) == nobody:
            return "none", at + size, True
    return (WITHOUT[word], at + 1, True) if word in WITHOUT and not _idle(tokens, at) else None


def _some_groups(tokens: Tokens, at: int) -> tuple[str, int, bool] | None:
    """Several hundred, a couple of dozen, many thousands."""
    some = at + (tokens[at].low == "a" and tokens[at + 1].low in ("few", "couple"))
    if tokens[some].low not in FEW:
        return None
    noun = some + 1 + (tokens[some + 1].low == "of")
    if tokens[noun].low in _GROUPS:
        return _GROUPS[tokens[noun].low], noun + 1, False
    return _plural(tokens, noun) if tokens[noun].low in PLURALS else None


def _idle(tokens: Tokens, at: int) -> bool:
    """Whether "no" and "all" count nothing here: no longer, No. 7, at all, all-out."""
    word, after = tokens[at].low, tokens[at + 1].low
    if word == "no":
        return after in NO_ZERO or after in (".", ",") or tokens.phrase(at + 1, at + 3) in (
            "more than", "fewer than", "less than"
        )  # fmt: skip
    if word in ("many", "few", "most"):
        return tokens[at - 1].low in ("as", "so", "how", "too", "at")
    return word == "all" and (tokens[at - 1].low in IDLE_ALL or (after == "-" and tokens.glued(at + 1)))


def _plural(tokens: Tokens, at: int) -> tuple[str, int, bool] | None:
    word, end = tokens[at].low, at + 1
    if tokens[end].low == "of" and tokens[end + 1].low in PLURALS:
        return f"{word} of {tokens[end + 1].low}", end + 2, False
    if word in ("tens", "scores") and tokens[end].low != "of":
        return (word, end, True) if word == "scores" else None
    return word, end, False
