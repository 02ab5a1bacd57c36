"""The acts of the host assembly. One module per kind of matter; everything is imported from here."""

from __future__ import annotations

from .bodies import (
    ask_replacement,
    confirm_replacement,
    dismiss_replacement,
    dissolve_body,
    end_replacement,
    form_body,
    rename_body,
    replace_member,
)
from .calendar import enter_holidays, take_back_holiday
from .charter import (
    adopt_charter,
    consult_general_rapporteur,
    consult_secretary_general,
    draft_charter,
    found,
    withdraw_draft,
)
from .forum import confirm_forum_decision, record_forum_decision, withdraw_forum_decision
from .imports import commit_import, preview_import, withdraw_import
from .presidency import (
    appoint_acting_president,
    confirm_acting_president,
    end_acting_president,
    refuse_acting_president,
)
from .sessions import add_part_session, begin_session, close_session, move_part_session, open_session
from .ticks import tick

__all__ = [
    "add_part_session",
    "adopt_charter",
    "appoint_acting_president",
    "ask_replacement",
    "begin_session",
    "close_session",
    "commit_import",
    "confirm_acting_president",
    "confirm_forum_decision",
    "confirm_replacement",
    "consult_general_rapporteur",
    "consult_secretary_general",
    "dismiss_replacement",
    "dissolve_body",
    "draft_charter",
    "end_acting_president",
    "end_replacement",
    "enter_holidays",
    "form_body",
    "found",
    "move_part_session",
    "open_session",
    "preview_import",
    "record_forum_decision",
    "refuse_acting_president",
    "rename_body",
    "replace_member",
    "take_back_holiday",
    "tick",
    "withdraw_draft",
    "withdraw_forum_decision",
    "withdraw_import",
]
