"""The pages of a case: each opens for whom it is, in three languages, and for nobody else."""

from __future__ import annotations

import pytest

from hemicycle.record.models import Entry
from hemicycle.suspension.models import Case

from ..cast import sign_in
from .conftest import Sitting


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
    from hemicycle.suspension import actions

    actions.extend_reply(case, sitting.by("anna"), days=3, ground="Asked for.", language="en")
    stale = client.post(url(case, "reply"), {**hidden, "text": "My whole answer.", "language": "en"})
    assert stale.status_code == 409 and "My whole answer." in stale.content.decode()
    assert Case.objects.get().state == "notified"
    renewed = {"once": hidden["once"], "seen": stale.context["form"]["seen"].value()}
    sent = client.post(url(case, "reply"), {**renewed, "text": "My whole answer.", "language": "en"})
    assert sent.status_code == 302 and Case.objects.get().reply_text == "My whole answer."


def test_what_waits_stands_on_the_first_page(sitting: Sitting) -> None:
    case = sitting.notified()
    page = sign_in(sitting.mandate.person).get("/desk/")
    assert case.reference in page.content.decode()
