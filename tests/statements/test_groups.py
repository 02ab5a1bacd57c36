"""Groups, and initiatives that several of them adopt."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, PUBLIC
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.statements import actions, paper, queries, retention, showing
from hemicycle.statements.models import Group, Initiative, Joining, Opinion, Scope, Statement
from hemicycle.statements.procedure import GroupState, InitiativeState, JoiningState, StatementState

from .. import seating
from ..cast import Cast
from ..composition.refusing import refused
from ..texts.making import own_translation
from .making import DISSENT, TEXT, Hall, asking, consent, final, group, join, proposed, refuse

G, Initiatives = GroupState, InitiativeState


def test_a_group_stands_with_its_second_member_and_not_without(there: Hall) -> None:
    row = group(there, [0])
    assert row.state == G.FORMING
    join(there, row, 1, by=0)
    assert row.state == G.STANDING
    refuse("in this group already", actions.ask_to_join, Joining(group=row), there.actor(1))
    actions.leave_group(row, there.actor(0))
    assert row.state == G.FORMING
    actions.leave_group(row, there.actor(1))
    assert row.state == G.DISSOLVED
    refuse("dissolved", actions.ask_to_join, Joining(group=row), there.actor(2))
    assert set(Entry.objects.filter(matter=row.reference).values_list("publicity", flat=True)) == {"public"}


def test_nobody_is_put_into_a_group_or_out_of_it_by_another(there: Hall, cast: Cast) -> None:
    row = group(there, [0, 1])
    for by in (cast.actor("anna"), cast.actor("greta")):
        refused(NotEmpowered, actions.ask_to_join, Joining(group=row), by)
    for by in (cast.actor("anna"), there.actor(0), there.actor(5)):
        refused(
            NotEmpowered, actions.join_group, row, by, mandate=there.seats[5]
        )  # within an acceptance only
    refused(NotEmpowered, actions.leave_group, row, there.actor(5))
    assert len(queries.members_of(row)) == 2


def test_a_suspended_member_may_leave_and_may_not_ask_or_accept(there: Hall) -> None:
    row = group(there, [0, 1])
    waits = asking(there, row, 5)
    seating.suspend(there.seats[1])
    refused(NotEmpowered, actions.accept_member, waits, there.actor(1))
    refused(NotEmpowered, actions.decline_member, waits, there.actor(1), reason="full")
    actions.leave_group(row, there.actor(1))
    refused(NotEmpowered, actions.ask_to_join, Joining(group=row), there.actor(1))


def test_whoever_asks_is_no_member_until_a_member_accepts(there: Hall, cast: Cast) -> None:
    row = group(there, [0, 1])
    initiative = proposed(there, row, 0)
    waits = asking(there, row, 5)
    refuse("asked already", actions.ask_to_join, Joining(group=row), there.actor(5))
    assert there.seats[5].pk not in queries.members_of(row)
    assert not queries.initiatives_visible_to(there.actor(5)).exists()
    refused(Unmet, actions.back_initiative, initiative, there.actor(5), group=row)
    for by in (
        there.actor(5),
        there.actor(9),
        cast.actor("anna"),
    ):  # who asks, another participant, the Secretariat
        refused(NotEmpowered, actions.accept_member, waits, by)
        refused(NotEmpowered, actions.decline_member, waits, by, reason="full")
    actions.accept_member(waits, there.actor(1))
    assert (waits.state, len(queries.members_of(row))) == (JoiningState.ACCEPTED, 3)
    assert queries.initiatives_visible_to(there.actor(5)).get() == initiative  # also what was proposed before
    refused(OutOfOrder, actions.accept_member, waits, there.actor(1))
    told = Entry.objects.get(act="join_group", facts__mandate=there.seats[5].reference)
    assert told.publicity == "public" and told.facts["members"] == 3
    asked = Entry.objects.filter(matter=waits.reference).values_list("act", "publicity")
    assert set(asked) == {("ask_to_join", "sealed"), ("accept_member", "sealed")}


def test_a_request_is_declined_with_a_reason_that_the_record_does_not_hold(there: Hall) -> None:
    row = group(there, [0, 1])
    waits = asking(there, row, 5)
    refuse("Choose the reason", actions.decline_member, waits, there.actor(0), reason="enemy")
    actions.decline_member(waits, there.actor(0), reason="unknown")
    assert (waits.state, waits.reason) == (JoiningState.DECLINED, "unknown")
    assert there.seats[5].pk not in queries.members_of(row)
    entry = Entry.objects.get(act="decline_member")
    assert entry.publicity == "sealed" and "unknown" not in str(entry.facts)
    again = asking(there, row, 5)
    refused(NotEmpowered, actions.take_back_joining, again, there.actor(0))
    actions.take_back_joining(again, there.actor(5))
    refused(OutOfOrder, actions.accept_member, again, there.actor(0))
    assert len(queries.members_of(row)) == 2


def test_nobody_is_accepted_who_does_not_sit_and_the_request_lapses_with_the_participation(
    there: Hall,
) -> None:
    row, other = group(there, [0, 1]), group(there, [3], "Steppe")
    waits, orphan = asking(there, row, 5), asking(there, other, 6)
    refuse("can still answer", actions.lapse_joining, waits, CLOCK)
    seating.suspend(there.seats[5])
    refuse("is suspended", actions.accept_member, waits, there.actor(0))
    refuse("can still answer", actions.lapse_joining, waits, CLOCK)
    seating.end(there.seats[5])
    actions.leave_group(other, there.actor(3))
    assert actions.tick() == 2
    for each in (waits, orphan):
        each.refresh_from_db()
        assert each.state == JoiningState.LAPSED


def test_a_request_is_read_by_who_asked_and_by_the_members_who_sit(there: Hall, cast: Cast) -> None:
    row = group(there, [0, 1])
    waits = asking(there, row, 5)
    seating.suspend(there.seats[1])
    for seat, reads in ((0, True), (5, True), (1, False), (9, False)):
        assert queries.joinings_visible_to(there.actor(seat)).filter(pk=waits.pk).exists() is reads, seat
    for by in (cast.actor("anna"), PUBLIC):
        assert not queries.joinings_visible_to(by).exists()
    assert queries.to_accept(there.actor(0)) == [waits] and not queries.to_accept(there.actor(5))


def test_whoever_returned_leaves_the_group_once_and_nobody_leaves_who_sits_no_more(there: Hall) -> None:
    row = group(there, [0, 1, 2])
    seating.end(there.seats[1])
    seating.end(there.seats[2])
    refused(NotEmpowered, actions.leave_group, row, there.actor(2))
    returned = there.seats[9]  # another participation, of the same person
    Mandate.objects.filter(pk=returned.pk).update(person=there.seats[1].person)
    join(there, row, 1, by=0)
    actions.leave_group(row, there.actor(1))
    assert set(queries.members_of(row)) == {there.seats[0].pk} and row.state == G.FORMING
    assert Entry.objects.get(act="leave_group").facts["mandate"] == returned.reference


@pytest.mark.parametrize("names", [{}, {"en": "A", "fr": "B"}, {"en": "A", "fr": "B", "ru": " "}], ids=str)
def test_a_group_is_named_in_three_languages(there: Hall, names: dict[str, str]) -> None:
    refused(Unmet, actions.found_group, Group(), there.actor(0), names=names)
    assert not Group.objects.exists()


def test_a_name_is_taken_once(there: Hall) -> None:
    group(there, [0])
    with pytest.raises(Unmet, match="already"):
        group(there, [1])


def test_a_group_whose_members_sit_no_more_is_dissolved_by_time(there: Hall) -> None:
    row = group(there, [0, 1])
    initiative = proposed(there, row, 0)
    refuse("still has members", actions.dissolve_group, row, CLOCK)
    refuse("still has members", actions.withdraw_initiative, initiative, CLOCK)
    for seat in there.seats[:2]:
        seating.end(seat)
    assert actions.tick() == 2
    row.refresh_from_db()
    initiative.refresh_from_db()
    assert (row.state, initiative.state) == (G.DISSOLVED, Initiatives.WITHDRAWN)
    due = retention.due(initiative)
    assert due is not None
    with clock.set_to(due.at):
        assert actions.tick() == 1
    assert Initiative.objects.get().text == ""


# --- statements of groups


def test_a_statement_of_groups_needs_more_than_half_of_each(there: Hall) -> None:
    one, other = group(there, [0, 1, 2]), group(there, [3, 4], "Steppe")
    row = final(there, scope=Scope.GROUPS, groups=[one, other])
    refused(Unmet, actions.consent, row, there.actor(9), digest=row.digest)  # in neither
    for seat in (0, 1, 3):
        consent(there, row, seat)
    with pytest.raises(Unmet, match="Steppe") as caught:
        actions.publish(row, there.actor(0))
    assert "Northern" not in str(caught.value)
    consent(there, row, 4)
    actions.leave_group(one, there.actor(1))
    join(there, one, 5, by=0)
    with pytest.raises(Unmet, match="Northern"):
        actions.publish(row, there.actor(0))
    consent(there, row, 2)
    actions.publish(row, there.actor(0))
    assert set(Entry.objects.get(act="publish").facts["groups"]) == {one.reference, other.reference}


def test_who_left_a_group_does_not_adopt_what_it_says(there: Hall) -> None:
    own = group(there, [0, 1, 2, 3])
    row = final(there, scope=Scope.GROUPS, groups=[own])
    for seat in (0, 1, 2, 3):
        consent(there, row, seat)
    actions.leave_group(own, there.actor(3))
    actions.publish(row, there.actor(0))
    assert not row.consents.get(mandate=there.seats[3]).is_counted
    assert Entry.objects.get(act="publish").facts["consents"] == 3


def test_a_group_of_which_too_few_sit_says_nothing_though_nobody_left_it(there: Hall) -> None:
    own = group(there, [0, 1])
    row = final(there, scope=Scope.GROUPS, groups=[own])
    consent(there, row, 0)
    seating.end(there.seats[1])
    refuse("does not stand: it has too few members.$", actions.publish, row, there.actor(0))
    (shown,) = showing.arithmetic(queries.tallies(row))
    assert shown["sentences"] == ["The group does not stand: it has too few members."]
    assert own.state == G.STANDING and not queries.stands(own)


def test_in_whose_name_it_speaks_is_signed(there: Hall) -> None:
    own = group(there, [0, 1])
    few, some = final(there, scope=Scope.SIGNATORIES), final(there, scope=Scope.GROUPS, groups=[own])
    assert "scope signatories" in few.manifest.splitlines()
    assert f"scope groups,{own.reference}" in some.manifest.splitlines()


def test_a_statement_of_groups_names_them_and_no_other_does(there: Hall) -> None:
    row, words = Statement(scope=Scope.GROUPS), {"text": TEXT, "language": "en"}
    refused(Unmet, actions.begin_statement, row, there.actor(0), **words)
    row = Statement(scope=Scope.ALL)
    refused(Unmet, actions.begin_statement, row, there.actor(0), groups=[group(there, [0])], **words)
    assert not Statement.objects.exists()


def test_an_opinion_is_the_groups_when_more_than_half_have_joined(there: Hall) -> None:
    own = group(there, [1, 2, 3])
    row = final(there)
    refused(
        Unmet, actions.give_opinion, row, there.actor(9), kind="dissent", text=DISSENT, language="en", group=own
    )  # fmt: skip
    actions.give_opinion(row, there.actor(1), kind="dissent", text=DISSENT, language="en", group=own)
    opinion = Opinion.objects.get()
    assert not queries.is_of_group(opinion)
    refused(Unmet, actions.join_opinion, row, there.actor(9), opinion=opinion)
    actions.join_opinion(row, there.actor(2), opinion=opinion)
    assert queries.is_of_group(opinion)
    seating.suspend(there.seats[2])
    assert not queries.is_of_group(opinion)


def test_what_a_group_said_stays_its_word_when_members_have_left(there: Hall) -> None:
    own = group(there, [1, 2, 3])
    row = final(there, consents=1)
    for seat in range(4, 13):
        consent(there, row, seat)
    actions.give_opinion(row, there.actor(1), kind="dissent", text=DISSENT, language="en", group=own)
    opinion = Opinion.objects.get()
    actions.join_opinion(row, there.actor(2), opinion=opinion)
    actions.publish(row, there.actor(0))
    before = paper.pdf(row, "en")
    with clock.set_to(clock.now() + timedelta(days=1)):
        for seat in (1, 2):
            actions.leave_group(own, there.actor(seat))
        row = Statement.objects.get()
        assert queries.is_of_group(Opinion.objects.get()) and paper.pdf(row, "en") == before


# --- initiatives


def test_an_initiative_is_within_its_group_until_more_than_half_support_it(there: Hall) -> None:
    own, other = group(there, [0, 1, 2]), group(there, [3, 4], "Steppe")
    row = proposed(there, own, 0)
    assert row.state == Initiatives.PROPOSED
    assert not queries.initiatives_visible_to(there.actor(3)).exists()
    refused(Unmet, actions.back_initiative, row, there.actor(3), group=other)
    refused(Unmet, actions.back_initiative, row, there.actor(0), group=own)
    refused(Unmet, actions.back_initiative, row, there.actor(9), group=own)
    refused(OutOfOrder, actions.adopt_initiative, row, there.actor(0))
    actions.back_initiative(row, there.actor(1), group=own)
    assert row.state == Initiatives.OPEN and row.opened_at is not None
    assert queries.initiatives_visible_to(there.actor(3)).exists()
    entries = Entry.objects.filter(matter=row.reference).order_by("number")
    assert [entry.publicity for entry in entries] == ["house", "public"]
    assert "refused" not in str([entry.facts for entry in entries])


def test_what_several_groups_adopt_says_which(there: Hall) -> None:
    own, two, three = group(there, [0, 1]), group(there, [3, 4], "Steppe"), group(there, [5, 6, 7], "Coast")
    row = proposed(there, own, 0)
    actions.back_initiative(row, there.actor(1), group=own)
    refused(Unmet, actions.adopt_initiative, row, there.actor(0))
    for seat, each in ((3, two), (4, two), (5, three)):
        actions.back_initiative(row, there.actor(seat), group=each)
    assert [queries.supports(*pair) for pair in queries.supporters(row)] == [True, True, False]
    refused(NotEmpowered, actions.adopt_initiative, row, there.actor(3))
    actions.adopt_initiative(row, there.actor(1))
    statement = Statement.objects.get()
    assert (row.state, statement.state, statement.scope) == (
        Initiatives.ADOPTED,
        StatementState.DRAFT,
        Scope.GROUPS,
    )
    assert set(statement.groups.all()) == {own, two} and queries.latest_text(statement) == TEXT
    refused(OutOfOrder, actions.back_initiative, row, there.actor(6), group=three)


def test_support_is_taken_back_and_leaves_with_the_member(there: Hall) -> None:
    own, two = group(there, [0, 1]), group(there, [3, 4], "Steppe")
    row = proposed(there, own, 0)
    actions.back_initiative(row, there.actor(1), group=own)
    for seat in (3, 4):
        actions.back_initiative(row, there.actor(seat), group=two)
    actions.withdraw_backing(row, there.actor(3))
    refused(Unmet, actions.withdraw_backing, row, there.actor(3))
    refused(Unmet, actions.adopt_initiative, row, there.actor(0))
    actions.leave_group(two, there.actor(4))
    assert not row.backings.filter(group=two).exists()


def test_the_support_of_a_suspended_member_is_not_counted(there: Hall) -> None:
    own, two = group(there, [0, 1]), group(there, [3, 4, 5], "Steppe")
    row = proposed(there, own, 0)
    actions.back_initiative(row, there.actor(1), group=own)
    for seat in (3, 4):
        actions.back_initiative(row, there.actor(seat), group=two)
    seating.suspend(there.seats[4])
    refused(Unmet, actions.adopt_initiative, row, there.actor(0))


def test_whoever_joins_a_group_does_not_end_what_others_began_there(there: Hall) -> None:
    own = group(there, [0, 1, 2])
    row = proposed(there, own, 0)
    join(there, own, 9, by=0)
    with pytest.raises(Unmet, match="Only who supports"):
        actions.withdraw_initiative(row, there.actor(9))
    actions.withdraw_initiative(row, there.actor(0))
    assert row.state == Initiatives.WITHDRAWN


def test_an_initiative_is_withdrawn_against_no_majority_and_erased(there: Hall) -> None:
    own = group(there, [0, 1])
    row = proposed(there, own, 0)
    beside = own_translation(row.reference, "text", there.actor(0))
    actions.back_initiative(row, there.actor(1), group=own)
    refused(NotEmpowered, actions.withdraw_initiative, row, there.actor(5))
    refused(Unmet, actions.withdraw_initiative, row, there.actor(0))
    actions.withdraw_backing(row, there.actor(1))
    actions.withdraw_initiative(row, there.actor(0))
    refused(Unmet, actions.erase_initiative, row, CLOCK)
    with clock.set_to(clock.now() + timedelta(days=90)):
        actions.tick()
    row = Initiative.objects.get()
    beside.refresh_from_db()
    assert row.text == "" and not row.backings.exists() and beside.text == ""
    assert KeyDestruction.objects.filter(owner=row.reference).exists()
