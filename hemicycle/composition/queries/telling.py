"""Who is told what before the public reads the composition, and the numbers of the round at that instant."""

from __future__ import annotations

from hemicycle.candidacy import queries as candidacies
from hemicycle.vetting import queries as vetting
from hemicycle.vetting.models import BEFORE_PUBLICATION, LetterKind, OpinionIs, OutcomeLetter

from ..models import Acceptance, List
from ..procedure import AcceptanceState
from .standing import sheet

A = AcceptanceState
FORM = ("received", "late", "late_refused", "withdrawn", "inadmissible", "admissible", "slates")


def letters_due(list_: List) -> dict[int, str]:
    """Outcome letters not sent yet: {key of a candidacy: on_list | succession | not_chosen} (3.7).

    Whoever was not found eligible was told at the opinion, unless proposed all the same. A file that is still being
    read is told when its opinion is given.
    """
    pool = vetting.eligible(list_.call)
    seated = set(list_.seats.values_list("candidacy_id", flat=True))
    next_in_line = set(list_.successors.values_list("candidacy_id", flat=True))
    told: dict[int, set[str]] = {}
    rows = OutcomeLetter.objects.filter(candidacy__call=list_.call_id, kind__in=BEFORE_PUBLICATION)
    for key, kind in rows.values_list("candidacy_id", "kind"):
        told.setdefault(key, set()).add(kind)
    due: dict[int, str] = {}
    for key, opinion in pool.values_list("pk", "examination__opinion"):
        if key in seated:
            kind = LetterKind.ON_LIST
        elif key in next_in_line:
            kind = LetterKind.SUCCESSION
        elif opinion == OpinionIs.NOT_MET or key in told:
            continue
        else:
            kind = LetterKind.NOT_CHOSEN
        if kind not in told.get(key, ()):
            due[key] = kind
    return due


def round_subjects(list_: List) -> list[str]:
    """The references of a round, its call and all its lists: what stands under any of them belongs to its sheet."""
    lists = List.objects.filter(call=list_.call_id).values_list("reference", flat=True)
    return [list_.call.reference, *lists]


def round_figures(list_: List) -> dict[str, int]:
    """The numbers of the round for the decision sheet. Taken at the announcement: what comes later, a withdrawal or an
    opinion on review, does not rewrite the sheet (7.2)."""
    form, composed, read = candidacies.counts(list_.call), sheet(list_), vetting.counts(list_.call)
    return {
        **{name: form[name] for name in FORM},
        "assessed": read["assessed"],
        "assessor_interests": read["interests"],
        "accepted": accepted(list_),
        "slates_represented": composed["slates_represented"],
    }


def accepted(list_: List) -> int:
    """Persons who had accepted when the list was released; one who withdrew later had accepted then."""
    rows = Acceptance.objects.filter(
        session=list_.session_id,
        candidacy__call=list_.call_id,
        answered_at__lte=list_.released_at or list_.created_at,
        state__in=(A.ACCEPTED, A.WITHDRAWN),
    )
    return rows.values("candidacy").distinct().count()
