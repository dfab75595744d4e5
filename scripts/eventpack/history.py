"""Which commit a piece of work began at, and which files it touched, as git tells it."""

from __future__ import annotations

import os
from pathlib import Path

from eventpack.errors import EventpackError
from eventpack.git import GitRefused, ask_git


def merge_base(root: Path, rev: str) -> str:
    """The id of the last commit that a branch, tag or commit has in common with what is checked out.

    Raises:
        EventpackError: There is no such commit, or git cannot tell.
    """
    if not rev or rev.startswith("-") or not rev.isprintable():
        raise EventpackError(f"`{ascii(rev)[1:-1]}` names no commit", "name a branch, tag or commit")
    try:
        return ask_git(root, "merge-base", rev, "HEAD").decode().strip()
    except GitRefused:
        raise _no_base(root, rev) from None


def resolve_commit(root: Path, rev: str) -> str:
    """The id of the commit that a branch, tag or id names.

    Raises:
        EventpackError: There is no such commit, or git cannot tell.
    """
    if not rev or rev.startswith("-") or not rev.isprintable():
        raise EventpackError(f"`{ascii(rev)[1:-1]}` names no commit", "name a branch, tag or commit")
    try:
        ask_git(root, "rev-parse", "--git-dir")
    except GitRefused as error:
        said = str(error).removeprefix("fatal: ").partition("\n")[0]
        raise EventpackError(f"git cannot look at {_shown(root)}: {said}", "name a folder or zip instead") from None
    try:
        return ask_git(root, "rev-parse", "--quiet", "--verify", f"{rev}^{{commit}}").decode().strip()
    except GitRefused:
        fix = "name a branch, tag or commit; `git fetch` brings those of the server"
        raise EventpackError(f"git knows no commit `{rev}`{_meant(root, rev)}", fix) from None


def touched_files(root: Path, commit: str) -> frozenset[str]:
    """The paths below a folder whose files differ from the commit, are new or gone; renamed ones with both names.

    The working tree counts as it stands: with what is not committed and not added, without what git ignores.

    Raises:
        EventpackError: Git cannot tell.
    """
    try:
        differing = ask_git(
            root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", commit, "--", "."
        )
        unknown = ask_git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    except GitRefused as error:
        what = f"git cannot compare {_shown(root)} with {commit[:12]}: {error}"
        raise EventpackError(what, "try `git diff`") from None
    return frozenset(os.fsdecode(name) for name in (differing + unknown).split(b"\0") if name)


def _no_base(root: Path, rev: str) -> EventpackError:
    """Why there is no common commit, and what to do."""
    try:
        shallow = ask_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitRefused as error:
        said, _, more = str(error).removeprefix("fatal: ").partition("\n")
        what, advice = f"what changed in {_shown(root)} cannot be told: {said}", more.rpartition("\n")[2].strip()
        if advice.startswith("git config "):  # the repository is another user's, as in many containers
            return EventpackError(what, f"if you trust it: `{advice}`")
        return EventpackError(what, "--since needs git and a package in a git repository; else leave it out")
    if not _is_commit(root, "HEAD"):
        what = f"the repository of {_shown(root)} has no commit yet"
        return EventpackError(what, "commit first, or leave --since out")
    if _is_commit(root, rev):
        what, fix = f"`{rev}` and what is checked out have no commit in common", "name another branch or commit"
    else:
        what = f"git knows no commit `{rev}`{_meant(root, rev)}"
        fix = "name a branch, tag or commit; `git fetch` brings those of the server"
    if shallow:
        what = f"{what}, but this clone is shallow"
        fix = "fetch more history: `git fetch --deepen=100`, or `fetch-depth: 0` at actions/checkout"
    return EventpackError(what, fix)


def _is_commit(root: Path, rev: str) -> bool:
    try:
        return bool(ask_git(root, "rev-parse", "--quiet", "--verify", f"{rev}^{{commit}}"))
    except GitRefused:
        return False


def _meant(root: Path, rev: str) -> str:
    """The branch of a server that was probably meant by its bare name."""
    try:
        names = os.fsdecode(ask_git(root, "for-each-ref", "--format=%(refname:short)", "refs/remotes")).split("\n")
    except GitRefused:
        return ""
    return next((f"; did you mean `{name}`?" for name in names if name.endswith(f"/{rev}")), "")


def _shown(root: Path) -> str:
    return "this folder" if root == Path() else str(root)
