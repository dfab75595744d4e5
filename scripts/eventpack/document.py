"""A JSON or YAML document of the package, and how it becomes a model with every fault located."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from eventpack import limits
from eventpack.errors import TextError
from eventpack.finding import Finding, Location, near_miss
from eventpack.frozen import Frozen
from eventpack.jsontext import Pointer, json_position, key_position
from eventpack.model import Model
from eventpack.reading import M, properties, read_object, walk
from eventpack.yamldoc import SUFFIXES, yaml_position


class Document(Frozen):
    """Where a value stands: the file, its text, and the pointer to the value inside."""

    path: str
    text: str
    base: Pointer = ()

    def at(self, *pointer: str | int) -> Location:
        """The location of the value that the pointer leads to."""
        whole = (*self.base, *pointer)
        found = yaml_position(self.text, whole) if self._yaml else json_position(self.text, whole)
        return Location(self.path, *found)

    def at_key(self, *pointer: str | int) -> Location:
        """The location of the key that the pointer's last step names."""
        whole = (*self.base, *pointer)
        found = yaml_position(self.text, whole, key=True) if self._yaml else key_position(self.text, whole)
        return Location(self.path, *found)

    @property
    def _yaml(self) -> bool:
        return self.path.lower().endswith(SUFFIXES)

    def inside(self, *pointer: str | int) -> Document:
        """The document of a value inside this one."""
        return Document(self.path, self.text, (*self.base, *pointer))  # `replace` takes five times as long


def text_finding(path: str, error: TextError) -> Finding:
    """A file that could not be read as text of its kind, as a finding."""
    where = Location(path, error.line, error.column)
    return Finding(error.code, where, error.what, error.found, fix=error.fix)


def read_model(model: type[M], value: object, document: Document, family: str) -> tuple[M | None, list[Finding]]:
    """The value as a model, or none, and what is wrong with it; `family` (descriptor, schema) prefixes the codes."""
    result, misfits = read_object(model, value)
    if result is None:
        code, told, rest = f"{family}/property", misfits[: limits.FINDINGS], len(misfits) - limits.FINDINGS
        found = [Finding(code, document.at(*m.pointer), m.what, m.found) for m in told]
        if rest > 0:
            found.append(Finding(code, document.at(), "more values do not fit than are listed", fix="mend those first"))
        return None, found
    others = [(pointer, part, key) for pointer, part in walk(result) for key in part.other]
    unknown = (_judge_unknown(part, key, document.inside(*pointer), family) for pointer, part, key in others)
    findings = [finding for findings in islice(unknown, limits.FINDINGS) for finding in findings]
    if len(others) > limits.FINDINGS:
        what = f"{len(others) - limits.FINDINGS} more properties that the standard does not know were not looked at"
        findings.append(Finding(f"{family}/unknown-property", document.at(), what, fix="remove what nobody reads"))
    return result, findings


def _judge_unknown(model: Model, key: str, document: Document, family: str) -> Iterator[Finding]:
    ours = key.startswith("eventpack:")
    if key in model.unsupported:
        yield Finding(
            f"{family}/unsupported", document.at_key(key), f"`{key}` is not supported and would change what is read",
            fix="remove it, or convert the data to its plain form",
        )  # fmt: skip
    elif key not in model.ignored and (ours or ":" not in key):
        meant = near_miss(key, [*properties(type(model)), *model.unsupported, *model.ignored])
        certain = ours or model.closed or key in model.elsewhere
        if certain or meant:  # the standard allows properties of one's own
            here = " of this object" if key in model.elsewhere else meant
            yield Finding(
                f"{family}/unknown-property", document.at_key(key), f"`{key}` is not a property{here}",
                fix=model.elsewhere.get(key, "correct or remove it"), severity="error" if certain else "warning",
            )  # fmt: skip
