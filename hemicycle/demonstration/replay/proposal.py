"""The President's list: first one reserved seat short, then fifteen with five; the Bureau's vote; ratification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle

from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions
from hemicycle.composition import queries as lists
from hemicycle.composition.actions import Chosen
from hemicycle.composition.models import Acceptance, List, Presence
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.mandates import actions as mandates
from hemicycle.rules.findings import Unmet
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from .applying import enter_contact
from .byways import AT_THE_DESK
from .stage import Stage, cast_ballots, data, only, rows

FIRST, RELEASED, VOTED, RATIFIED = -66, -65, -60, -55
BALLOTS = ["for"] * 6 + ["abstention", "for", "for", "against", "for", "abstention"]
FOR, AGAINST, ABSTENTIONS = 118, 9, 11  # in the Assembly; invented


def play(stage: Stage) -> Iterator[float]:
    with stage.at(FIRST - 1, 9):
        declare_interest(stage)
        questions = ask(stage)
    yield 0.1
    with stage.at(FIRST, 9):
        accept(stage, questions)
    yield 0.25
    fail(stage)
    release(stage)
    yield 0.4
    for told in data("texts")["contacts"]:
        if told["subject"] == "list":
            stage.plan(told["day"] + 1, 18, partial(enter_contact, stage, told))
    vote(stage)
    yield 0.7
    stage.pass_time(-58)  # the session begins
    ratify(stage)
    yield 0.8
    announce(stage)
    yield 1.0


def of(stage: Stage, part: str) -> list[Candidacy]:
    return [stage.candidacies[row["key"]] for row in rows(part)]


def declare_interest(stage: Stage) -> None:
    """A member of the Bureau knows somebody who will be on the list: out of that vote (4.1)."""
    person = stage.candidacies["zaozerin"].person
    interest = Interest(
        subject=person.reference, kind="work", text=data("texts")["interests"]["bureau"], language="en"
    )
    integrity.declare(interest, stage.actor("bureau2"))


def ask(stage: Stage) -> list[Acceptance]:
    """Nobody is proposed who has not accepted first (5.1). Reserved seats are asked for as such."""
    asked = []
    for part, reserved in (
        ("reserved", True),
        ("successor_reserve", True),
        ("general", False),
        ("successor", False),
    ):
        for candidacy in of(stage, part):
            acceptance = Acceptance(candidacy=candidacy, session=stage.session, reserved=reserved)
            actions.ask_acceptance(acceptance, stage.actor("president"))
            asked.append(acceptance)
    return asked


def accept(stage: Stage, asked: Sequence[Acceptance]) -> None:
    withheld = stage.candidacies[only("withheld")]
    presence = cycle((Presence.CAN_COME, Presence.NEEDS_HELP, Presence.CAN_COME, Presence.FROM_AFAR, ""))
    for acceptance in asked:
        candidacy = acceptance.candidacy
        hides = candidacy.pk == withheld.pk
        actions.accept(
            acceptance, stage.candidate(candidacy), commitments=True, name_to_bureau=True,
            public_name=candidacy.person.public_name, reserve_is_public=acceptance.reserved, withhold_name=hides,
            withheld_until=stage.day(120) if hides else None, presence=next(presence),
        )  # fmt: skip


def compose(stage: Stage, list_: List, reserved: Sequence[Candidacy], general: Sequence[Candidacy]) -> None:
    seats = [
        Chosen(number, row, number <= len(reserved)) for number, row in enumerate([*reserved, *general], 1)
    ]
    actions.compose(list_, stage.actor("president"), seats=seats)


def fail(stage: Stage) -> None:
    """Four reserved seats where a third of fifteen is five: the act is refused and says by how many and why."""
    by, words = "president", data("texts")["list"]
    fifth = stage.candidacies[only("fifth")]
    with stage.at(FIRST, 11):
        stage.failed = List(session=stage.session, call=stage.call)
        actions.draft(stage.failed, stage.actor(by), name="First draft")
        reserved = [row for row in of(stage, "reserved") if row.pk != fifth.pk]
        compose(stage, stage.failed, reserved, of(stage, "general"))
        actions.state_reasons(
            stage.failed,
            stage.actor(by),
            reasons_en=words["en"],
            reasons_fr=words["fr"],
            reasons_ru=words["ru"],
            translator="Vera Tolmach",
        )
        try:
            actions.ask_release(stage.failed, stage.actor(by))
        except Unmet as refusal:
            stage.refusal = refusal
        else:
            raise RuntimeError("a list that is one reserved seat short was taken")
        stage.failed.refresh_from_db()


def release(stage: Stage) -> None:
    """The second list: five reserved, one of the others goes to the succession list; two people release it."""
    gives_way = stage.candidacies[only("gives_way")]
    with stage.at(FIRST, 16):
        by = stage.actor("president")
        stage.list = List(session=stage.session, call=stage.call)
        actions.draft(stage.list, by, name="Second draft", copy_of=stage.failed)
        general = [row for row in of(stage, "general") if row.pk != gives_way.pk]
        compose(stage, stage.list, of(stage, "reserved"), general)
        actions.order_succession(
            stage.list,
            by,
            general=[gives_way, *of(stage, "successor")],
            reserve=of(stage, "successor_reserve"),
        )
    with stage.at(RELEASED, 9):
        actions.ask_release(stage.list, stage.actor("president"))
    with stage.at(RELEASED, 11):
        actions.confirm_release(stage.list, stage.actor("clerk1"))


def vote(stage: Stage) -> None:
    """Written procedure over five days; the Bureau approves, with abstentions."""
    with stage.at(RELEASED, 13):  # a change to summer time takes an hour of the five days
        actions.call_bureau_vote(
            stage.list, stage.actor("clerk1"), manner="written", closes_at=stage.instant(VOTED, 15)
        )
        called = lists.votes(stage.list).get(state="called")
        voting.open_vote(called, stage.actor("clerk1"))
    with stage.at(RELEASED + 2, 12):
        cast_ballots(stage, called, (BALLOTS * 3)[:31], sparing=[AT_THE_DESK])
    stage.pass_time(VOTED, 16)
    called.refresh_from_db()
    stage.votes["list"] = called
    with stage.at(VOTED, 17):
        actions.approve(stage.list, stage.actor("clerk1"))


def ratify(stage: Stage) -> None:
    """The Assembly ratifies in its first part-session: held elsewhere, recorded by two clerks."""
    words = data("texts")["ratification"]
    held = Vote(
        subject=stage.list.reference, body="assembly", held_on=stage.day(RATIFIED), question_en=words["en"],
        question_fr=words["fr"], question_ru=words["ru"],
    )  # fmt: skip
    with stage.at(RATIFIED, 12):
        voting.record_elsewhere(
            held, stage.actor("clerk1"), form="show_of_hands", source=words["source"], for_=FOR, against=AGAINST,
            abstentions=ABSTENTIONS,
        )  # fmt: skip
        voting.confirm_elsewhere(held, stage.actor("clerk2"))
        actions.ratify(stage.list, stage.actor("clerk2"))
    stage.votes["ratification"] = held


def announce(stage: Stage) -> None:
    """Letters to everybody just before; then the composition with the contacts, the beginning of each participation."""
    with stage.at(RATIFIED, 14):
        actions.tell_candidates(stage.list, stage.actor("clerk1"))
    with stage.at(RATIFIED, 17):
        actions.announce(stage.list, stage.actor("clerk1"))
        mandates.begin_all(stage.list, stage.actor("clerk2"))
    stage.list.refresh_from_db()
    for contact in stage.contacts:
        contact.refresh_from_db()
