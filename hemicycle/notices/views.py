"""A person's letters, and how the person is told of them; the mails that go out; what goes when; in demonstration mode also
everything that left the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages as said
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemicycle.people import doors
from hemicycle.people.models import Person
from hemicycle.record import clock, erasure, law
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import act_url, begin_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import day as spoken_day
from hemicycle.web.views import actor_of

from . import outbox as mails
from . import queries, retention, showing, wishes
from .forms import DayForm, WishForm
from .models import Channel, Dispatch, Letter, Stage


def messages(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    page = Paginator(queries.visible_to(actor), 25).get_page(request.GET.get("page"))
    context = {
        "title": _("Messages"),
        "page_obj": page,
        "unread": queries.unread_by_kind(actor),
        "is_silent": wishes.of(doors.person(request)).channel == Channel.NONE,
    }
    return render(request, "notices/messages.html", context)


@never_cache
def how_told(request: HttpRequest) -> HttpResponse:
    """How the person wants to be told that messages are here. It is no act: the record must not know it."""
    if actor_of(request).person is None:
        return redirect_to_login(request.get_full_path())
    person = doors.person(request)
    form = WishForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        wishes.keep(person, form.said())
        mails.plan_again(person)
        said.success(request, _("Saved."))
        return redirect("messages")
    context = {"title": _("How you are told"), "form": form, "has_address": bool(mails.address(person))}
    return render(request, "notices/how_told.html", context, status=422 if form.errors else 200)


@require_POST
def open_letter(request: HttpRequest, letter: int) -> HttpResponse:
    """Mark one's own letter as read and go to what it is about."""
    row = get_object_or_404(queries.visible_to(actor_of(request)), pk=letter)
    if row.read_at is None:
        queries.visible_to(actor_of(request)).filter(pk=row.pk).update(read_at=clock.now())
    return HttpResponseRedirect(reverse("matter", args=[row.about]))


def outbox(request: HttpRequest) -> HttpResponse:
    """Everything that left the house, as it left: only a demonstration shows it."""
    if not settings.DEMONSTRATION:
        raise Http404
    letters = Letter.objects.select_related("person__preference", "dispatch")
    page = Paginator(letters.prefetch_related("dispatch__decisions"), 50).get_page(request.GET.get("page"))
    with law.held():
        rows = [(letter, *_outside(letter.person), _way(letter)) for letter in page]
    return render(request, "notices/outbox.html", {"title": _("Outbox"), "page_obj": page, "mails": rows})


def _way(letter: Letter) -> str:
    """What became of the mail that tells of a letter."""
    if letter.dispatch is not None:
        return letter.dispatch.stage(clock.now()).label
    return _("the person wants no mail") if letter.person.email else _("no address: seen after sign-in")


def _outside(person: Person) -> tuple[str, str]:
    return wishes.outside(person.language, wishes.of(person).wording)


@law.held()
def going_out(request: HttpRequest) -> HttpResponse:
    """The mails that go next, with the very text; those that need a decision; the last that went. For clerks.

    A clerk sees to whom by reference, and no kind of letter. A warning to an officer would be read by whom it is about: one
    stands here only when it did not leave and must be decided on.
    """
    if not actor_of(request).holds(Office.SECRETARIAT):
        raise Http404
    page = Paginator(queries.still_to_go(), 50).get_page(request.GET.get("page"))
    context = {
        "title": _("Mails that go out"),
        "minutes": law.in_force().notices.outbox_minutes.value,
        "page_obj": page,
        "next": [_line(mail) for mail in page],
        "to_decide": [_line(mail) for mail in queries.to_decide()[:50]],
        "over": [_line(mail) for mail in queries.over()[:20]],
        "has_server": settings.MAIL_GOES,
    }
    return render(request, "notices/mails.html", context)


def _line(mail: Dispatch) -> dict[str, Any]:
    """One mail for the page, and what may be decided on it."""
    stage, held = mail.stage(clock.now()), queries.held(mail)
    subject, body = _outside(mail.person)
    acts = []
    if held is not None:
        acts = [(_("Let it go"), act_url(held, "let_go"))]
    elif stage is Stage.WAITING:
        acts = [(_("Hold it back"), begin_url("notices", "hold_back", mail=mail.reference))]
    elif stage in (Stage.UNKNOWN, Stage.REFUSED):
        acts = [
            (_("Send it again"), begin_url("notices", "send_again", mail=mail.reference)),
            (_("Leave it"), begin_url("notices", "leave_unsent", mail=mail.reference)),
        ]
    return {
        "mail": mail,
        "stage": stage,
        "held": held,
        "subject": subject,
        "body": body,
        "acts": acts,
        "at": mail.sent_at
        or mail.left_at
        or mail.dropped_at
        or mail.refused_at
        or mail.claimed_at
        or mail.due_at,
        "why": _why(mail) if stage is Stage.WAITING else "",
    }


def _why(mail: Dispatch) -> str:
    """Why a mail goes when it goes. That a person has quiet hours or a digest, and which, is not told: it says where the
    person is."""
    if mail.trouble:
        return _("The mail server did not take it; it is tried again.")
    minutes = law.in_force().notices.outbox_minutes.value
    if mail.due_at <= mail.created_at + timedelta(minutes=minutes):
        return ngettext(
            "%(count)s minute after the first message, so that it can be read here before.",
            "%(count)s minutes after the first message, so that it can be read here before.",
            minutes,
        ) % {"count": minutes}
    return _("The person wishes it then.")


SHOWN = 12  # references of one line; `hemicycle retention` prints all


def _some(references: Sequence[str]) -> str:
    """The first of many references, so that the page can be read."""
    shown = ", ".join(references[:SHOWN])
    return shown if len(references) <= SHOWN else f"{shown}, …"


def what_goes(request: HttpRequest) -> HttpResponse:
    """The dry run of the clock: what is erased by a day, by month and kind. Nothing is changed by looking."""
    if not actor_of(request).holds(Office.SECRETARIAT, Office.INTEGRITY_OFFICER):
        raise Http404
    form = DayForm(request.GET if "on" in request.GET else {"on": clock.today().isoformat()})
    day = form.cleaned_data["on"] if form.is_valid() else clock.today()
    waiting = erasure.waiting()
    with law.held():
        lines = showing.lines(retention.plan(showing.end_of(day)))
    lead = _("As things stand now, this is erased by %(day)s, by the clock alone. Looking changes nothing.")
    still = ngettext(
        "%(count)s key should be gone and may still stand in the store of keys or in its backup.",
        "%(count)s keys should be gone and may still stand in the store of keys or in its backup.",
        waiting,
    ) % {"count": waiting}
    context = {
        "title": _("What goes when"),
        "lead": " ".join([lead % {"day": spoken_day(day)}, *([still] if waiting else [])]),
        "filter_form": form,
        "columns": [_("Month"), _("Kind"), _("How many"), _("References"), _("Put off by a hold"), _("Article")],
        "rows": [
            [
                line.month.strftime("%Y-%m"), line.title, Cell(len(line.references), is_number=True),
                _some(line.references), Cell(line.held or "", is_number=True), line.article,
            ]
            for line in lines
        ],
        "empty": _("Nothing goes by that day."),
    }  # fmt: skip
    return render(request, "web/list.html", context)
