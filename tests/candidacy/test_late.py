"""Who is late: what the person sees and does, and what two clerks and a reviewer decide (procedure 2.1, 2.4)."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from hemicycle.candidacy import actions, queries, waiting
from hemicycle.candidacy.models import Call, Candidacy, Evidence
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.rules.findings import Unmet

from ..cast import Cast
from . import making
from .browsing import hidden, matter, part, send, upload
from .making import refused
from .test_files import picture

S = CandidacyState
GROUND = {"ground": "Detention at a border.", "language": "en"}


def act(made: Candidacy, name: str) -> str:
    return reverse("act", args=[made.reference, name])


def read(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


# --- what the person sees


def test_an_hour_late_the_draft_is_there_and_says_what_can_be_done(
    draft: Candidacy, cast: Cast, an_hour_late: None
) -> None:
    """Though the clock's command has not run."""
    client = cast.client("nadia")
    page = read(client, matter(draft))
    assert "not submitted in time" in page and "I said so in public." in page
    assert act(draft, "plead_late") in page and act(draft, "submit") not in page
    for name in ("names", "criterion:exile", "declaration"):
        assert client.get(part(draft, name)).headers["Location"] == matter(draft)
    for url in ("candidacy-evidence",):
        assert client.get(reverse(url, args=[draft.reference])).headers["Location"] == matter(draft)
    assert act(draft, "plead_late") in read(client, reverse("home"))
    opened = client.get(reverse("apply-call", args=[draft.call.reference]))
    assert opened.headers["Location"] == matter(draft)


def test_what_is_sent_a_moment_too_late_comes_back_with_the_way_on(draft: Candidacy, cast: Cast) -> None:
    client = cast.client("nadia")
    form, submit = (
        hidden(client.get(part(draft, "criterion:exile"))),
        hidden(client.get(act(draft, "submit"))),
    )
    with clock.set_to(draft.call.closes_at):
        answer = client.post(
            part(draft, "criterion:exile"),
            {**form, "statement": "Typed to the last second.", "language": "en"},
        )
        page = html.unescape(answer.content.decode())
        assert answer.status_code in (409, 422) and "Typed to the last second." in page
        data = {
            **form,
            "statement": "Typed to the last second.",
            "language": "en",
            "since": "2022-02-24",
            "declared": "on",
        }
        answer = client.post(part(draft, "criterion:exile"), data)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 409 and "Typed to the last second." in page
        assert "was not saved any more" in page and act(draft, "plead_late") in page
        answer = client.post(act(draft, "submit"), submit)
        assert answer.status_code == 409 and act(draft, "plead_late") in answer.content.decode()
    draft.refresh_from_db()
    assert draft.submitted_at is None


def test_who_never_began_reads_the_notice_and_pleads(call: Call, cast: Cast) -> None:
    url = reverse("apply-call", args=[call.reference])
    with clock.set_to(call.closes_at + timedelta(hours=1)):
        assert url in read(Client(), reverse("apply"))
        public = read(Client(), url)
        assert "force majeure" in public and "you can ask others to look at a refusal again" in public
        assert reverse("open-account") in public
        client = cast.client("nadia")
        assert "Write nothing about anybody inside Russia" in read(client, url)
        send(client, url, 422, plea="No network.")
        assert not Candidacy.objects.exists()
        send(client, url, plea="No network.", notice_read="on")
    made = Candidacy.objects.get(person=cast.nadia)
    assert (made.late_plea, made.state, made.notice_read_at is not None) == ("No network.", S.LAPSED, True)


def test_the_notice_comes_first_for_a_plea_as_well(call: Call, cast: Cast) -> None:
    made = Candidacy(call=call, person=cast.nadia)
    with clock.set_to(call.closes_at):
        refused(
            Unmet, lambda: actions.plead_late(made, cast.actor("nadia"), plea="No network.", language="en")
        )


