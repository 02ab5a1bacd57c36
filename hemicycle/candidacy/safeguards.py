"""What must be present and configured before a call opens outside a demonstration (procedure 1.1, article 5.1).

Each question is asked of the house as it stands, not of what it could be: the answer names what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from hemicycle.people import queries as people
from hemicycle.people.models import ReaderKey
from hemicycle.people.procedure import ReaderKeyState
from hemicycle.record import heartbeat, law
from hemicycle.record.sealing import keystore, master
from hemicycle.rules.findings import N_, Finding
from hemicycle.rules.procedure import Office

ARTICLE = "candidacy.open_call"
READERS = 2  # of each file (3.2)


def _sealing() -> list[Finding]:
    found = []
    if not settings.HAS_OWN_MASTER:
        found.append(
            N_(
                "The master key lies with the data. Keep it elsewhere: HEMICYCLE_MASTER_KEY_FILE names its file."
            )
        )
    stores = [Path(each) for each in (settings.KEYSTORE, settings.KEYSTORE_BACKUP) if each is not None]
    if any(each.is_relative_to(settings.HOME) for each in stores):
        found.append(
            N_(
                "The store of keys, or its backup, lies in the data folder, and so in the backups of the data. HEMICYCLE_KEYSTORE and HEMICYCLE_KEYSTORE_BACKUP name other places."
            )
        )
    try:
        keystore.key_for("HOUSE", make=True)
    except (OSError, master.WrongMaster, keystore.Destroyed):
        found.append(N_("The store of keys cannot be written, or is not the one of this master key."))
    if people.custodian() is None:
        found.append(N_("There is no custodian. Two people make the custodian’s key."))
    readers = people.holders(Office.ASSESSOR).values("pk")
    if ReaderKey.objects.filter(person__in=readers, state=ReaderKeyState.CURRENT).count() < READERS:
        found.append(N_("Fewer than two assessors have a reading key."))
    return [Finding(text, {}, ARTICLE) for text in found]


def _erasure() -> list[Finding]:
    found = []
    backup = settings.KEYSTORE_BACKUP
    if backup is None:
        found.append(
            N_("The store of keys has no backup of its own. HEMICYCLE_KEYSTORE_BACKUP names its folder.")
        )
    elif not Path(backup).is_dir():
        found.append(
            N_("The backup of the store of keys is not there, so that nothing could be destroyed in it.")
        )
    return [Finding(text, {}, ARTICLE) for text in found]


def _retention() -> list[Finding]:
    if heartbeat.is_alive():
        return []
    return [Finding(N_("The clock does not run, so that nothing would be erased by itself: start `hemicycle serve`, or `hemicycle tick` by a timer."), {}, ARTICLE)]  # fmt: skip


CHECKS: dict[str, Callable[[], list[Finding]]] = {
    "sealing": _sealing,
    "retention": _retention,
    "erasure": _erasure,
}


def missing() -> list[Finding]:
    """What the charter requires and is not there; nothing in demonstration mode."""
    if settings.DEMONSTRATION:
        return []
    required = law.in_force().candidacy.requires.value
    return [finding for name in required for finding in CHECKS[name]()]
