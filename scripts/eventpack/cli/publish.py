"""`eventpack publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eventpack.publishing import Publication


def publish(
    release: Annotated[Path, typer.Argument(help="A packaged folder or zip, as `eventpack package` made it.")],
    target: Annotated[
        str,
        typer.Argument(
            help="A folder that holds one folder per dataset, s3://bucket/prefix, zenodo:, or github:owner/repo."
        ),
    ],
    changes: Annotated[
        str, typer.Option(help="One paragraph on what is new; else the section of CHANGES.md for this version.")
    ] = "",
    public: Annotated[
        bool, typer.Option("--public", help="At Zenodo and GitHub, make it public; without it a draft is kept.")
    ] = False,
    sign: Annotated[
        Path | None,
        typer.Option(
            metavar="KEY",
            help="Sign the place with the Ed25519 key of a file; a signed one also with EVENTPACK_SIGNING_KEY, if set.",
        ),
    ] = None,
    old_key: Annotated[
        Path | None,
        typer.Option(metavar="KEY", help="The key that signed so far; the place goes over to that of --sign."),
    ] = None,
    valid: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS", min=0, help="How long readers may believe that nothing newer is there; 0: for ever."
        ),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Sign a versions.json that was changed by hand, like a withdrawal.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Publish; without it only the plan is shown.")] = False,
) -> None:
    """Publish a packaged version: to a folder that any static server can serve, to a store, to Zenodo, or to GitHub.

    A folder or s3://bucket/prefix gets TARGET/<name>/<version>/ with all files and the zip, and versions.json and
    latest.json are brought up to date; exports that lie beside the release go to TARGET/<name>/<version>.exports/.
    zenodo: and zenodo-sandbox: get a record, or a new version of one (zenodo:123 names it), with the zip and what
    describes it; github:owner/repo gets a release under the tag v<version>. There it is a draft, to be looked at, until
    --public. Tokens are taken from ZENODO_TOKEN, ZENODO_SANDBOX_TOKEN, and GH_TOKEN or GITHUB_TOKEN, else from the
    keyring (`keyring set eventpack zenodo`); a store has those that AWS tools use.

    A published version never changes: the same bytes again are fine, others are refused. A run that was killed leaves
    what was there, and the next one finishes it. A signed place is signed by every publication; downloads remember
    its key and refuse anything else, and older states.

    Exit codes: 0 when published or planned, 1 when the release has errors or is damaged, 2 for misuse, other bytes
    under a published version, or a disk, network or service that refuses.

    \b
    Examples:
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0 ../site --yes
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0.zip ../site --changes "Corrects two dates." --yes
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0 zenodo:
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0 zenodo: --yes --public
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0 github:owner/repo --yes
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0 s3://bucket/data --sign key.pem --yes
    """
    from eventpack.building import NotClean
    from eventpack.cli.transfer import transfer_bar
    from eventpack.formats.text import as_text
    from eventpack.publishing import Signing
    from eventpack.publishing import publish as run

    try:
        signing = Signing.of(sign, old_key, valid, accept)
        with transfer_bar(yes) as progress:
            plan = run(release, target, changes=changes, public=public, signing=signing, yes=yes, progress=progress)
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(f"nothing published: {error.what}", err=True)
        raise typer.Exit(1) from None
    _show(plan, changes)


def _show(plan: Publication, changes: str) -> None:
    from eventpack.cli.amounts import size

    which, where = f"{plan.name} {plan.version}", _where(plan)
    if plan.already:
        typer.echo(f"already {'published' if plan.state == 'public' else 'there as a draft'}: {which}; {where}")
        if changes and " ".join(changes.split()) != plan.changes:
            typer.echo("what was told about its changes stays as it was published", err=True)
        return
    for step in plan.steps:
        amount = [f"{step.files} files"] * bool(step.files) + ([] if step.size is None else [size(step.size)])
        typer.echo(f"{step.what}  {', '.join(amount)}".rstrip())
    typer.echo(f"changes: {plan.changes or 'none told (give --changes, or a section of CHANGES.md)'}")
    if plan.note:
        typer.echo(plan.note, err=True)
    if not plan.done:
        latest = f"latest: {plan.before or 'none'} → {plan.latest or 'none'}" if plan.latest or not plan.depot else ""
        kind = "publish" if plan.state == "public" else "keep a draft of"
        typer.echo(f"would {kind} {which}{latest and f'; {latest}'}")
        typer.echo("nothing was written; add --yes to publish", err=True)
    elif plan.state == "public":
        typer.echo(f"published {which}; {where}")
    else:
        typer.echo(f"kept a draft of {which}; {where}")
        typer.echo("look at it, then add --public to publish it", err=True)


def _where(plan: Publication) -> str:
    """Where it is found, as far as there is something to say."""
    latest = f"latest is {plan.latest}" if plan.latest else "no version is latest: only pre-releases are published"
    if not plan.depot:
        return latest
    return ", ".join(filter(None, (plan.doi and f"DOI {plan.doi}", plan.url)))
