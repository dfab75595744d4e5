"""Signed places for tests: keys, and a place in its first and in its second state."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from eventpack.publishing import Signing, publish
from tests.places import NAME, release


@dataclass(frozen=True)
class KeyPair:
    """A private key as text, the file of the public one, and what it is called."""

    private: str
    public: Path
    called: str

    def signing(self, **more: object) -> Signing:
        """How a place is signed with it."""
        return Signing(self.private, wanted=True, **more)  # type: ignore[arg-type]


def key_pair(folder: Path, name: str = "key") -> KeyPair:
    """A new pair of keys, its files in a folder."""
    from eventpack.signing import fingerprint

    folder.mkdir(exist_ok=True, parents=True)
    made = Ed25519PrivateKey.generate()
    text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
    public = folder / f"{name}.pub"
    public.write_bytes(made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (folder / f"{name}.pem").write_text(text, "utf-8")
    return KeyPair(text, public, fingerprint(made.public_key().public_bytes_raw()))


def signed_place(folder: Path, key: KeyPair, *versions: str, **more: object) -> Path:
    """A place with these versions, signed."""
    for version in versions or ("0.1.0",):
        publish(release(version), folder, signing=key.signing(**more), yes=True)
    return folder


def two_states(folder: Path, key: KeyPair) -> tuple[Path, Path]:
    """A signed place before and after 0.2.0 was published there."""
    old = signed_place(folder / "old", key)
    new = Path(shutil.copytree(old, folder / "new"))
    return old, signed_place(new, key, "0.2.0")


def signatures(place: Path) -> Path:
    """The folder with the signatures of the dataset."""
    return place / NAME / "signed"
