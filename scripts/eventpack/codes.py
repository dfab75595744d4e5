"""The registry of finding codes: what each means, why it matters, and a bad and a good example."""

from __future__ import annotations

import tomllib
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


def read_codes() -> Mapping[str, Code]:
    """All codes by name, sorted; package data of the tool, one file per family."""
    codes = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text("utf-8")).items():
            code = f"{path.stem}/{name}"
            codes[code] = Code(code, **{key: text.strip("\n") for key, text in entry.items()})
    return dict(sorted(codes.items()))


def require_codes(wanted: Iterable[str]) -> None:
    """Raise `EventpackError` for a word that is neither a code nor a family of codes."""
    if not (wanted := list(wanted)):
        return
    names = list(read_codes())
    known = {*names, *(name.partition("/")[0] for name in names)}
    for code in wanted:
        if code.rstrip("/") not in known:
            raise EventpackError(f"`{code}` is not a finding code{near_miss(code, known)}", "run `eventpack explain`")


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
