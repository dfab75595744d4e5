"""Tokens: read from the environment, then from the keyring of the system; never stored, never shown."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass, field

from eventpack.depots.addresses import Depot
from eventpack.errors import EventpackError

SERVICE = "eventpack"
"""The service under which the keyring knows our tokens; the user is the name of the depot."""


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that no message, log or traceback shows."""

    value: str = field(repr=False, default="")

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return "…"

    def header(self) -> dict[str, str]:
        """What proves who asks; nothing without a token."""
        return {"Authorization": f"Bearer {self.value}"} if self.value else {}

    def hidden(self, text: str) -> str:
        """A text without the secret, should somebody have repeated it."""
        return text.replace(self.value, "…") if self.value else text


def given_token(depot: Depot) -> Token:
    """The token of the environment, which may be none: to read what is public, none is needed.

    Raises:
        EventpackError: What the variable holds cannot be a token.
    """
    for name in depot.tokens:
        if value := os.environ.get(name, "").strip():
            return _checked(value, f"the variable {name}")
    return Token()


def require_token(depot: Depot) -> Token:
    """The token of the environment, else that of the keyring.

    Raises:
        EventpackError: There is none.
    """
    if token := given_token(depot):
        return token
    if value := _kept(depot.name):
        return _checked(value, "the keyring")
    what = f"there is no token for {depot.title}"
    keep = f"keep it with `keyring set {SERVICE} {depot.name}` (pip install 'eventpack[keyring]')"
    raise EventpackError(what, f"set {' or '.join(depot.tokens)}, or {keep}")


def _kept(user: str) -> str:
    """What the keyring holds; empty without the package, a keyring or an entry."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return (keyring.get_password(SERVICE, user) or "").strip()
    except (KeyringError, RuntimeError, OSError) as error:
        logging.getLogger("eventpack").info("the keyring does not answer: %s", type(error).__name__)
        return ""


def _checked(value: str, where: str) -> Token:
    if not re.fullmatch(r"[\x21-\x7e]+", value):
        raise EventpackError(f"{where} holds no token", "copy it again: letters, digits and signs on one line")
    return Token(value)
