"""Something of many kinds, and the clock that erases it: for the tests of retention."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Erasure, Slate
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Alarm, Contact, Interest
from hemicycle.notices import actions as notices
from hemicycle.notices import retention
from hemicycle.notices.management.commands.tick import ticks
from hemicycle.people import actions as people
from hemicycle.people.models import Holding, Recovery
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK

from ..candidacy import making
from ..candidacy.conftest import call, demonstration, media  # noqa: F401
from ..cast import Cast
from ..vetting import making as readings
from ..voting.conftest import crowd


def run(rounds: int = 2) -> None:
    for _ in range(rounds):  # a file that goes lets others go: a slate, the name on a seat
        for _room, tick in ticks():
            tick()


def there() -> set[tuple[str, str]]:
    """Everything that some rule will erase once, by kind and reference, however far ahead."""
    return {(due.kind, due.reference) for due in retention.plan(clock.now() + timedelta(days=36500))}


def named(until: datetime) -> set[tuple[str, str]]:
    return {(due.kind, due.reference) for due in retention.plan(until)}


def house(call: Call, cast: Cast, held: frozenset[str] = frozenset()) -> None:  # noqa: F811
    """Something of many kinds; `held`: whose files are under a hold of a hundred days."""
    anna, until = cast.actor("anna"), clock.now() + timedelta(days=100)
    slate = Slate(call=call, presenter=cast.katia, organisation="An association", language="en")
    candidacies.present_slate(slate, cast.actor("katia"))
    readings.describe(cast)
    made = {
        "nadia": making.submitted(call, cast.nadia),
        "oleg": making.inadmissible(call, cast, cast.oleg),
        "quiet": readings.concluded(
            making.admissible(call, cast.quiet, cast), cast, "not_met", ("public_opposition",)
        ).candidacy,
        "pavel": making.submitted(call, cast.pavel),
    }
    writer, newcomer = crowd(2)
    making.written(call, writer)
    for key in held & set(made):
        made[key].refresh_from_db()
        candidacies.hold(made[key], anna, ground="A court asked.", until=until, language="en")
    made["nadia"].refresh_from_db()
    candidacies.withdraw(made["nadia"], cast.actor("nadia"))
    erasure = Erasure(candidacy=made["pavel"])
    candidacies.ask_erasure(erasure, anna, by_request=True, ground="Asked for.", language="en")
    candidacies.confirm_erasure(erasure, cast.actor("marta"))
    integrity.declare(
        Interest(subject=cast.quiet.reference, kind="work", text="A former employer."), cast.actor("ilse")
    )
    integrity.enter_contact(
        Contact(), cast.actor("henri"), subject=call.reference, met_on=date(2027, 2, 1), participants="A lobbyist",
        participants_public="An association", place="Strasbourg", hospitality="Coffee", initiated_by="house",
    )  # fmt: skip
    alarm = Alarm(person=cast.clara, hour=clock.now(), office="assessor", at_most=20)
    integrity.raise_alarm(alarm, CLOCK)
    integrity.answer_alarm(alarm, cast.actor("marta"), reasons="It was her round.", language="en")
    holding = Holding(person=newcomer)
    people.grant(holding, anna, office="integrity_officer", ground="Chosen.")
    people.refuse_grant(holding, cast.actor("bruno"))
    recovery = Recovery(person=cast.katia)
    people.ask_recovery(recovery, anna, live_check="video")
    people.refuse_recovery(recovery, cast.actor("bruno"), ground="Not the person.")
    notices.tick()
