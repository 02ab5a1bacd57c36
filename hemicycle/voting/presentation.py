"""What the pages of a vote show: the ballot page, the turnout, the outcome with its own arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_from_path, gettext_lazy, override, pgettext
from django.utils.translation import gettext as _

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Body, Delegation
from hemicycle.record import clock, law
from hemicycle.record import queries as record
from hemicycle.record.actors import Actor
from hemicycle.rules.majority import Outcome, VoteRule
from hemicycle.rules.procedure import Office
from hemicycle.web import desk, findings
from hemicycle.web.charts import outcome_bar, turnout_bar
from hemicycle.web.desk import Due, Fact
from hemicycle.web.parts import Cell, Row
from hemicycle.web.templatetags.house import charter_name
from hemicycle.web.templatetags.house import moment as _moment

from . import export, offered, queries, second_clerk
from .individual import individual_columns, individual_row
from .models import Choice, DeskBallot, Form, Manner, Method, Right, Vote, VoterFile
from .procedure import VOTE, VoteState

OFTEN = ("cast", "change")  # acts with a page of their own, which a vote's history counts instead of listing


def moment(at: Any) -> str:
    return str(_moment(at))


def state_kind(state: str) -> str:
    kinds = {VoteState.OPEN: "open", VoteState.CARRIED: "done"}
    stopped = (VoteState.REJECTED, VoteState.VOID, VoteState.ANNULLED)
    return "stopped" if state in stopped else kinds.get(VoteState(state), "neutral")


def body_name(code: str) -> str:
    body = Body.objects.filter(code=code).first()
    return body.shown_name if body else code


def rule_text(rule: VoteRule) -> str:
    """The rule in one or two sentences: what carries, and what happens in a tie."""
    share = {"share": str(rule.threshold)}
    bases = {
        "cast": (
            _("More than %(share)s of the votes cast carries."),
            _("At least %(share)s of the votes cast carries."),
        ),
        "present": (
            _("More than %(share)s of those present carries."),
            _("At least %(share)s of those present carries."),
        ),
        "roll": (_("More than %(share)s of the roll carries."), _("At least %(share)s of the roll carries.")),
    }
    text = bases[rule.basis][rule.threshold_is != "more_than"] % share
    if rule.basis == "cast":
        text += " " + _("Abstentions are not votes cast.")
    if rule.tie == "president":
        return text + " " + _("In a tie the President may vote.")
    return text + " " + _("A tie rejects.")


def _in_own_language(url: str) -> str:
    """The same page in the reader’s language; the address kept is in that of whoever called the vote."""
    code = get_language() or settings.LANGUAGE_CODE
    with override(get_language_from_path(url) or settings.LANGUAGE_CODE):
        return translate_url(url, code)


def ballot_context(vote: Vote, actor: Actor) -> dict[str, Any]:
    """Everything on the ballot page, for whatever state the vote is in and whoever looks."""
    state = vote.standing(clock.now())
    line = queries.line_of(vote, actor)
    open_ = state == VoteState.OPEN and line is not None and line.right == Right.ALWAYS and not line.is_out
    voted = line is not None and line.has_voted
    own = None
    if line is not None and voted and not vote.is_secret:
        own = vote.ballots.filter(roll_entry=line).values_list("choice", flat=True).first()
    charter = law.by_reference(vote.charter)
    return {
        "title": _("Vote"),
        "vote": vote,
        "state": state,
        "state_label": VOTE.state_title(state),
        "state_kind": state_kind(state),
        "body": body_name(vote.body),
        "rule": rule_text(queries.rule_of(vote)),
        "article": charter.article("voting.cast"),
        "line": line,
        "voted": voted,
        "own": own,
        "own_label": Choice(own).label if own else "",
        "may_vote": open_ and not (voted and vote.is_secret),
        "act": "change" if voted else "cast",
        "choices": Choice.choices,
        "breaks_tie": state == VoteState.TIED and offered.is_open_to(vote, "break_tie", actor),
        "waits_for_tie": line is not None and line.right == Right.TIE,
        "pages": [{**page, "url": _in_own_language(page["url"])} for page in vote.pages],
        "due": Due(_("Closes"), vote.closes_at) if state == VoteState.OPEN and vote.closes_at else None,
        "matter_url": desk.matter_url(vote),
        **turnout_context(vote),
        **outcome_context(vote),
    }


def turnout_context(vote: Vote) -> dict[str, Any]:
    turnout = queries.turnout(vote)
    bar = turnout_bar(voted=turnout.voted, roll=turnout.roll) if turnout.roll else None
    return {"vote": vote, "turnout": turnout, "turnout_bar": bar, "at": clock.now()}


def outcome_context(
    vote: Vote, names: Mapping[int, str] | None = None, replaced: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """The outcome with its arithmetic; empty before the close, so that no template can show a running result.

    `names` and `replaced`: what a correction put in the place of a name, by the place on the roll.
    """
    outcome = queries.outcome_of(vote)
    no_objection = vote.form == Form.NO_OBJECTION and vote.state == VoteState.CARRIED
    if outcome is None:
        return {"outcome": None, "no_objection": no_objection}
    rule = queries.rule_of(vote)
    bar = outcome_bar(
        in_favour=outcome.votes_for,
        against=outcome.votes_against,
        abstentions=outcome.abstentions,
        threshold=rule.threshold,
    )
    delegations = {row.code: row.shown_name for row in Delegation.objects.all()}
    abstaining = queries.abstentions_by_delegation(vote)
    return {
        "outcome": outcome,
        "no_objection": no_objection,
        "outcome_bar": bar,
        "arithmetic": _arithmetic(vote, outcome),
        "figures": f"{outcome.votes_for}–{outcome.votes_against}–{outcome.abstentions}",
        "broken_by_proposer": outcome.broken_by is not None,
        "tells_all": queries.tells_all(vote),
        "refused": queries.refused_ballots(vote),
        "abstaining": [(delegations.get(code, code), number) for code, number in sorted(abstaining.items())],
        "individual_columns": individual_columns(),
        "individual_rows": _individual_rows(vote, delegations, names or {}, replaced or {}),
    }


def _arithmetic(vote: Vote, outcome: Outcome) -> list[str]:
    """The outcome's own arithmetic. While a tie waits for the President its last two lines, which say what happens
    without a casting vote, would decide too early."""
    lines = [findings.text(line) for line in outcome.arithmetic]
    if vote.state != VoteState.TIED:
        return lines
    return [*lines[:-2], _("A tie: the President may break it. Until then nothing is decided.")]


def _individual_rows(
    vote: Vote, delegations: Mapping[str, str], names: Mapping[int, str], replaced: Mapping[int, str]
) -> list[Row]:
    rows = []
    for row in queries.individual_votes(vote):
        name = names.get(row.position, row.name)
        if row.replaces:
            other = replaced.get(row.position, row.replaces)
            name = _("%(name)s (for %(replaced)s)") % {"name": name, "replaced": other}
        rows.append(individual_row(row, name, delegations))
    return rows


def vote_facts(vote: Vote, actor: Actor) -> Sequence[Fact]:
    """The summary of a vote for the house."""
    facts = [
        Fact(gettext_lazy("Body"), body_name(vote.body)),
        Fact(gettext_lazy("Ballot"), f"{Method(vote.method).label}, {Manner(vote.manner).label}"),
        Fact(gettext_lazy("Rule"), rule_text(queries.rule_of(vote))),
        Fact(gettext_lazy("Charter"), charter_name(vote.charter)),
    ]
    if vote.is_elsewhere:
        facts[1] = Fact(gettext_lazy("How the vote was taken"), Form(vote.form).label)
        facts += [
            Fact(gettext_lazy("Day of the vote"), vote.held_on),
            Fact(gettext_lazy("Source document"), vote.source),
        ]
        return [*facts, *second_clerk.figures(vote)]
    if vote.subject:
        facts.append(Fact(gettext_lazy("Subject"), vote.subject))
    if vote.annulled_because:
        facts.append(Fact(gettext_lazy("Why it was annulled"), vote.annulled_because, vote.annulled_language))
    for label, at in ((gettext_lazy("Opened"), vote.opened_at), (gettext_lazy("Closed"), vote.closed_at)):
        if at is not None:
            facts.append(Fact(label, moment(at)))
    return facts


def vote_due(vote: Vote) -> Due | None:
    if vote.standing(clock.now()) == VoteState.OPEN and vote.closes_at is not None:
        return Due(gettext_lazy("Closes"), vote.closes_at)
    if vote.state == VoteState.CALLED and vote.opens_at is not None:
        return Due(gettext_lazy("Opens"), vote.opens_at)
    return None


def vote_context(vote: Vote, actor: Actor) -> Mapping[str, Any]:
    """What the page of a vote shows beside the generic parts. Ballots are counted in its history, not
    listed.
    """
    if vote.pk is None:
        return {}
    held = queries.offices(actor, vote)
    return {
        **turnout_context(vote),
        **outcome_context(vote),
        "state_kind": state_kind(vote.standing(clock.now())),
        "ballot_url": reverse("ballot", args=[vote.reference]) if Office.VOTER in held else "",
        "desk_url": desk.begin_url("voting", "cast_at_desk", vote=vote.reference)
        if _takes_desk(vote, held)
        else "",
        "not_here": offered.held_back(vote, actor).union(OFTEN),
        "history": [row for row in record.history(vote.reference, VOTE) if row["act"] not in OFTEN],
        "elsewhere": export.context(vote, actor),
        **second_clerk.context(vote, actor),
        "roll_rows": _roll_rows(vote) if actor.holds(Office.SECRETARIAT) else [],
        "roll_columns": [
            pgettext("roll", "Place"),
            _("Name"),
            _("Capacity"),
            _("Delegation"),
            _("May vote"),
            _("Declared interest"),
            _("Has voted"),
        ],
    }


def _takes_desk(vote: Vote, held: frozenset[str]) -> bool:
    return Office.SECRETARIAT in held and not vote.is_secret and vote.standing(clock.now()) == VoteState.OPEN


def _roll_rows(vote: Vote) -> list[Row]:
    """The frozen roll, with who has voted; never how."""
    return [
        Row(
            [
                Cell(str(line.position)),
                Cell(f"{line.name} ({line.replaces})" if line.replaces else line.name),
                Cell(line.capacity.replace("_", " ")),
                Cell(line.delegation_code),
                Cell(line.get_right_display()),
                Cell(line.interest),
                Cell(_("yes") if line.has_voted else _("no")),
            ]
        )
        for line in vote.roll.all()
    ]


def desk_ballot_facts(ballot: DeskBallot, actor: Actor) -> Sequence[Fact]:
    """A desk ballot for the clerks and the member; the choice is shown because the member confirms it."""
    facts = [
        Fact(gettext_lazy("Vote"), ballot.vote.question),
        Fact(gettext_lazy("Member"), ballot.roll_entry.name),
        Fact(gettext_lazy("Choice"), Choice(ballot.choice).label),
    ]
    if ballot.confirmation:
        facts.append(Fact(gettext_lazy("How the member confirmed it"), ballot.get_confirmation_display()))
    return facts


def voter_file_facts(file: VoterFile, actor: Actor) -> Sequence[Fact]:
    """Of which roll, and how many stand in it; the addresses stand on no page."""
    held = export.voter_file(file.vote)
    facts = [
        Fact(gettext_lazy("Vote"), file.vote.question),
        Fact(gettext_lazy("Body"), body_name(file.vote.body)),
        Fact(gettext_lazy("Voters with an address"), len(held.lines)),
        Fact(gettext_lazy("Voters without an address"), held.without_address),
    ]
    if file.issue is not None and file.issue != file.vote.issue:
        facts.append(Fact(gettext_lazy("The roll"), gettext_lazy("was issued again since")))
    return facts


def voter_file_context(file: VoterFile, actor: Actor) -> Mapping[str, Any]:
    """The link to the file, for whoever of the two has just signed for it."""
    if file.pk is None or not export.was_just_saved(file.vote, actor):
        return {}
    return {"file_url": reverse("vote_roll_file", args=[file.vote.reference])}


def beginnings(actor: Actor) -> list[dict[str, Any]]:
    """Links to the acts that begin a vote, for whoever may take them."""
    found: list[dict[str, Any]] = []
    for act, offices in (
        ("call_vote", VOTE.by_act["call_vote"].offices),
        ("record_elsewhere", [Office.SECRETARIAT]),
    ):
        if assembly.offices(actor, None).intersection(offices):
            found.append(
                {"title": VOTE.by_act[act].title, "url": desk.begin_url("voting", act), "primary": not found}
            )
    return found
