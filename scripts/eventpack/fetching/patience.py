"""How long to wait for a server, how often to try again, and what was wrong, in words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

from eventpack.errors import NetworkError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds but `tries`: how often in a row it may fail without a new byte.

    `pause` doubles from try to try; `longest` caps it, and what a server asks for by Retry-After. `whole` is for one
    small file with all tries: a server may send byte after byte for ever. Of a large one, `slowest` bytes a second must
    come over each `span` of waiting.
    """

    connect: float = 10
    silence: float = 30
    tries: int = 5
    pause: float = 0.5
    longest: float = 60
    whole: float = 600
    slowest: float = 1000
    span: float = 60


class Passing(Exception):
    """A trouble that may pass: try again, after `wait` seconds when the server says so."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


def persist(attempt: Callable[[], T], gained: Callable[[], bool], patience: Patience, fix: str) -> T:
    """What `attempt` returns in the end; when it raises `Passing`, it is tried again after a growing pause.

    `gained` says whether the last try brought anything; then counting starts anew.

    Raises:
        NetworkError: It failed too often in a row.
    """
    fruitless = 0
    while True:
        try:
            return attempt()
        except Passing as trouble:
            fruitless = 1 if gained() else fruitless + 1
            if fruitless >= patience.tries:
                raise NetworkError(f"{trouble} ({fruitless} times in a row)", fix) from trouble
            wait = patience.pause * 2 ** (fruitless - 1) if trouble.wait is None else trouble.wait
            wait = min(max(wait, 0), patience.longest)
            logging.getLogger("eventpack").info("%s; trying again in %.1f s", trouble, wait)
            time.sleep(wait)


def retry_after(value: str) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a time; none when it says nothing."""
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        return parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, OverflowError):  # no time, or one before or after all years
        return None
