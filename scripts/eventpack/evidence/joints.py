"""Where the segmenter divides too much or too little in English: titles, initials, stray marks, date lines."""

from __future__ import annotations

import re

Span = tuple[int, int]

# A name follows these, so no sentence ends with them. The segmenter knows the others (Mr., Gen., Lt., Sen., No., Jan.).
_TITLES = (
    "Adml Adms Ald Amb Atty Brig Capts Cdr Chas Cllr Cols Cpt Ens Ft Gens Geo Govs Jos Lts Ms Mx Ofc Pfc Profs Pvt "
    "Rear-Adm Reps Sens Spc Vice-Adm Wm"
)
# A sentence may end with these, but not before a small letter, with some of them neither before a figure.
_BEFORE_FIGURES = "Ch Fri Mon Sat Sun Thu Thur Thurs Tue Tues Vol Wed approx est incl"
_SHORT = f"{_BEFORE_FIGURES} Assoc Mass Md Wash assoc ft km lb lbs max mi mil min oz sq"
_TITLE = re.compile(rf"(?<![\w-])(?:{_TITLES.replace(' ', '|')})\.$")
_SHORTENED = re.compile(rf"(?<![\w-])(?:{_SHORT.replace(' ', '|')})\.$")
_COUNTED = re.compile(rf"(?<![\w-])(?:{_BEFORE_FIGURES.replace(' ', '|')})\.$")
_SMALL, _FIGURE = re.compile(r"[“‘\"'(]?[a-z]"), re.compile(r"[$€£]?\d")
_INITIALS = re.compile(r"(?<![\w.])(?!(?:U\.S|U\.K|U\.N|E\.U|D\.C|U\.A\.E|U\.S\.A|U\.S\.S\.R)\.)(?:[A-Z]\.){2,4}$")
_NAME = re.compile(
    r"(?!(?:A|An|And|As|At|But|By|For|From|He|Her|His|However|If|In|It|Its|No|Nobody|Not|On|One|She|So|Some|That|The|"
    r"Their|Then|There|These|They|This|Those|To|Two|We|When|While|With|You)\b)[A-Z][a-z]"
)
_STRAY = frozenset("\"“”'‘’.,;:!?…)]} \t\r\n")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")

_MARGIN = 100  # white space before a line
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = rf"(?:\d{{4}}-\d\d-\d\d|{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH},?\s\d{{4}})"
_DATE = (
    rf"(?:(?i:date|published|posted|updated)(?:\son)?:?\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?{_DAY}"
    r"(?:[T,\s]+\d\d?:\d\d(?::\d\d)?Z?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?)?\s*[-–—|:.]*"
)
_CITY = rf"[A-Z][A-Z.'’\- ]+(?:,\s[A-Z][\w.]+)?(?:,\s{_MONTH}\s\d{{1,2}})?(?:\s\([A-Z][\w. ]*\))?\s+[-–—]+"
_DATE_LINE = re.compile(rf"(?:{_DATE}|{_CITY})\s+(?=[\"“'‘(]?[A-Z\d])")
_DATE_ALONE = re.compile(rf"{_DATE}\s*")


def joined(text: str, spans: list[Span], english: bool) -> list[Span]:
    """The spans with those put together that are one sentence, and date lines set apart."""
    found: list[Span] = []
    for start, end in spans:
        if found and _belongs(text, found[-1], (start, end), english):
            found[-1] = (found[-1][0], end)
        elif english and (line := _date_line(text, start, end)):
            found += [(start, start + len(line[0].rstrip())), (line.end(), end)]
        else:
            found.append((start, end))
    return found


def _date_line(text: str, start: int, end: int) -> re.Match[str] | None:
    """The date before the first sentence of a line."""
    before = text[max(0, start - _MARGIN) : start].rstrip(" \t")
    return _DATE_LINE.match(text, start, end) if before[-1:] in ("", "\n", "\u2029", "\ufeff") else None


def is_date_line(sentence: str) -> bool:
    """Whether it is nothing but a date."""
    return _DATE_ALONE.fullmatch(sentence) is not None


def _belongs(text: str, last: Span, span: Span, english: bool) -> bool:
    """Whether what follows is of the same sentence."""
    before, after = text[slice(*last)], text[slice(*span)]
    if _is_stray(before) or _is_stray(after):  # a mark alone
        return True
    if not english or _BLANK_LINE.search(text, last[1], span[0]):
        return False
    if _TITLE.search(before):
        return True
    if (_SHORTENED.search(before) and _SMALL.match(after)) or (_COUNTED.search(before) and _FIGURE.match(after)):
        return True
    return bool(_INITIALS.search(before) and _NAME.match(after))


def _is_stray(piece: str) -> bool:
    return _STRAY.issuperset(piece)
