"""DOIs: which text is one, and which record of Zenodo one names."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_OF_ZENODO = r"10\.(5281|5072)/zenodo\.([0-9]+)"


def doi_of(text: str) -> str:
    """The DOI that a text is, in whatever form; empty when it is none."""
    match = _DOI.fullmatch(text)
    if not match:
        return ""
    return unquote(match[1]) if "://" in text else match[1]


def record_of(doi: str) -> tuple[str, str]:
    """The depot and record that a DOI of Zenodo or its sandbox names; both empty for other DOIs."""
    match = re.fullmatch(_OF_ZENODO, doi, re.IGNORECASE)
    if match is None:
        return "", ""
    return ("zenodo" if match[1] == "5281" else "zenodo-sandbox"), match[2]
