"""The pages: what they show to whom, what they keep when something is wrong, and how many questions they ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hemicycle.candidacy import actions, answers, files, queries, sheet, waiting
from hemicycle.candidacy.models import Call, Candidacy, Endorsement, Evidence, Slate
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.integrity.models import Interest
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import NotEmpowered

from ..cast import Cast
from ..people.apps import app_code
from . import making
from .test_files import pdf, picture, script

S = CandidacyState


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of a page's form, as a browser would send them."""
    text = response.content.decode()
    found = {}
    for name in ("once", "seen"):
        match = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
        if match:
            found[name] = match[1]
    return found


def send(client: Client, url: str, status: int = 302, **data: Any) -> Any:
    """Open a page and send its form."""
    page = client.get(url)
    assert page.status_code == 200, page.content.decode()[:2000]
    answer = client.post(url, {**hidden(page), **data})
    assert answer.status_code == status, answer.content.decode()
    return answer


def part(candidacy: Candidacy, name: str) -> str:
    return reverse("candidacy-part", args=[candidacy.reference, name])


def matter(candidacy: Any) -> str:
    return reverse("matter", args=[candidacy.reference])


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_the_public_page_shows_an_open_call_in_the_readers_language(call: Call, language: str) -> None:
    with translation.override(language):
        url = reverse("apply")
    page = Client().get(url)
    assert call.text(language) in page.content.decode()
    assert "sessionid" not in page.cookies


def test_the_public_page_says_when_no_call_is_open(call: Call) -> None:
    with clock.set_to(call.closes_at):
        page = Client().get(reverse("apply")).content.decode()
        assert "No call for candidates is open now." in page
        assert "plead_late" in page
        assert Client().get(reverse("apply-call", args=[call.reference])).status_code == 404
    with clock.set_to(call.closes_at + timedelta(days=31)):
        assert "plead_late" not in Client().get(reverse("apply")).content.decode()


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_the_notice_of_the_risk_comes_before_the_first_field(call: Call, language: str) -> None:
    with translation.override(language):
        url = reverse("apply-call", args=[call.reference])
    page = Client().get(url).content.decode()
    assert "CM/Res(2022)14" in page
    assert "/account/begin/" in page
    assert "<textarea" not in page and 'type="text"' not in page


def test_a_candidacy_begins_only_when_the_notice_was_read(call: Call, cast: Cast) -> None:
    client, url = cast.client("nadia"), reverse("apply-call", args=[call.reference])
    send(client, url, 422)
    assert not Candidacy.objects.exists()
    send(client, url, notice_read="on")
    made = Candidacy.objects.get(person=cast.nadia)
    assert client.get(url).headers["Location"] == matter(made)


def test_who_holds_an_office_is_told_why_not(call: Call, cast: Cast) -> None:
    answer = send(cast.client("clara"), reverse("apply-call", args=[call.reference]), 422, notice_read="on")
    assert "cannot be a candidate" in answer.content.decode()


FIELDS: dict[str, Callable[[Candidacy], dict[str, Any]]] = {
    "names": lambda c: {
        "name": "Надия", "latin_name": "Nadiya", "public_name": "Nadiya", "gender": "f", "language": "ru"
    },
    "people": lambda c: {"people": "мокша", "for_reserve": "yes", "reserve_confirmed": "on"},
    "residence": lambda c: {"residence": "LT", "origin": ["journalism"]},
    "criterion": lambda c: {"statement": "Я сказала.", "language": "ru", "since": "2022-02-24", "declared": "on"},
    "bar": lambda c: {"answer": "no"},
    "declaration": lambda c: {"is_own_act": "on"},
}  # fmt: skip


def test_a_candidate_applies_page_by_page_and_gets_a_receipt(call: Call, cast: Cast) -> None:
    client = cast.client("nadia")
    send(client, reverse("apply-call", args=[call.reference]), notice_read="on")
    made = Candidacy.objects.get()
    for name in answers.parts(queries.charter_of(call)):
        send(client, part(made, name), **FIELDS[name.partition(":")[0]](made))
    evidence = reverse("candidacy-evidence", args=[made.reference])
    for criterion in queries.charter_of(call).criteria:
        if criterion.needs_evidence:
            send(
                client,
                evidence,
                criterion=criterion.key,
                title="Статья",
                language="ru",
                link="https://example.org/a",
            )
    assert "something is missing" not in client.get(matter(made)).content.decode()
    submit = reverse("act", args=[made.reference, "submit"])
    assert "Я сказала." in client.get(submit).content.decode()
    answer = send(client, submit)
    made.refresh_from_db()
    assert (made.state, queries.for_reserve(made)) == (S.SUBMITTED, True)
    receipt = client.get(answer.headers["Location"]).content.decode()
    assert made.reference in receipt
    for word in ("Council", "Assembly", "Platform", "Hemicycle", "candida"):
        assert word not in receipt


