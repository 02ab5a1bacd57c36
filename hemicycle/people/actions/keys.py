"""Reading keys: made in the person's browser, of which only the recipient and the wraps come here."""

from __future__ import annotations

from typing import Any

from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import demonstration, queries, wraps
from ..models import Account, Custodian, Person, ReaderKey
from ..procedure import READER_KEY, ReaderKeyState

act = gate(READER_KEY, queries.offices)
WRAPS_AT_MOST = 12


@act
def add_reader_key(key: ReaderKey, by: Actor, *, recipient: str, wraps: list[dict[str, Any]]) -> Facts:
    """Keep a new key. The one before stays, replaced, for what was sealed to it. `wraps`: as `wraps.py` has them."""
    Person.objects.select_for_update().get(pk=key.person_id)
    key.recipient = fresh_recipient(recipient, "people.add_reader_key")
    key.wraps = _checked(wraps, "people.add_reader_key")
    if not key.wraps:
        raise Unmet(
            Finding(N_("A key that nothing opens is none: keep a wrap with it."), {}, "people.add_reader_key")
        )
    current = ReaderKey.objects.filter(person_id=key.person_id, state=ReaderKeyState.CURRENT).first()
    if current is not None:
        replace_reader_key(current, by)
    return Facts({"opened_with": key.kinds}, {"recipient": key.recipient})


@act
def replace_reader_key(key: ReaderKey, by: Actor) -> Facts:
    """Within `add_reader_key`: what was sealed to this key is opened with it until it is sealed anew."""
    return Facts()


@act
def add_wrap(key: ReaderKey, by: Actor, *, wrap: dict[str, Any]) -> Facts:
    """Let one more passkey, or another phrase, open the key. A passkey that had a wrap gets this one in its place."""
    (given,) = _checked([wrap], "people.add_wrap")
    others = [
        kept for kept in key.wraps if given["kind"] != "prf" or kept.get("credential") != given["credential"]
    ]
    key.wraps = _checked([*others, given], "people.add_wrap")
    return Facts({"opened_with": key.kinds})


@act
def revoke_reader_key(key: ReaderKey, by: Actor) -> Facts:
    """Nothing is sealed to this key any more, and its wraps are destroyed. Its sheet of paper still opens what was
    downloaded."""
    key.wraps = []
    return Facts()


def fresh_recipient(text: str, article: str) -> str:
    """A recipient that age knows, that nobody here has, and that is no demonstration's. Raises `Unmet`."""
    try:
        found = wraps.recipient(text)
    except wraps.Unreadable:
        raise Unmet(Finding(N_("This is not the half of a key that may be known."), {}, article)) from None
    if found in demonstration.recipients() and not demonstration.is_on():
        raise Unmet(Finding(N_("This key is a demonstration’s: everybody knows it."), {}, article))
    if any(model.objects.filter(recipient=found).exists() for model in (ReaderKey, Custodian, Account)):
        raise Unmet(Finding(N_("This key was given before. Make a new one."), {}, article))
    return found


def _checked(given: list[dict[str, Any]], article: str) -> list[dict[str, Any]]:
    least = 1 if demonstration.is_on() else wraps.ROUNDS
    try:
        checked = [wraps.check(each, least) for each in given]
    except wraps.Unreadable:
        raise Unmet(
            Finding(N_("What should open the key is not in the form that is kept here."), {}, article)
        ) from None
    if len(checked) > WRAPS_AT_MOST:
        raise Unmet(
            Finding(
                N_("At most %(number)s passkeys and phrases open one key."),
                {"number": WRAPS_AT_MOST},
                article,
            )
        )
    return checked
