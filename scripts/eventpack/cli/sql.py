"""`eventpack sql`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from eventpack.cli.answering import AsOf, Form, Limit, Offline, Out, Ref, Version, form_of, limit_of, put_answer


def sql(
    ref: Ref,
    statement: Annotated[str, typer.Argument(help="One SELECT of DuckDB; - reads it from standard input.")],
    limit: Limit = None,
    format: Form = None,
    out: Out = None,
    version: Version = "latest",
    as_of: AsOf = "",
    offline: Offline = False,
) -> None:
    """Ask a dataset a question in SQL, answered by DuckDB.

    Each table is there under its name, with typed columns. Nothing else is: the question can read no file or address,
    write nothing, and change nothing. DuckDB comes with the extra `duckdb`.

    Exit codes: 0 when it is answered, 2 for a question that cannot be, data that cannot be read, or a network or disk
    that refuses.

    \b
    Examples:
        $ eventpack sql . "SELECT realis, count(*) AS events FROM events GROUP BY ALL ORDER BY ALL"
        $ eventpack sql us-kurdish-talks-2026 "DESCRIBE claims"
        $ eventpack sql . - --format csv < question.sql
    """
    from eventpack.querying import ask_sql as run

    form = form_of(format, out)
    text = sys.stdin.read() if statement == "-" else statement
    answer = run(ref, text, limit=limit_of(limit, form, out), version=version, as_of=as_of, offline=offline)
    put_answer(answer, form, out)
