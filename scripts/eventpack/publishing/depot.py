"""A depot as a target: look what it holds, do what is lacking, look again, until nothing is lacking."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from eventpack.cache import cache_root
from eventpack.depots.addresses import flat_name
from eventpack.derive.citation import CITATION
from eventpack.derive.readme import CHANGES
from eventpack.errors import EventpackError, NetworkError
from eventpack.files import DESCRIPTOR
from eventpack.listing import MANIFEST, SIGNATURE, SUMS
from eventpack.locks import locked
from eventpack.publishing.publication import Order, Publication, Step
from eventpack.publishing.release import Release, require_declared
from eventpack.versions import parse_version

Told = Callable[[int, int], None]
# Of a release a depot gets the archive, and beside it what people and programs want to read without unpacking.
BESIDE = ("README.md", CHANGES, CITATION, DESCRIPTOR, MANIFEST, SUMS, SIGNATURE)
_MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Upload:
    """A file for a depot, under its name there; exports are `extra`: their bytes depend on the libraries of a day."""

    name: str
    path: Path
    size: int
    sha256: str
    extra: bool = False

    @property
    def md5(self) -> str:
        """MD5 in hexadecimal; the checksum that InvenioRDM gives, good against accidents only."""
        digest = hashlib.md5(usedforsecurity=False)
        with self.path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()


def uploads_of(release: Release) -> tuple[Upload, ...]:
    """The files of a release for a depot, the archive last: when it is there, all is.

    Raises:
        EventpackError: Exports that the descriptor names are not there, or two would have one name.
    """
    require_declared(release)
    beside = [file for name in BESIDE for file in release.files if file.path == name]
    extra = release.exports.sources().items() if release.exports else ()
    files = (
        *(Upload(file.path, release.folder / file.path, file.bytes, file.sha256) for file in beside),
        *(Upload(flat_name(path), place, file.bytes, file.sha256, extra=True) for path, (place, file) in extra),
        Upload(release.archive.path, release.zip, release.archive.bytes, release.archive.sha256),
    )
    names = [file.name for file in files]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise EventpackError(f"two files would be {twice} in a depot, which has no folders", "rename one of them")
    return files


class Sent:
    """How many bytes of the files of a release are at the depot."""

    def __init__(self, whole: int, told: Told) -> None:
        self._whole, self._told = whole, told
        self._there: dict[str, int] = {}

    def of(self, name: str) -> Callable[[int], None]:
        """What to call with the bytes of one file that are there."""

        def tell(sent: int) -> None:
            self._there[name] = sent
            self._told(min(sum(self._there.values()), self._whole), self._whole)

        return tell


@dataclass(frozen=True, slots=True)
class Move:
    """A step and how it is done; when the rest depends on what comes of it, `look_again`."""

    step: Step
    do: Callable[[Sent], None]
    look_again: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a depot holds of an order: the moves that are left, and what there is when they are done.

    `there` are the names of files that are there already.
    """

    moves: tuple[Move, ...]
    publication: Publication
    there: tuple[str, ...] = ()


class Desk(Protocol):
    """What a kind of depot can do: look, and name moves. Each move can be repeated without doing it twice."""

    label: str

    def look(self, order: Order, files: tuple[Upload, ...]) -> Look:
        """What there is and what is left to do; it only reads."""

    def close(self) -> None:
        """Let connections go."""


class DepotTarget:
    """A depot as a target; see `Target`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.label = desk.label

    def plan(self, order: Order) -> Publication:
        """What there is to do; the depot is only read."""
        _require_final(order.release)
        return self._desk.look(order, uploads_of(order.release)).publication

    def act(self, order: Order, told: Told) -> Publication:
        """Do it, and look whether it is done; others on this machine wait."""
        _require_final(order.release)
        name = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{self.label}-{order.release.name}")
        waiting = f"another process publishes {order.release.name} to {self.label}; waiting for it"
        with locked(cache_root() / "depots" / f".{name}.lock", waiting):
            return self._act(order, uploads_of(order.release), told)

    def _act(self, order: Order, files: tuple[Upload, ...], told: Told) -> Publication:
        sizes = {file.name: file.size for file in files}
        sent = Sent(sum(sizes.values()), told)
        steps: list[Step] = []
        before: str | None = None
        for _ in range(_MOST_ROUNDS):
            look = self._desk.look(order, files)
            before = look.publication.before if before is None else before
            for name in look.there:
                sent.of(name)(sizes[name])
            if not look.moves:
                return look.publication.after(tuple(steps), before)
            for move in look.moves:
                move.do(sent)
                steps.append(move.step)
                if move.look_again:
                    break
        what = f"{self.label} does not keep what it is given: {look.moves[0].step.what} is still to do"
        raise NetworkError(what, "run it again; if it stays so, look at the draft on its page")

    def close(self) -> None:
        """Let connections go."""
        self._desk.close()


def _require_final(release: Release) -> None:
    """A depot keeps what is published for ever, so it gets nothing that was packaged in passing."""
    version = parse_version(release.version)
    if version and version.build:
        what = f"{release.version} was packaged outside git or between releases, and a depot keeps releases only"
        raise EventpackError(what, "release a version (`eventpack release`), and publish that")
