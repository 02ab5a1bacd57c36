"""The public part of the record: entries with their links, and the daily totals of sealed acts (procedure 1.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.candidacy.models import Call
from hemicycle.candidacy.procedure import CallState
from hemicycle.composition.models import List
from hemicycle.consultations import queries as consultations
from hemicycle.consultations.models import Consultation, Proposition
from hemicycle.contributions.models import Contribution, Spending
from hemicycle.dialogue import queries as dialogue
from hemicycle.dialogue.models import Question, Topic
from hemicycle.followup.models import EarlierContact, Proposal
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock, references
from hemicycle.record.models import Correction, Entry
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Publicity
from hemicycle.statements import queries as statements
from hemicycle.statements.models import Initiative, Statement
from hemicycle.suspension.models import Case
from hemicycle.voting.models import Vote
from hemicycle.web.desk import article_url

from . import book, released
from .public import language

PAGE = 50
DAYS = 60
# On whose pages corrections stand under a heading of their own (gallery/_notes.html).
WITH_CORRECTIONS = {Vote.PREFIX, List.PREFIX, Mandate.PREFIX, Case.PREFIX}
BALLOT_ACTS = ("cast", "change")
BALLOTS = Q(room="voting", act__in=BALLOT_ACTS)
_DAY = TruncDate("at", tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True)
class Line:
    """One public entry. No number (the gaps would count the sealed acts) and no person: the office acts."""

    at: datetime
    title: str
    kind: str
    reference: str
    url: str
    office: str
    article: str
    article_url: str
    charter: str
    is_day: bool


@dataclass(frozen=True)
class DayTotal:
    """Sealed acts of one day; `number` is None where it is under the charter's small number."""

    on: date
    number: int | None


def shown() -> QuerySet[Entry]:
    """What is printed, the latest first. Of the ballots of one vote and day only the last stands here, for all of them:
    one after another they would tell who voted when, and how each voted stands with the vote, where the charter makes
    that public (procedure 5.5).
    """
    ballots = released.entries().order_by().filter(BALLOTS).annotate(on=_DAY)
    last = ballots.values("matter", "act", "on").annotate(last=Max("number")).values("last")
    return released.entries().filter(~BALLOTS | Q(number__in=last))


def _numbers(entries: Sequence[Entry]) -> dict[tuple[str, str, date], int]:
    """How many ballots each line stands for. One query, or none on a page without ballots."""
    votes = {entry.matter for entry in entries if entry.act in BALLOT_ACTS and entry.room == "voting"}
    if not votes:
        return {}
    rows = Entry.objects.order_by().filter(BALLOTS, matter__in=votes).annotate(on=_DAY)
    counted = rows.values_list("matter", "act", "on").annotate(Count("pk"))
    return {(matter, act, on): number for matter, act, on, number in counted}


def _ballots(act: str, number: int) -> str:
    texts = {
        "cast": ngettext("%(n)s ballot", "%(n)s ballots", number),
        "change": ngettext("%(n)s ballot changed", "%(n)s ballots changed", number),
    }
    return texts[act] % {"n": number}


def lines(entries: Sequence[Entry], charter: Charter) -> list[Line]:
    """Entries as they are printed. Five queries for a page, whatever its length."""
    by_act = {(table.room, step.act): (table, step) for table in book.tables() for step in table.steps}
    urls = _addresses({entry.matter for entry in entries})
    numbers = _numbers(entries)
    found = []
    for entry in entries:
        table, step = by_act.get((entry.room, entry.act), (None, None))
        article = charter.articles.get(entry.article, "")
        number = numbers.get((entry.matter, entry.act, timezone.localtime(entry.at).date()))
        title = str(step.title) if step else entry.act
        found.append(
            Line(
                at=entry.at,
                title=_ballots(entry.act, number) if number else title,
                kind=str(table.title) if table else entry.room,
                reference=entry.matter,
                url=urls.get(entry.matter, ""),
                office=_office(charter, entry.office),
                article=article,
                article_url=article_url(article) if article else "",
                charter=entry.charter,
                is_day=bool(number),
            )
        )
    return found


def _office(charter: Charter, code: str) -> str:
    try:
        return charter.office(code).name[language()]
    except KeyError:
        return code  # an office of an earlier version of the charter


def _addresses(matters: set[str]) -> dict[str, str]:
    """Where the public reads of these matters, and of what corrections correct; nothing for those without a page."""
    wanted = [row for row in matters if references.prefix(row) == Correction.PREFIX]
    rows = Correction.objects.filter(reference__in=wanted, state="published") if wanted else ()
    subjects = {row.reference: row.subject for row in rows}
    found = _pages({*matters, *subjects.values()})
    for reference, subject in subjects.items():
        page = found.get(subject, "").split("#")[0]
        if page and references.prefix(subject) == List.PREFIX:
            page = (
                page.replace("/composition/", "/rounds/", 1) + "/sheet"
            )  # the President's reasons stand there
        if page:
            has_section = references.prefix(subject) in WITH_CORRECTIONS
            found[reference] = f"{page}#corrections" if has_section else page
    return found


