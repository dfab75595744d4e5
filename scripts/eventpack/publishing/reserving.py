"""A DOI before the release: reserved in a draft, and written into the descriptor, so that what is hashed carries it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eventpack.building import build
from eventpack.depots.addresses import InDepot, in_depot
from eventpack.depots.dois import doi_of, record_of
from eventpack.describing.described import describe_package
from eventpack.descriptor import Package
from eventpack.errors import EventpackError
from eventpack.files import write_atomically
from eventpack.jsontext import insert_value, replace_value
from eventpack.opening import find_target, open_package
from eventpack.publishing.depositing import publisher_of, record_metadata
from eventpack.publishing.remembering import Memory, memory_of
from eventpack.trees import Folder

if TYPE_CHECKING:
    from eventpack.depots.invenio import Invenio
    from eventpack.publishing.drafting import Found


@dataclass(frozen=True, slots=True)
class Reserved:
    """A DOI for the next version of a dataset: the steps that there are to do, or were done.

    `doi` and `url`, the page of the draft, are empty in a plan whose draft is not there yet. `files` are the paths
    that were written.
    """

    name: str
    target: str
    steps: tuple[str, ...]
    doi: str = ""
    url: str = ""
    files: tuple[str, ...] = ()
    done: bool = False


def reserve_doi(target: str, path: str | Path = ".", *, yes: bool = False) -> Reserved:
    """Reserve a DOI at Zenodo for the version that is released next, and write it into the descriptor as its `id`.

    Without `yes` nothing is written. A DOI that is reserved already stays. After a released version, whose DOI the
    descriptor holds, a new version of that record is begun. Built files follow the descriptor.

    Raises:
        EventpackError: The target is none for DOIs, the tree cannot take one, or the descriptor has another DOI.
        NetworkError: The service cannot be reached; the next run goes on.
        NotClean: The package cannot be read as a whole, so nothing is built.
    """
    address = in_depot(target)
    if address is None or address.depot.name == "github":
        raise EventpackError(f"{target} gives no DOIs", "name zenodo: or zenodo-sandbox:")
    found = find_target(path)
    if not isinstance(found.tree, Folder) or not found.descriptor.endswith(".json"):
        raise EventpackError(f"{path} holds no descriptor in JSON that can be written", "name a source tree")
    package, place = open_package(path), found.tree.root / found.descriptor
    from eventpack.depots.invenio import Invenio  # requests: 80 ms
    from eventpack.depots.tokens import require_token

    service = Invenio(address.depot, require_token(address.depot))
    try:
        return _reserve(service, address, package, place, yes=yes)
    finally:
        service.close()


def _reserve(service: Invenio, address: InDepot, package: Package, place: Path, *, yes: bool) -> Reserved:
    from eventpack.publishing.drafting import draft_for
    from eventpack.publishing.zenodo import require_no_faults, reserve

    metadata = record_metadata(describe_package(package, ()), "", publisher_of(address))
    metadata = {key: said for key, said in metadata.items() if key not in ("version", "publication_date")}
    memory = memory_of(address, package.descriptor.name, "")
    found = _found(service, address, package, str(metadata["title"]), memory)
    record, held = found.record, doi_of(package.descriptor.id)
    steps = []
    if record is None:
        made = f"new version of record {found.after} (draft)" if found.after else "new record (draft)"
        steps.append(f"{address.label}  {made}")
    if record is None or not record.doi:
        steps.append(f"{address.label}  DOI, reserved")
    if record is None or not record.doi or record.doi != held:
        steps.append(f"{place.name}  id")
    told = Reserved(package.descriptor.name, address.label, tuple(steps))
    if yes:
        record = record or draft_for(service, found, metadata, memory)
        require_no_faults(record, address.label)
        record = record if record.doi else reserve(service, record)
        files = _write(place, f"https://doi.org/{record.doi}") if record.doi != held else ()
        files += build(place).written if package.is_source else ()
        told = replace(told, files=tuple(dict.fromkeys(files)), done=True)
    return replace(told, doi=record.doi, url=record.page) if record else told


def _found(service: Invenio, address: InDepot, package: Package, title: str, memory: Memory) -> Found:
    """The draft of the next version, or where one is to be made."""
    from eventpack.publishing.drafting import Found, find, following

    held = package.descriptor.id
    depot, number = record_of(doi_of(held))
    if held and depot != address.depot.name:
        what = f"the descriptor has the id {held}, which is none of {address.depot.title}"
        raise EventpackError(what, "take it out, when another DOI shall stand there")
    if not number:
        return find(service, address, "", title, "", memory)
    draft = service.draft(number)
    if draft and not draft.public:
        return Found(draft)
    if (record := service.record(number)) is None:
        what = f"the descriptor has the DOI {doi_of(held)}, and the owner of the token has no such draft or record"
        raise EventpackError(what, "use the account that reserved it, or take `id` out")
    return following(service, record, "", address)


def _write(place: Path, doi: str) -> tuple[str, ...]:
    """Put the DOI into the descriptor, whose text stays as it is otherwise."""
    text = place.read_text("utf-8")
    value = json.loads(text)
    if value.get("id") == doi:
        return ()
    text = replace_value(text, "id", doi) if "id" in value else insert_value(text, "name", "id", doi)
    write_atomically(place, text.encode("utf-8"))
    return (place.name,)
