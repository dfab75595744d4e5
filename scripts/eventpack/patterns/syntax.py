"""The dialect of patterns: what regular expressions of Python, ECMAScript and RE2 share, as a tree.

Characters, `.`, `[…]`, `\\d \\w \\s` and opposites, escapes, groups, `|`, `* + ? {m} {m,} {m,n}`, lazy ones too, and
`^` and `$` at the ends. What is not here, such as back-references and look-around, has no bound on its time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eventpack.patterns.charset import CLASSES, Charset


class OutsideError(ValueError):
    """Why a pattern is outside the dialect."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after another."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """An item some times; no `most` is no end."""

    item: Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The beginning or the end of the text."""

    end: bool


Node = Charset | Sequence | Choice | Repeat | Anchor

_ANY = Charset(((10, 10),), negated=True)
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "v": 11, "a": 7}
_HEX = {"x": 2, "u": 4, "U": 8}
_DIGITS = re.compile(r"[0-9A-Fa-f]+")
_COUNT = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_LONGEST_COUNT = 20  # characters
_GROUP = re.compile(r"\(\?(?::|P<[A-Za-z_][A-Za-z0-9_]*>)")
_DEEPEST = 50
_LOOKS = {"(?=": "look-ahead", "(?!": "look-ahead", "(?<": "look-behind", "(?>": "an atomic group",
          "(?P": "a back-reference", "(?(": "a condition", "(?#": "a comment"}  # fmt: skip


class Parser:
    """One pattern, read from left to right.

    Raises:
        OutsideError: It holds what the dialect does not have.
    """

    def __init__(self, pattern: str) -> None:
        self._text, self._at, self._depth = pattern, 0, 0

    def parse(self) -> Node:
        """The whole pattern as a tree."""
        node = self._choice()
        if self._at < len(self._text):
            raise OutsideError("it holds a `)` that closes nothing")
        return node

    def _peek(self, length: int = 1) -> str:
        return self._text[self._at : self._at + length]

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise OutsideError("it ends too early")
        self._at += 1
        return char

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        items = []
        while self._peek() not in ("", "|", ")"):
            items.append(self._repeated(self._atom()))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _repeated(self, item: Node) -> Node:
        least, most = 1, 1
        count = _COUNT.match(self._text, self._at)
        if (sign := self._peek()) and sign in "*+?":
            self._at += 1
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]  # type: ignore[assignment]
        elif count:
            self._at = count.end()
            if len(count[0]) > _LONGEST_COUNT:
                raise OutsideError("it repeats too many times")
            least = int(count[1])
            most = least if not count[2] else int(count[3]) if count[3] else None  # type: ignore[assignment]
        elif sign == "{":
            raise OutsideError("`{` stands for itself; write `\\{`")
        else:
            return item
        if self._peek() == "+":
            raise OutsideError("it holds a possessive quantifier")
        if self._peek() == "?":
            self._at += 1  # lazy or not, the same texts match as a whole
        if self._peek() in ("*", "+", "?") or _COUNT.match(self._text, self._at):
            raise OutsideError("a quantifier follows another one")
        return Repeat(item, least, most)

    def _atom(self) -> Node:  # noqa: PLR0911 one line per sign
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == ".":
            return _ANY
        if char in "^$":
            return Anchor(char == "$")
        if char == "\\":
            found = self._escape(inside=False)
            if isinstance(found, int):
                return Charset(((found, found),))
            return Anchor(found == "Z") if found in "AZ" else Charset(classes=(found,))
        if char in "*+?":
            raise OutsideError("a quantifier follows nothing")
        return Charset(((ord(char), ord(char)),))

    def _group(self) -> Node:
        self._at -= 1
        if match := _GROUP.match(self._text, self._at):
            self._at = match.end()
        elif self._peek(2) == "(?":
            raise OutsideError(f"it holds {_LOOKS.get(self._peek(3), 'flags')}")
        else:
            self._at += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise OutsideError("its groups are nested too deeply")
        node = self._choice()
        self._depth -= 1
        if self._take() != ")":
            raise OutsideError("it ends too early")
        return node

    def _set(self) -> Node:
        negated = self._peek() == "^"
        self._at += negated
        ranges: list[tuple[int, int]] = []
        classes: list[str] = []
        begin = self._at
        while self._peek() != "]" or self._at == begin:
            low = self._member()
            if isinstance(low, str):
                classes.append(low)
            elif self._peek() == "-" and self._peek(2) != "-]":
                self._at += 1
                high = self._member()
                if isinstance(high, str) or high < low:
                    raise OutsideError("it holds a range without an end")
                ranges.append((low, high))
            else:
                ranges.append((low, low))
        self._at += 1
        return Charset(tuple(ranges), tuple(classes), negated)

    def _member(self) -> int | str:
        char = self._take()
        if char == "\\":
            return self._escape(inside=True)
        if char == "[" or (char in "&|~-" and self._peek() == char):
            raise OutsideError(f"`{char}` inside brackets means different things to different readers; escape it")
        return ord(char)

    def _escape(self, inside: bool) -> int | str:
        """A code point, a class, or `A` and `Z` for the ends of the text."""
        char = self._take()
        if char in CLASSES or (char in "AZ" and not inside):
            return char
        if char in _CONTROLS:
            return _CONTROLS[char]
        if length := _HEX.get(char):
            digits = self._peek(length)
            self._at += length
            if not _DIGITS.fullmatch(digits) or len(digits) < length:
                raise OutsideError(f"`\\{char}` needs {length} hexadecimal digits")
            return int(digits, 16)
        if char == "b" and inside:
            return 8
        if char in "bB":
            raise OutsideError(f"it holds a word boundary, `\\{char}`")
        if char == "0":
            raise OutsideError("it holds an octal escape")
        if char.isdigit():
            raise OutsideError(f"it holds a back-reference, `\\{char}`")
        if char.isascii() and char.isalpha():
            raise OutsideError(f"it holds `\\{char}`")
        return ord(char)


def without_anchors(node: Node, first: bool = True, last: bool = True) -> Node:
    """The tree without `^` at the beginning and `$` at the end, since whole texts are matched.

    Raises:
        OutsideError: One stands elsewhere.
    """
    if isinstance(node, Anchor):
        if last if node.end else first:
            return Sequence(())
        raise OutsideError(f"`{'$' if node.end else '^'}` stands inside it")
    if isinstance(node, Choice):
        return Choice(tuple(without_anchors(option, first, last) for option in node.options))
    if isinstance(node, Repeat):
        return Repeat(without_anchors(node.item, False, False), node.least, node.most)
    if isinstance(node, Sequence):
        items, ends = node.items, [isinstance(item, Anchor) for item in node.items]
        return Sequence(
            tuple(
                without_anchors(item, first and all(ends[:index]), last and all(ends[index + 1 :]))
                for index, item in enumerate(items)
            )
        )
    return node
