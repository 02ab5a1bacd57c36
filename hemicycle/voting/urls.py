"""Addresses of the ballot, and the desks of the two kinds of matter."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from hemicycle.record.actors import Actor
from hemicycle.web import desk
from hemicycle.web.desk import Desk, HoldersItem, Waiting, register, register_menu
from hemicycle.web.views import actor_of

from . import actions, clerks_forms, forms, offered, presentation, queries, second_clerk, views
from .models import DeskBallot, Vote, VoterFile
from .procedure import DESK, VOTE, VOTER_FILE

__all__ = ["actions", "urlpatterns"]


def _blank_vote(request: HttpRequest, act: str) -> Vote:
    """An unsaved vote. A subject, a body and a question may come with the link, so that a vote held elsewhere stands
    where it belongs. Body and question stand in the form and can be changed there; the subject is the link's alone.
    """
    given = {name: request.GET.get(name, "")[:2000] for name in ("question_en", "question_fr", "question_ru")}
    return Vote(subject=request.GET.get("subject", "")[:48], body=request.GET.get("body", "")[:32], **given)


def _blank_ballot(request: HttpRequest, act: str) -> DeskBallot:
    vote = queries.visible_to(actor_of(request)).filter(reference=request.GET.get("vote", "")).first()
    if vote is None:
        raise Http404
    return DeskBallot(vote=vote)


def _blank_file(request: HttpRequest, act: str) -> VoterFile:
    return VoterFile(vote=_blank_ballot(request, act).vote)


def _to_receipt(vote: Vote) -> str:
    return reverse("ballot_recorded", args=[vote.reference])


register(
    Desk(
        table=VOTE,
        model=Vote,
        visible=queries.visible_to,
        forms={
            "call_vote": forms.CallForm,
            "replace": forms.ReplaceForm,
            "reissue_roll": forms.ReissueForm,
            "open_vote": forms.OpenForm,
            "cast": forms.BallotForm,
            "change": forms.BallotForm,
            "ask_quorum": forms.PlainForm,
            "close": forms.CloseForm,
            "break_tie": forms.BreakTieForm,
            "annul": forms.AnnulForm,
            "record_elsewhere": forms.ElsewhereForm,
            "confirm_elsewhere": forms.ConfirmElsewhereForm,
        },
        title=lambda vote: vote.question,
        facts=presentation.vote_facts,
        due=presentation.vote_due,
        context=presentation.vote_context,
        template="voting/vote.html",
        blank=_blank_vote,
        after={"cast": _to_receipt, "change": _to_receipt},
        offers=offered.offers,
    ),
    Desk(
        table=DESK,
        model=DeskBallot,
        visible=queries.desk_ballots_visible_to,
        forms={"cast_at_desk": clerks_forms.DeskForm, "confirm_desk_ballot": clerks_forms.ConfirmDeskForm},
        title=lambda ballot: ballot.roll_entry.name,
        facts=presentation.desk_ballot_facts,
        blank=_blank_ballot,
    ),
    Desk(
        table=VOTER_FILE,
        model=VoterFile,
        visible=queries.voter_files_visible_to,
        forms={
            "ask_voter_file": clerks_forms.AskFileForm,
            "hand_out_voter_file": clerks_forms.HandOutForm,
            "save_voter_file": clerks_forms.SaveFileForm,
        },
        title=lambda file: file.vote.question,
        facts=presentation.voter_file_facts,
        context=presentation.voter_file_context,
        template="voting/voter_file.html",
        blank=_blank_file,
    ),
)
register_menu("assembly", HoldersItem(_("Votes"), "votes"))


def _waiting(actor: Actor) -> Iterable[Waiting]:
    """Ballots to cast; ties to break, entries and ballots at the desk to confirm for those who can."""
    for line in queries.open_to(actor):
        if not line.has_voted:
            url = reverse("ballot", args=[line.vote.reference])
            yield Waiting(
                _("Vote: %(question)s") % {"question": line.vote.question}, url, line.vote.closes_at
            )
    for vote in offered.ties_for(actor):
        yield Waiting(
            _("A tie waits for you: %(question)s") % {"question": vote.question}, desk.matter_url(vote)
        )
    for vote in second_clerk.entries_for(actor):
        yield Waiting(_("To be confirmed: %(question)s") % {"question": vote.question}, desk.matter_url(vote))
    for file in second_clerk.voter_files_for(actor):
        yield Waiting(
            _("Decide whether the voter file is handed out: %(question)s") % {"question": file.vote.question},
            desk.matter_url(file),
        )
    for ballot in second_clerk.desk_ballots_for(actor):
        yield Waiting(
            _("Confirm with the member the ballot given at the desk: %(name)s")
            % {"name": ballot.roll_entry.name},
            desk.matter_url(ballot),
            ballot.vote.closes_at,
        )


desk.waiting_lists.append(_waiting)

urlpatterns = [
    path("vote/", views.votes, name="votes"),
    path("vote/<str:reference>/", views.ballot, name="ballot"),
    path("vote/<str:reference>/roll.txt", views.roll_file, name="vote_roll_file"),
    path("vote/<str:reference>/check/", views.check, name="ballot_check"),
    path("vote/<str:reference>/cast/", views.cast, name="ballot_cast"),
    path("vote/<str:reference>/recorded/", views.recorded, name="ballot_recorded"),
    path("vote/<str:reference>/receipt.json", views.receipt_file, name="ballot_receipt"),
    path("vote/<str:reference>/turnout/", views.turnout, name="ballot_turnout"),
]
