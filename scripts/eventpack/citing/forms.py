"""References as text, in the style of the APA, and for programs: BibTeX, RIS and CSL."""

from __future__ import annotations

import json
from collections.abc import Iterator

from eventpack.citing.reference import Author, Cited

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def text(cited: Cited) -> str:
    """One line of plain text."""
    by = ", ".join(map(str, cited.authors))
    year = f" ({cited.date[:4]})" if cited.date else ""
    start = f"{by}{year}. " if by else ""
    numbered = f" Version {cited.version}{f', {cited.date}' if cited.date else ''}." if cited.version else ""
    record = f" “{_label(cited)}”, in:" if cited.record else ""
    note = f" {cited.note}." if cited.note else ""
    link = f" {cited.link}" if cited.link else ""
    return _flat(f"{start}{record} {_ended(cited.title)}{numbered} Dataset.{note}{link}")


def apa(cited: Cited) -> str:
    """One line in the style of the APA, 7th edition."""
    year = cited.date[:4] or "n.d."
    version = f" (Version {cited.version})" if cited.version else ""
    of_record = f"{_ended(_label(cited))} In " if cited.record else ""
    by = _apa_names(cited)
    named = f"{of_record}{cited.title}{version} [Data set]."
    start = f"{_ended(by)} ({year}). {named}" if by else f"{named[:-1]}. ({year})."
    note = f" {cited.note}." if cited.note else ""
    return _flat(f"{start}{note} {cited.link}")


def _apa_names(cited: Cited) -> str:
    names = [_apa_name(author) for author in cited.authors]
    if len(names) > 20:
        return ", ".join(names[:19]) + f", … {names[-1]}"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", & {names[-1]}" if names else ""


def _apa_name(author: Author) -> str:
    if author.name or not author.family:
        return str(author)
    initials = " ".join(f"{part[0]}." for part in author.given.split())
    return f"{author.family}, {initials}" if initials else author.family


def bibtex(cited: Cited) -> str:
    """An entry `@misc`, which every style knows."""
    lines = [f"@misc{{{cited.key},"]
    lines += [f"  {name} = {value}," for name, value in _bibtex_fields(cited)]
    return "\n".join([*lines, "}"])


def _bibtex_fields(cited: Cited) -> Iterator[tuple[str, str]]:
    if cited.authors:
        yield "author", f"{{{' and '.join(map(_bibtex_name, cited.authors))}}}"
    yield "title", f"{{{{{_tex(_whole_title(cited))}}}}}"
    if cited.date:
        yield "year", f"{{{cited.date[:4]}}}"
        yield "month", _MONTHS[int(cited.date[5:7]) - 1]
    yield "howpublished", "{Data set}"
    for name, value in (("version", cited.version), ("doi", cited.doi), ("url", cited.link), ("note", cited.note)):
        if value:
            yield name, f"{{{value if name in ('doi', 'url') else _tex(value)}}}"


def _bibtex_name(author: Author) -> str:
    if author.name or not (author.family and author.given):
        return f"{{{_tex(str(author))}}}"
    return f"{_tex(author.family)}, {_tex(author.given)}"


def ris(cited: Cited) -> str:
    """An entry of the type DATA."""
    lines = [("TY", "DATA"), ("ID", cited.key), ("TI", _whole_title(cited))]
    lines += [("AU", ", ".join(filter(None, (a.family, a.given))) or a.name) for a in cited.authors]
    lines += [("PY", cited.date[:4]), ("DA", cited.date.replace("-", "/")), ("ET", cited.version), ("DO", cited.doi)]
    lines += [("UR", cited.link), ("N1", cited.note)]
    return "\n".join([*(f"{tag}  - {_flat(value)}" for tag, value in lines if value), "ER  - "])


def csl(cited: Cited) -> str:
    """A list with one item of CSL-JSON."""
    item: dict[str, object] = {"id": cited.key, "type": "dataset", "title": _whole_title(cited)}
    if cited.authors:
        item["author"] = [
            {"literal": author.name} if author.name else {"family": author.family, "given": author.given}
            for author in cited.authors
        ]
    if cited.date:
        item["issued"] = {"date-parts": [[int(part) for part in cited.date.split("-")]]}
    known = {"version": cited.version, "DOI": cited.doi, "URL": cited.link, "note": cited.note}
    item |= {name: value for name, value in known.items() if value}
    return json.dumps([item], indent=2, ensure_ascii=False)


def _label(cited: Cited) -> str:
    return (cited.record.label or cited.record.id) if cited.record else ""


def _whole_title(cited: Cited) -> str:
    return f"{_label(cited).removesuffix('.')}, in: {cited.title}" if cited.record else cited.title


def _tex(value: str) -> str:
    return "".join(_TEX.get(char, char) for char in _flat(value))


def _ended(value: str) -> str:
    return value if value.endswith((".", "!", "?", "…")) else f"{value}."


def _flat(value: str) -> str:
    return " ".join(value.split())
