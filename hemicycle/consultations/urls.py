"""Addresses of consultations, and what this room tells the generic pages, the topics and the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from hemicycle.dialogue import parts
from hemicycle.dialogue.models import Topic
from hemicycle.people.models import Language
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.statements import evidence
from hemicycle.texts import sources
from hemicycle.web import desk, entrances
from hemicycle.web.desk import Desk, Due, Fact, MenuItem, Waiting, register, register_menu
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from . import actions, drafts, forms, queries, showing, views
from .models import CodeOrder, Consultation, Proposition, Withdrawal
from .procedure import CODES, CONSULTATION, PROPOSITION, WITHDRAWAL, ConsultationState, RequestState

plain_urlpatterns = [
    path("consultations/<str:reference>/result.json", views.result_file, name="consultations-result-file"),
    path("consultations/<str:reference>/votes.csv", views.matrix_file, name="consultations-matrix-file"),
]

urlpatterns = [
    path("consultations/", views.public_list, name="consultations-public"),
    path("consultations/mine/", views.desk_page, name="consultations-desk"),
    path("consultations/<str:reference>/", views.public_page, name="consultations-page"),
    path("consultations/<str:reference>/result/", views.result, name="consultations-result"),
    path("consultations/<str:reference>/draft/", views.draft, name="consultations-draft"),
    path("consultations/<str:reference>/answer/", views.answer, name="consultations-answer"),
    path("consultations/<str:reference>/answers/", views.answers, name="consultations-answers"),
    path("consultations/<str:reference>/propose/", views.propose, name="consultations-propose"),
    path("consultations/<str:reference>/code/", views.enter_code, name="consultations-code"),
    path("consultations/<str:reference>/codes/", views.codes, name="consultations-codes"),
]


def _facts(row: Consultation, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(pgettext("dialogue", "Topic"), row.topic.shown_name),
        Fact(_("Civil society is invited"), _("yes") if row.civil_society else _("no")),
    ]
    if row.opened_at is not None:
        facts.append(Fact(pgettext("consultation", "Opened"), moment(row.opened_at)))
        facts.append(
            Fact(
                _("What everybody reads"),
                _("the page of the consultation"),
                url=reverse("consultations-page", args=[row.reference]),
            )
        )
    if row.reasons:
        facts.append(
            Fact(pgettext("consultation", "Why it was withdrawn"), row.reasons, language=row.reasons_language)
        )
    return [*facts, *_withdrawal_facts(row, actor)]


def _withdrawal_facts(row: Consultation, actor: Actor) -> list[Fact]:
    """For clerks: the request that runs, or the way to make one."""
    if not row.is_open or not actor.holds(Office.SECRETARIAT):
        return []
    asked = row.withdrawals.filter(state=RequestState.ASKED).first()
    if asked is not None:
        said, url = _("asked for, not confirmed: answers are taken as before"), desk.matter_url(asked)
    else:
        said = pgettext("withdrawal of a consultation", "ask for it; another clerk confirms")
        url = desk.begin_url("consultations", "ask_withdrawal", consultation=row.reference)
    return [Fact(_("Withdrawal"), said, url=url)]


def _request_facts(row: Withdrawal | CodeOrder, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("Consultation"), row.consultation.shown_name, url=desk.matter_url(row.consultation))]
    if isinstance(row, Withdrawal):
        return [*facts, Fact(_("Reasons, for everybody to read"), row.reasons, language=row.language)]
    return [*facts, Fact(_("How many codes"), str(row.number))]


def _order_context(row: CodeOrder, actor: Actor) -> dict[str, Any]:
    is_asked = row.pk is not None and row.standing(clock.now()) == RequestState.ASKED
    return {
        "codes_url": reverse("consultations-codes", args=[row.consultation.reference]) if is_asked else ""
    }


def _open(request: HttpRequest, act: str) -> Matter:
    """A withdrawal of the consultation that the address names."""
    row = queries.visible_to(actor_of(request)).filter(reference=request.GET.get("consultation", "")).first()
    if row is None:
        raise Http404
    return Withdrawal(consultation=row)


def _due(row: Consultation) -> Due | None:
    if row.state not in (ConsultationState.PREPARED, ConsultationState.OPEN):
        return None
    return Due(_("End of the time for answers"), row.closes_at)


def _context(row: Consultation, actor: Actor) -> dict[str, Any]:
    """The propositions with the way to each, and the way to codes, for whoever may act on them."""
    if row.pk is None:
        return {}
    may = actor.holds(Office.SECRETARIAT)
    is_begun = row.state in (ConsultationState.PREPARED, ConsultationState.OPEN)
    shown = queries.propositions_visible_to(actor).filter(consultation=row)
    return {
        "propositions": [(each, queries.written(each), showing.proposition_state(each)) for each in shown],
        "codes_url": reverse("consultations-codes", args=[row.reference])
        if may and row.civil_society and is_begun
        else "",
        "codes_made": row.codes.count() if may and row.civil_society and is_begun else 0,
    }


def _proposition_facts(row: Proposition, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Consultation"), row.consultation.shown_name, url=desk.matter_url(row.consultation)),
        Fact(pgettext("consultation", "Proposition"), row.text or row.draft or "—", language=row.language),
        Fact(_("Language"), Language(row.language).label),
    ]
    if row.reason:
        facts.append(
            Fact(pgettext("proposition", "Declined because"), queries.reason_name(law.in_force(), row.reason))
        )
    return facts


def _blank(request: HttpRequest, act: str) -> Matter:
    """Under the topic whose page the clerk came from."""
    topic = Topic.objects.filter(reference=request.GET.get("topic", "")).first()
    return Consultation() if topic is None else Consultation(topic=topic)


register(
    Desk(
        table=CONSULTATION,
        model=Consultation,
        visible=queries.visible_to,
        forms={"prepare": forms.PrepareForm, "extend": forms.ExtendForm, "withdraw": forms.WithdrawForm},
        title=lambda row: row.shown_name,
        facts=_facts,
        due=_due,
        kinds=showing.KINDS,
        context=_context,
        template="consultations/matter.html",
        blank=_blank,
        offers=lambda row, act: act != "extend" or not row.was_extended,
    ),
    Desk(
        table=PROPOSITION,
        model=Proposition,
        visible=queries.propositions_visible_to,
        forms={"decline": forms.DeclineForm},
        title=lambda row: _("Proposition %(n)d") % {"n": row.number},
        facts=_proposition_facts,
        kinds=showing.KINDS,
        context=lambda row, actor: {"asked": _proposition_facts(row, actor) if row.pk else ()},
        act_templates=dict.fromkeys(("admit", "decline", "take_back"), "consultations/decide.html"),
        after={act: lambda row: desk.matter_url(row.consultation) for act in ("admit", "decline")},
    ),
    Desk(
        table=WITHDRAWAL,
        model=Withdrawal,
        visible=queries.withdrawals_visible_to,
        forms={"ask_withdrawal": forms.AskWithdrawalForm},
        title=lambda row: WITHDRAWAL.title,
        facts=_request_facts,
        kinds=showing.KINDS,
        context=lambda row, actor: {"asked": _request_facts(row, actor) if row.pk else ()},
        act_templates={"confirm_withdrawal": "consultations/decide.html"},
        blank=_open,
    ),
    Desk(
        table=CODES,
        model=CodeOrder,
        visible=queries.codes_visible_to,
        title=lambda row: CODES.title,
        facts=_request_facts,
        kinds=showing.KINDS,
        context=_order_context,
        template="consultations/order.html",
    ),
)
register_menu(
    "dialogue",
    MenuItem(
        gettext_lazy("Consultations"),
        "consultations-desk",
        frozenset({Office.SECRETARIAT, Office.DELEGATE}),
    ),
)
entrances.register(
    "dialogue",
    entrances.Door(
        gettext_lazy("Consultations"),
        gettext_lazy("Short propositions that many answer; what groups of different opinion have in common."),
        "consultations-public",
    ),
)
sources.register(Proposition.PREFIX, queries.texts_of)
evidence.register(Consultation.PREFIX, drafts.evidence_of)


def _lines(topic: Topic, actor: Actor) -> Sequence[parts.Line]:
    return [
        parts.Line(
            row.shown_name,
            showing.state(row)[0],
            row.opened_at,
            reverse("consultations-page", args=[row.reference]),
        )
        for row in queries.public().filter(topic=topic)
    ]


def _begin(topic: Topic, actor: Actor) -> str:
    may = topic.state == "open" and actor.holds(Office.SECRETARIAT)
    return desk.begin_url("consultations", "prepare", topic=topic.reference) if may else ""


parts.parts.append(
    parts.Part(
        gettext_lazy("Consultations"),
        _lines,
        gettext_lazy("There has been no consultation on this topic so far."),
        _begin,
        pgettext_lazy("topic", "Prepare a consultation"),
    )
)


def waiting(actor: Actor) -> Iterable[Waiting]:
    """For those who may answer what is open; for clerks, what was sent and what was computed."""
    for row in queries.answerable(actor):
        url = reverse("consultations-answer", args=[row.reference])
        yield Waiting(_("Answer: %(name)s") % {"name": row.shown_name}, url, row.closes_at)
    for each in queries.to_decide(actor):
        yield Waiting(
            _("Admit or decline a proposition: %(reference)s") % {"reference": each.reference},
            desk.matter_url(each),
            each.consultation.closes_at,
        )
    for row in queries.to_publish(actor):
        yield Waiting(_("Publish the result: %(name)s") % {"name": row.shown_name}, desk.matter_url(row))
    for asked in queries.asked_of(actor):
        words = (
            _("Decide on the withdrawal: %(name)s")
            if isinstance(asked, Withdrawal)
            else _("Make the second halves of codes: %(name)s")
        )
        yield Waiting(
            words % {"name": asked.consultation.shown_name},
            desk.matter_url(asked),
            asked.consultation.closes_at,
        )


desk.waiting_lists.append(waiting)

__all__ = ["actions", "plain_urlpatterns", "urlpatterns"]
