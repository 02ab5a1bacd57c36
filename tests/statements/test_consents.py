"""Consents, dissents, the publication that counts them, and what ends otherwise; with everything that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hemicycle.instruments.ledger import notes
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.statements import actions, queries, retention
from hemicycle.statements.models import Consent, Opinion, Scope
from hemicycle.statements.procedure import AmendmentState, StatementState

from .. import seating
from ..cast import Cast
from ..composition.refusing import refused
from ..texts.making import own_translation
from .making import DISSENT, FRENCH, Hall, amended, consent, drafted, final, refuse

S, A = StatementState, AmendmentState


def test_a_consent_is_given_once_and_taken_back(there: Hall) -> None:
    row = final(there)
    consent(there, row, 4)
    refuse("consented already", actions.consent, row, there.actor(4), digest=row.digest)
    actions.withdraw_consent(row, there.actor(4))
    refuse("not consented", actions.withdraw_consent, row, there.actor(4))
    assert not Consent.objects.exists()


def test_a_consent_to_another_digest_is_refused(there: Hall) -> None:
    row = final(there)
    for wrong in ("", "0" * 64, row.digest.upper()):
        refuse("not the digest", actions.consent, row, there.actor(1), digest=wrong)


def test_who_does_not_sit_does_not_consent(there: Hall, cast: Cast) -> None:
    row = final(there)
    seating.suspend(there.seats[1])
    for by in (there.actor(1), cast.actor("anna"), cast.actor("greta")):
        refused(NotEmpowered, actions.consent, row, by, digest=row.digest)
        refused(NotEmpowered, actions.give_opinion, row, by, kind="dissent", text=DISSENT, language="en")


def test_nobody_consents_and_dissents(there: Hall) -> None:
    row = final(there)
    consent(there, row, 1)
    refuse(
        "before you dissent",
        actions.give_opinion,
        row,
        there.actor(1),
        kind="dissent",
        text=DISSENT,
        language="en",
    )
    actions.give_opinion(row, there.actor(1), kind="separate", text="I would have said more.", language="en")
    actions.give_opinion(row, there.actor(2), kind="dissent", text=DISSENT, language="en")
    refuse("take the dissent back", actions.consent, row, there.actor(2), digest=row.digest)
    dissent = Opinion.objects.get(kind="dissent")
    refuse("before you dissent", actions.join_opinion, row, there.actor(1), opinion=dissent)
    refuse(
        "given an opinion",
        actions.give_opinion,
        row,
        there.actor(2),
        kind="separate",
        text="And.",
        language="en",
    )
    actions.join_opinion(row, there.actor(3), opinion=dissent)
    refuse("joined this opinion", actions.join_opinion, row, there.actor(3), opinion=dissent)
    actions.withdraw_opinion(row, there.actor(2))
    assert not Opinion.objects.filter(kind="dissent").exists()
    refuse("no opinion", actions.withdraw_opinion, row, there.actor(2))
    consent(there, row, 2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "rant"}, "dissent or a separate"),
        ({"text": " "}, "Write the text"),
        ({"language": ""}, "language"),
    ],
    ids=str,
)
def test_an_opinion_that_cannot_be_is_refused(there: Hall, wrong: dict[str, str], message: str) -> None:
    given = {"kind": "dissent", "text": DISSENT, "language": "en", **wrong}
    refuse(message, actions.give_opinion, final(there), there.actor(1), **given)


def test_an_opinion_of_another_statement_is_not_joined(there: Hall) -> None:
    one, other = final(there), final(there)
    actions.give_opinion(one, there.actor(2), kind="dissent", text=DISSENT, language="en")
    refuse("another statement", actions.join_opinion, other, there.actor(3), opinion=Opinion.objects.get())


def test_it_is_published_at_two_thirds_and_signed(there: Hall) -> None:
    row = final(there, consents=9, fr=FRENCH)
    actions.give_opinion(row, there.actor(14), kind="dissent", text=DISSENT, language="en")
    refuse(r"9 of 15 have consented; 2/3 of 15 is 10: 1 more\.", actions.publish, row, there.actor(0))
    consent(there, row, 9)
    refused(NotEmpowered, actions.publish, row, there.actor(1))  # no mover
    actions.publish(row, there.actor(0))
    entry = Entry.objects.get(act="publish")
    assert entry.publicity == "public"
    facts = entry.facts
    assert (facts["consents"], facts["needed"], facts["of"], facts["dissents"]) == (10, 10, 15, 1)
    key = notes.Verifier.read(row.key)
    assert facts["key"] == row.key and notes.Note.read(row.note).signed_by([key])
    Ed25519PublicKey.from_public_bytes(key.public).verify(
        bytes.fromhex(facts["signature"]), row.manifest.encode()
    )
    assert row.consents.filter(is_counted=True).count() == 10


def test_a_consent_of_somebody_suspended_since_is_not_counted(there: Hall) -> None:
    row = final(there, consents=10)
    seating.suspend(there.seats[4])
    refuse("9 of 15.*suspended or no longer sitting: 1", actions.publish, row, there.actor(0))
    consent(there, row, 11)
    actions.publish(row, there.actor(0))
    assert not row.consents.get(mandate=there.seats[4]).is_counted
    assert Entry.objects.get(act="publish").facts["consents"] == 10


def test_a_suspended_mover_does_not_publish(there: Hall) -> None:
    row = final(there, consents=12)
    seating.suspend(there.seats[0])
    refused(NotEmpowered, actions.publish, row, there.actor(0))


def test_a_published_statement_stays_as_it_is(there: Hall) -> None:
    row = final(there, consents=10)
    actions.publish(row, there.actor(0))
    for act, params in (
        (actions.publish, {}), (actions.withdraw_consent, {}), (actions.withdraw_statement, {}),
        (actions.give_opinion, {"kind": "dissent", "text": DISSENT, "language": "en"}),
    ):  # fmt: skip
        refused(OutOfOrder, act, row, there.actor(0), **params)
    assert retention.due(row) is None


def test_signatories_speak_for_themselves(there: Hall) -> None:
    row = final(there, scope=Scope.SIGNATORIES)
    refuse("0 of 15", actions.publish, row, there.actor(0))
    consent(there, row, 5)
    actions.publish(row, there.actor(0))
    assert row.state == S.PUBLISHED


def test_without_enough_consents_it_lapses_and_its_texts_go(there: Hall) -> None:
    row = final(there, consents=9)
    refuse("not over", actions.lapse_statement, row, CLOCK)
    with clock.set_to(row.consent_until):
        refused(OutOfOrder, actions.consent, row, there.actor(9), digest=row.digest)
        refused(OutOfOrder, actions.publish, row, there.actor(0))
        actions.tick()
        row.refresh_from_db()
        assert row.state == S.LAPSED
        refuse("not yet to be erased", actions.erase_statement, row, CLOCK)
    with clock.set_to(row.consent_until + timedelta(days=90)):
        assert [due.reference for due in retention.plan(clock.now())] == [row.reference]
        actions.tick()
        row.refresh_from_db()
        assert row.erased_at is not None and queries.latest_text(row) == ""
        assert not row.versions.exists() and not row.consents.exists()
    assert KeyDestruction.objects.filter(owner=row.reference).exists()


def test_a_draft_that_nobody_moves_any_more_lapses_and_its_texts_go(there: Hall) -> None:
    row = drafted(there)
    actions.join_movers(row, there.actor(1))
    amendment = amended(there, row)
    seating.end(there.seats[1])
    refuse("only mover", actions.leave_movers, row, there.actor(0))
    refuse("has not ended", actions.lapse_statement, row, CLOCK)
    assert actions.tick() == 0
    seating.end(there.seats[0])
    assert actions.tick() == 1
    row.refresh_from_db()
    amendment.refresh_from_db()
    assert (row.state, amendment.state) == (S.LAPSED, A.DROPPED)
    due = retention.due(row)
    assert due is not None and due.at == clock.now() + timedelta(days=90)
    with clock.set_to(due.at):
        assert actions.tick() == 1
    assert not row.versions.exists()


def test_the_last_mover_withdraws_though_others_moved_it_who_sit_no_more(there: Hall) -> None:
    row = drafted(there)
    actions.join_movers(row, there.actor(1))
    seating.end(there.seats[1])
    actions.withdraw_statement(row, there.actor(0))
    assert row.state == S.WITHDRAWN


def test_a_withdrawn_statement_takes_its_amendments_with_it_and_all_their_texts_go(there: Hall) -> None:
    row = drafted(there)
    amendment = amended(there, row)
    beside = own_translation(row.reference, "text", there.actor(0))
    actions.withdraw_statement(row, there.actor(0))
    amendment.refresh_from_db()
    assert (row.state, amendment.state) == (S.WITHDRAWN, A.DROPPED)
    refused(NotEmpowered, actions.drop_amendment, amendment, there.actor(0))
    with clock.set_to(clock.now() + timedelta(days=90)):
        actions.erase_statement(row, CLOCK)
    amendment.refresh_from_db()
    beside.refresh_from_db()
    assert beside.text == ""
    assert amendment.passage == amendment.replacement == amendment.reasons == ""


# --- when no mover can


def test_while_every_mover_is_suspended_whoever_consented_publishes_and_nobody_else(
    there: Hall, cast: Cast
) -> None:
    row = drafted(there)
    actions.join_movers(row, there.actor(1))
    actions.finalise(row, there.actor(0), texts={})
    for seat in range(2, 11):
        consent(there, row, seat)
    seating.suspend(there.seats[0])
    refused(NotEmpowered, actions.publish, row, there.actor(2))  # one mover sits
    seating.suspend(there.seats[1])
    seating.suspend(there.seats[3])
    for by in (there.actor(0), there.actor(3), there.actor(12), cast.actor("anna")):
        refused(NotEmpowered, actions.publish, row, by)  # a mover, suspended; no signatory; nobody who sits
    refuse("8 of 15", actions.publish, row, there.actor(2))  # counted as ever
    for seat in (11, 12):
        consent(there, row, seat)
    refused(NotEmpowered, actions.withdraw_statement, row, there.actor(2))
    actions.publish(row, there.actor(2))
    entry = Entry.objects.get(act="publish")
    assert (row.state, entry.office, entry.facts["consents"]) == (S.PUBLISHED, "signatory", 10)


def test_where_no_mover_sits_any_more_a_signatory_publishes_and_a_draft_is_nobodys(there: Hall) -> None:
    row, draft = final(there, scope=Scope.SIGNATORIES), drafted(there)
    consent(there, row, 5)
    seating.end(there.seats[0])
    refused(NotEmpowered, actions.finalise, draft, there.actor(5), texts={})
    actions.publish(row, there.actor(5))
    assert row.state == S.PUBLISHED
