"""Review of a refusal on form: offered and told of while it can be asked, and not a moment longer (procedure 2.4)."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from hemicycle.candidacy import actions, explaining, queries
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions as vetting
from hemicycle.vetting.models import OutcomeLetter
from hemicycle.web.templatetags.house import moment

from ..cast import Cast
from . import making
from .browsing import matter


@pytest.fixture
def made(call: Call, cast: Cast) -> Candidacy:
    return making.inadmissible(call, cast, cast.nadia)


def page(cast: Cast, key: str, made: Candidacy) -> str:
    return html.unescape(cast.client(key).get(matter(made)).content.decode())


def button(made: Candidacy) -> str:
    return reverse("act", args=[made.reference, "ask_review"])


def test_the_page_names_the_end_of_the_time_to_ask_and_offers_it_until_then(
    made: Candidacy, cast: Cast
) -> None:
    until = queries.review_until(made)
    assert until is not None and made.inadmissible_at is not None
    assert until == made.inadmissible_at + timedelta(days=14)
    own, other = page(cast, "nadia", made), page(cast, "anna", made)
    assert button(made) in own and "You can ask for review." in own
    assert "Ask for review before" in own and moment(until) in own
    assert button(made) not in other and "The candidate can ask for review." in other
    assert "The person may ask for review until" in other and "Ask for review before" not in other


def test_when_the_time_is_over_a_review_is_neither_offered_nor_told_of(made: Candidacy, cast: Cast) -> None:
    until = queries.review_until(made)
    assert until is not None
    with clock.set_to(until - timedelta(seconds=1)):
        assert button(made) in page(cast, "nadia", made)
    with clock.set_to(until):
        making.refused(
            Unmet,
            lambda: actions.ask_review(made, cast.actor("nadia"), reasons="x", language="en"),
            made,
        )
        for key in ("nadia", "anna"):
            read = page(cast, key, made)
            assert button(made) not in read and "can ask for review" not in read
            assert "The time to ask for review is over." in read and "eview before" not in read


def test_after_a_review_confirmed_the_refusal_no_other_is_told_of(made: Candidacy, cast: Cast) -> None:
    vetting.tick()
    first = OutcomeLetter.objects.get(candidacy=made)
    assert first.review_until == queries.review_until(made)
    actions.ask_review(made, cast.actor("nadia"), reasons="I wrote every word.", language="en")
    assert queries.review_until(made) == first.review_until
    actions.decide_review(
        made, cast.actor("farid"), is_admissible=False, reasons="The letter is the employer's.", language="en"
    )
    assert queries.review_until(made) is None and not queries.may_ask_review(made)
    for key in ("nadia", "anna"):
        read = page(cast, key, made)
        assert button(made) not in read and "can ask for review" not in read
        assert "A review has confirmed this." in read and "eview before" not in read


@pytest.mark.parametrize("tell", [explaining.explanation, explaining.for_others])
def test_every_state_of_a_file_that_was_sent_has_its_sentence(made: Candidacy, tell) -> None:
    told = {state: tell(made, state) for state in CandidacyState if state != CandidacyState.ERASED}
    assert all(told.values()), [state for state, text in told.items() if not text]
