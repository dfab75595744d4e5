"""Releases proved: signatures, and that no changed byte of a release goes unnoticed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import copyfile, copytree

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.downloading import download
from eventpack.errors import DamagedError, EventpackError
from eventpack.proving import Proof, is_release, prove
from eventpack.publishing import publish
from eventpack.signing import fingerprint, given_key, holds, public_key, read_signature, sign
from eventpack.validation import validate
from tests.effort import examples
from tests.gitpack import commit_all
from tests.places import tree
from tests.releasepack import NAME, SOURCE_ROOT, edit, release_on, released, source, twice


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No repository above the temporary folder counts, nor any setting of this machine."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))
    for name in ("SOURCE_DATE_EPOCH", "EVENTPACK_ARCHIVES", "EVENTPACK_SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)


def keys(folder: Path, name: str = "key") -> tuple[Path, Path]:
    """A new private key and its public one, as PEM files."""
    folder.mkdir(exist_ok=True)
    private = Ed25519PrivateKey.generate()
    paths = folder / f"{name}.pem", folder / f"{name}.pub"
    paths[0].write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    paths[1].write_bytes(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return paths


def signed(folder: Path, key: Path) -> Path:
    """The archive of a signed release."""
    return release_on(source(folder), "2024-06-01", summary="Two events.", sign=key).archive


def said(proof: Proof) -> list[tuple[str, str]]:
    """What is wrong, as code and path."""
    return [(finding.code, finding.where.path) for finding in proof.report.findings]


def test_a_signed_release_is_proved_by_its_key(tmp_path: Path) -> None:
    """Everything agrees; the signer is named, and trusted only when the key is given."""
    private, public = keys(tmp_path)
    archive = signed(tmp_path / "data", private)
    proof = prove(archive, key=public)
    assert said(proof) == []
    assert (proof.signer, proof.trusted) == (fingerprint(public_key(public)), True)
    assert prove(archive).trusted is False
    assert proof.records > 400
    assert validate(archive).findings == ()


def test_another_key_and_no_signature_are_findings(tmp_path: Path) -> None:
    """Whoever expects a key must see its signature."""
    private, _ = keys(tmp_path)
    _, other = keys(tmp_path, "other")
    archive = signed(tmp_path / "data", private)
    proof = prove(archive, key=other)
    assert (said(proof), proof.trusted) == ([("release/signature", "SHA256SUMS.sig")], False)
    unsigned = twice(tmp_path / "plain") / f"releases/{NAME}-0.1.0.zip"
    assert said(prove(unsigned, key=other)) == [("release/signature", "SHA256SUMS")]
    assert said(prove(unsigned)) == []


def test_a_resealed_release_lacks_the_signature(tmp_path: Path) -> None:
    """Somebody who changes data and all lists cannot make the signature fit."""
    from tests.places import reseal

    private, public = keys(tmp_path)
    with zipfile.ZipFile(signed(tmp_path / "data", private)) as archive:
        archive.extractall(tmp_path / "got")
    (tmp_path / "got/README.md").write_text("Other words.\n", "utf-8")
    sums = (tmp_path / "got/SHA256SUMS.sig").read_bytes()
    (tmp_path / "got/SHA256SUMS.sig").unlink()
    reseal(tmp_path / "got")
    assert said(prove(tmp_path / "got")) == []
    (tmp_path / "got/SHA256SUMS.sig").write_bytes(sums)
    assert said(prove(tmp_path / "got", key=public)) == [("release/signature", "SHA256SUMS.sig")]


def test_a_signed_release_is_published_and_downloaded(tmp_path: Path) -> None:
    """The signature travels with the files, and the place can be proved by its address."""
    private, public = keys(tmp_path)
    publish(signed(tmp_path / "data", private), tmp_path / "site", yes=True)
    place = tmp_path / "site" / NAME
    assert said(prove(place, key=public)) == []
    folder = download(place, to=tmp_path / "got").folder
    assert prove(folder, key=public).trusted
    with pytest.raises(EventpackError, match=r"there is no version 0\.3\.0"):
        prove(place, version="0.3.0")


def test_what_a_place_has_now_is_proved(tmp_path: Path) -> None:
    """Not what the cache kept of it; the folder of a version with its archive beside is a release as well."""
    publish(released(tmp_path / "data") / f"releases/{NAME}-0.1.0.zip", tmp_path / "site", yes=True)
    place = tmp_path / "site" / NAME
    download(place)
    assert said(prove(f"{place}@0.1.0")) == said(prove(place / "0.1.0")) == []
    edit(place / "0.1.0", "data/actors.csv", "Bakers", "Butchers")
    with pytest.raises(DamagedError, match=r"data/actors\.csv"):
        prove(place)
    assert ("release/archive", f"{NAME}-0.1.0.zip") in said(prove(place / "0.1.0"))
    assert prove(place, offline=True).report.ok


def test_a_release_is_the_version_that_was_asked_for(tmp_path: Path) -> None:
    """An older one, as well signed, is not taken for a newer one; a source tree has an archive of each."""
    folder = twice(tmp_path / "data")
    archives = [folder / f"releases/{NAME}-0.1.{patch}.zip" for patch in (0, 1)]
    assert [prove(folder, version=version).report.version for version in ("0.1.0", "latest")] == ["0.1.0", "0.1.1"]
    assert said(prove(archives[0], version="~0.1")) == []
    assert said(prove(archives[0], version="0.1.1")) == [("release/descriptor", "datapackage.json")]
    swapped = Path(copyfile(archives[0], tmp_path / archives[1].name))
    assert said(prove(swapped)) == [("release/archive", swapped.as_posix())]
    assert said(prove(Path(copyfile(archives[0], tmp_path / "mine.zip")))) == []
    copyfile(archives[0], archives[1])
    assert [finding.what.partition(" has SHA-256")[0] for finding in prove(archives[1]).report.findings] == [
        f"the archive is named {archives[1].name} and holds 0.1.0", "the archive",
    ]  # fmt: skip


def test_an_archive_holds_its_files_and_nothing_else(tmp_path: Path) -> None:
    """Bytes before, between and after them are found; the same files packed by another program are not."""
    data = (released(tmp_path / "data") / f"releases/{NAME}-0.1.0.zip").read_bytes()
    path = tmp_path / "x.zip"
    for forged in (b"MZ" + data, data + b"more", data + data, data[:-2] + b"\x04\x00more"):
        path.write_bytes(forged)
        assert said(prove(path)) == [("release/archive", path.as_posix())]
    with zipfile.ZipFile(path, "w") as archive:  # what is between, the list of entries does not know
        archive.writestr("data/more.csv", "x\n")
        archive.filelist.clear()
        archive.NameToInfo.clear()
        with zipfile.ZipFile(tmp_path / "data" / f"releases/{NAME}-0.1.0.zip") as whole:
            for name in whole.namelist():
                archive.writestr(name, whole.read(name))
    assert said(prove(path)) == [("release/archive", path.as_posix())]
    with (
        zipfile.ZipFile(tmp_path / "data" / f"releases/{NAME}-0.1.0.zip") as whole,
        zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
    assert said(prove(tmp_path / "packed.zip")) == []


@pytest.mark.parametrize("path", ["manifest.json", "datapackage.json", "SHA256SUMS.sig"])
def test_deep_nesting_breaks_nothing(tmp_path: Path, path: str) -> None:
    """A file made to exhaust the reader is a finding."""
    with zipfile.ZipFile(released(tmp_path / "data") / f"releases/{NAME}-0.1.0.zip") as archive:
        archive.extractall(tmp_path / "got")
    (tmp_path / "got" / path).write_text("[" * 100_000, "utf-8")
    assert said(prove(tmp_path / "got")) != []


def test_checksums_that_are_gone_are_a_finding(tmp_path: Path) -> None:
    """A packaged folder without them is still one."""
    private, _ = keys(tmp_path)
    with zipfile.ZipFile(signed(tmp_path / "data", private)) as archive:
        archive.extractall(tmp_path / "got")
    (tmp_path / "got/SHA256SUMS").unlink()
    assert is_release(str(tmp_path / "got"))
    found = [("release/signature", "SHA256SUMS.sig"), ("release/sums", "SHA256SUMS")]
    assert sorted(said(prove(tmp_path / "got"))) == found


def test_the_key_may_stand_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As its text or as the path of its file; an option goes before it."""
    private, public = keys(tmp_path)
    monkeypatch.setenv("EVENTPACK_SIGNING_KEY", private.read_text("utf-8"))
    assert given_key(None) == private.read_text("utf-8").strip()
    done = release_on(source(tmp_path / "data"), "2024-06-01", summary="Two events.")
    assert prove(done.archive, key=public).trusted
    monkeypatch.setenv("EVENTPACK_SIGNING_KEY", str(private))
    assert given_key(None) == private.read_text("utf-8")
    assert given_key(public) == public.read_text("utf-8")


