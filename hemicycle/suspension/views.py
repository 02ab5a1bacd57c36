"""The list of cases that one may see, and what the pages of a case show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.mandates import queries as mandates
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import open_to
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Due, Fact, Waiting, begin_url, matter_url
from hemicycle.web.parts import Cell, Row
from hemicycle.web.views import actor_of

from . import queries
from .models import Case
from .procedure import ALLEGERS, CASE, CaseState

C = CaseState
# No language is asked for these texts; a reading machine must not take them for the page's own.
UNSAID = "und"


def cases(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    now = clock.now()
    page = Paginator(queries.visible_to(actor).order_by("-pk"), 25).get_page(request.GET.get("page"))
    rows = [
        Row(
            [
                Cell(case.reference, url=matter_url(case)),
                case.mandate.shown_name,
                Cell(state_label=CASE.state_title(case.standing(now))),
            ]
        )
        for case in page
    ]
    begin = []
    if actor.holds(*ALLEGERS) or queries.sits(actor):
        begin = [{"title": _("Submit an allegation"), "url": reverse("suspension-choose"), "primary": False}]
    return render(
        request,
        "web/list.html",
        {
            "title": _("Suspension cases"),
            "lead": _("You see the cases in which you have a part."),
            "actions": begin,
            "columns": [_("Case"), _("Participant"), _("State")],
            "rows": rows,
            "page_obj": page,
            "empty": _("No case."),
        },
    )


def blank(request: HttpRequest, act: str) -> Case:
    """The unsaved case of an allegation against the participation named in the address."""
    reference = request.GET.get("mandate", "")
    mandate = next((m for m in mandates.in_force() if m.reference == reference), None)
    if mandate is None:
        raise Http404
    return Case(mandate=mandate)


def choose(request: HttpRequest) -> HttpResponse:
    """Whom the allegation is about: one link per participant in force."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if not (actor.holds(*ALLEGERS) or queries.sits(actor)):
        raise Http404
    found = sorted(
        (m for m in mandates.in_force() if m.person_id != actor.person), key=lambda m: m.seat_number
    )
    rows = [
        Row([Cell(m.shown_name, url=begin_url("suspension", "allege", mandate=m.reference)), m.seat_number])
        for m in found
    ]
    return render(
        request,
        "web/list.html",
        {
            "title": _("Whom is the allegation about?"),
            "columns": [_("Participant"), _("Seat")],
            "rows": rows,
            "empty": _("Nobody sits now."),
        },
    )


def title(case: Case) -> str:
    return _("Suspension case: %(name)s") % {"name": case.mandate.shown_name}


def facts(case: Case, actor: Actor) -> Sequence[Fact]:
    """The file as the actor may read it. The participant sees all that was notified, and who complained."""
    charter = law.by_reference(case.charter)
    shown = get_language() or "en"
    named = {item.key: item.text[shown] for item in (*charter.criteria, *charter.bars)}
    is_participant = actor.person == case.mandate.person_id
    rows: list[Fact] = [
        Fact(_("Participant"), case.mandate.shown_name),
        Fact(_("Complainant"), case.complainant.shown_name),
        Fact(_("Criterion or bar"), named.get(case.criterion, case.criterion)),
    ]
    if not is_participant:
        rows += [
            Fact(_("Allegation"), case.allegation, case.language),
            Fact(_("Evidence"), case.evidence, case.language),
        ]
    rows += [
        Fact(_("As notified"), case.substance, case.substance_language),
        Fact(_("Translator"), case.translator),
        Fact(_("Urgent danger"), "" if is_participant else case.danger, UNSAID),
        Fact(_("Reply"), case.reply_text, case.reply_language),
        Fact(_("Helper"), case.helper),
        Fact(_("Prima facie finding"), case.finding, UNSAID),
        Fact(_("Decision"), case.decision, UNSAID),
    ]
    return [row for row in rows if row.value]


def due(case: Case) -> Due | None:
    state = case.standing(clock.now())
    if state == C.NOTIFIED and case.reply_due:
        return Due(_("Reply due"), case.reply_due, _("No finding is made before this time is over."))
    if state in (C.SUSPENDED, C.UNDER_REVIEW) and case.review_by:
        return Due(
            _("Review by"), case.review_by, _("Without a decision by then the suspension lapses by itself.")
        )
    return None


def waiting(actor: Actor) -> Iterable[Waiting]:
    if actor.person is None:
        return
    running = queries.visible_to(actor).exclude(
        state__in=[C.UPHELD, C.DISMISSED, C.LAPSED, C.NO_CASE, C.WITHDRAWN]
    )
    for case in running:
        if case.complainant_id == actor.person and not actor.holds(*queries.READERS):
            continue
        can = [
            b
            for b in open_to(CASE, case, actor)
            if b.step.act not in ("find_no_case", "extend_reply", "withdraw")
        ]
        if can:
            deadline = due(case)
            yield Waiting(
                _("%(act)s: %(reference)s") % {"act": can[0].step.title, "reference": case.reference},
                matter_url(case),
                deadline.at if deadline else None,
            )


KINDS: dict[str, str] = {
    C.ALLEGED: "open",
    C.URGENT_ASKED: "open",
    C.NOTIFIED: "open",
    C.REPLIED: "open",
    C.PRIMA_FACIE: "open",
    C.SUSPENDED: "stopped",
    C.UNDER_REVIEW: "stopped",
    C.UPHELD: "stopped",
    C.DISMISSED: "done",
    C.LAPSED: "done",
    C.NO_CASE: "done",
}
READS = frozenset({*ALLEGERS, Office.PRESIDENT, Office.ACTING_PRESIDENT, Office.REVIEWER})
