"""A proposal on its way: to a committee, to a report or a resolution, to states, to their answers."""

from __future__ import annotations

from collections.abc import Sequence

from hemicycle.assembly.models import Body, Delegation
from hemicycle.dialogue import sides
from hemicycle.dialogue.models import Topic
from hemicycle.dialogue.procedure import TopicState
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.models import Entry
from hemicycle.rules import indicators
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Office, Publicity

from .. import queries
from ..models import Origin, Outcome, Proposal, Side
from .common import SAY_SOURCE, act, begin, end, end_open, open_stages, required, unmet

REASONS = N_("Give the reasons.")


@act
def make_proposal(
    proposal: Proposal,
    by: Actor,
    *,
    topic: Topic,
    committee: Body,
    title: str,
    text: str,
    language: str,
    origin: str = Origin.NONE,
    origin_reference: str = "",
    side: str = "",
    source: str = "",
) -> Facts:
    """Put a proposal before a committee, in public; `proposal` is unsaved. Raises `Unmet`.

    A participant and a member of the Assembly make their own. The Secretariat enters what a `side` proposed in a meeting, with
    the `source`. `origin_reference`: the public matter that it came out of.
    """
    if topic.state != TopicState.OPEN:
        raise unmet(N_("The topic is closed: nothing new is begun under it."), "make_proposal")
    if committee not in sides.committees():
        raise unmet(N_("There is no such committee now."), "make_proposal")
    said = required(
        "make_proposal",
        title=(title, N_("Give it a title.")),
        text=(text, N_("Say what is proposed.")),
    )
    _check_origin(origin, origin_reference)
    _name_maker(proposal, by, side, source)
    proposal.title, proposal.text, proposal.language = " ".join(said["title"].split()), said["text"], language
    proposal.topic, proposal.committee, proposal.source = topic, committee, source.strip()
    proposal.origin, proposal.origin_reference = origin, origin_reference.strip()
    # The stage points to the proposal, which the gate saves once this is over.
    proposal.save()
    begin(proposal, "committee")
    return Facts(
        {
            "topic": topic.reference,
            "committee": committee.reference,
            "side": proposal.side,
            "origin": proposal.origin_reference,
        },
        {"title": proposal.title, "text": proposal.text},
    )


def _check_origin(origin: str, reference: str) -> None:
    """What a proposal came out of is named only where everybody can read of it."""
    if origin not in Origin:
        raise unmet(N_("Say what the proposal came out of."), "make_proposal")
    named = reference.strip()
    if named and not Entry.objects.filter(matter=named, publicity=Publicity.PUBLIC.value).exists():
        raise unmet(N_("The public record knows no matter with this reference."), "make_proposal")
    if bool(named) != (origin not in (Origin.NONE, Origin.MEETING)):
        raise unmet(
            N_(
                "Give the reference of the answer, statement, initiative or consultation, and of nothing else."
            ),
            "make_proposal",
        )


def _name_maker(proposal: Proposal, by: Actor, side: str, source: str) -> None:
    mandate = sides.mandate_of(by)
    if mandate is not None:
        proposal.side, proposal.mandate = Side.PARTICIPANTS, mandate
    elif sides.is_delegate(by):
        proposal.side, proposal.person_id = Side.ASSEMBLY, by.person
    else:
        if side not in Side:
            raise unmet(N_("Say which side proposed it."), "make_proposal")
        required("make_proposal", source=(source, SAY_SOURCE))
        proposal.side = side


@act
def take_up(proposal: Proposal, by: Actor, *, rapporteur: Person | None = None, source: str = "") -> Facts:
    """The committee takes it up: a report or a resolution is due. `rapporteur`: a member of the Assembly who owes it."""
    (stage,) = open_stages(proposal, "take_up", "committee")
    if rapporteur is not None and rapporteur not in people.holders(Office.DELEGATE):
        raise unmet(N_("A rapporteur is a member of the Assembly."), "take_up")
    end(stage, Outcome.TAKEN_UP, source=source.strip())
    due = begin(proposal, "report", rapporteur=rapporteur).due_on
    return Facts({"due": due, "rapporteur": rapporteur is not None})


