"""The procedure book, the charter, the record: what is printed is what decides."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from hemicycle.composition.models import List
from hemicycle.gallery import book, register, released
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import actions, clock, law
from hemicycle.record.models import CharterVersion, Correction, Entry
from hemicycle.rules.procedure import Publicity
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote
from hemicycle.web import desk

from ..candidacy import making as candidacy_making
from ..cast import Cast
from ..composition.making import Round
from ..voting.conftest import new_vote, roll_of
from .conftest import Correct


def text(public: Client, address: str) -> str:
    return unescape(public.get(address).content.decode())


def test_the_book_prints_every_row_of_every_table(public: Client, cast: Cast) -> None:
    tables = book.tables()
    assert {table.room for table in tables} >= {
        "record",
        "people",
        "candidacy",
        "vetting",
        "composition",
        "voting",
    }
    for language, prefix in (("en", ""), ("fr", "/fr"), ("ru", "/ru")):
        page = text(public, f"{prefix}/procedure")
        rows = page.count('<th scope="row"')
        assert rows == sum(len(table.steps) for table in tables)
        with override(language):
            for table in tables:
                assert str(table.title) in page
                for step in table.steps:
                    assert str(step.title or step.act) in page, (language, step.act)
        assert f'href="{prefix}/charter#art-7-4"' in page


def test_the_book_begins_with_the_path(public: Client, cast: Cast) -> None:
    assert set(book.CHAPTERS) == {table.room for table in book.tables()}
    page = text(public, "/procedure")
    rooms = ["candidacy", "vetting", "composition", "voting", "mandates", "suspension", "people", "record"]
    places = [page.index(f'id="room-{room}"') for room in rooms]
    assert places == sorted(places)


def test_every_article_of_the_book_has_its_place_in_the_charter(public: Client, found: Round) -> None:
    charter = law.in_force()
    page = text(public, "/charter")
    for chapter in charter.chapters:
        for article in chapter.articles:
            assert page.count(f'id="{book.anchor(article.number)}"') == 1
    assert desk.article_url("7.4") == "/charter#art-7-4"
    with override("ru"):
        assert desk.article_url("7.4") == "/ru/charter#art-7-4"


def test_the_charter_shows_words_marks_and_numbers(public: Client, found: Round) -> None:
    page = text(public, "/charter")
    assert "The platform has 15 seats." in page
    for mark in ("stated", "reported", "placeholder"):
        assert f">{mark}</strong>" in page
    assert "seats.total" in page and "periods.reply_days" in page
    assert "This is a translation." not in page and "This is a translation." not in text(
        public, "/fr/charter"
    )
    assert "Это перевод." in text(public, "/ru/charter")
    assert "{" not in page.split("<main")[1].split("</main>")[0]


def test_an_older_version_stays_readable_and_says_so(public: Client, found: Round) -> None:
    now = CharterVersion.objects.get()
    newer = now.text.replace('version = "1.0"', 'version = "1.1"')
    assert newer != now.text
    CharterVersion.objects.create(
        reference="pace-2025/1.1", text=newer, prose=now.prose, digest="f" * 64, in_force_from=clock.now()
    )
    assert "pace-2025/1.1" in text(public, "/charter")
    old = text(public, "/charter/pace-2025/1.0")
    assert "a later one has replaced it" in old and "The platform has 15 seats." in old
    assert public.get("/charter/pace-2025/9.9").status_code == 404


def test_a_version_that_is_not_adopted_is_not_public(public: Client, found: Round) -> None:
    now = CharterVersion.objects.get()
    CharterVersion.objects.create(
        reference="pace-2025/1.1", text=now.text, digest="f" * 64, in_force_from=None
    )
    assert public.get("/charter/pace-2025/1.1").status_code == 404
    assert "pace-2025/1.1" not in text(public, "/charter")


def test_raw_html_of_a_charter_is_never_html(public: Client, found: Round) -> None:
    now = CharterVersion.objects.get()
    prose = {
        code: words + "\n\n<script>alert(1)</script> [x](javascript:y)" for code, words in now.prose.items()
    }
    CharterVersion.objects.create(
        reference="pace-2025/1.1", text=now.text.replace('version = "1.0"', 'version = "1.1"'), prose=prose,
        digest="e" * 64, in_force_from=clock.now(),
    )  # fmt: skip
    page = public.get("/charter").content.decode()
    assert "<script>alert" not in page and 'href="javascript' not in page
    assert "&lt;script&gt;" in page


# --- the record -----------------------------------------------------------------------------------------------------


def test_the_record_holds_public_and_released_entries_and_no_others(public: Client, seated: List) -> None:
    shown = {(entry.room, entry.act) for entry in released.entries()}
    kinds = {(table.room, step.act): step.publicity for table in book.tables() for step in table.steps}
    assert {kinds[key] for key in shown} == {Publicity.PUBLIC, Publicity.ON_RELEASE}
    assert ("composition", "confirm_release") in shown and ("voting", "close") in shown
    hidden = Entry.objects.exclude(number__in=released.entries().values("number"))
    assert {entry.publicity for entry in hidden} <= {"house", "sealed", "on_release"}
    assert Counter(entry.act for entry in released.entries())["begin"] == 15


def test_the_record_is_read_page_by_page(public: Client, seated: List) -> None:
    first = text(public, "/record")
    assert first.count('data-label="When"') <= register.PAGE
    total = register.shown().count()
    second = text(public, "/record?page=2") if total > register.PAGE else ""
    assert first.count('data-label="When"') + second.count('data-label="When"') == total
    assert public.get("/record?page=zero").status_code == 200


def test_ballots_of_one_vote_and_day_are_one_line(public: Client, found: Round) -> None:
    voters = [found.cast.persons[key] for key in ("henri", "ilse", "katia", "luca")]
    vote = new_vote(subject="", body="assembly", manner="written")
    voting.call_vote(vote, found.by("anna"), roll=roll_of(voters, "member"))
    voting.open_vote(vote, found.by("anna"))
    for voter in voters[:3]:
        voting.cast(vote, people.actor(voter), choice="for")
    voting.change(vote, people.actor(voters[0]), choice="against")
    with clock.set_to(clock.now() + timedelta(days=1)):
        voting.cast(vote, people.actor(voters[3]), choice="for")
        assert "ballot" not in text(public, "/record")  # nothing of a vote that runs
        voting.close(vote, found.by("anna"))
        page = text(public, "/record").split("<main")[1]
        acts = [row.act for row in register.shown() if row.matter == vote.reference]
        assert released.entries().filter(matter=vote.reference).count() == 6
    assert acts == ["close", "cast", "change", "cast"]
    rows = [row for row in page.split("<tr") if vote.reference in row]
    told = [
        (words, "9\u00a0February" in row)
        for row in rows
        for words in re.findall(r"\d+ ballots?(?: changed)?<", row)
    ]
    assert told == [("1 ballot<", False), ("1 ballot changed<", True), ("3 ballots<", True)]
    folded = [row for row in rows if "ballot" in row]
    assert not any(re.search(r"\d\d:\d\d\b[^\"]*</time>", row) for row in folded)
    assert f"/votes/{vote.reference}" in folded[0]


def test_sealed_acts_are_counted_by_day_only_after_the_call_has_closed(
    public: Client, cast: Cast, settings
) -> None:
    settings.DEMONSTRATION = True
    call = candidacy_making.call(cast)
    for key in ("nadia", "oleg"):
        candidacy_making.submitted(call, cast.persons[key])
    many = Entry.objects.filter(publicity="sealed").count()
    assert many >= 10
    charter = law.in_force()
    with clock.set_to(call.closes_at - timedelta(seconds=1)):
        assert register.daily_totals(charter) == []
        assert "Number of acts" not in text(public, "/record")
    with clock.set_to(call.closes_at):
        assert [(t.on.isoformat(), t.number) for t in register.daily_totals(charter)] == [
            ("2027-02-09", many)
        ]
        page = text(public, "/record")
        assert f'<td role="cell" class="number">{many}</td>' in page
        for row in call.candidacies.all():
            assert row.reference not in page


def test_a_day_with_few_sealed_acts_reads_as_a_day_without(public: Client, cast: Cast, settings) -> None:
    settings.DEMONSTRATION = True
    call = candidacy_making.call(cast)
    candidacy_making.draft(call, cast.nadia)
    assert 1 <= Entry.objects.filter(publicity="sealed").count() < 5
    with clock.set_to(call.closes_at + timedelta(days=1)):
        assert register.daily_totals(law.in_force()) == []
        assert "fewer than 5" in text(public, "/record")


def test_today_is_not_counted_while_it_runs(cast: Cast, settings) -> None:
    settings.DEMONSTRATION = True
    call = candidacy_making.call(cast)
    with clock.set_to(call.closes_at + timedelta(hours=1)):
        today = clock.today()
        assert register.last_counted_day() == today - timedelta(days=1)


def test_the_record_does_not_print_the_numbers_of_entries(public: Client, seated: List) -> None:
    before = text(public, "/record").split("<main")[1].split("</main>")[0]
    number = released.entries().first().number
    assert number > 40
    assert f">{number}<" not in before


def test_a_correction_is_in_the_record_from_its_publication(
    public: Client, seated: List, correct: Correct
) -> None:
    correct(seated.reference, "reasons", "Balance.", "Better.", language="en")
    page = text(public, "/record")
    assert "Publish the correction" in page and "Draft a correction" in page


def test_pages_ask_no_more_questions_when_there_are_more_rows(
    public: Client, seated: List, found: Round
) -> None:
    def ask() -> dict[str, int]:
        counts = {}
        for address in ("/", "/composition", "/votes", "/rounds/", "/rounds/2027/sheet", "/record"):
            with CaptureQueriesContext(connection) as queries:
                assert public.get(address).status_code == 200
            counts[address] = len(queries)
        return counts

    def correct(mandate: Mandate) -> None:
        row = Correction(subject=mandate.reference, field="name", old_text="a", new_text="b", ground="c")
        actions.draft_correction(row, found.by("anna"))
        actions.publish_correction(row, found.by("bruno"))

    first, *others = Mandate.objects.all()[:7]
    correct(first)
    before = ask()
    for mandate in others:
        correct(mandate)
    for number in range(6):
        vote = Vote(
            subject=seated.reference if number % 2 else "",
            body="assembly",
            held_on=clock.today(),
            question_en="?",
            question_fr="?",
            question_ru="?",
        )
        voting.record_elsewhere(vote, found.by("anna"), form="no_objection", source="A")
        voting.confirm_elsewhere(vote, found.by("bruno"))
    assert ask() == before
