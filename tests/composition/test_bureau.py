"""Members of the Bureau object and propose amendments: acts with reasons, and nothing takes effect by them (7.4)."""

from __future__ import annotations

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions, queries
from hemicycle.composition.models import Alternative, List, MemberAmendment, Objection
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from . import making
from .making import Round
from .refusing import refused
from .test_selection import on_slate

pytestmark = pytest.mark.django_db
WHY = "Too few from the north."


@pytest.fixture
def before(found: Round):
    """A list before the Bureau, and three people in line who accepted."""
    list_ = making.composed(found)
    making.succeed(found, list_, general=found.others[10:12], reserve=found.declared[5:6])
    return making.released(found, list_)


def test_a_member_objects_and_may_withdraw_it(found: Round, before) -> None:
    henri, ilse = found.by("henri"), found.by("ilse")
    actions.object(before, henri, reasons=WHY)
    actions.object(before, ilse, reasons="I know the work.", number=7, language="fr")
    whole, seat = queries.objections(before)
    assert (whole.number, seat.number, seat.language) == (None, 7, "fr")
    assert seat.candidacy == before.seats.get(number=7).candidacy
    assert WHY not in str(Entry.objects.filter(act="object").values())
    refused(Unmet, actions.withdraw_objection, before, ilse, objection=whole)
    actions.withdraw_objection(before, henri, objection=whole)
    assert list(queries.objections(before)) == [seat]


def test_an_objection_has_reasons_and_a_seat_that_is_taken(found: Round, before) -> None:
    refused(Unmet, actions.object, before, found.by("henri"), reasons=" ")
    refused(Unmet, actions.object, before, found.by("henri"), reasons=WHY, number=16)
    assert not Objection.objects.exists()


@pytest.mark.parametrize("key", ["greta", "anna", "oleg"])
def test_nobody_but_a_member_on_the_roll_objects_or_amends(found: Round, before, key: str) -> None:
    """Not the President whose proposal it is, not a clerk, not somebody else."""
    refused(NotEmpowered, actions.object, before, found.by(key), reasons=WHY)
    refused(NotEmpowered, actions.propose_amendment, before, found.by(key), number=1, reasons=WHY)


def test_a_member_with_an_interest_in_somebody_on_the_list_takes_no_part(found: Round, before) -> None:
    about = before.seats.get(number=3).candidacy.person.reference
    integrity.declare(Interest(subject=about, kind="family", text="Cousins."), found.by("henri"))
    refused(NotEmpowered, actions.object, before, found.by("henri"), reasons=WHY)
    refused(NotEmpowered, actions.propose_amendment, before, found.by("henri"), number=1, reasons=WHY)


def test_only_while_the_list_is_before_the_bureau(found: Round) -> None:
    list_ = making.composed(found)
    refused(NotEmpowered, actions.object, list_, found.by("henri"), reasons=WHY)
    list_ = making.approved(found, making.released(found, list_))
    with pytest.raises((NotEmpowered, OutOfOrder)):
        actions.object(list_, found.by("henri"), reasons=WHY)


def test_two_members_propose_competing_amendments_and_nothing_changes(found: Round, before) -> None:
    one, two = found.others[10], found.others[11]
    actions.propose_amendment(before, found.by("henri"), number=9, candidacy=one, reasons=WHY)
    actions.propose_amendment(before, found.by("ilse"), number=9, candidacy=two, reasons=WHY)
    assert queries.member_amendments(before).count() == 2
    assert before.seats.get(number=9).candidacy not in (one, two)
    again = refused(
        Unmet, actions.propose_amendment, before, found.by("henri"), number=9, candidacy=two, reasons=WHY
    )
    assert "already" in again
    mine = queries.member_amendments(before).get(candidacy=one)
    refused(Unmet, actions.withdraw_amendment, before, found.by("ilse"), proposal=mine)
    actions.withdraw_amendment(before, found.by("henri"), proposal=mine)
    assert queries.member_amendments(before).count() == 1


