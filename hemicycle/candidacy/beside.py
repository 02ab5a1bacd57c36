"""What stands beside a candidacy at the generic pages: slates, endorsements, counter-statements, and what begins."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Due, Fact, matter_url
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from . import queries, retention, sheet
from .models import Candidacy, CounterStatement, Endorsement, Erasure, Slate
from .procedure import CandidacyState, ErasureState


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


def blank_erasure(request: HttpRequest, act: str) -> Matter:
    """By reference alone: the integrity officer reads no file, and asks for the erasure of one all the same."""
    actor = actor_of(request)
    rows = Candidacy.objects.exclude(state=CandidacyState.DRAFT).exclude(person_id=_person(request))
    found = rows.filter(reference=request.GET.get("candidacy", "").strip().upper()).first()
    if found is None or not actor.holds(Office.SECRETARIAT, Office.INTEGRITY_OFFICER):
        raise Http404
    return Erasure(candidacy=found)


def erasure_facts(erasure: Erasure, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("Candidacy"), erasure.file or (erasure.candidacy.reference if erasure.candidacy else ""))]
    if erasure.pk is None:
        return facts
    facts.append(Fact(_("The person asked for it"), sheet.yes_no(erasure.by_request)))
    if erasure.ground:
        facts.append(Fact(_("Why the file goes before its time"), erasure.ground, erasure.language))
    if erasure.stop_reasons:
        facts.append(Fact(_("Why it was stopped"), erasure.stop_reasons, erasure.stop_language))
    return facts


def erasure_day(erasure: Erasure) -> Due | None:
    """When the file goes, with the hold that puts it off."""
    found = retention.requested(erasure)
    if found is None:
        return None
    held = _("A legal hold puts it off.") if found.held_until and found.held_until >= found.at else ""
    return Due(_("The file is erased on"), found.at, held)


def erasures(candidacy: Candidacy) -> list[Fact]:
    """What the file's own page says of an erasure that is under way."""
    rows = candidacy.erasures.filter(state__in=[ErasureState.ASKED, ErasureState.CONFIRMED])
    found = []
    for row in rows:
        due = retention.requested(row)
        words = moment(due.at) if due is not None else _("asked for, not confirmed yet")
        found.append(Fact(_("Erasure before its time"), words, url=matter_url(row)))
    return found
