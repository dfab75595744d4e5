"""What must hold of a descriptor and its schemas before tables can be read; a table that fails is not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eventpack.descriptor import Package
from eventpack.finding import Finding, Severity
from eventpack.resource import Resource
from eventpack.soundness.resources import resource_findings, undescribed_findings
from eventpack.soundness.schemas import schema_findings
from eventpack.soundness.standard import standard_findings
from eventpack.soundness.unlisted import unlisted_findings


def keep_sound(package: Package) -> tuple[Package, list[Finding]]:
    """The package without the tables that cannot be read as they are described, and why."""
    findings = [*_repeated(package), *unlisted_findings(package)]
    unsound: set[str] = set()
    if package.foreign:
        findings += [*standard_findings(package), *undescribed_findings(package)]
    for index, resource in enumerate(package.descriptor.resources):
        if resource.name in package.schemas:
            here = package.document.inside("resources", index)
            problems = [*resource_findings(package, resource, here), *schema_findings(package, resource)]
            findings += [replace(f, where=replace(f.where, table=resource.name)) for f in problems]
            if any(f.severity == "error" for f in problems):
                unsound.add(resource.name)
    schemas = {name: schema for name, schema in package.schemas.items() if name not in unsound}
    return replace(package, schemas=schemas), findings


def _repeated(package: Package) -> Iterator[Finding]:
    """Two resources of one name, or of one file."""
    names: set[str] = set()
    paths: dict[str, Resource] = {}
    for index, resource in enumerate(package.descriptor.resources):
        here = package.document.inside("resources", index)
        again = next((path for path in resource.paths if path in paths), None)
        if resource.name in names:
            what = f"two resources are named `{resource.name}`"
            yield Finding("descriptor/duplicate-name", here.at("name"), what, resource.name, fix="rename one")
        elif again is not None:
            what, fix = f"`{resource.name}` and `{paths[again].name}` are the same file", "give each its own file"
            severity: Severity = "warning" if package.foreign else "error"
            yield Finding("descriptor/duplicate-path", here.at("path"), what, again, fix=fix, severity=severity)
        names.add(resource.name)
        paths.update(dict.fromkeys(resource.paths, resource))
