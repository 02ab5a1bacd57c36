"""Questions of coordination in words: what this file has in common with another, and what would explain it innocently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hemicycle.candidacy.models import Call, MetadataKind
from hemicycle.instruments.coordination import question as found
from hemicycle.instruments.coordination.languages import SENTENCES
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.web.desk import Fact, act_url, begin_url, matter_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import moment

from .. import queries
from ..models import Comparison, CoordinationQuestion, Examination, QuestionKind
from ..procedure import ExaminationState
from ..procedure.coordination import COMPARISON
from ..procedure.screening import RunState
from .parts import reader, title_of

K = QuestionKind
#: After the opinion no point is raised.
RAISES = (ExaminationState.ASSIGNING, ExaminationState.READING, ExaminationState.AGREEING)
LATEST = 5


def questions_context(examination: Examination, actor: Actor) -> dict[str, Any]:
    """What the page of a file shows to its reader."""
    rows = list(queries.visible_questions(actor).filter(examination=examination))
    if not rows:
        return {"questions": []}
    others = queries.others_of(examination, actor)
    return {"questions": [_told(row, others) for row in rows]}


def question_context(question: CoordinationQuestion, actor: Actor) -> Mapping[str, Any]:
    if question.pk is None:
        return {}
    examination = question.examination
    return {
        "question": _told(question, queries.others_of(examination, actor)),
        "notes": [
            {"who": reader(row.reading.ordinal), "said": row.get_outcome_display(), "at": moment(row.said_at),
             "reasons": row.reasons, "language": row.language}
            for row in queries.notes_for(question, actor)
        ],
        "raise_url": begin_url("vetting", "raise_point", examination=examination.reference)
        if examination.state in RAISES else "",
        "examination_url": matter_url(examination),
    }  # fmt: skip


def question_facts(question: CoordinationQuestion, actor: Actor) -> Sequence[Fact]:
    """Of the other files a number; which they are only where the reader holds their readings, too."""
    if question.pk is None:
        return []
    others = queries.others_of(question.examination, actor)
    facts = [Fact(_("Other files of this call"), others.count(question))]
    mine = others.readings(question)
    if mine:
        only = matter_url(mine[0]) if len(mine) == 1 else ""
        facts.append(Fact(_("Readings of yours among them"), ", ".join(r.reference for r in mine), url=only))
    return facts


def _told(question: CoordinationQuestion, others: queries.Others) -> dict[str, Any]:
    """One question as it is shown: kind, sentence, table, explanation, and where to answer."""
    columns, rows = _table(question)
    has_answered = question.pk in others.answered
    return {
        "id": question.reference,
        "kind": question.get_kind_display(),
        "sentence": _sentence(question, others.count(question)),
        "columns": columns,
        "rows": rows,
        "innocent": _innocent()[question.evidence["innocent"]],
        "mine": [(r.reference, matter_url(r)) for r in others.readings(question)],
        "url": matter_url(question),
        "has_answered": has_answered,
        "note_url": "" if has_answered else act_url(question, "note_question"),
    }


def _sentence(question: CoordinationQuestion, others: int) -> str:
    """How many files it concerns, in words."""
    told = question.evidence["told"]
    if question.kind == K.BURST:
        return _(
            "%(count)s of the %(of)s endorsements that this body gave in the call came in within %(minutes)s min."
        ) % {name: told[name] for name in ("count", "of", "minutes")}
    is_wide = question.evidence["innocent"] == found.SHARED_OFFICE
    if is_wide or question.kind in (K.ORGANISATION, K.METADATA):
        return ngettext(
            "%(n)s other file of this call has the same, of %(every)s.",
            "%(n)s other files of this call have the same, of %(every)s.",
            others,
        ) % {"n": others, "every": told["every"]}
    return _("Another file of this call has them too. Which of the two was written first is not known.")


def _table(question: CoordinationQuestion) -> tuple[list[Any], list[list[Any]]]:
    """The passages with the part of this file in which they stand; side by side where they are the same words."""
    shared, kind = question.evidence["shared"], question.kind
    if kind == K.NEAR_COPY:
        columns = [
            _("Where in this file"),
            pgettext("passage", "In this file"),
            _("In another file of this call"),
        ]
        return columns, [[_part(question, row), *_said(row, "mine", "other")] for row in shared]
    if kind == K.BURST:
        return [pgettext("link", "Body"), _("Came in")], [
            [row["mine"], moment(datetime.fromisoformat(row["part"]))] for row in shared
        ]
    if kind == K.ORGANISATION:
        return [_("Body, as this file names it")], [[row["mine"]] for row in shared]
    if kind == K.METADATA:
        return [_("Evidence of this file")], [[row["mine"]] for row in shared]
    if kind == K.HIDDEN_DATA:
        agreed: dict[str, list[str]] = {}
        for row in shared:
            agreed.setdefault(row["mine"], []).append(str(MetadataKind(row["part"]).label))
        columns = [_("Evidence of this file"), _("What agrees; what it says is not kept")]
        return columns, [[title, " · ".join(labels)] for title, labels in agreed.items()]
    columns = [_("Where in this file"), pgettext("passage", "In this file")]
    return columns, [[_part(question, row), *_said(row, "mine")] for row in shared]


def _said(row: Mapping[str, str], *sides: str) -> list[Cell]:
    return [Cell(row[side], language=row["language"]) for side in sides]


def _part(question: CoordinationQuestion, row: Mapping[str, str]) -> str:
    """Which answer or endorsement of this file."""
    kind, _colon, key = row["part"].partition(":")
    if kind == "criterion":
        return title_of(key, queries.charter_of(question.examination))
    return _("Endorsement %(reference)s") % {"reference": row["part"]}


def _innocent() -> dict[str, str]:
    """What would explain it, by the instrument's keys (`instruments.coordination.question.INNOCENT`)."""
    return {
        found.NEAR_COPY: _(
            "People who work together, a common template, a joint slate, or one quoting the other’s published text."
        ),
        found.TRANSLATION: _(
            "A joint statement, a published text that both translate, or the help of one translator."
        ),
        found.SHARED_MARKS: _(
            "People who took part in the same events or worked in the same place name the same people, dates and pages."
        ),
        found.ORGANISATION: _("An organisation may endorse as many as it trusts."),
        found.BURST: _("A deadline, a reminder, a meeting where several were endorsed."),
        found.METADATA: _(
            "A published text or picture that several send, or a document that they made together."
        ),
        found.HIDDEN_DATA: _(
            "One lawyer or helper who wrote for both, a shared computer, for instance in a shelter, one notary or scanning "
            "office, a template, one photographer, two people of one name, or chance. Anybody can change hidden data."
        ),
        found.SHARED_OFFICE: _(
            "So many files have it that it points to an office, a helper or a template that all of them used."
        ),
        found.WIDESPREAD: _(
            "So many files have it that it tells little: a form, a common program, or a body that endorses many."
        ),
    }


