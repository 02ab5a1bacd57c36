"""A late addition to the succession list (3.7): proposed, released by a second person, voted on alone, put last.

A reply or review that was still running when the list was proposed keeps that file open for the succession list. What
the list itself asks of a person is asked here again at every step: answers and files change.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop as N_

from hemicycle.assembly import queries as assembly
from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Manner, Vote
from hemicycle.voting.procedure import VoteState

from .. import queries
from ..models import Acceptance, Addition, List, Successor
from ..procedure import ADDITION, PROPOSERS, AdditionState
from .gates import act_on_addition, bureau_vote, check_person, unmet

D = AdditionState
QUESTIONS = {
    "en": "Does the Bureau approve the addition {reference} to the succession list of the list {list}?",
    "fr": "Le Bureau approuve-t-il l’ajout {reference} à la liste de succession de la liste {list}\u00a0?",
    "ru": "Утверждает ли Бюро дополнение {reference} к списку преемников списка {list}?",
}


def _check(addition: Addition, act_name: str) -> None:
    """Everything that must hold when a person is proposed, released and added. Raises `Unmet`."""
    list_, candidacy = addition.list, addition.candidacy
    if not queries.takes_additions(list_):
        raise unmet(
            N_("Only a list that the Bureau approved and whose term is not over takes an addition."), act_name
        )
    check_person(candidacy, list_.call_id, reserved=addition.for_reserve, act_name=act_name)
    stands = list_.seats.filter(candidacy=candidacy) or list_.successors.filter(candidacy=candidacy)
    if stands:
        raise unmet(N_("The person has a seat or a place on this list already."), act_name)
    if queries.not_met([candidacy.pk]):
        raise unmet(N_("The opinion on this person is “not met”: nobody is added late against it."), act_name)
    if not queries.came_late(list_).filter(pk=candidacy.pk).exists():
        raise unmet(
            N_(
                "Only a person whose reply or review was still running when the list was proposed can be added to its "
                "succession list."
            ),
            act_name,
        )
    if not queries.has_accepted(addition):
        raise unmet(N_("The person has not accepted."), act_name)
    length = queries.charter_of(list_).list.succession_length.value
    if queries.in_line(list_) >= length:
        raise unmet(N_("The succession list holds %(length)s people at most."), act_name, length=length)


def _check_proposer(addition: Addition, act_name: str) -> None:
    if not queries.addition_proposer_in_office(addition):
        raise unmet(
            N_(
                "This is the proposal of a President who has left office: the new one withdraws it and may propose anew."
            ),
            act_name,
        )


def _plain(addition: Addition) -> dict[str, object]:
    """The entry names the list and the order; the person only in the sealed matter (1.3)."""
    return {"list": addition.list.reference, "for_reserve": addition.for_reserve}


@act_on_addition
def propose_addition(
    addition: Addition, by: Actor, *, candidacy: Candidacy, for_reserve: bool = False
) -> Facts:
    """Propose one person for the last place of one of the two orders. `addition` is unsaved and names its list."""
    addition.candidacy, addition.for_reserve = candidacy, for_reserve
    addition.proposer = people.person_of(by)
    if not queries.offices(by, addition).intersection(PROPOSERS):  # an interest in this person (4.1)
        raise NotEmpowered(ADDITION, ADDITION.by_act["propose_addition"], by.offices)
    _check(addition, "propose_addition")
    if Addition.objects.filter(
        list=addition.list, candidacy=candidacy, state__in=(D.PROPOSED, D.BEFORE_BUREAU)
    ):
        raise unmet(N_("This addition is on its way already."), "propose_addition")
    return Facts(_plain(addition))


@act_on_addition
def release_addition(addition: Addition, by: Actor) -> Facts:
    """The second person lets the Bureau read the name."""
    allowed = queries.charter_of(addition.list).list.release_offices.value
    if not queries.offices(by, addition).intersection(allowed) or by.person == addition.proposer_id:
        raise NotEmpowered(ADDITION, ADDITION.by_act["release_addition"], by.offices)
    _check_proposer(addition, "release_addition")
    _lock(addition)
    _check(addition, "release_addition")
    addition.released_at = clock.now()
    return Facts(_plain(addition))


@act_on_addition
def withdraw_addition(addition: Addition, by: Actor) -> Facts:
    """Withdraw it. A vote that is under way on it is annulled by its own act first."""
    if queries.addition_undecided(addition):
        raise unmet(N_("A vote on this addition is under way."), "withdraw_addition")
    return Facts(_plain(addition))


@act_on_addition
def call_addition_vote(
    addition: Addition,
    by: Actor,
    *,
    manner: str = Manner.SITTING,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Facts:
    """Call the vote of the body that decides on lists, on exactly this addition; its roll is that of this instant."""
    _check_proposer(addition, "call_addition_vote")
    if queries.addition_undecided(addition):
        raise unmet(N_("A vote on this addition is under way."), "call_addition_vote")
    decided = queries.decision_on(addition)
    if decided is not None and decided.state != VoteState.VOID:
        raise unmet(
            N_("The Bureau has voted on this addition: %(vote)s"),
            "call_addition_vote",
            vote=decided.reference,
        )
    list_ = addition.list
    vote = bureau_vote(
        list_,
        QUESTIONS,
        {"reference": addition.reference, "list": list_.reference},
        subject=addition.reference,
        concerns=[list_.reference, *queries.subjects_of(addition.candidacy)],
        # One label for all three languages, without a name: a vote outlives a name that must go.
        pages=[{"label": addition.reference, "url": f"/proposals/additions/{addition.reference}/"}],
        manner=manner,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    voting.call_vote(vote, by, roll=assembly.roll_of(vote.body))
    return Facts({**_plain(addition), "vote": vote.reference})


def _decided(addition: Addition, act_name: str) -> Vote:
    if queries.addition_undecided(addition):
        raise unmet(N_("A vote on this addition is under way."), act_name)
    vote = queries.decision_on(addition)
    if vote is None:
        raise unmet(N_("The Bureau has not voted on this addition."), act_name)
    if vote.state == VoteState.VOID:
        raise unmet(N_("There was no quorum; vote again: %(votes)s"), act_name, votes=vote.reference)
    return vote


@act_on_addition
def add_successor(addition: Addition, by: Actor) -> Facts:
    """The vote on exactly this addition carried: the person stands last in the order, behind everybody in it."""
    vote = _decided(addition, "add_successor")
    if vote.state != VoteState.CARRIED:
        raise unmet(
            N_("The vote of the Bureau did not carry: %(votes)s"), "add_successor", votes=vote.reference
        )
    _check_proposer(addition, "add_successor")
    _lock(addition)
    _check(addition, "add_successor")
    rank = queries.last_rank(addition.list, for_reserve=addition.for_reserve) + 1
    Successor.objects.create(
        list=addition.list, rank=rank, candidacy=addition.candidacy, for_reserve=addition.for_reserve
    )
    addition.decided_at = clock.now()
    return Facts({**_plain(addition), "vote": vote.reference, "rank": rank})


@act_on_addition
def refuse_addition(addition: Addition, by: Actor) -> Facts:
    """The vote on this addition was lost."""
    vote = _decided(addition, "refuse_addition")
    if vote.state != VoteState.REJECTED:
        raise unmet(N_("The vote carried: %(vote)s"), "refuse_addition", vote=vote.reference)
    addition.decided_at = clock.now()
    return Facts({**_plain(addition), "vote": vote.reference})


def _lock(addition: Addition) -> None:
    """Nobody withdraws, and no rank is given, between the check and the act: in the order of the rooms."""
    list(Candidacy.objects.select_for_update().filter(pk=addition.candidacy_id))
    list(List.objects.select_for_update().filter(pk=addition.list_id))
    rows = Acceptance.objects.select_for_update().filter(candidacy=addition.candidacy_id)
    list(rows.filter(session=addition.list.session).order_by("pk"))
