"""Files that the descriptor describes by size and digest are those files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from eventpack.files import path_problem
from eventpack.finding import Finding
from eventpack.subject import Subject
from eventpack.trees import MissingFile

_ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def check_files(subject: Subject) -> Iterator[Finding]:
    """`bytes` and `hash` of every resource; a hash without a prefix is MD5, as the standard says."""
    package = subject.package
    for index, resource in enumerate(package.descriptor.resources):
        if (resource.bytes is None and resource.hash is None) or path_problem(resource.path):
            continue
        here = package.document.inside("resources", index)
        try:
            data = package.tree.read(resource.path)
        except MissingFile:
            continue  # reported where the table is read
        if resource.bytes is not None and resource.bytes != len(data):
            what = f"`{resource.path}` has {len(data)} bytes, the descriptor says {resource.bytes}"
            yield Finding("file/size", here.at("bytes"), what, str(len(data)), fix="fetch or package it again")
        if resource.hash is not None:
            name, _, wanted = resource.hash.rpartition(":")
            algorithm = name or "md5"
            if algorithm not in _ALGORITHMS:
                what = f"the hash `{algorithm}` is not supported"
                yield Finding("descriptor/unsupported", here.at("hash"), what, algorithm, fix="use sha256")
            elif (found := hashlib.new(algorithm, data).hexdigest()) != wanted.lower():
                what = f"`{resource.path}` does not have the {algorithm} that the descriptor says"
                yield Finding("file/hash", here.at("hash"), what, found, fix="fetch or package it again")
