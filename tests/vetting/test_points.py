"""Adverse points: notice, reply, more time, silence, answers; the story of a point reversed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, desks, queries
from hemicycle.vetting.models import AdversePoint, Examination, OutcomeLetter
from hemicycle.vetting.pages import point_facts

from ..cast import Cast
from . import making

pytestmark = pytest.mark.django_db


def test_a_point_answered_and_dropped_ends_in_met(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    assert examination.standing(clock.now()) == "replying"
    first, second = making.readings(examination)
    actions.reply(point, cast.actor("nadia"), text="Колонку написал однофамилец.", language="ru", helped=True)
    actions.translate_reply(
        point, cast.actor("anna"), text="A namesake wrote it.", translator="Irina Dovlatova", language="en"
    )
    actions.answer_point(
        point,
        making.actor_of(second),
        upheld=False,
        reasons="The archive confirms the namesake.",
        language="en",
    )
    assert point.state == "dropped"
    assert not queries.open_points(examination.candidacy).exists()
    actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="All met.", language="en")
    actions.agree(examination, making.actor_of(second))
    actions.give_opinion(examination, making.actor_of(second))
    assert (examination.state, examination.opinion) == ("concluded", "met")
    assert list(queries.answered_points(examination.candidacy)) == [point]
    assert examination.candidacy in queries.eligible(examination.candidacy.call)
    assert not queries.is_not_met(examination.candidacy)
    found = queries.counts(examination.candidacy.call)
    assert (found["points"], found["points_dropped"], found["met"]) == (1, 1, 1)


def test_the_person_is_told_in_the_own_language_by_a_named_translator(
    examination: Examination, cast: Cast
) -> None:
    point, clerk = making.raised(examination), cast.actor("anna")
    with pytest.raises(Unmet, match="translation"):
        actions.notify_point(point, clerk)
    point.refresh_from_db()
    assert (point.state, point.notified_at) == ("raised", None)
    assert not queries.visible_points(cast.actor("nadia")).exists()
    with pytest.raises(Unmet):
        actions.translate_point(point, clerk, substance="Текст", evidence="Текст", translator="")
    making.put(point, cast)
    assert point.substance == "A column praised the annexation."
    assert point.substance_translated == "Колонка одобряла аннексию."
    assert queries.visible_points(cast.actor("nadia")).get() == point
    assert not queries.visible_points(cast.actor("oleg")).exists()


def test_a_point_in_the_persons_language_needs_no_translation(examination: Examination, cast: Cast) -> None:
    point = AdversePoint(examination=examination)
    actions.raise_point(
        point,
        cast.actor("anna"),
        key="exile",
        substance="Живёт в стране.",
        evidence="Запись 2026 года.",
        language="ru",
    )
    for origin in ("A register", "A newspaper"):
        making.source(point, cast.actor("anna"), origin=origin, obtained_by="secretariat")
    actions.notify_point(point, cast.actor("anna"))
    assert point.state == "notified"


def test_the_time_to_reply_is_the_charters_and_ends_with_a_day(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    assert point.reply_due is not None
    assert point.reply_due - clock.now() > timedelta(days=14)
    assert point.reply_due - clock.now() <= timedelta(days=15)


def test_nobody_gives_an_opinion_while_the_time_to_reply_runs(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    first, second = making.readings(examination)
    actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="Met.", language="en")
    actions.agree(examination, making.actor_of(second))
    with pytest.raises(Unmet, match="still runs"):
        actions.give_opinion(examination, making.actor_of(first))
    actions.reply(point, cast.actor("nadia"), text="Нет.", language="ru")
    with pytest.raises(Unmet, match="not answered"):
        actions.give_opinion(examination, making.actor_of(first))
    examination.refresh_from_db()
    assert (examination.state, examination.opinion) == ("agreeing", "")


def test_nobody_answers_before_the_reply_or_its_end(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    with pytest.raises(OutOfOrder):
        actions.answer_point(
            point, making.actor_of(making.readings(examination)[0]), upheld=True, reasons="So.", language="en"
        )
    point.refresh_from_db()
    assert point.state == "notified"


def test_silence_is_no_admission_and_is_answered_with_reasons(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    first, second = making.readings(examination)
    with clock.set_to(clock.now() + timedelta(days=15)):
        assert point.standing(clock.now()) == "reply_over"
        with pytest.raises(OutOfOrder):
            actions.reply(point, cast.actor("nadia"), text="Поздно.", language="ru")
        actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="Met.", language="en")
        actions.agree(examination, making.actor_of(second))
        with pytest.raises(Unmet, match="not answered"):
            actions.give_opinion(examination, making.actor_of(first))
        with pytest.raises(Unmet):
            actions.answer_point(point, making.actor_of(first), upheld=True, reasons=" ", language="en")
        actions.answer_point(
            point,
            making.actor_of(first),
            upheld=False,
            reasons="Nothing shows that the person wrote it.",
            language="en",
        )
        actions.give_opinion(examination, making.actor_of(first))
    assert examination.opinion == "met"


def test_the_clock_writes_down_the_end_once(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    assert actions.tick() == 0
    with clock.set_to(clock.now() + timedelta(days=20)):
        assert actions.tick() == 1
        assert actions.tick() == 0
    point.refresh_from_db()
    assert point.state == "reply_over"
    assert Entry.objects.filter(act="close_reply", office="clock").count() == 1


def test_in_danger_or_detention_there_is_more_time_also_after_the_end(
    examination: Examination, cast: Cast
) -> None:
    point = making.put(making.raised(examination), cast)
    clerk = cast.actor("anna")
    with pytest.raises(Unmet, match="ground"):
        actions.extend_reply(point, clerk, ground="holiday")
    with pytest.raises(NotEmpowered):
        actions.extend_reply(point, cast.actor("nadia"), ground="danger")
    actions.ask_extension(point, cast.actor("nadia"), reasons="Меня задержали.", language="ru")
    before = point.reply_due
    assert before is not None
    with clock.set_to(clock.now() + timedelta(days=16)):
        assert actions.tick() == 1
        point.refresh_from_db()
        actions.extend_reply(point, clerk, ground="detention")
        assert (point.state, point.extended_on) == ("notified", "detention")
        assert point.reply_due is not None
        assert point.reply_due > before
        actions.reply(point, cast.actor("nadia"), text="Это не я.", language="ru")
    with clock.set_to(clock.now() + timedelta(days=100)), pytest.raises(OutOfOrder):
        actions.extend_reply(point, clerk, ground="danger")
    assert point.state == "replied"


def test_nobody_answers_while_more_time_is_asked_for(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    me, clerk, first = (
        cast.actor("nadia"),
        cast.actor("anna"),
        making.actor_of(making.readings(examination)[0]),
    )
    with pytest.raises(Unmet, match="No request"):
        actions.refuse_extension(point, clerk, reasons="No.", language="en")
    actions.ask_extension(point, me, reasons="Меня задержали.", language="ru")
    with pytest.raises(Unmet, match="not given yet"):
        actions.ask_extension(point, me, reasons="Ещё раз.", language="ru")
    with clock.set_to(clock.now() + timedelta(days=16)):
        assert actions.tick() == 1
        point.refresh_from_db()
        answer = {"upheld": True, "reasons": "Silence.", "language": "en"}
        with pytest.raises(Unmet, match="asked for more time"):
            actions.answer_point(point, first, **answer)
        point.refresh_from_db()
        assert (point.state, point.answer) == ("reply_over", "")
        with pytest.raises(NotEmpowered):
            actions.refuse_extension(point, first, reasons="No.", language="en")
        with pytest.raises(Unmet, match="Reasons are missing"):
            actions.refuse_extension(point, clerk, reasons=" ", language="en")
        point.refresh_from_db()
        assert (point.extension_refused, point.extension_decided_at) == ("", None)
        waiting = [w.title for w in desks.waiting(clerk) if "More time" in w.title]
        assert len(waiting) == 1
        actions.refuse_extension(point, clerk, reasons="A journey is no danger.", language="en")
        assert (point.state, point.extension_refused) == ("reply_over", "A journey is no danger.")
        assert not [w.title for w in desks.waiting(clerk) if "More time" in w.title]
        assert "A journey is no danger." in {fact.value for fact in point_facts(point, me)}
        with pytest.raises(Unmet, match="refused"):
            actions.ask_extension(point, me, reasons="Ещё раз.", language="ru")
        actions.answer_point(point, first, **answer)
    assert point.state == "upheld"


def test_a_reply_given_while_more_time_is_asked_for_is_answered(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    actions.ask_extension(point, cast.actor("nadia"), reasons="Меня задержали.", language="ru")
    actions.reply(point, cast.actor("nadia"), text="Это не я.", language="ru")
    with pytest.raises(OutOfOrder):
        actions.refuse_extension(point, cast.actor("anna"), reasons="No.", language="en")
    first = making.actor_of(making.readings(examination)[0])
    actions.answer_point(point, first, upheld=False, reasons="A namesake.", language="en")
    assert point.state == "dropped"


def test_a_draft_of_the_reply_is_kept_and_is_the_persons_own(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    with pytest.raises(NotEmpowered):
        actions.save_reply(point, cast.actor("anna"), text="x")
    actions.save_reply(point, cast.actor("nadia"), text="Начало")
    assert (point.reply_draft, point.reply_text, point.state) == ("Начало", "", "notified")
    actions.reply(point, cast.actor("nadia"), text="Целиком.", language="ru")
    assert point.reply_draft == ""


def test_a_point_never_put_to_the_person_may_be_dropped(examination: Examination, cast: Cast) -> None:
    point = making.raised(examination)
    actions.drop_point(
        point, making.actor_of(making.readings(examination)[1]), reasons="A namesake.", language="en"
    )
    assert (point.state, point.notified_at) == ("dropped", None)
    assert not queries.visible_points(cast.actor("nadia")).exists()
    assert not queries.answered_points(examination.candidacy).exists()


def test_a_point_is_on_what_is_asked_and_comes_before_the_opinion(
    examination: Examination, cast: Cast
) -> None:
    with pytest.raises(Unmet):
        making.raised(examination, "kinship")
    first, second = making.readings(examination)
    actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="Met.", language="en")
    actions.agree(examination, making.actor_of(second))
    actions.give_opinion(examination, making.actor_of(first))
    with pytest.raises(Unmet, match="After the opinion"):
        making.raised(examination)
    with pytest.raises(NotEmpowered):
        actions.raise_point(
            AdversePoint(examination=examination), cast.actor("greta"), key="exile", substance="x", evidence="y",
            language="en",
        )  # fmt: skip
    assert not AdversePoint.objects.exists()


def test_unclear_alone_excludes_nobody(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast, "unclear")
    making.upheld(examination, cast)
    first = making.readings(examination)[0]
    with pytest.raises(Unmet, match="alone excludes nobody"):
        actions.draft_opinion(
            examination, making.actor_of(first), opinion="not_met", text="No.", language="en",
            grounds=("public_opposition",),
        )  # fmt: skip
    examination.refresh_from_db()
    assert (examination.draft, examination.opinion) == ("", "")


def test_what_rests_only_on_undisclosable_sources_excludes_nobody(
    examination: Examination, cast: Cast
) -> None:
    making.upheld(examination, cast, undisclosable=True)
    first, second = making.readings(examination)
    refused = {"opinion": "not_met", "text": "No.", "language": "en", "grounds": ("public_opposition",)}
    with pytest.raises(Unmet, match="cannot be disclosed"):
        actions.draft_opinion(examination, making.actor_of(first), **refused)
    making.upheld(examination, cast)
    actions.draft_opinion(examination, making.actor_of(first), **refused)
    actions.agree(examination, making.actor_of(second))
    actions.give_opinion(examination, making.actor_of(first))
    assert examination.opinion == "not_met"


def test_what_was_not_put_to_the_person_and_upheld_excludes_nobody(
    examination: Examination, cast: Cast
) -> None:
    first, second = making.readings(examination)
    refused = {"opinion": "not_met", "text": "No.", "language": "en", "grounds": ("public_opposition",)}
    with pytest.raises(Unmet, match="not put to the person"):
        actions.draft_opinion(examination, making.actor_of(first), **refused)
    with pytest.raises(Unmet, match="Name the criteria"):
        actions.draft_opinion(
            examination, making.actor_of(first), opinion="not_met", text="No.", language="en"
        )
    point = making.put(making.raised(examination), cast)
    actions.draft_opinion(examination, making.actor_of(first), **refused)
    actions.agree(examination, making.actor_of(second))
    actions.reply(point, cast.actor("nadia"), text="Нет.", language="ru")
    actions.answer_point(point, making.actor_of(first), upheld=False, reasons="A namesake.", language="en")
    with pytest.raises(Unmet, match="not put to the person"):
        actions.give_opinion(examination, making.actor_of(first))
    assert not OutcomeLetter.objects.exists()
