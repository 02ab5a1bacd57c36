"""Lists in proportion to endorsements, where the charter foresees it: three known methods, and what each list proves.

The voters are the bodies that endorsed candidates, by their name; each is one. They decide about lists as a whole here: no
count per person leaves this module, and nobody is ordered by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy import queries as candidacies
from hemicycle.instruments.selection.approval import pav
from hemicycle.instruments.selection.endorsements import Endorsements
from hemicycle.instruments.selection.guard import NoLawfulList
from hemicycle.instruments.selection.problem import Problem
from hemicycle.instruments.selection.proportionality import Finding as Axiom
from hemicycle.instruments.selection.proportionality import ejr_plus, pjr_plus
from hemicycle.instruments.selection.sequential import Choice, equal_shares, phragmen
from hemicycle.rules.findings import Finding

from .board import Board
from .ways import Ways, ways_of


@dataclass(frozen=True)
class Chosen:
    """Who sits by a method, and on how many seats a tie was broken against somebody who then sits nowhere; None where the
    method does not tell."""

    members: Sequence[int]
    ties: int | None = None


Method = Callable[[Endorsements, int, Problem | None], Chosen]


def _by_steps(rule: Callable[[Endorsements, int, Problem | None], Choice]) -> Method:
    def method(given: Endorsements, seats: int, problem: Problem | None) -> Chosen:
        choice = rule(given, seats, problem)
        sitting = set(choice.members)
        tied = [step for step in choice.steps if step.amount is not None and set(step.tied) - sitting]
        return Chosen(choice.members, len(tied))

    return method


def _pav(given: Endorsements, seats: int, problem: Problem | None) -> Chosen:
    return Chosen(pav(given, seats, problem).members)


METHODS: tuple[tuple[str, Method], ...] = (
    (N_("Method of equal shares"), _by_steps(equal_shares)),
    (N_("Sequential Phragmén"), _by_steps(phragmen)),
    (N_("Proportional approval voting"), _pav),
)


def proportional(board: Board) -> Ways:
    """By each method those whom bodies endorse, nobody taken as given; the seats are then open that endorsements do not
    decide, and a lawful list can be finished on them. None where nobody is endorsed or no list is lawful."""
    whole = board.whole
    if len(whole.ids) < whole.seats:
        return Ways((), ())
    # Ties go to whom the file number puts first: it is drawn, where names are not.
    order = sorted(range(len(whole.ids)), key=lambda place: whole.ids[place])
    problem = whole.reordered(order)
    given = endorsements_of(board, problem)
    if not given.voters:
        return Ways((), ())
    asked = problem if problem.rows else None
    try:
        chosen = [(name, method(given, problem.seats, asked)) for name, method in METHODS]
    except NoLawfulList:
        return Ways((), ())
    told = [(Finding(name), _proofs(given, one)) for name, one in chosen]
    return ways_of(board, [[order[place] for place in _endorsed(given, one)] for _, one in chosen], told)


def _endorsed(given: Endorsements, chosen: Chosen) -> list[int]:
    return [one for one in chosen.members if given.support[one]]


def _proofs(given: Endorsements, chosen: Chosen) -> list[Finding]:
    """What a list proves, and what it leaves to people: who is endorsed by nobody weighs nothing in either."""
    open_ = len(chosen.members) - len(_endorsed(given, chosen))
    said = [_proof(axiom(given, chosen.members), open_) for axiom in (ejr_plus, pjr_plus)]
    if open_:
        said.append(
            Finding(N_("Seats left open, for nobody else is endorsed: %(number)s."), {"number": open_})
        )
    if chosen.ties is None:
        said.append(Finding(N_("Another list may have the same score.")))
    elif chosen.ties:
        said.append(
            Finding(
                N_("Seats on which only the order of the file numbers decided between equals: %(number)s."),
                {"number": chosen.ties},
            )
        )
    return said


def endorsements_of(board: Board, problem: Problem) -> Endorsements:
    """Ballots over the positions of a problem: whom each body endorses."""
    _, by_id = board.declared
    rows = {by_id[name].pk: place for place, name in enumerate(problem.ids)}
    ballots: dict[str, set[int]] = {}
    for candidacy, body in candidacies.endorsing_bodies(rows):
        ballots.setdefault(" ".join(body.casefold().split()), set()).add(rows[candidacy])
    return Endorsements.of(problem.ids, ballots.values())


def _proof(axiom: Axiom, open_: int) -> Finding:
    if axiom.holds:
        return Finding(
            N_("%(axiom)s holds: checked for each of the %(number)s people who would not sit."),
            {"axiom": axiom.axiom, "number": axiom.checked + open_},
        )
    worst = axiom.groups[0]
    return Finding(
        N_(
            "%(axiom)s is broken: %(voters)s bodies that endorse a person in common are enough for %(level)s of the seats and "
            "get fewer. The rules of the list, or the method, leave them short."
        ),
        {"axiom": axiom.axiom, "voters": worst.voters, "level": worst.level},
    )
