"""The case folders as packages: materialised in a temporary folder, run, and their findings as lines.

`tests/cases/<family>/<name>/` holds `bad` (one mistake), `good` (the same mended) and `expected.txt`, the findings
of `bad` as lines `path:line:column code`. A side with its own `datapackage.json` is a whole package; any other is laid
over `tests/cases/base`, an Event Data Package whose schemas are the profile's, whose event types and wording rules are
those of the dataset, and whose built files are built. Beside the files of the package a side may hold `edits.toml`:

    [[edit]]                       an exact text of a file, which must occur once, and what stands there instead
    path, old, new, times          `new` is repeated so many times, once without a number
    [[link]]                       a symbolic link
    path, target
    [[drop]]                       a file that is taken away after the build
    path

and a case `run.txt`, the way it is run: `validate` (the default), `validate --referee`, `validate --texts` (with the
texts in the case's folder `texts`), `validate --since` (the base, with the case's folder `before` laid over it, is
committed before; what is dropped is gone before the build), `format`, `stale` (the files of the side win over those
that are built), `release` (the side is what became of the base after it was released), or `verify` (the side's
edits are made in the packaged base, whose checksums, `seal = "sums"`, or lists of files, too, `seal = "all"`, are then
brought up to date).
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import eventpack
from eventpack.building import NotClean, build
from eventpack.curate.format import format_files
from eventpack.derive.manifest import sums_bytes
from eventpack.descriptor import DESCRIPTORS
from eventpack.errors import EventpackError
from eventpack.finding import Finding
from eventpack.listing import SUMS
from eventpack.packaging import package
from eventpack.proving import prove
from eventpack.validation import validate
from tests.gitpack import commit_all

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
DATASET = Path(__file__).parent.parent
PROFILE = Path(eventpack.__file__).parent / "profile"
SHARED = ("event_types", "type_equivalents", "wording_rules")


def case_folders() -> list[Path]:
    """All case folders, by name."""
    return sorted(path.parent for path in CASES.rglob("expected.txt"))


def copy_base(folder: Path) -> Path:
    """The base package, built, in a new folder."""
    shutil.copytree(_built_base(), folder)
    return folder


@cache
def _built_base() -> Path:
    folder = Path(mkdtemp(prefix="eventpack-base-")) / "base"
    shutil.copytree(BASE, folder)
    shutil.copytree(PROFILE, folder / "schemas")
    for name in SHARED:
        shutil.copy(DATASET / "data" / f"{name}.csv", folder / "data")
    build(folder)
    return folder


def materialise(side: Path, folder: Path, stale: bool = False, before: Path | None = None) -> Path:
    """One side of a case as a package in a new folder, or as what became of an earlier state that git knows."""
    edits = side / "edits.toml"
    orders = tomllib.loads(edits.read_text("utf-8")) if edits.exists() else {}
    if before:
        commit_all(copy_base(folder) if not before.exists() else materialise(before, folder))
        _lay_over(side, folder)
    elif any((side / name).exists() for name in DESCRIPTORS):
        shutil.copytree(side, folder)
    else:
        copy_base(folder)
        _lay_over(side, folder)
    (folder / "edits.toml").unlink(missing_ok=True)
    for order in orders.get("edit", ()):
        _edit(folder / order["path"], order["old"], order["new"] * order.get("times", 1))
    for order in orders.get("link", ()):
        os.symlink(order["target"], folder / order["path"])
    for order in orders.get("drop", ()) if before else ():
        (folder / order["path"]).unlink()
    _build(folder)
    if stale:
        _lay_over(side, folder)
        (folder / "edits.toml").unlink(missing_ok=True)
    for order in orders.get("drop", ()) if not before else ():
        (folder / order["path"]).unlink()
    return folder


@cache
def _packaged_base() -> Path:
    return package(_built_base(), Path(mkdtemp(prefix="eventpack-packaged-"))).folder


def _packaged(side: Path, folder: Path) -> Path:
    """The packaged base with the edits of a side."""
    from tests.places import reseal

    shutil.copytree(_packaged_base(), folder)
    orders = tomllib.loads((side / "edits.toml").read_text("utf-8"))
    _lay_over(side, folder)
    (folder / "edits.toml").unlink()
    for order in orders.get("edit", ()):
        _edit(folder / order["path"], order["old"], order["new"])
    if orders.get("seal") == "all":
        reseal(folder)
    elif orders.get("seal") == "sums":
        held = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        (folder / SUMS).write_bytes(sums_bytes({path: data for path, data in held.items() if path != SUMS}))
    return folder


def _release(package: Path) -> tuple[Finding, ...]:
    """What forbids to release a package, after the base was released."""
    from eventpack.releasing import release

    before = copy_base(package.with_name(f"{package.name}-before"))
    commit_all(before)
    release(before, summary="Two events.")
    for name in (".git", "releases"):
        shutil.move(before / name, package / name)
    commit_all(package)
    try:
        release(package, summary="What became of it.")
    except NotClean as error:
        return error.report.findings
    return ()


def _lay_over(side: Path, folder: Path) -> None:
    shutil.copytree(side, folder, dirs_exist_ok=True)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name} holds {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def _build(folder: Path) -> None:
    with suppress(EventpackError):  # what cannot be read is not built; the files of the base stay
        build(folder)


def run_case(case: Path, side: str, folder: Path) -> list[str]:
    """The findings of one side of a case, as the lines of `expected.txt`."""
    options = case / "run.txt"
    how = options.read_text("utf-8").strip() if options.exists() else "validate"
    if how == "verify":
        return as_lines(prove(_packaged(case / side, folder)).report.findings)
    before = case / "before" if how == "validate --since" else None
    package = materialise(case / side, folder, how == "stale", before)
    match how:
        case "validate" | "stale":
            return as_lines(validate(package).findings)
        case "validate --since":
            return as_lines(validate(package, since="HEAD").findings)
        case "validate --referee":
            return as_lines(validate(package, referee=True).findings)
        case "validate --texts":
            return as_lines(validate(package, texts=case / "texts").findings)
        case "format":
            return as_lines(_relative(finding, package) for finding in format_files([package], check=True).findings)
        case "release":
            return as_lines(_release(package))
    raise AssertionError(f"{case} asks for `{how}`")


def _relative(finding: Finding, package: Path) -> Finding:
    path = Path(finding.where.path).relative_to(package).as_posix()
    return replace(finding, where=replace(finding.where, path=path))


def as_lines(findings: Iterable[Finding]) -> list[str]:
    """Findings as `path:line:column code`."""
    return [f"{finding.where} {finding.code}" for finding in findings]
