"""An answer for people: a table in aligned columns, as wide as the terminal, or as what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Literal

from eventpack.finding import visible
from eventpack.loading.celltext import frame_texts

if TYPE_CHECKING:
    from eventpack.querying import Answer

_UNBOUND = 1_000_000  # columns of characters, where nothing is cut
_LEAST, _BETWEEN = 12, 3  # characters of a column that is worth showing, and of the space behind it


def as_table(answer: Answer, width: int | None = None, coloured: bool = False) -> str:
    """Numbers stand to the right; with a width, long cells end with … so that each row is one line.

    Columns for which there is no room are named below.
    """
    from rich.box import SIMPLE_HEAD  # 30 ms
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    texts = {name: [visible(text) for text in held] for name, held in frame_texts(answer.frame, answer.fields).items()}
    if not texts:
        return ""
    shown = list(texts) if width is None else _fitting(texts, width)
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for name in shown:
        side: Literal["left", "right"] = "right" if answer.frame.schema[name].is_numeric() else "left"
        table.add_column(Text(visible(name)), justify=side, no_wrap=True, overflow="ellipsis")
    for row in zip(*(texts[name] for name in shown), strict=True):
        table.add_row(*map(Text, row))
    out = StringIO()
    console = Console(
        file=out, width=width or _UNBOUND, force_terminal=coloured, no_color=not coloured, highlight=False,
        color_system="standard" if coloured else None, legacy_windows=False,
    )  # fmt: skip
    console.print(table)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    if hidden := [visible(name) for name in texts if name not in shown]:
        lines.append(f"… and {len(hidden)} more column{'s' * (len(hidden) > 1)}: {', '.join(hidden)}")
    return "\n".join(lines)


def _fitting(texts: Mapping[str, Sequence[str]], width: int) -> list[str]:
    """The first columns for which there is room, each with some characters at least."""
    from rich.cells import cell_len

    shown: list[str] = []
    for name, held in texts.items():
        width -= min(_LEAST, max(map(cell_len, (visible(name), *held)))) + _BETWEEN
        if width < -_BETWEEN and shown:
            break
        shown.append(name)
    return shown
