"""Say why values were changed by hand, after the fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from eventpack.commits import Commit
from eventpack.curate.bench import Bench
from eventpack.curate.settling import Revised, Why, carry_out, explain
from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.history import resolve_commit
from eventpack.judge import compile_judge
from eventpack.opening import Target, read_sound
from eventpack.revisions.released import last_release
from eventpack.revisions.rows import BOOKKEEPING, REDIRECTS, WITHDRAWN, Change, Redirect, recorded_changes
from eventpack.revisions.unexplained import unexplained
from eventpack.subject import Subject, read_subject
from eventpack.trees import Tree

Ask = Callable[[Change], Why | None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which changes are to be explained: those of one record, some fields, one table; empty means all."""

    key: str = ""
    fields: Sequence[str] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """The changes `since` an earlier state that are still without reason, and what was written, if anything."""

    since: str
    left: tuple[Change, ...]
    done: Revised | None


def explain_edits(
    ask: Ask, path: str | Path = ".", chosen: Chosen | None = None, *, since: str = "", dry_run: bool = False
) -> Explained:
    """Add a revision for each value that differs from the last release and has none; `ask` gives its reason, or none.

    New records need no reason, but one that is chosen can be given it.

    As long as nothing is released, compared is a commit: `since`, or the one that is checked out. A record that is
    gone is withdrawn by it, unless a redirect tells what became of it.

    Raises:
        EventpackError: There is no earlier state to compare with, no such record, or a reason is no code; nothing was
            written.
        NotClean: The package cannot be read as a whole.
        DiskError: A file cannot be written; then none is.
    """
    bench = Bench(path)
    with _earlier(bench, since) as (label, old):
        wanted = _wanted(bench, old, chosen or Chosen())
        given = [(change, ask(change)) for change in wanted]
    left = tuple(change for change, why in given if why is None)
    told: list[Change] = []
    redirects: list[Redirect] = []
    for why in dict.fromkeys(why for _, why in given if why is not None):
        changes = [_as_told(bench, change) for change, its in given if its == why]
        gone = [Redirect(one.table, one.key, WITHDRAWN) for one in changes if one.op == "withdrawn"]
        explain(bench, changes, why, gone)
        told += changes
        redirects += gone
    done = carry_out(bench, told, redirects, dry_run=dry_run) if told else None
    return Explained(label, left, done)


def _wanted(bench: Bench, old: Subject, chosen: Chosen) -> list[Change]:
    _require_names(bench, chosen)
    owners = _Owners(old)
    found = unexplained(old, bench.subject, recorded_changes(bench.subject))
    kept = [
        change
        for change in found
        if (not chosen.key or chosen.key in (change.key, owners.of(change)))
        and (not chosen.fields or change.field in chosen.fields)
        and (not chosen.table or change.table == chosen.table)
    ]
    kept += _new(bench, old, chosen)
    if chosen.key and not kept:
        known = {bench.key_of(row) for name in bench.tables for row in bench.rows(name)}
        if chosen.key not in known:
            keys = sorted({change.key for change in found})
            what = f"there is no record {chosen.key}, and none is gone{near_miss(chosen.key, keys or sorted(known))}"
            raise EventpackError(what, "leave the id out to see all that is to be explained")
    return kept


def _require_names(bench: Bench, chosen: Chosen) -> None:
    """Raise `EventpackError` for a table or field that there is not."""
    schemas = bench.package.schemas
    if chosen.table and chosen.table not in schemas:
        what = f"the package has no table `{chosen.table}`{near_miss(chosen.table, schemas)}"
        raise EventpackError(what, f"one of: {', '.join(bench.tables)}")
    own = [name for name in bench.tables if chosen.key and chosen.key in map(bench.key_of, bench.rows(name))]
    tables = [chosen.table] if chosen.table else own or list(bench.tables)
    known = dict.fromkeys(name for table in tables for name in schemas[table].names)
    for name in chosen.fields:
        if name not in known:
            place = f"`{name}` is not a field of {tables[0]}" if len(tables) == 1 else f"no table has a field `{name}`"
            raise EventpackError(
                f"{place}{near_miss(name, known)}", "leave --field out to see all that is to be explained"
            )


def _new(bench: Bench, old: Subject, chosen: Chosen) -> list[Change]:
    """The record that is chosen, when it is new and nobody has said why; nobody has to."""
    if not chosen.key or chosen.fields:
        return []
    told = {(one.table, one.key) for one in recorded_changes(bench.subject) if one.op == "added"}
    names = [name for name in bench.tables if name not in BOOKKEEPING and chosen.table in ("", name)]
    new = [name for name in names if chosen.key in map(bench.key_of, bench.rows(name)) and not _held(old, name, chosen)]
    return [Change(name, chosen.key, "", "added") for name in new if (name, chosen.key) not in told]


def _held(old: Subject, name: str, chosen: Chosen) -> bool:
    key = old.package.schemas[name].primary_key if name in old.tables else []
    return bool(key) and chosen.key in {"|".join(parts) for parts in old.tables[name].rows(key)}


class _Owners:
    """In which records the rows of an older state were written."""

    def __init__(self, old: Subject) -> None:
        self._old = old
        self._held: dict[str, dict[str, str]] = {}

    def of(self, change: Change) -> str:
        """The record in which a row that is gone was written; empty for other changes."""
        package = self._old.package
        resource = package.resource(change.table)
        if change.field or package.inside(resource) is None:
            return ""
        if change.table not in self._held:
            names = [*package.schemas[change.table].primary_key, package.nesting_key(resource)]
            rows = self._old.tables[change.table].rows(names)
            self._held[change.table] = {"|".join(key): owner for *key, owner in rows}
        return self._held[change.table].get(change.key, "")


def _as_told(bench: Bench, change: Change) -> Change:
    """A row that is gone as withdrawn, when it had an id that can be redirected."""
    own = bench.id_field(change.table)
    if change.op != "removed" or not own or REDIRECTS not in bench.tables:
        return change
    is_id = compile_judge(bench.package.schemas[REDIRECTS].field("old_id"))
    return change if is_id(change.key) else replace(change, op="withdrawn")


@contextmanager
def _earlier(bench: Bench, since: str) -> Iterator[tuple[str, Subject]]:
    """The state to compare with, and what to call it."""
    released = last_release(bench.target.tree)
    if released and since:
        what = f"{released[0]} is released, so changes are explained that were made since"
        raise EventpackError(what, "leave --since out")
    if released:
        yield released
        return
    rev = since or "HEAD"
    commit = resolve_commit(bench.root, rev)
    with Commit(bench.root, commit) as tree:
        yield rev, _read(tree, bench.target.descriptor, rev)


def _read(tree: Tree, descriptor: str, label: str) -> Subject:
    if not tree.has(descriptor):
        raise EventpackError(f"there is no {descriptor} in {label}", "name a commit that holds the package")
    package, findings = read_sound(Target(tree, descriptor))
    if package is None:
        raise EventpackError(f"the package cannot be read in {label}: {findings[0].what}", "name another commit")
    return read_subject(package)[0]
