"""The page of a dataset at a published place, made from the release that becomes the latest one."""

from __future__ import annotations

from dataclasses import replace

from eventpack.describing import FORMS
from eventpack.describing.described import DescribedFile, describe_package, files_of
from eventpack.describing.linked import relative_address
from eventpack.describing.page import PAGE, landing_page
from eventpack.listing import MANIFEST, SIGNATURE, SUMS
from eventpack.packagefile import read_package
from eventpack.publishing.release import Release
from eventpack.trees import Folder

__all__ = ["PAGE", "page_of"]


def page_of(release: Release) -> bytes | None:
    """The page; none when the descriptor does not say what search engines require."""
    package, _ = read_package(Folder(release.folder))
    if package is None:
        return None
    own = {MANIFEST, SUMS, SIGNATURE}
    held = {file.path: (file.bytes, file.sha256) for file in release.files if file.path not in own}
    described = describe_package(package, files_of(package, held), base=f"{relative_address(release.version)}/")
    if FORMS["schema.org"].lacking(described):
        return None
    archive = release.archive
    whole = DescribedFile(archive.path, "application/zip", "All files", "", archive.bytes, archive.sha256)
    return landing_page(replace(described, archive=whole))
