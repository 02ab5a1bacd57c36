"""The urn of a secret vote: ballots under the vote's own key until the close, choices without voters
afterwards.

AES-256-GCM (library `cryptography`). The associated data binds each ciphertext to its vote and its line of
the roll, so that no ballot can be moved to another line or another vote. All plaintexts have the same length.
This protects against a look at the tables while a vote runs and leaves no link after it; against an operator
who copies key and rows while the vote is open it does not, and the ballot page says so (procedure 5.5).
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from .models import Choice, RollEntry, SecretBallot, Vote, VoteKey

LENGTH = 16  # octets of a padded choice; the longest, "abstention", has 10
NONCE = 12


class Tampered(Exception):
    """A ciphertext that does not belong to its line of the roll. The vote cannot be counted; nothing has
    changed.
    """


def prepare(vote: Vote) -> None:
    """Make the key of a secret vote that opens."""
    VoteKey.objects.create(vote=vote, key=secrets.token_bytes(32))


def seal(vote: Vote, line: RollEntry, choice: str) -> bytes:
    """The ciphertext of a choice for one line: nonce (12), text (16), tag (16): always 44 octets."""
    nonce = secrets.token_bytes(NONCE)
    padded = Choice(choice).value.encode().ljust(LENGTH, b"\0")
    return nonce + AESGCM(_key(vote)).encrypt(nonce, padded, _bound_to(vote, line))


def open_all(vote: Vote) -> list[str]:
    """Open every ballot but those of `refused` lines (already emptied), write them sorted, destroy key and
    ciphertexts.

    Runs inside the transaction of the close, so either all of it happens or none. Returns the choices,
    sorted. Raises `Tampered`.
    """
    cipher = AESGCM(_key(vote))
    choices = []
    for line in vote.roll.filter(ciphertext__isnull=False):
        sealed = bytes(line.ciphertext or b"")
        try:
            padded = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _bound_to(vote, line))
        except InvalidTag:
            raise Tampered(f"{vote.reference}: a ballot does not belong to its line of the roll") from None
        choices.append(padded.rstrip(b"\0").decode())
    choices.sort()
    SecretBallot.objects.bulk_create(
        SecretBallot(vote=vote, number=number, choice=choice)
        for number, choice in enumerate(choices, start=1)
    )
    destroy(vote)
    return choices


def destroy(vote: Vote) -> None:
    """Destroy key and ciphertexts. After the commit their remains go from the database's own files too."""
    vote.roll.update(ciphertext=None)
    VoteKey.objects.filter(vote=vote).delete()
    transaction.on_commit(scrub)


def scrub() -> None:
    """Remove what the database keeps of overwritten rows: dead tuples (PostgreSQL), the write-ahead log
    (SQLite).

    SQLite overwrites freed space itself (`secure_delete`). Write-ahead logs and backups of PostgreSQL are the
    operator's to rotate; docs/operate.md says how, and the ballot page says that it is so.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {RollEntry._meta.db_table}, {VoteKey._meta.db_table}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()


def _key(vote: Vote) -> bytes:
    return bytes(VoteKey.objects.get(vote=vote).key)


def _bound_to(vote: Vote, line: RollEntry) -> bytes:
    return f"{vote.reference}/{line.pk}".encode()
