"""Which pages of this room show a sealed file, and to whom: the candidacy, to anybody but its person (article 11.2)."""

from __future__ import annotations

from hemicycle.record.actors import Actor
from hemicycle.web.desk import act_url
from hemicycle.web.sealed import File

from .models import Candidacy, CounterStatement, Endorsement


def file_of(candidacy: Candidacy, actor: Actor) -> File | None:
    """The file that this person must open before anything of it is shown; the own one is never shut."""
    if candidacy.pk is None or candidacy.person_id == actor.person:
        return None
    return File(candidacy.reference, act_url(candidacy, "open_file"))


def of_endorsement(endorsement: Endorsement, actor: Actor) -> File | None:
    return file_of(endorsement.candidacy, actor)


def of_statement(statement: CounterStatement, actor: Actor) -> File | None:
    """Whoever speaks for the invited body reads its own words, and no file."""
    return None if statement.invited_id == actor.person else file_of(statement.candidacy, actor)
