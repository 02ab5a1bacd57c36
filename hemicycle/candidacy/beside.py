"""What stands beside a candidacy at the generic pages: slates, endorsements, counter-statements, and what begins."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Fact
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from . import queries, sheet
from .models import Candidacy, CounterStatement, Endorsement, Slate


def _person(request: HttpRequest) -> int:
    person = actor_of(request).person
    if person is None:
        raise Http404
    return person


def blank_slate(request: HttpRequest, act: str) -> Matter:
    call = (
        queries.open_calls().filter(reference=request.GET.get("call", "")).first()
        or queries.open_calls().first()
    )
    if call is None:
        raise Http404
    return Slate(call=call, presenter_id=_person(request))


def _candidacy_asked(request: HttpRequest) -> Candidacy:
    asked = request.GET.get("candidacy", "")
    found = queries.visible_to(actor_of(request)).filter(reference=asked).first()
    if found is None:
        raise Http404
    return found


def blank_endorsement(request: HttpRequest, act: str) -> Matter:
    return Endorsement(candidacy=_candidacy_asked(request))


def blank_counter_statement(request: HttpRequest, act: str) -> Matter:
    return CounterStatement(candidacy=_candidacy_asked(request))


def statement_facts(statement: CounterStatement, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Candidate"), statement.candidacy.person.shown_name),
        Fact(_("Body or organisation"), statement.body),
        Fact(_("Until"), moment(statement.due_at)),
    ]
    if statement.statement:
        facts.append(Fact(_("Statement"), statement.statement, statement.language))
    if statement.is_controlled:
        facts.append(Fact(_("Mark"), _("controlled by the persecuting state")))
        facts.append(
            Fact(_("Reasons for the mark"), statement.controlled_reasons, statement.controlled_language)
        )
    return facts


def endorsement_facts(endorsement: Endorsement, actor: Actor) -> Sequence[Fact]:
    return [
        Fact(_("Body or organisation"), endorsement.body),
        Fact(_("Statement"), endorsement.statement, endorsement.language),
        Fact(_("Link"), endorsement.link or "—"),
        Fact(_("A body of the candidate's own people"), sheet.yes_no(endorsement.is_of_own_people)),
    ]


def slate_facts(slate: Slate, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Organisation"), slate.organisation),
        Fact(_("Statement"), slate.statement or "—", slate.language),
        Fact(_("Reference to hand to the persons on it"), slate.reference),
    ]
    if actor.holds(Office.SECRETARIAT):
        # Not for the organisation: of a reference handed to one person, the number would tell what that person did.
        joined = slate.candidacies.filter(submitted_at__isnull=False).count()
        facts.append(Fact(_("Candidacies sent by persons who joined"), joined))
    return facts
