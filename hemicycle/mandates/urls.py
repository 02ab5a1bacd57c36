"""Addresses of the mandates, and what this room tells the generic pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.assembly import queries as assembly
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.desk import Desk, Due, Fact, MenuItem, Waiting, register, register_menu
from hemicycle.web.templatetags.house import day, moment

from . import actions, forms, queries, views  # noqa: F401 - the acts are bound when their module is read
from .models import Ending, Mandate, Reveal
from .procedure import ENDING, MANDATE, REVEAL, EndingState, Ground, MandateState, RevealState

app_name = "mandates"

urlpatterns = [
    path("participation/", views.seats_page, name="seats"),
    path("participation/begin/<str:reference>/", views.begin_page, name="begin"),
]


def _title(mandate: Mandate) -> str:
    return _("Seat %(number)s: %(name)s") % {"number": mandate.seat_number, "name": views.shown(mandate)}


def _withheld(mandate: Mandate) -> str:
    if mandate.withheld_until is None:
        return _("withheld for safety")
    return _("withheld for safety until %(day)s") % {"day": day(mandate.withheld_until)}


def _facts(mandate: Mandate, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Session"), mandate.list.session.name),
        Fact(_("Kind of seat"), _("reserved") if mandate.reserved else _("not reserved")),
        Fact(_("Name in public"), _withheld(mandate) if mandate.name_withheld else _("shown")),
        Fact(_("From"), day(mandate.from_day)),
        Fact(_("Until"), day(mandate.until_day)),
    ]
    if mandate.replaces is not None:
        facts.append(Fact(_("Follows"), views.shown(mandate.replaces)))
    facts += _end_facts(mandate, actor)
    facts += _reveal_facts(mandate, actor)
    if mandate.standing(clock.now()) == MandateState.SUSPENDED and mandate.suspended_until is not None:
        facts.append(Fact(_("Suspended until"), moment(mandate.suspended_until)))
    return facts


def _end_facts(mandate: Mandate, actor: Actor) -> list[Fact]:
    """The request that runs, or for a clerk the way to make one."""
    if mandate.standing(clock.now()) == MandateState.ENDED:
        return []
    label, asked = _("End for death or incapacity"), queries.ending_asked(mandate)
    if asked is not None:
        return [
            Fact(label, _("asked for, not confirmed: the participation goes on"), url=desk.matter_url(asked))
        ]
    if Office.SECRETARIAT not in queries.offices(actor, mandate):
        return []
    url = desk.begin_url("mandates", "ask_end", mandate=mandate.reference)
    return [Fact(label, _("ask for it; another clerk confirms"), url=url)]


def _reveal_facts(mandate: Mandate, actor: Actor) -> list[Fact]:
    """Of a withheld name: the request to show it, or for a clerk the way to make one."""
    label, asked = _("Showing the withheld name"), queries.reveal_asked(mandate)
    if asked is not None:
        return [
            Fact(label, _("asked for, not confirmed: the name stays withheld"), url=desk.matter_url(asked))
        ]
    if (
        queries.has_gone(mandate)
        or queries.public_name(mandate) is not None
        or Office.SECRETARIAT not in queries.offices(actor, mandate)
    ):
        return []
    url = desk.begin_url("mandates", "ask_reveal", mandate=mandate.reference)
    return [Fact(label, _("ask for it, if the participant wrote so; another clerk confirms"), url=url)]


def _asked_facts(reveal: Reveal, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("Participation"), _title(reveal.mandate), url=desk.matter_url(reveal.mandate))]
    if reveal.source and Office.SECRETARIAT in queries.offices(actor, reveal.mandate):
        facts.append(Fact(_("The participant’s letter"), reveal.source))
    return facts


def _reveal_due(reveal: Reveal) -> Due | None:
    if reveal.state != RevealState.ASKED:
        return None
    explanation = _("Days from the request: %(days)s. Until then the participant can say no.")
    days = {"days": queries.reveal_wait_days(reveal)}
    return Due(_("Can be confirmed from"), queries.reveal_from(reveal), explanation % days)


def _ending_facts(ending: Ending, actor: Actor) -> Sequence[Fact]:
    return [
        Fact(_("Participation"), _title(ending.mandate), url=desk.matter_url(ending.mandate)),
        Fact(_("Ground"), forms.ENDS[Ground(ending.ground)]),
    ]


def _named(request: HttpRequest) -> Mandate:
    """The participation named in the address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mandate = queries.visible_to(actor).filter(reference=request.GET.get("mandate", "")).first()
    if mandate is None:
        raise Http404
    return mandate


def _due(mandate: Mandate) -> Due | None:
    if mandate.standing(clock.now()) == MandateState.ENDED:
        return None
    return Due(_("The participation ends"), mandate.ends_at, _("At the end of the last day of the session."))


def _offers(mandate: Mandate, act: str) -> bool:
    """A name that is shown needs no button to show it again."""
    return act != "show_name" or mandate.name_withheld


