"""Languages of an urgent suspension: it waits for nobody, the time for the reply waits (ADR 0004)."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.mandates import queries as seats
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Letter
from hemicycle.record import clock
from hemicycle.suspension import actions
from hemicycle.suspension.models import Case

from ..cast import sign_in
from .conftest import Sitting
from .test_languages import NAMED, notified, refused, shown


def urgent(sitting: Sitting, **given: str) -> Case:
    case = sitting.alleged()
    actions.suspend_urgently(case, sitting.by("greta"), danger="Tonight.", language="en")
    actions.confirm_urgent(case, sitting.by("jonas"), substance="Said it.", language="en", **given)
    return case


def test_an_urgent_suspension_waits_for_no_translation_but_the_time_for_the_reply_does(
    russian: Sitting,
) -> None:
    case = urgent(russian)
    assert seats.seats_at()[case.mandate.seat_number - 1].state == "suspended"
    assert [case.told_at, case.reply_due] == [None, None]
    own = sign_in(russian.mandate.person).get(f"/matters/{case.reference}/").content.decode()
    assert "It begins when the notice stands in the participant’s language" in own
    later = clock.now() + timedelta(hours=80)
    with clock.set_to(later):
        assert case.reply_time_runs(later)
        refused(
            "has not begun",
            case,
            actions.find_prima_facie,
            russian.by("jonas"),
            reasons="Clear.",
            language="en",
        )
        given = {"of": "substance", "translator": NAMED}
        actions.translate(case, russian.by("anna"), text="Il l’a dit.", language="fr", **given)
        assert case.told_at is None
        actions.translate(case, russian.by("anna"), text="Сказал.", language="ru", **given)
        assert [case.told_at, case.reply_due] == [later, later + timedelta(hours=72)]
        refused(
            "no finding before",
            case,
            actions.find_prima_facie,
            russian.by("jonas"),
            reasons="Clear.",
            language="en",
        )
        actions.translate(case, russian.by("anna"), text="Он сказал.", language="ru", **given)
    with clock.set_to(later + timedelta(hours=1)):
        actions.translate(case, russian.by("anna"), text="Он это сказал.", language="ru", **given)
        assert case.reply_due == later + timedelta(hours=72), (
            "a second translation does not begin the time anew"
        )
    with clock.set_to(later + timedelta(hours=72)):
        actions.find_prima_facie(case, russian.by("jonas"), reasons="Clear.", language="en")
    assert case.state == "prima_facie"


def test_an_urgent_notice_with_its_translation_begins_the_hours_at_once(russian: Sitting) -> None:
    case = urgent(russian, translation="Сказал.", translator=NAMED)
    assert case.told_at == clock.now() and case.reply_due == clock.now() + timedelta(hours=72)


def test_who_can_read_the_notice_all_the_same_may_reply_before_it_is_translated(russian: Sitting) -> None:
    case = urgent(russian)
    actions.reply(case, russian.participant, text="I said the contrary.", language="en")
    assert case.state == "replied"
    actions.find_no_case(case, russian.by("jonas"), reasons="A mistake.", language="en")
    assert case.state == "no_case"


def test_the_participant_reads_neither_danger_nor_refusal_and_no_translation_of_them(
    russian: Sitting,
) -> None:
    case = russian.alleged()
    actions.suspend_urgently(case, russian.by("greta"), danger="A threat for tonight.", language="en")
    actions.refuse_urgent(case, russian.by("jonas"), reasons="Aucun danger.", language="fr")
    assert (case.danger_language, case.refusal_language) == ("en", "fr")
    for of in ("danger", "refusal", "allegation"):
        actions.translate(
            case, russian.by("anna"), of=of, text=f"Перевод {of}", language="ru", translator=NAMED
        )
    actions.notify(
        case, russian.by("anna"), substance="Said it.", language="en", translation="x", translator="y"
    )
    own = sign_in(russian.mandate.person).get(f"/matters/{case.reference}/").content.decode()
    office = russian.found.cast.client("jonas").get(f"/matters/{case.reference}/").content.decode()
    for text in (
        "A threat for tonight.",
        "Aucun danger.",
        "Перевод danger",
        "Перевод refusal",
        "Перевод allegation",
    ):
        assert text in office and text not in own
    assert ("fr", "Aucun danger.") in shown(office)


def test_the_participant_is_told_of_a_translation_into_the_own_language_and_of_no_other(
    russian: Sitting,
) -> None:
    case = notified(russian)
    notices.read_on()
    own = Letter.objects.filter(about=case.reference, person=russian.mandate.person)
    before = own.count()
    clerk = russian.by("anna")
    actions.translate(case, clerk, of="substance", text="Il l’a dit.", language="fr", translator=NAMED)
    actions.translate(case, clerk, of="allegation", text="Сказал.", language="ru", translator=NAMED)
    notices.read_on()
    assert own.count() == before
    actions.translate(case, clerk, of="substance", text="Он сказал.", language="ru", translator=NAMED)
    notices.read_on()
    assert own.count() == before + 1
