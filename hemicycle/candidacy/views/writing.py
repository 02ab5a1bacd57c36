"""The pages on which a person writes the own candidacy: one question per page, saved page by page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from hemicycle.record import acts
from hemicycle.rules.charter import Charter
from hemicycle.web.desk import matter_url
from hemicycle.web.forms import ActForm
from hemicycle.web.views import actor_of

from .. import actions, answers, desks, forms, queries, sheet
from ..models import Candidacy
from .taking import own_candidacy, take, to_sign_in, too_late


def _form(part: str, charter: Charter, data: Any, candidacy: Candidacy, by: Any) -> Any:
    """The form of a part, filled with what stands there now."""
    kind, _, key = part.partition(":")
    given: dict[str, Any] = {"matter": candidacy, "by": by, "initial": answers.read(candidacy, part)}
    if kind == "names":
        return forms.NamesForm(data, **given)
    if kind == "people":
        return forms.PeopleForm(data, charter=charter, **given)
    if kind == "residence":
        return forms.ResidenceForm(data, **given)
    if kind == "criterion":
        criterion = next(c for c in charter.criteria if c.key == key)
        return forms.CriterionForm(data, criterion=criterion, charter=charter, **given)
    if kind == "bar":
        bar = next(b for b in charter.bars if b.key == key)
        return forms.BarForm(data, bar=bar, **given)
    return forms.DeclarationForm(data, **given)


def _rule(part: str, charter: Charter) -> dict[str, Any]:
    """The charter's words behind a part: article, note, status."""
    key = part.partition(":")[2]
    entry = next((e for e in (*charter.criteria, *charter.bars) if e.key == key), None)
    if entry is None:
        return {}
    note = entry.note[get_language() or "en"] if entry.note else ""
    return {"article": entry.article, "note": note, "status": entry.status}


@never_cache
def part(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    """One part of the form. Saved at once; then on to the next part, or to the dates of a bar."""
    if away := to_sign_in(request):
        return away
    return _part_page(request, own_candidacy(request, reference), part, correct=False)


@never_cache
def correct(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    """Correct one part after sending; the old text stays beside the new."""
    if away := to_sign_in(request):
        return away
    return _part_page(request, own_candidacy(request, reference), part, correct=True)


def _part_page(request: HttpRequest, candidacy: Candidacy, part: str, *, correct: bool) -> HttpResponse:
    actor, charter = actor_of(request), queries.charter_of(candidacy.call)
    parts = answers.parts(charter)
    if part not in parts:
        raise Http404
    bound = actions.correct_facts if correct else actions.save
    if away := too_late(request, candidacy):
        return away
    if request.method != "POST":
        acts.decide(bound, candidacy, actor)  # who may not write is not shown the form
    form = _form(part, charter, request.POST if request.method == "POST" else None, candidacy, actor)
    if correct:
        form.fields.update(forms.CorrectionForm(matter=candidacy, by=actor).fields | form.fields)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.params()
            if correct:
                said = {"reasons": values.pop("reasons"), "language": values.pop("reasons_language")}
                problems, status = take(bound, candidacy, actor, form, part=part, values=values, **said)
            else:
                problems, status = take(bound, candidacy, actor, form, parts={part: values})
            if not problems:
                return HttpResponseRedirect(_after(candidacy, part, parts, values, correct))
    context = {
        "candidacy": candidacy,
        "part": part,
        "title": sheet.title_of(part, candidacy),
        "rule": _rule(part, charter),
        "form": form,
        "findings": problems,
        "number": parts.index(part) + 1,
        "total": len(parts),
        "is_correction": correct,
        "evidence": candidacy.evidence.filter(criterion=part.partition(":")[2]) if ":" in part else [],
        "evidence_url": reverse("candidacy-evidence", args=[candidacy.reference]),
        "back_url": matter_url(candidacy),
        "late_url": desks.late_url(candidacy),
        "shown_only": sheet.shown_only(candidacy) if part == "declaration" else [],
    }
    return render(request, "candidacy/part.html", context, status=status)


def _after(
    candidacy: Candidacy, part: str, parts: tuple[str, ...], values: dict[str, Any], correct: bool
) -> str:
    if correct:
        return matter_url(candidacy)
    if part.startswith("bar:") and values["answer"] == "yes":
        return reverse("candidacy-periods", args=[candidacy.reference, part.partition(":")[2]])
    following = parts.index(part) + 1
    return sheet.part_url(candidacy, parts[following]) if following < len(parts) else matter_url(candidacy)


@never_cache
def periods(request: HttpRequest, reference: str, bar: str) -> HttpResponse:
    """The dated facts under a bar: add one, remove one. The page says what they are for."""
    if away := to_sign_in(request):
        return away
    actor, candidacy = actor_of(request), own_candidacy(request, reference)
    charter, part = queries.charter_of(candidacy.call), f"bar:{bar}"
    if part not in answers.parts(charter):
        raise Http404
    if away := too_late(request, candidacy):
        return away
    if request.method != "POST":
        acts.decide(actions.save, candidacy, actor)
    held = answers.read(candidacy, part)["periods"]
    removing = request.method == "POST" and "remove" in request.POST
    bare = ActForm(request.POST if removing else None, matter=candidacy, by=actor)
    data = request.POST if request.method == "POST" and not removing else None
    form = forms.PeriodForm(data, matter=candidacy, by=actor, charter=charter)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        sent: Any = bare if removing else form
        if sent.is_valid():
            rows = _without(held, request.POST["remove"]) if removing else [*held, form.params()]
            values = {"answer": "yes", "periods": rows}
            problems, status = take(actions.save, candidacy, actor, sent, parts={part: values})
            if not problems:
                return HttpResponseRedirect(request.path)
    kinds = dict(answers.kinds(charter))
    context = {
        "candidacy": candidacy,
        "title": sheet.title_of(part, candidacy),
        "rule": _rule(part, charter),
        "rows": [{**row, "kind_label": kinds.get(row["kind"], row["kind"])} for row in held],
        "form": form,
        "bare": ActForm(matter=candidacy, by=actor, auto_id="remove_%s"),
        "findings": problems,
        "back_url": matter_url(candidacy),
        "late_url": desks.late_url(candidacy),
    }
    return render(request, "candidacy/periods.html", context, status=status)


def _without(rows: list[dict[str, Any]], number: str) -> list[dict[str, Any]]:
    """The rows without the one of that number (from 1)."""
    return [row for index, row in enumerate(rows, 1) if str(index) != number]


@never_cache
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """A page to print: reference and date, and no institution (procedure 1.4)."""
    if away := to_sign_in(request):
        return away
    candidacy = own_candidacy(request, reference)
    if candidacy.submitted_at is None:
        raise Http404
    return render(
        request, "candidacy/receipt.html", {"candidacy": candidacy, "back_url": matter_url(candidacy)}
    )
