"""Hearings and meetings, from before the platform too: one clerk transcribes what the source says, another compares it (R18)."""

from __future__ import annotations

from datetime import date

from hemicycle.dialogue.models import Topic
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Publicity

from ..models import EarlierContact, Kind
from .common import SAY_SOURCE, contact_act, required, unmet


@contact_act
def transcribe(
    contact: EarlierContact,
    by: Actor,
    *,
    kind: str,
    from_day: date,
    body: str,
    title: str,
    summary: str,
    language: str,
    source: str,
    page: str = "",
    until_day: date | None = None,
    topic: Topic | None = None,
) -> Facts:
    """What a public source says of a contact, in the source's language; `contact` is unsaved, or waits and is mended. Raises
    `Unmet`: without a source, or for a day that has not come."""
    if kind not in Kind:
        raise unmet(N_("Say what it was: a hearing, a meeting, a visit or letters."), "transcribe")
    said = required(
        "transcribe",
        body=(body, N_("Name the committee or the body as it was called then.")),
        title=(title, N_("Give it a title.")),
        summary=(summary, N_("Say in short what was said.")),
        source=(source, SAY_SOURCE),
    )
    if max(from_day, until_day or from_day) > clock.today():
        raise unmet(N_("That day has not come yet: only what has taken place is transcribed."), "transcribe")
    if until_day is not None and until_day < from_day:
        raise unmet(N_("The last day comes before the first."), "transcribe")
    for name, text in said.items():
        setattr(contact, name, text)
    contact.kind, contact.language, contact.page, contact.topic = kind, language, page.strip(), topic
    contact.from_day, contact.until_day = from_day, until_day if until_day != from_day else None
    return Facts({"kind": kind, "from": from_day}, {"source": contact.source, "text": contact.summary})


@contact_act
def confirm_transcription(contact: EarlierContact, by: Actor) -> Facts:
    """A second clerk has read the source too: it is public, marked as transcribed."""
    contact.public_at = clock.now()
    return Facts({"kind": contact.kind, "from": contact.from_day}, {"text": contact.summary})


@contact_act
def withdraw_contact(contact: EarlierContact, by: Actor, *, reasons: str, language: str) -> Facts:
    """It does not stand as it was transcribed; the reasons stay in its place. Raises `Unmet` without any."""
    said = required("withdraw_contact", reasons=(reasons, N_("Give the reasons.")))
    contact.withdrawn_because, contact.withdrawn_language = said["reasons"], language
    # What was never public is withdrawn before the house alone.
    publicity = None if contact.public_at else Publicity.HOUSE
    return Facts(sealed={"reasons": said["reasons"]}, publicity=publicity)
