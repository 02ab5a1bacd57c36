"""The acts of the host assembly, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

P = Publicity


class FoundingState(StrEnum):
    FOUNDED = "founded"


class SessionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class SeatYearState(StrEnum):
    KEPT = "kept"


class BodyState(StrEnum):
    STANDING = "standing"
    DISSOLVED = "dissolved"


class AdoptionState(StrEnum):
    DRAFTED = "drafted"
    CONSULTED = "consulted"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class ImportState(StrEnum):
    PREVIEWED = "previewed"
    COMMITTED = "committed"
    WITHDRAWN = "withdrawn"


class ForumState(StrEnum):
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class ActingState(StrEnum):
    NAMED = "named"
    ACTING = "acting"
    REFUSED = "refused"
    ENDED = "ended"


class RepresentationState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


# Short names, so that a row stays a row.
R, Y = RepresentationState, SeatYearState
F, S, B, A = FoundingState, SessionState, BodyState, AdoptionState
I, E, T = ImportState, ForumState, ActingState  # noqa: E741

FOUNDING = Table(
    room="assembly",
    matter="founding",
    title=_("Founding of the record"),
    states={F.FOUNDED: pgettext_lazy("founding", "founded")},
    # act, from, to, by, entry
    steps=[
        #    act       from    to          by            entry
        Step("found", [NEW], F.FOUNDED, [O.FOUNDER], P.PUBLIC,
             title=_("Found the record")),
    ],
)  # fmt: skip

SESSION = Table(
    room="assembly",
    matter="session",
    title=_("Session"),
    states={
        S.PLANNED: pgettext_lazy("session", "planned"),
        S.OPEN: pgettext_lazy("session", "open"),
        S.CLOSED: pgettext_lazy("session", "closed"),
    },
    steps=[
        #    act                   from                  to                    by                entry
        # A record founded in the middle of a session enters one that already runs.
        Step("open_session",      [NEW],               [S.PLANNED, S.OPEN], [O.SECRETARIAT], P.PUBLIC,
             title=_("Enter a session")),
        Step("begin_session",     [S.PLANNED],         S.OPEN,              [O.CLOCK],       P.PUBLIC,
             title=_("Begin the session")),
        Step("add_part_session",  [S.PLANNED, S.OPEN], SAME,                [O.SECRETARIAT], P.PUBLIC,
             title=_("Add a part-session")),
        Step("move_part_session", [S.PLANNED, S.OPEN], SAME,                [O.SECRETARIAT], P.PUBLIC,
             title=_("Move a part-session")),
        Step("close_session",     [S.OPEN],            S.CLOSED,            [O.CLOCK],       P.PUBLIC,
             title=_("Close the session")),
    ],
)  # fmt: skip

SEAT_YEAR = Table(
    room="assembly",
    matter="seat year",
    title=_("Holidays of the seat"),
    states={Y.KEPT: pgettext_lazy("holidays of the seat", "entered")},
    steps=[
        #    act                  from           to      by               entry
        Step("enter_holidays",    [NEW, Y.KEPT], Y.KEPT, [O.SECRETARIAT], P.PUBLIC,
             title=_("Enter holidays of the seat")),
        Step("take_back_holiday", [Y.KEPT],      SAME,   [O.SECRETARIAT], P.PUBLIC,
             title=_("Take a holiday back")),
    ],
)  # fmt: skip

BODY = Table(
    room="assembly",
    matter="body",
    title=_("Body of the Assembly"),
    states={B.STANDING: pgettext_lazy("body", "standing"), B.DISSOLVED: pgettext_lazy("body", "dissolved")},
    steps=[
        #    act                 from           to            by                                   entry
        # The President's offices stand here because adopting a charter forms the committees that it adds.
        Step("form_body",       [NEW],        B.STANDING,  [O.FOUNDER, O.SECRETARIAT, O.PRESIDENT, O.ACTING_PRESIDENT], P.PUBLIC,
             title=_("Form a body")),
        Step("replace_member",  [B.STANDING], SAME,        [O.SECRETARIAT],                    P.HOUSE,
             title=_("Record a replacement"), inner=True),
        Step("end_replacement", [B.STANDING], SAME,        [O.SECRETARIAT],                    P.HOUSE,
             title=_("End a replacement")),
        Step("rename_body",     [B.STANDING], SAME,        [O.SECRETARIAT, O.PRESIDENT, O.ACTING_PRESIDENT], P.PUBLIC,
             title=_("Rename the body")),
        Step("dissolve_body",   [B.STANDING], B.DISSOLVED, [O.SECRETARIAT],                    P.PUBLIC,
             title=_("Dissolve the body"), grave=True),
    ],
)  # fmt: skip

ADOPTION = Table(
    room="assembly",
    matter="adoption",
    title=_("Version of the charter"),
    states={
        A.DRAFTED: pgettext_lazy("version of the charter", "drafted, to be consulted on"),
        A.CONSULTED: pgettext_lazy("version of the charter", "consulted on, to be adopted"),
        A.ADOPTED: pgettext_lazy("version of the charter", "adopted"),
        A.WITHDRAWN: pgettext_lazy("version of the charter", "withdrawn"),
    },
    steps=[
        #    act                            from                       to                         by                                   entry
        Step("draft_charter",              [NEW],                    [A.DRAFTED, A.CONSULTED], [O.SECRETARIAT],                    P.ON_RELEASE,
             title=_("Draft a version of the charter")),
        Step("consult_secretary_general",  [A.DRAFTED],              [A.DRAFTED, A.CONSULTED], [O.SECRETARY_GENERAL],              P.ON_RELEASE,
             title=_("Answer as Secretary General")),
        Step("consult_general_rapporteur", [A.DRAFTED],              [A.DRAFTED, A.CONSULTED], [O.GENERAL_RAPPORTEUR],             P.ON_RELEASE,
             title=_("Answer as General Rapporteur")),
        Step("adopt_charter",              [A.CONSULTED],            A.ADOPTED,                [O.PRESIDENT, O.ACTING_PRESIDENT, O.SECRETARIAT], P.PUBLIC,
             title=_("Record the adoption by the Bureau"), two_person_of="draft_charter", grave=True, signed=True),
        Step("withdraw_draft",             [A.DRAFTED, A.CONSULTED], A.WITHDRAWN,              [O.SECRETARIAT],                    P.ON_RELEASE,
             title=_("Withdraw the draft")),
    ],
)  # fmt: skip

IMPORT = Table(
    room="assembly",
    matter="import",
    title=_("Import"),
    states={
        I.PREVIEWED: pgettext_lazy("import", "previewed, not yet in force"),
        I.COMMITTED: pgettext_lazy("import", "in force"),
        I.WITHDRAWN: pgettext_lazy("import", "withdrawn"),
    },
    steps=[
        #    act                 from            to            by                entry
        Step("preview_import",  [NEW],         I.PREVIEWED, [O.SECRETARIAT], P.HOUSE,
             title=_("Preview an import")),
        Step("commit_import",   [I.PREVIEWED], I.COMMITTED, [O.SECRETARIAT], P.PUBLIC,
             title=_("Put the import in force"), two_person_of="preview_import", signed=True),
        Step("withdraw_import", [I.PREVIEWED], I.WITHDRAWN, [O.SECRETARIAT], P.HOUSE,
             title=_("Withdraw the import")),
    ],
)  # fmt: skip

FORUM = Table(
    room="assembly",
    matter="forum",
    title=_("Decision that a separate forum is established"),
    states={
        E.RECORDED: pgettext_lazy("decision on a forum", "recorded, to be confirmed"),
        E.CONFIRMED: pgettext_lazy("decision on a forum", "confirmed"),
        E.WITHDRAWN: pgettext_lazy("decision on a forum", "withdrawn"),
    },
    steps=[
        #    act                         from           to            by                entry
        Step("record_forum_decision",   [NEW],        E.RECORDED,  [O.SECRETARIAT], P.HOUSE,
             title=_("Record that a separate forum is established")),
        Step("confirm_forum_decision",  [E.RECORDED], E.CONFIRMED, [O.SECRETARIAT], P.PUBLIC,
             title=_("Confirm the decision"), two_person_of="record_forum_decision", grave=True, signed=True),
        Step("withdraw_forum_decision", [E.RECORDED], E.WITHDRAWN, [O.SECRETARIAT], P.HOUSE,
             title=_("Withdraw the entry")),
    ],
)  # fmt: skip

ACTING = Table(
    room="assembly",
    matter="acting",
    title=_("Acting President"),
    states={
        T.NAMED: pgettext_lazy("acting President", "named, to be confirmed"),
        T.ACTING: pgettext_lazy("acting President", "acting"),
        T.REFUSED: pgettext_lazy("acting President", "not confirmed"),
        T.ENDED: pgettext_lazy("acting President", "ended"),
    },
    steps=[
        #    act                          from         to          by                         entry
        Step("appoint_acting_president", [NEW],      T.NAMED,   [O.SECRETARIAT],          P.HOUSE,
             title=_("Name an acting President")),
        Step("confirm_acting_president", [T.NAMED],  T.ACTING,  [O.SECRETARIAT],          P.PUBLIC,
             title=_("Confirm the acting President"), two_person_of="appoint_acting_president", signed=True),
        Step("refuse_acting_president",  [T.NAMED],  T.REFUSED, [O.SECRETARIAT],          P.HOUSE,
             title=_("Do not confirm")),
        Step("end_acting_president",     [T.ACTING], T.ENDED,   [O.SECRETARIAT, O.CLOCK], P.PUBLIC,
             title=_("End the acting presidency")),
    ],
)  # fmt: skip

REPRESENTATION = Table(
    room="assembly",
    matter="representation",
    title=_("Replacement of a member"),
    states={
        R.ASKED: pgettext_lazy("replacement", "asked for, to be confirmed"),
        R.CONFIRMED: pgettext_lazy("replacement", "confirmed"),
        R.DISMISSED: pgettext_lazy("replacement", "dismissed"),
    },
    steps=[
        #    act                   from       to           by               entry
        Step("ask_replacement",     [NEW],     R.ASKED,     [O.SECRETARIAT], P.HOUSE,
             title=_("Ask for a replacement")),
        Step("confirm_replacement", [R.ASKED], R.CONFIRMED, [O.SECRETARIAT], P.HOUSE,
             title=_("Confirm the replacement"), two_person_of="ask_replacement", signed=True),
        Step("dismiss_replacement", [R.ASKED], R.DISMISSED, [O.SECRETARIAT], P.HOUSE,
             title=_("Dismiss the request")),
    ],
)  # fmt: skip

TABLES = (FOUNDING, SESSION, SEAT_YEAR, BODY, ADOPTION, IMPORT, FORUM, ACTING, REPRESENTATION)
