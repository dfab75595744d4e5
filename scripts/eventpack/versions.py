"""Versions of a dataset: the order of SemVer 2.0, and which one `latest` or `~1.2` means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventpack.errors import EventpackError
from eventpack.finding import near_miss

LATEST = "latest"
_LONGEST = 100
_NUMBER = r"(?:0|[1-9][0-9]*)"
_MARK = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_FORM = re.compile(
    rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_MARK}(?:\.{_MARK})*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
)
_RANGE = re.compile(rf"~({_NUMBER})(?:\.({_NUMBER}))?(?:\.({_NUMBER}))?")

Precedence = tuple[tuple[int, ...], bool, tuple[tuple[int, int, str], ...]]


@dataclass(frozen=True, slots=True)
class Version:
    """A version by SemVer 2.0: three numbers, the marks after `-` (a pre-release) and those after `+` (a build)."""

    text: str
    core: tuple[int, int, int]
    pre: tuple[str, ...] = ()
    build: tuple[str, ...] = ()

    @property
    def precedence(self) -> Precedence:
        """What SemVer orders by (section 11): a build has none, a pre-release comes before its release."""
        marks = tuple((0, int(mark), "") if mark.isdecimal() else (1, 0, mark) for mark in self.pre)
        return self.core, not self.pre, marks

    @property
    def dirty(self) -> bool:
        """Whether it was packaged from a tree with changes that no commit holds."""
        return "dirty" in self.build


def parse_version(text: str) -> Version | None:
    """The version that a text is, or none."""
    match = _FORM.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    major, minor, patch = (int(part) for part in match.groups()[:3])
    pre, build = (tuple(part.split(".")) if part else () for part in match.groups()[3:])
    return Version(text, (major, minor, patch), pre, build)


def version_problem(text: str) -> str:
    """Why a text is no version, or nothing; completes "`version` …"."""
    return "" if parse_version(text) else "must be a version by SemVer, like 1.2.0"


def latest_of(released: Iterable[str]) -> str:
    """The highest of released versions that is no pre-release; empty when there is none.

    A build (`1.0.0+sha.2f1c`) stands for no commit and never comes before a plain version; of several builds of one
    version the one published last counts, so `released` is in the order of publication.
    """
    return _highest(version for text in released if (version := parse_version(text)) and not version.pre)


def _highest(versions: Iterable[Version]) -> str:
    ranked = enumerate(versions)
    best = max(ranked, key=lambda item: (not item[1].build, item[1].precedence, item[0]), default=None)
    return best[1].text if best else ""


def choose(wanted: str, released: Sequence[str], withdrawn: Sequence[str] = ()) -> str:
    """The version that is wanted: `latest`, an exact one, or the highest of `~1` (1.x.y), `~1.2` (1.2.x), `~1.2.3`
    (1.2.x from 3).

    Pre-releases and withdrawn versions are chosen only when they are named exactly.

    Raises:
        EventpackError: There is no such version; the text names those that there are.
    """
    if wanted in (*released, *withdrawn):
        return wanted
    if wanted == LATEST:
        found = latest_of(released)
        lack = "no version is released" if not released else "only pre-releases are published"
    elif _RANGE.fullmatch(wanted):
        found = latest_of(text for text in released if in_range(wanted, text))
        lack = f"no version fits `{wanted}`"
    else:
        found, lack = "", _unknown(wanted, [*released, *withdrawn])
    if not found:
        raise EventpackError(lack, f"ask for one of: {_list(released)}" if released else "ask whoever publishes it")
    return found


def in_range(wanted: str, text: str) -> bool:
    """Whether a version lies in a range like `~1.2`."""
    match, version = _RANGE.fullmatch(wanted), parse_version(text)
    if match is None or version is None:
        return False
    floor = tuple(int(part) for part in match.groups() if part is not None)
    return version.core[: min(len(floor), 2)] == floor[:2] and version.core >= floor


def _unknown(wanted: str, offered: Sequence[str]) -> str:
    shortened = re.fullmatch(r"v?([0-9]+(?:\.[0-9]+)?)(?:\.[*x])?", wanted)
    if shortened and any(in_range(f"~{shortened[1]}", text) for text in offered):
        return f"`{wanted}` is no version; did you mean `~{shortened[1]}`?"
    hint = near_miss(wanted, offered)
    if parse_version(wanted):
        return f"there is no version {wanted}{hint}"
    return f"`{wanted}` is no version{hint or '; write latest, 1.2.0 or ~1.2'}"


def _list(texts: Sequence[str]) -> str:
    shown = list(reversed(texts))[:8]
    return ", ".join(shown) + (f" and {len(texts) - len(shown)} older ones" if len(texts) > len(shown) else "")
