"""The codebook: everything that the schemas and vocabularies of a package say, as one page to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventpack.derive.basis import Basis
from eventpack.derive.markdown import code, link, plain, table
from eventpack.derive.sentences import key_sentence, names, origin_sentence, rule_sentence, type_phrase
from eventpack.derive.statement import has_coverage, statement_lines
from eventpack.derive.vocabulary import vocabulary_lines
from eventpack.model import Model
from eventpack.resource import Resource
from eventpack.schema import Field, Schema
from eventpack.subject import Subject
from eventpack.values import text_of
from eventpack.vocabularies import vocabularies

# Where the codebook stands in the source tree, and where in a package.
CODEBOOK, PACKAGED_CODEBOOK = "docs/codebook.md", "codebook.md"
_READING, _COVERAGE, _VOCABULARIES = "How to read this page", "Coverage statement", "Vocabularies"
_MATCHES = {
    "skos:exactMatch": "exact", "skos:closeMatch": "close", "skos:broadMatch": "broader",
    "skos:narrowMatch": "narrower", "skos:relatedMatch": "related",
}  # fmt: skip
_PREFIXES = {
    "ged": "column of the UCDP Georeferenced Event Dataset",
    "acled": "column of the Armed Conflict Location & Event Data project (ACLED)",
    "plover": "record field or term of PLOVER",
    "cameo": "root category of CAMEO",
    "polecat": "column of POLECAT",
    "schema": "type or property of schema.org",
    "dcterms": "DCMI metadata term",
    "wgs84": "WGS84 Geo Positioning vocabulary",
    "skos": "Simple Knowledge Organization System",
}


def codebook_bytes(subject: Subject, version: str = "", basis: Basis | None = None) -> bytes | None:
    """The codebook of a package, under its own version or another; none when a schema or vocabulary is unread.

    `basis` is that of the subject, when there is one already.
    """
    package = subject.package
    complete = all(r.schema_ is None or r.name in package.schemas for r in package.descriptor.resources)
    if not complete or not subject.unread.isdisjoint(r.name for r in package.tables if not package.built(r)):
        return None
    return ("\n".join(_lines(subject, version, basis)).rstrip("\n") + "\n").encode("utf-8")


def _lines(subject: Subject, version: str, basis: Basis | None) -> Iterator[str]:
    package, descriptor = subject.package, subject.package.descriptor
    tables, words, covered = list(package.tables), vocabularies(package), has_coverage(subject)
    yield from (f"# Codebook: {plain(descriptor.title or descriptor.name)}", "")
    yield from _facts(subject, version or descriptor.version)
    if descriptor.description:
        yield from ("", plain(descriptor.description))
    yield from ("", "## Contents", "", f"- {link(_READING)}", "- Tables")
    yield from (f"  - {link(r.name)}: {plain(_title(r, package.schemas[r.name]))}" for r in tables)
    yield from [f"- {link(_COVERAGE)}"] if covered else []
    if words:
        yield f"- {link(_VOCABULARIES)}"
        yield from (f"  - {link(_heading(r))}" for r in words)
    yield from ("", *_reading(subject))
    targets = {r.name: link(r.name, code(r.name)) for r in tables}
    for resource in tables:
        yield from ("", *_table(subject, resource, targets))
    if covered:
        yield from ("", f"## {_COVERAGE}", "", "How complete the dataset is, as of this version.", "")
        yield from statement_lines(basis or Basis(subject))
    if words:
        yield from ("", f"## {_VOCABULARIES}", "", "The codes that the tables use, as of this version.")
    for resource in words:
        yield from ("", f"### {_heading(resource)}", "", *vocabulary_lines(subject, resource))


def _facts(subject: Subject, version: str) -> Iterator[str]:
    descriptor = subject.package.descriptor
    licences = ", ".join(licence.title or licence.name for licence in descriptor.licenses)
    facts = (
        ("Package", code(descriptor.name)), ("Version", plain(version)), ("Licence", plain(licences)),
        ("Event Data Package profile", plain(descriptor.profile_version or "")),
    )  # fmt: skip
    yield from (f"- {label}: {text}" for label, text in facts if text)
    yield from ("", "This page is generated from the schemas by `eventpack build`; edit those, not this page.")


def _title(resource: Resource, schema: Schema) -> str:
    return schema.title or resource.title or resource.name


def _heading(resource: Resource) -> str:
    return f"Codes of {resource.name}"


def _reading(subject: Subject) -> Iterator[str]:
    yield from (f"## {_READING}", "")
    yield from (
        "Every table is a CSV file in UTF-8 with a header; an empty cell means not known or not applicable.",
        "Dates are written as `2026-03-01`, truth values as `true` and `false`, numbers without separators.",
        "Examples show form, not findings.",
    )
    used = sorted({term.partition(":")[0] for resource in subject.package.tables for term in _terms(subject, resource)})
    if used:
        yield from (
            "",
            "Equivalents name terms of other schemes. The word before a term is the SKOS mapping relation: the term",
            "means the same (*exact*), nearly the same (*close*), more (*broader*), less (*narrower*) or is *related*.",
            "The prefixes:",
            "",
        )
        yield from (f"- {code(prefix + ':')} {_PREFIXES.get(prefix, 'not explained here')}" for prefix in used)


def _terms(subject: Subject, resource: Resource) -> Iterator[str]:
    for field in subject.package.schemas[resource.name].fields:
        for model in (field, *(field.codes or {}).values()):
            for _, terms in _matches(model):
                yield from terms


def _table(subject: Subject, resource: Resource, targets: Mapping[str, str]) -> Iterator[str]:
    schema = subject.package.schemas[resource.name]
    yield from (f"## {resource.name}", "", f"**{plain(_title(resource, schema))}.** {plain(schema.description)}", "")
    yield f"- File: {code(resource.path)}. {origin_sentence(resource, subject.package)}"
    if schema.primary_key:
        yield f"- Key: {names(schema.primary_key)}"
    yield from (f"- Unique: {names(key)}" for key in schema.unique_keys)
    yield from (f"- {key_sentence(key, targets)}" for key in schema.foreign_keys)
    header = ("Field", "Type", "Required", "Unit", "Description", "Example")
    yield from ("", *table(header, (_field_row(field) for field in schema.fields)))
    for field in schema.fields:
        yield from _codes(field)
    same = [(field, _matches_phrase(field)) for field in schema.fields]
    if any(phrase for _, phrase in same):
        yield from ("", "Equivalents:", "")
        yield from (f"- {code(field.name)}: {phrase}" for field, phrase in same if phrase)
    if schema.rules:
        yield from ("", "Rules:", "")
        yield from (f"- {rule_sentence(rule)}" for rule in schema.rules)


def _field_row(field: Field) -> tuple[str, ...]:
    title = f"**{plain(field.title)}.** " if field.title else ""
    required = "yes" if field.constraints.required else ""
    return (
        code(field.name),
        type_phrase(field),
        required,
        plain(field.unit),
        title + plain(field.description),
        _example(field),
    )


def _example(field: Field) -> str:
    return "" if field.example is None else code(text_of(field.example))


def _codes(field: Field) -> Iterator[str]:
    if field.constraints.enum is None:
        return
    yield from ("", f"Codes of {code(field.name)}:", "")
    for value in field.constraints.enum:
        name = text_of(value)
        meaning = (field.codes or {}).get(name)
        phrase = _matches_phrase(meaning) if meaning else ""
        text = f": {plain(meaning.definition)}" if meaning else ""
        yield f"- {code(name)}{text}" + (f" Equivalents: {phrase}." if phrase else "")


def _matches(model: Model) -> Iterator[tuple[str, list[str]]]:
    extra = model.other
    for key, word in _MATCHES.items() if extra else ():
        terms = extra.get(key, [])
        yield word, [str(term) for term in (terms if isinstance(terms, list) else [terms])]


def _matches_phrase(model: Model) -> str:
    return "; ".join(f"{word} {', '.join(map(code, terms))}" for word, terms in _matches(model) if terms)
