"""How a person wants to be told, and what follows from it for a mail (procedure 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.people.models import Person
from hemicycle.record import law
from hemicycle.record.sealing import keystore
from hemicycle.rules import quiet
from hemicycle.rules.quiet import Rhythm, Wish

from .models import Channel, Preference

SENTENCE, WORD = "sentence", "word"
UTC = "UTC"


@dataclass(frozen=True)
class Wishes:
    """By what channel, in which words, and when. `zone_said`: empty where the zone is that of the seat, untold."""

    channel: str
    wording: str
    when: Wish
    zone_said: str = ""

    def goes_at(self, after: datetime, *, is_urgent: bool) -> datetime:
        """When a mail goes for what was written at `after`: a digest waits, a warning does not, and neither goes in quiet
        hours. The charter's minutes let a clerk read what goes; a warning does not wait for them."""
        if is_urgent:
            return quiet.goes_at(Wish(self.when.zone, quiet=self.when.quiet), after)
        return quiet.goes_at(
            self.when, after + timedelta(minutes=law.in_force().notices.outbox_minutes.value)
        )

    def may_go(self, at: datetime) -> datetime:
        """The first instant from `at` on that is not quiet: a mail that is late keeps the quiet hours too."""
        return quiet.goes_at(Wish(self.when.zone, quiet=self.when.quiet), at)


def of(person: Person) -> Wishes:
    """What the person said, or the charter for somebody who said nothing."""
    said = _said(person)
    charter = law.in_force()
    zone_said = said.get("zone", "")
    zone = zone_said or settings.TIME_ZONE
    hours = [time.fromisoformat(each) for each in said.get("quiet", ())]
    when = Wish(
        zone if zone in quiet.zones() else UTC,  # a zone that was abolished since
        Rhythm(said.get("rhythm", Rhythm.AT_ONCE)),
        said.get("hour", 8),
        said.get("weekday", 0),
        (hours[0], hours[1]) if hours else None,
    )
    channel, wording = (
        said.get("channel", charter.notices.channel.value),
        said.get("wording", charter.notices.wording.value),
    )
    return Wishes(channel, wording, when, zone_said if zone_said in quiet.zones() else "")


def keep(person: Person, said: dict[str, Any]) -> None:
    """Keep what a person says, in place of what was said before."""
    row = Preference.objects.filter(person=person).first() or Preference()
    row.person, row.wishes = person, said
    row.save()


def _said(person: Person) -> dict[str, Any]:
    """Nothing for whom an old copy of the database brought back after the erasure."""
    row = getattr(person, "preference", None)
    if row is None:
        return {}
    try:
        return dict(row.wishes)
    except keystore.Destroyed:
        return {"channel": Channel.NONE}


def outside(language: str, wording: str = SENTENCE) -> tuple[str, str]:
    """Subject and body of a mail, in the person's language: no sender's name, no content, no address."""
    with translation.override(language):
        if wording == WORD:
            word = pgettext("a whole mail", "Message")
            return word, word
        return _("You have a message"), _("You have a message. Sign in where you usually do to read it.")