# --- comparisons ------------------------------------------------------------------------------------------------------


def comparison_facts(comparison: Comparison, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Session"), comparison.call.session.name),
        Fact(_("Program"), comparison.software),
    ]
    if comparison.compared_by:
        is_full = SENTENCES in comparison.compared_by
        by = _("sentence by sentence") if is_full else _("by names, numbers, dates and pages only")
        facts.append(Fact(_("Texts in different languages"), by))
    if comparison.pk is not None:
        facts.append(Fact(pgettext("comparison", "Begun"), moment(comparison.created_at)))
    if comparison.ended_at:
        facts.append(Fact(pgettext("comparison", "Ended"), moment(comparison.ended_at)))
    return facts


def comparison_context(comparison: Comparison, actor: Actor) -> Mapping[str, Any]:
    if comparison.pk is None:
        return {}
    rows = comparison.files.all()
    total, left = rows.count(), rows.filter(done_at__isnull=True).count()
    return {
        "total": total,
        "done": total - left,
        "left_out": rows.filter(is_left_out=True).count(),
        "is_moving": comparison.state in (RunState.WAITING, RunState.RUNNING),
    }


def comparisons_context(call: Call | None, actor: Actor) -> dict[str, Any]:
    """For the clerk's overview of a call: its comparisons, and where another begins once the call has ended."""
    if call is None:
        return {}
    rows = queries.visible_comparisons(actor).filter(call=call)[:LATEST]
    return {
        "comparisons": [
            (row.reference, matter_url(row), row.done, row.total, COMPARISON.state_title(row.state))  # type: ignore[attr-defined]
            for row in rows
        ],
        "compare_url": begin_url("vetting", "begin_comparison", call=call.reference)
        if call.closes_at <= clock.now() else "",
    }  # fmt: skip
