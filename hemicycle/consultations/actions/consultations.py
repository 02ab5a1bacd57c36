"""A consultation from its preparation to the publication of its result, by the Secretariat."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hemicycle.dialogue.models import Topic
from hemicycle.dialogue.procedure import TopicState
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import N_

from .. import queries, results
from ..models import Consultation, Proposition, Secret
from ._bound import on_consultation, unmet
from .propositions import seed


@on_consultation
def prepare(
    consultation: Consultation,
    by: Actor,
    *,
    topic: Topic,
    names: Mapping[str, str],
    explanations: Mapping[str, str],
    closes_at: datetime,
    seeds: Sequence[str],
    language: str,
    civil_society: bool = False,
) -> Facts:
    """Name, explanation and end, with the first propositions in one language; `consultation` is unsaved. Raises `Unmet`."""
    if topic.state != TopicState.OPEN:
        raise unmet(N_("The topic is closed: nothing new is begun under it."), "prepare")
    if any(not names.get(each, "").strip() or not explanations.get(each, "").strip() for each in LANGUAGES):
        raise unmet(N_("Name and explain the consultation in English, French and Russian."), "prepare")
    if civil_society and not law.in_force().consultations.civil_society.value:
        raise unmet(N_("The charter does not invite civil society to consultations."), "prepare")
    if not any(text.strip() for text in seeds):
        raise unmet(N_("Give at least one first proposition."), "prepare")
    _check_end(closes_at, "prepare")
    consultation.topic, consultation.civil_society, consultation.closes_at = topic, civil_society, closes_at
    for each in LANGUAGES:
        setattr(consultation, f"name_{each}", " ".join(names[each].split()))
        setattr(consultation, f"explanation_{each}", explanations[each].strip())
    consultation.charter = law.in_force().reference
    consultation.save()
    for text in filter(str.strip, seeds):
        seed(Proposition(consultation=consultation), by, text=text, language=language)
    return Facts({"topic": topic.reference, "closes_at": closes_at, "civil_society": civil_society})


@on_consultation
def open_consultation(consultation: Consultation, by: Actor) -> Facts:
    """Answers are taken from now on. Raises `Unmet` when it would be over before it begins."""
    _check_end(consultation.closes_at, "open_consultation")
    consultation.opened_at, consultation.charter = clock.now(), law.in_force().reference
    Secret.objects.create(consultation=consultation, text=secrets.token_hex(32))
    return Facts(
        {
            "topic": consultation.topic.reference,
            "closes_at": consultation.closes_at,
            "propositions": queries.admitted(consultation).count(),
        }
    )


@on_consultation
def extend(consultation: Consultation, by: Actor, *, closes_at: datetime) -> Facts:
    """More time for everybody, once, by no more days than the charter has; never less. Raises `Unmet`."""
    most = queries.charter_of(consultation).consultations.extend_days_at_most.value
    if consultation.was_extended:
        raise unmet(N_("The time was extended once already: its end stays."), "extend")
    if closes_at <= consultation.closes_at:
        raise unmet(N_("The new end is not later than the one that was announced."), "extend")
    if closes_at > consultation.closes_at + timedelta(days=most):
        raise unmet(
            N_("The time is extended by %(most)s days at most: give an earlier end."), "extend", most=most
        )
    before, consultation.closes_at = consultation.closes_at, closes_at
    consultation.was_extended = True
    return Facts({"before": before, "closes_at": closes_at})


@on_consultation
def publish_result(consultation: Consultation, by: Actor) -> Facts:
    """Everybody can read it. One clerk is enough: nothing in it is chosen by anybody, and once it has closed a consultation
    cannot be withdrawn, so that a second person could only hold it back. Nor can the first: the clock publishes it when the
    charter's days since the end are over (14.8). Raises `Unmet` for the clock before."""
    if by.is_clock and clock.now() < queries.publication_due(consultation):
        raise unmet(N_("The days for the publication are not over."), "publish_result")
    consultation.published_at = clock.now()
    return Facts({"digest": f"sha256:{results.digest(consultation.result)}"})


def _check_end(closes_at: datetime, act: str) -> None:
    if closes_at <= clock.now():
        raise unmet(N_("The end lies in the past: give a later one."), act)
