"""The desks of this room at the generic pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import decide, registry
from hemicycle.record.models import Entry, Matter
from hemicycle.rules.procedure import Office, Refused
from hemicycle.web.desk import Desk, Due, Fact, Waiting, matter_url
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from . import demonstration, forms, queries
from .models import Custodian, Enrolment, Holding, Person, ReaderKey, Recovery
from .procedure import (
    CUSTODIAN,
    ENROLMENT,
    HOLDERS,
    HOLDING,
    READER_KEY,
    RECOVERY,
    CustodianState,
    EnrolmentState,
    HoldingState,
    RecoveryState,
)
from .views.begin import code_url
from .views.house import office_name, office_names


def _blank(model: type[Holding] | type[Enrolment] | type[Recovery]) -> Any:
    """An unsaved matter for the act that begins one; `?person=P-...` says whose it is."""

    def blank(request: HttpRequest, act: str) -> Matter:
        reference = request.GET.get("person", "")
        if not reference:
            return model()
        person = Person.objects.filter(reference=reference).first()
        if person is None:
            raise Http404
        return model(person=person)

    return blank


def _holding_facts(holding: Holding, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Person"), f"{holding.person.shown_name} ({holding.person.reference})"),
        Fact(_("Office"), office_name(holding.office)),
        Fact(_("From"), moment(holding.held_from)),
        Fact(_("Until"), moment(holding.held_until) if holding.held_until else _("no end set")),
    ]
    return [*facts, Fact(_("Ground"), holding.ground)] if holding.ground else facts


def _enrolment_facts(enrolment: Enrolment, actor: Actor) -> Sequence[Fact]:
    return [
        Fact(_("Person"), f"{enrolment.person.shown_name} ({enrolment.person.reference})"),
        Fact(
            _("To be completed until") if enrolment.state == EnrolmentState.ASKED else _("The code expires"),
            moment(enrolment.expires_at),
        ),
    ]


def _recovery_facts(recovery: Recovery, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Person"), recovery.person.reference),
        Fact(_("How it was checked"), recovery.get_live_check_display()),
    ]
    return [*facts, Fact(_("Ground"), recovery.ground)] if recovery.ground else facts


def _recovery_due(recovery: Recovery) -> Due | None:
    if recovery.state != RecoveryState.WAITING or recovery.wait_until is None:
        return None
    return Due(_("Waiting time until"), recovery.wait_until, _("In this time the person can refuse."))


def _own_key(request: HttpRequest, act: str) -> Matter:
    """A new key is always the own one, whatever the address says."""
    person = actor_of(request).person
    if person is None:
        raise Http404
    return ReaderKey(person_id=person)


def _key_facts(key: ReaderKey, actor: Actor) -> Sequence[Fact]:
    words = {"passphrase": _("a phrase"), "prf": _("a passkey")}
    opens = ", ".join(str(words[kind]) for kind in key.kinds)
    return [
        Fact(_("What may be known of it"), key.recipient or "–"),
        Fact(_("Opened with"), opens or _("the recovery sheet only")),
    ]


def _custodian_facts(custodian: Custodian, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("What may be known of it"), custodian.recipient),
        Fact(_("Holder of the first sheet"), custodian.holder_one.shown_name),
        Fact(_("Holder of the second sheet"), custodian.holder_two.shown_name),
    ]
    if custodian.recipient in demonstration.recipients():
        facts.append(Fact(_("Note"), _("A demonstration’s key: everybody knows both halves.")))
    return facts


def waiting(actor: Actor) -> Iterable[Waiting]:
    """Second halves that wait for a clerk, and a recovery of one's own account."""
    now = clock.now()
    yield from _keys_wanted(actor)
    if actor.holds(Office.SECRETARIAT):
        names = office_names()
        for holding in _for_a_second_clerk(actor):
            words = {"person": holding.person.shown_name, "office": names.get(holding.office, holding.office)}
            yield Waiting(_("Decide on an office: %(person)s, %(office)s") % words, matter_url(holding))
        for enrolment in _enrolments_for(actor, now):
            words = {"person": enrolment.person.shown_name}
            title = _("Make the second half of an enrolment code: %(person)s") % words
            yield Waiting(title, matter_url(enrolment), enrolment.expires_at)
        for recovery in _recoveries_for(actor, now):
            if recovery.state == RecoveryState.ASKED or _may("complete_recovery", recovery, actor):
                yield Waiting(_("Go on with a recovery: %s") % recovery.reference, matter_url(recovery))
    running = [RecoveryState.ASKED, RecoveryState.WAITING]
    for recovery in Recovery.objects.filter(person__reference=actor.reference, state__in=running):
        yield Waiting(
            _("A recovery of your account was asked for. If it was not you, refuse it."),
            matter_url(recovery),
            recovery.wait_until,
        )


def _keys_wanted(actor: Actor) -> Iterable[Waiting]:
    """A reading key for whoever reads files and has none; the second half of what is done to the custodian's key."""
    if queries.lacks_reading_key(actor):
        yield Waiting(_("Make your reading key: without it no evidence opens to you"), reverse("reading-key"))
    if actor.holds(*HOLDERS):
        for custodian in _custodians_for(actor):
            yield Waiting(_("Decide on the custodian’s key: %s") % custodian.reference, matter_url(custodian))


