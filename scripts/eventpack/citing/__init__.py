"""Cite a version of a dataset, or one record of it, so that others arrive at the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from eventpack.citing.forms import apa, bibtex, csl, ris, text
from eventpack.citing.reference import Cited, CitedRecord, reference_to
from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.lives.life import absent
from eventpack.lives.record import record_of
from eventpack.lives.states import state_at, states_of
from eventpack.releasing.bookkeeping import NEXT
from eventpack.versions import LATEST

__all__ = ["FORMS", "Cited", "cite"]

FORMS: Mapping[str, Callable[[Cited], str]] = {"bibtex": bibtex, "ris": ris, "csl": csl, "apa": apa, "text": text}


def cite(
    id: str = "",
    path: str | Path = ".",
    *,
    form: str = "text",
    version: str = "",
    as_of: str = "",
    table: str = "",
    offline: bool = False,
) -> str:
    """A reference to a version of a dataset, or with an `id` to one record of it, in one of `FORMS`.

    Of a source tree the latest release is cited, unless `version` or `as_of` says which; `next` is the tree itself.

    Raises:
        EventpackError: There is no such form, version or record.
        NotAPackage, DamagedError, NetworkError: As `eventpack.lives.states.states_of`.
    """
    if form not in FORMS:
        raise EventpackError(
            f"`{form}` is no form of references{near_miss(form, FORMS)}", f"one of: {', '.join(FORMS)}"
        )
    states = states_of(path, offline=offline)
    released = any(state.version != NEXT and state.status == "released" for state in states)
    state = state_at(
        states, version=version or (LATEST if released and len(states) > 1 and not as_of else ""), date=as_of
    )
    if not id:
        return FORMS[form](reference_to(state, state.package()))
    subject = state.subject()
    record = record_of(subject, id, table)
    if record is None:
        raise absent(id, state, subject)
    return FORMS[form](reference_to(state, subject.package, CitedRecord(id, record.table, record.label, record.digest)))
