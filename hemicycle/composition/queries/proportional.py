"""Lists in proportion to endorsements, where the charter foresees it: three known methods, and what each list proves.

The voters are the bodies that endorsed candidates, by their name; each is one. They decide about lists as a whole here: no
count per person leaves this module, and nobody is ordered by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy import queries as candidacies
from hemicycle.instruments.selection.approval import pav
from hemicycle.instruments.selection.endorsements import Endorsements
from hemicycle.instruments.selection.guard import NoLawfulList
from hemicycle.instruments.selection.problem import Problem
from hemicycle.instruments.selection.proportionality import Finding as Axiom
from hemicycle.instruments.selection.proportionality import ejr_plus, pjr_plus
from hemicycle.instruments.selection.sequential import equal_shares, phragmen
from hemicycle.rules.findings import Finding

from .board import Board
from .ways import Ways, ways_of

# Each: the name of the method, and who sits by it.
Method = Callable[[Endorsements, int, Problem | None], Sequence[int]]


def _shares(given: Endorsements, seats: int, problem: Problem | None) -> Sequence[int]:
    return equal_shares(given, seats, problem).members


def _phragmen(given: Endorsements, seats: int, problem: Problem | None) -> Sequence[int]:
    return phragmen(given, seats, problem).members


def _pav(given: Endorsements, seats: int, problem: Problem | None) -> Sequence[int]:
    return pav(given, seats, problem).members


METHODS: tuple[tuple[str, Method], ...] = (
    (N_("Method of equal shares"), _shares),
    (N_("Sequential Phragmén"), _phragmen),
    (N_("Proportional approval voting"), _pav),
)


def proportional(board: Board) -> Ways:
    """A lawful list by each method, nobody taken as given; none where nobody is endorsed or no list is lawful."""
    problem = board.whole
    if len(problem.ids) < problem.seats:
        return Ways((), ())
    given = endorsements_of(board, problem)
    if not given.voters:
        return Ways((), ())
    asked = problem if problem.rows else None
    try:
        lists = [(name, method(given, problem.seats, asked)) for name, method in METHODS]
    except NoLawfulList:
        return Ways((), ())
    told = [
        (Finding(name), [_proof(axiom) for axiom in (ejr_plus(given, one), pjr_plus(given, one))])
        for name, one in lists
    ]
    return ways_of(board, [one for _, one in lists], told)


def endorsements_of(board: Board, problem: Problem) -> Endorsements:
    """Ballots over the positions of a problem: whom each body endorses."""
    _, by_id = board.declared
    rows = {by_id[name].pk: place for place, name in enumerate(problem.ids)}
    ballots: dict[str, set[int]] = {}
    for candidacy, body in candidacies.endorsing_bodies(rows):
        ballots.setdefault(" ".join(body.casefold().split()), set()).add(rows[candidacy])
    return Endorsements.of(problem.ids, ballots.values())


def _proof(axiom: Axiom) -> Finding:
    if axiom.holds:
        return Finding(
            N_("%(axiom)s holds: checked for each of the %(number)s people who would not sit."),
            {"axiom": axiom.axiom, "number": axiom.checked},
        )
    worst = axiom.groups[0]
    return Finding(
        N_(
            "%(axiom)s is broken: %(voters)s bodies that endorse a person in common are enough for %(level)s of the seats and "
            "get fewer. The rules of the list, or the method, leave them short."
        ),
        {"axiom": axiom.axiom, "voters": worst.voters, "level": worst.level},
    )
