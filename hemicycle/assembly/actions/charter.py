"""The founding, and new versions of the charter: drafted, consulted on, adopted by the Bureau (R15, 7.5)."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps

from hemicycle.people.models import Language
from hemicycle.record import acts, clock, law
from hemicycle.record import queries as record
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.models import CharterVersion, Entry
from hemicycle.rules import charter as charters
from hemicycle.rules.charter import LANGUAGES, Charter, CharterError
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Adoption, Body, Founding
from ..procedure import ADOPTION, FOUNDING, AdoptionState
from .bodies import form_body, rename_body

founding_act = gate(FOUNDING, queries.offices)
act = gate(ADOPTION, queries.offices)

#: The three bodies that every charter's votes name. Committees are the charter's own list.
BODIES = {
    "assembly": ("Assembly", "Assemblée", "Ассамблея"),
    "bureau": ("Bureau of the Assembly", "Bureau de l’Assemblée", "Бюро Ассамблеи"),
    "standing_committee": ("Standing Committee", "Commission permanente", "Постоянный комитет"),
}


@founding_act
def found(founding: Founding, by: Actor, *, charter: Charter, demonstration: bool = False) -> Facts:
    """Adopt the first charter on an empty record; the entry of this act is number 1."""
    if not record.is_empty() or CharterVersion.objects.exists():
        raise Unmet(Finding(N_("This record is not empty: it was founded before."), article="assembly.found"))
    _keep(charter, clock.now())
    founding.charter, founding.demonstration = charter.reference, demonstration
    return Facts({"charter": charter.reference, "digest": charter.digest, "demonstration": demonstration})


def _keep(charter: Charter, in_force_from: datetime) -> CharterVersion:
    return CharterVersion.objects.create(
        reference=charter.reference,
        text=charter.text,
        prose=dict(charter.proses),
        digest=charter.digest,
        in_force_from=in_force_from,
    )


def form_bodies(charter: Charter, by: Actor) -> None:
    """Form the bodies that a charter names and that do not stand yet; rename those whose name has changed."""
    wanted = {code: (code, names) for code, names in BODIES.items()}
    for committee in charter.committees:
        name = committee.name(clock.today())
        wanted[committee.key] = ("committee", (name.en, name.fr, name.ru))
    standing = {body.code: body for body in Body.objects.filter(code__in=wanted)}
    for code, (kind, (en, fr, ru)) in wanted.items():
        body = standing.get(code)
        if body is None:
            form_body(Body(code=code, kind=kind, name_en=en, name_fr=fr, name_ru=ru), by)
        elif (body.name_en, body.name_fr, body.name_ru) != (en, fr, ru):
            rename_body(body, by, name_en=en, name_fr=fr, name_ru=ru)


@act
def draft_charter(
    adoption: Adoption, by: Actor, *, text: str | None = None, prose: dict[str, str] | None = None
) -> Facts:
    """Lay a new version before those who are consulted. Every problem of the file is a finding."""
    adoption.text = text or adoption.text
    adoption.prose = prose or adoption.prose
    charter = _read(adoption)
    adoption.charter, adoption.digest = charter.reference, charter.digest
    wanted = law.in_force().amendment.consulted.value
    return Facts(
        {"charter": charter.reference, "digest": charter.digest},
        to=AdoptionState.DRAFTED if wanted else AdoptionState.CONSULTED,
    )


def _read(adoption: Adoption) -> Charter:
    """The charter of a draft, or `Unmet` with every reason why it cannot be law."""
    article = "assembly.draft_charter"
    try:
        charter = charters.parse(adoption.text, name="draft")
        if unfit := charters.unfit_acts(charter, adoption.text, _acts() | charter.articles.keys()):
            raise CharterError("draft", unfit)
    except CharterError as error:
        raise Unmet(
            *(
                Finding(
                    N_("Line %(line)s: %(key)s: %(problem)s"),
                    {"line": each.line, "key": each.key, "problem": each.message},
                    article,
                )
                for each in error.findings[:40]
            )
        ) from error
    current = law.in_force()
    problems = []
    if charter.key != current.key:
        problems.append(
            Finding(N_("This is a version of another charter: %(key)s."), {"key": charter.key}, article)
        )
    if CharterVersion.objects.filter(reference=charter.reference).exists():
        problems.append(
            Finding(
                N_("Version %(version)s was adopted before; it is never edited."),
                {"version": charter.version},
                article,
            )
        )
    missing = [language for language in LANGUAGES if not adoption.prose.get(language, "").strip()]
    if missing:
        problems.append(
            Finding(N_("The text is missing in: %(languages)s."), {"languages": ", ".join(missing)}, article)
        )
    if problems:
        raise Unmet(*problems)
    return charter


def _acts() -> set[str]:
    """The keys of all acts of the house: a charter that gave one of them no article would stop it."""
    tables = (
        bound.table for bound in acts.registry.values() if apps.is_installed(f"hemicycle.{bound.table.room}")
    )
    return {table.article_key(step.act) for table in tables for step in table.steps}


@act
def consult_secretary_general(
    adoption: Adoption, by: Actor, *, answer: str, language: str = Language.ENGLISH
) -> Facts:
    """The Secretary General has been consulted, and answers."""
    _first(adoption.secretary_general_at, "assembly.consult_secretary_general")
    adoption.secretary_general_at = clock.now()
    adoption.secretary_general_text, adoption.secretary_general_language = answer, language
    return Facts({"charter": adoption.charter}, sealed={"answer": answer}, to=_after_consulting(adoption))


@act
def consult_general_rapporteur(
    adoption: Adoption, by: Actor, *, answer: str, language: str = Language.ENGLISH
) -> Facts:
    """The General Rapporteur has been consulted, and answers."""
    _first(adoption.general_rapporteur_at, "assembly.consult_general_rapporteur")
    adoption.general_rapporteur_at = clock.now()
    adoption.general_rapporteur_text, adoption.general_rapporteur_language = answer, language
    return Facts({"charter": adoption.charter}, sealed={"answer": answer}, to=_after_consulting(adoption))


def _first(before: datetime | None, article: str) -> None:
    if before is not None:
        raise Unmet(Finding(N_("This answer has been given already."), article=article))


def _after_consulting(adoption: Adoption) -> str:
    """Consulted once everybody whom the charter in force names has answered."""
    given = {
        "secretary_general": adoption.secretary_general_at,
        "general_rapporteur": adoption.general_rapporteur_at,
    }
    waiting = [office for office in law.in_force().amendment.consulted.value if given.get(office) is None]
    return AdoptionState.DRAFTED if waiting else AdoptionState.CONSULTED


@act
def adopt_charter(
    adoption: Adoption, by: Actor, *, in_force_from: datetime | None = None, vote: str = "", source: str = ""
) -> Facts:
    """Record that the Bureau adopted the version, from its vote here or from the document of its decision.

    A vote named by reference must have been the Bureau's, on this version, and have carried; the record itself says
    so, whatever room keeps votes (article 12.1).
    """
    article = "assembly.adopt_charter"
    starts = in_force_from or clock.now()
    problems = []
    if not vote and not source:
        problems.append(
            Finding(N_("Name the Bureau's vote, or the document of its decision."), article=article)
        )
    if vote and not _has_carried(vote, adoption):
        problems.append(
            Finding(
                N_("The record shows no vote %(vote)s of the Bureau on this version that carried."),
                {"vote": vote},
                article,
            )
        )
    if starts < clock.now():
        problems.append(Finding(N_("A version cannot come into force in the past."), article=article))
    if problems:
        raise Unmet(*problems)
    charter = _read(adoption)  # another version may have been adopted since
    _keep(_with_prose(charter, adoption), starts)
    adoption.in_force_from, adoption.vote, adoption.source = starts, vote, source
    form_bodies(charter, by)
    return Facts(
        {"charter": adoption.charter, "digest": adoption.digest, "in_force_from": starts, "vote": vote}
    )


def _with_prose(charter: Charter, adoption: Adoption) -> Charter:
    from dataclasses import replace

    return replace(charter, proses=adoption.prose)


def _has_carried(vote: str, adoption: Adoption) -> bool:
    entries = Entry.objects.filter(matter=vote, room="voting").order_by("number")
    first, last = entries.first(), entries.last()
    body = law.in_force().amendment.adopted_by.value
    return (
        first is not None
        and (first.facts.get("subject"), first.facts.get("body")) == (adoption.reference, body)
        and last is not None
        and last.after == "carried"
    )


@act
def withdraw_draft(adoption: Adoption, by: Actor) -> Facts:
    return Facts({"charter": adoption.charter})
