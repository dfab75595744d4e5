"""Which bytes an export is derived from: one digest for all files of a package."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.candidate import read_sums
from eventpack.descriptor import Package
from eventpack.errors import DamagedError, EventpackError
from eventpack.files import sha256
from eventpack.listing import SUMS, digest_of
from eventpack.trees import Folder, MissingFile, Tree


def core_digest(package: Package) -> str:
    """The SHA-256 of SHA256SUMS, after its files were held against it; of anything else that of the list which
    `sha256sum` would write of descriptor and tables.

    Raises:
        DamagedError: The package is not as it was packaged.
        EventpackError: A file is missing.
    """
    tree = package.tree
    if tree.has(SUMS):
        sums = tree.read(SUMS)
        for path, wanted in sorted(read_sums(sums, SUMS).items()):
            if (held := _digest(tree, path)) != wanted:
                raise DamagedError(f"{path} has SHA-256 {held}, expected {wanted}", "package it again, or get it again")
        return sha256(sums)
    lines = (f"{_digest(tree, path)}  {path}\n" for path in sorted(set(_paths(package))))
    return sha256("".join(lines).encode("utf-8"))


def _paths(package: Package) -> Iterator[str]:
    """Descriptor, tables, and the schemas that stand in files of their own."""
    yield package.document.path
    for resource in package.tables:
        yield from resource.paths
        if isinstance(resource.schema_, str):
            yield resource.schema_


def _digest(tree: Tree, path: str) -> str:
    try:
        if isinstance(tree, Folder):
            with tree.open(path):  # inside the package, and there
                pass
            return digest_of(tree.root / path)
        return sha256(tree.read(path))
    except MissingFile as error:
        raise EventpackError(f"`{path}` cannot be exported: {error}", "run `eventpack validate`") from error
