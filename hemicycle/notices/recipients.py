"""Which acts are told to whom. One row an act: a clerk can read who is told what."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from hemicycle.candidacy.models import Candidacy
from hemicycle.composition.models import Acceptance
from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Account, Holding, Recovery
from hemicycle.record.models import Entry
from hemicycle.suspension import queries as cases
from hemicycle.suspension.models import Case
from hemicycle.vetting.models import AdversePoint, OutcomeLetter, Reading
from hemicycle.voting.models import RollEntry

from .models import Kind

Who = Callable[[Entry], Iterable[int]]


def candidate(entry: Entry) -> Iterable[int]:
    return Candidacy.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def candidate_of_point(entry: Entry) -> Iterable[int]:
    points = AdversePoint.objects.filter(reference=entry.matter)
    return points.values_list("examination__candidacy__person_id", flat=True)


def candidate_of_letter(entry: Entry) -> Iterable[int]:
    return OutcomeLetter.objects.filter(reference=entry.matter).values_list("candidacy__person_id", flat=True)


def assessor(entry: Entry) -> Iterable[int]:
    return Reading.objects.filter(reference=entry.matter).values_list("assessor_id", flat=True)


def asked_candidate(entry: Entry) -> Iterable[int]:
    return Acceptance.objects.filter(reference=entry.matter).values_list("candidacy__person_id", flat=True)


def voters(entry: Entry) -> Iterable[int]:
    return RollEntry.objects.filter(vote__reference=entry.matter, person__isnull=False).values_list(
        "person_id", flat=True
    )


def participant(entry: Entry) -> QuerySet[Case, int]:
    return Case.objects.filter(reference=entry.matter).values_list("mandate__person_id", flat=True)


def participant_who_reads(entry: Entry) -> Iterable[int]:
    """Of a translation only who can read it, and only of a text that is put to the participant (6.2)."""
    if entry.facts["of"] not in cases.TO_THE_PARTICIPANT:
        return ()
    return participant(entry).filter(mandate__person__language=entry.facts["into"])


def reviewer(entry: Entry) -> Iterable[int]:
    return Case.objects.filter(reference=entry.matter, reviewer__isnull=False).values_list(
        "reviewer_id", flat=True
    )


def seated(entry: Entry) -> Iterable[int]:
    return Mandate.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def holder(entry: Entry) -> Iterable[int]:
    return Holding.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def recovered(entry: Entry) -> Iterable[int]:
    return Recovery.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def bearer(entry: Entry) -> Iterable[int]:
    return Account.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


#    room          act                      kind                    who
TOLD: dict[tuple[str, str], tuple[Kind, Who]] = {
    ("candidacy", "return_for_completion"): (Kind.COMPLETION_WANTED, candidate),
    ("candidacy", "declare_admissible"): (Kind.OUTCOME, candidate),
    ("candidacy", "confirm_inadmissible"): (Kind.OUTCOME, candidate),
    ("candidacy", "decide_review"): (Kind.OUTCOME, candidate),
    ("candidacy", "hold"): (Kind.MEASURE, candidate),
    ("vetting", "assign_reading"): (Kind.READING_WAITS, assessor),
    ("vetting", "send_letter"): (Kind.OUTCOME, candidate_of_letter),
    ("vetting", "notify_point"): (Kind.REPLY_WANTED, candidate_of_point),
    ("vetting", "extend_reply"): (Kind.MEASURE, candidate_of_point),
    ("vetting", "refuse_extension"): (Kind.MEASURE, candidate_of_point),
    ("vetting", "answer_point"): (Kind.OUTCOME, candidate_of_point),
    ("composition", "ask_acceptance"): (Kind.ANSWER_WANTED, asked_candidate),
    ("voting", "open_vote"): (Kind.VOTE_OPENED, voters),
    ("voting", "close"): (Kind.OUTCOME, voters),
    ("voting", "annul"): (Kind.OUTCOME, voters),
    ("mandates", "begin"): (Kind.OUTCOME, seated),
    ("mandates", "fill_vacancy"): (Kind.OUTCOME, seated),
    ("suspension", "notify"): (Kind.REPLY_WANTED, participant),
    ("suspension", "confirm_urgent"): (Kind.REPLY_WANTED, participant),
    ("suspension", "extend_reply"): (Kind.MEASURE, participant),
    ("suspension", "translate"): (Kind.MEASURE, participant_who_reads),
    ("suspension", "suspend"): (Kind.MEASURE, participant),
    ("suspension", "review"): (Kind.REVIEW_WAITS, reviewer),
    ("suspension", "uphold"): (Kind.OUTCOME, participant),
    ("suspension", "dismiss"): (Kind.OUTCOME, participant),
    ("suspension", "lapse"): (Kind.OUTCOME, participant),
    ("suspension", "find_no_case"): (Kind.OUTCOME, participant),
    ("suspension", "decline_to_suspend"): (Kind.OUTCOME, participant),
    ("people", "confirm_grant"): (Kind.ACCOUNT, holder),
    ("people", "ask_recovery"): (Kind.ACCOUNT, recovered),
    ("people", "confirm_recovery"): (Kind.ACCOUNT, recovered),
    ("people", "complete_recovery"): (Kind.ACCOUNT, recovered),
    ("people", "lock"): (Kind.ACCOUNT, bearer),
}
