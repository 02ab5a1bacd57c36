"""A text is set aside on a ground of the charter, for days, and its author may appeal to somebody else (14.3)."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import CLOCK, PUBLIC, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import OutOfOrder

from .. import queries
from ..models import Moderation
from ..procedure import MODERATION, RUNS, ModerationState
from ..sources import is_public, text_of
from ._bound import on_speech, unmet

M = ModerationState


@on_speech
def set_aside(
    moderation: Moderation, by: Actor, *, reason: str, days: int, words: str, language: str
) -> Facts:
    """Everybody reads the ground in place of the text, for so many days; `moderation` is unsaved and aimed at the text.

    `words` go to the author, with the name of who did it. One wording is set aside for no longer than the charter allows, all
    times together, and not again on a ground on which an appeal has restored it. Raises `Unmet`.
    """
    charter = law.in_force()
    text = text_of(moderation.subject, moderation.part, by)
    if text is None or not is_public(text):
        raise unmet(N_("Only a text that everybody reads is set aside."), "set_aside")
    if reason not in {row.key for row in charter.speech_reasons}:
        raise unmet(N_("Choose a ground of the charter."), "set_aside")
    if not words.strip():
        raise unmet(N_("Tell the author why, in your own words."), "set_aside")
    _end_what_is_over(moderation)
    _check_days(text.digest, moderation, reason, days)
    now = clock.now()
    moderation.digest, moderation.author_id = text.digest, text.author
    moderation.moderator_id = by.person or 0
    moderation.charter, moderation.reason = charter.reference, reason
    moderation.words, moderation.language = words.strip(), language
    moderation.set_at, moderation.until = now, now + timedelta(days=days)
    moderation.appeal_until = now + timedelta(days=charter.speech.appeal_days.value)
    return Facts(
        {"of": moderation.subject, "part": moderation.part, "ground": reason, "until": moderation.until},
        {"words": moderation.words},
    )


def _end_what_is_over(moderation: Moderation) -> None:
    """Write down an earlier one whose time has ended, so that it is not in the way of this one."""
    rows = queries.over(clock.now()).filter(subject=moderation.subject, part=moderation.part)
    for row in rows:
        lapse_moderation(row, CLOCK)
    running = Moderation.objects.filter(subject=moderation.subject, part=moderation.part, state__in=RUNS)
    if running.exists():
        raise unmet(N_("The text is set aside already."), "set_aside")


def _check_days(digest: str, moderation: Moderation, reason: str, days: int) -> None:
    most = law.in_force().speech.set_aside_days_at_most.value
    left = int(most - queries.days_used(moderation.subject, moderation.part, digest) + 1e-6)
    if not 1 <= days <= most:
        raise unmet(N_("From 1 to %(most)s days."), "set_aside", most=most)
    if days > left:
        raise unmet(
            N_("This wording was set aside before: %(left)s of %(most)s days are left."),
            "set_aside",
            left=left,
            most=most,
        )
    before = Moderation.objects.filter(
        subject=moderation.subject, part=moderation.part, digest=digest, reason=reason, won=True
    )
    if before.exists():
        raise unmet(N_("An appeal has restored this wording against this ground."), "set_aside")


@on_speech
def appeal(moderation: Moderation, by: Actor, *, words: str, language: str) -> Facts:
    """The author says why not; once, within the charter's days. Raises `Unmet`."""
    if clock.now() >= moderation.appeal_until:
        raise unmet(N_("The time for an appeal has ended."), "appeal")
    if not words.strip():
        raise unmet(N_("Say why the text should be read."), "appeal")
    moderation.appeal_text, moderation.appeal_language = words.strip(), language
    moderation.appealed_at = clock.now()
    return Facts({"language": language}, {"words": words})


@on_speech
def decide_appeal(moderation: Moderation, by: Actor, *, restored: bool, reasons: str, language: str) -> Facts:
    """Another person than who set it aside: the text is restored at once, or stays aside until its day. Raises `Unmet`."""
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), "decide_appeal")
    moderation.decision, moderation.decision_language = reasons.strip(), language
    moderation.decided_by_id, moderation.won = by.person, restored
    if restored:
        moderation.ended_at = clock.now()
    return Facts({"restored": restored}, {"reasons": reasons}, to=M.RESTORED if restored else M.UPHELD)


@on_speech
def restore(moderation: Moderation, by: Actor) -> Facts:
    """Before the time is over, and without an appeal or beside one."""
    moderation.ended_at = clock.now()
    return Facts()


@on_speech
def lapse_moderation(moderation: Moderation, by: Actor) -> Facts:
    """Time has ended it; asked again with the lock held."""
    if clock.now() < moderation.until:
        raise OutOfOrder(MODERATION, MODERATION.by_act["lapse_moderation"], moderation.state)
    moderation.ended_at = moderation.until
    return Facts({"until": moderation.until})


@on_speech
def erase_moderation(moderation: Moderation, by: Actor) -> Facts:
    """The words go: the text is gone, or it was long ago. Ground and days stay, and by which wording, for as long as that wording
    is there: its days and what an appeal has restored still count (14.3). By the digest of another a name could be guessed."""
    moderation.words = moderation.appeal_text = moderation.decision = ""
    stands = text_of(moderation.subject, moderation.part, PUBLIC)
    if stands is None or stands.digest != moderation.digest:
        moderation.digest = ""
    moderation.erased_at = clock.now()
    forget_salts([moderation.reference])
    erasure.destroy([moderation.reference])
    return Facts()
