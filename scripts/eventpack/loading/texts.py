"""A table's cells as text from its file, or an error that sends to `eventpack validate`."""

from __future__ import annotations

from eventpack.descriptor import Package
from eventpack.errors import EventpackError, TextError
from eventpack.files import DESCRIPTOR, path_problem
from eventpack.tables import Table, header_findings, read_csv
from eventpack.trees import MissingFile


def path_of(package: Package) -> str:
    """A package as somebody would type it."""
    name = package.document.path
    return "/".join(part for part in (package.tree.label, "" if name == DESCRIPTOR else name) if part) or "."


def read_text(package: Package, name: str) -> Table:
    """A table of the package, its header as the schema has it.

    Raises:
        EventpackError: The file is missing, is no CSV, or has other columns.
    """
    schema, resource = package.schemas[name], package.resource(name)
    if package.foreign and not package.built(resource):
        from eventpack.foreign import read_foreign

        table, findings = read_foreign(package, resource)
        for finding in findings:
            if finding.severity == "error":
                raise refuse(package, name, f"{_placed(package, str(finding.where))}: {finding.what}")
        assert table is not None  # else there is an error
        return table
    if problem := path_problem(resource.path):
        raise refuse(package, name, f"the path `{resource.path}` {problem}")
    try:
        file = read_csv(package.tree, resource.path, name, schema.primary_key)
    except TextError as error:
        where = f"{resource.path}:{error.line}:{error.column}"
        raise refuse(package, name, f"{_placed(package, where)}: {error.what}") from error
    except MissingFile as error:
        fix = "run `eventpack build`" if package.built(resource) else ""
        raise refuse(package, name, f"{_placed(package, resource.path)}: {error}", fix) from error
    for finding in header_findings(file, schema):
        raise refuse(package, name, f"{_placed(package, str(finding.where))}: {finding.what}")
    return file.table


def refuse_cell(package: Package, table: Table, row: int, field: str, what: str) -> EventpackError:
    """The error for a cell that does not fit."""
    return refuse(package, table.name, f"{_placed(package, str(table.where(row, field)))}: {what}")


def refuse(package: Package, name: str, what: str, fix: str = "") -> EventpackError:
    """The error for a table that cannot be read."""
    return EventpackError(
        f"the table `{name}` cannot be read: {what}", fix or f"run `eventpack validate {path_of(package)}`"
    )


def _placed(package: Package, where: str) -> str:
    """A place in a file of the package, from where the user stands."""
    return f"{package.tree.label}/{where}" if package.tree.label else where
