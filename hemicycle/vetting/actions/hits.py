"""Names on lists: raised by the comparison, judged by readers of the file, with reasons. Nothing is judged by a number."""

from __future__ import annotations

from typing import Any

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from .. import queries
from ..models import Hit, Judgement, Reading, Who
from ..procedure.screening import HitState
from ._bound import on_hit, said, unmet

H = HitState


@on_hit
def raise_hit(hit: Hit, by: Actor) -> Facts:
    """A question for the readers; of a list that the persecuting state keeps, a note that never counts."""
    return Facts({"list": hit.seen_in.reference}, to=H.NOTED if hit.source.is_persecuting else H.RAISED)


@on_hit
def raise_again(hit: Hit, by: Actor, *, entry: dict[str, Any], explanation: dict[str, Any]) -> Facts:
    """The entry or a name has changed: what was judged stands beside it, and is judged anew."""
    hit.entry, hit.explanation = entry, explanation
    hit.turn += 1
    hit.raised_at, hit.decided_at = clock.now(), None
    return Facts({"list": hit.seen_in.reference, "turn": hit.turn})


@on_hit
def lapse_hit(hit: Hit, by: Actor) -> Facts:
    """The list has no such entry any more, and nobody had judged it finally."""
    return Facts({"list": hit.seen_in.reference})


@on_hit
def judge_hit(hit: Hit, by: Actor, *, who: str, reasons: str, language: str) -> Facts:
    """Say who it is, with reasons. "The same" takes a second reader, who judges without knowing the first; where they
    differ a third may judge, and until then it is unclear and excludes nobody."""
    if who not in Who.values:
        raise unmet(N_("Say whether it is the same, another, or unclear."), "judge_hit")
    if queries.has_judged(hit, by):
        raise unmet(N_("You have judged this. Another reader of the file judges next."), "judge_hit")
    _keep(hit, by, who, said(reasons, "judge_hit"), language)
    to = _led_to(hit.state, who)
    if to != H.HALF:
        hit.decided_at = clock.now()
    return Facts({"turn": hit.turn}, {"who": who}, to=to)


def _led_to(state: str, who: str) -> str:
    if state == H.RAISED:
        return H.HALF if who == Who.SAME else who
    if state == H.HALF:
        return H.SAME if who == Who.SAME else H.DIFFERING
    return who  # a third reader settles what two saw differently


@on_hit
def ask_again(hit: Hit, by: Actor, *, reasons: str, language: str) -> Facts:
    """A reader doubts that it is somebody else, or sees more in what was unclear: it is judged anew."""
    _keep(hit, by, "", said(reasons, "ask_again"), language)
    hit.turn += 1
    hit.decided_at = None
    return Facts({"turn": hit.turn})


def _keep(hit: Hit, by: Actor, who: str, reasons: str, language: str) -> None:
    reading = Reading.objects.get(
        examination=hit.examination_id, assessor=by.person, released_at__isnull=True
    )
    Judgement.objects.create(
        hit=hit,
        reading=reading,
        turn=hit.turn,
        who=who,
        reasons=reasons,
        language=language,
        said_at=clock.now(),
    )
