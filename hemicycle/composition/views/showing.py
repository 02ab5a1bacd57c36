"""What a list looks like: its marks, its seats, its succession list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.instruments.selection.problem import Problem
from hemicycle.people import queries as people
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office
from hemicycle.web import charts, desk, findings
from hemicycle.web.parts import Cell, Row

from .. import actions, queries
from ..models import GONE, List
from ..procedure import ACCEPTANCE, ADDITION, AcceptanceState, AdditionState, ListState
from .lots import lots_context

A = AcceptanceState
D = AdditionState


def mark_rows(
    list_: List, rows: list[queries.Place], *, rules_only: bool = False, problem: Problem | None = None
) -> list[dict[str, Any]]:
    """The live marks as a template shows them: text, state, article. `rules_only`: of the list as a whole."""
    words = {True: (_("holds"), "done"), False: (_("does not hold"), "stopped"), None: ("", "neutral")}
    return [
        {
            "text": findings.text(mark.finding),
            "label": words[mark.met][0],
            "kind": words[mark.met][1],
            "article": mark.article,
            "key": mark.key,
            "seat": mark.finding.params.get("number", 0),
        }
        for mark in queries.marks(list_, rows, problem)
        if not rules_only or mark.is_rule or mark.key in ("seats", "reserve", "accepted")
    ]


def presence_texts(list_: List, rows: Sequence[queries.Place]) -> list[str]:
    """Who can come, in sentences."""
    return [findings.text(one) for one in queries.forecast(list_, rows)]


def seat_rows(list_: List, rows: list[queries.Place], actor: Actor) -> list[Row]:
    """One row per seat, in the order of the numbers."""
    may_ask = list_.state == ListState.DRAFT and queries.is_proposer(actor)
    return [
        Row(
            [str(p.number), name_cell(list_, p, actor), *_seat_cells(list_, p, may_ask)],
            id=f"seat-{p.number}",
        )
        for p in rows
    ]


def name_cell(list_: List, place: queries.Place, actor: Actor) -> Cell:
    if place.seat is None:
        return Cell(_("empty seat"))
    if place.is_withdrawn:
        return Cell(_("has withdrawn"))
    if not place.name:
        return Cell(_("file locked"))
    url = ""
    if list_.state == ListState.BEFORE_BUREAU:
        url = reverse("composition:proposal", args=[list_.reference, place.number])
    return Cell(place.name, url=url)


def _seat_cells(list_: List, place: queries.Place, may_ask: bool) -> list[Cell]:
    reserved = Cell(state_label=_("reserved"), state_kind="reserved") if place.reserved else Cell("")
    if place.seat is None or place.is_withdrawn:
        return [reserved, Cell(""), Cell("")]
    kinds: dict[str, str] = {A.ACCEPTED: "done", A.ASKED: "open"}
    answer = Cell(
        state_label=ACCEPTANCE.state_title(place.acceptance),
        state_kind=kinds.get(place.acceptance, "stopped"),
    )
    if not place.acceptance or place.acceptance == A.LAPSED:
        may_ask = may_ask and not place.is_locked
        url = ask_url(place.seat.candidacy.reference, place.reserved) if may_ask else ""
        answer = Cell(_("Ask") if may_ask else _("not asked"), url=url)
    advice = Cell("")
    if place.is_locked:
        advice = Cell(_("file locked"))
    elif place.is_not_met:
        advice = Cell(_("opinion “not met”, reasons given") if place.has_override else _("opinion “not met”"))
    return [reserved, answer, advice]


def ask_url(candidacy: str, reserved: bool) -> str:
    return desk.begin_url(
        "composition", "ask_acceptance", candidacy=candidacy, reserved="1" if reserved else "0"
    )


def meter(list_: List, rows: list[queries.Place], charter: Charter) -> charts.Bar | None:
    """The reserve as a bar; None where nothing is owed."""
    result = queries.judge(list_, rows, charter)
    if not result.required:
        return None
    return charts.thirds_meter(
        total=result.base, required=result.required, present=min(result.present, result.base)
    )


def list_context(list_: List, actor: Actor) -> Mapping[str, Any]:
    """What `composition/list.html` shows beside the generic page of a matter."""
    if list_.pk is None:
        return {}
    charter = queries.charter_of(list_)
    rows = queries.places(list_, charter)
    return {
        "marks": mark_rows(list_, rows),
        # The form on which people said it names these two readers.
        "presence": presence_texts(list_, rows)
        if queries.is_proposer(actor) or actor.holds(Office.SECRETARIAT)
        else [],
        "meter": meter(list_, rows, charter),
        "meter_text": findings.text(queries.judge(list_, rows, charter).summary),
        "seat_columns": [_("Seat"), _("Person"), _("Reserve"), _("Acceptance"), _("Opinion")],
        "seat_rows": seat_rows(list_, rows, actor),
        "succession_columns": [_("Order"), _("Rank"), _("Person"), _("Acceptance")],
        "succession_rows": succession_rows(list_, actor),
        **additions_context(list_, actor),
        **lots_context(list_),
        "votes": queries.votes(list_),
        "paper_url": reverse("composition:paper", args=[list_.reference])
        if queries.paper_visible_to(actor).filter(pk=list_.pk).exists()
        else "",
        "ratification_url": _ratification_url(list_, actor),
        "amendments": list_.amendments.select_related("candidacy__person"),
        "reasons": [
            (code, text) for code in ("en", "fr", "ru") if (text := getattr(list_, f"reasons_{code}"))
        ],
    }


def _ratification_url(list_: List, actor: Actor) -> str:
    """Where a clerk records the vote on ratification, while the list waits for it and no such vote is there."""
    waits = list_.state == ListState.BEFORE_RATIFICATION and actor.holds(Office.SECRETARIAT)
    if not waits or queries.undecided(list_) or queries.offers(list_, "ratify"):
        return ""
    return desk.begin_url("voting", "record_elsewhere", **actions.held_elsewhere(list_))


def succession_rows(list_: List, actor: Actor) -> list[Row]:
    ranked = list(list_.successors.select_related("candidacy__person"))
    found = queries.answers(list_.session, [row.candidacy_id for row in ranked])
    may_ask = queries.is_proposer(actor)
    rows = []
    for row in ranked:
        answer = queries.answer(found, row.candidacy_id, row.for_reserve)
        gone = answer == A.WITHDRAWN or row.candidacy.state in GONE
        locked = people.is_locked(row.candidacy.person) and answer != A.ACCEPTED
        asked: Cell | str = str(ACCEPTANCE.state_title(answer)) if answer else _("not asked")
        if may_ask and not gone and not locked and (not answer or answer == A.LAPSED):
            asked = Cell(_("Ask"), url=ask_url(row.candidacy.reference, row.for_reserve))
        order = _("for the reserve") if row.for_reserve else _("for the other seats")
        name = row.candidacy.person.shown_name
        if gone or locked:
            name = _("has withdrawn") if gone else _("file locked")
        rows.append(Row([order, str(row.rank), name, asked]))
    return rows


def additions_context(list_: List, actor: Actor) -> dict[str, Any]:
    """Who may still be added to the succession list, and the additions on their way; for those who handle them."""
    may_propose, may_ask = queries.is_proposer(actor), actor.holds(Office.SECRETARIAT)
    if not queries.takes_additions(list_) or not (
        may_propose or may_ask or actor.holds(Office.SECRETARY_GENERAL)
    ):
        return {}
    additions = queries.additions_visible_to(actor).filter(list=list_)
    found = {row.candidacy_id for row in additions if row.state in (D.PROPOSED, D.BEFORE_BUREAU)}
    people = [row for row in queries.late(list_) if row.pk not in found]
    given = queries.answers(list_.session, [row.pk for row in people])
    rows = []
    for row in people if may_propose or may_ask else []:
        kinds = [False, True] if candidacies.for_reserve(row) else [False]
        answers = [_late_answer(row.reference, given.get((row.pk, kind), ""), kind) for kind in kinds]
        rows.append(Row([row.person.shown_name, *answers, *[""] * (2 - len(answers))]))
    ready = may_propose and A.ACCEPTED in given.values()
    return {
        "late_columns": [_("Person"), _("Any seat"), _("Reserved seat")],
        "late_rows": rows,
        "addition_url": desk.begin_url("composition", "propose_addition", list=list_.reference)
        if ready
        else "",
        "additions": [
            (
                desk.matter_url(row),
                queries.shown_name(row) or _("has withdrawn"),
                ADDITION.state_title(row.state),
            )
            for row in additions
        ],
    }


def _late_answer(reference: str, answer: str, reserved: bool) -> Cell:
    if answer and answer != A.LAPSED:
        return Cell(str(ACCEPTANCE.state_title(answer)))
    return Cell(_("Ask"), url=ask_url(reference, reserved))
