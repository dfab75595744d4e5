"""How well the claims of an event support it: defined in the schema of events_flat, at its field `support`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple  # a dataclass takes 0.5 ms of every validation

from eventpack.cells import Cells
from eventpack.derive.independence import Origins, Weighed
from eventpack.terms import SUPPORTING_STANCE


class Support(NamedTuple):
    """The accepted claims of an event, in the order of their ids, by what they say of it.

    `weighed` are the supporting ones again, each with whether it counts as an independent origin.
    """

    accepted: Sequence[Cells]
    supporting: Sequence[Cells]
    contesting: Sequence[Cells]
    weighed: Sequence[Weighed]

    @property
    def independent(self) -> list[Cells]:
        """The supporting claims that count, in the order of their ids."""
        counted = {one.claim.get("claim_id", "") for one in self.weighed if one.counts}
        return [claim for claim in self.supporting if claim.get("claim_id", "") in counted]

    @property
    def word(self) -> str:
        """The code of `support`; empty when nothing supports the event."""
        if not self.supporting:
            return ""
        if self.contesting:
            return "contested"
        return "corroborated" if len(self.independent) > 1 else "single-source"


def stances_of(realis: str) -> tuple[str, str]:
    """Which stance supports an event of that realis, and which one contests it."""
    return SUPPORTING_STANCE.get(realis, ""), "asserts" if realis == "denied" else "denies"


def support_of(event: Cells, claims: Sequence[Cells], origins: Origins) -> Support:
    """What the claims on an event say of it; those that are not accepted say nothing."""
    held = sorted((one for one in claims if one.get("status") == "accepted"), key=lambda one: one.get("claim_id", ""))
    fits, against = stances_of(event.get("realis", ""))
    supporting = [claim for claim in held if fits and claim.get("stance") == fits]
    contesting = [claim for claim in held if claim.get("stance") == against]
    return Support(held, supporting, contesting, origins.weigh(supporting))
