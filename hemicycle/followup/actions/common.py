"""What the acts of this room share: their gates, their refusals, and the beginning and end of a stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from hemicycle.assembly import calendar
from hemicycle.assembly.models import Delegation, day_start
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.acts import gate
from hemicycle.rules import terms
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Proposal, Stage
from ..procedure import CONTACT, PROPOSAL

contact_act = gate(CONTACT, queries.offices_on_contact)
act = gate(PROPOSAL, queries.offices)

SAY_SOURCE = N_("Name the source: the document and where anybody can read it.")


def unmet(message: str, act_name: str) -> Unmet:
    return Unmet(Finding(message, {}, f"followup.{act_name}"))


def required(act_name: str, **texts: tuple[str, str]) -> dict[str, str]:
    """The texts without the spaces around them. Each comes with what to say where it is empty; raises `Unmet` for all."""
    missing = [
        Finding(message, {}, f"followup.{act_name}") for text, message in texts.values() if not text.strip()
    ]
    if missing:
        raise Unmet(*missing)
    return {name: text.strip() for name, (text, _message) in texts.items()}


def begin(
    proposal: Proposal, key: str, *, state: Delegation | None = None, rapporteur: Person | None = None
) -> Stage:
    """Begin a stage now. What it tells is kept: the last day with the holidays as they are entered now, and the instant from
    which it counts as ignored."""
    charter, now = law.in_force(), clock.now()
    days = next(row.days for row in charter.follow_up_stages if row.key == key)
    due = calendar.due_after(timezone.localtime(now).date(), days).on
    ignored = due + timedelta(days=1 + charter.follow_up.ignored_after_days.value)
    return Stage.objects.create(
        proposal=proposal, key=key, committee=None if state else proposal.committee, rapporteur=rapporteur,
        asked_state=state, begun_at=now, working_days=days, due_on=due, ignored_at=day_start(ignored),
    )  # fmt: skip


def open_stages(proposal: Proposal, act_name: str, *keys: str) -> Sequence[Stage]:
    """The open stages of these kinds, held until the act is over. Raises `Unmet` where the proposal lies elsewhere."""
    rows = list(proposal.stages.select_for_update().filter(ended_at__isnull=True))
    found = [stage for stage in rows if stage.key in keys]
    if not found:
        raise unmet(N_("The proposal is not at this stage."), act_name)
    return found


def end(
    stage: Stage,
    outcome: str,
    *,
    text: str = "",
    language: str = "",
    source: str = "",
    number: str = "",
    at: datetime | None = None,
) -> None:
    """End a stage, once, now. `at`: its beginning, where one act begins and ends it."""
    now = at or clock.now()
    stage.ended_at, stage.outcome, stage.number = now, outcome, number
    stage.text, stage.language, stage.source = text, language or stage.language, source
    begun, today = (timezone.localtime(at).date() for at in (stage.begun_at, now))
    stage.took = terms.working_days_between(
        begun + timedelta(days=1), today + timedelta(days=1), queries.days_off()
    )
    stage.full_clean(validate_constraints=False)
    stage.save()


def end_open(proposal: Proposal, outcome: str) -> None:
    """End whatever is still open, without words of its own."""
    for stage in proposal.stages.select_for_update().filter(ended_at__isnull=True):
        end(stage, outcome)
