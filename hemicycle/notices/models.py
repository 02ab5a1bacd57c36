"""Letters to persons, and how far the record has been read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Person


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


class Letter(models.Model):
    """One thing told to one person. `about` is the reference of the matter; the text is made from `kind` when read.

    Unique by person, kind, matter and entry, so that reading the record twice tells nobody twice. `entry` is null
    for what time brings (a vote that closes soon).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    about = models.CharField(max_length=24)
    entry = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
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