def test_the_address_of_a_call_that_is_over_leads_on(call: Call, cast: Cast) -> None:
    url = reverse("apply-call", args=[call.reference])
    making.submitted(call, cast.oleg)
    with clock.set_to(call.closes_at + timedelta(days=31)):
        assert Client().get(url).headers["Location"] == reverse("apply")
        assert "deadline" not in read(Client(), reverse("apply"))
        assert cast.client("oleg").get(url).headers["Location"] == matter(Candidacy.objects.get())
    assert Client().get(reverse("apply-call", args=["CALL-NONE"])).status_code == 404


def test_a_withdrawn_call_leaves_nothing_to_plead(draft: Candidacy, cast: Cast) -> None:
    actions.withdraw_call(draft.call, cast.actor("anna"), reasons="The session is put off.", language="en")
    draft.refresh_from_db()
    refused(Unmet, lambda: actions.plead_late(draft, cast.actor("nadia"), plea="x", language="en"), draft)
    page = read(cast.client("nadia"), matter(draft))
    assert "The call was withdrawn" in page and act(draft, "plead_late") not in page


def test_after_the_plea_the_person_reads_that_two_people_decide(pleaded: Candidacy, cast: Cast) -> None:
    page = read(cast.client("nadia"), matter(pleaded))
    assert "Two people of the Secretariat decide on it" in page and act(pleaded, "withdraw") in page
    assert act(pleaded, "plead_late") not in page and act(pleaded, "plead_late") not in read(
        cast.client("nadia"), reverse("home")
    )


# --- what clerks decide


def test_late_admission_needs_a_plea_and_two_clerks(draft: Candidacy, cast: Cast, an_hour_late: None) -> None:
    by, anna = cast.actor("nadia"), cast.actor("anna")
    refused(Unmet, lambda: actions.ask_late_admission(draft, anna, **GROUND), draft)
    refused(
        Unmet,
        lambda: actions.propose_inadmissible(draft, anna, ground="late", reasons="x", language="en"),
        draft,
    )
    actions.plead_late(draft, by, plea="I was detained at a border.", language="en")
    refused(Unmet, lambda: actions.plead_late(draft, by, plea="Again.", language="en"), draft)
    refused(Unmet, lambda: actions.ask_late_admission(draft, anna, ground=" ", language="en"), draft)
    actions.ask_late_admission(draft, anna, **GROUND)
    until = clock.now() + timedelta(days=5)
    refused(SamePerson, lambda: actions.confirm_late_admission(draft, anna, until=until), draft)
    refused(
        Unmet, lambda: actions.confirm_late_admission(draft, cast.actor("bruno"), until=clock.now()), draft
    )
    actions.confirm_late_admission(draft, cast.actor("bruno"), until=until)
    actions.submit(draft, by)
    assert (queries.counts(draft.call)["late"], queries.counts(draft.call)["late_refused"]) == (1, 0)
    assert queries.late_grounds(draft.call) == [("Detention at a border.", "en")]


def test_who_never_began_may_plead_too_but_only_after_the_deadline(call: Call, cast: Cast) -> None:
    def plead(key: str) -> Any:
        made = Candidacy(call=call, person=cast.persons[key])
        return actions.plead_late(
            made, cast.actor(key), plea="No network for a month.", notice_read=True, language="en"
        )

    refused(Unmet, lambda: plead("nadia"))
    with clock.set_to(call.closes_at):
        plead("nadia")
        assert Candidacy.objects.get().state == S.LAPSED
    with clock.set_to(call.closes_at + timedelta(days=31)):
        refused(Unmet, lambda: plead("oleg"))


def test_what_one_clerk_doubts_is_not_yet_refused(pleaded: Candidacy, cast: Cast) -> None:
    actions.ask_late_admission(pleaded, cast.actor("anna"), **GROUND)
    refused(
        SamePerson,
        lambda: actions.dismiss_late_admission(pleaded, cast.actor("anna"), reasons="x", language="en"),
        pleaded,
    )
    actions.dismiss_late_admission(pleaded, cast.actor("bruno"), reasons="No paper shows it.", language="en")
    assert (pleaded.state, pleaded.late_ground, pleaded.not_confirmed_reasons) == (
        S.LAPSED,
        "",
        "No paper shows it.",
    )
    assert [w for w in waiting.waiting(cast.actor("anna")) if "Pleas" in str(w.title) and w.due]


