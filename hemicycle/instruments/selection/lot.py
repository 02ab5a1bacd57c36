"""The fair lot on the command line: exact chances, numbered tickets, a seed in halves, and the list that it draws."""

from __future__ import annotations

import secrets

import numpy as np

from .certificate import lottery_certificate
from .check import check
from .draw import Tickets, commitment, draw, draw_as_json, greatest_change, joined, tickets
from .lottery import fair_lottery
from .methods import NO_LIST, Asked, Unfit, decimal_of, judged
from .outcome import Outcome
from .pictures import chances_picture


def drawn(asked: Asked) -> Outcome:
    """The fair lot: exact chances, numbered tickets, and the list that the seed draws."""
    halves = list(asked.seeds) or [secrets.token_hex(16)]
    if asked.commitments and [commitment(half) for half in halves] != list(asked.commitments):
        raise Unfit(
            "--seed and --commitment do not belong together: a half was changed after it was promised"
        )
    lottery = fair_lottery(asked.problem, asked.progress)
    outcome = Outcome()
    if lottery is None:
        outcome.is_found = False
        outcome.say(NO_LIST)
        return outcome
    chances = lottery.chances()
    outcome.table(
        "probabilities.csv",
        ["id", "probability"],
        [[name, decimal_of(chance)] for name, chance in zip(asked.pool.ids, chances, strict=True)],
    )
    asked.progress("tickets", 0.0)
    numbered = tickets(lottery, asked.tickets)
    result = draw(numbered, joined(halves))
    _lottery_tables(outcome, numbered, asked)
    members = [asked.pool.position[name] for name in result.ids]
    judged(outcome, asked, members, check(asked.problem, members))
    outcome.json(
        "certificate.json",
        {
            **lottery_certificate(lottery),
            "draw": draw_as_json(numbered, halves, asked.commitments, result),
        },
    )
    outcome.files["chances.svg"] = chances_picture([float(one) for one in chances])
    change = float(greatest_change(lottery, numbered))
    outcome.say(
        f"Smallest chance {decimal_of(min(chances))}, greatest {decimal_of(max(chances))}: "
        f"no lottery over lawful lists is fairer to whoever has least.",
        f"{len(lottery.weights)} lists in the lottery; rounded to {asked.tickets} numbered tickets "
        f"nobody's chance changes by more than {change:.6f}.",
        f"Ticket {result.ticket} was drawn.",
    )
    if not asked.seeds:
        outcome.say("This machine chose the seed. For a draw in public give both halves: --seed A --seed B.")
    return outcome


def _lottery_tables(outcome: Outcome, numbered: Tickets, asked: Asked) -> None:
    """The tickets, the types of people that they count, and everybody's chance under them."""
    rows: list[list[object]] = []
    first = 1
    for number, counts in zip(numbered.number, numbered.lists, strict=True):
        for kind in np.flatnonzero(counts):
            rows.append([first, first + number - 1, int(kind), int(counts[kind])])
        first += number
    outcome.table("lottery.csv", ["first_ticket", "last_ticket", "type", "seats"], rows)
    after = numbered.chances()
    kind_of = {name: kind for kind, group in enumerate(numbered.groups) for name in group}
    outcome.table(
        "tickets.csv",
        ["id", "type", "chance_by_tickets"],
        [[name, kind_of[name], decimal_of(after[name])] for name in asked.pool.ids],
    )
