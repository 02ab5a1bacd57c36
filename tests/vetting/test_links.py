"""Links of a file: its reader sees what the file ties to the candidate, and of other files a number."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy, CounterStatement, Endorsement, Slate
from hemicycle.instruments.links.graph import Relation
from hemicycle.instruments.links.paths import paths
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.record import clock, references
from hemicycle.vetting import actions, pages
from hemicycle.vetting.models import Examination, Reading
from hemicycle.vetting.queries.links import Confirmed, graph_of, shared_of

from ..candidacy import making as files
from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db
BODY = "Congress of Lakes"


def endorse(candidacy: Candidacy, body: str = BODY) -> None:
    candidacy.refresh_from_db()
    said = Endorsement(candidacy=candidacy, body=body, statement="A person of our trust.", language="en")
    candidacies.add_endorsement(said, people.actor(candidacy.person))


def page(reading: Reading, language: str = "") -> str:
    answer = sign_in(reading.assessor).get(f"{language}/files/{reading.reference}/")
    assert answer.status_code == 200
    return answer.content.decode()


def edges(examination: Examination, reading: Reading, **more: Any) -> list[tuple[str, str]]:
    """The links as the reader has them: relation, and name of what the candidate is tied to."""
    graph = graph_of(examination, making.actor_of(reading), **more)
    assert graph is not None
    return [(edge.relation, graph.nodes[edge.b].name) for edge in graph.edges]


@pytest.fixture
def nadia(call: Call, cast: Cast) -> Examination:
    """A file with posts, a slate, two endorsements and an answered invitation; both its readings are open."""
    slate = Slate(call=call, presenter=cast.quiet, organisation="Free Reeds", language="en")
    candidacies.present_slate(slate, cast.actor("quiet"))
    made = files.written(call, cast.nadia, **making.SERVICE)
    candidacies.join_slate(made, cast.actor("nadia"), slate=slate.reference)
    candidacies.submit(made, cast.actor("nadia"))
    files.declare_admissible(made, cast)
    endorse(made)
    candidacies.agree_to_counter_statements(made, cast.actor("nadia"))
    due = clock.now() + timedelta(days=9)
    asked = CounterStatement(candidacy=made, invited=cast.quiet, body="Council of Sands", due_at=due)
    candidacies.invite_body(asked, cast.actor("anna"))
    candidacies.give_counter_statement(asked, cast.actor("quiet"), statement_text="We differ.", language="en")
    examination = making.assigned(made, cast)
    making.opened(examination)
    return examination


def other(call: Call, cast: Cast, key: str, body: str = BODY) -> Examination:
    """Another file of the call, assigned and not opened, with a body and an employer of its own."""
    service = {"answer": "yes", "periods": [{**making.SERVICE["bar__government_service"]["periods"][0], "employer": f"Bureau of {key}"}]}  # type: ignore[index]  # fmt: skip
    made = making.file(call, cast, key, bar__government_service=service)
    endorse(made, body)
    endorse(made, f"Only {key}")
    return making.assigned(made, cast)


def test_the_reader_sees_every_link_with_its_source_as_drawing_and_as_table(nadia: Examination) -> None:
    reading = making.readings(nadia)[0]
    html = page(reading)
    said = Endorsement.objects.get().reference
    assert sorted(edges(nadia, reading)) == sorted(
        [
            ("worked at", "A ministry"), ("worked at", "A prefecture"), ("dated fact", "A school"),
            ("on the slate of", "Free Reeds"), ("endorsed by", BODY), ("statement by", "Council of Sands"),
        ]
    )  # fmt: skip
    wide, narrow = re.findall(r"<svg [^>]*links-picture.*?</svg>", html, re.DOTALL)
    for picture in (wide, narrow):
        told = "".join(ElementTree.fromstring(picture.replace("&nbsp;", " ")).itertext())
        for _, name in edges(nadia, reading):
            assert name in told
    table = html[html.index("All links in this file") :]
    for text in (
        "A ministry",
        "Declared by the candidate: Employment or post",
        f"Endorsement {said}, sent by",
        "Free Reeds",
    ):
        assert text in table
    assert " style=" not in html and "clears nobody" in html


@pytest.mark.parametrize("language", ["/fr", "/ru"])
def test_the_section_speaks_the_readers_language(nadia: Examination, language: str) -> None:
    html = page(making.readings(nadia)[0], language)
    section = html[html.index('id="links"') :]
    for english in ("worked at", "endorsed by", "organisation<", "candidacy", "Declared by", "All links"):
        assert f">{english}" not in section and f"\u2068{english}" not in section, english


def test_nobody_has_the_links_but_the_reader_who_opened_the_file(call: Call, cast: Cast) -> None:
    candidacy = making.file(call, cast)
    endorse(candidacy)
    examination = making.assigned(candidacy, cast)
    reading, second = making.readings(examination)
    actions.accept_readers(examination, cast.actor("nadia"))
    actions.declare_no_interest(reading, making.actor_of(reading))
    everybody = [cast.actor(key) for key in cast.persons]
    assert [graph_of(examination, actor) for actor in everybody] == [None] * len(everybody)
    assert sign_in(reading.assessor).get(f"/files/{reading.reference}/").status_code == 404
    actions.open_file(reading, making.actor_of(reading))
    seen = [key for key in cast.persons if graph_of(examination, cast.actor(key)) is not None]
    assert [cast.persons[key].pk for key in seen] == [reading.assessor_id]
    assert sign_in(second.assessor).get(f"/files/{reading.reference}/").status_code == 404
    interest = Interest(person=reading.assessor, subject=candidacy.reference, kind="family", text="Cousins.")
    integrity.declare(interest, making.actor_of(reading))
    assert graph_of(examination, making.actor_of(reading)) is None


def test_of_another_file_neither_name_nor_content_is_told(nadia: Examination, call: Call, cast: Cast) -> None:
    others = [other(call, cast, "oleg", "«CONGRESS of  lakes»"), other(call, cast, "pavel")]
    for reading in making.readings(nadia):
        html = page(reading)
        assert "2 of 2" in html
        for key, examination in zip(("oleg", "pavel"), others, strict=True):
            person = cast.persons[key]
            refs = (examination.reference, examination.candidacy.reference, person.reference)
            for secret in (
                person.name,
                person.shown_name,
                person.public_name,
                f"Bureau of {key}",
                f"Only {key}",
                *refs,
            ):
                assert not secret or secret not in html, secret


def test_a_reading_is_named_only_once_its_reader_has_declared(
    nadia: Examination, call: Call, cast: Cast
) -> None:
    mine = {reading.assessor_id: reading for reading in making.readings(nadia)}
    files_ = (other(call, cast, key) for key in ("oleg", "pavel", "quiet"))  # the third comes round to them
    both = (r for examination in files_ for r in making.readings(examination) if r.assessor_id in mine)
    reading = next(both)
    opened, person = mine[reading.assessor_id], reading.examination.candidacy.person
    assert reading.reference not in page(opened)
    actions.declare_no_interest(reading, making.actor_of(reading))
    html = page(opened)
    assert reading.reference in html
    assert person.shown_name not in html


def test_closed_files_and_files_of_an_interest_are_not_counted(
    nadia: Examination, call: Call, cast: Cast
) -> None:
    withdrawn, tied = other(call, cast, "oleg"), other(call, cast, "pavel")
    by = making.actor_of(making.readings(nadia)[0])

    def counted() -> tuple[list[int], int]:
        found, whole = shared_of(nadia, by)
        return [row.files for row in found], whole

    assert counted() == ([2], 2)
    withdrawn.candidacy.refresh_from_db()
    candidacies.withdraw(withdrawn.candidacy, cast.actor("oleg"))
    assert counted() == ([1], 1)
    subject = tied.candidacy.reference
    interest = Interest(
        person=making.readings(nadia)[0].assessor, subject=subject, kind="family", text="Cousins."
    )
    integrity.declare(interest, by)
    assert counted() == ([], 0)


def test_a_point_is_linked_for_those_alone_who_may_read_it(nadia: Examination, cast: Cast) -> None:
    first, second = making.readings(nadia)
    statement = CounterStatement.objects.get()
    plain = making.raised(nadia)
    hidden = making.raised(nadia, undisclosable=True)
    point = making.raised(nadia)
    point.counter_statement = statement.reference
    point.save(update_fields=["counter_statement"])

    def rests_on(reading: Reading) -> list[str]:
        return sorted(n for relation, n in edges(nadia, reading) if relation == Relation.POINT_RESTS_ON)

    told = ["Council of Sands", f"Evidence of {plain.reference}", "Sources that cannot be disclosed"]
    assert rests_on(first) == told
    assert rests_on(second) == []
    assert hidden.reference not in page(second)


def test_a_confirmed_hit_leads_to_the_entry_whatever_body_it_is_about(nadia: Examination) -> None:
    reading = making.readings(nadia)[0]
    by = making.actor_of(reading)
    hit = Confirmed("e-7", "Ministry of Sand", "A list, 3 May 2026", "Hit HITS-1, confirmed", of="a MINISTRY")
    graph = graph_of(nadia, by, [hit, Confirmed("e-8", "Somebody", "A list", "Hit HITS-2, confirmed")])
    assert graph is not None
    told = [[step.edges[0].source for step in path.steps] for path in paths(graph, nadia.candidacy.reference)]
    assert told == [
        ["Hit HITS-2, confirmed"],
        ["Declared by the candidate: Employment or post", "Hit HITS-1, confirmed"],
    ]
    (path,) = pages.links(reading, by, [hit])["paths"]
    assert path["title"] == f"{nadia.candidacy.person.shown_name} – A ministry – Ministry of Sand"
    assert [("2013" in step, "(A list, 3 May 2026) · Hit HITS-1" in step) for step in path["steps"]] == [
        (True, False),
        (False, True),
    ]
    assert not pages.links(reading, people.actor(nadia.candidacy.person), [hit])
    other = graph_of(nadia, by, [Confirmed("e-9", "X", "A list", "Hit", of="A payer of a dated post")])
    assert other is not None and "A payer of a dated post" in {node.name for node in other.nodes.values()}


def test_a_file_with_three_hundred_items_takes_no_more_queries(nadia: Examination) -> None:
    reading = making.readings(nadia)[0]
    client = sign_in(reading.assessor)
    at = f"/files/{reading.reference}/"
    client.get(at)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at).status_code == 200
        return len(captured)

    before = count()
    Endorsement.objects.bulk_create(
        Endorsement(
            candidacy=nadia.candidacy, body=f"Body {n}", statement="Yes.", language="en", state="given", version=1,
            reference=references.new("ENDO"), created_at=clock.now(),
        )
        for n in range(300)
    )  # fmt: skip
    assert count() == before <= 25
    html = client.get(at).content.decode()
    assert html.count('<g class="links-node') == 2 * 40
    assert "267 more stand in the table, and not here." in html
