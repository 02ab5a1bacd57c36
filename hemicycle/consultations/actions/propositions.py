"""Propositions are added by whoever answers, and put to the others once the Secretariat has admitted them."""

from __future__ import annotations

from django.db.models import Max

from hemicycle.people import queries as people
from hemicycle.people.models import Language
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.texts.actions import forget

from .. import queries
from ..models import Consultation, Proposition
from ._bound import on_proposition, unmet

#: So many of one person wait at a time in one consultation. Codes are not told apart: together they have as many for each.
WAITING_AT_MOST = 10


@on_proposition
def seed(proposition: Proposition, by: Actor, *, text: str, language: str) -> Facts:
    """One of the first propositions, with the consultation. Raises `Unmet`."""
    _written(proposition, text, language, "seed")
    proposition.text, proposition.draft, proposition.decided_at = proposition.draft, "", clock.now()
    return Facts({"consultation": proposition.consultation.reference, "number": proposition.number})


@on_proposition
def propose(proposition: Proposition, by: Actor, *, text: str, language: str) -> Facts:
    """Somebody who may answer adds a proposition; nobody else sees it before it is admitted. Raises `Unmet`.

    `proposition` is unsaved and knows its consultation; of whoever has no account, `proposition.code` too.
    """
    consultation = _held(proposition)
    if not consultation.is_open:
        raise unmet(N_("The consultation is not open: no proposition is taken."), "propose")
    proposition.author = people.person_of(by) if by.person is not None else None
    waiting = consultation.propositions.filter(author=proposition.author, state="waiting").count()
    has_account = proposition.author is not None
    if waiting >= WAITING_AT_MOST * (1 if has_account else consultation.codes.count()):
        own = N_("%(n)d propositions of yours wait already. Wait until they are decided.")
        shared = N_("%(n)d propositions sent with codes wait already. Wait until they are decided.")
        raise unmet(own if has_account else shared, "propose", n=waiting)
    _written(proposition, text, language, "propose")
    return Facts({"consultation": consultation.reference, "number": proposition.number})


@on_proposition
def admit(proposition: Proposition, by: Actor) -> Facts:
    """It is put to everybody from now on; its text is public. Raises `Unmet` once the consultation is over."""
    if not _held(proposition).is_open:
        raise unmet(N_("The consultation is not open: no proposition is admitted any more."), "admit")
    proposition.text, proposition.draft, proposition.decided_at = proposition.draft, "", clock.now()
    return Facts({"consultation": proposition.consultation.reference, "number": proposition.number})


@on_proposition
def decline(proposition: Proposition, by: Actor, *, reason: str) -> Facts:
    """It is not put to anybody, for one reason of the rules of speech, which its author is told. Raises `Unmet`."""
    if reason not in {row.key for row in law.in_force().speech_reasons}:
        raise unmet(N_("Give one of the reasons of the rules of speech."), "decline")
    proposition.reason, proposition.decided_at = reason, clock.now()
    return Facts({"consultation": proposition.consultation.reference, "reason": reason})


@on_proposition
def take_back(proposition: Proposition, by: Actor) -> Facts:
    """Its author takes it back before it is decided; its words are gone."""
    proposition.draft, proposition.decided_at = "", clock.now()
    forget(proposition.reference)
    return Facts({"consultation": proposition.consultation.reference})


def _held(proposition: Proposition) -> Consultation:
    """The consultation, which nobody closes or adds to meanwhile."""
    held = Consultation.objects.select_for_update(of=("self",)).defer(*queries.HEAVY)
    proposition.consultation = held.get(pk=proposition.consultation_id)
    return proposition.consultation


def _written(proposition: Proposition, text: str, language: str, act: str) -> None:
    """Text, language and number."""
    most = law.in_force().consultations.statement_characters_at_most.value
    text = " ".join(text.split())
    if not text:
        raise unmet(N_("Write the proposition."), act)
    if len(text) > most:
        raise unmet(
            N_("A proposition has %(most)d characters at most; this one has %(n)d."),
            act,
            most=most,
            n=len(text),
        )
    if language not in Language.values:
        raise unmet(N_("Say in which language it is written."), act)
    rows = proposition.consultation.propositions
    if any(text.casefold() == row.text.casefold() for row in rows.filter(state="admitted")):
        raise unmet(N_("This proposition is there already."), act)
    proposition.draft, proposition.language = text, language
    proposition.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
