"""The host's pages, and the desks of its matters; the record's corrections and keys are at home here too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.record import actions as _record_actions  # noqa: F401 - binds the acts
from hemicycle.record import queries as record
from hemicycle.record.actors import Actor
from hemicycle.record.models import Correction, LogKey
from hemicycle.record.procedure import CORRECTION, LOG_KEY
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.desk import Desk, Fact, HoldersItem, MenuItem, Waiting, act_url, register, register_menu
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import charter_name, day, moment

from . import actions as _actions  # noqa: F401 - binds the acts
from . import forms, queries, views
from .desks import CALENDAR
from .models import ActingPresidency, Adoption, Body, Capacity, ForumDecision, Import, Representation, Session
from .procedure import ACTING, ADOPTION, BODY, FORUM, IMPORT, REPRESENTATION, SESSION, TABLES, BodyState

SHOWN_CHANGES = 200


def _session_facts(session: Session, actor: Actor) -> Sequence[Fact]:
    return (
        Fact(_("First day"), day(session.opens_on)),
        Fact(_("Last day"), day(session.closes_on)),
        Fact(_("Charter"), charter_name(session.charter)),
    )


def _session_context(session: Session, actor: Actor) -> Mapping[str, Any]:
    parts = session.part_sessions.all() if session.pk else []
    return {
        "table_title": _("Part-sessions"),
        "table_columns": [_("Number"), _("First day"), _("Last day")],
        "table_rows": [[str(p.number), day(p.from_day), day(p.until_day)] for p in parts],
    }


def _body_context(body: Body, actor: Actor) -> Mapping[str, Any]:
    roll = queries.roll_of(body.code) if body.pk else []
    titles = dict(Capacity.choices)
    return {
        "table_title": _("Who may vote here now"),
        "table_columns": [_("Name"), _("Capacity"), _("Delegation"), _("Group"), _("In the place of")],
        "table_rows": [
            [m.name, str(titles[m.capacity]), m.delegation_code, m.group_code, m.replaces] for m in roll
        ],
    }


def _body_facts(body: Body, actor: Actor) -> Sequence[Fact]:
    """For a clerk, the way to a replacement; what is asked for already stands on the desks."""
    if body.pk is None or body.state != BodyState.STANDING or not actor.holds(Office.SECRETARIAT):
        return []
    url = desk.begin_url("assembly", "ask_replacement", body=body.reference)
    return [Fact(_("Replacement of a member"), REPRESENTATION.by_act["ask_replacement"].title, url=url)]


def _representation_facts(asked: Representation, actor: Actor) -> Sequence[Fact]:
    body = asked.seat.body
    return [
        Fact(_("Body"), body.shown_name, url=desk.matter_url(body)),
        Fact(_("Member"), asked.seat.name),
        Fact(_("Who stands in"), asked.person.shown_name),
        Fact(_("From"), moment(asked.from_at)),
        Fact(_("Until"), moment(asked.until_at)),
    ]


def _blank_representation(request: HttpRequest, act: str) -> Representation:
    """A request about a seat of the body that the address names."""
    body = Body.objects.filter(reference=request.GET.get("body", ""), state=BodyState.STANDING).first()
    if body is None:
        raise Http404
    asked = Representation()
    asked.body = body
    return asked


def _adoption_facts(adoption: Adoption, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("Version"), charter_name(adoption.charter)), Fact(_("Digest"), adoption.digest)]
    facts += [Fact(_("In force from"), day(adoption.in_force_from))] if adoption.in_force_from else []
    if adoption.secretary_general_at:
        facts.append(
            Fact(
                _("Answer of the Secretary General"),
                adoption.secretary_general_text,
                adoption.secretary_general_language,
            )
        )
    if adoption.general_rapporteur_at:
        facts.append(
            Fact(
                _("Answer of the General Rapporteur"),
                adoption.general_rapporteur_text,
                adoption.general_rapporteur_language,
            )
        )
    facts += [Fact(_("The Bureau's vote"), adoption.vote)] if adoption.vote else []
    facts += [Fact(_("Document of the decision"), adoption.source)] if adoption.source else []
    return facts


def _adoption_context(adoption: Adoption, actor: Actor) -> Mapping[str, Any]:
    rows = queries.differences(adoption) if adoption.pk else []
    return {
        "table_title": _("What changes against the version in force"),
        "table_columns": [_("Rule"), _("Now"), _("Then")],
        "table_rows": [list(row) for row in rows],
    }


def _import_facts(imported: Import, actor: Actor) -> Sequence[Fact]:
    counts = imported.plan.get("counts", {})
    titles = {"add": _("New"), "change": _("Changed"), "end": _("Ended"), "keep": _("Unchanged")}
    return (
        Fact(_("What the file holds"), imported.get_kind_display()),
        Fact(_("How it is meant"), imported.get_extent_display()),
        *(Fact(title, counts[key]) for key, title in titles.items() if counts.get(key)),
    )


def _import_context(imported: Import, actor: Actor) -> Mapping[str, Any]:
    titles = {"add": _("new"), "change": _("changed"), "end": _("ends")}
    changes = imported.plan.get("changes", [])
    rows = [
        [
            Cell(change["line"] or "", is_number=True),
            str(titles[change["what"]]),
            change.get("name") or change.get("name_en", ""),
            " · ".join(
                str(change[k]) for k in ("body", "capacity", "delegation", "group", "code") if change.get(k)
            ),
        ]
        for change in changes[:SHOWN_CHANGES]
    ]
    more = len(changes) - len(rows)
    return {
        "table_title": _("What the import changes"),
        "table_columns": [_("Line"), pgettext_lazy("what a line does", "Change"), _("Name"), _("Where")],
        "table_rows": rows,
        "table_note": _("And %(count)s more lines.") % {"count": more} if more > 0 else "",
    }


def _forum_facts(decision: ForumDecision, actor: Actor) -> Sequence[Fact]:
    return (
        Fact(_("Forum"), decision.forum),
        Fact(_("Decided on"), day(decision.decided_on)),
        Fact(_("Document of the decision"), decision.source),
    )


def _acting_facts(acting: ActingPresidency, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Vice-President"), acting.person.shown_name),
        Fact(_("Ground"), acting.get_ground_display()),
    ]
    if acting.passed_over:
        facts.append(
            Fact(_("Why those before in precedence are passed over"), acting.passed_over, acting.language)
        )
    facts += [Fact(_("From"), day(acting.from_at))]
    return [*facts, Fact(_("Until"), day(acting.until_at))] if acting.until_at else facts


def _correction_facts(correction: Correction, actor: Actor) -> Sequence[Fact]:
    old = (
        _("erased, because it had to disappear")
        if correction.drop_old_text and correction.corrected_at
        else None
    )
    return (
        Fact(_("Matter"), correction.subject),
        Fact(_("Fact"), correction.field),
        Fact(_("Old text"), old or correction.old_text, "" if old else correction.language),
        Fact(_("New text"), correction.new_text, correction.language),
        Fact(_("Ground"), correction.ground),
    )


def _key_facts(key: LogKey, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("Ground"), key.ground, key.language), Fact(_("New key"), key.verifier)]
    if key.confirmed_at:
        facts += [Fact(_("The key before"), key.follows), Fact(_("Signs since"), moment(key.confirmed_at))]
    return facts


def _title(matter: Any) -> Any:
    return next(
        table.title for table in (*TABLES, CORRECTION, LOG_KEY) if table is desk.desks[matter.PREFIX].table
    )


TABLE = "assembly/matter.html"

register(
    Desk(
        SESSION, Session, queries.visible_sessions, title=lambda s: s.name or SESSION.title, template=TABLE,
        forms={"open_session": forms.SessionForm, "add_part_session": forms.PartSessionForm,
               "move_part_session": forms.PartSessionForm},
        facts=_session_facts, context=_session_context, blank=lambda request, act: Session(),
    ),
    CALENDAR,
    Desk(
        BODY, Body, queries.visible_bodies, title=lambda b: b.shown_name or BODY.title, template=TABLE,
        forms={"form_body": forms.BodyForm, "rename_body": forms.NamesForm,
               "end_replacement": forms.EndReplacementForm},
        facts=_body_facts, context=_body_context, blank=lambda request, act: Body(),
    ),
    Desk(
        ADOPTION, Adoption, queries.visible_adoptions, title=_title, template=TABLE,
        forms={"draft_charter": forms.DraftForm, "consult_secretary_general": forms.ConsultForm,
               "consult_general_rapporteur": forms.ConsultForm, "adopt_charter": forms.AdoptForm},
        facts=_adoption_facts, context=_adoption_context, blank=lambda request, act: Adoption(),
    ),
    Desk(
        IMPORT, Import, queries.visible_imports, title=_title, template=TABLE,
        forms={"preview_import": forms.ImportForm},
        facts=_import_facts, context=_import_context,
        blank=lambda request, act: Import(),
    ),
    Desk(
        FORUM, ForumDecision, queries.visible_forum_decisions, title=_title,
        forms={"record_forum_decision": forms.ForumForm},
        facts=_forum_facts, blank=lambda request, act: ForumDecision(),
    ),
    Desk(
        ACTING, ActingPresidency, queries.visible_acting, title=_title,
        forms={"appoint_acting_president": forms.ActingForm},
        facts=_acting_facts, blank=lambda request, act: ActingPresidency(),
    ),
    Desk(
        REPRESENTATION, Representation, queries.visible_representations, title=_title,
        forms={"ask_replacement": forms.ReplacementForm},
        facts=_representation_facts, blank=_blank_representation,
    ),
    Desk(
        CORRECTION, Correction, record.visible_to, title=_title,
        forms={"draft_correction": forms.CorrectionForm},
        facts=_correction_facts,
        blank=lambda request, act: Correction(
            subject=request.GET.get("subject", "")[:48], field=request.GET.get("field", "")[:48],
            old_text=request.GET.get("old_text", "")[:2000],
        ),
    ),
    Desk(
        LOG_KEY, LogKey, record.visible_keys, title=_title,
        forms={"ask_new_key": forms.NewKeyForm},
        facts=_key_facts, blank=lambda request, act: LogKey(),
    ),
)  # fmt: skip

_CLERKS = frozenset({Office.SECRETARIAT})
_HOUSE = frozenset(queries.HOUSE)

register_menu(
    "assembly",
    HoldersItem(_("Sessions"), "assembly-sessions"),
    HoldersItem(_("Bodies"), "assembly-bodies"),
    MenuItem(_("Presidency"), "assembly-presidency", _HOUSE),
    MenuItem(_("Delegations"), "assembly-delegations", _HOUSE),
    MenuItem(_("Political groups"), "assembly-groups", _HOUSE),
    MenuItem(_("Imports"), "assembly-imports", _CLERKS),
    title=_("The Assembly"),
)
register_menu(
    "law",
    MenuItem(_("Versions of the charter"), "assembly-adoptions", _HOUSE),
    HoldersItem(_("Holidays of the seat"), "assembly-holidays"),
    MenuItem(_("Separate forum"), "assembly-forums", _CLERKS),
    MenuItem(_("Corrections"), "assembly-corrections", _CLERKS),
    MenuItem(_("Keys of the record"), "assembly-keys", _CLERKS),
    title=_("Charter and record"),
)


def _waiting(actor: Actor) -> Iterator[Waiting]:
    for matter, act in queries.waiting(actor):
        yield Waiting(desk.desks[matter.PREFIX].table.by_act[act].title, act_url(matter, act))


desk.waiting_lists.append(_waiting)

urlpatterns = [
    path("assembly/sessions/", views.sessions, name="assembly-sessions"),
    path("assembly/holidays/", views.holidays, name="assembly-holidays"),
    path("assembly/bodies/", views.bodies, name="assembly-bodies"),
    path("assembly/delegations/", views.delegations, name="assembly-delegations"),
    path("assembly/groups/", views.groups, name="assembly-groups"),
    path("assembly/imports/", views.imports, name="assembly-imports"),
    path("assembly/charter/", views.adoptions, name="assembly-adoptions"),
    path("assembly/presidency/", views.presidency, name="assembly-presidency"),
    path("assembly/forum/", views.forums, name="assembly-forums"),
    path("assembly/corrections/", views.corrections, name="assembly-corrections"),
    path("assembly/keys/", views.keys, name="assembly-keys"),
]
