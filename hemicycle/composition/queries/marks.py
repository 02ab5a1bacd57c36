"""The live marks of a list: what holds, what does not, and by how much; the same findings refuse its release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy import queries as candidacies
from hemicycle.instruments.selection.problem import Problem
from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import Finding
from hemicycle.vetting import queries as vetting

from ..models import List, Seat, Successor
from ..procedure import AcceptanceState, ListState
from .seats import Place, answer, answers, charter_of, judge, not_met, places
from .selection import RESERVE
from .standing import pending
from .verdicts import Judged, reserve_short, verdicts

A = AcceptanceState


@dataclass(frozen=True)
class Mark:
    """One line about a list. `met` is None where it only informs; `article` is the number in the charter."""

    key: str
    finding: Finding
    met: bool | None
    article: str = ""
    is_rule: bool = False  # a rule of the charter on the list as a whole, beside the reserve


def marks(list_: List, rows: list[Place] | None = None, problem: Problem | None = None) -> list[Mark]:
    """Everything that decides whether a list may be proposed, in the order in which a reader asks."""
    charter = charter_of(list_)
    rows = rows if rows is not None else places(list_, charter)
    return [
        *_numbers(list_, rows, charter, problem),
        *(mark for place in rows if place.seat is not None for mark in _seat(place)),
        *_succession(list_, charter),
        *_whole(list_, charter),
    ]


def unmet(list_: List) -> list[Finding]:
    """What keeps a list from being proposed or released."""
    return [mark.finding for mark in marks(list_) if mark.met is False]


def _numbers(list_: List, rows: list[Place], charter: Charter, problem: Problem | None) -> list[Mark]:
    live = [place for place in rows if place.is_live]
    accepted = sum(place.acceptance == A.ACCEPTED for place in live)
    result = judge(list_, rows, charter)
    article = charter.reserve.share.article
    reserve = result.summary if result.met else reserve_short(charter, result)
    taken = Finding(N_("%(filled)s of %(total)s seats taken"), {"filled": len(live), "total": len(rows)})
    said = Finding(N_("%(accepted)s of %(filled)s accepted"), {"accepted": accepted, "filled": len(live)})
    return [
        Mark("seats", taken, None if live else False, charter.seats.total.article),
        Mark("reserve", reserve, result.met, article if result.met else ""),  # unmet, the sentence names it
        *(_rule(one) for one in verdicts(list_, rows, charter, problem) if one.code != RESERVE),
        Mark("accepted", said, None, charter.periods.acceptance_days.article),
    ]


def _rule(one: Judged) -> Mark:
    """A limit of the charter (4.6). Broken, the sentence names the article."""
    return Mark(
        f"rule_{one.code}", one.finding, not one.is_broken, "" if one.is_broken else one.article, is_rule=True
    )


def _seat(place: Place) -> list[Mark]:
    def mark(key: str, message: str) -> Mark:
        return Mark(key, Finding(message, {"number": place.number}, "composition.ask_release"), False)

    if place.is_withdrawn:
        return [mark("withdrawn", N_("Seat %(number)s: the person has withdrawn."))]
    found = []
    if not place.is_eligible:
        found.append(mark("eligible", N_("Seat %(number)s: this candidacy cannot be proposed.")))
    if place.seat is not None and place.reserved and not candidacies.for_reserve(place.seat.candidacy):
        found.append(mark("declared", N_("Seat %(number)s: the person has not declared for the reserve.")))
    if place.acceptance != A.ACCEPTED:
        found.append(mark("answer", N_("Seat %(number)s: the person has not accepted.")))
    if place.is_not_met and not place.has_override:
        found.append(_no_reasons(place))
    return found


def _succession(list_: List, charter: Charter) -> list[Mark]:
    rows = list(list_.successors.select_related("candidacy"))
    if not rows:
        return []
    length = charter.list.succession_length
    found = answers(list_.session, [row.candidacy_id for row in rows])
    late = sum(answer(found, row.candidacy_id, row.for_reserve) != A.ACCEPTED for row in rows)
    marked = [
        Mark(
            "succession",
            Finding(
                N_("%(count)s on the succession list, %(late)s not accepted"),
                {"count": len(rows), "late": late},
            ),
            False if late or len(rows) > length.value else None,
            length.article,
        )
    ]
    if any(row.for_reserve and not candidacies.for_reserve(row.candidacy) for row in rows):
        text = N_("Somebody on the succession list of the reserve has not declared for the reserve.")
        marked.append(Mark("succession_reserve", Finding(text), False, length.article))
    return marked + [_no_reasons(row) for row in unreasoned(list_, rows)]


def _no_reasons(row: Place | Seat | Successor) -> Mark:
    if not isinstance(row, Successor):
        text = N_("Seat %(number)s: the opinion is “not met” and no reasons are given.")
        return Mark("override", Finding(text, {"number": row.number}, "composition.ask_release"), False)
    text = N_("Succession list, %(rank)s: the opinion is “not met” and no reasons are given.")
    if row.for_reserve:
        text = N_(
            "Succession list of the reserve, %(rank)s: the opinion is “not met” and no reasons are given."
        )
    return Mark("override", Finding(text, {"rank": row.rank}, "composition.ask_release"), False)


def unreasoned(list_: List, rows: Iterable[Seat | Successor]) -> list[Seat | Successor]:
    """Who of these sits or stands in line against an opinion “not met”, without the President’s reasons (3.5)."""
    rows = list(rows)
    against = not_met([row.candidacy_id for row in rows])
    given = set(list_.overrides.values_list("candidacy_id", flat=True)) if against else set()
    return [row for row in rows if row.candidacy_id in against - given]


def owed_reasons(list_: List) -> set[int]:
    """Whose opinion became “not met” after the release: on a seat until the Bureau has decided, or next in line."""
    rows: list[Seat | Successor] = [*list_.successors.all()]
    if list_.state == ListState.BEFORE_BUREAU:
        rows += list_.seats.all()
    return {row.candidacy_id for row in unreasoned(list_, rows)}


def without_reasons(list_: List) -> list[Finding]:
    """The same on the whole list, as findings: the Bureau is not asked for somebody whom no reasons explain."""
    rows: list[Seat | Successor] = [*list_.seats.all(), *list_.successors.all()]
    return [_no_reasons(row).finding for row in unreasoned(list_, rows)]


def _whole(list_: List, charter: Charter) -> list[Mark]:
    found = []
    missing = [
        code for code in charter.languages.authentic.value if not getattr(list_, f"reasons_{code}").strip()
    ]
    if missing:
        text = N_("The reasons for the list as a whole are missing in: %(languages)s")
        found.append(Mark("reasons", Finding(text, {"languages": ", ".join(missing)}), False))
    article = charter.periods.latest_reply_days_after_close.article
    found += [Mark("opinions", finding, False, article) for finding in vetting.before_proposal(list_.call)]
    other = pending(list_.session)
    if other is not None and other.pk != list_.pk:
        text = N_("Another list of this session is on its way or announced: %(reference)s")
        found.append(Mark("other", Finding(text, {"reference": other.reference}), False))
    return found
