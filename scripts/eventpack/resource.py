"""One entry of a descriptor's resources: where its data are, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from eventpack.dialect import FORMS, MEDIATYPES, split_name
from eventpack.model import Model, in_form, not_empty, not_negative, prop


def _first(value: Any) -> Any:
    """The first of several paths; `Resource.paths` has them all."""
    return value[0] if isinstance(value, list) and value and all(isinstance(item, str) for item in value) else value


class License(Model):
    """A licence of the data, by name or address."""

    name: str = ""
    path: str = ""
    title: str = ""

    def misfit(self) -> str:
        """A licence needs a name or an address."""
        return "" if self.name or self.path else "a licence needs a name or a path"


class Source(Model):
    """What the data were made from."""

    title: str = ""
    path: str = ""
    email: str = ""
    version: str = ""


class Resource(Model):
    """One file of the package, or several, or data in the descriptor; a table when it has a schema."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"control", "layout", "scheme", "url"})
    ignored: ClassVar[frozenset[str]] = frozenset({"$schema", "profile"})
    elsewhere: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("eventpack:inside", "missingValues"), "move it into the table's schema"
    )
    name: str = prop(check=in_form(r"[a-z0-9][a-z0-9._/-]*", "lower case letters, digits and . _ -"))
    path: str = prop(default="", adapt=_first)
    more_paths: list[str] = prop(default=[], name="extrapaths")
    data: Any = None
    compression: str = ""
    innerpath: str = ""
    type: str = prop(default="", check=in_form("table|file|json|text", "table, file, json or text"))
    title: str = ""
    description: str = ""
    homepage: str = ""
    sources: list[Source] = prop(default=[])
    licenses: list[License] = prop(default=[])
    format: str = ""
    mediatype: str = ""
    encoding: str = "utf-8"
    bytes: int | None = prop(default=None, check=not_negative)
    hash: str | None = None
    dialect: dict[str, Any] | str = prop(default={})
    schema_: dict[str, Any] | str | None = prop(default=None, name="schema")
    records: str | None = prop(default=None, name="eventpack:records")
    derivation: str | None = prop(default=None, name="eventpack:derivation")

    def misfit(self) -> str:
        """There is a path, or data; not both. Only a file has a size and a digest."""
        if "path" in self.given and self.data is not None:
            return "`path` and `data` exclude each other"
        if self.data is not None and (self.bytes is not None or self.hash is not None):
            return "`bytes` and `hash` are those of a file, and the data stand in the descriptor"
        return "" if "path" in self.given or self.data is not None else "`path` is missing"

    @property
    def paths(self) -> list[str]:
        """The files whose rows follow one another; none when the data stand in the descriptor."""
        held = self.given.get("path", [])
        return [*(held if isinstance(held, list) else [self.path]), *self.more_paths]

    @property
    def named(self) -> str:
        """The resource as a message names it: its path, or its name when the data stand in the descriptor."""
        return self.path or self.name

    @property
    def packed(self) -> str:
        """How the file is compressed: `gz`, `zip`, something that cannot be read, or not at all."""
        return split_name(self.path, self.compression, self.innerpath)[0]

    @property
    def form(self) -> str:
        """The format of the data: `csv`, `tsv`, `json`, `jsonl`, or one that cannot be read."""
        if self.data is not None:
            return "json"
        told = (self.format or split_name(self.path, self.compression, self.innerpath)[1]).lower()
        known = FORMS.get(told, "" if self.format else MEDIATYPES.get(self.mediatype.lower(), ""))
        return known or told

    @property
    def dialect_object(self) -> Mapping[str, Any]:
        """The dialect, read from its file where that is named."""
        return self.dialect if isinstance(self.dialect, dict) else {}

    @property
    def undescribed(self) -> bool:
        """Whether it is delimited text without a schema, so that only its form can be wrong."""
        delimited = self.form in ("csv", "tsv") and self.type in ("", "table") and not isinstance(self.dialect, str)
        return self.schema_ is None and self.data is None and delimited

    @property
    def one_csv(self) -> bool:
        """Whether it is one CSV file, in whatever dialect, encoding and compression."""
        return self.form in ("csv", "tsv") and len(self.paths) == 1

    @property
    def plain(self) -> bool:
        """Whether its file is text in UTF-8, not compressed."""
        return self.encoding.lower() in ("utf-8", "utf8") and not self.packed


class LooseResource(Resource):
    """A resource of a package that does not follow our profile."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"control", "layout", "url"})
    name: str = prop(check=not_empty)
    scheme: str = prop(default="", check=in_form("|file|https?", "file, http or https"))
