"""From the allegation to the reply: what is said against the participant, and what the participant says (9.2, 9.3)."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import OutOfOrder

from .. import queries
from ..models import Case
from ..procedure import CASE, CaseState
from .gates import act, law_of, put_beside, tell, unmet, write

C = CaseState


@act
def allege(case: Case, by: Actor) -> Facts:
    """A named person alleges that a participant no longer meets a criterion. The participant will know who."""
    case.complainant_id = by.person or 0
    case.charter = law.in_force().reference
    if case.criterion not in {item.key for item in queries.may_be_alleged(law.in_force())}:
        raise unmet(N_("Choose the criterion that is said not to be met."), "allege")
    if by.person == case.mandate.person_id:
        raise unmet(N_("Nobody alleges against himself or herself; renounce instead."), "allege")
    if case.mandate.standing(clock.now()) == "ended":
        raise unmet(N_("This participation has ended."), "allege")
    return Facts(
        {"mandate": case.mandate.reference, "language": case.language},
        {"allegation": case.allegation, "evidence": case.evidence},
    )


@act
def withdraw(case: Case, by: Actor) -> Facts:
    if by.person != case.complainant_id:
        raise unmet(N_("Only who made the allegation can withdraw it."), "withdraw")
    case.urgent_by = ""
    return Facts()


def put_to_the_person(
    case: Case,
    act_name: str,
    substance: str,
    language: str,
    translation: str,
    translator: str,
    must_reach: bool,
) -> dict[str, str]:
    """Write the notice, in the language of the allegation or in the person's own; who rendered it is named."""
    sealed = write(
        case,
        act_name,
        "substance",
        substance,
        language,
        translation=translation,
        translator=translator,
        must_reach=must_reach,
    )
    if language != case.language and not translator.strip():
        raise unmet(
            N_("The notice is in another language than the allegation: name its translator."), act_name
        )
    case.translator = "" if translation.strip() else translator.strip()
    case.notified_at = clock.now()
    case.owed_language = case.mandate.person.language
    return sealed


@act
def notify(
    case: Case, by: Actor, *, substance: str, language: str, translation: str = "", translator: str = ""
) -> Facts:
    """Substance and evidence in the person's language; the time for the reply begins. An urgent suspension that was
    asked for and not confirmed is dropped with it: the two offices may have no second (9.5), the person is heard."""
    case.urgent_by = ""
    sealed = put_to_the_person(case, "notify", substance, language, translation, translator, must_reach=True)
    tell(case, timedelta(days=law_of(case).periods.suspension_reply_days.value))
    return Facts({"reply_due": case.reply_due, "language": case.mandate.person.language}, sealed)


@act
def begin_reply(case: Case, by: Actor) -> Facts:
    """The participant has chosen a language in which the notice stands already: the hours of an urgent suspension begin
    without a further translation. Asked again with the lock held, a translation may have been faster."""
    if not queries.untold().filter(pk=case.pk).exists():
        raise OutOfOrder(CASE, CASE.by_act["begin_reply"], case.state)
    tell(case, timedelta(hours=law_of(case).periods.urgent_reply_hours.value))
    return Facts({"reply_due": case.reply_due, "language": case.mandate.person.language})


@act
def extend_reply(case: Case, by: Actor, *, days: int, ground: str, language: str) -> Facts:
    """For danger or detention, or for any reason that the participant gives; never shortens."""
    limit = law_of(case).periods.reply_extended_days.value
    if not 1 <= days <= limit:
        raise unmet(N_("The extension is from 1 to %(limit)s days."), "extend_reply", limit=limit)
    base = max(case.reply_due or clock.now(), clock.now())
    case.reply_due = base + timedelta(days=days)
    return Facts(
        {"reply_due": case.reply_due}, write(case, "extend_reply", "extension_ground", ground, language)
    )


@act
def reply(case: Case, by: Actor, *, text: str, language: str, helped: bool = False) -> Facts:
    """The person's reply. A helper may write it; nothing is stored about the helper (9.3, norm 1.2)."""
    if not case.reply_time_runs(clock.now()):
        raise unmet(N_("The time for the reply has ended. Ask the Secretariat to extend it."), "reply")
    if helped and not law_of(case).suspension.helper_allowed.value:
        raise unmet(N_("The charter allows no helper here."), "reply")
    case.was_helped = helped
    return Facts({"language": language, "helped": helped}, write(case, "reply", "reply_text", text, language))


@act
def translate(case: Case, by: Actor, *, of: str, text: str, language: str, translator: str) -> Facts:
    """A translation by a named translator beside a text of the case, never over it (1.8).

    Where the notice of an urgent suspension did not wait for its translation, the time for the reply begins with it:
    with that into the language of the notice's day, whatever the participant reads since.
    """
    said = {row.of: row for row in queries.texts_of(case)}.get(of)
    if said is None:
        raise unmet(N_("There is no such text in this case."), "translate")
    if language == said.language:
        raise unmet(N_("The text is written in this language already."), "translate")
    if not text.strip() or not translator.strip():
        raise unmet(N_("Give the translation and its translator together."), "translate")
    put_beside(case, of, language, text.strip(), translator.strip())
    if (
        of == "substance"
        and case.told_at is None
        and language in (case.owed_language, case.mandate.person.language)
    ):
        tell(case, timedelta(hours=law_of(case).periods.urgent_reply_hours.value))
    return Facts({"of": of, "into": language}, {"translation": text, "translator": translator})
