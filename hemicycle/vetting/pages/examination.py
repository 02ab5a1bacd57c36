"""The page of an examination, for the candidate, a reader or a clerk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.integrity import voice
from hemicycle.people.spoken import language_name
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Due, Fact, begin_url, matter_url
from hemicycle.web.templatetags.house import charter_name, moment

from .. import queries
from ..models import Examination, OpinionIs
from ..procedure import ExaminationState
from .parts import head, reader, title_of
from .points import point_task, statement_url
from .screening import hits_context
from .service import own_url, service_context

E = ExaminationState


def explanation(examination: Examination, state: str) -> str:
    """What is happening, in one sentence, for the candidate."""
    return {
        E.ASSIGNING: _(
            "An assessor is still being found who reads the languages of your file and has no interest in it."
        ),
        E.READING: _("Assessors read your file, each without knowing what the other finds."),
        E.AGREEING: _("Your file has been read. The readers now agree on an opinion, or add their dissent."),
        E.REPLYING: _(
            "A point has been raised. Nothing is decided before you could reply and your reply was answered."
        ),
        E.CONCLUDED: _(
            "The readers have given their opinion. It is advice. A letter tells you of it: at once if it is “not met”, "
            "otherwise shortly before the list is published."
        ),
        E.UNDER_REVIEW: _(
            "People who did not read your file before now read it. A list does not wait for this."
        ),
        E.REVIEWED: _("The review is over. You are told by letter."),
        E.READ_AGAIN: _(
            "Your file is read again, by people who did not read it before. The opinion that was given stands until then. "
            "A letter tells you of the new one: at once if it is “not met” or if you were told the first, otherwise shortly "
            "before the list is published."
        ),
    }.get(ExaminationState(state), "")


def explanation_for_readers(state: str) -> str:
    """What is happening, in one sentence, for whoever reads or looks after the file of another."""
    return {
        E.ASSIGNING: _(
            "An assessor is still to be found who reads the languages of the file and has no interest in it."
        ),
        E.READING: _("Assessors read the file, each without knowing what the other finds."),
        E.AGREEING: _("The file has been read. The readers agree on an opinion, or add their dissent."),
        E.REPLYING: _(
            "A point has been raised. The candidate may reply, and the reply is answered, before the opinion."
        ),
        E.CONCLUDED: _(
            "The readers have given their opinion. It is advice; the candidate is told by letter."
        ),
        E.UNDER_REVIEW: _(
            "People who did not read the file before now read it. A list does not wait for this."
        ),
        E.REVIEWED: _("The review is over. The candidate is told by letter."),
        E.READ_AGAIN: _(
            "The file is read again, by people who did not read it before. The opinion that was given stands until then."
        ),
    }.get(ExaminationState(state), "")


def examination_facts(examination: Examination, actor: Actor) -> Sequence[Fact]:
    candidacy = examination.candidacy
    facts = [
        Fact(_("Session"), candidacy.call.session.name),
        Fact(_("Rules in force"), charter_name(examination.charter)),
    ]
    if candidacy.person_id == actor.person:
        return facts
    facts = [*head(candidacy), *facts]
    languages = queries.languages_of([candidacy])[candidacy.pk]
    facts.append(
        Fact(_("Languages of the file"), ", ".join(language_name(code) for code in sorted(languages)) or "—")
    )
    if queries.is_open_to(examination, actor):
        facts += _said(examination)
    if Office.SECRETARIAT in queries.offices(actor, examination):  # a clerk who reads is no clerk of the file
        facts += voice.facts(candidacy.person, actor)
        if queries.withdrew_with_point_open(candidacy.person):
            facts.append(Fact(_("An earlier candidacy"), _("withdrawn while a point was open")))
    return facts


def _said(examination: Examination) -> list[Fact]:
    """The opinion with its dissents, and why review was asked for."""
    facts = []
    if examination.opinion:
        facts.append(Fact(_("Opinion"), examination.get_opinion_display()))
        facts.append(Fact(_("Text of the opinion"), examination.opinion_text, examination.opinion_language))
        facts += [Fact(_("Dissent"), v.dissent, v.language) for v in queries.dissents_of(examination)]
    if examination.first_opinion:
        facts.append(Fact(_("Opinion before the review"), examination.get_first_opinion_display()))
    if examination.review_reasons:
        facts.append(
            Fact(_("Why review was asked for"), examination.review_reasons, examination.review_language)
        )
    return facts


def examination_due(examination: Examination) -> Due | None:
    if examination.standing(clock.now()) == E.CONCLUDED and examination.review_until is not None:
        days = queries.charter_of(examination).periods.review_request_days.value
        why = _("%(days)s days from the opinion, to the end of the last day.") % {"days": days}
        return Due(_("A review can be asked for until"), examination.review_until, why)
    due = queries.review_due(examination)
    if examination.state == E.UNDER_REVIEW and due is not None:
        days = queries.charter_of(examination).periods.review_days.value
        why = _("%(days)s days from the request for review, to the end of the last day.") % {"days": days}
        return Due(_("The opinion on review is given before"), due, why)
    return None


def examination_context(examination: Examination, actor: Actor) -> Mapping[str, Any]:
    if examination.pk is None:
        return {}
    candidacy = examination.candidacy
    is_own = candidacy.person_id == actor.person
    mine = queries.live_readings(examination).filter(assessor_id=actor.person).first()
    state = examination.standing(clock.now())
    points = queries.visible_points(actor).filter(examination=examination)
    context: dict[str, Any] = {
        "is_own": is_own,
        "own_reading_url": matter_url(mine) if mine else "",
        "own_service_url": own_url() if is_own else "",
        "explanation": explanation(examination, state) if is_own else explanation_for_readers(state),
        "objection_days": queries.charter_of(examination).periods.objection_days.value,
        "capacities": _capacities(examination, is_own),
        "openings": [(moment(at), reader(place)) for at, place in queries.openings(examination)],
        "points": [point_task(point, queries.charter_of(examination)) for point in points],
        "letters": list(queries.visible_letters(actor).filter(candidacy=candidacy)),
    }
    if is_own or queries.is_open_to(examination, actor):
        context["new_readings"] = new_readings(examination, is_own=is_own)
    if is_own and examination.state not in queries.BLIND:
        context |= hits_context(examination, actor)
    speaks = {Office.ASSESSOR, Office.REVIEWER, Office.SECRETARIAT} & queries.offices(actor, examination)
    if not is_own and speaks and (mine is None or mine.opened_at is not None):
        context["file_url"] = reverse("vetting-file", args=[mine.reference]) if mine else ""
        context["table"] = findings_table(examination, actor)
        context |= service_context(candidacy, actor)
        if mine is not None:  # the Secretariat reads how many wait, not what they are
            context |= hits_context(examination, actor)
        before = state in (E.ASSIGNING, E.READING, E.AGREEING, E.REPLYING, E.READ_AGAIN)
        if before:
            context["raise_url"] = begin_url("vetting", "raise_point", examination=examination.reference)
            unanswered = queries.unanswered_statements(examination)
            context["statements"] = [(row.body, statement_url(examination, row)) for row in unanswered]
        context.update(_draft(examination, state))
    return context


def new_readings(examination: Examination, *, is_own: bool) -> list[list[Fact]]:
    """Why the file was read again, the latest first; beside it, for whoever reads the opinion here, the one that it replaced."""
    found = []
    for row in examination.new_readings.order_by("-round"):
        facts = [
            Fact(_("Called on"), moment(row.called_at)),
            Fact(_("Cause"), row.get_cause_display()),
            Fact(_("Reasons"), row.reasons, row.language),
        ]
        if row.given_at is not None:
            facts.append(Fact(_("Opinion given on"), moment(row.given_at)))
        # The person reads opinions in letters, when they are sent; while one still stands, it is the opinion above.
        if not is_own and row.given_at is not None:
            stood = row.stood
            facts.append(Fact(_("Opinion until then"), OpinionIs(stood["opinion"]).label))
            facts.append(Fact(_("Its text"), stood["opinion_text"], stood["opinion_language"]))
            if stood["first_opinion"]:
                facts.append(Fact(_("Opinion before the review"), OpinionIs(stood["first_opinion"]).label))
        found.append(facts)
    return found


def _capacities(examination: Examination, is_own: bool) -> list[dict[str, Any]]:
    return [
        {
            "place": reader(c.reading.ordinal),
            "capacity": c.capacity,
            "organisation": c.organisation,
            "language": c.language,
            "object_url": begin_url("vetting", "object", reading=c.reading.reference)
            if is_own and not queries.why_not_object(c.reading)
            else "",
        }
        for c in queries.capacities(examination)
    ]


def _draft(examination: Examination, state: str) -> dict[str, Any]:
    """The opinion put to the readers, and what each has said to it; only while it is not given."""
    if not examination.draft or state not in (E.AGREEING, E.REPLYING, E.UNDER_REVIEW, E.READ_AGAIN):
        return {}
    voices = examination.voices.filter(reading__round=examination.round).select_related("reading")
    return {
        "draft": [
            Fact(_("Opinion put to the readers"), examination.get_draft_display()),
            Fact(_("Text"), examination.draft_text, examination.draft_language),
        ],
        "voices": [
            Fact(reader(v.reading.ordinal), _("agrees") if v.agrees else v.dissent, v.language)
            for v in voices
        ],
    }


def findings_table(examination: Examination, actor: Actor) -> list[dict[str, Any]]:
    """Findings beside one another, by criterion and bar; only those that the actor may read now. No sum, no count."""
    charter = queries.charter_of(examination)
    rows: dict[str, list[dict[str, Any]]] = {}
    for reading in queries.readable_readings(examination, actor):
        for finding in reading.findings.all():
            rows.setdefault(finding.key, []).append(
                {
                    "reader": reader(reading.ordinal),
                    "verdict": finding.get_verdict_display(),
                    "reasons": finding.reasons,
                    "language": finding.language,
                }
            )
    return [
        {
            "title": title_of(row.key, charter),
            "article": row.article,
            "found": rows[row.key],
            "differs": len({found["verdict"] for found in rows[row.key]}) > 1,
        }
        for row in queries.asked(charter)
        if row.key in rows
    ]
