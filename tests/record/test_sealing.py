"""Texts on people are ciphertext at rest: in their row only, under their own key, and gone with it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.candidacy.models import Call
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.sealing import boxes, keystore, master, upgrade

from ..candidacy import making
from ..candidacy.conftest import call, demonstration  # noqa: F401
from ..cast import Cast


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.KEYSTORE, settings.KEYSTORE_BACKUP = tmp_path / "store", tmp_path / "backup"
    return tmp_path


def raw(row: models.Model, column: str) -> Any:
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def made(**fields: Any) -> Person:
    return Person.objects.create_person(created_at=clock.now(), **fields)


# --- columns ----------------------------------------------------------------------------------------------------


def test_a_name_is_plain_in_python_and_ciphertext_in_the_database(db: None) -> None:
    person = made(name="Надия Ерёмкина")
    assert person.name == "Надия Ерёмкина"
    assert Person.objects.get(pk=person.pk).name == "Надия Ерёмкина"
    assert raw(person, "name").startswith(f"s1.{person.reference}.")
    assert "Ерёмкина" not in str(raw(person, "name"))


def test_an_empty_text_stays_empty_so_that_constraints_can_ask(db: None) -> None:
    person = made(name="")
    assert (raw(person, "name"), person.name) == ("", "")
    assert Person.objects.filter(name="").count() == 1


def test_the_same_text_is_another_ciphertext_each_time(db: None) -> None:
    assert raw(made(name="Same"), "name")[-40:] != raw(made(name="Same"), "name")[-40:]


def test_the_database_is_not_asked_for_a_sealed_text(db: None) -> None:
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.filter(name="Somebody").exists()
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.update(name="Somebody")


def test_a_ciphertext_that_is_moved_opens_nowhere_else(db: None) -> None:
    """An insider swaps two names, or puts a name into another column of the same person."""
    one, two = made(name="Vera First", latin_name="Latin"), made(name="Boris Second")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = %s WHERE id = %s", [raw(one, "name"), two.pk])
        cursor.execute("UPDATE people_person SET latin_name = name WHERE id = %s", [one.pk])
    with pytest.raises(boxes.Tampered):
        _ = Person.objects.get(pk=two.pk).name
    with pytest.raises(boxes.Tampered):
        _ = Person.objects.get(pk=one.pk).latin_name
    assert Person.objects.get(pk=one.pk).name == "Vera First"


def test_a_row_that_is_copied_into_another_file_opens_nothing_there(cast: Cast, call: Call) -> None:  # noqa: F811
    """With its name and its ciphertexts, as an insider with the database would do it."""
    one, two = making.written(call, cast.nadia), making.written(call, cast.oleg)
    mine, other = one.answers.get(criterion="exile"), two.answers.get(criterion="exile")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE candidacy_criterionanswer SET row = %s, statement = %s WHERE id = %s",
            [mine.row, raw(mine, "statement"), other.pk],
        )
    with pytest.raises(boxes.Tampered):
        _ = two.answers.get(criterion="exile").statement
    assert one.answers.get(criterion="exile").statement == mine.statement


@pytest.mark.parametrize("edit", [lambda s: s[:-6] + "AAAAAA", lambda s: "plain text", lambda s: "s1.x"])
def test_a_ciphertext_that_is_edited_does_not_open(db: None, edit: Any) -> None:
    person = made(name="Vera First")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET name = %s WHERE id = %s", [edit(raw(person, "name")), person.pk]
        )
    with pytest.raises((boxes.Tampered, keystore.Unavailable)):
        _ = Person.objects.get(pk=person.pk).name


def test_saving_a_row_that_nobody_opened_keeps_what_stands_there(db: None) -> None:
    person = made(name="Vera First")
    before = raw(person, "name")
    found = Person.objects.get(pk=person.pk)
    found.language = "fr"
    found.save()
    assert raw(person, "name") == before


def test_an_address_is_found_however_it_is_written_and_is_unique(db: None) -> None:
    made(email="Vera@Example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        made(email="vera@example.ORG")
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, email_digest FROM people_person")
        assert not any("xample" in str(cell) for row in cursor.fetchall() for cell in row)


@given(text=st.text(min_size=1).filter(lambda t: "\0" not in t))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert boxes.unseal("a/b/c", boxes.seal("P-1", "a/b/c", text)) == text


@given(data=st.binary(min_size=1), flip=st.integers(0))
def test_a_flipped_bit_is_noticed(data: bytes, flip: int) -> None:
    raw_box = bytearray(boxes.seal_bytes("P-1", "f", data))
    raw_box[flip // 8 % len(raw_box)] ^= 1 << flip % 8
    with pytest.raises(boxes.Tampered):
        boxes.unseal_bytes("P-1", "f", bytes(raw_box))


def test_what_an_earlier_version_wrote_in_the_clear_is_sealed_by_the_next_migrate(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = 'Written before' WHERE id = %s", [cast.quiet.pk])
    assert upgrade.seal_plain_rows(connection) == 1  # type: ignore[arg-type]
    assert Person.objects.get(pk=cast.quiet.pk).name == "Written before"
    assert raw(cast.quiet, "name").startswith("s1.")
    assert upgrade.seal_plain_rows(connection) == 0  # type: ignore[arg-type]


# --- keys -------------------------------------------------------------------------------------------------------


def test_a_key_stands_in_the_store_and_in_its_backup_and_wrapped_in_both(store: Path) -> None:
    key = keystore.key_for("CAND-1", make=True)
    files = [path for folder in ("store", "backup") for path in keystore.keys_in(store / folder)]
    assert len(files) == 2
    assert all(key not in path.read_bytes() for path in files)
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_destroyed_key_opens_nothing_and_is_never_drawn_again(store: Path) -> None:
    sealed, other = boxes.seal("CAND-1", "x", "secret"), boxes.seal("CAND-2", "x", "kept")
    keystore.destroy("CAND-1")
    keystore.destroy("CAND-1")
    for attempt in (lambda: boxes.unseal("x", sealed), lambda: boxes.seal("CAND-1", "x", "new")):
        with pytest.raises(keystore.Destroyed):
            attempt()
    assert keystore.is_destroyed("CAND-1")
    assert boxes.unseal("x", other) == "kept"


@pytest.mark.parametrize("which", ["store", "backup", "both"])
def test_an_old_copy_of_the_store_that_is_put_back_gives_nothing_back(store: Path, which: str) -> None:
    sealed = boxes.seal("CAND-1", "x", "secret")
    shutil.copytree(store, old := store.parent / f"old-{store.name}")
    keystore.destroy("CAND-1")
    for folder in ("store", "backup") if which == "both" else (which,):
        shutil.copytree(old / folder, store / folder, dirs_exist_ok=True)
    with pytest.raises(keystore.Destroyed):
        boxes.unseal("x", sealed)
    if which != "both":  # one folder replaced as a whole, its tombstones gone with it
        shutil.rmtree(store / which)
        shutil.copytree(old / which, store / which)
        with pytest.raises(keystore.Destroyed):
            boxes.unseal("x", sealed)
    keystore.settle()
    assert keystore.is_destroyed("CAND-1")
    assert not any(keystore.keys_in(store / "store")) and not any(keystore.keys_in(store / "backup"))


def test_a_backup_that_was_away_is_made_good_later(store: Path, settings: Any) -> None:
    boxes.seal("CAND-1", "x", "secret")
    settings.KEYSTORE_BACKUP = None
    keystore.destroy("CAND-1")
    boxes.seal("CAND-2", "x", "kept")
    settings.KEYSTORE_BACKUP = store / "backup"
    assert not keystore.is_destroyed("CAND-1")
    keystore.settle()
    assert keystore.is_destroyed("CAND-1")
    assert [p.name for p in keystore.keys_in(store / "backup")] == [
        p.name for p in keystore.keys_in(store / "store")
    ]


def test_destroying_says_so_when_the_backup_cannot_be_written_and_does_the_store(store: Path) -> None:
    sealed = boxes.seal("CAND-1", "x", "secret")
    shutil.rmtree(store / "backup")
    (store / "backup").write_text("no folder any more")
    with pytest.raises(OSError):
        keystore.destroy("CAND-1")
    with pytest.raises(keystore.Destroyed):
        boxes.unseal("x", sealed)


def test_a_store_without_the_key_says_so_and_does_not_draw_another(store: Path) -> None:
    sealed = boxes.seal("CAND-1", "x", "secret")
    shutil.rmtree(store / "store")
    with pytest.raises(keystore.Unavailable):
        boxes.unseal("x", sealed)
    keystore.settle()  # the backup has it
    assert boxes.unseal("x", sealed) == "secret"


def test_the_database_and_the_store_open_nothing_without_the_master_key(store: Path, settings: Any) -> None:
    sealed = boxes.seal("CAND-1", "x", "secret")
    settings.MASTER_KEY = bytes(32)
    with pytest.raises(master.WrongMaster):
        keystore._unwrapped.cache_clear()
        boxes.unseal("x", sealed)


def test_a_key_under_another_name_does_not_open(store: Path) -> None:
    boxes.seal("CAND-1", "x", "one")
    boxes.seal("CAND-2", "x", "two")
    one, two = (
        next(p for p in keystore.keys_in(store / "store") if p.name == keystore._name(o))
        for o in ("CAND-1", "CAND-2")
    )
    two.write_bytes(one.read_bytes())
    with pytest.raises(master.WrongMaster):
        keystore.key_for("CAND-2", make=False)


def test_a_new_master_key_takes_over_every_key_and_the_old_one_opens_nothing(
    store: Path, settings: Any
) -> None:
    sealed = boxes.seal("CAND-1", "x", "secret")
    old, new = master.service(), master.Local(bytes(32))
    assert keystore.rewrap(old, new) == 2  # in the store and in the backup
    assert keystore.rewrap(old, new) == 0
    with pytest.raises(master.WrongMaster):
        boxes.unseal("x", sealed)
    settings.MASTER_KEY = bytes(32)
    assert boxes.unseal("x", sealed) == "secret"


def test_twenty_threads_that_need_the_first_key_of_a_file_all_get_the_same(store: Path) -> None:
    found: list[bytes] = []
    barrier = threading.Barrier(20)

    def ask() -> None:
        barrier.wait()
        found.append(keystore.key_for("CAND-1", make=True))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20 and len(set(found)) == 1
    assert (
        len({p.read_bytes() for folder in ("store", "backup") for p in keystore.keys_in(store / folder)}) == 1
    )
