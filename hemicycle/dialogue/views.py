"""The public pages of topics and questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hemicycle.assembly.models import Body
from hemicycle.record import law
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.texts.queries import all_set_aside
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.parts import Crumb
from hemicycle.web.public import public
from hemicycle.web.views import actor_of

from . import deadlines, marks, names, queries, sides, written
from .marks import (
    PER_PAGE,
    TOPIC_KINDS,
    S,
    columns,
    question_rows,
    state_of,
)
from .models import Question, Topic
from .parts import Line, Part, parts
from .procedure import RUNNING, SAID, TOPIC, TopicState

GROUPS = {
    "": gettext_lazy("all"),
    "overdue": gettext_lazy("overdue"),
    "owed": gettext_lazy("an answer is owed"),
    "answered": gettext_lazy("answered"),
    "ended": gettext_lazy("withdrawn"),
}


class GroupForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=list(GROUPS.items()), required=False)


# --- for everybody --------------------------------------------------------------------------------------------------


@public
def topics(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.topics(actor_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Topics"),
        "lead": _("Issues of common concern, and under each what is asked, said and done on it."),
        "topics": [(row, TOPIC.state_title(row.state), TOPIC_KINDS[row.state]) for row in page],
        "page_obj": page,
    }
    return render(request, "dialogue/topics.html", context)


@public
@law.held()
def topic(request: HttpRequest, reference: str) -> HttpResponse:
    actor = actor_of(request)
    found = queries.topics(actor).filter(reference=reference).first()
    if found is None:
        raise Http404
    context = {
        "title": found.shown_name,
        "topic": found,
        "about": found.about_in(request.LANGUAGE_CODE),
        "state_label": TOPIC.state_title(found.state),
        "state_kind": TOPIC_KINDS[found.state],
        "parts": [
            {
                "heading": part.heading,
                "lines": part.lines(found, actor),
                "empty": part.empty,
                "begin": part.begin(found, actor) if actor.person is not None else "",
                "begin_title": part.begin_title,
            }
            for part in parts
        ],
        "desk_url": matter_url(found) if actor.holds(Office.SECRETARIAT) else "",
        "crumbs": [Crumb(_("Topics"), reverse("dialogue-topics")), Crumb(found.shown_name)],
    }
    return render(request, "dialogue/topic.html", context)


@public
@law.held()
def questions(request: HttpRequest) -> HttpResponse:
    """All that were admitted; the overdue ones first."""
    form = GroupForm(request.GET)
    group = form.cleaned_data["state"] if form.is_valid() else ""
    return _list(
        request,
        list(queries.public_questions()),
        group,
        title=_("Questions and answers"),
        lead=_(
            "Participants ask the Assembly, the Assembly asks participants, under one clock. The overdue ones stand first."
        ),
        form=GroupForm(initial={"state": group}),
    )


@public
@law.held()
def committee_questions(request: HttpRequest, code: str) -> HttpResponse:
    body = Body.objects.filter(kind="committee", code=code).first()
    if body is None:
        raise Http404
    form = GroupForm(request.GET)
    group = form.cleaned_data["state"] if form.is_valid() else ""
    return _list(
        request,
        list(queries.of_committee(body)),
        group,
        title=_("Questions to and by: %(name)s") % {"name": body.shown_name},
        lead=_("The overdue ones stand first."),
        form=GroupForm(initial={"state": group}),
    )


def _list(
    request: HttpRequest, rows: list[Question], group: str, *, title: str, lead: str, form: forms.Form
) -> HttpResponse:
    page = Paginator(queries.by_urgency([row for row in rows if _is_in(group, row)]), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": title,
        "lead": lead,
        "filter_form": form,
        "columns": columns(),
        "rows": question_rows(page),
        "page_obj": page,
        "empty": _("There is no such question."),
    }
    return render(request, "web/list.html", context)


def _is_in(group: str, row: Question) -> bool:
    if group == "overdue":
        return deadlines.is_overdue(row) or deadlines.is_undecided(row)
    states = {"owed": RUNNING, "answered": SAID, "ended": [S.WITHDRAWN]}.get(group)
    return states is None or row.state in states


@public
@law.held()
def question(request: HttpRequest, reference: str) -> HttpResponse:
    """One question: what was asked, until when an answer is due and why then, and what was answered."""
    found = queries.public_questions().filter(reference=reference).first()
    if found is None:
        raise Http404
    label, kind = state_of(found)
    context = {
        "title": names.title(found),
        "state_label": label,
        "state_kind": kind,
        **shown(found),
        "decided_by": deadlines.decided_by(found),
        "desk_url": matter_url(found) if actor_of(request).person is not None else "",
        "crumbs": [
            Crumb(_("Topics"), reverse("dialogue-topics")),
            Crumb(found.topic.shown_name, reverse("dialogue-topic", args=[found.topic.reference])),
            Crumb(found.reference),
        ],
    }
    return render(request, "dialogue/public_question.html", context)


def shown(found: Question) -> dict[str, Any]:
    """What the public page of a question and that of the desk have in common; nothing that is not released."""
    before = found.follows.question if found.follows is not None else None
    return {
        "question": found,
        "asker": names.asker(found),
        "addressee": names.addressee(found),
        "kind_name": deadlines.kind_of(found).text[get_language() or "en"],
        "said": written.said(found),
        "arithmetic": deadlines.arithmetic(found),
        "runs": found.state in RUNNING,
        "is_overdue": deadlines.is_overdue(found),
        "follow_ups": marks.follow_ups(found),
        "before": before if before is not None and before.is_public else None,
    }


# --- on the page of a topic -----------------------------------------------------------------------------------------


def _lines(found: Topic, actor: Actor) -> list[Line]:
    rows = queries.by_urgency(list(queries.public_questions().filter(topic=found)))
    aside = all_set_aside()
    return [_line(row, *marks.called(row, aside)) for row in rows]


def _line(row: Question, words: str, language: str) -> Line:
    return Line(
        words,
        state_of(row)[0],
        row.admitted_at,
        reverse("dialogue-question", args=[row.reference]),
        language,
        f"{names.asker(row)} → {names.addressee(row)}",
    )


def _begin(found: Topic, actor: Actor) -> str:
    if found.state != TopicState.OPEN:
        return ""
    may = sides.is_participant(actor) or sides.is_delegate(actor) or bool(sides.chaired_by(actor))
    return begin_url("dialogue", "draft_question", topic=found.reference) if may else ""


QUESTIONS = Part(
    heading=gettext_lazy("Questions"),
    lines=_lines,
    empty=gettext_lazy("No question has been admitted so far."),
    begin=_begin,
    begin_title=gettext_lazy("Put a question"),
)
