"""What: the type of an event in the codes of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eventpack.interchange.case import Case
from eventpack.interchange.scheme import Scheme, scheme_of
from eventpack.interchange.sides import Chosen, choose_type


def type_of(case: Case, scheme: Scheme, terms: str) -> Chosen:
    """The type that a format has for an event; of PLOVER's, the type that is the same or the nearest broader one."""
    key = (scheme.name, terms)
    if key not in case.types:
        case.types[key] = _PLOVER[terms](case) if terms in _PLOVER else choose_type(case, scheme, terms)
    found: Chosen = case.types[key]
    return found


def _plover_type(case: Case) -> Chosen:
    for code in case.lookup.chain(case.event["type"]):
        for row in case.lookup.equivalents(code, "plover-type", False):
            if row["relation"] in ("exact", "broad"):
                return Chosen(str(row["value"]), row["relation"])
    return Chosen(refused="no-type", detail=case.event["type"])


def _plover_mode(case: Case) -> Chosen:
    rows = case.lookup.equivalents(case.event["type"], "plover-mode", False)
    return next((Chosen(str(row["value"]), "exact") for row in rows if row["relation"] == "exact"), Chosen())


_PLOVER: Mapping[str, Callable[[Case], Chosen]] = {"plover-type": _plover_type, "plover-mode": _plover_mode}


def _ged(case: Case) -> str:
    chosen = type_of(case, scheme_of("ged"), "ged-type")
    case.lose("type-coarse", "events.type", case.event["type"])
    return chosen.value


def _acled_type(case: Case) -> str:
    chosen = type_of(case, scheme_of("acled"), "acled-event-type")
    case.lose("type-coarse", "events.type", case.event["type"])
    if chosen.condition:
        case.lose("type-condition", "type_equivalents.condition", chosen.condition)
    return chosen.value


def sub_type(case: Case) -> Chosen:
    """ACLED's sub-event type under the event type that was chosen."""
    scheme = scheme_of("acled")
    event = type_of(case, scheme, "acled-event-type").value
    return choose_type(case, scheme, "acled-sub-event-type", scheme.more["sub"].get(event, ()))


def _acled_sub_type(case: Case) -> str:
    chosen = sub_type(case)
    if not chosen.value:
        case.lose("subtype-undecided", "events.type", chosen.detail)
    elif chosen.condition:
        case.lose("type-condition", "type_equivalents.condition", chosen.condition)
    return chosen.value


def _disorder(case: Case) -> str:
    told: Mapping[str, str] = scheme_of("acled").more["disorder"]
    event = type_of(case, scheme_of("acled"), "acled-event-type").value
    found = told.get(sub_type(case).value) or told.get(event, "")
    if not found:
        case.lose("subtype-undecided", "events.type", case.event["type"])
    return found


def _plover(terms: str) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        chosen = type_of(case, scheme_of("plover"), terms)
        if terms == "plover-type" and chosen.relation == "broad" and not _plover_mode(case).value:
            case.lose("type-coarse", "events.type", case.event["type"])
        return chosen.value

    return value


def quad_of(case: Case) -> str:
    """The quad class of the event type, or of the nearest above that has one."""
    found = (case.lookup.types.get(code, {}).get("quad_class") for code in case.lookup.chain(case.event["type"]))
    return next((str(number) for number in found if number), "")


def _quad_word(case: Case) -> str:
    words: Mapping[str, str] = scheme_of("polecat").more["quad"]
    return words.get(quad_of(case), "")


def _realis_mode(case: Case) -> str:
    """PLOVER's auxiliary mode for what has not occurred."""
    return scheme_of("plover").realis.get(case.event["realis"], "")


VALUES: Mapping[str, Callable[[Case], str]] = {
    "type": _ged,
    "acled-type": _acled_type,
    "acled-sub-type": _acled_sub_type,
    "disorder": _disorder,
    "plover-type": _plover("plover-type"),
    "plover-mode": _plover("plover-mode"),
    "quad": quad_of,
    "quad-word": _quad_word,
    "realis-mode": _realis_mode,
}
