"""Evidence: add, look at, black out, remove; and the only way by which a page of it leaves the house."""

from __future__ import annotations

import json
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemicycle.people import accounts, limits, unlocking
from hemicycle.record import acts
from hemicycle.web import sealed
from hemicycle.web.desk import matter_url
from hemicycle.web.forms import ActForm
from hemicycle.web.unsealing import BLOBS, strict
from hemicycle.web.views import actor_of

from .. import actions, desks, envelopes, files, forms, queries, sealing, sheet
from ..cleaning import BadFile
from ..envelopes import Reopened
from ..models import Candidacy, Evidence
from ..models.contents import COPY, ORIGINAL
from .taking import own_candidacy, take, to_sign_in, too_late


@never_cache
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """All evidence of the own candidacy, and the form to add a link or a file."""
    if away := to_sign_in(request):
        return away
    candidacy = own_candidacy(request, reference)
    actor, charter = actor_of(request), queries.charter_of(candidacy.call)
    if away := too_late(request, candidacy):
        return away
    if request.method != "POST":
        acts.decide(actions.add_evidence, candidacy, actor)
    form = forms.EvidenceForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        matter=candidacy, by=actor, charter=charter,
        initial={"criterion": request.GET.get("criterion", ""), "language": candidacy.person.language},
    )  # fmt: skip
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            problems, status = take(actions.add_evidence, candidacy, actor, form, **form.params())
            if not problems:
                return HttpResponseRedirect(_added(candidacy, form.cleaned_data))
    context = {
        "candidacy": candidacy,
        "rows": list(candidacy.evidence.all()),
        "form": form,
        "findings": problems,
        "back_url": matter_url(candidacy),
        "late_url": desks.late_url(candidacy),
    }
    return render(request, "candidacy/evidence.html", context, status=status)


def _added(candidacy: Candidacy, data: dict[str, object]) -> str:
    """After a file: its page, where areas can be blacked out. After a link: back to what it shows."""
    latest = candidacy.evidence.order_by("pk").last()
    if data.get("file") and latest is not None:  # the form may come again after its file was removed
        return reverse("candidacy-evidence-item", args=[latest.name])
    if data.get("criterion"):
        return sheet.part_url(candidacy, f"criterion:{data['criterion']}")
    return reverse("candidacy-evidence", args=[candidacy.reference])


def _visible(request: HttpRequest, name: str) -> Evidence:
    """Evidence whose file the person at the door may see and has opened, or 404."""
    seen = queries.readable_to(actor_of(request)).values("pk")
    found = Evidence.objects.filter(name=name, candidacy__in=seen).select_related(
        "candidacy__call", "candidacy__person"
    )
    item = found.first()
    if item is None:
        raise Http404
    sealed.require(request, sealing.file_of(item.candidacy, actor_of(request)))
    return item


def _opened(request: HttpRequest, held: Evidence) -> Reopened | None:
    """The evidence opened with what its candidate gave to this session; `None` where the phrase is still to be typed."""
    identity = unlocking.identity(request, held.candidacy.person)
    if identity is None or held.kind == "link":
        return None
    with suppress(envelopes.Locked):
        return Reopened(held, identity)
    return None


@require_POST
def unlock(request: HttpRequest, name: str) -> HttpResponse:
    """The candidate types the receipt phrase, so that this session can open what was sealed with it."""
    if away := to_sign_in(request):
        return away
    held = _visible(request, name)
    if held.candidacy.person_id != actor_of(request).person:
        raise Http404
    limits.count(request, "people_second", held.candidacy.person.reference)
    form = forms.UnlockForm(request.POST)
    if form.is_valid():
        account = accounts.of(held.candidacy.person)
        if unlocking.by_phrase(request, account, form.cleaned_data["phrase"]) and _opened(request, held):
            limits.forget(request, "people_second", held.candidacy.person.reference)
            return HttpResponseRedirect(reverse("candidacy-evidence-item", args=[name]))
        form.add_error(
            "phrase",
            _(
                "This phrase does not open it. Check the words; a newer phrase does not open what was sealed before it."
            ),
        )
    return _item(request, held, unlock_form=form, status=422)


@never_cache
def item(request: HttpRequest, name: str) -> HttpResponse:
    """One piece of evidence; its person may black out areas or remove it, readers open it in their browser."""
    if away := to_sign_in(request):
        return away
    return _item(request, _visible(request, name))


