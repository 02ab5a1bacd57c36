"""Readings of invented files: given once, and forgotten when their reader is long out of office (articles 6.3, 11.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hemicycle.people import queries as people
from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries, retention, training
from ..models import TrainingReading, Verdict
from ._bound import on_training, unmet

BATCH = 200  # readings that are forgotten in one round of the clock


@on_training
def give_training(
    reading: TrainingReading, by: Actor, *, findings: Mapping[str, Mapping[str, Any]], language: str
) -> Facts:
    """Find on each criterion and bar that the file asks; reasons are the reader's own affair. The entry says nothing of what
    was found, nor in which file: only the reader sees that."""
    file = training.find(reading.file)
    rows = queries.asked_of(file, law.in_force()) if file is not None else []
    if not rows:
        raise unmet(N_("There is no such invented file to read."), "give_training")
    if queries.has_given_training(by, reading.file):
        raise unmet(N_("You have read this invented file already. What you found stands."), "give_training")
    verdicts = {row.key: str(findings.get(row.key, {}).get("verdict") or "") for row in rows}
    if not findings.keys() <= verdicts.keys():
        raise unmet(N_("The file asks only of the criteria and bars on its page."), "give_training")
    if any(verdict and verdict not in Verdict.values for verdict in verdicts.values()):
        raise unmet(N_("A finding is met, not met or unclear."), "give_training")
    missing = [
        Finding(
            N_("A finding is missing: %(rule)s"), {"rule": row.text, "key": row.key}, "vetting.give_training"
        )
        for row in rows
        if not verdicts[row.key]
    ]
    if missing:
        raise Unmet(*missing)
    reasons = {key: str(findings[key].get("reasons") or "").strip() for key in verdicts}
    reading.assessor = people.person_of(by)
    reading.charter, reading.given_at = law.version_in_force().reference, clock.now()
    reading.verdicts, reading.language = verdicts, language
    reading.reasons = {key: text for key, text in reasons.items() if text}
    return Facts()


@on_training
def forget_training(reading: TrainingReading, by: Actor) -> Facts:
    """The charter's time is over: the reasons go with their key, and the verdicts are nobody's from now on."""
    now = clock.now()
    if not any(due.reference == reading.reference for due in retention.plan(now)):
        raise unmet(N_("This reading is not yet to be erased."), "forget_training")
    reading.assessor, reading.reasons = None, {}
    erasure.destroy([reading.reference])
    return Facts()


def forget_trainings() -> int:
    """The clock's part: those that are due."""
    gone = [due.reference for due in retention.plan(clock.now())[:BATCH]]
    return take_each(forget_training, TrainingReading.objects.filter(reference__in=gone))
