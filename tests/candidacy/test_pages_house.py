"""Pages of the Secretariat, and of the person afterwards; and how many questions they ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hemicycle.candidacy import actions, forms, queries, waiting
from hemicycle.candidacy.models import Call, Endorsement, Evidence, Slate
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.integrity.models import Interest
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import NotEmpowered

from ..cast import Cast
from . import making
from .browsing import hidden, matter, send, upload

S = CandidacyState


def test_a_clerk_takes_each_act_on_form_from_its_page(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    anna, bruno, nadia = cast.client("anna"), cast.client("bruno"), cast.client("nadia")

    def act(client: Client, name: str, status: int = 302, **data: Any) -> None:
        send(client, reverse("act", args=[made.reference, name]), status, **data)
        made.refresh_from_db()

    act(anna, "return_for_completion", reasons="A link is dead.")
    assert "A link is dead." in nadia.get(matter(made)).content.decode()
    act(nadia, "complete")
    act(anna, "propose_inadmissible", 422, ground="unkind", reasons="x")
    act(anna, "propose_inadmissible", ground="not_own_act", reasons="Sent by an employer.")
    assert anna.get(reverse("act", args=[made.reference, "confirm_inadmissible"])).status_code == 403
    act(bruno, "confirm_inadmissible")
    act(nadia, "ask_review", reasons="I wrote it.")
    act(cast.client("farid"), "decide_review", is_admissible="yes", reasons="Her own act.")
    assert made.state == S.ADMISSIBLE
    send(nadia, reverse("candidacy-correct", args=[made.reference, "residence"]), residence="PL",
         origin=["journalism"], reasons="I have moved.")  # fmt: skip
    made.refresh_from_db()
    assert made.residence == "PL"
    assert "I have moved." in nadia.get(matter(made)).content.decode()


def test_calls_are_prepared_opened_and_extended_from_their_pages(demonstration: None, cast: Cast) -> None:
    making.session()
    client = cast.client("anna")
    form = {
        "opens_at": "2027-02-09T10:00",
        "closes_at": "2027-03-20T18:00",
        "text_en": "a",
        "text_fr": "b",
        "text_ru": "в",
    }
    send(client, reverse("begin", args=["candidacy", "draft_call"]), **form)
    call = Call.objects.get()
    send(client, reverse("act", args=[call.reference, "open_call"]), **form)
    send(client, reverse("act", args=[call.reference, "extend_call"]), closes_at="2027-03-27T18:00")
    call.refresh_from_db()
    assert call.closes_at.day == 27
    assert client.get(reverse("calls")).status_code == 200


def test_what_a_clerk_changes_while_opening_a_prepared_call_counts(demonstration: None, cast: Cast) -> None:
    making.session()
    client = cast.client("anna")
    form = {"opens_at": "2027-02-09T10:00", "closes_at": "2027-03-20T18:00",
            "text_en": "a", "text_fr": "b", "text_ru": "в"}  # fmt: skip
    send(client, reverse("begin", args=["candidacy", "draft_call"]), **form)
    call = Call.objects.get()
    url = reverse("act", args=[call.reference, "open_call"])
    changed = form | {"opens_at": "2027-02-15T09:30", "closes_at": "2027-03-28T12:00", "text_fr": "un appel"}
    with making.nothing_changes(call):
        send(client, url, 422, **changed | {"closes_at": "2027-02-20T12:00"})
    assert (call.closes_at.day, call.text_fr) == (20, "b")
    send(client, url, **changed)
    call.refresh_from_db()
    stands = [timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") for at in (call.opens_at, call.closes_at)]
    assert [*stands, call.text_fr] == ["2027-02-15T09:30", "2027-03-28T12:00", "un appel"]
    facts = Entry.objects.get(matter=call.reference, act="open_call").facts
    assert datetime.fromisoformat(facts["closes_at"]) == call.closes_at


def test_a_form_that_fills_a_new_matter_never_writes_on_a_saved_one(call: Call, cast: Cast) -> None:
    data = {"organisation": "An association", "language": "en", "once": "a" * 32}
    saved = Slate(call=call, presenter=cast.quiet, organisation="Another", language="en")
    actions.present_slate(saved, cast.actor("quiet"))
    form = forms.SlateForm(data, matter=saved, by=cast.actor("quiet"))
    assert form.is_valid()
    with pytest.raises(TypeError):
        form.params()
    assert saved.organisation == "Another"


def test_outside_a_demonstration_the_page_names_what_is_missing(cast: Cast) -> None:
    making.session()
    form = {
        "opens_at": "2027-02-09T10:00",
        "closes_at": "2027-03-20T18:00",
        "text_en": "a",
        "text_fr": "b",
        "text_ru": "в",
    }
    answer = send(cast.client("anna"), reverse("begin", args=["candidacy", "open_call"]), 422, **form)
    for word in ("HEMICYCLE_MASTER_KEY_FILE", "custodian", "HEMICYCLE_KEYSTORE_BACKUP", "hemicycle tick"):
        assert word in answer.content.decode()


def test_slates_endorsements_and_statements_have_their_pages(call: Call, cast: Cast) -> None:
    quiet, nadia, anna = cast.client("quiet"), cast.client("nadia"), cast.client("anna")
    send(
        quiet,
        reverse("begin", args=["candidacy", "present_slate"]),
        organisation="An association",
        language="en",
    )
    slate = call.slates.get()
    made = making.submitted(call, cast.oleg)
    draft = making.draft(call, cast.nadia)
    send(nadia, reverse("act", args=[draft.reference, "join_slate"]), slate=slate.reference)
    url = reverse("begin", args=["candidacy", "add_endorsement"]) + f"?candidacy={draft.reference}"
    send(nadia, url, body="A congress", statement="She speaks for us.", language="en")
    assert "A congress" in nadia.get(matter(draft)).content.decode()
    assert nadia.get(matter(Endorsement.objects.get())).status_code == 200
    oleg = cast.client("oleg")
    send(oleg, reverse("act", args=[made.reference, "agree_to_counter_statements"]))
    url = reverse("begin", args=["candidacy", "invite_body"]) + f"?candidacy={made.reference}"
    fields = {"body": "A council", "due_at": "2027-02-20T12:00"}
    send(anna, url, 422, invited="P-NOBODY", **fields)
    send(anna, url, invited=cast.quiet.reference, **fields)
    asked = made.counter_statements.get()
    send(
        quiet,
        reverse("act", args=[asked.reference, "give_counter_statement"]),
        statement_text="We know him.",
        language="en",
    )
    assert "We know him." in oleg.get(matter(asked)).content.decode()
    assert quiet.get(matter(made)).status_code == 404
    assert anna.get(reverse("slates")).status_code == 200


def test_the_number_of_questions_does_not_grow_with_rows(
    call: Call, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    made, clerk, nadia = making.submitted(call, cast.nadia), cast.client("anna"), cast.client("nadia")
    asked: dict[str, Callable[[], Any]] = {
        "list": lambda: clerk.get(reverse("candidacies")),
        "forms to look at": lambda: clerk.get(reverse("candidacy-forms", args=["first"])),
        "one look": lambda: clerk.get(reverse("candidacy-form", args=["first", made.reference])),
        "file": lambda: clerk.get(matter(made)),
        "own file": lambda: nadia.get(matter(made)),
        "waiting": lambda: list(waiting.waiting(cast.actor("anna"))),
        "public": lambda: Client().get(reverse("apply")),
        "counts": lambda: queries.counts(call),
    }

    def count() -> dict[str, int]:
        found = {}
        for name, ask in asked.items():
            with django_assert_max_num_queries(60) as counted:
                ask()
            found[name] = len(counted)
        return found

    clerk.get(matter(made))  # says why the file is opened, once
    count()  # what a process asks once
    few = count()
    for person in (cast.oleg, cast.pavel, cast.quiet):
        making.submitted(call, person)
    for number in range(10):
        Evidence.objects.create(
            candidacy=made,
            title=f"{number}",
            language="en",
            kind="link",
            link="https://example.org/",
            added_at=clock.now(),
        )
    assert count() == few
    assert max(few.values()) < 40, few


def test_the_public_page_asks_the_same_for_one_open_call_and_for_many(
    call: Call, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(20) as counted:
            assert Client().get(reverse("apply")).status_code == 200
        return len(counted)

    asked()  # what a process asks once
    one = asked()
    for _number in range(4):
        making.call(cast)
    assert queries.open_calls().count() == 5
    assert asked() == one <= 6


def test_a_file_over_the_limit_is_let_go_while_it_arrives(call: Call, cast: Cast, media: Any) -> None:
    made = making.draft(call, cast.nadia)
    most = queries.charter_of(call).candidacy.evidence_file_megabytes.value
    answer = upload(cast.client("nadia"), made, bytes(most * 1024 * 1024 + 70_000), 422).content.decode()
    assert "too big" in answer and 'value="A page"' in answer
    assert not [f for f in media.rglob("*") if f.is_file()]


def test_evidence_is_not_taken_from_a_forged_form(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = cast.client("nadia").cookies
    url = reverse("candidacy-evidence", args=[made.reference])
    data = {**hidden(forger.get(url)), "title": "x", "language": "en", "link": "https://example.org/"}
    assert forger.post(url, data).status_code == 403
    assert not Evidence.objects.exists()


def test_who_presented_a_slate_does_not_learn_who_joined(call: Call, cast: Cast) -> None:
    slate = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
    actions.present_slate(slate, cast.actor("quiet"))
    made = making.written(call, cast.nadia)
    actions.join_slate(made, cast.actor("nadia"), slate=slate.reference)
    before = cast.client("quiet").get(matter(slate)).content.decode()
    actions.submit(made, cast.actor("nadia"))
    after = cast.client("quiet").get(matter(slate)).content.decode()
    assert "Nadiya" not in after and "Candidacies sent" not in before + after
    assert "Candidacies sent" in cast.client("anna").get(matter(slate)).content.decode()


def test_a_clerk_with_an_interest_neither_sees_nor_decides_the_file(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    Interest.objects.create(
        reference="INTR-TEST", state="declared", version=1, created_at=clock.now(), declared_at=clock.now(),
        person=cast.anna, subject=made.reference, kind="family",
    )  # fmt: skip
    assert cast.client("anna").get(matter(made)).status_code == 404
    with pytest.raises(NotEmpowered):
        actions.propose_admissible(made, cast.actor("anna"))
    actions.propose_admissible(made, cast.actor("bruno"))


def test_the_clerk_of_the_first_half_reads_that_another_clerk_goes_on(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by another.", language="en"
    )
    needed = "A second person is needed"
    assert needed in cast.client("anna").get(matter(made)).content.decode()
    assert needed not in cast.client("bruno").get(matter(made)).content.decode()
    assert needed not in cast.client("nadia").get(matter(made)).content.decode()
