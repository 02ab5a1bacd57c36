"""What goes when, of everything that is kept (article 11.4); and the files that were judged, which this room alone can date.

Asked in the last room that acts, because only from here can every room be asked what it knows of a file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy import queries as calls
from hemicycle.candidacy import retention as files
from hemicycle.candidacy.models import Candidacy, Erasure
from hemicycle.candidacy.procedure import CandidacyState, ErasureState
from hemicycle.composition import retention as lists
from hemicycle.composition.models import ALIVE, Amendment, Seat, Successor
from hemicycle.composition.procedure import AdditionState
from hemicycle.consultations import retention as consultations
from hemicycle.contributions import retention as money
from hemicycle.dialogue import retention as dialogue
from hemicycle.integrity import retention as ties
from hemicycle.mandates.models import Mandate
from hemicycle.mandates.procedure import MandateState
from hemicycle.people import retention as offices
from hemicycle.record import clock, law, retention
from hemicycle.record.retention import Due
from hemicycle.statements import retention as statements
from hemicycle.suspension import retention as cases
from hemicycle.suspension.procedure import OVER
from hemicycle.texts import retention as texts
from hemicycle.vetting import retention as readings
from hemicycle.vetting.models import OutcomeLetter
from hemicycle.vetting.procedure import ExaminationState, LetterState

from .models import Dispatch, Letter

S = CandidacyState
BATCH = 200  # files that go in one round of the clock
JUDGED = (
    S.SUBMITTED, S.RETURNED, S.ADMISSIBILITY_PROPOSED, S.ADMISSIBLE, S.INADMISSIBILITY_PROPOSED, S.REVIEW_ASKED,
)  # fmt: skip
# Not a new reading: a clerk who calls one must not put off the day that the letter named.
RUNNING = (ExaminationState.UNDER_REVIEW,)
WAITING = (AdditionState.PROPOSED, AdditionState.BEFORE_BUREAU)


def _known(rows: QuerySet[Candidacy]) -> list[Candidacy]:
    """Files with what later rooms know of them. A fixed number of queries."""
    sent = OutcomeLetter.objects.filter(state=LetterState.SENT, destroyed_on__isnull=False).order_by(
        "sent_at"
    )
    seats = Seat.objects.select_related("list__session")
    return list(
        rows.select_related("call__session", "examination").prefetch_related(
            Prefetch("letters", sent),
            Prefetch("seats", seats),
            Prefetch("successions", Successor.objects.select_related("list__session")),
            Prefetch("amendments", Amendment.objects.select_related("list")),
            "additions",
            Prefetch("mandates", Mandate.objects.select_related("list__session", "candidacy")),
            "mandates__cases",
        )
    )


def _places(candidacy: Candidacy) -> list[Seat | Successor]:
    return [*candidacy.seats.all(), *candidacy.successions.all()]


def is_needed(candidacy: Candidacy, at: datetime) -> bool:
    """Whether a later room rests on the file: its person sits, a case is heard on the participation, a list with the name is
    on its way or in effect, or the opinion is under review. Nothing takes a name off a list but the acts on that list."""
    mandates = list(candidacy.mandates.all())
    examination = getattr(candidacy, "examination", None)
    return (
        any(m.standing(at) != MandateState.ENDED for m in mandates)
        or any(case.standing(at) not in OVER for m in mandates for case in m.cases.all())
        or any(
            seat.list.state in ALIVE and not any(m.list_id == seat.list_id for m in mandates)
            for seat in candidacy.seats.all()
        )
        or any(row.list.state in ALIVE for row in candidacy.amendments.all())
        or any(row.state in WAITING for row in candidacy.additions.all())
        or any(
            row.list.state in ALIVE and row.list.announced_at is None for row in candidacy.successions.all()
        )
        or (examination is not None and examination.state in RUNNING)
    )


def due(candidacy: Candidacy, at: datetime) -> Due | None:
    """When a judged file goes, as things stand at an instant; null while somebody sits, or a case is heard, on it.

    Who sat or was in line: after the term. Who was told not to be chosen: on the day that the letter named. Whose round
    never came to an end: so many days after the session.
    """
    charter = calls.charter_of(candidacy.call)
    rules, held, name = charter.retention, candidacy.hold_until, candidacy.reference
    session = candidacy.call.session
    mandates = list(candidacy.mandates.all())
    if any(m.standing(at) != MandateState.ENDED for m in mandates):
        return None
    if any(case.standing(at) not in OVER for m in mandates for case in m.cases.all()):
        return None
    places = _places(candidacy)
    if mandates or any(place.list.announced_at is not None for place in places):
        ends = [session.closes_on, *(m.until_day for m in mandates)]
        kind = "participant" if mandates else "in_line"
        since = retention.day_start(max(ends))
        return retention.after(since, rules.after_term_days, kind, name, held)
    fallback = retention.after(
        retention.day_start(session.closes_on), rules.not_chosen_days, "unfinished", name, held
    )
    examination = getattr(candidacy, "examination", None)
    is_open = (examination is not None and examination.state in RUNNING) or any(
        place.list.state in ALIVE for place in places
    )
    told = [letter.destroyed_on for letter in candidacy.letters.all() if letter.destroyed_on is not None]
    if not told or is_open:
        return fallback
    day = retention.day_start(told[-1])
    return Due(max(day, held or day), "not_chosen", name, rules.not_chosen_days.article, held)


def judged(until: datetime) -> list[Due]:
    """The judged files that go by an instant, the earliest first."""
    return retention.by(
        until, [due(candidacy, until) for candidacy in _known(Candidacy.objects.filter(state__in=JUDGED))]
    )


def requested(until: datetime) -> list[Due]:
    """The files whose erasure two people decided, and on which no later room rests."""
    rows = Erasure.objects.filter(state=ErasureState.CONFIRMED, due_at__lte=until, candidacy__isnull=False)
    asked = {row.candidacy_id: row for row in rows.select_related("candidacy__call")}
    known = _known(Candidacy.objects.filter(pk__in=[key for key in asked if key is not None]))
    free = [candidacy.pk for candidacy in known if not is_needed(candidacy, until)]
    return retention.by(until, [files.requested(asked[key]) for key in free])


def letters(until: datetime) -> list[Due]:
    """Letters that say nothing any more, and the mails that told of them: the charter's days after they were written."""
    rule = law.in_force().retention.letters_days
    rows = Letter.objects.order_by("created_at").values_list("created_at", "about")
    mails = Dispatch.objects.order_by("created_at").values_list("created_at", "reference")
    said = [retention.after(at, rule, "letter", about) for at, about in rows]
    return retention.by(until, [*said, *(retention.after(at, rule, "mail", name) for at, name in mails)])


