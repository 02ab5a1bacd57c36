"""Erasing a file before its time: one office asks, the other confirms, days pass in which either may stop it (article 11.3).

The day itself is the clock's (`ending.carry_out`).
"""

from __future__ import annotations

from datetime import timedelta

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.models import Entry
from hemicycle.record.sealing import fields
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.rules.procedure import NotEmpowered

from .. import queries
from ..models import Candidacy, Erasure
from ..procedure import ERASURE, CandidacyState
from .writing import spoken

on_erasure = gate(ERASURE, queries.offices)


@on_erasure
def ask_erasure(erasure: Erasure, by: Actor, *, by_request: bool, ground: str, language: str) -> Facts:
    """Ask that a file goes before the charter's time: the person asked for it, or it must not be kept. `erasure` is
    unsaved and names the candidacy."""
    article = "candidacy.ask_erasure"
    assert erasure.candidacy_id is not None
    candidacy = Candidacy.objects.select_for_update(of=("self",)).get(pk=erasure.candidacy_id)
    if candidacy.state == CandidacyState.DRAFT:
        raise Unmet(
            Finding(N_("A draft is its person’s own: it is withdrawn, and then erased."), {}, article)
        )
    if not ground.strip():
        raise Unmet(Finding(N_("Say why the file goes before its time."), {}, article))
    erasure.candidacy, erasure.file, erasure.by_request = candidacy, candidacy.reference, by_request
    erasure.ground, erasure.language = ground, spoken(language, "ask_erasure")
    return Facts({"file": erasure.file, "by_request": by_request}, {"ground": ground})


@on_erasure
def confirm_erasure(erasure: Erasure, by: Actor) -> Facts:
    """The other of the charter's two offices agrees. The file goes after the charter's days, by the clock alone."""
    asked = Entry.objects.filter(matter=erasure.reference, act="ask_erasure").latest("number")
    others = set(law.in_force().retention.early_offices.value) - {asked.office}
    if not queries.offices(by, erasure) & others:
        raise NotEmpowered(ERASURE, ERASURE.by_act["confirm_erasure"], by.offices)
    if erasure.candidacy is None:
        raise Unmet(Finding(N_("The file is gone already."), {}, "candidacy.confirm_erasure"))
    days = queries.charter_of(erasure.candidacy.call).periods.erasure_delay_days.value
    erasure.due_at = clock.now() + timedelta(days=days)
    return Facts({"file": erasure.file, "due": erasure.due_at})


@on_erasure
def stop_erasure(erasure: Erasure, by: Actor, *, reasons: str, language: str) -> Facts:
    """Either office stops it, with reasons; the file is kept for the charter's time."""
    erasure.stop_reasons, erasure.stop_language = reasons, spoken(language, "stop_erasure")
    return Facts({"file": erasure.file}, {"reasons": reasons})


@on_erasure
def close_erasure(erasure: Erasure, by: Actor) -> Facts:
    """The charter's time came first. Within the act that erases the file."""
    erasure.candidacy = None
    fields.blank(erasure)
    return Facts({"file": erasure.file})
