"""Letters to persons, how each wants to be told, the mails that say that there are letters, and how far the record has
been read."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.people.models import Person
from hemicycle.record import references
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON

from .procedure import DecisionState


class Kind(models.TextChoices):
    """What a letter says after sign-in. Outside it says nothing but that there is one."""

    REPLY_WANTED = "reply_wanted", _("Something waits for your reply")
    ANSWER_WANTED = "answer_wanted", _("Something waits for your answer")
    COMPLETION_WANTED = "completion_wanted", _("Your file was returned for completion")
    READING_WAITS = "reading_waits", _("A file waits for your reading")
    READERS_NAMED = "readers_named", _("People were named who read your file")
    REVIEW_WAITS = "review_waits", _("A review waits for you")
    VOTE_OPENED = "vote_opened", _("A vote is open")
    VOTE_CLOSING = "vote_closing", _("A vote closes soon")
    FILE_ADDED = "file_added", _("Something was added to your file")
    OUTCOME = "outcome", _("There is an outcome")
    MEASURE = "measure", _("A decision concerns you")
    COMPARED = "compared", _("Your name is compared with lists again")
    READ_AGAIN = "read_again", _("Your file is read again")
    ERASURE_WAITS = "erasure_waits", _("An erasure waits for your confirmation")
    ALARM = "alarm", _("Somebody was stopped from opening too many files")
    ACCOUNT = "account", _("Something happened to your account")
    DECISION_WANTED = "decision_wanted", _("Something waits for your decision")
    CONFIRMATION_WANTED = "confirmation_wanted", _("Something waits for a second person")
    QUESTION = "question", _("A question waits for your answer")
    ANSWERED = "answered", _("You have an answer")
    TIME_CHANGED = "time_changed", _("A time limit has changed")
    OVERDUE = "overdue", _("Something is overdue")
    CORRECTED = "corrected", _("A text was corrected")
    REVIEW_ASKED = "review_asked", _("A review of an answer was asked for")
    INVITED = "invited", _("You are invited to a private exchange")
    EXCHANGE = "exchange", _("A private exchange began or ended")
    AMENDMENT_OPEN = "amendment_open", _("An amendment is open for votes")
    CONSENT_ASKED = "consent_asked", _("A statement is final and open for consent")
    OPINION = "opinion", _("An opinion was given on a statement that you move")
    CONSENT_BACK = "consent_back", _("A consent was taken back")
    INITIATIVE = "initiative", _("A joint initiative waits for support")
    CONSULTATION_OPEN = "consultation_open", _("A consultation is open")
    REPORT_WANTED = "report_wanted", _("Something waits for your report")
    PROPOSAL = "proposal", _("Something happened to your proposal")


# What warns somebody of others' acts on the own account, or an officer of a mass read: it waits for no digest and no clerk.
URGENT = (Kind.ACCOUNT, Kind.ALARM)


class Channel(models.TextChoices):
    MAIL = "mail", _("By e-mail and here")
    APP = "app", _("Only here")
    NONE = "none", _("Nothing at all, until I look here myself")


class Preference(models.Model):
    """How somebody wants to be told, in one sealed column: hours and time zone say where a person is. Written and read by
    `wishes.py`; no row where nothing was said."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preference")
    wishes = SealedJSON()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def key_owner(self) -> str:
        return self.person.reference

    @property
    def sealed_row(self) -> str:
        return self.person.reference


class Stage(StrEnum):
    """Where a mail is on its way. No column: it follows from what has happened to it."""

    WAITING = "waiting"
    HELD = "held"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"
    LEFT = "left"

    @property
    def label(self) -> str:
        return str(STAGES[self])


STAGES = {
    Stage.WAITING: pgettext_lazy("mail", "waits for its time"),
    Stage.HELD: pgettext_lazy("mail", "held back"),
    Stage.SENDING: pgettext_lazy("mail", "being sent"),
    Stage.UNKNOWN: pgettext_lazy("mail", "it is not known whether it left"),
    Stage.SENT: pgettext_lazy("mail", "sent"),
    Stage.REFUSED: pgettext_lazy("mail", "refused by the mail server"),
    Stage.DROPPED: pgettext_lazy("mail", "not sent: all was read, or no mail is wanted or possible"),
    Stage.LEFT: pgettext_lazy("mail", "left as it is"),
}
LOST = timedelta(minutes=10)  # no mail server is waited for as long (settings.EMAIL_TIMEOUT)


def _reference() -> str:
    return references.new("MAIL")


def _token() -> str:
    return secrets.token_hex(16)


class Dispatch(models.Model):
    """One mail to one person, which says that letters are there: `letters`. It is a row before it is a mail.

    `claimed_at` is committed before the mail server is spoken to, `sent_at` after it said yes. In between nobody knows,
    and nothing is sent again but by a clerk (`Decision`). `message` names the mail to mail servers, the same at each
    attempt, so that a copy is known as one; it says nothing of person, number or host. `attempts`: how often the server
    said not now.
    """

    reference = models.CharField(max_length=24, unique=True, default=_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="dispatches")
    message = models.CharField(max_length=32, default=_token, editable=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    is_urgent = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    is_doubtful = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=48, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(claimed_at=None, sent_at=None, refused_at=None, dropped_at=None, left_at=None),
                name="mails_that_wait",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False, dropped_at=None, left_at=None),
                name="a_mail_is_claimed_before_it_is_sent",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def stage(self, at: datetime) -> Stage:
        """Where it is at an instant. Asks for its decisions, which a page reads beforehand for all."""
        for ended, stage in (
            (self.sent_at, Stage.SENT), (self.left_at, Stage.LEFT), (self.dropped_at, Stage.DROPPED),
            (self.refused_at, Stage.REFUSED),
        ):  # fmt: skip
            if ended is not None:
                return stage
        if self.claimed_at is not None:
            is_lost = self.is_doubtful or at >= self.claimed_at + LOST
            return Stage.UNKNOWN if is_lost else Stage.SENDING
        is_held = any(row.state == DecisionState.HELD for row in self.decisions.all())
        return Stage.HELD if is_held else Stage.WAITING


class Decision(Matter):
    """What a clerk decided on one mail: to hold it back and let it go, to send it again, to leave it. The reason is a code,
    so that no personal text is kept. Null once the mail was erased."""

    PREFIX = "MDEC"

    class Reason(models.TextChoices):
        ASKED = "asked", _("The person asked for it")
        DANGER = "danger", _("A mail may put the person in danger now")
        WRONG = "wrong", _("It may go to the wrong person")
        FAULT = "fault", _("Something is wrong with the mail or the mail server")

    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch"], condition=Q(state=DecisionState.HELD), name="a_mail_is_held_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.HELD) | ~Q(reason=""), name="who_holds_a_mail_says_why"
            ),
        ]


class Letter(models.Model):
    """One thing told to one person. `about` is the reference of the matter; the text is made from `kind` when read.

    Unique by person, kind, matter and entry, so that reading the record twice tells nobody twice. `entry` is null
    for what time brings (a vote that closes soon). `dispatch`: the mail that tells of it, if one does.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    about = models.CharField(max_length=24)
    entry = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "about", "entry"], name="nobody_is_told_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Bookmark(models.Model):
    """The last entry of the record that was read. One row."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
