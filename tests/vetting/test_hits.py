"""Names on lists, judged by readers: the second blind to the first, a third where they differ, reasons always."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Examination, Hit, Judgement, Reading, ServiceEntry
from hemicycle.vetting.procedure.screening import HIT, HitState
from hemicycle.vetting.queries.links import graph_of

from ..cast import Cast, sign_in
from . import listing, making
from .test_pages import form_of


def name_of(candidacy: Candidacy) -> str:
    return candidacy.person.latin_name or candidacy.person.name


def raised(candidacy: Candidacy, cast: Cast, folder: Path, **more: object) -> tuple[Examination, Hit]:
    """An examination with one hit, its two readings open."""
    clerk = cast.actor("anna")
    listing.used(
        listing.kept(clerk, **more), clerk, listing.write(folder, listing.listed("p1", name_of(candidacy)))
    )
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], clerk)
    making.opened(examination)
    examination.refresh_from_db()
    return examination, listing.only_hit(examination)


def judge(hit: Hit, reading: Reading, who: str) -> None:
    actions.judge_hit(hit, making.actor_of(reading), who=who, reasons=f"Because {who}.", language="en")


def test_two_readers_say_that_it_is_the_same(candidacy: Candidacy, cast: Cast, tmp_path: Path) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    first, second = making.readings(examination)
    judge(hit, first, "same")
    assert hit.state == HitState.HALF and hit.decided_at is None
    assert queries.judgements_for(hit, making.actor_of(second)) == [], "the second does not read the first"
    assert len(queries.judgements_for(hit, making.actor_of(first))) == 1
    judge(hit, second, "same")
    assert hit.state == HitState.SAME and hit.decided_at is not None
    assert len(queries.judgements_for(hit, making.actor_of(second))) == 2


def test_a_half_judged_hit_looks_like_one_that_nobody_has_judged(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    assert HIT.state_title(HitState.RAISED) == HIT.state_title(HitState.HALF)


@pytest.mark.parametrize(("who", "state"), [("another", HitState.ANOTHER), ("unclear", HitState.UNCLEAR)])
def test_one_reader_clears_with_reasons(
    candidacy: Candidacy, cast: Cast, tmp_path: Path, who: str, state: HitState
) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    first, second = making.readings(examination)
    judge(hit, first, who)
    assert hit.state == state
    with pytest.raises(OutOfOrder):
        judge(hit, second, "same")
    actions.ask_again(hit, making.actor_of(second), reasons="The patronymic is the same.", language="en")
    assert (hit.state, hit.turn, hit.decided_at) == (HitState.RAISED, 2, None)
    judge(hit, first, "same")  # a new turn: the first may judge again
    assert hit.state == HitState.HALF


def test_two_who_differ_leave_it_open_to_a_third(candidacy: Candidacy, cast: Cast, tmp_path: Path) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    first, second = making.readings(examination)
    judge(hit, first, "same")
    judge(hit, second, "another")
    assert hit.state == HitState.DIFFERING
    assert queries.unjudged(examination) == 0, "it is unclear until a third judges, and holds nothing up"
    for reading in (first, second):
        with pytest.raises(Unmet, match="have judged"):
            judge(hit, reading, "same")
    making.give(first)
    making.give(second, public_opposition="not_met")
    examination.refresh_from_db()
    third = next(one for one in making.readings(examination) if one.ordinal == 3)
    making.opened(examination)
    third.refresh_from_db()
    judge(hit, third, "another")
    assert hit.state == HitState.ANOTHER


def test_no_opinion_is_given_while_a_name_is_to_be_judged(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    first, second = making.readings(examination)
    making.give(first)
    making.give(second)
    examination.refresh_from_db()
    actions.draft_opinion(
        examination, making.actor_of(first), opinion="met", text="Met.", language="en", grounds=()
    )
    actions.agree(examination, making.actor_of(second))
    with pytest.raises(Unmet, match="still to be judged: 1"):
        actions.give_opinion(examination, making.actor_of(first))
    judge(hit, first, "another")
    examination.refresh_from_db()
    actions.give_opinion(examination, making.actor_of(first))
    assert examination.opinion == "met"


def test_a_judgement_without_reasons_or_with_another_word_is_refused(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    reader = making.actor_of(making.readings(examination)[0])
    for who, reasons in (("same", " "), ("guilty", "Because."), ("", "Because.")):
        with pytest.raises(Unmet):
            actions.judge_hit(hit, reader, who=who, reasons=reasons, language="en")
    hit.refresh_from_db()
    assert hit.state == HitState.RAISED and not Judgement.objects.exists()


@pytest.mark.parametrize("key", ["anna", "greta", "henri", "marta"])
def test_nobody_but_a_reader_of_the_file_judges(
    candidacy: Candidacy, cast: Cast, tmp_path: Path, key: str
) -> None:
    _examination, hit = raised(candidacy, cast, tmp_path)
    for actor in (cast.actor(key), people.actor(candidacy.person), CLOCK):
        with pytest.raises(NotEmpowered):
            actions.judge_hit(hit, actor, who="same", reasons="Because.", language="en")
    assert not Judgement.objects.exists()


def test_a_reader_who_has_not_opened_the_file_does_not_judge(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    clerk = cast.actor("anna")
    listing.used(
        listing.kept(clerk), clerk, listing.write(tmp_path, listing.listed("p1", name_of(candidacy)))
    )
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], clerk)
    hit = listing.only_hit(examination)
    with pytest.raises(NotEmpowered):
        judge(hit, making.readings(examination)[0], "another")


def test_what_the_persecuting_state_lists_is_not_judged(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, hit = raised(candidacy, cast, tmp_path, is_persecuting=True)
    with pytest.raises(OutOfOrder):
        judge(hit, making.readings(examination)[0], "same")


def test_the_person_reads_what_was_decided_once_the_readings_are_given(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    own = people.actor(candidacy.person)
    first, second = making.readings(examination)
    judge(hit, first, "another")
    assert not queries.visible_hits(own).exists(), "the readings are blind still"
    making.give(first)
    making.give(second)
    assert queries.visible_hits(own).get() == hit
    assert queries.visible_hits(cast.actor("anna")).count() == 0


def test_a_withdrawn_file_closes_its_hits_at_once(candidacy: Candidacy, cast: Cast, tmp_path: Path) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    candidacies.withdraw(candidacy, people.actor(candidacy.person))
    hit = Hit.objects.get(pk=hit.pk)
    assert hit.standing(clock.now()) == HitState.CLOSED
    assert not queries.visible_hits(making.actor_of(making.readings(examination)[0])).exists()


def test_confirmed_hits_stand_among_the_links_of_the_file(
    call: Call, candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    first, second = making.readings(examination)
    reader = making.actor_of(first)

    def confirmed() -> object:
        return queries.confirmed(queries.visible_hits(reader).filter(examination=examination))

    assert confirmed() == []
    judge(hit, first, "same")
    judge(hit, second, "same")
    listed = confirmed()
    graph = graph_of(examination, reader, listed)
    assert graph is not None
    assert [node.id for node in graph.nodes.values() if node.is_listed] == [f"list:{hit.source.reference} p1"]


def test_a_listed_payer_of_a_dated_post_stands_among_the_links(
    call: Call, cast: Cast, tmp_path: Path
) -> None:
    candidacy, clerk = making.file(call, cast), cast.actor("anna")
    entry = ServiceEntry(candidacy=candidacy)
    told = {
        "kind": "employment",
        "what": "Teaching",
        "payer": "Zephyr Lantern Works",
        "began": "2010",
        "ended": "2012",
    }
    kinds = [row.key for row in queries.service_kinds(queries.law_of(candidacy))]
    actions.declare_service(
        entry, people.actor(candidacy.person), **{**told, "kind": kinds[0]}, language="en"
    )
    listing.used(
        listing.kept(clerk),
        clerk,
        listing.write(tmp_path, listing.listed("o1", "Zephyr Lantern Works", schema="Organization")),
    )
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], clerk)
    first, second = making.opened(examination)
    hit = listing.only_hit(examination)
    judge(hit, first, "same")
    judge(hit, second, "same")
    assert sign_in(first.assessor).get(f"/files/{first.reference}/").status_code == 200


def test_a_page_to_judge_does_not_tell_that_somebody_judged(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, hit = raised(candidacy, cast, tmp_path)
    first, second = making.readings(examination)
    reader, url = sign_in(second.assessor), f"/matters/{hit.reference}/judge_hit/"

    def page() -> str:
        text = reader.get(url).content.decode().split("<main")[1]
        return re.sub(r'(name="(once|csrfmiddlewaretoken)" value=")[^"]*', r"\1", text)

    page()  # the file opens
    before, sent = page(), form_of(reader, url)
    shown = re.search(r'name="shown" value="([^"]*)"', reader.get(url).content.decode())
    assert shown is not None
    judge(hit, first, "same")
    assert page() == before
    told = {
        **sent,
        "seen": "",
        "shown": shown.group(1),
        "who": "another",
        "reasons": "Because.",
        "language": "en",
    }
    assert reader.post(url, {**told, "shown": "0" * 64}).status_code == 422, "the entry has changed"
    assert reader.post(url, told).status_code == 302, "that somebody judged meanwhile does not show"
    hit.refresh_from_db()
    assert hit.state == HitState.DIFFERING
