"""The pages and desks of interests, contacts and caller checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.desk import (
    Desk,
    Due,
    Fact,
    MenuItem,
    Waiting,
    act_url,
    matter_url,
    register,
    register_menu,
)
from hemicycle.web.templatetags.house import day

from . import actions as _actions  # noqa: F401 - binds the acts
from . import codes, desks, forms, queries, views
from .models import CallerCheck, Contact, Interest
from .procedure import ALARM, CHECK, CONTACT, HOUSE, INTEREST, CheckState


def _interest_facts(interest: Interest, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Whose"), interest.person.shown_name),
        Fact(_("About"), interest.subject),
        Fact(_("Kind of tie"), interest.get_kind_display()),
    ]
    if interest.text:
        facts.append(Fact(_("In his or her own words"), interest.text, interest.language))
    facts.append(
        Fact(
            _("Effect on votes"),
            interest.get_effect_display() if interest.effect else _("as the charter has it for each body"),
        )
    )
    said = (
        (_("Why it is disputed"), interest.dispute, interest.dispute_language),
        (_("Reasons of the decision"), interest.decision, interest.decision_language),
        (_("Why it has ended"), interest.ending, interest.ending_language),
    )
    return [*facts, *(Fact(label, text, language) for label, text, language in said if text)]


def _contact_facts(contact: Contact, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("About"), contact.subject),
        Fact(_("Day"), day(contact.met_on)),
        Fact(_("Who took part, as the register prints it"), contact.participants_public, contact.language),
        Fact(_("Where, or by what means"), contact.place, contact.language),
        Fact(_("Hospitality, gifts, expenses: what, and who paid"), contact.hospitality or _("none")),
        Fact(_("Who began it"), contact.get_initiated_by_display()),
    ]
    if actor.holds(*HOUSE):
        facts.insert(
            2, Fact(_("Who took part, for internal use only"), contact.participants, contact.language)
        )
        facts.append(Fact(_("Entered by"), contact.entered_by.shown_name))
    return facts


def _check_facts(check: CallerCheck, actor: Actor) -> Sequence[Fact]:
    is_clerk = actor.person == check.clerk_id
    facts = [Fact(_("With"), (check.person if is_clerk else check.clerk).shown_name)]
    if check.failures:
        facts.append(
            Fact(
                _("Wrong codes"),
                _("%(count)s of %(limit)s")
                % {"count": check.failures, "limit": law.in_force().interests.caller_check_attempts.value},
            )
        )
    return facts


def _check_code(check: CallerCheck, is_clerk: bool) -> str:
    """Each side sees the code that it reads out, and only when its turn has come."""
    state = check.standing(clock.now())
    if state == CheckState.OPENED and not is_clerk:
        return codes.code(check, codes.CALLER)
    if state == CheckState.CALLER_PROVED and is_clerk:
        return codes.code(check, codes.CLERK)
    return ""


def _check_due(check: CallerCheck) -> Due | None:
    if check.standing(clock.now()) not in (CheckState.OPENED, CheckState.CALLER_PROVED, CheckState.PROVED):
        return None
    return Due(_("This check ends"), check.expires_at, _("The charter sets how long a check lasts."))


def _check_context(check: CallerCheck, actor: Actor) -> Mapping[str, Any]:
    """What to do now, in one sentence."""
    if check.pk is None:
        return {}
    is_clerk = actor.person == check.clerk_id
    said = {
        (CheckState.OPENED, True): _("Ask the caller to sign in and to read out the code on this page."),
        (CheckState.OPENED, False): _(
            "Read the code out. Say nothing of your file before both sides are proved."
        ),
        (CheckState.CALLER_PROVED, True): _("The caller is the person. Now read out your code."),
        (CheckState.CALLER_PROVED, False): _("Enter the code that the Secretariat reads out to you."),
        (CheckState.PROVED, True): _("You speak with the person."),
        (CheckState.PROVED, False): _("You speak with the Secretariat."),
        (CheckState.FAILED, True): _("Hang up. Whoever called is not the person."),
        (CheckState.FAILED, False): _("Hang up. Whoever called is not the Secretariat."),
    }
    return {
        "check_says": said.get((CheckState(check.standing(clock.now())), is_clerk), ""),
        "check_code": _check_code(check, is_clerk),
    }


def _blank_check(request: HttpRequest, act: str) -> Matter:
    """With the person whom the page that led here is about, so that nobody types a reference while on the line."""
    person = Person.objects.filter(reference=request.GET.get("person", ""), is_active=True).first()
    return CallerCheck(person=person) if person is not None else CallerCheck()


register(
    Desk(
        INTEREST, Interest, queries.visible_interests, title=lambda i: INTEREST.title,
        forms={"declare": forms.DeclareForm, "allege": forms.AllegeForm, "dispute": forms.ReasonsForm,
               "decide": forms.DecideForm, "end_interest": forms.ReasonsForm},
        facts=_interest_facts,
        blank=lambda request, act: Interest(subject=request.GET.get("subject", "")[:24]),
    ),
    Desk(
        CONTACT, Contact, queries.visible_contacts, title=lambda c: CONTACT.title,
        forms={"enter_contact": forms.ContactForm, "complete_contact": forms.CompleteForm,
               "withdraw_contact": forms.ReasonsForm},
        facts=_contact_facts,
        blank=lambda request, act: Contact(subject=request.GET.get("subject", "")[:24]),
    ),
    Desk(
        CHECK, CallerCheck, queries.visible_checks, title=lambda c: CHECK.title,
        forms={"open_check": forms.CheckForm, "enter_caller_code": forms.CodeForm,
               "enter_clerk_code": forms.CodeForm},
        facts=_check_facts, due=_check_due, context=_check_context, template="integrity/check.html",
        blank=_blank_check,
    ),
)  # fmt: skip

register(*desks.DESKS)
_HOUSE = frozenset(HOUSE)

register_menu(
    "integrity",
    MenuItem(_("Interests"), "integrity-interests", _HOUSE),
    MenuItem(_("Contact register"), "integrity-contacts", _HOUSE),
    MenuItem(_("Caller checks"), "integrity-checks"),  # whoever is called looks there, a candidate too
    MenuItem(_("Files opened"), "integrity-openings", frozenset({Office.INTEGRITY_OFFICER})),
    title=_("Integrity"),
)


def _waiting(actor: Actor) -> Iterator[Waiting]:
    """A check that is open now comes first; then what the named office has to decide."""
    check = queries.open_check_for(actor.person)
    if check is not None:
        yield Waiting(_("The Secretariat is calling you: caller check"), matter_url(check), check.expires_at)
    for interest in queries.to_decide(actor):
        yield Waiting(INTEREST.by_act["decide"].title, act_url(interest, "decide"))
    for alarm in queries.alarms_to_answer(actor):
        yield Waiting(ALARM.title, matter_url(alarm))


desk.waiting_lists.append(_waiting)

urlpatterns = [
    path("integrity/interests/", views.interests, name="integrity-interests"),
    path("integrity/contacts/", views.contacts, name="integrity-contacts"),
    path("integrity/checks/", views.checks, name="integrity-checks"),
    path("integrity/openings/", views.openings, name="integrity-openings"),
]
