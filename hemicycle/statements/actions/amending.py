"""Amendments: proposed on a version, voted on openly, taken in by a mover."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.instruments.passages import canonical
from hemicycle.mandates import queries as mandates
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules import consent as rules
from hemicycle.rules.findings import N_, Unmet

from .. import queries
from ..models import Amendment, AmendmentVote, Choice, Statement
from ..procedure import AmendmentState, StatementState
from .drafting import add_version
from .gates import amendment_act, own, unmet, written

A = AmendmentState
#: An amendment holds the final text up while it is voted on; those that led to nothing count, so that nobody does so for ever.
UNCARRIED = (A.OPEN, A.REJECTED, A.WITHDRAWN)


@amendment_act
def propose_amendment(
    amendment: Amendment, by: Actor, *, passage: str, replacement: str, reasons: str
) -> Facts:
    """A passage of the latest version is to read otherwise; an empty replacement strikes it out. Raises `Unmet`.

    `amendment` is unsaved, with its statement. The vote is open for the days that the charter gives.
    """
    statement = Statement.objects.select_for_update().get(pk=amendment.statement_id)
    if statement.state != StatementState.DRAFT:
        raise unmet(N_("Only a draft can be amended."), "propose_amendment")
    latest = statement.versions.last()
    passage, replacement = canonical(passage).strip(), canonical(replacement).strip()
    if latest is None or not passage or str(latest.text).count(passage) != 1:
        raise unmet(
            N_(
                "Copy a passage of the latest version that stands there exactly once; make it longer if need be."
            ),
            "propose_amendment",
        )
    mandate = own(by, "propose_amendment")
    most = law.by_reference(statement.charter).statements.uncarried_amendments_at_most.value
    if statement.amendments.filter(mandate=mandate, state__in=UNCARRIED).count() >= most:
        raise unmet(
            N_(
                "You have %(most)s amendments to this statement that are open, were rejected or were withdrawn: no more are taken."
            ),
            "propose_amendment",
            most=most,
        )
    if passage == replacement:
        raise unmet(N_("The passage would read as before."), "propose_amendment")
    written(str(latest.text).replace(passage, replacement), "propose_amendment")  # what is left is a text
    amendment.mandate = mandate
    amendment.passage, amendment.replacement, amendment.reasons = passage, replacement, reasons.strip()
    amendment.number, amendment.language = latest.number, statement.language
    days = law.by_reference(statement.charter).statements.amendment_days.value
    amendment.closes_at = clock.now() + timedelta(days=days)
    return Facts(
        {
            "statement": statement.reference,
            "number": latest.number,
            "mandate": amendment.mandate.reference,
            "closes_at": amendment.closes_at,
        },
        {"passage": passage, "replacement": replacement, "reasons": amendment.reasons},
    )


@amendment_act
def vote_on_amendment(amendment: Amendment, by: Actor, *, choice: str) -> Facts:
    """Each participant who sits votes openly; a later vote takes the place of the earlier one. Raises `Unmet`."""
    if choice not in Choice.values:
        raise unmet(N_("Choose how you vote."), "vote_on_amendment")
    if clock.now() >= amendment.closes_at:
        raise unmet(N_("The time for votes is over."), "vote_on_amendment")
    mandate = own(by, "vote_on_amendment", alone=True)
    values = {"choice": choice, "at": clock.now()}
    AmendmentVote.objects.update_or_create(amendment=amendment, mandate=mandate, defaults=values)
    return Facts({"mandate": mandate.reference, "choice": choice})


@amendment_act
def close_amendment(amendment: Amendment, by: Actor) -> Facts:
    """When the time is over, or everybody who sits has voted: carried by more than the charter's share of the votes cast."""
    voted = set(amendment.votes.values_list("mandate_id", flat=True))
    if clock.now() < amendment.closes_at and any(row.pk not in voted for row in mandates.sitting()):
        raise unmet(N_("Not everybody has voted, and the time for votes is not over."), "close_amendment")
    votes = queries.votes_of(amendment)
    share = law.by_reference(amendment.statement.charter).statements.amendments_pass.value
    carried = rules.carries(votes["for"], votes["against"], share)
    return Facts({**votes, "share": share}, to=A.CARRIED if carried else A.REJECTED)


@amendment_act
def take_in(amendment: Amendment, by: Actor) -> Facts:
    """A mover takes a carried amendment in as a new version; where a later version has left no such passage, or no
    text would be left, it is written down that it was overtaken."""
    statement = Statement.objects.select_for_update().get(pk=amendment.statement_id)
    text = queries.latest_text(statement)
    if text.count(amendment.passage) != 1:
        return Facts({"statement": statement.reference}, to=A.OVERTAKEN)
    new = text.replace(amendment.passage, amendment.replacement)
    try:
        written(new, "take_in")
    except (
        Unmet
    ):  # other amendments have left too little or too much: this one must not hold the statement up for ever
        return Facts({"statement": statement.reference}, to=A.OVERTAKEN)
    told, _sealed = add_version(statement, own(by, "take_in"), new, "take_in", amendment.reference)
    statement.version += 1  # a form with the text from before would undo what was carried
    statement.save(update_fields=["version"])
    return Facts({"statement": statement.reference, **told}, to=A.TAKEN_IN)


@amendment_act
def withdraw_amendment(amendment: Amendment, by: Actor) -> Facts:
    return Facts()


@amendment_act
def drop_amendment(amendment: Amendment, by: Actor) -> Facts:
    """Within the withdrawal of its statement."""
    return Facts()
