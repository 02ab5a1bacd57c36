"""Posts and money over time: the picture, its table, and one entry. Overlaps in days, in words; no verdict (3.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hemicycle.candidacy.models import Candidacy, Evidence, Kind
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.queries import history
from hemicycle.rules.charter import Charter
from hemicycle.rules.service import Known, Overlap, Span
from hemicycle.web.desk import Fact, begin_url, matter_url
from hemicycle.web.templatetags.house import day

from .. import chart, queries
from ..models import AdversePoint, Examination, Reading, ServiceDispute, ServiceEntry, span_of
from ..procedure.service import SERVICE
from .parts import reader

#: Acts that the page of an entry must not tell: one reader would learn what the other did.
BLIND_ACTS = ("tie_service", "dispute_declared")


class Words:
    """What the lines of one file are called, for one actor: kinds, bars by letter, pieces, readers."""

    def __init__(self, candidacy: Candidacy, actor: Actor) -> None:
        self.charter: Charter = queries.law_of(candidacy)
        self.is_own = candidacy.person_id == actor.person
        language = get_language() or "en"
        self.kinds: dict[str, str] = {str(code): str(words) for code, words in Kind.choices}
        self.kinds |= {kind.key: kind.text[language] for kind in queries.service_kinds(self.charter)}
        bars = self.charter.bars
        self.letters = {bar.key: chr(ord("A") + number) for number, bar in enumerate(bars)}
        self.bars = [(self.letters[b.key], b.text[language], day(b.since), b.article) for b in bars]
        self.candidacy = candidacy
        examination = Examination.objects.filter(candidacy=candidacy).first() if self.is_own else None
        held = queries.capacities(examination) if examination is not None else []
        self.capacities = {row.reading.pk: row.capacity for row in held}

    @cached_property
    def pieces(self) -> dict[str, Evidence]:
        """Pieces of the file by name; read only where an entry names one."""
        return {row.name: row for row in self.candidacy.evidence.all()}

    def who(self, reading: Reading | None) -> str:
        """Which side: the person is told the capacity of a reader and nothing more; readers know one another by place."""
        if reading is None:
            return _("you") if self.is_own else _("the candidate")
        if not self.is_own:
            return reader(reading.ordinal)
        capacity = self.capacities.get(reading.pk, "")
        return _("a reader, %(capacity)s") % {"capacity": capacity} if capacity else _("a reader")


def written(found: Known) -> str:
    """A date as far as it is known: 2014, March 2014, 18 March 2014."""
    if found.first == found.last:
        return day(found.first)
    if found.first.month == found.last.month:
        name = date_format(found.first, "F\u00a0Y", use_l10n=False)
        return f"{name.lower()}\u00a0года" if (get_language() or "en")[:2] == "ru" else name
    return str(found.first.year)


def dates(span: Span) -> str:
    begun = written(span.began)
    if span.goes_on:
        return _("%(begun)s – goes on") % {"begun": begun}
    if span.ended is None:
        return _("%(begun)s – end not known") % {"begun": begun}
    ended = written(span.ended)
    return begun if begun == ended else f"{begun} – {ended}"


def days(found: Overlap) -> str:
    """How many days lie in the time of a bar, and which are the outermost."""
    told = {"least": found.certain, "n": found.possible, "first": day(found.first), "last": day(found.last)}
    if found.certain == found.possible:
        return ngettext("%(n)s day: %(first)s", "%(n)s days: %(first)s to %(last)s", found.possible) % told
    return (
        ngettext(
            "%(n)s day possible: %(first)s",
            "between %(least)s and %(n)s days possible: %(first)s to %(last)s",
            found.possible,
        )
        % told
    )


def overlaps(line: queries.Line, words: Words) -> list[str]:
    """One text a bar that is met; of a kind that is set aside, one for all."""
    aside = next((found.article for found in line.overlaps if found.article), "")
    if aside:
        return [_("No day counts: this kind is set aside (article %(article)s).") % {"article": aside}]
    named = [(words.letters[found.limb], days(found)) for found in line.overlaps]
    return [_("%(bar)s: %(days)s") % {"bar": bar, "days": told} for bar, told in named]


def service_context(candidacy: Candidacy, actor: Actor) -> dict[str, Any]:
    """The picture and its table, with the way to add an entry where there is one."""
    words, lines = Words(candidacy, actor), queries.service_lines(candidacy, actor)
    rows = [_row(number, line, words) for number, line in enumerate(lines, 1)]
    return {
        "service": {
            "rows": rows,
            "bars": words.bars,
            "picture": _picture(lines, rows, words) if lines else None,
            "is_own": words.is_own,
        }
    }


def _row(number: int, line: queries.Line, words: Words) -> dict[str, Any]:
    entry, period = line.entry, line.period
    reading = entry.reading if entry is not None else None
    piece = words.pieces.get(entry.exhibit) if entry is not None and entry.exhibit else None
    return {
        "number": number,
        "anchor": f"service-{number}",
        "kind": words.kinds.get(line.kind, line.kind),
        "payer": entry.payer if entry is not None else period.employer if period is not None else "",
        "what": entry.what if entry is not None else period.note if period is not None else "",
        "language": entry.language if entry is not None else "",
        "dates": dates(line.span),
        "who": words.who(reading),
        "is_found": reading is not None,
        "with_file": period is not None,
        "source": entry.source if entry is not None else "",
        "piece": piece,
        "overlaps": overlaps(line, words),
        "disputes": [(words.who(d.reading), d.text, d.language) for d in line.disputes],
        "corrected": entry is not None and bool(entry.before),
        "url": matter_url(entry) if entry is not None else "",
    }


def _picture(lines: Sequence[queries.Line], rows: Sequence[dict[str, Any]], words: Words) -> chart.Picture:
    bars = []
    for line, row in zip(lines, rows, strict=True):
        if line.reach is None:
            continue
        met = [words.letters[found.limb] for found in line.overlaps if not found.article]
        aside = any(found.article for found in line.overlaps)
        # What must be read stands first: a long label is cut at its end.
        parts = [", ".join(met), _("set aside") if aside else "", _("disputed") if row["disputes"] else ""]
        label = f"{row['number']}. {' · '.join(filter(None, [*parts, row['kind'], row['payer']]))}"
        title = " · ".join([label, row["dates"], *row["overlaps"]])
        look = "covered" if met else "set-aside" if aside else "other"
        mark = "found" if row["is_found"] else "declared"
        bars.append(chart.Bar(label, title, line.reach, look, mark, row["anchor"]))
    by_day: dict[Any, list[str]] = {}
    for bar in words.charter.bars:
        by_day.setdefault(bar.since, []).append(words.letters[bar.key])
    sinces = [
        chart.Since(since, _("%(bars)s: from %(day)s") % {"bars": ", ".join(letters), "day": day(since)})
        for since, letters in sorted(by_day.items())
    ]
    return chart.picture(bars, sinces, clock.today())


def facts_by_bar(candidacy: Candidacy, actor: Actor) -> dict[str, list[Fact]]:
    """What meets each bar in time, for the part of a reading on that bar; by the key of the bar."""
    words = Words(candidacy, actor)
    found: dict[str, list[Fact]] = {}
    for number, line in enumerate(queries.service_lines(candidacy, actor), 1):
        row = _row(number, line, words)
        for met in line.overlaps:
            told = _("kind set aside") if met.article else days(met)
            said = [row["kind"], row["payer"], told, *([_("disputed")] if row["disputes"] else [])]
            found.setdefault(met.limb, []).append(Fact(row["dates"], " · ".join(said)))
    return found


def service_facts(entry: ServiceEntry, actor: Actor) -> Sequence[Fact]:
    """One entry: every text in its own language, who said it, who disputes it, what a correction replaced."""
    words = Words(entry.candidacy, actor)
    line = next(
        (row for row in queries.service_lines(entry.candidacy, actor) if row.entry == entry),
        None,
    )
    facts = [
        Fact(_("Kind of post or money"), words.kinds.get(entry.kind, entry.kind)),
        Fact(_("What it was"), entry.what, entry.language),
        Fact(_("Employer or payer"), entry.payer, entry.language),
        Fact(_("Dates"), dates(entry.span)),
        Fact(_("Entered by"), words.who(entry.reading)),
    ]
    if entry.source:
        facts.append(Fact(_("Source"), entry.source, entry.language))
    if entry.exhibit and entry.exhibit in words.pieces:
        piece = words.pieces[entry.exhibit]
        facts.append(Fact(_("Piece of the file that shows it"), piece.title, piece.shown_language))
    for text in overlaps(line, words) if line is not None else ():
        facts.append(Fact(_("In the time of a bar"), text))
    for dispute in line.disputes if line is not None else ():
        facts.append(_disputed(dispute, words))
    point = entry.point if entry.is_found else _own_point(line, actor)
    if point is not None and (point.notified_at is not None or not words.is_own):
        facts.append(Fact(_("Adverse point"), point.reference, url=matter_url(point)))
    return [*facts, *_before(entry, words)]


def _disputed(dispute: ServiceDispute, words: Words) -> Fact:
    label = _("Disputed (%(who)s)") % {"who": words.who(dispute.reading)}
    return Fact(label, dispute.text, dispute.language)


def _own_point(line: queries.Line | None, actor: Actor) -> Any:
    """The point with which this person disputes a declared entry."""
    for dispute in line.disputes if line is not None else ():
        if dispute.reading is not None and dispute.reading.assessor_id == actor.person:
            return dispute.point
    return None


def _before(entry: ServiceEntry, words: Words) -> list[Fact]:
    """What stood there before each correction."""
    facts = []
    for row in reversed(entry.before):
        span = span_of(row["kind"], row["began"], row["ended"])
        said = [
            words.kinds.get(row["kind"], row["kind"]),
            row["payer"],
            row["what"],
            dates(span),
            row["source"],
        ]
        label = _("Before the correction of %(day)s") % {"day": day(datetime.fromisoformat(row["until"]))}
        facts.append(Fact(label, " · ".join(filter(None, said)), row["language"]))
    return facts


def service_page(entry: ServiceEntry, actor: Actor) -> Mapping[str, Any]:
    """The page of one entry. Its history tells what everybody may know who sees it."""
    if entry.pk is None:
        return {}
    told = [row for row in history(entry.reference, SERVICE) if row["act"] not in BLIND_ACTS]
    if entry.candidacy.person_id == actor.person:
        return {"history": told, "back_url": own_url(), "back_label": _("Posts and money over time")}
    mine = Reading.objects.filter(examination__candidacy=entry.candidacy_id, assessor_id=actor.person).first()
    if mine is None:
        return {"history": told}
    return {"history": told, "back_url": matter_url(mine), "back_label": mine.reference}


def resting_on(point: AdversePoint, actor: Actor) -> list[Fact]:
    """What is put to the person with a point: found entries, and declared ones that the reader disputes in it."""
    rests = Q(point=point) | Q(disputes__point=point)
    rows = list(queries.visible_service(actor).filter(rests).distinct())
    words = Words(point.examination.candidacy, actor) if rows else None
    return [
        Fact(
            _("Dated post or money"),
            " · ".join([words.kinds.get(row.kind, row.kind), row.payer, dates(row.span)]),
            url=matter_url(row),
        )
        for row in rows
        if words is not None
    ]


def declare_url(candidacy: Candidacy) -> str:
    return begin_url("vetting", "declare_service", candidacy=candidacy.reference)


def find_url(reading: Reading) -> str:
    return begin_url("vetting", "find_service", reading=reading.reference)


def own_url() -> str:
    return reverse("my-service")
