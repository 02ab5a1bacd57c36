"""What participants say together: a statement with a dissent, an initiative of three groups, a draft that is amended."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hemicycle.mandates import queries as mandates
from hemicycle.people import queries as people
from hemicycle.record.actors import Actor
from hemicycle.statements import actions, queries
from hemicycle.statements.models import Amendment, Group, Initiative, Joining, Scope, Statement

from .stage import Stage, data


def play(stage: Stage) -> Iterator[float]:
    said = Statement(scope=Scope.ALL)
    stage.plan(-12, 9, partial(write, said))
    stage.plan(-11, 9, partial(consent, said))
    stage.plan(-10, 9, partial(publish, said))
    stage.plan(-8, 9, propose_together)
    stage.plan(-2, 9, amend)
    yield 1.0


def sitting() -> list[Actor]:
    """Those who sit on that day, by seat."""
    return [people.actor(row.person) for row in mandates.sitting()]


def write(said: Statement) -> None:
    words = data("statements")["documents"]
    actions.begin_statement(said, sitting()[0], text=words["ru"], language="ru")
    actions.finalise(said, sitting()[0], texts={"en": words["en"], "fr": words["fr"]})


def consent(said: Statement) -> None:
    """As many as are needed, and one who dissents."""
    dissenter = sitting()[-1]
    words = data("statements")["documents"]["dissent"]
    actions.give_opinion(said, dissenter, kind="dissent", text=words, language="ru")
    for by in sitting()[:-1]:
        if not queries.tallies(said)[0].is_met:
            actions.consent(said, by, digest=said.digest)


def publish(said: Statement) -> None:
    actions.publish(said, sitting()[0])


def propose_together() -> None:
    """Three groups of three; the first opens an initiative and the two others support it."""
    there, groups = sitting(), []
    for number, names in enumerate(data("statements")["groups"]):
        members = there[number * 3 : number * 3 + 3]
        row = Group()
        actions.found_group(row, members[0], names=names)
        for by in members[1:]:
            asking = Joining(group=row)
            actions.ask_to_join(asking, by)
            actions.accept_member(asking, members[0])
        row.refresh_from_db()  # it stands with its second member
        groups.append((row, members))
    initiative = Initiative()
    first, members = groups[0]
    actions.propose_initiative(
        initiative, members[0], group=first, text=data("statements")["schools"]["fr"], language="fr"
    )
    actions.back_initiative(initiative, members[1], group=first)
    for row, each in groups[1:]:
        for by in each[:2]:
            actions.back_initiative(initiative, by, group=row)


def amend() -> None:
    """A draft, with an amendment on which some have voted."""
    there, words = sitting(), data("statements")["prisoners"]
    draft = Statement(scope=Scope.SIGNATORIES)
    actions.begin_statement(draft, there[1], text=words["en"], language="en")
    amendment = Amendment(statement=draft)
    actions.propose_amendment(
        amendment,
        there[4],
        passage=words["passage"],
        replacement=words["replacement"],
        reasons=words["reasons"],
    )
    for by, choice in zip(there[1:6], ("against", "for", "for", "for", "abstain"), strict=True):
        actions.vote_on_amendment(amendment, by, choice=choice)
