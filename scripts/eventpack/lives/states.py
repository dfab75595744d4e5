"""The versions of a dataset that can be looked at: those released, those published, and the tree as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eventpack.catalogue import VERSIONS, Catalogue
from eventpack.descriptor import Package
from eventpack.errors import EventpackError
from eventpack.fetching.address import is_address
from eventpack.files import DESCRIPTOR
from eventpack.listing import SUMS
from eventpack.opening import find_target, read_sound
from eventpack.releases import LIST, Releases, find_archive, require_day, require_releases
from eventpack.releasing.bookkeeping import NEXT
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder
from eventpack.versions import LATEST, choose, latest_of


@dataclass(frozen=True)
class State:
    """One version: its day, and when and why it was withdrawn, if it was; `find` gets the path of its package.

    The tree as it stands has the version `next` and no day.
    """

    version: str
    date: str
    find: Callable[[], Path]
    status: str = "released"
    withdrawn: str = ""
    withdrawn_on: str = ""
    doi: str = ""

    def package(self) -> Package:
        """The package, opened; what is published is downloaded and verified first."""
        place = self.find()
        package, findings = read_sound(find_target(place))
        if package is None:
            raise EventpackError(f"{place}: {findings[0].what}", f"run `eventpack validate {place}`")
        return package

    def subject(self) -> Subject:
        """Its tables; raises `EventpackError` when one cannot be read."""
        package = self.package()
        subject, findings = read_subject(package)
        for finding in findings:
            if finding.severity == "error":
                what = f"{package.tree.label or 'this folder'}: {finding.where}: {finding.what}"
                raise EventpackError(what, finding.fix)
        return subject


def states_of(ref: str | Path, *, offline: bool = False) -> list[State]:
    """The versions of a dataset, the first one first: a source tree with its releases, a published place, a package.

    Raises:
        NotAPackage: There is nothing of the kind.
        EventpackError: The archive of a release is not here, or there is no such place.
        DamagedError: What was released or published has other bytes.
        NetworkError: The server or the network refuses.
    """
    text, path = str(ref), Path(ref)
    if is_address(text) or (path.is_dir() and (path / VERSIONS).is_file() and not (path / DESCRIPTOR).is_file()):
        return list(_published(text, offline))
    target = find_target(path)
    tree = target.tree
    if not isinstance(tree, Folder) or tree.has(SUMS):
        package, findings = read_sound(target)
        if package is None:
            raise EventpackError(f"{path}: {findings[0].what}", f"run `eventpack validate {path}`")
        return [State(package.descriptor.version, package.descriptor.created[:10], partial(Path, path))]
    now = State(NEXT, "", partial(Path, tree.root / target.descriptor))
    return [*(_released(tree.root, require_releases(tree)) if tree.has(LIST) else ()), now]


def _released(root: Path, releases: Releases) -> Iterator[State]:
    for entry in releases.versions:
        why = entry.withdrawn
        yield State(
            entry.version, entry.date, partial(find_archive, root, entry), entry.status, why.reason if why else "",
            why.date if why else "", str(entry.other.get("doi", "")),
        )  # fmt: skip


def _published(ref: str, offline: bool) -> Iterator[State]:
    from eventpack.downloading.offers import find_offer

    offer = find_offer(ref, LATEST, offline)
    offer.close()
    catalogue = offer.catalogue or Catalogue(catalogue="1", name=offer.name, versions=[offer.entry])
    for entry in catalogue.versions:
        yield State(entry.version, entry.date, partial(_download, ref, entry.version, offline), entry.status)


def _download(ref: str, version: str, offline: bool) -> Path:
    from eventpack.downloading import download

    return download(ref, version=version, offline=offline).folder


def state_at(states: Sequence[State], *, version: str = "", date: str = "") -> State:
    """One of several versions: exact, `latest` or a range; as of the end of a day; else the last.

    Raises:
        EventpackError: There is no such version, or nothing was released then.
    """
    if version and date:
        raise EventpackError("a version and a day are both given", "give --version or --as-of")
    past = [state for state in states if state.version != NEXT]
    if version and version != NEXT:
        texts = [[state.version for state in past if state.status == status] for status in ("released", "withdrawn")]
        wanted = choose(version, *texts)
    elif date:
        there = upto(past, date)
        wanted = latest_of(
            state.version for state in there if not (state.withdrawn_on and state.withdrawn_on <= require_day(date))
        )
        if not wanted:
            first = f"the first release is of {past[0].date}" if past else "nothing is released yet"
            raise EventpackError(f"nothing was released on {require_day(date)}", first)
    else:
        return states[-1]
    return next(state for state in past if state.version == wanted)


def upto(states: Sequence[State], date: str) -> list[State]:
    """The versions that were there at the end of a day."""
    day = require_day(date)
    return [state for state in states if state.date and state.date <= day]
