"""A public text is put right: the old one stays beside it, with day and ground, unless a name in it must disappear (7.4)."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.texts.actions import forget_wordings
from hemicycle.texts.sources import Written

from .. import passages
from ..models import Corrected, EarlierContact, Proposal
from .common import act, contact_act, required, unmet


@contact_act
def correct_contact(
    contact: EarlierContact,
    by: Actor,
    *,
    part: str,
    text: str,
    ground: str,
    ground_language: str,
    drop_old: bool = False,
) -> Facts:
    """A transcribed text reads otherwise from now on. `part`: one of `passages.of`. Raises `Unmet`."""
    return _correct(contact, "correct_contact", part, text, ground, ground_language, drop_old)


@act
def correct_proposal(
    proposal: Proposal,
    by: Actor,
    *,
    part: str,
    text: str,
    ground: str,
    ground_language: str,
    drop_old: bool = False,
) -> Facts:
    """A text of a proposal or of one of its stages reads otherwise from now on. What was due or done stays as it was."""
    return _correct(proposal, "correct_proposal", part, text, ground, ground_language, drop_old)


def _correct(
    matter: EarlierContact | Proposal,
    act_name: str,
    part: str,
    text: str,
    ground: str,
    ground_language: str,
    drop_old: bool,
) -> Facts:
    passage = next((each for each in passages.of(matter) if each.part == part), None)
    if passage is None:
        raise unmet(N_("There is no such text here."), act_name)
    said = required(
        act_name,
        text=(text, N_("Say what the text shall be.")),
        ground=(ground, N_("A correction says its ground.")),
    )
    if said["text"] == passage.text:
        raise unmet(N_("The new text is the old one: nothing is corrected."), act_name)
    old = passage.text
    Corrected.objects.create(
        matter=matter.reference, part=part, old_text="" if drop_old else old, language=passage.language,
        ground=said["ground"], ground_language=ground_language, corrected_at=clock.now(),
    )  # fmt: skip
    passage.write(said["text"])
    if drop_old:  # earlier corrections of the same text and its translations still had what must disappear
        Corrected.objects.filter(matter=matter.reference, part=part).update(old_text="")
        now = Written(matter.reference, part, "", said["text"], passage.language, "")
        forget_wordings(matter.reference, part, now.digest)
    texts = {"new": said["text"], "ground": said["ground"]}
    return Facts({"part": part, "drops_old_text": drop_old}, texts if drop_old else {**texts, "old": old})
