"""The page on which the President's office composes: the pool, the seats, the marks, and what the buttons find."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.sheet import country_name
from hemicycle.people import queries as people
from hemicycle.record import acts
from hemicycle.web import desk, findings
from hemicycle.web.views import LOOK, actor_of

from .. import actions, queries
from ..forms import ComposeForm, chosen_in
from ..models import List
from ..procedure import ACCEPTANCE, LIST, AcceptanceState, ListState
from .found import found_by
from .lots import lots_context
from .showing import mark_rows, presence_texts, succession_rows

A = AcceptanceState


@dataclass
class Card:
    """One person of the pool, with what he or she declared."""

    reference: str
    name: str
    is_declared: bool
    organisation: str
    residence: str
    is_newcomer: bool
    answer: str
    answer_label: str
    advice: str
    seat: int
    why: list[str]
    values: Mapping[str, str]
    is_shown: bool = True


@dataclass
class Filter:
    """A question on what was declared. `options`: (value, label, is chosen)."""

    name: str
    label: str
    options: list[tuple[str, str, bool]] = field(default_factory=list)


def composer_context(request: HttpRequest, form: ComposeForm) -> dict[str, Any]:
    """What the page of `compose` shows beside the form, for the seats as the form has them now."""
    list_ = form.matter
    taken, twice = chosen_in(list_, form.total(), form.data) if form.is_bound else (None, False)
    board = queries.board(list_, taken)
    asked = request.POST if request.method == "POST" else request.GET
    cards = _cards(board, form)
    filters = _filters(cards, asked)
    chosen = {one.name: value for one in filters for value, _label, is_chosen in one.options if is_chosen}
    for card in cards:
        card.is_shown = all(not value or card.values[name] == value for name, value in chosen.items())
    look = request.POST.get(LOOK, "") if request.method == "POST" else ""
    return {
        **live_context(board, twice),
        "cards": cards,
        "shown": sum(card.is_shown for card in cards),
        "filters": filters,
        "is_unsaved": form.is_bound,
        "succession_rows": succession_rows(list_, form.by),
        "succession_columns": [_("Order"), _("Rank"), _("Person"), _("Acceptance")],
        "succession_url": desk.act_url(list_, "order_succession"),
        "comments": queries.comments_visible_to(form.by, list_),
        "comment_url": desk.act_url(list_, "comment"),
        **lots_context(list_),
        "prepare_url": desk.act_url(list_, "prepare_lot"),
        "draw_url": desk.act_url(list_, "draw_lot") if queries.offers(list_, "draw_lot") else "",
        **found_by(look, board),
    }


def live_context(board: queries.Board, twice: bool) -> dict[str, Any]:
    """The marks of the seats as they stand, and whom a rule keeps from the next free one."""
    marks = mark_rows(board.list_, list(board.places), problem=board.problem)
    whole = [mark for mark in marks if not mark["seat"]]
    return {
        "marks": whole,
        "single": [mark for mark in marks if mark["seat"]],
        "said": ". ".join(
            mark["text"] for mark in whole if mark["kind"] == "stopped" or mark["key"] == "seats"
        ),
        "twice": twice,
        "presence": presence_texts(board.list_, board.places),
        "is_full": len(board.live) == len(board.places),
        "why_nots": [
            {"people": " ".join(sorted(why.people)), "texts": [findings.text(one) for one in why.findings]}
            for why in board.why_nots
        ],
    }


def marks_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The marks of the seats as a form has them now, before anything is written: a part of the page of `compose`."""
    board, twice = _board(request, reference)
    return render(request, "composition/_live.html", live_context(board, twice))


