"""Two invented treasurers, a pledge, money that came in, and spending that was asked for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hemicycle.contributions import actions
from hemicycle.contributions.models import Contribution, Spending
from hemicycle.people import queries as people
from hemicycle.people.models import Holding, Person
from hemicycle.people.procedure import HoldingState
from hemicycle.record import clock, references
from hemicycle.record.actors import Actor

from ..cast import Cast

NAMES = {"tove": "Tove Sandhamn", "ugo": "Ugo Bellandi"}
DONOR = "Kingdom of Norrland"
BANK = "NORR 2027 0003 Åsgårdsbanken"
PAYEE = "Ylva Interpreter-Holm"
DOCUMENT = "Invoice 17 of 1 February, shelf 4"


def treasurer(cast: Cast, key: str = "tove") -> Actor:
    """Somebody who holds the office of treasurer since long, by hand as the cast does."""
    if key not in cast.persons:
        since = clock.now() - timedelta(days=30)
        made = Person.objects.create_person(
            name=NAMES[key], public_name=NAMES[key], reads=["en"], language="en", created_at=since
        )
        Holding.objects.create(
            person=made, office="treasurer", held_from=since, state=HoldingState.HELD, version=1,
            reference=references.new("HOLD"), created_at=since,
        )  # fmt: skip
        cast.persons[key] = made
    return people.actor(cast.persons[key])


def pledged(
    cast: Cast, amount: str = "1000.00", purpose: str = "general", donor: str = DONOR
) -> Contribution:
    row = Contribution()
    actions.pledge(
        row, treasurer(cast), donor=donor, donor_kind="state", amount=Decimal(amount), purpose=purpose
    )
    return row


def received(
    cast: Cast, amount: str = "1000.00", purpose: str = "general", donor: str = DONOR
) -> Contribution:
    row = pledged(cast, amount, purpose, donor)
    actions.receive(
        row, treasurer(cast), amount=Decimal(amount), received_on=clock.today(), bank_reference=BANK
    )
    return row


def asked(cast: Cast, amount: str = "250.00", purpose: str = "general", public: str = "") -> Spending:
    row = Spending()
    actions.ask_spending(
        row, cast.actor("anna"), amount=Decimal(amount), purpose=purpose, payee=PAYEE, document=DOCUMENT,
        payee_public=public,
    )  # fmt: skip
    return row


def paid(cast: Cast, amount: str = "250.00", purpose: str = "general", public: str = "") -> Spending:
    row = asked(cast, amount, purpose, public)
    actions.confirm_spending(row, treasurer(cast))
    return row
