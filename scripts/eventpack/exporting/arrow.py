"""Descriptions of columns in the schema of an Arrow file, by the C interface that Arrow defines for schemas.

A polars schema hands itself over in that form; its fields get further metadata on the way. So what pyarrow, R or any
other reader of Arrow shows as metadata of a field is there without one of them being installed.
https://arrow.apache.org/docs/format/CDataInterface.html
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

Pairs = Mapping[bytes, bytes]


class _ArrowSchema(ctypes.Structure):
    """`struct ArrowSchema` of the interface."""


_ArrowSchema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_ArrowSchema))),
    ("dictionary", ctypes.POINTER(_ArrowSchema)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]


class DescribedSchema:
    """A schema of polars whose fields have texts with them: per field its metadata by key."""

    def __init__(self, schema: pl.Schema, texts: Mapping[str, Mapping[str, str]]) -> None:
        self._schema, self._texts = schema, texts
        self._kept: list[ctypes.Array[ctypes.c_char]] = []  # must outlive the capsule, which only points to them

    def __arrow_c_schema__(self) -> object:
        """The capsule that the interface asks for."""
        capsule = self._schema.__arrow_c_schema__()
        address = ctypes.pythonapi.PyCapsule_GetPointer
        address.restype, address.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
        whole = ctypes.cast(address(capsule, b"arrow_schema"), ctypes.POINTER(_ArrowSchema)).contents
        for index in range(whole.n_children):
            field = whole.children[index].contents
            told = self._texts.get(field.name.decode("utf-8"), {})
            added = {key.encode("utf-8"): text.encode("utf-8") for key, text in told.items()}
            held = ctypes.create_string_buffer(_packed({**_unpacked(field.metadata), **added}))
            self._kept.append(held)
            field.metadata = ctypes.addressof(held)
        return capsule


def _packed(pairs: Pairs) -> bytes:
    """Metadata as the interface writes it: a count, then each key and value after its length."""
    parts = [struct.pack("=i", len(pairs))]
    for text in (text for pair in pairs.items() for text in pair):
        parts += [struct.pack("=i", len(text)), text]
    return b"".join(parts)


def _unpacked(address: int | None) -> dict[bytes, bytes]:
    """The metadata at an address; no address means none."""
    if not address:
        return {}
    at = address

    def number() -> int:
        nonlocal at
        (value,) = struct.unpack("=i", ctypes.string_at(at, 4))
        at += 4
        return int(value)

    def text() -> bytes:
        nonlocal at
        size = number()
        at += size
        return ctypes.string_at(at - size, size)

    return {text(): text() for _ in range(number())}