def test_an_amendment_that_breaks_the_reserve_or_a_cap_is_refused_with_number_and_article(
    found: Round, before
) -> None:
    henri = found.by("henri")
    new = found.others[10]
    said = refused(Unmet, actions.propose_amendment, before, henri, number=1, candidacy=new, reasons=WHY)
    assert "short by 1, article 4.2" in said
    said = refused(Unmet, actions.propose_amendment, before, henri, number=1, reasons=WHY)
    assert "short by 1, article 4.2" in said
    on_slate(found, *[row.person.name.split()[0] for row in [*found.others[:3], new]])
    said = refused(Unmet, actions.propose_amendment, before, henri, number=15, candidacy=new, reasons=WHY)
    assert "over by 1, article 4.6" in said
    actions.propose_amendment(before, henri, number=6, candidacy=new, reasons=WHY)  # one of them makes room
    assert MemberAmendment.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "number", "reserved", "said"),
    [
        (6, 9, False, "has a seat"),  # others[6] sits on seat 12
        (12, 9, False, "not accepted"),
        (10, 9, True, "not declared"),
        (10, 16, False, "seats 1 to 15"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused(
    found: Round, before, who: int, number: int, reserved: bool, said: str
) -> None:
    if who == 12:  # somebody of the pool whom nobody asked
        row = making.candidacy(found.call, "Zoya")
    else:
        row = found.others[who]
    words = refused(
        Unmet, actions.propose_amendment, before, found.by("henri"), number=number, candidacy=row,
        reserved=reserved, reasons=WHY,
    )  # fmt: skip
    assert said in words


def test_an_amendment_that_changes_nothing_or_has_no_reasons_is_refused(found: Round, before) -> None:
    seat = before.seats.get(number=9)
    henri = found.by("henri")
    refused(Unmet, actions.propose_amendment, before, henri, number=9, candidacy=seat.candidacy, reasons=WHY)
    refused(Unmet, actions.propose_amendment, before, henri, number=9, reasons="")


def test_a_rule_that_is_broken_already_is_no_reason_against_what_does_not_worsen_it(
    found: Round, before
) -> None:
    gone = before.seats.get(number=1).candidacy
    Candidacy.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=clock.now())
    new = found.others[10]
    actions.propose_amendment(before, found.by("henri"), number=9, candidacy=new, reasons=WHY)
    mend = found.declared[5]
    actions.propose_amendment(before, found.by("ilse"), number=1, candidacy=mend, reserved=True, reasons=WHY)
    assert queries.broken(before)
    assert not queries.broken(before, queries.with_changes(before, {1: (mend, True)}))


def test_the_clerk_takes_an_amendment_of_a_member_as_the_bureaus(found: Round, before) -> None:
    new = found.others[10]
    actions.propose_amendment(before, found.by("henri"), number=9, candidacy=new, reasons=WHY, language="fr")
    mine = queries.member_amendments(before).get()
    actions.amend(before, found.by("anna"), proposal=mine, source=making.SOURCE)
    entered = before.amendments.get()
    assert (entered.number, entered.candidacy, entered.reasons, entered.language) == (9, new, WHY, "fr")
    refused(Unmet, actions.withdraw_amendment, before, found.by("henri"), proposal=mine)
    list_ = making.referred_back(found, before)
    adopted = List(session=list_.session, call=list_.call, copied_from=list_)
    actions.adopt_amendments(adopted, found.by("greta"), name="Second")
    assert adopted.seats.get(number=9).candidacy == new


def test_what_amendments_break_together_is_adopted_marked_and_never_released(found: Round, before) -> None:
    """Each alone keeps the cap; both together break it. The Bureau has decided them; the list is checked before a vote."""
    one, two = found.others[10], found.others[11]
    on_slate(found, *[row.person.name.split()[0] for row in [*found.others[:2], one, two]])
    actions.propose_amendment(before, found.by("henri"), number=14, candidacy=one, reasons=WHY)
    actions.propose_amendment(before, found.by("ilse"), number=15, candidacy=two, reasons=WHY)
    for proposal in queries.member_amendments(before):
        actions.amend(before, found.by("anna"), proposal=proposal, source=making.SOURCE)
    list_ = making.referred_back(found, before)
    adopted = List(session=list_.session, call=list_.call, copied_from=list_)
    actions.adopt_amendments(adopted, found.by("greta"), name="Second")
    assert "over by 1, article 4.6" in refused(Unmet, actions.ask_release, adopted, found.by("greta"))


def test_an_amendment_may_move_a_person_to_a_seat_before_the_own(found: Round, before) -> None:
    """Whoever sits on 15 comes to 14, and 15 is left open: the seats are cleared before anybody is put on them."""
    sits = before.seats.get(number=15).candidacy
    given = {"reasons": WHY, "source": making.SOURCE}
    actions.amend(before, found.by("anna"), number=14, candidacy=sits, **given)
    actions.amend(before, found.by("anna"), number=15, candidacy=None, **given)
    list_ = making.referred_back(found, before)
    adopted = List(session=list_.session, call=list_.call, copied_from=list_)
    actions.adopt_amendments(adopted, found.by("greta"), name="Second")
    assert adopted.seats.get(number=14).candidacy == sits
    assert not adopted.seats.filter(number=15).exists()


def test_who_is_tied_to_a_person_of_an_amendment_does_not_confirm_it(found: Round, before) -> None:
    one = found.others[12]  # not in line: the list itself does not name the tie
    making.accepted(found, one)
    actions.amend(before, found.by("anna"), number=14, candidacy=one, reasons=WHY, source=making.SOURCE)
    actions.enter_referral(before, found.by("anna"), reasons=WHY, source=making.SOURCE)
    integrity.declare(
        Interest(subject=one.person.reference, kind="family", text="Cousins."), found.by("bruno")
    )
    assert "You declared an interest" in refused(Unmet, actions.refer_back, before, found.by("bruno"))
    before.refresh_from_db()
    assert before.state == "referral_entered"


def test_the_president_may_show_what_else_was_considered_as_numbers(found: Round) -> None:
    other = making.composed(found, reserved=4, name="Draft with a name in it")
    list_ = making.composed(found, name="The one")
    actions.attach_alternatives(list_, found.by("greta"), drafts=[other])
    actions.ask_release(list_, found.by("greta"))
    refused(OutOfOrder, actions.attach_alternatives, list_, found.by("greta"), drafts=[])
    actions.confirm_release(list_, found.by("anna"))
    shown = list_.alternatives.get()
    assert shown.numbers == {"seats": 15, "reserved": 4, "common": 14, "others": 1, "broken": 1}
    refused(Unmet, actions.attach_alternatives, list_, found.by("greta"), drafts=[list_])
    refused(Unmet, actions.attach_alternatives, list_, found.by("greta"), drafts=[other] * 4)
    refused(NotEmpowered, actions.attach_alternatives, list_, found.by("henri"), drafts=[])
    actions.attach_alternatives(list_, found.by("greta"), drafts=[])
    assert not Alternative.objects.exists()
