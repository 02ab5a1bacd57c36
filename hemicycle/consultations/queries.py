"""Who may read what of consultations, in which office somebody acts on them, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.dialogue import sides
from hemicycle.people.spoken import page_language
from hemicycle.record import acts, clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office
from hemicycle.texts import queries as texts
from hemicycle.texts.sources import Written

from . import answering
from .models import CodeOrder, Consultation, Proposition, Withdrawal
from .procedure import CODES, WITHDRAWAL, ConsultationState, PropositionState, RequestState

C = ConsultationState
R = PropositionState
M = TypeVar("M", bound=Matter)
HEAVY = ("matrix", "sides")  # sealed, and large: no list needs them


def public() -> QuerySet[Consultation]:
    """From its opening on a consultation is public."""
    return Consultation.objects.filter(opened_at__isnull=False).select_related("topic").defer(*HEAVY)


def visible_to(actor: Actor) -> QuerySet[Consultation]:
    rows = Consultation.objects.select_related("topic").defer(*HEAVY)
    return rows if actor.holds(Office.SECRETARIAT) else rows.filter(opened_at__isnull=False)


def published() -> QuerySet[Consultation]:
    return public().filter(state=C.PUBLISHED)


def propositions_visible_to(actor: Actor) -> QuerySet[Proposition]:
    """The Secretariat sees all, whoever added one the own; the others what was admitted and is open."""
    rows = _beside(Proposition.objects.select_related("consultation__topic"))
    if actor.holds(Office.SECRETARIAT):
        return rows
    shown = Q(state=R.ADMITTED, consultation__opened_at__isnull=False)
    return rows.filter(shown if actor.person is None else shown | Q(author_id=actor.person))


def of_public(rows: QuerySet[Proposition]) -> QuerySet[Proposition]:
    """Of these, the ones that everybody may read."""
    return _beside(rows.filter(state=R.ADMITTED, consultation__opened_at__isnull=False))


def _beside(rows: QuerySet[M]) -> QuerySet[M]:
    """With their consultations, as light as on a list of these."""
    return rows.select_related("consultation").defer(*(f"consultation__{name}" for name in HEAVY))


def admitted(consultation: Consultation) -> QuerySet[Proposition]:
    return consultation.propositions.filter(state=R.ADMITTED)


def own(consultation: Consultation, actor: Actor) -> Sequence[Proposition]:
    """What somebody has added and not taken back."""
    if actor.person is None:
        return ()
    rows = consultation.propositions.filter(author_id=actor.person).exclude(state=R.TAKEN_BACK)
    return list(_beside(rows))


def withdrawals_visible_to(actor: Actor) -> QuerySet[Withdrawal]:
    rows = _beside(Withdrawal.objects.select_related("consultation"))
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()


def codes_visible_to(actor: Actor) -> QuerySet[CodeOrder]:
    rows = _beside(CodeOrder.objects.select_related("consultation"))
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()


def asked_of(actor: Actor) -> Sequence[Withdrawal | CodeOrder]:
    """What another clerk has asked for, and this one may do."""
    if not actor.holds(Office.SECRETARIAT):
        return ()
    withdrawals = withdrawals_visible_to(actor).filter(state=RequestState.ASKED)
    orders = codes_visible_to(actor).filter(state=RequestState.ASKED)
    return [
        *(row for row in withdrawals if _runs(row) and not acts.left_to_another(WITHDRAWAL, row, actor)),
        *(row for row in orders if _runs(row) and not acts.left_to_another(CODES, row, actor)),
    ]


def _runs(request: Withdrawal | CodeOrder) -> bool:
    return request.standing(clock.now()) == RequestState.ASKED


def offices(actor: Actor, consultation: Matter) -> frozenset[str]:
    return frozenset(assembly.offices(actor, consultation))


def offices_on_proposition(actor: Actor, proposition: Proposition) -> frozenset[str]:
    """Offices held; participant or invited by a code as far as one may answer; author of the own, who decides nothing on it."""
    if proposition.pk is None:
        held = frozenset(assembly.offices(actor, proposition))
        who = answering.answerer(proposition.consultation, actor, getattr(proposition, "code", ""))
        given = {"participant": Office.PARTICIPANT, "civil_society": Office.INVITED_BODY}
        return held | {given[who.side]} if who is not None and who.side in given else held
    if actor.person is not None and proposition.author_id == actor.person:
        return frozenset({Office.AUTHOR})
    return frozenset(assembly.offices(actor, proposition))


def answerable(actor: Actor) -> Sequence[Consultation]:
    """Those that the person may answer now, the one that ends first first."""
    if actor.person is None:
        return ()
    rows = [row for row in public().filter(state=C.OPEN).order_by("closes_at") if row.is_open]
    return rows if rows and (sides.is_participant(actor) or sides.is_delegate(actor)) else ()


def to_decide(actor: Actor) -> Sequence[Proposition]:
    """What waits for the Secretariat: propositions of consultations that are open."""
    if not actor.holds(Office.SECRETARIAT):
        return ()
    rows = Proposition.objects.filter(state=R.WAITING, consultation__state=C.OPEN)
    return [row for row in _beside(rows) if row.consultation.is_open]


def to_publish(actor: Actor) -> Sequence[Consultation]:
    return list(visible_to(actor).filter(state=C.COMPUTED)) if actor.holds(Office.SECRETARIAT) else ()


def reason_name(charter: Charter, key: str) -> str:
    """The words of a reason of the rules of speech; its code, where an earlier charter had it."""
    return next((str(row.text[page_language()]) for row in charter.speech_reasons if row.key == key), key)


def charter_of(consultation: Consultation) -> Charter:
    """The law under which it was opened; that in force until then."""
    return law.by_reference(consultation.charter) if consultation.charter else law.in_force()


def texts_of(reference: str, actor: Actor) -> Sequence[Written]:
    """A proposition as a text that is translated, for whoever may read it."""
    from django.urls import reverse

    row = propositions_visible_to(actor).filter(reference=reference).first()
    if row is None or not (row.text or row.draft):
        return ()
    url = reverse("consultations-page", args=[row.consultation.reference])
    return (
        Written(
            row.reference, "text", f"{row.consultation.shown_name}, {row.number}", row.text or row.draft, row.language,
            f"{url}#proposition-{row.number}", row.author_id,
        ),
    )  # fmt: skip


def set_aside(rows: Iterable[Proposition]) -> set[int]:
    """The numbers of those that are set aside now, and stand on no page in words."""
    aside = texts.all_set_aside()
    found = ((row.number, written(row)) for row in rows)
    return {number for number, text in found if (text.reference, text.part, text.digest) in aside}


def written(row: Proposition) -> Written:
    """The same of a row at hand."""
    return Written(
        row.reference, "text", str(row.number), row.text or row.draft, row.language, "", row.author_id
    )


def publication_due(consultation: Consultation) -> datetime:
    """When the clock publishes the result if no clerk has (14.8)."""
    return consultation.closes_at + timedelta(days=charter_of(consultation).consultations.publish_days.value)
