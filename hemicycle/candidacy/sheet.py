"""A file as people read it: the task list, the check page, and the page of the Secretariat. Four queries in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel import Locale
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hemicycle.rules.charter import Charter
from hemicycle.rules.charter.entries import Bar, Criterion
from hemicycle.rules.findings import Finding
from hemicycle.web.desk import Fact, article_url
from hemicycle.web.parts import Task
from hemicycle.web.templatetags.house import day

from . import answers, queries
from .models import Candidacy, Evidence, Origin


def reading_offices(charter: Charter) -> list[str]:
    """The offices that read files, by their names in the reader's language, for the notice of the risk."""
    return [office.name[get_language() or "en"] for office in charter.offices if office.reads_files]


def proposing_office(charter: Charter) -> str:
    """The office that sees the names and opinions of all who were assessed, because it makes the list (norm 1.2)."""
    return charter.office(charter.list.proposed_by.value).name[get_language() or "en"]


@dataclass(frozen=True)
class Section:
    """One part of the file: what stands in it, and the evidence that belongs to it. `dated`: the key of a bar that was
    answered yes, under which dates stand."""

    part: str
    title: str
    article: str
    note: str
    facts: Sequence[Fact]
    evidence: Sequence[Evidence] = field(default_factory=tuple)
    dated: str = ""


def country_name(code: str) -> str:
    return str(Locale.parse(get_language() or "en").territories.get(code, code))


def yes_no(value: bool | None) -> str:
    return "—" if value is None else _("yes") if value else _("no")


def part_url(candidacy: Candidacy, part: str) -> str:
    return reverse("candidacy-part", args=[candidacy.reference, part])


def title_of(part: str, candidacy: Candidacy, *, is_own: bool = True) -> str:
    """The heading of a part: for a criterion or bar, the charter's own words."""
    fixed = {
        "names": _("Your names") if is_own else _("Names"),
        "people": _("People, language, region, and the reserve"),
        "residence": _("Where you live and where you come from") if is_own else _("Residence and field"),
        "declaration": _("Declaration"),
    }
    if part in fixed:
        return fixed[part]
    charter, (_kind, _sep, key) = queries.charter_of(candidacy.call), part.partition(":")
    entry = next(e for e in (*charter.criteria, *charter.bars) if e.key == key)
    return str(entry.text[get_language() or "en"])


def sections(candidacy: Candidacy, *, is_own: bool = True) -> list[Section]:
    """The whole file in the order of the form, and last the evidence that shows no single criterion.

    `is_own`: whether the person whose file it is reads it; others are not spoken to as if they were.
    """
    language = get_language() or "en"
    charter = queries.charter_of(candidacy.call)
    given = {a.criterion: a for a in candidacy.answers.all()}
    bars = {b.bar: b.answer == "yes" for b in candidacy.bar_answers.all()}
    periods = list(candidacy.periods.all())
    evidence = list(candidacy.evidence.all())
    kinds = dict(answers.kinds(charter))
    found = [_names(candidacy, is_own), _people(candidacy), _residence(candidacy, is_own)]
    for criterion in charter.criteria:
        if not criterion.asked:
            continue
        answer = given.get(criterion.key)
        facts = [Fact(_("Statement"), answer.statement, answer.language)] if answer else []
        if answer and criterion.needs_since:
            facts.append(Fact(_("Since"), day(answer.since)))
        if answer:
            facts.append(Fact(_("Declared to be true"), yes_no(answer.declared)))
        own = [e for e in evidence if e.criterion == criterion.key]
        note = criterion.note[language] if criterion.note else ""
        found.append(
            Section(
                f"criterion:{criterion.key}", criterion.text[language], criterion.article, note, facts, own
            )
        )
    for bar in charter.bars:
        if not bar.asked:
            continue
        facts = [Fact(_("Answer"), yes_no(bars.get(bar.key)))]
        for row in periods:
            if row.bar == bar.key:
                given = {name: getattr(row, name) for name in answers.PERIOD}
                facts.append(Fact(*_dated(given, kinds)))
        note = bar.note[language] if bar.note else ""
        dated = bar.key if bars.get(bar.key) else ""
        found.append(Section(f"bar:{bar.key}", bar.text[language], bar.article, note, facts, dated=dated))
    rest = [e for e in evidence if not e.criterion]
    if rest:
        found.append(Section("", _("Other evidence"), "", "", (), rest))
    found.append(
        Section(
            "declaration",
            title_of("declaration", candidacy),
            "",
            "",
            [Fact(_("Sent by the person"), yes_no(candidacy.is_own_act))],
        )
    )
    return found


def _dated(row: Mapping[str, Any], kinds: Mapping[str, Any]) -> tuple[str, str]:
    """One service or payment: its kind and span, and who paid with what should be known."""
    until = day(row["until_day"]) if row["until_day"] else "…"
    head = f"{kinds.get(row['kind'], row['kind'])}, {day(row['from_day'])} – {until}"
    return head, " · ".join(filter(None, [row["employer"], row["note"]]))


