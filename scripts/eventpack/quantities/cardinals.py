"""Numbers in digits and words, at their place among the tokens of a text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction

from eventpack.quantities.digits import MOST_DIGITS, digit_values, is_whole
from eventpack.quantities.english import (
    COLLECTIVES,
    GROUPS,
    HUNDRED,
    PARTS,
    PLURAL_PARTS,
    SCALES,
    SHARED,
    SUFFIXES,
    TENS,
    UNITS,
)
from eventpack.quantities.tokens import VULGAR, Tokens

_ONE = ("a", "an", "one")
_MOST = 10**30  # more than any scale


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number that ends before the token `end`; `others` are further readings, `scale` what multiplies it."""

    value: Fraction
    end: int
    others: tuple[Fraction, ...] = ()
    scale: int = 1
    share: bool = False


def read_cardinal(tokens: Tokens, at: int) -> Cardinal | None:
    """The number that begins at a token, if one does."""
    if read := _share(tokens, at):
        return read
    if tokens[at].low[:1].isdecimal():
        return _digits(tokens, at)
    if tokens[at].text in VULGAR and tokens[at].text:
        read = _scaled(tokens, at + 1, _vulgar(tokens[at].text), ())
        return replace(read, share=read.scale == 1)
    if tokens[at].low in COLLECTIVES:
        return Cardinal(Fraction(COLLECTIVES[tokens[at].low]), at + 1)
    return _words(tokens, at)


def _digits(tokens: Tokens, at: int) -> Cardinal | None:
    text, end = tokens[at].text, at + 1
    if text.isdecimal() and len(text) <= 3:  # 1 200 000
        while _spaced_group(tokens, end) and len(text) < MOST_DIGITS:
            text += tokens[end].text
            end += 1
    values = digit_values(text)
    if not values:
        return None
    if end == at + 2 and tokens[at - 1].low == "at":  # at 10 200 boats sank
        values.append(Fraction(int(tokens[at + 1].text)))
    if tokens.glued(end) and tokens[end].text in VULGAR:
        values, end = [values[0] + _vulgar(tokens[end].text)], end + 1
    elif tokens.phrase(end, end + 3) == "and a half":
        values, end = [values[0] + Fraction(1, 2)], end + 3
    return _scaled(tokens, end, values[0], tuple(values[1:]))


def _spaced_group(tokens: Tokens, at: int) -> bool:
    text = tokens[at].text
    between = tokens.text[tokens[at - 1].end : tokens[at].start]
    return len(text) == 3 and text.isdecimal() and between in (" ", "\u00a0", "\u2009", "\u202f")


def _vulgar(char: str) -> Fraction:
    top, _, bottom = unicodedata.normalize("NFKC", char).partition("⁄")
    return Fraction(int(top), int(bottom))


def _scaled(tokens: Tokens, end: int, value: Fraction, others: tuple[Fraction, ...]) -> Cardinal:
    """A number with the unit that may follow: 2.5 million, 1.2m, 3 dozen."""
    word = tokens[end].low
    if tokens.glued(end) and word in SUFFIXES:
        scale = SUFFIXES[word]
        raw = (value,) if word in ("m", "b") else ()
        return Cardinal(value * scale, end + 1, (*(n * scale for n in others), *raw), scale)
    if word == "-" and tokens.glued(end) and tokens.glued(end + 1) and tokens[end + 1].low in GROUPS:
        end, word = end + 1, tokens[end + 1].low
    scale = 1
    while word in GROUPS and scale < _MOST:  # 2 hundred thousand
        scale *= GROUPS[word]
        end, word = end + 1, tokens[end + 1].low
    return Cardinal(value * scale, end, tuple(n * scale for n in others), scale)


def _share(tokens: Tokens, at: int) -> Cardinal | None:
    """Half, a third, two thirds, 3/4 of, one in three; also half a million."""
    word = tokens[at].low
    if word == "half":
        return _of_group(tokens, at + 1, Fraction(1, 2))
    if word in _ONE or 1 < UNITS.get(word, 0) < 10:
        top = Fraction(UNITS.get(word, 1))
    elif word.isdecimal() and len(word) <= 2:
        top = Fraction(int(word))
    else:
        return None
    proportion = _with_slash(tokens, at, top) or (_proportion(tokens, at + 1, top) if word not in ("a", "an") else None)
    return proportion or _parts(tokens, at, top)


def _with_slash(tokens: Tokens, at: int, top: Fraction) -> Cardinal | None:
    """3/4 of, a 2/3 majority."""
    bottom = tokens[at + 2].low
    if tokens[at + 1].low != "/" or not is_whole(bottom) or not int(bottom) or tokens[at + 3].low not in SHARED:
        return None
    return Cardinal(top / int(bottom), at + 3, share=True)


def _parts(tokens: Tokens, at: int, top: Fraction) -> Cardinal | None:
    """A third, two thirds."""
    end = at + 1 + (tokens[at + 1].low == "-" and tokens.glued(at + 1))
    part = tokens[end].low
    if top > 1:
        return _of_group(tokens, end + 1, top / PLURAL_PARTS[part]) if part in PLURAL_PARTS else None
    sure = part in ("half", "quarter") or tokens[at].low == "one" or _part(tokens, end)
    return _of_group(tokens, end + 1, top / PARTS[part]) if part in PARTS and sure else None


