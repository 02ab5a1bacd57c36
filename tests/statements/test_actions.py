"""A statement from its first version to its publication, and everything that is refused on the way."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from hemicycle.instruments.passages import digest
from hemicycle.record import acts, clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.acts import Stale
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.statements import actions, queries
from hemicycle.statements.models import Amendment, Scope, Statement, Version
from hemicycle.statements.procedure import AmendmentState, StatementState

from .. import seating
from ..cast import Cast
from ..composition.refusing import refused
from .making import FRENCH, RUSSIAN, TEXT, Hall, amended, drafted, final, hall, refuse

S, A = StatementState, AmendmentState


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


def test_a_form_from_before_an_amendment_was_taken_in_does_not_undo_it(there: Hall) -> None:
    row = drafted(there)
    amendment = amended(there, row)
    actions.vote_on_amendment(amendment, there.actor(1), choice="for")
    seen = row.version
    with clock.set_to(amendment.closes_at):
        actions.close_amendment(amendment, CLOCK)
        actions.take_in(amendment, there.actor(0))
        row.refresh_from_db()
        for act, params in (
            (actions.write_version, {"text": f"{TEXT}More."}),
            (actions.finalise, {"texts": {}}),
        ):
            with acts.submission(None, seen):
                refused(Stale, act, row, there.actor(0), **params)
        assert "within thirty days" in queries.latest_text(Statement.objects.get())
        with acts.submission(None, row.version):
            actions.finalise(row, there.actor(0), texts={})
    assert row.state == S.FINAL


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
    """By another amendment that was carried; a mover does not write a passage away from under one that is voted on."""
    row = drafted(there)
    amendment = amended(there, row)
    other = amended(there, row, passage="within ninety days of the request", replacement="soon")
    sixty = TEXT.replace("ninety", "sixty")
    refuse(amendment.reference, actions.write_version, row, there.actor(0), text=sixty)
    for each in (amendment, other):
        actions.vote_on_amendment(each, there.actor(1), choice="for")
    with clock.set_to(amendment.closes_at):
        for each in (amendment, other):
            actions.close_amendment(each, CLOCK)
        refuse(amendment.reference, actions.write_version, row, there.actor(0), text=sixty)
        actions.take_in(other, there.actor(0))
        refused(NotEmpowered, actions.take_in, amendment, there.actor(3))
        actions.take_in(amendment, there.actor(0))
    assert (amendment.state, other.state) == (A.OVERTAKEN, A.TAKEN_IN) and row.versions.count() == 2


def carried(there: Hall, row: Statement, passage: str, replacement: str) -> Amendment:
    """An amendment that was carried and taken in."""
    amendment = amended(there, row, passage=passage, replacement=replacement)
    actions.vote_on_amendment(amendment, there.actor(1), choice="for")
    with clock.set_to(amendment.closes_at):
        actions.close_amendment(amendment, CLOCK)
        actions.take_in(amendment, there.actor(0))
    row.refresh_from_db()
    return amendment


@pytest.mark.parametrize(
    ("passage", "replacement"),
    [
        ("ninety days", "thirty days"), ("every state", "every state and union"),  # put in its place, and longer
        ("fight this war", "fight"), ("Nobody who refused an order may be sent back; ", ""),  # shorter, and struck out
    ],
    ids=str,
)  # fmt: skip
def test_a_mover_does_not_undo_what_was_carried(there: Hall, passage: str, replacement: str) -> None:
    row = drafted(there)
    amendment = carried(there, row, passage, replacement)
    refuse(
        f"would undo the amendment {amendment.reference}",
        actions.write_version,
        row,
        there.actor(0),
        text=TEXT,
    )
    kept = queries.latest_text(Statement.objects.get()).replace(" ", "  ") + "One line more.\n"
    actions.write_version(row, there.actor(0), text=kept)  # spaces do not count, and the rest is free
    refuse(
        f"would undo the amendment {amendment.reference}",
        actions.write_version,
        row,
        there.actor(0),
        text=TEXT,
    )
    actions.finalise(row, there.actor(0), texts={})
    assert queries.holds(amendment, queries.latest_text(Statement.objects.get()))


def test_what_was_carried_is_undone_by_another_amendment_that_is(there: Hall) -> None:
    row = drafted(there)
    carried(there, row, "ninety days", "thirty days")
    again = carried(there, row, "thirty days", "ninety days")
    assert queries.latest_text(Statement.objects.get()) == TEXT
    actions.write_version(row, there.actor(0), text=f"{TEXT}More.")
    refuse(again.reference, actions.write_version, row, there.actor(0), text=TEXT.replace("ninety", "thirty"))


def test_each_participant_has_a_few_amendments_to_one_statement_that_lead_to_nothing(there: Hall) -> None:
    row = drafted(there)
    first = amended(there, row)
    second, _third = (
        amended(there, row, passage=each, replacement="x") for each in ("every state", "each case")
    )
    words = {"passage": "in writing", "replacement": "aloud", "reasons": ""}
    refuse(
        "You have 3 amendments to this statement",
        actions.propose_amendment,
        Amendment(statement=row),
        there.actor(3),
        **words,
    )
    actions.propose_amendment(Amendment(statement=row), there.actor(4), **words)  # another participant
    amended(there, drafted(there))  # another statement
    actions.withdraw_amendment(first, there.actor(3))
    refuse("no more are taken", actions.propose_amendment, Amendment(statement=row), there.actor(3), **words)
    actions.vote_on_amendment(second, there.actor(5), choice="for")
    with clock.set_to(second.closes_at):
        actions.close_amendment(second, CLOCK)
        actions.propose_amendment(
            Amendment(statement=row), there.actor(3), **words
        )  # what was carried does not count


def test_an_amendment_leaves_a_text_when_it_is_proposed_and_when_it_is_taken_in(there: Hall) -> None:
    row = drafted(there)
    body = TEXT.partition("\n")[2].strip()
    nothing = {"passage": body, "replacement": "", "reasons": ""}
    refuse(
        "title on the first line",
        actions.propose_amendment,
        Amendment(statement=row),
        there.actor(3),
        **nothing,
    )
    first, rest = body.split("\n", 1)
    half = [amended(there, row, passage=passage, replacement="") for passage in (first, rest)]
    for each in half:
        actions.vote_on_amendment(each, there.actor(1), choice="for")
    with clock.set_to(half[0].closes_at):
        for each in half:
            actions.close_amendment(each, CLOCK)
        for each in half:
            actions.take_in(each, there.actor(0))
    assert [each.state for each in half] == [A.TAKEN_IN, A.OVERTAKEN]


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
        "scope all",
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
