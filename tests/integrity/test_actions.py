"""Interests, contacts and caller checks: each act done, and refused with nothing changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hemicycle.integrity import actions, codes, queries
from hemicycle.integrity.models import CallerCheck, Contact, Interest
from hemicycle.people.models import Holding
from hemicycle.record import actions as record
from hemicycle.record import clock, law, references
from hemicycle.record.models import Correction, Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast


def declared(cast: Cast, key: str = "henri", about: str = "nadia", **fields: object) -> Interest:
    made = Interest(subject=cast.persons[about].reference, kind="family", text="Cousins.", **fields)
    actions.declare(made, cast.actor(key))
    return made


def test_a_declared_interest_counts_at_once(cast: Cast) -> None:
    made = declared(cast)
    subject = cast.nadia.reference
    assert made.person == cast.henri
    assert queries.has_interest(cast.henri.pk, subject) and queries.recused(cast.henri.pk, subject)
    assert queries.effect(cast.henri.pk, subject, "bureau", law.in_force()) == "out_of_vote"
    assert queries.effect(cast.ilse.pk, subject, "bureau", law.in_force()) == "none"
    assert not queries.recused(cast.henri.pk, cast.oleg.reference)


def test_the_words_of_an_interest_are_not_in_the_record(cast: Cast) -> None:
    declared(cast)
    assert "Cousins" not in str(Entry.objects.get(act="declare").facts)


def test_an_interest_is_ones_own_to_declare(cast: Cast) -> None:
    made = declared(cast, person=cast.ilse)
    assert made.person == cast.henri, "the person is whoever declares"
    with pytest.raises(Unmet, match="already"):
        declared(cast)
    assert Interest.objects.count() == 1


def test_whoever_holds_no_office_declares_nothing(cast: Cast) -> None:
    with pytest.raises(NotEmpowered):
        declared(cast, key="quiet")
    assert not Interest.objects.exists()


def test_an_interest_is_about_something_that_the_record_knows(cast: Cast) -> None:
    with pytest.raises(Unmet, match="knows no matter LIST-NONE"):
        actions.declare(Interest(subject="LIST-NONE", kind="work"), cast.actor("henri"))
    assert not Interest.objects.exists()


def test_a_disputed_interest_keeps_its_effect_until_it_is_decided(cast: Cast) -> None:
    made = declared(cast)
    actions.dispute(made, cast.actor("ilse"), reasons="They have never met.")
    assert queries.has_interest(cast.henri.pk, made.subject)
    actions.decide(made, cast.actor("marta"), stands=False, reasons="No tie could be shown.")
    assert made.state == "dismissed" and not queries.has_interest(cast.henri.pk, made.subject)


def test_only_the_named_office_decides_and_never_in_a_case_of_its_own(cast: Cast) -> None:
    made = declared(cast)
    actions.dispute(made, cast.actor("marta"), reasons="They have never met.")
    for key in ("anna", "greta", "marta"):
        with pytest.raises(NotEmpowered):
            actions.decide(made, cast.actor(key), stands=True, reasons="It is so.")
    made.refresh_from_db()
    assert made.state == "disputed" and made.decision == ""


def test_nobody_disputes_an_interest_of_ones_own(cast: Cast) -> None:
    made = declared(cast)
    with pytest.raises(Unmet, match="of one's own"):
        actions.dispute(made, cast.actor("henri"), reasons="I would rather vote.")
    made.refresh_from_db()
    assert made.state == "declared"


def test_an_allegation_takes_nobody_out_of_a_vote_before_it_is_decided(cast: Cast) -> None:
    made = Interest(subject=cast.nadia.reference, kind="money", text="Paid for a journey.", person=cast.henri)
    actions.allege(made, cast.actor("ilse"))
    assert queries.effect(cast.henri.pk, made.subject, "bureau", law.in_force()) == "none"
    actions.decide(made, cast.actor("marta"), stands=True, reasons="Receipts.", effect="out_of_vote_and_base")
    assert queries.effect(cast.henri.pk, made.subject, "bureau", law.in_force()) == "out_of_vote_and_base"


def test_an_allegation_is_about_somebody_else_and_says_what(cast: Cast) -> None:
    for key, text, message in [("henri", "x", "yours to declare"), ("ilse", "", "Say what")]:
        with pytest.raises(Unmet, match=message):
            actions.allege(
                Interest(subject=cast.nadia.reference, kind="money", text=text, person=cast.henri),
                cast.actor(key),
            )
    assert not Interest.objects.exists()


def test_only_who_alleged_takes_it_back(cast: Cast) -> None:
    made = Interest(subject=cast.nadia.reference, kind="money", text="Paid.", person=cast.henri)
    actions.allege(made, cast.actor("ilse"))
    with pytest.raises(Unmet, match="Only who said so"):
        actions.withdraw_allegation(made, cast.actor("henri"))
    actions.withdraw_allegation(made, cast.actor("ilse"))
    assert made.state == "dismissed"


def test_an_interest_is_not_shed_by_its_holder(cast: Cast) -> None:
    made = declared(cast)
    with pytest.raises(NotEmpowered):
        actions.end_interest(made, cast.actor("henri"), reasons="It is over.")
    assert queries.has_interest(cast.henri.pk, made.subject)
    actions.end_interest(made, cast.actor("marta"), reasons="They no longer work together.")
    assert not queries.has_interest(cast.henri.pk, made.subject)


def test_an_interest_is_seen_by_its_holder_and_those_who_must_know(cast: Cast) -> None:
    made = declared(cast)
    seen = {key for key in cast.persons if made in queries.visible_interests(cast.actor(key))}
    assert seen == {"anna", "bruno", "greta", "henri", "marta"}


def test_a_treasurer_does_not_assess(cast: Cast) -> None:
    assert queries.may_assess(cast.clara.pk)
    Holding.objects.create(
        person=cast.clara, office="treasurer", held_from=clock.now(), state="held",
        reference=references.new("HOLD"), created_at=clock.now(),
    )  # fmt: skip
    assert not queries.may_assess(cast.clara.pk)


def entered(cast: Cast, key: str = "greta", **fields: object) -> Contact:
    values = {
        "subject": "CALL-TEST",
        "met_on": date(2027, 2, 8),
        "participants": "Greta Aurland, Nadiya Yeryomkina",
        "participants_public": "the President and a person proposed to the Assembly",
        "place": "Strasbourg, restaurant",
        "hospitality": "dinner, paid by the Assembly",
        "initiated_by": "others",
        **fields,
    }
    made = Contact()
    actions.enter_contact(made, cast.actor(key), **values)
    return made


def test_a_contact_is_entered_on_a_call_or_a_list_that_the_record_knows(cast: Cast) -> None:
    with pytest.raises(Unmet, match="on a call or on a list"):
        entered(cast, subject=cast.nadia.reference)
    with pytest.raises(Unmet, match="knows no matter"):
        entered(cast, subject="LIST-NONE")
    assert not Contact.objects.exists()


def test_a_contact_is_published_without_the_names_kept_for_the_house(cast: Cast, called: None) -> None:
    made = entered(cast)
    assert queries.published_contacts(made.subject) == []
    assert actions.publish_contacts(made.subject, cast.actor("anna")) == 1
    (row,) = queries.published_contacts(made.subject)
    assert row["participants"] == "the President and a person proposed to the Assembly"
    assert "Yeryomkina" not in str(row)


def test_a_published_contact_is_mended_by_a_correction(cast: Cast, called: None) -> None:
    made = entered(cast)
    actions.publish_contact(made, cast.actor("anna"))
    correction = Correction(
        subject=made.reference,
        field="place",
        old_text=made.place,
        new_text="Strasbourg, office",
        ground="Wrong place.",
    )
    record.draft_correction(correction, cast.actor("anna"))
    record.publish_correction(correction, cast.actor("bruno"))
    assert queries.published_contacts(made.subject)[0]["place"] == "Strasbourg, office"


def test_a_contact_to_come_is_not_entered(cast: Cast, called: None) -> None:
    with pytest.raises(Unmet, match="taken place"):
        entered(cast, met_on=date(2027, 2, 10))
    assert not Contact.objects.exists()


def test_only_who_entered_a_contact_completes_or_withdraws_it(cast: Cast, called: None) -> None:
    made = entered(cast)
    values = {"participants": "Two.", "participants_public": "Two.", "place": "By telephone"}
    with pytest.raises(Unmet, match="Only who entered"):
        actions.complete_contact(made, cast.actor("henri"), **values)
    with pytest.raises(Unmet, match="Only who entered"):
        actions.withdraw_contact(made, cast.actor("henri"), reasons="Mine.")
    actions.complete_contact(made, cast.actor("greta"), **values)
    made.refresh_from_db()
    assert made.place == "By telephone"
    actions.withdraw_contact(made, cast.actor("greta"), reasons="Un autre jour.", language="fr")
    made.refresh_from_db()
    assert (made.withdrawal, made.withdrawal_language) == ("Un autre jour.", "fr")
    assert list(queries.contacts_on(made.subject)) == []
    with pytest.raises(OutOfOrder):
        actions.publish_contact(made, cast.actor("anna"))


def opened(cast: Cast) -> CallerCheck:
    made = CallerCheck(person=cast.nadia)
    actions.open_check(made, cast.actor("anna"))
    return made


def test_a_check_proves_both_sides(cast: Cast) -> None:
    check = opened(cast)
    actions.enter_caller_code(check, cast.actor("anna"), code=codes.code(check, codes.CALLER).lower())
    assert check.state == "caller_proved" and queries.proved_until(cast.nadia.pk, cast.anna.pk) is None
    actions.enter_clerk_code(
        check, cast.actor("nadia"), code=codes.code(check, codes.CLERK).replace(" ", "-")
    )
    assert check.state == "proved" and queries.proved_until(cast.nadia.pk, cast.anna.pk) == check.expires_at
    assert queries.proved_until(cast.nadia.pk, cast.bruno.pk) is None, "another clerk's ear proves nothing"
    assert queries.proved_until(cast.nadia.pk, cast.anna.pk, check.expires_at) is None


def test_the_two_codes_differ_and_are_stored_nowhere(cast: Cast) -> None:
    check = opened(cast)
    caller, clerk = codes.code(check, codes.CALLER), codes.code(check, codes.CLERK)
    assert caller != clerk
    stored = str(CallerCheck.objects.values().get()) + str(list(Entry.objects.values()))
    assert caller.replace(" ", "") not in stored and clerk.replace(" ", "") not in stored


def test_the_third_wrong_code_ends_a_check(cast: Cast) -> None:
    check = opened(cast)
    for failures in (1, 2, 3):
        actions.enter_caller_code(check, cast.actor("anna"), code="000 000")
        assert check.failures == failures
    assert check.state == "failed"
    with pytest.raises(OutOfOrder):
        actions.enter_caller_code(check, cast.actor("anna"), code=codes.code(check, codes.CALLER))
    assert queries.proved_until(cast.nadia.pk, cast.anna.pk) is None


def test_wrong_codes_of_both_sides_are_counted_together(cast: Cast) -> None:
    check = opened(cast)
    actions.enter_caller_code(check, cast.actor("anna"), code="wrong")
    actions.enter_caller_code(check, cast.actor("anna"), code=codes.code(check, codes.CALLER))
    actions.enter_clerk_code(check, cast.actor("nadia"), code="wrong")
    actions.enter_clerk_code(check, cast.actor("nadia"), code=codes.code(check, codes.CALLER))
    assert check.state == "failed"


def test_a_check_lapses_after_the_charters_minutes_though_no_clock_has_run(cast: Cast) -> None:
    check = opened(cast)
    minutes = law.in_force().periods.caller_check_minutes.value
    assert check.expires_at == clock.now() + timedelta(minutes=minutes)
    with clock.set_to(check.expires_at):
        with pytest.raises(OutOfOrder):
            actions.enter_caller_code(check, cast.actor("anna"), code=codes.code(check, codes.CALLER))
        assert actions.tick() == 1
    check.refresh_from_db()
    assert check.state == "lapsed"


def test_nobody_else_sees_or_enters_a_code(cast: Cast) -> None:
    check = opened(cast)
    assert {key for key in cast.persons if check in queries.visible_checks(cast.actor(key))} == {
        "anna",
        "nadia",
    }
    for key in ("bruno", "nadia", "oleg"):
        with pytest.raises(NotEmpowered):
            actions.enter_caller_code(check, cast.actor(key), code=codes.code(check, codes.CALLER))
    check.refresh_from_db()
    assert check.state == "opened" and check.failures == 0


def test_a_candidate_opens_no_check_and_nobody_checks_themselves(cast: Cast) -> None:
    with pytest.raises(NotEmpowered):
        actions.open_check(CallerCheck(person=cast.oleg), cast.actor("nadia"))
    with pytest.raises(Unmet, match="own voice"):
        actions.open_check(CallerCheck(person=cast.anna), cast.actor("anna"))
    opened(cast)
    with pytest.raises(Unmet, match="under way"):
        opened(cast)
    assert CallerCheck.objects.count() == 1


def test_either_side_closes_a_check(cast: Cast) -> None:
    check = opened(cast)
    actions.close_check(check, cast.actor("nadia"))
    assert check.state == "closed" and queries.open_check_for(cast.nadia.pk) is None
