"""Reading the record on and writing letters; and what a clerk decides on a mail (the table is in `procedure.py`)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.models import Entry
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.voting.models import RollEntry, Vote
from hemicycle.voting.procedure import VoteState

from . import outbox, queries, retention, wishes
from .forgetting import forget
from .models import Bookmark, Decision, Dispatch, Kind, Letter, Stage
from .procedure import DECISION
from .recipients import BY_ACT, Told

BATCH = 500
act = gate(DECISION, queries.offices)


def tick() -> int:
    """Write the letters that new entries and the hour call for, let the worker send the mails that are due, and forget whom
    an erased file leaves behind. Returns how many letters and persons."""
    outbox.hand_over()
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
                    written += sum(tell(person, told, entry) for person in told.persons(entry))
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
    """Write one letter unless it stands already, with the mail that tells of it. Returns 1 or 0."""
    with transaction.atomic():
        letter, is_new = Letter.objects.get_or_create(
            person_id=person, kind=kind, about=about, entry=entry, defaults={"created_at": clock.now()}
        )
        if is_new:
            outbox.post(letter)
    return int(is_new)


@act
def hold_back(decision: Decision, by: Actor, *, reason: str) -> Facts:
    """Keep a mail that has not left from leaving; its letters stand in the house all the same."""
    mail = _mail(decision, "hold_back", Stage.WAITING)
    if mail.is_urgent:  # else one clerk alone could silence the warning of what clerks do to an account
        raise Unmet(
            Finding(N_("This mail may warn its person, and is not held back."), {}, "notices.hold_back")
        )
    decision.reason = Decision.Reason(reason)
    return Facts({"mail": mail.reference, "reason": reason})


@act
def let_go(decision: Decision, by: Actor) -> Facts:
    """The mail goes as its person wishes, as if it were written now."""
    mail = decision.dispatch
    if mail is None:  # its letters were erased meanwhile
        return Facts()
    mail.due_at = wishes.of(mail.person).goes_at(clock.now(), is_urgent=mail.is_urgent)
    mail.save(update_fields=["due_at"])
    return Facts({"mail": mail.reference})


@act
def send_again(decision: Decision, by: Actor) -> Facts:
    """Somebody looked at a mail that was refused, or of which nobody knows, and wants it sent, be it a second time."""
    mail = _mail(decision, "send_again", Stage.UNKNOWN, Stage.REFUSED)
    mail.claimed_at = mail.refused_at = None
    mail.is_doubtful, mail.attempts, mail.trouble = False, 0, ""
    mail.due_at = wishes.of(mail.person).may_go(clock.now())
    mail.save()
    return Facts({"mail": mail.reference})


@act
def leave_unsent(decision: Decision, by: Actor) -> Facts:
    """It is not sent, or not a second time; its letters stand in the house all the same."""
    mail = _mail(decision, "leave_unsent", Stage.UNKNOWN, Stage.REFUSED)
    mail.left_at = clock.now()
    mail.save(update_fields=["left_at"])
    return Facts({"mail": mail.reference})


def _mail(decision: Decision, name: str, *stages: Stage) -> Dispatch:
    """The mail that is decided on, locked, or a refusal where it is not, or not any more, at one of these stages."""
    found = Dispatch.objects.select_for_update(of=("self",)).filter(pk=decision.dispatch_id or 0).first()
    article = f"notices.{name}"
    if found is None:
        raise Unmet(Finding(N_("There is no such mail. Choose one on the page of the mails."), {}, article))
    if found.stage(clock.now()) not in stages:
        raise Unmet(
            Finding(
                N_("This is not possible any more. Look at the mail again on the page of the mails."),
                {},
                article,
            )
        )
    decision.dispatch = found
    return found
