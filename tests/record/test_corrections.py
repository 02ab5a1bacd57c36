"""Corrections: one clerk drafts, another publishes; the old text stays, unless it is a name that must disappear."""

from __future__ import annotations

import pytest

from hemicycle.people import actions as people
from hemicycle.people.models import Holding
from hemicycle.record import actions, queries
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Correction, Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast


@pytest.fixture
def subject(cast: Cast) -> str:
    """Any matter of the record."""
    holding = Holding(person=cast.quiet, office="delegate")
    people.grant(holding, cast.actor("anna"))
    return holding.reference


def drafted(cast: Cast, subject: str, **fields: object) -> Correction:
    values = {
        "field": "reasons",
        "old_text": "Twelve seats",
        "new_text": "Fifteen seats",
        "ground": "Misread.",
    }
    made = Correction(subject=subject, **{**values, **fields})
    actions.draft_correction(made, cast.actor("anna"))
    return made


def test_a_correction_counts_once_a_second_clerk_publishes_it(cast: Cast, subject: str) -> None:
    made = drafted(cast, subject)
    facts = {"reasons": "Twelve seats", "other": "kept"}
    assert queries.corrected(subject, facts) == facts
    with pytest.raises(SamePerson):
        actions.publish_correction(made, cast.actor("anna"))
    actions.publish_correction(made, cast.actor("bruno"))
    assert queries.corrected(subject, facts) == {"reasons": "Fifteen seats", "other": "kept"}
    (kept,) = queries.corrections(subject)
    assert (kept.old_text, kept.ground) == ("Twelve seats", "Misread.")


def test_a_name_that_must_disappear_is_erased_and_replaced(cast: Cast, subject: str) -> None:
    made = drafted(cast, subject, old_text="Secret Name", new_text="withheld for safety", drop_old_text=True)
    actions.publish_correction(made, cast.actor("bruno"))
    assert "Secret Name" not in str(list(Correction.objects.values()))
    assert "Secret Name" not in str(list(Entry.objects.values()))
    assert queries.corrected(subject, {"reasons": "Secret Name"}) == {"reasons": "withheld for safety"}


def test_a_correction_of_one_language_leaves_the_others(cast: Cast, subject: str) -> None:
    made = drafted(cast, subject, language="fr")
    actions.publish_correction(made, cast.actor("bruno"))
    facts = {"reasons": "Twelve seats"}
    assert queries.corrected(subject, facts, "en") == facts
    assert queries.corrected(subject, facts, "fr") == {"reasons": "Fifteen seats"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"new_text": "Twelve seats"}, "nothing is corrected"),
        ({"ground": " "}, "says its ground"),
        ({"new_text": "", "drop_old_text": True}, "in the place of"),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(
    cast: Cast, subject: str, fields: dict[str, object], message: str
) -> None:
    with pytest.raises(Unmet, match=message):
        drafted(cast, subject, **fields)
    assert not Correction.objects.exists()


def test_a_correction_is_about_a_matter_of_the_record(cast: Cast, subject: str) -> None:
    with pytest.raises(Unmet, match="LIST-NONE"):
        drafted(cast, "LIST-NONE")
    assert not Correction.objects.exists()


def test_only_the_secretariat_corrects(cast: Cast, subject: str) -> None:
    with pytest.raises(NotEmpowered):
        actions.draft_correction(Correction(subject=subject), cast.actor("henri"))
    assert not Correction.objects.exists()


def test_a_withdrawn_correction_changes_nothing(cast: Cast, subject: str) -> None:
    made = drafted(cast, subject)
    actions.withdraw_correction(made, cast.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.publish_correction(made, cast.actor("bruno"))
    assert queries.corrected(subject, {"reasons": "Twelve seats"}) == {"reasons": "Twelve seats"}


def test_drafts_are_seen_by_the_secretariat_alone(cast: Cast, subject: str) -> None:
    made = drafted(cast, subject)
    assert made in queries.visible_to(cast.actor("bruno"))
    assert made not in queries.visible_to(cast.actor("henri"))
    actions.publish_correction(made, cast.actor("bruno"))
    assert made in queries.visible_to(cast.actor("henri"))
