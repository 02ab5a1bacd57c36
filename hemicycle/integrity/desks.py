"""What the generic pages show of openings and alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.web.desk import Desk, Fact
from hemicycle.web.templatetags.house import day, moment

from . import forms, queries
from .models import Alarm, FileOpening
from .procedure import ALARM, OPENING


def office_name(code: str) -> str:
    return law.in_force().office(code).name[_shown()]


def reason_name(code: str) -> str:
    """The words of the charter in force for a reason; a code that it no longer has stands as it is."""
    rows = law.in_force().reading_reasons
    return next((row.text[_shown()] for row in rows if row.key == code), code)


def _shown() -> str:
    return (get_language() or "en")[:2]


def told(openings: Iterable[FileOpening]) -> list[str]:
    """Who opened a file, as its person reads it: day, office, reason; never a name (article 11.2)."""
    lines = []
    for row in openings:
        words = {
            "day": day(row.created_at),
            "office": office_name(row.office),
            "reason": reason_name(row.reason),
        }
        if row.shown_from is None:
            lines.append(_("%(day)s: %(office)s. %(reason)s.") % words)
        else:
            lines.append(_("%(day)s: %(office)s. %(reason)s. That this is shown was put off.") % words)
    return lines


def _opening_facts(opening: FileOpening, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Sealed file"), opening.file),
        Fact(_("Opened"), moment(opening.created_at)),
        Fact(_("Office"), office_name(opening.office)),
        Fact(_("Reason"), reason_name(opening.reason)),
    ]
    facts.append(Fact(_("Opened by"), opening.person.shown_name))
    if opening.text:
        facts.append(Fact(_("In his or her own words"), opening.text, opening.language))
    if opening.shown_from is not None:
        facts.append(Fact(_("Shown to the person from"), moment(opening.shown_from)))
        facts.append(Fact(_("Why it was put off"), opening.delay_reasons, opening.delay_language))
    return facts


def _alarm_facts(alarm: Alarm, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Who opened the files"), alarm.person.shown_name),
        Fact(_("Office"), office_name(alarm.office)),
        Fact(_("Hour"), moment(alarm.hour)),
        Fact(_("Files that the office may open in an hour"), alarm.at_most),
    ]
    if alarm.answer:
        facts.append(Fact(_("What was found"), alarm.answer, alarm.answer_language))
    return facts


def _may_delay(opening: FileOpening, act: str) -> bool:
    """Once shown again after a delay, an opening is known: nothing is left to put off."""
    return act != "delay_disclosure" or opening.shown_from is None or opening.shown_from > clock.now()


DESKS = (
    Desk(
        OPENING, FileOpening, queries.visible_openings, title=lambda o: OPENING.title, facts=_opening_facts,
        forms={"delay_disclosure": forms.DelayForm}, offers=_may_delay,
    ),
    Desk(
        ALARM, Alarm, queries.visible_alarms, title=lambda a: ALARM.title, facts=_alarm_facts,
        forms={"answer_alarm": forms.ReasonsForm}, kinds={"raised": "open", "answered": "done"},
    ),
)  # fmt: skip
