"""The verbs of the command line. Each is imported when it is called: all together cost as much as a small check."""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

VERBS = {
    "validate": ("validate:validate", "Check a package, and say what is wrong where."),
    "verify": ("verify:verify", "Verify claims in the texts, and write down the outcome."),
    "build": ("build:build", "Build tables, codebook, citation, editor schema and SQL."),
    "package": ("package:package", "Package the data as a folder and a zip."),
    "release": ("release:release", "Release the data as a version that never changes."),
    "reserve-doi": ("reserve:reserve_doi", "Reserve a DOI before the release."),
    "publish": ("publish:publish", "Publish a packaged version: a folder, Zenodo, GitHub."),
    "download": ("download:download", "Download a version of a dataset, verified."),
    "export": ("export:export", "Write a dataset in the formats of other tools."),
    "describe": ("describe:describe", "Describe a version for catalogues."),
    "diff": ("diff:diff", "Tell what differs between two versions."),
    "query": ("query:query", "Ask a dataset for rows, in the codebook's words."),
    "sql": ("sql:sql", "Ask a dataset a question in SQL."),
    "compare": ("compare:compare", "Set our events beside a file of GED, ACLED or POLECAT."),
    "init": ("init:init", "Start a new dataset."),
    "new": ("new:new", "Start an event, source, actor or place with a fresh id."),
    "format": ("format:format_files", "Bring records and tables into canonical form."),
    "passage": ("passage:passage", "Find and show passages, and point claims to them."),
    "revise": ("revise:revise", "Change a record, and say why."),
    "withdraw": ("withdraw:withdraw", "Take a record out of the data for good."),
    "merge": ("merge:merge", "Make one record of two."),
    "split": ("split:split", "Make two records of one."),
    "agreement": ("agreement:agreement", "Compare two codings of the same texts."),
    "history": ("lives:history", "Tell the life of one record over all releases."),
    "show": ("lives:show", "Show one record, now or in a version."),
    "cite": ("cite:cite", "Cite a version, or one record of it."),
    "why": ("why:why", "Tell why an event has its support and estimates."),
    "explain": ("explain:explain", "Explain a finding code."),
}
"""Module and name of each verb, and the line about it in the list; in the order of that list."""


class VerbGroup(TyperGroup):
    """The commands of the root: known by name, imported when asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Verbs(VERBS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])


class _Verbs(UserDict[str, Any]):
    """Commands by name; each is made when it is first looked up."""

    def __getitem__(self, name: str) -> Any:
        found = super().__getitem__(name)
        if isinstance(found, tuple):
            found = self.data[name] = _command(name, *found)
        return found


def _command(name: str, place: str, line: str) -> Any:
    module, _, attribute = place.partition(":")
    verb = getattr(import_module(f"eventpack.cli.{module}"), attribute)
    if isinstance(verb, typer.Typer):  # a group of verbs
        command = typer.main.get_command(verb)
        command.name, command.short_help = name, line
        return command
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, short_help=line)(verb)
    return typer.main.get_command(app)
