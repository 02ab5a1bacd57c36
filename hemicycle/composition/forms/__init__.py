"""The forms of the acts on lists, acceptances and additions."""

from .acceptance import AcceptForm, AskForm
from .addition import AdditionForm
from .lists import (
    AdoptAmendmentsForm,
    AmendForm,
    CallVoteForm,
    ComposeForm,
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

__all__ = [
    "AcceptForm",
    "AdditionForm",
    "AdoptAmendmentsForm",
    "AmendForm",
    "AskForm",
    "CallVoteForm",
    "ComposeForm",
    "DraftForm",
    "MayGiveReasonsForm",
    "OverrideForm",
    "ReasonsForm",
    "ReferralForm",
    "SeatForm",
    "StateReasonsForm",
    "SuccessionForm",
    "TellForm",
    "UnseatForm",
]
