"""Corrections of published facts (7.4) and changes of the key that signs the record: one clerk asks, another confirms."""

from __future__ import annotations

from hemicycle.instruments.ledger import notes
from hemicycle.rules.findings import N_, Finding, Unmet

from . import clock, erasure, queries
from .actors import Actor
from .acts import Facts, gate
from .log import keys, sequencer, witnesses
from .models import Checkpoint, Correction, Entry, LogKey
from .procedure import CORRECTION, LOG_KEY, LogKeyState

act = gate(CORRECTION, queries.offices)
key_act = gate(LOG_KEY, queries.offices)
ARTICLE = "record.draft_correction"


@act
def draft_correction(
    correction: Correction,
    by: Actor,
    *,
    subject: str | None = None,
    field: str | None = None,
    language: str | None = None,
    old_text: str | None = None,
    new_text: str | None = None,
    ground: str | None = None,
    drop_old_text: bool | None = None,
) -> Facts:
    """Draft what a public fact shall say instead, and why. Values given here replace those of the unsaved matter.

    Raises `Unmet` when the subject is no matter of the record, when nothing changes, or when a text that must
    disappear would leave an empty place.
    """
    given = {
        "subject": subject,
        "field": field,
        "language": language,
        "old_text": old_text,
        "new_text": new_text,
        "ground": ground,
        "drop_old_text": drop_old_text,
    }
    for name, value in given.items():
        if value is not None:
            setattr(correction, name, value)
    _check(correction)
    return Facts(
        {
            "subject": correction.subject,
            "field": correction.field,
            "language": correction.language,
            "drops_old_text": correction.drop_old_text,
        },
        sealed={
            "old_text": correction.old_text,
            "new_text": correction.new_text,
            "ground": correction.ground,
        },
    )


def _check(correction: Correction) -> None:
    problems = []
    if not Entry.objects.filter(matter=correction.subject).exists():
        problems.append(
            Finding(
                N_("The record knows no matter %(reference)s."), {"reference": correction.subject}, ARTICLE
            )
        )
    if correction.old_text == correction.new_text:
        problems.append(Finding(N_("The new text is the old one: nothing is corrected."), article=ARTICLE))
    if correction.drop_old_text and not correction.new_text.strip():
        problems.append(
            Finding(N_("Say what stands in the place of the text that is dropped."), article=ARTICLE)
        )
    if not correction.ground.strip():
        problems.append(Finding(N_("A correction says its ground."), article=ARTICLE))
    if problems:
        raise Unmet(*problems)


@act
def publish_correction(correction: Correction, by: Actor) -> Facts:
    """From now on the public pages show the new text, the day and the ground.

    A text that is to be dropped (a name that must disappear) is erased here; the entry of the draft keeps a salted
    commitment to it and nothing else.
    """
    correction.corrected_at = clock.now()
    if correction.drop_old_text:
        correction.old_text = ""
    return Facts({"subject": correction.subject, "field": correction.field, "language": correction.language})


@act
def withdraw_correction(correction: Correction, by: Actor) -> Facts:
    return Facts({"subject": correction.subject, "field": correction.field})


@key_act
def ask_new_key(key: LogKey, by: Actor, *, ground: str | None = None, language: str | None = None) -> Facts:
    """Make a new key for the log and say why. It signs nothing before a second clerk confirms it, so that the witnesses
    can be told its public half meanwhile. Raises `Unmet` without a ground, or while another one is asked for."""
    if ground is not None:
        key.ground = ground
    if language is not None:
        key.language = language
    problems = []
    if not key.ground.strip():
        problems.append(Finding(N_("Say why the key is changed."), article="record.ask_new_key"))
    if LogKey.objects.filter(state=LogKeyState.ASKED).exists():
        problems.append(Finding(N_("A new key is asked for already."), article="record.ask_new_key"))
    if problems:
        raise Unmet(*problems)
    new = keys.make_new(key.reference)
    key.verifier = str(new)
    return Facts({"key": new.key_id.hex(), "language": key.language}, sealed={"ground": key.ground})


@key_act
def confirm_new_key(key: LogKey, by: Actor) -> Facts:
    """From now on the new key signs. The old one stays in the policy, for what it signed."""
    old = keys.signer(has_begun=Checkpoint.objects.exists()).verifier
    key.follows, key.confirmed_at = str(old), clock.now()
    new = notes.Verifier.read(key.verifier)
    return Facts({"key": new.key_id.hex(), "follows": old.key_id.hex()})


@key_act
def withdraw_new_key(key: LogKey, by: Actor) -> Facts:
    return Facts()


def tick() -> int:
    """Give positions to the leaves that wait, sign, ask the witnesses, and destroy the keys that are still to go. Returns
    how many of those went: nothing else of it is a deadline."""
    gone = erasure.finish()
    sequencer.sequence()
    witnesses.cosign()
    return gone
