"""A topic, a committee with its chair, and proposals on their way, by the acts themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hemicycle.assembly.models import Body, BodySeat, Capacity, Delegation
from hemicycle.dialogue import actions as dialogue
from hemicycle.dialogue.models import Topic
from hemicycle.followup import actions
from hemicycle.followup.models import EarlierContact, Proposal
from hemicycle.people.models import Person
from hemicycle.record import clock

from .. import seating
from ..cast import Cast
from ..laying import laid

TITLE = "A visa for those whose passport has run out"
TEXT = "Let the committee ask member states for *one* visa."
SOURCE = "Doc. 17001, invented register of documents"
PAST: dict[str, Any] = {
    "kind": "hearing", "from_day": date(2025, 3, 4), "body": "Commission of invented affairs", "title": "Exile and papers",
    "summary": "Two speakers told of papers that had run out.", "language": "en", "source": SOURCE, "page": "p. 12",
}  # fmt: skip


@laid
def topic(cast: Cast, name: str = "Visas") -> Topic:
    found = Topic.objects.filter(name_en=name).first()
    if found is not None:
        return found
    opened = Topic()
    names = {"en": name, "fr": f"{name} (fr)", "ru": f"{name} (ru)"}
    dialogue.open_topic(opened, cast.actor("anna"), names=names, about={})
    return opened


@laid
def committee(cast: Cast) -> Body:
    """Chaired by Luca; Henri sits in it."""
    found = Body.objects.filter(code="political").first()
    return found or seating.committee(chair=cast.luca, members=[cast.henri])


@laid
def state(code: str = "FR", head: Person | None = None) -> Delegation:
    """A state of the assembly, and who heads its delegation."""
    found, _made = Delegation.objects.get_or_create(
        code=code, defaults={"name_en": f"State {code}", "name_fr": f"État {code}", "name_ru": f"Государство {code}", "members": 2}
    )  # fmt: skip
    if head is not None:
        BodySeat.objects.create(
            body=Body.objects.get(code="political"), person=head, name=head.shown_name, delegation=found,
            capacity=Capacity.HEAD_OF_DELEGATION, held_from=clock.now() - timedelta(days=3),
        )  # fmt: skip
    return found


@laid
def made(cast: Cast, by: str = "katia", under: Topic | None = None, **fields: Any) -> Proposal:
    row = Proposal()
    given = {"title": TITLE, "text": TEXT, "language": "en", **fields}
    actions.make_proposal(row, cast.actor(by), topic=under or topic(cast), committee=committee(cast), **given)
    return row


@laid
def taken_up(cast: Cast, rapporteur: Person | None = None, **fields: Any) -> Proposal:
    row = made(cast, **fields)
    actions.take_up(row, cast.actor("luca"), rapporteur=rapporteur)
    return row


@laid
def reported(cast: Cast, **fields: Any) -> Proposal:
    row = taken_up(cast, **fields)
    actions.record_report(
        row,
        cast.actor("luca"),
        number="Resolution 9001 (2027)",
        source=SOURCE,
        text="Says so.",
        language="en",
    )
    return row


@laid
def asked(cast: Cast, *codes: str, **fields: Any) -> Proposal:
    row = reported(cast, **fields)
    ask(row, cast, *codes or ("FR",))
    return row


def ask(row: Proposal, cast: Cast, *codes: str) -> None:
    actions.ask_state(
        row, cast.actor("luca"), states=[state(code) for code in codes], text="Issue one visa.", language="en",
        source=SOURCE,
    )  # fmt: skip


def answer(row: Proposal, cast: Cast, code: str = "FR", says: str = "positive", by: str = "luca") -> None:
    actions.record_answer(
        row, cast.actor(by), state=state(code), answer=says, text="Nous le ferons.", language="fr", source=SOURCE
    )  # fmt: skip


def claimed(
    row: Proposal, cast: Cast, by: str = "luca", evidence: str = "Decree 12 came into force."
) -> None:
    actions.claim_carried_out(row, cast.actor(by), evidence=evidence, language="en", source=SOURCE)


@laid
def transcribed(cast: Cast, by: str = "anna", **fields: Any) -> EarlierContact:
    row = EarlierContact()
    actions.transcribe(row, cast.actor(by), **{**PAST, **fields})
    return row


@laid
def public(cast: Cast, **fields: Any) -> EarlierContact:
    row = transcribed(cast, **fields)
    actions.confirm_transcription(row, cast.actor("bruno"))
    return row
