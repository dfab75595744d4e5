"""All quantities that an English text states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from eventpack.quantities.cardinals import Cardinal, read_cardinal
from eventpack.quantities.contexts import (
    date_end,
    is_list_number,
    is_soft,
    kind_before,
    may_count,
    may_end,
    time_end,
    unit_after,
)
from eventpack.quantities.digits import is_whole
from eventpack.quantities.english import CURRENCIES, DOWN, ORDINALS, UP
from eventpack.quantities.meant import how_meant
from eventpack.quantities.quantity import Kind, Quantity
from eventpack.quantities.signs import bracketed, sign_before
from eventpack.quantities.tokens import Tokens
from eventpack.quantities.vague import read_vague

_NOT = re.compile(r"\bnot\s+$", re.IGNORECASE)
_ONLY = re.compile(r"only|just", re.IGNORECASE)
_BUT = re.compile(r"(\s+\w+){0,3},?\s+but\s+", re.IGNORECASE)
_LONG = 3  # letters; in titles, words up to these need no capital
_NEAR = 5  # so many words between a change and the number that it ends at


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in their order, none of them within another."""
    tokens = Tokens(text)
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        one, after = _one(tokens, at)
        if one:
            found.append(one)
        at = after
    return tuple(_denied(text, _listed_together(text, found)))


def _one(tokens: Tokens, at: int) -> tuple[Quantity | None, int]:
    """The quantity that begins at a token, and the token to go on with."""
    before = kind_before(tokens, at)
    if before != "name" and not may_count(tokens, at) and (found := _moment(tokens, at)):
        return found
    if vague := read_vague(tokens, at):
        name, end, soft = vague
        meant, whole = how_meant(tokens, at, end)
        made = _made(tokens, at, end, "plain")
        return replace(made, vague=name, meant=meant, soft=soft, whole=whole), end
    number = read_cardinal(tokens, at)
    if number is None:
        return _no_number(tokens, at), at + 1
    if kind := _uncounted(tokens, at, number.end, before):
        end = _ordinal_end(tokens, at, number.end) or number.end
        return _made(tokens, at, end, kind), end
    return _range(tokens, at, number, before) or _counted(tokens, at, number, before)


def _moment(tokens: Tokens, at: int) -> tuple[Quantity, int] | None:
    """A date, or a time of day."""
    if end := date_end(tokens, at):
        return _made(tokens, at, end, "date"), end
    if end := time_end(tokens, at):
        return _made(tokens, at, end, "time"), end
    return None


def _no_number(tokens: Tokens, at: int) -> Quantity | None:
    """First, second; or digits that are no number: an address, a version."""
    if tokens[at].low in ORDINALS:
        return _made(tokens, at, at + 1, "ordinal")
    return _made(tokens, at, at + 1, "name") if tokens[at].text[:1].isdecimal() else None


def _uncounted(tokens: Tokens, at: int, end: int, before: Kind | None) -> Kind | None:
    """What a number is that counts nothing."""
    if _ordinal_end(tokens, at, end):
        return "ordinal"
    if before == "name" or _is_name(tokens, at, end):
        return "name"
    return "list" if is_list_number(tokens, at, end) else None


def _made(tokens: Tokens, at: int, end: int, kind: Kind) -> Quantity:
    start, stop = tokens[at].start, tokens[end - 1].end
    return Quantity(start, stop, kind, whole=(start, stop))


def _ordinal_end(tokens: Tokens, at: int, end: int) -> int:
    """The token behind 12th or twenty-first; 0 for a plain number."""
    if tokens[at].text[:1].isdecimal():
        return end + 1 if tokens.glued(end) and tokens[end].low in ("st", "nd", "rd", "th") else 0
    last = end + (tokens[end].low == "-")
    joined = last > end or (tokens[at].low != "one" and tokens[end - 1].low not in ("half", "a"))
    return last + 1 if joined and tokens[last].low in ORDINALS - {"second"} else 0


def _is_name(tokens: Tokens, at: int, end: int) -> bool:
    """Letters glued to digits (7A), a score (3-2), or a number word with a capital inside a sentence (the Big Four)."""
    word = tokens[at].text
    if word[:1].isalpha():
        return word[:1].isupper() and not tokens.is_start(at) and not word.isupper() and not _in_title(tokens, at)
    after = tokens[end]
    if tokens.glued(end) and after.low == "/":
        return True
    if _scored(tokens, at, end):
        return True
    measure = ("km", "kg", "m", "cm", "mm", "lb", "lbs", "ft", "mph", "kph", "g", "t", "l", "mw", "gw", "s", "x")
    if tokens.glued(end) and after.text[:1].isalpha() and unit_after(tokens, end) is None:
        return after.low not in measure
    return False


def _in_title(tokens: Tokens, at: int) -> bool:
    """Whether the line around a word has all longer words with a capital: Storm Leaves Twelve Bakers Hurt."""
    text, place = tokens.text, tokens[at].start
    line = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > _LONG]
    return len(words) > _LONG and all(word[0].isupper() for word in words)


