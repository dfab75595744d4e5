"""`eventpack diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventpack.comparing import Difference

Format = Literal["text", "json", "csv", "markdown", "html"]


def diff(
    old: Annotated[str, typer.Argument(help="Folder, zip, PLACE[@VERSION], git:REV[:PATH] or CSV file.")],
    new: Annotated[str, typer.Argument(help="The state to compare it with: any of the same.")],
    key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[TABLE=]A,B", help="Columns that tell rows apart: of CSV files, or of one table; repeatable."
        ),
    ] = None,
    table: Annotated[list[str] | None, typer.Option(help="Compare only this table; repeatable.")] = None,
    derived: Annotated[bool, typer.Option("--derived", help="Compare also tables that are built from others.")] = False,
    format: Annotated[Format, typer.Option("--format", help="How the difference is printed.")] = "text",
    limit: Annotated[
        int | None,
        typer.Option(min=0, help="Show so many records at most; 0 shows all. 50 in text; json and csv have all."),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no server; use only what is in the cache.")] = False,
) -> None:
    """Tell what differs between two versions: records, cells and schemas, and which step of the version follows.

    Rows are matched by the primary key of the schema, or by --key; values are compared as text. Ids that are gone are
    followed through the table of redirects. Tables that are built from others are left out, since they follow.

    Exit codes: 0 when nothing differs, 1 when something does, 2 for misuse, data that cannot be read, or a network or
    disk that refuses.

    \b
    Examples:
        $ eventpack diff git:HEAD .
        $ eventpack diff https://example.org/data/us-kurdish-talks-2026@0.1.0 dist/us-kurdish-talks-2026-0.2.0.zip
        $ eventpack diff git:HEAD . --table claims --format markdown
        $ eventpack diff countries-2024.csv countries-2025.csv --key code
    """
    from eventpack.comparing import diff as run

    found = run(old, new, key=_keys(key or []), tables=table or (), derived=derived, offline=offline)
    typer.echo(_shown(found, format, limit))
    raise typer.Exit(0 if found.equal else 1)


def _keys(given: Sequence[str]) -> str | Mapping[str, Sequence[str]] | None:
    """The keys by table, or the one key of the only table."""
    if not given:
        return None
    pairs = [text.partition("=") for text in given]
    if len(given) == 1 and not pairs[0][1]:
        return given[0]
    if not all(equals and columns for _, equals, columns in pairs):
        raise typer.BadParameter("write TABLE=a,b when there are several", param_hint="--key")
    return {name: columns.split(",") for name, _, columns in pairs}


def _shown(found: Difference, format: Format, limit: int | None) -> str | bytes:
    """The difference in a format; machines read UTF-8, whatever the terminal."""
    if format == "json":
        from eventpack.comparing.machine import to_json
        from eventpack.jsontext import json_bytes

        return json_bytes(to_json(found)).removesuffix(b"\n")
    if format == "csv":
        from eventpack.comparing.machine import to_csv

        return to_csv(found).removesuffix(b"\n")
    if format == "text":
        from eventpack.cli.reporting import colour, is_coloured
        from eventpack.comparing.plaintext import as_text, plain

        return as_text(found, 50 if limit is None else limit or None, colour if is_coloured() else plain)
    if format == "html":
        from eventpack.comparing.webpage import as_html

        return as_html(found, limit or None).encode("utf-8", "backslashreplace")
    from eventpack.comparing.markdown import as_markdown

    return as_markdown(found, limit or None).encode("utf-8", "backslashreplace")