def look_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What a button of the page found, as a part of it. Nothing is written."""
    board, _twice = _board(request, reference)
    context = found_by(request.POST.get(LOOK, ""), board)
    return render(request, "composition/_found.html", {"object": board.list_, **context})


def _board(request: HttpRequest, reference: str) -> tuple[queries.Board, bool]:
    actor = actor_of(request)
    list_: List | None = queries.visible_to(actor).filter(reference=reference, state=ListState.DRAFT).first()
    if request.method != "POST" or list_ is None or not queries.is_proposer(actor):
        raise Http404
    total = queries.charter_of(list_).seats.total.value
    taken, twice = chosen_in(list_, total, request.POST)
    return queries.board(list_, taken), twice


def _cards(board: queries.Board, form: ComposeForm) -> list[Card]:
    pool, by_id = board.declared
    declared = dict(zip(pool.ids, pool.declared, strict=True))
    keys = [row.pk for row in by_id.values()]
    against, answers = queries.not_met(keys), queries.answers(board.list_.session, keys)
    seats = {queries.reference_of(place): place.number for place in board.live}
    why = {name: one.findings for one in board.why_nots for name in one.people}
    cards = []
    for row in form.people:
        said = declared.get(row.reference, {})
        is_declared = candidacies.for_reserve(row)
        given = queries.answer(answers, row.pk, is_declared) or queries.answer(answers, row.pk, False)
        slate, residence = said.get("organisation", ""), said.get("residence", "")
        is_slate = slate in board.organisations
        is_newcomer = said.get("newcomer") == "yes"
        cards.append(
            Card(
                row.reference,
                _("file locked") if people.is_locked(row.person) else row.person.shown_name,
                is_declared,
                board.organisations.get(slate, ""),
                country_name(residence) if residence else "",
                is_newcomer,
                given,
                str(ACCEPTANCE.state_title(given)) if given else _("not asked"),
                _("opinion “not met”") if row.pk in against else "",
                seats.get(row.reference, 0),
                [findings.text(one) for one in why.get(row.reference, ())],
                {
                    "reserve": "yes" if is_declared else "no",
                    "organisation": slate if is_slate else "none",
                    **({"residence": residence or "none"} if "residence" in said else {}),
                    "newcomer": "yes" if is_newcomer else "no",
                    "answer": given or "none",
                    "place": "on" if row.reference in seats else "off",
                },
            )
        )
    return cards


def _filters(cards: list[Card], asked: Mapping[str, str]) -> list[Filter]:
    """One list per thing that was declared, with the values that occur, in the order of their words."""

    def filter_of(name: str, label: str, words: Mapping[str, str]) -> Filter:
        now = asked.get(name, "")
        options = [("", _("all"), now not in words)]
        return Filter(name, label, options + [(value, text, value == now) for value, text in words.items()])

    def occurring(name: str, label: str, none: str) -> dict[str, str]:
        found = {card.values[name]: getattr(card, label) or none for card in cards}
        return dict(sorted(found.items(), key=lambda pair: (pair[0] == "none", pair[1].casefold())))

    yes_no = {"yes": _("yes"), "no": _("no")}
    answers = {card.answer or "none": card.answer_label for card in cards}
    return [
        filter_of("reserve", _("Declared for the reserve"), yes_no),
        filter_of(
            "organisation", _("Organisation"), occurring("organisation", "organisation", _("no organisation"))
        ),
        *(
            [
                filter_of(
                    "residence", _("Country of residence"), occurring("residence", "residence", _("not said"))
                )
            ]
            if any("residence" in card.values for card in cards)
            else []
        ),
        filter_of("newcomer", _("Newcomer"), yes_no),
        filter_of("answer", _("Acceptance"), dict(sorted(answers.items(), key=lambda pair: pair[1]))),
        filter_of("place", _("On this list"), {"on": _("yes"), "off": _("no")}),
    ]


def keep_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a list that a button found as a draft of its own: a copy of this one, with those seats. Two acts or neither."""
    board, _twice = _board(request, reference)
    source, actor = board.list_, actor_of(request)
    letter = request.POST.get("keep", "")[:1]
    # Each way has a token of its own, so that keeping one neither swallows the next nor the seats in the form.
    given = request.POST.get("once", "")
    once = hashlib.sha256(f"{given} {letter}".encode()).hexdigest()[:32] if given else ""
    if acts.is_recorded(once):
        messages.info(request, _("This was kept already: it stands among the lists."))
        return redirect("composition:lists")
    copy = List(session=source.session, call=source.call)
    with transaction.atomic():
        with acts.submission(once or None, None):
            actions.draft(copy, actor, name=f"{source.name[:112]} · {letter}", copy_of=source)
        seats = [actions.Chosen(p.number, p.seat.candidacy, p.reserved) for p in board.live if p.seat]
        actions.compose(copy, actor, seats=seats)
    messages.success(request, _("Recorded: %(act)s.") % {"act": LIST.by_act["draft"].title})
    return redirect(desk.matter_url(copy))
