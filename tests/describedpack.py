"""Packages whose descriptors say much or little, for tests of catalogue metadata."""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

from eventpack.building import build
from eventpack.packaging import package
from tests.casepack import copy_base
from tests.gitpack import commit_all

ADA = {
    "title": "Ada B.", "givenName": "Ada", "familyName": "B.", "roles": ["creator", "Editor"],
    "organization": "Lab", "path": "https://orcid.org/0000-0002-1825-0097", "email": "ada@example.org",
}  # fmt: skip
MUCH = {
    "description": "Who baked what, <when> & where: “bread”, 'rolls' and </script> in é.",
    "keywords": ["bread", "rolls", "bread"],
    "id": "https://doi.org/10.1234/bakers",
    "homepage": "https://example.org/bakers",
    "licenses": [{"name": "CC-BY-4.0", "title": "By"}, {"name": "our-terms", "title": "Ours"}],
    "contributors": [
        ADA,
        {"title": "The project", "roles": ["creator"], "path": "https://ror.org/03yrm5c26"},
        {"title": "Helper", "role": "wrangler"},
        {"title": "The press", "role": "publisher"},
        {"title": "Nobody in particular"},
    ],
    "sources": [{"title": "A book"}, {"title": "A page", "path": "https://example.org/page", "version": "2"}],
}
LITTLE = {
    "description": "Bakers.", "licenses": [{"name": "CC0-1.0"}], "contributors": [{"title": "The project"}],
}  # fmt: skip
_KEPT = TemporaryDirectory(prefix="eventpack-described-", ignore_cleanup_errors=True)  # goes with the process
WHEN = "1714809600"  # 2024-05-04T08:00:00Z


def describe_as(folder: Path, **properties: object) -> Path:
    """Change properties of a package's descriptor; an empty text takes one away."""
    path = folder / "datapackage.json"
    held = json.loads(path.read_text("utf-8")) | properties
    path.write_text(json.dumps({key: value for key, value in held.items() if value != ""}), "utf-8")
    return folder


def packaged(folder: Path, **properties: object) -> Path:
    """The small event dataset, packaged with these properties at a fixed time; the source tree lies beside `dist`."""
    shutil.copytree(_once(json.dumps(properties)), folder, dirs_exist_ok=True)
    return next(path for path in (folder / "dist").iterdir() if path.is_dir())


@cache
def _once(properties: str) -> Path:
    folder = Path(mkdtemp(dir=_KEPT.name))
    source = describe_as(copy_base(folder / "source"), **json.loads(properties))
    with pytest.MonkeyPatch.context() as here:
        here.setenv("SOURCE_DATE_EPOCH", WHEN)
        here.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        build(source)
        commit_all(source)
        package(source, folder / "dist")
    return folder