def _pages(matters: set[str]) -> dict[str, str]:
    """One query for each kind of matter among them."""
    of: dict[str, list[str]] = {}
    for reference in matters:
        of.setdefault(references.prefix(reference), []).append(reference)
    found: dict[str, str] = {}
    for vote in released.votes().filter(reference__in=of.get(Vote.PREFIX, ())) if Vote.PREFIX in of else ():
        name = "founding" if vote.subject == "founding" else vote.reference
        found[vote.reference] = reverse("public-vote", args=[name])
    for call in released.calls().filter(reference__in=of.get(Call.PREFIX, ())) if Call.PREFIX in of else ():
        found[call.reference] = reverse("public-round", args=[released.address_of(call.session)])
    for list_ in released.lists().filter(reference__in=of.get(List.PREFIX, ())) if List.PREFIX in of else ():
        found[list_.reference] = _composition(list_)
    if Mandate.PREFIX in of:
        rows = Mandate.objects.filter(reference__in=of[Mandate.PREFIX]).select_related("list__session")
        found.update({row.reference: f"{_composition(row.list)}#seat-{row.seat_number}" for row in rows})
    if Case.PREFIX in of:
        cases = Case.objects.filter(reference__in=of[Case.PREFIX]).select_related("mandate__list__session")
        found.update({row.reference: _composition(row.mandate.list) for row in cases})
    if Consultation.PREFIX in of or Proposition.PREFIX in of:
        held = consultations.public().filter(reference__in=of.get(Consultation.PREFIX, ()))
        found.update({row.reference: reverse("consultations-page", args=[row.reference]) for row in held})
        put = Proposition.objects.filter(reference__in=of.get(Proposition.PREFIX, ()))
        for row in consultations.of_public(put):
            page = reverse("consultations-page", args=[row.consultation.reference])
            found[row.reference] = f"{page}#proposition-{row.number}"
    found.update(
        {name: reverse("contributions-receipt", args=[name]) for name in of.get(Contribution.PREFIX, ())}
    )
    found.update(dict.fromkeys(of.get(Spending.PREFIX, ()), f"{reverse('contributions-public')}#spending"))
    found.update({name: reverse("followup-proposal", args=[name]) for name in of.get(Proposal.PREFIX, ())})
    found.update(
        {name: reverse("followup-contact", args=[name]) for name in of.get(EarlierContact.PREFIX, ())}
    )
    found.update(_of_dialogue(of))
    found.update(dict.fromkeys(of.get("ADPT", ()), reverse("public-charter")))
    found.update(dict.fromkeys(of.get("FOND", ()), reverse("public-charter")))
    return found


def _of_dialogue(of: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Topics are public; of what is asked and said, what its room shows to everybody."""
    found = {name: reverse("dialogue-topic", args=[name]) for name in of.get(Topic.PREFIX, ())}
    for prefix, rows, page in (
        (Question.PREFIX, dialogue.public_questions(), "dialogue-question"),
        (Statement.PREFIX, statements.published(), "statements-public"),
        (Initiative.PREFIX, statements.open_initiatives(), "statements-public"),
    ):
        if prefix in of:
            shown_ = rows.filter(reference__in=of[prefix]).order_by().values_list("reference", flat=True)
            found.update({name: reverse(page, args=[name]) for name in shown_})
    return found


def _composition(list_: List) -> str:
    return reverse("public-composition-of", args=[released.address_of(list_.session)])


def daily_totals(charter: Charter) -> list[DayTotal]:
    """Sealed acts by day, the latest first: whole days that are over, never one of a call that has not closed.

    Only days with as many acts as the small number or more are given; every other day had fewer, none included.
    """
    small = charter.publication.small_number.value
    rows = (
        Entry.objects.filter(publicity=Publicity.SEALED.value, at__lt=_until())
        .annotate(on=TruncDate("at", tzinfo=timezone.get_default_timezone()))
        .values("on")
        .annotate(number=Count("pk"))
        .filter(number__gte=small)
        .order_by("-on")[:DAYS]
    )
    return [DayTotal(row["on"], row["number"]) for row in rows]


def _until() -> datetime:
    """The start of today, or of the first day of a call that is announced or open, whichever is earlier."""
    now = clock.now()
    running = Call.objects.filter(state=CallState.OPEN, closes_at__gt=now)
    first = running.aggregate(first=Min("created_at"))["first"]
    day = clock.today()
    if first is not None:
        day = min(day, timezone.localtime(first).date())
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def last_counted_day() -> date:
    """The last day that the totals may hold."""
    return timezone.localtime(_until()).date() - timedelta(days=1)


def explanation(charter: Charter) -> str:
    """What the totals say and leave out, in one sentence."""
    return _(
        "Acts on candidacies, readings, opinions and allegations never appear singly. A day that is not listed had"
        " fewer than %(number)s of them."
    ) % {"number": charter.publication.small_number.value}
