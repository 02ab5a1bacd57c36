"""A proposal, its stages and an earlier contact as pages show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hemicycle.assembly import calendar
from hemicycle.record import law
from hemicycle.record.actors import Actor
from hemicycle.texts import queries as texts
from hemicycle.texts.sources import Written
from hemicycle.web.desk import Due
from hemicycle.web.parts import Cell, Row, original
from hemicycle.web.templatetags.house import day

from . import passages, queries
from .models import Corrected, EarlierContact, Outcome, Proposal, Side, Stage
from .procedure import PROPOSAL, ContactState, ProposalState

KINDS: dict[str, str] = {
    ProposalState.MADE: "neutral",
    ProposalState.TAKEN_UP: "open",
    ProposalState.REPORTED: "open",
    ProposalState.ASKED: "open",
    ProposalState.ANSWERED: "open",
    ProposalState.CLAIMED: "open",
    ProposalState.CARRIED_OUT: "done",
    ProposalState.DECLINED: "stopped",
    ProposalState.IGNORED: "stopped",
    ProposalState.CLOSED: "neutral",
    ContactState.TRANSCRIBED: "open",
    ContactState.PUBLIC: "done",
    ContactState.WITHDRAWN: "stopped",
}
ENDED_AS = {
    Outcome.TAKEN_UP: "done",
    Outcome.REPORTED: "done",
    Outcome.ASKED: "done",
    Outcome.POSITIVE: "done",
    Outcome.PARTIAL: "open",
    Outcome.NEGATIVE: "stopped",
    Outcome.DECLINED: "stopped",
}


def url_of(proposal: Proposal) -> str:
    return reverse("followup-proposal", args=[proposal.reference])


def state_cell(proposal: Proposal, at: datetime) -> Cell:
    state = proposal.public_standing(at)
    return Cell(state_label=PROPOSAL.state_title(state), state_kind=KINDS[state])


def owner(stage: Stage) -> str:
    """Whose turn it is at a stage: a state, or the committee with its rapporteur."""
    if stage.asked_state is not None:
        return stage.asked_state.shown_name
    name = stage.committee.shown_name if stage.committee is not None else ""
    if stage.rapporteur is None:
        return name
    return _("%(committee)s; rapporteur: %(name)s") % {"committee": name, "name": stage.rapporteur.shown_name}


def due(stage: Stage) -> Due:
    """The last day of a stage with its arithmetic, as it was told when the stage began."""
    begun = timezone.localtime(stage.begun_at).date()
    told = calendar.due_after(begun, stage.working_days, stage.begun_at)
    words = ngettext(
        "%(n)s working day of the seat, the first after %(begun)s.",
        "%(n)s working days of the seat, the first after %(begun)s.",
        stage.working_days,
    ) % {"n": stage.working_days, "begun": day(begun)}
    passed = calendar.passed_over(told.skipped, stage.begun_at)
    label = pgettext("follow-up", "Due: %(stage)s") % {"stage": passages.stage_name(stage.key)}
    return Due(label, stage.due_at, f"{words} {passed}".strip())


def late(stage: Stage, at: datetime, off: Collection[date]) -> str:
    """How long a stage is overdue, and since when it counts as ignored; empty where it is not."""
    if not stage.is_overdue(at):
        return ""
    if stage.ignored_at <= at:
        return _("ignored since %(day)s") % {"day": day(stage.ignored_at)}
    days = queries.days_overdue(stage, at, off)
    return ngettext("%(n)s working day overdue", "%(n)s working days overdue", days) % {"n": days}


@dataclass(frozen=True)
class Link:
    """One stage of a chain as its page shows it."""

    title: str
    stage: Stage
    state_label: Any
    state_kind: str
    due: Due | None
    late: str
    text: Written | None
    took: str


def chain(proposal: Proposal, at: datetime) -> Sequence[Link]:
    off = queries.days_off()
    return [_link(proposal, stage, at, off) for stage in proposal.stages.all()]


def _link(proposal: Proposal, stage: Stage, at: datetime, off: Collection[date]) -> Link:
    name = passages.stage_name(stage.key)
    words = None
    if stage.text:
        words = _written(proposal, f"text-{stage.pk}", name, stage.text, stage.language)
    took = ngettext("after %(n)s working day", "after %(n)s working days", stage.took or 0)
    is_open = stage.ended_at is None
    return Link(
        passages.said(name, owner(stage)),
        stage,
        pgettext("stage", "awaited") if is_open else stage.get_outcome_display(),
        "open" if is_open else ENDED_AS.get(Outcome(stage.outcome), "neutral"),
        due(stage) if is_open else None,
        late(stage, at, off),
        words,
        "" if is_open or stage.ended_at == stage.begun_at else took % {"n": stage.took},
    )


def _written(
    matter: Proposal | EarlierContact,
    part: str,
    name: str,
    body: str,
    language: str,
    author: int | None = None,
) -> Written:
    url = (
        url_of(matter)
        if isinstance(matter, Proposal)
        else reverse("followup-contact", args=[matter.reference])
    )
    return Written(matter.reference, part, str(name), body, language, url, author)


def title(matter: Proposal | EarlierContact) -> str:
    """Its title, or its reference where the title is set aside."""
    words = _written(matter, "title", "", matter.title, matter.language)
    return matter.reference if texts.is_set_aside(words) else matter.title


def is_aside(matter: Proposal | EarlierContact, passage: passages.Passage) -> bool:
    """Whether one of its texts is set aside now."""
    return texts.is_set_aside(_written(matter, passage.part, "", passage.text, passage.language))


def marked_title(matter: Proposal | EarlierContact) -> SafeString:
    """The same with its language, for a list or a sentence."""
    return original(title(matter), matter.language)


def proposal_texts(proposal: Proposal) -> list[Written]:
    """The texts of a proposal and of its stages, for translations beside them and for whoever keeps the rules of speech."""
    author = proposal.mandate.person_id if proposal.mandate is not None else proposal.person_id
    found = []
    for passage in passages.of(proposal):
        if passage.part in ("title", "text"):
            found.append(
                _written(proposal, passage.part, passage.label, passage.text, passage.language, author)
            )
        elif passage.field in ("text", "evidence", "closed_because"):
            found.append(_written(proposal, passage.part, passage.label, passage.text, passage.language))
    return found


def contact_texts(contact: EarlierContact) -> list[Written]:
    kept = [each for each in passages.of(contact) if each.part in ("title", "summary")]
    return [_written(contact, each.part, each.label, each.text, each.language) for each in kept]


def find_proposal(reference: str, actor: Actor) -> Sequence[Written]:
    row = queries.proposals(actor).filter(reference=reference).first()
    return proposal_texts(row) if row is not None else ()


def find_contact(reference: str, actor: Actor) -> Sequence[Written]:
    row = queries.contacts(actor).filter(reference=reference).first()
    return contact_texts(row) if row is not None else ()


def maker(proposal: Proposal) -> str:
    """Who made a proposal, in words; a name that is withheld is not shown."""
    name = queries.maker_name(proposal)
    if name is None:
        return _("a participant whose name is withheld for safety")
    if name and proposal.side == Side.PARTICIPANTS:
        return _("%(name)s, participant") % {"name": name}
    if name:
        return _("%(name)s, member of the Assembly") % {"name": name}
    return str(proposal.get_side_display())


@dataclass(frozen=True)
class Mended:
    """A correction as its page shows it, the old text beside. While that wording is set aside it stands here no more than it did
    in its place; what else stands beside a text (`{% written %}`) belongs to the wording of now."""

    label: Any
    row: Corrected
    is_aside: bool


def corrections(matter: Proposal | EarlierContact) -> Sequence[Mended]:
    labels = {each.part: each.label for each in passages.of(matter)}
    return [
        Mended(
            labels.get(row.part, row.part),
            row,
            texts.is_set_aside(_written(matter, row.part, "", row.old_text, row.language)),
        )
        for row in queries.corrections(matter.reference)
    ]


def columns(*, with_committee: bool = True) -> list[str]:
    named = [pgettext("body", "Committee")] if with_committee else []
    return [_("Proposal"), *named, _("Topic"), _("State"), pgettext("follow-up", "Awaited")]


def row(proposal: Proposal, at: datetime, off: Collection[date], *, with_committee: bool = True) -> Row:
    """A proposal in a list: what is awaited, from whom, by when, and how long it is overdue."""
    stage = queries.open_stage(proposal)
    name = Cell(title(proposal), url=url_of(proposal), language=proposal.language)
    named = [proposal.committee.shown_name] if with_committee else []
    told = awaited(stage, at, off) if stage is not None else "—"
    return Row([name, *named, proposal.topic.shown_name, state_cell(proposal, at), told])


def awaited(stage: Stage, at: datetime, off: Collection[date]) -> str:
    """What is due and when; of whom, where it is not simply the committee."""
    told = _("%(stage)s by %(day)s") % {"stage": passages.stage_name(stage.key), "day": day(stage.due_on)}
    if stage.rapporteur is not None or stage.asked_state is not None:
        told = f"{told} ({stage.rapporteur.shown_name if stage.rapporteur else owner(stage)})"
    overdue = late(stage, at, off)
    return passages.said(told, overdue) if overdue else told


def is_before(contact: EarlierContact) -> bool:
    """Whether it was before the platform (R18)."""
    return contact.from_day < law.first_day()


def days_of(contact: EarlierContact) -> str:
    if contact.until_day is None:
        return day(contact.from_day)
    return _("%(first)s to %(last)s") % {"first": day(contact.from_day), "last": day(contact.until_day)}
