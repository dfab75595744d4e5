"""What the files are that every package has beside its data: their media types, and a sentence on each."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.derive.citation import CITATION
from eventpack.derive.codebook import PACKAGED_CODEBOOK
from eventpack.derive.readme import CHANGE_LINES, CHANGES
from eventpack.descriptor import LEDGER
from eventpack.files import DESCRIPTOR

CROISSANT, CRATE = "croissant.json", "ro-crate-metadata.json"
SAID: Mapping[str, str] = {
    DESCRIPTOR: "The data package: schemas, fields and keys of all tables, with sizes and digests of their files.",
    PACKAGED_CODEBOOK: "What every table, field and code means.",
    CITATION: "How to cite this version.",
    CROISSANT: "The tables as typed records, in Croissant.",
    LEDGER: "Which claims were verified in the texts of their sources.",
    CHANGES: "What changed from version to version.",
    CHANGE_LINES: "Each record and value that this version changed, as JSON lines.",
    "README.md": "What is in this version, and how to verify, cite and reuse it.",
    "LICENSE-DATA": "The terms under which the data may be used.",
}
_BYTES = "application/octet-stream"
_MEDIATYPES: Mapping[str, str] = {
    "csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/json", "jsonl": "application/jsonl",
    "geojson": "application/geo+json", "md": "text/markdown", "txt": "text/plain", "cff": "application/yaml",
    "yaml": "application/yaml", "html": "text/html", "zip": "application/zip", "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/vnd.apache.parquet", "sqlite": "application/vnd.sqlite3",
}  # fmt: skip


def mediatype_of(path: str) -> str:
    """The media type of a file by its name."""
    return _MEDIATYPES.get(path.rpartition(".")[2].lower(), "text/plain" if "." not in path else _BYTES)