def _scored(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a number is one side of 3-2, or part of 555-0100."""
    ahead = tokens[end].low == "-" and tokens.glued(end) and tokens.glued(end + 1) and is_whole(tokens[end + 1].text)
    behind = tokens[at - 1].low == "-" and tokens.glued(at) and tokens.glued(at - 1) and tokens[at - 2].text.isdecimal()
    return behind or (ahead and not (is_whole(tokens[at].text) and int(tokens[at].text) < int(tokens[end + 1].text)))


def _counted(tokens: Tokens, at: int, number: Cardinal, before: Kind | None) -> tuple[Quantity, int]:
    unit = unit_after(tokens, number.end)
    kind: Kind = unit[0] if unit else "share" if number.share else before or "plain"
    end = unit[1] if unit else number.end
    first = _with_currency(tokens, at)
    signed = sign_before(tokens, first)
    soft = (
        kind == "age"
        or may_count(tokens, at)
        or bracketed(tokens, at, number.end)
        or _soft_share(tokens, at, number)
        or is_soft(tokens, at, number.end, number.value)
    )
    meant, whole = how_meant(tokens, signed, end)
    sign = -1 if signed < first else 1
    others = tuple(sign * value for value in number.others)
    made = replace(
        _made(tokens, signed, end, kind), values=(sign * number.value,), others=others, soft=soft, meant=meant,
        whole=whole,
    )  # fmt: skip
    return made, end


def _with_currency(tokens: Tokens, at: int) -> int:
    return at - 1 if tokens[at - 1].low in CURRENCIES else at


def _soft_share(tokens: Tokens, at: int, number: Cardinal) -> bool:
    before, after = tokens[at - 1].low, tokens[number.end].low
    return number.share and (before in ("first", "second", "other", "latter", "in", "better", "by") or after == "-")


def _range(tokens: Tokens, at: int, low: Cardinal, before: Kind | None) -> tuple[Quantity, int] | None:
    """30-40, 30 to 40, between 30 and 40, two or three; the unit may stand only behind the second."""
    unit = unit_after(tokens, low.end)
    link = unit[1] if unit and unit[0] in ("percent", "money") else low.end
    first = _with_currency(tokens, at)
    word, between = tokens[link].low, tokens[first - 1].low == "between"
    wrapped = tokens.glued(link) and "\n" in tokens.text[tokens[link].end : tokens[link + 1].start]
    hyphen = word == "-" and (tokens.glued(link) == tokens.glued(link + 1) or wrapped)
    if sign_before(tokens, first) < first or not (hyphen or word in ("to", "or") or (word == "and" and between)):
        return None
    start = link + 1 + (tokens[link + 1].low in CURRENCIES)
    high = read_cardinal(tokens, start)
    if high is None or high.share != low.share or (tokens.glued(high.end) and tokens[high.end].low in ("-", "/", ":")
                                                  and tokens[high.end + 1].text[:1].isdecimal()):  # fmt: skip
        return None
    value, others = low.value, low.others
    if low.scale == 1 < high.scale and not unit and value < high.value / high.scale:
        value, others = value * high.scale, (*others, value)
    if value >= high.value or (word == "or" and high.value > 10 * value + 10):
        return None
    unit = unit_after(tokens, high.end) or unit
    kind: Kind = unit[0] if unit else "share" if low.share else "money" if start > link + 1 else before or "plain"
    end = max(high.end, unit[1] if unit else 0)
    meant, whole = how_meant(tokens, first - between, end)
    meant = meant - {""} | {"range"}
    if word == "to" and (tokens[first - 1].low == "from" or _changes(tokens, first)):
        meant |= {""}  # what rises from 30 to 40 is 40, and what rises by 30 to 40, too
    soft = kind == "age" or (may_count(tokens, at) and may_end(tokens, start))
    made = replace(
        _made(tokens, first, end, kind), values=(value, high.value), others=(*others, *high.others), soft=soft,
        meant=meant, whole=whole,
    )  # fmt: skip
    return made, end


def _changes(tokens: Tokens, at: int) -> bool:
    """Whether the words before a number tell of a rise or a fall."""
    for i in range(at - 1, at - 1 - _NEAR, -1):
        if tokens[i].low in ",.;:" or tokens[i].low in ("and", "lost"):  # at the start of the text, too
            return False
        if tokens[i].low in UP or tokens[i].low in DOWN:
            return tokens[i].low not in ("more", "less", "fewer")
    return False


def _listed_together(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """In "about 60 and 64 percent" the word before and the unit behind may be meant for both numbers."""
    result = list(found)
    for index in range(len(result) - 1):
        one, two = result[index], result[index + 1]
        if not (one.counted and two.counted and _only_listed(text[one.end : two.start])):
            continue
        if two.meant == {""} and one.meant != {""} and not one.vague:
            result[index + 1] = replace(two, meant=one.meant | {""})
    for index in range(len(result) - 2, -1, -1):
        one, two = result[index], result[index + 1]
        shared = two.kind if two.kind != "plain" else two.perhaps
        if one.kind == "plain" and shared in ("percent", "money") and _only_listed(text[one.end : two.start]):
            result[index] = replace(one, perhaps=shared)
    return result


def _denied(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """In "not 12 but 120 bakers" nothing counts 12."""
    result = list(found)
    for index in range(len(result) - 1):
        one, two = result[index], result[index + 1]
        if (
            _NOT.search(text[: one.whole[0]])
            and not _ONLY.search(text[one.whole[0] : one.start])
            and _BUT.fullmatch(text[one.whole[1] : two.whole[0]])
        ):
            result[index] = replace(one, denied=True)
    return result


def _only_listed(between: str) -> bool:
    return bool(between.strip()) and set(between.replace(",", " , ").split()) <= {",", "and", "or", "&", "to"}
