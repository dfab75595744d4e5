"""Who: the actors of an event in the columns of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from eventpack.interchange.case import Case
from eventpack.interchange.countries import Country, countries
from eventpack.interchange.kinds import sub_type, type_of
from eventpack.interchange.lookup import Row
from eventpack.interchange.scheme import scheme_of
from eventpack.interchange.sides import Sides, parties_of, party_of, sides_of

_COMMA, _SEMICOLON = ", ", "; "


def ged_sides(case: Case) -> Sides:
    """The sides as GED orders them: the government first where only one side is one."""
    sides = sides_of(case)
    first, second = ({party_of(actor) for actor in side} for side in (sides.first, sides.second))
    state_based = type_of(case, scheme_of("ged"), "ged-type").value == "1"
    if state_based and "government" in second and "government" not in first:
        return Sides(sides.second, sides.first, sides.mutual)
    return sides


def _names(case: Case, actors: Sequence[Row], separator: str, role: str) -> str:
    if len(actors) > 1:
        case.lose("several-actors", f"participants.{role}", _SEMICOLON.join(actor["name"] for actor in actors))
    return _joined(case, actors, separator)


def _joined(case: Case, actors: Sequence[Row], separator: str = _SEMICOLON) -> str:
    """The names of actors, without the sign that separates them there."""
    names = [actor["name"] for actor in actors]
    if any(separator.strip() in name for name in names):
        case.lose("separator", "actors.name", _SEMICOLON.join(names))
        names = [" ".join(name.replace(separator.strip(), " ").split()) for name in names]
    return separator.join(names)


def _ged_side(which: int) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        ours, theirs = sides_of(case), ged_sides(case)
        role = ("initiator", "target")[which]
        if not which and theirs.second and not ours.mutual:
            _note_direction(case, swapped=list(theirs.first) != list(ours.first))
        return _names(case, theirs.side(which), _COMMA, role)

    return value


def _note_direction(case: Case, swapped: bool) -> None:
    """Only one-sided violence has a direction there."""
    first = _SEMICOLON.join(actor["name"] for actor in sides_of(case).first)
    if swapped:
        case.lose("sides-swapped", "participants.initiator", first)
    elif type_of(case, scheme_of("ged"), "ged-type").value != "3":
        case.lose("no-direction", "participants.initiator", first)


def _dyad(case: Case) -> str:
    quiet = Case(case.event, case.lookup, case.participants, case.claims, case.estimates)
    return " - ".join(_ged_side(which)(quiet) for which in (0, 1))


def _of_side(which: int, take: Callable[[Case, Row], str]) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        found = [take(case, actor) for actor in ged_sides(case).side(which)]
        return _COMMA.join(found) if all(found) else ""

    return value


def _ucdp_id(case: Case, actor: Row) -> str:
    return case.lookup.ids.get(("actors", actor["actor_id"]), {}).get("ged", "")


def _gw(case: Case, actor: Row) -> str:
    """The number of the state that an actor belongs to, when it acts as that state's force."""
    return country_of(actor).gw if party_of(actor) == "government" else ""


def country_of(actor: Row) -> Country:
    """The country of an actor, with its code alone when the list does not have it."""
    code = actor.get("country") or ""
    return countries().get(code, Country(code))


def acled_type(case: Case) -> str:
    """ACLED's type of the event."""
    return type_of(case, scheme_of("acled"), "acled-event-type").value


def _acled_side(which: int) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        sides = sides_of(case)
        directed = acled_type(case) in scheme_of("acled").more["directed"]["types"]
        if not which and sides.first and sides.second and not (sides.mutual or directed):
            case.lose("no-direction", "participants.role", "initiator and target")
        return _names(case, sides.side(which)[:1], _SEMICOLON, ("initiator", "target")[which])

    return value


def _acled_beside(which: int) -> Callable[[Case], str]:
    """The further actors of a side, and with the first side those who support it."""

    def value(case: Case) -> str:
        rest = [*sides_of(case).side(which)[1:], *(case.actors("supporter") if not which else ())]
        return _joined(case, rest)

    return value


