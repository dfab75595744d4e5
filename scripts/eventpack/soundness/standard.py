"""What the standard asks of a descriptor beyond the form of single properties: names, and what a profile demands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventpack.descriptor import Package
from eventpack.document import Document
from eventpack.finding import Finding, Severity, shorten
from eventpack.model import NAME_V1, NAMED, Model

KNOWN_PROFILES = ("data-package", "tabular-data-package", "data-resource", "tabular-data-resource")
_TABLES, _TABLE = "tabular-data-package", "tabular-data-resource"
_STANDARD = re.compile(r"https?://(?:datapackage\.org|specs\.frictionlessdata\.io)/.*")


def standard_findings(package: Package) -> Iterator[Finding]:
    """What may not stand in a descriptor that does not follow our profile, or is better written otherwise."""
    descriptor, document = package.descriptor, package.document
    second = "/2." in str(descriptor.given.get("$schema", ""))
    if "name" in descriptor.given and not descriptor.name:
        yield Finding("descriptor/property", document.at("name"), "`name` is empty", fix="name it, or remove it")
    yield from _name_findings(descriptor.name, document, second)
    yield from _profile_findings(descriptor, document)
    for index, resource in enumerate(descriptor.resources):
        here = document.inside("resources", index)
        yield from _name_findings(resource.name, here, second)
        yield from _profile_findings(resource, here)
        profile = resource.given.get("profile")
        if profile == _TABLE and not resource.schema_:
            what = f"the profile `{_TABLE}` needs a `schema`"
            yield Finding("descriptor/property", here.at("profile"), what, fix="add the schema, or remove the profile")
        if descriptor.given.get("profile") == _TABLES and profile != _TABLE:
            what = f"in a package of the profile `{_TABLES}` each resource has the profile `{_TABLE}`"
            yield Finding(
                "descriptor/property", here.at("profile"), what, fix="say so, or remove the package's profile"
            )


def _name_findings(name: str, here: Document, second: bool) -> Iterator[Finding]:
    if name and (problem := NAMED(name)):
        severity: Severity = "warning" if second or NAME_V1.fullmatch(name) else "error"
        what, fix = f"the name `{name}` {problem}", "rename it"
        yield Finding("descriptor/property", here.at("name"), what, name, fix=fix, severity=severity)


def _profile_findings(model: Model, here: Document) -> Iterator[Finding]:
    for key in ("profile", "$schema"):
        profile = model.given.get(key, "")
        if not isinstance(profile, str):
            yield Finding("descriptor/property", here.at(key), f"`{key}` must be text", shorten(str(profile)))
        elif profile and profile not in KNOWN_PROFILES and not _STANDARD.fullmatch(profile):
            what = f"the rules of the profile `{profile}` are not checked"
            yield Finding("descriptor/unsupported", here.at(key), what, profile, severity="warning")
