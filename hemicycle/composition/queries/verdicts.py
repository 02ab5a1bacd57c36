"""Every rule of the charter and a list as it stands: the instrument's verdicts, in the charter's words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from hemicycle.instruments.selection.check import Standing, Verdict, check
from hemicycle.instruments.selection.problem import Problem
from hemicycle.rules.charter import Charter, Text
from hemicycle.rules.findings import Finding
from hemicycle.rules.quota import QuotaResult

from ..models import List
from .seats import Place, charter_of, judge, places
from .selection import RESERVE, bounds_of, limits_of, members_of, problem_for


@dataclass(frozen=True)
class Judged:
    """A rule of the charter and a list. `finding` is the sentence; `rows` are the instrument's verdicts behind it, one
    for each value that the rule speaks of; `least` and `most` are numbers of seats (`most` None: no limit)."""

    code: str
    name: Text
    standing: Standing
    short: int
    over: int
    least: int
    most: int | None
    article: str
    is_statutory: bool
    is_public: bool
    finding: Finding
    rows: tuple[Verdict, ...]

    @property
    def count(self) -> int:
        """How many of those of whom it speaks sit; of several values the largest."""
        return max((row.count for row in self.rows), default=0)

    @property
    def is_broken(self) -> bool:
        """Whether the list as it stands does not keep the rule: too many, or too few on the seats that are taken."""
        return self.standing != Standing.MET


def verdicts(
    list_: List,
    rows: Sequence[Place] | None = None,
    charter: Charter | None = None,
    problem: Problem | None = None,
) -> list[Judged]:
    """Every rule of the charter and the list as it stands, in the order of the charter: the reserve first.

    `problem`: that of these rows, where the caller has made it already.
    """
    charter = charter or charter_of(list_)
    rows = rows if rows is not None else places(list_, charter)
    problem = problem or problem_for(list_, rows, charter)
    found: dict[str, list[Verdict]] = {}
    for verdict in check(problem, set(members_of(list_, rows, problem))):
        found.setdefault(verdict.row.rule.name, []).append(verdict)
    judged = []
    if RESERVE in found:
        reserve = charter.reserve
        row = found[RESERVE][0].row
        judged.append(
            _judged(
                RESERVE,
                reserve.name.value,
                found[RESERVE],
                row.least,
                None,
                reserve.share.article,
                True,
                True,
            )
        )
    for limit in limits_of(list_, charter):
        seats = charter.seats.total.value
        least, most = bounds_of(limit, seats)
        rules = (limit.article, limit.is_statutory, limit.is_public)
        judged.append(_judged(limit.code, limit.name, found.get(limit.code, []), least, most, *rules))
    return judged


_ORDER = (Standing.BROKEN, Standing.LOST, Standing.OPEN, Standing.MET)


def _judged(
    code: str,
    name: Text,
    rows: list[Verdict],
    least: int,
    most: int | None,
    article: str,
    is_statutory: bool,
    is_public: bool,
) -> Judged:
    standing = min((row.standing for row in rows), key=_ORDER.index, default=Standing.MET)
    short = max((row.short for row in rows), default=0)
    over = max((row.over for row in rows), default=0)
    count = max((row.count for row in rows), default=None)
    finding = _sentence(name, least, most, count, short, over, article)
    return Judged(
        code, name, standing, short, over, least, most, article, is_statutory, is_public, finding, tuple(rows)
    )


def _sentence(
    name: Text, least: int, most: int | None, count: int | None, short: int, over: int, article: str
) -> Finding:
    """`From one organisation, at most 3: over by 1, article 4.6`. A rule that holds says so with its limit."""
    rule = limit_words(name, least, most)
    if short:
        return Finding(
            N_("%(rule)s: short by %(short)s, article %(article)s"),
            {"rule": rule, "short": short, "article": article},
        )
    if over:
        return Finding(
            N_("%(rule)s: over by %(over)s, article %(article)s"),
            {"rule": rule, "over": over, "article": article},
        )
    if count is None:
        return Finding(N_("%(rule)s: met"), {"rule": rule})
    return Finding(N_("%(rule)s: met, there are %(count)s"), {"rule": rule, "count": count})


def limit_broken(name: Text, verdict: Verdict) -> Finding:
    """The sentence of one limit that is broken for one value."""
    rule = verdict.row.rule
    return _sentence(name, rule.least, rule.most, verdict.count, verdict.short, verdict.over, rule.article)


def limit_words(name: Text | Finding, least: int, most: int | None) -> Finding:
    """A rule with its numbers: `From one organisation, at most 3`."""
    params = {"name": name, "least": least, "most": most}
    if most is None:
        return Finding(N_("%(name)s, at least %(least)s"), params)
    if not least:
        return Finding(N_("%(name)s, at most %(most)s"), params)
    if least == most:
        return Finding(N_("%(name)s, exactly %(least)s"), params)
    return Finding(N_("%(name)s, %(least)s to %(most)s"), params)


def broken(list_: List, rows: Sequence[Place] | None = None) -> list[Finding]:
    """What of the charter's rules a list as it stands does not keep: the reserve by its own judgement, then the rest.

    The same findings refuse its release, an amendment that would bring it about, and the call of a vote (7.4).
    """
    charter = charter_of(list_)
    rows = list(rows) if rows is not None else places(list_, charter)
    result = judge(list_, rows, charter)
    found = [] if result.met else [reserve_short(charter, result)]
    return found + [
        one.finding for one in verdicts(list_, rows, charter) if one.is_broken and one.code != RESERVE
    ]


def reserve_short(charter: Charter, result: QuotaResult) -> Finding:
    """A list that fails the reserve says by how many, and under which article (4.2)."""
    article = charter.reserve.share.article
    return Finding(N_("%(line)s, article %(article)s"), {"line": result.summary, "article": article})
