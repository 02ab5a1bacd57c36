"""A round: one call, from its opening to the announced composition. What is said follows from dates alone (7.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hemicycle.assembly.models import PartSession, Session
from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Call
from hemicycle.candidacy.procedure import CallState
from hemicycle.composition.models import List
from hemicycle.record import clock, law
from hemicycle.record.models import CharterVersion
from hemicycle.rules import terms
from hemicycle.rules.charter import Charter
from hemicycle.web.desk import Due, article_url
from hemicycle.web.parts import Stage

from . import released
from .mended import Mended
from .public import language


@dataclass(frozen=True)
class Round:
    """A call and what is public of what came of it. `list` is the announced list, if there is one."""

    call: Call
    charter: Charter
    state: str
    the_list: List | None

    @property
    def session(self) -> Session:
        return self.call.session

    @property
    def address(self) -> str:
        return released.address_of(self.session)

    @property
    def proposal_from(self) -> date:
        """From this day a list may be proposed, whatever reply still runs."""
        days = self.charter.periods.latest_reply_days_after_close.value
        return terms.latest_reply_date(timezone.localtime(self.call.closes_at).date(), days)

    @property
    def stage(self) -> int:
        """Which of the five stages runs: 0 announced, 1 open, 2 examination, 3 decision, 4 composition announced.

        Reckoned from public dates and the announcement only, so that nothing shows whether a list exists.
        """
        if self.the_list is not None:
            return 4
        if self.state != CallState.CLOSED:
            return 0 if self.state == CallState.ANNOUNCED else 1
        return 3 if clock.today() >= self.proposal_from else 2

    @property
    def stage_label(self) -> str:
        if self.state == CallState.WITHDRAWN:
            return _("the call was withdrawn")
        return _labels()[self.stage]

    @property
    def stages(self) -> list[Stage]:
        """The five stages with their dates; an end of replies that came after the decision held nothing (3.7)."""
        decided = self._decided_on
        dates: list[date | None] = [
            timezone.localtime(self.call.opens_at).date(),
            timezone.localtime(self.call.closes_at).date(),
            self.proposal_from if decided is None or self.proposal_from <= decided else None,
            decided,
            timezone.localtime(self.the_list.announced_at).date()
            if self.the_list and self.the_list.announced_at
            else None,
        ]
        names = [
            _("The call opens"),
            _("Candidacies are received, until"),
            _("Examination and replies, until") if dates[2] else _("Examination and replies"),
            _("Proposal of the list and decision"),
            _("Composition announced"),
        ]
        found = []
        for number, (label, on) in enumerate(zip(names, dates, strict=True)):
            done = number < self.stage or (number == 4 and self.the_list is not None)
            state = "done" if done else "current" if number == self.stage else ""
            found.append(Stage(label, "" if self.state == CallState.WITHDRAWN else state, on))
        return found

    @property
    def _decided_on(self) -> date | None:
        """The day of the approval, told only with the announced list."""
        if self.the_list is None or self.the_list.approved_at is None:
            return None
        return timezone.localtime(self.the_list.approved_at).date()

    @property
    def due(self) -> Due | None:
        """The next date that matters."""
        if self.state == CallState.ANNOUNCED:
            return Due(_("The call opens"), self.call.opens_at)
        if self.state == CallState.OPEN:
            return Due(_("The call closes"), self.call.closes_at)
        return None

    @property
    def received(self) -> int | None:
        """How many candidacies, once the call has closed and where the charter has them counted."""
        counted = self.charter.publication.candidacies_counted_after_close.value
        return (
            candidacies.counts(self.call)["received"] if counted and self.state == CallState.CLOSED else None
        )

    @property
    def text(self) -> str:
        """What the call says, after its corrections, in the language of the page."""
        code = language()
        return Mended([self.call.reference]).text(self.call.reference, "text", self.call.text(code), code)

    @property
    def is_open(self) -> bool:
        return self.state == CallState.OPEN


def _labels() -> list[str]:
    return [
        _("the call is announced"),
        _("the call is open"),
        _("candidacies are being examined"),
        _("the list is being proposed and decided"),
        _("the composition is announced"),
    ]


def of_calls(calls: Iterable[Call]) -> list[Round]:
    """Rounds in the order of their calls. Two queries, whatever their number."""
    rows, at = list(calls), clock.now()
    announced: dict[int, List] = {}
    for list_ in released.lists().filter(call__in=[call.pk for call in rows]).exclude(returned_at__lte=at):
        announced.setdefault(list_.call_id, list_)
    versions = CharterVersion.objects.filter(reference__in={call.charter for call in rows})
    charters = {version.reference: law.charter(version) for version in versions}
    return [Round(call, charters[call.charter], call.standing(at), announced.get(call.pk)) for call in rows]


def of_session(session: Session) -> list[Round]:
    """The rounds of a session, the latest first; one that was withdrawn stands after the others."""
    rounds = of_calls(released.calls().filter(session=session))
    return sorted(rounds, key=lambda one: one.state == CallState.WITHDRAWN)


def running() -> Round | None:
    """The latest round whose composition is not announced yet, and whose session is not over."""
    at = clock.today()
    calls = released.calls().exclude(state=CallState.WITHDRAWN).filter(session__closes_on__gte=at)
    return next((one for one in of_calls(calls[:3]) if one.the_list is None), None)


def part_sessions(session: Session) -> Sequence[PartSession]:
    return list(session.part_sessions.filter(until_day__gte=clock.today()))


def rules_of(charter: Charter) -> list[dict[str, Any]]:
    """What a candidate has to show and what bars, in the order of the charter; placeholders are not asked (3.6)."""
    code = language()
    rows = [*(c for c in charter.criteria if c.asked), *(b for b in charter.bars if b.asked)]
    return [
        {
            "text": row.text[code],
            "article": row.article,
            "url": article_url(row.article),
            "is_bar": row in charter.bars,
        }
        for row in rows
    ]
