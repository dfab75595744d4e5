"""An answer for people: a table in aligned columns, as wide as the terminal, or as what it holds."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Literal

from eventpack.finding import visible
from eventpack.loading.celltext import frame_texts

if TYPE_CHECKING:
    from eventpack.querying import Answer

_UNBOUND = 1_000_000  # columns of characters, where nothing is cut


def as_table(answer: Answer, width: int | None = None, coloured: bool = False) -> str:
    """Numbers stand to the right; with a width, long cells end with … so that each row is one line."""
    from rich.box import SIMPLE_HEAD  # 30 ms
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not answer.frame.width:
        return ""
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for column in answer.frame:
        side: Literal["left", "right"] = "right" if column.dtype.is_numeric() else "left"
        table.add_column(Text(visible(column.name)), justify=side, no_wrap=True, overflow="ellipsis")
    for row in zip(*frame_texts(answer.frame, answer.fields).values(), strict=True):
        table.add_row(*(Text(visible(text)) for text in row))
    out = StringIO()
    console = Console(
        file=out, width=width or _UNBOUND, force_terminal=coloured, no_color=not coloured, highlight=False,
        color_system="standard" if coloured else None, legacy_windows=False,
    )  # fmt: skip
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())