def test_keys_of_openssh_and_openssl(tmp_path: Path) -> None:
    """Private keys in both forms, public ones also as 32 bytes in base64."""
    private = Ed25519PrivateKey.generate()
    raw = private.public_key().public_bytes_raw()
    for form in (PrivateFormat.OpenSSH, PrivateFormat.PKCS8):
        text = private.private_bytes(Encoding.PEM, form, NoEncryption()).decode()
        signature = read_signature(sign(b"data", text).to_bytes())
        assert (signature.key, holds(signature, b"data"), holds(signature, b"date")) == (raw, True, False)
    import base64

    forms = [
        private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), base64.b64encode(raw),
    ]  # fmt: skip
    for number, data in enumerate(forms):
        (tmp_path / f"{number}.pub").write_bytes(data)
        assert public_key(tmp_path / f"{number}.pub") == raw


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    """Garbage, a password, another kind, a private key where a public one is asked, no file; nothing is released."""
    private = Ed25519PrivateKey.generate()
    locked = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")).decode()
    curve = ec.generate_private_key(ec.SECP256R1())
    other = curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for text, what in (
        ("-----BEGIN nothing", "the signing key is no private key in PEM or of OpenSSH"),
        (locked, "the signing key has a password"),
        (other, "the signing key is of another kind than Ed25519"),
    ):
        with pytest.raises(EventpackError) as caught:
            sign(b"data", text)
        assert caught.value.what == what
    path, _ = keys(tmp_path)
    with pytest.raises(EventpackError, match="holds a private key, which nobody needs to verify"):
        public_key(path)
    (tmp_path / "x.pub").write_text("hello", "utf-8")
    with pytest.raises(EventpackError, match="holds no public key"):
        public_key(tmp_path / "x.pub")
    folder = source(tmp_path / "data")
    with pytest.raises(EventpackError, match="cannot read the key"):
        release_on(folder, "2024-06-01", summary="Two events.", sign=tmp_path / "none.pem")
    assert not (folder / "releases").exists()


