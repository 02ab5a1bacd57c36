"""Each person consents alone, over the digest of the final text, or says why not."""

from __future__ import annotations

from hemicycle.instruments.passages import canonical
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from .. import queries
from ..models import Consent, Group, Opinion, OpinionKind, OpinionSigner, Scope, Statement
from .gates import act, in_language, own, unmet


@act
def consent(statement: Statement, by: Actor, *, digest: str) -> Facts:
    """Signed over the digest, which the page shows and the form holds; another digest is refused. Raises `Unmet`."""
    mandate = own(by, "consent", alone=True)
    if digest != statement.digest:
        raise unmet(N_("This is not the digest of the final text. Read the text again."), "consent")
    if statement.consents.filter(mandate=mandate).exists():
        raise unmet(N_("You have consented already."), "consent")
    if _dissents(statement, mandate.pk):
        raise unmet(N_("You dissent: take the dissent back first."), "consent")
    if statement.scope == Scope.GROUPS:
        mine = {group.pk for group in queries.groups_of(mandate)}
        if not mine.intersection(statement.groups.values_list("pk", flat=True)):
            raise unmet(N_("Only members of the groups that speak consent to this statement."), "consent")
    Consent.objects.create(statement=statement, mandate=mandate, at=clock.now())
    return Facts({"mandate": mandate.reference, "digest": digest})


def _dissents(statement: Statement, mandate: int) -> bool:
    signers = OpinionSigner.objects.filter(opinion__statement=statement, opinion__kind=OpinionKind.DISSENT)
    return signers.filter(mandate_id=mandate).exists()


@act
def withdraw_consent(statement: Statement, by: Actor) -> Facts:
    """Until the publication, without a reason."""
    mandate = own(by, "withdraw_consent", alone=True)
    done, _each = statement.consents.filter(mandate=mandate).delete()
    if not done:
        raise unmet(N_("You have not consented."), "withdraw_consent")
    return Facts({"mandate": mandate.reference})


@act
def give_opinion(
    statement: Statement, by: Actor, *, kind: str, text: str, language: str, group: Group | None = None
) -> Facts:
    """A dissent or a separate opinion, published with the statement. For a group it is the group's once more than half
    of its members have joined; until then it is of those who did. Raises `Unmet`."""
    mandate = own(by, "give_opinion", alone=True)
    text = canonical(text)
    if kind not in OpinionKind.values:
        raise unmet(N_("Say whether it is a dissent or a separate opinion."), "give_opinion")
    if not text:
        raise unmet(N_("Write the text."), "give_opinion")
    if group is not None and mandate.pk not in queries.members_of(group):
        raise unmet(N_("You are not in this group."), "give_opinion")
    if statement.opinions.filter(mandate=mandate).exists():
        raise unmet(N_("You have given an opinion already; take it back first."), "give_opinion")
    if kind == OpinionKind.DISSENT:
        _refuse_both(statement, mandate.pk, "give_opinion")
    row = Opinion.objects.create(
        statement=statement, mandate=mandate, kind=kind, group=group, text=text, at=clock.now(),
        language=in_language(language, "give_opinion"),
    )  # fmt: skip
    OpinionSigner.objects.create(opinion=row, mandate=mandate)
    told = {"mandate": mandate.reference, "kind": kind, "group": group.reference if group else None}
    return Facts(told, {"text": text})


def _refuse_both(statement: Statement, mandate: int, act_name: str) -> None:
    if statement.consents.filter(mandate_id=mandate).exists():
        raise unmet(N_("You have consented: take the consent back before you dissent."), act_name)


@act
def join_opinion(statement: Statement, by: Actor, *, opinion: Opinion) -> Facts:
    """Sign the opinion of somebody else; one of a group is joined by its members. Raises `Unmet`."""
    mandate = own(by, "join_opinion", alone=True)
    if opinion.statement_id != statement.pk:
        raise unmet(N_("This opinion belongs to another statement."), "join_opinion")
    if opinion.signers.filter(mandate=mandate).exists():
        raise unmet(N_("You have joined this opinion already."), "join_opinion")
    if opinion.group is not None and mandate.pk not in queries.members_of(opinion.group):
        raise unmet(N_("You are not in this group."), "join_opinion")
    if opinion.kind == OpinionKind.DISSENT:
        _refuse_both(statement, mandate.pk, "join_opinion")
    OpinionSigner.objects.create(opinion=opinion, mandate=mandate)
    return Facts({"mandate": mandate.reference, "kind": opinion.kind, "signers": opinion.signers.count()})


@act
def withdraw_opinion(statement: Statement, by: Actor) -> Facts:
    """Take back one's own opinion, with all who joined it, and every signature under another's, until the publication."""
    mandate = own(by, "withdraw_opinion", alone=True)
    joined, _each = OpinionSigner.objects.filter(opinion__statement=statement, mandate=mandate).delete()
    statement.opinions.filter(mandate=mandate).delete()
    if not joined:
        raise unmet(N_("You have given no opinion on this statement."), "withdraw_opinion")
    return Facts({"mandate": mandate.reference})
