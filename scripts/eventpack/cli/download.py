"""`eventpack download`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def download(
    ref: Annotated[
        str, typer.Argument(help="http(s)://host/…/<name>, a folder, a zip, zenodo:123, a DOI, or github:owner/repo.")
    ],
    version: Annotated[
        str, typer.Option(metavar="V", help='latest, an exact version like 1.2.0, or a range like "~1.2" (1.2.x).')
    ] = "latest",
    to: Annotated[Path, typer.Option(metavar="DIR", help="Put <name>-<version>/ into this folder.")] = Path(),
    key: Annotated[
        Path | None,
        typer.Option(metavar="KEY", help="The public key, a file, that the place must be signed by."),
    ] = None,
    formats: Annotated[
        str, typer.Option("--with", metavar="FORMATS", help="Its exports in these formats, too, with commas between.")
    ] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Ask no server; use only what is in the cache.")] = False,
) -> None:
    """Download a version of a dataset, verified by size and SHA-256 before anything appears in its place.

    What is downloaded stays in a cache that all downloads share (EVENTPACK_CACHE names another folder for it). A
    transfer that breaks off goes on where it stopped when the command is run again. Of a signed place, the key and the
    newest state are remembered (EVENTPACK_TRUST names another folder for them), and others are refused.

    Exit codes: 0 when it is there and verified, 1 when a file is not what was published, 2 for misuse, or a network,
    server or disk that refuses.

    \b
    Examples:
        $ eventpack download https://example.org/data/us-kurdish-talks-2026
        $ eventpack download https://example.org/data/us-kurdish-talks-2026 --version "~0.1" --to ../data
        $ eventpack download https://example.org/data/us-kurdish-talks-2026 --with parquet,gpkg
        $ eventpack download dist/us-kurdish-talks-2026-0.1.0.zip --to ../data
        $ eventpack download zenodo:123 --to ../data
        $ eventpack download github:owner/repo --version 0.1.0
    """
    from eventpack.cli.amounts import size
    from eventpack.cli.transfer import transfer_bar
    from eventpack.downloading import download as run

    with transfer_bar(shown=True) as progress:
        done = run(ref, version=version, to=to, offline=offline, key=key, progress=progress,
                   exports=[name.strip() for name in formats.split(",") if name.strip()])  # fmt: skip
    source = "" if done.fetched else "; nothing had to be fetched"
    amount = f"({done.files} files, {size(done.size)}{source})"
    signed = f", signed by {done.signer}" if done.signer else ""
    typer.echo(f"downloaded {done.name} {done.version} → {done.folder.as_posix()} {amount}{signed}")
    if done.exports:
        typer.echo(f"exports in {formats} → {done.exports.as_posix()}")
