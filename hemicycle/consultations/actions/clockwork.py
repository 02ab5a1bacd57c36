"""What time and the worker do: close, compute, publish what nobody published, erase."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from hemicycle.record import clock, erasure
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.texts.actions import forget

from .. import answering, queries, results, retention
from ..models import CodeOrder, Consultation, Withdrawal
from ..procedure import ConsultationState, RequestState
from ._bound import on_consultation, publicity_of, unmet
from .consultations import publish_result
from .requests import dismiss_codes, dismiss_withdrawal

C = ConsultationState
BATCH = 200
SILENT = timedelta(minutes=5)  # a computation that has given no result for so long has lost its worker


@on_consultation
def close(consultation: Consultation, by: Actor) -> Facts:
    """At the instant it ends: the answers become one sealed table without names, and what links answers to people is
    destroyed. The entry counts, and holds a commitment to the table. Raises `Unmet` before the instant."""
    if clock.now() < consultation.closes_at:
        raise unmet(N_("The time for answers has not ended."), "close")
    consultation.matrix, consultation.sides = answering.gathered(consultation)
    consultation.closed_at = consultation.beat_at = clock.now()
    votes, voters = consultation.matrix.count("\n") - 1, len(consultation.sides)
    codes = consultation.codes.count()
    erasure.destroy(answering.forget(consultation))
    transaction.on_commit(lambda: compute.enqueue(consultation.pk))
    is_small = 0 < voters < queries.charter_of(consultation).consultations.cell_at_least.value
    counts = {"voters": None if is_small else voters, "votes": None if is_small else votes}
    return Facts(
        {**counts, "codes": codes, "propositions": queries.admitted(consultation).count()},
        {"matrix": consultation.matrix},
    )


@task()  # type: ignore[untyped-decorator]
def compute(consultation: int) -> None:
    """Compute what may be shown, from the sealed table and the rule alone. Done twice, it is recorded once."""
    row = Consultation.objects.filter(pk=consultation, state=C.CLOSED).first()
    if row is not None:
        take_result(row)


def take_result(consultation: Consultation) -> None:
    numbers = list(queries.admitted(consultation).values_list("number", flat=True))
    charter = queries.charter_of(consultation)
    found = results.computed(consultation.matrix, consultation.sides, numbers, charter)
    try:
        record_result(consultation, CLOCK, result=found)
    except OutOfOrder:  # another worker was faster
        return


@on_consultation
def record_result(consultation: Consultation, by: Actor, *, result: dict[str, object]) -> Facts:
    """What the worker found, word for word as it will be shown. Raises `Unmet` for anything but a result."""
    if not result.get("by"):
        raise unmet(N_("This is no result."), "record_result")
    consultation.result = result
    return Facts({"digest": f"sha256:{results.digest(result)}", "by": result["by"]})


@on_consultation
def erase_answers(consultation: Consultation, by: Actor) -> Facts:
    """The sealed table of answers goes, and what was sent and not admitted; result and propositions stay. Raises `Unmet`
    before the day."""
    due = retention.due_of(consultation)
    if due is None or clock.now() < due.at:
        raise unmet(N_("This is not yet to be erased."), "erase_answers")
    consultation.matrix, consultation.sides, consultation.erased_at = "", [], clock.now()
    sent = consultation.propositions.exclude(draft="")
    for reference in sent.values_list("reference", flat=True):
        forget(reference)
    sent.update(draft="")
    forget_salts([consultation.reference])
    erasure.destroy([consultation.reference])
    return Facts({"due": due.at}, publicity=publicity_of(consultation))


def tick() -> int:
    """Close what is over and dismiss what was asked of it, have computed what lost its worker, publish and erase what is due.
    Returns how many acts were taken."""
    now = clock.now()
    over = Consultation.objects.filter(state=C.OPEN, closes_at__lte=now)
    done = take_each(close, over[:BATCH])
    # Not within the closing: whoever acts on a request holds it first and then its consultation, never the other way round.
    for act, kind in ((dismiss_withdrawal, Withdrawal), (dismiss_codes, CodeOrder)):
        asked = kind.objects.filter(state=RequestState.ASKED).exclude(
            consultation__state__in=[C.PREPARED, C.OPEN]
        )
        done += take_each(act, asked[:BATCH])
    lost = Consultation.objects.filter(state=C.CLOSED, beat_at__lt=now - SILENT)
    for key in list(lost.values_list("pk", flat=True)[:BATCH]):
        Consultation.objects.filter(pk=key).update(beat_at=now)
        compute.enqueue(key)
    computed = Consultation.objects.filter(state=C.COMPUTED)
    done += take_each(publish_result, [row for row in computed if queries.publication_due(row) <= now])
    gone = [due.reference for due in retention.plan(now)][:BATCH]
    return done + take_each(erase_answers, Consultation.objects.filter(reference__in=gone))
