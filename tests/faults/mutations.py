"""What an insider does to a record: one function for each change, which says what classes name it rightly."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from hemicycle.instruments.ledger import leaves, notes, tiles
from hemicycle.instruments.ledger.tree import leaf_hash, root_of
from hemicycle.record.log import keys, statements, witnesses
from hemicycle.record.models import Checkpoint, Entry, Leaf, Position
from tests.record import keeping


class Place:
    """The record that an insider changes: its tables by a cursor, its files by a folder."""

    def __init__(self, cursor: Any, chance: random.Random) -> None:
        self.cursor, self.chance, self.folder = cursor, chance, keeping.folder()

    def sql(self, statement: str, *values: Any) -> None:
        self.cursor.execute(statement, values)

    def entry(self) -> Entry:
        return self.chance.choice(list(Entry.objects.filter(leaf__position__isnull=False)))

    def file(self) -> Path:
        """A file of the tree that the latest checkpoint needs."""
        size = checking_size()
        needed = {tiles.tile_path(level, size // 256, size % 256) for level in ("entries", 0)}
        return self.folder / self.chance.choice(sorted(needed))


def checking_size() -> int:
    latest = Checkpoint.objects.order_by("size").last()
    assert latest is not None
    return latest.size


# Each mutator does one thing and says which classes name it rightly.


def edit(place: Place) -> set[str]:
    entry = place.entry()
    column = place.chance.choice(
        [
            "at",
            "room",
            "act",
            "matter",
            "before",
            "after",
            "office",
            "actor",
            "article",
            "charter",
            "publicity",
            "facts",
            "once",
            "number",
        ]
    )
    if column == "facts":
        place.sql(
            "UPDATE record_entry SET facts = %s WHERE number = %s",
            json.dumps({**entry.facts, "count": 99}),
            entry.pk,
        )
    elif column == "at":
        place.sql(
            "UPDATE record_entry SET at = %s WHERE number = %s",
            entry.at + timedelta(microseconds=1),
            entry.pk,
        )
    elif column == "number":
        place.sql("UPDATE record_opening SET entry_id = 9999 WHERE entry_id = %s", entry.pk)
        place.sql("UPDATE record_leaf SET entry_id = 9999 WHERE entry_id = %s", entry.pk)
        place.sql("UPDATE record_entry SET number = 9999 WHERE number = %s", entry.pk)
    elif column == "publicity":
        other = "house" if entry.publicity != "house" else "public"
        place.sql("UPDATE record_entry SET publicity = %s WHERE number = %s", other, entry.pk)
    else:
        place.sql(f'UPDATE record_entry SET "{column}" = %s WHERE number = %s', "x", entry.pk)
    return {"edited"}


def edit_log(place: Place) -> set[str]:
    """A row of the log's own tables."""
    leaf, latest = place.entry().leaf, checking_size()
    changes: list[tuple[str, list[Any]]] = [
        ("record_leaf SET is_prompt = NOT is_prompt WHERE id = %s", [leaf.pk]),
        (
            "record_leaf SET written_at = %s WHERE id = %s",
            [leaf.written_at + timedelta(hours=1), leaf.pk],
        ),
        ("record_leaf SET salt = %s WHERE id = %s", [bytes(32), leaf.pk]),
        ("record_leaf SET sealed_salt = %s WHERE id = %s", [None, leaf.pk]),
        ("record_leaf SET data = %s WHERE id = %s", [leaves.leaf(bytes(32)), leaf.pk]),
        ("record_checkpoint SET root = %s WHERE size = %s", [bytes(32), latest]),
        ("record_checkpoint SET note = substr(note, 1, length(note) - 3) WHERE size = %s", [latest]),
        ("record_cosignature SET line = substr(line, 1, 80) WHERE checkpoint_id = %s", [latest]),
    ]
    change, values = place.chance.choice(changes)
    place.sql(f"UPDATE {change}", *values)
    return {"edited"}


def edit_file(place: Place) -> set[str]:
    path = place.file()
    data = bytearray(path.read_bytes())
    at = (
        place.chance.randrange(2, len(data)) if "entries" not in str(path) else 2 + place.chance.randrange(60)
    )
    data[at] ^= 1 << place.chance.randrange(8)
    path.write_bytes(bytes(data))
    return {"edited"}


