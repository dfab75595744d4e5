"""A dataset in the formats that others read, each made from its tables and schemas, beside the CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eventpack.errors import EventpackError
from eventpack.exports import Exports, exports_folder
from eventpack.finding import near_miss

__all__ = ["Exported", "export"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, what `exports.json` in it says, the formats asked for, and what is to be told."""

    folder: Path
    exports: Exports
    formats: tuple[str, ...]
    notes: tuple[str, ...]


def export(
    ref: str | Path, formats: Sequence[str], *, out: str | Path | None = None, version: str = "latest",
    offline: bool = False,
) -> Exported:  # fmt: skip
    """Write a dataset in some formats into `<out>/<name>-<version>.exports/`, each in a folder of its own.

    `ref`, `version` and `offline` are as for `load`. Without `out`, the exports come beside a packaged folder or zip,
    and into `dist` otherwise. Formats of the same data that are there stay; those of other data go. `exports.json`
    lists the files with their digests, the digest of the data, and the versions of the libraries that wrote them.

    Raises:
        NotAPackage: The path holds no package.
        EventpackError: A format is unknown, there is no such dataset, or a table cannot be read.
        DamagedError: The package is not as it was packaged.
        DiskError: The disk refuses; what was there is as it was.
    """
    from eventpack.exporting.core import core_digest
    from eventpack.exporting.registry import FORMATS  # polars: 110 ms
    from eventpack.exporting.writing import write_exports
    from eventpack.loading.dataset import load
    from eventpack.material import Material

    if not formats:
        raise EventpackError("no format is named", f"one of: {', '.join(FORMATS)}")
    if unknown := next((name for name in formats if name not in FORMATS), ""):
        raise EventpackError(f"`{unknown}` is no format{near_miss(unknown, FORMATS)}", f"one of: {', '.join(FORMATS)}")
    dataset = load(ref, version=version, offline=offline)
    material = Material(dataset, core_digest(dataset.package))
    folder = Path(_beside(ref) if out is None else out) / exports_folder(material.label, material.version)
    exports, notes = write_exports(material, formats, folder)
    return Exported(folder, exports, tuple(dict.fromkeys(formats)), tuple(notes))


def export_named(release: str | Path) -> Exported | None:
    """The exports that the descriptor of a release names in `eventpack:exports`, written beside it; none without.

    Raises as `export` does.
    """
    from eventpack.opening import open_package

    names = open_package(release).descriptor.exports
    return export(release, names) if names else None


def _beside(ref: str | Path) -> Path:
    """The folder in which a packaged folder or zip lies; `dist` for everything else."""
    from eventpack.listing import SUMS

    path = Path(ref)
    packaged = (path / SUMS).is_file() or (path.suffix == ".zip" and path.is_file())
    if not packaged:
        return Path("dist")
    return path.parent if path.name not in ("", "..") else path.resolve().parent
