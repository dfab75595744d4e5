"""Which table an extract is of, and whether it is of this dataset at all."""

from __future__ import annotations

from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.loading.extracts import Extract
from eventpack.loading.reach import Reach
from eventpack.loading.tables import Tables
from eventpack.versions import parse_version


def require_same_dataset(tables: Tables, extract: Extract) -> None:
    """Refuse an extract that says that it is of another dataset, or of a later version."""
    descriptor = tables.package.descriptor
    name, version = origin_of(extract)
    if name and name != descriptor.name:
        what = f"{extract.label} is an extract of `{name}`, not of `{descriptor.name}`"
        raise EventpackError(what, f"load `{name}`, and update it with that")
    then, now = parse_version(version), parse_version(descriptor.version)
    if then and now and then.precedence > now.precedence:
        what = f"{extract.label} is of version {version}, which is later than {descriptor.version}"
        raise EventpackError(what, "load a later version, and update it with that")


def origin_of(extract: Extract) -> tuple[str, str]:
    """Name and version of the dataset that an extract says it is of; empty where it says nothing."""
    if extract.making is not None:
        descriptor = extract.making.tables.package.descriptor
        return descriptor.name, descriptor.version
    name, version = extract.about.get("dataset"), extract.about.get("version")
    return (name, version) if isinstance(name, str) and isinstance(version, str) else ("", "")


def table_of(tables: Tables, extract: Extract, wanted: str = "") -> str:
    """The table that an extract is of: the one that is named, or that it names, or that fits its columns best.

    Raises:
        EventpackError: There is no such table, or its key is not among the columns.
    """
    said = extract.making.table if extract.making is not None else extract.about.get("table")
    name = wanted or (said if isinstance(said, str) else "") or _best(tables, extract)
    key = tables.schema(name).primary_key
    if not key:
        raise EventpackError(
            f"`{name}` has no key, so its rows cannot be told apart", "update an extract of another table"
        )
    for part in key:
        if part not in extract.texts:
            what = f"{extract.label} has no column `{part}`{near_miss(part, extract.texts)}"
            raise EventpackError(what, f"keep the key of `{name}` in it ({', '.join(key)}), or name another table")
    return name


def _best(tables: Tables, extract: Extract) -> str:
    """The table whose key and columns the extract has; of several the one in whose key no row stands twice."""
    fits = [name for name in tables.names if (key := _key(tables, name)) and all(part in extract.texts for part in key)]
    if not fits:
        what = f"of which table {extract.label} is an extract cannot be told: it holds the key of none"
        raise EventpackError(what, f"keep the key in it, and name the table: {', '.join(tables.names)}")

    def fitness(name: str) -> tuple[bool, int, int]:
        rows = list(zip(*(extract.texts[part] for part in _key(tables, name)), strict=True))
        homes = Reach.of(tables, name).homes
        own = sum(homes.get(column) == name for column in extract.texts)
        return len(set(rows)) == len(rows), sum(column in homes for column in extract.texts), own

    return max(fits, key=fitness)


def _key(tables: Tables, name: str) -> list[str]:
    return tables.schema(name).primary_key if name in tables.package.schemas else []