def test_every_page_of_the_form_warns(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    urls = [part(made, "names"), part(made, "people"), part(made, "criterion:exile")]
    urls += [reverse("candidacy-evidence", args=[made.reference])]
    urls += [reverse("candidacy-periods", args=[made.reference, "state_money"])]
    for url in urls:
        page = client.get(url).content.decode()
        inputs = len(re.findall(r'<textarea|<input type="(?:text|url|file)"', page))
        assert inputs and len(re.findall("relatives", page)) >= inputs, url


def test_no_field_asks_for_relatives_or_contacts() -> None:
    names = {f.name for f in Candidacy._meta.get_fields()} | {f.name for f in Evidence._meta.get_fields()}
    assert not {n for n in names if re.search("relativ|contact|address|phone|birth|passport|ethnic|score", n)}


def test_what_was_typed_stays_when_something_is_wrong(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    words = "слово " * 601
    answer = send(
        client, part(made, "criterion:exile"), 422, statement=words, language="ru", since="2022-02-24"
    )
    page = answer.content.decode()
    assert words.strip() in page and "601" in page
    assert not made.answers.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("residence", {"residence": "XX", "origin": ["journalism"]}),
        ("residence", {"residence": "LT", "origin": ["invented"]}),
        ("residence", {}),
        ("names", {"name": "x" * 201, "latin_name": "x", "public_name": "x", "language": "en"}),
        ("names", {"name": "x", "latin_name": "x", "public_name": "x", "language": "de"}),
        ("criterion:exile", {"statement": "x", "language": "en", "since": "31.31.2022"}),
        ("criterion:exile", {"statement": "x", "language": "en", "since": "2099-01-01"}),
        ("bar:state_money", {"answer": "perhaps"}),
        ("people", {"for_reserve": "maybe"}),
    ],
)
def test_bad_input_gets_a_message_and_changes_nothing(
    call: Call, cast: Cast, name: str, data: dict[str, Any]
) -> None:
    made = making.draft(call, cast.nadia)
    before = Entry.objects.count()
    answer = send(cast.client("nadia"), part(made, name), 422, **data)
    assert "error-summary" in answer.content.decode()
    assert Entry.objects.count() == before


