"""The pages of this room: the board, a proposal's chain, a committee's page, and hearings and meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext, pgettext_lazy

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Body, Session
from hemicycle.dialogue import deadlines, marks, names, sides
from hemicycle.dialogue import queries as dialogue
from hemicycle.dialogue.models import Topic
from hemicycle.record import acts, clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office, Table
from hemicycle.web import desk
from hemicycle.web.forms import NamedChoice
from hemicycle.web.parts import Cell, Crumb, Row
from hemicycle.web.public import public
from hemicycle.web.views import actor_of

from . import board, passages, queries, shown
from .models import EarlierContact, Kind
from .procedure import CONTACT, PROPOSAL, ContactState

A_PAGE = 50


class SessionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class BoardFilter(forms.Form):
    topic = NamedChoice(
        label=gettext_lazy("Topic"), queryset=Topic.objects.all(), required=False, to_field_name="reference",
        empty_label=gettext_lazy("all"),
    )  # fmt: skip
    committee = NamedChoice(
        label=pgettext_lazy("body", "Committee"), queryset=Body.objects.filter(kind="committee"), required=False,
        to_field_name="code", empty_label=gettext_lazy("all"),
    )  # fmt: skip
    session = SessionChoice(
        label=gettext_lazy("Session"), queryset=Session.objects.all(), required=False, to_field_name="name",
        empty_label=gettext_lazy("all"),
    )  # fmt: skip


class EarlierFilter(forms.Form):
    topic = NamedChoice(
        label=gettext_lazy("Topic"), queryset=Topic.objects.all(), required=False, to_field_name="reference",
        empty_label=gettext_lazy("all"),
    )  # fmt: skip
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)


def _acting(actor: Actor, table: Table, matter: Matter) -> str:
    """Where this person acts on a matter, if there is anything to do."""
    if actor.person is None or not acts.open_to(table, matter, actor):
        return ""
    return desk.matter_url(matter)


def may_propose(actor: Actor) -> bool:
    return sides.is_participant(actor) or sides.is_delegate(actor) or actor.holds(Office.SECRETARIAT)


@public
def board_page(request: HttpRequest) -> HttpResponse:
    """What became of the proposals: numbers with their definitions, by topic and committee, and every proposal."""
    at, actor = clock.now(), actor_of(request)
    chosen = BoardFilter(request.GET or None)
    rows = queries.proposals()
    if chosen.is_valid():
        topic, committee, session = (chosen.cleaned_data[name] for name in ("topic", "committee", "session"))
        rows = rows.filter(topic=topic) if topic else rows
        rows = rows.filter(committee=committee) if committee else rows
        if session:
            rows = rows.filter(created_at__gte=session.opens_at, created_at__lt=session.closes_at)
    with law.held():
        found = queries.overdue_first(rows, at)
        counted = queries.board_of(found, at)
        figures = board.figures(counted)
        page, off = Paginator(found, A_PAGE).get_page(request.GET.get("page")), queries.days_off()
        heads = [figure.label for figure in figures]
        context = {
            "title": _("Follow-up: what became of proposals"),
            "description": _("Proposals made, taken up, answered, carried out, declined and ignored, each with its dates and sources."),
            "filter_form": chosen,
            "figures": figures,
            "topic_columns": [_("Topic"), *heads],
            "topics": board.groups(found, "topic", at),
            "committee_columns": [pgettext("body", "Committee"), *heads],
            "committees": board.groups(found, "committee", at),
            "time_columns": [_("Stage"), _("Working days, median"), _("Stages that ended")],
            "times": board.times(counted),
            "columns": shown.columns(),
            "rows": [shown.row(row, at, off) for row in page],
            "page_obj": page,
            "committee_pages": [(row.shown_name, reverse("followup-committee", args=[row.code])) for row in sides.committees()],
            "propose_url": desk.begin_url("followup", "make_proposal") if may_propose(actor) else "",
        }  # fmt: skip
        return render(request, "followup/board.html", context)


@public
def board_json(request: HttpRequest) -> HttpResponse:
    """The board as open data, in English."""
    with override("en"), law.held():
        return JsonResponse(board.data(clock.now()), json_dumps_params={"ensure_ascii": False, "indent": 1})


@public
def proposal_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One proposal from its making to what came of it; made to be printed."""
    at, actor = clock.now(), actor_of(request)
    row = queries.proposals(actor).filter(reference=reference).first()
    if row is None:
        raise Http404
    with law.held():
        state, stage = row.public_standing(at), queries.open_stage(row)
        texts = {each.part: each for each in shown.proposal_texts(row)}
        context = {
            "title": shown.title(row),
            "row": row,
            "state_label": PROPOSAL.state_title(state),
            "state_kind": shown.KINDS[state],
            "maker": shown.maker(row),
            "origin_url": queries.origin_url(row),
            "text": texts["text"],
            "evidence": texts.get("evidence"),
            "closing": texts.get("closed_because"),
            "due": shown.due(stage) if stage is not None else None,
            "late": shown.late(stage, at, queries.days_off()) if stage is not None else "",
            "chain": shown.chain(row, at),
            "corrections": shown.corrections(row),
            "days": law.in_force().follow_up.ignored_after_days,
            "act_url": _acting(actor, PROPOSAL, row),
            "crumbs": [
                Crumb(pgettext("proposals", "Follow-up"), reverse("followup-board")),
                Crumb(row.reference),
            ],
        }
        return render(request, "followup/proposal.html", context)


