"""`eventpack explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from eventpack.cli.completion import finding_codes


def explain(
    code: Annotated[
        str,
        typer.Argument(help="A finding code or family; without one, all are listed.", autocompletion=finding_codes),
    ] = "",
    markdown: Annotated[bool, typer.Option("--markdown", help="Print all codes as a page of documentation.")] = False,
) -> None:
    """Explain a finding code: what it means, why it matters, a bad and a good example.

    Exit codes: 0 when the code is known, 2 when it is not.

    \b
    Examples:
        $ eventpack explain
        $ eventpack explain key/foreign
    """
    from eventpack.codes import findings_page, read_codes, require_codes
    from eventpack.report import matches

    if markdown:
        typer.echo(findings_page(), nl=False)
        return
    wanted = require_codes([code] if code else [])
    families = {name.partition("/")[0] for name in wanted}
    codes = [entry for entry in read_codes(*families).values() if all(matches(entry.name, name) for name in wanted)]
    if len(codes) > 1:
        width = max(len(entry.name) for entry in codes)
        for entry in codes:
            typer.echo(f"{entry.name:{width}}  {entry.what}")
        return
    (entry,) = codes
    parts = [f"{entry.name}: {entry.what}", f"Why: {entry.why}"]
    parts += [f"{title}:\n\n{_indent(text)}" for title, text in (("Bad", entry.bad), ("Good", entry.good)) if text]
    typer.echo("\n\n".join(parts))


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
