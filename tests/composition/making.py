"""A round after its opinions, for tests of lists and mandates; from there everything is done by the real acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from hemicycle.assembly.models import Body, BodySeat, PartSession, Session
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.composition import actions, queries
from hemicycle.composition.actions import Chosen
from hemicycle.composition.models import Acceptance, List
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock, references
from hemicycle.vetting.models import Examination
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from ..cast import Cast
from ..laying import laid

NAMES = (
    "Aina", "Borislav", "Chechek", "Dolgan", "Erzhena", "Fyokla", "Galina", "Habiba", "Irina", "Jamilia", "Kirill",
    "Larisa", "Maksim", "Nurzhan", "Oksana", "Polina", "Rustam", "Saran", "Timur", "Ulyana", "Vera", "Yana",
)  # fmt: skip
DECLARED = 8  # the first so many declared for the reserve
numbers = count(1)


@dataclass
class Round:
    """One round: a running session, a closed call, candidacies with opinions. `rows` by name: `round.of("Aina")`."""

    cast: Cast
    session: Session
    call: Call
    rows: list[Candidacy] = field(default_factory=list)

    def of(self, name: str) -> Candidacy:
        return next(row for row in self.rows if row.person.name.startswith(name))

    @property
    def declared(self) -> list[Candidacy]:
        return self.rows[:DECLARED]

    @property
    def others(self) -> list[Candidacy]:
        return self.rows[DECLARED:]

    def by(self, key: str):
        return self.cast.actor(key)


def made(prefix: str) -> dict[str, object]:
    return {"reference": references.new(prefix), "created_at": clock.now(), "version": 1}


@laid
def make_round(cast: Cast) -> Round:
    """Rows stand for what earlier rooms did long ago; their acts have tests of their own."""
    session = Session.objects.create(
        name="2027", opens_on=date(2027, 1, 25), closes_on=date(2028, 1, 23), state="planned", **made("SESS")
    )
    PartSession.objects.create(
        session=session, number=1, from_day=date(2027, 1, 25), until_day=date(2027, 1, 29)
    )
    PartSession.objects.create(
        session=session, number=2, from_day=date(2027, 4, 12), until_day=date(2027, 4, 16)
    )
    call = Call.objects.create(
        session=session, opens_at=clock.now() - timedelta(days=120), closes_at=clock.now() - timedelta(days=80),
        text_en="Call", text_fr="Appel", text_ru="Приём", charter="pace-2025/1.0", state="closed", **made("CALL"),
    )  # fmt: skip
    found = Round(cast, session, call)
    for index, name in enumerate(NAMES):
        found.rows.append(candidacy(call, name, declared=index < DECLARED))
    seat_bureau(cast)
    return found


def candidacy(call: Call, name: str, *, declared: bool = False, opinion: str = "met") -> Candidacy:
    person = Person.objects.create_person(
        name=f"{name} Invented", public_name=f"{name} Invented", created_at=clock.now()
    )
    row = Candidacy.objects.create(
        call=call, person=person, submitted_at=call.closes_at, for_reserve=declared, reserve_confirmed=declared,
        state="admissible", **made("CAND"),
    )  # fmt: skip
    Examination.objects.create(
        candidacy=row, charter="pace-2025/1.0", opinion=opinion, opinion_text="An opinion.", opinion_language="en",
        concluded_at=clock.now(), state="concluded", **made("EXAM"),
    )  # fmt: skip
    return row


def seat_bureau(cast: Cast) -> None:
    bureau = Body.objects.create(
        code="bureau",
        kind="bureau",
        name_en="Bureau",
        name_fr="Bureau",
        name_ru="Бюро",
        state="formed",
        **made("BODY"),
    )
    for key, capacity in (("greta", "president"), ("henri", "vice_president"), ("ilse", "vice_president")):
        person = cast.persons[key]
        BodySeat.objects.create(
            body=bureau, person=person, name=person.shown_name, capacity=capacity,
            held_from=clock.now() - timedelta(days=20),
        )  # fmt: skip


# --- acts, one after the other --------------------------------------------------------------------------------------


def ask(found: Round, row: Candidacy, *, reserved: bool = False) -> Acceptance:
    acceptance = Acceptance(candidacy=row, session=found.session, reserved=reserved)
    actions.ask_acceptance(acceptance, found.by("greta"))
    return acceptance


def accepted(found: Round, row: Candidacy, *, reserved: bool = False, **more: object) -> Acceptance:
    acceptance = ask(found, row, reserved=reserved)
    given = {
        "commitments": True,
        "name_to_bureau": True,
        "public_name": row.person.public_name,
        "reserve_is_public": reserved,
    }
    actions.accept(acceptance, people.actor(row.person), **{**given, **more})
    return acceptance


def draft(found: Round, name: str = "First draft", **more: object) -> List:
    list_ = List(session=found.session, call=found.call)
    actions.draft(list_, found.by("greta"), name=name, **more)
    return list_


@laid
def composed(
    found: Round, *, reserved: int = 5, total: int = 15, accept: bool = True, name: str = "First draft"
) -> List:
    """A draft with so many seats taken, the first of them reserved, everybody's acceptance and the reasons."""
    list_ = draft(found, name)
    chosen = [*found.declared[:reserved], *found.others[: total - reserved]]
    seats = [Chosen(number, row, number <= reserved) for number, row in enumerate(chosen, 1)]
    if accept:
        for one in seats:
            if queries.acceptance_of(one.candidacy, found.session, reserved=one.reserved) is None:
                accepted(found, one.candidacy, reserved=one.reserved)
    actions.compose(list_, found.by("greta"), seats=seats)
    actions.state_reasons(list_, found.by("greta"), reasons_en="Balance.", reasons_fr="Équilibre.")
    return list_


