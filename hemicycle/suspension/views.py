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

from hemicycle.assembly import queries as assembly
from hemicycle.integrity import desks as integrity
from hemicycle.integrity import queries as traces
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Due, Fact, MenuItem, Waiting, act_url, begin_url, matter_url
from hemicycle.web.parts import Cell, Row
from hemicycle.web.views import actor_of

from . import forms, queries
from .models import Case
from .procedure import ALLEGERS, CASE, CaseState

C = CaseState


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
                name_of(case, actor),
                Cell(state_label=CASE.state_title(case.standing(now))),
            ]
        )
        for case in page
    ]
    begin = []
    if actor.holds(*ALLEGERS) or mandates.has_seat(actor):
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
    if not (actor.holds(*ALLEGERS) or mandates.has_seat(actor)):
        raise Http404
    found = sorted(
        (m for m in mandates.in_force() if m.person_id != actor.person), key=lambda m: m.seat_number
    )
    rows = [
        Row([Cell(public_name(m), url=begin_url("suspension", "allege", mandate=m.reference)), m.seat_number])
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


def public_name(mandate: Mandate) -> str:
    """The name that everybody who may allege reads, or why there is none (1.6, 1.7)."""
    if mandates.has_gone(mandate):
        return _("name no longer shown")
    return mandates.public_name(mandate) or _("name withheld for safety")


def name_of(case: Case, actor: Actor) -> str:
    """Whom a case is about: the name itself for who decides, else what is public. A case outlives the name of somebody
    whose file was withdrawn and erased (1.6)."""
    if not queries.knows_name(case, actor):
        return public_name(case.mandate)
    return case.mandate.shown_name or _("name no longer kept")


def title(case: Case) -> str:
    """The head of every page of a case, whoever reads it: with no more than the public name."""
    return _("Suspension case: %(name)s") % {"name": public_name(case.mandate)}


def facts(case: Case, actor: Actor) -> Sequence[Fact]:
    """The file as the actor may read it. The participant sees all that was notified, and who complained; whoever
    complained sees the own words and how the case stands, in whatever office that was."""
    charter = law.by_reference(case.charter)
    shown = get_language() or "en"
    named = {item.key: item.text[shown] for item in (*charter.criteria, *charter.bars)}
    readable = queries.readable_texts(case, actor)
    rows: list[Fact] = [
        Fact(_("Participant"), name_of(case, actor)),
        Fact(_("Complainant"), case.complainant.shown_name),
        Fact(_("Criterion or bar"), named.get(case.criterion, case.criterion)),
    ]
    for said in queries.texts_of(case):
        if said.of in readable:
            rows += _text(case, said)
    if actor.person == case.mandate.person_id:
        lines = integrity.told(traces.openings_of(case.reference))
        rows += [Fact(_("Who opened this case"), line) for line in lines]
    if case.state == C.NOTIFIED and case.told_at is None:
        rows.append(
            Fact(
                _("Time for the reply"),
                _(
                    "It begins when the notice stands in the participant’s language; a reply can be given at once."
                ),
            )
        )
    return rows


def _text(case: Case, said: queries.Said) -> list[Fact]:
    """A text in its own language, and each translation beside it with its translator (norm 1.8)."""
    label = forms.label_of(said.of)
    named = label
    if said.of == "substance" and case.translator:
        named = _("%(text)s, translated by %(name)s") % {"text": label, "name": case.translator}
    rows = [Fact(named, said.text, said.language)]
    if said.of == "reply_text" and case.was_helped:
        rows.append(Fact(_("Written with help"), _("yes")))
    for row in said.translations:
        beside = _("%(text)s, translated by %(name)s") % {"text": label, "name": row.translator}
        rows.append(Fact(beside, row.text, row.language))
    return rows


def due(case: Case) -> Due | None:
    state = case.standing(clock.now())
    if state == C.NOTIFIED and case.told_at and case.reply_due:
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
    found = list(queries.open_steps(actor, running))
    reviews = queries.without_reviewer(case for case, steps in found if CASE.by_act["review"] in steps)
    for case, steps in found:
        can = [step for step in steps if _waits(case, step.act, reviews)]
        if can:
            deadline = due(case)
            yield Waiting(
                _("%(act)s: %(reference)s") % {"act": can[0].title, "reference": case.reference},
                matter_url(case),
                deadline.at if deadline else None,
            )
    yield from _translations(actor)


def _waits(case: Case, act: str, reviews: frozenset[int]) -> bool:
    """Whether an act that is open waits to be taken. A notice does not while the second office has the case before it,
    nor a review that somebody has in hand."""
    if act == "notify":
        return case.state != C.URGENT_ASKED
    if act == "review":
        return case.state != C.UNDER_REVIEW or case.pk in reviews
    return act not in ("find_no_case", "extend_reply", "withdraw", "translate")


def _translations(actor: Actor) -> Iterable[Waiting]:
    """What has not reached the participant in the own language waits for a clerk, closed cases too."""
    if not actor.holds(Office.SECRETARIAT):
        return
    translate = CASE.by_act["translate"]
    for case, steps in queries.open_steps(actor, queries.to_translate(queries.visible_to(actor))):
        if translate in steps:
            title = _("%(act)s: %(reference)s") % {"act": translate.title, "reference": case.reference}
            yield Waiting(title, act_url(case, "translate"))


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


class CasesItem(MenuItem):
    """For the offices of a case, and for what is no holding: who is acting President (5.9), and who has a seat."""

    def is_for(self, actor: Actor) -> bool:
        if super().is_for(actor):
            return True
        return bool(assembly.offices(actor, None) & self.offices) or mandates.has_seat(actor)
