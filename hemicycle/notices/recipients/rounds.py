"""Who is told of a round of vetting, of seats, suspensions and accounts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from hemicycle.candidacy.models import Candidacy, CounterStatement, Erasure
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.composition.models import Acceptance
from hemicycle.mandates.models import Mandate, Reveal
from hemicycle.mandates.procedure import MandateState
from hemicycle.people import queries as people
from hemicycle.people.models import Account, Holding, Recovery
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import Office
from hemicycle.suspension import queries as cases
from hemicycle.suspension.models import Case
from hemicycle.vetting.models import AdversePoint, Examination, Objection, OutcomeLetter, Reading
from hemicycle.voting.models import RollEntry

from ..models import Kind
from ._told import Told


def examination(entry: Entry) -> str:
    """Candidates read of their readers on the page of the examination; the reading itself is not theirs."""
    found = Reading.objects.filter(reference=entry.matter).values_list("examination__reference", flat=True)
    return found.first() or entry.matter


def candidate(entry: Entry) -> Iterable[int]:
    return Candidacy.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def candidate_of_point(entry: Entry) -> Iterable[int]:
    points = AdversePoint.objects.filter(reference=entry.matter)
    return points.values_list("examination__candidacy__person_id", flat=True)


def candidate_of_letter(entry: Entry) -> Iterable[int]:
    return OutcomeLetter.objects.filter(reference=entry.matter).values_list("candidacy__person_id", flat=True)


def assessor(entry: Entry) -> Iterable[int]:
    return Reading.objects.filter(reference=entry.matter).values_list("assessor_id", flat=True)


def candidate_of_reading(entry: Entry) -> Iterable[int]:
    readings = Reading.objects.filter(reference=entry.matter)
    return readings.values_list("examination__candidacy__person_id", flat=True)


def candidate_of_examination(entry: Entry) -> Iterable[int]:
    rows = Examination.objects.filter(reference=entry.matter)
    return rows.values_list("candidacy__person_id", flat=True)


def candidate_of_objection(entry: Entry) -> Iterable[int]:
    objections = Objection.objects.filter(reference=entry.matter)
    return objections.values_list("reading__examination__candidacy__person_id", flat=True)


def candidate_of_statement(entry: Entry) -> Iterable[int]:
    return CounterStatement.objects.filter(reference=entry.matter).values_list(
        "candidacy__person_id", flat=True
    )


def candidate_of_erasure(entry: Entry) -> Iterable[int]:
    rows = Erasure.objects.filter(reference=entry.matter, candidacy__isnull=False)
    return rows.values_list("candidacy__person_id", flat=True)


def other_office(entry: Entry) -> Iterable[int]:
    """Who may confirm what one of the two offices asked for."""
    other = Office.INTEGRITY_OFFICER if entry.office == Office.SECRETARIAT else Office.SECRETARIAT
    return people.holders(other).exclude(reference=entry.actor).values_list("pk", flat=True)


def invited_body(entry: Entry) -> Iterable[int]:
    return CounterStatement.objects.filter(reference=entry.matter).values_list("invited_id", flat=True)


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


def seated_by_another(entry: Entry) -> Iterable[int]:
    """The participant, unless it is the participant's own act."""
    rows = Mandate.objects.filter(reference=entry.matter, person__isnull=False)
    return rows.exclude(person__reference=entry.actor).values_list("person_id", flat=True)


def compared_in_office(entry: Entry) -> Iterable[int]:
    """Whoever sits and whose name is compared again (article 6.9); candidates read it with their examination."""
    rows = Mandate.objects.exclude(state=MandateState.ENDED)
    return rows.filter(candidacy__examination__results__run__reference=entry.matter).values_list(
        "person_id", flat=True
    )


def named_by_another(entry: Entry) -> Iterable[int]:
    """The participant whose name is to be shown, unless it is the participant's own act."""
    rows = Reveal.objects.filter(reference=entry.matter).exclude(mandate__person__reference=entry.actor)
    return rows.values_list("mandate__person_id", flat=True)


def everybody_of_call(entry: Entry) -> Iterable[int]:
    """Whoever has a candidacy in a call, sent or not; nobody who withdrew."""
    rows = Candidacy.objects.filter(call__reference=entry.matter)
    gone = (CandidacyState.WITHDRAWN, CandidacyState.ERASED)
    return rows.exclude(state__in=gone).values_list("person_id", flat=True)


def holder(entry: Entry) -> Iterable[int]:
    return Holding.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def recovered(entry: Entry) -> Iterable[int]:
    return Recovery.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def bearer(entry: Entry) -> Iterable[int]:
    return Account.objects.filter(reference=entry.matter).values_list("person_id", flat=True)


