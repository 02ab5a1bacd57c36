"""The gates of questions and exchanges, and what several acts share."""

from __future__ import annotations

from hemicycle.record import law
from hemicycle.record.acts import gate
from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import deadlines, queries, sides
from ..models import Author, Question
from ..procedure import EXCHANGE, QUESTION

act = gate(QUESTION, queries.offices_on_question)
exchange_act = gate(EXCHANGE, queries.offices_on_exchange)


def unmet(message: str, act_name: str, **params: object) -> Unmet:
    """The refusal of one rule, under the article of the act."""
    return Unmet(Finding(message, params, f"dialogue.{act_name}"))


def law_of(question: Question) -> Charter:
    return law.by_reference(question.charter)


def wait_for_decision(question: Question, days: int) -> None:
    """From now on the house has so many working days to decide; silence decides nothing (14.1, 14.2)."""
    question.decide_by, question.undecided_at = deadlines.in_working_days(days), None


def end_waiting(question: Question) -> None:
    question.decide_by, question.undecided_at = None, None


def written(text: str, act_name: str) -> str:
    """A text with something in it."""
    if not text.strip():
        raise unmet(N_("The text is missing."), act_name)
    return text.strip()


def seat_authors(question: Question, keys: list[str], act_name: str) -> list[Author]:
    """Put down who writes the answer of this round, by the references of participations or of people. Who stays keeps the
    signature: the text is the same. Raises `Unmet`."""
    may = {
        (row.reference if row else person.reference): (person, row)
        for person, row in sides.side_of_addressee(question)
    }
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise unmet(N_("Choose who writes the answer."), act_name)
    if not set(wanted) <= set(may):
        raise unmet(N_("Only somebody of the side that was asked writes the answer."), act_name)
    chosen = [may[key] for key in wanted]
    before = {row.person_id for row in question.authors.all() if row.round < question.round}
    if any(person.pk in before for person, _mandate in chosen):
        raise unmet(N_("After a review somebody else writes the answer."), act_name)
    if any(person.pk == question.asker_id for person, _mandate in chosen):
        raise unmet(N_("Nobody answers the own question."), act_name)
    _check_signed(question, {person.pk for person, _mandate in chosen}, act_name)
    rows = question.authors.filter(round=question.round)
    rows.exclude(person__in=[person for person, _mandate in chosen]).delete()
    stay = set(rows.values_list("person_id", flat=True))
    Author.objects.bulk_create(
        Author(question=question, round=question.round, person=person, mandate=mandate)
        for person, mandate in chosen
        if person.pk not in stay
    )
    return list(question.authors.filter(round=question.round))


def _check_signed(question: Question, chosen: set[int], act_name: str) -> None:
    """Once somebody has signed, only who cannot write any more gives way to another; once all have, nobody else does (14.1)."""
    rows = queries.authors(question)
    gone = queries.unable(question)
    if queries.is_signed_off(question) and not gone:
        raise unmet(N_("Everybody who writes has signed: who writes stays as it is."), act_name)
    is_signed = queries.is_signed_off(question) or any(row.signed_at is not None for row in rows)
    if is_signed and {row.person_id for row in rows} - chosen - gone:
        raise unmet(
            N_("Somebody has signed already: only who no longer sits gives way to another."), act_name
        )


def unsign(question: Question) -> None:
    """What was signed is not what stands now."""
    question.authors.filter(round=question.round).update(signed_at=None)
    question.answers.filter(round=question.round, is_holding=False).update(signed_by_chair=False)
