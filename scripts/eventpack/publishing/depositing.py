"""What a record in InvenioRDM says of a dataset, from what catalogues are told of it.

Definition: https://inveniordm.docs.cern.ch/reference/metadata/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from eventpack.depots.addresses import InDepot
from eventpack.describing.described import Agent, Described, Terms

# What the roles of the Data Package standard are called there; others become "other".
_ROLES = {
    "curator": "datacurator", "wrangler": "datacurator", "maintainer": "datamanager", "collector": "datacollector",
    "editor": "editor", "contact": "contactperson", "publisher": "distributor", "sponsor": "sponsor",
}  # fmt: skip


def record_metadata(told: Described, changes: str, publisher: str) -> dict[str, object]:
    """The metadata of a record; version and time may be empty, when they are not known yet."""
    said = {
        "resource_type": {"id": "dataset"},
        "title": told.title or told.name,
        "publisher": publisher,
        "publication_date": told.created[:10],
        "version": told.version,
        "description": _paragraphs(told.description),
        "additional_descriptions": [{"description": escape(changes, quote=False), "type": {"id": "other"}}]
        if changes
        else [],
        "creators": [_person(agent) for agent in told.creators],
        "contributors": list(_contributors(told)),
        "rights": [_rights(terms) for terms in told.licences],
        "subjects": [{"subject": word} for word in told.keywords],
    }
    return {key: value for key, value in said.items() if value}


def publisher_of(address: InDepot) -> str:
    """The publisher of what a depot keeps; its sandbox is no other one."""
    return address.depot.title.partition("'")[0]


def covers(held: object, wanted: object) -> bool:
    """Whether a record says all that it should; a service adds titles to codes, and names to people."""
    if isinstance(wanted, Mapping):
        return isinstance(held, Mapping) and all(covers(held.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(held, list) and len(held) == len(wanted) and all(map(covers, held, wanted))
    return held == wanted


def merged(held: Mapping[str, object], wanted: Mapping[str, object]) -> dict[str, object]:
    """The metadata of a draft with ours in it; what somebody added beside stays."""
    return {key: _as_given(value) for key, value in held.items()} | dict(wanted)


def _as_given(value: object) -> object:
    """A value as it is sent: of a code its id alone, without the titles that the service adds."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str) and isinstance(value.get("title"), Mapping):
            return {"id": value["id"]}
        return {key: _as_given(each) for key, each in value.items()}
    return [_as_given(each) for each in value] if isinstance(value, list) else value


def _paragraphs(text: str) -> str:
    """Text as HTML."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)


def _contributors(told: Described) -> Iterator[dict[str, object]]:
    """Those who are named and are no creators, each with a role."""
    creators = set(told.creators)
    for agent in told.agents:
        if agent not in creators:
            role = next((_ROLES[role] for role in agent.roles if role in _ROLES), "other")
            yield {**_person(agent), "role": {"id": role}}


def _person(agent: Agent) -> dict[str, object]:
    """A person by the parts of the name, with an ORCID; anybody else by the whole name, with a ROR id."""
    if not agent.is_person:
        known = _identified("ror", agent.ror)
        return {"person_or_org": {"type": "organizational", "name": agent.name, **known}}
    named = {"type": "personal", "family_name": agent.family or agent.given or agent.name}
    if agent.family and agent.given:
        named["given_name"] = agent.given
    where = {"affiliations": [{"name": agent.affiliation}]} if agent.affiliation else {}
    return {"person_or_org": {**named, **_identified("orcid", agent.orcid)}, **where}


def _identified(scheme: str, address: str) -> dict[str, object]:
    """An identifier without the address of its registry; nothing when there is none."""
    last = address.rstrip("/").rpartition("/")[2]
    return {"identifiers": [{"scheme": scheme, "identifier": last}]} if last else {}


def _rights(terms: Terms) -> dict[str, object]:
    """A licence that everybody knows by its SPDX id, another one by name and address."""
    if terms.id:
        return {"id": terms.id.lower()}
    return {"title": {"en": terms.title or terms.link}, **({"link": terms.link} if terms.link else {})}
