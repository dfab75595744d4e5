"""Get files from where they are: a web server, a folder, a zip; one interface, one verified file at a time."""

from __future__ import annotations

from eventpack.fetching.source import Absent, Forbidden, Source, Told, fetch_verified

__all__ = ["Absent", "Forbidden", "Source", "Told", "fetch_verified"]
