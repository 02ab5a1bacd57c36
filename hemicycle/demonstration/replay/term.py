"""What happens while they sit: a suspension dismissed, a seat given up and filled, a charter amended, a correction."""

from __future__ import annotations

from collections.abc import Iterator

from hemicycle.assembly import actions as assembly
from hemicycle.assembly import queries as bodies
from hemicycle.assembly.models import Adoption
from hemicycle.candidacy import actions as candidacy
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.record import actions as record
from hemicycle.record import law
from hemicycle.record.models import Correction
from hemicycle.suspension import actions as suspension
from hemicycle.suspension.models import Case
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from .stage import Stage, cast_ballots, data, only

AMENDED = -20  # the day from which version 1.1 is in force


def play(stage: Stage) -> Iterator[float]:
    suspend_and_dismiss(stage)
    yield 0.3
    give_up_and_fill(stage)
    yield 0.4
    amend_the_charter(stage)
    yield 0.8
    with stage.at(-20, 18):
        left = stage.candidacies[only("withdrawn")]
        candidacy.withdraw(left, stage.candidate(left))
    correct(stage)
    yield 1.0


def mandate(stage: Stage, part: str) -> Mandate:
    return Mandate.objects.get(
        list=stage.list, candidacy=stage.candidacies[only(part)], replaced_by__isnull=True
    )


def suspend_and_dismiss(stage: Stage) -> None:
    """Allegation, notice, reply, finding, suspension pending review; others review and dismiss (6.2)."""
    words, named = data("texts")["case"], data("texts")["translator"]["name"]
    held = mandate(stage, "participant")
    case = stage.case = Case(
        mandate=held, criterion=words["criterion"], allegation=words["allegation"], language="en",
        evidence=words["evidence"],
    )  # fmt: skip
    with stage.at(-50, 11):
        suspension.allege(case, stage.actor("member"))
    with stage.at(-49, 10):
        suspension.notify(
            case, stage.actor("clerk1"), substance=f"{words['allegation']}\n\n{words['evidence']}", language="en",
            translation=words["substance"], translator=named,
        )  # fmt: skip
    with stage.at(-43, 19):
        suspension.reply(case, people.actor(held.person), text=words["reply"], language="ru")
    with stage.at(-42, 10):
        suspension.translate(
            case,
            stage.actor("clerk1"),
            of="reply_text",
            text=words["reply_en"],
            language="en",
            translator=named,
        )
    with stage.at(-41, 10):
        suspension.find_prima_facie(
            case, stage.actor("secretary_general"), reasons=words["finding"], language="en"
        )
    with stage.at(-41, 15):
        suspension.translate(
            case,
            stage.actor("clerk1"),
            of="finding",
            text=words["finding_ru"],
            language="ru",
            translator=named,
        )
    with stage.at(-40, 10):
        suspension.suspend(case, stage.actor("president"))
    with stage.at(-38, 10):
        suspension.review(case, stage.actor("clerk2"), reviewer=stage.people["reviewer"])

    def dismissed() -> None:
        suspension.dismiss(
            case, stage.actor("reviewer"), reasons=words["decision"], language="en",
            translation=words["decision_ru"], translator=named,
        )  # fmt: skip

    stage.plan(-22, 10, dismissed)


def give_up_and_fill(stage: Stage) -> None:
    """A reserved seat is given up; the next of the reserve's own order takes it, and the third holds (5.3)."""
    held = mandate(stage, "renounces")
    with stage.at(-37, 12):
        mandates.renounce(held, people.actor(held.person))
    with stage.at(-35, 12):
        filled = Mandate(list=stage.list, seat_number=held.seat_number)
        mandates.fill_vacancy(filled, stage.actor("clerk1"))


def version(number: str, before: str, after: str) -> Adoption:
    """The charter in force with one rule changed: text and prose of a new version."""
    current = law.version_in_force()
    old = current.reference.partition("/")[2]
    text = current.text.replace(f'version = "{old}"', f'version = "{number}"', 1).replace(before, after, 1)
    if before not in current.text or after not in text:
        raise RuntimeError(f"the charter has no rule {before!r}")
    return Adoption(text=text, prose=current.prose)


def amend_the_charter(stage: Stage) -> None:
    """Version 1.1: consulted on, voted by the Bureau, adopted. The session keeps the law that it opened under (R15)."""
    words, told = data("texts")["amendment_vote"], data("texts")["case"]
    with stage.at(-34, 10):
        adoption = version(
            "1.1", 'reply_days = { value = 14, article = "6.5"', 'reply_days = { value = 21, article = "6.5"'
        )
        assembly.draft_charter(adoption, stage.actor("clerk1"))
    with stage.at(-32, 10):
        assembly.consult_secretary_general(
            adoption, stage.actor("secretary_general"), answer=told["sg_answer"]
        )
    with stage.at(-31, 10):
        assembly.consult_general_rapporteur(
            adoption, stage.actor("general_rapporteur"), answer=told["gr_answer"]
        )
    carried = written_vote(stage, words, -30, -25, ["for"] * 30, subject=adoption.reference)
    with stage.at(-25, 18):
        assembly.adopt_charter(
            adoption, stage.actor("clerk2"), in_force_from=stage.instant(AMENDED, 0), vote=carried.reference
        )
    stage.votes["charter"] = carried


def written_vote(
    stage: Stage, words: dict[str, str], opens: int, closes: int, ballots: list[str], *, subject: str = ""
) -> Vote:
    """A written vote of the Bureau, from its call to its close."""
    vote = Vote(
        subject=subject, body="bureau", manner="written", question_en=words["en"], question_fr=words["fr"],
        question_ru=words["ru"], closes_at=stage.instant(closes, 15),
    )  # fmt: skip
    with stage.at(opens, 13):
        voting.call_vote(vote, stage.actor("clerk1"), roll=bodies.roll_of("bureau"))
        voting.open_vote(vote, stage.actor("clerk1"))
    with stage.at(opens + 2, 14):
        cast_ballots(stage, vote, ballots)
    stage.pass_time(closes, 16)
    vote.refresh_from_db()
    return vote


def correct(stage: Stage) -> None:
    """A published fact was wrong: the old text stays beside the new, with the day and the ground (7.4)."""
    words, contact = data("texts")["correction"], stage.contacts[0]
    correction = Correction(
        subject=contact.reference, field=words["field"], language="en", old_text=contact.place, new_text=words["new"],
        ground=words["ground"],
    )  # fmt: skip
    with stage.at(-16, 11):
        record.draft_correction(correction, stage.actor("clerk1"))
    with stage.at(-15, 11):
        record.publish_correction(correction, stage.actor("clerk2"))
