"""The pages of adverse points, objections and outcome letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.assembly.models import Body
from hemicycle.candidacy.explaining import not_in_own
from hemicycle.candidacy.models import CounterStatement
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter
from hemicycle.web.desk import Due, Fact, begin_url, matter_url
from hemicycle.web.parts import Task
from hemicycle.web.templatetags.house import moment, until

from .. import queries
from ..models import (
    ON_FORM,
    AdversePoint,
    Examination,
    LetterKind,
    Objection,
    OutcomeLetter,
    Verdict,
)
from ..procedure import POINT, PointState
from .parts import reader, title_of
from .point_sources import sources_context
from .service import resting_on


def point_task(point: AdversePoint, charter: Charter) -> Task:
    state = point.standing(clock.now())
    due = point.reply_due if state == PointState.NOTIFIED else None
    hint = _("reply until %(day)s") % {"day": until(due)} if due else ""
    kind = "done" if state == PointState.DROPPED else "stopped" if state == PointState.UPHELD else "open"
    return Task(title_of(point.key, charter), matter_url(point), hint, POINT.state_title(state), kind)


def statement_url(examination: Examination, statement: CounterStatement) -> str:
    """Where the statement of an invited body becomes a point (2.3)."""
    asked = {"examination": examination.reference, "statement": statement.reference}
    return begin_url("vetting", "raise_point", **asked)


def point_facts(point: AdversePoint, actor: Actor) -> Sequence[Fact]:
    """Each text in its own language, the translation beside it with its translator."""
    charter, candidacy = queries.charter_of(point.examination), point.examination.candidacy

    def told(label: str, text: str, language: str) -> Fact:
        return Fact(label, text, language, note=not_in_own(language, candidacy, actor))

    original = Fact if point.translated_into else told  # the translation stands beside it
    facts = [
        Fact(_("Criterion or bar"), title_of(point.key, charter)),
        original(_("Substance"), point.substance, point.language),
        original(_("Evidence"), point.evidence, point.language),
    ]
    if point.translated_into:
        by = _("translated by %(name)s") % {"name": point.translator}
        facts.append(
            Fact(_("Substance, %(by)s") % {"by": by}, point.substance_translated, point.translated_into)
        )
        facts.append(
            Fact(_("Evidence, %(by)s") % {"by": by}, point.evidence_translated, point.translated_into)
        )
    if point.pk is not None:
        facts += resting_on(point, actor)
    if point.counter_statement:
        body = queries.counter_statements(point.examination.candidacy).get(point.counter_statement)
        facts.append(Fact(_("Statement of an invited body"), body.body if body else point.counter_statement))
    if point.undisclosable:
        facts.append(Fact(_("Sources"), _("They cannot be disclosed. Such a point excludes nobody.")))
    if point.notified_at:
        facts.append(Fact(_("Put to the person"), moment(point.notified_at)))
    if point.extension_asked:
        facts.append(Fact(_("More time was asked for"), point.extension_asked, point.extension_language))
    if point.extension_refused:
        facts.append(
            told(_("More time was refused"), point.extension_refused, point.extension_refused_language)
        )
    if point.reply_text:
        facts.append(Fact(_("Reply"), point.reply_text, point.reply_language))
    if point.reply_translated:
        by = _("translated by %(name)s") % {"name": point.reply_translator}
        facts.append(
            Fact(_("Reply, %(by)s") % {"by": by}, point.reply_translated, point.reply_translated_into)
        )
    if point.answer:
        facts.append(told(_("Answer of the readers"), point.answer, point.answer_language))
    return facts


def point_due(point: AdversePoint) -> Due | None:
    if point.pk is None or point.standing(clock.now()) != PointState.NOTIFIED or point.reply_due is None:
        return None
    periods = queries.charter_of(point.examination).periods
    days = periods.reply_extended_days.value if point.extended_on else periods.reply_days.value
    why = _("%(days)s days, to the end of the last day. Silence is no admission.") % {"days": days}
    return Due(_("Reply before"), point.reply_due, why)


def explanation_of_point(point: AdversePoint) -> str:
    """What a point means for its person now, in one or two sentences."""
    return {
        PointState.NOTIFIED: _(
            "This has been said about your candidacy. It is not decided. You may reply, with a helper if you like; "
            "the readers must answer your reply point by point."
        ),
        PointState.REPLIED: _(
            "Your reply has been received. Nothing is decided before the readers have answered it, with reasons."
        ),
        PointState.REPLY_OVER: _(
            "The time to reply is over. Silence is no admission: the readers must give reasons, and nothing is decided yet."
        ),
        PointState.UPHELD: _(
            "The readers uphold this point. Their reasons stand below. The opinion on your candidacy is told by letter."
        ),
        PointState.DROPPED: _("The readers have dropped this point. It does not count against you."),
    }.get(PointState(point.standing(clock.now())), "")


def point_context(point: AdversePoint, actor: Actor) -> Mapping[str, Any]:
    if point.examination_id is None:
        return {}
    is_own = point.examination.candidacy.person_id == actor.person
    return {"explanation": explanation_of_point(point) if is_own else "", "is_own": is_own,
            "examination_url": matter_url(point.examination), "point_facts": point_facts(point, actor),
            **(sources_context(point, actor) if point.pk is not None else {})}  # fmt: skip


def objection_facts(objection: Objection, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("Against"), reader(objection.reading.ordinal))]
    if objection.reading.examination.candidacy.person_id != actor.person:
        facts.append(Fact(_("Assessor"), objection.reading.assessor.shown_name))
        facts.append(Fact(_("Candidate"), objection.reading.examination.candidacy.person.shown_name))
    facts.append(Fact(_("Reasons"), objection.reasons, objection.language))
    if objection.decision:
        note = not_in_own(objection.decision_language, objection.reading.examination.candidacy, actor)
        facts.append(Fact(_("Decision"), objection.decision, objection.decision_language, note=note))
    return facts


def letter_context(letter: OutcomeLetter, actor: Actor) -> Mapping[str, Any]:
    """The letter as it was sent: own findings, who decided, how to ask for review, when the file is destroyed."""
    if letter.pk is None:
        return {}
    charter = law.by_reference(letter.charter)
    verdicts = dict(Verdict.choices)
    grouped: dict[str, list[dict[str, Any]]] = {}
    languages = {row["language"] for row in letter.findings}  # one language is named once, above
    for row in letter.findings:
        note = "" if len(languages) == 1 else not_in_own(row["language"], letter.candidacy, actor)
        shown = {**row, "reader": reader(row["reader"]), "verdict": verdicts[row["verdict"]], "note": note}
        grouped.setdefault(row["key"], []).append(shown)
    examination = Examination.objects.filter(candidacy=letter.candidacy).first()
    is_own, person = letter.candidacy.person_id == actor.person, letter.candidacy.person
    title = _("Outcome of your candidacy") if is_own else _("Outcome letter to %(name)s")
    return {
        "title": title if is_own else title % {"name": person.shown_name},
        "is_own": is_own,
        "sentence": _sentence(letter),
        "table_note": not_in_own(languages.copy().pop(), letter.candidacy, actor)
        if len(languages) == 1
        else "",
        "text_note": not_in_own(letter.text_language, letter.candidacy, actor),
        "decided": [_decider(row, charter) for row in letter.decided_by],
        "later": _later(letter),
        "table": [
            {"title": title_of(key, charter), "article": "", "found": found} for key, found in grouped.items()
        ],
        "answers": [
            {
                **p,
                "title": title_of(p["key"], charter),
                "state": POINT.state_title(p["state"]),
                "note": not_in_own(p["language"], letter.candidacy, actor) if p["answer"] else "",
            }
            for p in letter.points
        ],
        "examination_url": matter_url(examination) if examination else "",
        "candidacy_url": matter_url(letter.candidacy),
        "can_ask": is_own and letter.review_until is not None and clock.now() < letter.review_until,
    }


def _later(letter: OutcomeLetter) -> str:
    """The address of the letter on the review of this refusal, beside which its dates no longer count; or empty.

    A file admitted late on review may be refused anew: the next letter on the form is the one on this refusal's review.
    """
    if letter.kind != LetterKind.INADMISSIBLE:
        return ""
    rows = OutcomeLetter.objects.filter(candidacy=letter.candidacy, kind__in=ON_FORM, pk__gt=letter.pk)
    later = rows.order_by("pk").first()
    return matter_url(later) if later is not None else ""


def _decider(row: Mapping[str, Any], charter: Charter) -> Fact:
    """What was decided, and in what office, capacity or body; no names."""
    what = {
        "form": _("Decided on the form"), "form_review": _("Reviewed the decision on the form"),
        "read": _("Read the file and gave an opinion"), "review": _("Read the file again on review"),
        "again": _("Read the file again, for a new reason"),
        "proposed": _("Proposed the list"), "approved": _("Decided on the list"),
    }[row["what"]]  # fmt: skip
    language = get_language() or "en"
    if "body" in row:
        body = Body.objects.filter(code=row["body"]).first()
        return Fact(what, body.shown_name if body is not None else row["body"])
    if "office" in row:
        office = charter.office(row["office"]).name[language]
        return Fact(what, f"{office} × {row['count']}" if row["count"] > 1 else office)
    return Fact(what, f"{row['capacity']}, {row['organisation']}", row["language"])


def _sentence(letter: OutcomeLetter) -> str:
    return {
        "inadmissible": _(
            "Your candidacy is not admissible, for a reason of form. Nothing was found about you."
        ),
        "form_confirmed": _(
            "Your request for review is decided: your candidacy stays not admissible, for a reason of form. Nothing was "
            "found about you."
        ),
        "form_reversed": _("Your request for review is decided: your candidacy is not refused any more."),
        "not_eligible": _("The readers of your file did not find that you meet every criterion."),
        "reviewed": _(
            "Your file has been read again by people who had not read it before. This is their opinion."
        ),
        "read_again": _(
            "Your file has been read again, for the reason that you were told, by people who had not read it before. This is "
            "their opinion. It suspends or ends nothing by itself."
        ),
        "on_list": _("Your name is on the list of participants."),
        "succession": _("Your name is on the succession list: you may be asked when a place becomes vacant."),
        "not_chosen": _(
            "Your name is not on the list. This says nothing against you: there were fewer places than people."
        ),
    }[letter.kind]
