"""DataCite 4.5 as JSON, in the form in which DataCite's interface takes it."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.depots.dois import doi_of
from eventpack.describing.described import AUTHORS, PUBLISHERS, Agent, Described, Terms

UNKNOWN = "(:unav)"  # what the standard wants where a value that it requires is not available
_CONTRIBUTOR_TYPES = (
    "ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor", "HostingInstitution",
    "Producer", "ProjectLeader", "ProjectManager", "ProjectMember", "RegistrationAgency", "RegistrationAuthority",
    "RelatedPerson", "Researcher", "ResearchGroup", "RightsHolder", "Sponsor", "Supervisor", "WorkPackageLeader",
)  # fmt: skip
# The roles of Data Package 1 that are none of them; version 2 recommends these themselves.
_TYPES = {kind.lower(): kind for kind in _CONTRIBUTOR_TYPES} | {"maintainer": "DataManager", "wrangler": "DataCurator"}

Json = dict[str, object]


def datacite(described: Described, *, doi: str = "", publisher: str = "") -> Json:
    """A version as DataCite is told of it; `doi` and `publisher` are for who registers it, the descriptor's by default.

    Requires a title, creators and a time; see `eventpack.describing.FORMS`.
    """
    named = described.publisher
    value: Json = {"doi": doi or described.doi} if doi or described.doi else {}
    value |= {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceType": "Event data", "resourceTypeGeneral": "Dataset"},
        "titles": [{"title": described.title}],
        "creators": [_person(agent) for agent in described.creators],
        "publisher": {"name": publisher or (named.name if named else UNKNOWN)},
        "publicationYear": described.created[:4],
        "dates": [{"date": described.created[:10], "dateType": "Issued"}],
    }
    optional: Json = {
        "version": described.version,
        "url": described.homepage,
        "descriptions": [{"description": described.description, "descriptionType": "Abstract"}]
        * bool(described.description),
        "subjects": [{"subject": word} for word in described.keywords],
        "contributors": list(_contributors(described)),
        "rightsList": [_rights(licence) for licence in described.licences],
        "relatedIdentifiers": list(_sources(described)),
        "alternateIdentifiers": list(_other_id(described)),
        "sizes": list(_sizes(described)),
        "formats": sorted({file.mediatype for file in described.files}),
    }
    return value | {key: held for key, held in optional.items() if held}


def _person(agent: Agent) -> Json:
    """A creator or contributor; whether anybody else is an organisation is left open."""
    value: Json = {"name": agent.name}
    if agent.is_person:
        parts = {"givenName": agent.given, "familyName": agent.family}
        inverted = ", ".join(part for part in (agent.family, agent.given) if part)
        value = {"name": inverted or agent.name, "nameType": "Personal"}
        value |= {key: part for key, part in parts.items() if part}
    elif agent.ror:
        value["nameType"] = "Organizational"
    for scheme, uri, held in (("ORCID", "https://orcid.org", agent.orcid), ("ROR", "https://ror.org", agent.ror)):
        if held:
            value["nameIdentifiers"] = [{"nameIdentifier": held, "nameIdentifierScheme": scheme, "schemeUri": uri}]
    return value | ({"affiliation": [{"name": agent.affiliation}]} if agent.affiliation else {})


def _contributors(described: Described) -> Iterator[Json]:
    """Everybody in a role of another kind than author and publisher, and whoever has no role and is no creator."""
    for agent in described.agents:
        others = [role for role in agent.roles if role not in AUTHORS | PUBLISHERS]
        kinds = dict.fromkeys(_TYPES.get("".join(filter(str.isalpha, role)).lower(), "Other") for role in others)
        if not agent.roles and agent not in described.creators:
            kinds = {"Other": None}
        for kind in kinds:
            yield _person(agent) | {"contributorType": kind}


def _rights(licence: Terms) -> Json:
    value: Json = {"rights": licence.title} if licence.title else {}
    value |= {"rightsUri": licence.link} if licence.link else {}
    if licence.id:
        scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
        value |= {"rightsIdentifier": licence.id.lower(), **scheme}
    return value


def _sources(described: Described) -> Iterator[Json]:
    """The sources that have an address."""
    for address in dict.fromkeys(source.path for source in described.sources):
        doi = doi_of(address)
        if doi or address.startswith(("http://", "https://")):
            kind = {"relatedIdentifier": doi or address, "relatedIdentifierType": "DOI" if doi else "URL"}
            yield {**kind, "relationType": "IsDerivedFrom"}


def _other_id(described: Described) -> Iterator[Json]:
    if described.id and not described.doi:
        yield {"alternateIdentifier": described.id, "alternateIdentifierType": "Data Package id"}


def _sizes(described: Described) -> Iterator[str]:
    if described.tables:
        yield f"{len(described.tables)} {'table' if len(described.tables) == 1 else 'tables'}"
    sizes = [file.bytes for file in described.files]
    if sizes and None not in sizes:
        yield f"{sum(size or 0 for size in sizes)} bytes"