def _part(tokens: Tokens, at: int) -> bool:
    """Whether "third" in "a third" is a part, not the next of a row."""
    after = tokens[at + 1].low
    return after in ("of", "the", "less", "more", "fewer") or not after[:1].isalnum()


def _proportion(tokens: Tokens, end: int, top: Fraction) -> Cardinal | None:
    """One in three, 4 out of 5."""
    for link in ("out of every", "out of", "in every") + (("in",) if top == 1 else ()):
        size = len(link.split())
        if tokens.phrase(end, end + size) != link:
            continue
        bottom = _words(tokens, end + size) or _plain(tokens, end + size)
        if bottom and bottom.value > top and bottom.value <= 1000 and bottom.value.denominator == 1:
            return Cardinal(top / bottom.value, bottom.end, share=True)
    return None


def _plain(tokens: Tokens, at: int) -> Cardinal | None:
    text = tokens[at].text
    return Cardinal(Fraction(int(text)), at + 1) if is_whole(text) else None


def _of_group(tokens: Tokens, end: int, part: Fraction) -> Cardinal:
    """A part, or that part of a group: half a dozen, a quarter of a million."""
    at = end + (tokens[end].low == "of")
    at += tokens[at].low in _ONE
    if at > end or tokens[at].low in SCALES:
        scaled = _scaled(tokens, at, part, ())
        if scaled.scale > 1:
            return scaled
    return Cardinal(part, end, share=True)


def _words(tokens: Tokens, at: int) -> Cardinal | None:
    """One hundred and twenty thousand, two dozen, two and a half million."""
    start = at + (tokens[at].low in ("a", "an"))
    if tokens[start].low == "dozen":
        return _scaled(tokens, start, Fraction(1), ())
    if start > at and tokens[start].low not in GROUPS:
        return None
    groups, end = _groups(tokens, start)
    if not groups:
        return None
    total, last = Fraction(sum(value * factor for value, factor in groups)), groups[-1][1]
    scale = groups[0][1]
    if scale == 1 and tokens.phrase(end, end + 3) == "and a half":
        return _scaled(tokens, end + 3, total + Fraction(1, 2), ())
    if last == 1 and tokens[end].low == "dozen":
        return _scaled(tokens, end, total, ())
    return Cardinal(total, end, (), 100 if scale == 1 and tokens[end - 1].low == HUNDRED else scale)


def _groups(tokens: Tokens, start: int) -> tuple[list[tuple[int, int]], int]:
    """The parts of a number with what multiplies them, from millions down, and the token behind them."""
    groups: list[tuple[int, int]] = []
    end = start
    while group := _below_thousand(tokens, start):
        value, start = group
        factor = SCALES.get(tokens[start].low, 1)
        if groups and value * factor >= groups[-1][1]:
            break
        start += factor > 1
        groups.append((value, factor))
        end = start
        if factor == 1 or (start := _joined(tokens, start, factor)) < 0:
            break
    return groups, end


def _joined(tokens: Tokens, at: int, below: int) -> int:
    """Where the rest of a number goes on behind thousand, million …; -1 when it does not."""
    word = tokens[at].low
    if word in ("and", ","):
        rest = _below_thousand(tokens, at + 1)
        if rest is None or (word == "and" and (rest[0] >= 100 or tokens[rest[1]].low in GROUPS)):
            return -1
        if word == "," and rest[0] < 100 and SCALES.get(tokens[rest[1]].low, below) >= below:
            return -1  # a list
        return at + 1
    return at if _below_thousand(tokens, at) else -1


def _below_thousand(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """A group of up to three digits, or twelve hundred, and the token behind it."""
    if tokens[at].low in SCALES:
        return 1, at
    hundred = at if tokens[at].low == HUNDRED else at + 1 if tokens.phrase(at, at + 2) == "a hundred" else -1
    low: tuple[int, int] | None = (1, hundred) if hundred >= 0 else _below_hundred(tokens, at)
    if low is None or tokens[low[1]].low != HUNDRED or low[0] == 0:
        return low
    value, end = low[0] * 100, low[1] + 1
    start = end + (tokens[end].low == "and")
    rest = _below_hundred(tokens, start)
    if rest and rest[0] and tokens[rest[1]].low != HUNDRED and not (start > end and tokens[rest[1]].low in GROUPS):
        return value + rest[0], rest[1]
    if rest and rest[0] and start > end and tokens[rest[1]].low in SCALES and tokens[at - 1].low != "between":
        return value + rest[0], rest[1]  # one hundred and twenty thousand
    return value, end


def _below_hundred(tokens: Tokens, at: int) -> tuple[int, int] | None:
    word = tokens[at].low
    if word in UNITS:
        return UNITS[word], at + 1
    if word not in TENS:
        return None
    unit = at + 1 + (tokens[at + 1].low == "-")
    value = UNITS.get(tokens[unit].low, 0)
    return (TENS[word] + value, unit + 1) if 0 < value < 10 else (TENS[word], at + 1)
