"""The parts of a candidacy: what each page saves, what stands there now, and what is still missing.

A part is named by a code: `names`, `people`, `residence`, `criterion:<key>`, `bar:<key>`, `declaration`.
Criteria and
bars come from the charter that the call froze; what the charter shows and does not ask has no part (procedure
3.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from hemicycle.people import accounts
from hemicycle.people import actions as account_actions
from hemicycle.people import queries as people
from hemicycle.people.models import Language, Person
from hemicycle.record import clock
from hemicycle.rules import eligibility
from hemicycle.rules.charter import Charter
from hemicycle.rules.charter.rule import Text
from hemicycle.rules.findings import N_, Finding, Unmet

from . import queries
from .models import BarAnswer, Candidacy, CriterionAnswer, Kind, Origin, ServicePeriod

ARTICLE = "candidacy.save"
NAMES = ("name", "latin_name", "public_name", "gender", "language")
WORDS = ("people", "spoken_language", "region", "for_reserve", "reserve_confirmed")
PERIOD = ("kind", "employer", "from_day", "until_day", "note")


def parts(charter: Charter) -> tuple[str, ...]:
    """The parts of the form under a charter, in the order of the task list."""
    return (
        "names",
        "people",
        "residence",
        *(f"criterion:{c.key}" for c in charter.criteria if c.asked),
        *(f"bar:{b.key}" for b in charter.bars if b.asked),
        "declaration",
    )


def read(candidacy: Candidacy, part: str) -> dict[str, Any]:
    """What stands in a part now, in the shape that `write` takes."""
    kind, _, key = part.partition(":")
    if kind == "names":
        return {name: getattr(candidacy.person, name) for name in NAMES}
    if kind == "people":
        return {name: getattr(candidacy, name) for name in WORDS}
    if kind == "residence":
        return {"residence": candidacy.residence, "origin": list(candidacy.origin)}
    if kind == "criterion":
        answer = candidacy.answers.filter(criterion=key).first()
        return {
            "statement": answer.statement if answer else "",
            "language": answer.language if answer else candidacy.person.language,
            "since": answer.since if answer else None,
            "declared": bool(answer and answer.declared),
        }
    if kind == "bar":
        given = candidacy.bar_answers.filter(bar=key).first()
        return {"answer": given.answer if given else "", "periods": [*dated(candidacy, key).values()]}
    return {"is_own_act": candidacy.is_own_act}


def dated(candidacy: Candidacy, bar: str) -> dict[str, dict[str, Any]]:
    """The periods under a bar in the shape that `write` takes, each under a name that no other period ever has."""
    rows = candidacy.periods.filter(bar=bar)
    return {str(row.pk): {name: getattr(row, name) for name in PERIOD} for row in rows}


def write(candidacy: Candidacy, part: str, values: Mapping[str, Any]) -> None:
    """Write one part. Called inside an act only; the candidacy itself is saved by the gate. Raises `Unmet`."""
    charter = queries.charter_of(candidacy.call)
    if part not in parts(charter):
        raise Unmet(Finding(N_("This form has no such part."), {}, ARTICLE))
    kind, _, key = part.partition(":")
    if kind == "names":
        _write_names(candidacy.person, values)
    elif kind == "people":
        for name in WORDS:
            setattr(candidacy, name, values[name])
        if not candidacy.for_reserve:
            candidacy.reserve_confirmed = False
    elif kind == "residence":
        _write_residence(candidacy, values)
    elif kind == "criterion":
        _write_criterion(candidacy, charter, key, values)
    elif kind == "bar":
        _write_bar(candidacy, charter, key, values)
    else:
        candidacy.is_own_act = bool(values["is_own_act"])
    if part not in candidacy.saved:
        candidacy.saved = [*candidacy.saved, part]


def _write_names(person: Person, values: Mapping[str, Any]) -> None:
    """Names belong to the account: the people's room changes them, by acts of the person (procedure 1.7)."""
    account, bearer = accounts.of(person), people.bearer(person)
    if any(getattr(person, name) != values[name] for name in NAMES if name != "public_name"):
        account_actions.change_person(
            account,
            bearer,
            name=values["name"],
            latin_name=values["latin_name"],
            gender=values["gender"],
            language=values["language"],
            reads=person.reads,
            mail_code=person.mail_code,
        )
    if person.public_name != values["public_name"]:
        account_actions.give_public_name(account, bearer, public_name=values["public_name"])
    person.refresh_from_db()


def _write_residence(candidacy: Candidacy, values: Mapping[str, Any]) -> None:
    origin = list(dict.fromkeys(values["origin"]))
    if not set(origin) <= set(Origin.values):
        raise Unmet(Finding(N_("Choose from the origins that are shown."), {}, ARTICLE))
    candidacy.residence, candidacy.origin = values["residence"], origin


def _write_criterion(candidacy: Candidacy, charter: Charter, key: str, values: Mapping[str, Any]) -> None:
    statement, since, language = values["statement"].strip(), values["since"], values["language"]
    at_most = charter.candidacy.statement_words_at_most.value
    words = len(statement.split())
    if words > at_most:
        raise Unmet(
            Finding(
                N_("The statement has %(words)s words; at most %(most)s fit."),
                {"words": words, "most": at_most},
                ARTICLE,
            )
        )
    if language not in Language.values:
        raise Unmet(Finding(N_("Say in which language the statement is."), {}, ARTICLE))
    if since is not None and since > clock.today():
        raise Unmet(Finding(N_("The date lies in the future."), {}, ARTICLE))
    CriterionAnswer.objects.update_or_create(
        candidacy=candidacy,
        criterion=key,
        defaults={
            "statement": statement,
            "since": since,
            "language": language,
            "declared": bool(values["declared"]),
        },
    )


