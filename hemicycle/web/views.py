"""The generic pages: a matter, an act on it, and the desk where everything that waits stands."""

from __future__ import annotations

import inspect
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record import acts, clock, law, queries, references
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import SAME, OutOfOrder, Refused

from . import desk as desks
from . import findings, sealed, signing, unsealing
from .desk import Desk
from .forms import ActForm

#: The name of a button that asks what the form as filled in would do, before anything is written.
LOOK = "look"


def actor_of(request: HttpRequest) -> Actor:
    """The actor whom the people's room found at the door."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def home(request: HttpRequest) -> HttpResponse:
    """What waits for me: the first page after sign-in."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    with law.held():
        waiting = [item for waiting_list in desks.waiting_lists for item in waiting_list(actor)]
    waiting.sort(key=lambda item: (item.due is None, item.due))
    return render(request, "web/home.html", {"waiting": waiting})


@law.held()
def matter_page(request: HttpRequest, reference: str) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    desk, matter = _find(actor, reference)
    sealed.require(request, desk.file(matter, actor))
    return render(request, desk.template, matter_context(desk, matter, actor))


def matter_context(desk: Desk, matter: Matter, actor: Actor) -> dict[str, Any]:
    """Everything that `web/matter.html` and the templates that extend it may show."""
    state = matter.standing(clock.now())
    possible = [
        b
        for b in acts.open_to(desk.table, matter, actor)
        if has_page(desk, b) and desk.offers(matter, b.step.act)
    ]
    possible.sort(key=lambda b: (b.step.grave, b.step.targets == (SAME,)))
    return {
        "matter": matter,
        "title": desk.title(matter),
        "kind": desk.table.title,
        "state": state,
        "state_label": desk.table.state_title(state),
        "state_kind": desk.kinds.get(state, "neutral"),
        "due": desk.due(matter),
        "matter_facts": desk.facts(matter, actor),
        "acts_open": [
            {
                "act": b.step.act,
                "title": b.step.title,
                "grave": b.step.grave,
                "primary": i == 0 and not b.step.grave,
                "url": desks.act_url(matter, b.step.act),
            }
            for i, b in enumerate(possible)
        ],
        "left_to_another": [
            {"title": step.title, "first": desk.table.by_act[str(step.two_person_of)].title}
            for step in acts.left_to_another(desk.table, matter, actor)
        ],
        "history": queries.history(matter.reference, desk.table),
        **desk.context(matter, actor),
    }


