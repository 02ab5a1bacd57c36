"""Acts around a candidacy: slates, endorsements, counter-statements (articles 5.3, 5.4)."""

from __future__ import annotations

from hemicycle.record import clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries, retention
from ..models import Call, Candidacy, CounterStatement, Endorsement, Slate
from ..procedure import CORRECTED, COUNTER_STATEMENT, ENDORSEMENT, SLATE, WRITTEN, CallState, CandidacyState
from .writing import act as on_candidacy
from .writing import spoken

on_slate = gate(SLATE, queries.offices)
on_endorsement = gate(ENDORSEMENT, queries.offices)
on_counter_statement = gate(COUNTER_STATEMENT, queries.offices)


@on_slate
def present_slate(slate: Slate, by: Actor) -> Facts:
    """Present a slate while the call is open. It gives no right: everybody on it joins by an own act."""
    article = "candidacy.present_slate"
    if by.person is None or slate.presenter_id != by.person:
        raise Unmet(Finding(N_("A slate is presented by the person who signs for it."), {}, article))
    if not queries.charter_of(slate.call).stages.joint_slates.value:
        raise Unmet(Finding(N_("The charter in force knows no joint slates."), {}, article))
    if slate.call.standing(clock.now()) != CallState.OPEN:
        raise Unmet(Finding(N_("This call is not open."), {}, article))
    return Facts({"call": slate.call.reference})


@on_candidacy
def join_slate(candidacy: Candidacy, by: Actor, *, slate: str) -> Facts:
    """`slate` is the reference that the organisation handed to the person."""
    found = Slate.objects.filter(reference=slate.strip().upper(), call=candidacy.call_id).first()
    if found is None:
        raise Unmet(
            Finding(N_("There is no slate with this reference for this call."), {}, "candidacy.join_slate")
        )
    candidacy.slate = found
    return Facts({"slate": found.reference})


@on_candidacy
def leave_slate(candidacy: Candidacy, by: Actor) -> Facts:
    if candidacy.slate is None:
        raise Unmet(Finding(N_("You are on no slate."), {}, "candidacy.leave_slate"))
    left, candidacy.slate = candidacy.slate, None
    return Facts({"slate": left.reference})


@on_slate
def erase_slate(slate: Slate, by: Actor) -> Facts:
    """The words of an organisation on which nobody's file stands any more; that there was a slate is still counted."""
    due = retention.slate_due(slate)
    if due is None or clock.now() < due.at:
        raise Unmet(Finding(N_("This slate is not yet to be erased."), {}, "candidacy.erase_slate"))
    slate.organisation, slate.statement = "", ""
    forget_salts([slate.reference])
    erasure.destroy([slate.reference])
    return Facts({"call": slate.call.reference})


def _open_file(candidacy: Candidacy, article: str) -> None:
    if (
        candidacy.standing(clock.now()) not in (*WRITTEN, *CORRECTED)
        or candidacy.corrections_closed_at is not None
    ):
        raise Unmet(Finding(N_("Nothing can be added to this file any more."), {}, article))


@on_endorsement
def add_endorsement(endorsement: Endorsement, by: Actor) -> Facts:
    """Endorsements come in through the candidate, until the opinion (procedure 2.3)."""
    _open_file(endorsement.candidacy, "candidacy.add_endorsement")
    if not queries.charter_of(endorsement.candidacy.call).stages.endorsements.value:
        raise Unmet(
            Finding(N_("The charter in force knows no endorsements."), {}, "candidacy.add_endorsement")
        )
    return Facts({"candidacy": endorsement.candidacy.reference}, {"statement": endorsement.statement})


@on_endorsement
def remove_endorsement(endorsement: Endorsement, by: Actor) -> Facts:
    _open_file(endorsement.candidacy, "candidacy.remove_endorsement")
    return Facts({"candidacy": endorsement.candidacy.reference})


@on_candidacy
def agree_to_counter_statements(candidacy: Candidacy, by: Actor) -> Facts:
    """Nobody is asked about a candidate before the candidate agreed (procedure 2.3)."""
    if candidacy.counter_statements_agreed_at is not None:
        raise Unmet(Finding(N_("You have already agreed."), {}, "candidacy.agree_to_counter_statements"))
    candidacy.counter_statements_agreed_at = clock.now()
    return Facts()


@on_counter_statement
def invite_body(statement: CounterStatement, by: Actor) -> Facts:
    article = "candidacy.invite_body"
    candidacy = Candidacy.objects.select_for_update().select_related("call").get(pk=statement.candidacy_id)
    if not queries.charter_of(Call.objects.get(pk=candidacy.call_id)).stages.counter_statements.value:
        raise Unmet(Finding(N_("The charter in force knows no counter-statements."), {}, article))
    if candidacy.counter_statements_agreed_at is None:
        raise Unmet(Finding(N_("The candidate has not agreed that bodies are asked."), {}, article))
    _open_file(candidacy, article)
    if statement.invited_id == candidacy.person_id:
        raise Unmet(Finding(N_("The candidate does not speak for the body."), {}, article))
    if statement.due_at <= clock.now():
        raise Unmet(Finding(N_("Give a day to come."), {}, article))
    return Facts({"candidacy": candidacy.reference, "due": statement.due_at})


@on_counter_statement
def give_counter_statement(
    statement: CounterStatement, by: Actor, *, statement_text: str, language: str
) -> Facts:
    # The opinion closes the file under the same lock: one waits for the other here.
    candidacy = Candidacy.objects.select_for_update(of=("self",)).get(pk=statement.candidacy_id)
    if candidacy.state == CandidacyState.WITHDRAWN:
        raise Unmet(Finding(N_("This file is closed."), {}, "candidacy.give_counter_statement"))
    if candidacy.corrections_closed_at is not None:  # after the opinion nobody could answer it (2.3)
        message = N_("Nothing can be added to this file any more.")
        raise Unmet(Finding(message, {}, "candidacy.give_counter_statement"))
    statement.statement, statement.language, statement.given_at = statement_text, language, clock.now()
    return Facts({"candidacy": candidacy.reference}, {"statement": statement_text})


@on_counter_statement
def mark_controlled(statement: CounterStatement, by: Actor, *, reasons: str, language: str) -> Facts:
    """The mark stands beside whatever the body says, with its reasons: it is controlled by the persecuting state."""
    statement.is_controlled, statement.controlled_reasons = True, reasons
    statement.controlled_language = spoken(language, "mark_controlled")
    return Facts({}, {"reasons": reasons})


@on_counter_statement
def lapse_invitation(statement: CounterStatement, by: Actor) -> Facts:
    if clock.now() < statement.due_at:
        raise Unmet(Finding(N_("The time is not over."), {}, "candidacy.lapse_invitation"))
    return Facts({"due": statement.due_at})
