"""Scenes from the first draft of a list on: its stages, those who sit, and the money. See scenes.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hemicycle.composition import actions as lists
from hemicycle.composition.models import Addition
from hemicycle.contributions import actions as money
from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.mandates.models import Ending, Reveal
from hemicycle.people import queries as persons
from hemicycle.record import clock
from hemicycle.suspension import actions as suspension
from hemicycle.suspension.models import Case
from hemicycle.vetting.models import Examination

from ..cast import Cast, charter
from ..composition import making as rounds
from ..contributions import making as giving
from ..laying import laid

MEMBERS = "body,name,capacity,person,delegation,group,precedence\nbureau,Nuala Keane,group_chair,,IE,ALDE,\n"


@laid
def list_drafted(cast: Cast) -> None:
    found = rounds.make_round(cast)
    list_ = rounds.composed(found)
    lists.comment(list_, found.by("greta"), text="Too few from the north.", language="en")
    rounds.ask(found, found.others[-1])


@laid
def list_asked(cast: Cast) -> None:
    found = rounds.make_round(cast)
    lists.ask_release(rounds.composed(found), found.by("greta"))


@laid
def list_released(cast: Cast) -> None:
    rounds.released(rounds.make_round(cast))


@laid
def list_approved(cast: Cast) -> None:
    rounds.approved(rounds.make_round(cast))


@laid
def list_ratified(cast: Cast) -> None:
    rounds.ratified(rounds.make_round(cast))


@laid
def additions(cast: Cast) -> None:
    """Two people who came late for the succession list of an approved list: one proposed, one before the Bureau."""
    found = rounds.make_round(cast)
    list_ = rounds.approved(found)
    late = found.others[-2:]
    for row in late:
        Examination.objects.filter(candidacy=row).update(concluded_at=clock.now() + timedelta(minutes=1))
        rounds.accepted(found, row)
        addition = Addition(list=list_)
        lists.propose_addition(addition, found.by("greta"), candidacy=row)
    lists.release_addition(addition, found.by("anna"))


@laid
def cases(cast: Cast) -> None:
    """A composition that sits, and a suspension case at each of its stages."""
    found = rounds.make_round(cast)
    mandates.begin_all(rounds.announced(found), found.by("anna"))
    criterion = charter().criteria[0].key
    stages: list[Callable[[Case], object]] = [
        lambda case: suspension.notify(case, found.by("anna"), substance="Said it on 3 May.", language="en"),
        lambda case: suspension.reply(
            case, persons.actor(case.mandate.person), text="I said the contrary.", language="en"
        ),
        lambda case: suspension.find_prima_facie(
            case, found.by("jonas"), reasons="They differ.", language="en"
        ),
        lambda case: suspension.suspend(case, found.by("greta")),
        lambda case: suspension.review(case, found.by("anna"), reviewer=cast.farid),
    ]
    sitting = list(seats.in_force())
    mandates.ask_end(Ending(mandate=sitting[0]), found.by("bruno"), ground="incapacity")
    mandates.withhold_name(sitting[9], found.by("anna"))
    mandates.ask_reveal(Reveal(mandate=sitting[9]), found.by("bruno"), source="Letter of 3 May, file 12.")
    for number, mandate in enumerate(sitting[: len(stages) + 1]):
        case = Case(mandate=mandate, criterion=criterion, allegation="Said it on 3 May.", language="en")
        suspension.allege(case, found.by("katia"))
        for stage in stages[:number]:
            stage(case)
    urgent = Case(mandate=sitting[8], criterion=criterion, allegation="Said it.", language="en")
    suspension.allege(urgent, found.by("katia"))
    suspension.suspend_urgently(
        urgent, found.by("jonas"), danger="A threat is announced for tonight.", language="en"
    )


@laid
def treasury(cast: Cast) -> None:
    """A contribution and a spending at each of their stages, with two treasurers."""
    giving.treasurer(cast, "ugo")
    giving.pledged(cast)
    money.withdraw_pledge(giving.pledged(cast, "5.00", "travel"), giving.treasurer(cast))
    giving.received(cast)
    giving.asked(cast)
    giving.paid(cast, public="Norrland Interpreters Ltd")
    money.ask_reversal(giving.received(cast, "7.00"), cast.actor("anna"), reasons="Typed twice.")
    money.ask_return(giving.paid(cast, "3.00"), cast.actor("anna"), reasons="The account was closed.")
    money.dismiss_spending(giving.asked(cast), cast.actor("jonas"))
