"""A list by lot, where the charter foresees one: prepared in public terms, drawn when the public half of the seed is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy.models import Candidacy
from hemicycle.instruments.selection.draw import commitment
from hemicycle.instruments.selection.solver import OutOfTime
from hemicycle.record import clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.vetting import queries as vetting

from .. import queries
from ..models import List, Lot, LotPlace
from .drafting import Chosen, counted, place
from .gates import act, check_free, unmet


@act
def prepare_lot(list_: List, by: Actor, *, source: str, source_on: date) -> Facts:
    """Fix what a list is drawn from, and commit to the first half of the seed, which nobody reads.

    The second half comes from the public `source` on a later day (`source_on`). One that was prepared before and not
    drawn is replaced, and stays counted.
    """
    name = "prepare_lot"
    if not queries.methods_of(list_).fair_lot:
        raise unmet(N_("The charter foresees no lot."), name)
    if not source.strip():
        raise unmet(N_("Name the public source of the second half."), name)
    if source_on <= clock.today():
        raise unmet(N_("The second half must be of a later day: today’s could be known already."), name)
    pool = list(vetting.eligible(list_.call))
    _check_free_of_all(by, pool, name)
    try:
        found = queries.prepared_lot(list_)
    except OutOfTime:
        raise unmet(
            N_("The fairest chances were not found in time. The command line has no such limit."), name
        ) from None
    if found is None:
        raise unmet(N_("No list meets the rules: “Why is no list possible” says which are in the way."), name)
    replaced = queries.lot_to_draw(list_)
    if replaced is not None:
        erasure.destroy([replaced.key_owner])  # nobody ever needs that half
    half = queries.half_of_seed()
    handles = queries.canonical({handle: name for name, handle in found.handles.items()})
    lot = Lot.objects.create(
        list=list_,
        text=found.text,
        digest=found.tickets.digest,
        commitment=commitment(half),
        first=half,
        handles=handles,
        source=source.strip(),
        source_on=source_on,
        people=len(found.handles),
        tickets=found.tickets.total,
        least=found.least,
        most=found.most,
        is_proved=found.is_proved,
        prepared_at=clock.now(),
    )
    LotPlace.objects.bulk_create(
        LotPlace(lot=lot, candidacy=row, handle=found.handles[row.reference])
        for row in pool
        if row.reference in found.handles
    )
    return Facts(
        {
            "commitment": lot.commitment,
            "digest": lot.digest,
            "handles": queries.handles_digest(half, handles),
            "people": lot.people,
            "tickets": lot.tickets,
            "source_on": source_on,
            **queries.lots_of_round(list_),
        },
        {"source": source},
    )


@act
def draw_lot(list_: List, by: Actor, *, second: str) -> Facts:
    """Draw with the second half of the seed and fill the seats. Who cannot be proposed any more leaves a seat open."""
    name = "draw_lot"
    lot = queries.lot_to_draw(list_)
    if lot is None:
        raise unmet(N_("No lot is prepared, or it was drawn already."), name)
    if clock.today() < lot.source_on:
        raise unmet(N_("The second half is there on %(day)s."), name, day=lot.source_on)
    if not second.strip():
        raise unmet(N_("Write the second half as the public source has it."), name)
    # Whatever may refuse stands before the draw: a refusal after it could be tried with another half until it pleases.
    _check_free_of_all(
        by,
        [row.candidacy for row in lot.places.select_related("candidacy__person", "candidacy__slate")],
        name,
    )
    if not queries.is_as_recorded(lot):
        raise unmet(
            N_(
                "Slips, people or first half are not those of the record: somebody changed them. Prepare another lot."
            ),
            name,
        )
    key, first = lot.key_owner, lot.first
    lot.text = queries.text_drawn(lot, second.strip())
    lot.ticket, lot.second, lot.first, lot.handles = queries.ticket_drawn(lot), second.strip(), "", ""
    lot.drawn_at = clock.now()
    lot.save()
    erasure.destroy([key])  # it stands in the file now
    list_.seats.all().delete()
    for seat in queries.seats_drawn(list_, lot):
        place(list_, Chosen(seat.number, seat.candidacy, seat.reserved), by, name)
    plain = {"ticket": lot.ticket, "first": first, "digest": lot.digest, **counted(list_).plain}
    return Facts(plain, {"second": second.strip()})


def _check_free_of_all(by: Actor, pool: Iterable[Candidacy], act_name: str) -> None:
    """Raise `Unmet` where the actor declared an interest in anybody who may be drawn."""
    check_free(by, [subject for row in pool for subject in queries.subjects_of(row)], act_name)