PLANS: tuple[Callable[[datetime], list[Due]], ...] = (
    offices.plan, ties.plan, files.plan, lists.plan, readings.plan, cases.plan, texts.plan, dialogue.plan,
    statements.plan, consultations.plan, money.plan, judged, requested, letters,
)  # fmt: skip


@law.held()
def plan(until: datetime) -> list[Due]:
    """Everything that goes by an instant, the earliest first, each thing once. Reads; changes nothing."""
    found: dict[tuple[str, str], Due] = {}
    for each in (one for plan_of in PLANS for one in plan_of(until)):
        name = (each.reference, each.kind if each.kind == "letter" else "")
        if name not in found or each.at < found[name].at:
            found[name] = each
    return sorted(found.values())


def erase_due() -> int:
    """Erase the judged files, those whose erasure was decided, and the letters that go now, a batch in each round. Returns
    how many files."""
    now = clock.now()
    with law.held():
        at = {each.reference: each.at for each in judged(now)[:BATCH]}
        asked = [each.reference for each in requested(now)[:BATCH]]
        rule = law.in_force().retention.letters_days
    confirmed = Erasure.objects.filter(file__in=asked, state=ErasureState.CONFIRMED)
    done = sum(map(_erase_requested, confirmed))
    rows = Candidacy.objects.filter(reference__in=at)
    done += sum(candidacies.erase_file(row, at[row.reference]) for row in rows)
    for model in (Letter, Dispatch):
        model._default_manager.filter(created_at__lte=now - timedelta(days=rule.value)).delete()
    return done


def _erase_requested(row: Erasure) -> bool:
    """One after another may take a while: whether a later room rests on the file by now is asked again, with it locked."""
    with transaction.atomic():
        held = Candidacy.objects.filter(reference=row.file)
        list(held.select_for_update().values_list("pk"))
        known = _known(held)
        if not known or is_needed(known[0], clock.now()):
            return False
        return candidacies.erase_requested(row)
