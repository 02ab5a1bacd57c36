"""The gates of the room, and refusals that several acts share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.integrity import queries as integrity
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import gate
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.vetting import queries as vetting
from hemicycle.voting.models import Vote

from .. import queries
from ..models import Certificate, List
from ..procedure import ACCEPTANCE, ADDITION, LIST

act = gate(LIST, queries.offices)
act_on_acceptance = gate(ACCEPTANCE, queries.offices)
act_on_addition = gate(ADDITION, queries.offices)


def unmet(message: str, act_name: str, **params: object) -> Unmet:
    """The refusal of one rule, under the article of the act."""
    return Unmet(Finding(message, params, f"composition.{act_name}"))


def bureau_vote(list_: List, questions: Mapping[str, str], words: Mapping[str, object], **rest: Any) -> Vote:
    """An unsaved vote of the body that decides on lists; `words` fill its question in each language."""
    asked = {f"question_{code}": text.format(**words) for code, text in questions.items()}
    return Vote(**asked, body=queries.charter_of(list_).list.decided_by.value, **rest)


def check_person(candidacy: Candidacy, call: int, *, reserved: bool, act_name: str) -> None:
    """Raise `Unmet` where a person cannot be proposed, or not for the reserve."""
    if candidacy.call_id != call or not vetting.eligible(candidacy.call).filter(pk=candidacy.pk).exists():
        raise unmet(N_("This candidacy cannot be proposed."), act_name)
    if reserved and not candidacies.for_reserve(candidacy):
        raise unmet(N_("The person has not declared for the reserve; nobody else may."), act_name)


def check_free(by: Actor, subjects: Sequence[str], act_name: str) -> None:
    """Raise `Unmet` where a declared interest keeps the actor out of the discussion of a file (3.5)."""
    if integrity.recused(by.person, subjects):
        raise unmet(N_("You declared an interest in this person and take no part here."), act_name)


def give_reasons(list_: List, reasons: str, language: str, act_name: str) -> None:
    """Keep why a list was not approved, or came back. Raises `Unmet` where nothing is said."""
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), act_name)
    keep_reasons(list_, reasons, language)


def keep_reasons(list_: List, reasons: str, language: str) -> None:
    """The record keeps only a commitment; the words stand here, in their language (1.8)."""
    list_.decision_reasons, list_.decision_language = reasons.strip(), language


def check_proposer(list_: List, act_name: str) -> None:
    """Raise `Unmet` where the President whose proposal it was has left office (7.10)."""
    if not queries.proposer_in_office(list_):
        raise unmet(
            N_(
                "This is the proposal of a President who has left office: the new one adopts or withdraws it."
            ),
            act_name,
        )


def certify(list_: List) -> dict[str, object]:
    """Draw up and keep the certificate of a list as it stands. What the entry says of it: the commitment, and each rule
    beside the reserve with its verdict; a number only where the rule rests on public facts."""
    text = queries.canonical(queries.certificate_of(list_))
    kept = Certificate.objects.create(
        list=list_, text=text, digest=queries.commitment(text), made_at=clock.now()
    )
    limits: dict[str, object] = {}
    for one in queries.verdicts(list_):
        if one.code != queries.RESERVE:
            limits[one.code] = {
                "verdict": one.standing.value,
                **({"count": one.count} if one.is_public else {}),
            }
    lots = queries.lot_facts(list_)
    return {"commitment": kept.digest, "limits": limits, **({"lots": lots} if lots else {})}
