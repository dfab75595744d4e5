"""GitHub as a target: a release under the tag of the version, a draft until it is to be public."""

from __future__ import annotations

from functools import partial

from eventpack.depots.addresses import InDepot
from eventpack.depots.calls import Refused
from eventpack.depots.github import Asset, GitHub, GitRelease
from eventpack.depots.tokens import require_token
from eventpack.errors import EventpackError
from eventpack.exports import EXPORTS
from eventpack.fetching import Absent
from eventpack.opening import open_package
from eventpack.publishing.changes import changes_of
from eventpack.publishing.depot import Look, Move, Sent, Upload
from eventpack.publishing.publication import Order, Publication, Step
from eventpack.publishing.release import origin_of
from eventpack.publishing.remembering import Memory, memory_of
from eventpack.versions import latest_of, parse_version


class GitHubDesk:
    """A repository; see `Desk`."""

    def __init__(self, address: InDepot) -> None:
        if not address.path:
            raise EventpackError("github: names no repository", "write github:owner/repo")
        self.label, self._address = address.label, address
        self._service = GitHub(address.depot, address.path, require_token(address.depot))
        self._checked = False

    def close(self) -> None:
        """Close the connection."""
        self._service.close()

    def look(self, order: Order, files: tuple[Upload, ...]) -> Look:
        """What GitHub holds of this version, and what is left to do."""
        if not self._checked:
            self._service.require_writable()
            self._checked = True
        release, tag = order.release, f"v{order.release.version}"
        changes = " ".join(order.changes.split()) or changes_of(release.folder, release.version)
        releases = self._service.releases()
        memory = memory_of(self._address, release.name, release.version)
        held = _release_of(releases, tag)
        if held is None or held.draft:
            held = self._remembered(memory, tag) or held
        assets = {asset.name: asset for asset in held.assets} if held else {}
        if held and not held.draft:
            self._require_same(held, assets, files)
        moves: list[Move] = []
        kept = held is not None and not held.draft and EXPORTS in assets  # exports that are public stay as they are
        if held is None:
            commit = self._commit(tag, origin_of(release)[1])
            body = _body(order, changes, tag, commit, files[-1])
            create = partial(self._create, tag, body, memory)
            moves.append(Move(Step(f"{self.label}  release {tag} (draft)"), lambda sent: create(), look_again=True))
            held = GitRelease(0, tag, draft=True, prerelease=False, immutable=False, page="", uploads="", assets=())
        moves += [
            self._upload(held, assets.get(file.name), file)
            for file in files
            if not self._same(assets.get(file.name), file) and not (file.extra and kept)
        ]
        public = [_version(each) for each in releases if not each.draft and _version(each)]
        before = latest_of(public)
        latest = latest_of([*public, release.version]) if order.public or not held.draft else before
        if order.public and held.draft:
            words: dict[str, object] = {"draft": False, "make_latest": "true" if latest == release.version else "false"}
            moves.append(Move(Step(f"{self.label}  public, tag {tag}"), partial(self._publish, held, words)))
        told = Publication(
            release.name, release.version, self.label, len(files), sum(file.size for file in files), changes,
            tuple(move.step for move in moves), latest, before,
            state="public" if order.public or not held.draft else "draft", url=held.page,
        )  # fmt: skip
        there = tuple(file.name for file in files if self._same(assets.get(file.name), file))
        return Look(tuple(moves), told, there)

    def _commit(self, tag: str, packaged: str) -> str:
        """The commit for the tag: that which was packaged; a tag that is there must be on it."""
        tagged = self._service.commit(tag)
        if tagged and packaged and tagged != packaged:
            what = f"the tag {tag} of {self.label} is on commit {tagged[:12]}, and {packaged[:12]} was packaged"
            raise EventpackError(what, "move the tag, or release another version")
        if packaged and not tagged and self._service.commit(packaged) != packaged:
            what = f"{self.label} does not hold the commit that was packaged, {packaged[:12]}"
            raise EventpackError(what, "push it (`git push`), so that the tag can be put on it")
        return packaged

    def _remembered(self, memory: Memory, tag: str) -> GitRelease | None:
        """The release that this machine remembers: a list may not show for a while what is new."""
        if not memory.record.isdigit():
            return None
        try:
            found = self._service.release(int(memory.record))
        except Absent:
            return None
        return found if found.tag == tag else None

    def _create(self, tag: str, body: dict[str, object], memory: Memory) -> None:
        def look() -> GitRelease | None:
            return _release_of(self._service.releases(), tag)

        made = memory.make(partial(self._service.create, body), look, self._service.api)
        memory.keep(str(made.id))

    def _upload(self, release: GitRelease, held: Asset | None, file: Upload) -> Move:
        """Send a file, in the place of one whose upload broke off, or that is another one in a draft."""
        other = f" (instead of {held.size} other bytes)" if held and held.ready else ""
        step = Step(f"{self.label}  {file.name}{other}", 0, file.size)

        def do(sent: Sent) -> None:
            told, before = sent.of(file.name), held

            def look() -> bool | None:
                nonlocal before
                assets = self._service.release(release.id).assets
                before = next((each for each in assets if each.name == file.name), None)
                return True if self._same(before, file) else None

            def act() -> bool:
                if before:
                    self._service.remove(before)
                try:
                    made = self._service.send(release, file.name, file.path, file.size, told)
                except Refused as error:
                    if error.status == 422 and look():  # it had come, and its answer had not
                        return True
                    raise
                if made.name != file.name or not self._same(made, file):
                    what = f"{self.label} received {made.name}, {made.size} bytes, for {file.name}, {file.size} bytes"
                    raise EventpackError(what, "run it again; the file in the draft is replaced")
                return True

            self._service.api.settle(look, act)
            told(file.size)

        return Move(step, do)

    def _publish(self, release: GitRelease, words: dict[str, object], sent: Sent) -> None:
        def look() -> GitRelease | None:
            now = self._service.release(release.id)
            return None if now.draft else now

        self._service.api.settle(look, partial(self._service.update, release.id, words))

    def _same(self, asset: Asset | None, file: Upload) -> bool:
        """Whether an asset has the bytes of a file; where GitHub keeps no digest, they are fetched and hashed."""
        if not asset or not asset.ready or asset.size != file.size:
            return False
        return (asset.digest or f"sha256:{self._service.digest(asset)}") == f"sha256:{file.sha256}"

    def _require_same(self, held: GitRelease, assets: dict[str, Asset], files: tuple[Upload, ...]) -> None:
        """What is public never changes; a file may still be added to a release that is not immutable."""
        for file in files:
            asset = assets.get(file.name)
            if file.extra:
                continue
            if asset and not self._same(asset, file):
                what = f"{self.label} holds {held.tag} with other bytes: {file.name} differs"
                raise EventpackError(what, "a published version never changes; give the data a new version")
            if not asset and held.immutable:
                what = f"{self.label} holds {held.tag} without {file.name}, and that release is immutable"
                raise EventpackError(what, "give the data a new version")


def _release_of(releases: list[GitRelease], tag: str) -> GitRelease | None:
    """The public release under a tag, else the oldest draft for it."""
    ours = sorted((each for each in releases if each.tag == tag), key=lambda each: (each.draft, each.id))
    return next(iter(ours), None)


def _version(release: GitRelease) -> str:
    text = release.tag.removeprefix("v")
    return text if parse_version(text) else ""


def _body(order: Order, changes: str, tag: str, commit: str, archive: Upload) -> dict[str, object]:
    release = order.release
    title = open_package(release.folder).descriptor.title or release.name
    version = parse_version(release.version)
    words = [
        changes,
        f"Data package `{release.name}` {release.version}.",
        f"SHA-256 of `{archive.name}`: `{archive.sha256}`",
    ]
    return {
        "tag_name": tag,
        "name": f"{title} {release.version}",
        "body": "\n\n".join(word for word in words if word),
        "draft": True,
        "prerelease": bool(version and version.pre),
        **({"target_commitish": commit} if commit else {}),
    }  # fmt: skip