def delete(place: Place) -> set[str]:
    entry = place.entry()
    place.sql("DELETE FROM record_opening WHERE entry_id = %s", entry.pk)
    if place.chance.random() < 0.5:
        place.sql("DELETE FROM record_entry WHERE number = %s", entry.pk)
        return {"deleted"}
    number = entry.leaf.position.number
    place.sql("DELETE FROM record_position WHERE number = %s", number)
    place.sql("DELETE FROM record_leaf WHERE id = %s", entry.leaf.pk)
    place.sql("DELETE FROM record_entry WHERE number = %s", entry.pk)
    return {"deleted"} if number < checking_size() - 1 else {"truncated"}


def delete_waiting(place: Place) -> set[str]:
    waiting = place.chance.choice(list(Leaf.objects.filter(position__isnull=True)))
    place.sql("DELETE FROM record_opening WHERE entry_id = %s", waiting.entry_id)
    place.sql("DELETE FROM record_leaf WHERE id = %s", waiting.pk)
    place.sql("DELETE FROM record_entry WHERE number = %s", waiting.entry_id)
    return {"deleted"}


def disown(place: Place) -> set[str]:
    """The entry goes, and its leaf is made to speak for itself."""
    entry = place.entry()
    made = statements.commitment(entry.leaf)
    place.sql(
        "UPDATE record_leaf SET entry_id = NULL, open_part = %s, sealed_part = %s WHERE id = %s",
        json.dumps({key: value for key, value in made.open_part.items() if key != leaves.SEALED}),
        json.dumps(made.sealed_part),
        entry.leaf.pk,
    )
    place.sql("DELETE FROM record_opening WHERE entry_id = %s", entry.pk)
    place.sql("DELETE FROM record_entry WHERE number = %s", entry.pk)
    return {"deleted"}


def insert(place: Place) -> set[str]:
    entry = place.entry()
    fields = {
        f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields if f.attname != "number"
    }
    forged = Entry.objects.create(**{**fields, "once": None, "act": "forged"})
    if place.chance.random() < 0.5:
        made = statements.write(forged)
        Position.objects.create(number=checking_size(), leaf=made)
    return {"inserted"}


