"""Keys of people: what is sealed to them, only they open. The server keeps the half that may be known, and wraps."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from hemicycle.record.models import Matter

from ..procedure import ReaderKeyState
from .persons import Person


class ReaderKey(Matter):
    """A person's reading key: its recipient, and its identity under keys that the server never has (`wraps.py`).

    One is current; an older one stays until what was sealed to it is sealed anew. A revoked one keeps no wraps; of an
    erased person's, nothing is kept.
    """

    PREFIX = "RKEY"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reader_keys")
    recipient = models.CharField(max_length=62, unique=True, null=True)
    wraps: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=ReaderKeyState.CURRENT),
                name="one_reading_key_is_current",
            ),
        ]

    @property
    def kinds(self) -> list[str]:
        """With what it is opened: "passphrase", "prf" (a passkey)."""
        return [wrap["kind"] for wrap in self.wraps]


class Custodian(Matter):
    """Whom all evidence is sealed to besides its readers: a key of which nobody has more than one half.

    Its identity was made and split in a browser; a sheet of paper with each half is with one holder. The checks tell a
    sheet that was read aright, and nothing of what stands on it.
    """

    PREFIX = "CUST"

    recipient = models.CharField(max_length=62, unique=True)
    holder_one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    holder_two = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    check_one = models.CharField(max_length=16)
    check_two = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(holder_one=F("holder_two")), name="a_custodian_has_two_holders"
            ),
            models.CheckConstraint(condition=~Q(check_one=F("check_two")), name="a_custodian_has_two_sheets"),
        ]
