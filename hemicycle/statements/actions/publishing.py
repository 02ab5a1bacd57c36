"""A statement is published when its consents, counted at that instant, reach the threshold; or it ends otherwise."""

from __future__ import annotations

from hemicycle.record import clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.forgetting import forget_salts
from hemicycle.record.log import keys
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.texts.actions import forget

from .. import queries, retention
from ..models import Amendment, Initiative, OpinionKind, Statement
from ..procedure import AmendmentState, StatementState
from .amending import drop_amendment
from .gates import act, initiative_act, unmet


@act
def publish(statement: Statement, by: Actor) -> Facts:
    """Counted here and now, with the participations locked: who is suspended or sits no more is not counted (E7).

    Raises `Unmet` with the arithmetic. What is published carries a detached signature over its manifest.
    """
    tallies = queries.tallies(statement, locked=True)
    short: list[Finding] = []
    for tally in tallies:
        if not tally.is_met:
            name = tally.group.shown_name if tally.group else ""
            short += (
                [Finding(N_("The group “%(group)s”:"), {"group": name}, "statements.publish")] if name else []
            )
            short += tally.findings()
    if short:
        raise Unmet(*short)
    counted = statement.consents.filter(mandate_id__in=queries.speaking(statement))
    counted.update(is_counted=True)
    signer = keys.statement_signer()
    line = signer.line(statement.manifest)
    statement.key, statement.note = str(signer.verifier), f"{statement.manifest}\n{line}"
    statement.published_at = clock.now()
    return Facts(
        {
            "digest": statement.digest,
            "signature": statement.signature,
            "key": statement.key,
            "scope": statement.scope,
            "groups": [row.reference for row in statement.groups.order_by("pk")],
            "consents": counted.count(),
            "needed": tallies[0].reckoned.needed if len(tallies) == 1 else None,
            "of": tallies[0].reckoned.base if len(tallies) == 1 else None,
            "dissents": statement.opinions.filter(kind=OpinionKind.DISSENT).count(),
            "separate": statement.opinions.filter(kind=OpinionKind.SEPARATE).count(),
        }
    )


@act
def withdraw_statement(statement: Statement, by: Actor) -> Facts:
    """By its last mover. The others leave first: nobody withdraws what others still move."""
    if queries.movers(statement).count() > 1:
        raise unmet(N_("Others move this statement too: leave the movers instead."), "withdraw_statement")
    _drop_amendments(statement, by)
    statement.ended_at = clock.now()
    return Facts()


def _drop_amendments(statement: Statement, by: Actor) -> None:
    for amendment in statement.amendments.filter(state__in=(AmendmentState.OPEN, AmendmentState.CARRIED)):
        drop_amendment(amendment, by)


@act
def lapse_statement(statement: Statement, by: Actor) -> Facts:
    """When the days for consent are over; a draft when the participation of its last mover has ended."""
    if statement.state == StatementState.DRAFT:
        if queries.movers(statement).exists():
            raise unmet(N_("The participation of a mover has not ended."), "lapse_statement")
        _drop_amendments(statement, by)
        statement.ended_at = clock.now()
        return Facts({"consents": 0})
    if statement.consent_until is None or clock.now() < statement.consent_until:
        raise unmet(N_("The time for consent is not over."), "lapse_statement")
    statement.ended_at = statement.consent_until
    return Facts({"consents": statement.consents.count()})


@act
def erase_statement(statement: Statement, by: Actor) -> Facts:
    """Every text of a statement that lapsed or was withdrawn, with its key; who consented goes too."""
    due = retention.due(statement)
    if due is None or clock.now() < due.at:
        raise unmet(N_("These texts are not yet to be erased."), "erase_statement")
    statement.versions.all().delete()
    statement.texts.all().delete()
    statement.opinions.all().delete()
    statement.consents.all().delete()
    for amendment in statement.amendments.all():
        amendment.votes.all().delete()
        amendment.passage = amendment.replacement = amendment.reasons = ""
        amendment.save(update_fields=["passage", "replacement", "reasons"])
    statement.erased_at = clock.now()
    amended = Amendment.objects.filter(statement=statement).values_list("reference", flat=True)
    forget(statement.reference)
    forget_salts([statement.reference, *amended], room="statements")
    erasure.destroy([statement.reference])
    return Facts({"due": due.at})


@initiative_act
def erase_initiative(initiative: Initiative, by: Actor) -> Facts:
    """The text of an initiative that was withdrawn, with its key."""
    due = retention.due(initiative)
    if due is None or clock.now() < due.at:
        raise unmet(N_("These texts are not yet to be erased."), "erase_initiative")
    initiative.text = ""
    initiative.backings.all().delete()
    initiative.erased_at = clock.now()
    forget(initiative.reference)
    forget_salts([initiative.reference])
    erasure.destroy([initiative.reference])
    return Facts({"due": due.at})
