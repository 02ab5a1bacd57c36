"""A scene of the follow-up: contacts before the platform and proposals at each stage. See scenes.py."""

from __future__ import annotations

from hemicycle.followup import actions

from ..cast import Cast
from ..followup import making
from ..laying import laid


@laid
def proposals(cast: Cast) -> None:
    making.made(cast)
    making.taken_up(cast, rapporteur=cast.henri)
    answered = making.asked(cast, "FR", "DE")
    making.answer(answered, cast, "DE", "negative")
    making.claimed(making.reported(cast), cast, "anna", evidence="Nobody has confirmed this decree.")
    done = making.asked(cast, "IT")
    making.claimed(done, cast)
    actions.confirm_carried_out(done, cast.actor("anna"))
    declined = making.made(cast)
    actions.decline(declined, cast.actor("luca"), reasons="Another committee has it.", language="en")
    making.transcribed(cast, title="Not compared so far", summary="A second clerk has not read this.")
    making.public(cast, title="A visit to the border")
