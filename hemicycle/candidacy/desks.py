"""What the generic pages show of calls, candidacies, slates, endorsements and counter-statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.assembly.models import Session
from hemicycle.integrity import desks as integrity
from hemicycle.integrity import queries as traces
from hemicycle.integrity import voice
from hemicycle.integrity.forms import OpenFileForm
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import Office
from hemicycle.web import findings
from hemicycle.web.desk import Desk, Due, Fact, HoldersItem, act_url, begin_url, matter_url
from hemicycle.web.templatetags.house import charter_name, moment

from . import answers, beside, explaining, forms, queries, sealing, sheet
from .actions.ending import erasure_due
from .models import Call, Candidacy, CounterStatement, Endorsement, Erasure, Slate
from .procedure import (
    CALL,
    CANDIDACY,
    CORRECTED,
    COUNTER_STATEMENT,
    ENDORSEMENT,
    ERASURE,
    SLATE,
    WRITTEN,
    CallState,
    CandidacyState,
)

S = CandidacyState


class CandidatesItem(HoldersItem):
    """For people without an office of the house: only they can be candidates."""

    def is_for(self, actor: Actor) -> bool:
        return not super().is_for(actor)


# Acts with pages of their own: the generic page shows no button for them.
MAIN_ACTS = ("submit", "complete", "propose_admissible", "declare_admissible", "confirm_inadmissible", "decide_review", "plead_late",
             "confirm_late_admission")  # fmt: skip
OWN_PAGES = ("save", "add_evidence", "remove_evidence", "black_out", "correct_facts")


def call_facts(call: Call, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Session"), call.session.name),
        Fact(_("Opens"), moment(call.opens_at)),
        Fact(_("Deadline"), moment(call.closes_at)),
        Fact(_("Rules in force"), charter_name(call.charter)),
        Fact(_("Text of the call"), call.text(get_language() or "en")),
    ]
    if call.withdrawn_reasons:
        facts.append(Fact(_("Why the call was withdrawn"), call.withdrawn_reasons, call.withdrawn_language))
    if call.standing(clock.now()) == CallState.CLOSED and actor.holds(Office.SECRETARIAT):
        counted = queries.counts(call)
        names = {
            "received": _("Received"), "late": _("Admitted late"),
            "late_refused": _("Late admission refused"), "returned": _("Returned for completion"),
            "inadmissible": _("Inadmissible"), "admissible": _("Admissible"), "withdrawn": _("Withdrawn"),
            "slates": _("Joint slates"), "slates_represented": _("Joint slates with at least one candidacy"),
        }  # fmt: skip
        facts += [Fact(words, counted[name]) for name, words in names.items()]
    return facts


def call_due(call: Call) -> Due | None:
    if call.standing(clock.now()) != CallState.OPEN:
        return None
    return Due(_("Candidacies until"), call.closes_at, _("What comes later is late, whoever sends it."))


def blank_call(request: HttpRequest, act: str) -> Matter:
    """For the session named in the address, else for the last that is not over."""
    sessions = Session.objects.filter(closes_on__gte=clock.today()).order_by("-opens_on")
    named = request.GET.get("session", "")
    session = (sessions.filter(name=named) if named else sessions).first()
    if session is None:
        raise Http404
    return Call(session=session)


def candidacy_facts(candidacy: Candidacy, actor: Actor) -> Sequence[Fact]:
    state = candidacy.standing(clock.now())
    facts = [
        Fact(_("Call for candidates"), candidacy.call.reference),
        Fact(_("Session"), candidacy.call.session.name),
    ]
    if candidacy.submitted_at:
        facts.append(Fact(_("First received"), moment(candidacy.submitted_at)))
    if candidacy.slate:
        facts.append(Fact(_("Joint slate"), candidacy.slate.organisation))
    facts += explaining.texts(candidacy, actor)
    if candidacy.hold_until:
        facts.append(Fact(_("Legal hold until"), moment(candidacy.hold_until)))
        language = candidacy.language_of("hold_ground")
        note = explaining.not_in_own(language, candidacy, actor)
        facts.append(Fact(_("Ground of the hold"), candidacy.hold_ground, language, note=note))
    facts += beside.erasures(candidacy)
    if state in (S.LAPSED, S.LATE_ASKED, S.WITHDRAWN, S.INADMISSIBLE) and (due := erasure_due(candidacy)):
        facts.append(Fact(_("The file is erased on"), moment(due)))
    return [*facts, *voice.facts(candidacy.person, actor)]


def candidacy_due(candidacy: Candidacy, *, is_own: bool = True) -> Due | None:
    state = candidacy.standing(clock.now())
    if state == S.DRAFT:
        label = _("Send it before") if is_own else _("The person may send it until")
        return Due(label, candidacy.deadline, _("The deadline of the call, the same for everybody."))
    if state == S.RETURNED and candidacy.return_due:
        days = queries.charter_of(candidacy.call).periods.completion_days.value
        why = _("%(days)s days from %(start)s.") % {"days": days, "start": moment(candidacy.returned_at)}
        label = _("Complete it before") if is_own else _("The person may complete it until")
        return Due(label, candidacy.return_due, why)
    if queries.may_ask_review(candidacy) and (until := queries.review_until(candidacy)):
        days = queries.charter_of(candidacy.call).periods.review_request_days.value
        why = _("%(days)s days from %(start)s.") % {"days": days, "start": moment(candidacy.inadmissible_at)}
        label = _("Ask for review before") if is_own else _("The person may ask for review until")
        return Due(label, until, why)
    return None


def candidacy_context(candidacy: Candidacy, actor: Actor) -> Mapping[str, Any]:
    """What the pages of a candidacy show; what costs queries is asked only by the page that shows it."""
    if candidacy.pk is None:
        return {}
    state = candidacy.standing(clock.now())
    is_own = candidacy.person_id == actor.person
    writes = is_own and state in (S.DRAFT, S.RETURNED)
    closed = state in (S.WITHDRAWN, S.ERASED)
    may_read = is_own or (candidacy.submitted_at is not None and not closed)
    corrects = is_own and state in CORRECTED and candidacy.corrections_closed_at is None
    context: dict[str, Any] = {
        "is_own": is_own,
        "own_pages": {*OWN_PAGES, *_pointless(candidacy)},
        "main_acts": MAIN_ACTS,
        "explanation": explaining.explanation(candidacy, state) if is_own else "",
        "tasks": SimpleLazyObject(lambda: sheet.tasks(candidacy)) if writes else [],
        "sections": [] if writes or not may_read else SimpleLazyObject(lambda: sheet.sections(candidacy)),
        "corrects": corrects,
        "endorsements": queries.endorsements(candidacy) if may_read else [],
        "statements": queries.counter_statements(candidacy),
        "corrections": []
        if writes or not may_read
        else SimpleLazyObject(lambda: sheet.corrections(candidacy, is_own=is_own)),
        "evidence_url": reverse("candidacy-evidence", args=[candidacy.reference]),
        "receipt_url": reverse("candidacy-receipt", args=[candidacy.reference])
        if candidacy.submitted_at
        else "",
        "begin": _beginnings(candidacy, is_own, state),
        **({} if is_own else _for_others(candidacy, state, may_read)),
    }
    if is_own and state in (S.DRAFT, S.RETURNED, S.LAPSED):
        context["answers_to_check"] = SimpleLazyObject(lambda: sheet.sections(candidacy))
        context["lacking"] = SimpleLazyObject(lambda: findings.texts(Unmet(*answers.missing(candidacy))))
        context["due"] = candidacy_due(candidacy)
    if is_own:
        context["late_url"] = late_url(candidacy)
        context["openings"] = SimpleLazyObject(
            lambda: integrity.told(traces.openings_of(candidacy.reference))
        )
    if not is_own and state in (S.SUBMITTED, S.ADMISSIBILITY_PROPOSED):
        context |= _for_clerks(candidacy)
    return context


def late_url(candidacy: Candidacy) -> str:
    """Where its person says what kept him or her from the deadline, while that is open."""
    open_now = candidacy.standing(clock.now()) == S.LAPSED and candidacy.call.state != CallState.WITHDRAWN
    return act_url(candidacy, "plead_late") if open_now and not candidacy.late_plea else ""


def _for_clerks(candidacy: Candidacy) -> dict[str, Any]:
    """What a clerk who looks at a form is told beside it: which parts lack something, and what was corrected since the first look."""
    return {
        "lacking_form": SimpleLazyObject(
            lambda: [
                sheet.title_of(part, candidacy, is_own=False) for part in sheet.lacking_by_part(candidacy)
            ]
        ),
        "corrected_since": SimpleLazyObject(
            lambda: [
                (sheet.title_of(row.part, candidacy, is_own=False), row)
                for row in queries.corrected_since_first_look(candidacy)
            ]
        ),
    }


def _pointless(candidacy: Candidacy) -> set[str]:
    """Acts that the state allows and the facts make empty: no button for them."""
    without = {
        "leave_slate": candidacy.slate_id is None,
        "join_slate": candidacy.slate_id is not None,
        "release_hold": candidacy.hold_until is None,
        "agree_to_counter_statements": candidacy.counter_statements_agreed_at is not None,
        "plead_late": not late_url(candidacy),
        "ask_late_admission": not candidacy.late_plea,
        "return_for_completion": candidacy.times_returned
        >= queries.charter_of(candidacy.call).candidacy.chances_to_complete.value,
        "ask_review": not queries.may_ask_review(candidacy),
    }
    return {act for act, is_pointless in without.items() if is_pointless}


def _for_others(candidacy: Candidacy, state: str, may_read: bool) -> dict[str, Any]:
    """The same page for who is not the candidate, and is not spoken to as if he or she were."""
    changed: dict[str, Any] = {
        "explanation": explaining.for_others(candidacy, state),
        "due": candidacy_due(candidacy, is_own=False),
    }
    if may_read:
        changed["sections"] = SimpleLazyObject(lambda: sheet.sections(candidacy, is_own=False))
    return changed


def _beginnings(candidacy: Candidacy, is_own: bool, state: str) -> list[dict[str, Any]]:
    """Matters that may be begun beside this one."""
    charter, found = queries.charter_of(candidacy.call), []
    if not is_own and state not in (S.DRAFT, S.ERASED):
        url = begin_url("candidacy", "ask_erasure", candidacy=candidacy.reference)
        found.append({"url": url, "title": _("Ask for the erasure of this file")})
    if candidacy.corrections_closed_at is not None or state not in (*WRITTEN, *CORRECTED):
        return found
    if is_own and charter.stages.endorsements.value:
        url = begin_url("candidacy", "add_endorsement", candidacy=candidacy.reference)
        found.append({"url": url, "title": _("Add an endorsement")})
    if not is_own and candidacy.counter_statements_agreed_at and charter.stages.counter_statements.value:
        url = begin_url("candidacy", "invite_body", candidacy=candidacy.reference)
        found.append({"url": url, "title": _("Ask a body to comment")})
    return found


DESKS = (
    Desk(
        CALL, Call, queries.visible_calls, title=lambda call: _("Call for candidates"), facts=call_facts, due=call_due,
        forms={
            "draft_call": forms.CallForm, "open_call": forms.OpenCallForm, "extend_call": forms.ExtendForm,
            "withdraw_call": forms.ReasonsForm,
        },
        blank=blank_call,
    ),
    Desk(
        CANDIDACY, Candidacy, queries.visible_to, title=lambda candidacy: candidacy.person.shown_name or _("Candidacy"),
        facts=candidacy_facts, due=candidacy_due, context=candidacy_context, template="candidacy/candidacy.html",
        forms={
            "submit": forms.SubmitForm, "complete": forms.SubmitForm, "withdraw": forms.WithdrawForm,
            "join_slate": forms.SlateCodeForm, "agree_to_counter_statements": forms.AgreeForm,
            "return_for_completion": forms.ReturnForm, "propose_admissible": forms.AdmissibleForm,
            "declare_admissible": forms.ConfirmAdmissibleForm, "dismiss_admissibility": forms.ReasonsForm,
            "propose_inadmissible": forms.ProposeInadmissibleForm, "dismiss_inadmissibility": forms.ReasonsForm,
            "ask_review": forms.WarnedReasonsForm, "decide_review": forms.ReviewForm, "plead_late": forms.PleaForm,
            "ask_late_admission": forms.LateGroundForm, "confirm_late_admission": forms.UntilForm,
            "dismiss_late_admission": forms.ReasonsForm, "hold": forms.HoldForm, "open_file": OpenFileForm,
        },
        file=sealing.file_of, opens={"open_file": lambda c: c.reference},
        act_templates={
            "open_file": "web/open_file.html",
            "submit": "candidacy/submit.html", "complete": "candidacy/submit.html",
            "propose_admissible": "candidacy/look.html", "declare_admissible": "candidacy/look.html",
        },
        after={"submit": lambda c: reverse("candidacy-receipt", args=[c.reference])},
    ),
    Desk(
        SLATE, Slate, queries.visible_slates, title=lambda slate: slate.organisation, facts=beside.slate_facts,
        forms={"present_slate": forms.SlateForm}, blank=beside.blank_slate,
    ),
    Desk(
        ENDORSEMENT, Endorsement, queries.visible_endorsements, title=lambda e: e.body, facts=beside.endorsement_facts,
        forms={"add_endorsement": forms.EndorsementForm}, blank=beside.blank_endorsement,
        file=sealing.of_endorsement,
        after={"add_endorsement": lambda e: matter_url(e.candidacy), "remove_endorsement": lambda e: matter_url(e.candidacy)},
    ),
    Desk(
        COUNTER_STATEMENT, CounterStatement, queries.visible_counter_statements, title=lambda s: s.body,
        facts=beside.statement_facts, file=sealing.of_statement,
        forms={
            "invite_body": forms.InviteForm, "give_counter_statement": forms.CounterStatementForm,
            "mark_controlled": forms.ReasonsForm,
        },
        blank=beside.blank_counter_statement,
    ),
    Desk(
        ERASURE, Erasure, queries.visible_erasures, title=lambda e: ERASURE.title, facts=beside.erasure_facts,
        due=beside.erasure_day, forms={"ask_erasure": forms.AskErasureForm, "stop_erasure": forms.ReasonsForm},
        blank=beside.blank_erasure, kinds={"asked": "open", "confirmed": "open", "done": "done"},
    ),
)  # fmt: skip
