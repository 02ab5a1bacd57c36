"""Who is forgotten when a file is erased: the person behind it, and the letters about it (procedure 1.6).

Asked in the last room that acts, because only from here can every room be asked whether it still needs the person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import PROTECT, Exists, OuterRef, Q, QuerySet

from hemicycle.candidacy.models import Call, Candidacy, CounterStatement, Erasure, Slate
from hemicycle.candidacy.procedure import CallState, ErasureState
from hemicycle.composition.models import Acceptance
from hemicycle.consultations.models import Proposition
from hemicycle.consultations.procedure import PropositionState
from hemicycle.dialogue.models import Answer, Author, Exchange, Question
from hemicycle.followup.models import Proposal, Stage
from hemicycle.integrity.models import CallerCheck
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import MandateState
from hemicycle.people.actions import erase_person
from hemicycle.people.models import Account, Enrolment, Holding, Person, Recovery
from hemicycle.people.procedure import AccountState, EnrolmentState, HoldingState, RecoveryState
from hemicycle.record import clock
from hemicycle.record.due import take_each
from hemicycle.record.models import Entry
from hemicycle.statements.models import Amendment, Initiative, Statement
from hemicycle.suspension.models import Case
from hemicycle.suspension.procedure import OVER
from hemicycle.texts.models import Moderation, Translation
from hemicycle.vetting.models import (
    AdversePoint,
    Examination,
    Objection,
    OutcomeLetter,
    Reading,
    Result,
    ServiceEntry,
)

from .models import Dispatch, Kind, Letter, Preference

# What goes with a file. A letter about any of these says that somebody was a candidate.
OF_A_FILE = (
    Candidacy,
    CounterStatement,
    Acceptance,
    Examination,
    Reading,
    AdversePoint,
    Objection,
    OutcomeLetter,
    ServiceEntry,
)

# Of the dialogue what was erased leaves a row without words; a letter about it would say who wrote to whom.
ERASED = (Question, Exchange, Moderation, Statement, Initiative)

# Said in public by whoever sits or is a member of the Assembly: whoever may still act is kept by the participation or the
# office; afterwards the words stay, without a name where the file is gone (`mandates.queries.public_name`).
SAID = (Question, Answer, Author, Exchange, Moderation, Translation, Proposition, Proposal, Stage)

Rows = QuerySet[Any]


def _slates(rows: Rows, now: datetime) -> Rows:
    running = Call.objects.exclude(state__in=[CallState.CLOSED, CallState.WITHDRAWN])
    return rows.filter(Q(call__in=running.values("pk")) | Q(candidacies__isnull=False))


def _mandates(rows: Rows, now: datetime) -> Rows:
    heard = Case.objects.exclude(state__in=OVER)
    return rows.filter(~Q(state=MandateState.ENDED) | Q(pk__in=heard.values("mandate_id")))


# Which rows of these kinds still need their person. A row of any other kind always does: a new room is safe untold.
STILL: dict[Any, Callable[[Rows, datetime], Rows]] = {
    Account: lambda rows, now: rows.none(),
    Holding: lambda rows, now: rows.exclude(state=HoldingState.REFUSED),
    Enrolment: lambda rows, now: rows.filter(
        state__in=[EnrolmentState.ASKED, EnrolmentState.ISSUED], expires_at__gt=now
    ),
    Recovery: lambda rows, now: rows.filter(state__in=[RecoveryState.ASKED, RecoveryState.WAITING]),
    CallerCheck: lambda rows, now: rows.filter(expires_at__gt=now),
    Slate: _slates,
    Mandate: _mandates,
    **dict.fromkeys(SAID, lambda rows, now: rows.none()),
}


def forget() -> int:
    """Erase the persons whose file is erased and whom nothing keeps, each in its own transaction, and what was written
    to anybody about an erased file. Returns how many persons."""
    for model in OF_A_FILE:
        about = Letter.objects.filter(about__startswith=f"{model.PREFIX}-")
        about.exclude(about__in=model.objects.values("reference")).delete()
    # A comparison goes on without the file; a letter about it says that its person was among those who sit.
    compared = Result.objects.filter(
        run__reference=OuterRef("about"), examination__candidacy__person=OuterRef("person")
    )
    Letter.objects.filter(~Exists(compared), kind=Kind.COMPARED).delete()
    for emptied in ERASED:
        gone = emptied._default_manager.filter(erased_at__isnull=False)
        Letter.objects.filter(about__in=gone.values("reference")).delete()
    amended = Amendment.objects.filter(statement__erased_at__isnull=False)
    Letter.objects.filter(about__in=amended.values("reference")).delete()
    sent = Proposition.objects.filter(consultation__erased_at__isnull=False)
    declined = sent.exclude(state=PropositionState.ADMITTED)
    Letter.objects.filter(about__in=declined.values("reference")).delete()
    done = Erasure.objects.filter(state=ErasureState.DONE)  # the row outlives the file, and names it
    Letter.objects.filter(about__in=done.values("reference")).delete()
    waiting = {person.pk: person for person in _of_erased_files()}
    kept = needed(waiting)
    return sum(_forget(person) for key, person in waiting.items() if key not in kept)


def _of_erased_files() -> QuerySet[Person]:
    """Whoever began a file that is erased. Only the record still knows, by the random reference of the person."""
    erased = list(Entry.objects.filter(room="candidacy", act="erase").values_list("matter", flat=True))
    begun = Entry.objects.filter(room="candidacy", matter__in=erased, before="")
    actors = set(begun.values_list("actor", flat=True))
    return Person.objects.filter(reference__in=actors).exclude(account__state=AccountState.ERASED)


def needed(persons: Collection[int]) -> set[int]:
    """Which of these persons some room still needs: another file, an office, a seat, a participation, a vote."""
    found: set[int] = set()
    now = clock.now()
    for relation in Person._meta.related_objects if persons else ():
        model, key = relation.related_model, relation.field.attname
        if relation.on_delete is not PROTECT or not isinstance(model, type):
            continue  # what goes with the person
        rows = model._default_manager.filter(**{f"{relation.field.name}__in": persons})
        if model in STILL:
            rows = STILL[model](rows, now)
        found |= set(rows.values_list(key, flat=True))
    return found


def _forget(person: Person) -> int:
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if needed([person.pk]):
            return 0  # something came up since the question was asked for all
        account = Account.objects.filter(person=person).first() or Account(person=person)
        done = take_each(erase_person, [account])
        if done:
            for model in (Letter, Dispatch, Preference):
                model._default_manager.filter(person=person).delete()
        return done
