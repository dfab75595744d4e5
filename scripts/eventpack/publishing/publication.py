"""What publishing comes to, at whatever target: what is to be published, the steps, and what there is afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from eventpack.depots.addresses import is_in_depot
from eventpack.publishing.release import Release
from eventpack.signing import given_key

State = Literal["draft", "public"]


@dataclass(frozen=True, slots=True)
class Signing:
    """How a place is signed: with a private key, as text, after which other one, and for how many days it holds.

    `wanted` is false when the key is only at hand: then it signs what is signed already. With `accept`, a list of
    versions is signed that was changed by hand.
    """

    key: str = ""
    old_key: str = ""
    valid: int | None = None
    accept: bool = False
    wanted: bool = False

    @classmethod
    def of(cls, sign: Path | None, old_key: Path | None, valid: int | None, accept: bool) -> Signing:
        """From the files of keys; without one, from the key in the environment.

        Raises:
            EventpackError: A file cannot be read.
        """
        old = given_key(old_key) if old_key else ""
        return cls(given_key(sign), old, valid, accept, wanted=sign is not None)


@dataclass(frozen=True, slots=True)
class Order:
    """A release to be published: with which words on what is new, whether it becomes public, and how it is signed.

    Without `public` a depot keeps a draft, which only its owner sees. A place has no drafts, and makes public at once.
    """

    release: Release
    changes: str = ""
    public: bool = False
    signing: Signing = Signing()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do at a target: what is written or changed, with the number of files and their bytes, if any."""

    what: str
    files: int = 0
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """One version at a target: what there is to do, or was done.

    `target` is the address without secrets; `files` counts all that belong to the version there, `size` is theirs in
    bytes. `state` is that afterwards, `url` where it can be looked at, `doi` the version's; both may be empty. `note`
    is what is worth knowing. `latest` is what `latest` means afterwards (empty: nothing), `before` what it meant.
    `done` tells whether the steps were carried out.
    """

    name: str
    version: str
    target: str
    files: int
    size: int
    changes: str
    steps: tuple[Step, ...]
    latest: str = ""
    before: str = ""
    state: State = "public"
    url: str = ""
    doi: str = ""
    note: str = ""
    done: bool = False

    @property
    def depot(self) -> bool:
        """Whether the target is a depot, which shows it at a page of its own."""
        return is_in_depot(self.target)

    @property
    def already(self) -> bool:
        """Whether there was nothing to do."""
        return not self.steps

    def carried_out(self) -> Publication:
        """The same, done."""
        return replace(self, done=True)

    def after(self, steps: tuple[Step, ...], before: str) -> Publication:
        """The same, with the steps that were done, and what `latest` meant before them."""
        return replace(self, steps=steps, before=before, done=True)
