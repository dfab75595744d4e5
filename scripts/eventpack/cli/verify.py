"""`eventpack verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eventpack.verification import Verified


def verify(
    path: Annotated[
        str,
        typer.Argument(
            help="A folder or descriptor of a package; or a release: packaged folder, zip, published place."
        ),
    ] = ".",
    texts: Annotated[
        Path | None, typer.Option(metavar="DIR", envvar="EVENTPACK_TEXTS", help="Folder with the sources' texts.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say whether data/verification.json still tells the truth.")
    ] = False,
    excepting: Annotated[
        list[str] | None,
        typer.Option("--except", metavar="CLAIM_ID:CODE", help="A finding that you have read and found wrong."),
    ] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why what --except names is wrong.")] = "",
    forget: Annotated[
        bool, typer.Option("--forget", help="Without the texts: make unverified what was changed or added since.")
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(metavar="PUB", help="Of a release: the file of the public key that must have signed it."),
    ] = None,
    version: Annotated[
        str,
        typer.Option(
            metavar="V",
            help="Of a published place: which version; default: the latest. Of a source tree: which release. Of a "
            "folder or zip: which version it must be.",
        ),
    ] = "",
) -> None:
    """Verify each claim in the texts, and write down the outcome; or prove that a release is whole.

    With --texts, every passage is sought in the texts of its source or in other copies, and all checks of evidence run
    on it, as in `validate --texts`. What became of each claim goes into data/verification.json: its digest, the
    outcome, the tool's version and the day. Run `eventpack build` afterwards, which counts them. A claim that is
    changed later has lost its verification, and `validate` says so.

    A check that reads words can be wrong. A reviewer who has read the passage excepts its finding with --except and
    --reason, which are written down beside the entries, and hold until claim, event or source are changed.

    Of a release, without --texts: the signature, if there is one, or by --key; the checksums of all files; manifest and
    descriptor; the rows of each table, and the digest of each record's content.

    Exit codes: 0 when no claim failed or the release is whole, 1 when a claim failed, --check finds another outcome, or
    the release is damaged, 2 for misuse or a disk that refuses.

    \b
    Examples:
        $ eventpack verify --texts ../texts
        $ eventpack verify --texts ../texts --check
        $ eventpack verify --texts ../texts --except CL-ab12cd:evidence/wording --reason "a score is twenty"
        $ eventpack verify --forget
        $ eventpack verify releases/us-kurdish-talks-2026-0.1.0.zip --key public.pem
        $ eventpack verify . --version 0.1.0
    """
    from eventpack.building import NotClean
    from eventpack.cli.reporting import name_unreadable
    from eventpack.formats.text import as_text
    from eventpack.verification import forget as run_forget
    from eventpack.verification import verify as run

    if check and forget:
        raise typer.BadParameter("--forget writes, and --check does not; give one of them", param_hint="--forget")
    if bool(excepting) != bool(reason) or (excepting and (check or forget)):
        what = "--except and --reason go together, and neither with --check nor --forget"
        raise typer.BadParameter(what, param_hint="--except")
    if texts is None and not forget:
        from eventpack.proving import is_release

        if is_release(path) or version or key:
            _prove(path, version, key)
            return
        what = "say where the sources' texts are, or give --forget; of a release, name its archive or its --version"
        raise typer.BadParameter(what, param_hint="--texts")
    try:
        verified = (
            run_forget(path)
            if forget or texts is None
            else run(path, texts, check=check, excepting=excepting or (), reason=reason)
        )
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(error.what, err=True)
        raise typer.Exit(1) from None
    name_unreadable(verified.skipped)
    if verified.report.findings:
        typer.echo(as_text(verified.report))
    typer.echo(_told(verified, check))
    raise typer.Exit(1 if verified.counts["failed"] or not verified.report.ok or (check and verified.changed) else 0)


def _told(verified: Verified, check: bool) -> str:
    from eventpack.descriptor import LEDGER

    counts = ", ".join(f"{count} {outcome}" for outcome, count in verified.counts.items() if count) or "no passages"
    counts += f", {count} excepted" if (count := verified.exceptions) else ""
    said = len(verified.changed)
    claims = "1 claim" if said == 1 else f"{said} claims"
    if check:
        return f"{counts}; {LEDGER} " + (f"says something else of {claims}" if said else "tells the same")
    return f"{counts}; " + (f"wrote {LEDGER}, {claims} changed" if verified.written else f"{LEDGER} is up to date")


def _prove(release: str, version: str, key: Path | None) -> None:
    """Prove a release, print what is wrong with it, and leave with 1 when something is."""
    from eventpack.formats.text import as_text
    from eventpack.proving import prove

    proof = prove(release, version=version, key=key)
    report = proof.report
    if report.findings:
        typer.echo(as_text(report))
        raise typer.Exit(1)
    signed = f"signed by the key {proof.signer}" if proof.signer else "not signed"
    doubt = "" if proof.trusted or not proof.signer else " (give --key to make sure whose it is)"
    rows = sum(report.counts.values())
    typer.echo(
        f"ok: {report.package} {report.version}: {proof.files} files, {len(report.counts)} tables with {rows:,} rows, "
        f"{proof.records:,} records; {signed}{doubt}"
    )
