"""Two clerks look at every form, one after another (procedure 2.4): a list for each look, and from one form to the next.

Nothing is confirmed unseen: each form is shown whole, with one button below it, and then the next one that waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from hemicycle.record import acts, clock, law
from hemicycle.record.actors import Actor
from hemicycle.web import sealed
from hemicycle.web.desk import act_url, article_url
from hemicycle.web.forms import ActForm
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from .. import actions, desks, forms, queries, sealing
from ..models import Candidacy
from ..procedure import CANDIDACY, CandidacyState
from .clerk import A_PAGE
from .taking import take, to_sign_in

S = CandidacyState


@dataclass(frozen=True)
class Look:
    """One of the two looks: the state that waits for it, the act, its form, and the acts for a form that is not in order."""

    state: CandidacyState
    bound: acts.BoundAct[Any, Any]
    form: type[ActForm]
    otherwise: tuple[str, ...]


LOOKS = {
    "first": Look(
        S.SUBMITTED, actions.propose_admissible, forms.AdmissibleForm,
        ("return_for_completion", "propose_inadmissible"),
    ),
    "second": Look(
        S.ADMISSIBILITY_PROPOSED, actions.declare_admissible, forms.ConfirmAdmissibleForm,
        ("dismiss_admissibility",),
    ),
}  # fmt: skip


def _look(name: str) -> Look:
    if name not in LOOKS:
        raise Http404
    return LOOKS[name]


def _address(name: str, candidacy: Candidacy) -> str:
    return reverse("candidacy-form", args=[name, candidacy.reference])


def to_look_at(request: HttpRequest, look: str) -> HttpResponse:
    """The forms that wait for this clerk's first look, or for this clerk as the second."""
    if away := to_sign_in(request):
        return away
    asked = _look(look)
    waiting = queries.forms_to_look_at(_clerk(request, asked), asked.state)
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        [Cell(row.reference, url=_address(look, row)), row.person.shown_name, moment(row.submitted_at)]
        for row in page
    ]
    leads = {
        "first": _("Look at each form by itself. What you find in order, a second clerk confirms."),
        "second": _("Another clerk found these forms in order. You see each one and confirm it, or not."),
    }
    titles = {"first": _("Forms to look at"), "second": _("Forms that a second clerk confirms")}
    begin = (
        {"url": _address(look, waiting[0]), "title": _("Begin with the first"), "primary": True}
        if waiting
        else None
    )
    context = {
        "title": titles[look], "lead": leads[look], "rows": rows, "page_obj": page, "actions": [begin] if begin else [],
        "columns": [_("Reference"), _("Person"), _("First received")], "empty": _("No form waits for you here."),
    }  # fmt: skip
    return render(request, "web/list.html", context)


def _clerk(request: HttpRequest, look: Look) -> Actor:
    """Who is at the door, if he or she holds the office that looks at forms; else 404: nobody learns what waits."""
    actor = actor_of(request)
    if not actor.holds(*look.bound.step.offices):
        raise Http404
    return actor


@never_cache
def look_at(request: HttpRequest, look: str, reference: str) -> HttpResponse:
    """One form, whole; its button; then the next one that waits, or the list when none is left."""
    if away := to_sign_in(request):
        return away
    asked = _look(look)
    actor = _clerk(request, asked)
    candidacy = queries.visible_to(actor).filter(reference=reference).first()
    if candidacy is None:
        raise Http404
    sealed.require(request, sealing.file_of(candidacy, actor))
    waiting = queries.forms_to_look_at(actor, asked.state)
    onward = _onward(look, waiting, candidacy)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        form = asked.form(request.POST, matter=candidacy, by=actor)
        status = 422
        if form.is_valid():
            problems, status = take(asked.bound, candidacy, actor, form)
            if not problems:
                messages.success(request, _("Recorded: %(act)s.") % {"act": asked.bound.step.title})
                return HttpResponseRedirect(onward)
            if candidacy.standing(clock.now()) != asked.state:
                # Decided or withdrawn meanwhile: a file that is closed is not shown again with the refusal.
                messages.warning(request, problems[0])
                return HttpResponseRedirect(onward)
            if status == 409:
                problems = [
                    _("The file was changed after your page was made. Look at it again, then decide.")
                ]
    else:
        acts.decide(asked.bound, candidacy, actor)
        form = asked.form(matter=candidacy, by=actor)
    left = sum(row.pk != candidacy.pk for row in waiting)
    context = {
        **_head(asked, candidacy, form, request.LANGUAGE_CODE),
        **desks.candidacy_context(candidacy, actor),
        "form": form,
        "findings": problems,
        "cancel_url": reverse("candidacy-forms", args=[look]),
        "next_url": onward if left else "",
        "left": ngettext(
            "%(number)s more form waits for you.", "%(number)s more forms wait for you.", left
        ) % {"number": left} if left else _("This is the last form that waits for you."),
        "otherwise": [
            {"title": CANDIDACY.by_act[name].title, "url": act_url(candidacy, name)} for name in asked.otherwise
        ],
    }  # fmt: skip
    return render(request, "candidacy/look.html", context, status=status)


def _onward(look: str, waiting: list[Candidacy], candidacy: Candidacy) -> str:
    """The form that waits after this one, in the order in which they came; at the end the list, with what was left."""
    place = (candidacy.submitted_at, candidacy.pk)
    following = (
        row for row in waiting if row.submitted_at and place[0] and (row.submitted_at, row.pk) > place
    )
    first = next(following, None)
    return _address(look, first) if first else reverse("candidacy-forms", args=[look])


def _head(look: Look, candidacy: Candidacy, form: ActForm, language: str) -> dict[str, Any]:
    """What `web/act.html` says of the act and of the matter."""
    charter, step, state = law.in_force(), look.bound.step, candidacy.standing(clock.now())
    number = charter.article(CANDIDACY.article_key(step.act))
    return {
        "act": {
            "title": step.title,
            "verb": step.title,
            "article": number,
            "article_url": article_url(number),
            "offices": [charter.office(office).name[language] for office in step.offices],
            "explanation": form.explanation,
            "is_grave": step.grave,
        },
        "matter": {
            "title": candidacy.person.shown_name,
            "reference": candidacy.reference,
            "state_label": CANDIDACY.state_title(state),
            "state_kind": "neutral",
            "url": reverse("matter", args=[candidacy.reference]),
        },
        "object": candidacy,
    }