def _custodians_for(actor: Actor) -> list[Custodian]:
    """Keys whose second sheet the actor has, and retirements that another person asked for last: two queries in all."""
    retiring = Custodian.objects.filter(state=CustodianState.RETIRING)
    asked = Entry.objects.filter(matter__in=retiring.values("reference"), act="ask_retirement")
    latest = dict(asked.order_by("number").values_list("matter", "actor"))
    own = [matter for matter, by in latest.items() if by == actor.reference]
    mine = Q(state=CustodianState.PROPOSED, holder_two_id=actor.person)
    return list(
        Custodian.objects.filter(mine | Q(state=CustodianState.RETIRING)).exclude(reference__in=own)[:50]
    )


def _for_a_second_clerk(actor: Actor) -> list[Holding]:
    """Proposed or resting holdings of others that another clerk proposed, or let rest: two queries in all."""
    waiting_states = [HoldingState.PROPOSED, HoldingState.RESTING]
    rows = list(
        Holding.objects.filter(state__in=waiting_states)
        .exclude(person__reference=actor.reference)
        .select_related("person")[:50]
    )
    entries = Entry.objects.filter(matter__in=[row.reference for row in rows], act__in=["grant", "rest"])
    latest = {(e.matter, e.act): e.actor for e in entries.order_by("number").only("matter", "act", "actor")}
    own = {matter for (matter, _act), by in latest.items() if by == actor.reference}
    return [row for row in rows if row.reference not in own]


def _recoveries_for(actor: Actor, now: datetime) -> list[Recovery]:
    """Recoveries of others that another clerk asked for, or whose waiting time is over: two queries in all."""
    asked = Q(state=RecoveryState.ASKED)
    rows = Recovery.objects.filter(asked | Q(state=RecoveryState.WAITING, wait_until__lte=now))
    own = Entry.objects.filter(act="ask_recovery", actor=actor.reference).values("matter")
    return list(rows.exclude(asked & Q(reference__in=own)).exclude(person__reference=actor.reference)[:50])


def _enrolments_for(actor: Actor, now: datetime) -> list[Enrolment]:
    """Codes of others of which another clerk made the first half: one query."""
    rows = Enrolment.objects.filter(state=EnrolmentState.ASKED, expires_at__gt=now).select_related("person")
    own = Entry.objects.filter(act="ask_enrolment", actor=actor.reference).values("matter")
    return list(rows.exclude(reference__in=own).exclude(person__reference=actor.reference)[:50])


def _may(act: str, matter: Matter, actor: Actor) -> bool:
    try:
        decide(registry["people", act], matter, actor)
    except Refused:
        return False
    return True


def _holding_title(holding: Holding) -> str:
    return f"{office_name(holding.office)}: {holding.person.shown_name}"


DESKS = (
    Desk(
        table=HOLDING,
        model=Holding,
        visible=lambda actor: queries.visible_to(actor, Holding),
        forms={"grant": forms.GrantForm, "refuse_grant": forms.ReasonsForm},
        title=_holding_title,
        facts=_holding_facts,
        blank=_blank(Holding),
    ),
    Desk(
        table=ENROLMENT,
        model=Enrolment,
        visible=lambda actor: queries.visible_to(actor, Enrolment),
        forms={"ask_enrolment": forms.AskEnrolmentForm, "issue_enrolment": forms.IssueEnrolmentForm},
        title=lambda enrolment: _("Enrolment of %s") % enrolment.person.shown_name,
        facts=_enrolment_facts,
        blank=_blank(Enrolment),
        after=dict.fromkeys(("ask_enrolment", "issue_enrolment"), lambda row: code_url(row, row.handover)),
    ),
    Desk(
        table=RECOVERY,
        model=Recovery,
        visible=lambda actor: queries.visible_to(actor, Recovery),
        forms={
            "ask_recovery": forms.AskRecoveryForm,
            "confirm_recovery": forms.ConfirmRecoveryForm,
            "complete_recovery": forms.CompleteRecoveryForm,
            "refuse_recovery": forms.GroundForm,
        },
        title=lambda recovery: _("Recovery of an account"),
        facts=_recovery_facts,
        due=_recovery_due,
        blank=_blank(Recovery),
        after={"complete_recovery": lambda recovery: code_url(recovery.enrolment, recovery.handover)},
    ),
    Desk(
        table=READER_KEY,
        model=ReaderKey,
        visible=lambda actor: queries.visible_to(actor, ReaderKey),
        forms={"add_reader_key": forms.AddReaderKeyForm, "add_wrap": forms.AddWrapForm},
        title=lambda key: _("Reading key"),
        facts=_key_facts,
        kinds={"current": "open"},
        act_templates={"add_reader_key": "people/make_key.html", "add_wrap": "people/add_wrap.html"},
        blank=_own_key,
        after={"add_reader_key": lambda key: reverse("reading-key")},
        unseals=frozenset({"add_reader_key", "add_wrap"}),
    ),
    Desk(
        table=CUSTODIAN,
        model=Custodian,
        visible=lambda actor: queries.visible_to(actor, Custodian),
        forms={"ask_custodian": forms.AskCustodianForm, "confirm_custodian": forms.ConfirmCustodianForm},
        title=lambda custodian: _("Custodian of evidence"),
        facts=_custodian_facts,
        kinds={"in_force": "open", "retiring": "open"},
        template="people/custodian.html",
        act_templates={
            "ask_custodian": "people/make_custodian.html",
            "confirm_custodian": "people/confirm_custodian.html",
        },
        blank=lambda request, act: Custodian(),
        unseals=frozenset({"ask_custodian", "confirm_custodian"}),
    ),
)
