"""A letter that somebody was compared goes with the file of that person, and with no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from hemicycle.candidacy.models import Call
from hemicycle.notices.forgetting import forget
from hemicycle.notices.models import Kind, Letter
from hemicycle.record import clock

from ..candidacy.conftest import call, demonstration, media  # noqa: F401
from ..cast import Cast
from ..vetting import listing, making

pytestmark = pytest.mark.django_db


def test_the_letter_on_a_comparison_goes_with_the_file_and_leaves_the_others(
    call: Call,  # noqa: F811
    cast: Cast,
    tmp_path: Path,
) -> None:
    clerk = cast.actor("anna")
    making.describe(cast)
    listing.used(listing.kept(clerk), clerk, listing.write(tmp_path))
    gone, stays = (making.assigned(making.file(call, cast, key), cast) for key in ("nadia", "oleg"))
    run = listing.compare([gone, stays], clerk)
    for person in (cast.nadia, cast.oleg):
        Letter.objects.create(person=person, kind=Kind.COMPARED, about=run.reference, created_at=clock.now())
    forget()
    assert Letter.objects.count() == 2
    gone.delete()  # as it goes with its erased candidacy
    forget()
    assert [letter.person for letter in Letter.objects.all()] == [cast.oleg]
