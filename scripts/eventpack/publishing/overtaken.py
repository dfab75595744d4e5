"""What is raised when two publish at the same place at the same time, and the other was quicker."""

from __future__ import annotations

from eventpack.errors import EventpackError


class Overtaken(EventpackError):
    """Somebody else wrote since it was read; what is to be written must be planned anew."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "run it again")
