"""Croissant 1.1: the dataset, its files, and each table as a set of typed records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventpack.describing.described import Described, DescribedFile, DescribedTable
from eventpack.describing.linked import (
    Json,
    dataset_of,
    filled,
    one_or_all,
    relative_address,
)
from eventpack.schema import Field

# As the reader mlcroissant wants it: schema.org by https, and all words of the standard.
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "conformsTo": "dct:conformsTo",
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}
_WORDS = (
    "arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet format "
    "includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace "
    "samplingRate separator source subField transform"
).split()
_TYPES: Mapping[str, str] = {
    "integer": "sc:Integer", "year": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime", "time": "sc:Time",
}  # fmt: skip


def croissant(described: Described) -> Json:
    """A version in Croissant."""
    paths = {table.path for table in described.tables}
    return filled(
        {
            "@context": _CONTEXT | {word: f"cr:{word}" for word in _WORDS},
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            **dataset_of(described),
            "citeAs": described.citation,
            "distribution": [_file(file, described.base) for file in described.files if file.path in paths],
            "recordSet": [_records(table) for table in described.tables],
        }
    )


def _file(file: DescribedFile, base: str) -> Json:
    return filled(
        {
            "@type": "cr:FileObject",
            "@id": file.path,
            "name": file.path.rpartition("/")[2],
            "description": file.description,
            "contentUrl": base + relative_address(file.path),
            "contentSize": "" if file.bytes is None else f"{file.bytes} B",
            "encodingFormat": file.mediatype,
            "sha256": file.sha256,
        }
    )


def _records(table: DescribedTable) -> Json:
    return filled(
        {
            "@type": "cr:RecordSet",
            "@id": table.name,
            "name": table.title or table.name,
            "description": table.description,
            "key": one_or_all({"@id": f"{table.name}/{name}"} for name in table.schema.primary_key),
            "field": [_field(table, field) for field in table.schema.fields],
        }
    )


def _field(table: DescribedTable, field: Field) -> Json:
    return filled(
        {
            "@type": "cr:Field",
            "@id": f"{table.name}/{field.name}",
            "name": field.name,
            "description": "\n".join(_said(table, field)),
            "dataType": "sc:URL" if field.format == "uri" else _TYPES.get(field.type, "sc:Text"),
            "source": {"fileObject": {"@id": table.path}, "extract": {"column": field.name}},
        }
    )


def _said(table: DescribedTable, field: Field) -> Iterator[str]:
    """What the schema says of a field, where its values lead, and the meaning of its codes.

    The standard has `references` for where they lead. The reader mlcroissant joins the tables on them, and then reads
    none of the tables that refer to themselves or in a circle, so it is said in words; `datapackage.json` has the keys.
    """
    if said := field.description or field.title:
        yield said
    for key in table.schema.foreign_keys:
        if key.fields == [field.name]:
            yield f"Refers to `{key.reference.resource or table.name}/{key.reference.fields[0]}`."
    for code, meaning in (field.codes or {}).items():
        yield f"`{code}`: {meaning.definition}"
