"""What the President's office says to itself of a draft; read by nobody else, and erased when its time is over."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from hemicycle.people.models import Language
from hemicycle.record import acts, clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each

from .. import retention
from ..models import Comment, List
from .gates import act, unmet

BATCH = 200


@act
def comment(list_: List, by: Actor, *, text: str, language: str = Language.ENGLISH) -> Facts:
    """Comment on a draft. No commitment stands in the record: nothing of it is to be proved to anybody."""
    if not text.strip():
        raise unmet(N_("Write the comment."), "comment")
    Comment.objects.create(
        list=list_, text=text.strip(), language=language, office=acts.decide(comment, list_, by),
        written_at=clock.now(),
    )  # fmt: skip
    return Facts({"comments": list_.comments.count(), "language": language})


@act
def erase_comments(list_: List, by: Actor) -> Facts:
    """The charter's time is over: the comments, and objections to the list as a whole, go with their keys; that there were
    some stays. Objections to a seat go with the file of who stood there."""
    due = retention.comments_due(list_)
    if due is None or clock.now() < due.at:
        raise unmet(N_("These comments and objections are not yet to be erased."), "erase_comments")
    comments, objections = list_.comments.all(), list_.objections.filter(candidacy__isnull=True)
    counts = {"comments": len(comments), "objections": len(objections)}
    erasure.destroy([*(row.key_owner for row in comments), *(row.key_owner for row in objections)])
    comments.delete()
    objections.delete()
    return Facts({"due": due.at, **counts})


def erase_due() -> int:
    """The comments that go now, a batch of lists in a round. Returns of how many lists."""
    gone = [due.reference for due in retention.plan(clock.now())[:BATCH]]
    return take_each(erase_comments, List.objects.filter(reference__in=gone))
