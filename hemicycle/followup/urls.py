"""Addresses of the follow-up, and what this room tells the generic pages and a topic's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from hemicycle.assembly.models import Body
from hemicycle.dialogue.models import Topic
from hemicycle.dialogue.parts import Line, Part, parts
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.texts import sources
from hemicycle.web import desk, entrances
from hemicycle.web.desk import Desk, Due, Fact, Waiting, register
from hemicycle.web.entrances import Door
from hemicycle.web.parts import sentence

from . import actions, forms, passages, queries, shown, views
from .models import EarlierContact, Proposal
from .procedure import CONTACT, PROPOSAL, ContactState

plain_urlpatterns = [path("board.json", views.board_json, name="followup-board-json")]

urlpatterns = [
    path("board/", views.board_page, name="followup-board"),
    path("board/<str:reference>/", views.proposal_page, name="followup-proposal"),
    path("committees/<str:code>/", views.committee_page, name="followup-committee"),
    path("earlier/", views.earlier, name="followup-earlier"),
    path("earlier/<str:reference>/", views.contact_page, name="followup-contact"),
]


# --- the generic pages ----------------------------------------------------------------------------------------------


def _contact_facts(row: EarlierContact, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("What it was"), row.get_kind_display()),
        Fact(_("Day"), shown.days_of(row)),
        *(_text(row, each) for each in passages.of(row) if each.part != "title"),
        Fact(_("Topic"), row.topic.shown_name if row.topic else _("none")),
    ]
    if row.withdrawn_because:
        facts.append(
            Fact(passages.LABELS["withdrawn_because"], row.withdrawn_because, row.withdrawn_language)
        )
    if row.public_at is not None:
        facts.append(_public_page(reverse("followup-contact", args=[row.reference])))
    return facts


def _text(row: EarlierContact | Proposal, passage: passages.Passage, label: Any = None) -> Fact:
    """A text of it; in place of one that is set aside, that it is, as on the public page."""
    label = label or passage.label
    if shown.is_aside(row, passage):
        return Fact(label, _("This text is set aside"))
    return Fact(label, passage.text, passage.language)


def _public_page(url: str) -> Fact:
    return Fact(_("What everybody reads"), _("the public page"), url=url)


def _proposal_facts(row: Proposal, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Topic"), row.topic.shown_name),
        Fact(pgettext("body", "Committee"), row.committee.shown_name),
        Fact(_("Who proposed it"), shown.maker(row)),
        _text(row, passages.Passage("text", row, "text"), _("What is proposed")),
    ]
    if row.evidence and _works_on(row, actor):
        facts.append(_text(row, passages.Passage("evidence", row, "evidence")))
        facts.append(Fact(passages.LABELS["evidence_source"], row.evidence_source))
    stage = queries.open_stage(row)
    if stage is not None and (late := shown.late(stage, clock.now(), queries.days_off())):
        facts.append(Fact(pgettext("follow-up", "Overdue"), late))
    return [*facts, _public_page(shown.url_of(row))]


def _works_on(row: Proposal, actor: Actor) -> bool:
    """Whether this person may read what one person says and nobody has confirmed."""
    works = {Office.SECRETARIAT, Office.COMMITTEE_CHAIR, Office.ADDRESSEE}
    return row.carried_out_at is not None or bool(queries.offices(actor, row) & works)


def _due(row: Proposal) -> Due | None:
    stage = queries.open_stage(row)
    return shown.due(stage) if stage is not None else None


STAGE_OF = {
    "take_up": "committee",
    "decline": "committee",
    "record_report": "report",
    "record_answer": "answer",
}


def _offers(row: Proposal, act: str) -> bool:
    """What is ignored may be at any stage: only the acts of that stage are offered."""
    waiting = {stage.key for stage in row.stages.all() if stage.ended_at is None}
    if act in STAGE_OF:
        return STAGE_OF[act] in waiting
    return act not in ("ask_state", "claim_carried_out") or not waiting & {"committee", "report"}


def _blank_contact(request: HttpRequest, act: str) -> Matter:
    return EarlierContact(topic=Topic.objects.filter(reference=request.GET.get("topic", "")).first())


def _blank_proposal(request: HttpRequest, act: str) -> Matter:
    """Under the topic and to the committee whose page the person came from."""
    found = Proposal()
    topic = Topic.objects.filter(reference=request.GET.get("topic", "")).first()
    committee = Body.objects.filter(kind="committee", code=request.GET.get("committee", "")).first()
    if topic is not None:
        found.topic = topic
    if committee is not None:
        found.committee = committee
    return found


def _contacts(actor: Actor) -> QuerySet[EarlierContact]:
    return queries.contacts(actor)


register(
    Desk(
        table=CONTACT,
        model=EarlierContact,
        visible=_contacts,
        forms={
            "transcribe": forms.TranscribeForm,
            "correct_contact": forms.CorrectForm,
            "withdraw_contact": forms.ReasonsForm,
        },
        title=shown.marked_title,
        facts=_contact_facts,
        kinds={state: shown.KINDS[state] for state in ContactState},
        context=lambda row, actor: {"asked": _contact_facts(row, actor) if row.pk else ()},
        act_templates={"confirm_transcription": "followup/decide.html"},
        blank=_blank_contact,
    ),
    Desk(
        table=PROPOSAL,
        model=Proposal,
        visible=queries.worked_on,
        forms={
            "make_proposal": forms.ProposeForm,
            "take_up": forms.TakeUpForm,
            "decline": forms.DeclineForm,
            "record_report": forms.ReportForm,
            "ask_state": forms.AskStateForm,
            "record_answer": forms.AnswerForm,
            "claim_carried_out": forms.EvidenceForm,
            "correct_proposal": forms.CorrectForm,
            "close_proposal": forms.ReasonsForm,
        },
        title=shown.marked_title,
        facts=_proposal_facts,
        due=_due,
        kinds=shown.KINDS,
        offers=_offers,
        context=lambda row, actor: {"asked": _proposal_facts(row, actor) if row.pk else ()},
        act_templates={"confirm_carried_out": "followup/decide.html", "drop_claim": "followup/decide.html"},
        blank=_blank_proposal,
        after={"make_proposal": shown.url_of},
    ),
)

# --- a topic's page, texts, menus -----------------------------------------------------------------------------------


def _proposals_under(topic: Topic, actor: Actor) -> Sequence[Line]:
    at = clock.now()
    return [
        Line(
            shown.title(row),
            PROPOSAL.state_title(row.public_standing(at)),
            row.created_at,
            shown.url_of(row),
            row.language,
        )
        for row in queries.proposals().filter(topic=topic)
    ]


def _contacts_under(topic: Topic, actor: Actor) -> Sequence[Line]:
    rows = queries.contacts(actor).filter(topic=topic, state=ContactState.PUBLIC)
    return [
        Line(
            shown.title(row),
            f"{row.get_kind_display()}, {shown.days_of(row)}",
            None,
            reverse("followup-contact", args=[row.reference]),
            row.language,
        )
        for row in rows
    ]


def _begin_proposal(topic: Topic, actor: Actor) -> str:
    may = topic.state == "open" and views.may_propose(actor)
    return desk.begin_url("followup", "make_proposal", topic=topic.reference) if may else ""


def _begin_contact(topic: Topic, actor: Actor) -> str:
    may = actor.holds(Office.SECRETARIAT)
    return desk.begin_url("followup", "transcribe", topic=topic.reference) if may else ""


parts.append(
    Part(
        gettext_lazy("Proposals and what became of them"),
        _proposals_under,
        gettext_lazy("No proposal has been made under this topic so far."),
        _begin_proposal,
        gettext_lazy("Make a proposal"),
    )
)
parts.append(
    Part(
        gettext_lazy("Hearings and meetings"),
        _contacts_under,
        gettext_lazy("None has been transcribed so far."),
        _begin_contact,
        gettext_lazy("Transcribe a hearing or a meeting"),
    )
)
sources.register(Proposal.PREFIX, shown.find_proposal)
sources.register(EarlierContact.PREFIX, shown.find_contact)
entrances.register(
    "dialogue",
    Door(
        pgettext_lazy("proposals", "Follow-up"),
        gettext_lazy("What became of each proposal, with its dates and sources, and the numbers of all."),
        "followup-board",
    ),
    Door(
        gettext_lazy("Hearings and meetings"),
        gettext_lazy(
            "Hearings, meetings, visits and letters, also from before the platform, transcribed with their sources."
        ),
        "followup-earlier",
    ),
)


def waiting(actor: Actor) -> Iterable[Waiting]:
    """Second halves; what a committee's chair, a rapporteur or the head of a delegation owes, with its date; and for the
    Secretariat what is overdue."""
    if actor.person is None:
        return
    for matter in queries.awaiting_second(actor):
        is_contact = isinstance(matter, EarlierContact)
        words = _("Compare a transcription: %s") if is_contact else _("Look at the evidence: %s")
        yield Waiting(words % matter.reference, desk.matter_url(matter))
    for row in queries.awaited_from(actor):
        stage = queries.open_stage(row)
        if stage is None:
            continue
        words = _("At the stage “%(stage)s”: %(title)s")
        told = sentence(words, stage=passages.stage_name(stage.key), title=shown.marked_title(row))
        yield Waiting(told, desk.matter_url(row), stage.due_at)


desk.waiting_lists.append(waiting)

__all__ = ["actions", "plain_urlpatterns", "urlpatterns"]
