"""What the Bureau would change, and the list given back (7.4). No vote shows it: two clerks do, with the source."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.people.models import Language
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.voting.procedure import VoteState

from .. import queries
from ..models import Amendment, List, MemberAmendment
from .gates import act, check_free, check_person, give_reasons, unmet


@act
def amend(
    list_: List,
    by: Actor,
    *,
    number: int = 0,
    reasons: str = "",
    source: str,
    language: str = Language.ENGLISH,
    candidacy: Candidacy | None = None,
    reserved: bool = False,
    proposal: MemberAmendment | None = None,
) -> Facts:
    """Enter what the Bureau would change on a seat: another person, or nobody. It counts once a second person confirms
    the referral back, and changes nothing before the President makes it the proposal (7.4).

    `proposal`: a member's amendment that the Bureau took: seat, person and reasons are its own. What the Bureau decided
    is entered as it stands; the rules are asked of all its amendments together when they are adopted.
    """
    if proposal is not None:
        if proposal.list_id != list_.pk:
            raise unmet(N_("This amendment belongs to another list."), "amend")
        number, candidacy, reserved = proposal.number, proposal.candidacy, proposal.reserved
        reasons, language = proposal.reasons, proposal.language
    total = queries.charter_of(list_).seats.total.value
    if not 1 <= number <= total:
        raise unmet(N_("The charter has seats 1 to %(total)s."), "amend", total=total)
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), "amend")
    _check_source(source, "amend")
    if candidacy is not None:
        check_person(candidacy, list_.call_id, reserved=reserved, act_name="amend")
        check_free(by, queries.subjects_of(candidacy), "amend")
    Amendment.objects.update_or_create(
        list=list_,
        number=number,
        defaults={
            "candidacy": candidacy,
            "reserved": reserved,
            "reasons": reasons.strip(),
            "language": language,
            "source": source.strip(),
            "entered_by": people.person_of(by),
            "proposal": proposal,
        },
    )
    plain = {"number": number, "amendments": list_.amendments.count()}
    return Facts(plain, {"reasons": reasons, "source": source})


@act
def enter_referral(
    list_: List, by: Actor, *, reasons: str, source: str, language: str = Language.ENGLISH
) -> Facts:
    """Enter that the Bureau gave the list back, and the document that says so. Raises `Unmet` where it voted yes."""
    _check_no_vote(list_, "enter_referral")
    _check_source(source, "enter_referral")
    give_reasons(list_, reasons, language, "enter_referral")
    list_.decision_source = source.strip()
    return Facts({"amendments": list_.amendments.count()}, {"reasons": reasons, "source": source})


@act
def refer_back(list_: List, by: Actor) -> Facts:
    """A second person, with the source before him or her, confirms the referral and all amendments entered with it."""
    if list_.amendments.filter(entered_by=by.person).exists():
        raise unmet(N_("You entered an amendment: somebody else confirms it."), "refer_back")
    for amendment in list_.amendments.select_related("candidacy__person", "candidacy__slate"):
        if (
            amendment.candidacy is not None
        ):  # who comes in by it has no seat yet, so the list alone does not name the tie
            check_free(by, queries.subjects_of(amendment.candidacy), "refer_back")
    return Facts({"amendments": list_.amendments.count()})


@act
def drop_referral(list_: List, by: Actor) -> Facts:
    """The Bureau did not give the list back, or the entry is wrong: it is before the Bureau as it was."""
    list_.decision_reasons = list_.decision_source = ""
    return Facts({"amendments": list_.amendments.count()})


def _check_no_vote(list_: List, act_name: str) -> None:
    if queries.undecided(list_):
        raise unmet(N_("A vote on this list is under way."), act_name)
    votes = queries.bureau_votes(list_)
    if votes and all(vote.state == VoteState.CARRIED for vote in votes):
        raise unmet(N_("The Bureau’s vote carried: the list is approved, not referred back."), act_name)


def _check_source(source: str, act_name: str) -> None:
    if not source.strip():
        raise unmet(N_("Name the source document."), act_name)
