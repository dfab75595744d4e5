"""`eventpack query`."""

from __future__ import annotations

from typing import Annotated

import typer

from eventpack.cli.answering import AsOf, Form, Limit, Offline, Out, Ref, Version, form_of, limit_of, put_answer


def query(
    ref: Ref,
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="CONDITION", help="Keep the rows that fulfil it; repeatable, all must hold."),
    ] = None,
    table: Annotated[str, typer.Option(metavar="NAME", help="The table; by default events, or the only one.")] = "",
    columns: Annotated[
        str, typer.Option(metavar="A,B", help="Columns in this order, also over keys: source_id.publisher.")
    ] = "",
    sort: Annotated[str, typer.Option(metavar="A,-B", help="Sort by these columns; - turns the order around.")] = "",
    limit: Limit = None,
    format: Form = None,
    out: Out = None,
    version: Version = "latest",
    as_of: AsOf = "",
    offline: Offline = False,
) -> None:
    """Ask a dataset for rows of a table, in the words of its codebook.

    A condition is FIELD=VALUE or FIELD=VALUE,VALUE, with != for all others; FIELD= is a missing value. Numbers, days
    and years can be compared: FIELD>=VALUE. A code takes the narrower ones along (type=CONSULT). Events know beside
    their fields those of events_flat, between=DAY,DAY, min_sources=N, min_independent=N and min_claims=N. A field that
    leads to another table can be followed: source_id.kind=news-report, event.between=2026-03-01,2026-03-05.

    A word, code or id that does not exist is an error. `eventpack sql` takes any question.

    Exit codes: 0 when it is answered, also when nothing is found; 2 for misuse, data that cannot be read, or a network
    or disk that refuses.

    \b
    Examples:
        $ eventpack query us-kurdish-talks-2026 --where realis=occurred --where between=2026-03-01,2026-03-05
        $ eventpack query . --where type=CONSULT --columns event_id,title,country --sort -date_latest
        $ eventpack query . --table claims --where event.realis=denied --columns claim_id,source_id.title --format csv
        $ eventpack query . --where "min_sources=2" --out corroborated.parquet
    """
    from eventpack.querying import query as run

    form = form_of(format, out)
    answer = run(
        ref, table=table, where=where or (), columns=_names(columns), sort=_names(sort),
        limit=limit_of(limit, form, out), version=version, as_of=as_of, offline=offline,
    )  # fmt: skip
    put_answer(answer, form, out)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
