"""Until when this room keeps what: files that ended by themselves, slates (article 11.4).

Files that were judged are kept by what later rooms know (notices/retention.py).
"""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import clock, erasure, law, retention
from hemicycle.record.retention import Due

from . import queries
from .models import Candidacy, Erasure, Slate
from .procedure import CandidacyState, ErasureState

S = CandidacyState
#: Ended before anybody judged the person; the others are judged, or still on their way.
ENDED = (S.DRAFT, S.LAPSED, S.LATE_ASKED, S.WITHDRAWN, S.INADMISSIBLE)


def due(candidacy: Candidacy, at: datetime | None = None) -> Due | None:
    """When a file of this room goes, as it stands at an instant; null while no date is set. A hold puts it off."""
    charter, state = queries.charter_of(candidacy.call), candidacy.standing(at or clock.now())
    name, held = candidacy.reference, candidacy.hold_until
    if state in (S.LAPSED, S.LATE_ASKED):
        return retention.after(candidacy.deadline, charter.periods.erase_draft_days, "draft", name, held)
    if state == S.WITHDRAWN and candidacy.withdrawn_at:
        rule = charter.periods.erase_withdrawn_days
        return retention.after(candidacy.withdrawn_at, rule, "withdrawn", name, held)
    if state == S.INADMISSIBLE and candidacy.inadmissible_at:
        since = candidacy.review_decided_at or candidacy.inadmissible_at
        return retention.after(since, charter.retention.inadmissible_days, "inadmissible", name, held)
    return None


def requested(asked: Erasure) -> Due | None:
    """When a file goes whose erasure two people decided; null before the second has, and once the file is gone. What of
    later rooms stands in the way, they know (notices/retention.py)."""
    if asked.state != ErasureState.CONFIRMED or asked.due_at is None or asked.candidacy is None:
        return None
    held = asked.candidacy.hold_until
    article = queries.charter_of(asked.candidacy.call).periods.erasure_delay_days.article
    return Due(max(asked.due_at, held or asked.due_at), "requested", asked.file, article, held)


def slate_due(slate: Slate) -> Due | None:
    """A slate goes when nobody's file stands on it any more, and not before the files of who was not chosen."""
    if slate.candidacies.all():
        return None
    rule = queries.charter_of(slate.call).retention.not_chosen_days
    return retention.after(slate.call.closes_at, rule, "slate", slate.reference)


def brought_back() -> list[Due]:
    """Files that an older copy of the database brought back, and whose key is gone: they go again, at once."""
    rows = Candidacy.objects.exclude(state=S.DRAFT).select_related("call")
    lost = erasure.brought_back(rows.values_list("reference", flat=True))
    article = law.in_force().periods.erasure_delay_days.article
    return [
        Due(row.created_at, "brought_back", row.reference, article) for row in rows if row.reference in lost
    ]


@law.held()
def plan(until: datetime) -> list[Due]:
    """What of this room goes by an instant, the earliest first. A few queries, however many files."""
    ended = Candidacy.objects.filter(state__in=ENDED).select_related("call")
    slates = Slate.objects.exclude(state="erased").select_related("call").prefetch_related("candidacies")
    found = {each.reference: each for each in brought_back() if each.at <= until}
    for each in [*(due(c, until) for c in ended), *map(slate_due, slates)]:
        if each is not None and (each.reference not in found or each.at < found[each.reference].at):
            found[each.reference] = each
    return retention.by(until, list(found.values()))
