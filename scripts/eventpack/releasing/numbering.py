"""Which number a release may have: the step of the version must be as large as the change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from eventpack.errors import EventpackError
from eventpack.versions import Version, parse_version

Step = Literal["none", "patch", "minor", "major"]
STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")


def proposed(previous: str, step: str) -> str:
    """The version that follows from another by a step; a pre-release is followed by what it was made for."""
    held = _version(previous)
    major, minor, patch = held.core
    if held.pre:
        return f"{major}.{minor}.{patch}"
    return {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch + 1}",
    }[step]


def step_between(previous: str, version: str) -> Step:
    """The step that leads from one version to a higher one; whatever follows a pre-release is major."""
    old, new = _version(previous), _version(version)
    if old.pre:
        return "major"
    for at, step in enumerate(("major", "minor", "patch")):
        if old.core[at] != new.core[at]:
            return step  # type: ignore[return-value]  # one of the three
    return "none"


def first_version(wanted: str, declared: str) -> str:
    """The version of a first release: the one that is wanted, else the descriptor's.

    Raises:
        EventpackError: It is none.
    """
    return _releasable(wanted or declared or "0.1.0").text


def next_version(wanted: str, previous: str, step: str, reasons: Sequence[str]) -> str:
    """The version of the next release: the one that is wanted when its step is large enough, else the right one.

    Raises:
        EventpackError: The step is too small, the version is not higher, or it is none.
    """
    right = proposed(previous, step)
    if not wanted:
        return right
    version = _releasable(wanted)
    fix = f"release {right}: eventpack release {right}"
    if version.precedence <= _version(previous).precedence:
        raise EventpackError(f"{wanted} is not higher than {previous}, which is released", fix)
    taken = step_between(previous, wanted)
    if STEPS.index(taken) < STEPS.index(step):
        because = "; ".join(reasons[:4]) + (f" and {len(reasons) - 4} more" if len(reasons) > 4 else "")
        what = f"{wanted} is too small a step from {previous}: the change is {step} ({because})"
        raise EventpackError(what, fix)
    return wanted


def _releasable(text: str) -> Version:
    version = parse_version(text)
    if version is None:
        raise EventpackError(f"`{text}` is no version by SemVer", "write it like 1.2.0")
    if version.build:
        what = f"{text} is the version of a build: what stands after `+` marks candidates"
        raise EventpackError(what, f"release {text.partition('+')[0]}")
    return version


def _version(text: str) -> Version:
    version = parse_version(text)
    assert version is not None  # it was released, or checked
    return version
