"""The call, 52 candidacies, and what the clerks decide on their form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hemicycle.candidacy import actions
from hemicycle.candidacy.models import Call, Candidacy, Slate
from hemicycle.people import accounts
from hemicycle.people import actions as account_actions
from hemicycle.people import queries as people
from hemicycle.record.acts import BoundAct

from .stage import Stage, data, only, rows
from .writing import candidacy_of, endorse, write

OPENS, CLOSES = -124, -95


def play(stage: Stage) -> Iterator[float]:
    with stage.at(OPENS - 1, 16):
        stage.call = call(stage, OPENS, CLOSES)
    slate = present_slate(stage)
    for index, row in enumerate(story := data("candidates")["candidate"]):
        if "late" not in row["part"]:
            apply(stage, row, index, slate)
        yield 0.82 * index / len(story)
    others(stage)
    stage.pass_time(CLOSES)
    admit_late(stage)
    yield 0.85
    look_at_forms(stage)
    yield 0.93
    decide_inadmissible(stage)
    yield 1.0


def call(stage: Stage, opens: int, closes: int) -> Call:
    words = data("texts")["call"]
    session = stage.session if opens == OPENS else stage.next_session
    made = Call(
        session=session, opens_at=stage.instant(opens, 9), closes_at=stage.instant(closes, 18),
        text_en=words["en"], text_fr=words["fr"], text_ru=words["ru"],
    )  # fmt: skip
    actions.open_call(made, stage.actor("clerk1"))
    return made


def come(stage: Stage, row: dict[str, Any], *, address: bool) -> None:
    """A candidate begins an account at the door; an address is nobody's duty (1.4)."""
    begun = accounts.begin(row["language"])
    stage.people[row["key"]] = begun.person
    if address:
        account_actions.change_address(
            begun.account, people.bearer(begun.person), email=f"{row['key']}@example.org"
        )
        begun.person.refresh_from_db()


def present_slate(stage: Stage) -> Slate:
    """An organisation presents a slate; it gives no right, and everybody on it joins by an own act (2.2)."""
    words = data("texts")["slate"]
    with stage.at(OPENS + 1, 12):
        come(stage, {"key": "presenter", "language": "ru"}, address=False)
        slate = Slate(
            call=stage.call, presenter=stage.people["presenter"], organisation=words["organisation"],
            statement=words["statement"], language="ru",
        )  # fmt: skip
        actions.present_slate(slate, people.actor(stage.people["presenter"]))
    return slate


def apply(stage: Stage, row: dict[str, Any], index: int, slate: Slate) -> None:
    """One candidacy: begun, written, sent some days later, all while the call is open."""
    begun = stage.random.randint(OPENS + 2, CLOSES - 4)
    with stage.at(begun, 9 + index % 9, index):
        come(stage, row, address="phrase" not in row["part"])
        candidacy = candidacy_of(stage, row, stage.call)
        write(stage, candidacy, row, index)
        if "slate" in row["part"]:
            actions.join_slate(candidacy, stage.candidate(candidacy), slate=slate.reference)
        if row.get("reserve") and index % 3 == 0:
            endorse(stage, candidacy, row)
    with stage.at(stage.random.randint(begun + 1, CLOSES - 1), 9 + index % 8, index):
        actions.submit(candidacy, stage.candidate(candidacy))
    stage.candidacies[row["key"]] = candidacy


def others(stage: Stage) -> None:
    """Somebody begins and never sends; somebody asks for late admission without force majeure. Both are erased."""
    row = {"key": "unsent", "language": "ru"}
    with stage.at(CLOSES - 6, 20):
        come(stage, row, address=False)
        candidacy_of(stage, row, stage.call)
    row = {"key": "refused", "language": "ru"}
    words = data("texts")["forms"]
    with stage.at(CLOSES + 1, 9):
        come(stage, row, address=False)
        pleaded = plead(stage, row, words["refused_plea"])
    with stage.at(CLOSES + 2, 9):
        actions.ask_late_admission(pleaded, stage.actor("clerk2"), ground="-")
        actions.refuse_late_admission(pleaded, stage.actor("clerk1"), reasons=words["refused_reasons"])


