"""Who asks for a receipt that is not his or hers learns nothing: not whether the matter, nor whether the act is there."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemicycle.candidacy import actions as candidacies
from hemicycle.voting import actions as votes
from tests.candidacy import making
from tests.cast import Cast
from tests.voting.conftest import new_vote, roll_of

UNKNOWN = "AAAAAAAA"


def asked(client: Client, name: str, reference: str) -> tuple[int, str, list[str]]:
    """(status, page without the reference, the questions to the database without what they ask for)."""
    address = reverse(name, args=[reference])
    client.get(address)  # what is asked once in a process was asked
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    page = answer.content.decode().replace(reference, "*")
    page = re.sub(r'(name="(csrfmiddlewaretoken|once)" value=")[^"]*|nonce-[^\'"]*', r"\1", page)
    return answer.status_code, page, [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in queries]


def same(client: Client, name: str, *references: str) -> int:
    answers = [asked(client, name, reference) for reference in references]
    assert all(answer == answers[0] for answer in answers), [
        (status, len(page), questions) for status, page, questions in answers
    ]
    return answers[0][0]


def test_a_candidates_receipt_answers_others_as_if_there_were_none(cast: Cast, open_house: None) -> None:
    sent = making.written(making.call(cast), cast.nadia)
    draft = making.written(sent.call, cast.oleg)
    candidacies.submit(sent, cast.actor("nadia"))
    unknown = f"{sent.reference.partition('-')[0]}-{UNKNOWN}"
    for name in ("candidacy-receipt", "candidacy-receipt-file"):
        for key in ("pavel", "quiet", "henri"):
            assert same(cast.client(key), name, sent.reference, draft.reference, unknown) == 404
        assert same(Client(), name, sent.reference, draft.reference, unknown) == 302
        assert cast.client("nadia").get(reverse(name, args=[sent.reference])).status_code == 200


def test_a_voters_receipt_answers_others_as_if_there_were_none(cast: Cast, settings: Any) -> None:
    vote = new_vote(body="political_affairs")
    votes.call_vote(vote, cast.actor("anna"), roll=roll_of([cast.henri, cast.ilse]))
    votes.open_vote(vote, cast.actor("anna"))
    silent = new_vote(body="political_affairs")
    votes.call_vote(silent, cast.actor("anna"), roll=roll_of([cast.henri, cast.ilse]))
    votes.open_vote(silent, cast.actor("anna"))
    votes.cast(vote, cast.actor("henri"), choice="for")
    unknown = f"{vote.reference.partition('-')[0]}-{UNKNOWN}"
    for key in ("quiet", "nadia"):
        assert same(cast.client(key), "ballot_receipt", vote.reference, silent.reference, unknown) == 404
    assert same(Client(), "ballot_receipt", vote.reference, unknown) == 302
    # Who stands on the roll knows of both votes, and learns of neither who else has voted.
    assert same(cast.client("ilse"), "ballot_receipt", vote.reference, silent.reference) == 404
    assert cast.client("henri").get(reverse("ballot_receipt", args=[vote.reference])).status_code == 200
