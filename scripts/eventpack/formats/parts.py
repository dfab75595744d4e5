"""What several formats say of one finding in the same words."""

from __future__ import annotations

from collections.abc import Iterable

from eventpack.finding import Finding, visible
from eventpack.remote import is_remote


def message(finding: Finding) -> str:
    """What is wrong, then why and how to mend it on lines of their own, without characters that do not print."""
    parts = [("", finding.what), ("why: ", finding.why), ("fix: ", finding.fix)]
    return "\n".join(f"{word}{visible(text)}" for word, text in parts if text or not word)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors before warnings; otherwise in the order given."""
    return sorted(findings, key=lambda finding: finding.severity != "error")


def printed_path(finding: Finding, root: str) -> str:
    """The path of a finding as somebody would type it where the package was named, or its address."""
    path = finding.where.path
    return f"{root}/{path}" if root and not is_remote(path) else path
