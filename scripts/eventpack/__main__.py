"""`python -m eventpack`, and where the command `eventpack` begins."""

from __future__ import annotations

import gc
from typing import NoReturn


def start() -> NoReturn:
    """Run the command line. A command is short and keeps what it imports and reads: collecting would free nothing."""
    gc.disable()  # 20 ms
    from eventpack.cli import main

    main()


if __name__ == "__main__":
    start()
