"""Each text of a case in its own language, translations beside it, and what must reach the participant (1.8, 6.2)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.mandates import queries as seats
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.suspension import actions, queries
from hemicycle.suspension.models import Case, Translation

from ..cast import sign_in
from ..putting import put
from .conftest import Sitting

NAMED = "Oksana Invented"


def notified(sitting: Sitting) -> Case:
    case = sitting.alleged()
    actions.notify(
        case, sitting.by("anna"), substance="Said it on 3 May.", language="en", translation="Сказал 3 мая.",
        translator=NAMED,
    )  # fmt: skip
    return case


def found(sitting: Sitting, **given: str) -> Case:
    case = notified(sitting)
    actions.reply(case, sitting.participant, text="Это цитата.", language="ru")
    actions.find_prima_facie(case, sitting.by("jonas"), reasons="They differ.", language="en", **given)
    return case


def under_review(sitting: Sitting) -> Case:
    case = found(sitting, translation="Они расходятся.", translator=NAMED)
    actions.suspend(case, sitting.by("greta"))
    actions.review(case, sitting.by("anna"), reviewer=sitting.found.cast.farid)
    return case


def refused(match: str, case: Case, act: object, by: object, **given: object) -> None:
    before = (
        Case.objects.filter(pk=case.pk).values().get(),
        Entry.objects.count(),
        Translation.objects.count(),
    )
    with pytest.raises(Unmet, match=match):
        act(case, by, **given)  # type: ignore[operator]
    after = (
        Case.objects.filter(pk=case.pk).values().get(),
        Entry.objects.count(),
        Translation.objects.count(),
    )
    assert before == after
    case.refresh_from_db()


def shown(page: str) -> list[tuple[str, str]]:
    """(language, text) of each text on a page that says its language."""
    return re.findall(r'<dd lang="(\w+)">([^<]*)</dd>', page)


def test_a_notice_in_another_language_comes_with_its_translation_and_translator(russian: Sitting) -> None:
    case, clerk = russian.alleged(), russian.by("anna")
    refused("translator", case, actions.notify, clerk, substance="Said it.", language="en")
    refused(
        "together", case, actions.notify, clerk, substance="Said it.", language="en", translation="Сказал."
    )
    refused("name its translator", case, actions.notify, clerk, substance="Сказал 3 мая.", language="ru")
    refused(
        "look at the language", case, actions.notify, clerk, substance="Сказал.", language="ru",
        translation="Сказал.", translator=NAMED,
    )  # fmt: skip
    refused(
        "missing", case, actions.notify, clerk, substance="  ", language="en", translation="x", translator="y"
    )
    actions.notify(case, clerk, substance="Сказал 3 мая.", language="ru", translator=NAMED)
    assert (case.substance_language, case.translator, case.told_at) == ("ru", NAMED, clock.now())


def test_original_and_translation_stand_side_by_side_for_the_participant_and_the_offices(
    russian: Sitting,
) -> None:
    case = under_review(russian)
    actions.translate(
        case, russian.by("anna"), of="reply_text", text="It is a quotation.", language="en", translator=NAMED
    )
    own = sign_in(russian.mandate.person).get(f"/ru/matters/{case.reference}/").content.decode()
    texts = [
        ("en", "Said it on 3 May."), ("ru", "Сказал 3 мая."), ("ru", "Это цитата."), ("en", "It is a quotation."),
        ("en", "They differ."), ("ru", "Они расходятся."),
    ]  # fmt: skip
    assert shown(own) == texts
    assert own.count(NAMED) == 3
    reviewer = russian.found.cast.client("farid").get(f"/matters/{case.reference}/").content.decode()
    assert shown(reviewer) == [("en", "Said it on 3 May."), *texts]
    assert "und" not in {language for language, _ in shown(own + reviewer)}


def test_a_second_translation_leaves_the_first_and_the_original(russian: Sitting) -> None:
    case = notified(russian)
    for text in ("Il l’a dit.", "Il l’a bien dit."):
        actions.translate(
            case, russian.by("anna"), of="allegation", text=text, language="fr", translator=NAMED
        )
    (said,) = [row for row in queries.texts_of(case) if row.of == "allegation"]
    assert said.text == "Said it on 3 May."
    assert [row.text for row in said.translations] == ["Il l’a dit.", "Il l’a bien dit."]
    entry = Entry.objects.filter(matter=case.reference, act="translate").latest("number")
    assert (entry.facts["of"], entry.facts["into"], entry.publicity) == ("allegation", "fr", "sealed")
    assert "bien dit" not in str(entry.facts) and NAMED not in str(entry.facts)


def test_what_is_no_translation_is_refused(russian: Sitting) -> None:
    case, clerk = notified(russian), russian.by("anna")
    given = {"text": "x", "language": "fr", "translator": NAMED}
    refused("no such text", case, actions.translate, clerk, **{**given, "of": "decision"})
    refused("no such text", case, actions.translate, clerk, **{**given, "of": "reference"})
    refused("already", case, actions.translate, clerk, **{**given, "of": "allegation", "language": "en"})
    refused("together", case, actions.translate, clerk, **{**given, "of": "allegation", "text": " "})
    refused("together", case, actions.translate, clerk, **{**given, "of": "allegation", "translator": " "})
    for key in ("jonas", "greta", "katia", "farid"):
        with pytest.raises(NotEmpowered):
            actions.translate(case, russian.by(key), of="allegation", **given)
    with pytest.raises(NotEmpowered):
        actions.translate(case, russian.participant, of="allegation", **given)
    gone = russian.alleged()
    actions.withdraw(gone, russian.by("katia"))
    with pytest.raises(OutOfOrder):
        actions.translate(gone, clerk, of="allegation", **given)
    assert Translation.objects.filter(of="allegation").count() == 0


def test_nobody_is_suspended_on_a_finding_that_does_not_stand_in_the_persons_language(
    russian: Sitting,
) -> None:
    case = found(russian)
    refused("participant’s language", case, actions.suspend, russian.by("greta"))
    actions.translate(
        case, russian.by("anna"), of="finding", text="Elles diffèrent.", language="fr", translator=NAMED
    )
    refused("participant’s language", case, actions.suspend, russian.by("greta"))
    actions.translate(
        case, russian.by("anna"), of="finding", text="Они расходятся.", language="ru", translator=NAMED
    )
    actions.suspend(case, russian.by("greta"))
    assert case.state == "suspended"


def test_a_violation_is_established_only_with_the_decision_in_the_persons_language(russian: Sitting) -> None:
    case, farid = under_review(russian), russian.by("farid")
    refused("another language", case, actions.uphold, farid, reasons="Established.", language="en")
    assert seats.seats_at()[case.mandate.seat_number - 1].state == "suspended"
    actions.uphold(
        case, farid, reasons="Established.", language="en", translation="Установлено.", translator=NAMED
    )
    assert case.state == "upheld" and queries.not_reached(case) == []


def test_a_dismissal_waits_for_no_translator_and_is_then_on_a_clerks_desk(russian: Sitting) -> None:
    case = under_review(russian)
    actions.dismiss(case, russian.by("farid"), reasons="Somebody else.", language="en")
    assert seats.seats_at()[case.mandate.seat_number - 1].state == "sitting"
    (missing,) = queries.not_reached(case)
    assert missing.of == "decision"
    address = f"/matters/{case.reference}/translate/"
    clerk = russian.found.cast.client("anna")
    assert address in clerk.get("/desk/").content.decode()
    form = clerk.get(address).context["form"]
    assert (form.fields["of"].initial, form.fields["language"].initial) == ("decision", "ru")
    sent = {
        "once": form["once"].value(), "seen": form["seen"].value(), "of": "decision", "language": "ru",
        "text": "Это был другой человек.", "translator": "",
    }  # fmt: skip
    unnamed = clerk.post(address, sent)
    assert unnamed.status_code == 422 and "Это был другой человек." in unnamed.content.decode()
    assert clerk.post(address, {**sent, "translator": NAMED}).status_code == 302
    assert queries.not_reached(case) == []
    assert address not in clerk.get("/desk/").content.decode()


@pytest.mark.parametrize(("act", "by"), [("find_no_case", "jonas"), ("decline_to_suspend", "greta")])
def test_what_ends_a_case_for_the_participant_carries_language_and_translation(
    russian: Sitting, act: str, by: str
) -> None:
    case = found(russian) if act == "decline_to_suspend" else notified(russian)
    bound = getattr(actions, act)
    refused("together", case, bound, russian.by(by), reasons="No.", language="en", translation="Нет.")
    bound(case, russian.by(by), reasons="No.", language="en", translation="Нет.", translator=NAMED)
    assert (case.state, case.decision_language) == ("no_case", "en")
    assert "decision" not in {row.of for row in queries.not_reached(case)}


def test_forms_begin_with_the_language_of_the_page_and_the_notice_with_that_of_the_allegation(
    russian: Sitting,
) -> None:
    case = russian.alleged()
    clerk = russian.found.cast.client("anna")
    form = clerk.get(f"/fr/matters/{case.reference}/notify/").context["form"]
    assert (form["language"].value(), form["substance"].value()) == ("en", "Said it on 3 May.")
    case = found(russian)
    page = russian.found.cast.client("greta").get(f"/fr/matters/{case.reference}/decline_to_suspend/")
    assert page.context["form"]["language"].value() == "fr"
    assert "Langue de la personne participante" in page.content.decode()
    lost = russian.found.cast.client("greta").post(
        f"/fr/matters/{case.reference}/decline_to_suspend/",
        {
            "once": page.context["form"]["once"].value(), "seen": page.context["form"]["seen"].value(),
            "reasons": "Je n’en vois pas.", "language": "fr", "translation": "Не вижу.", "translator": "",
        },
    )  # fmt: skip
    assert lost.status_code == 422
    assert "Je n’en vois pas." in lost.content.decode() and "Не вижу." in lost.content.decode()


def test_a_text_without_language_is_refused_by_the_database_itself(sitting: Sitting) -> None:
    from django.db import IntegrityError, transaction

    case = sitting.found_prima_facie()
    for text in set(Case.TEXTS) - {"allegation", "evidence"}:
        with pytest.raises(IntegrityError), transaction.atomic():
            put(Case.objects.filter(pk=case.pk), **{text: "Words.", Case.TEXTS[text]: ""})


def test_what_is_to_be_translated_costs_as_much_whatever_the_number_of_cases(sitting: Sitting) -> None:
    clerk = sitting.by("anna")

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            found = list(queries.to_translate(queries.visible_to(clerk)))
        return len(found), len(captured)

    def ended_in_french() -> None:
        case = sitting.notified()
        actions.find_no_case(case, sitting.by("jonas"), reasons="Rien.", language="fr")

    ended_in_french()
    one, cost = asked()
    ended_in_french()
    ended_in_french()
    assert (one, *asked()) == (1, 3, cost)
