"""The files of the descriptor are there, inside the package, and are those that it describes by size and digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from eventpack.descriptor import Resource
from eventpack.document import Document
from eventpack.files import path_problem
from eventpack.finding import Finding
from eventpack.subject import Subject
from eventpack.trees import MissingFile, Tree

_ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def check_files(subject: Subject) -> Iterator[Finding]:
    """The file, `bytes` and `hash` of every resource; of a table, the file is looked for where it is read."""
    package = subject.package
    for index, resource in enumerate(package.descriptor.resources if subject.whole else ()):
        here = package.document.inside("resources", index)
        if problem := path_problem(resource.path):
            if resource.schema_ is None:
                what = f"the path `{resource.path}` {problem}"
                yield Finding("descriptor/path", here.at("path"), what, resource.path)
            continue
        try:
            yield from _described(package.tree, resource, here)
        except MissingFile as error:
            if resource.schema_ is None:
                what, fix = f"`{resource.path}`: {error}", "add the file, or correct the path"
                yield Finding("descriptor/missing-file", here.at("path"), what, resource.path, fix=fix)


def _described(tree: Tree, resource: Resource, here: Document) -> Iterator[Finding]:
    """Size and digest; a hash without a prefix is MD5, as the standard says."""
    if resource.bytes is None and resource.hash is None and tree.has(resource.path):
        return
    data = tree.read(resource.path)
    if resource.bytes is not None and resource.bytes != len(data):
        what = f"`{resource.path}` has {len(data)} bytes, the descriptor says {resource.bytes}"
        yield Finding("file/size", here.at("bytes"), what, str(len(data)), fix="fetch or package it again")
    if resource.hash is None:
        return
    name, _, wanted = resource.hash.rpartition(":")
    algorithm = name or "md5"
    if algorithm not in _ALGORITHMS:
        what = f"the hash `{algorithm}` is not supported"
        yield Finding("descriptor/unsupported", here.at("hash"), what, algorithm, fix="use sha256")
    elif (found := hashlib.new(algorithm, data).hexdigest()) != wanted.lower():
        what = f"`{resource.path}` does not have the {algorithm} that the descriptor says"
        yield Finding("file/hash", here.at("hash"), what, found, fix="fetch or package it again")
