"""The page of a published dataset: what people and search engines see at its address. It needs nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from eventpack.describing.described import Agent, Described, DescribedFile, Terms
from eventpack.describing.linked import relative_address
from eventpack.describing.ownfiles import CRATE, CROISSANT
from eventpack.describing.schemaorg import schema_org

PAGE = "index.html"
_STYLE = """\
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1b1b1b;
  background: #fff; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
th, td { border-bottom: 1px solid #ccc; padding: .2rem .7rem; text-align: left; vertical-align: top; }
.size { text-align: right; white-space: nowrap; }"""


def landing_page(described: Described) -> bytes:
    """The page for the latest version, with its description by schema.org inside; files lie below `described.base`."""
    return ("\n".join(_lines(described)) + "\n").encode("utf-8")


def _lines(described: Described) -> Iterator[str]:
    title = escape(described.title or described.name)
    base = escape(described.base)
    yield from ("<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">')
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f'<meta name="description" content="{escape(described.description)}">'
    held = {file.path for file in described.files}
    for path in (CROISSANT, CRATE):
        if path in held:
            yield f'<link rel="describedby" type="application/ld+json" href="{base}{path}">'
    yield f'<script type="application/ld+json">\n{_data_block(described)}\n</script>'
    yield from (f"<style>\n{_STYLE}\n</style>", "</head>", '<body dir="auto">', f"<h1>{title}</h1>")
    yield f"<p>{escape(described.description)}</p>"
    day = f" of {described.created[:10]}" if described.created else ""
    yield f"<p>Version {escape(described.version)}{day}, by {', '.join(map(_agent, described.creators))}.</p>"
    if described.licences:
        yield f"<p>Licence: {', '.join(map(_licence, described.licences))}</p>"
    yield f"<p>Cite as: {escape(described.citation)}{_link(described)}</p>"
    yield from _files(described)
    yield '<p>All versions: <a href="versions.json">versions.json</a>. <code>eventpack download</code> and the address'
    yield "of this page get a version and verify it.</p>"
    yield from ("</body>", "</html>")


def _data_block(described: Described) -> str:
    """JSON that no tag can end."""
    text = json.dumps(schema_org(described), indent=1, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _files(described: Described) -> Iterator[str]:
    yield from ("<h2>Files</h2>", "<table>", '<tr><th>file</th><th>content</th><th class="size">bytes</th></tr>')
    for file in [*([described.archive] if described.archive else []), *described.files]:
        yield _row(file, described.base)
    yield "</table>"


def _row(file: DescribedFile, base: str) -> str:
    name = f'<a href="{escape(base + relative_address(file.path))}">{escape(file.path)}</a>'
    said = ". ".join(text.rstrip(".") for text in (file.title, file.description) if text)
    size = "" if file.bytes is None else f"{file.bytes:,}"
    return f'<tr><td>{name}</td><td>{escape(said)}</td><td class="size">{size}</td></tr>'


def _agent(agent: Agent) -> str:
    return f'<a href="{escape(agent.link)}">{escape(agent.name)}</a>' if agent.link else escape(agent.name)


def _licence(licence: Terms) -> str:
    named = escape(licence.title or licence.id or licence.link)
    return f'<a href="{escape(licence.link)}">{named}</a>' if licence.link else named


def _link(described: Described) -> str:
    return f' <a href="{escape(described.link)}">{escape(described.link)}</a>' if described.link else ""
