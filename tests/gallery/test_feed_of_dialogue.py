"""The feed and the first page on what is said and done: nothing before its release, no text and no name of a participant."""

from __future__ import annotations

from django.test import Client

from hemicycle.consultations.models import Consultation
from hemicycle.dialogue import actions as dialogue
from hemicycle.followup import actions as followup
from hemicycle.gallery import feed, register
from hemicycle.record import clock, law
from hemicycle.record.models import Entry
from hemicycle.statements import actions as speaking
from hemicycle.statements.models import Statement

from ..cast import Cast
from ..dialogue import making as asking
from ..followup import making as following
from ..statements import making as stating

SAID = (
    feed.published_statements, feed.released_answers, feed.consultation_results, feed.proposals, feed.earlier_contacts,
)  # fmt: skip


def titles() -> list[str]:
    return [item.title for source in SAID for item in source()]


def test_an_answer_is_told_when_it_is_released_without_its_text(cast: Cast) -> None:
    house = asking.house(cast)
    question = house.signed()
    assert titles() == []
    dialogue.release_answer(question, cast.actor("anna"))
    (item,) = feed.released_answers()
    assert item.title == "Question answered" and item.summary == "Humanitarian visas"
    assert Client().get(item.url).status_code == 200
    assert "Ответ готов" not in Client().get("/ru/feed/").content.decode()


def test_a_proposal_is_told_with_each_stage_and_not_with_what_one_person_claims(cast: Cast) -> None:
    row = following.asked(cast)
    following.answer(row, cast)
    before = titles()
    assert before.count("Proposal made") == 1 and len(before) == 5
    assert "Proposal: new stage (Answer of the state: positive answer)" in before
    following.claimed(row, cast)
    assert titles() == before
    followup.confirm_carried_out(row, cast.actor("anna"))
    assert sorted(titles()) == sorted([*before, "Proposal carried out"])
    assert all(Client().get(item.url).status_code == 200 for item in feed.proposals())


def test_an_earlier_contact_is_told_when_a_second_person_has_confirmed_it(cast: Cast) -> None:
    row = following.transcribed(cast)
    assert titles() == []
    followup.confirm_transcription(row, cast.actor("bruno"))
    (item,) = feed.earlier_contacts()
    assert "confirmed" in item.title and following.PAST["title"] not in item.title + item.summary
    followup.withdraw_contact(row, cast.actor("anna"), reasons="Another hearing.", language="en")
    assert titles() == []


def test_statements_and_consultations_are_told_once_they_are_published(cast: Cast) -> None:
    topic, now = following.topic(cast), clock.now()
    given = {"created_at": now, "charter": "pace-2025/1.0"}
    Statement.objects.create(reference="STMT-22222222", state="draft", language="en", topic=topic, **given)
    said = Statement.objects.create(
        reference="STMT-33333333", state="final", language="en", topic=topic, digest="d" * 64, finalised_at=now,
        consent_until=now, **given,
    )  # fmt: skip
    asked = Consultation.objects.create(
        reference="CONS-22222222", state="computed", topic=topic, name_en="Papers", name_fr="Papiers", name_ru="Бумаги",
        opened_at=now, closed_at=now, closes_at=now, result={"invented": True}, **given,
    )  # fmt: skip
    assert titles() == []
    said.state, said.published_at, said.note, said.key = "published", now, "note", "key"
    said.save()
    asked.state, asked.published_at = "published", now
    asked.save()
    assert titles() == ["Statement of participants published", "Result of a consultation published: Papers"]


def test_the_record_leads_to_what_everybody_reads_of_the_dialogue(cast: Cast) -> None:
    house = asking.house(cast)
    asked, waits = house.admitted("nadia"), house.tabled("pavel")
    hall = stating.Hall(cast, house.seats)
    group = stating.group(hall, [0, 1, 2])
    opened, draft = stating.proposed(hall, group, 0), stating.proposed(hall, group, 0)
    speaking.back_initiative(opened, hall.actor(1), group=group)
    final, said = stating.final(hall), stating.final(hall)
    Statement.objects.filter(pk=said.pk).update(
        state="published", published_at=clock.now(), note="n", key="k"
    )
    entries = Entry.objects.filter(room__in=["dialogue", "statements"])
    urls = {line.reference: line.url for line in register.lines(list(entries), law.in_force())}
    assert urls[house.topic.reference] == f"/topics/{house.topic.reference}/"
    assert urls[asked.reference] == f"/questions/{asked.reference}/"
    assert [urls[row.reference] for row in (opened, said)] == [
        f"/statements/{row.reference}/" for row in (opened, said)
    ]
    assert {urls[row.reference] for row in (waits, draft, final)} == {""}
    followed = [opened.reference, asked.reference, house.topic.reference]
    assert {Client().get(urls[reference]).status_code for reference in followed} == {200}


def test_the_first_page_counts_what_became_of_proposals(cast: Cast) -> None:
    assert "No proposal has been made so far." in Client().get("/").content.decode()
    following.made(cast)
    following.taken_up(cast, title="Another")
    page = Client().get("/").content.decode()
    assert "<dt>made</dt><dd>2</dd>" in page and "<dt>taken up</dt><dd>1/2</dd>" in page
    assert "<dt>ignored</dt><dd>0/2</dd>" in page and 'href="/board/"' in page
