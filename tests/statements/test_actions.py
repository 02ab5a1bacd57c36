"""A statement from its first version to its publication, and everything that is refused on the way."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hemicycle.instruments.ledger import notes
from hemicycle.instruments.passages import digest
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.statements import actions, queries, retention
from hemicycle.statements.models import Consent, Opinion, Scope, Statement, Version
from hemicycle.statements.procedure import AmendmentState, StatementState

from .. import seating
from ..cast import Cast
from ..composition.refusing import refused
from .making import DISSENT, FRENCH, RUSSIAN, TEXT, Hall, amended, consent, drafted, final, hall

S, A = StatementState, AmendmentState


@pytest.fixture
def there(cast: Cast) -> Hall:
    return hall(cast)


def refuse(message: str, act: Any, row: Any, by: Any, **params: Any) -> None:
    """Refused with that sentence, and nothing has changed."""
    with pytest.raises(Unmet, match=message):
        act(row, by, **params)
    refused(Unmet, act, row, by, **params)


# --- drafting


def test_a_draft_has_a_mover_and_a_version(there: Hall) -> None:
    row = drafted(there)
    assert row.state == S.DRAFT and queries.latest_text(row) == TEXT
    assert queries.title_of(queries.latest_text(row)) == "For those who refused"
    entry = Entry.objects.get(matter=row.reference)
    assert entry.publicity == "house" and "refused" not in str(entry.facts)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": " \n"}, "Write the text"), ({"text": "A title only"}, "title on the first line"),
        ({"text": "T\n" + "x" * 20_001}, "longer than 20000"), ({"language": "de"}, "Choose the language"),
    ],
    ids=str,
)  # fmt: skip
def test_a_draft_that_cannot_be_is_refused(there: Hall, wrong: dict[str, str], message: str) -> None:
    given = {"text": TEXT, "language": "en", **wrong}
    refuse(message, actions.begin_statement, Statement(scope=Scope.ALL), there.actor(0), **given)
    assert not Statement.objects.exists() and not Version.objects.exists()


def test_a_scope_that_is_none_is_refused(there: Hall) -> None:
    refuse(
        "in whose name",
        actions.begin_statement,
        Statement(scope="x"),
        there.actor(0),
        text=TEXT,
        language="en",
    )


def test_only_who_sits_begins_or_moves_a_statement(there: Hall, cast: Cast) -> None:
    row = drafted(there)
    seating.suspend(there.seats[0])
    for by in (there.actor(0), cast.actor("anna"), cast.actor("luca")):
        refused(
            NotEmpowered, actions.begin_statement, Statement(scope=Scope.ALL), by, text=TEXT, language="en"
        )
        refused(NotEmpowered, actions.join_movers, row, by)
        refused(NotEmpowered, actions.write_version, row, by, text=f"{TEXT}More.")


def test_movers_join_and_leave_and_the_last_one_stays(there: Hall) -> None:
    row = drafted(there)
    actions.join_movers(row, there.actor(1))
    refuse("already", actions.join_movers, row, there.actor(1))
    refuse("Others move", actions.withdraw_statement, row, there.actor(0))
    actions.leave_movers(row, there.actor(0))
    refuse("only mover", actions.leave_movers, row, there.actor(1))
    refused(NotEmpowered, actions.write_version, row, there.actor(0), text=f"{TEXT}More.")


def test_a_new_version_stands_beside_the_old_ones(there: Hall) -> None:
    row = drafted(there)
    refuse("Nothing is different", actions.write_version, row, there.actor(0), text=f"{TEXT}  \n")
    actions.write_version(row, there.actor(0), text=f"{TEXT}More.")
    assert [v.number for v in row.versions.all()] == [1, 2]
    assert row.versions.first().text == TEXT


# --- amendments


def test_an_amendment_is_carried_and_taken_in(there: Hall) -> None:
    row = drafted(there)
    amendment = amended(there, row)
    for seat, choice in ((0, "against"), (1, "for"), (2, "for"), (3, "abstain")):
        actions.vote_on_amendment(amendment, there.actor(seat), choice=choice)
    refuse("Not everybody has voted", actions.close_amendment, amendment, there.actor(0))
    refuse("open for votes", actions.finalise, row, there.actor(0), texts={})
    with clock.set_to(amendment.closes_at):
        refuse("time for votes", actions.vote_on_amendment, amendment, there.actor(4), choice="for")
        assert actions.tick() == 1
        amendment.refresh_from_db()
        assert amendment.state == A.CARRIED
        refuse("not taken in", actions.finalise, row, there.actor(0), texts={})
        actions.take_in(amendment, there.actor(0))
    assert amendment.state == A.TAKEN_IN
    assert "within thirty days" in queries.latest_text(row)
    assert row.versions.last().amendment == amendment.reference
    entry = Entry.objects.get(matter=amendment.reference, act="close_amendment")
    assert (entry.facts["for"], entry.facts["against"], entry.facts["abstain"]) == (2, 1, 1)


def test_a_tie_and_the_vote_of_a_suspended_participant_carry_nothing(there: Hall) -> None:
    row = drafted(there)
    tied, lost = amended(there, row), amended(there, row, passage="every state", replacement="each state")
    for amendment in (tied, lost):
        actions.vote_on_amendment(amendment, there.actor(0), choice="against")
        actions.vote_on_amendment(amendment, there.actor(1), choice="for")
    actions.vote_on_amendment(lost, there.actor(2), choice="for")
    seating.suspend(there.seats[2])
    with clock.set_to(tied.closes_at):
        for amendment in (tied, lost):
            actions.close_amendment(amendment, CLOCK)
            assert amendment.state == A.REJECTED


def test_when_everybody_has_voted_a_mover_closes_the_vote(cast: Cast) -> None:
    there = hall(cast, 4)
    amendment = amended(there, drafted(there))
    for seat in range(4):
        actions.vote_on_amendment(amendment, there.actor(seat), choice="against")
    actions.vote_on_amendment(amendment, there.actor(3), choice="for")  # another mind
    refused(NotEmpowered, actions.close_amendment, amendment, there.actor(3))
    actions.close_amendment(amendment, there.actor(0))
    assert amendment.state == A.REJECTED and amendment.votes.count() == 4


def test_what_a_later_version_has_left_behind_is_overtaken(there: Hall) -> None:
    row = drafted(there)
    amendment = amended(there, row)
    actions.vote_on_amendment(amendment, there.actor(1), choice="for")
    actions.write_version(row, there.actor(0), text=TEXT.replace("ninety", "sixty"))
    with clock.set_to(amendment.closes_at):
        actions.close_amendment(amendment, CLOCK)
        refused(NotEmpowered, actions.take_in, amendment, there.actor(3))
        actions.take_in(amendment, there.actor(0))
    assert amendment.state == A.OVERTAKEN and row.versions.count() == 2


@pytest.mark.parametrize(
    ("passage", "replacement", "message"),
    [("", "x", "exactly once"), ("in", "x", "exactly once"), ("no such words", "x", "exactly once"),
     ("ninety days", "ninety days ", "read as before")],
)  # fmt: skip
def test_an_amendment_of_nothing_is_refused(
    there: Hall, passage: str, replacement: str, message: str
) -> None:
    row = drafted(there)
    with pytest.raises(Unmet, match=message):
        amended(there, row, passage=passage, replacement=replacement)
    assert not row.amendments.exists()


def test_an_amendment_is_withdrawn_by_who_proposed_it(there: Hall) -> None:
    row = drafted(there)
    amendment = amended(there, row)
    refuse("how you vote", actions.vote_on_amendment, amendment, there.actor(1), choice="perhaps")
    refused(NotEmpowered, actions.withdraw_amendment, amendment, there.actor(0))
    actions.withdraw_amendment(amendment, there.actor(3))
    refused(OutOfOrder, actions.vote_on_amendment, amendment, there.actor(1), choice="for")
    actions.finalise(row, there.actor(0), texts={})
    with pytest.raises(Unmet, match="Only a draft"):
        amended(there, row)


# --- the final text


def test_the_digest_covers_every_authentic_text(there: Hall) -> None:
    row = final(there, fr=FRENCH, ru=RUSSIAN)
    lines = [
        "hemicycle-statement-1",
        row.reference,
        f"en {digest(TEXT)}",
        f"fr {digest(FRENCH)}",
        f"ru {digest(RUSSIAN)}",
    ]
    assert row.manifest.splitlines() == lines
    assert row.digest == hashlib.sha256(row.manifest.encode()).hexdigest()
    assert row.consent_until == clock.now() + timedelta(days=14)
    assert Entry.objects.get(act="finalise").facts["digest"] == row.digest


def test_a_final_text_is_not_written_anew(there: Hall) -> None:
    row = final(there)
    refused(OutOfOrder, actions.write_version, row, there.actor(0), text=f"{TEXT}More.")
    refused(OutOfOrder, actions.finalise, row, there.actor(0), texts={})


def test_a_text_in_another_language_has_a_title_too(there: Hall) -> None:
    refuse("title on the first line", actions.finalise, drafted(there), there.actor(0), texts={"fr": "Seul"})


# --- consents


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


# --- publication


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


# --- endings


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


def test_a_withdrawn_statement_takes_its_amendments_with_it_and_all_their_texts_go(there: Hall) -> None:
    row = drafted(there)
    amendment = amended(there, row)
    actions.withdraw_statement(row, there.actor(0))
    amendment.refresh_from_db()
    assert (row.state, amendment.state) == (S.WITHDRAWN, A.DROPPED)
    refused(NotEmpowered, actions.drop_amendment, amendment, there.actor(0))
    with clock.set_to(clock.now() + timedelta(days=90)):
        actions.erase_statement(row, CLOCK)
    amendment.refresh_from_db()
    assert amendment.passage == amendment.replacement == amendment.reasons == ""