def succeed(
    found: Round, list_: List, *, general: Sequence[Candidacy] = (), reserve: Sequence[Candidacy] = ()
) -> None:
    """A succession list whose people have accepted."""
    for row in general:
        accepted(found, row)
    for row in reserve:
        accepted(found, row, reserved=True)
    actions.order_succession(list_, found.by("greta"), general=general, reserve=reserve)


@laid
def released(found: Round, list_: List | None = None) -> List:
    list_ = list_ or composed(found)
    actions.ask_release(list_, found.by("greta"))
    actions.confirm_release(list_, found.by("anna"))
    return list_


def decide(found: Round, vote: Vote, choices: dict[str, str]) -> Vote:
    vote.refresh_from_db()
    voting.open_vote(vote, found.by("anna"))
    for key, choice in choices.items():
        voting.cast(vote, found.by(key), choice=choice)
    voting.close(vote, found.by("anna"))
    vote.refresh_from_db()
    return vote


SOURCE = "Minutes of the Bureau, 9 February 2027"


def amend(found: Round, list_: List, number: int, **more: object) -> None:
    actions.amend(
        list_, found.by("anna"), number=number, source=SOURCE, **{"reasons": "A wider field.", **more}
    )


def referred_back(found: Round, list_: List | None = None, reasons: str = "Balance.") -> List:
    """Given back by the Bureau: entered by one clerk, confirmed by another."""
    list_ = list_ or released(found)
    actions.enter_referral(list_, found.by("anna"), reasons=reasons, source=SOURCE)
    actions.refer_back(list_, found.by("bruno"))
    return list_


def voted(found: Round, list_: List, henri: str = "for", ilse: str = "for") -> Vote:
    actions.call_bureau_vote(list_, found.by("anna"))
    vote = queries.votes(list_).get(state="called")
    return decide(found, vote, {key: choice for key, choice in (("henri", henri), ("ilse", ilse)) if choice})


@laid
def approved(found: Round, list_: List | None = None) -> List:
    list_ = list_ or released(found)
    voted(found, list_)
    actions.approve(list_, found.by("anna"))
    return list_


def elsewhere(
    found: Round, list_: List, *, for_: int, against: int, body: str = "standing_committee"
) -> Vote:
    vote = Vote(
        subject=list_.reference, question_en="Ratify?", question_fr="Ratifier ?", question_ru="Ратифицировать?",
        body=body, held_on=clock.today(),
    )  # fmt: skip
    voting.record_elsewhere(
        vote, found.by("anna"), form="show_of_hands", source=f"Record {next(numbers)}", for_=for_, against=against,
        abstentions=0,
    )  # fmt: skip
    voting.confirm_elsewhere(vote, found.by("bruno"))
    return vote


@laid
def ratified(found: Round, list_: List | None = None) -> List:
    list_ = list_ or approved(found)
    elsewhere(found, list_, for_=30, against=2)
    actions.ratify(list_, found.by("anna"))
    return list_


@laid
def announced(found: Round, list_: List | None = None) -> List:
    list_ = ratified(found, list_)
    return published(found, list_)


@laid
def published(found: Round, list_: List) -> List:
    """The candidates are told, then the public."""
    actions.tell_candidates(list_, found.by("anna"))
    actions.announce(list_, found.by("anna"))
    return list_
