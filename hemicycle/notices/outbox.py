"""Mails on their way: each is a row first, is claimed, and only then sent; and never sent twice by itself.

A process that dies leaves either a row that was not claimed, and goes in the next round, or one that was, of which nobody
knows whether it left: a clerk decides on that (`Decision`).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.sealing import keystore

from . import wishes
from .models import URGENT, Channel, Dispatch, Letter, Stage
from .procedure import DecisionState

logger = logging.getLogger(__name__)
BATCH = 200
TRIES = 12  # of a mail that the server does not want now; with the pauses between them, some six hours
PAUSE = timedelta(hours=1)


def waiting() -> QuerySet[Dispatch]:
    """Mails that nobody has begun to send and nobody holds back, the first due first."""
    rows = Dispatch.objects.filter(
        claimed_at=None, sent_at=None, refused_at=None, dropped_at=None, left_at=None
    )
    return rows.exclude(decisions__state=DecisionState.HELD)


def address(person: Person) -> str:
    """Where to write to; nowhere for whom an old copy of the database brought back after the erasure."""
    try:
        return str(person.email or "")
    except keystore.Destroyed:
        return ""


def post(letter: Letter) -> None:
    """Let a mail tell of a new letter: the one to this person that still waits, or a new one; none where the person wants
    none or has no address. Within the transaction that writes the letter, so that neither is without the other."""
    wish = wishes.of(letter.person)
    if not settings.MAIL_GOES or wish.channel != Channel.MAIL or not address(letter.person):
        return
    is_urgent = letter.kind in URGENT
    due = wish.goes_at(letter.created_at, is_urgent=is_urgent)
    row = waiting().filter(person=letter.person).select_for_update(of=("self",)).first()
    if row is None or row.stage(clock.now()) is not Stage.WAITING:  # held back while this waited for the lock
        row = Dispatch(person=letter.person, created_at=letter.created_at, due_at=due)
    row.due_at, row.is_urgent = min(row.due_at, due), row.is_urgent or is_urgent
    row.save()
    letter.dispatch = row
    letter.save(update_fields=["dispatch"])


def plan_again(person: Person) -> None:
    """The person wishes otherwise: what waits goes when that says, counted from when it was written."""
    wish = wishes.of(person)
    with transaction.atomic():
        for row in waiting().filter(person=person).select_for_update(of=("self",)):
            row.due_at = wish.goes_at(row.created_at, is_urgent=row.is_urgent)
            row.save(update_fields=["due_at"])


def hand_over() -> None:
    """Tell the worker that something is due. It asks again for each row, so that two such words do nothing twice."""
    if waiting().filter(due_at__lte=clock.now()).exists():
        deliver_due.enqueue()


@task()  # type: ignore[untyped-decorator]
def deliver_due() -> None:
    """Send what is due; nothing more in this round once the server is away. The worker calls it."""
    due = list(waiting().filter(due_at__lte=clock.now()).values_list("pk", flat=True)[:BATCH])
    for number in due:
        row = claim(number)
        if row is not None and not send(row):
            break


def claim(number: int) -> Dispatch | None:
    """Take one mail, committed before a mail server hears of it; nothing where another process was faster, somebody holds
    it back, or it is not to go now."""
    now = clock.now()
    with transaction.atomic(durable=True):
        row = (
            Dispatch.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(pk=number)
            .first()
        )
        if row is None or row.stage(now) is not Stage.WAITING or row.due_at > now:
            return None
        wish = wishes.of(row.person)
        has_unread = row.letters.filter(read_at=None).exists()
        if not has_unread or wish.channel != Channel.MAIL or not address(row.person):
            row.dropped_at = now
        elif (later := wish.may_go(now)) > now:
            row.due_at = later
        else:
            row.claimed_at = now
        row.save()
    return row if row.claimed_at is not None else None


def send(row: Dispatch) -> bool:
    """Speak to the mail server about a claimed mail, and write down what it said. Returns whether the server is there."""
    subject, body = wishes.outside(row.person.language, wishes.of(row.person).wording)
    connection = get_connection()
    mail = EmailMessage(
        subject, body, None, [address(row.person)], headers=headers(row), connection=connection
    )
    try:
        connection.open()
    except (OSError, SMTPException) as error:  # nothing was said of the mail yet
        _not_now(row, type(error).__name__)
        return False
    try:
        mail.send()
    except (SMTPResponseException, SMTPRecipientsRefused) as error:  # the server itself said no
        _refused(row, error)
        return True
    except (OSError, SMTPException) as error:  # the words may have reached it
        _note(row, is_doubtful=True, trouble=type(error).__name__)
        return True
    finally:
        _close(connection)
    _note(row, sent_at=clock.now(), trouble="")
    return True


def headers(row: Dispatch) -> dict[str, str]:
    """A name that the mail keeps at each attempt. Python's own would hold the name of this machine."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return {"Message-ID": f"<{row.message}@{host}>"}


def _refused(row: Dispatch, error: SMTPResponseException | SMTPRecipientsRefused) -> None:
    """For good, or not now: only such answers are counted, not that the server was away. Only the number is kept: the server's
    words may repeat the address."""
    if isinstance(error, SMTPRecipientsRefused):
        code = next((code for code, _words in error.recipients.values()), 550)
    else:
        code = error.smtp_code
    row.attempts += 1
    if 400 <= code < 500 and row.attempts < TRIES:
        _not_now(row, str(code))
    else:
        _note(row, refused_at=clock.now(), trouble=str(code))


def _not_now(row: Dispatch, trouble: str) -> None:
    """It did not leave, and goes later: after one minute, two, four, at most an hour."""
    logger.error("mail %s waits: %s", row.reference, trouble)
    pause = min(timedelta(minutes=2 ** max(row.attempts - 1, 0)), PAUSE)
    _note(row, claimed_at=None, due_at=clock.now() + pause, attempts=row.attempts, trouble=trouble)


def _note(row: Dispatch, **facts: datetime | str | int | None) -> None:
    """Only of this attempt: a clerk may have decided since, and another may be under way."""
    Dispatch.objects.filter(pk=row.pk, claimed_at=row.claimed_at, left_at=None).update(**facts)


def _close(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except (OSError, SMTPException):
        logger.warning("the mail server did not say good-bye")
