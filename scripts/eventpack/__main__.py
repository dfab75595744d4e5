"""`python -m eventpack`."""

from __future__ import annotations

from eventpack.cli import main

if __name__ == "__main__":
    main()