def test_the_same_page_sent_twice_saves_once(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    data = {**hidden(client.get(part(made, "residence"))), "residence": "LT", "origin": ["journalism"]}
    for _ in range(2):
        assert client.post(part(made, "residence"), data).status_code == 302
    assert Entry.objects.filter(act="save").count() == 1


def test_a_page_made_before_another_was_saved_keeps_its_words_and_asks_again(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    old = hidden(client.get(part(made, "criterion:exile")))
    send(client, part(made, "residence"), residence="LT", origin=["journalism"])
    data = {**old, "statement": "Since that day.", "language": "en", "since": "2022-02-24", "declared": "on"}
    answer = client.post(part(made, "criterion:exile"), data)
    assert answer.status_code == 409
    assert "Since that day." in answer.content.decode()
    assert client.post(part(made, "criterion:exile"), {**data, **hidden(answer)}).status_code == 302


def test_periods_are_added_and_removed_one_by_one(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    answer = send(client, part(made, "bar:state_money"), answer="yes")
    url = answer.headers["Location"]
    send(client, url, kind="grant", employer="A fund", from_day="2016-01-01", until_day="2016-06-01")
    send(client, url, kind="post", employer="A school", from_day="2017-01-01")
    send(client, url, 422, kind="post", employer="A school", from_day="2017-01-01", until_day="2016-01-01")
    assert made.periods.count() == 2
    send(client, url, remove="1")
    assert [p.employer for p in made.periods.all()] == ["A school"]


# --- evidence


def upload(client: Client, made: Candidacy, data: bytes, status: int = 302, name: str = "a.png") -> Any:
    url = reverse("candidacy-evidence", args=[made.reference])
    return send(
        client,
        url,
        status,
        criterion="exile",
        title="A page",
        language="en",
        file=SimpleUploadedFile(name, data),
    )


def test_a_bad_file_gets_a_clear_error_and_loses_nothing_of_the_form(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    answer = upload(cast.client("nadia"), made, pdf(script), 422, "a.pdf").content.decode()
    assert "script" in answer and 'value="A page"' in answer
    assert not Evidence.objects.exists()


def test_a_file_is_sent_as_a_picture_that_cannot_act(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    evidence = Evidence.objects.get()
    assert "<img" in client.get(item).content.decode()
    answer = client.get(reverse("candidacy-file", args=[evidence.name, 1]))
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "no-store" in answer.headers["Cache-Control"]
    for page in (0, 2, 99):
        assert client.get(f"/evidence/{evidence.name}/pages/{page}/").status_code == 404


@pytest.mark.parametrize("reader", ["oleg", "quiet", "clara", "greta", "marta"])
def test_nobody_reads_another_persons_file_by_its_address(call: Call, cast: Cast, reader: str) -> None:
    made = making.draft(call, cast.nadia)
    upload(cast.client("nadia"), made, picture())
    evidence, other = Evidence.objects.get(), cast.client(reader)
    urls = [
        matter(made), part(made, "names"), reverse("candidacy-evidence", args=[made.reference]),
        reverse("candidacy-evidence-item", args=[evidence.name]), reverse("candidacy-file", args=[evidence.name, 1]),
        reverse("candidacy-receipt", args=[made.reference]), reverse("act", args=[made.reference, "submit"]),
        reverse("candidacy-periods", args=[made.reference, "state_money"]),
        reverse("candidacy-correct", args=[made.reference, "names"]),
    ]  # fmt: skip
    for url in urls:
        assert other.get(url).status_code == 404, url
        assert Client().get(url).status_code in (302, 404), url
    assert other.post(reverse("candidacy-evidence-remove", args=[evidence.name])).status_code == 404
    assert Evidence.objects.exists()


def test_clerks_read_a_file_once_it_was_sent_and_not_after_withdrawal(call: Call, cast: Cast) -> None:
    made, clerk = making.written(call, cast.nadia), cast.client("anna")
    upload(cast.client("nadia"), made, picture())
    urls = [matter(made), reverse("candidacy-file", args=[Evidence.objects.get(kind="image").name, 1])]

    def answers_to_clerk() -> list[int]:
        found = [clerk.get(url) for url in urls]
        for answer in found:
            assert answer.getvalue()
        return [answer.status_code for answer in found]

    assert answers_to_clerk() == [404, 404]
    made.refresh_from_db()
    actions.submit(made, cast.actor("nadia"))
    assert answers_to_clerk() == [200, 200]
    actions.withdraw(made, cast.actor("nadia"))
    assert answers_to_clerk() == [404, 404]
    assert cast.client("nadia").get(urls[0]).status_code == 200


def test_a_person_blacks_out_an_area_and_the_old_page_is_gone(
    call: Call, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture(size=(100, 100))).headers["Location"]
    before = Evidence.objects.get().pages[0]
    with django_capture_on_commit_callbacks(execute=True):
        send(client, item, page="1", left="0", top="0", width="50", height="50")
    after = Evidence.objects.get().pages[0]
    assert before != after and not files.path(before).exists() and files.path(after).exists()
    send(client, item, 422, page="1", left="0", top="0", width="0", height="500")


def test_removed_evidence_is_deleted(call: Call, cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    name = Evidence.objects.get().pages[0]
    with django_capture_on_commit_callbacks(execute=True):
        data = hidden(client.get(item))
        assert client.post(f"{item}remove/", data).status_code == 302
    assert not Evidence.objects.exists() and not files.path(name).exists()


# --- clerks, and the person afterwards


def test_a_late_person_sees_what_can_be_done(call: Call, cast: Cast) -> None:
    made, client = making.written(call, cast.nadia), cast.client("nadia")
    with clock.set_to(call.closes_at):
        page = client.get(matter(made)).content.decode()
        assert "force majeure" in page and "plead_late" in page
        answer = client.post(
            reverse("act", args=[made.reference, "submit"]), {"once": "x" * 32, "seen": made.version}
        )
        assert answer.status_code == 409 and "plead_late" in answer.content.decode()
        send(client, reverse("act", args=[made.reference, "plead_late"]), plea="I was detained.")
        assert "I was detained." in cast.client("anna").get(matter(made)).content.decode()


def test_who_never_began_pleads_from_the_public_page(call: Call, cast: Cast) -> None:
    with clock.set_to(call.closes_at):
        url = reverse("begin", args=["candidacy", "plead_late"]) + f"?call={call.reference}"
        send(cast.client("nadia"), url, plea="No network.")
    assert Candidacy.objects.get(person=cast.nadia).late_plea == "No network."


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
    for word in ("sealing", "retention", "erasure"):
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


def test_placeholders_are_shown_and_never_asked(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    page = cast.client("nadia").get(part(made, "declaration")).content.decode()
    shown = sheet.shown_only(made)
    assert shown and all(row["text"] in page for row in shown)
    assert page.count("<input") < 8


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize(
    "name", ["names", "people", "residence", "criterion:exile", "bar:state_money", "declaration"]
)
def test_every_part_is_shown_in_every_language(call: Call, cast: Cast, language: str, name: str) -> None:
    made = making.draft(call, cast.nadia)
    with translation.override(language):
        url = part(made, name)
    page = cast.client("nadia").get(url)
    assert page.status_code == 200 and f'<html lang="{language}">' in page.content.decode()


def test_a_person_without_any_address_opens_a_file_with_a_phrase_and_begins(call: Call, cast: Cast) -> None:
    """From the public page to the first task, with nothing but paper and an authenticator app."""
    client = Client()
    notice = client.get(reverse("apply-call", args=[call.reference])).content.decode()
    door = re.search(r'href="(/account/begin/[^"]*)"', notice)
    assert door
    url = door[1].replace("&amp;", "&")
    assert client.get(url).status_code == 200
    onward = dict(re.findall(r'name="(next)"[^>]*value="([^"]*)"', client.get(url).content.decode()))
    shown = client.post(url, onward)
    assert shown.status_code == 302
    phrases = client.get(shown.headers["Location"])
    assert phrases.status_code == 200
    factor = client.post(shown.headers["Location"]).headers["Location"]
    assert "second-factor" in factor
    assert client.get(reverse("candidacies")).status_code == 302, "nothing opens before the second factor"
    set_up = reverse("new-app") + "?" + factor.partition("?")[2]
    page = client.get(set_up).content.decode()
    secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page)
    assert secret
    hidden_fields = dict(re.findall(r'<input type="hidden" name="(\w+)"[^>]*value="([^"]*)"', page))
    answer = client.post(set_up, {**hidden_fields, "code": app_code(secret[0].replace(" ", ""))})
    while (
        answer.status_code == 302
        and reverse("apply-call", args=[call.reference]) not in answer.headers["Location"]
    ):
        answer = client.get(answer.headers["Location"])
    send(client, reverse("apply-call", args=[call.reference]), notice_read="on")
    made = Candidacy.objects.get()
    assert (made.person.email, made.person.name) == (None, "")
    assert client.get(matter(made)).status_code == 200


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


def test_a_plea_shows_the_clerks_its_words_and_nothing_of_the_draft(call: Call, cast: Cast) -> None:
    made, nadia, clerk = making.written(call, cast.nadia), cast.client("nadia"), cast.client("anna")
    upload(nadia, made, picture())
    made.refresh_from_db()
    file = reverse("candidacy-file", args=[Evidence.objects.get(kind="image").name, 1])
    with clock.set_to(call.closes_at):
        actions.plead_late(made, cast.actor("nadia"), plea="I was detained.")
        page = clerk.get(matter(made)).content.decode()
        assert "I was detained." in page and "I said so in public." not in page
        assert clerk.get(file).status_code == 404
        actions.ask_late_admission(made, cast.actor("anna"), ground="Detention.")
        assert clerk.get(file).status_code == 404
        until = clock.now() + timedelta(days=3)
        actions.confirm_late_admission(made, cast.actor("bruno"), until=until)
        assert clerk.get(matter(made)).status_code == 404
        actions.submit(made, cast.actor("nadia"))
        assert "I said so in public." in clerk.get(matter(made)).content.decode()


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


def test_words_with_forbidden_characters_are_refused(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    data = {"name": "a\x00b", "latin_name": "x", "public_name": "x", "gender": "", "language": "en"}
    send(cast.client("nadia"), part(made, "names"), 422, **data)


def test_a_clerk_with_an_interest_neither_sees_nor_decides_the_file(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    Interest.objects.create(
        reference="INTR-TEST", state="declared", version=1, created_at=clock.now(), declared_at=clock.now(),
        person=cast.anna, subject=made.reference, kind="family",
    )  # fmt: skip
    assert cast.client("anna").get(matter(made)).status_code == 404
    with pytest.raises(NotEmpowered):
        actions.declare_admissible(made, cast.actor("anna"))
    actions.declare_admissible(made, cast.actor("bruno"))
