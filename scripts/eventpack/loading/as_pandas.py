"""Frames for pandas: codes as categories, whole numbers and booleans that can be missing, dates as datetime64."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from eventpack.errors import EventpackError

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: dict[type[pl.DataType], str] = {
    pl.Int64: "Int64", pl.Int16: "Int16", pl.Float64: "Float64", pl.Boolean: "boolean", pl.String: "string",
    pl.Date: "datetime64[s]",  # seconds hold all years from 1 to 9999, nanoseconds do not
}  # fmt: skip


def pandas_frame(frame: pl.DataFrame) -> pd.DataFrame:
    """A frame as pandas has it; needs no pyarrow.

    Raises:
        EventpackError: pandas is not installed.
    """
    try:
        import pandas as pd  # 400 ms
    except ImportError:
        raise EventpackError("pandas is not installed", 'run `pip install ".[pandas]"` in the checkout') from None
    return pd.DataFrame({column.name: _column(column) for column in frame}, columns=frame.columns)


def _column(column: pl.Series) -> Any:
    import pandas as pd

    values = column.to_list()
    if isinstance(column.dtype, pl.Enum):
        return pd.Categorical(values, categories=column.dtype.categories.to_list())
    return pd.Series(values, dtype=_DTYPES[type(column.dtype)])