def _item(
    request: HttpRequest, held: Evidence, unlock_form: forms.UnlockForm | None = None, status: int = 200
) -> HttpResponse:
    actor, candidacy = actor_of(request), held.candidacy
    is_own, opened = candidacy.person_id == actor.person, None
    if is_own:
        opened = _opened(request, held)
    form = forms.BlackOutForm(
        request.POST if request.method == "POST" else None, matter=candidacy, by=actor, initial={"page": 1}
    )
    problems: list[str] = []
    if request.method == "POST" and unlock_form is None:
        acts.decide(actions.black_out, candidacy, actor)
        status = 422
        if form.is_valid():
            problems, status = _black_out(request, held, opened, form)
            if not problems:
                return HttpResponseRedirect(request.path)
    may_write = actions.black_out.step.act in {
        b.step.act for b in acts.open_to(actions.black_out.table, candidacy, actor)
    }
    context = {
        "candidacy": candidacy,
        "evidence": held,
        "pages": [reverse("candidacy-file", args=[held.name, n]) for n in range(1, len(held.pages) + 1)],
        "is_own": is_own,
        "is_open": opened is not None,
        "unlock": (unlock_form or forms.UnlockForm())
        if is_own and opened is None and held.kind != "link"
        else None,
        "openable": _wrapped(held) if is_own and opened is None and held.kind != "link" else [],
        "sealed_pages": [
            reverse("candidacy-sealed-page", args=[held.name, n]) for n in range(1, len(held.pages) + 1)
        ],
        "key_url": reverse("candidacy-key", args=[held.name, COPY]),
        "original_key_url": reverse("candidacy-key", args=[held.name, ORIGINAL]),
        "has_original": is_own and bool(held.original),
        "form": form if may_write and opened is not None and held.kind in ("pdf", "image") else None,
        "bare": ActForm(matter=candidacy, by=actor, auto_id="remove_%s") if may_write else None,
        "findings": problems,
        "back_url": matter_url(candidacy),
    }
    answer = strict(render(request, "candidacy/item.html", context, status=status))
    answer._csp_update = {**answer._csp_update, **BLOBS}  # type: ignore[attr-defined]
    return answer


def _black_out(
    request: HttpRequest, held: Evidence, opened: Reopened | None, form: forms.BlackOutForm
) -> tuple[list[str], int]:
    data = form.params()
    page = data.pop("page")
    if held.kind not in ("pdf", "image") or page > len(held.pages):
        raise Http404
    if opened is None:
        return [_("Type your receipt phrase first: the page must be opened to be changed.")], 422
    try:
        blackened = files.blacken(opened, held.pages[page - 1], **data)
    except BadFile as error:
        return [str(error)], 422
    actor = actor_of(request)
    return take(
        actions.black_out, held.candidacy, actor, form, evidence=held.name, page=page, blackened=blackened
    )


@require_POST
def remove(request: HttpRequest, name: str) -> HttpResponse:
    if away := to_sign_in(request):
        return away
    actor, held = actor_of(request), _visible(request, name)
    candidacy = held.candidacy
    form = ActForm(request.POST, matter=candidacy, by=actor)
    acts.decide(actions.remove_evidence, candidacy, actor)
    problems = [""]
    if form.is_valid():
        problems, _status = take(actions.remove_evidence, candidacy, actor, form, evidence=name)
    if problems:
        return HttpResponseRedirect(reverse("candidacy-evidence-item", args=[name]))
    return HttpResponseRedirect(reverse("candidacy-evidence", args=[candidacy.reference]))


def file(request: HttpRequest, name: str, page: int) -> HttpResponseBase:
    """One page image or text, to whoever may see the file. Guessing a name gives the same 404 as a wrong one."""
    # Readers have their own address, at the reading; the Secretariat judges the form, not the evidence.
    held = _own(request, name)
    opened = _opened(request, held)
    if opened is None:
        raise Http404
    return files.response(held, page, opened)


def original(request: HttpRequest, name: str) -> HttpResponseBase:
    """What the candidate sent, as an age file that the own phrase opens offline; for its candidate only."""
    return files.original_response(_own(request, name))


def sealed_page(request: HttpRequest, name: str, page: int) -> HttpResponseBase:
    """A page as an age file, which the candidate's browser opens; the phrase does not come here."""
    return files.sealed_response(_own(request, name), page)


def key(request: HttpRequest, name: str, part: str) -> HttpResponse:
    """What opens the pages (`copy`) or what was sent (`original`), sealed to the candidate."""
    box = _own(request, name).keys.filter(part=part, holder=envelopes.CANDIDATE).first()
    if box is None:
        raise Http404
    return files.saved(box.box.encode(), "key.age")


def wrapped_key(request: HttpRequest, name: str) -> HttpResponse:
    """The candidate's key under the receipt phrase, as it is kept here: useless without the phrase."""
    return files.saved(json.dumps(_wrapped(_own(request, name))).encode(), "keys.json")


def _wrapped(held: Evidence) -> list[dict[str, object]]:
    """What `opening.js` and `hemicycle unseal` need of the candidate's key: nothing that opens by itself."""
    account = accounts.of(held.candidacy.person)
    return [{"recipient": account.recipient, "wraps": [account.wrap]}] if account.wrap else []


def _own(request: HttpRequest, name: str) -> Evidence:
    """Evidence of the person at the door, or 404."""
    actor = actor_of(request)
    held = _visible(request, name) if actor.person is not None else None
    if held is None or held.candidacy.person_id != actor.person:
        raise Http404
    return held
