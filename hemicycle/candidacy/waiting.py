"""What waits for a person in this room, for the first page after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Waiting, act_url, matter_url

from . import desks, queries
from .actions.ending import erasure_due
from .models import CounterStatement
from .procedure import CandidacyState

S = CandidacyState
# The two looks at a form, each with a list of its own (views/looking.py).
LOOKS = {S.SUBMITTED: "first", S.ADMISSIBILITY_PROPOSED: "second"}


def waiting(actor: Actor) -> Iterator[Waiting]:
    """What waits for a person: an own draft or return; for clerks and reviewers, files to decide. Bounded queries."""
    if actor.person is None:
        return
    now = clock.now()
    for own in queries.of_person(actor.person).filter(state__in=[S.DRAFT, S.RETURNED, S.LAPSED]):
        state = own.standing(now)
        if late := desks.late_url(own):
            yield Waiting(_("The deadline has passed and your candidacy is not sent"), late, erasure_due(own))
        if state == S.DRAFT:
            yield Waiting(_("Your candidacy is not sent yet"), matter_url(own), own.deadline)
        elif state == S.RETURNED:
            yield Waiting(_("Complete your candidacy"), matter_url(own), own.return_due)
    for asked in CounterStatement.objects.filter(invited=actor.person, state="invited", due_at__gt=now):
        yield Waiting(
            _("You are asked for a statement"), act_url(asked, "give_counter_statement"), asked.due_at
        )
    if not actor.holds(Office.SECRETARIAT, Office.REVIEWER):
        return
    words = {
        S.SUBMITTED: _("Candidacies whose form is to be looked at"),
        S.ADMISSIBILITY_PROPOSED: _("Candidacies whose form a second clerk confirms"),
        S.INADMISSIBILITY_PROPOSED: _("Candidacies that a second clerk decides on"),
        S.REVIEW_ASKED: _("Reviews of inadmissibility to decide"),
        S.LATE_ASKED: _("Late admissions that a second clerk decides on"),
        S.LAPSED: _("Pleas for late admission"),
    }
    mine = (
        [S.REVIEW_ASKED] if not actor.holds(Office.SECRETARIAT) else [s for s in words if s != S.REVIEW_ASKED]
    )
    seen = queries.visible_to(actor).exclude(person=actor.person)
    counted: dict[str, int] = {}
    first_due: dict[str, datetime] = {}  # a plea is answered before its file is erased
    rows = list(seen.filter(state__in=mine))
    halves = queries.first_halves(actor, [row.reference for row in rows])
    for row in rows:
        if (row.reference, queries.FIRST_HALF.get(S(row.state))) not in halves:
            counted[row.state] = counted.get(row.state, 0) + 1
            if row.state in (S.LAPSED, S.LATE_ASKED) and (due := erasure_due(row)):
                first_due[row.state] = min(due, first_due.get(row.state, due))
    for state in mine:
        if counted.get(state):
            look = LOOKS.get(S(state))
            url = (
                reverse("candidacy-forms", args=[look]) if look else f"{reverse('candidacies')}?state={state}"
            )
            yield Waiting(f"{words[state]} ({counted[state]})", url, first_due.get(state))
