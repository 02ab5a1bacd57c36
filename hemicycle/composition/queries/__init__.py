"""Questions about lists: who may see them, what is on each seat, whether the reserve is met, which is in force."""

<<<<<<< Updated upstream
from .marks import Mark, marks, unmet, unreasoned
=======
from .marks import Mark, marks, unmet
from .offered import offers
>>>>>>> Stashed changes
from .seats import (
    Place,
    acceptance_of,
    answer,
    answers,
    charter_of,
    judge,
    not_met,
    on_it_and_locked,
    places,
    pool,
    reserve_ended,
    subjects_of,
)
from .standing import (
    binding_on,
    bureau_votes,
    in_force,
    latest_public,
    overridden,
    pending,
    released,
    released_references,
    sheet,
    term_begins_at,
    term_ends_at,
    undecided,
    votes,
)
from .telling import letters_due, round_figures
from .who import (
    acceptances_visible_to,
    is_proposer,
    offices,
    on_bureau_roll,
    proposals_visible_to,
    proposer_in_office,
    visible_to,
)

__all__ = [
    "Mark",
    "Place",
    "acceptance_of",
    "acceptances_visible_to",
    "answer",
    "answers",
    "binding_on",
    "bureau_votes",
    "charter_of",
    "in_force",
    "is_proposer",
    "judge",
    "latest_public",
    "letters_due",
    "marks",
    "not_met",
    "offers",
    "offices",
    "on_bureau_roll",
    "on_it_and_locked",
    "overridden",
    "pending",
    "places",
    "pool",
    "proposals_visible_to",
    "proposer_in_office",
    "released",
    "released_references",
    "reserve_ended",
    "round_figures",
    "sheet",
    "subjects_of",
    "term_begins_at",
    "term_ends_at",
    "undecided",
    "unmet",
    "unreasoned",
    "visible_to",
    "votes",
]
