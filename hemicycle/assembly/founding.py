"""The founding of a record: the charter, the bodies, the delegations, and the first two clerks, or none of
it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, transaction

from hemicycle.people import actions as people
from hemicycle.people import phrases
from hemicycle.people.models import Enrolment, Holding, Person
from hemicycle.record import clock
from hemicycle.record import queries as record
from hemicycle.record.actors import FOUNDER
from hemicycle.record.models import Entry
from hemicycle.rules import charter as charters
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.rules.procedure import Office

from .actions import charter as acts
from .models import Delegation, Founding, PoliticalGroup

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Clerk:
    """One of the first two clerks: the name in his or her own script, and the language of correspondence."""

    name: str
    language: str = "en"


@dataclass(frozen=True)
class Enrolled:
    """A clerk with the one-time code that opens the account; the code is shown once and kept nowhere."""

    person: Person
    code: str


@dataclass(frozen=True)
class Founded:
    """What a founding leaves: the matter of entry number 1, and the clerks with their codes."""

    founding: Founding
    clerks: tuple[Enrolled, ...]


def found(
    charter_path: Path | str,
    clerks: Sequence[Clerk] = (),
    demonstration: bool = False,
    data: Path = DATA,
) -> Founded:
    """Found an empty record in one transaction; entry number 1 is `assembly.found`.

    Raises `CharterError` (every problem of the file), `OSError` (no such file), `Unmet` (the record is not empty,
    or the clerks are not two different people). `data` holds `delegations.csv` and `groups.csv`.
    """
    charter = charters.load(charter_path)
    names = [clerk.name.strip() for clerk in clerks]
    if clerks and (len(names) < 2 or len(set(names)) != len(names) or not all(names)):
        raise Unmet(Finding(N_("Found with two clerks who have different names."), article="assembly.found"))
    with transaction.atomic():
        _begin_at_one()
        founding = Founding()
        acts.found(founding, FOUNDER, charter=charter, demonstration=demonstration)
        load_delegations(data)
        acts.form_bodies(charter, FOUNDER)
        return Founded(founding, tuple(_enrol(clerk) for clerk in clerks))


def _begin_at_one() -> None:
    """PostgreSQL does not give back the number of an entry that was rolled back: a founding that failed must not
    cost the next one its number 1. Does nothing on a record that has entries, nor on SQLite."""
    if record.is_empty():
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Entry]):
                cursor.execute(statement)


def load_delegations(data: Path) -> None:
    """The host's delegations and political groups from their files, within the founding act's transaction."""
    with (data / "delegations.csv").open(encoding="utf-8", newline="") as file:
        Delegation.objects.bulk_create(
            Delegation(**{**row, "members": int(row["members"])}) for row in csv.DictReader(file)
        )
    with (data / "groups.csv").open(encoding="utf-8", newline="") as file:
        PoliticalGroup.objects.bulk_create(PoliticalGroup(**row) for row in csv.DictReader(file))


def _enrol(clerk: Clerk) -> Enrolled:
    now = clock.now()
    person = Person.objects.create_person(
        name=clerk.name.strip(), language=clerk.language, reads=[clerk.language], created_at=now
    )
    people.found_holding(Holding(person=person, office=Office.SECRETARIAT, held_from=now), FOUNDER)
    code = phrases.code()
    people.found_enrolment(Enrolment(person=person), FOUNDER, code=code)
    return Enrolled(person, code)
