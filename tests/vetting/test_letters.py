"""Outcome letters: when each is sent, what it tells, and by whom it was decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions, desks, queries
from hemicycle.vetting.models import OutcomeLetter

from ..candidacy import making as files
from ..cast import Cast
from . import making

pytestmark = pytest.mark.django_db


def test_not_found_eligible_is_told_at_the_opinion_with_findings_and_the_way_to_a_review(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    letter = OutcomeLetter.objects.get()
    assert (letter.kind, letter.opinion, letter.text) == ("not_eligible", "not_met", "What we found.")
    asked = queries.asked(queries.charter_of(examination))
    assert len(letter.findings) == 2 * len(asked)
    assert {row["reader"] for row in letter.findings} == {1, 2}
    assert [row["state"] for row in letter.points] == ["upheld"]
    assert letter.decided_by[0]["organisation"].startswith("Institute of")
    names = [cast.persons[key].name for key in making.ASSESSORS]
    assert not any(name in str((letter.findings, letter.decided_by, letter.points)) for name in names)
    assert letter.review_until == examination.review_until
    assert letter.destroyed_on == clock.today() + timedelta(days=180)
    assert queries.visible_letters(cast.actor("nadia")).get() == letter
    assert not queries.visible_letters(cast.actor("oleg")).exists()
    assert queries.is_not_met(candidacy)
    assert candidacy in queries.eligible(candidacy.call)


def test_found_eligible_waits_for_the_letter_before_publication(candidacy: Candidacy, cast: Cast) -> None:
    making.concluded(candidacy, cast)
    assert not OutcomeLetter.objects.exists()
    clerk = cast.actor("anna")
    with pytest.raises(Unmet, match="does not say"):
        actions.send_letter(OutcomeLetter(candidacy=candidacy, kind="not_eligible"), clerk)
    actions.send_letters({candidacy.pk: "on_list"}, clerk, ["bureau"])
    decided = OutcomeLetter.objects.get().decided_by
    assert [row["what"] for row in decided] == ["read", "read", "proposed", "approved"]
    assert (decided[2]["office"], decided[3]["body"]) == ("president", "bureau")
    with pytest.raises(Unmet, match="before"):
        actions.send_letter(OutcomeLetter(candidacy=candidacy, kind="on_list"), clerk)
    assert OutcomeLetter.objects.get().destroyed_on == candidacy.call.session.closes_on + timedelta(days=730)


def test_the_inadmissible_are_told_by_the_clock(call: Call, cast: Cast) -> None:
    candidacy = files.submitted(call, cast.oleg)
    candidacies.propose_inadmissible(
        candidacy, cast.actor("anna"), ground="not_own_act", reasons="A relative sent it.", language="en"
    )
    candidacies.confirm_inadmissible(candidacy, cast.actor("bruno"))
    assert actions.tick() == 1
    assert actions.tick() == 0
    letter = OutcomeLetter.objects.get()
    assert (letter.kind, letter.text, letter.findings) == ("inadmissible", "A relative sent it.", [])
    assert letter.decided_by == [{"what": "form", "office": "secretariat", "count": 2}]
    candidacy.refresh_from_db()
    assert letter.destroyed_on == timezone.localtime(candidacies.erasure_due(candidacy)).date()
    assert letter.review_until is not None
    with clock.set_to(
        letter.review_until - timedelta(seconds=1)
    ):  # what the letter says is what the act asks
        candidacies.ask_review(candidacy, cast.actor("oleg"), **asked_by(cast))


def on_desk(cast: Cast, passed: timedelta) -> list[Any]:
    """The days named by the letters that stand on the desk of the person after a while."""
    with clock.set_to(clock.now() + passed):
        return [row.due for row in desks.waiting(cast.actor("nadia")) if row.title == "A letter for you"]


def test_an_outcome_is_on_the_desk_of_whom_it_concerns_also_where_no_review_can_be_asked(
    candidacy: Candidacy, cast: Cast
) -> None:
    making.concluded(candidacy, cast)
    actions.send_letters({candidacy.pk: "on_list"}, cast.actor("anna"), ["bureau"])
    days = queries.charter_of(candidacy.examination).periods.review_request_days.value
    assert OutcomeLetter.objects.get().review_until is None
    assert on_desk(cast, timedelta()) == on_desk(cast, timedelta(days=days)) == [None]
    assert on_desk(cast, timedelta(days=days + 1)) == []
    assert not [row for row in desks.waiting(cast.actor("oleg")) if row.title == "A letter for you"]


def test_a_letter_stands_on_the_desk_while_a_review_can_be_asked(candidacy: Candidacy, cast: Cast) -> None:
    making.concluded(candidacy, cast, "not_met", (making.KEY,))
    until = OutcomeLetter.objects.get().review_until
    assert until is not None and on_desk(cast, timedelta()) == [until]
    assert on_desk(cast, until - clock.now() - timedelta(seconds=1)) == [until]
    assert on_desk(cast, until - clock.now()) == []


def asked_by(cast: Cast) -> dict[str, str]:
    return {"reasons": "I sent it.", "language": "en"}


@pytest.mark.parametrize("admitted", [False, True])
def test_who_asked_for_review_of_a_refusal_is_told_what_was_decided(
    call: Call, cast: Cast, admitted: bool
) -> None:
    candidacy = files.inadmissible(call, cast, cast.oleg)
    actions.tick()
    first = OutcomeLetter.objects.get()
    kind = "form_reversed" if admitted else "form_confirmed"
    with pytest.raises(Unmet, match="does not say"):
        actions.send_letter(OutcomeLetter(candidacy=candidacy, kind=kind), cast.actor("anna"))
    candidacies.ask_review(candidacy, cast.actor("oleg"), **asked_by(cast))
    assert actions.tick() == 0
    with clock.set_to(clock.now() + timedelta(days=9)):
        candidacies.decide_review(
            candidacy, cast.actor("farid"), is_admissible=admitted, reasons="We looked.", language="en"
        )
        assert actions.tick() == 1
        assert actions.tick() == 0
        letter = OutcomeLetter.objects.exclude(pk=first.pk).get()
        assert (letter.kind, letter.text, letter.review_until) == (kind, "We looked.", None)
        assert letter.decided_by == [{"what": "form_review", "office": "reviewer", "count": 1}]
        if admitted:
            assert letter.destroyed_on is None
        else:
            assert letter.destroyed_on == first.destroyed_on + timedelta(days=9)
        client = cast.client("oleg")
        for prefix in ("", "/fr", "/ru"):
            assert client.get(f"{prefix}/matters/{letter.reference}/").status_code == 200
        page = client.get(f"/matters/{first.reference}/").content.decode()
        assert f"/matters/{letter.reference}/" in page and "no longer count" in page


def test_a_second_refusal_and_its_review_are_told_like_the_first(call: Call, cast: Cast) -> None:
    """A late plea is refused, a review admits it, and what then comes is refused for another reason (3.7)."""
    candidacy, nadia = files.written(call, cast.nadia), cast.actor("nadia")
    told: list[OutcomeLetter] = []

    def refuse(ground: str) -> None:
        candidacies.propose_inadmissible(
            candidacy, cast.actor("anna"), ground=ground, reasons=f"Of {ground}.", language="en"
        )
        candidacies.confirm_inadmissible(candidacy, cast.actor("bruno"))

    def review(**decision: Any) -> None:
        candidacies.ask_review(candidacy, nadia, reasons="I did.", language="en")
        assert actions.tick() == 0
        decided = {"reasons": "We looked.", "language": "en", **decision}
        candidacies.decide_review(candidacy, cast.actor("farid"), **decided)

    def letter(kind: str) -> OutcomeLetter:
        """The clock writes one letter, once; nobody sends it again."""
        assert (actions.tick(), actions.tick()) == (1, 0)
        sent = OutcomeLetter.objects.exclude(pk__in=[row.pk for row in told]).get()
        assert (sent.kind, sent.sent_at) == (kind, clock.now())
        with pytest.raises(Unmet, match="before"):
            actions.send_letter(OutcomeLetter(candidacy=candidacy, kind=kind), cast.actor("anna"))
        told.append(sent)
        return sent

    with clock.set_to(call.closes_at + timedelta(hours=1)):
        candidacies.plead_late(candidacy, nadia, plea="I was detained.", language="en")
        refuse("late")
        assert letter("inadmissible").text == "Of late."
    with files.later(31):
        until = clock.now() + timedelta(days=4)
        review(is_admissible=True, until=until, ground="Detention.")
        assert letter("form_reversed").destroyed_on is None
    with files.later(32):
        candidacies.submit(candidacy, nadia)
        refuse("not_own_act")
        second = letter("inadmissible")
        assert second.text == "Of not_own_act."
        assert second.review_until is not None and second.review_until > clock.now()
    with files.later(33):
        page = cast.client("nadia").get(f"/matters/{second.reference}/").content.decode()
        assert "no longer count" not in page, "the review of the first refusal is none of the second"
        review(is_admissible=False)
        assert letter("form_confirmed").destroyed_on is not None
    client = cast.client("nadia")
    for refusal, later in ((told[0], told[1]), (told[2], told[3])):
        page = client.get(f"/matters/{refusal.reference}/").content.decode().split("<main", 1)[1]
        assert "no longer count" in page
        assert [row for row in told if f"/matters/{row.reference}/" in page] == [later]
