"""The roll leaves the house as a voter file only when two clerks agree: it holds addresses (procedure 5.5, mission R7)."""

from __future__ import annotations

from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.voting import export, queries
from hemicycle.voting.models import Vote, VoterFile
from hemicycle.voting.procedure import VOTER_FILE, FileState

act = gate(VOTER_FILE, queries.offices)


@act
def ask_voter_file(file: VoterFile, by: Actor) -> Facts:
    """Ask for the voter file of a secret vote that is not open yet. Raises `Unmet`."""
    vote = _exportable(file, "ask_voter_file")
    if vote.voter_files.filter(issue=vote.issue).exclude(state=FileState.REFUSED).exists():
        raise Unmet(
            Finding(_("The file of this roll was asked for already."), article="voting.ask_voter_file")
        )
    if not export.voter_file(vote).lines:
        raise Unmet(Finding(_("No voter of this roll has an address."), article="voting.ask_voter_file"))
    file.issue = vote.issue
    return Facts({"vote": vote.reference, "issue": vote.issue})


@act
def hand_out_voter_file(file: VoterFile, by: Actor) -> Facts:
    """The second clerk agrees: from now on the two can save the file, until the roll changes or the vote opens."""
    vote = _exportable(file, "hand_out_voter_file")
    if file.issue != vote.issue:
        raise Unmet(
            Finding(
                _("The roll was issued again since. Ask for the file of the new one."),
                article="voting.hand_out_voter_file",
            )
        )
    return Facts({"vote": vote.reference, "issue": vote.issue, "voters": len(export.voter_file(vote).lines)})


@act
def save_voter_file(file: VoterFile, by: Actor) -> Facts:
    """One of the two saves it: each time is an entry, and opens the address of the file for a few minutes."""
    vote = _exportable(file, "save_voter_file")
    if export.handed_out(vote, by) != file:
        raise Unmet(
            Finding(
                _("Only the two clerks who agreed save this file, and only while the roll is the same."),
                article="voting.save_voter_file",
            )
        )
    return Facts({"vote": vote.reference, "issue": vote.issue})


@act
def refuse_voter_file(file: VoterFile, by: Actor) -> Facts:
    """A clerk says no, or takes back what was asked."""
    return Facts({"vote": file.vote.reference})


def _exportable(file: VoterFile, act_name: str) -> Vote:
    """The vote, locked. Raises `Unmet` where somebody could vote twice."""
    vote = Vote.objects.select_for_update().get(pk=file.vote_id)
    if not export.is_exportable(vote):
        raise Unmet(
            Finding(
                _("Only the roll of a secret vote that is called and not open yet is handed out."),
                article=f"voting.{act_name}",
            )
        )
    return vote
