"""What the JSON-LD forms (schema.org, Croissant, RO-Crate) have in common: schema.org's words for people and terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from eventpack.describing.described import AUTHORS, PUBLISHERS, Agent, Described, Terms
from eventpack.resource import Source

Json = dict[str, object]


def filled(value: Mapping[str, object]) -> Json:
    """The properties that say something."""
    return {key: held for key, held in value.items() if held not in ("", None, [], {})}


def agent_of(agent: Agent) -> Json:
    """A person or an organisation, without an identifier of the node."""
    if not agent.is_person:
        return filled({"@type": "Organization", "name": agent.name, "url": agent.link})
    within = {"@type": "Organization", "name": agent.affiliation} if agent.affiliation else None
    parts = {"givenName": agent.given, "familyName": agent.family, "affiliation": within, "url": agent.link}
    return filled({"@type": "Person", "name": agent.name, **parts})


def helpers_of(described: Described) -> list[Agent]:
    """Those who are no creators and did more than publish."""
    return [
        agent
        for agent in described.agents
        if agent not in described.creators and (not agent.roles or set(agent.roles) - AUTHORS - PUBLISHERS)
    ]


def dataset_of(described: Described) -> Json:
    """What every form in schema.org's words says of a dataset, after its type and identifier."""
    return {
        "name": described.title or described.name,
        "alternateName": described.name if described.title else "",
        "description": described.description,
        "version": described.version,
        "datePublished": described.created,
        "keywords": list(described.keywords),
        "license": one_or_all(map(licence_of, described.licences)),
        "creator": [agent_of(agent) for agent in described.creators],
        "contributor": [agent_of(agent) for agent in helpers_of(described)],
        "publisher": agent_of(described.publisher) if described.publisher else None,
        "identifier": described.link if described.doi else described.id,
        "url": described.homepage or described.link,
        "isBasedOn": [source_of(source) for source in described.sources],
    }


def licence_of(licence: Terms) -> str | Json:
    """The address of a licence; one that has none by its name."""
    return licence.link or {"@type": "CreativeWork", "name": licence.title}


def source_of(source: Source) -> Json:
    """What the data were made from."""
    address = source.path if source.path.startswith(("http://", "https://")) else ""
    return filled({"@type": "CreativeWork", "name": source.title or address, "url": address, "version": source.version})


def one_or_all(values: Iterable[object]) -> object:
    """One value by itself, several as a list; nothing when there is none."""
    held = list(values)
    return held[0] if len(held) == 1 else held


def relative_address(path: str) -> str:
    """A path as a relative address."""
    return quote(path, safe="/._-~")
