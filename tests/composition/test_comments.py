"""What the President's office says to itself of a draft."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from hemicycle.composition import actions, queries, retention
from hemicycle.composition.models import Comment, List
from hemicycle.notices import retention as plans
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, KeyDestruction, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import charter
from . import making
from .making import Round
from .refusing import refused

DAYS = timedelta(days=charter().retention.not_chosen_days.value)
WORDS = "Trop de juristes de Vilnius."


def commented(found: Round) -> List:
    list_ = making.composed(found)
    actions.comment(list_, found.by("greta"), text=WORDS, language="fr")
    return list_


def test_the_office_comments_and_reads_it_beside_the_draft(found: Round) -> None:
    list_ = making.draft(found)
    client = found.cast.client("greta")
    sent = {"text": WORDS, "language": "fr", "once": uuid.uuid4().hex}
    answer = client.post(f"/matters/{list_.reference}/comment/", sent)
    assert answer.status_code == 302 and answer["Location"].endswith("/compose/#comments")
    text = client.get(f"/matters/{list_.reference}/compose/").content.decode()
    assert f'lang="fr"><p>{WORDS}</p>' in text and "President of the Assembly" in text
    for prefix in ("", "/fr", "/ru"):
        assert client.get(f"{prefix}/matters/{list_.reference}/comment/").status_code == 200


def test_nobody_else_reads_a_comment_and_no_dump_or_entry_holds_it(found: Round) -> None:
    list_ = commented(found)
    making.released(found, list_)
    for key in ("anna", "henri", "jonas", "quiet"):
        assert not queries.comments_visible_to(found.by(key), list_).exists()
        client = found.cast.client(key)
        for path in (f"/matters/{list_.reference}/", f"/proposals/{list_.reference}/", "/lists/", "/record"):
            assert WORDS not in client.get(path).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM composition_comment")
        assert "Vilnius" not in str(cursor.fetchall())
    entry = Entry.objects.get(act="comment")
    assert (
        entry.facts == {"comments": 1, "language": "fr"} and not Opening.objects.filter(entry=entry).exists()
    )


def test_only_the_president_comments_and_only_on_a_draft(found: Round) -> None:
    list_ = commented(found)
    for key in ("anna", "henri", "jonas"):
        refused(NotEmpowered, actions.comment, list_, found.by(key), text="No.")
    refused(Unmet, actions.comment, list_, found.by("greta"), text="  ")
    making.released(found, list_)
    refused(OutOfOrder, actions.comment, list_, found.by("greta"), text="Too late.")
    assert Comment.objects.count() == 1


def test_comments_go_with_the_files_of_those_who_were_not_chosen(found: Round) -> None:
    list_ = commented(found)
    announced = making.announced(found, making.approved(found, making.released(found, list_)))
    assert announced.announced_at is not None
    goes, owner = announced.announced_at + DAYS, Comment.objects.get().key_owner
    assert (due := retention.comments_due(list_)) is not None and due.at == goes
    assert ("comment", list_.reference) in {(one.kind, one.reference) for one in plans.plan(goes)}
    with clock.set_to(goes - timedelta(seconds=1)):
        refused(Unmet, actions.erase_comments, list_, CLOCK)
        actions.tick()
        assert Comment.objects.exists()
    with clock.set_to(goes):
        actions.tick()
    assert not Comment.objects.exists()
    assert KeyDestruction.objects.filter(owner=owner).exists()


def test_an_objection_to_the_list_as_a_whole_goes_with_them_and_one_withdrawn_at_once(found: Round) -> None:
    list_ = making.released(found)
    actions.object(list_, found.by("henri"), reasons="Too few from the north.")
    actions.object(list_, found.by("ilse"), reasons="Too many from the south.")
    stays, gone = queries.objections(list_)
    actions.withdraw_objection(list_, found.by("ilse"), objection=gone)
    assert KeyDestruction.objects.filter(owner=gone.key_owner).exists()
    due = retention.comments_due(list_)
    assert due is not None and due in retention.plan(due.at)
    with clock.set_to(due.at - timedelta(seconds=1)):
        refused(Unmet, actions.erase_comments, list_, CLOCK)
    with clock.set_to(due.at):
        actions.tick()
    assert not queries.objections(list_).exists()
    assert KeyDestruction.objects.filter(owner=stays.key_owner).exists()


def test_comments_on_a_draft_that_came_to_nothing_go_after_the_session(found: Round) -> None:
    list_ = commented(found)
    goes = found.session.closes_at + DAYS
    with clock.set_to(goes):
        actions.tick()
    assert not Comment.objects.exists() and retention.comments_due(list_) is None


@pytest.mark.parametrize("key", ["greta", "anna"])
def test_nobody_but_the_clock_erases_comments(found: Round, key: str) -> None:
    list_ = commented(found)
    refused(NotEmpowered, actions.erase_comments, list_, found.by(key))
