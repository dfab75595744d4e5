"""Signatures by Ed25519 over the checksums of a packaged version: who made it, for whoever knows the key."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from eventpack.errors import EventpackError, TextError
from eventpack.files import sha256
from eventpack.jsontext import json_bytes, parse_json

KEY = "EVENTPACK_SIGNING_KEY"
"""The variable that holds a private key, or the path of its file."""
_METHOD = "ed25519"
_READING, _ED25519 = "hazmat.primitives.serialization", "hazmat.primitives.asymmetric.ed25519"
_MAKE = "make one: openssl genpkey -algorithm ed25519 -out key.pem"
_INSTALL = 'install it: pip install "eventpack[sign]"'


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature of some bytes, with the public key that belongs to it, both as bytes."""

    key: bytes
    value: bytes

    @property
    def fingerprint(self) -> str:
        """What the key is called: the first 16 digits of its SHA-256."""
        return fingerprint(self.key)

    def to_bytes(self) -> bytes:
        """The file."""
        key, value = (base64.b64encode(part).decode("ascii") for part in (self.key, self.value))
        return json_bytes({"signature": _METHOD, "key": key, "value": value})


def fingerprint(key: bytes) -> str:
    """What a public key is called."""
    return sha256(key)[:16]


def given_key(path: str | Path | None) -> str:
    """The text of the private key that is wanted: of a file, or of the environment; empty when none is.

    Raises:
        EventpackError: The file cannot be read.
    """
    given = str(path) if path else os.environ.get(KEY, "").strip()
    return given if not given or given.startswith("-----BEGIN") else _text_of(given)


def sign(data: bytes, key: str) -> Signature:
    """The signature of bytes by a private key, given as PEM or in the form of OpenSSH, without password.

    Raises:
        EventpackError: It is no such key, or the library is not installed.
    """
    private = private_key(key)
    public = private.public_key()
    return Signature(_raw(public), private.sign(data))


def read_signature(data: bytes) -> Signature:
    """The signature that a file holds; raises `ValueError`, whose text says what is wrong with it."""
    try:
        value = parse_json(data.decode("ascii"), "json")
        if value["signature"] != _METHOD:
            raise ValueError(f"it is made by {value['signature']!r}, not by {_METHOD}")
        parts = [base64.b64decode(value[name], validate=True) for name in ("key", "value")]
    except (UnicodeDecodeError, TextError, KeyError, TypeError, binascii.Error) as error:
        raise ValueError("it is not what `release --sign` writes") from error
    if [len(part) for part in parts] != [32, 64]:
        raise ValueError("key or signature have the wrong length")
    signature = Signature(*parts)
    if signature.to_bytes() != data:
        raise ValueError("it was changed")
    return signature


def holds(signature: Signature, data: bytes) -> bool:
    """Whether a signature is that of some bytes by its key; raises `EventpackError` when the library is missing."""
    exceptions, ed25519 = _library("exceptions"), _library(_ED25519)
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(signature.key).verify(signature.value, data)
    except (exceptions.InvalidSignature, ValueError):
        return False
    return True


def public_key(path: str | Path) -> bytes:
    """The public key in a file: as PEM, in the form of OpenSSH, or 32 bytes in base64.

    Raises:
        EventpackError: It is no such key, or the library is not installed.
    """
    text = _text_of(str(path)).strip()
    serialization, ed25519 = (
        _library(_READING),
        _library(_ED25519),
    )
    try:
        if text.startswith("ssh-"):
            key = serialization.load_ssh_public_key(text.encode())
        elif "PRIVATE KEY" in text:
            what = f"{path} holds a private key, which nobody needs to verify"
            raise EventpackError(what, f"name the public one: openssl pkey -in {path} -pubout -out public.pem")
        elif text.startswith("-----BEGIN"):
            key = serialization.load_pem_public_key(text.encode())
        else:
            return _raw(ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True)))
    except (ValueError, binascii.Error) as error:
        raise EventpackError(f"{path} holds no public key", "name a file with an Ed25519 key") from error
    except _unsupported() as error:
        raise EventpackError(f"{path} holds a key of another kind than Ed25519", _MAKE) from error
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise EventpackError(f"{path} holds a key of another kind than Ed25519", _MAKE)
    return _raw(key)


def private_key(text: str) -> Any:  # a type of the optional library
    """The key that a text is, as PEM or in the form of OpenSSH; raises `EventpackError` when it is none."""
    serialization, ed25519 = (
        _library(_READING),
        _library(_ED25519),
    )
    read = serialization.load_ssh_private_key if "OPENSSH" in text else serialization.load_pem_private_key
    try:
        key = read(text.strip().encode() + b"\n", None)
    except TypeError:
        raise EventpackError("the signing key has a password", "give one without, from a place that keeps it") from None
    except ValueError as error:
        raise EventpackError("the signing key is no private key in PEM or of OpenSSH", _MAKE) from error
    except _unsupported() as error:
        raise EventpackError("the signing key is of another kind than Ed25519", _MAKE) from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise EventpackError("the signing key is of another kind than Ed25519", _MAKE)
    return key


def _raw(key: Any) -> bytes:
    return bytes(key.public_bytes_raw())


def _unsupported() -> type[Exception]:
    kind: type[Exception] = _library("exceptions").UnsupportedAlgorithm
    return kind


def _library(name: str) -> Any:
    try:
        return import_module(f"cryptography.{name}")  # 40 ms
    except ImportError:
        raise EventpackError("signatures need the library `cryptography`", _INSTALL) from None


def _text_of(path: str) -> str:
    try:
        return Path(path).expanduser().read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise EventpackError(f"cannot read the key {path}: {why}", _MAKE) from None