def act_page(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    with law.held(request.method != "POST"):
        desk, matter = _find(actor, reference)
        bound = acts.registry.get((desk.table.room, act))
        if bound is None or bound.table is not desk.table or not has_page(desk, bound):
            raise Http404
        return _act(request, actor, desk, matter, bound)


def begin_page(request: HttpRequest, room: str, act: str) -> HttpResponse:
    """The page of an act that begins a matter."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    bound = acts.registry.get((room, act))
    desk = next((d for d in desks.desks.values() if bound is not None and d.table is bound.table), None)
    if bound is None or desk is None or desk.blank is None or not has_page(desk, bound):
        raise Http404
    with law.held(request.method != "POST"):
        return _act(request, actor, desk, desk.blank(request, act), bound)


def has_page(desk: Desk, bound: acts.BoundAct[Any, Any]) -> bool:
    """Whether an act can be taken at the generic pages: it has a form, or needs no words beside a confirmation.

    What needs words and has no form here is taken at a page of its room (a part of a candidacy, a piece of evidence).
    """
    if bound.step.act in desk.forms or bound.step.inner:  # the gate refuses an inner act, with its reason
        return True
    given = inspect.signature(bound.function).parameters.values()
    return not any(p.kind is p.KEYWORD_ONLY and p.default is p.empty for p in given)


def _find(actor: Actor, reference: str) -> tuple[Desk, Matter]:
    desk = desks.desks.get(references.prefix(reference))
    matter = desk.visible(actor).filter(reference=reference).first() if desk else None
    if desk is None or matter is None:
        raise Http404
    return desk, matter


def _act(
    request: HttpRequest, actor: Actor, desk: Desk, matter: Matter, bound: acts.BoundAct[Any, Any]
) -> HttpResponse:
    form_class = desk.forms.get(bound.step.act, ActForm)
    if bound.step.act not in desk.opens:
        sealed.require(request, desk.file(matter, actor))
    if request.method != "POST":
        acts.decide(bound, matter, actor)  # whoever may not act is not shown the form
        return _form_page(request, actor, desk, matter, bound, form_class(matter=matter, by=actor), [])
    form = form_class(request.POST, request.FILES, matter=matter, by=actor)
    if LOOK in request.POST and bound.step.act in desk.beside:
        acts.decide(bound, matter, actor)
        return _form_page(request, actor, desk, matter, bound, form, [])
    if not form.is_valid():
        acts.decide(bound, matter, actor)
        return _form_page(request, actor, desk, matter, bound, form, [], status=422)
    signed = None
    if bound.step.signed and not acts.is_recorded(form.cleaned_data["once"]):
        acts.decide(bound, matter, actor)
        if signing.CHANGE in request.POST:
            return _form_page(request, actor, desk, matter, bound, form, [])
        said = signing.of(bound, matter, form, request)
        try:
            signed = signing.verified(request, said)
        except signing.NotSigned as error:
            if not acts.is_recorded(form.cleaned_data["once"]):  # by its twin, meanwhile
                return _signing_page(request, desk, matter, bound, form, said, error.problem)
    with signing.using(request, signed) as spend:
        sent = acts.submission(form.cleaned_data["once"], form.cleaned_data.get("seen"), signed, spend)
        return _send(request, actor, desk, matter, bound, form, sent)


def _send(
    request: HttpRequest,
    actor: Actor,
    desk: Desk,
    matter: Matter,
    bound: acts.BoundAct[Any, Any],
    form: Any,
    sent: AbstractContextManager[None],
) -> HttpResponse:
    """Take the act with what a valid form says; a refusal keeps what was typed."""
    try:
        with sent:
            bound(matter, actor, **form.params())
    except acts.AlreadyRecorded as error:
        if bound.step.act in desk.opens:  # an old form opens nothing again: the session remembers, or asks
            return HttpResponseRedirect(sealed.onward(request, desks.matter_url(matter)))
        messages.info(request, _("This was recorded before. Nothing was done twice."))
        return HttpResponseRedirect(reverse("matter", args=[error.entry.matter]))
    except (Unmet, ValidationError) as error:
        return _form_page(request, actor, desk, matter, bound, form, findings.texts(error), status=422)
    except (acts.Stale, OutOfOrder) as error:
        # What was typed stays on the page; the person decides anew with the matter as it now is.
        if matter.pk:
            matter.refresh_from_db()
        return _form_page(
            request, actor, desk, matter, bound, _renewed(form, matter), [_refusal(error)], status=409
        )
    if bound.step.act in desk.opens:
        return _opened(request, desk, matter, bound)
    messages.success(request, _("Recorded: %(act)s.") % {"act": bound.step.title})
    onward = desk.onward.get(bound.step.act)
    if onward is not None:
        return HttpResponseRedirect(onward(request, matter))
    after = desk.after.get(bound.step.act)
    if after is not None:
        return HttpResponseRedirect(after(matter))
    still = desk.visible(actor).filter(pk=matter.pk).exists()
    return HttpResponseRedirect(desks.matter_url(matter) if still else reverse("home"))


def _signing_page(
    request: HttpRequest,
    desk: Desk,
    matter: Matter,
    bound: acts.BoundAct[Any, Any],
    form: Any,
    said: signing.Statement,
    problem: str,
) -> HttpResponse:
    """What will be signed, in plain words, and the button that signs it. Nothing is recorded yet."""
    context = {
        "act": {"title": bound.step.title, "is_grave": bound.step.grave},
        "matter": {
            "title": desk.title(matter) if matter.pk else desk.table.title,
            "reference": matter.reference,
            "url": desks.matter_url(matter) if matter.pk else reverse("home"),
        },
        "explanation": form.explanation or bound.step.note,
        "words": signing.in_words(form),
        "sent": signing.sent(request),
        "findings": [problem] if problem else [],
        "signing": signing.asked(request, said),
    }
    return render(request, "web/sign.html", context, status=422 if problem else 200)


def _opened(request: HttpRequest, desk: Desk, matter: Matter, bound: acts.BoundAct[Any, Any]) -> HttpResponse:
    """A sealed file was opened: on to the page that was asked for."""
    sealed.remember(request, desk.opens[bound.step.act](matter))
    messages.success(request, _("Recorded: %(act)s.") % {"act": bound.step.title})
    return HttpResponseRedirect(sealed.onward(request, desks.matter_url(matter)))


def _renewed(form: Any, matter: Matter) -> Any:
    data = form.data.copy()
    data["seen"] = form.as_seen(matter)
    form.data = data
    return form


def _refusal(error: Refused) -> str:
    if isinstance(error, OutOfOrder):
        return _("This is not possible any more: the state is now “%(state)s”.") % {
            "state": error.table.state_title(error.state)
        }
    return _(
        "Somebody acted on this after your page was made. Look at it again; what you typed is still here."
    )


def _form_page(
    request: HttpRequest,
    actor: Actor,
    desk: Desk,
    matter: Matter,
    bound: acts.BoundAct[Any, Any],
    form: Any,
    problems: list[str],
    status: int = 200,
) -> HttpResponse:
    charter = law.in_force()
    step = bound.step
    state = matter.standing(clock.now()) if matter.pk else ""
    context = {
        "act": {
            "title": step.title,
            "verb": step.title,
            "article": (number := charter.article(bound.table.article_key(step.act))),
            "article_url": desks.article_url(number),
            "offices": [charter.office(o).name[request.LANGUAGE_CODE] for o in step.offices],
            "explanation": form.explanation or step.note,
            "is_grave": step.grave,
        },
        "matter": {
            "title": desk.title(matter) if matter.pk else desk.table.title,
            "reference": matter.reference,
            "state_label": desk.table.state_title(state) if matter.pk else "",
            "state_kind": desk.kinds.get(state, "neutral"),
            "url": desks.matter_url(matter) if matter.pk else reverse("home"),
        },
        "object": matter,
        "form": form,
        "findings": problems,
        **(desk.context(matter, actor) if step.act in desk.act_templates else {}),  # web/act.html shows none
        **(desk.beside[step.act](request, form) if step.act in desk.beside else {}),
    }
    template = desk.act_templates.get(step.act, "web/act.html")
    response = render(request, template, context, status=status)
    return unsealing.strict(response) if step.act in desk.unseals else response
