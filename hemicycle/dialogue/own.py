"""The pages of those who have a part in the dialogue: their questions, and their private exchanges."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemicycle.mandates import queries as mandates
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import Office
from hemicycle.web import findings
from hemicycle.web.desk import begin_url, desks, matter_url
from hemicycle.web.parts import Cell, Row
from hemicycle.web.views import actor_of, matter_context

from . import actions, names, queries, retention, sides
from .forms import MessageForm
from .marks import (
    EXCHANGE_KINDS,
    PER_PAGE,
    S,
    columns,
    question_rows,
)
from .models import Exchange, Question
from .procedure import EXCHANGE, TOPIC, ExchangeState


def desk(request: HttpRequest) -> HttpResponse:
    """What somebody asks, is asked and writes; for the Secretariat every open question, the overdue ones first."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if not has_part(actor):
        raise Http404
    rows = mine(actor)
    page = Paginator(queries.by_urgency(rows), PER_PAGE).get_page(request.GET.get("page"))
    begin = []
    if actor.holds(Office.SECRETARIAT):
        begin.append(
            {
                "title": TOPIC.by_act["open_topic"].title,
                "url": begin_url("dialogue", "open_topic"),
                "primary": False,
            }
        )
    if sides.is_participant(actor) or sides.is_delegate(actor):
        begin.append(
            {
                "title": EXCHANGE.by_act["invite"].title,
                "url": begin_url("dialogue", "invite"),
                "primary": False,
            }
        )
    context = {
        "title": _("Questions and exchanges"),
        "lead": _("A question is put from the page of its topic."),
        "actions": begin,
        "columns": columns(),
        "rows": question_rows(page, url=matter_url),
        "page_obj": page,
        "empty": _("You have no question here."),
        "exchange_columns": [_("Exchange"), _("With whom"), _("State")],
        "exchanges": [_exchange_row(row, actor) for row in queries.exchanges(actor)],
    }
    return render(request, "dialogue/desk.html", context)


def has_part(actor: Actor) -> bool:
    """Whether the dialogue concerns somebody: held an office in it, or a seat at any time."""
    if actor.person is None:
        return False
    offices = (Office.DELEGATE, Office.SECRETARIAT, Office.SECRETARY_GENERAL, Office.PRESIDENT)
    if actor.holds(*offices) or mandates.states_of(actor.person):
        return True
    return bool(sides.chaired_by(actor))


def mine(actor: Actor) -> list[Question]:
    """The questions in which somebody has a part; for the Secretariat every one that is not over."""
    rows = queries.visible_to(actor)
    if actor.holds(Office.SECRETARIAT):
        return list(rows.exclude(state__in=[S.CLOSED, S.WITHDRAWN, S.LAPSED]))
    chaired = [body.pk for body in sides.chaired_by(actor)]
    found = (
        rows.filter(asker_id=actor.person)
        | rows.filter(to_person_id=actor.person)
        | rows.filter(authors__person_id=actor.person or 0)
        | rows.filter(asker_committee_id__in=chaired)
        | rows.filter(to_committee_id__in=chaired)
    )
    if actor.holds(Office.SECRETARY_GENERAL):
        found |= rows.filter(state=S.UNDER_REVIEW)
    return list(found.distinct())


def other_of(exchange: Exchange, actor: Actor) -> str:
    """Whom somebody writes to."""
    if queries.is_delegate_of(actor, exchange):
        return names.of_participant(exchange.mandate)
    return names.of_person(exchange.delegate, None)


def _exchange_row(exchange: Exchange, actor: Actor) -> Row:
    state = exchange.standing(clock.now())
    label = Cell(state_label=EXCHANGE.state_title(state), state_kind=EXCHANGE_KINDS[state])
    return Row([Cell(exchange.reference, url=matter_url(exchange)), other_of(exchange, actor), label])


def after_follow_up(found: Question) -> str:
    """To the new draft."""
    following = Question.objects.filter(follows__question=found).order_by("-pk").first()
    return matter_url(following or found)


def exchange_context(exchange: Exchange, actor: Actor) -> dict[str, Any]:
    """The messages, and the form for the next one where one may still write."""
    if exchange.pk is None:
        return {}
    is_open = exchange.standing(clock.now()) == ExchangeState.OPEN and queries.may_write(actor, exchange)
    is_delegate = queries.is_delegate_of(actor, exchange)
    other = other_of(exchange, actor)
    rows = exchange.messages.all()
    return {
        "other": other,
        "letters": [(_("You") if row.is_from_delegate == is_delegate else other, row) for row in rows],
        "message_form": MessageForm(matter=exchange, by=actor) if is_open else None,
        "write_url": reverse("dialogue-write", args=[exchange.reference]),
        "erased_from": getattr(retention.exchange_due(exchange), "at", None),
        "history": [],
    }


@require_POST
def write_message(request: HttpRequest, reference: str) -> HttpResponse:
    """One of the two writes; a refusal keeps what was typed."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(matter_url(Exchange(reference=reference)))
    exchange = queries.exchanges(actor).filter(reference=reference).first()
    if exchange is None:
        raise Http404
    form = MessageForm(request.POST, matter=exchange, by=actor)
    problems: list[str] = []
    if form.is_valid():
        try:
            said = form.cleaned_data
            actions.send(exchange, actor, text=said["text"], language=said["language"], once=said["once"])
        except Unmet as error:
            problems = findings.texts(error)
        else:
            messages.success(request, _("Your message was sent."))
            return HttpResponseRedirect(matter_url(exchange))
    context = matter_context(desks[Exchange.PREFIX], exchange, actor)
    context |= {"message_form": form, "findings": problems}
    return render(request, "dialogue/exchange.html", context, status=422)
