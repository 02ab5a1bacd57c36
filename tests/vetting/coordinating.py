"""Calls whose files share something, for tests: texts by part, examinations, and a comparison as the worker does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy, Endorsement
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.vetting import actions
from hemicycle.vetting.models import Comparison, CoordinationQuestion, Examination, Reading

from ..cast import Cast, sign_in
from . import making

COPIED = (
    "In the winter of that year we carried the printed sheets through four courtyards and left one copy on every "
    "staircase of the district, until the caretaker of the last house closed the gate behind us"
)
OWN = {
    "nadia": "My grandmother kept bees beyond the orchard, and nobody of the village ever asked her for a permit.",
    "oleg": "A choir of railway workers rehearsed below my window, which is how I first heard a forbidden song.",
    "pavel": "Eleven lamps stood along the quay; I counted them each evening while the ferry was late again.",
}


def saying(text: str, language: str = "en") -> dict[str, Any]:
    """Changes of a file that put a text at the criterion of which these tests speak."""
    answer = {"statement": text, "language": language, "since": date(2022, 2, 24), "declared": True}
    return {f"criterion__{making.KEY}": answer}


def examined(call: Call, cast: Cast, key: str, text: str, language: str = "en") -> Examination:
    return making.assigned(making.file(call, cast, key, **saying(text, language)), cast)


def two_with_a_copy(call: Call, cast: Cast) -> list[Examination]:
    """Two files with a copied passage, each with words of its own around it."""
    return [examined(call, cast, key, f"{OWN[key]} {COPIED}.") for key in ("nadia", "oleg")]


def endorse(examination: Examination, body: str, statement: str = "A person of our trust.") -> None:
    candidacy: Candidacy = examination.candidacy
    candidacy.refresh_from_db()
    said = Endorsement(candidacy=candidacy, body=body, statement=statement, language="en")
    candidacies.add_endorsement(said, people.actor(candidacy.person))


@contextmanager
def after(call: Call) -> Iterator[None]:
    """The call has ended."""
    with clock.set_to(max(clock.now(), call.closes_at)):
        yield


def begun(call: Call, cast: Cast) -> Comparison:
    comparison = Comparison(call=call)
    actions.begin_comparison(comparison, cast.actor("anna"))
    return comparison


def under_way(call: Call, cast: Cast) -> Comparison:
    comparison = begun(call, cast)
    actions.take_up_comparison(comparison, CLOCK)
    return comparison


def compared(call: Call, cast: Cast) -> Comparison:
    """A comparison begun, and done as the worker does it."""
    comparison = begun(call, cast)
    actions.compare_files.func(comparison.pk)
    comparison.refresh_from_db()
    return comparison


def kinds(examination: Examination) -> list[str]:
    return [row.kind for row in CoordinationQuestion.objects.filter(examination=examination)]


def only(examination: Examination, kind: str = "near_copy") -> CoordinationQuestion:
    return CoordinationQuestion.objects.get(examination=examination, kind=kind)


def page(reading: Reading, language: str = "") -> str:
    """The section of the page of the file."""
    answer = sign_in(reading.assessor).get(f"{language}/files/{reading.reference}/")
    assert answer.status_code == 200
    html: str = answer.content.decode()
    start = html.index('id="coordination"')
    return html[start : html.index("</section>", start)]


def whole_page(person: Person, address: str) -> str:
    answer = sign_in(person).get(address)
    return str(answer.content.decode())
