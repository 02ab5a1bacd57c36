"""Pages as their readers find them: languages, words, a file begun without any address."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hemicycle.candidacy import actions, sheet
from hemicycle.candidacy.models import Call, Candidacy

from ..cast import Cast
from ..people.apps import app_code
from . import making
from .browsing import matter, part, send


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


def test_words_with_forbidden_characters_are_refused(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    data = {"name": "a\x00b", "latin_name": "x", "public_name": "x", "gender": "", "language": "en"}
    send(cast.client("nadia"), part(made, "names"), 422, **data)


def test_whoever_reads_the_file_of_another_is_not_spoken_to_as_the_candidate(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    own = cast.client("nadia").get(matter(made)).content.decode()
    assert "Your names" in own and "Where you live" in own and "Your candidacy has been received" in own
    seen = cast.client("anna").get(matter(made)).content.decode()
    main = seen.split("<h1", 1)[1].split("</main")[0]
    assert "Received. The Secretariat looks at the form only." in main
    assert "Residence and field" in main and "Name in own script" in main
    assert not re.findall(r"\byours?\b|\byou\b", main, re.I)
    send(
        cast.client("anna"), reverse("act", args=[made.reference, "return_for_completion"]), reasons="A link."
    )
    seen = cast.client("anna").get(matter(made)).content.decode()
    assert "The person may complete it until" in seen and "Complete it before" not in seen
    assert "Complete it before" in cast.client("nadia").get(matter(made)).content.decode()


def test_reasons_in_another_language_say_so_to_the_candidate_and_to_nobody_else(
    call: Call, cast: Cast
) -> None:
    made = making.submitted(call, cast.nadia)
    actions.return_for_completion(made, cast.actor("anna"), reasons="A link is dead.", language="en")
    asked = "Written in English; ask the Secretariat for a translation."
    told = '<dd lang="en">A link is dead.</dd>'
    page = cast.client("nadia").get(matter(made)).content.decode()  # her letters are Russian
    assert f'{told}<dd class="soft small">{asked}</dd>' in page
    page = cast.client("anna").get(matter(made)).content.decode()
    assert told in page and asked not in page
    cast.nadia.language = "en"
    cast.nadia.save()
    page = cast.client("nadia").get(matter(made)).content.decode()
    assert told in page and asked not in page
