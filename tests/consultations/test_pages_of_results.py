"""The page of a result: of many, of few, of hardly any; and the statement that begins from it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.consultations import actions, drafts, queries, results
from hemicycle.consultations.models import Consultation
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.statements import actions as statements
from hemicycle.statements.models import Statement
from hemicycle.statements.queries import latest_text

from .. import seating
from ..cast import Cast
from ..texts.making import aside as set_aside
from . import making
from .browsing import form, text
from .making import MANY, NO, PASS, YES

LANGUAGES = ("", "/fr", "/ru")


@pytest.fixture
def of_many(cast: Cast) -> Consultation:
    row = making.opened(cast, seeds=MANY)
    making.camps(row, 120)
    return making.published(cast, row)


def test_a_result_of_many_shows_groups_ground_and_both_measures_and_becomes_a_draft(
    of_many: Consultation,
) -> None:
    row, told = of_many, of_many.result
    assert told["by"] == "groups" and told["supported"] and told["divides"]
    texts = {each.number: each for each in row.propositions.all()}
    for prefix in LANGUAGES:
        with CaptureQueriesContext(connection) as asked:
            page = text(Client(), f"{prefix}/consultations/{row.reference}/result/")
        assert len(asked) < 14, [q["sql"][:90] for q in asked]
        assert page.count('<rect class="square') == len(told["map"]["squares"])
        assert results.digest(told) in page
        # The sign for what is not shown is explained where it first stands; a number has the comma of its language.
        assert 0 < page.index("“·”" if not prefix else "«") < page.index('id="divides-title"')
        measure = f"{told['stability']['middle']:.2f}"
        assert (measure if not prefix else measure.replace(".", ",")) in page
        assert all(MANY[each["number"] - 1] in page for each in told["statements"])
        draft = text(Client(), f"{prefix}/consultations/{row.reference}/draft/")
        for number in told["supported"]:
            assert f"- {MANY[number - 1]} ({texts[number].reference})" in draft
        assert not [number for number in told["divides"] if MANY[number - 1] in draft]
        assert results.digest(told) in draft and row.reference in draft
    data = Client().get(f"/consultations/{row.reference}/result.json").content.decode()
    assert data == results.written(told)


def test_a_result_of_few_shows_positions_by_side_and_no_groups(cast: Cast) -> None:
    row = making.opened(cast)
    for one, value in enumerate([YES] * 10 + [NO] * 9 + [PASS] * 9):
        making.answer(row, f"person:{one}", [value, YES, YES if one else NO])
    making.published(cast, row)
    for prefix in LANGUAGES:
        page = text(Client(), f"{prefix}/consultations/{row.reference}/result/")
        assert row.result["by"] == "sides" and '<svg viewBox="0 0 720' not in page
        assert re.findall(r'class="number">([^<\s]+)', page)[:4] == ["10", "9", "·", "·"]
        assert not re.findall(r'class="number">[0-4]<', page)


def test_of_fewer_than_five_the_page_says_that_it_tells_nothing(cast: Cast) -> None:
    row = making.opened(cast)
    making.camps(row, 3)
    making.published(cast, row)
    page = text(Client(), f"/consultations/{row.reference}/result/")
    assert "fewer than 5 people answered" in page and "Too few answered" in page
    assert "nothing to say together" in text(Client(), f"/consultations/{row.reference}/draft/")


def test_the_table_of_answers_is_handed_out_only_where_the_charter_says_so(of_many: Consultation) -> None:
    path = f"/consultations/{of_many.reference}/votes.csv"
    assert Client().get(path).status_code == 404
    Consultation.objects.filter(pk=of_many.pk).update(result={**of_many.result, "matrix": {"sha256": "x"}})
    assert Client().get(path).content.decode() == of_many.matrix
    assert of_many.published_at is not None
    with clock.set_to(of_many.published_at + timedelta(days=91)):
        actions.tick()
        assert Client().get(path).status_code == 404


def test_whoever_sits_begins_a_statement_that_rests_on_the_result(of_many: Consultation, cast: Cast) -> None:
    row, seats = of_many, seating.participants(cast)
    client, draft = cast.client("nadia"), f"/consultations/{of_many.reference}/draft/"
    begin = client.get(draft)["Location"]
    assert begin.endswith(f"/begin_statement/?origin={row.reference}")
    shown = text(client, begin)
    digest = results.digest(row.result)
    assert f'<option value="{row.topic_id}" selected>' in shown and digest in shown
    assert f"{settings.ENV.origin}/consultations/{row.reference}/result/" in shown, "it may be read anywhere"
    body = drafts.draft_text(row, "en").replace("answered short", "replied to short")
    sent = client.post(begin, form(scope="signatories", topic=row.topic_id, text=body, language="en"))
    assert sent.status_code == 302, sent.content.decode()[:3000]
    said = Statement.objects.get()
    assert (said.origin, said.origin_digest, said.topic) == (row.reference, digest, row.topic)
    assert "replied to short" in latest_text(said), "everything can be changed"
    assert [each.mandate_id for each in said.movers.all()] == [seats[0].pk]
    facts = Entry.objects.get(matter=said.reference).facts
    assert (facts["origin"], facts["origin_digest"]) == (row.reference, digest)
    for prefix in LANGUAGES:
        page = text(client, f"{prefix}/matters/{said.reference}/")
        assert f'href="{prefix}/consultations/{row.reference}/result/"' in page and digest in page


def test_a_statement_rests_on_nothing_that_is_not_published(cast: Cast) -> None:
    seating.participants(cast)
    few = making.opened(cast)
    begin = "/matters/new/statements/begin_statement/?origin="
    for origin in (few.reference, "CONS-0000", "STMT-1", "x"):
        assert cast.client("nadia").get(f"{begin}{origin}").status_code == 404, origin
    with pytest.raises(Unmet, match="not public"):
        statements.begin_statement(
            Statement(scope="all", origin=few.reference),
            cast.actor("nadia"),
            text="Title\n\nText.",
            language="en",
        )
    assert not Statement.objects.exists()


def test_whoever_does_not_sit_reads_the_draft_and_begins_nothing(of_many: Consultation, cast: Cast) -> None:
    draft = f"/consultations/{of_many.reference}/draft/"
    for client in (Client(), cast.client("luca"), cast.client("anna")):
        assert of_many.reference in text(client, draft)
    begin = f"/matters/new/statements/begin_statement/?origin={of_many.reference}"
    assert cast.client("luca").get(begin).status_code == 404


def test_a_proposition_that_is_set_aside_stands_neither_in_the_result_nor_in_the_draft(
    of_many: Consultation, cast: Cast
) -> None:
    number = of_many.result["supported"][0]
    proposition = of_many.propositions.get(number=number)
    assert MANY[number - 1] in text(Client(), f"/consultations/{of_many.reference}/result/")
    set_aside(cast, queries.written(proposition))
    for path in ("", "result/", "draft/"):
        page = text(Client(), f"/consultations/{of_many.reference}/{path}")
        assert MANY[number - 1] + "<" not in page and MANY[number - 1] + " (" not in page, path
    assert f"{number}. set aside" in text(Client(), f"/consultations/{of_many.reference}/result/")