def inter_of(case: Case, actor: Row) -> str:
    """ACLED's kind of an actor in this event; empty when nothing tells."""
    told: Mapping[str, str] = scheme_of("acled").more["inter"]
    event, party = acled_type(case), party_of(actor)
    if event in ("Protests", "Riots") and actor in sides_of(case).first and party in ("civilians", "", "group"):
        return told[event]
    abroad = actor.get("country") and case.place.get("country") and actor["country"] != case.place["country"]
    return told["abroad"] if party == "government" and abroad else told.get(party, "")


def _inter(which: int) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        side = sides_of(case).side(which)
        found = inter_of(case, side[0]) if side else ""
        if side and not found:
            case.lose("inter-undecided", "actors.kind", side[0].get("kind"))
        return found

    return value


def _interaction(case: Case) -> str:
    order: Sequence[str] = scheme_of("acled").more["inter"]["order"]
    sides = sides_of(case)
    kinds = [inter_of(case, side[0]) for side in (sides.first, sides.second) if side]
    if not sides.first or not all(kinds):  # whoever acted against the second side is not known, rather than nobody
        return ""
    kinds.sort(key=order.index)
    return "-".join(kinds) if len(kinds) > 1 else f"{kinds[0]} only"


def _targeting(case: Case) -> str:
    """ACLED's word for what has civilians as its main or only target."""
    told, event = scheme_of("acled").more["targeting"], acled_type(case)
    always = event in told["always"] or sub_type(case).value in told["always"]
    civilians = event in told["civilians"] and parties_of(sides_of(case).second) == {"civilians"}
    return str(told["word"]) if always or civilians else ""


def _column(which: int, take: Callable[[Case, Row], str], first: bool = False) -> Callable[[Case], str]:
    """One field of the actors or recipients, joined as POLECAT does; nothing when none of them has it."""

    def value(case: Case) -> str:
        found = [take(case, actor) for actor in plover_sides(case).side(which)]
        if first:
            return found[0] if found else ""
        return _SEMICOLON.join(text or "None" for text in found) if any(found) else ""

    return value


def plover_sides(case: Case) -> Sides:
    """Actors and recipients as PLOVER has them: who takes part on equal terms is an actor."""
    return Sides(case.actors("initiator", "partner"), case.actors("target"))


def note_roles(case: Case, which: int) -> None:
    """Partners stand among initiators there, and who took part is not told apart by its claim."""
    if not which and case.actors("initiator") and (partners := case.actors("partner")):
        case.lose("roles-mixed", "participants.partner", _SEMICOLON.join(actor["name"] for actor in partners))


def _name(case: Case, actor: Row) -> str:
    return _joined(case, [actor])


def _polecat_names(which: int) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        note_roles(case, which)
        return _column(which, _name)(case)

    return value


def _polecat(which: int) -> Mapping[str, Callable[[Case], str]]:
    side = ("actor", "recipient")[which]
    return {
        f"{side}-names": _polecat_names(which),
        f"{side}-countries": _column(which, lambda case, actor: actor.get("country") or ""),
        f"{side}-cow": _column(which, lambda case, actor: country_of(actor).cow),
        f"{side}-sector": _column(which, lambda case, actor: actor.get("sector") or "", first=True),
        f"{side}-sectors": _column(which, lambda case, actor: actor.get("sector") or ""),
    }


VALUES: Mapping[str, Callable[[Case], str]] = {
    "dyad": _dyad,
    "side-a": _ged_side(0),
    "side-b": _ged_side(1),
    "side-a-id": _of_side(0, _ucdp_id),
    "side-b-id": _of_side(1, _ucdp_id),
    "side-a-gw": _of_side(0, _gw),
    "side-b-gw": _of_side(1, _gw),
    "actor-1": _acled_side(0),
    "actor-2": _acled_side(1),
    "beside-1": _acled_beside(0),
    "beside-2": _acled_beside(1),
    "inter-1": _inter(0),
    "inter-2": _inter(1),
    "interaction": _interaction,
    "targeting": _targeting,
    **_polecat(0),
    **_polecat(1),
}
