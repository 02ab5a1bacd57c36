"""Two clerks look at every form, one after another, and nothing is confirmed unseen (procedure 2.4)."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hemicycle.candidacy import actions, sheet, waiting
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.candidacy.procedure import CandidacyState

from ..cast import Cast
from . import making
from .browsing import hidden, matter

S = CandidacyState


def address(look: str, made: Candidacy | None = None) -> str:
    return (
        reverse("candidacy-form", args=[look, made.reference])
        if made
        else reverse("candidacy-forms", args=[look])
    )


@pytest.fixture
def three(call: Call, cast: Cast) -> list[Candidacy]:
    """Received one after another."""
    found = []
    for number, person in enumerate((cast.nadia, cast.oleg, cast.pavel)):
        with making.later(number / 24):
            found.append(making.submitted(call, person))
    return found


def press(client: Client, url: str) -> str:
    """Open a form and press its button; the address to which one is sent on."""
    page = client.get(url)
    assert "I said so in public." in page.content.decode(), "the form is shown before it is confirmed"
    answer = client.post(url, hidden(page))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_one_form_leads_to_the_next_one_that_waits(three: list[Candidacy], cast: Cast) -> None:
    anna, bruno = cast.client("anna"), cast.client("bruno")
    first, second, third = three
    assert address("first", first) in anna.get(address("first")).content.decode()
    assert press(anna, address("first", first)) == address("first", second)
    assert press(anna, address("first", second)) == address("first", third)
    listed = bruno.get(address("second")).content.decode()
    assert address("second", first) in listed and third.reference not in listed
    assert press(bruno, address("second", first)) == address("second", second)
    assert press(bruno, address("second", second)) == address("second")
    assert "No form waits for you here" in bruno.get(address("second")).content.decode()
    assert list(Candidacy.objects.order_by("pk").values_list("state", flat=True)) == [
        S.ADMISSIBLE, S.ADMISSIBLE, S.SUBMITTED,
    ]  # fmt: skip


def test_a_form_is_left_for_later_without_being_decided(three: list[Candidacy], cast: Cast) -> None:
    page = html.unescape(cast.client("anna").get(address("first", three[0])).content.decode())
    assert "2 more forms wait for you" in page and address("first", three[1]) in page
    for other in ("return_for_completion", "propose_inadmissible"):
        assert reverse("act", args=[three[0].reference, other]) in page
    last = cast.client("anna").get(address("first", three[2])).content.decode()
    assert address("first", three[0]) not in last and "2 more forms wait for you" in last


def test_the_clerk_of_the_first_look_is_not_offered_the_second(three: list[Candidacy], cast: Cast) -> None:
    made = three[0]
    actions.propose_admissible(made, cast.actor("anna"))
    anna = cast.client("anna")
    assert made.reference not in anna.get(address("second")).content.decode()
    assert anna.get(address("second", made)).status_code == 403
    assert anna.post(address("second", made), {"once": "x" * 32, "seen": made.version}).status_code == 403

    def told(key: str) -> list[str]:
        return [
            str(item.title) for item in waiting.waiting(cast.actor(key)) if "second clerk" in str(item.title)
        ]

    assert (told("anna"), len(told("bruno"))) == ([], 1)
    made.refresh_from_db()
    assert made.state == S.ADMISSIBILITY_PROPOSED


def test_a_correction_in_between_is_seen_before_the_form_is_confirmed(
    three: list[Candidacy], cast: Cast
) -> None:
    made, bruno = three[0], cast.client("bruno")
    actions.propose_admissible(made, cast.actor("anna"))
    old = bruno.get(address("second", made))
    values = {"residence": "PL", "origin": ["journalism"]}
    actions.correct_facts(
        made, cast.actor("nadia"), part="residence", values=values, reasons="I have moved.", language="en"
    )
    answer = bruno.post(address("second", made), hidden(old))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409 and "was changed after your page was made" in page
    assert "Corrected after the first clerk looked" in page and "I have moved." in page and "Poland" in page
    made.refresh_from_db()
    assert made.state == S.ADMISSIBILITY_PROPOSED
    assert "Corrected after the first clerk looked" in html.unescape(bruno.get(matter(made)).content.decode())
    bruno.post(address("second", made), hidden(answer))
    made.refresh_from_db()
    assert made.state == S.ADMISSIBLE


def test_a_file_withdrawn_meanwhile_is_not_shown_again(three: list[Candidacy], cast: Cast) -> None:
    made, bruno = three[0], cast.client("bruno")
    actions.propose_admissible(made, cast.actor("anna"))
    urls = (address("second", made), reverse("act", args=[made.reference, "declare_admissible"]))
    kept = [hidden(bruno.get(url)) for url in urls]
    actions.withdraw(made, cast.actor("nadia"))
    for url, sent in zip(urls, kept, strict=True):
        assert bruno.post(url, sent).status_code == bruno.get(url).status_code == 404


def test_a_form_decided_on_another_page_meanwhile_leads_on(three: list[Candidacy], cast: Cast) -> None:
    made, bruno = three[0], cast.client("bruno")
    actions.propose_admissible(made, cast.actor("anna"))
    old = hidden(bruno.get(address("second", made)))
    actions.dismiss_admissibility(made, cast.actor("bruno"), reasons="A page is empty.", language="en")
    answer = bruno.post(address("second", made), {**old, "seen": made.version})
    assert (answer.status_code, answer.headers["Location"]) == (302, address("second"))
    assert "not possible any more" in bruno.get(address("second")).content.decode()
    made.refresh_from_db()
    assert made.state == S.SUBMITTED


def test_what_is_missing_and_what_was_doubted_stands_beside_the_form(
    three: list[Candidacy], cast: Cast
) -> None:
    made = three[0]
    made.answers.filter(criterion="exile").delete()
    actions.propose_admissible(made, cast.actor("anna"))
    page = cast.client("bruno").get(address("second", made)).content.decode()
    told = page.partition("Missing in this form")[2].partition("</ul>")[0]
    assert sheet.title_of("criterion:exile", made) in html.unescape(told) and "You" not in told
    url = reverse("act", args=[made.reference, "dismiss_admissibility"])
    bruno = cast.client("bruno")
    bruno.post(url, {**hidden(bruno.get(url)), "reasons": "Nothing on exile."})
    assert "Nothing on exile." in cast.client("anna").get(address("first", made)).content.decode()
    assert "Missing in this form" not in cast.client("anna").get(address("first", three[1])).content.decode()


@pytest.mark.parametrize("key", ["nadia", "farid", "greta", "quiet"])
def test_only_clerks_find_the_lists_and_the_forms(three: list[Candidacy], cast: Cast, key: str) -> None:
    client = cast.client(key)
    for url in (address("first"), address("second"), address("first", three[0]), address("third")):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in (404, 405)
    assert Client().get(address("first", three[0])).status_code == 302


def test_the_candidate_reads_that_a_second_clerk_looks(three: list[Candidacy], cast: Cast) -> None:
    actions.propose_admissible(three[0], cast.actor("anna"))
    page = html.unescape(cast.client("nadia").get(matter(three[0])).content.decode())
    assert "a second one looks at it too" in page and "admissible, to be confirmed" in page
    for act in ("withdraw", "leave_slate"):
        wanted = reverse("act", args=[three[0].reference, act])
        assert (wanted in page) is (act == "withdraw")
    assert reverse("candidacy-correct", args=[three[0].reference, "residence"]) in page
    assert "Corrected after the first" not in page and "Missing in this form" not in page


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_both_lists_and_a_form_stand_in_every_language(
    three: list[Candidacy], cast: Cast, language: str
) -> None:
    actions.propose_admissible(three[0], cast.actor("anna"))
    with translation.override(language):
        urls = [address("first"), address("second"), address("first", three[1]), address("second", three[0])]
    for url in urls:
        page: Any = cast.client("bruno").get(url)
        assert page.status_code == 200 and f'<html lang="{language}">' in page.content.decode()