def integrity_officers(entry: Entry) -> Iterable[int]:
    """Who looks into a mass read that was stopped, but for whoever it is about."""
    holders = people.holders(Office.INTEGRITY_OFFICER).exclude(reference=entry.facts["person"])
    return holders.values_list("pk", flat=True)


#        room          act                      kind                    who                  leads to
ROUNDS = (
    Told("candidacy", "return_for_completion", Kind.COMPLETION_WANTED, candidate),
    Told("candidacy", "declare_admissible", Kind.OUTCOME, candidate),
    Told("candidacy", "confirm_inadmissible", Kind.OUTCOME, candidate),
    Told("candidacy", "confirm_late_admission", Kind.OUTCOME, candidate),
    Told("candidacy", "decide_review", Kind.OUTCOME, candidate),
    Told("candidacy", "hold", Kind.MEASURE, candidate),
    Told("candidacy", "release_hold", Kind.MEASURE, candidate),
    Told("candidacy", "ask_erasure", Kind.MEASURE, candidate_of_erasure),
    Told("candidacy", "ask_erasure", Kind.ERASURE_WAITS, other_office),
    Told("candidacy", "confirm_erasure", Kind.MEASURE, candidate_of_erasure),
    Told("candidacy", "stop_erasure", Kind.MEASURE, candidate_of_erasure),
    Told("candidacy", "extend_call", Kind.MEASURE, everybody_of_call),
    Told("candidacy", "withdraw_call", Kind.MEASURE, everybody_of_call),
    Told("candidacy", "invite_body", Kind.ANSWER_WANTED, invited_body),
    Told("candidacy", "give_counter_statement", Kind.FILE_ADDED, candidate_of_statement),
    Told("vetting", "assign_reading", Kind.READING_WAITS, assessor),
    Told("vetting", "assign_reading", Kind.READERS_NAMED, candidate_of_reading, examination, while_unread=False),
    Told("vetting", "decide_objection", Kind.MEASURE, candidate_of_objection),
    Told("vetting", "send_letter", Kind.OUTCOME, candidate_of_letter),
    Told("vetting", "notify_point", Kind.REPLY_WANTED, candidate_of_point),
    Told("vetting", "extend_reply", Kind.MEASURE, candidate_of_point),
    Told("vetting", "refuse_extension", Kind.MEASURE, candidate_of_point),
    Told("vetting", "answer_point", Kind.OUTCOME, candidate_of_point),
    Told("vetting", "begin_run", Kind.COMPARED, compared_in_office),
    Told("vetting", "read_again", Kind.READ_AGAIN, candidate_of_examination),
    Told("composition", "ask_acceptance", Kind.ANSWER_WANTED, asked_candidate),
    Told("voting", "open_vote", Kind.VOTE_OPENED, voters),
    Told("voting", "close", Kind.OUTCOME, voters),
    Told("voting", "annul", Kind.OUTCOME, voters),
    Told("mandates", "begin", Kind.OUTCOME, seated),
    Told("mandates", "fill_vacancy", Kind.OUTCOME, seated),
    Told("mandates", "expire", Kind.OUTCOME, seated_by_another),
    Told("mandates", "withhold_name", Kind.MEASURE, seated_by_another),
    Told("mandates", "ask_reveal", Kind.MEASURE, named_by_another),
    Told("mandates", "confirm_reveal", Kind.MEASURE, named_by_another),
    Told("mandates", "dismiss_reveal", Kind.MEASURE, named_by_another),
    Told("suspension", "notify", Kind.REPLY_WANTED, participant),
    Told("suspension", "confirm_urgent", Kind.REPLY_WANTED, participant),
    Told("suspension", "begin_reply", Kind.MEASURE, participant),
    Told("suspension", "extend_reply", Kind.MEASURE, participant),
    Told("suspension", "translate", Kind.MEASURE, participant_who_reads),
    Told("suspension", "suspend", Kind.MEASURE, participant),
    Told("suspension", "review", Kind.REVIEW_WAITS, reviewer),
    Told("suspension", "uphold", Kind.OUTCOME, participant),
    Told("suspension", "dismiss", Kind.OUTCOME, participant),
    Told("suspension", "lapse_urgent", Kind.OUTCOME, participant),
    Told("suspension", "lapse", Kind.OUTCOME, participant),
    Told("suspension", "find_no_case", Kind.OUTCOME, participant),
    Told("suspension", "decline_to_suspend", Kind.OUTCOME, participant),
    Told("integrity", "raise_alarm", Kind.ALARM, integrity_officers),
    Told("people", "confirm_grant", Kind.ACCOUNT, holder),
    Told("people", "ask_recovery", Kind.ACCOUNT, recovered),
    Told("people", "confirm_recovery", Kind.ACCOUNT, recovered),
    Told("people", "complete_recovery", Kind.ACCOUNT, recovered),
    Told("people", "lock", Kind.ACCOUNT, bearer),
)  # fmt: skip