def kinds(charter: Charter) -> tuple[tuple[str, Any], ...]:
    """Kinds of a period: those of the house, and those that the charter sets aside, as (code, words)."""
    language = get_language() or "en"
    return (*Kind.choices, *((kind.key, kind.text[language]) for kind in charter.excluded_kinds))


def _write_bar(candidacy: Candidacy, charter: Charter, key: str, values: Mapping[str, Any]) -> None:
    if values["answer"] not in ("yes", "no"):
        raise Unmet(Finding(N_("Answer yes or no."), {}, ARTICLE))
    BarAnswer.objects.update_or_create(candidacy=candidacy, bar=key, defaults={"answer": values["answer"]})
    given = values.get("periods")
    if values["answer"] == "no":
        given = ()  # what was written under a yes does not stay behind a no
    if given is None:
        return
    known = {code for code, _words in kinds(charter)}
    for row in given:
        _check_period(row, known)
    candidacy.periods.filter(bar=key).delete()
    ServicePeriod.objects.bulk_create(
        ServicePeriod(
            candidacy=candidacy, bar=key, **{name: row.get(name) or _empty(name) for name in PERIOD}
        )
        for row in given
    )


def _empty(name: str) -> str | None:
    return None if name == "until_day" else ""


def _check_period(row: Mapping[str, Any], known: set[str]) -> None:
    start, end = row.get("from_day"), row.get("until_day")
    if row.get("kind") not in known:
        raise Unmet(Finding(N_("Choose from the kinds that are shown."), {}, ARTICLE))
    if not row.get("employer"):
        raise Unmet(Finding(N_("Say who the employer or payer was."), {}, ARTICLE))
    if not isinstance(start, date):
        raise Unmet(Finding(N_("Say from which day."), {}, ARTICLE))
    if end is not None and end <= start:
        raise Unmet(Finding(N_("The last day must come after the first."), {}, ARTICLE))


def declaration(candidacy: Candidacy) -> eligibility.Declaration:
    """The answers as the law reads them. Three queries, whatever the number of answers."""
    evidence: dict[str, int] = {}
    for criterion in candidacy.evidence.values_list("criterion", flat=True):
        evidence[criterion] = evidence.get(criterion, 0) + 1
    return eligibility.Declaration(
        criteria={
            a.criterion: eligibility.Answer(a.statement, a.since, evidence.get(a.criterion, 0))
            for a in candidacy.answers.all()
        },
        bars={b.bar: b.answer == "yes" for b in candidacy.bar_answers.all()},
    )


def missing(candidacy: Candidacy) -> tuple[Finding, ...]:
    """Everything that keeps the candidacy from being submitted; empty when it is complete. Form only."""
    charter = queries.charter_of(candidacy.call)
    law = eligibility.complete(declaration(candidacy), charter, on=clock.today())
    return (*_missing_person(candidacy), *(_worded(f) for f in law), *_missing_answers(candidacy, charter))


def _lacks(message: str, part: str, **more: object) -> Finding:
    return Finding(message, {"part": part, **more}, "candidacy.submit")


def _worded(finding: Finding) -> Finding:
    """The law's finding with its rule in the reader's language, and the part of the form where to mend it."""
    words = {k: v[get_language() or "en"] if isinstance(v, Text) else v for k, v in finding.params.items()}
    return Finding(finding.message, words, finding.article)


def _missing_person(candidacy: Candidacy) -> list[Finding]:
    found = []
    person = candidacy.person
    if not (person.name.strip() and person.latin_name.strip() and person.public_name.strip()):
        found.append(_lacks(N_("Your names are not complete."), "names"))
    if "people" not in candidacy.saved:
        found.append(_lacks(N_("It is not said whether you stand for the reserve."), "people"))
    if candidacy.for_reserve and not candidacy.people.strip():
        found.append(_lacks(N_("Who stands for the reserve says for which people, in own words."), "people"))
    if candidacy.for_reserve and not candidacy.reserve_confirmed:
        found.append(_lacks(N_("The reserve is not confirmed by you."), "people"))
    if not candidacy.residence:
        found.append(_lacks(N_("Your country of residence is missing."), "residence"))
    if not candidacy.origin:
        found.append(_lacks(N_("It is not said from which field you come."), "residence"))
    return found


def _missing_answers(candidacy: Candidacy, charter: Charter) -> list[Finding]:
    language = get_language() or "en"
    found = []
    declared = {a.criterion for a in candidacy.answers.all() if a.declared}
    for criterion in charter.criteria:
        if criterion.asked and criterion.key not in declared:
            rule = criterion.text[language]
            found.append(
                _lacks(N_("The declaration is not made: %(rule)s"), f"criterion:{criterion.key}", rule=rule)
            )
    dated = set(candidacy.periods.values_list("bar", flat=True))
    yes = {b.bar for b in candidacy.bar_answers.all() if b.answer == "yes"}
    for bar in charter.bars:
        if bar.asked and bar.key in yes - dated:
            rule = bar.text[language]
            found.append(
                _lacks(N_("You answered yes; give the dates: %(rule)s"), f"bar:{bar.key}", rule=rule)
            )
    if not candidacy.is_own_act:
        found.append(_lacks(N_("You have not declared that you send this yourself."), "declaration"))
    return found
