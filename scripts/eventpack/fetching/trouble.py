"""What went wrong on the way to a server, in words."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from urllib3 import exceptions as known

from eventpack.finding import visible

# The first kind that is found among an error and its causes tells what it is.
_KINDS = (
    (ssl.SSLEOFError, "the connection was cut"),
    (known.SSLError, "the certificate or encryption is refused ({})"),
    (known.ProxyError, "the proxy does not answer ({})"),
    (known.DecodeError, "what the server compressed cannot be read ({})"),
    (known.ReadTimeoutError, "the server does not answer in time"),
    (socket.gaierror, "there is no host of that name, or no network"),
    (known.ProtocolError, "the connection was cut"),
    (known.NewConnectionError, "no connection ({})"),
    (known.ConnectTimeoutError, "the server does not answer in time"),
)


def in_words(error: Exception) -> tuple[str, bool]:
    """What an error of `urllib3`, or of `requests` above it, means, and whether it may pass by itself."""
    kind, words = next((item for item in _KINDS if _is(error, item[0])), (type(error), str(error)))
    odd = isinstance(error, ValueError)  # an address, a header or a proxy that is none
    return visible(words.format(_innermost(error))), not (odd or kind is known.SSLError)


def _is(error: Exception, kind: type[BaseException]) -> bool:
    return any(isinstance(cause, kind) for cause in _causes(error))


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
