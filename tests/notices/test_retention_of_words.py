"""Words of the house: interests, contacts, grounds, letters. They go; ties and dates stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from hemicycle.candidacy.models import Call, Candidacy, Erasure
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Alarm, Contact, Interest
from hemicycle.notices.models import Letter
from hemicycle.people import actions as people
from hemicycle.people.models import Holding, Recovery
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import KeyDestruction
from hemicycle.rules.findings import Unmet

from ..candidacy.conftest import call, demonstration, media  # noqa: F401
from ..cast import Cast
from ..composition.refusing import refused
from .keeping import house, named, run


def test_nothing_of_the_house_goes_before_its_day(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    for act, matter in (
        (integrity.erase_interest, Interest.objects.get()), (integrity.erase_contact, Contact.objects.get()),
        (integrity.erase_alarm, Alarm.objects.get()), (people.forget_recovery_ground, Recovery.objects.get()),
        (people.forget_holding_ground, Holding.objects.get(state="refused")),
    ):  # fmt: skip
        refused(Unmet, act, matter, CLOCK)


def test_words_go_and_ties_and_dates_stay(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    with clock.set_to(clock.now() + timedelta(days=2000)):
        run()
    interest, contact = Interest.objects.get(), Contact.objects.get()
    assert (interest.text, interest.kind, interest.state) == ("", "work", "declared")
    assert (contact.participants, contact.participants_public, contact.place) == ("", "", "")
    assert Alarm.objects.get().answer == "" and Recovery.objects.get().ground == ""
    owners = {interest.reference, contact.reference, Recovery.objects.get().reference}
    assert owners <= set(KeyDestruction.objects.values_list("owner", flat=True))
    assert not Letter.objects.filter(created_at__lt=clock.now() + timedelta(days=365)).exists()


def end(interest: Interest, cast: Cast) -> None:
    integrity.end_interest(interest, cast.actor("marta"), reasons="They no longer work together.")


def dispute_and_decide(interest: Interest, cast: Cast) -> None:
    integrity.dispute(interest, cast.actor("henri"), reasons="They never worked there.")
    run()
    interest.refresh_from_db()
    assert interest.dispute, "it is still to be decided"
    integrity.decide(interest, cast.actor("marta"), stands=True, reasons="A contract shows it.")


@pytest.mark.parametrize("say", [end, dispute_and_decide])
def test_what_is_said_of_a_tie_after_its_words_have_gone_is_kept_for_as_long_again(
    call: Call,  # noqa: F811
    cast: Cast,
    say: Callable[[Interest, Cast], None],
) -> None:
    house(call, cast)
    with clock.set_to(clock.now() + timedelta(days=2000)):
        run()
    interest = Interest.objects.get()
    with clock.set_to(clock.now() + timedelta(days=2001)):
        say(interest, cast)
        run()
        interest.refresh_from_db()
        assert interest.decision or interest.ending, "the days begin when it is said"
        later = interest.key_owner
        assert later != interest.reference, "the first key is gone"
    with clock.set_to(clock.now() + timedelta(days=4001)):
        run()
        assert named(clock.now()) == set()
    interest.refresh_from_db()
    assert (interest.dispute, interest.decision, interest.ending) == ("", "", "")
    assert {interest.reference, later} <= set(KeyDestruction.objects.values_list("owner", flat=True))


def test_a_tie_ends_with_reasons_however_often_its_words_have_gone(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    with clock.set_to(clock.now() + timedelta(days=2000)):
        run()
    interest = Interest.objects.get()
    with clock.set_to(clock.now() + timedelta(days=2001)):
        dispute_and_decide(interest, cast)
    with clock.set_to(clock.now() + timedelta(days=4001)):
        run()
        interest.refresh_from_db()
        end(interest, cast)
        interest.refresh_from_db()
        assert interest.ending == "They no longer work together."


def test_a_letter_about_an_erasure_goes_with_the_file(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    erasure = Erasure.objects.get()
    assert erasure.due_at is not None and Letter.objects.filter(about=erasure.reference).exists()
    with clock.set_to(erasure.due_at):
        run()
        assert not Candidacy.objects.filter(reference=erasure.file).exists()
        assert not Letter.objects.filter(about=erasure.reference).exists()
