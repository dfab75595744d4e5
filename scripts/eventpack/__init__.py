"""Check, build and package event data: hand-curated records with the passage each claim rests on.

The names of the public list are imported when they are first used, so that `eventpack --help` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventpack.building import Built, NotClean, build
    from eventpack.citing import cite
    from eventpack.comparing import Difference, diff
    from eventpack.description import Description, describe
    from eventpack.descriptor import Package
    from eventpack.downloading import Downloaded, download
    from eventpack.errors import DamagedError, DiskError, EventpackError, NetworkError, NotAPackage
    from eventpack.exporting import Exported, export
    from eventpack.finding import Finding, Location
    from eventpack.interchange.matching import Comparison, compare
    from eventpack.loading.dataset import Dataset, load
    from eventpack.loading.update import Update
    from eventpack.opening import open_package
    from eventpack.packaging import Packaged, package
    from eventpack.proving import Proof, prove
    from eventpack.publishing import Publication, Reserved, publish, reserve_doi
    from eventpack.reasons import why
    from eventpack.reasons.event import EventReasons
    from eventpack.releasing import Released, release
    from eventpack.report import Report
    from eventpack.validation import validate

__version__ = "0.1.0"

__all__ = [
    "Built",
    "Comparison",
    "DamagedError",
    "Dataset",
    "Description",
    "Difference",
    "DiskError",
    "Downloaded",
    "EventReasons",
    "EventpackError",
    "Exported",
    "Finding",
    "Location",
    "NetworkError",
    "NotAPackage",
    "NotClean",
    "Package",
    "Packaged",
    "Proof",
    "Publication",
    "Released",
    "Report",
    "Reserved",
    "Update",
    "__version__",
    "build",
    "cite",
    "compare",
    "describe",
    "diff",
    "download",
    "export",
    "load",
    "open_package",
    "package",
    "prove",
    "publish",
    "release",
    "reserve_doi",
    "validate",
    "why",
]

_HOMES = {
    "Built": "building",
    "Comparison": "interchange.matching",
    "DamagedError": "errors",
    "Dataset": "loading.dataset",
    "Description": "description",
    "Difference": "comparing.difference",
    "DiskError": "errors",
    "Downloaded": "downloading",
    "EventReasons": "reasons.event",
    "EventpackError": "errors",
    "Exported": "exporting",
    "Finding": "finding",
    "Location": "finding",
    "NetworkError": "errors",
    "NotAPackage": "errors",
    "NotClean": "building",
    "Package": "descriptor",
    "Packaged": "packaging",
    "Proof": "proving",
    "Publication": "publishing",
    "Released": "releasing",
    "Report": "report",
    "Reserved": "publishing",
    "Update": "loading.update",
    "build": "building",
    "cite": "citing",
    "compare": "interchange.matching",
    "describe": "description",
    "diff": "comparing",
    "download": "downloading",
    "export": "exporting",
    "load": "loading.dataset",
    "open_package": "opening",
    "package": "packaging",
    "prove": "proving",
    "publish": "publishing",
    "release": "releasing",
    "reserve_doi": "publishing",
    "validate": "validation",
    "why": "reasons",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
