"""A version in a depot as a source of its files: they come out of its archive, which is fetched once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from eventpack.candidate import Candidate, read_candidate, read_sums
from eventpack.depots.addresses import flat_name
from eventpack.depots.held import HeldFile, HeldVersion, Holding
from eventpack.errors import DamagedError, NotAPackage
from eventpack.exports import EXPORTS, exports_version
from eventpack.fetching import Absent, Told
from eventpack.fetching.address import Address
from eventpack.fetching.source import REPORT, drop
from eventpack.fetching.web import Web
from eventpack.fetching.zipped import Zipped
from eventpack.files import sha256
from eventpack.listing import MANIFEST, SIGNATURE, SUMS, ListedFile

_LIMIT = 256 << 20


@dataclass(frozen=True, slots=True)
class _Files(Address):
    """The files of a version, each at an address of its own."""

    held: HeldVersion | None = None

    def of(self, path: str) -> str:
        """The URL of a file."""
        assert self.held is not None
        return self.held.files[path].url


class Deposited:
    """A version in a depot; `Source` tells what it can do.

    Raises:
        NotAPackage: It was not published by `eventpack publish`.
    """

    def __init__(self, holding: Holding, held: HeldVersion, key: str) -> None:
        self.label, self.key = held.place, key
        self._held = held
        for name in (SUMS, MANIFEST):
            if name not in held.files:
                what = f"{held.place} holds no {name}, so it was not published by eventpack"
                raise NotAPackage(what, "download its files by hand")
        self._web = Web(_Files("", held.place, key, "", held), headers=holding.headers, anonymous=True)
        self._small: dict[str, bytes] = {}
        self._archive: Zipped | None = None
        sums = self._asset(SUMS, _LIMIT)
        self._names = sorted([*read_sums(sums, f"{self.label}/{SUMS}"), SUMS, *({SIGNATURE} & held.files.keys())])

    def close(self) -> None:
        """Close connection and archive."""
        self._web.close()
        if self._archive:
            self._archive.close()

    def candidate(self) -> Candidate:
        """What the version is, by its own checksums and manifest."""
        return read_candidate(self)

    def exports(self) -> ListedFile | None:
        """The list of the exports of the version; none when it comes without."""
        if EXPORTS not in self._held.files:
            return None
        data = self._asset(EXPORTS, _LIMIT)
        return ListedFile(path=EXPORTS, bytes=len(data), sha256=sha256(data))

    def names(self) -> list[str]:
        """The paths of all files, sorted."""
        return self._names

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a small file that lies beside the archive; raises `Absent`."""
        if path not in self._held.files:
            raise Absent(f"{self.label}/{path}")
        return self._asset(path, limit)

    def fetch(self, path: str, part: Path, size: int, told: Told) -> bool:
        """Take a file out of the archive, which is fetched first, beside `part`; exports lie beside it, one by one.

        A broken transfer goes on.
        """
        folder, _, name = path.partition("/")
        if folder == exports_version(self._held.version):
            if flat_name(name) not in self._held.files:
                raise Absent(f"{self.label}/{flat_name(name)}")
            return self._web.fetch(flat_name(name), part, size, told)
        if self._archive is None:
            self._archive = self._fetched(part.parent, told)
        return self._archive.fetch(path, part, size, told)

    def _fetched(self, folder: Path, told: Told) -> Zipped:
        file = self._zip()
        part = folder / hashlib.sha256(f"{file.url}\n{file.digest}".encode()).hexdigest()
        try:
            self._web.fetch(file.name, part, file.size, told)
        except Absent:
            raise DamagedError(f"{self.label}/{file.name} is listed and not there", "try again later") from None
        _require(file, part, self.label)
        return Zipped(part)

    def _zip(self) -> HeldFile:
        """The archive of the version: the one whose name ends in its number."""
        found = [file for name, file in self._held.files.items() if name.endswith(f"-{self._held.version}.zip")]
        if len(found) != 1:
            what = f"{self.label} holds {len(found)} archives named …-{self._held.version}.zip, and one is expected"
            raise NotAPackage(what, "download its files by hand")
        return found[0]

    def _asset(self, name: str, limit: int) -> bytes:
        if name not in self._small:
            file = self._held.files[name]
            data = self._web.read(name, limit)
            if len(data) != file.size or _digest(data, file.digest) != file.digest:
                raise DamagedError(f"{self.label}/{name} is not what the depot lists", REPORT)
            self._small[name] = data
        return self._small[name]


def _digest(data: bytes, like: str) -> str:
    """The digest of bytes, of the kind that another one is; empty for none."""
    kind = like.partition(":")[0]
    return f"{kind}:{hashlib.new(kind, data, usedforsecurity=False).hexdigest()}" if _known(like) else like


def _known(digest: str) -> bool:
    return re.fullmatch(r"md5:[0-9a-f]{32}|sha256:[0-9a-f]{64}", digest) is not None


def _require(file: HeldFile, part: Path, label: str) -> None:
    """Refuse an archive that is not what the depot lists; that its files are those published is checked one by one."""
    if not _known(file.digest):
        return
    digest = hashlib.new(file.digest.partition(":")[0], usedforsecurity=False)
    with part.open("rb") as data:
        while block := data.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != file.digest.partition(":")[2]:
        drop(part)
        raise DamagedError(f"{label}/{file.name} is not what the depot lists", REPORT)
