"""What each act on translations, names and speech does; what the clock does; and what goes with a text."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.due import take_each

from .. import queries, related, retention
from ..models import Moderation, Translation
from ..procedure import OVER, TranslationState
from ._bound import aim
from .glossary import change_term, enter_term, take_back_term
from .speech import appeal, decide_appeal, erase_moderation, lapse_moderation, restore, set_aside
from .translations import (
    ask_machine,
    declare_authentic,
    drop_machine,
    erase_translation,
    keep_machine_draft,
    replace_translation,
    review_translation,
    translate,
    withdraw_translation,
)

BATCH = 200
FORGOTTEN = timedelta(days=7)  # what was found for a draft is kept no longer
SILENT = timedelta(hours=1)  # a machine that gave nothing for so long is given up


def tick() -> int:
    """Let end what time has ended, give up machines that are silent, and erase what goes now. Returns how many acts."""
    now = clock.now()
    done = take_each(lapse_moderation, queries.over(now))
    silent = Translation.objects.filter(state=TranslationState.ASKED, created_at__lt=now - SILENT)
    done += take_each(drop_machine, silent, why="silent")
    related.drop_old(now - FORGOTTEN)
    names: dict[str, list[str]] = {"translation": [], "moderation": []}
    for due in retention.plan(now):
        names[due.kind].append(due.reference)
    ended = Translation.objects.filter(reference__in=names["translation"][:BATCH])
    over = Moderation.objects.filter(reference__in=names["moderation"][:BATCH])
    return done + take_each(erase_translation, ended) + take_each(erase_moderation, over)


def forget(reference: str) -> None:
    """The texts of a matter are erased: its translations, what was written about setting them aside, and where they lay among
    others go with them. A room calls it within its own act that erases."""
    for translation in Translation.objects.filter(subject=reference, erased_at=None):
        erase_translation(translation, CLOCK)
    moderations = Moderation.objects.filter(subject=reference)
    for moderation in moderations.filter(erased_at=None):
        erase_moderation(moderation, CLOCK)
    moderations.update(digest="")
    related.forget(reference)


def forget_wordings(reference: str, part: str, digest: str) -> None:
    """A wording had to disappear (7.4), and another stands in its place: what was made of any but this one goes, translations of
    every state and what was written about setting them aside. While one is set aside its author may still read why. A room
    calls it within its own act that corrects."""
    of_it = {"subject": reference, "part": part}
    for translation in Translation.objects.filter(**of_it, erased_at=None).exclude(digest=digest):
        erase_translation(translation, CLOCK)
    over = Moderation.objects.filter(**of_it, state__in=OVER).exclude(digest=digest)
    for moderation in over.filter(erased_at=None):
        erase_moderation(moderation, CLOCK)
    over.update(digest="")  # by it a name could be guessed
    related.forget_wordings(reference, part, digest)


__all__ = [
    "aim",
    "appeal",
    "ask_machine",
    "change_term",
    "decide_appeal",
    "declare_authentic",
    "drop_machine",
    "enter_term",
    "erase_moderation",
    "erase_translation",
    "forget",
    "forget_wordings",
    "keep_machine_draft",
    "lapse_moderation",
    "replace_translation",
    "restore",
    "review_translation",
    "set_aside",
    "take_back_term",
    "tick",
    "translate",
    "withdraw_translation",
]
