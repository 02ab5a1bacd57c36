"""Who of a list is likely to be in the room: counted from what people said when they accepted, and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_noop as N_

from hemicycle.rules.findings import Finding

from ..models import Acceptance, List, Presence
from ..procedure import AcceptanceState
from .seats import Place


def forecast(list_: List, rows: Sequence[Place]) -> list[Finding]:
    """One sentence on the whole list and one on its reserved seats; none where nobody has said anything. One query."""
    live = {place.seat.candidacy_id: place for place in rows if place.is_live and place.seat is not None}
    accepted = Acceptance.objects.filter(
        session=list_.session, candidacy__in=live, state=AcceptanceState.ACCEPTED
    ).order_by("pk")
    said = {row.candidacy_id: row.presence for row in accepted if row.presence}
    if not said:
        return []
    reserved = [key for key, place in live.items() if place.reserved]
    whole = N_(
        "Of %(seats)s people: %(can_come)s can come, %(needs_help)s need help with a visa, %(from_afar)s only from afar, "
        "%(unsaid)s have not said."
    )
    reserve = N_(
        "Of %(seats)s on reserved seats: %(can_come)s can come, %(needs_help)s need help with a visa, %(from_afar)s only "
        "from afar, %(unsaid)s have not said."
    )
    found = [Finding(whole, _counted(said, list(live)))]
    return [*found, Finding(reserve, _counted(said, reserved))] if reserved else found


def _counted(said: dict[int, str], keys: Sequence[int]) -> dict[str, int]:
    counts = Counter(said.get(key, "unsaid") for key in keys)
    return {"seats": len(keys), **{name: counts[name] for name in (*Presence.values, "unsaid")}}
