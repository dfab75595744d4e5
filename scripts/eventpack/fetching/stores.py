"""A bucket of an S3-compatible store: its objects, asked for one call at a time, and what went wrong, in words.

Endpoint, credentials, profile and region are those that the AWS tools take from their environment and files. Imported
late: `botocore` costs 200 ms.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from eventpack.errors import EventpackError, NetworkError
from eventpack.fetching.patience import Passing
from eventpack.fetching.source import Forbidden
from eventpack.fetching.storeaddress import SCHEME, endpoint
from eventpack.finding import visible

_INSTALL = 'install it: pip install "eventpack[s3]"'
_CHECK = "check the address, and AWS_ENDPOINT_URL, AWS_PROFILE or the keys in the environment"
_AGAIN = "check the connection and run it again; it goes on from there"
_MISSING = {"NoSuchKey", "404", "NotFound"}
_TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "412"}
_UNKNOWN = {"NotImplemented", "501"}  # what a store answers to a condition that it does not know


class Taken(NetworkError):
    """The condition of a write does not hold: another object is there, or another state of it."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} is there already, or was changed", _AGAIN)


class Unknown(NetworkError):
    """The store does not know what was asked of it."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where}: the store does not know what it is asked for", _CHECK)


class Missing(NetworkError):
    """There is no such object."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where}: the store says that there is nothing", _CHECK)


class Store:
    """The objects of one bucket; every call has its answer or raises one of the errors above."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket
        try:
            botocore = import_module("botocore.session")
            config = import_module("botocore.config").Config
        except ImportError:
            raise EventpackError("stores need the library `boto3`", _INSTALL) from None
        self._errors: Any = import_module("botocore.exceptions")
        self._unreadable: Any = import_module("botocore.parsers").ResponseParserError
        with self._asking(""):
            session = botocore.get_session()
            open_to_all = session.get_credentials() is None
            self._client: Any = session.create_client("s3", config=config(**_settings(open_to_all)))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, key: str, **conditions: str) -> dict[str, Any]:
        """The answer with an object's body, not read yet; raises `Missing`, `Passing` or `NetworkError`."""
        return self._call("get_object", key, **conditions)

    def head(self, key: str) -> dict[str, Any]:
        """What is said of an object; raises `Missing`."""
        return self._call("head_object", key)

    def put(self, key: str, body: bytes, **more: Any) -> str:
        """Write an object, and return its ETag; raises `Taken` when a condition does not hold."""
        return self.field(self._call("put_object", key, Body=body, **more), "ETag", key)

    def field(self, answer: dict[str, Any], name: str, key: str) -> str:
        """What every store answers about an object.

        Raises:
            NetworkError: This one does not.
        """
        if isinstance(found := answer.get(name), str) and found:
            return found
        raise NetworkError(f"{SCHEME}{self.bucket}/{key}: the store answers without {name}", _CHECK)

    def call(self, name: str, key: str, **more: Any) -> dict[str, Any]:
        """Any other call about an object."""
        return self._call(name, key, **more)

    def below(self, prefix: str) -> dict[str, int]:
        """All objects whose key begins so, without that beginning, with their sizes."""
        found: dict[str, int] = {}
        with self._asking(prefix):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
                found |= {each["Key"].removeprefix(prefix): each["Size"] for each in page.get("Contents", ())}
        return found

    def uploads(self, prefix: str) -> list[tuple[str, str]]:
        """Key and id of all uploads in parts that were begun and not ended, the oldest first."""
        with self._asking(prefix):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket, Prefix=prefix)
            found = [each for page in pages for each in page.get("Uploads", ())]
        return [(each["Key"], each["UploadId"]) for each in sorted(found, key=lambda each: str(each.get("Initiated")))]

    def parts(self, key: str, upload: str) -> dict[int, tuple[int, str]]:
        """Size and ETag of the parts of an upload that arrived, by number."""
        with self._asking(key):
            pages = self._client.get_paginator("list_parts").paginate(Bucket=self.bucket, Key=key, UploadId=upload)
            return {
                each["PartNumber"]: (each["Size"], each["ETag"]) for page in pages for each in page.get("Parts", ())
            }

    def _call(self, name: str, key: str, **more: Any) -> dict[str, Any]:
        with self._asking(key):
            answer: dict[str, Any] = getattr(self._client, name)(Bucket=self.bucket, Key=key, **more)
        return answer

    @contextlib.contextmanager
    def _asking(self, key: str) -> Iterator[None]:
        where = f"{SCHEME}{self.bucket}/{key}".rstrip("/")
        try:
            yield
        except self._errors.ClientError as error:
            raise _refusal(error.response, self.bucket, where) from error
        except (self._errors.HTTPClientError, self._errors.ConnectionError) as error:
            raise NetworkError(visible(f"{where}: {self.in_words(error)}"), _AGAIN) from error
        except (self._errors.BotoCoreError, self._unreadable, ValueError) as error:
            raise EventpackError(visible(f"{where}: {error}"), _CHECK) from error
        except (KeyError, TypeError) as error:
            raise NetworkError(f"{where}: the store answers without {error}", _CHECK) from error

    def in_words(self, error: Exception) -> str:
        """What an error of the connection means."""
        if isinstance(error, (self._errors.ConnectTimeoutError, self._errors.ReadTimeoutError)):
            return "the store does not answer in time"
        if isinstance(error, self._errors.SSLError):
            return "the certificate or encryption is refused"
        if isinstance(error, self._errors.EndpointConnectionError):
            return "no connection to the store"
        return "the connection was cut"

    @contextlib.contextmanager
    def reading(self, where: str) -> Iterator[None]:
        """Raise `Passing` for what breaks off while a body is read."""
        try:
            yield
        except (self._errors.HTTPClientError, self._errors.IncompleteReadError) as error:
            raise Passing(f"{where}: {self.in_words(error)}") from error


def _settings(open_to_all: bool) -> dict[str, Any]:
    """Of the client: path-style addresses where the endpoint is a given one, since few stores know others."""
    settings: dict[str, Any] = {
        "connect_timeout": 10, "read_timeout": 30, "user_agent_extra": "eventpack",
        "request_checksum_calculation": "when_required", "response_checksum_validation": "when_required",
    }  # fmt: skip
    if "AWS_MAX_ATTEMPTS" not in os.environ:
        settings["retries"] = {"mode": os.environ.get("AWS_RETRY_MODE", "standard"), "total_max_attempts": 6}
    if endpoint():
        settings["s3"] = {"addressing_style": "path"}
    if open_to_all:
        settings["signature_version"] = import_module("botocore").UNSIGNED
    return settings


def _refusal(answer: dict[str, Any], bucket: str, where: str) -> Exception:
    error, status = answer.get("Error", {}), answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code = str(error.get("Code", status))
    if code in _TAKEN or status in (409, 412, 416):
        return Taken(where)
    if code in _UNKNOWN or status == 501:
        return Unknown(where)
    if code == "NoSuchBucket":
        return EventpackError(f"there is no bucket `{bucket}`", _CHECK)
    if code in _MISSING or status == 404:
        return Missing(where)
    said = f"{where}: the store answers {code}" + (f" ({error['Message']})" if error.get("Message") else "")
    kind = Forbidden if status == 403 else NetworkError
    return kind(visible(said), _AGAIN if status == 429 or status >= 500 else _CHECK)
