"""What people add to a consultation: sealed until it is admitted, declined for a reason of the charter, never without end."""

from __future__ import annotations

import pytest

from hemicycle.consultations import actions, answering, queries
from hemicycle.consultations.answering import Answerer
from hemicycle.consultations.models import Consultation, Proposition, Side
from hemicycle.consultations.procedure import ConsultationState, PropositionState
from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import Cast
from ..texts.making import own_translation
from . import making
from .making import YES

P = PropositionState
C = ConsultationState


def proposed(cast: Cast, row: Consultation, by: str = "luca", text: str = "Schools first.") -> Proposition:
    sent = Proposition(consultation=row)
    actions.propose(sent, cast.actor(by), text=text, language="en")
    return sent


def proposed_with(code: str, row: Consultation, text: str) -> Proposition:
    sent = Proposition(consultation=row)
    sent.code = code  # type: ignore[attr-defined]
    actions.propose(sent, PUBLIC, text=text, language="en")
    return sent


def test_a_proposition_is_sealed_until_it_is_admitted(cast: Cast) -> None:
    row = making.opened(cast)
    sent = proposed(cast, row)
    assert (sent.state, sent.text, sent.draft) == ("waiting", "", "Schools first.")
    assert not queries.propositions_visible_to(cast.actor("henri")).filter(pk=sent.pk).exists()
    with pytest.raises(NotEmpowered):
        actions.admit(sent, cast.actor("henri"))
    with pytest.raises(Unmet):
        answering.give(row, Answerer(Side.DELEGATE, "person:1"), {sent.pk: YES})
    actions.admit(sent, cast.actor("anna"))
    assert (sent.text, sent.draft, sent.number) == ("Schools first.", "", 4)
    answering.give(row, Answerer(Side.DELEGATE, "person:1"), {sent.pk: YES})


def test_it_is_declined_for_a_reason_of_the_charter_only(cast: Cast) -> None:
    row = making.opened(cast)
    sent = proposed(cast, row)
    with pytest.raises(Unmet):
        actions.decline(sent, cast.actor("anna"), reason="unwelcome")
    actions.decline(sent, cast.actor("anna"), reason="repeat")
    assert sent.reason == "repeat" and queries.own(row, cast.actor("luca")) == [sent]
    with pytest.raises(OutOfOrder):
        actions.admit(sent, cast.actor("anna"))


def test_its_author_alone_takes_it_back(cast: Cast) -> None:
    sent = proposed(cast, making.opened(cast))
    with pytest.raises(NotEmpowered):
        actions.take_back(sent, cast.actor("henri"))
    beside = own_translation(sent.reference, "text", cast.actor("luca"))
    actions.take_back(sent, cast.actor("luca"))
    beside.refresh_from_db()
    assert beside.text == "", "what the author wrote beside it goes at once too"
    assert sent.draft == "" and sent.state == "taken_back"


def test_whoever_may_not_answer_may_not_propose_and_a_code_is_enough(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    with pytest.raises(NotEmpowered):
        proposed(cast, row, "quiet")
    with pytest.raises(NotEmpowered):
        actions.propose(Proposition(consultation=row), PUBLIC, text="No code.", language="en")
    sent = proposed_with(making.code(cast, row), row, "With a code.")
    assert sent.author is None and Entry.objects.get(act="propose").actor == "PUBLIC"


@pytest.mark.parametrize(
    ("text", "language"), [(" ", "en"), ("x" * 281, "en"), ("Right.", "xx"), (making.SEEDS[0], "en")]
)
def test_what_cannot_be_put_is_refused(cast: Cast, text: str, language: str) -> None:
    row = making.opened(cast)
    with pytest.raises(Unmet):
        actions.propose(Proposition(consultation=row), cast.actor("luca"), text=text, language=language)
    assert row.propositions.count() == 3


def test_nobody_floods_the_secretariat(cast: Cast) -> None:
    row = making.opened(cast)
    for number in range(10):
        proposed(cast, row, text=f"Thought {number}.")
    with pytest.raises(Unmet):
        proposed(cast, row)
    proposed(cast, row, "henri")


def test_whoever_has_a_code_does_not_flood_it_either(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    made = making.code(cast, row)
    for number in range(10):
        proposed_with(made, row, f"Thought {number}.")
    with pytest.raises(Unmet, match="sent with codes wait already"):
        proposed_with(made, row, "One more.")
    proposed(cast, row)
    second = making.code(cast, row)
    for number in range(10, 20):
        proposed_with(second, row, f"Thought {number}.")
    with pytest.raises(Unmet, match="sent with codes wait already"):
        proposed_with(second, row, "One more.")
    waiting = row.propositions.filter(state="waiting", author=None)
    actions.decline(waiting[0], cast.actor("anna"), reason="repeat")
    proposed_with(made, row, "One more.")


def test_after_the_end_nothing_is_proposed_or_admitted_and_what_waits_has_lapsed(cast: Cast) -> None:
    row = making.opened(cast)
    sent = proposed(cast, row)
    with clock.set_to(row.closes_at):
        with pytest.raises(Unmet):
            proposed(cast, row, "henri")
        with pytest.raises(OutOfOrder):
            actions.admit(sent, cast.actor("anna"))
        assert Proposition.objects.get(pk=sent.pk).standing(clock.now()) == PropositionState.LAPSED


def test_a_first_proposition_is_put_only_with_its_consultation(cast: Cast) -> None:
    row = making.opened(cast)
    with pytest.raises(NotEmpowered):
        actions.seed(Proposition(consultation=row), cast.actor("anna"), text="Alone.", language="en")
    assert row.propositions.count() == 3
