"""The pages of a case: each opens for whom it is, in three languages, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.suspension import actions
from hemicycle.suspension.models import Case
from hemicycle.vetting import actions as vetting

from ..cast import sign_in
from .conftest import Sitting, amend


def url(case: Case, act: str = "", language: str = "") -> str:
    prefix = f"/{language}" if language else ""
    return f"{prefix}/matters/{case.reference}/" + (f"{act}/" if act else "")


@pytest.mark.parametrize("language", ["", "fr", "ru"])
def test_a_clerk_reads_the_case_in_each_language(sitting: Sitting, language: str) -> None:
    case = sitting.under_review()
    client = sitting.found.cast.client("anna")
    page = client.get(url(case, language=language))
    assert page.status_code == 200 and "Said it on 3 May." in page.content.decode()
    listing = client.get((f"/{language}" if language else "") + "/suspension/")
    assert listing.status_code == 200 and case.reference in listing.content.decode()


def test_a_stranger_learns_nothing_not_even_that_it_exists(sitting: Sitting) -> None:
    case = sitting.under_review()
    client = sitting.found.cast.client("luca")
    assert client.get(url(case)).status_code == 404
    assert client.get(url(case, "dismiss")).status_code == 404
    assert client.post(url(case, "dismiss"), {"reasons": "x"}).status_code == 404


def test_a_delegate_submits_an_allegation_by_the_form(sitting: Sitting) -> None:
    client = sitting.found.cast.client("luca")
    choose = client.get("/suspension/allege/")
    assert choose.status_code == 200
    address = f"/matters/new/suspension/allege/?mandate={sitting.mandate.reference}"
    form = client.get(address)
    assert form.status_code == 200
    data = {
        "once": form.context["form"]["once"].value(),
        "criterion": form.context["form"].fields["criterion"].choices[0][0],
        "allegation": "On 3 May, at the conference.",
        "evidence": "https://example.org/recording",
        "language": "en",
    }
    missing = client.post(address, {**data, "evidence": ""})
    assert missing.status_code == 422 and "On 3 May, at the conference." in missing.content.decode()
    assert not Case.objects.exists()
    done = client.post(address, data)
    case = Case.objects.get()
    assert done.status_code == 302 and case.complainant == sitting.found.cast.luca
    again = client.post(address, data)
    assert again.status_code == 302 and Case.objects.count() == 1
    assert Entry.objects.filter(act="allege").count() == 1


def test_the_participant_replies_by_the_form_and_a_stale_page_loses_nothing(sitting: Sitting) -> None:
    case = sitting.notified()
    client = sign_in(sitting.mandate.person)
    form = client.get(url(case, "reply"))
    assert form.status_code == 200
    hidden = {"once": form.context["form"]["once"].value(), "seen": form.context["form"]["seen"].value()}
    actions.extend_reply(case, sitting.by("anna"), days=3, ground="Asked for.", language="en")
    stale = client.post(url(case, "reply"), {**hidden, "text": "My whole answer.", "language": "en"})
    assert stale.status_code == 409 and "My whole answer." in stale.content.decode()
    assert Case.objects.get().state == "notified"
    renewed = {"once": hidden["once"], "seen": stale.context["form"]["seen"].value()}
    sent = client.post(url(case, "reply"), {**renewed, "text": "My whole answer.", "language": "en"})
    assert sent.status_code == 302 and Case.objects.get().reply_text == "My whole answer."


def test_of_a_helper_only_that_there_was_one_is_asked_and_kept(sitting: Sitting) -> None:
    case = sitting.notified()
    client = sign_in(sitting.mandate.person)
    form = client.get(url(case, "reply"))
    assert [name for name, field in form.context["form"].fields.items() if "help" in name] == ["helped"]
    hidden = {"once": form.context["form"]["once"].value(), "seen": form.context["form"]["seen"].value()}
    sent = client.post(url(case, "reply"), {**hidden, "text": "No.", "language": "en", "helped": "on"})
    assert sent.status_code == 302 and Case.objects.get().was_helped
    page = sitting.found.cast.client("anna").get(url(case)).content.decode()
    assert "Written with help" in page


def test_a_charter_without_helpers_refuses_a_reply_written_with_one(sitting: Sitting) -> None:
    amend(helper_allowed="false")
    case = sitting.notified()
    with pytest.raises(Unmet, match="no helper"):
        actions.reply(case, sitting.participant, text="No.", language="en", helped=True)
    stored = Case.objects.get()
    assert (stored.state, stored.version, stored.reply_text) == (case.state, case.version, "")
    actions.reply(case, sitting.participant, text="No.", language="en")


def test_who_complained_sees_how_the_case_stands_and_neither_reply_nor_reasons(sitting: Sitting) -> None:
    case = sitting.under_review()
    assert case.complainant == sitting.found.cast.katia
    for key, reads in (("katia", False), ("anna", True), ("jonas", True), ("greta", True), ("farid", True)):
        page = sitting.found.cast.client(key).get(url(case)).content.decode()
        assert "under review" in page and "Said it on 3 May." in page
        assert ("I said the contrary." in page) is reads, key
        assert ("The recording and the reply differ." in page) is reads, key
        assert ("Written with help" in page) is reads, key


def test_a_clerk_who_complained_reads_no_more_than_anybody_who_did(sitting: Sitting) -> None:
    case = sitting.alleged("anna")
    actions.notify(case, sitting.by("bruno"), substance="Said it on 3 May.", language="en")
    actions.reply(case, sitting.participant, text="I said the contrary.", language="en")
    assert "I said the contrary." not in sitting.found.cast.client("anna").get(url(case)).content.decode()
    assert "I said the contrary." in sitting.found.cast.client("bruno").get(url(case)).content.decode()


def test_a_case_outlives_the_name_of_a_participant_who_withdrew_and_was_erased(sitting: Sitting) -> None:
    case = sitting.under_review()
    name, by = sitting.mandate.shown_name, sitting.participant
    candidacies.withdraw(sitting.mandate.candidacy, by)
    with clock.set_to(clock.now() + timedelta(days=31)):
        for _round in range(2):  # the first writes down the ends, the second erases
            for room in (candidacies, vetting, mandates):
                room.tick()
        for address in (url(case), "/suspension/"):
            page = sitting.found.cast.client("anna").get(address).content.decode()
            assert "name no longer kept" in page and name not in page
        own = sign_in(sitting.mandate.person).get(url(case))
        assert own.status_code == 200, "while the case runs the person reads it"


def test_what_waits_stands_on_the_first_page(sitting: Sitting) -> None:
    case = sitting.notified()
    page = sign_in(sitting.mandate.person).get("/desk/")
    assert case.reference in page.content.decode()


WITHHELD = {
    "": "name withheld for safety",
    "/fr": "nom non publié pour des raisons de sécurité",
    "/ru": "имя не публикуется из соображений безопасности",
}


def test_a_name_withheld_for_safety_is_shown_to_nobody_who_may_allege(sitting: Sitting) -> None:
    mandates.withhold_name(sitting.mandate, sitting.participant)
    name, other = sitting.mandate.shown_name, sitting.found.others[0]
    who = [sitting.found.cast.client(key) for key in ("luca", "katia", "anna")] + [sign_in(other.person)]
    form = f"/matters/new/suspension/allege/?mandate={sitting.mandate.reference}"
    for client in who:
        for prefix, words in WITHHELD.items():
            page = client.get(f"{prefix}/suspension/allege/").content.decode()
            assert name not in page and words in page
            page = client.get(prefix + form).content.decode()
            assert name not in page
    shown = next(m for m in seats.in_force() if m.pk != sitting.mandate.pk)
    assert shown.shown_name in who[0].get("/suspension/allege/").content.decode()


def test_a_case_names_somebody_withheld_to_the_person_and_to_who_decides_only(sitting: Sitting) -> None:
    mandates.withhold_name(sitting.mandate, sitting.participant)
    name, case = sitting.mandate.shown_name, sitting.under_review()
    cast = sitting.found.cast
    for client in (
        *(cast.client(key) for key in ("anna", "jonas", "greta", "farid")),
        sign_in(sitting.mandate.person),
    ):
        for address in (url(case), "/suspension/"):
            assert name in client.get(address).content.decode()
    complainant = cast.client("katia")
    for address in (url(case), "/suspension/"):
        page = complainant.get(address).content.decode()
        assert name not in page and WITHHELD[""] in page


def test_a_clerk_who_complained_reads_no_withheld_name(sitting: Sitting) -> None:
    mandates.withhold_name(sitting.mandate, sitting.participant)
    case = sitting.alleged("anna")
    for address in (url(case), "/suspension/"):
        assert (
            sitting.mandate.shown_name not in sitting.found.cast.client("anna").get(address).content.decode()
        )


def test_a_withdrawn_candidacy_closes_the_name_to_who_complained(sitting: Sitting) -> None:
    case = sitting.under_review()
    name = sitting.mandate.shown_name
    candidacies.withdraw(sitting.mandate.candidacy, sitting.participant)
    for address in (url(case), "/suspension/"):
        page = sitting.found.cast.client("katia").get(address).content.decode()
        assert name not in page and "name no longer shown" in page
    assert name in sitting.found.cast.client("farid").get(url(case)).content.decode()
