"""What this room tells the generic pages about statements, amendments and initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.dialogue import sides
from hemicycle.dialogue.models import Topic
from hemicycle.people.models import Language
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.web import desk
from hemicycle.web.desk import Desk, Due, Fact
from hemicycle.web.parts import original
from hemicycle.web.views import actor_of

from . import evidence, forms, queries, showing, views
from .desks_of_groups import GROUP_DESKS
from .models import Amendment, Choice, Initiative, Statement
from .procedure import AMENDMENT, INITIATIVE, STATEMENT, AmendmentState, StatementState


def _public_fact(row: Statement | Initiative) -> list[Fact]:
    is_public = row.state in (StatementState.PUBLISHED, *queries.PUBLIC_INITIATIVES)
    url = reverse("statements-public", args=[row.reference])
    return [Fact(_("What everybody reads"), _("the public page"), url=url)] if is_public else []


def _topic_fact(row: Statement | Initiative) -> list[Fact]:
    return [Fact(_("Topic"), row.topic.shown_name)] if row.topic is not None else []


def _mover_fact(row: Statement, actor: Actor) -> list[Fact]:
    """Who moves it is of the house, as the entries that say it are: also once it is published. Those inside read it."""
    if not queries.is_inside(actor):
        return []
    movers = [each.mandate for each in row.movers.select_related("mandate")]
    ends = row.state == StatementState.DRAFT and queries.movers(row).count() == 1
    note = _("The draft ends with the participation of its last mover.") if ends else ""
    return [Fact(_("Movers"), showing.listed(movers), note=note)]


def _statement_facts(row: Statement, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("In whose name"), showing.in_name_of(row)),
        *_topic_fact(row),
        *_mover_fact(row, actor),
        Fact(_("Language of the original"), Language(row.language).label),
    ]
    if row.initiative is not None:
        facts.append(
            Fact(
                _("From the joint initiative"), row.initiative.reference, url=desk.matter_url(row.initiative)
            )
        )
    if (found := showing.origin(row)) is not None:
        facts.append(Fact(_("Rests on"), found.name, url=found.url, note=f"SHA-256 {found.digest}"))
    if row.digest:
        facts.append(Fact(_("Digest of the final text"), row.digest))
    return [*facts, *_public_fact(row)]


def _statement_context(row: Statement, actor: Actor) -> dict[str, Any]:
    if row.pk is None or row.erased_at is not None:
        return {}
    text = queries.latest_text(row)
    counting = row.state == StatementState.FINAL
    is_aside = showing.is_set_aside(row)  # then nothing but what stands in place of the original
    is_inside = queries.is_inside(actor)  # the way to the text is read by those who sit
    texts = {} if is_aside else queries.texts_by_language(row)
    return {
        "text": showing.written(row, text, row.language),
        "text_title": showing.title(row, text),
        "others": [showing.written(row, each, key) for key, each in texts.items() if key != row.language],
        "tallies": showing.arithmetic(queries.tallies(row)) if counting else [],
        "opinions": showing.opinions(row) if row.digest else [],
        "consents": showing.listed(each.mandate for each in row.consents.select_related("mandate")) if counting else "",
        "versions": showing.versions(row) if is_inside and not is_aside else [],
        "amendments": [
            {"row": each, "state": AMENDMENT.state_title(each.state), "kind": AMENDMENT_KINDS.get(each.state, "neutral"),
             "url": desk.matter_url(each)}
            for each in queries.amendments_visible_to(actor).filter(statement=row)
        ],
        "amend_url": desk.begin_url("statements", "propose_amendment", statement=row.reference)
        if row.state == StatementState.DRAFT and sides.is_participant(actor) else "",
    }  # fmt: skip


def _statement_due(row: Statement) -> Due | None:
    if row.state != StatementState.FINAL or row.consent_until is None:
        return None
    return Due(
        _("Consents until"), row.consent_until, _("A final text that is not published by then lapses.")
    )


def _offered(row: Statement, act: str) -> bool:
    """Buttons that would change nothing are kept back."""
    if act == "join_opinion":
        return bool(row.opinions.exists())
    return not (act == "leave_movers" and queries.movers(row).count() == 1)


AMENDMENT_KINDS: dict[str, str] = {
    AmendmentState.OPEN: "open", AmendmentState.CARRIED: "open", AmendmentState.TAKEN_IN: "done",
    AmendmentState.REJECTED: "stopped", AmendmentState.WITHDRAWN: "stopped", AmendmentState.DROPPED: "stopped",
}  # fmt: skip


def _amendment_facts(row: Amendment, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Statement"), row.statement.reference, url=desk.matter_url(row.statement)),
        Fact(_("Version"), row.number),
        Fact(pgettext("amendment", "Proposed by"), showing.listed([row.mandate])),
        Fact(_("Passage"), row.passage, language=row.language),
        Fact(
            _("Is to read"),
            row.replacement or _("struck out"),
            language=row.language if row.replacement else "",
        ),
    ]
    if row.reasons:
        facts.append(Fact(_("Reasons"), row.reasons, language=row.language))
    cast: dict[str, list[Any]] = {key: [] for key in Choice.values}
    for vote in row.votes.select_related("mandate"):
        cast[vote.choice].append(vote.mandate)
    words = {Choice.FOR: _("Voted for"), Choice.AGAINST: _("Voted against"), Choice.ABSTAIN: _("Abstained")}
    for choice, label in words.items():
        if cast[choice]:
            facts.append(Fact(label, f"{len(cast[choice])}: {showing.listed(cast[choice])}"))
    return facts


def _amendment_due(row: Amendment) -> Due | None:
    if row.state != AmendmentState.OPEN:
        return None
    return Due(
        _("Votes until"),
        row.closes_at,
        _("Or until everybody who sits has voted and a mover closes the vote."),
    )


def _initiative_facts(row: Initiative, actor: Actor) -> Sequence[Fact]:
    return [
        Fact(pgettext("joint initiative", "Opened by"), row.group.shown_name),
        *_topic_fact(row),
        *_public_fact(row),
    ]


def _initiative_context(row: Initiative, actor: Actor) -> dict[str, Any]:
    if row.pk is None or row.erased_at is not None:
        return {}
    return {
        "text": showing.written(row, row.text, row.language),
        "text_title": showing.title(row, row.text),
        "supporters": showing.supporters(row),
    }


def _blank_statement(request: HttpRequest, act: str) -> Matter:
    """Under a topic, or from what it is to rest on, with the topic of that."""
    origin = request.GET.get("origin", "")
    if origin:
        found = evidence.of(origin)
        if found is None:
            raise Http404
        topic = found.topic if found.topic is not None and found.topic.state == "open" else None
        return Statement(topic=topic, origin=found.reference)
    return Statement(topic=Topic.objects.filter(reference=request.GET.get("topic", ""), state="open").first())


def _blank_amendment(request: HttpRequest, act: str) -> Matter:
    rows = queries.visible_to(actor_of(request)).filter(state=StatementState.DRAFT)
    statement = rows.filter(reference=request.GET.get("statement", "")).first()
    if statement is None:
        raise Http404
    return Amendment(statement=statement)


def _blank_initiative(request: HttpRequest, act: str) -> Matter:
    return Initiative()


def _amendment_context(row: Amendment, actor: Actor) -> dict[str, Any]:
    text = queries.latest_text(row.statement)
    return {
        "text": showing.written(row.statement, text, row.statement.language),
        "text_title": showing.title(row.statement, text),
    }


def _titled(row: Statement | Initiative, text: str, kind: str) -> str:
    """The first line in its own language; what has no text yet, or no more, is called what it is."""
    return original(showing.title(row, text), row.language) if text else kind


DESKS = (
    *GROUP_DESKS,
    Desk(
        table=STATEMENT,
        model=Statement,
        visible=queries.visible_to,
        forms={
            "begin_statement": forms.BeginStatement,
            "write_version": forms.WriteVersion,
            "finalise": forms.Finalise,
            "consent": forms.Consent,
            "give_opinion": forms.GiveOpinion,
            "join_opinion": forms.JoinOpinion,
        },
        title=lambda row: _titled(row, queries.latest_text(row), _("Statement")),
        facts=_statement_facts,
        due=_statement_due,
        context=_statement_context,
        kinds=views.KINDS,
        template="statements/matter.html",
        act_templates=dict.fromkeys(
            ("finalise", "consent", "give_opinion", "join_opinion", "publish"), "statements/act.html"
        ),
        offers=_offered,
        blank=_blank_statement,
    ),
    Desk(
        table=AMENDMENT,
        model=Amendment,
        visible=queries.amendments_visible_to,
        forms={"propose_amendment": forms.ProposeAmendment, "vote_on_amendment": forms.Vote},
        title=lambda row: _("Amendment to version %(number)s") % {"number": row.number},
        facts=_amendment_facts,
        due=_amendment_due,
        context=_amendment_context,
        kinds=AMENDMENT_KINDS,
        act_templates={"propose_amendment": "statements/act.html"},
        after={"take_in": lambda row: desk.matter_url(row.statement)},
        blank=_blank_amendment,
    ),
    Desk(
        table=INITIATIVE,
        model=Initiative,
        visible=queries.initiatives_visible_to,
        forms={"propose_initiative": forms.ProposeInitiative, "back_initiative": forms.BackInitiative},
        title=lambda row: _titled(row, row.text, _("Joint initiative")),
        facts=_initiative_facts,
        context=_initiative_context,
        kinds=views.KINDS,
        template="statements/matter.html",
        blank=_blank_initiative,
    ),
)