def insert_file(place: Place) -> set[str]:
    size = checking_size()
    path = place.folder / tiles.tile_path("entries", size // 256, size % 256)
    parts = tiles.unbundle(path.read_bytes())
    parts.insert(place.chance.randrange(len(parts) + 1), leaves.leaf(place.chance.randbytes(32)))
    path.write_bytes(tiles.bundle(parts))
    return {"inserted"}


def reorder(place: Place) -> set[str]:
    one, two = place.chance.sample(range(checking_size()), 2)
    first, second = (Position.objects.get(pk=number).leaf_id for number in (one, two))
    place.sql("DELETE FROM record_position WHERE number IN (%s, %s)", one, two)
    place.sql("INSERT INTO record_position (number, leaf_id) VALUES (%s, %s)", one, second)
    place.sql("INSERT INTO record_position (number, leaf_id) VALUES (%s, %s)", two, first)
    return {"reordered"}


def reorder_file(place: Place) -> set[str]:
    size = checking_size()
    path = place.folder / tiles.tile_path("entries", size // 256, size % 256)
    parts = tiles.unbundle(path.read_bytes())
    one, two = place.chance.sample(range(len(parts)), 2)
    parts[one], parts[two] = parts[two], parts[one]
    path.write_bytes(tiles.bundle(parts))
    return {"reordered"}


def truncate(place: Place) -> set[str]:
    number = place.chance.randrange(1, checking_size())
    gone = list(Position.objects.filter(number__gte=number).values_list("leaf_id", flat=True))
    entries = list(Leaf.objects.filter(pk__in=gone, entry__isnull=False).values_list("entry_id", flat=True))
    marks = ",".join(str(each) for each in gone)
    place.sql("DELETE FROM record_position WHERE number >= %s", number)
    place.sql(f"DELETE FROM record_leaf WHERE id IN ({marks})")
    for entry in entries:
        place.sql("DELETE FROM record_opening WHERE entry_id = %s", entry)
        place.sql("DELETE FROM record_entry WHERE number = %s", entry)
    return {"truncated"}


def truncate_file(place: Place) -> set[str]:
    path = place.file()
    if "entries" in str(path):
        parts = tiles.unbundle(path.read_bytes())
        path.write_bytes(tiles.bundle(parts[: place.chance.randrange(len(parts))]))
        return {"truncated"}
    path.unlink()
    return {"truncated", "deleted"}


def rewrite(place: Place) -> set[str]:
    """Everything is made to agree, and signed with the log's own key. Only the witnesses are missing."""
    entry = place.entry()
    place.sql("UPDATE record_entry SET office = %s WHERE number = %s", "forged", entry.pk)
    sign_again(place, entry)
    if place.chance.random() < 0.5:  # and the signer is made to forget
        forget()
    return {"rewritten"}


def sign_again(place: Place, entry: Entry) -> None:
    """Leaf, tree and checkpoints as if the entry had always been what it is now, with the log's own key."""
    entry.refresh_from_db()
    made = statements.commitment(entry.leaf).leaf
    place.sql("UPDATE record_leaf SET data = %s WHERE id = %s", made, entry.leaf.pk)
    data = [bytes(each) for each in Position.objects.order_by("number").values_list("leaf__data", flat=True)]
    shutil.rmtree(place.folder / "tile")
    tiles.extend(place.folder, data, 0)
    signer = keys.signer(has_begun=True)
    hashes = [leaf_hash(each) for each in data]
    for row in Checkpoint.objects.all():
        new = notes.Checkpoint(settings.LOG_ORIGIN, row.size, root_of(hashes[: row.size]))
        place.sql(
            "UPDATE record_checkpoint SET root = %s, note = %s WHERE size = %s",
            new.root,
            new.sign(signer),
            row.size,
        )
        if row.root != new.root:
            place.sql("DELETE FROM record_cosignature WHERE checkpoint_id = %s", row.size)
    latest = Checkpoint.objects.order_by("size").last()
    assert latest is not None
    (place.folder / "checkpoint").write_text(latest.note)


def forget() -> None:
    """The signer remembers what is signed now."""
    latest = Checkpoint.objects.order_by("size").last()
    assert latest is not None
    keys._memory().unlink()
    keys.remember(notes.Checkpoint(settings.LOG_ORIGIN, latest.size, bytes(latest.root)))


def restore(place: Place) -> set[str]:
    """An older copy of the tables and the files is put back: signed, cosigned, complete, and old."""
    sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    old = Checkpoint.objects.get(size=place.chance.choice(sizes[:-1]))
    signed_at, note = old.signed_at, witnesses.note(old)
    kept = set(Position.objects.filter(number__lt=old.size).values_list("leaf_id", flat=True))
    gone = [row for row in Leaf.objects.all() if row.written_at > signed_at and row.pk not in kept]
    place.sql("DELETE FROM record_cosignature WHERE checkpoint_id > %s", old.size)
    place.sql("DELETE FROM record_checkpoint WHERE size > %s", old.size)
    place.sql("DELETE FROM record_position WHERE number >= %s", old.size)
    for row in gone:
        place.sql("DELETE FROM record_leaf WHERE id = %s", row.pk)
        if row.entry_id:
            place.sql("DELETE FROM record_opening WHERE entry_id = %s", row.entry_id)
            place.sql("DELETE FROM record_entry WHERE number = %s", row.entry_id)
    (place.folder / "checkpoint").write_text(note)
    return {"restored"}


CLASSES: dict[str, list[Callable[[Place], set[str]]]] = {
    "edit": [edit, edit_file, edit, edit_log],
    "delete": [delete, delete_waiting, disown],
    "insert": [insert, insert_file],
    "reorder": [reorder, reorder_file],
    "truncate": [truncate, truncate_file],
    "rewrite and sign again": [rewrite],
    "restore an old copy": [restore],
}
OUTSIDE = (edit_file, insert_file, reorder_file, truncate_file, rewrite, restore)  # what the files alone show
