"""Half of the people are erased. Nobody reads anything of them again: not in the house, not with an old backup of the
database and of the files and every key that is left; and of the others everything can still be read.

HEMICYCLE_ERASURES says how many go (20; `make faults`: 250 of 500).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hemicycle.candidacy import actions, files
from hemicycle.candidacy.models import Call, Candidacy, Endorsement, Erasure, Evidence
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.notices.management.commands.tick import ticks
from hemicycle.people import actions as accounts
from hemicycle.people import queries as people
from hemicycle.people.models import Account, Person
from hemicycle.record import actions as record
from hemicycle.record import clock, erasure
from hemicycle.record.log import checking
from hemicycle.record.models import Checkpoint, KeyDestruction
from hemicycle.record.sealing import keystore
from hemicycle.vetting import actions as vetting
from hemicycle.vetting.models import Examination

from ..candidacy import making, sealing
from ..cast import Cast, found
from ..vetting import making as readings
from ..vetting.test_boxes import KEYS, give_key, sealed
from . import erasing

ERASED = int(os.environ.get("HEMICYCLE_ERASURES", "20"))
READ = 4  # files of each half that are read by assessors as well


def token(number: int, what: str) -> str:
    return f"Tkn{number:04d}{what}End"


WORDS = ("Name", "Latin", "Mail", "Statement", "Region", "Body", "Link", "Evidence", "Public")


@pytest.fixture
def house(
    own_database: None, django_db_blocker: Any, settings: Any, tmp_path: Path, noon: Any
) -> Iterator[Cast]:
    """A house in which acts commit, with a store of keys and its backup."""
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path / "media"
    settings.KEYSTORE, settings.KEYSTORE_BACKUP = tmp_path / "store", tmp_path / "store-backup"
    (tmp_path / "media").mkdir()
    with django_db_blocker.unblock():
        yield found()


def somebody(call: Call, number: int) -> Candidacy:
    """A person with an account and a whole file, written by the real acts; every text says whose it is."""
    person = Person.objects.create_person(
        name=token(number, "Name"), latin_name=token(number, "Latin"), public_name=token(number, "Public"),
        created_at=clock.now(),
    )  # fmt: skip
    sealing.give_phrase(person)
    accounts.change_address(
        Account.objects.get(person=person),
        people.bearer(person),
        email=f"{token(number, 'Mail')}@example.org",
    )
    person = Person.objects.get(pk=person.pk)
    parts = making.whole(Candidacy(call=call, person=person))
    criterion = next(name for name in parts if name.startswith("criterion:"))
    parts[criterion] |= {"statement": token(number, "Statement")}
    parts["people"] |= {"region": token(number, "Region")}
    made, by = making.written(call, person, **parts), people.actor(person)
    actions.add_endorsement(
        Endorsement(
            candidacy=made, body="A body", statement=token(number, "Body"), language="en",
            link=f"https://example.org/{token(number, 'Link')}",
        ),
        by,
    )  # fmt: skip
    kept = files.keep(
        sealing.uploaded(token(number, "Evidence").encode(), "a.txt"), 10, files.envelope_for(made)
    )
    actions.add_evidence(made, by, title="A page", language="en", file=kept)
    actions.submit(made, by)
    return made


def read(made: Candidacy, cast: Cast) -> None:
    """Two assessors get the file, with keys to its evidence, and give their readings."""
    making.declare_admissible(made, cast)
    examination = Examination(candidacy=made)
    vetting.assign(examination, cast.actor("anna"))
    mine = [pair for pair in sealed(cast) if Evidence.objects.get(name=pair[0]).candidacy_id == made.pk]
    vetting.seal_to_readers(examination, cast.actor("anna"), boxes=mine)
    for reading in readings.opened(examination):
        readings.give(reading)


def rounds(gone: list[Candidacy]) -> int:
    """The clock takes files in batches of two hundred."""
    return 1 + len(gone) // 200


def erase(gone: list[Candidacy], cast: Cast) -> None:
    """The last by two offices, the others withdraw; then time passes and the clock runs through all rooms."""
    for made in gone[:-1]:
        made.refresh_from_db()
        actions.withdraw(made, people.actor(made.person))
    asked = Erasure(candidacy=gone[-1])
    actions.ask_erasure(
        asked, cast.actor("anna"), by_request=True, ground="Asked for by letter.", language="en"
    )
    actions.confirm_erasure(asked, cast.actor("marta"))
    with clock.set_to(clock.now() + timedelta(days=31)):
        for _ in range(2 + rounds(gone)):
            for _room, tick in ticks():
                tick()


def test_nothing_of_who_was_erased_is_read_again_and_everything_of_the_others(
    house: Cast, tmp_path: Path
) -> None:
    for key in readings.ASSESSORS:
        give_key(house, key)
    readings.describe(house)
    call = making.call(house)
    made = [somebody(call, number) for number in range(2 * ERASED)]
    gone, kept = made[:ERASED], made[ERASED:]
    for each in (*gone[:READ], *kept[:READ]):
        read(each, house)
    integrity.declare(
        Interest(subject=gone[0].person.reference, kind="work", text="A former employer."),
        house.actor("ilse"),
    )
    owners = {name for each in gone for name in (each.reference, each.person.reference)}
    identities = [sealing.KEY, sealing.CUSTODIANS, *KEYS.values()]
    taken = erasing.one_offs(identities)  # whoever had keys in hand took home what they open
    everything, shown = erasing.columns(), erasing.evidence(taken)
    for number in range(2 * ERASED):  # the proof is worth what could be read before
        assert all(everything.holds(token(number, word)) for word in WORDS if word != "Evidence"), number
        assert shown.holds(token(number, "Evidence")), number
    record.tick()
    before = {row.size: bytes(row.root) for row in Checkpoint.objects.all()}
    backup = erasing.Backup(tmp_path)
    try:
        erase(gone, house)
        assert erasure.waiting() == 0
        assert owners <= set(KeyDestruction.objects.values_list("owner", flat=True))
        assert all(keystore.is_destroyed(owner) for owner in owners)

        only_the_others(erasing.columns(), erasing.evidence(taken))
        assert Candidacy.objects.count() == Evidence.objects.filter(kind="text").count() == ERASED
        assert {bytes(row.root) for row in Checkpoint.objects.filter(size__in=before)} == set(before.values())
        with clock.set_to(clock.now() + timedelta(days=31)):
            checking.check(say=lambda line: None)

        keystore.settle()
        with backup.put_back():
            old, files_then = erasing.columns(), erasing.evidence(taken)
            only_the_others(old, files_then)
            assert old.destroyed > 20 * ERASED and files_then.destroyed == 2 * ERASED
            for _ in range(rounds(gone)):  # what the old copy brought back goes again, by the clock
                for room, tick in ticks():
                    if room != "record":  # the log refuses to go on with an older record, as it must
                        tick()
            assert erasing.columns().destroyed == 0 and Candidacy.objects.count() == ERASED
    finally:
        backup.drop()


def only_the_others(texts: erasing.Loot, shown: erasing.Loot) -> None:
    for number in range(2 * ERASED):
        is_kept = number >= ERASED
        for word in WORDS:
            loot = shown if word == "Evidence" else texts
            assert loot.holds(token(number, word)) is is_kept, (number, word)