def corrections(candidacy: Candidacy, *, is_own: bool = True) -> list[dict[str, Any]]:
    """What was corrected after sending: the row, the heading of its part, and what stood there before, as people read
    it."""
    kinds = dict(answers.kinds(queries.charter_of(candidacy.call)))
    return [
        {
            "row": row,
            "title": title_of(row.part, candidacy, is_own=is_own),
            "before": _told(row.before, kinds),
        }
        for row in candidacy.fact_corrections.all()
    ]


def _told(before: Mapping[str, Any], kinds: Mapping[str, Any]) -> list[str]:
    """The values of a part in words; of a bar also each of its dates."""
    found = []
    for name, value in before.items():
        if name == "periods":
            for row in value:
                read = {
                    key: date.fromisoformat(row[key]) if row[key] else None
                    for key in ("from_day", "until_day")
                }
                found.append(": ".join(_dated({**row, **read}, kinds)))
        elif name == "origin":
            found.append(", ".join(str(dict(Origin.choices)[code]) for code in value))
        elif name == "residence" and value:
            found.append(country_name(value))
        elif isinstance(value, bool) or name == "answer":
            found.append(yes_no(value if isinstance(value, bool) else {"yes": True, "no": False}.get(value)))
        else:
            found.append(day(date.fromisoformat(value)) if name == "since" and value else str(value or "—"))
    return found


def _names(candidacy: Candidacy, is_own: bool) -> Section:
    person = candidacy.person
    facts = [
        Fact(_("Name in your own script") if is_own else _("Name in own script"), person.name),
        Fact(_("Name in Latin letters"), person.latin_name),
        Fact(_("Public name"), person.public_name),
        Fact(_("Grammatical gender"), person.get_gender_display()),
        Fact(_("Language of correspondence"), person.get_language_display()),
    ]
    return Section("names", title_of("names", candidacy, is_own=is_own), "", "", facts)


def _people(candidacy: Candidacy) -> Section:
    facts = [
        Fact(_("People"), candidacy.people or "—"),
        Fact(_("Language"), candidacy.spoken_language or "—"),
        Fact(_("Region"), candidacy.region or "—"),
        Fact(_("For the reserve"), yes_no(candidacy.for_reserve if "people" in candidacy.saved else None)),
        Fact(_("Grouping confirmed by the person"), yes_no(candidacy.reserve_confirmed)),
    ]
    return Section("people", title_of("people", candidacy), "", "", facts)


def _residence(candidacy: Candidacy, is_own: bool) -> Section:
    origin = ", ".join(str(dict(Origin.choices)[code]) for code in candidacy.origin)
    facts = [
        Fact(_("Country of residence"), country_name(candidacy.residence) if candidacy.residence else "—"),
        Fact(_("Comes from"), origin or "—"),
    ]
    return Section("residence", title_of("residence", candidacy, is_own=is_own), "", "", facts)


def lacking_by_part(candidacy: Candidacy) -> dict[str, list[Finding]]:
    """What is missing, by the part of the form where it can be mended."""
    charter = queries.charter_of(candidacy.call)
    criteria = {c.key for c in charter.criteria}
    found: dict[str, list[Finding]] = {}
    for finding in answers.missing(candidacy):
        key = str(finding.params.get("key", ""))
        part = str(finding.params.get("part") or f"{'criterion' if key in criteria else 'bar'}:{key}")
        found.setdefault(part, []).append(finding)
    return found


def tasks(candidacy: Candidacy) -> list[Task]:
    """The task list: one line per part, and whether something is missing there."""
    lacking = lacking_by_part(candidacy)
    charter = queries.charter_of(candidacy.call)
    made = []
    for part in answers.parts(charter):
        begun = part in candidacy.saved
        if part not in lacking:
            label, kind = pgettext("part of a form", "complete"), "done"
        else:
            label, kind = (_("something is missing"), "open") if begun else (_("to do"), "neutral")
        made.append(Task(title_of(part, candidacy), part_url(candidacy, part), "", label, kind))
    return made


def shown_only(candidacy: Candidacy) -> list[dict[str, Any]]:
    """What the charter shows and does not ask: placeholders among criteria, bars and principles (3.6)."""
    language = get_language() or "en"
    charter = queries.charter_of(candidacy.call)
    criteria = [e for e in charter.criteria if not e.asked]
    bars = [e for e in charter.bars if not e.asked]
    principles = [e for e in charter.principles if not e.asked]
    return [
        {"text": e.text[language], "article": e.article, "status": e.status}
        for e in (*criteria, *bars, *principles)
    ]


def _rule(rule: Criterion | Bar, language: str) -> dict[str, str]:
    return {"text": rule.text[language], "article": rule.article, "url": article_url(rule.article)}


def asked(charter: Charter) -> list[dict[str, Any]]:
    """The criteria and bars that the form asks, for the public page of the call."""
    language = get_language() or "en"
    criteria = [c for c in charter.criteria if c.asked]
    bars = [b for b in charter.bars if b.asked]
    return [
        {
            "title": _("What candidates show"),
            "rows": [_rule(c, language) for c in criteria],
        },
        {
            "title": _("What bars a person"),
            "rows": [_rule(b, language) for b in bars],
        },
    ]
