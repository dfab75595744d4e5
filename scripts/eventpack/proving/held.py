"""A release as it is: its files by name, each read as often as it is asked for, and hashed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from eventpack.errors import TextError
from eventpack.files import decode, sha256
from eventpack.jsontext import parse_json


@dataclass(frozen=True, slots=True)
class Held:
    """A release as it is: what it is called, the names of its files, and their bytes."""

    label: str
    names: frozenset[str]
    read: Callable[[str], bytes]
    _facts: dict[str, tuple[int, str]] = field(default_factory=dict)

    def facts(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256 of a file, or none when it is not there."""
        if path not in self.names:
            return None
        if path not in self._facts:
            data = self.read(path)
            self._facts[path] = len(data), sha256(data)
        return self._facts[path]

    def value(self, path: str) -> Mapping[str, object]:
        """A JSON object; empty when the file is none."""
        try:
            value = parse_json(decode(self.read(path), "json"), "json") if path in self.names else {}
        except TextError:
            return {}
        return value if isinstance(value, dict) else {}


def inner(value: Mapping[str, object], key: str) -> Mapping[str, object]:
    """The object under a key; empty when there is none."""
    held = value.get(key)
    return held if isinstance(held, dict) else {}
