"""Addresses of the lists, and what this room tells the generic pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.assembly.models import Session
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.integrity import voice
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.desk import Desk, Due, Fact, MenuItem, Waiting, register, register_menu
from hemicycle.web.forms import ActForm
from hemicycle.web.templatetags.house import charter_name, day

from . import actions, desks, forms, queries, views  # noqa: F401 - the acts are bound when their module is read
from .models import Acceptance, List, Presence
from .procedure import ACCEPTANCE, LIST, AcceptanceState, ListState

app_name = "composition"

S = ListState
PEN = frozenset({Office.PRESIDENT, Office.ACTING_PRESIDENT, Office.SECRETARIAT, Office.SECRETARY_GENERAL})

urlpatterns = [
    path("lists/", views.lists_page, name="lists"),
    path("lists/people/", views.people_page, name="people"),
    path("lists/<str:reference>/marks/", views.marks_page, name="marks"),
    path("lists/<str:reference>/keep/", views.keep_page, name="keep"),
    path("lists/<str:reference>/look/", views.look_page, name="look"),
    path("lists/<str:reference>/lots/<int:number>/lot.json", views.lot_json, name="lot"),
    path("lists/<str:reference>/paper/", views.paper_page, name="paper"),
    path("lists/<str:reference>/paper/certificate.json", views.certificate_json, name="certificate"),
    path("proposals/additions/<str:reference>/", views.addition_page, name="addition"),
    path("proposals/<str:reference>/", views.proposals_page, name="proposals"),
    path("proposals/<str:reference>/<int:number>/", views.proposal_page, name="proposal"),
]


def _list_title(list_: List) -> str:
    return _("List for the session %(session)s: %(name)s") % {
        "session": list_.session.name,
        "name": list_.name,
    }


def _composer_url(list_: List) -> str:
    """A comment is read where the draft is composed."""
    return f"{desk.act_url(list_, 'compose')}#comments"


def _lot_url(list_: List) -> str:
    """What a lot has come to is read where the draft is composed."""
    return f"{desk.act_url(list_, 'compose')}#lot"


def _list_facts(list_: List, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Session"), list_.session.name),
        Fact(_("Rules of procedure"), charter_name(list_.charter)),
        Fact(_("Proposed by"), list_.proposer.shown_name),
    ]
    facts += voice.facts(list_.proposer, actor)
    if list_.proposed_on is not None:
        facts.append(Fact(_("Proposed on"), day(list_.proposed_on)))
    if list_.copied_from is not None:
        facts.append(Fact(_("Begun as a copy of"), list_.copied_from.reference))
    if list_.decision_reasons:
        facts.append(Fact(_("Reasons"), list_.decision_reasons, list_.decision_language))
    if list_.decision_source:
        facts.append(Fact(_("Source document"), list_.decision_source))
    return facts


def _blank_list(request: HttpRequest, act: str) -> Matter:
    """A list for the session and call named in the address, or for the latest call; or one that amends another."""
    source = None
    if act == "adopt_amendments":
        actor: Actor = request.actor  # type: ignore[attr-defined]
        source = queries.visible_to(actor).filter(reference=request.GET.get("list", "")).first()
        if source is None:
            raise Http404
        return List(session=source.session, call=source.call, copied_from=source, charter=source.charter)
    call = views.latest_call()
    if "call" in request.GET:
        call = Call.objects.filter(reference=request.GET["call"]).select_related("session").first()
    if call is None:
        raise Http404
    return List(session=call.session, call=call)


def _blank_acceptance(request: HttpRequest, act: str) -> Matter:
    candidacy = (
        Candidacy.objects.filter(reference=request.GET.get("candidacy", ""), person__is_active=True)
        .select_related("call__session", "person", "slate")
        .first()
    )
    actor: Actor = request.actor  # type: ignore[attr-defined]
    may = queries.is_proposer(actor) or actor.holds(Office.SECRETARIAT)
    if candidacy is None or not may:
        raise Http404
    session: Session = candidacy.call.session
    return Acceptance(candidacy=candidacy, session=session, reserved=request.GET.get("reserved") == "1")


def _acceptance_title(acceptance: Acceptance) -> str:
    name = acceptance.candidacy.person.shown_name
    if acceptance.reserved:
        return _("Reserved seat: %(name)s") % {"name": name}
    return _("Seat: %(name)s") % {"name": name}


def _acceptance_facts(acceptance: Acceptance, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Session"), acceptance.session.name),
        Fact(_("Kind of seat"), _("reserved; this is public") if acceptance.reserved else _("not reserved")),
    ]
    if acceptance.public_name and acceptance.candidacy.person_id == actor.person:
        facts.append(Fact(_("Public name"), acceptance.public_name))
        said = dict(Presence.choices).get(acceptance.presence, _("not said"))
        facts.append(Fact(_("Can you come to the meetings?"), said))
    return facts


def _acceptance_due(acceptance: Acceptance) -> Due | None:
    if acceptance.state != AcceptanceState.ASKED:
        return None
    return Due(
        _("Answer until"),
        acceptance.due_at,
        _("Without an answer the question lapses; it can be asked again."),
    )


FORMS: dict[str, type[ActForm]] = {
    "draft": forms.DraftForm,
    "adopt_amendments": forms.AdoptAmendmentsForm,
    "compose": forms.ComposeForm,
    "prepare_lot": forms.PrepareLotForm,
    "draw_lot": forms.DrawLotForm,
    "comment": forms.CommentForm,
    "seat": forms.SeatForm,
    "unseat": forms.UnseatForm,
    "order_succession": forms.SuccessionForm,
    "override": forms.OverrideForm,
    "state_reasons": forms.StateReasonsForm,
    "take_back": forms.MayGiveReasonsForm,
    "withdraw": forms.MayGiveReasonsForm,
    "call_bureau_vote": forms.CallVoteForm,
    "call_separate_votes": forms.CallVoteForm,
    "object": forms.ObjectForm,
    "withdraw_objection": forms.WithdrawObjectionForm,
    "propose_amendment": forms.ProposeAmendmentForm,
    "withdraw_amendment": forms.WithdrawAmendmentForm,
    "attach_alternatives": forms.AlternativesForm,
    "amend": forms.AmendForm,
    "refuse": forms.ReasonsForm,
    "enter_referral": forms.ReferralForm,
    "tell_candidates": forms.TellForm,
    "refuse_ratification": forms.MayGiveReasonsForm,
}

register(
    Desk(
        table=LIST,
        model=List,
        visible=queries.visible_to,
        forms=FORMS,
        title=_list_title,
        facts=_list_facts,
        context=views.list_context,
        template="composition/list.html",
        act_templates={
            "compose": "composition/compose.html",
            "ask_release": "composition/act_with_marks.html",
            "confirm_release": "composition/act_with_marks.html",
        },
        after={"comment": _composer_url, "prepare_lot": _lot_url, "draw_lot": _lot_url},
        beside={"compose": views.composer_context},
        blank=_blank_list,
        offers=queries.offers,
    ),
    Desk(
        table=ACCEPTANCE,
        model=Acceptance,
        visible=queries.acceptances_visible_to,
        forms={
            "ask_acceptance": forms.AskForm,
            "accept": forms.AcceptForm,
            "say_presence": forms.PresenceForm,
        },
        title=_acceptance_title,
        facts=_acceptance_facts,
        due=_acceptance_due,
        act_templates={"accept": "composition/accept.html"},
        blank=_blank_acceptance,
    ),
)
desks.open_additions()
register_menu("composition", MenuItem(gettext_lazy("Lists"), "composition:lists", PEN))


def waiting(actor: Actor) -> Iterable[Waiting]:
    """What waits here for a person: a question to answer, a list to release, to read, to decide on, to announce."""
    if actor.person is None:
        return
    asked = Acceptance.objects.filter(
        candidacy__person=actor.person, state=AcceptanceState.ASKED, due_at__gt=clock.now()
    )
    for acceptance in asked:
        url = desk.matter_url(acceptance)
        yield Waiting(_("You are asked whether you accept a seat"), url, acceptance.due_at)
    if not actor.offices:
        return
    lists = queries.visible_to(actor).filter(state__in=[*WAITING, S.REFERRED_BACK, S.RATIFICATION_REFUSED])
    for list_ in lists:
        yield from _waits(list_, actor)


desk.waiting_lists.append(waiting)

WAITING = {
    S.RELEASE_ASKED: gettext_lazy("A list waits for the second person"),
    S.BEFORE_BUREAU: gettext_lazy("A list is before the Bureau: call or record its vote"),
    S.REFERRAL_ENTERED: gettext_lazy("A referral back waits for the second person"),
    S.APPROVED: gettext_lazy("A list is approved: send the outcome letters, then announce it"),
    S.BEFORE_RATIFICATION: gettext_lazy("A list waits for ratification"),
    S.RATIFIED: gettext_lazy("A list is ratified: send the outcome letters, then announce it"),
}


def _waits(list_: List, actor: Actor) -> Iterable[Waiting]:
    """What one list asks of one person."""
    url = desk.matter_url(list_)
    clerk = actor.holds(Office.SECRETARIAT)
    second = actor.holds(Office.SECRETARY_GENERAL) and list_.state in (S.RELEASE_ASKED, S.REFERRAL_ENTERED)
    if queries.is_proposer(actor):
        if list_.state in (S.RELEASE_ASKED, S.BEFORE_BUREAU) and not queries.proposer_in_office(list_):
            yield Waiting(_("A proposal of the President before you waits: adopt it or withdraw it"), url)
        if list_.state in (S.REFERRED_BACK, S.RATIFICATION_REFUSED) and not list_.copies.exists():
            yield Waiting(_("A list has come back"), url)
    if (clerk or second) and list_.state in WAITING:
        yield Waiting(WAITING[ListState(list_.state)], url)
    if list_.state == S.BEFORE_BUREAU and queries.on_bureau_roll(actor):
        pages = reverse("composition:proposals", args=[list_.reference])
        yield Waiting(_("Read about the people proposed to the Bureau"), pages)
