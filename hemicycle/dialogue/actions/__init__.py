"""What each act of the dialogue does; `tick` is the clock's round."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.due import take_each

from .. import deadlines, queries, retention
from ..models import Exchange, Question
from ..procedure import BEFORE, ExchangeState, QuestionState
from .answers import (
    appoint_authors,
    assign_answer,
    close_question,
    correct_answer,
    draft_answer,
    extend_time,
    follow_up,
    give_holding_answer,
    release_answer,
    resume_clock,
    sign_off,
    stop_clock,
)
from .asking import (
    admit_question,
    change_question,
    correct_question,
    draft_question,
    erase_question,
    lapse_question,
    return_question,
    table_question,
    withdraw_question,
)
from .exchanges import begin_exchange, end_exchange, erase_exchange, invite, is_over, send
from .reviewing import ask_review, decide_review, escalate, remind_decision
from .topics import close_topic, correct_topic, open_topic, release_answers, reopen_topic

BATCH = 200  # files that go in one round of the clock


def tick() -> int:
    """Write down what time has ended and which answers are overdue. Returns how many acts were taken."""
    now = clock.now()
    drafts = Question.objects.filter(state__in=BEFORE).select_related("asker_mandate__list__session")
    done = take_each(lapse_question, [row for row in drafts if row.standing(now) == QuestionState.LAPSED])
    for question in queries.overdue():
        # One entry for each level, however long no clock went round.
        reached = deadlines.level(question, now)
        done += sum(take_each(escalate, [question]) for _level in range(question.level, reached))
    done += take_each(remind_decision, queries.undecided().filter(undecided_at=None))
    running = Exchange.objects.exclude(state=ExchangeState.ENDED).select_related(
        "delegate", "mandate__list__session"
    )
    done += take_each(end_exchange, [row for row in running if is_over(row)])
    gone = [due.reference for due in retention.plan(now)[:BATCH]]
    done += take_each(erase_question, Question.objects.filter(reference__in=gone))
    return done + take_each(erase_exchange, Exchange.objects.filter(reference__in=gone))


__all__ = [
    "admit_question",
    "appoint_authors",
    "ask_review",
    "assign_answer",
    "begin_exchange",
    "change_question",
    "close_question",
    "close_topic",
    "correct_answer",
    "correct_question",
    "correct_topic",
    "decide_review",
    "draft_answer",
    "draft_question",
    "end_exchange",
    "erase_exchange",
    "erase_question",
    "escalate",
    "extend_time",
    "follow_up",
    "give_holding_answer",
    "invite",
    "lapse_question",
    "open_topic",
    "release_answer",
    "release_answers",
    "remind_decision",
    "reopen_topic",
    "resume_clock",
    "return_question",
    "send",
    "sign_off",
    "stop_clock",
    "table_question",
    "tick",
    "withdraw_question",
]
