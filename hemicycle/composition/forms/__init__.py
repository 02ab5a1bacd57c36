"""The forms of the acts on lists, acceptances and additions."""

from .acceptance import AcceptForm, AskForm, PresenceForm
from .addition import AdditionForm
from .bureau import (
    AlternativesForm,
    AmendForm,
    ObjectForm,
    ProposeAmendmentForm,
    WithdrawAmendmentForm,
    WithdrawObjectionForm,
)
from .compose import CommentForm, ComposeForm, chosen_in
from .lists import (
    AdoptAmendmentsForm,
    CallVoteForm,
    DraftForm,
    MayGiveReasonsForm,
    OverrideForm,
    ReasonsForm,
    ReferralForm,
    SeatForm,
    StateReasonsForm,
    SuccessionForm,
    TellForm,
    UnseatForm,
)
from .lot import DrawLotForm, PrepareLotForm

__all__ = [
    "AcceptForm",
    "AdditionForm",
    "AdoptAmendmentsForm",
    "AlternativesForm",
    "AmendForm",
    "AskForm",
    "CallVoteForm",
    "CommentForm",
    "ComposeForm",
    "DraftForm",
    "DrawLotForm",
    "MayGiveReasonsForm",
    "ObjectForm",
    "OverrideForm",
    "PrepareLotForm",
    "PresenceForm",
    "ProposeAmendmentForm",
    "ReasonsForm",
    "ReferralForm",
    "SeatForm",
    "StateReasonsForm",
    "SuccessionForm",
    "TellForm",
    "UnseatForm",
    "WithdrawAmendmentForm",
    "WithdrawObjectionForm",
    "chosen_in",
]
