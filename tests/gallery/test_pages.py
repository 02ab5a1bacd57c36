"""Every public page answers to everybody, in three languages, without cookie or session, with bounded questions."""

from __future__ import annotations

import re

from django.contrib.sessions.models import Session as WebSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.composition.models import List
from hemicycle.voting.models import Vote

from ..composition.making import Round
from .conftest import DATA, PAGES

ALL = (*PAGES, "composition/2027", "rounds/2027/sheet", "votes/founding", "charter/pace-2025/1.0")
ALL_DATA = (
    *DATA, "composition/2027.json", "composition/2027.csv", "votes/founding.json", "rounds/2027/sheet.json",
    "rounds/2027/sheet.csv",
)  # fmt: skip
# At most so many questions to the database, however many rows there are.
CEILING = 40


def test_each_page_answers_without_cookie_or_session(
    public: Client, seated: List, founding_vote: Vote
) -> None:
    for address in ALL:
        for prefix, language in (("/", "en"), ("/fr/", "fr"), ("/ru/", "ru")):
            response = public.get(prefix + address)
            assert response.status_code == 200, prefix + address
            assert not response.cookies
            text = response.content.decode()
            assert text.count("<h1") == 1
            assert f'<html lang="{language}"' in text
            assert '<meta name="description"' in text
            assert not re.search(r"\sstyle=|<script(?![^>]*src=)|\son\w+=", text)
            ids = re.findall(r'\sid="([^"]+)"', text)
            assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]
            for target in re.findall(r'href="#([^"]+)"', text):
                assert target in ids, f"{prefix}{address} links to #{target}"
    assert not WebSession.objects.exists()


def test_open_data_stands_once_without_a_language(public: Client, seated: List, founding_vote: Vote) -> None:
    for address in ALL_DATA:
        assert public.get(f"/{address}").status_code == 200, address
        assert public.get(f"/fr/{address}").status_code == 404, address
    assert not public.cookies


def test_questions_to_the_database_are_bounded(public: Client, seated: List, founding_vote: Vote) -> None:
    for address in (*ALL, *ALL_DATA):
        public.get(f"/{address}")
        with CaptureQueriesContext(connection) as queries:
            public.get(f"/{address}")
        assert len(queries) <= CEILING, "\n".join([address, *(q["sql"][:150] for q in queries)])


def test_public_pages_take_no_other_verb(public: Client, seated: List, founding_vote: Vote) -> None:
    for address in (*ALL, *ALL_DATA):
        assert public.post(f"/{address}").status_code == 405, address


def test_a_page_that_has_not_changed_is_not_sent_again(public: Client, seated: List) -> None:
    first = public.get("/composition")
    assert "max-age=0" in first["Cache-Control"] and "public" in first["Cache-Control"]
    assert public.get("/composition", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_what_a_signed_in_person_reads_is_kept_in_no_shared_cache(found: Round, seated: List) -> None:
    response = found.cast.client("anna").get("/composition")
    assert response.status_code == 200
    assert "private" in response["Cache-Control"] and "ETag" not in response


def test_an_address_with_a_slash_leads_to_the_page(public: Client, cast: object) -> None:
    for address in ALL:
        if address and not address.endswith("/"):
            response = public.get(f"/fr/{address}/")
            assert response.status_code == 301, address
            assert response["Location"] == f"/fr/{address}"


def test_pages_answer_before_anything_has_happened(public: Client, cast: object) -> None:
    for address in ("", "composition", "votes", "rounds/", "procedure", "charter", "record"):
        assert public.get(f"/ru/{address}").status_code == 200
    assert public.get("/composition.json").json() == {"session": None, "seats": []}
    assert public.get("/votes/founding.json").status_code == 404


def test_the_public_menu_leads_to_each_page(public: Client, seated: List) -> None:
    text = public.get("/fr/").content.decode()
    for address in ("composition", "rounds/", "votes", "charter", "procedure", "record"):
        assert f'href="/fr/{address}"' in text


def test_the_first_page_tells_seats_and_reserve_in_sentences_of_their_own(
    public: Client, seated: List
) -> None:
    page = public.get("/").content.decode()
    assert "15 seats" in page and "1/3 of the seats" in page
    assert "of them" not in page
    assert "<dt>Reserve for representatives of Russia" in page


def test_the_record_names_the_rules_in_words(public: Client, seated: List) -> None:
    page = public.get("/record").content.decode()
    assert "version 1.0 of the charter" in page and ">pace-2025/1.0<" not in page
