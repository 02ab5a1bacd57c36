"""Reading leaves a trace: each opening is an entry with a reason, a mass read is stopped, the person sees who read."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.integrity import actions, queries
from hemicycle.integrity.models import Alarm, FileOpening, Interest
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Letter
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered

from .. import cast as casting
from ..candidacy import making
from ..candidacy.making import later, refused
from ..cast import Cast, charter, sign_in
from ..conftest import NOON, at_once

AT_MOST = charter().reading.files_an_hour.of("secretariat").value
LONGEST = charter().reading.disclosure_delay_days_at_most.value


@pytest.fixture
def file(settings: Any, tmp_path: Path, cast: Cast) -> Candidacy:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    return making.submitted(making.call(cast), cast.nadia)


def opened(file: Candidacy, cast: Cast, key: str = "anna", **said: str) -> FileOpening:
    candidacies.open_file(file, cast.actor(key), **{"reason": "admissibility", **said})
    found = FileOpening.objects.first()
    assert found is not None
    return found


def page(client: Client, matter: Any, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/matters/{matter.reference}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def answer(client: Client, url: str, **said: str) -> Any:
    return client.post(url, {"once": uuid.uuid4().hex, "reason": "admissibility", "language": "en", **said})


@pytest.fixture
def full_hour(cast: Cast) -> None:
    """As many files as an office may open, all opened now. Rows stand for acts of rooms that have tests of their own."""
    FileOpening.objects.bulk_create(
        FileOpening(
            person=cast.anna, file=f"CAND-X{n}", office="secretariat", reason="list", state="noted", version=1,
            reference=f"OPEN-X{n}", created_at=clock.now(),
        )
        for n in range(AT_MOST)
    )  # fmt: skip


# --- the trace ------------------------------------------------------------------------------------------------------


def test_an_opening_is_an_entry_with_its_reason_and_the_words_are_sealed(file: Candidacy, cast: Cast) -> None:
    before = file.version
    opening = opened(file, cast, reason="other", text="Her lawyer asked by telephone.")
    entry = Entry.objects.get(act="open_file")
    assert (entry.matter, entry.office, entry.publicity) == (file.reference, "secretariat", "sealed")
    assert entry.facts["reason"] == "other" and entry.facts["text"].startswith("hmac-sha256:")
    assert Opening.objects.filter(entry=entry, name="text").exists()
    noted = Entry.objects.get(act="note_opening")
    assert noted.facts == {"file": file.reference, "office": "secretariat", "reason": "other"}
    assert (opening.person, opening.text) == (cast.anna, "Her lawyer asked by telephone.")
    file.refresh_from_db()
    assert file.version == before


def test_who_reads_disturbs_nobody_who_writes(file: Candidacy, cast: Cast) -> None:
    candidacies.return_for_completion(file, cast.actor("bruno"), reasons="A link is dead.", language="en")
    nadia = cast.client("nadia")
    url = f"/candidacy/{file.reference}/part/residence/"
    form = nadia.get(url).context["form"]
    sent = {
        "once": uuid.uuid4().hex,
        "seen": form["seen"].value(),
        "residence": "LT",
        "origin": ["journalism"],
    }
    opened(file, cast)
    assert nadia.post(url, sent).status_code == 302


@pytest.mark.parametrize("said", [{"reason": "curiosity"}, {"reason": "other"}, {"reason": ""}])
def test_a_file_does_not_open_without_a_reason_of_the_charter(
    file: Candidacy, cast: Cast, said: dict[str, str]
) -> None:
    refused(Unmet, lambda: candidacies.open_file(file, cast.actor("anna"), **said), file)
    assert not FileOpening.objects.exists()


def test_only_who_may_see_a_file_opens_it(file: Candidacy, cast: Cast) -> None:
    farid, nadia = cast.actor("farid"), cast.actor("nadia")  # a reviewer, and no review is asked
    refused(NotEmpowered, lambda: candidacies.open_file(file, farid, reason="review"), file)
    refused(NotEmpowered, lambda: candidacies.open_file(file, nadia, reason="request"), file)
    actions.declare(Interest(subject=file.reference, kind="family", text="Cousins."), cast.actor("anna"))
    refused(NotEmpowered, lambda: candidacies.open_file(file, cast.actor("anna"), reason="list"), file)
    assert not FileOpening.objects.exists()


def test_a_trace_is_made_only_within_the_act_that_opens(cast: Cast) -> None:
    made = FileOpening(file="CAND-X", office="secretariat", reason="list")
    refused(NotEmpowered, lambda: actions.note_opening(made, cast.actor("anna")))


def test_with_the_file_go_the_words_and_the_trace_stays(file: Candidacy, cast: Cast) -> None:
    opening = opened(file, cast, text="To answer her letter.")
    candidacies.withdraw(file, cast.actor("nadia"))
    with later(400):
        candidacies.tick()
    opening.refresh_from_db()
    assert (opening.text, opening.file, opening.reason) == ("", file.reference, "admissibility")
    assert not Opening.objects.filter(entry__act="open_file").exists()


# --- one reason for a session ---------------------------------------------------------------------------------------


def test_one_reason_serves_a_file_for_a_session_and_no_other(file: Candidacy, cast: Cast) -> None:
    other = making.submitted(file.call, cast.oleg)
    browser = sign_in(cast.anna, Client)
    url = f"/matters/{file.reference}/"
    asked = browser.get(f"{url}?x=1")
    assert asked.status_code == 302
    assert asked["Location"] == f"{url}open_file/?next=%2Fmatters%2F{file.reference}%2F%3Fx%3D1"
    question = browser.get(asked["Location"]).content.decode()
    assert "Why do you open this file?" in question and cast.nadia.shown_name not in question
    given = answer(browser, asked["Location"])
    assert (given.status_code, given["Location"]) == (302, f"{url}?x=1")
    for path in (url, f"{url}return_for_completion/", f"/candidacies/forms/first/{file.reference}/"):
        assert browser.get(path).status_code == 200, path
    assert browser.get(f"/matters/{other.reference}/").status_code == 302
    assert sign_in(cast.anna, Client).get(url).status_code == 302
    assert Entry.objects.filter(act="open_file").count() == 1


def test_an_old_form_opens_nothing_in_a_new_session(file: Candidacy, cast: Cast) -> None:
    url, form = f"/matters/{file.reference}/open_file/", {"once": uuid.uuid4().hex}
    first, second = sign_in(cast.anna, Client), sign_in(cast.anna, Client)
    assert answer(first, url, **form).status_code == 302
    answer(second, url, **form)
    assert second.get(f"/matters/{file.reference}/").status_code == 302
    assert Entry.objects.filter(act="open_file").count() == 1


def test_the_session_keeps_no_reference_and_leads_to_no_other_house(file: Candidacy, cast: Cast) -> None:
    browser = sign_in(cast.anna, Client)
    for strange in ("//evil.example/", "https://evil.example/", "javascript:alert(1)"):
        given = answer(browser, f"/matters/{file.reference}/open_file/?next={strange}")
        assert given["Location"] == f"/matters/{file.reference}/"
    assert file.reference not in str(dict(browser.session))


@pytest.mark.parametrize(
    ("prefix", "words"), [("/fr", "Pourquoi ouvrez-vous"), ("/ru", "Почему вы открываете")]
)
def test_the_question_stands_in_each_language(file: Candidacy, cast: Cast, prefix: str, words: str) -> None:
    shown = sign_in(cast.anna, Client).get(f"{prefix}/matters/{file.reference}/open_file/")
    assert words in shown.content.decode()


# --- the budget -----------------------------------------------------------------------------------------------------


def test_a_mass_read_is_stopped_told_once_an_hour_and_looked_into(
    file: Candidacy, cast: Cast, full_hour: None
) -> None:
    for _ in range(3):
        with pytest.raises(Unmet, match=f"opens {AT_MOST} files an hour at most"):
            candidacies.open_file(file, cast.actor("anna"), reason="list")
    assert not FileOpening.objects.filter(file=file.reference).exists()
    assert not Entry.objects.filter(act="open_file").exists()
    alarm = Alarm.objects.get()
    entry = Entry.objects.get(act="raise_alarm")
    assert entry.facts == {"person": cast.anna.reference, "office": "secretariat", "at_most": AT_MOST}
    notices.read_on()
    assert [letter.person for letter in Letter.objects.filter(kind="alarm")] == [cast.marta]
    marta = cast.client("marta")
    assert f"/matters/{alarm.reference}/" in marta.get("/desk/").content.decode()
    assert cast.anna.shown_name in page(marta, alarm)
    refused(NotEmpowered, lambda: actions.answer_alarm(alarm, cast.actor("bruno"), reasons="Fine."), alarm)
    actions.answer_alarm(alarm, cast.actor("marta"), reasons="She prepared the round.", language="en")
    assert alarm.state == "answered"
    assert f"/matters/{alarm.reference}/" not in marta.get("/desk/").content.decode()


def test_nobody_but_the_integrity_officer_sees_an_alarm_and_nobody_the_own(
    file: Candidacy, cast: Cast, full_hour: None
) -> None:
    refused_to(cast, file)
    alarm = Alarm.objects.get()
    for key in ("anna", "greta", "farid", "nadia"):
        assert cast.client(key).get(f"/matters/{alarm.reference}/").status_code == 404
    refused(NotEmpowered, lambda: actions.raise_alarm(Alarm(person=cast.anna), cast.actor("marta")))
    Alarm.objects.update(person=cast.marta)
    assert cast.client("marta").get(f"/matters/{alarm.reference}/").status_code == 404
    alarm.refresh_from_db()
    refused(Unmet, lambda: actions.answer_alarm(alarm, cast.actor("marta"), reasons="Fine."), alarm)


def refused_to(cast: Cast, file: Candidacy, key: str = "anna") -> None:
    with pytest.raises(Unmet):
        candidacies.open_file(file, cast.actor(key), reason="list")


def test_after_an_hour_files_open_again_and_a_new_refusal_is_told_again(
    file: Candidacy, cast: Cast, full_hour: None
) -> None:
    opened(file, cast, "bruno")  # the number is each person's own
    with clock.set_to(clock.now() + timedelta(minutes=59)):
        refused_to(cast, file)
    with clock.set_to(clock.now() + timedelta(minutes=60)):
        opened(file, cast)
    assert Alarm.objects.count() == 1


def test_the_page_says_when_the_next_file_can_be_opened(file: Candidacy, cast: Cast, full_hour: None) -> None:
    browser = sign_in(cast.anna, Client)
    given = answer(browser, f"/matters/{file.reference}/open_file/")
    assert given.status_code == 422
    said = given.content.decode()
    assert f"Your office opens {AT_MOST} files an hour at most" in said and "14:00" in said
    assert browser.get(f"/matters/{file.reference}/").status_code == 302
    assert Alarm.objects.count() == 1


def test_two_openings_at_one_instant_do_not_pass_the_number(
    settings: Any, tmp_path: Path, own_database: None
) -> None:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    with clock.set_to(NOON):
        cast = casting.found()
        call = making.call(cast)
        files = [making.submitted(call, who) for who in (cast.nadia, cast.oleg, cast.pavel, cast.quiet)]
        for n in range(AT_MOST - 1):
            FileOpening.objects.create(
                person=cast.anna, file=f"CAND-X{n}", office="secretariat", reason="list", state="noted",
                reference=f"OPEN-X{n}", created_at=clock.now(),
            )  # fmt: skip
        anna = cast.actor("anna")
    results = at_once(*(lambda f=f: candidacies.open_file(f, anna, reason="list") for f in files))  # type: ignore[misc]
    assert sorted(type(r).__name__ for r in results) == ["Entry", "Unmet", "Unmet", "Unmet"]
    assert FileOpening.objects.filter(person=cast.anna).count() == AT_MOST
    assert Alarm.objects.count() == 1


# --- what the person sees -------------------------------------------------------------------------------------------


def test_the_person_sees_office_day_and_reason_and_no_name(file: Candidacy, cast: Cast) -> None:
    nadia = cast.client("nadia")
    assert "Who opened your file" not in page(nadia, file)
    opened(file, cast, text="Her lawyer asked.")
    shown = page(nadia, file)
    assert "9\u00a0February\u00a02027: Secretariat. Check of the form." in shown
    assert "Her lawyer asked." not in shown and cast.anna.shown_name not in shown
    assert "Vérification de la forme" in page(nadia, file, "/fr")
    assert "Проверка соблюдения формы" in page(nadia, file, "/ru")


def test_an_opening_may_be_put_off_with_reasons_and_is_then_shown_as_put_off(
    file: Candidacy, cast: Cast
) -> None:
    opening, until = opened(file, cast), date(2027, 3, 1)
    marta, nadia = cast.client("marta"), cast.client("nadia")
    assert opening.reference in marta.get("/integrity/openings/").content.decode()
    url = f"/matters/{opening.reference}/delay_disclosure/"
    said = {"until": "2027-03-01", "reasons": "A threat is looked into.", "language": "en"}
    form = {"once": uuid.uuid4().hex, "seen": str(opening.version), **said}
    assert marta.post(url, form).status_code == 302
    assert "Check of the form" not in page(nadia, file)
    entry = Entry.objects.get(act="delay_disclosure")
    assert entry.facts["until"] == until.isoformat() and entry.facts["reasons"].startswith("hmac-sha256:")
    with clock.set_to(clock.now() + timedelta(days=21)):
        nadia = cast.client("nadia")
        assert "Check of the form. That this is shown was put off." in page(nadia, file)
        assert "A threat is looked into." not in page(nadia, file)


@pytest.mark.parametrize("days", [-1, 0, LONGEST + 1])
def test_nothing_is_put_off_into_the_past_or_for_too_long(file: Candidacy, cast: Cast, days: int) -> None:
    opening, until = opened(file, cast), NOON.date() + timedelta(days=days)
    refused(
        Unmet,
        lambda: actions.delay_disclosure(opening, cast.actor("marta"), until=until, reasons="A threat."),
        opening,
    )


def test_no_reader_puts_off_and_nobody_the_own_opening(file: Candidacy, cast: Cast) -> None:
    opening, until = opened(file, cast), NOON.date() + timedelta(days=9)

    def delay(key: str) -> Any:
        return lambda: actions.delay_disclosure(opening, cast.actor(key), until=until, reasons="A threat.")

    for key in ("anna", "bruno", "clara", "farid", "greta", "nadia"):
        refused(NotEmpowered, delay(key), opening)
        assert cast.client(key).get(f"/matters/{opening.reference}/").status_code == 404
        assert cast.client(key).get("/integrity/openings/").status_code == 404
    actions.declare(Interest(subject=file.reference, kind="family", text="Cousins."), cast.actor("marta"))
    refused(NotEmpowered, delay("marta"), opening)
    FileOpening.objects.update(person=cast.marta, file="CAND-ANOTHER")
    opening.refresh_from_db()
    refused(NotEmpowered, delay("marta"), opening)
    refused(NotEmpowered, lambda: actions.delay_disclosure(opening, CLOCK, until=until, reasons="x"), opening)


def test_names_and_words_of_readers_are_for_the_integrity_officer(file: Candidacy, cast: Cast) -> None:
    opening = opened(file, cast, text="Her lawyer asked.")
    shown = page(cast.client("marta"), opening)
    assert cast.anna.shown_name in shown and "Her lawyer asked." in shown
    assert cast.nadia.shown_name not in shown
    assert queries.openings_of(file.reference) == [opening]
