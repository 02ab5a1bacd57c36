"""Until when drafts that were never admitted and private exchanges are kept (articles 14.1, 14.4)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.record import law, retention
from hemicycle.record.retention import Due

from .models import Exchange, Question
from .procedure import ExchangeState, QuestionState

OVER = (QuestionState.LAPSED, QuestionState.WITHDRAWN)


def due(question: Question) -> Due | None:
    """A question that was never admitted goes after it lapsed or was withdrawn; what was public stays."""
    if question.erased_at is not None or question.admitted_at is not None or question.ended_at is None:
        return None
    rule = law.by_reference(question.charter).dialogue.draft_days
    return retention.after(question.ended_at, rule, "question", question.reference)


def exchange_due(exchange: Exchange) -> Due | None:
    """Messages go so many days after the end of their exchange."""
    if exchange.erased_at is not None or exchange.ended_at is None:
        return None
    rule = law.in_force().dialogue.exchange_erase_days
    return retention.after(exchange.ended_at, rule, "exchange", exchange.reference)


@law.held()
def plan(until: datetime) -> list[Due]:
    """What goes by an instant, the earliest first."""
    drafts = Question.objects.filter(state__in=OVER, admitted_at=None, erased_at=None)
    ended = Exchange.objects.filter(state=ExchangeState.ENDED, erased_at=None).select_related("mandate")
    return retention.by(until, [*(due(row) for row in drafts), *(exchange_due(row) for row in ended)])