def _blank(request: HttpRequest, act: str) -> Matter:
    """A mandate on a seat of the list named in the address: to fill a vacancy, or to begin."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    list_ = lists.visible_to(actor).filter(reference=request.GET.get("list", "")).first()
    number = request.GET.get("seat", "")
    if list_ is None or not number.isascii() or not number.isdigit() or len(number) > 3:
        raise Http404
    return Mandate(list=list_, seat_number=int(number))


register(
    Desk(
        table=MANDATE,
        model=Mandate,
        visible=queries.visible_to,
        forms={
            "fill_vacancy": forms.FillVacancyForm,
            "renounce": forms.RenounceForm,
            "withhold_name": forms.WithholdForm,
        },
        title=_title,
        facts=_facts,
        due=_due,
        act_templates={"fill_vacancy": "mandates/fill_vacancy.html"},
        blank=_blank,
        offers=_offers,
    ),
    Desk(
        table=ENDING,
        model=Ending,
        visible=queries.endings_visible_to,
        forms={"ask_end": forms.AskEndForm},
        title=lambda ending: ENDING.title,
        facts=_ending_facts,
        kinds={EndingState.ASKED: "open"},
        blank=lambda request, act: Ending(mandate=_named(request)),
    ),
    Desk(
        table=REVEAL,
        model=Reveal,
        visible=queries.reveals_visible_to,
        forms={"ask_reveal": forms.AskRevealForm, "confirm_reveal": forms.ConfirmRevealForm},
        title=lambda reveal: REVEAL.title,
        facts=_asked_facts,
        due=_reveal_due,
        kinds={RevealState.ASKED: "open"},
        blank=lambda request, act: Reveal(mandate=_named(request)),
    ),
)


class SeatsItem(MenuItem):
    """For the offices of the house; the acting President's is no holding (5.9)."""

    def is_for(self, actor: Actor) -> bool:
        return super().is_for(actor) or bool(assembly.offices(actor, None) & self.offices)


register_menu(
    "composition",
    SeatsItem(gettext_lazy("Participation"), "mandates:seats", frozenset(queries.HOUSE)),
    title=gettext_lazy("List and participation"),
)


def waiting(actor: Actor) -> Iterable[Waiting]:
    """For the clerks: mandates to begin, vacancies to fill, a term that nears its end. For a participant: the own one."""
    if actor.person is None:
        return
    yield from _own(actor)
    if not actor.holds(Office.SECRETARIAT):
        return
    for ending in queries.endings_for(actor):
        yield Waiting(
            _("Decide on the end of a participation: %s") % ending.reference, desk.matter_url(ending)
        )
    for reveal in queries.reveals_for(actor):
        yield Waiting(
            _("Decide whether a withheld name is shown: %s") % reveal.reference, desk.matter_url(reveal)
        )
    for list_ in views.to_begin():
        yield Waiting(
            _("A composition is announced: begin the participation"),
            reverse("mandates:begin", args=[list_.reference]),
        )
    list_in_force = lists.in_force()
    if list_in_force is not None:
        yield from _vacancies(list_in_force)
    session = queries.term_warning()
    if session is not None:
        yield Waiting(
            _("The session %(session)s ends, and with it the participation: prepare the next list")
            % {"session": session.name},
            reverse("mandates:seats"),
            session.closes_at,
        )


def _own(actor: Actor) -> Iterable[Waiting]:
    """The participant's own participation, and what was asked for on it. Of one that has ended the name may be asked for
    still."""
    rows = Mandate.objects.filter(person=actor.person).select_related("list__session", "candidacy")
    for mandate in rows:
        if mandate.standing(clock.now()) != MandateState.ENDED:
            yield Waiting(_("Your participation"), desk.matter_url(mandate))
            ending = queries.ending_asked(mandate)
            if ending is not None:
                title = _(
                    "The end of your participation was asked for. If that is wrong, dismiss the request."
                )
                yield Waiting(title, desk.matter_url(ending))
    asked = Reveal.objects.filter(mandate__person=actor.person, state=RevealState.ASKED)
    for reveal in asked.select_related("mandate__list"):
        title = _(
            "It was asked that your withheld name be shown. If you did not write so, dismiss the request."
        )
        yield Waiting(title, desk.matter_url(reveal), queries.reveal_from(reveal))


def _vacancies(list_: List) -> Iterable[Waiting]:
    """The seats to fill, those too whose person withdrew before the participation began."""
    seats = queries.seats_of(list_, clock.now())
    to_fill = queries.to_fill(list_, seats)
    for seat in seats:
        if seat.number in to_fill:
            yield Waiting(
                _("Seat %(number)s is vacant") % {"number": seat.number},
                desk.begin_url("mandates", "fill_vacancy", list=list_.reference, seat=str(seat.number)),
                queries.vacancy_due(list_, seat.mandate),
            )


desk.waiting_lists.append(waiting)
