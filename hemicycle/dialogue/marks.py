"""How questions are marked and listed on every page: state, date, addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.record import clock
from hemicycle.texts.queries import all_set_aside
from hemicycle.web.desk import matter_url
from hemicycle.web.markdown import beginning
from hemicycle.web.parts import Cell, Row
from hemicycle.web.templatetags.house import last_day

from . import deadlines, names
from .models import Question, Topic
from .procedure import QUESTION, RUNNING, ExchangeState, QuestionState, TopicState
from .written import of_question

S = QuestionState
PER_PAGE = 50
KINDS: dict[str, str] = {
    **dict.fromkeys([S.TABLED, *RUNNING, S.UNDER_REVIEW], "open"),
    **dict.fromkeys([S.ANSWERED, S.FOLLOWED_UP, S.REVIEWED, S.CLOSED], "done"),
    **dict.fromkeys([S.RETURNED, S.WITHDRAWN, S.LAPSED], "stopped"),
}
TOPIC_KINDS: dict[str, str] = {TopicState.OPEN: "open", TopicState.CLOSED: "stopped"}
EXCHANGE_KINDS: dict[str, str] = {
    ExchangeState.INVITED: "open",
    ExchangeState.OPEN: "open",
    ExchangeState.ENDED: "stopped",
}


def state_of(question: Question) -> tuple[str, str]:
    """The state as everybody reads it, and how its mark looks: a follow-up that is still a draft is nobody's business."""
    state = question.standing(clock.now())
    if state == S.FOLLOWED_UP and not follow_ups(question):
        state = S.REVIEWED if question.reviewed_at else S.ANSWERED
    if deadlines.is_overdue(question):
        return _("overdue"), "stopped"
    if deadlines.is_undecided(question):
        return _("a decision is overdue"), "stopped"
    return str(QUESTION.state_title(state)), KINDS.get(state, "neutral")


def follow_ups(question: Question) -> list[Question]:
    """The admitted questions that follow its answers."""
    return list(Question.objects.filter(follows__question=question, admitted_at__isnull=False))


def due_words(question: Question) -> str:
    decided_by = deadlines.decided_by(question)
    if decided_by is not None:
        return _("decision by %(day)s") % {"day": last_day(decided_by)}
    if question.state not in RUNNING or question.due_at is None:
        return ""
    return last_day(question.due_at)


def columns() -> list[str]:
    return [
        _("Question"), _("Who asks"), _("Who is asked"), _("Topic"), _("State"), pgettext("question", "Due by"),
    ]  # fmt: skip


def topic_url(found: Topic) -> str:
    return reverse("dialogue-topic", args=[found.reference])


def question_url(found: Question) -> str:
    """The public page of a question, once it has one."""
    return reverse("dialogue-question", args=[found.reference]) if found.is_public else matter_url(found)


def question_rows(
    questions: Iterable[Question], *, url: Callable[[Question], str] = question_url
) -> list[Row]:
    """The rows of a list; a question that is set aside is named by its reference, not by its words (14.3)."""
    aside = all_set_aside()
    return [_row(each, url(each), aside) for each in questions]


def called(question: Question, aside: Collection[tuple[str, str, str]]) -> tuple[str, str]:
    """How a list calls a question: how it begins, with its language; set aside, its reference alone."""
    text = of_question(question)
    is_aside = (text.reference, text.part, text.digest) in aside
    words = "" if is_aside else beginning(text.body)
    return (words, text.language) if words else (question.reference, "")


def _row(question: Question, url: str, aside: Collection[tuple[str, str, str]]) -> Row:
    label, kind = state_of(question)
    words, language = called(question, aside)
    return Row(
        [
            Cell(words, url=url, language=language),
            names.asker(question),
            names.addressee(question),
            question.topic.shown_name,
            Cell(state_label=label, state_kind=kind),
            due_words(question) or "—",
        ]
    )
