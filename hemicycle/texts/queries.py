"""Who may see translations, texts set aside and the glossary; what stands beside a text; whether one is set aside."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.integrity import queries as integrity
from hemicycle.record import clock, law, page
from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.record.models import Entry
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office

from .models import Moderation, Term, Translation
from .procedure import BEGUN, FOR_EVERYBODY, RUNS, STANDS, TermState, TranslationState
from .sources import Written, text_of

HOUSE = frozenset({Office.SECRETARIAT})
JUDGES = frozenset({Office.INTEGRITY_OFFICER, Office.SECRETARY_GENERAL})


# --- in which office somebody acts -----------------------------------------------------------------------------------


def offices(actor: Actor, matter: Translation | Moderation) -> frozenset[str]:
    """Offices held, and AUTHOR for who wrote the text; a recusal from the matter takes the held ones away."""
    held = set(assembly.offices(actor, matter))
    if actor.person is None:
        return frozenset(held)
    subjects = [matter.subject, *([matter.reference] if matter.pk is not None else [])]
    if held - {Office.ANYONE} and integrity.recused(actor.person, subjects):
        held &= {Office.ANYONE}
    if matter.author_id == actor.person:
        held.add(Office.AUTHOR)
    return frozenset(held)


def offices_on_speech(actor: Actor, moderation: Moderation) -> frozenset[str]:
    """Nobody sets the own text aside, nor decides on the appeal against what he or she did (14.3)."""
    held = offices(actor, moderation)
    if actor.person is None:
        return held
    if moderation.author_id == actor.person:
        return held & {Office.ANYONE, Office.AUTHOR}
    return held - JUDGES if moderation.moderator_id == actor.person else held


def offices_on_term(actor: Actor, term: Term) -> frozenset[str]:
    return assembly.offices(actor, term)


# --- who may see what ------------------------------------------------------------------------------------------------


def translations(actor: Actor) -> QuerySet[Translation]:
    """The Secretariat, and who wrote the original. What everybody reads stands beside the text itself."""
    return _for(actor, Translation.objects.all(), HOUSE)


def moderations(actor: Actor) -> QuerySet[Moderation]:
    """The Secretariat, who decides on appeals, and the author. The public reads the ground in place of the text."""
    return _for(actor, Moderation.objects.select_related("moderator", "decided_by"), HOUSE | JUDGES)


def _for(actor: Actor, rows: QuerySet[Any], house: frozenset[Office]) -> QuerySet[Any]:
    if actor.person is None:
        return rows.none()
    return rows if actor.holds(*house) else rows.filter(author=actor.person)


def terms(actor: Actor) -> QuerySet[Term]:
    """The glossary is public; what was taken back is read by those who keep it."""
    return Term.objects.all() if actor.holds(*HOUSE) else glossary()


def glossary() -> QuerySet[Term]:
    return Term.objects.filter(state=TermState.ENTERED)


# --- what stands beside a text ---------------------------------------------------------------------------------------


def beside(text: Written, actor: Actor) -> list[Translation]:
    """The translations of a text that this actor may read, by language. Everybody reads what is reviewed or authentic; a
    draft is for the Secretariat and the author, and what a machine wrote for the Secretariat alone until a person has
    taken it over."""
    rows = Translation.objects.filter(subject=text.reference, part=text.part, erased_at=None)
    is_house = actor.holds(*HOUSE)
    if is_house:
        states: tuple[str, ...] = (*STANDS, TranslationState.MACHINE)
    elif actor.person is not None and actor.person == text.author:
        states = STANDS
    else:
        states = FOR_EVERYBODY
    order = {state: at for at, state in enumerate((*FOR_EVERYBODY[::-1], TranslationState.DRAFT))}
    found = list(rows.filter(state__in=states))
    return sorted(found, key=lambda row: (row.language, order.get(TranslationState(row.state), 9)))


def begun(subject: str, part: str, language: str) -> Translation | None:
    """The draft of a translation into a language, at whatever stage."""
    rows = Translation.objects.filter(subject=subject, part=part, language=language, erased_at=None)
    return rows.filter(state__in=BEGUN).first()


def for_everybody(subject: str, part: str, language: str) -> Translation | None:
    rows = Translation.objects.filter(subject=subject, part=part, language=language, erased_at=None)
    return rows.filter(state__in=FOR_EVERYBODY).first()


def to_review(actor: Actor) -> list[Translation]:
    """Drafts that wait for somebody else than who wrote them; those of what is not public yet wait for that."""
    rows = list(translations(actor).filter(state=TranslationState.DRAFT, erased_at=None))
    entries = Entry.objects.filter(matter__in=[row.reference for row in rows], act="translate")
    by = dict(entries.order_by("number").values_list("matter", "actor"))
    others = [row for row in rows if by.get(row.reference) != actor.reference]
    return [row for row in others if text_of(row.subject, row.part, PUBLIC) is not None]


# --- rules of speech -------------------------------------------------------------------------------------------------


def set_aside(reference: str, part: str) -> Moderation | None:
    """By what a text is set aside now, if it is. A wording that was corrected since is a new one."""
    return _running().filter(subject=reference, part=part).order_by("-pk").first()


def is_set_aside(text: Written) -> bool:
    return (text.reference, text.part, text.digest) in all_set_aside()


def all_set_aside() -> frozenset[tuple[str, str, str]]:
    """Every text that is set aside now, as (reference, part, digest); while a page is read it is asked once."""
    return page.once("set aside", _all_set_aside)


def _all_set_aside() -> frozenset[tuple[str, str, str]]:
    return frozenset(_running().order_by().values_list("subject", "part", "digest"))


def _running() -> QuerySet[Moderation]:
    return Moderation.objects.filter(state__in=RUNS, until__gt=clock.now())


def days_used(subject: str, part: str, digest: str) -> float:
    """For how long a wording was set aside before, in days."""
    rows = Moderation.objects.filter(subject=subject, part=part, digest=digest)
    spans = (min(row.until, row.ended_at or row.until) - row.set_at for row in rows)
    return sum(span.total_seconds() for span in spans) / 86_400


def over(at: datetime) -> QuerySet[Moderation]:
    """Those whose time has ended and which no clock has written down yet."""
    return Moderation.objects.filter(state__in=RUNS, until__lte=at)


def reason_text(charter: Charter, key: str, language: str) -> str:
    """The words of a ground; its key, where an earlier charter had it."""
    return {row.key: row.text[language] for row in charter.speech_reasons}.get(key, key)


def counts() -> tuple[list[tuple[str, int]], int]:
    """(ground, how many texts) for every ground of the charter in force and every other that was used; and all."""
    used = Counter(Moderation.objects.order_by().values_list("reason", flat=True))
    named = [row.key for row in law.in_force().speech_reasons]
    keys = [*named, *sorted(set(used) - set(named))]
    return [(key, used[key]) for key in keys], sum(used.values())
