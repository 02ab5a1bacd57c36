"""What the charter switches: the same rooms under other rules, by data alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from hemicycle.composition import actions, queries
from hemicycle.composition.procedure import ListState
from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import Ground, MandateState
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.models import CharterVersion
from hemicycle.rules import charter as charters
from hemicycle.rules.findings import Unmet

from . import making
from .making import Round
from .refusing import refused

S = ListState


def amend(**values: str) -> None:
    """Adopt a version of the charter in which some keys of one line have other values (TOML)."""
    version = CharterVersion.objects.get()
    text = version.text.replace('version = "1.0"', 'version = "1.1"', 1)
    for key, value in values.items():
        text, found = re.subn(
            rf"^({key} = \{{ value = )[^,]+,", rf"\g<1>{value},", text, count=1, flags=re.MULTILINE
        )
        assert found, key
    law = charters.parse(text)
    CharterVersion.objects.create(
        reference=law.reference, text=text, digest=law.digest, in_force_from=clock.now() - timedelta(days=25)
    )


def test_without_the_stage_of_ratification_the_approval_takes_effect(found: Round) -> None:
    amend(ratification="false")
    list_ = making.approved(found)
    assert list_.charter == "pace-2025/1.1"
    assert (list_.state, list_.effective_at) == (S.APPROVED, clock.now())
    making.published(found, list_)
    assert len(mandates.begin_all(list_, found.by("anna"))) == 15


def test_where_approval_takes_effect_a_refused_ratification_ends_what_began(found: Round) -> None:
    amend(takes_effect_on='"approval"', announce_on='"approval"')
    list_ = making.approved(found)
    assert list_.state == S.BEFORE_RATIFICATION and list_.effective_at == clock.now()
    making.published(found, list_)
    assert list_.state == S.BEFORE_RATIFICATION
    refused(Unmet, actions.announce, list_, found.by("anna"))
    mandates.begin_all(list_, found.by("anna"))
    assert len(seats.sitting()) == 15
    making.elsewhere(found, list_, for_=1, against=40)
    actions.refuse_ratification(list_, found.by("anna"))
    assert seats.seats_at() == [] and queries.latest_public() is None
    mandate = Mandate.objects.first()
    assert mandate is not None and mandate.standing(clock.now()) == MandateState.ENDED
    assert mandates.tick() == 15
    mandate.refresh_from_db()
    assert mandate.ended_ground == Ground.RATIFICATION_REFUSED


def test_announced_on_approval_and_ratified_later_it_is_announced_still(found: Round) -> None:
    amend(announce_on='"approval"')
    list_ = making.approved(found)
    making.published(found, list_)
    refused(Unmet, mandates.begin_all, list_, found.by("anna"))
    making.ratified(found, list_)
    assert list_.state == S.ANNOUNCED
    mandates.begin_all(list_, found.by("anna"))


def test_holding_over_keeps_the_last_list_until_the_next(found: Round) -> None:
    amend(holding_over="true")
    list_ = making.announced(found)
    mandates.begin_all(list_, found.by("anna"))
    after = found.session.closes_at + timedelta(days=3)
    assert queries.in_force(after) == list_
    with clock.set_to(after):
        assert len(seats.sitting()) == 15
        assert mandates.tick() == 0
        composed = Mandate.objects.get(seat_number=1)
        assert composed.standing(clock.now()) == MandateState.SITTING


def test_the_reserve_may_be_reckoned_on_the_seats_that_are_filled(found: Round) -> None:
    amend(base='"filled"')
    list_ = making.composed(found, reserved=3, total=9)
    assert queries.unmet(list_) == []
    other = making.composed(found, reserved=3, total=10, name="Ten")
    assert "short by 1" in refused(Unmet, actions.ask_release, other, found.by("greta"))


def test_the_secretariat_writes_amendments_in_only_where_the_charter_lets_it(found: Round) -> None:
    amend(amendments_need_president="false")
    list_ = making.released(found)
    making.amend(found, list_, 9, reasons="Left open.")
    making.referred_back(found, list_)
    new = type(list_)(session=found.session, call=found.call, copied_from=list_)
    actions.adopt_amendments(new, found.by("anna"), name="Amended")
    assert new.proposer == found.cast.greta
    assert not new.seats.filter(number=9).exists()


def test_separate_votes_can_be_switched_off(found: Round) -> None:
    amend(separate_votes="false")
    list_ = making.released(found)
    refused(Unmet, actions.call_separate_votes, list_, found.by("anna"))


def test_vacancies_may_be_left_to_a_new_proposal(found: Round) -> None:
    amend(vacancies='"new_proposal"')
    list_ = making.announced(found)
    mandates.begin_all(list_, found.by("anna"))
    mandate = Mandate.objects.get(seat_number=6)
    mandates.renounce(mandate, people.actor(mandate.person))
    said = refused(Unmet, mandates.fill_vacancy, Mandate(list=list_, seat_number=6), found.by("anna"))
    assert "new proposal" in said


@pytest.mark.parametrize("key", ["names_may_be_withheld"])
def test_a_charter_may_forbid_withheld_names(found: Round, key: str) -> None:
    amend(**{key: "false"})
    row = found.of("Aina")
    acceptance = making.ask(found, row)
    given = {"commitments": True, "name_to_bureau": True, "public_name": "Aina", "withhold_name": True}
    refused(Unmet, actions.accept, acceptance, people.actor(row.person), **given)
