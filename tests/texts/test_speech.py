"""A text is set aside on a ground of the charter, for days, by somebody whom the author learns; another person hears the appeal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.texts import actions, queries
from hemicycle.texts.models import Moderation
from hemicycle.texts.procedure import ModerationState as M

from ..cast import Cast
from .making import BODY, Shelf, aside, text


def test_a_text_is_set_aside_until_its_day_and_then_reads_again_by_itself(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    row = aside(cast, of, days=10)
    now = clock.now()
    assert queries.set_aside(of.reference, of.part) == row and queries.is_set_aside(of)
    with clock.set_to(now + timedelta(days=10, minutes=1)):
        assert row.standing(clock.now()) == M.LAPSED and not queries.is_set_aside(of), "no clock has run"
        with pytest.raises(OutOfOrder):
            actions.appeal(row, cast.actor("nadia"), words="Why?", language="ru")
        actions.tick()
        row.refresh_from_db()
        assert row.state == M.LAPSED and row.ended_at == row.until
    with pytest.raises(NotEmpowered):
        actions.lapse_moderation(row, cast.actor("anna"))


def test_the_clock_ends_nothing_before_its_day(cast: Cast, shelf: Shelf) -> None:
    row = aside(cast, shelf.put(text(cast)))
    actions.tick()
    row.refresh_from_db()
    assert row.state == M.SET_ASIDE


@pytest.mark.parametrize("who", ["luca", "jonas", "marta", "nadia", "oleg"])
def test_only_the_secretariat_sets_aside(cast: Cast, shelf: Shelf, who: str) -> None:
    of = shelf.put(text(cast))
    with pytest.raises(NotEmpowered):
        aside(cast, of, by=who)
    assert not Moderation.objects.exists() and not queries.is_set_aside(of)


def test_nobody_sets_the_own_text_aside(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast, author="anna"))
    with pytest.raises(NotEmpowered):
        aside(cast, of)
    assert aside(cast, of, by="bruno").state == M.SET_ASIDE


def test_a_strange_ground_or_too_many_days_or_no_words_are_refused(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    for reason, days in (("opinion", 5), ("person", 0), ("person", 31)):
        with pytest.raises(Unmet):
            aside(cast, of, reason=reason, days=days)
    row = Moderation()
    actions.aim(row, of)
    with pytest.raises(Unmet, match="Tell the author"):
        actions.set_aside(row, cast.actor("anna"), reason="person", days=5, words=" ", language="en")
    assert not Moderation.objects.exists()


def test_what_nobody_reads_yet_cannot_be_set_aside(cast: Cast, shelf: Shelf) -> None:
    with pytest.raises(Unmet, match="everybody reads"):
        aside(cast, shelf.put(text(cast), released=False))


def test_one_wording_is_set_aside_for_no_longer_than_the_charter_allows_all_times_together(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast))
    aside(cast, of, days=20)
    with pytest.raises(Unmet, match="already"):
        aside(cast, of, by="bruno", days=1)
    with clock.set_to(clock.now() + timedelta(days=21)):
        with pytest.raises(Unmet, match="10 of 30"):
            aside(cast, of, days=11, reason="topic")
        aside(cast, of, days=10, reason="topic")
        corrected = shelf.correct(of, BODY + " Corrected.")
        assert not queries.is_set_aside(corrected), "another wording reads"
    shelf.put(of)
    with clock.set_to(clock.now() + timedelta(days=500)):
        actions.tick()  # what was written about it is erased
        with pytest.raises(Unmet, match="0 of 30"):
            aside(cast, of, days=1)


def test_the_author_appeals_once_and_in_time_and_nobody_else_does(cast: Cast, shelf: Shelf) -> None:
    row = aside(cast, shelf.put(text(cast)))
    for who in ("oleg", "anna", "jonas"):
        with pytest.raises(NotEmpowered):
            actions.appeal(row, cast.actor(who), words="No.", language="en")
    with pytest.raises(Unmet):
        actions.appeal(row, cast.actor("nadia"), words="  ", language="ru")
    actions.appeal(row, cast.actor("nadia"), words="Речь не о человеке.", language="ru")
    with pytest.raises(OutOfOrder):
        actions.appeal(row, cast.actor("nadia"), words="Ещё раз.", language="ru")
    assert queries.is_set_aside(shelf.texts["EXMP-1"]), "an appeal restores nothing by itself"


def test_an_appeal_out_of_time_is_refused(cast: Cast, shelf: Shelf) -> None:
    row = aside(cast, shelf.put(text(cast)), days=30)
    with clock.set_to(clock.now() + timedelta(days=10, minutes=1)), pytest.raises(Unmet, match="has ended"):
        actions.appeal(row, cast.actor("nadia"), words="Речь не о человеке.", language="ru")


@pytest.mark.parametrize(("restored", "state"), [(True, M.RESTORED), (False, M.UPHELD)])
def test_another_office_decides_with_reasons(cast: Cast, shelf: Shelf, restored: bool, state: str) -> None:
    of = shelf.put(text(cast))
    row = aside(cast, of)
    with pytest.raises(OutOfOrder):
        actions.decide_appeal(row, cast.actor("marta"), restored=True, reasons="Read.", language="en")
    actions.appeal(row, cast.actor("nadia"), words="Речь не о человеке.", language="ru")
    for who in ("anna", "bruno", "nadia", "luca"):
        with pytest.raises(NotEmpowered):
            actions.decide_appeal(row, cast.actor(who), restored=True, reasons="Read.", language="en")
    with pytest.raises(Unmet, match="reasons"):
        actions.decide_appeal(row, cast.actor("marta"), restored=True, reasons=" ", language="en")
    actions.decide_appeal(row, cast.actor("marta"), restored=restored, reasons="Read.", language="en")
    assert row.state == state and queries.is_set_aside(of) is not restored


def test_who_set_aside_does_not_decide_whatever_other_office_is_held(cast: Cast, shelf: Shelf) -> None:
    row = aside(cast, shelf.put(text(cast)))
    Moderation.objects.filter(pk=row.pk).update(moderator=cast.marta)
    row.refresh_from_db()
    actions.appeal(row, cast.actor("nadia"), words="Речь не о человеке.", language="ru")
    with pytest.raises(NotEmpowered):
        actions.decide_appeal(row, cast.actor("marta"), restored=False, reasons="I was right.", language="en")
    actions.decide_appeal(row, cast.actor("jonas"), restored=True, reasons="It is not.", language="en")


def test_what_an_appeal_restored_is_not_set_aside_again_on_that_ground(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    row = aside(cast, of)
    actions.appeal(row, cast.actor("nadia"), words="Речь не о человеке.", language="ru")
    actions.decide_appeal(row, cast.actor("jonas"), restored=True, reasons="It is not.", language="en")
    with pytest.raises(Unmet, match="restored"):
        aside(cast, of, by="bruno", days=1)
    assert aside(cast, of, by="bruno", days=1, reason="secret").state == M.SET_ASIDE
    with clock.set_to(clock.now() + timedelta(days=400)):
        actions.tick()
        row.refresh_from_db()
        assert row.erased_at and row.words == ""
        with pytest.raises(Unmet, match="restored"):
            aside(cast, of, by="bruno", days=1)
        with transaction.atomic():
            actions.forget(of.reference)
    row.refresh_from_db()
    assert row.digest == "", "of a wording that is gone nothing is kept"


def test_the_secretariat_restores_before_the_time(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    row = aside(cast, of)
    with pytest.raises(NotEmpowered):
        actions.restore(row, cast.actor("nadia"))
    actions.restore(row, cast.actor("bruno"))
    assert row.state == M.RESTORED and not queries.is_set_aside(of)
    with pytest.raises(OutOfOrder):
        actions.restore(row, cast.actor("bruno"))


def test_the_record_holds_no_word_of_it_and_the_words_go_after_the_charters_days(
    cast: Cast, shelf: Shelf
) -> None:
    row = aside(cast, shelf.put(text(cast)))
    actions.restore(row, cast.actor("bruno"))
    facts = str([entry.facts for entry in Entry.objects.filter(matter=row.reference)])
    assert "second line" not in facts and "'ground': 'person'" in facts
    with clock.set_to(clock.now() + timedelta(days=366)):
        actions.tick()
    row.refresh_from_db()
    assert (row.words, row.reason) == ("", "person") and row.erased_at


def test_the_words_go_with_the_text_while_it_is_set_aside(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    row = aside(cast, of)
    with transaction.atomic():
        actions.forget(of.reference)
    row.refresh_from_db()
    assert row.words == "" and row.state == M.SET_ASIDE
    with clock.set_to(clock.now() + timedelta(days=11)):
        actions.tick()
    row.refresh_from_db()
    assert row.state == M.LAPSED
