"""Statements of invited bodies are answered like adverse points (procedure 2.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy, CounterStatement
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Letter
from hemicycle.record import clock, references
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions, desks
from hemicycle.vetting.models import AdversePoint, Examination
from hemicycle.vetting.pages import point_facts

from ..cast import Cast
from . import making
from .test_pages import send

pytestmark = pytest.mark.django_db


def spoken_of(examination: Examination, cast: Cast) -> CounterStatement:
    """An invited body has given its statement; whoever speaks for it and the candidate are told."""
    candidacy = examination.candidacy
    candidacy.refresh_from_db()
    candidacies.agree_to_counter_statements(candidacy, cast.actor("nadia"))
    notices.tick()
    asked = CounterStatement(
        candidacy=candidacy, invited=cast.quiet, body="A council", due_at=clock.now() + timedelta(days=14)
    )
    candidacies.invite_body(asked, cast.actor("anna"))
    candidacies.give_counter_statement(
        asked, cast.actor("quiet"), statement_text="Она хвалила.", language="ru"
    )
    notices.tick()
    told = set(Letter.objects.filter(about=asked.reference).values_list("person__reference", "kind"))
    assert told == {(cast.quiet.reference, "answer_wanted"), (cast.nadia.reference, "file_added")}
    return asked


def test_the_statement_of_an_invited_body_is_answered_like_a_point(
    examination: Examination, cast: Cast
) -> None:
    asked = spoken_of(examination, cast)
    first, second = (making.actor_of(r) for r in making.readings(examination))
    actions.draft_opinion(examination, first, opinion="met", text="Met.", language="en")
    actions.agree(examination, second)
    with pytest.raises(Unmet, match="invited body"):
        actions.give_opinion(examination, first)
    examination.refresh_from_db()
    assert (examination.state, examination.opinion) == ("agreeing", "")
    (waits,) = [w for w in desks.waiting(cast.actor("anna")) if asked.reference in str(w.title)]
    client = cast.client("anna")
    page = client.get(waits.url).content.decode()
    assert "Она хвалила." in page and asked.reference in page
    form = {"key": "public_opposition", "substance": "Она хвалила.", "evidence": "A council"}
    send(client, waits.url, **form, language="ru", counter_statement=asked.reference)
    point = AdversePoint.objects.get(counter_statement=asked.reference)
    assert not [w for w in desks.waiting(cast.actor("anna")) if asked.reference in str(w.title)]
    assert "A council" in {fact.value for fact in point_facts(point, cast.actor("nadia"))}
    with pytest.raises(Unmet, match="Independent sources"):
        actions.notify_point(point, cast.actor("anna"))
    form = client.get(f"/matters/{point.reference}/add_source/").content.decode()
    assert 'value="A council"' in form and f'value="{asked.reference}" selected' in form
    statement = {"exhibit": asked.reference, "obtained_by": "secretariat", "digest": "", "archived_at": ""}
    making.source(point, cast.actor("anna"), origin="A council", **statement)
    making.source(point, cast.actor("anna"), origin="The newspaper", obtained_by="secretariat")
    actions.notify_point(point, cast.actor("anna"))
    with pytest.raises(Unmet, match="still runs"):
        actions.give_opinion(examination, first)
    actions.reply(point, cast.actor("nadia"), text="Нет.", language="ru")
    actions.answer_point(point, second, upheld=False, reasons="It is not shown.", language="en")
    actions.give_opinion(examination, first)
    assert examination.opinion == "met"


def test_a_statement_on_which_nothing_rests_is_dropped_with_reasons_and_none_comes_after_the_opinion(
    examination: Examination, cast: Cast
) -> None:
    asked = spoken_of(examination, cast)
    first, second = (making.actor_of(r) for r in making.readings(examination))
    late = CounterStatement(
        candidacy=examination.candidacy,
        invited=cast.quiet,
        body="Another",
        due_at=clock.now() + timedelta(days=9),
    )
    candidacies.invite_body(late, cast.actor("anna"))
    point = AdversePoint(examination=examination)
    actions.raise_point(
        point, first, key="exile", substance="Она хвалила.", evidence="A council", language="ru",
        counter_statement=asked.reference,
    )  # fmt: skip
    actions.drop_point(point, second, reasons="No criterion asks this.", language="en")
    actions.draft_opinion(examination, first, opinion="met", text="Met.", language="en")
    actions.agree(examination, second)
    actions.give_opinion(examination, first)
    assert examination.opinion == "met"
    late.refresh_from_db()
    with pytest.raises(Unmet, match="any more"):
        candidacies.give_counter_statement(late, cast.actor("quiet"), statement_text="Поздно.", language="ru")
    late.refresh_from_db()
    assert (late.state, late.statement) == ("invited", "")


def test_after_the_opinion_no_point_is_raised_or_put_to_the_person(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    first, second = (making.actor_of(r) for r in making.readings(examination))
    seen = AdversePoint(examination=Examination.objects.get(pk=examination.pk))  # the page of a while ago
    actions.draft_opinion(examination, first, opinion="met", text="Met.", language="en")
    actions.agree(examination, second)
    actions.give_opinion(examination, first)
    said = {"key": making.KEY, "substance": "Колонка.", "evidence": "2016 год.", "language": "ru"}
    entries = Entry.objects.count()
    with pytest.raises(Unmet, match="After the opinion"):
        actions.raise_point(seen, second, **said)
    assert not AdversePoint.objects.exists()
    left = AdversePoint.objects.create(
        examination=examination, raised_by=cast.anna, state="raised", reference=references.new("PONT"),
        created_at=clock.now(), **said,
    )  # fmt: skip
    with pytest.raises(Unmet, match="After the opinion"):
        actions.notify_point(left, cast.actor("anna"))
    left.refresh_from_db()
    assert (left.state, left.notified_at) == ("raised", None)
    assert Entry.objects.count() == entries
