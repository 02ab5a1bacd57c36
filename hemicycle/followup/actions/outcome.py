"""That a proposal was carried out is said by one person, with evidence, and by another who has looked at it."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from ..models import Outcome, Proposal
from .common import SAY_SOURCE, act, end_open, required


@act
def claim_carried_out(proposal: Proposal, by: Actor, *, evidence: str, language: str, source: str) -> Facts:
    """What was done, in which law or act, and where anybody can read it. Nothing of it is public yet."""
    said = required(
        "claim_carried_out",
        evidence=(evidence, N_("Say what was done, and by which law or act.")),
        source=(source, SAY_SOURCE),
    )
    proposal.before_claim = proposal.state
    proposal.evidence, proposal.evidence_language = said["evidence"], language
    proposal.evidence_source = said["source"]
    return Facts(sealed=said)


@act
def confirm_carried_out(proposal: Proposal, by: Actor) -> Facts:
    """A second person has looked at the evidence: the proposal is carried out, and what was still awaited is not any more."""
    end_open(proposal, Outcome.CLOSED)
    proposal.carried_out_at = clock.now()
    return Facts(sealed={"evidence": proposal.evidence, "source": proposal.evidence_source})


@act
def drop_claim(proposal: Proposal, by: Actor) -> Facts:
    """The evidence does not bear it out: the proposal stands where it stood, and its times ran on."""
    back = proposal.before_claim
    proposal.before_claim = proposal.evidence = proposal.evidence_source = ""
    return Facts(to=back)
