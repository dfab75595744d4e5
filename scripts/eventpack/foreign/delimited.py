"""Delimited text by any dialect: rows of cells with positions; line ends may be LF, CRLF or CR."""

from __future__ import annotations

import csv
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from eventpack import limits
from eventpack.csvtext import CUT, CUT_FIX, is_cut, refuse_long_cell
from eventpack.dialect import Dialect
from eventpack.errors import TextError

_BREAK = re.compile(r"\r\n?|\n")
_SOME, _MOST_BLANK = 100_000, 1_000_000  # rows
_LONGEST_LINE = 100_000  # the csv module refuses longer cells


class DelimitedText:
    """The rows of a text, header and comments too, as they stand there.

    Raises:
        TextError: `csv/empty`, `csv/quote` or `csv/cut`.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        if not text or text.isspace():
            raise TextError("csv/empty", "the file is empty; a table needs at least its header", fix="write the header")
        self._text, self._dialect = text, dialect
        self._grammar = _Grammar(dialect)
        self._starts = array("Q")
        self._stray: set[int] = set()
        self._lines = array("Q")  # where each line begins
        self.rows: list[list[str]] = []
        blank, parsed = 0, self._parse()
        while rows := list(islice(parsed, _SOME)):
            self.rows += rows
            blank += rows.count([""])
            if len(self.rows) > limits.ROWS + _SOME:
                break  # told of the table
            if blank > _MOST_BLANK:
                what = f"more than {_MOST_BLANK:,} rows are blank; the file is not read further"
                raise TextError("csv/blank-row", what, len(self.rows), fix="remove them")

    def _parse(self) -> Iterator[list[str]]:
        """Row by row: a line without quotes is split as it is, a well-formed one is left to the csv module."""
        text, at, grammar, dialect = self._text, 0, self._grammar, self._dialect
        feed = turn = -1  # the next LF and CR, each looked for once
        size = len(text)
        special, delimiter, spaced = grammar.special.search, dialect.delimiter, dialect.skip_initial_space
        while at < len(text):
            self._starts.append(at)
            if feed < at:
                feed = text.find("\n", at) % (size + 1)  # none is the end of the text
            if turn < at:
                turn = text.find("\r", at) % (size + 1)
            end = min(feed, turn)
            behind, plain = end + 1 + (turn + 1 == feed), text[at:end]
            if self._is_comment(plain):
                yield [plain]
            elif not special(plain):
                cells = plain.split(delimiter)
                yield [cell.lstrip(" ") for cell in cells] if spaced else cells
            elif grammar.simple and len(plain) < _LONGEST_LINE and grammar.well_formed.fullmatch(plain):
                yield next(csv.reader((plain,), delimiter=delimiter, quotechar=dialect.quote, skipinitialspace=spaced))
            else:
                cells, behind = self._row(at)
                yield cells
            at = behind

    def _is_comment(self, line: str) -> bool:
        """Whether a line is a comment, in which quotes mean nothing."""
        mark = self._dialect.comment_char
        return bool(mark) and line.startswith(mark)

    def _row(self, at: int) -> tuple[list[str], int]:
        """The cells of a row, and where the next one begins."""
        cells = []
        while True:
            cell, at = self._cell(at)
            cells.append(cell)
            if self._text[at : at + 1] != self._dialect.delimiter:
                break
            at += 1
        match = _BREAK.match(self._text, at)
        return cells, match.end() if match else len(self._text)

    def _cell(self, at: int) -> tuple[str, int]:
        """One cell, and the offset behind it."""
        text, grammar, quote = self._text, self._grammar, self._dialect.quote
        if self._dialect.skip_initial_space:
            while text[at : at + 1] == " ":
                at += 1
        if quote and text[at : at + 1] == quote:
            match = grammar.quoted.match(text, at)
            if match is None and is_cut(text, at):
                raise TextError("csv/cut", f"{CUT} in a quoted cell", *self._place(at), CUT_FIX)
            if match is None:
                raise self._fault("a quoted cell is not closed", at, f"close it with {quote}")
            end = match.end()
            refuse_long_cell(text, at, end)
            if end < len(text) and text[end] not in grammar.ends:
                raise self._fault("text follows a closing quote", end, "double the quote inside the cell")
            return grammar.unquote(match[1]), end
        match = grammar.unquoted.match(text, at)
        assert match is not None  # it matches the empty text
        if quote and quote in match[0]:  # it can only be meant as it stands there, so it is read
            self._stray.add(at + match[0].index(quote))
        if match.end() < len(text) and text[match.end()] not in grammar.ends:
            raise self._fault("an escape character ends the file", match.end(), "remove it, or write it twice")
        return grammar.unescape(match[0]), match.end()

    def _fault(self, what: str, at: int, fix: str) -> TextError:
        return TextError("csv/quote", what, *self._place(at), fix)

    def _place(self, at: int) -> tuple[int, int]:
        """Line and column of an offset; a lone CR ends a line, too."""
        if not self._lines:  # only a file with faults needs them
            self._lines.append(0)
            self._lines.extend(match.end() for match in _BREAK.finditer(self._text))
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def stray_quotes(self) -> tuple[int, tuple[int, int]]:
        """How many cells hold a quote although they are not quoted, and where the first of these quotes stands."""
        return len(self._stray), self._place(min(self._stray, default=0))

    def mixed_break(self) -> tuple[int, int] | None:
        """Line and column of the first row end that is another than the first row's; none when all are alike."""
        text, crlf = self._text, self._text.count("\r\n")
        if [crlf, text.count("\n") - crlf, text.count("\r") - crlf].count(0) >= 2:
            return None
        places = [*self._starts[1:], *([len(text)] if self.ended else [])]
        ends = [text[max(0, place - 2) : place] for place in places]
        kinds = [end if end == "\r\n" else end[-1] for end in ends]
        odd = next((row for row, kind in enumerate(kinds) if kind != kinds[0]), None)
        return None if odd is None else self._place(places[odd] - len(kinds[odd]))

    @property
    def ended(self) -> bool:
        """Whether the last line has an end."""
        return self._text.endswith(("\n", "\r"))

    def position(self, row: int, column: int) -> tuple[int, int]:
        """Line and column (from 1) of a cell; rows and cells count from 0."""
        at = self._starts[row]
        for _ in range(min(column, len(self.rows[row]) - 1)):
            at = self._cell(at)[1] + 1
        return self._place(at)


