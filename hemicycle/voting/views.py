"""The ballot: one screen, a choice, a check, and a clear answer. Lists of votes. Everything works without
script.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.record.log import receipts
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Refused
from hemicycle.web import desk, findings, signing
from hemicycle.web.middleware import refusal
from hemicycle.web.parts import Cell, Row
from hemicycle.web.views import actor_of

from . import actions, export, presentation, queries
from .forms import BallotForm
from .models import Choice, RollEntry, Vote
from .procedure import VOTE, VoteState

ACTS: dict[str, acts.BoundAct[Any, Any]] = {"cast": actions.cast, "change": actions.change}


@require_GET
def votes(request: HttpRequest) -> HttpResponse:
    """Every vote that the actor may see, those that are open first."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    at = clock.now()
    mine = {line.vote_id: line for line in queries.open_to(actor, at)}
    found = sorted(queries.visible_to(actor)[:200], key=lambda vote: vote.pk not in mine)
    rows = [_row(vote, mine.get(vote.pk), vote.standing(at)) for vote in found]
    context = {
        "title": _("Votes"),
        "columns": [_("Question"), _("State"), _("Closes"), _("Your ballot")],
        "rows": rows,
        "empty": _("There is no vote that you may see."),
        "actions": presentation.beginnings(actor),
    }
    return render(request, "web/list.html", context)


def _row(vote: Vote, line: RollEntry | None, state: str) -> Row:
    own = ""
    if line is not None:
        own = pgettext("ballot", "recorded") if line.has_voted else pgettext("ballot", "not yet")
    url = reverse("ballot", args=[vote.reference]) if line is not None else desk.matter_url(vote)
    return Row(
        [
            Cell(vote.question, url=url),
            Cell(state_label=VOTE.state_title(state), state_kind=presentation.state_kind(state)),
            Cell(presentation.moment(vote.closes_at)),
            Cell(own),
        ]
    )