@act
def decline(proposal: Proposal, by: Actor, *, reasons: str, language: str, source: str = "") -> Facts:
    """The committee does not take it up, and says why."""
    said = required("decline", reasons=(reasons, REASONS))
    (stage,) = open_stages(proposal, "decline", "committee")
    end(stage, Outcome.DECLINED, text=said["reasons"], language=language, source=source.strip())
    return Facts(sealed=said)


@act
def record_report(
    proposal: Proposal, by: Actor, *, number: str, source: str, text: str = "", language: str = ""
) -> Facts:
    """The report or the resolution is there: `number` as its body counts it, `source` where anybody reads it."""
    said = required(
        "record_report",
        number=(number, N_("Give the number of the report or of the resolution.")),
        source=(source, SAY_SOURCE),
    )
    (stage,) = open_stages(proposal, "record_report", "report")
    end(
        stage, Outcome.REPORTED, text=text.strip(), language=language, source=said["source"], number=said["number"]
    )  # fmt: skip
    due = begin(proposal, "action").due_on
    return Facts({"due": due}, said)


@act
def ask_state(
    proposal: Proposal, by: Actor, *, states: Sequence[Delegation], text: str, language: str, source: str
) -> Facts:
    """What is asked of which member states; each then owes an answer of its own. Other states can be asked later."""
    said = required(
        "ask_state", text=(text, N_("Say what is asked of the state.")), source=(source, SAY_SOURCE)
    )
    if not states:
        raise unmet(N_("Name the state or the states."), "ask_state")
    asked = set(proposal.stages.filter(key="answer").values_list("asked_state_id", flat=True))
    if asked & {state.pk for state in states}:
        raise unmet(N_("One of these states has been asked this already."), "ask_state")
    stage = begin(proposal, "action") if asked else open_stages(proposal, "ask_state", "action")[0]
    # Who asks further states begins and ends a stage at one instant: nothing was due, and no time of it is counted.
    at = stage.begun_at if asked else None
    end(stage, Outcome.ASKED, text=said["text"], language=language, source=said["source"], at=at)
    due = [begin(proposal, "answer", state=state).due_on for state in states]
    return Facts({"states": [state.code for state in states], "due": due[0]}, said)


@act
def record_answer(
    proposal: Proposal, by: Actor, *, state: Delegation, answer: str, text: str, language: str, source: str
) -> Facts:
    """What a state answered, in its own words and language: `positive`, `partial` or `negative`."""
    said = required(
        "record_answer", text=(text, N_("Say what the state answered.")), source=(source, SAY_SOURCE)
    )
    if answer not in indicators.ANSWERS:
        raise unmet(N_("Say whether the answer is positive, in part or negative."), "record_answer")
    rows = open_stages(proposal, "record_answer", "answer")
    stage = next((row for row in rows if row.asked_state_id == state.pk), None)
    if stage is None:
        raise unmet(N_("No answer of this state is awaited."), "record_answer")
    if state.pk not in queries.states_recorded_by(by, proposal):
        raise unmet(N_("You record the answer of your own state only."), "record_answer")
    end(stage, answer, text=said["text"], language=language, source=said["source"])
    return Facts({"state": state.code, "answer": answer}, said)


@act
def close_proposal(proposal: Proposal, by: Actor, *, reasons: str, language: str) -> Facts:
    """It is not followed any further, and everybody reads why. What was ignored by then stays counted as ignored."""
    said = required("close_proposal", reasons=(reasons, REASONS))
    end_open(proposal, Outcome.CLOSED)
    proposal.closed_because, proposal.closed_language = said["reasons"], language
    return Facts(sealed=said)
