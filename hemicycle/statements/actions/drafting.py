"""A statement is begun, moved, written anew, and made final."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta

from hemicycle.instruments.passages import canonical, digest
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import N_

from .. import evidence, queries
from ..models import FinalText, Group, Mover, Scope, Statement, Version
from ..procedure import AmendmentState
from .gates import act, in_language, own, unmet, written

A = AmendmentState
MANIFEST = "hemicycle-statement-1"


@act
def begin_statement(
    statement: Statement, by: Actor, *, text: str, language: str, groups: Sequence[Group] = ()
) -> Facts:
    """A draft with its first mover; `statement` is unsaved, with its scope, its topic and what it rests on. Raises `Unmet`.

    `groups`: those that speak, where it is a statement of groups.
    """
    mandate = own(by, "begin_statement")
    text = written(text, "begin_statement")
    if statement.scope not in Scope.values:
        raise unmet(N_("Say in whose name the statement speaks."), "begin_statement")
    if (statement.scope == Scope.GROUPS) != bool(groups):
        raise unmet(
            N_("Name the groups that speak, if it is a statement of groups, and only then."),
            "begin_statement",
        )
    origin = _origin(statement)
    statement.language = in_language(language, "begin_statement")
    statement.charter = law.in_force().reference
    statement.save()  # versions and movers point at it; the gate saves it again with its state
    statement.groups.set(groups)
    Mover.objects.create(statement=statement, mandate=mandate)
    row = Version.objects.create(statement=statement, number=1, text=text, mandate=mandate, at=clock.now())
    return Facts(
        {"mandate": mandate.reference, "scope": statement.scope, "language": language, **origin},
        {"text": row.text},
    )


def _origin(statement: Statement) -> dict[str, object]:
    """What the statement rests on, with the digest that it has now; none where it rests on nothing."""
    if not statement.origin:
        statement.origin_digest = ""
        return {}
    found = evidence.of(statement.origin)
    if found is None:
        raise unmet(N_("What the statement is to rest on is not public."), "begin_statement")
    statement.origin_digest = found.digest
    return {"origin": found.reference, "origin_digest": found.digest}


@act
def join_movers(statement: Statement, by: Actor) -> Facts:
    mandate = own(by, "join_movers")
    if statement.movers.filter(mandate=mandate).exists():
        raise unmet(N_("You are one of the movers already."), "join_movers")
    Mover.objects.create(statement=statement, mandate=mandate)
    return Facts({"mandate": mandate.reference, "movers": statement.movers.count()})


@act
def leave_movers(statement: Statement, by: Actor) -> Facts:
    mandate = own(by, "leave_movers")
    if queries.movers(statement).count() == 1:
        raise unmet(
            N_("You are the only mover: withdraw the statement, or wait for another one."), "leave_movers"
        )
    statement.movers.filter(mandate=mandate).delete()
    return Facts({"mandate": mandate.reference, "movers": statement.movers.count()})


@act
def write_version(statement: Statement, by: Actor, *, text: str) -> Facts:
    """A new version stands beside the earlier ones, which stay. It keeps what was carried: only another amendment undoes that.
    Raises `Unmet`."""
    _refuse_undoing(statement, written(text, "write_version"))
    return Facts(*add_version(statement, own(by, "write_version"), text, "write_version"))


def _refuse_undoing(statement: Statement, text: str) -> None:
    """What stands in the latest version as carried stands in the new one; a passage that is voted on, or was carried and is
    not taken in yet, is not written away from under its amendment."""
    latest = statement.versions.last()
    for amendment in statement.amendments.filter(state__in=(A.OPEN, A.CARRIED)).order_by("pk"):
        passage = amendment.passage
        if latest is not None and latest.text.count(passage) == 1 and text.count(passage) != 1:
            raise unmet(
                N_(
                    "The amendment %(amendment)s is about a passage that the new version does not hold any more: wait until its "
                    "vote is closed, and take it in if it is carried."
                ),
                "write_version",
                amendment=amendment.reference,
            )
    for amendment in statement.amendments.filter(state=A.TAKEN_IN).order_by("pk"):
        if (
            latest is not None
            and queries.holds(amendment, latest.text)
            and not queries.holds(amendment, text)
        ):
            raise unmet(
                N_(
                    "The new version would undo the amendment %(amendment)s, which was carried. Propose another amendment instead."
                ),
                "write_version",
                amendment=amendment.reference,
            )


def add_version(
    statement: Statement, mandate: Mandate, text: str, act_name: str, amendment: str = ""
) -> tuple[dict[str, object], dict[str, str]]:
    """The next version. Returns what the entry says of it."""
    text = written(text, act_name)
    latest = statement.versions.last()
    number = latest.number + 1 if latest else 1
    if latest is not None and latest.text == text:
        raise unmet(N_("Nothing is different from the latest version."), act_name)
    Version.objects.create(
        statement=statement, number=number, text=text, mandate=mandate, at=clock.now(), amendment=amendment
    )
    return {"number": number}, {"text": text}


def manifest_of(reference: str, scope: str, groups: Sequence[str], texts: Mapping[str, str]) -> str:
    """What is signed: the reference, in whose name, and the digest of each authentic text, the original first. Without the
    second a statement of a few would carry the same signature as one of all."""
    lines = [
        MANIFEST,
        reference,
        f"scope {','.join([scope, *groups])}",
        *(f"{language} {digest(text)}" for language, text in texts.items()),
    ]
    return "".join(f"{line}\n" for line in lines)


@act
def finalise(statement: Statement, by: Actor, *, texts: Mapping[str, str]) -> Facts:
    """The latest version is final, and so are the texts in other languages beside it: all of them are authentic, and
    everybody consents to all. `texts`: by language, without the original. Raises `Unmet`."""
    if statement.amendments.filter(state=A.OPEN).exists():
        raise unmet(
            N_("An amendment is open for votes: the text is final when its vote is closed."), "finalise"
        )
    if statement.amendments.filter(state=A.CARRIED).exists():
        raise unmet(N_("An amendment was carried and is not taken in yet."), "finalise")
    others = {language: canonical(text) for language, text in texts.items() if canonical(text)}
    others = {
        language: written(others[language], "finalise")
        for language in LANGUAGES
        if language in others and language != statement.language
    }
    final = {statement.language: queries.latest_text(statement), **others}
    FinalText.objects.bulk_create(
        [FinalText(statement=statement, language=key, text=text) for key, text in final.items()]
    )
    statement.manifest = manifest_of(
        statement.reference, statement.scope, list(statement.groups.order_by("pk").values_list("reference", flat=True)), final
    )  # fmt: skip
    statement.digest = hashlib.sha256(statement.manifest.encode()).hexdigest()
    statement.finalised_at = clock.now()
    days = law.by_reference(statement.charter).statements.consent_days.value
    statement.consent_until = statement.finalised_at + timedelta(days=days)
    return Facts(
        {"digest": statement.digest, "languages": list(final), "consent_until": statement.consent_until}
    )
