"""What members of the Bureau say of a list before them: objections and amendments, with reasons (7.4)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.people.models import Language
from hemicycle.record import clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import Unmet

from .. import queries
from ..models import Alternative, List, MemberAmendment, Objection, Seat
from ..procedure import ListState
from .gates import act, check_free, check_person, unmet

ALTERNATIVES = 3


@act
def object(
    list_: List, by: Actor, *, reasons: str, number: int | None = None, language: str = Language.ENGLISH
) -> Facts:
    """Object to the list, or to who stands on one seat of it. Decides nothing: the Bureau does, by its vote."""
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), "object")
    seat = list_.seats.filter(number=number).first() if number is not None else None
    if number is not None and seat is None:
        raise unmet(N_("Nobody sits there."), "object")
    Objection.objects.create(
        list=list_,
        number=number,
        candidacy=seat.candidacy if seat is not None else None,
        reasons=reasons.strip(),
        language=language,
        made_by=people.person_of(by),
        made_at=clock.now(),
    )
    return Facts({"objections": queries.objections(list_).count()}, {"reasons": reasons})


@act
def withdraw_objection(list_: List, by: Actor, *, objection: Objection) -> Facts:
    """Take an objection back; only its author may. That there was one stays in the record, its words do not."""
    _check_own(objection, list_, by, "withdraw_objection")
    if objection.candidacy is None:
        erasure.destroy([objection.key_owner])
    objection.delete()
    return Facts({"objections": queries.objections(list_).count()})


@act
def propose_amendment(
    list_: List,
    by: Actor,
    *,
    number: int,
    reasons: str,
    language: str = Language.ENGLISH,
    candidacy: Candidacy | None = None,
    reserved: bool = False,
) -> Facts:
    """Propose another person for a seat, or nobody. Raises `Unmet` where the list with it would break a rule, by name,
    number and article. It takes effect only when the President makes it the proposal (7.4)."""
    total = queries.charter_of(list_).seats.total.value
    if not 1 <= number <= total:
        raise unmet(N_("The charter has seats 1 to %(total)s."), "propose_amendment", total=total)
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), "propose_amendment")
    stands = list_.seats.filter(number=number).select_related("candidacy").first()
    if queries.member_amendments(list_).filter(number=number, proposed_by=by.person).exists():
        raise unmet(
            N_("You proposed an amendment of this seat already: withdraw it first."), "propose_amendment"
        )
    reserved = reserved and candidacy is not None
    _check_change(list_, by, stands, candidacy, reserved)
    found = queries.broken_by(list_, {number: (candidacy, reserved)})
    if found:
        raise Unmet(*found)
    MemberAmendment.objects.create(
        list=list_,
        number=number,
        candidacy=candidacy,
        stood=stands.candidacy if stands is not None else None,
        reserved=reserved,
        reasons=reasons.strip(),
        language=language,
        proposed_by=people.person_of(by),
        proposed_at=clock.now(),
    )
    return Facts(
        {"number": number, "proposed": queries.member_amendments(list_).count()}, {"reasons": reasons}
    )


def _check_change(
    list_: List, by: Actor, stands: Seat | None, candidacy: Candidacy | None, reserved: bool
) -> None:
    """Raise `Unmet` where nothing would change, the person has a seat already, or cannot be proposed."""
    name = "propose_amendment"
    if candidacy is None:
        if stands is None:
            raise unmet(N_("Nobody sits there."), name)
        return
    if stands is not None and stands.candidacy_id == candidacy.pk and stands.reserved == reserved:
        raise unmet(N_("This changes nothing."), name)
    other = list_.seats.filter(candidacy=candidacy).first()
    if other is not None and other != stands:
        raise unmet(N_("The person has a seat on this list: %(number)s."), name, number=other.number)
    check_person(candidacy, list_.call_id, reserved=reserved, act_name=name)
    check_free(by, queries.subjects_of(candidacy), name)
    if queries.acceptance_of(candidacy, list_.session, reserved=reserved) is None:
        # Only who accepted has agreed that the name goes to the Bureau (7.2).
        raise unmet(N_("The person has not accepted."), name)


@act
def withdraw_amendment(list_: List, by: Actor, *, proposal: MemberAmendment) -> Facts:
    """Take an amendment back; only its author may."""
    _check_own(proposal, list_, by, "withdraw_amendment")
    if proposal.entered.exists():
        raise unmet(N_("This amendment was entered as the Bureau’s own."), "withdraw_amendment")
    proposal.delete()
    return Facts({"proposed": queries.member_amendments(list_).count()})


def _check_own(row: Objection | MemberAmendment, list_: List, by: Actor, act_name: str) -> None:
    author = row.made_by_id if isinstance(row, Objection) else row.proposed_by_id
    if row.list_id != list_.pk or author != by.person:
        raise unmet(N_("Only its author withdraws it."), act_name)


@act
def attach_alternatives(list_: List, by: Actor, *, drafts: Sequence[List]) -> Facts:
    """Let the Bureau see what else was considered: drafts of one's own, as numbers of this day. None takes all away."""
    if len(drafts) > ALTERNATIVES:
        raise unmet(N_("Three alternatives at most."), "attach_alternatives")
    for draft in drafts:
        same = (draft.session_id, draft.call_id) == (list_.session_id, list_.call_id)
        if not same or draft.state != ListState.DRAFT or draft.proposer_id != list_.proposer_id:
            raise unmet(
                N_("Only drafts of the same President for the same session are shown."), "attach_alternatives"
            )
        check_free(by, queries.concerned_by(draft), "attach_alternatives")
    list_.alternatives.all().delete()
    Alternative.objects.bulk_create(
        Alternative(list=list_, rank=rank, numbers=queries.beside(list_, draft))
        for rank, draft in enumerate(drafts, 1)
    )
    return Facts({"alternatives": len(drafts)})
