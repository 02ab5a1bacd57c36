"""Before a file opens its reader knows the public head, and nothing that was said of it (3.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.record import clock
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import OutcomeLetter

from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db


def test_a_reviewer_reads_neither_opinion_nor_letter_before_the_file_is_open(
    candidacy: Candidacy, cast: Cast
) -> None:
    for key in making.ASSESSORS:  # clerks who read: the one office opens no way round the other
        making.grant(cast.persons[key], "secretariat")
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    actions.ask_review(examination, cast.actor("nadia"), reasons="It was satire.", language="en")
    letter = OutcomeLetter.objects.get()
    review = making.readings(examination, review=True)[0]
    client, by = sign_in(review.assessor), making.actor_of(review)
    actions.declare_no_interest(review, by)
    at = f"/matters/{examination.reference}/"
    texts = ("What we found.", "It was satire.", "not met", f"Reasons on {making.KEY}.", "caller check")

    def shown() -> set[str]:
        found: set[str] = set()
        for url in (at, f"/matters/{review.reference}/", f"{at}draft_opinion/", "/desk/", "/files/"):
            answer = client.get(url)
            assert answer.status_code == 200, url
            # "not met" in the form of the opinion is one of its choices.
            found |= {text for text in texts if text in answer.content.decode()} - (
                {"not met"} if "draft" in url else set()
            )
        return found

    assert shown() == set()
    assert not queries.findings_of(examination, by)
    assert client.get(f"/matters/{letter.reference}/").status_code == 404
    with clock.set_to(clock.now() + timedelta(days=6)):
        actions.open_file(review, by)
        assert shown() == set(texts) - {"caller check"}
        assert len(queries.findings_of(examination, by)) == 2 * len(
            queries.asked(queries.charter_of(examination))
        )
        assert client.get(f"/matters/{letter.reference}/").status_code == 404
    assert "What we found." in cast.client("anna").get(at).content.decode()