def test_without_the_library_the_remedy_is_told(tmp_path: Path) -> None:
    """Only signatures need it."""
    code = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from eventpack.errors import DamagedError, EventpackError; from eventpack.signing import sign\n"
        "from eventpack.proving import prove; print(prove(sys.argv[1]).report.ok)\n"
        "try: sign(b'', 'x')\nexcept EventpackError as error: print(error.what)\n"
    )
    archive = twice(tmp_path / "data") / f"releases/{NAME}-0.1.0.zip"
    done = subprocess.run(
        [sys.executable, "-c", code, str(archive)], env={"PYTHONPATH": str(SOURCE_ROOT)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["True", "signatures need the library `cryptography`"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed release, unpacked."""
    folder = tmp_path_factory.mktemp("signed")
    private, _ = keys(folder)
    folder_of_data = source(folder / "data")
    done = release_on(folder_of_data, "2024-06-01", summary="Two events.", sign=private)
    commit_all(folder_of_data)
    with zipfile.ZipFile(done.archive) as archive:
        archive.extractall(folder / "got")
    return folder / "got"


@settings(max_examples=examples(25))
@given(st.data())
def test_no_changed_byte_goes_unnoticed(unpacked: Path, data: st.DataObject) -> None:
    """In whatever file and wherever: something is found, and nothing breaks."""
    files = tree(unpacked)
    path = data.draw(st.sampled_from(sorted(files)))
    at, by = data.draw(st.integers(0, len(files[path]) - 1)), data.draw(st.integers(1, 255))
    try:
        changed = bytearray(files[path])
        changed[at] ^= by
        (unpacked / path).write_bytes(changed)
        assert prove(unpacked).report.findings != ()
    finally:
        (unpacked / path).write_bytes(files[path])


@pytest.mark.parametrize("name", ["more.csv", "data/more.csv"])
def test_a_file_more_or_less_is_found(unpacked: Path, tmp_path: Path, name: str) -> None:
    """A file that nobody listed, and one that is gone."""
    folder = Path(copytree(unpacked, tmp_path / "got"))
    (folder / name).write_text("x\n", "utf-8")
    assert ("release/sums", name) in said(prove(folder))
    (folder / name).unlink()
    (folder / "data/actors.csv").unlink()
    assert {code for code, _ in said(prove(folder))} >= {"release/sums", "release/manifest", "release/rows"}
