"""The story as pages show it: something waits for everybody, every page answers, nothing unreleased is public."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.html import escape

from hemicycle.candidacy.models import Candidacy
from hemicycle.demonstration.replay.stage import Stage, data
from hemicycle.demonstration.urls import aged
from hemicycle.mandates import queries as mandates
from hemicycle.people import queries as people
from hemicycle.people.models import CastMember, Person
from hemicycle.record import clock
from hemicycle.web import desk

from ..cast import Reader
from ..faults.unsaid import unsaid

resolve("/")  # every room registers its lists when its addresses are read

LINK = re.compile(r'href="(/[^"#]*)')
NOT_PAGES = re.compile(r"^/(static|sign-out)")
PAGES_AT_MOST = 160


OF_ONE_SHAPE = 3


def shape(link: str) -> str:
    """An address without the references, names and numbers in it."""
    bare = re.sub(r"\b([A-Z]{1,4})-[2-9A-Z]{6,}|[0-9a-f]{32}", r"\1", link.partition("?")[0])
    return re.sub(r"/\d[\d.]*(?=/|$)", "/0", bare)


def body(response: object) -> str:
    parts = response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]
    return b"".join(parts).decode()


def walk(client: Client, *starts: str, at_most: int = PAGES_AT_MOST) -> Iterator[tuple[str, int, str]]:
    """Every page that links lead to, as somebody would find them who follows each: address, status, source."""
    seen, waiting = set(), deque(starts)
    while waiting and len(seen) < at_most:
        address = waiting.popleft().replace("&amp;", "&")
        if address in seen or NOT_PAGES.match(address):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
            continue
        text = body(answer) if "image" not in answer["Content-Type"] else ""
        yield address, answer.status_code, text
        if "html" in answer["Content-Type"]:
            waiting.extend(LINK.findall(text))


def come_in(member: CastMember) -> Client:
    """One click on the sign-in page."""
    client = Reader(raise_request_exception=True)
    assert member.person is not None
    assert client.post(reverse("sign-in-as", args=[member.person.reference])).status_code == 302
    return client


def members() -> list[CastMember]:
    return [row for row in CastMember.objects.select_related("person") if row.person is not None]


def test_the_sign_in_page_offers_the_cast_in_three_languages(told: Stage) -> None:
    assert CastMember.objects.count() == 17
    assert CastMember.objects.filter(person=None).count() == 1
    for language, prefix in (("en", ""), ("fr", "/fr"), ("ru", "/ru")):
        page = body(Client().get(f"{prefix}/sign-in/"))
        for member in CastMember.objects.all():
            assert escape(member.title(language)) in page


def test_something_waits_for_everybody_who_has_an_account(told: Stage) -> None:
    empty = []
    for member in members():
        assert member.person is not None
        actor = people.actor(member.person)
        waits = [item for waiting in desk.waiting_lists for item in waiting(actor)]
        if not [item for item in waits if "messages" not in item.url]:
            empty.append(member.title_en)
    assert empty == []


@pytest.mark.parametrize("order", range(1, 17))
def test_what_waits_opens_in_every_language(told: Stage, order: int) -> None:
    client = come_in(CastMember.objects.select_related("person").get(order=order))
    for prefix in ("", "/fr", "/ru"):
        home = client.get(f"{prefix}/desk/")
        assert home.status_code == 200
        main = body(home).split("<main", 1)[1]
        inside = {link for link in LINK.findall(main) if not NOT_PAGES.match(link)}
        assert inside
        for address in inside:
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("order", range(1, 17))
def test_no_link_and_no_offered_act_is_refused_to_whom_it_is_shown(told: Stage, order: int) -> None:
    """A few pages of each shape, in English: what a page offers, the gate does not refuse at once."""
    client = come_in(CastMember.objects.select_related("person").get(order=order))
    met: Counter[str] = Counter()
    waiting, seen, refused = deque(["/desk/"]), {"/desk/"}, []
    while waiting:
        answer = client.get(waiting.popleft(), follow=True)
        if answer.status_code != 200:
            refused.append((answer.status_code, answer.request["PATH_INFO"], answer.request["QUERY_STRING"]))
            continue
        for link in map(unescape, LINK.findall(body(answer)) if "html" in answer["Content-Type"] else ()):
            if link in seen or NOT_PAGES.match(link) or link.startswith(("/fr/", "/ru/")):
                continue
            seen.add(link)
            met[shape(link)] += 1
            if met[shape(link)] <= OF_ONE_SHAPE or "/people/grant/" in link:
                waiting.append(link)
    assert refused == []
    assert len(met) > 20


def hidden(told: Stage) -> dict[str, str]:
    """What no public page may hold, by what it is: people not chosen, a withheld name, texts, references, addresses."""
    sits = {m.person_id for m in mandates.of_list(told.list)}
    story = data("candidates")
    words: dict[str, str] = {}
    for candidacy in Candidacy.objects.select_related("person"):
        words[candidacy.reference] = "reference of a candidacy"
        if candidacy.person_id not in sits:
            words |= {candidacy.person.name: "not chosen", candidacy.person.latin_name: "not chosen"}
    withheld = told.candidacies["kolosvetova"].person
    words |= {withheld.name: "withheld", withheld.latin_name: "withheld"}
    words |= {row["told"][:40]: "what a candidate says" for row in [*story["candidate"], *story["next"]]}
    words |= {told.failed.reference: "a list never released", told.point.reference: "an adverse point"}
    words |= {
        str(mail): "address" for mail in Person.objects.exclude(email=None).values_list("email", flat=True)
    }
    words |= {str(ref): "reference of a person" for ref in Person.objects.values_list("reference", flat=True)}
    words |= {value: "a suspension case" for name, value in data("texts")["case"].items() if " " in value}
    paid = data("texts")["money"]
    words |= {
        paid[key]: "sealed with the money"
        for key in ("bank", "payee", "invoice", "next_payee", "next_invoice", "body")
    }
    words |= dict.fromkeys(unsaid(), "not admitted, released or confirmed")
    words.pop("", None)
    return words


def test_nothing_unreleased_stands_in_any_public_page(told: Stage) -> None:
    words = hidden(told)
    assert len(words) > 250
    assert {"not chosen", "withheld", "not admitted, released or confirmed"} <= set(words.values())
    pages, leaks, names = 0, [], ""
    for address, status, text in walk(Client(), "/", "/fr/", "/ru/"):
        assert status == 200, address
        if "/sign-in/" in address:
            continue  # the cast is offered there, in a demonstration only
        pages += 1
        names += text if "composition" in address else ""
        leaks += [(address, words[word], word) for word in words if word in text]
    assert leaks == []
    assert pages > 30
    for mandate in mandates.in_force():
        name = mandates.public_name(mandate)
        assert name is None or name in names


def test_a_guessed_address_of_what_is_not_released_answers_nothing(told: Stage) -> None:
    visitor = Client()
    guessed = [told.failed, told.point, *told.candidacies.values(), told.case]
    for matter in guessed:
        answer = visitor.get(f"/matters/{matter.reference}/")
        assert answer.status_code in (302, 404)
        assert matter.reference not in body(answer)
    for name in ("open_vote", "committee_vote", "tied"):
        answer = visitor.get(f"/votes/{told.votes[name].reference}")
        assert answer.status_code == 404
        assert told.votes[name].question_en not in body(answer)
    assert visitor.get(f"/votes/{told.votes['list'].reference}").status_code == 200


def test_an_aged_demonstration_says_so_and_names_what_to_do(told: Stage) -> None:
    assert aged() == ""
    with clock.set_to(told.session.closes_at + timedelta(days=1)):
        for language in ("en", "fr", "ru"):
            with translation.override(language):
                assert "make demo-reset" in aged()
        page = body(Client().get("/fr/sign-in/"))
    assert "Cette démonstration a vieilli" in page
