"""What went wrong on the way to a server, in words."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from requests import exceptions
from urllib3.exceptions import DecodeError, ProtocolError, ReadTimeoutError

from eventpack.finding import visible

_FATAL = (exceptions.SSLError, exceptions.InvalidURL, exceptions.InvalidSchema, exceptions.MissingSchema,
          exceptions.InvalidHeader, exceptions.InvalidProxyURL)  # fmt: skip
_KINDS = (
    (exceptions.SSLError, "the certificate or encryption is refused"),
    (exceptions.ProxyError, "the proxy does not answer"),
    (DecodeError, "what the server compressed cannot be read"),
)


def in_words(error: Exception) -> tuple[str, bool]:
    """What an error of `requests` or `urllib3` means, and whether it may pass by itself."""
    return visible(_say(error)), not isinstance(error, _FATAL)


def _say(error: Exception) -> str:
    for kind, words in _KINDS:
        if isinstance(error, kind):
            return f"{words} ({_innermost(error)})"
    if isinstance(error, (exceptions.Timeout, ReadTimeoutError)):
        return "the server does not answer in time"
    if any(isinstance(cause, socket.gaierror) for cause in _causes(error)):
        return "there is no host of that name, or no network"
    if isinstance(error, ProtocolError):
        return "the connection was cut"
    return f"no connection ({_innermost(error)})" if isinstance(error, exceptions.ConnectionError) else str(error)


def _innermost(error: BaseException) -> str:
    last = list(_causes(error))[-1]
    return (last.strerror if isinstance(last, OSError) else "") or str(last) or type(last).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it was raised for, outermost first; urllib3 keeps the cause in `reason` or an argument."""
    seen: set[int] = set()
    step: object = error
    while isinstance(step, BaseException) and id(step) not in seen:
        seen.add(id(step))
        yield step
        inner = [getattr(step, "reason", None), *step.args, step.__cause__, step.__context__]
        step = next((each for each in inner if isinstance(each, BaseException) and id(each) not in seen), None)
