"""The tests of the pages send every form again (`tests/replaying.py`); here: that this would notice, and a vote's forms
after the close."""

from __future__ import annotations

from django.test import Client

from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.voting import actions, queries
from tests import replaying
from tests.cast import Cast
from tests.voting.balloting import checked
from tests.voting.conftest import new_vote, roll_of


def test_a_form_that_acts_twice_is_noticed(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(replaying, "BORNE", {})
    with replaying.recording() as sent:
        page = Client().post("/account/begin/")
    assert page.status_code == 302 and len(sent.posts) == 1
    assert any("/account/begin/" in line and "record.Entry" in line for line in replaying.send_again(sent))


def test_a_form_that_changed_nothing_is_not_noted(cast: Cast) -> None:
    with replaying.recording() as sent:
        cast.client("quiet").post("/account/me/", {"language": "tlh"})
    assert sent.posts == []


def test_a_ballot_that_comes_again_changes_nothing_at_once_late_after_the_close_or_as_somebody_else(
    cast: Cast,
) -> None:
    vote = new_vote(body="bureau")
    actions.call_vote(vote, cast.actor("anna"), roll=roll_of([cast.greta, cast.henri, cast.ilse]))
    actions.open_vote(vote, cast.actor("anna"))
    with replaying.recording() as sent:
        for key in ("henri", "greta"):
            client = cast.client(key)
            client.post(f"/vote/{vote.reference}/cast/", checked(client, vote, "for"))
    assert len(sent.posts) == 2 and replaying.send_again(sent) == []
    vote.refresh_from_db()
    assert vote.opened_at is not None
    with clock.set_to(vote.opened_at + queries.least(vote)):
        actions.close(vote, cast.actor("anna"))
        before = Entry.objects.count()
        assert replaying.send_again(sent) == []
        assert Entry.objects.count() == before