class _Grammar:
    """The expressions of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        quote, escape = re.escape(dialect.quote), re.escape(dialect.escape)
        delimiter = re.escape(dialect.delimiter)
        self.special = re.compile(f"[{quote}{escape}\r]")
        self.ends = f"{dialect.delimiter}\r\n"
        pair = f"|{quote}{quote}" if dialect.double_quote and quote else ""
        escaped = rf"|{escape}[\s\S]" if escape else ""
        inside = rf"(?:[^{quote}{escape}]++{pair}{escaped})*+"
        self.quoted = re.compile(f"{quote}({inside}){quote}") if quote else self.special
        self.unquoted = re.compile(rf"(?:[^{delimiter}\r\n{escape}]++{escaped})*+")
        self.simple = bool(quote) and not escape and dialect.double_quote
        space = " *" if dialect.skip_initial_space else ""
        cell = rf"{space}(?:{quote}[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+{quote}|[^{quote}{delimiter}\r]*+)"
        self.well_formed = re.compile(rf"{cell}(?:{delimiter}{cell})*+") if self.simple else self.special
        self._pair, self._quote = dialect.quote * 2 if pair else "", dialect.quote
        self._escaped = re.compile(rf"{escape}([\s\S])") if escape else None
        self._either = re.compile(rf"{escape}([\s\S])|{quote}({quote})") if escape and pair else None

    def unquote(self, text: str) -> str:
        """What stands between quotes, as it was meant."""
        if self._either:
            return self._either.sub(lambda match: match[1] or match[2], text)
        return self.unescape(text).replace(self._pair, self._quote) if self._pair else self.unescape(text)

    def unescape(self, text: str) -> str:
        """Text without its escape characters."""
        return self._escaped.sub(r"\1", text) if self._escaped else text
