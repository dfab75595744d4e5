"""A `Dataset` of schema.org in JSON-LD, as search engines for datasets read it."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.describing.described import Described, DescribedFile, DescribedTable
from eventpack.describing.linked import (
    Json,
    dataset_of,
    filled,
    relative_address,
)


def schema_org(described: Described) -> Json:
    """A version as a `Dataset`, with the archive of all files before the files."""
    files = [*([described.archive] if described.archive else []), *described.files]
    return filled(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": described.link,
            **dataset_of(described),
            "creditText": described.citation,
            "distribution": [_download(file, described.base) for file in files],
            "variableMeasured": [variable for table in described.tables for variable in _variables(table)],
        }
    )


def _download(file: DescribedFile, base: str) -> Json:
    return filled(
        {
            "@type": "DataDownload",
            "name": file.title or file.path,
            "description": file.description,
            "encodingFormat": file.mediatype,
            "contentUrl": base + relative_address(file.path),
            "contentSize": "" if file.bytes is None else f"{file.bytes} B",
            "sha256": file.sha256,
        }
    )


def _variables(table: DescribedTable) -> Iterator[Json]:
    """The fields that say something of their own: keys only hold tables together."""
    schema = table.schema
    keys = {*schema.primary_key, *(name for key in schema.foreign_keys for name in key.fields)}
    for field in schema.fields:
        if field.name not in keys and field.title:
            yield filled(
                {
                    "@type": "PropertyValue",
                    "name": field.title,
                    "propertyID": f"{table.name}.{field.name}",
                    "description": field.description,
                    "unitText": field.unit,
                }
            )
