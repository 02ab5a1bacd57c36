"""The composer's page: marks and reasons for the seats as they are, and what its buttons find. Nothing is written there."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from importlib import import_module

import pytest
from django.test import Client

from hemicycle.candidacy.models import Candidacy, Slate
from hemicycle.composition import actions, queries
from hemicycle.composition.models import List
from hemicycle.people import queries as people
from hemicycle.record.models import Entry
from hemicycle.vetting.models import Examination

from . import making
from .making import Round, made

LANGUAGES = ("", "/fr", "/ru")


def fields(rows: Sequence[Candidacy], reserved: int = 0, **more: object) -> dict[str, object]:
    """The form with these people on the first seats, the first so many of them reserved."""
    found: dict[str, object] = {f"seat_{number}": row.reference for number, row in enumerate(rows, 1)}
    found |= {f"reserved_{number}": "on" for number in range(1, reserved + 1)}
    return {**found, "once": uuid.uuid4().hex, **more}


def page(client: Client, list_: List, look: str, prefix: str = "", **given: object) -> str:
    """The whole page, as somebody without script gets it."""
    answer = client.post(f"{prefix}/matters/{list_.reference}/compose/", {**given, "look": look})
    assert answer.status_code == 200, answer.content.decode()[:1500]
    return answer.content.decode()


def part(client: Client, list_: List, look: str, **given: object) -> str:
    answer = client.post(f"/lists/{list_.reference}/look/", {**given, "look": look})
    assert answer.status_code == 200 and "<html" not in answer.content.decode()
    return answer.content.decode()


def taken_from(text: str) -> list[dict[str, str]]:
    """The hidden fields of each way that the page offers."""
    forms = re.findall(r'<form method="post" action="[^"]+/compose/".*?</form>', text, re.S)
    return [dict(re.findall(r'name="((?:seat|reserved)_\d+)" value="([^"]+)"', one)) for one in forms]


def slate(found: Round, rows: Sequence[Candidacy]) -> None:
    """These people came on one joint slate."""
    one = Slate.objects.create(
        call=found.call, presenter=rows[0].person, organisation="Free Rivers", language="en", **made("SLAT")
    )
    Candidacy.objects.filter(pk__in=[row.pk for row in rows]).update(slate=one)


def test_the_page_shows_the_pool_by_name_and_what_each_declared(found: Round) -> None:
    slate(found, found.others[:3])
    list_ = making.composed(found, total=3, reserved=2)
    text = found.cast.client("greta").get(f"/matters/{list_.reference}/compose/").content.decode()
    names = re.findall(r'data-name="([^"]+)"', text)
    assert names == sorted(names, key=str.casefold) and len(names) == len(found.rows)
    assert text.count("Free Rivers") >= 3 and "style=" not in text
    for absent in ("equal shares", "proportional", "Phragm", "by lot", "endorse"):
        assert absent not in text, "not foreseen by the charter"
    assert not queries.methods_of(list_).fair_lot and not queries.methods_of(list_).proportional_choice


def test_where_people_live_stands_there_only_where_a_rule_speaks_of_it(found: Round) -> None:
    row = found.others[0]
    row.residence = "LT"
    row.save()
    list_ = making.draft(found)
    text = found.cast.client("greta").get(f"/matters/{list_.reference}/compose/").content.decode()
    assert 'name="residence"' not in text and "data-residence" not in text and "Lithuania" not in text


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_filter_in_the_address_shows_who_declared_it(found: Round, prefix: str) -> None:
    list_ = making.draft(found)
    client = found.cast.client("greta")
    text = client.get(f"{prefix}/matters/{list_.reference}/compose/?reserve=yes").content.decode()
    shown = re.findall(r'data-person="([^"]+)"[^>]*?(hidden)?>', text)
    assert {name for name, hidden in shown if not hidden} == {row.reference for row in found.declared}
    kept = page(client, list_, "filter", prefix, reserve="no", **fields(found.others[:2]))
    assert f'<option value="{found.others[1].reference}" selected>' in kept, "what is not saved is kept"
    assert "data-unsaved" in kept and not list_.seats.exists()


def test_looking_writes_nothing_and_is_the_presidents_alone(found: Round) -> None:
    list_ = making.draft(found)
    before = Entry.objects.count()
    president = found.cast.client("greta")
    for look in ("check", "complete", "mend", "alternatives", "explain", "take", "nonsense"):
        page(president, list_, look, **fields(found.rows[:6], 4))
        part(president, list_, look, **fields(found.rows[:6], 4))
    list_.refresh_from_db()
    assert (Entry.objects.count(), list_.version, list_.seats.count()) == (before, 1, 0)
    for key in ("anna", "henri", "jonas", "quiet"):
        client = found.cast.client(key)
        for path in ("look", "marks", "keep"):
            answer = client.post(f"/lists/{list_.reference}/{path}/", fields(found.rows[:2], look="mend"))
            assert answer.status_code == 404
        assert client.post(f"/matters/{list_.reference}/compose/", {"look": "mend"}).status_code == 404
    assert president.get(f"/lists/{list_.reference}/look/").status_code == 404
    making.released(found, making.composed(found))
    gone = queries.visible_to(found.by("greta")).get(state="before_bureau")
    assert president.post(f"/lists/{gone.reference}/look/", {"look": "mend"}).status_code == 404


def test_why_not_names_the_rule_its_number_and_its_article(found: Round) -> None:
    slate(found, found.others[:5])
    list_ = making.draft(found)
    chosen = [*found.others[:3], *found.others[5:12]]  # ten others: five seats are left for the reserve
    text = (
        found.cast.client("greta").post(f"/lists/{list_.reference}/marks/", fields(chosen)).content.decode()
    )
    said = {
        name: " ".join(re.findall(r"<p>(.*?)</p>", item, re.S))
        for names, item in re.findall(r'<li data-people="([^"]+)">(.*?)</li>', text, re.S)
        for name in names.split()
    }
    capped, barred = found.others[3].reference, found.others[12].reference
    assert "over by 1, article 4.6" in said[capped] and "Free Rivers" in said[capped]
    assert "not to be reached any more, article 4.2" in said[barred]
    assert not {row.reference for row in found.declared} & set(said), "nothing when nothing"


def test_four_reserved_of_fifteen_are_mended_taken_and_saved(found: Round) -> None:
    list_ = making.draft(found)
    client = found.cast.client("greta")
    sent = fields([*found.declared[:4], *found.others[:11]], 4)
    assert "short by 1, article 4.2" in page(client, list_, "check", **sent)
    (way,) = taken_from(page(client, list_, "mend", **sent))
    now = {sent[f"seat_{n}"] for n in range(1, 16)}
    then = {way[f"seat_{n}"] for n in range(1, 16)}
    assert len(now - then) == len(then - now) == 1, "one exchange"
    filled = page(client, list_, "take", once=uuid.uuid4().hex, **way)
    assert "5 of 15 reserved: met" in filled and not list_.seats.exists()
    answer = client.post(f"/matters/{list_.reference}/compose/", {**way, "once": uuid.uuid4().hex})
    assert answer.status_code == 302
    assert queries.judge(list_).met and list_.seats.count() == 15


def test_a_seated_person_who_declared_is_marked_and_nobody_leaves(found: Round) -> None:
    list_ = making.draft(found)
    sent = fields([*found.declared[:5], *found.others[:10]], 4)
    text = part(found.cast.client("greta"), list_, "mend", **sent)
    (way,) = taken_from(text)
    assert "The same people" in text and [n for n in range(1, 16) if f"reserved_{n}" in way] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_mending_takes_the_succession_list_first(found: Round) -> None:
    list_ = making.composed(found, reserved=4, accept=False)
    spare = found.declared[7]
    actions.order_succession(list_, found.by("greta"), reserve=[spare])
    (way,) = taken_from(
        part(
            found.cast.client("greta"), list_, "mend",
            **fields([seat.candidacy for seat in list_.seats.all()], 4),
        )
    )  # fmt: skip
    assert spare.reference in way.values()


def test_three_ways_finish_a_list_and_hold_everybody_who_sits(found: Round) -> None:
    list_ = making.draft(found)
    client = found.cast.client("greta")
    against, declined = found.others[12], found.others[11]
    Examination.objects.filter(candidacy=against).update(opinion="not_met")
    actions.decline(making.ask(found, declined), people.actor(declined.person))
    sent = fields(found.others[:6])
    for look in ("complete", "alternatives"):
        ways = taken_from(part(client, list_, look, **sent))
        assert len(ways) == 3
        for way in ways:
            names = {value for name, value in way.items() if name.startswith("seat")}
            assert len(names) == 15 and {row.reference for row in found.others[:6]} <= names
            assert sum(name.startswith("reserved") for name in way) == 5
            assert not {against.reference, declined.reference} & names


def test_why_no_list_is_possible_is_said_with_the_cheapest_changes(found: Round) -> None:
    list_ = making.draft(found)
    client = found.cast.client("greta")
    assert "A list is possible" in part(client, list_, "explain")
    stuck = part(client, list_, "explain", **fields(found.others[:11]))
    assert "With the people who sit now" in stuck and "article 4.2" in stuck and "never relaxed" in stuck
    slate(found, [*found.declared, *found.others[:8]])
    capped = part(client, list_, "explain")
    assert "Whoever sits" in capped and "article 4.6" in capped
    assert re.search(r"at most \d+ instead of 3", capped)
    assert "instead of 5" not in capped, "the reserve is statutory"
    assert "There are no others that are as small" in capped and "no larger" not in capped


def test_an_alternative_is_kept_as_a_draft_of_its_own(found: Round) -> None:
    list_ = making.draft(found)
    client = found.cast.client("greta")
    way = taken_from(part(client, list_, "alternatives", **fields(found.others[:2])))[1]
    sent = {**way, "keep": "B", "once": uuid.uuid4().hex}
    for _twice in range(2):
        assert client.post(f"/lists/{list_.reference}/keep/", sent).status_code == 302
    copy = List.objects.exclude(pk=list_.pk).get()
    assert copy.copied_from == list_ and copy.seats.count() == 15 and copy.name.endswith("· B")
    assert list(Entry.objects.filter(matter=copy.reference).values_list("act", flat=True)) == [
        "draft",
        "compose",
    ]
    assert not list_.seats.exists()


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_button_answers_in_each_language(found: Round, prefix: str) -> None:
    list_ = making.draft(found)
    for look in ("check", "complete", "mend", "alternatives", "explain"):
        text = page(found.cast.client("greta"), list_, look, prefix, **fields(found.rows[:3], 3))
        assert "style=" not in text


def test_what_is_not_saved_is_kept_when_saving_is_refused(found: Round) -> None:
    list_ = making.draft(found)
    client = found.cast.client("greta")
    address = f"/matters/{list_.reference}/compose/"
    sent = fields([found.others[0], found.others[0]], seen=list_.version)
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert refused.content.decode().count(f'<option value="{found.others[0].reference}" selected>') == 2
    actions.compose(list_, found.by("greta"), seats=[])
    stale = client.post(address, fields(found.others[:1], seen=1))
    assert stale.status_code == 409 and "data-unsaved" in stale.content.decode()
    assert f'<option value="{found.others[0].reference}" selected>' in stale.content.decode()
    assert not list_.seats.exists()


def test_lists_side_by_side_show_each_rule_and_who_is_not_on_the_first(found: Round) -> None:
    making.composed(found, reserved=4, accept=False)
    second = making.draft(found, "Second draft")
    seats = [actions.Chosen(1, found.declared[7], True), actions.Chosen(2, found.others[0])]
    actions.compose(second, found.by("greta"), seats=seats)
    text = found.cast.client("greta").get("/lists/").content.decode()
    table = text[text.index("The rules, list by list") :].split("</table>")[0]
    assert "short by 1, article 4.2" in table and "From one organisation" in table
    newest, older = table[table.index("Not on the first list") :].split("<td")[1:]
    assert "Invented" not in newest and found.others[1].person.name in older
    assert found.others[0].person.name not in older, "on both"


def test_a_page_does_not_wait_for_a_search_and_says_so(found: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("hemicycle.composition.views.found"), "SECONDS", 0.0)
    monkeypatch.setattr(import_module("hemicycle.composition.queries.board"), "MARKS_SECONDS", 0.0)
    list_ = making.composed(found, total=3, reserved=2)
    client, sent = found.cast.client("greta"), fields(found.others[:3], look="complete")
    for look in ("complete", "mend", "alternatives", "explain"):
        assert "Not found in the time that a page has." in page(
            client, list_, look, **fields(found.others[:3])
        )
    marked = client.post(f"/lists/{list_.reference}/marks/", sent).content.decode()
    assert "short by 5, article 4.2" in marked, "the marks cost no search"


def test_a_strange_reference_in_the_form_is_nobody(found: Round) -> None:
    list_ = making.draft(found)
    text = part(found.cast.client("greta"), list_, "complete", seat_1="CAND-22222222", seat_2="'\"<script>")
    assert len(taken_from(text)) == 3 and "<script>" not in text
