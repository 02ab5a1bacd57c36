"""A key that an act destroys is gone from the store and its backup, whatever fails in between; and only then."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hemicycle.people.models import Person
from hemicycle.record import actions, clock, erasure
from hemicycle.record.models import KeyDestruction
from hemicycle.record.sealing import keystore


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.KEYSTORE, settings.KEYSTORE_BACKUP = tmp_path / "store", tmp_path / "backup"
    return tmp_path


def somebody() -> Person:
    return Person.objects.create_person(created_at=clock.now(), name="Vera")


@pytest.fixture
def committed(own_database: None, django_db_blocker: Any) -> Any:
    """A database in which acts really commit."""
    with django_db_blocker.unblock():
        yield


def test_the_key_goes_with_the_act_and_the_tombstone_stays(committed: None, noon: Any) -> None:
    owner = somebody().reference
    with transaction.atomic():
        erasure.destroy([owner])
        assert keystore.key_for(owner, make=False)  # not before the act is recorded
    assert keystore.is_destroyed(owner)
    row = KeyDestruction.objects.get(owner=owner)
    assert row.asked_at == row.done_at == noon
    assert erasure.waiting() == 0


def test_an_act_that_fails_destroys_nothing(committed: None) -> None:
    owner = somebody().reference
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erasure.destroy([owner])
        raise ZeroDivisionError
    assert Person.objects.get(reference=owner).name == "Vera"
    assert not KeyDestruction.objects.exists()
    assert actions.tick() == 0


def test_no_key_is_destroyed_outside_an_act(committed: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        erasure.destroy(["P-1"])


def test_a_process_that_died_after_the_commit_is_made_good_by_the_clock(committed: None) -> None:
    owner = somebody().reference
    KeyDestruction.objects.create(owner=owner, asked_at=clock.now())
    assert not keystore.is_destroyed(owner)
    assert actions.tick() == 1
    assert keystore.is_destroyed(owner)
    assert actions.tick() == 0


def test_a_backup_that_is_away_is_told_and_made_good_when_it_is_back(
    committed: None, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    owner = somebody().reference
    (store / "backup").rename(store / "away")
    (store / "backup").write_text("no folder")
    with caplog.at_level(logging.ERROR), transaction.atomic():
        erasure.destroy([owner])
    assert owner in caplog.text
    with pytest.raises(keystore.Destroyed):
        keystore.key_for(owner, make=False)  # in the store it is gone
    assert erasure.waiting() == 1
    assert actions.tick() == 0 and erasure.waiting() == 1
    (store / "backup").unlink()
    (store / "away").rename(store / "backup")
    assert actions.tick() == 1
    assert erasure.waiting() == 0
    assert keystore.is_destroyed(owner) and not list(keystore.keys_in(store / "backup"))


def test_asking_twice_is_asking_once(committed: None) -> None:
    for _ in range(2):
        with transaction.atomic():
            erasure.destroy(["P-1", "P-1"])
    assert KeyDestruction.objects.count() == 1