def plead(stage: Stage, row: dict[str, Any], plea: str) -> Candidacy:
    candidacy = Candidacy(call=stage.call, person=stage.people[row["key"]])
    actions.plead_late(candidacy, stage.candidate(candidacy), plea=plea)
    return candidacy


def admit_late(stage: Stage) -> None:
    """Force majeure, decided by two clerks; counted with its ground on the decision sheet (2.1)."""
    (row,) = rows("late")
    words = data("texts")["forms"]
    with stage.at(CLOSES + 1, 10):
        come(stage, row, address=True)
        candidacy = plead(stage, row, words["late_plea"])
    with stage.at(CLOSES + 2, 10):
        actions.ask_late_admission(candidacy, stage.actor("clerk1"), ground=words["late_ground"])
        actions.confirm_late_admission(candidacy, stage.actor("clerk2"), until=stage.instant(CLOSES + 9, 18))
    with stage.at(CLOSES + 6, 11):
        write(stage, candidacy, row, 41)
        actions.submit(candidacy, stage.candidate(candidacy))
    stage.candidacies[row["key"]] = candidacy


def look_at_forms(stage: Stage) -> None:
    """Admissible on form, by two clerks in turn; three go back for completion, once (2.4)."""
    aside = ("late", "completed", "not_completed", "completed_badly", "not_own")
    words = data("texts")["forms"]
    clear = [row["key"] for row in data("candidates")["candidate"] if not set(aside) & set(row["part"])]
    with stage.at(CLOSES + 1, 14):
        for part in ("completed", "not_completed", "completed_badly"):
            actions.return_for_completion(
                stage.candidacies[only(part)], stage.actor("clerk2"), reasons=words[f"return_{part}"]
            )
        for index, key in enumerate(clear):
            actions.declare_admissible(stage.candidacies[key], stage.actor(f"clerk{1 + index % 2}"))
    for part, day in (("completed", CLOSES + 4), ("completed_badly", CLOSES + 6)):
        candidacy = stage.candidacies[only(part)]
        with stage.at(day, 15):
            actions.complete(candidacy, stage.candidate(candidacy))
    with stage.at(CLOSES + 7, 9):
        for part in ("completed", "late"):
            actions.declare_admissible(stage.candidacies[only(part)], stage.actor("clerk1"))


def decide_inadmissible(stage: Stage) -> None:
    """Three: two incomplete after their chance, one not the person's own act. Two clerks each; one asks for review."""
    words = data("texts")["forms"]
    stage.pass_time(CLOSES + 9)  # the time to complete is over
    grounds = (
        ("not_completed", "incomplete", words["incomplete"]),
        ("completed_badly", "incomplete", words["still_incomplete"]),
        ("not_own", "not_own_act", words["not_own_act"]),
    )
    two_clerks(stage, actions.propose_inadmissible, CLOSES + 11, "clerk1", grounds)
    two_clerks(stage, actions.confirm_inadmissible, CLOSES + 15, "clerk2", [(part,) for part, *_ in grounds])
    doubted = stage.candidacies[only("not_own")]
    with stage.at(CLOSES + 16, 10):
        actions.hold(doubted, stage.actor("clerk1"), ground=words["hold"], until=stage.instant(60, 12))
    reviewed = stage.candidacies[only("completed_badly")]
    with stage.at(CLOSES + 23, 10):
        actions.ask_review(reviewed, stage.candidate(reviewed), reasons=words["review_asked"])
    with stage.at(CLOSES + 29, 10):
        actions.decide_review(
            reviewed, stage.actor("reviewer"), is_admissible=False, reasons=words["review_decided"]
        )


def two_clerks(stage: Stage, act: BoundAct[Any, Any], day: int, clerk: str, cases: Any) -> None:
    with stage.at(day, 11):
        for part, *more in cases:
            given = dict(zip(("ground", "reasons"), more, strict=False))
            act(stage.candidacies[only(part)], stage.actor(clerk), **given)