@public
def committee_page(request: HttpRequest, code: str) -> HttpResponse:
    """What lies before a committee, what is overdue first; its chair and members find there what they may do."""
    at, actor = clock.now(), actor_of(request)
    committee = Body.objects.filter(kind="committee", code=code).first()
    if committee is None:
        raise Http404
    with law.held():
        rows, off = queries.of_committee(committee, at), queries.days_off()
        waiting = [row for row in rows if queries.open_stage(row) is not None]
        chairs = sides.chairs(actor, committee)
        mine = assembly.seats_at(at).filter(body=committee, person_id=actor.person) if actor.person else None
        context = {
            "title": committee.shown_name,
            "description": _("Proposals before this committee, what is overdue first."),
            "columns": shown.columns(with_committee=False),
            "waiting": [shown.row(row, at, off, with_committee=False) for row in waiting],
            "done": [shown.row(row, at, off, with_committee=False) for row in rows if row not in waiting],
            "overdue": sum(stage.is_overdue(at) for row in waiting if (stage := queries.open_stage(row))),
            "is_chair": chairs,
            "is_of_it": mine is not None and mine.exists(),
            "to_do": [(row, shown.marked_title(row), desk.matter_url(row)) for row in waiting if chairs and row.person_id != actor.person],
            **_questions(committee, actor),
            "propose_url": desk.begin_url("followup", "make_proposal", committee=code) if may_propose(actor) else "",
            "crumbs": [Crumb(pgettext("proposals", "Follow-up"), reverse("followup-board")), Crumb(committee.shown_name)],
        }  # fmt: skip
        return render(request, "followup/committee.html", context)


def _questions(committee: Body, actor: Actor) -> dict[str, Any]:
    """The questions that a committee owes an answer to, as everybody may read them; its chair also sees what waits there."""
    found = dialogue.by_urgency([*dialogue.owed_by(committee)])
    chairs = sides.chairs(actor, committee)
    return {
        "question_columns": marks.columns(),
        "questions": marks.question_rows(found),
        "questions_overdue": sum(deadlines.is_overdue(row) for row in found),
        "questions_to_do": [(row, names.asker(row), desk.matter_url(row)) for row in found if chairs],
        "questions_url": reverse("dialogue-committee", args=[committee.code]),
    }


@public
@law.held()
def earlier(request: HttpRequest) -> HttpResponse:
    """Hearings, meetings, visits and letters, as their sources have them."""
    actor = actor_of(request)
    rows = queries.contacts(actor).filter(state=ContactState.PUBLIC)
    chosen = EarlierFilter(request.GET or None)
    years = sorted({row.year for row in rows.values_list("from_day", flat=True)}, reverse=True)
    chosen.fields["year"].choices = [("", _("all")), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]
    if chosen.is_valid():
        topic, year = chosen.cleaned_data["topic"], chosen.cleaned_data["year"]
        rows = rows.filter(topic=topic) if topic else rows
        rows = rows.filter(from_day__year=int(year)) if year else rows
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    is_clerk = actor.holds(Office.SECRETARIAT)
    waiting = EarlierContact.objects.filter(state=ContactState.TRANSCRIBED) if is_clerk else ()
    context = {
        "title": _("Hearings and meetings"),
        "description": _("Hearings, meetings, visits and letters, also from before the platform, transcribed with their sources."),
        "filter_form": chosen,
        "columns": [_("What was said on what"), _("What it was"), _("Day"), _("Committee or body, as it was called then")],
        "rows": [_contact_row(row) for row in page],
        "page_obj": page,
        "waiting": [(row, shown.marked_title(row), desk.matter_url(row)) for row in waiting],
        "transcribe_url": desk.begin_url("followup", "transcribe") if is_clerk else "",
        "crumbs": [Crumb(pgettext("proposals", "Follow-up"), reverse("followup-board")), Crumb(_("Hearings and meetings"))],
    }  # fmt: skip
    return render(request, "followup/earlier.html", context)


def _contact_row(row: EarlierContact) -> Row:
    title = Cell(
        shown.title(row), url=reverse("followup-contact", args=[row.reference]), language=row.language
    )
    kind = str(Kind(row.kind).label)
    kind = _("%(kind)s, before the platform") % {"kind": kind} if shown.is_before(row) else kind
    return Row([title, kind, shown.days_of(row), Cell(row.body, language=row.language)])


@public
def contact_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One of them, marked as transcribed; of one that was withdrawn only the reasons."""
    actor = actor_of(request)
    row = queries.contacts(actor).filter(reference=reference, public_at__isnull=False).first()
    if row is None:
        raise Http404
    texts = {each.part: each for each in shown.contact_texts(row)}
    context = {
        "title": shown.title(row),
        "row": row,
        "is_withdrawn": row.state == ContactState.WITHDRAWN,
        "kind": Kind(row.kind).label,
        "is_before": shown.is_before(row),
        "days": shown.days_of(row),
        "summary": texts["summary"],
        "body_label": passages.LABELS["body"],
        "corrections": shown.corrections(row),
        "act_url": _acting(actor, CONTACT, row),
        "crumbs": [
            Crumb(_("Hearings and meetings"), reverse("followup-earlier")),
            Crumb(row.reference),
        ],
    }
    return render(request, "followup/contact.html", context)
