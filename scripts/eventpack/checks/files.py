"""The files of the descriptor are there, inside the package, and are those that it describes by size and digest."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.document import Document
from eventpack.finding import Finding
from eventpack.remote import path_fault
from eventpack.resource import Resource
from eventpack.subject import Subject
from eventpack.trees import MissingFile, Tree, pieces

_ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def check_files(subject: Subject) -> Iterator[Finding]:
    """The files, `bytes` and `hash` of every resource; of a table, the file is looked for where it is read."""
    package = subject.package
    for index, resource in enumerate(package.descriptor.resources if subject.whole else ()):
        here = package.document.inside("resources", index)
        several = isinstance(resource.given.get("path"), list)
        faulty = False
        for number, path in enumerate(resource.paths):
            finding = _missing(package.tree, path, here.inside("path", number) if several else here.inside("path"))
            faulty = faulty or finding is not None
            unread = resource.schema_ is None or (resource.name in package.unsound and path_fault(package.tree, path))
            if finding and unread:
                yield finding
        if resource.paths and not faulty:
            yield from _described(package.tree, resource, here)


def _missing(tree: Tree, path: str, here: Document) -> Finding | None:
    """Why there is no file at a path, or nothing."""
    if problem := path_fault(tree, path):
        return Finding("descriptor/path", here.at(), f"the path `{path}` {problem}", path)
    try:
        if not tree.has(path):
            tree.read(path)
    except MissingFile as error:
        what, fix = f"`{path}`: {error}", "add the file, or correct the path"
        return Finding("descriptor/missing-file", here.at(), what, path, fix=fix)
    return None


def _described(tree: Tree, resource: Resource, here: Document) -> Iterator[Finding]:
    """Size and digest; a hash without a prefix is MD5, as the standard says."""
    if resource.bytes is None and resource.hash is None:
        return
    name, _, wanted = (resource.hash or "").rpartition(":")
    algorithm = name or "md5"
    known = algorithm in _ALGORITHMS
    if not known:
        what = f"the hash `{algorithm}` is not supported"
        yield Finding("descriptor/unsupported", here.at("hash"), what, algorithm, fix="use sha256")
    import hashlib  # OpenSSL: 2 ms

    digest, size = hashlib.new(algorithm if known else "md5", usedforsecurity=False), 0
    for piece in _joined(tree, resource):
        digest.update(piece)
        size += len(piece)
    if resource.bytes is not None and resource.bytes != size:
        what = f"`{resource.path}` has {size} bytes, the descriptor says {resource.bytes}"
        yield Finding("file/size", here.at("bytes"), what, str(size), fix="fetch or package it again")
    if resource.hash is not None and known and (found := digest.hexdigest()) != wanted.lower():
        what = f"`{resource.path}` does not have the {algorithm} that the descriptor says"
        yield Finding("file/hash", here.at("hash"), what, found, fix="fetch or package it again")


def _joined(tree: Tree, resource: Resource) -> Iterator[bytes]:
    """The bytes that size and digest are told of: several files one after another, without repeated headers."""
    headed = resource.form in ("csv", "tsv") and resource.dialect_object.get("header") is not False
    for number, path in enumerate(resource.paths):
        skipping = headed and number > 0
        for piece in pieces(tree, path):
            kept = piece
            if skipping:
                _, found, kept = piece.partition(b"\n")
                skipping = not found
            yield kept
