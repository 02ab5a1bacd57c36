"""The call, 52 candidacies, and what the clerks decide on their form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from hemicycle.candidacy import actions
from hemicycle.candidacy.models import Call, Candidacy, Slate
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Contact
from hemicycle.people import accounts, demonstration
from hemicycle.people import actions as account_actions
from hemicycle.people import queries as people

from .stage import Stage, data, only, rows
from .writing import candidacy_of, endorse, write

OPENS, CLOSES = -123, -95


def play(stage: Stage) -> Iterator[float]:
    """Everything of this chapter is planned first: candidates write side by side, and clerks decide while others read."""
    stage.plan(OPENS - 1, 16, partial(open_call, stage))
    stage.plan(OPENS + 1, 12, partial(present_slate, stage))
    for index, row in enumerate(data("candidates")["candidate"]):
        if "late" not in row["part"]:
            apply(stage, row, index)
    others(stage)
    stage.plan(CLOSES, 19, stage.go_round)
    admit_late(stage)
    look_at_forms(stage)
    decide_inadmissible(stage)
    for told in data("texts")["contacts"]:
        if told["subject"] == "call":
            stage.plan(told["day"] + 1, 18, partial(enter_contact, stage, told))
    yield from stage.play(stage.instant(CLOSES + 6, 23))


def open_call(stage: Stage) -> None:
    stage.call = call(stage, OPENS, CLOSES)


def enter_contact(stage: Stage, told: dict[str, Any]) -> None:
    """Who met whom about the call or the list, when, where, at whose expense (4.2)."""
    subject = stage.call if told["subject"] == "call" else stage.list
    contact = Contact(
        subject=subject.reference, met_on=stage.day(told["day"]), participants=told["participants"],
        participants_public=told["public"], place=told["place"], hospitality=told["hospitality"],
        initiated_by=told["initiated_by"], language="en",
    )  # fmt: skip
    integrity.enter_contact(contact, stage.actor(told["by"]))
    stage.contacts.append(contact)


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
    account_actions.change_phrase(  # what the phrase of everybody here opens
        begun.account, people.bearer(begun.person), phrase_digest=str(begun.account.phrase_digest),
        lock_digest=str(begun.account.lock_digest), recipient=demonstration.recipient(demonstration.CANDIDATES),
        wrap=demonstration.wrap(demonstration.CANDIDATES),
    )  # fmt: skip
    if address:
        account_actions.change_address(
            begun.account, people.bearer(begun.person), email=f"{row['key']}@example.org"
        )
        begun.person.refresh_from_db()


def present_slate(stage: Stage) -> None:
    """An organisation presents a slate; it gives no right, and everybody on it joins by an own act (2.2)."""
    words = data("texts")["slate"]
    come(stage, {"key": "presenter", "language": "ru"}, address=False)
    stage.slate = Slate(
        call=stage.call, presenter=stage.people["presenter"], organisation=words["organisation"],
        statement=words["statement"], language="ru",
    )  # fmt: skip
    actions.present_slate(stage.slate, people.actor(stage.people["presenter"]))


def apply(stage: Stage, row: dict[str, Any], index: int) -> None:
    """One candidacy: begun, written, sent some days later, all while the call is open."""
    begun = stage.random.randint(OPENS + 2, CLOSES - 4)
    sent = stage.random.randint(begun + 1, CLOSES - 1)
    stage.plan(begun, 9 + index % 9, partial(begin, stage, row, index), index)
    stage.plan(sent, 9 + index % 8, partial(send, stage, row["key"]), index)


def begin(stage: Stage, row: dict[str, Any], index: int) -> None:
    come(stage, row, address="phrase" not in row["part"])
    candidacy = stage.candidacies[row["key"]] = candidacy_of(stage, row, stage.call)
    write(stage, candidacy, row, index)
    if "slate" in row["part"]:
        actions.join_slate(candidacy, stage.candidate(candidacy), slate=stage.slate.reference)
    if row.get("reserve") and index % 3 == 0:
        endorse(stage, candidacy, row)


def send(stage: Stage, key: str) -> None:
    candidacy = stage.candidacies[key]
    actions.submit(candidacy, stage.candidate(candidacy))


def others(stage: Stage) -> None:
    """Somebody begins and never sends; somebody asks for late admission without force majeure. Both are erased."""
    unsent, refused = ({"key": key, "language": "ru"} for key in ("unsent", "refused"))
    words = data("texts")["forms"]

    def not_sent() -> None:
        come(stage, unsent, address=False)
        candidacy_of(stage, unsent, stage.call)

    def not_admitted() -> None:
        asked = stage.candidacies.pop("refused")
        actions.propose_inadmissible(
            asked, stage.actor("clerk2"), ground="late", reasons=words["refused_reasons"], language="ru"
        )
        actions.confirm_inadmissible(asked, stage.actor("clerk1"))

    stage.plan(CLOSES - 6, 20, not_sent)
    stage.plan(CLOSES + 1, 9, partial(plead, stage, refused, words["refused_plea"], address=False))
    stage.plan(CLOSES + 2, 9, not_admitted)


def plead(stage: Stage, row: dict[str, Any], plea: str, *, address: bool) -> None:
    come(stage, row, address=address)
    candidacy = Candidacy(call=stage.call, person=stage.people[row["key"]])
    actions.plead_late(candidacy, stage.candidate(candidacy), plea=plea, notice_read=True, language="ru")
    stage.candidacies[row["key"]] = candidacy


def admit_late(stage: Stage) -> None:
    """Force majeure, decided by two clerks; counted with its ground on the decision sheet (2.1)."""
    (row,) = rows("late")
    words, key = data("texts")["forms"], row["key"]

    def admitted() -> None:
        until = stage.instant(CLOSES + 9, 18)
        actions.ask_late_admission(
            stage.candidacies[key], stage.actor("clerk1"), ground=words["late_ground"], language="ru"
        )
        actions.confirm_late_admission(stage.candidacies[key], stage.actor("clerk2"), until=until)

    def sent() -> None:
        write(stage, stage.candidacies[key], row, 41)
        send(stage, key)

    stage.plan(CLOSES + 1, 10, partial(plead, stage, row, words["late_plea"], address=True))
    stage.plan(CLOSES + 2, 10, admitted)
    stage.plan(CLOSES + 6, 11, sent)


def declare_admissible(stage: Stage, candidacy: Candidacy, first: int) -> None:
    """One clerk finds the form in order, the other confirms it (2.4)."""
    actions.propose_admissible(candidacy, stage.actor(f"clerk{first}"))
    actions.declare_admissible(candidacy, stage.actor(f"clerk{3 - first}"))


ASIDE = {"late", "completed", "not_completed", "completed_badly", "not_own"}


def look_at_forms(stage: Stage) -> None:
    """Admissible on form, each by two clerks who begin in turn; three go back for completion, once (2.4)."""
    clear = [row["key"] for row in data("candidates")["candidate"] if not ASIDE & set(row["part"])]
    words = data("texts")["forms"]

    def first_look() -> None:
        for part in ("completed", "not_completed", "completed_badly"):
            actions.return_for_completion(
                stage.candidacies[only(part)],
                stage.actor("clerk2"),
                reasons=words[f"return_{part}"],
                language="ru",
            )
        for index, key in enumerate(clear):
            declare_admissible(stage, stage.candidacies[key], 1 + index % 2)

    def complete(part: str) -> None:
        candidacy = stage.candidacies[only(part)]
        actions.complete(candidacy, stage.candidate(candidacy))

    def second_look() -> None:
        for part in ("completed", "late"):
            declare_admissible(stage, stage.candidacies[only(part)], 1)

    stage.plan(CLOSES + 1, 14, first_look)
    stage.plan(CLOSES + 4, 15, partial(complete, "completed"))
    stage.plan(CLOSES + 6, 15, partial(complete, "completed_badly"))
    stage.plan(CLOSES + 6, 17, second_look)


def decide_inadmissible(stage: Stage) -> None:
    """Three: two incomplete after their chance, one not the person's own act. Two clerks each; one asks for review."""
    words = data("texts")["forms"]
    grounds = {
        "not_completed": ("incomplete", words["incomplete"]),
        "completed_badly": ("incomplete", words["still_incomplete"]),
        "not_own": ("not_own_act", words["not_own_act"]),
    }

    def proposed() -> None:
        for part, (ground, reasons) in grounds.items():
            actions.open_file(stage.candidacies[only(part)], stage.actor("clerk1"), reason="admissibility")
            actions.propose_inadmissible(
                stage.candidacies[only(part)],
                stage.actor("clerk1"),
                ground=ground,
                reasons=reasons,
                language="ru",
            )

    def confirmed() -> None:
        for part in grounds:
            actions.open_file(stage.candidacies[only(part)], stage.actor("clerk2"), reason="admissibility")
            actions.confirm_inadmissible(stage.candidacies[only(part)], stage.actor("clerk2"))

    def held() -> None:
        doubted = stage.candidacies[only("not_own")]
        actions.hold(
            doubted, stage.actor("clerk1"), ground=words["hold"], until=stage.instant(60, 12), language="ru"
        )

    def review_asked() -> None:
        reviewed = stage.candidacies[only("completed_badly")]
        actions.ask_review(reviewed, stage.candidate(reviewed), reasons=words["review_asked"], language="ru")

    def review_decided() -> None:
        reviewed, by = stage.candidacies[only("completed_badly")], stage.actor("reviewer")
        actions.open_file(reviewed, by, reason="review")
        actions.decide_review(
            reviewed, by, is_admissible=False, reasons=words["review_decided"], language="ru"
        )

    stage.plan(CLOSES + 9, 23, stage.go_round)  # the time to complete is over
    stage.plan(CLOSES + 11, 11, proposed)
    stage.plan(CLOSES + 15, 11, confirmed)
    stage.plan(CLOSES + 16, 10, held)
    stage.plan(CLOSES + 23, 12, review_asked)
    stage.plan(CLOSES + 28, 12, review_decided)
