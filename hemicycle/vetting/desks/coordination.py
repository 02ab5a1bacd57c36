"""The comparison of files and its questions at the generic pages, and what of them waits for whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Desk, Waiting, matter_url
from hemicycle.web.views import actor_of

from .. import forms, pages, queries, sealing
from ..models import Comparison, CoordinationQuestion
from ..procedure.coordination import COMPARISON, QUESTION
from ..procedure.screening import RunState


def blank_comparison(request: HttpRequest, act: str) -> Matter:
    """For the call named in the address."""
    actor = actor_of(request)
    call = candidacies.visible_calls(actor).filter(reference=request.GET.get("call", "")).first()
    if call is None or not actor.holds(Office.SECRETARIAT):
        raise Http404
    return Comparison(call=call)


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For readers each question that they have not answered; for clerks comparisons that stand still."""
    if actor.holds(Office.ASSESSOR, Office.REVIEWER):
        for row in queries.visible_questions(actor).exclude(notes__reading__assessor_id=actor.person):
            title = _("Answer a question of coordination: %(reference)s") % {"reference": row.reference}
            yield Waiting(title, matter_url(row))
    for run in queries.visible_comparisons(actor).filter(state=RunState.STOPPED):
        yield Waiting(_("A comparison of the files of a call was stopped"), matter_url(run))


DESKS = (
    Desk(
        COMPARISON, Comparison, queries.visible_comparisons, title=lambda run: _("Comparison of the files of a call"),
        blank=blank_comparison, facts=pages.comparison_facts, context=pages.comparison_context,
        template="vetting/run.html",
        kinds={RunState.DONE: "done", RunState.RUNNING: "open", RunState.WAITING: "open", RunState.STOPPED: "stopped"},
        forms={"begin_comparison": forms.ComparisonForm},
    ),
    Desk(
        QUESTION, CoordinationQuestion, queries.visible_questions, title=lambda question: question.get_kind_display(),
        facts=pages.question_facts, context=pages.question_context, template="vetting/question.html",
        forms={"note_question": forms.NoteQuestionForm}, file=sealing.of_question,
    ),
)  # fmt: skip
