"""What everybody reads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.dialogue import sides
from hemicycle.web.desk import begin_url
from hemicycle.web.public import public
from hemicycle.web.views import actor_of

from .. import answering, drafts, queries, results, showing
from ..procedure import ConsultationState
from ._found import opened, published


@public
def public_list(request: HttpRequest) -> HttpResponse:
    """Every consultation that was opened."""
    rows = [(row, showing.state(row)) for row in queries.public()]
    return render(request, "consultations/list.html", {"title": _("Consultations"), "consultations": rows})


@public
def public_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What is asked, of whom, until when; the propositions; and the way to the result."""
    row, actor = opened(reference), actor_of(request)
    context = {
        "title": row.shown_name,
        "consultation": row,
        # A visitor is shown the way: to sign in, or with a code.
        "may_answer": actor.person is None or answering.answerer(row, actor) is not None,
        "explanation": row.explanation_in(get_language()),
        "state": showing.state(row),
        "propositions": [(each, queries.written(each)) for each in queries.admitted(row)],
        "is_published": row.state == ConsultationState.PUBLISHED,
        "is_withdrawn": row.state == ConsultationState.WITHDRAWN,
    }
    return render(request, "consultations/page.html", context)


@public
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """What groups have in common and what divides them, or how many said what; the picture and the table say the same."""
    row = published(reference)
    return render(request, "consultations/result.html", showing.result(row))


@public
def result_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The document that the page shows, byte for byte as its digest stands in the record."""
    row = published(reference)
    return HttpResponse(results.written(row.result), content_type="application/json; charset=utf-8")


@public
def matrix_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The answers without names, where the charter has them published: what `hemicycle opinions` reads."""
    row = published(reference)
    if not row.result.get("matrix") or not row.matrix:
        raise Http404
    return HttpResponse(row.matrix, content_type="text/csv; charset=utf-8")


@require_safe
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """A draft statement from the result: whoever sits begins it with the text in place, everybody else may copy it."""
    row = published(reference)
    if sides.is_participant(actor_of(request)) and drafts.evidence_of(reference) is not None:
        return HttpResponseRedirect(begin_url("statements", "begin_statement", origin=reference))
    language = get_language() or "en"
    context = {"consultation": row, "text": drafts.draft_text(row, language), "language": language}
    return render(request, "consultations/draft.html", {**context, "title": _("Draft statement")})
