"""Reading the record on, and sending what it says."""

from __future__ import annotations

from datetime import timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.models import Entry
from hemicycle.record.sealing import keystore
from hemicycle.voting.models import RollEntry, Vote
from hemicycle.voting.procedure import VoteState

from . import retention
from .forgetting import forget
from .models import Bookmark, Kind, Letter
from .recipients import BY_ACT, Told

BATCH = 500


def tick() -> int:
    """Write the letters that new entries and the hour call for, and forget whom an erased file leaves behind. Returns
    how many letters and persons."""
    return read_on() + warn_of_closing_votes() + retention.erase_due() + forget()


def read_on() -> int:
    """Read entries after the bookmark, write their letters, move the bookmark: all in one transaction, so that a
    fault in between tells nobody twice and forgets nobody."""
    written = 0
    while True:
        with transaction.atomic():
            mark, _created = Bookmark.objects.select_for_update().get_or_create(pk=1)
            entries = list(Entry.objects.filter(number__gt=mark.number).order_by("number")[:BATCH])
            if not entries:
                return written
            for entry in entries:
                for told in BY_ACT.get((entry.room, entry.act), ()):
                    written += sum(tell(person, told, entry) for person in set(told.who(entry)))
            mark.number = entries[-1].number
            mark.save()


def tell(person: int, told: Told, entry: Entry) -> int:
    """Write the letter of one row to one person, or none where the same still waits to be read. Returns 1 or 0."""
    about = told.about(entry)
    same = Letter.objects.filter(person_id=person, kind=told.kind, about=about, read_at__isnull=True)
    if not told.while_unread and same.exclude(entry=entry.number).exists():
        return 0
    return write(person, told.kind, about, entry.number)


def warn_of_closing_votes() -> int:
    """Tell everybody on the roll of an open vote who has not voted that it closes soon; once per closing time."""
    now = clock.now()
    hours = law.in_force().periods.vote_closing_warning_hours.value
    soon = Vote.objects.filter(
        state=VoteState.OPEN, closes_at__gt=now, closes_at__lte=now + timedelta(hours=hours), manner="written"
    )
    written = 0
    for vote in soon:
        waiting = RollEntry.objects.filter(vote=vote, has_voted=False, person__isnull=False)
        for person in waiting.values_list("person_id", flat=True):
            assert person is not None
            written += write(person, Kind.VOTE_CLOSING, vote.reference, 0)
    return written


def write(person: int, kind: Kind, about: str, entry: int) -> int:
    """Write one letter unless it stands already, and hand it to the worker. Returns 1 or 0."""
    letter, is_new = Letter.objects.get_or_create(
        person_id=person, kind=kind, about=about, entry=entry, defaults={"created_at": clock.now()}
    )
    if is_new and _address(letter.person):
        deliver.enqueue(letter.pk)
    return int(is_new)


@task()  # type: ignore[untyped-decorator]
def deliver(letter: int) -> None:
    """Send one mail that says nothing but that a message is there (procedure 1.5). The worker calls it."""
    row = Letter.objects.select_related("person").filter(pk=letter).first()  # erased with a file, it is gone
    address = _address(row.person) if row is not None and row.mailed_at is None else ""
    if row is None or not address:
        return
    subject, body = outside(row.person.language)
    send_mail(subject, body, None, [address])
    Letter.objects.filter(pk=letter).update(mailed_at=clock.now())


def _address(person: Person) -> str:
    """Where to write to; nowhere for whom an old copy of the database brought back after the erasure."""
    try:
        return str(person.email or "")
    except keystore.Destroyed:
        return ""


def outside(language: str) -> tuple[str, str]:
    """Subject and body of every mail, in the person's language: no sender's name, no content, no address."""
    with translation.override(language):
        return _("You have a message"), _("You have a message. Sign in where you usually do to read it.")
