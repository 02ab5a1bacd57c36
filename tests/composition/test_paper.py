"""The Bureau's paper: who reads it, its proof, its mark, and the certificate that the public digest commits to."""

from __future__ import annotations

import hashlib
import json

import pytest

from hemicycle.composition import actions, queries
from hemicycle.composition.models import Acceptance
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.record.models import Entry

from . import making
from .making import Round
from .test_selection import on_slate

pytestmark = pytest.mark.django_db


def paper(found: Round, list_, key: str, after: str = "") -> str:
    answer = found.cast.client(key).get(f"/lists/{list_.reference}/paper/{after}")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_the_roll_the_president_and_the_clerks_read_it_once_the_list_is_released(found: Round) -> None:
    list_ = making.composed(found)
    actions.ask_release(list_, found.by("greta"))
    assert {paper(found, list_, key) for key in ("henri", "anna", "greta", "oleg")} == {"404"}
    actions.confirm_release(list_, found.by("anna"))
    for key in ("henri", "ilse", "greta", "anna"):
        assert "Proof of the rules" in paper(found, list_, key)
    assert paper(found, list_, "oleg") == "404"
    assert paper(found, list_, "oleg", "certificate.json") == "404"


def test_it_is_marked_for_its_reader_and_shows_the_proof_with_articles(found: Round) -> None:
    list_ = making.released(found)
    page = paper(found, list_, "henri")
    assert page.count(found.by("henri").reference) >= 2 and 'aria-hidden="true"' in page
    assert "1/3 of 15 seats, rounded up: 5" in page and "From one organisation, at most 3: met" in page
    assert ">4.6<" in page or "4.6" in page
    assert queries.certificate_in_force(list_).digest in page


def test_it_prints_objections_amendments_and_alternatives(found: Round) -> None:
    list_ = making.composed(found)
    making.succeed(found, list_, general=found.others[10:11])
    other = making.composed(found, reserved=4, name="Secret name")
    making.released(found, list_)
    actions.object(list_, found.by("henri"), reasons="Too few from the north.", number=7)
    new = found.others[10]
    actions.propose_amendment(list_, found.by("ilse"), number=9, candidacy=new, reasons="Une voix de plus.")
    actions.attach_alternatives(list_, found.by("greta"), drafts=[other])
    page = paper(found, list_, "henri")
    assert "Too few from the north." in page and "Une voix de plus." in page
    assert new.person.shown_name in page and "Alternative 1" in page and "Secret name" not in page


def test_a_recused_member_reads_no_words_about_people(found: Round) -> None:
    list_ = making.released(found)
    actions.object(list_, found.by("ilse"), reasons="Too few from the north.")
    about = list_.seats.get(number=3).candidacy.person.reference
    integrity.declare(Interest(subject=about, kind="family", text="Cousins."), found.by("henri"))
    page = paper(found, list_, "henri")
    assert "Too few from the north." not in page and "You declared an interest" in page
    assert found.cast.henri.shown_name in page  # the recusal itself is told
    assert "Too few from the north." in paper(found, list_, "ilse")


def test_the_certificate_is_what_the_record_commits_to_and_names_nobody(found: Round) -> None:
    list_ = making.composed(found)
    on_slate(found, *[row.person.name.split()[0] for row in found.others[:3]])
    making.approved(found, making.released(found, list_))
    text = paper(found, list_, "henri", "certificate.json")
    entry = Entry.objects.get(matter=list_.reference, act="approve")
    assert hashlib.sha256(text.encode()).hexdigest() == entry.facts["commitment"]
    assert entry.facts["limits"] == {"one_organisation": {"verdict": "met"}}
    said = json.loads(text)
    assert len(said["members"]) == 15 and len(said["salt"]) == 64
    reserve, cap = said["rules"]
    assert len(reserve["groups"][0]) == 5 >= reserve["least"]
    assert max(len(group) for group in cap["groups"]) == 3 <= cap["most"]
    for row in found.rows:
        assert row.reference not in text and row.person.name not in text
    assert "SLAT-" not in text


def test_handles_are_drawn_anew_for_each_certificate(found: Round) -> None:
    list_ = making.released(found)
    texts = {queries.canonical(queries.certificate_of(list_)) for _ in range(3)}
    assert len(texts) == 3


def test_nobody_learns_by_laying_the_groups_of_two_rules_over_each_other(found: Round) -> None:
    """Three people of one organisation, none on a reserved seat. Under one handle each they would never be among the
    reserve's; drawn anew for each rule they often are."""
    on_slate(found, *[row.person.name.split()[0] for row in found.others[:3]])
    list_ = making.released(found)
    overlaps = []
    for _ in range(12):
        rules = {one["rule"]: one["groups"] for one in queries.certificate_of(list_)["rules"]}
        (trio,) = [group for group in rules["one_organisation"] if len(group) == 3]
        overlaps.append(bool(set(trio) & set(rules["reserve"][0])))
    assert any(overlaps)


def test_what_was_said_of_somebody_who_withdraws_is_closed_on_the_paper(found: Round) -> None:
    list_ = making.composed(found)
    spare = found.others[10]
    making.succeed(found, list_, general=[spare])
    making.released(found, list_)
    actions.propose_amendment(
        list_, found.by("henri"), number=14, candidacy=spare, reasons="Knows the north."
    )
    assert spare.person.shown_name in paper(found, list_, "ilse") and "Knows the north." in paper(
        found, list_, "ilse"
    )
    Acceptance.objects.filter(candidacy=spare).update(state="withdrawn")
    page = paper(found, list_, "ilse")
    assert "Knows the north." not in page and "what was said is closed" in page
    assert spare.person.shown_name not in page.split('id="said-title"')[-1]
