"""A case is opened with a reason by who decides; the two whom it is between read their own parts (article 11.2)."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from hemicycle.integrity.models import FileOpening
from hemicycle.people.models import Person
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.suspension import actions
from hemicycle.web.desk import matter_url

from ..cast import sign_in
from .conftest import Sitting


def person(sitting: Sitting, key: str) -> Person:
    return Person.objects.get(reference=sitting.by(key).reference)


@pytest.mark.parametrize("key", ["anna", "greta", "jonas"])
def test_who_decides_says_why_before_a_case_opens(sitting: Sitting, key: str) -> None:
    case = sitting.replied()
    browser, url = sign_in(person(sitting, key), Client), matter_url(case)
    asked = browser.get(url)
    assert asked.status_code == 302 and asked["Location"].startswith(f"{url}open_file/?next=")
    assert "I said the contrary." not in browser.get(asked["Location"]).content.decode()
    said = {"once": uuid.uuid4().hex, "reason": "suspension", "language": "en"}
    assert browser.post(asked["Location"], said)["Location"] == url
    assert "I said the contrary." in browser.get(url).content.decode()
    assert FileOpening.objects.get(file=case.reference).reason == "suspension"


def test_the_two_whom_it_is_between_open_nothing_and_the_participant_sees_who_did(sitting: Sitting) -> None:
    case = sitting.notified()
    actions.open_file(case, sitting.by("jonas"), reason="suspension")
    own = sign_in(sitting.mandate.person, Client).get(matter_url(case))
    assert own.status_code == 200
    assert "Secretary General" in own.content.decode() and "Suspension case." in own.content.decode()
    complaint = sign_in(person(sitting, "katia"), Client).get(matter_url(case))
    assert complaint.status_code == 200 and "Who opened this case" not in complaint.content.decode()


def test_no_other_opens_a_case_and_nobody_without_a_reason(sitting: Sitting) -> None:
    case = sitting.notified()
    for key in ("katia", "farid", "marta", "luca"):
        with pytest.raises(NotEmpowered):
            actions.open_file(case, sitting.by(key), reason="suspension")
    with pytest.raises(NotEmpowered):
        actions.open_file(case, sitting.participant, reason="suspension")
    with pytest.raises(Unmet):
        actions.open_file(case, sitting.by("anna"), reason="curiosity")
    assert not FileOpening.objects.filter(file=case.reference).exists()
