"""The formats of others among the formats of exports."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from eventpack.errors import EventpackError
from eventpack.interchange.writing import write_scheme
from eventpack.material import Material

if TYPE_CHECKING:
    import polars as pl


def _write(name: str, material: Material, folder: Path) -> list[str]:
    """Write the events in a format of others, with what is lost beside them; says how many have a row there."""

    def frame(table: str) -> pl.DataFrame | None:
        if table not in material.names and table not in material.package.unsound:  # those are refused
            return None
        return material.table(table).frame

    if "events" not in material.names and "events" not in material.package.unsound:
        raise EventpackError(f"{name} holds events; there is no table `events`", "choose another format")
    report = write_scheme(name, frame, folder, material.name, material.version)
    return [f"{report.exported} of {report.events} events exported; losses.txt says what became of the others"]


write_ged: Callable[[Material, Path], list[str]] = partial(_write, "ged")
write_acled: Callable[[Material, Path], list[str]] = partial(_write, "acled")
write_polecat: Callable[[Material, Path], list[str]] = partial(_write, "polecat")
write_plover: Callable[[Material, Path], list[str]] = partial(_write, "plover")