def test_a_refusal_is_by_two_with_reasons_that_the_person_reads(pleaded: Candidacy, cast: Cast) -> None:
    anna, bruno = cast.actor("anna"), cast.actor("bruno")
    for ground in ("incomplete", "not_own_act"):
        refused(
            Unmet,
            lambda g=ground: actions.propose_inadmissible(
                pleaded, anna, ground=g, reasons="x", language="en"
            ),
            pleaded,
        )
    actions.propose_inadmissible(pleaded, anna, ground="late", reasons="No force majeure.", language="en")
    refused(SamePerson, lambda: actions.confirm_inadmissible(pleaded, anna), pleaded)
    assert "a second one decides" in read(cast.client("nadia"), matter(pleaded))
    actions.dismiss_inadmissibility(pleaded, bruno, reasons="The border log shows it.", language="en")
    assert pleaded.state == S.LAPSED
    actions.propose_inadmissible(
        pleaded, bruno, ground="late", reasons="The log is of another day.", language="en"
    )
    actions.confirm_inadmissible(pleaded, anna)
    page = read(cast.client("nadia"), matter(pleaded))
    assert "The log is of another day." in page and act(pleaded, "ask_review") in page
    assert "You were not admitted late" in page and "The file is erased on" in page
    assert queries.counts(pleaded.call)["late_refused"] == 1
    assert queries.counts(pleaded.call)["received"] == queries.counts(pleaded.call)["inadmissible"] == 0


def test_the_form_offers_only_the_ground_that_can_be_true(pleaded: Candidacy, call: Call, cast: Cast) -> None:
    page = read(cast.client("anna"), act(pleaded, "propose_inadmissible"))
    assert 'value="late"' in page and 'value="incomplete"' not in page
    with clock.set_to(call.closes_at - timedelta(days=1)):
        sent = making.submitted(call, cast.oleg)
    page = read(cast.client("anna"), act(sent, "propose_inadmissible"))
    assert 'value="late"' not in page and 'value="incomplete"' in page and 'value="not_own_act"' in page
    send(cast.client("anna"), act(sent, "propose_inadmissible"), 422, ground="late", reasons="x")


def test_neither_clerks_nor_reviewers_read_a_draft_that_was_never_sent(
    draft: Candidacy, call: Call, cast: Cast
) -> None:
    upload(cast.client("nadia"), draft, picture())
    draft.refresh_from_db()
    file = reverse("candidacy-file", args=[Evidence.objects.get(kind="image").name, 1])
    clerk, reviewer = cast.client("anna"), cast.client("farid")

    def shut(client: Client) -> None:
        page = read(client, matter(draft))
        assert "I was detained." in page and "I said so in public." not in page
        assert client.get(file).status_code == 404

    with clock.set_to(call.closes_at):
        actions.plead_late(draft, cast.actor("nadia"), plea="I was detained.", language="en")
        shut(clerk)
        actions.propose_inadmissible(
            draft, cast.actor("anna"), ground="late", reasons="No paper.", language="en"
        )
        shut(clerk)
        actions.confirm_inadmissible(draft, cast.actor("bruno"))
        shut(clerk)
        actions.ask_review(draft, cast.actor("nadia"), reasons="Here is the paper.", language="en")
        shut(reviewer)
        until = clock.now() + timedelta(days=3)
        actions.decide_review(
            draft,
            cast.actor("farid"),
            is_admissible=True,
            reasons="Shown.",
            until=until,
            **GROUND,
        )
        assert clerk.get(matter(draft)).status_code == reviewer.get(matter(draft)).status_code == 404
        actions.submit(draft, cast.actor("nadia"))
        assert "I said so in public." in read(clerk, matter(draft))


# --- review, letter, end
