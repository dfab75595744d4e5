"""Parquet: one file per table, its columns typed and described, its codes an enumeration in the schema's order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from eventpack.exporting.arrow import DescribedSchema
from eventpack.material import Material, TypedTable

if TYPE_CHECKING:
    import polars as pl


def write_parquet(material: Material, folder: Path) -> list[str]:
    """Write each table as `<table>.parquet`.

    What is missing is null; a field of a type that Parquet lacks stays the text of its cells. The file's metadata hold
    title and description, the Table Schema as JSON, and from which core the table was derived; those of a field its
    title, description and unit.
    """
    for table in material:
        write_frame(table.frame, folder / f"{table.name}.parquet", material, table)
    return []


def write_frame(
    frame: pl.DataFrame, path: Path, material: Material, table: TypedTable, more: Mapping[str, str] | None = None
) -> None:
    """Write a frame with the columns of a table, and perhaps others, as one Parquet file with metadata."""
    texts = {column.name: _metadata_of(column.title, column.description, column.field.unit) for column in table.columns}
    frame.write_parquet(
        path,
        compression="zstd",
        statistics=True,
        metadata={**file_metadata(material, table), **(more or {})},
        arrow_schema=DescribedSchema(frame.schema, texts),
    )


def file_metadata(material: Material, table: TypedTable) -> dict[str, str]:
    """What a file with one table says about itself."""
    licences = ", ".join(each.name or each.path for each in material.package.descriptor.licenses)
    told = {
        "dataset": material.name, "version": material.version, "table": table.name, "title": table.title,
        "description": table.description, "license": licences, "eventpack:core": material.core,
        "table_schema": json.dumps(table.schema.given, ensure_ascii=False),
    }  # fmt: skip
    return {key: text for key, text in told.items() if text}


def _metadata_of(title: str, description: str, unit: str) -> dict[str, str]:
    told = {"title": title, "description": description, "unit": unit}
    return {key: text for key, text in told.items() if text}
