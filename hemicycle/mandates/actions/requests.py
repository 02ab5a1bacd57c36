"""What one clerk asks for on a participation and another confirms: its end for death or incapacity (8.1), and that a
withheld name is shown because the participant, who has no device, wrote so (10.1)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate

from .. import queries
from ..models import Ending, Mandate, Reveal
from ..procedure import ENDING, REVEAL, EndingState, Ground, MandateState, RevealState
from .participation import end, reveal_name, unmet

M = MandateState
ending_act = gate(ENDING, queries.offices_on_request)
reveal_act = gate(REVEAL, queries.offices_on_request)


@ending_act
def ask_end(ending: Ending, by: Actor, *, ground: str) -> Facts:
    """The first clerk says what happened; `ending` is unsaved. The participation goes on. Raises `Unmet`."""
    mandate = Mandate.objects.select_for_update().get(pk=ending.mandate_id)
    if ground not in (Ground.DEATH, Ground.INCAPACITY):
        raise unmet(N_("Say on which ground the participation ended."), "ask_end")
    if mandate.standing(clock.now()) == M.ENDED:
        raise unmet(N_("This participation has ended already."), "ask_end")
    if mandate.endings.filter(state=EndingState.ASKED).exists():
        raise unmet(N_("The end of this participation is asked for already."), "ask_end")
    ending.ground = ground
    return Facts({"mandate": mandate.reference, "ground": ground})


@ending_act
def confirm_end(ending: Ending, by: Actor) -> Facts:
    """The second clerk has made sure too: the participation ends now."""
    end(ending.mandate, by, ground=ending.ground)
    return Facts({"mandate": ending.mandate.reference, "ground": ending.ground})


@ending_act
def dismiss_end(ending: Ending, by: Actor) -> Facts:
    """It is not so, or was asked for by mistake."""
    return Facts({"mandate": ending.mandate.reference})


@reveal_act
def ask_reveal(reveal: Reveal, by: Actor, *, source: str) -> Facts:
    """The first clerk says which letter of the participant asks for it; `reveal` is unsaved. The name stays withheld,
    and the participant is told at once. Raises `Unmet`.

    `source`: where the letter is kept. It names the person perhaps, so that the entry holds a commitment to it only.
    """
    mandate = _open_file(reveal, "ask_reveal")
    if not source.strip():
        raise unmet(
            N_("Say which letter of the participant asks for this, and where it is kept."), "ask_reveal"
        )
    if mandate.reveals.filter(state=RevealState.ASKED).exists():
        raise unmet(N_("That this name be shown is asked for already."), "ask_reveal")
    reveal.source = source.strip()
    return Facts({"mandate": mandate.reference}, {"source": reveal.source})


@reveal_act
def confirm_reveal(reveal: Reveal, by: Actor) -> Facts:
    """The second clerk has read the letter too, and the days have passed in which the participant could say no: the name
    is shown now. Raises `Unmet`."""
    mandate = _open_file(reveal, "confirm_reveal")
    if clock.now() < queries.reveal_from(reveal):
        raise unmet(
            N_("The time in which the participant can say no is not over. Days from the request: %(days)s."),
            "confirm_reveal",
            days=queries.reveal_wait_days(reveal),
        )
    if queries.withheld_anew(reveal):
        raise unmet(N_("The name was withheld anew after this was asked for."), "confirm_reveal")
    reveal_name(mandate, by, reveal=reveal.reference)
    return Facts({"mandate": mandate.reference})


@reveal_act
def dismiss_reveal(reveal: Reveal, by: Actor) -> Facts:
    """The participant does not want it, or it was asked for by mistake: the name stays withheld."""
    return Facts({"mandate": reveal.mandate.reference})


def _open_file(reveal: Reveal, act_name: str) -> Mandate:
    """The participation, held until the act is over, if its name is withheld now and its file open. Raises `Unmet`."""
    mandate = Mandate.objects.select_for_update().get(pk=reveal.mandate_id)
    if queries.has_gone(mandate):
        raise unmet(
            N_("The file of this person is withdrawn or erased: the name is not shown again."), act_name
        )
    if people.is_locked(mandate.person):
        raise unmet(N_("The file of this person is locked: nothing is shown from it."), act_name)
    if queries.public_name(mandate) is not None:
        raise unmet(N_("The name is not withheld."), act_name)
    return mandate
