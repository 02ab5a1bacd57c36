"""The pages on which a person writes the own candidacy: one question per page, saved page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemicycle.record import acts, clock
from hemicycle.record.log import receipts
from hemicycle.record.models import Entry
from hemicycle.rules.charter import Charter
from hemicycle.web.desk import matter_url
from hemicycle.web.forms import ActForm
from hemicycle.web.views import actor_of

from .. import actions, answers, desks, forms, queries, sheet
from ..models import Candidacy
from ..procedure import CORRECTED
from .taking import own_candidacy, take, to_sign_in, too_late


def _form(part: str, charter: Charter, data: Any, candidacy: Candidacy, by: Any) -> Any:
    """The form of a part, filled with what stands there now."""
    kind, _sep, key = part.partition(":")
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
            said = {}
            if correct:
                said = {"reasons": values.pop("reasons"), "language": values.pop("reasons_language")}
                if part.startswith("bar:") and values["answer"] == "yes" and not form.initial["periods"]:
                    acts.decide(bound, candidacy, actor)
                    return _on_to_dates(request, candidacy, part.partition(":")[2], said)
            problems, status = _take_part(request, candidacy, form, part, values, said)
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
        "periods_url": _periods_url(candidacy, part.partition(":")[2])
        if correct and form.initial.get("periods")
        else "",
        "shown_only": sheet.shown_only(candidacy) if part == "declaration" else [],
    }
    return render(request, "candidacy/part.html", context, status=status)


def _after(
    candidacy: Candidacy, part: str, parts: tuple[str, ...], values: dict[str, Any], correct: bool
) -> str:
    if correct:
        return matter_url(candidacy)
    if part.startswith("bar:") and values["answer"] == "yes":
        return _periods_url(candidacy, part.partition(":")[2])
    following = parts.index(part) + 1
    return sheet.part_url(candidacy, parts[following]) if following < len(parts) else matter_url(candidacy)


def _take_part(
    request: HttpRequest,
    candidacy: Candidacy,
    form: Any,
    part: str,
    values: dict[str, Any],
    said: dict[str, str],
) -> tuple[list[str], int]:
    """Save a part, or correct it where reasons are said; problems and status as of `take`."""
    actor = actor_of(request)
    if said:
        return take(actions.correct_facts, candidacy, actor, form, part=part, values=values, **said)
    return take(actions.save, candidacy, actor, form, parts={part: values})


def _on_to_dates(request: HttpRequest, candidacy: Candidacy, bar: str, said: dict[str, str]) -> HttpResponse:
    """From a no to a yes: the page of the dates, with the reasons given so far. A yes is kept with its dates, not
    before."""
    reasons = {"reasons": said["reasons"], "reasons_language": said["language"]}
    return _periods_page(request, candidacy, bar, _period_form(request, candidacy, None, None, **reasons))


@never_cache
def periods(request: HttpRequest, reference: str, bar: str) -> HttpResponse:
    """The dated facts under a bar: add, change, remove one. After sending each of these is a correction with reasons
    (procedure 2.5)."""
    if away := to_sign_in(request):
        return away
    candidacy = own_candidacy(request, reference)
    if f"bar:{bar}" not in answers.parts(queries.charter_of(candidacy.call)):
        raise Http404
    if away := too_late(request, candidacy):
        return away
    held, chosen, removed = (
        answers.dated(candidacy, bar),
        request.GET.get("row", ""),
        request.POST.get("remove", ""),
    )
    if any(asked and asked not in held for asked in (chosen, removed)):
        messages.warning(request, _("These dates do not stand there any more. Look at the list again."))
        return HttpResponseRedirect(request.path)
    correct = _is_corrected(candidacy)
    if request.method != "POST":
        acts.decide(actions.correct_facts if correct else actions.save, candidacy, actor_of(request))
        return _periods_page(
            request, candidacy, bar, _period_form(request, candidacy, None, held.get(chosen))
        )
    form = _period_form(request, candidacy, request.POST, held.get(chosen))
    if removed:
        for (
            name
        ) in answers.PERIOD:  # the dates that go are not looked at again; the reasons of a correction are
            form.fields[name].required = False
    problems: list[str] = []
    status = 422
    if form.is_valid():
        given = form.params()
        said = {"reasons": given.pop("reasons"), "language": given.pop("reasons_language")} if correct else {}
        rows = {name: row for name, row in held.items() if name != removed}
        if not removed:
            rows[chosen] = given  # in the place of the chosen one, or as a new one
        problems, status = _take_part(
            request, candidacy, form, f"bar:{bar}", {"answer": "yes", "periods": [*rows.values()]}, said
        )
        if not problems:
            return HttpResponseRedirect(request.path)
    return _periods_page(request, candidacy, bar, form, problems, status)


def _is_corrected(candidacy: Candidacy) -> bool:
    """Whether what is written on the candidacy now is a correction: it was sent."""
    return candidacy.standing(clock.now()) in CORRECTED


def _period_form(
    request: HttpRequest, candidacy: Candidacy, data: Any, row: dict[str, Any] | None, **said: str
) -> Any:
    """The form of one dated fact, filled with the chosen one; after sending, with the reasons of a correction."""
    charter, by = queries.charter_of(candidacy.call), actor_of(request)
    form: Any = forms.PeriodForm(
        data, matter=candidacy, by=by, charter=charter, initial={**(row or {}), **said}
    )
    if _is_corrected(candidacy):
        form.fields.update(forms.CorrectionForm(matter=candidacy, by=by).fields | form.fields)
    return form


def _periods_page(
    request: HttpRequest,
    candidacy: Candidacy,
    bar: str,
    form: Any,
    problems: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    charter, part, correct = queries.charter_of(candidacy.call), f"bar:{bar}", _is_corrected(candidacy)
    held, chosen, kinds = (
        answers.dated(candidacy, bar),
        request.GET.get("row", ""),
        dict(answers.kinds(charter)),
    )
    name = "candidacy-correct" if correct else "candidacy-part"
    context = {
        "candidacy": candidacy,
        "title": sheet.title_of(part, candidacy),
        "rule": _rule(part, charter),
        "rows": [{**row, "name": name, "kind_label": kinds.get(row["kind"], row["kind"])} for name, row in held.items()],
        "chosen": chosen if chosen in held else "",
        "is_yes": answers.read(candidacy, part)["answer"] == "yes",
        "is_correction": correct,
        "form": form,
        "bare": ActForm(matter=candidacy, by=actor_of(request), auto_id="remove_%s"),
        "findings": problems,
        "periods_url": _periods_url(candidacy, bar),
        "answer_url": reverse(name, args=[candidacy.reference, part]),
        "back_url": matter_url(candidacy),
        "late_url": desks.late_url(candidacy),
    }  # fmt: skip
    return render(request, "candidacy/periods.html", context, status=status)


def _periods_url(candidacy: Candidacy, bar: str) -> str:
    return reverse("candidacy-periods", args=[candidacy.reference, bar])


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


@never_cache
def receipt_file(request: HttpRequest, reference: str) -> HttpResponse:
    """A signed promise that the sending stands in the record, for whoever wants one. It names nobody and nothing."""
    if away := to_sign_in(request):
        return away
    candidacy = own_candidacy(request, reference)
    entry = Entry.objects.filter(matter=candidacy.reference, act="submit").order_by("-number").first()
    if entry is None:
        raise Http404
    response = HttpResponse(receipts.bare(entry), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="receipt.json"'
    return response
