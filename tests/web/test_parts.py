"""The parts, the generic pages and the forms, drawn by Django's own engine."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.test import RequestFactory
from django.utils import translation

from hemicycle.record import clock, law
from hemicycle.web import charts
from hemicycle.web.desk import Due, Fact
from hemicycle.web.parts import Cell, Row, Stage, Task
from hemicycle.web.templatetags.house import charter_name, day, last_day, moment, remaining, until

from .drawing import draw

NOW = datetime(2027, 5, 1, 10, 0, tzinfo=UTC)


class Reply(forms.Form):
    once = forms.CharField(widget=forms.HiddenInput, initial="x" * 32)
    statement = forms.CharField(label="Statement", help_text="In any language", widget=forms.Textarea)
    since = forms.DateField(
        label="Since", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    choice = forms.ChoiceField(
        label="Choice", help_text="One", choices=[("a", "For"), ("b", "Against")], widget=forms.RadioSelect
    )
    evidence = forms.FileField(label="Evidence", required=False)
    sure = forms.BooleanField(label="I declare it")

    def clean(self) -> None:
        raise forms.ValidationError("The dates contradict each other")


ACT = {
    "title": "Reply",
    "verb": "Send the reply",
    "article": "6.4",
    "offices": ["Candidate"],
    "is_grave": True,
}
MATTER = {"title": "A. Candidate", "reference": "CAND-2027-014", "state_label": "Open", "url": "/m"}


def act_page(form: forms.Form, **context: Any) -> str:
    return draw('{% extends "web/act.html" %}', act=ACT, matter=MATTER, form=form, **context)


def test_every_error_of_the_summary_leads_to_its_field() -> None:
    page = act_page(Reply({"once": "x"}))
    summary = page[page.index('id="error-summary"') : page.index("<h1>")]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["form-errors", "id_statement", "id_choice_0", "id_sure"]
    for target in targets:
        assert f'id="{target}"' in page
    assert "<title>Error: Reply" in page


def test_label_hint_error_and_control_are_tied_together() -> None:
    page = act_page(Reply({"once": "x"}))
    described = re.search(r'<textarea[^>]*aria-describedby="([^"]+)"', page)
    assert described
    assert described.group(1).split() == ["id_statement_helptext", "id_statement_error"]
    for name in described.group(1).split():
        assert f'id="{name}"' in page
    assert 'aria-invalid="true"' in page
    assert '<fieldset aria-describedby="id_choice_helptext id_choice_error">' in page


def test_a_form_with_a_file_is_sent_as_one_and_only_optional_fields_say_so() -> None:
    page = act_page(Reply())
    assert 'enctype="multipart/form-data"' in page
    assert page.count("(optional)") == 2
    assert "error-summary" not in page
    assert page.count('name="once"') == 1


def test_a_choice_is_named_once() -> None:
    choices = re.findall(r'<label class="choice"[^>]*>.*?</label>', str(act_page(Reply())), re.S)
    assert [re.sub(r"<[^>]+>|\s+", " ", choice).split() for choice in choices] == [
        ["For"],
        ["Against"],
        ["I", "declare", "it"],
    ]


def test_a_date_keeps_the_form_that_the_browser_reads_in_every_language() -> None:
    for language in ("en", "fr", "ru"):
        with translation.override(language):
            assert 'type="date" name="since" value="2027-05-01"' in act_page(
                Reply(initial={"since": date(2027, 5, 1)})
            )


def test_a_grave_act_is_drawn_as_one_and_can_be_left() -> None:
    page = act_page(Reply())
    assert '<button class="button grave" type="submit">Send the reply</button>' in page
    assert '<a href="/m">Go back without doing this</a>' in page
    assert '<a href="/list">Go back' in draw(
        '{% extends "web/act.html" %}', act=ACT, form=Reply(), cancel_url="/list"
    )


def test_what_a_person_typed_is_never_markup() -> None:
    evil = "<script>x</script>"
    page = draw(
        '{% extends "web/matter.html" %}',
        title=evil,
        kind=evil,
        state_label=evil,
        matter={"reference": evil},
        matter_facts=[Fact(evil, evil, "ru")],
        acts_open=[{"title": evil, "url": evil}],
        acts_closed=[{"title": evil, "reason": evil, "article": evil}],
        steps=[Stage(evil, date=evil)],
        due=Due(evil, NOW, evil),
        history=[{"title": evil, "at": NOW, "office": evil, "article": evil, "note": evil}],
        crumbs=[{"label": evil}],
    )
    assert "<script>x" not in page
    assert page.count("&lt;script&gt;x") >= 14
    assert "&amp;lt;" not in page


def test_cells_attributes_and_captions_are_never_markup_either() -> None:
    evil = '"><script>x</script>'
    page = draw(
        '<c-table :columns="columns" :rows="rows" caption="{{ evil }}" />'
        '<c-notice title="{{ evil }}">ok</c-notice>'
        '<c-tasks :tasks="tasks" /><c-hemicycle :layout="layout" title="{{ evil }}" />',
        columns=[evil, evil],
        rows=[Row([evil, Cell(evil, url=evil)], id=evil), Row(["a", Cell(state_label=evil)])],
        tasks=[Task(evil, evil, evil, evil)],
        layout=charts.hemicycle([charts.SeatMark(1, evil)]),
        evil=evil,
    )
    assert "<script>" not in page
    assert "&amp;lt;" not in page


def test_a_text_in_another_language_says_which() -> None:
    page = draw('<c-summary :facts="facts" />', facts=[Fact("Name", "Ҕоһор", "sah"), Fact("Seat", 0)])
    assert '<dd lang="sah">Ҕоһор</dd>' in page
    assert "<dd>0</dd>" in page


def test_a_table_names_each_cell_for_the_phone_and_each_row_for_links() -> None:
    page = draw(
        '<c-table :columns="columns" :rows="rows" caption="Seats" />',
        columns=["Seat", "Name", "State"],
        rows=[Row(["5", Cell("Ada", url="/p"), Cell(state_label="sitting", state_kind="done")], id="seat-5")],
    )
    assert '<tr role="row" id="seat-5">' in page
    assert 'data-label="Name"><a href="/p">Ada</a>' in " ".join(page.split())
    assert 'data-label="State"' in page
    assert 'class="state done"' in page


def test_each_seat_of_the_chart_leads_to_its_row_and_shows_its_state_by_shape() -> None:
    seats = [
        charts.SeatMark(1, "Seat 1, Ada"),
        charts.SeatMark(2, "Seat 2, Bo, reserved", is_reserved=True),
        charts.SeatMark(3, "Seat 3, Cy, suspended", state="suspended"),
        charts.SeatMark(4, "Seat 4, vacant", state="vacant"),
    ]
    with translation.override("ru"):
        page = draw('<c-hemicycle :layout="layout" title="Места" />', layout=charts.hemicycle(seats))
    links = re.findall(r'<a href="#seat-(\d)".*?</a>', page, re.S)
    assert links == ["1", "2", "3", "4"]
    bodies = re.findall(r'<a href="#seat-\d".*?</a>', page, re.S)
    assert "<circle" in bodies[0]
    assert "<rect" in bodies[1]
    assert "slash" in bodies[2]
    assert "is-vacant" in bodies[3]
    # A decimal comma, as Russian writes it, would break every coordinate.
    assert not re.search(r'(cx|cy|r|x|y|width|height)="\d+,\d', page)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(days=2), "in 2 days"),
        (timedelta(days=2, seconds=-1), "in 47 hours"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(minutes=59, seconds=59), "in 59 minutes"),
        (timedelta(seconds=5), "in 1 minute"),
        (timedelta(0), "this time has passed"),
    ],
)
def test_nobody_is_told_of_more_time_than_there_is(ahead: timedelta, words: str) -> None:
    with clock.set_to(NOW):
        assert remaining(NOW + ahead) == words


def test_a_due_date_says_day_hour_zone_and_why() -> None:
    with clock.set_to(NOW):
        page = draw(
            '<c-due :due="due" />', due=Due("Closes", NOW + timedelta(days=3), "14 days from 20 April")
        )
    assert "4\xa0May\xa02027, 12:00\xa0CEST" in page
    assert "(in 3 days)" in page
    assert "14 days from 20 April" in page
    assert 'class="due"' in page
    with clock.set_to(NOW):
        assert 'class="due late"' in draw('<c-due :due="due" />', due=Due("Closed", NOW))


def test_days_are_written_as_each_language_writes_them() -> None:
    for language, words in (("en", "1 May 2027"), ("fr", "1er mai 2027"), ("ru", "1 мая 2027 года")):
        with translation.override(language):
            assert day(date(2027, 5, 1)) == words.replace(" ", "\xa0")
    with translation.override("fr"):
        assert day(date(2027, 5, 11)) == "11\xa0mai\xa02027"
    assert moment(None) == day(None) == ""


def test_pages_keep_the_filter() -> None:
    page = draw(
        '<c-pages :page="page" />',
        page=Paginator(range(30), 10).page(2),
        request=RequestFactory().get("/?state=open&page=2"),
    )
    assert 'href="?state=open&amp;page=1"' in page
    assert 'href="?state=open&amp;page=3"' in page


def test_an_empty_list_says_so() -> None:
    assert "There is nothing here yet." in draw('{% extends "web/list.html" %}', title="Lists", rows=[])


def test_a_refusal_says_what_happened_and_what_to_do() -> None:
    page = draw(
        '{% extends "web/error.html" %}',
        title="Not now",
        text="It is closed.",
        todo="Wait.",
        findings=["Quorum"],
    )
    for words in ("Not now", "It is closed.", "Wait.", "Quorum"):
        assert words in page


@pytest.mark.parametrize("name", ["404.html", "403_csrf.html", "500.html"])
def test_a_page_of_last_resort_needs_no_context_at_all(name: str) -> None:
    from django.template.loader import render_to_string

    page = render_to_string(name)
    assert page.count("<h1>") == 1
    assert '<html lang="en"' in page


def test_names_of_offices_and_articles_cost_one_question_however_long_the_history(
    cast: object, django_assert_max_num_queries: Any
) -> None:
    law.in_force()  # its text is read and parsed once per process
    for length in (2, 80):
        lines = [
            {"title": "Submitted", "at": NOW, "office": "secretariat", "article": "record.correct"}
        ] * length
        shell = {"platform": "P"}
        with django_assert_max_num_queries(1):
            page = draw('{% extends "web/matter.html" %}', shell=shell, matter={}, title="T", history=lines)
        assert page.count("<li>") >= length
        assert ">secretariat<" not in page


@pytest.mark.parametrize("template", ["web/list.html", "web/matter.html", "web/home.html"])
def test_a_page_asks_no_more_questions_when_its_lists_grow(
    cast: object, template: str, django_assert_max_num_queries: Any
) -> None:
    for length in (1, 100):
        context = {
            "title": "T",
            "matter": {"reference": "CAND-2027-014"},
            "columns": ["Name", "State"],
            "rows": [Row(["Ada", Cell(state_label="sitting")])] * length,
            "history": [{"title": "S", "at": NOW, "office": "secretariat", "article": "record.correct"}]
            * length,
            "waiting": [{"title": "W", "url": "/", "due": NOW}] * length,
        }
        with django_assert_max_num_queries(2):  # the law in force, for the shell and for the names
            page = render(RequestFactory().get("/en/x"), template, context).content.decode()
        assert page.count("<tr") + page.count("<li") > length


def test_what_ends_with_a_day_is_written_with_that_day() -> None:
    ends = datetime(2027, 9, 24, 22, 0, tzinfo=UTC)  # midnight in Strasbourg: the 25th begins
    assert until(ends) == "24\xa0September\xa02027, 24:00\xa0CEST"
    assert last_day(ends) == "24\xa0September\xa02027"
    assert until(NOW) == moment(NOW)
    assert until(None) == last_day(None) == ""


def test_a_charter_is_named_in_words() -> None:
    assert charter_name("pace-2025/1.1") == "version 1.1 of the charter"
    assert charter_name("") == "—"
