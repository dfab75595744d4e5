"""RO-Crate 1.2: the folder as a research object, file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from eventpack.describing.described import Agent, Described, DescribedFile, Terms
from eventpack.describing.linked import Json, agent_of, filled, helpers_of, one_or_all, relative_address, source_of
from eventpack.describing.ownfiles import CRATE
from eventpack.resource import Source

_SPECIFICATION = "https://w3id.org/ro/crate/1.2"


def ro_crate(described: Described) -> Json:
    """A version as a crate whose root is the folder of the files; requires title, description, licence and time."""
    agents = {agent: _agent_id(agent, at) for at, agent in enumerate(dict.fromkeys(described.agents), 1)}
    licences = {terms: terms.link or f"#licence-{at}" for at, terms in enumerate(described.licences, 1)}
    sources = [(_source_id(source, at), source) for at, source in enumerate(described.sources, 1)]
    root = filled(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": described.title,
            "alternateName": described.name,
            "description": described.description,
            "version": described.version,
            "datePublished": described.created,
            "keywords": list(described.keywords),
            "license": one_or_all({"@id": name} for name in dict.fromkeys(licences.values())),
            "author": one_or_all({"@id": agents[agent]} for agent in described.creators),
            "contributor": one_or_all({"@id": agents[agent]} for agent in helpers_of(described)),
            "publisher": {"@id": agents[described.publisher]} if described.publisher else None,
            "identifier": {"@id": described.link} if described.doi else described.id,
            "url": described.homepage,
            "creditText": described.citation,
            "isBasedOn": one_or_all({"@id": name} for name, _ in sources),
            "hasPart": one_or_all({"@id": relative_address(file.path)} for file in described.files),
        }
    )
    about: Json = {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": _SPECIFICATION}}
    files = [_file(file) for file in described.files]
    others = [*map(_licence, licences.items()), *({"@id": name} | source_of(source) for name, source in sources)]
    entities = [about, root, *files, *_flat_agents(agents), *others, *_identifier(described)]
    return {"@context": f"{_SPECIFICATION}/context", "@graph": list(_once(entities))}


def _identifier(described: Described) -> Iterator[Json]:
    """The DOI as an entity."""
    if described.doi:
        kind = {"@type": "PropertyValue", "propertyID": "https://registry.identifiers.org/registry/doi"}
        said = {"name": f"DOI {described.doi}", "value": f"doi:{described.doi}", "url": described.link}
        yield {"@id": described.link, **kind, **said}


def _once(entities: list[Json]) -> Iterator[Json]:
    """Each entity once: what has the same id is the same."""
    seen = set()
    for entity in entities:
        if entity["@id"] not in seen:
            seen.add(entity["@id"])
            yield entity


def _file(file: DescribedFile) -> Json:
    return filled(
        {
            "@id": relative_address(file.path),
            "@type": "File",
            "name": file.title or file.path,
            "description": file.description,
            "encodingFormat": file.mediatype,
            "contentSize": "" if file.bytes is None else str(file.bytes),
            "sha256": file.sha256,
        }
    )


def _agent_id(agent: Agent, at: int) -> str:
    return agent.orcid or agent.ror or f"#{_slug(agent.name)}-{at}"


def _slug(name: str) -> str:
    return quote("-".join(name.lower().split()), safe="-")


def _flat_agents(agents: Mapping[Agent, str]) -> Iterator[Json]:
    """Each agent with its id, and the bodies that persons belong to as entities of their own: a crate nests nothing."""
    for agent, name in agents.items():
        entity = {"@id": name} | agent_of(agent)
        if agent.is_person and agent.affiliation:
            within = f"#{_slug(agent.affiliation)}"
            yield entity | {"affiliation": {"@id": within}}
            yield {"@id": within, "@type": "Organization", "name": agent.affiliation}
        else:
            yield entity


def _licence(named: tuple[Terms, str]) -> Json:
    terms, name = named
    return filled({"@id": name, "@type": "CreativeWork", "name": terms.title or terms.id, "identifier": terms.id})


def _source_id(source: Source, at: int) -> str:
    return source.path if source.path.startswith(("http://", "https://")) else f"#source-{at}"
