"""The gate of the room, and what several acts share: refusals, and a text with its language and its translation."""

from __future__ import annotations

from datetime import datetime, timedelta

from hemicycle.mandates import actions as mandates
from hemicycle.mandates.procedure import MandateState
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import gate
from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Case, Translation
from ..procedure import CASE

act = gate(CASE, queries.offices)


def law_of(case: Case) -> Charter:
    return law.by_reference(case.charter)


def unmet(message: str, act_name: str, **params: object) -> Unmet:
    """The refusal of one rule, under the article of the act."""
    return Unmet(Finding(message, params, f"suspension.{act_name}"))


def write(
    case: Case,
    act_name: str,
    of: str,
    text: str,
    language: str,
    *,
    translation: str = "",
    translator: str = "",
    must_reach: bool = False,
) -> dict[str, str]:
    """Put a text of the case down in its language, with its translation for the participant where one is given.

    `must_reach`: refuse unless the participant can read it. Against a person nothing takes effect before that person
    can read why (6.2); what is in the person's favour, and urgent danger, does not wait for a translator. Returns
    what the entry seals. Raises `Unmet`.
    """
    text, translation, translator = text.strip(), translation.strip(), translator.strip()
    if not text:
        raise unmet(N_("The text is missing."), act_name)
    setattr(case, of, text)
    setattr(case, Case.TEXTS[of], language)
    wanted = case.mandate.person.language
    if translation and language == wanted:
        raise unmet(
            N_("The participant reads the language of the text itself; look at the language again."), act_name
        )
    if translation and not translator:
        raise unmet(N_("Give the translation and its translator together."), act_name)
    if must_reach and language != wanted and not translation:
        raise unmet(
            N_("The participant reads another language: give a translation and its translator."), act_name
        )
    sealed = {of: text}
    if translation:
        put_beside(case, of, wanted, translation, translator)
        sealed |= {"translation": translation, "translator": translator}
    return sealed


def put_beside(case: Case, of: str, language: str, text: str, translator: str) -> Translation:
    """One more translation beside a text; what stands, the original and earlier translations, stays (1.8)."""
    return Translation.objects.create(
        case=case, of=of, language=language, text=text, translator=translator, at=clock.now()
    )


def lift(case: Case, by: Actor) -> bool:
    """Restore the participation, as far as this case still suspends it. One that has ended meanwhile stays ended: the
    case is decided all the same, and its correction is published (6.3). Returns whether it was restored.
    """
    mandate = case.mandate
    mandate.refresh_from_db()
    if mandate.standing(clock.now()) == MandateState.ENDED or mandate.case != case.reference:
        return False
    mandates.restore(mandate, by, case=case.reference)
    return True


def tell(case: Case, time: timedelta) -> None:
    """The notice stands in the participant's language: from now on the time for the reply runs, and never less."""
    now: datetime = clock.now()
    case.told_at = now
    case.reply_due = max(case.reply_due or now, now + time)
