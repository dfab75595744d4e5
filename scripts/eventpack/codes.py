"""The registry of finding codes: what each means, why it matters, and a bad and a good example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eventpack.errors import EventpackError
from eventpack.finding import near_miss

_FOLDER = Path(__file__).parent / "explanations"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding; `bad` and `good` are short excerpts of files."""

    name: str
    what: str
    why: str
    bad: str
    good: str


def families() -> list[str]:
    """The first steps of all codes, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def read_codes(*chosen: str) -> Mapping[str, Code]:
    """The codes of some families, or all, by name, sorted; package data of the tool, one file per family."""
    import tomllib  # 4 ms, and a report that names no code needs none

    codes = {}
    for family in chosen or families():
        for name, entry in tomllib.loads((_FOLDER / f"{family}.toml").read_text("utf-8")).items():
            code = f"{family}/{name}"
            codes[code] = Code(code, **{key: text.strip("\n") for key, text in entry.items()})
    return dict(sorted(codes.items()))


def require_codes(wanted: Iterable[str]) -> list[str]:
    """The codes and families that were meant, without a slash at the end; only their families are read.

    Raises:
        EventpackError: A word is neither a code nor a family of codes.
    """
    cleaned = [word.rstrip("/") for word in wanted]
    known = families()
    for code in cleaned:
        family, inside, _ = code.partition("/")
        if family not in known or (inside and code not in read_codes(family)):
            meant = near_miss(code, [*read_codes(), *known])
            raise EventpackError(f"`{code}` is not a finding code{meant}", "run `eventpack explain`")
    return cleaned


def findings_page() -> str:
    """`docs/guide/findings.md`: every code with what, why and examples, as Markdown."""
    codes = read_codes().values()
    lines = [
        "# Findings",
        "",
        "Written by `make docs` from `scripts/eventpack/explanations/`; `eventpack explain CODE` prints one entry.",
        "",
    ]
    lines += [f"- [`{code.name}`](#{code.name.replace('/', '')}): {code.what}" for code in codes]
    for code in codes:
        lines += ["", f"## {code.name}", "", code.what, "", code.why]
        for title, text in (("Bad", code.bad), ("Good", code.good)):
            lines += ["", f"{title}:", "", "```text", text, "```"] if text else []
    return "\n".join(lines) + "\n"
