"""Acts on the call (article 5.1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries, safeguards
from ..models import Call
from ..procedure import CALL
from .writing import spoken

act = gate(CALL, queries.offices)


def _check_dates(call: Call) -> None:
    days = law.in_force().periods.call_minimum_days.value
    if call.closes_at - call.opens_at < timedelta(days=days):
        raise Unmet(
            Finding(
                N_("A call stays open for at least %(days)s days."), {"days": days}, "candidacy.open_call"
            )
        )
    if call.closes_at <= clock.now():
        raise Unmet(Finding(N_("The deadline has already passed."), {}, "candidacy.open_call"))
    if not (call.text_en.strip() and call.text_fr.strip() and call.text_ru.strip()):
        raise Unmet(
            Finding(N_("The text of the call is needed in three languages."), {}, "candidacy.open_call")
        )


@act
def draft_call(call: Call, by: Actor) -> Facts:
    call.charter = law.version_in_force().reference
    return Facts({"session": call.session.reference})


@act
def open_call(
    call: Call,
    by: Actor,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    text_en: str | None = None,
    text_fr: str | None = None,
    text_ru: str | None = None,
) -> Facts:
    """Open a call: its criteria are those in force today. Refused where files could not be kept safely
    (1.1).

    What is given here takes the place of what was prepared; what is not given stands as it is.
    """
    given = {"opens_at": opens_at, "closes_at": closes_at, "text_en": text_en, "text_fr": text_fr, "text_ru": text_ru}  # fmt: skip
    for name, value in given.items():
        if value is not None:
            setattr(call, name, value)
    if missing := safeguards.missing():
        raise Unmet(*missing)
    _check_dates(call)
    call.charter = law.version_in_force().reference
    return Facts({"session": call.session.reference, "opens_at": call.opens_at, "closes_at": call.closes_at})


@act
def extend_call(call: Call, by: Actor, *, closes_at: datetime) -> Facts:
    """A later deadline, for everybody (procedure 2.1)."""
    if closes_at <= call.closes_at:
        raise Unmet(
            Finding(N_("An extension ends later than the deadline that stands."), {}, "candidacy.extend_call")
        )
    before, call.closes_at = call.closes_at, closes_at
    return Facts({"before": before, "closes_at": closes_at})


@act
def withdraw_call(call: Call, by: Actor, *, reasons: str, language: str) -> Facts:
    """The reasons are read by whoever reads the call."""
    call.withdrawn_reasons, call.withdrawn_language = reasons, spoken(language, "withdraw_call")
    return Facts({"closes_at": call.closes_at}, {"reasons": reasons})


@act
def close_call(call: Call, by: Actor) -> Facts:
    """Write down that the deadline has passed; it was over at that instant (6.0)."""
    if clock.now() < call.closes_at:
        raise Unmet(Finding(N_("The deadline has not come."), {}, "candidacy.close_call"))
    return Facts({"closes_at": call.closes_at})
