"""Sessions and their part-sessions."""

from __future__ import annotations

from datetime import date

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules import terms
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import PartSession, Session
from ..procedure import SESSION, SessionState

act = gate(SESSION, queries.offices)


@act
def open_session(
    session: Session,
    by: Actor,
    *,
    name: str | None = None,
    opens_on: date | None = None,
    closes_on: date | None = None,
) -> Facts:
    """Enter a session, planned or already running. Values given here replace those of the unsaved matter."""
    session.name = name or session.name
    session.opens_on = opens_on or session.opens_on
    session.closes_on = closes_on or session.closes_on
    problems = _problems(session)
    if problems:
        raise Unmet(*problems)
    runs = session.opens_on <= clock.today()
    if runs:
        session.charter = law.version_in_force().reference
    return Facts(
        {
            "name": session.name.replace(" ", "-"),
            "opens_on": session.opens_on,
            "closes_on": session.closes_on,
        },
        to=SessionState.OPEN if runs else SessionState.PLANNED,
    )


def _problems(session: Session) -> list[Finding]:
    article = "assembly.open_session"
    found = []
    if session.closes_on <= session.opens_on:
        found.append(Finding(N_("A session closes after the day on which it opens."), article=article))
    elif session.closes_on < clock.today():
        found.append(Finding(N_("That session is over already."), article=article))
    clash = Session.objects.filter(opens_on__lte=session.closes_on, closes_on__gte=session.opens_on).first()
    if clash is not None:
        found.append(Finding(N_("These days belong to the session %(name)s."), {"name": clash.name}, article))
    if Session.objects.filter(name=session.name).exists():
        found.append(Finding(N_("There is a session %(name)s already."), {"name": session.name}, article))
    return found


@act
def begin_session(session: Session, by: Actor) -> Facts:
    """Its first day has come: its mandates live under the charter in force at that instant."""
    session.charter = queries.charter_of(session).reference
    return Facts({"charter": session.charter})


@act
def close_session(session: Session, by: Actor) -> Facts:
    session.charter = queries.charter_of(session).reference
    return Facts({"closes_on": session.closes_on})


@act
def add_part_session(session: Session, by: Actor, *, number: int, from_day: date, until_day: date) -> Facts:
    """Add one week of sitting; `until_day` is its last day."""
    if PartSession.objects.filter(session=session, number=number).exists():
        raise Unmet(Finding(N_("Part-session %(number)s exists already."), {"number": number}, _ADD))
    part = PartSession(session=session, number=number)
    return _place(part, session, from_day, until_day)


@act
def move_part_session(session: Session, by: Actor, *, number: int, from_day: date, until_day: date) -> Facts:
    """Give a part-session that is not over other days."""
    part = PartSession.objects.filter(session=session, number=number).first()
    if part is None or part.until_day < clock.today():
        raise Unmet(Finding(N_("There is no part-session %(number)s to come."), {"number": number}, _ADD))
    return _place(part, session, from_day, until_day)


_ADD = "assembly.add_part_session"


def _place(part: PartSession, session: Session, from_day: date, until_day: date) -> Facts:
    at_most = queries.charter_of(session).session.part_sessions.value
    problems = []
    if not session.opens_on <= from_day <= until_day <= session.closes_on:
        problems.append(Finding(N_("A part-session lies within its session."), article=_ADD))
    if not 1 <= part.number <= at_most:
        problems.append(Finding(N_("A session has %(count)s part-sessions."), {"count": at_most}, _ADD))
    for other in PartSession.objects.filter(session=session).exclude(number=part.number):
        if terms.overlap(_days(other.from_day, other.until_day), _days(from_day, until_day)):
            problems.append(Finding(N_("Part-session %(number)s sits then."), {"number": other.number}, _ADD))
    if problems:
        raise Unmet(*problems)
    part.from_day, part.until_day = from_day, until_day
    part.full_clean()
    part.save()
    return Facts({"number": part.number, "from": from_day, "until": until_day})


def _days(first: date, last: date) -> tuple[date, date]:
    """Two days as a half-open period, as `rules.terms` reckons."""
    return first, date.fromordinal(last.toordinal() + 1)