def _of_a_vote(view: Callable[[HttpRequest, Actor, Vote], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that somebody signed in reads of one vote: its actor, and the vote if that person may see it."""

    @wraps(view)
    def answer(request: HttpRequest, reference: str) -> HttpResponse:
        actor = actor_of(request)
        if actor.person is None:
            return redirect_to_login(request.get_full_path())
        return view(request, actor, _vote(actor, reference))

    return never_cache(require_GET(answer))


@_of_a_vote
def ballot(request: HttpRequest, actor: Actor, vote: Vote) -> HttpResponse:
    """One screen: question, rule, closing time, a page per person, and the three choices."""
    return render(request, "voting/ballot.html", presentation.ballot_context(vote, actor))


@_of_a_vote
def roll_file(request: HttpRequest, actor: Actor, vote: Vote) -> HttpResponse:
    """The frozen roll of a secret vote as a voter file of Belenios, for the two clerks who agreed to hand it out, once they
    have signed for it."""
    if not export.was_just_saved(vote, actor):
        raise Http404
    lines = export.voter_file(vote).lines
    response = HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{vote.reference}.txt"'
    return response


@never_cache
@require_POST
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the choice once more. Nothing is recorded yet; the choice never stands in an address."""
    actor = actor_of(request)
    if actor.person is None:
        return _signed_out(request, reference)
    vote = _vote(actor, reference)
    context = presentation.ballot_context(vote, actor)
    choice = request.POST.get("choice", "")
    if not context["may_vote"]:
        return HttpResponseRedirect(reverse("ballot", args=[reference]))
    if choice not in Choice.values:
        context["findings"] = [_("Choose one of the three, then continue.")]
        return render(request, "voting/ballot.html", context, status=422)
    form = BallotForm(matter=vote, by=actor, initial={"choice": choice, "issue": vote.issue})
    sent = {name: form[name].value() for name in ("choice", "issue", "once")}
    return _check_page(request, vote, actor, context["act"], sent)


def _check_page(
    request: HttpRequest, vote: Vote, actor: Actor, act: str, sent: dict[str, Any], problem: str = ""
) -> HttpResponse:
    """The choice once more, and the button that signs and records it in one."""
    context = presentation.ballot_context(vote, actor) | {
        "act": act,
        "sent": sent,
        "choice_label": Choice(sent["choice"]).label,
        "findings": [problem] if problem else [],
        "signing": signing.asked(request, _statement(vote, act, sent)),
    }
    return render(request, "voting/check.html", context, status=422 if problem else 200)


def _statement(vote: Vote, act: str, sent: dict[str, Any]) -> signing.Statement:
    """What the voter signs: in a secret vote the vote and its roll, never the choice (procedure 5.5)."""
    said = {"issue": sent["issue"], **({} if vote.is_secret else {"choice": sent["choice"]})}
    return signing.statement(ACTS[act], vote, said, seen=None, once=sent["once"])


@never_cache
@require_POST
def cast(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the ballot, or say clearly that nothing was recorded and what to do."""
    actor = actor_of(request)
    if actor.person is None:
        return _signed_out(request, reference)
    vote = _vote(actor, reference)
    form = BallotForm(request.POST, matter=vote, by=actor)
    if not form.is_valid():
        text = _("The form was incomplete. Choose again.")
        return _not_received(request, vote, text, status=422)
    act = "change" if request.POST.get("act") == "change" else "cast"
    try:
        signed = signing.verified(request, _statement(vote, act, form.cleaned_data))
    except signing.NotSigned as error:
        signed = None
        if not acts.is_recorded(form.cleaned_data["once"]) and _may_cast(act, vote, actor):
            problem = error.problem or _("Your ballot was not signed, so nothing is recorded. Sign it.")
            return _check_page(request, vote, actor, act, form.cleaned_data, problem)
    with signing.using(request, signed) as spend:
        sent = acts.submission(form.cleaned_data["once"], None, signed, spend)
        return _record(request, vote, actor, act, form, sent)


def _may_cast(act: str, vote: Vote, actor: Actor) -> bool:
    """Whether it is worth a signature; if not, the gate's own refusal answers."""
    try:
        acts.decide(ACTS[act], vote, actor)
    except Refused:
        return False
    return True


def _record(
    request: HttpRequest,
    vote: Vote,
    actor: Actor,
    act: str,
    form: BallotForm,
    sent: AbstractContextManager[None],
) -> HttpResponse:
    """Take the act, or answer its refusal."""
    reference = vote.reference
    try:
        with sent:
            ACTS[act](vote, actor, choice=form.cleaned_data["choice"], issue=form.cleaned_data["issue"])
    except acts.AlreadyRecorded as error:
        if (error.entry.actor, error.entry.matter) != (actor.reference, vote.reference):
            return _not_received(request, vote, _("The form was not yours. Choose again."), status=409)
    except Unmet as error:
        return _not_received(request, vote, " ".join(findings.texts(error)), status=422)
    except NotEmpowered:
        return _not_received(request, vote, _("You are not among those who may vote here."), status=403)
    except OutOfOrder:
        return _not_received(request, vote, _late(vote), status=409)
    except Refused as error:
        return _not_received(request, vote, refusal(request, error)[1], status=error.status)
    except OperationalError:
        # The database did not answer in time; the transaction is rolled back, so nothing is half done.
        return _not_received(request, vote, _("The server is very busy. Try again now."), status=503)
    return HttpResponseRedirect(reverse("ballot_recorded", args=[reference]))


def _late(vote: Vote) -> str:
    vote.refresh_from_db()
    if vote.standing(clock.now()) == VoteState.CALLED:
        return _("The vote is not open yet.")
    if vote.state == VoteState.ANNULLED:
        return _("This vote was annulled.")
    return _("The vote was closed when your ballot arrived: %(moment)s.") % {
        "moment": presentation.moment(vote.closed_at or vote.closes_at)
    }


@_of_a_vote
def recorded(request: HttpRequest, actor: Actor, vote: Vote) -> HttpResponse:
    """The receipt: that a ballot is recorded, when, and under which number of the record."""
    line = queries.line_of(vote, actor)
    if line is None or not line.has_voted:
        return _not_received(request, vote, _("There is no ballot of yours in this vote."), status=404)
    context = presentation.ballot_context(vote, actor) | {"entry": _last_ballot(vote.reference, actor)}
    return render(request, "voting/recorded.html", context)


def _last_ballot(vote: str, actor: Actor) -> Entry | None:
    entries = Entry.objects.filter(matter=vote, actor=actor.reference, act__in=["cast", "change"]).order_by(
        "-number"
    )
    return entries.select_related("leaf__position").first()


@never_cache
@require_GET
def receipt_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt as a file that can be checked without this server: of a secret vote it proves participation only. Only
    the own entry is asked for, and not the vote: six hundred ask at once."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    entry = _last_ballot(reference, actor)
    if entry is None:
        raise Http404
    response = HttpResponse(receipts.full(entry), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="receipt.json"'
    return response


@_of_a_vote
def turnout(request: HttpRequest, actor: Actor, vote: Vote) -> HttpResponse:
    """The live turnout, as a part for htmx or a small page by itself. Status 286 tells htmx to stop
    asking.
    """
    context = presentation.turnout_context(vote)
    if not request.headers.get("HX-Request"):
        return render(request, "voting/turnout_page.html", context)
    running = vote.standing(clock.now()) in (VoteState.CALLED, VoteState.OPEN)
    return render(request, "voting/_turnout.html", context, status=200 if running else 286)


def _vote(actor: Actor, reference: str) -> Vote:
    """The vote for whoever stands on its roll, else as `visible_to` has it; asked in this order for the many."""
    found = Vote.objects.filter(reference=reference, roll__person=actor.person).first()
    vote = found or queries.visible_to(actor).filter(reference=reference).first()
    if vote is None:
        raise Http404
    return vote


def _not_received(request: HttpRequest, vote: Vote, reason: str, status: int) -> HttpResponse:
    context = {"title": _("Not received"), "vote": vote, "reason": reason}
    return render(request, "voting/not_received.html", context, status=status)


def _signed_out(request: HttpRequest, reference: str) -> HttpResponse:
    context = {
        "title": _("Not received"),
        "reason": _("You were signed out meanwhile. Sign in, then vote again."),
        "sign_in": redirect_to_login(reverse("ballot", args=[reference])).url,
    }
    return render(request, "voting/not_received.html", context, status=403)
